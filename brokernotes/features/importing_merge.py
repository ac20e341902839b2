"""A row and a note that is there: what to change, what to leave, where they disagree.

Three sides are compared: what the note says, what the file says, and what the
file said the last time. Where only the file changed, the note follows; where
only the note changed, it stays; where both did, that is a conflict, and the note
stays too unless the file is preferred.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from brokernotes.errors import RefusedError
from brokernotes.features.field_writing import FieldWriter, Item
from brokernotes.features.importing_body import read_texts, write_texts
from brokernotes.features.importing_rows import Entry
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.schema import Field, Kind
from brokernotes.notes.block import Block
from brokernotes.notes.editing import replace_value
from brokernotes.notes.frontmatter import read_block

TEXT_KEY = "text:"  # before the label, where a text's digest is kept
_ASSUMED = "~"
_SIZE = 4  # bytes of a digest: it only tells equal from changed

Digests = Mapping[str, str | list[str]]


class Difference(NamedTuple):
    """What differs between note and file.

    Attributes:
        key: of the field; `text:` and the label of a text.
        old: what the note says, as shown.
        new: what the file says.
    """

    key: str
    old: str
    new: str


@dataclass(slots=True)
class Merged:
    """What a row makes of a note.

    Attributes:
        text: the whole note.
        changes: what differs from before.
        conflicts: where the note stays although the file says otherwise.
        kept: how many values a person changed since, which stay.
        base: digests of what the file says, for the next time.
    """

    text: str
    changes: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    kept: int = 0
    base: dict[str, str | list[str]] = field(default_factory=dict)


class _Sides(NamedTuple):
    """The note's side of a merge, and the last import's."""

    id: str
    block: Block
    base: Digests


class Scope(NamedTuple):
    """What a file may change in notes.

    Attributes:
        keys: of fields that have a column.
        labels: of texts that have a column.
        prefer: `file`, `note`, or empty: conflicts are told.
    """

    keys: frozenset[str]
    labels: frozenset[str]
    prefer: str = ""


def digest(id_: str, key: str, meaning: object) -> str:
    """A value's digest; the note's id is in it, so equal values do not show as equal."""
    whole = f"{id_}\x1f{key}\x1f{meaning!r}"
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=_SIZE).hexdigest()


def entry_digests(
    id_: str, entry: Entry, fields: Mapping[str, Field]
) -> dict[str, str | list[str]]:
    """What a row says, for the next time."""
    base: dict[str, str | list[str]] = {}
    for key, items in entry.values.items():
        found = [digest(id_, key, meaning(fields[key], one)) for one in items]
        base[key] = found if fields[key].many else found[0]
    for label, text in entry.texts.items():
        base[TEXT_KEY + label] = digest(id_, TEXT_KEY + label, text)
    return base


def meaning(row: Field, item: Item) -> object:
    """What makes two values one: of a phone its digits, whatever stands after them."""
    if row.kind is Kind.PHONE and isinstance(item.identity, tuple):
        return item.identity[0]
    return item.identity


def assumed(digests: str | list[str]) -> str | list[str]:
    """Marks what an import filled in by itself: the file may replace it, its silence does not."""
    if isinstance(digests, list):
        return [_ASSUMED + one for one in digests]
    return _ASSUMED + digests


def _is_assumed(digests: str | list[str]) -> bool:
    first = digests if isinstance(digests, str) else "".join(digests[:1])
    return first.startswith(_ASSUMED)


class Merger:
    """Merges rows into notes of one type.

    Args:
        note_type: of the notes.
        writer: for what stands in them.
        scope: what the file may change.
    """

    def __init__(self, note_type: str, writer: FieldWriter, scope: Scope) -> None:
        self._writer = writer
        self._schema = writer.rules.schema
        self._type = note_type
        self._fields = self._schema.fields(note_type)
        self._scope = scope

    def merge(self, id_: str, text: str, entry: Entry, base: Digests) -> Merged:
        """What a row makes of a note.

        Args:
            id_: of the note.
            text: the whole note.
            entry: the row.
            base: digests of what the file said the last time; empty: it is the first.

        Raises:
            RefusedError: the note's shape does not allow it.
        """
        block = read_block(text, self._schema.known_spellings)
        if any(found.code == "conflict-marker" for found in block.findings):
            raise RefusedError(N_("a merge conflict stands in it"))
        merged = Merged(text, base=dict(base))
        sides = _Sides(id_, block, base)
        for key in [*entry.values, *(key for key in self._scope.keys if key not in entry.values)]:
            if key in entry.open and key not in entry.values:
                continue
            self._merge_field(merged, sides, key, entry.values.get(key, []))
        self._merge_texts(merged, id_, entry, base)
        return merged

    def with_value_of(self, key: str, text: str, other: str) -> str:
        """A note with the value that another version of it has for a key."""
        row = self._fields[key]
        spelled = self._spelled(read_block(text, self._schema.known_spellings), row)
        standing = read_block(other, self._schema.known_spellings).values.get(spelled)
        return replace_value(text, spelled, standing)

    # -- fields

    def _merge_field(self, merged: Merged, sides: _Sides, key: str, new: Sequence[Item]) -> None:
        id_, block = sides.id, sides.block
        row = self._fields[key]
        before = sides.base.get(key)
        if not new and (before is None or _is_assumed(before)):
            return
        spelled = self._spelled(block, row)
        old = self._writer.standing(row, block.values.get(spelled))
        wanted: list[Item] | None
        if row.many:
            last = {one.removeprefix(_ASSUMED) for one in before or ()}
            wanted = self._merged_list(id_, row, old, new, last)
        else:
            wanted = self._merged_value(merged, sides, row, old, new)
        if wanted is not None and _meanings(row, old) != _meanings(row, wanted):
            written = [one.written for one in wanted]
            value = (written if row.many else written[0]) if written else None
            merged.text = replace_value(merged.text, spelled, value, quote=row.kind is Kind.PHONE)
            merged.changes.append(Difference(key, _shown(old), _shown(wanted)))
        if row.many:
            merged.base[key] = [digest(id_, key, meaning(row, one)) for one in new]

    def _merged_list(
        self, id_: str, row: Field, old: Sequence[Item], new: Sequence[Item], last: set[str]
    ) -> list[Item]:
        """The note's items with those the file gained, without those it lost."""
        says, has = _meanings(row, new), _meanings(row, old)

        def was_there(item: Item) -> bool:
            return digest(id_, row.key, meaning(row, item)) in last

        kept = [one for one in old if repr(meaning(row, one)) in says or not was_there(one)]
        gained = [one for one in new if repr(meaning(row, one)) not in has and not was_there(one)]
        return [*kept, *gained]

    def _merged_value(
        self,
        merged: Merged,
        sides: _Sides,
        row: Field,
        old: Sequence[Item],
        new: Sequence[Item],
    ) -> list[Item] | None:
        """What the field shall hold; None: it stays."""
        key, id_ = row.key, sides.id
        before = sides.base.get(key)
        if isinstance(before, str):
            before = before.removeprefix(_ASSUMED)
        now = digest(id_, key, meaning(row, new[0])) if new else None
        stands = digest(id_, key, meaning(row, old[0])) if old else None
        action = self._decide(stands, now, before if isinstance(before, str) else None)
        if action == "kept":
            merged.kept += 1
        elif action == "conflict":
            merged.conflicts.append(Difference(key, _shown(old), _shown(new)))
            return None
        if now is None:
            merged.base.pop(key, None)
        else:
            merged.base[key] = now
        return list(new) if action == "take" else None

    def _decide(self, stands: str | None, now: str | None, before: str | None) -> str:
        """`take` the file's, `same`, `kept` as a person left it, or `conflict`."""
        if stands == now:
            return "same"
        if stands == before:  # also: neither the note nor an earlier file had it
            return "take"
        if now == before:
            return "kept"
        if now is None:
            return "kept"  # gone from the file, changed by a person
        return {"file": "take", "note": "kept"}.get(self._scope.prefer, "conflict")

    def _spelled(self, block: Block, row: Field) -> str:
        if row.key in block.values:
            return row.key
        for spelled in block.values:
            if self._schema.find_field(self._type, spelled) == row:
                return spelled
        return row.key

    # -- texts

    def _merge_texts(self, merged: Merged, id_: str, entry: Entry, base: Digests) -> None:
        stands = read_texts(merged.text)
        labels = [*entry.texts, *(one for one in self._lost(entry, base))]
        wanted: dict[str, str | None] = {}
        for label in labels:
            key = TEXT_KEY + label
            new, old = entry.texts.get(label), stands.get(label)
            before = base.get(key)
            now = digest(id_, key, new) if new is not None else None
            there = digest(id_, key, old) if old is not None else None
            action = self._decide(there, now, before if isinstance(before, str) else None)
            if action == "kept":
                merged.kept += 1
            elif action == "conflict":
                merged.conflicts.append(Difference(key, old or "", new or ""))
                continue
            elif action == "take":
                wanted[label] = new
                merged.changes.append(Difference(key, old or "", new or ""))
            if now is None:
                merged.base.pop(key, None)
            else:
                merged.base[key] = now
        if wanted:
            merged.text = write_texts(merged.text, wanted, self._writer.rules.language)

    def _lost(self, entry: Entry, base: Digests) -> Iterable[str]:
        """Labels the file had and says nothing of any more, though it has the column."""
        for key in base:
            label = key.removeprefix(TEXT_KEY)
            plain = label.rpartition(" (")[0] if label.endswith(")") else label
            if not key.startswith(TEXT_KEY) or label in entry.texts:
                continue
            if label in self._scope.labels or plain in self._scope.labels:
                yield label


def _meanings(row: Field, items: Sequence[Item]) -> list[str]:
    return [repr(meaning(row, one)) for one in items]


def _shown(items: Sequence[Item]) -> str:
    return "、".join(one.shown for one in items)
