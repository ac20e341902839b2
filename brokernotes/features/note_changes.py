"""Changing fields of a note: several at once, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brokernotes.errors import FieldError, RefusedError, UsageError
from brokernotes.features.assignments import Assignment, find_row, refused_value
from brokernotes.features.field_writing import FieldWriter, Item
from brokernotes.features.secret_titles import refuse_secrets
from brokernotes.features.several_fields import split_assignment
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.measures import render_number
from brokernotes.model.schema import Field, Kind
from brokernotes.model.values import mask_phone, parse_phone
from brokernotes.notes.editing import replace_value
from brokernotes.notes.note import Note

NEVER_SET = frozenset({"id", "type"})


class FieldChange(NamedTuple):
    """What became of one field.

    Attributes:
        row: of the field table.
        spelled: the key as it stands in the note.
        old: what stood there.
        new: what stands there now.
    """

    row: Field
    spelled: str
    old: tuple[Item, ...]
    new: tuple[Item, ...]


def change_fields(
    note: Note, assignments: Sequence[Assignment], writer: FieldWriter
) -> tuple[str, list[FieldChange]]:
    """Carry out assignments on a note.

    Args:
        note: as read.
        assignments: in the order typed.
        writer: reads the values.

    Returns:
        The whole note, and what differs in meaning; a value equal in meaning stays as typed.

    Raises:
        ArgumentError: no such field, or no value of it.
        UsageError: a field is given twice, or `+=` and `-=` for what is no list.
        RefusedError: the key is never set, the title would tell what is confidential, or the
            shape of the file forbids it.
        NotFoundError: a link leads nowhere.
    """
    wanted = wanted_values(note, assignments, writer)
    text = note.text
    changes = []
    for spelled, (row, old, new) in wanted.items():
        if [one.identity for one in old] == [one.identity for one in new]:
            continue
        _refuse_masked(row, old, new)
        if row.key == "title" and new:
            refuse_secrets(note.record.type, new[0].written, _texts(note))
        written = [item.written for item in new]
        value = (written if row.many else written[0]) if written else None
        text = replace_value(text, spelled, value, quote=row.kind is Kind.PHONE)
        changes.append(FieldChange(row, spelled, tuple(old), tuple(new)))
    return text, changes


def _texts(note: Note) -> dict[str, tuple[str, ...]]:
    return {key: note.record.texts(key) for key in note.record.values}


def wanted_values(
    note: Note, assignments: Sequence[Assignment], writer: FieldWriter
) -> dict[str, tuple[Field, list[Item], list[Item]]]:
    """By key as spelled: its field, the values that stand there, and those that shall.

    Raises:
        As `change_fields`.
    """
    wanted: dict[str, tuple[Field, list[Item], list[Item]]] = {}
    given: set[str] = set()
    meant = (one for typed in assignments for one in meant_by(typed, note.record.type, writer))
    for row, assignment in meant:
        _refuse_key(row, assignment, given)
        spelled = spelling(note, row, writer)
        if spelled not in wanted:
            old = writer.standing(row, note.block.values.get(spelled))
            wanted[spelled] = row, old, list(old)
        items = read_value(row, assignment, writer)
        before, so_far = wanted[spelled][1:]
        wanted[spelled] = row, before, _combined(row, so_far, items, assignment.operator)
    return wanted


def meant_by(
    assignment: Assignment, note_type: str, writer: FieldWriter
) -> list[tuple[Field, Assignment]]:
    """The field that gets a value; several where it says several: `预算=500-650`, `户型=3室2厅`.

    Raises:
        ArgumentError: notes of this type have no such field.
    """
    row = writer.rules.schema.find_field(note_type, assignment.key)
    if row is None:
        if several := split_assignment(assignment, None, note_type, writer):
            return several
        row = find_row(assignment, note_type, writer.rules.schema)
    stem, _, end = row.key.rpartition("_")
    bounds = [writer.rules.schema.fields(note_type).get(f"{stem}_{one}") for one in ("min", "max")]
    if end in ("min", "max") and None not in bounds and assignment.operator == "=":
        try:
            writer.read(row, assignment.value)
        except FieldError as error:
            is_span = error.code == "range-in-value"  # not the limits of what is plausible
            ends = [error.params.get(one) if is_span else None for one in ("low", "high")]
            return (
                [
                    (bound, assignment._replace(value=render_number(value)))
                    for bound, value in zip(bounds, ends, strict=True)
                    if bound is not None and isinstance(value, int | float)
                ]
                or split_assignment(assignment, row, note_type, writer)
                or [(row, assignment)]
            )
    return split_assignment(assignment, row, note_type, writer) or [(row, assignment)]


def read_value(row: Field, assignment: Assignment, writer: FieldWriter) -> list[Item]:
    """The values an assignment names; none: it clears.

    Raises:
        ArgumentError: it is no value of the field.
        UsageError: nothing to add or take away.
        NotFoundError: a link leads nowhere.
    """
    if assignment.operator != "=" and not row.many:
        raise UsageError(
            N_("{key} is no list; write `{key}=VALUE`"),
            key=assignment.key,
            type=row.note_type,
        )
    if not assignment.value:
        if assignment.operator != "=":
            raise UsageError(N_("{argument} names no value"), argument=assignment.typed)
        return []
    try:
        return writer.read(row, assignment.value)
    except FieldError as error:
        raise refused_value(assignment, error, row.note_type) from error


def spelling(note: Note, row: Field, writer: FieldWriter) -> str:
    """How the note spells a key; the key itself where it is not there.

    Raises:
        RefusedError: it stands there in two spellings.
    """
    schema, note_type = writer.rules.schema, note.record.type
    found = [key for key in note.block.values if schema.find_field(note_type, key) == row]
    if len(found) > 1:
        raise RefusedError(
            N_("{first} and {second} are the same field; remove one of the two lines first"),
            hint=N_("`brokernotes check` shows where."),
            first=found[0],
            second=found[1],
        )
    return found[0] if found else row.key


def _refuse_key(row: Field, assignment: Assignment, given: set[str]) -> None:
    if row.key in NEVER_SET:
        raise RefusedError(
            N_("{key} is never changed: links and other clones know the note by it"),
            key=row.key,
        )
    if assignment.operator != "=":
        return
    if row.key in given:
        raise UsageError(
            N_("{key} is given twice"),
            hint=N_("Write KEY+=VALUE to add to a list.") if row.many else "",
            key=assignment.key,
            type=row.note_type,
        )
    given.add(row.key)


def _combined(row: Field, old: list[Item], items: list[Item], operator: str) -> list[Item]:
    if operator == "=":
        # What means the same stays as it was typed.
        return [next((one for one in old if _is_same(one, item)), item) for item in items]
    # Phones are one by their number: 13800138000 takes away 13800138000 (妻子) too.
    same = _is_same_number if row.kind is Kind.PHONE else _is_same
    if operator == "+=":
        return _added(old, items, same)
    return [one for one in old if not any(same(one, item) for item in items)]


def _added(old: list[Item], items: list[Item], same: Callable[[Item, Item], bool]) -> list[Item]:
    new = list(old)
    for item in items:
        at = next((at for at, one in enumerate(new) if same(one, item)), None)
        if at is None:
            new.append(item)
        elif not _is_same(new[at], item) and _number(new[at]) == new[at].written:
            new[at] = item  # the number stands there alone, and now it is said whose it is
    return new


def _is_same(one: Item, other: Item) -> bool:
    return one.identity == other.identity


def _is_same_number(one: Item, other: Item) -> bool:
    return _number(one) == _number(other)


def _number(item: Item) -> str:
    try:
        return parse_phone(item.written).number
    except FieldError:
        return item.written


def _refuse_masked(row: Field, old: Sequence[Item], new: Sequence[Item]) -> None:
    """Nobody overwrites a number with the masked form this program shows of it."""
    if row.kind is not Kind.PHONE:
        return
    masked = {mask_phone(one.written) for one in old}
    for item in new:
        if "*" in item.written and mask_phone(item.written) in masked and item not in old:
            raise RefusedError(
                N_("{key}: {value} is only the masked form of the number that is there"),
                key=row.key,
                type=row.note_type,
                value=item.written,
            )
