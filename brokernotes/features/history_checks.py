"""What of git's history must not be: entries removed or altered; `HISTORY_CHECKS` lists them.

A log is only added to. Legal are exactly: an id is added; a plan is
ticked off or cancelled once, with text, fields or lines added; lines are added under an entry; a
link is spelled another way to the same target; a tombstone takes an entry's place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from brokernotes.errors import Position, Problem
from brokernotes.features.corrections import REMOVED
from brokernotes.features.history import EntryRevision, FieldRevision, Revision
from brokernotes.features.lifecycle_history import find_jumps
from brokernotes.light_dataclasses import dataclass, replace
from brokernotes.model.problems import problem
from brokernotes.model.records import LogEntry

Found = Iterator[Problem]

_LINK = re.compile(r"\[\[[^\[\]]*\]\]")
_SHOWN = 60  # code points of an entry that a message repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFacts:
    """What the checks of history work on.

    Attributes:
        losses: every change and removal of an entry that was committed, the oldest first.
        statuses: every change of a listing's status that was committed, the oldest first.
        log: the entries of a note as it stands, by its path.
        now: the entry of a revision as it stands today, wherever in the vault; None: nowhere.
        path: where a note stands today; None: it was deleted.
        same_target: whether two links as typed lead to one note.
    """

    losses: Sequence[EntryRevision]
    statuses: Sequence[FieldRevision]
    log: Callable[[str], Sequence[LogEntry]]
    now: Callable[[EntryRevision], LogEntry | None]
    path: Callable[[Revision], str | None]
    same_target: Callable[[str, str], bool]


def check_removed(facts: HistoryFacts) -> Found:
    """Find entries that history has and the notes no longer have."""
    gone: dict[tuple[str, str | None], list[EntryRevision]] = {}
    for steps in _by_entry(facts.losses):
        last = next((one for one in reversed(steps) if one.is_removed), None)
        if last is None or last.before is None or last.before.verb == REMOVED:
            continue
        if facts.now(last) is not None:
            continue
        path = facts.path(last)
        if path is None:
            gone.setdefault((last.path, last.commit), []).append(last)
        else:
            yield problem("entry-removed", Position(path, 1, 1), **_who(last), text=_text(last))
    for (path, _), lost in gone.items():
        yield problem("note-deleted", Position(path, 1, 1), **_who(lost[0]), count=len(lost))


def check_altered(facts: HistoryFacts) -> Found:
    """Find entries that say something else than they said, though they were not to be touched."""
    same = facts.same_target
    for steps in _by_entry(facts.losses):
        stood, wrong = steps[0], []
        for one in steps:
            if one.after is None or not is_legal_change(
                stood.before, one.after, (stood.old, one.new), same
            ):
                wrong.append(one)
            else:
                stood = _standing(one)
        path = facts.path(steps[0]) if wrong else None
        now = facts.now(steps[-1]) if path else None
        if path is None or (now is None and wrong[-1].is_removed):
            continue  # nothing is wrong, or it is gone, which is another problem
        if now is not None and is_legal_change(stood.before, now, None, same):
            continue  # put right again
        one = wrong[0]
        yield problem("entry-altered", Position(path, 1, 1), **_who(one), text=_text(one))


def _by_entry(losses: Sequence[EntryRevision]) -> list[list[EntryRevision]]:
    """What became of each entry, in order."""
    found: dict[tuple[str, str], list[EntryRevision]] = {}
    for one in losses:
        found.setdefault((one.note or one.path, one.ref), []).append(one)
    return list(found.values())


def _standing(one: EntryRevision) -> EntryRevision:
    """A legal change, as what the next one is compared with."""
    return replace(one, before=one.after, old=one.new)


def check_statuses(facts: HistoryFacts) -> Found:
    """Find statuses that jumped where no step leads: typed by hand."""
    yield from find_jumps(facts.statuses, facts.path, facts.log)


HISTORY_CHECKS: tuple[Callable[[HistoryFacts], Found], ...] = (
    check_removed,
    check_altered,
    check_statuses,
)


def check_history(facts: HistoryFacts) -> list[Problem]:
    """Every problem of the history."""
    return [found for check in HISTORY_CHECKS for found in check(facts)]


def is_legal_change(
    before: LogEntry | None,
    after: LogEntry,
    texts: tuple[str | None, str | None] | None,
    same_target: Callable[[str, str], bool],
) -> bool:
    """Whether an entry may become another, as a log allows.

    Args:
        before: as it was; None: it was not there.
        after: as it is.
        texts: the lines of both, where they are known: what links show may differ.
        same_target: whether two links as typed lead to one note.
    """
    if before is None or after.verb == REMOVED:
        return True
    was_open = before.box == "planned" and after.box in ("done", "cancelled")
    if before.box != after.box and not was_open:
        return False
    if not _is_same_beginning(before, after, same_target):
        return False
    if was_open:
        return _squeezed(after.text).startswith(_squeezed(before.text)) or _is_respelled(texts)
    if dict(after.fields) != dict(before.fields):
        return False
    return _squeezed(after.text) == _squeezed(before.text) or _is_respelled(texts)


def _is_respelled(texts: tuple[str | None, str | None] | None) -> bool:
    """Whether two lines differ in what their links show, and in nothing else."""
    return texts is not None and _bare(texts[0]) == _bare(texts[1])


def _is_same_beginning(
    before: LogEntry, after: LogEntry, same_target: Callable[[str, str], bool]
) -> bool:
    if (before.day, before.minutes, before.verb) != (after.day, after.minutes, after.verb):
        return False
    if before.agent != after.agent or len(before.links) != len(after.links):
        return False
    if any(after.fields.get(key) != value for key, value in before.fields.items()):
        return False
    if not _squeezed("".join(after.children)).startswith(_squeezed("".join(before.children))):
        return False
    return all(
        old == new or same_target(old, new)
        for old, new in zip(before.links, after.links, strict=True)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _bare(text: str | None) -> str:
    """The first line without what its links show, and without whitespace."""
    return _squeezed(_LINK.sub("[[]]", (text or "").partition("\n")[0]))


def _who(one: Revision) -> dict[str, object]:
    day = one.when.date().isoformat()
    return {"who": one.author or one.email, "day": day, "commit": (one.commit or "")[:10]}


def _text(one: EntryRevision) -> str:
    first = (one.old or "").partition("\n")[0].strip().lstrip("-*+• ")
    return first if len(first) <= _SHOWN else first[: _SHOWN - 1] + "…"
