"""What stands in the calendar, and on which day.

Today is the list `due` shows: the same rows, merged by the same hand, no more
than a day holds, the rest as one row. Beyond today it is an outlook: every
promise, plan and deadline to come on its own day, and what the cadence asks in
the next 60 days (ours: further ahead every contact moves it anyway); birthdays and
festivals of this year and the next, each alone on its day whatever else is due then.

An open row whose day has passed is rolled to today, since nobody looks at last
week; where the rules say `overdue: keep` each reason keeps its own day and
nothing piles up, so no limit applies. What falls due today is not mingled with
what was rolled there: it stands on its day as it stood yesterday. The hour does
not matter: a calendar made at nine and at five is the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from brokernotes.features.ranking import NOBODY, OVERFLOW, Asked, DueItem, People, due_today
from brokernotes.features.spreading import last_needed
from brokernotes.light_dataclasses import dataclass, replace
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import GREETINGS, Occurrence
from brokernotes.model.rules import Rules

OUTLOOK_DAYS = 60
YEARS = range(1900, 9000)  # in others a moment cannot be told in UTC: a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One row and the day it stands on.

    Attributes:
        item: as `due` has it.
        day: where it stands.
        at: its time there, in the vault's zone, without offset; None: all day.
        is_rolled: whether its own day has passed.
        hidden: rows that the day does not hold; this one speaks for them.
    """

    item: DueItem
    day: date
    at: datetime | None = None
    is_rolled: bool = False
    hidden: tuple[DueItem, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        first = self.item.first
        return first is not None and first.cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a calendar is asked for.

    Attributes:
        today: in the vault's zone.
        agent: id of who asks; None: for all.
        rules: of the brokerage.
        people: what is known of whom it concerns.
    """

    today: date
    rules: Rules
    agent: str | None = None
    people: People = NOBODY

    @property
    def last(self) -> date:
        """The last day on which something computed stands."""
        return days_after(self.today, OUTLOOK_DAYS)


def place(occurrences: Iterable[Occurrence], outlook: Outlook) -> list[Placed]:
    """Every row of the calendar with its day.

    Args:
        occurrences: all that is open, and what was called off.
        outlook: the day, the agent, the rules.

    Returns:
        In no order that matters.
    """
    everything = [replace(one, ends=None) if one.ends else one for one in occurrences]
    # Of a day so far ahead the last contact would only be a reason to write the item anew.
    greetings = [
        replace(one, last_contact=None, last_text="") for one in everything if one.kind in GREETINGS
    ]
    last = last_needed(outlook.last)
    known = [
        one
        for one in everything
        if one.kind not in GREETINGS
        and not (one.computed and one.due > (outlook.today if one.kind == "neglected" else last))
    ]
    placed = [*_called_off(known, outlook)]
    placed += [_kept(item) for item in _due(greetings, outlook, is_limited=False)]
    if outlook.rules.overdue == "keep":
        for item in _known(known, outlook, is_limited=False):
            placed += [_kept(part) for part in _by_own_day(item)]
        return placed
    rows = _known(known, outlook, is_limited=True)
    for item in rows:
        if item.kind != OVERFLOW:
            placed += [_rolled(part, outlook.today) for part in _parted(item, outlook.today)]
            continue
        shown = {(row.key, row.path) for row in rows}
        whole = _known(known, outlook, is_limited=False)
        hidden = tuple(row for row in whole if (row.key, row.path) not in shown)
        placed.append(Placed(item=item, day=outlook.today, hidden=hidden))
    return placed


def _known(known: list[Occurrence], outlook: Outlook, *, is_limited: bool) -> list[DueItem]:
    """Rows without greetings; what the cadence asks after the outlook's last day is not one."""
    rows = _due(known, outlook, is_limited=is_limited)
    return [row for row in rows if not (row.computed and row.due > outlook.last)]


def _due(known: list[Occurrence], outlook: Outlook, *, is_limited: bool) -> list[DueItem]:
    rules = outlook.rules
    if not is_limited:
        rules = replace(rules, cadence=replace(rules.cadence, daily=sys.maxsize))
    end_of_day = datetime.combine(outlook.today, time.max)
    asked = Asked(now=end_of_day, agent=outlook.agent, until=date.max)
    return due_today(known, asked, rules=rules, people=outlook.people)


def _rolled(item: DueItem, today: date) -> Placed:
    if item.due < today:
        return Placed(item=item, day=today, is_rolled=True)
    return _kept(item)


def _kept(item: DueItem) -> Placed:
    at = item.at if item.at and item.at.year in YEARS else None
    day = item.reasons[0].own_day if item.kind in GREETINGS else item.due
    return Placed(item=item, day=day, at=at)


def _parted(item: DueItem, today: date) -> Iterator[DueItem]:
    """A row of today, apart from what is late where a reason of today names it.

    What stood on its day yesterday stands there unchanged, whatever was rolled to it.
    """
    settled = [one for one in item.reasons if one.due >= today and not one.undated]
    rolled = [one for one in item.reasons if one.due < today or one.undated]
    if not rolled or not settled or item.reasons[0] is rolled[0]:
        yield item
        return
    yield _named(item, settled)
    yield _named(item, rolled)


def _by_own_day(item: DueItem) -> Iterator[DueItem]:
    """A row for each day its reasons fall on."""
    days: dict[tuple[date, bool], list[Occurrence]] = {}
    for reason in item.reasons:
        days.setdefault((reason.due, reason.undated), []).append(reason)
    for reasons in days.values():
        yield _named(item, reasons)


def _named(item: DueItem, reasons: list[Occurrence]) -> DueItem:
    """A row of some of the reasons, named by their first."""
    first = reasons[0]
    return replace(
        item,
        key=first.key,
        kind=first.kind,
        due=first.due,
        id=first.note if first.note != first.path else None,
        path=first.path,
        title=first.title,
        agent=first.agent,
        at=first.at,
        reasons=tuple(reasons),
    )


def _called_off(known: list[Occurrence], outlook: Outlook) -> Iterator[Placed]:
    """What was called off and lies ahead: struck through it says more than a gap."""
    for one in known:
        if not one.cancelled or one.due < outlook.today:
            continue
        if outlook.agent and one.agent not in (None, outlook.agent):
            continue
        row = DueItem(key=one.key, kind=one.kind, due=one.due, computed=False)
        yield _kept(_named(row, [one]))
