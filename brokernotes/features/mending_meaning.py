"""Whether a mended note says the same as before, but for what the mend was about."""

from __future__ import annotations

from enum import Enum, auto

from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Schema, find_note_type
from brokernotes.notes.links import link_fold
from brokernotes.notes.masking import SPACES
from brokernotes.notes.mending import MENDED_IN_BLOCK
from brokernotes.notes.note import Note


class Change(Enum):
    """What may differ afterwards.

    Attributes:
        NOTHING: everything reads the same.
        FRAME: what was hidden is read; nothing that was read is lost.
        VALUE: a value that could not be read is read, or is cleared.
        IDS: what had no id has one.
        NEW_ID: the note's id.
        OUTCOME: the outcome's word is no longer part of the text.
        LINK: a link says the file's name.
        ENTRY: an entry more.
    """

    NOTHING = auto()
    FRAME = auto()
    VALUE = auto()
    IDS = auto()
    NEW_ID = auto()
    OUTCOME = auto()
    LINK = auto()
    ENTRY = auto()


class Comparison(NamedTuple):
    """How two readings of a note are compared.

    Attributes:
        schema: of the brokerage.
        change: what may differ.
        renamed: what a link said, and what it says now.
    """

    schema: Schema
    change: Change
    renamed: tuple[str, str] | None = None


def same_meaning(before: Note, after: Note, how: Comparison) -> bool:
    """Whether two readings of a note say the same.

    Args:
        before: as it stood.
        after: with a mend.
        how: what the mend may change.
    """
    old, new = before.record, after.record
    if how.change is Change.FRAME:
        return _is_uncovered(before, after)
    return (
        old.type == new.type
        and _is_same_id(old.id, new.id, how.change)
        and _is_same_log(before, after, how)
        and _has_same_values(before, after, how)
        and _unknown(before, how.schema) == _unknown(after, how.schema)
    )


def _is_same_id(old: str | None, new: str | None, change: Change) -> bool:
    if change is Change.NEW_ID or (change is Change.IDS and old is None):
        return new is not None
    return old == new


def _has_same_values(before: Note, after: Note, how: Comparison) -> bool:
    old, new = dict(before.record.values), dict(after.record.values)
    was_invalid, is_invalid = set(before.record.invalid), set(after.record.invalid)
    if how.renamed:
        renamed = how.renamed
        return {key: _named(value, renamed) for key, value in old.items()} == {
            key: _named(value, renamed) for key, value in new.items()
        }
    if how.change is Change.VALUE:
        return all(new.get(key) == value for key, value in old.items()) and is_invalid < was_invalid
    return old == new and was_invalid == is_invalid


def _unknown(note: Note, schema: Schema) -> dict[str, object]:
    """What stands under keys that nothing reads."""
    return {
        key: raw
        for key, raw in note.block.values.items()
        if key not in ("id", "type") and schema.find_field(note.record.type, key) is None
    }


def _is_same_log(before: Note, after: Note, how: Comparison) -> bool:
    """Whether log and body say the same, apart from where it stands."""
    old, new = before.record.entries, after.record.entries
    if how.change is Change.ENTRY:
        return [_entry(one, how) for one in new if one in _moved(old, new)] == [
            _entry(one, how) for one in old
        ]
    if len(old) != len(new) or _oddities(before) != _oddities(after):
        return False
    for one, other in zip(old, new, strict=True):
        if _entry(one, how) != _entry(other, how):
            return False
        if one.id != other.id and not (how.change is Change.IDS and one.id is None):
            return False
    return _links(before, how) == _links(after, how)


def _moved(old: tuple[LogEntry, ...], new: tuple[LogEntry, ...]) -> list[LogEntry]:
    """The entries of a longer log that were there before."""
    ids = {one.id for one in old}
    return [one for one in new if one.id in ids]


def _oddities(note: Note) -> tuple[object, ...]:
    log = note.log
    return len(log.conflicts), log.unclosed is None, log.hidden_heading is None, len(log.sections)


def _links(note: Note, how: Comparison) -> list[str]:
    links = [link_fold(link.target) for link in note.log.links]
    if how.renamed:
        old, new = (link_fold(one) for one in how.renamed)
        links = [new if link == old else link for link in links]
    return sorted(links)


def _entry(entry: LogEntry, how: Comparison) -> LogEntry:
    """An entry without its place, its id and what the mend may change."""
    said = " ".join(entry.text.split())
    if how.change is Change.OUTCOME:
        said = ""
    plain = replace(
        entry,
        line=0,
        column=0,
        id=None,
        text=said,
        children=tuple(line.strip(SPACES) for line in entry.children if line.strip(SPACES)),
    )
    if how.renamed is None:
        return plain
    renamed = how.renamed
    return replace(
        plain,
        links=tuple(str(_named(link, renamed)) for link in plain.links),
        fields={key: _named(value, renamed) for key, value in plain.fields.items()},
        text=str(_named(said, renamed)),
        children=tuple(str(_named(line, renamed)) for line in plain.children),
    )


def _named(value: object, renamed: tuple[str, str]) -> object:
    """A value with either name of a link's target replaced by one mark."""
    if isinstance(value, tuple):
        return tuple(_named(item, renamed) for item in value)
    if not isinstance(value, str):
        return value
    target, name = renamed
    for link in (f"[[{name}|{target}]]", f"[[{name}]]", f"[[{target}]]", name, target):
        value = value.replace(link, "\0")
    return value


def _is_uncovered(before: Note, after: Note) -> bool:
    """Whether a block that no program read is front matter for certain, and the rest is kept."""
    note_type = after.block.values.get("type")
    is_certain = after.record.id is not None or (
        isinstance(note_type, str) and find_note_type(note_type) is not None
    )
    mendable = all(one.code in MENDED_IN_BLOCK for one in after.block.findings)
    old = [replace(one, line=0, column=0) for one in before.record.entries]
    new = [replace(one, line=0, column=0) for one in after.record.entries]
    return after.block.has_block and mendable and is_certain and old == new
