"""The order of a tour: from where people meet always to the nearest home that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import asin, cos, radians, sin, sqrt

from brokernotes.light_dataclasses import NamedTuple

EARTH_KM = 6371.0

Pin = tuple[float, float]  # latitude and longitude in degrees


class Stop(NamedTuple):
    """A home on the way.

    Attributes:
        ref: of the listing.
        estate: what tells its estate from others; None: not known.
        pin: where it is, or its estate; None: not known.
    """

    ref: str
    estate: str | None = None
    pin: Pin | None = None


def in_route_order(stops: Sequence[Stop], start: Pin | None = None) -> list[Stop]:
    """The stops as one walks them: nearest neighbour, ties as typed.

    Args:
        stops: as typed.
        start: where people meet; None: at the first stop.

    Returns:
        All of them, once each; as typed where one is on no map.
    """
    left = list(stops)
    if any(stop.pin is None for stop in left):
        return left
    here = start
    ordered: list[Stop] = []
    while left:
        nearest = 0 if here is None else min(range(len(left)), key=_from(here, left))
        stop = left.pop(nearest)
        ordered.append(stop)
        here = stop.pin
    return ordered


def starts(stops: Sequence[Stop], duration: int, travel: int) -> list[int]:
    """When each stop begins, in minutes after the first.

    Args:
        stops: in their order.
        duration: minutes each takes.
        travel: minutes between two estates; within one, and where it is not known, none.
    """
    found: list[int] = []
    at = 0
    for index, stop in enumerate(stops):
        if index:
            before = stops[index - 1]
            at += duration + (travel if is_elsewhere(before, stop) else 0)
        found.append(at)
    return found


def is_elsewhere(one: Stop, other: Stop) -> bool:
    """Whether two stops are known to be in different estates."""
    return one.estate is not None and other.estate is not None and one.estate != other.estate


def distance_km(one: Pin, other: Pin) -> float:
    """As the crow flies."""
    (north, east), (north2, east2) = map(_radians, (one, other))
    half = sin((north2 - north) / 2) ** 2
    half += cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _from(here: Pin, stops: Sequence[Stop]) -> Callable[[int], tuple[float, int]]:
    def far(index: int) -> tuple[float, int]:
        pin = stops[index].pin
        assert pin is not None
        return distance_km(here, pin), index

    return far


def _radians(pin: Pin) -> Pin:
    return radians(pin[0]), radians(pin[1])
