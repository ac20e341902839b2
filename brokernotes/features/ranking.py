"""What is shown today: one item per person, most pressing first, no more than a day holds.

The occurrences are stored when a note is indexed; here the present moment comes in.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time

from brokernotes.features.due_items import OVERFLOW, Asked, DueItem
from brokernotes.features.rhythm import Rhythm, kept_apart
from brokernotes.light_dataclasses import NamedTuple, dataclass, replace
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import GREETINGS, TOO_FAR_DAYS, UNASKED, Occurrence
from brokernotes.model.rules import Rules

# While one stands, no cadence asks for that person.
SILENCING = frozenset({"promise", "planned", "first_response"})
_BY_HOUR = frozenset({"planned", "confirm_showing"})
SILENCED = frozenset({"revisit", "followup"})


class People(NamedTuple):
    """What is known of the persons that occurrences concern.

    Attributes:
        same: by every name of somebody with several (`storage.persons`) the one that counts.
        silenced: persons whom nobody contacts unasked, as `person` of occurrences names them.
        standing: persons who have a promise or a plan of anybody's, or wait for a first answer
            (`SILENCING`, `silencing_until`), not among the occurrences; these silence what the
            cadence asks.
        rhythm: who was contacted lately.
    """

    same: Mapping[str, str] = {}  # never changed
    silenced: Collection[str] = ()
    standing: Collection[str] = ()
    rhythm: Rhythm = Rhythm()


NOBODY = People()


class Ranked(NamedTuple):
    """What is due, in its order.

    Attributes:
        items: the overflow, if any, stands last.
        waiting: what would be among them, if it did not wait for a day that is not asked about.
    """

    items: list[DueItem]
    waiting: tuple[Occurrence, ...] = ()


def due_today(
    occurrences: Iterable[Occurrence], asked: Asked, *, rules: Rules, people: People = NOBODY
) -> list[DueItem]:
    """What is due today, most pressing first, then what is due on each day to come.

    Args:
        occurrences: all that may be due; what colleagues are asked about the same persons, too.
        asked: the moment, the agent and the extent.
        rules: for the daily limit, and how far apart contacts are.
        people: what is known of whom they concern.

    Returns:
        Items; the overflow, if any, stands last.
    """
    return rank_due(occurrences, asked, rules=rules, people=people).items


def rank_due(
    occurrences: Iterable[Occurrence], asked: Asked, *, rules: Rules, people: People = NOBODY
) -> Ranked:
    """The same with what waits; arguments as of `due_today`."""
    everything = [_known(occurrence, people.same) for occurrence in occurrences]
    quiet = _quiet(everything, asked, people)
    everything = _rested([one for one in everything if not quiet.hushes(one)], rules)
    everything = _in_rhythm(everything, asked, rules, people)
    groups: dict[tuple[object, ...], list[Occurrence]] = {}
    waiting = []
    for occurrence in everything:
        if not is_shown(occurrence, asked):
            if occurrence.rhythm and is_shown(_not_waiting(occurrence), asked):
                waiting.append(occurrence)
            continue
        if occurrence.undated:
            occurrence = replace(occurrence, due=asked.today)
        groups.setdefault(_group(occurrence, asked), []).append(occurrence)
    items = [_item(group, asked, quiet.never) for group in groups.values()]
    # Days to come follow today: tomorrow's promise presses less than today's first answer.
    items.sort(
        key=lambda item: (max(item.due, asked.today), _pressing(item.reasons[0], asked.today))
    )
    shown = items if asked.show_all else _limited(items, asked, rules)
    return Ranked(shown, tuple(waiting))


def _not_waiting(occurrence: Occurrence) -> Occurrence:
    """The occurrence on the day that was meant for it."""
    return replace(occurrence, due=occurrence.own_day, undated=occurrence.asked is None)


def is_shown(occurrence: Occurrence, asked: Asked) -> bool:
    """Whether an occurrence is due at the moment asked for, for the agent who asks.

    What nobody is responsible for is everybody's, so that nothing falls between two people.
    """
    today = asked.today
    if occurrence.cancelled:
        return False
    if asked.paths is not None and occurrence.path not in asked.paths:
        return False
    if asked.kind and not (
        occurrence.dormant if asked.kind == "dormant" else occurrence.kind == asked.kind
    ):
        return False
    if asked.agent and not asked.show_all and occurrence.agent not in (None, asked.agent):
        return False
    if occurrence.is_over(asked.now):
        return False
    if occurrence.since is not None and occurrence.since > asked.now:
        return False
    due = today if occurrence.undated else occurrence.due
    return due <= (asked.until or today)


def overdue_days(occurrence: Occurrence, today: date) -> int:
    """Days past its day; 0 if not past, or if there was nothing to count from."""
    due = occurrence.own_day if occurrence.kind in GREETINGS else occurrence.due
    return 0 if occurrence.undated else max(0, (today - due).days)


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Persons whom the cadence leaves alone now, and whom nobody contacts unasked, or not yet."""

    now: frozenset[str]
    never: frozenset[str]
    until: Mapping[str, date]

    def hushes(self, occurrence: Occurrence) -> bool:
        """Whether an occurrence is not for now."""
        if occurrence.computed and occurrence.person in self.never:
            return True
        if occurrence.kind in GREETINGS and occurrence.person in self.until:
            return occurrence.own_day < self.until[occurrence.person]
        return occurrence.kind in SILENCED and occurrence.person in self.now


def _rested(occurrences: list[Occurrence], rules: Rules) -> list[Occurrence]:
    """The same; of the days of the New Year on the days around."""
    if not any(one.spread for one in occurrences):
        return occurrences
    from brokernotes.features.spreading import spread_out

    return spread_out(occurrences, rules.cadence.daily)


def _until(people: People) -> dict[str, date]:
    """Persons who asked not to be contacted before a day, the last of those they named."""
    found: dict[str, date] = {}
    for person, day in people.rhythm.until.items():
        name = people.same.get(person, person)
        found[name] = max(day, found.get(name, day))
    return found


def _in_rhythm(
    occurrences: list[Occurrence], asked: Asked, rules: Rules, people: People
) -> list[Occurrence]:
    """The same; what comes too near to another contact with its person waits."""
    if not any(one.kind in UNASKED for one in occurrences):
        return occurrences
    same, rhythm = people.same, people.rhythm
    if same and rhythm.outreach:
        known = [was._replace(person=same.get(was.person, was.person)) for was in rhythm.outreach]
        rhythm = rhythm._replace(outreach=known)
    rhythm = rhythm._replace(until=_until(people))
    return kept_apart(occurrences, asked.today, rules, rhythm, lambda o: _pressing(o, asked.today))


def _known(occurrence: Occurrence, same: Mapping[str, str]) -> Occurrence:
    """The occurrence under the one name of its person."""
    person = same.get(occurrence.person)
    return replace(occurrence, person=person) if person else occurrence


def _quiet(everything: list[Occurrence], asked: Asked, people: People) -> _Quiet:
    until = silencing_until(asked.today)
    now = {
        occurrence.person
        for occurrence in everything
        if occurrence.kind in SILENCING
        and not occurrence.cancelled
        and occurrence.person
        and occurrence.due <= until
    }

    def known(persons: Collection[str]) -> frozenset[str]:
        return frozenset(people.same.get(person, person) for person in persons)

    return _Quiet(known(people.standing) | now, known(people.silenced), _until(people))


def silencing_until(today: date) -> date:
    """The last day of a promise or a plan that silences the cadence; later ones are slips."""
    return days_after(today, TOO_FAR_DAYS)


def _group(occurrence: Occurrence, asked: Asked) -> tuple[object, ...]:
    """What makes one item: agent, person and day; a time and a festival stand alone.

    What is past its day has no hour any more; an appointment is still to be ticked off by itself.
    """
    has_hour = occurrence.due >= asked.today or occurrence.kind == "planned"
    if (occurrence.at is not None and has_hour) or occurrence.kind == "festival":
        return (occurrence.key,)
    day = max(occurrence.due, asked.today)
    return occurrence.agent or asked.agent, occurrence.person or occurrence.note, day


def _pressing(occurrence: Occurrence, today: date) -> tuple[int, float, datetime, date, str]:
    """Sorts by class, what waiting costs, date, time and key; appointments by the hour alone."""
    is_by_hour = occurrence.kind in _BY_HOUR
    return (
        occurrence.weight,
        -math.inf if is_by_hour else -occurrence.value * (overdue_days(occurrence, today) + 1),
        occurrence.ends or occurrence.at or datetime.combine(occurrence.due, time()),
        occurrence.due,
        occurrence.key,
    )


def _item(group: list[Occurrence], asked: Asked, never: Collection[str]) -> DueItem:
    today = asked.today
    reasons = group if len(group) == 1 else sorted(group, key=lambda o: _pressing(o, today))
    first = reasons[0]
    days = overdue_days(first, today)
    return DueItem(
        key=first.key,
        kind=first.kind,
        id=first.note if first.note != first.path else None,
        path=first.path,
        title=first.title,
        due=first.due,
        overdue_days=days,
        is_overdue=days > 0 or (first.at is not None and first.at < asked.now),
        agent=first.agent,
        at=first.at,
        weight=first.weight,
        computed=all(reason.computed for reason in reasons),
        reasons=tuple(reasons),
        is_hushed=first.person in never,
    )


def _limited(items: list[DueItem], asked: Asked, rules: Rules) -> list[DueItem]:
    """No more computed items for one agent and day than the rules allow; the rest is counted.

    Days to come are an outlook and hold what they hold.
    """
    shown: list[DueItem] = []
    used: dict[str | None, int] = {}
    more = 0
    for item in items:
        if item.is_limited and item.due <= asked.today:
            bucket = asked.agent or item.agent
            used[bucket] = used.get(bucket, 0) + 1
            if used[bucket] > rules.cadence.daily:
                more += 1
                continue
        shown.append(item)
    if more:
        key = f"{asked.agent or 'all'}/{OVERFLOW}/-"
        today = asked.today
        shown.append(DueItem(key=key, kind=OVERFLOW, due=today, agent=asked.agent, more=more))
    return shown


__all__ = [
    "NOBODY",
    "OVERFLOW",
    "SILENCED",
    "SILENCING",
    "Asked",
    "DueItem",
    "People",
    "Ranked",
    "due_today",
    "is_shown",
    "overdue_days",
    "rank_due",
    "silencing_until",
]
