"""Two readings of a note compared: by field, and by log entry.

An entry is the same by its id, else by what it says without whitespace, so that a
minted id, another bullet or a respelled time is no change. A merge is compared
with each of its parents: what one of them had already is no change of the merge's,
unless the merge threw away what another had done.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model.records import LogEntry
from brokernotes.model.revisions import BODY, PATH, Changes, Plain, Typed, plain_value
from brokernotes.notes.links import link_fold
from brokernotes.notes.note import Note

MOST_TEXT = 2000  # characters of the body that a change keeps on each side

_BULLET = re.compile(r"^\s*(?:[-*+•－]|\d+[.)、])\s*")
_ID = re.compile(r"\s*\^[A-Za-z0-9-]+\s*$")

Item = object  # what is compared: a value, or an entry's form
Base = Callable[[int, int], Sequence["Version | None"]]


class Logged(NamedTuple):
    """An entry of one version; those of one text are one object.

    Attributes:
        id: None: not minted.
        head: what it says, without what may be added later.
        form: all of it, as it is compared.
        text: its lines.
    """

    id: str | None
    head: str
    form: tuple[object, ...]
    text: str

    @property
    def stamp(self) -> list[str]:
        """When, and its verb."""
        return self.head.split(" ")[:2]


@dataclass(frozen=True, slots=True)
class Version:
    """A note at one moment.

    Attributes:
        path: relative to the vault.
        id: of the note.
        values: by key; what cannot be read as `Typed`.
        entries: by id or head; a second one of the same has `#2` after it.
        body: what stands outside front matter and log.
        is_blind: whether it could not be read, so that nothing follows from what is missing.
    """

    path: str
    id: str | None
    values: Mapping[str, Plain]
    entries: Mapping[str, Logged]
    body: str
    is_blind: bool = False


def version_of(note: Note, known: dict[str, Logged] | None = None) -> Version:
    """A note, ready to be compared.

    Args:
        note: as read.
        known: entries by their lines, shared by the versions of a vault: most of a log stays as
            it is from one version to the next.
    """
    known = {} if known is None else known
    record = note.record
    lines = note.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    logged: list[Logged] = []
    inside: set[int] = {section.line for section in note.log.sections}
    for entry, (first, last) in zip(note.log.entries, note.log.spans, strict=True):
        inside.update(range(first, last + 1))
        text = "\n".join(lines[first - 1 : last]).rstrip()
        one = known.get(text)
        if one is None:
            one = known[text] = logged_of(entry, text)
        logged.append(one)
    start = note.block.split.body_line
    rest = (line for n, line in enumerate(lines[start - 1 :], start) if n not in inside)
    body = "\n".join(line for line in rest if line.strip())
    is_blind = note.block.split.kind == "unclosed"
    return Version(record.path, record.id, _values(note), _named(logged), body, is_blind)


def with_entries(version: Version, logged: Iterable[Logged]) -> Version:
    """A version without a log, and the log it has."""
    return Version(version.path, version.id, version.values, _named(logged), version.body)


def logged_of(entry: LogEntry, text: str) -> Logged:
    """An entry as it is compared.

    Args:
        entry: as read.
        text: its lines.
    """
    head = _head(entry)
    return Logged(entry.id, head, _form(entry, head), text)


def _named(logged: Iterable[Logged]) -> dict[str, Logged]:
    """Entries by id, else by what they say; a second one of the same has `#2` after it."""
    found: dict[str, Logged] = {}
    for one in logged:
        ident = wanted = f"^{one.id}" if one.id else one.head
        number = 2
        while ident in found:
            ident, number = f"{wanted}#{number}", number + 1
        found[ident] = one
    return found


def _values(note: Note) -> dict[str, Plain]:
    """Every key that says something, unknown ones too."""
    record = note.record
    found: dict[str, Plain] = {key: plain_value(value) for key, value in record.values.items()}
    spelled = {note.spelled(key): key for key in (*record.values, *record.invalid)}
    for key, raw in note.block.values.items():
        known = spelled.get(key, key)
        if raw and known not in found:
            typed = raw if isinstance(raw, str) else "; ".join(raw)
            found[known] = typed if key in ("id", "type") else Typed(typed)
    return found


def _head(entry: LogEntry) -> str:
    time = "" if entry.minutes is None else f"T{entry.minutes}"
    links = "|".join(map(link_fold, entry.links))
    text = "".join(entry.text.split())
    return f"{entry.day}{time} {entry.verb} {entry.agent or ''} {links} {text}"


def _form(entry: LogEntry, head: str) -> tuple[object, ...]:
    fields = tuple(sorted((key, str(value)) for key, value in entry.fields.items()))
    children = "".join("".join(entry.children).split())
    return head, entry.box, entry.duration, fields, children


def entry_key(text: str) -> str:
    """What an entry's first line says, without its bullet, its id and whitespace."""
    first = _ID.sub("", text.partition("\n")[0])
    return "".join(_BULLET.sub("", first).split())


def blind(version: Version, before: Version | None) -> Version:
    """A version that could not be read, with all that its note said before."""
    if before is None:
        return version
    return Version(
        version.path, before.id, before.values, before.entries, before.body, is_blind=True
    )


def difference(
    after: Version | None, parents: Sequence[Version | None], base: Base | None = None
) -> Changes:
    """What a commit did to one note.

    Args:
        after: the note in the commit; None: it is not there.
        parents: the note in each parent; of a first commit one without it.
        base: of two parents, by their places, the note where they last were one; for merges.
    """
    versions = [after, *parents]
    bases = {}
    if base is not None:
        for i in range(len(parents)):
            for j in range(len(parents)):
                if i != j and parents[i] is not after:
                    bases[i, j] = list(base(i, j))
                    versions += bases[i, j]
    changes = Changes()
    for key in _keys(after, parents):
        for old in _olds(lambda one, key=key: _value(one, key), after, parents, bases):  # type: ignore[misc]
            changes.fields.append(_field(key, old, _value(after, key)))
    entries: list[_EntryChange] = []
    moved = _differing(versions)
    if moved:
        named = _named_alike(versions, moved)
        for ident in _idents(named, after, parents):
            olds = _olds(lambda one, at=ident: _entry(named, one, at), after, parents, bases)  # type: ignore[misc]
            new = _entry(named, after, ident)
            entries += [(old, new) for old in olds]  # type: ignore[misc]
    changes.entries = [_told(*one) for one in _paired(entries)]
    return changes


def _olds(
    item: Callable[[Version | None], Item],
    after: Version | None,
    parents: Sequence[Version | None],
    bases: Mapping[tuple[int, int], Sequence[Version | None]],
) -> list[Item]:
    """What the commit changed an item from: nothing where it only took over a parent's."""
    new = item(after)
    had = [item(one) for one in parents]
    if not _is_in(new, had):
        return [next((one for one in had if one is not None), None)]
    found: list[Item] = []
    for i, old in enumerate(had):
        if _equal(old, new):
            continue
        is_natural = any(
            _equal(had[j], new) and any(_equal(item(one), old) for one in bases.get((i, j), ()))
            for j in range(len(had))
            if j != i
        )
        if not is_natural and not _is_in(old, found):
            found.append(old)
    return found


def _is_in(item: Item, items: Iterable[Item]) -> bool:
    return any(_equal(item, one) for one in items)


def _equal(one: Item, other: Item) -> bool:
    if isinstance(one, Logged) and isinstance(other, Logged):
        return one.form == other.form
    # A value that cannot be read is not the same as one that says so.
    return one == other and type(one) is type(other)


# -- fields


def _keys(after: Version | None, parents: Sequence[Version | None]) -> list[str]:
    """The keys that may differ: most commits touch one."""
    there = [one for one in (after, *parents) if one is not None]
    if len(there) <= len(parents):
        return [PATH, *dict.fromkeys(key for one in there for key in one.values), BODY]
    first, *others = there
    found = [PATH] if any(one.path != first.path for one in others) else []
    for other in others:
        if other.values is not first.values:
            mine, theirs = first.values, other.values
            found += [key for key, value in mine.items() if not _equal(theirs.get(key), value)]
            found += [key for key in theirs if key not in mine]
    if any(one.body != first.body for one in others):
        found.append(BODY)
    return list(dict.fromkeys(found))


def _value(version: Version | None, key: str) -> Plain:
    if version is None:
        return None
    if key == PATH:
        return version.path
    if key == BODY:
        return version.body or None
    return version.values.get(key)


def _field(key: str, old: Item, new: Plain) -> tuple[str, Plain, Plain]:
    if key != BODY:
        return key, old, new  # type: ignore[return-value]
    before, now = str(old or "").split("\n"), str(new or "").split("\n")
    went, came = [], []
    matcher = difflib.SequenceMatcher(None, before, now, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            went += before[start:end]
            came += now[first:last]
    return BODY, _shortened(went), _shortened(came)


def _shortened(lines: Sequence[str]) -> str | None:
    text = "\n".join(line for line in lines if line)
    return (text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…") or None


# -- entries

_Names = dict[int, dict[str, Logged]]


def _differing(versions: Sequence[Version | None]) -> set[str]:
    """The names of entries that are not the same, or not there, in all versions."""
    first, *others = [one.entries if one is not None else {} for one in versions]
    moved: set[str] = set()
    for other in others:
        if other is not first:
            moved.update(ident for ident, one in first.items() if other.get(ident) is not one)
            moved.update(ident for ident in other if ident not in first)
    return moved


def _named_alike(versions: Sequence[Version | None], moved: set[str]) -> _Names:
    """The entries that differ, under one name: an id that was minted later counts before."""
    there = {id(one): one for one in versions if one is not None}
    named: _Names = {
        number: {ident: one for ident, one in version.entries.items() if ident in moved}
        for number, version in there.items()
    }
    ids: dict[str, str | None] = {}
    for entries in named.values():
        for ident, entry in entries.items():
            if entry.id and ids.setdefault(entry.head, ident) != ident:
                ids[entry.head] = None  # two entries say the same: neither is meant
    for entries in named.values():
        for ident, entry in list(entries.items()):
            other = ids.get(entry.head) if not entry.id else None
            if other and other not in entries:
                entries[other] = entries.pop(ident)
    return named


def _entry(named: _Names, version: Version | None, ident: str) -> Logged | None:
    return None if version is None else named[id(version)].get(ident)


def _idents(
    named: _Names, after: Version | None, parents: Sequence[Version | None]
) -> dict[str, None]:
    there = [one for one in (*parents, after) if one is not None]
    return dict.fromkeys(ident for one in there for ident in named[id(one)])


_EntryChange = tuple[Logged | None, Logged | None]


def _paired(changes: list[_EntryChange]) -> list[_EntryChange]:
    """One entry without an id that went and one that came, at one time with one verb, are one."""
    went = [one for one, new in changes if one is not None and new is None and one.id is None]
    came = [one for old, one in changes if one is not None and old is None]
    pairs: dict[Logged, Logged] = {}
    for old in went:
        alike = [new for new in came if new.stamp == old.stamp]
        rivals = [one for one in went if one.stamp == old.stamp]
        if len(alike) == len(rivals) == 1:
            pairs[old] = alike[0]
    taken = set(pairs.values())
    found: list[_EntryChange] = []
    for one in changes:
        if one[1] is None and one[0] in pairs:
            found.append((one[0], pairs[one[0]]))
        elif one[0] is not None or one[1] not in taken:
            found.append(one)
    return found


def _told(old: Logged | None, new: Logged | None) -> tuple[str | None, str | None, str | None]:
    id_ = (new.id if new else None) or (old.id if old else None)
    return id_, old.text if old else None, new.text if new else None
