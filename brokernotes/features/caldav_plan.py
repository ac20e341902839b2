"""What is to be sent to a calendar server so that it has what the notes have, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from brokernotes.features.caldav_held import Held
from brokernotes.features.caldav_wanted import Wanted
from brokernotes.light_dataclasses import NamedTuple, replace

UID_START = "bn-"


class Standing(NamedTuple):
    """An item as it is to be treated when sending.

    Attributes:
        held: what is known of it.
        key: of the item of the notes it stands for now.
        is_news: whether the phone did something the notes do not know of.
        is_moved: whether that is a move, so that its day stays.
        restores: whether the notes' day is to stand there again.
    """

    held: Held
    key: str
    is_news: bool = False
    is_moved: bool = False
    restores: bool = False


class Step(NamedTuple):
    """One thing to send.

    Attributes:
        does: `create`, `update` or `remove`.
        calendar: in whose collection.
        wanted: as the notes have it; None: it is removed.
        held: the item there; None: there is none yet.
        keeps_day: whether its day stays as the phone has it.
    """

    does: str
    calendar: str
    wanted: Wanted | None = None
    held: Held | None = None
    keeps_day: bool = False


def plan(
    wanted: Mapping[str, Wanted],
    standing: Iterable[Standing],
    made_as: Callable[[str, str], Wanted],
    calendars: Iterable[str],
) -> Iterator[Step]:
    """The steps, those that change what stands there first.

    Args:
        wanted: what the notes have, by key.
        standing: the items on the server that are ours.
        made_as: one of them as an event or a task, by its key and the component.
        calendars: those that are sent.
    """
    chosen = frozenset(calendars)
    met: set[str] = set()
    uids: set[str] = set()
    # The phone's own first: where two stand for one thing, ours goes.
    for one in sorted(standing, key=lambda each: each.held.uid.startswith(UID_START)):
        held = one.held
        uids.add(held.uid)
        if held.calendar not in chosen:
            met.add(one.key)
            continue
        own = wanted.get(one.key) if one.key not in met else None
        if own is None:
            is_double = one.key in met
            if not one.is_news and (not is_double or held.uid.startswith(UID_START)):
                yield Step("remove", held.calendar, None, held)
            continue
        met.add(one.key)
        if own.component != held.component:
            own = made_as(one.key, held.component)
        is_same = held.base is not None and held.base.digest == own.digest and held.key == one.key
        if not is_same or (one.restores and held.when != own.when):
            yield Step("update", held.calendar, own, held, one.is_moved)
    for key, own in wanted.items():
        if key in met or own.is_cancelled or own.calendar not in chosen:
            continue
        yield Step("create", own.calendar, _with_free_uid(own, uids))


def _with_free_uid(own: Wanted, uids: set[str]) -> Wanted:
    """One whose UID no item bears that stands for something else by now."""
    return replace(own, again=own.again + 1) if own.uid in uids else own
