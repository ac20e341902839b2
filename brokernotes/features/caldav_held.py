"""What is known of one item on a calendar server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokernotes.features.caldav_reading import Base
from brokernotes.light_dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is known of one item on the server.

    Attributes:
        calendar: of ours, in whose collection it lies.
        href: its address there, as the server says it.
        etag: the version that `data` is.
        data: as it stood there last.
        uid: its UID; "": it cannot be read.
        component: `VEVENT` or `VTODO`.
        key: it was written for; "": a phone made it.
        base: what we wrote last; None: not known.
        when: its day or time there, as `written_when` says it.
        is_read: whether what the phone did to it stands in the notes.
        is_told: whether it was told that this version cannot be read.
    """

    calendar: str
    href: str
    etag: str
    data: bytes
    uid: str = ""
    component: str = "VEVENT"
    key: str = ""
    base: Base | None = None
    when: str = ""
    is_read: bool = False
    is_told: bool = False


def read_held(name: str, href: str, one: Mapping[str, Any]) -> Held:
    """An item as it was remembered; what somebody spoiled is not known.

    Args:
        name: of the calendar.
        href: its address.
        one: from `held_shape`, through JSON.
    """
    base = one.get("base")
    return Held(
        calendar=name,
        href=href,
        etag=str(one.get("etag", "")),
        data=str(one.get("data", "")).encode(errors="replace"),
        uid=str(one.get("uid", "")),
        component=str(one.get("component", "")),
        key=str(one.get("key", "")),
        base=Base(*base) if isinstance(base, list) and len(base) == len(Base._fields) else None,
        when=str(one.get("when", "")),
        is_read=one.get("read") is True,
        is_told=one.get("told") is True,
    )


def held_shape(one: Held) -> dict[str, Any]:
    """An item as JSON remembers it."""
    shape: dict[str, Any] = {
        "etag": one.etag,
        "data": one.data.decode(errors="replace"),
        "uid": one.uid,
        "component": one.component,
        "key": one.key,
        "base": list(one.base) if one.base else None,
        "when": one.when,
        "read": one.is_read,
    }
    return {**shape, "told": True} if one.is_told else shape
