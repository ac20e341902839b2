"""空跟进: follow-ups that may have been written for the record's sake; a list to talk about.

Nobody is judged by it: whoever calls six owners who are out writes six 未接, and whoever was
outdoors all day writes in the evening. So it only puts side by side what looks alike, with the
entries, and says by which numbers (all ours, in the rules under `empty_followups`).

Seed: 避免无意义的骚扰式跟进; each follow-up should have something to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from brokernotes.model.records import LogEntry

# What is a follow-up here: neither showings nor what belongs to a deal, nor greetings, which go
# to many at once by their nature.
FOLLOWING = frozenset(
    {"call", "meeting", "visit", "revisit", "followup", "wechat", "sms", "recommend"}
)
UNREACHED = frozenset({"no_answer", "dead_number", "wrong_number"})
SIGNS = ("same-text", "unanswered", "late-batch", "same-minute", "no-topic")
_SILENT = frozenset({"outcome", "from", "duration", "place", "next", "corrects"})  # say nothing new
_MARKS = re.compile(r"[\W_]+")
_STOCK = re.compile(
    r"(?:已|正常|常规|例行|继续|保持|电话|微信|客户|业主|房东|暂时?|目前|还是|依旧|一切|都|再|还|在|的|了)*"
    r"(?:跟进|回访|联系|沟通|维护|问候|无变化|没变化|不变|照旧|没什么|没事|无|没有|考虑|等等|再说|看看|ok|好|稳定"
    r"|followup|nochange|nothingnew|keepintouch)(?:中|了|过|一下|客户|业主|变化|情况|新情况|正常|再联系)*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From how many on something is put on the list (all ours).

    Attributes:
        days: back from today that are looked at.
        same_text: follow-ups of one agent in the same words.
        unanswered: missed calls of one agent within `unanswered_minutes`.
        unanswered_minutes: likewise.
        batch: follow-ups of earlier days that were written within `batch_minutes`.
        batch_minutes: likewise; the time is git's.
        same_minute: people whom one agent reached in the same minute.
        no_topic: follow-ups of one person in a row that say nothing.
        short: characters of a text that says nothing, if nothing else does.
    """

    days: int = 30
    same_text: int = 4
    unanswered: int = 4
    unanswered_minutes: int = 15
    batch: int = 5
    batch_minutes: int = 10
    same_minute: int = 3
    no_topic: int = 3
    short: int = 4


def limits_of(said: Mapping[str, object]) -> Limits:
    """The limits the rules say."""
    given = {one.name: said.get(one.name) for one in fields(Limits)}
    return Limits(**{name: value for name, value in given.items() if isinstance(value, int)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One follow-up, with who wrote it.

    Attributes:
        note: id of the note it stands in, else its path.
        agent: id of the agent whose it is; a name where there is no such note; "": nobody's.
        ref: of the entry, `NOTE:ID`.
        entry: as read.
        outcome: id of what came of it.
        written: when git first had it, in the vault's zone; None: not known, or it came with
            its whole note, as after an import.
    """

    note: str
    agent: str
    ref: str
    entry: LogEntry
    outcome: str | None = None
    written: datetime | None = None

    @property
    def words(self) -> str:
        """What it says, as it is compared: without marks, spaces and case."""
        return _MARKS.sub("", self.entry.said.casefold())

    @property
    def is_reached(self) -> bool:
        """Whether there was anybody to say something to."""
        return self.outcome not in UNREACHED


@dataclass(frozen=True, slots=True)
class Sign:
    """Follow-ups of one agent that look alike.

    Attributes:
        kind: one of `SIGNS`.
        agent: whose.
        touches: by time.
        of: all follow-ups of the agent in these days.
    """

    kind: str
    agent: str
    touches: tuple[Touch, ...]
    of: int

    @property
    def first(self) -> date:
        """Day of the earliest of them."""
        return min(touch.entry.day for touch in self.touches)

    @property
    def last(self) -> date:
        """Day of the latest of them."""
        return max(touch.entry.day for touch in self.touches)


def find_signs(touches: Iterable[Touch], limits: Limits) -> list[Sign]:
    """What looks alike, by agent, then kind, then day.

    Args:
        touches: the follow-ups of the days that are looked at.
        limits: from how many on.
    """
    by_agent: dict[str, list[Touch]] = {}
    for touch in touches:
        if touch.agent:
            by_agent.setdefault(touch.agent, []).append(touch)
    found = [
        Sign(kind, agent, tuple(group), len(own))
        for agent, own in by_agent.items()
        for kind, find in _FINDERS.items()
        for group in find(sorted(own, key=_moment), limits)
    ]
    return sorted(found, key=lambda one: (one.agent, SIGNS.index(one.kind), one.first))


def _moment(touch: Touch) -> tuple[date, int, str]:
    return (*touch.entry.moment, touch.ref)


Groups = Iterator[Sequence[Touch]]


def _same_text(own: Sequence[Touch], limits: Limits) -> Groups:
    said: dict[str, list[Touch]] = {}
    for touch in own:
        if touch.is_reached and touch.words:
            said.setdefault(touch.words, []).append(touch)
    yield from (group for group in said.values() if len(group) >= limits.same_text)


def _unanswered(own: Sequence[Touch], limits: Limits) -> Groups:
    missed = [one for one in own if one.outcome == "no_answer" and one.entry.minutes is not None]
    yield from _within(missed, limits.unanswered, limits.unanswered_minutes, _typed_at)


def _late_batch(own: Sequence[Touch], limits: Limits) -> Groups:
    late = [one for one in own if one.written and one.written.date() > one.entry.day]
    late.sort(key=lambda one: (one.written, one.ref))
    for group in _within(late, limits.batch, limits.batch_minutes, _written_at):
        yield sorted(group, key=_moment)


def _same_minute(own: Sequence[Touch], limits: Limits) -> Groups:
    at: dict[tuple[date, int], list[Touch]] = {}
    for touch in own:
        if touch.entry.minutes is not None and touch.outcome != "no_answer":
            at.setdefault((touch.entry.day, touch.entry.minutes), []).append(touch)
    for group in at.values():
        if len({touch.note for touch in group}) >= limits.same_minute:
            yield group


def _no_topic(own: Sequence[Touch], limits: Limits) -> Groups:
    by_note: dict[str, list[Touch]] = {}
    for touch in own:
        if touch.is_reached:
            by_note.setdefault(touch.note, []).append(touch)
    for touches in by_note.values():
        runs: list[list[Touch]] = [[]]
        for touch in touches:
            if says_nothing(touch, limits.short):
                runs[-1].append(touch)
            else:
                runs.append([])
        yield from (run for run in runs if len(run) >= limits.no_topic)


def says_nothing(touch: Touch, short: int) -> bool:
    """Whether a follow-up tells neither what was said nor what it was about.

    Args:
        touch: a follow-up that reached somebody.
        short: characters of a text that is too short to tell.
    """
    entry = touch.entry
    if entry.links or any(line.strip() for line in entry.children):
        return False
    if any(key not in _SILENT for key in entry.fields):
        return False
    return len(touch.words) <= short or _STOCK.fullmatch(touch.words) is not None


_FINDERS: Mapping[str, Callable[[Sequence[Touch], Limits], Groups]] = {
    "same-text": _same_text,
    "unanswered": _unanswered,
    "late-batch": _late_batch,
    "same-minute": _same_minute,
    "no-topic": _no_topic,
}


def _within(
    touches: Sequence[Touch], count: int, minutes: int, at: Callable[[Touch], datetime]
) -> Groups:
    """Groups of at least so many that lie within so many minutes; each touch is in one at most."""
    first = 0
    while first < len(touches):
        limit = at(touches[first]) + timedelta(minutes=minutes)
        end = first
        while end < len(touches) and at(touches[end]) <= limit:
            end += 1
        if end - first >= count:
            yield touches[first:end]
            first = end
        else:
            first += 1


def _typed_at(touch: Touch) -> datetime:
    start = datetime(touch.entry.day.year, touch.entry.day.month, touch.entry.day.day)  # noqa: DTZ001
    return start + timedelta(minutes=touch.entry.minutes or 0)


def _written_at(touch: Touch) -> datetime:
    assert touch.written is not None
    return touch.written
