"""What to say on a call: three topics at most, the best first; or that it is better to wait.

Source: seed: 避免无意义的骚扰式跟进; what comes before what, and how many, is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from brokernotes.features.ranking import SILENCED, DueItem
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import Cadence
from brokernotes.model.topics import Topic
from brokernotes.model.verbs import SHOWING_VERBS

MOST = 3  # topics of a call
MOST_ALIKE = 2  # of one kind: three new homes are a list, not a reason to call

# What is said first: what was promised, then what concerns just this person, then what is new.
ORDER = (
    "promise", "question", "offer-open", "open",
    "cut-rejected", "cut-seen", "liked-status", "liked-rise", "offer-answers",
    "shown", "rival-closed", "offer-new", "offer-cut", "offer-back", "offer-untold", "objection",
    "rival-cut", "market", "rival-new", "quiet-dear", "quiet",
    "move-in", "school", "dormant", "past-client", "on-hold", "confirm", "ask", "ask-owner",
)  # fmt: skip
_RANK = {code: rank for rank, code in enumerate(ORDER)}

# Talks with a person about whom something may be found. The others say all there is to say
# (a signing, a birthday, feedback on a showing) or bring their own list (a showing).
_TALKS = frozenset(
    {
        "promise", "planned", "first_response", "reconfirm_demand", "followup", "revisit",
        "entrustment_end", "lease_end",
    }
)  # fmt: skip
# What was offered is for her eyes (seed: the owner's mind is the holder's): not for every calendar.
GUARDED = frozenset({"offer-open"})
# What the row's own lines say already; a topic all the same, for programs and for the count.
TOLD = frozenset({"promise", "dormant"})
# What somebody said that is still to be met: the older it is, the less it is what to begin with.
AGEING = frozenset({"promise", "question", "offer-open", "open", "objection"})
_FRESH = Cadence().topic_days
# What is said of days that have passed: of a day to come nobody knows it yet.
PASSED = frozenset({"quiet", "quiet-dear"})


class Known(NamedTuple):
    """What was found to say to the person of one note.

    Attributes:
        topics: in no particular order.
        ahead: what stands about the note, the cadence aside, by day: the ISO day, the code of the
            reason and its places.
    """

    topics: tuple[Topic, ...] = ()
    ahead: tuple[tuple[str, str, Mapping[str, object]], ...] = ()


class Wait(NamedTuple):
    """There is nothing new to say.

    Attributes:
        day: when to look again.
        reason: code of why then: `cadence`, or of what stands next.
        params: its places.
    """

    day: date
    reason: str
    params: Mapping[str, object]


class Brief(NamedTuple):
    """What to say to the person of one row.

    Attributes:
        topics: the best first, `MOST` at most.
        wait: set where there is none, and only the cadence asks for the call.
    """

    topics: tuple[Topic, ...] = ()
    wait: Wait | None = None

    def for_others(self) -> Brief:
        """The same where others may look over her shoulder."""
        return self._replace(topics=tuple(x for x in self.topics if x.code not in GUARDED))


NOTHING = Brief()


def is_talk(occurrence: Occurrence) -> bool:
    """Whether a reason is one to talk to somebody, so that it matters what about."""
    if occurrence.kind == "planned":
        return occurrence.params.get("verb") not in SHOWING_VERBS and not occurrence.cancelled
    return occurrence.kind in _TALKS


def paths_of(item: DueItem) -> list[str]:
    """The notes of a row with whose person one talks, the one that names it first."""
    return list(dict.fromkeys(one.path for one in item.reasons if is_talk(one)))


def brief_of(
    item: DueItem,
    known: Mapping[str, Known],
    today: date,
    read: date | None = None,
    fresh: int = _FRESH,
) -> Brief:
    """The brief of one row.

    Args:
        item: the row.
        known: what was found, by path of a note; of one that is not there nothing is advised.
        today: the day the row stands on.
        read: the day on which it is read; None: that day, as in calendars.
        fresh: days after which what was said falls behind what is new.
    """
    paths = [path for path in paths_of(item) if path in known]
    if not paths:
        return NOTHING
    day, passed = today.isoformat(), (read or today).isoformat()
    refs = {one.path: one.note for one in item.reasons}
    found = [
        topic if path == item.path else topic._replace(of=refs[path])
        for path in paths
        for topic in known[path].topics
        if topic.start <= (passed if topic.code in PASSED else day)
    ]
    found += _of_reasons(item)
    topics = _best(found, days_after(today, -fresh).isoformat())
    # Whom nobody reaches is tried in another way, which the row says: that is not to wait.
    is_plain = all(one.kind in SILENCED and "tried" not in one.params for one in item.reasons)
    if topics or not is_plain:
        return Brief(topics)
    return Brief((), _wait(item, known, today))


def brief_of_note(
    reasons: Sequence[Occurrence], known: Mapping[str, Known], today: date, fresh: int = _FRESH
) -> Brief:
    """The brief of one note, whenever its person is due.

    Args:
        reasons: everything that is to be done about it.
        known: what was found, by its path.
        today: the day on which it is read.
        fresh: as in `brief_of`.
    """
    talks = sorted((one for one in reasons if is_talk(one)), key=lambda one: (one.due, one.key))
    if not talks:
        return NOTHING
    first = talks[0]
    item = DueItem(
        key=first.key, kind=first.kind, path=first.path, due=first.due, reasons=tuple(talks)
    )
    return brief_of(item, known, max(today, first.due), today, fresh)


def _of_reasons(item: DueItem) -> Iterator[Topic]:
    """Topics that the reasons of a row are themselves."""
    for one in item.reasons:
        if one.kind == "promise" and one.text:
            yield Topic(
                "promise",
                {"text": one.text, "date": one.due.isoformat()},
                day=one.due.isoformat(),
                note=one.note,
                entry=one.entry or "",
            )
        elif one.kind == "revisit" and one.dormant:
            yield Topic("dormant", {"state": one.params.get("state")}, note=one.note)
        elif one.kind == "followup" and one.dormant:
            state = one.params.get("state")
            yield Topic("past-client" if state == "past_client" else "on-hold", note=one.note)


def _best(found: Iterable[Topic], oldest: str) -> tuple[Topic, ...]:
    """The first ones, no home twice and not too many alike; what was said before a day last."""
    chosen: list[Topic] = []
    homes: set[str] = set()
    for topic in sorted(found, key=lambda one: (_is_old(one, oldest), *_place(one))):
        alike = sum(one.code == topic.code for one in chosen)
        if (topic.about and topic.about in homes) or alike >= MOST_ALIKE:
            continue
        if topic.about:
            homes.add(topic.about)
        chosen.append(topic)
        if len(chosen) == MOST:
            break
    return tuple(chosen)


def _is_old(topic: Topic, oldest: str) -> bool:
    return topic.code in AGEING and "" < topic.day < oldest


def _place(topic: Topic) -> tuple[int, float, str, str]:
    """By kind, then by how well a home suits, then the newest; the last two make it certain."""
    score = topic.params.get("score")
    suits = score if isinstance(score, int) else 0
    newest = -int(topic.day[:10].replace("-", "")) if topic.day else 0
    return _RANK.get(topic.code, len(ORDER)), -suits, f"{newest + 10**9:010}", topic.about


def _wait(item: DueItem, known: Mapping[str, Known], today: date) -> Wait:
    """When to look again: the next turn of the cadence, or earlier where something stands before.

    The turns are counted from the day the call was due, so that it is not put off day by day.
    """
    first = item.reasons[0]
    days = first.params.get("days")
    ahead = max(days, 1) if isinstance(days, int) else 1
    late = 0 if first.undated else max((today - first.due).days, 0)
    next_turn = today.toordinal() + ahead - late % ahead
    day = date.fromordinal(min(next_turn, date.max.toordinal()))
    wait = Wait(day, "cadence", {"days": ahead})
    for path in paths_of(item):
        for due, reason, params in known.get(path, Known()).ahead:
            if today.isoformat() < due < wait.day.isoformat():
                wait = Wait(date.fromisoformat(due), reason, params)
    return wait


def needed(items: Sequence[DueItem]) -> frozenset[str]:
    """The notes about which something is to be found, by path."""
    return frozenset(path for item in items for path in paths_of(item))
