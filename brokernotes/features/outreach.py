"""Who was contacted unasked, when and by whom: what the rhythm of contacts counts.

Unasked is a contact of which nobody else is the cause: a call, a message, 回访, 跟进, 推荐, 祝福.
What the person began (`[来:: …]`) is none, nor what arranges a showing, what is said of a price,
and what belongs to a showing or a deal: those have verbs of their own. Nobody is disturbed by a
call that was not answered.

Source: domain, rhythm guard; seed: 避免无意义的骚扰式跟进, 避免多人联系给业主带来的不必要的骚扰.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from brokernotes.features.contacts import ANSWERED, outcome_of
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.festivals import FESTIVALS
from brokernotes.model.occurrences import Outreach
from brokernotes.model.records import LogEntry

if TYPE_CHECKING:
    from brokernotes.features.agenda import Agenda

UNASKED_VERBS = frozenset(
    {"call", "wechat", "sms", "revisit", "followup", "recommend", "greet"}
)  # verbs; the last is the greeting
GREETED = "greet"

_PROMPTED = frozenset({"from", "amount", "side"})  # they began it, or it is about a price
_ARRANGES = lazy_pattern(r"\d\d-\d\d \d\d:\d\d")  # day and time, as a showing is confirmed


def outreach_of(agenda: Agenda) -> tuple[Outreach, ...]:
    """The last contact that nobody had asked for, and the last greeting.

    Args:
        agenda: of a client, a listing or an agent; the agent's own log says which festivals
            everybody was greeted for.
    """
    if agenda.record.type == "agent":
        return tuple(_festivals(agenda))
    if agenda.record.type not in ("client", "listing"):
        return ()
    last = greeting = None
    # From the newest line on, so that most need only a glance; of one moment the first counts.
    for entry in reversed([*agenda.clock.entries, *_told(agenda)]):
        is_greeting = entry.verb == GREETED
        if last is not None and entry.day < last.day and not is_greeting:
            continue
        if not is_unasked(agenda, entry):
            continue
        if last is None or entry.moment >= last.moment:
            last = entry
        if is_greeting and (greeting is None or entry.moment >= greeting.moment):
            greeting = entry
    found = [] if last is None else [last]
    if greeting is not None and greeting is not last:
        found.append(greeting)
    return tuple(
        Outreach(agenda.person, one.day, agenda.made_by(one), one.verb == GREETED) for one in found
    )


def is_unasked(agenda: Agenda, entry: LogEntry) -> bool:
    """Whether an entry is a contact with the note's person that nobody else caused.

    Args:
        agenda: of the note.
        entry: of its log, or one elsewhere that tells of its owner.
    """
    if entry.verb not in UNASKED_VERBS or not entry.is_happened or entry.day > agenda.today:
        return False
    if not _PROMPTED.isdisjoint(entry.fields) or _ARRANGES.search(entry.text):
        return False
    return outcome_of(entry, agenda.rules.schema.assumed_outcomes) in ANSWERED


def _told(agenda: Agenda) -> Iterator[LogEntry]:
    """The contacts with the note's person that other notes tell of."""
    for _, entry in agenda.neighbours.mentions:
        told = entry.fields.get("owner_outcome")
        if isinstance(told, str) and told in ANSWERED:
            yield entry


def _festivals(agenda: Agenda) -> Iterator[Outreach]:
    """The newest greeting of each festival that an agent's log names."""
    days: dict[str, LogEntry] = {}
    for entry in agenda.clock.entries:
        if entry.verb != GREETED or not entry.is_happened or entry.day > agenda.today:
            continue
        for id_ in named_festivals((entry.text, *entry.children)):
            if id_ not in days or entry.moment > days[id_].moment:
                days[id_] = entry
    for id_, entry in days.items():
        yield Outreach(agenda.record.ref, entry.day, agenda.record.ref, True, id_)


def named_festivals(texts: Iterable[str]) -> Iterator[str]:
    """Ids of the festivals that texts name, in either language.

    Args:
        texts: of an entry.
    """
    said = " ".join(texts).casefold()
    for one in FESTIVALS.values():
        words = (one.id, one.label, *one.words)
        if any(word.casefold() in said for word in words):
            yield one.id
