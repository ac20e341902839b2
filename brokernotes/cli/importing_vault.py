"""Joins the sheet, the columns, the vault's notes and what is remembered of the last import."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.new_notes import note_folder, note_template_of
from brokernotes.cli.writers import my_note, name_of, pointing
from brokernotes.errors import NotFoundError, RefusedError, SystemRefusedError, UsageError
from brokernotes.features.assignments import Assignment, parse_assignment
from brokernotes.features.field_writing import FieldWriter, Item, Named
from brokernotes.features.importing import Importer
from brokernotes.features.importing_cells import CellReader, Plain, cell_text
from brokernotes.features.importing_making import NoteMaker, Setting
from brokernotes.features.importing_mapping import (
    Column,
    apply_map,
    find_header,
    guess_columns,
    labels_of,
    parse_target,
    unit_of,
)
from brokernotes.features.importing_places import Places
from brokernotes.features.importing_plan import Known, KnownNote, Memory, Order, Plan
from brokernotes.features.importing_rows import Cells, RowReader
from brokernotes.features.note_making import given_values
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, replace
from brokernotes.model.folding import fold
from brokernotes.notes.links import link_fold, link_target, wikilink
from brokernotes.storage.imports import (
    SavedMapping,
    find_mapping,
    memory_path,
    new_name,
    parse_memory,
    read_kept,
    read_mapping,
)
from brokernotes.storage.query import Ask
from brokernotes.storage.reading import read_text
from brokernotes.storage.sheets import Cell, Formula, Sheet, SheetRow

if TYPE_CHECKING:
    from brokernotes.cli.importing import Wishes
    from brokernotes.storage.queries import NoteRow

Guard = Callable[[Mapping[str, tuple[str | None, str]]], Mapping[str, RefusedError]]
_SAMPLED = 50  # rows whose values are looked at for the columns


@dataclass(slots=True)
class Import:
    """A sheet whose columns are known.

    Attributes:
        sheet: as read.
        kind: type of the notes.
        header: the row with the headings.
        columns: what becomes of each.
        rows: those below the headings.
        samples: some values of each column.
        mapping: to be kept.
        saved: whether the columns were kept from the last time.
        is_unchanged: whether what is kept stays as it is.
    """

    sheet: Sheet
    kind: str
    header: int
    columns: list[Column]
    rows: tuple[SheetRow, ...]
    samples: list[list[str]]
    mapping: SavedMapping
    saved: bool
    is_unchanged: bool


def open_import(app: App, sheet: Sheet, wishes: Wishes) -> Import:
    """Find the headings and what becomes of each column.

    Raises:
        UsageError: an option names no column or field.
    """
    from brokernotes.cli.importing import parse_maps

    schema, root = app.vault.rules.schema, app.vault.root
    at = _header(sheet, wishes, app)
    rows = sheet.rows[at + 1 :]
    heading = [_text(cell) for cell in sheet.rows[at].cells]
    width = max([len(heading), *(len(row.cells) for row in rows[:_SAMPLED])])
    labels = labels_of(heading + [""] * (width - len(heading)))
    samples = [
        [_text(row.cells[i]) if i < len(row.cells) else "" for row in rows[:_SAMPLED]]
        for i in range(len(labels))
    ]
    pairs, files = parse_maps(wishes.maps)
    saved = find_mapping(root, wishes.kind, labels)
    given = None if saved is None else _targets(saved, wishes.kind, app)
    columns = guess_columns(labels, samples, wishes.kind, schema, given)
    for file in files:
        pairs = [*((name, key) for name, key in read_mapping(file).columns.items()
                   if name in labels), *pairs]  # fmt: skip
    columns = apply_map(columns, pairs, wishes.kind, schema)
    if saved is None:
        stem = os.path.splitext(os.path.basename(sheet.path))[0]  # noqa: PTH119, PTH122
        name = new_name(root, stem, wishes.kind)
    else:
        name = saved.name
    targets = {one.label: _spelled(one) for one in columns}
    mapping = SavedMapping(name, wishes.kind, tuple(labels), targets)
    is_unchanged = saved is not None and dict(saved.columns) == targets
    return Import(
        sheet, wishes.kind, sheet.rows[at].number, columns, rows, samples, mapping,
        saved is not None, is_unchanged,
    )  # fmt: skip


def _header(sheet: Sheet, wishes: Wishes, app: App) -> int:
    if wishes.header is not None:
        for index, row in enumerate(sheet.rows):
            if row.number == wishes.header:
                return index
        raise UsageError(N_("row {row} of the sheet is blank"), row=wishes.header)
    texts = [[_text(cell) for cell in row.cells] for row in sheet.rows[:40]]
    return find_header(texts, wishes.kind, app.vault.rules.schema)


def _targets(saved: SavedMapping, kind: str, app: App) -> dict[str, tuple[str, str]]:
    """Saved targets that this program knows; others are guessed anew."""
    found: dict[str, tuple[str, str]] = {}
    for label, word in saved.columns.items():
        try:
            found[label] = parse_target(word, kind, app.vault.rules.schema)
        except UsageError:
            continue
    return found


def _spelled(column: Column) -> str:
    """A target as it is kept, with the unit only where the heading does not say it."""
    own = column.unit and column.unit != unit_of(column.label)
    return f"{column.target}:{column.unit}" if own and column.target else column.target


def _text(cell: Cell) -> str:
    return "" if isinstance(cell, Formula) else cell_text(cell)


def plan_import(app: App, opened: Import, wishes: Wishes) -> Plan:
    """Plan every row; the vault's lock is held."""
    from brokernotes.cli.importing import progress_of

    vault = app.vault
    rules, kind = vault.rules, opened.kind
    places = Places(
        _finder(app),
        _identifier(app),
        wishes.communities and kind == "listing",
        SystemRandom(),
        {id_[2:] for id_ in vault.queries.ids()},
        {fold(name) for name in vault.queries.names()},
    )
    writer = FieldWriter(rules, app.now, places.links())
    setting = _setting(app, kind)
    maker = NoteMaker(kind, setting, rules.schema, places)
    cells = CellReader(kind, writer, is_1904=opened.sheet.is_1904)
    rows = RowReader(opened.columns, cells, rules.schema, kind, _defaults(app, wishes, writer))
    order = Order(
        kind, _keys(app, wishes), wishes.prefer, _reader(app), lambda many: progress_of(app, many),
        Mover(app, writer).move, _guard(app),
    )  # fmt: skip
    known = [
        KnownNote(row.path, row.id, row.title, values)
        for row, values in vault.queries.listed(Ask(type=kind))
    ]
    importer = Importer(order, writer, rows, maker, Known(known, _memory(app, opened)))
    return importer.plan([_cells(row) for row in opened.rows])


def _guard(app: App) -> Guard:
    """Which of the changes the rules of sharing forbid."""
    from brokernotes.cli.sharing_guard import breaches
    from brokernotes.storage.git_edits import Change

    def guard(texts: Mapping[str, tuple[str | None, str]]) -> dict[str, RefusedError]:
        changes = [
            Change(path, None if before is None else before.encode(), after.encode())
            for path, (before, after) in texts.items()
        ]
        return {change.path: why for change, why in breaches(app, changes)}

    return guard


class Mover:
    """Gives listings the status a sheet says, as `status` does it.

    Args:
        app: of the run; the vault is locked.
        writer: of values.
    """

    def __init__(self, app: App, writer: FieldWriter) -> None:
        self._app = app
        self._writer = writer

    def move(self, path: str, text: str, status: str, given: frozenset[str]) -> str:
        """The note with the status, its entry, and what follows for the note alone.

        Raises:
            RefusedError: it may not follow, or concerns more than this note.
        """
        from brokernotes.features.lifecycle_alone import move_alone
        from brokernotes.features.note_changes import change_fields
        from brokernotes.notes.appending import append_entry
        from brokernotes.notes.log_sections import TITLES
        from brokernotes.notes.log_writing import render_entry
        from brokernotes.notes.names import mint_entry_id

        vault = self._app.vault
        rules, reader = vault.rules, vault.reader
        note = reader.read(path, text)
        edit = move_alone(note.record, status, rules, self._app.now, given)
        sets = [Assignment(f"{k}={v}", k, "=", v, len(k) + 1) for k, v in edit.sets]
        text = change_fields(note, sets, self._writer)[0]
        taken = {entry.id for entry in note.record.entries if entry.id}
        for entry in edit.entries:
            moment = self._app.now.replace(tzinfo=rules.zone)
            id_ = mint_entry_id(moment, SystemRandom(), taken)
            taken.add(id_)
            lines = render_entry(replace(entry, id=id_), reader.log_book, lambda _: None)
            heading = f"## {TITLES[rules.language]}"
            text = append_entry(text, lines, heading=heading, book=reader.log_book).text
        return text


def _cells(row: SheetRow) -> Cells:
    formulas = frozenset(index for index, cell in enumerate(row.cells) if isinstance(cell, Formula))
    plain: list[Plain] = [cell.text if isinstance(cell, Formula) else cell for cell in row.cells]
    return Cells(row.number, plain, formulas)


def _memory(app: App, opened: Import) -> Memory:
    source = read_kept(app.vault.root, memory_path(opened.mapping.name))
    if source is None:
        return Memory()
    base, prints = parse_memory(source.text)
    return Memory(dict(base), prints)


def _defaults(app: App, wishes: Wishes, writer: FieldWriter) -> dict[str, list[Item]]:
    with pointing(app):
        given = given_values(
            wishes.kind, [parse_assignment(one) for one in wishes.settings], writer
        )
    return {key: list(items) for key, (_, items) in given.items()}


def _keys(app: App, wishes: Wishes) -> list[tuple[str, ...]] | None:
    if wishes.key is None:
        return None
    fields = app.vault.rules.schema
    keys = []
    for word in wishes.key.replace("，", ",").split(","):
        row = fields.find_field(wishes.kind, word.strip())
        if row is None:
            raise UsageError(
                N_("{type} notes have no field {key}"), type=wishes.kind, key=word.strip()
            )
        keys.append(row.key)
    return [tuple(keys)]


def _setting(app: App, kind: str) -> Setting:
    language = app.vault.rules.language
    types = {kind, "community"}
    agent = None
    if me := my_note(app):
        agent = wikilink(name_of(me), me.title)
    return Setting(
        {one: note_folder(app, one) for one in types},
        {one: note_template_of(app, one)[0] for one in types},
        language,
        app.now.replace(microsecond=0),
        agent,
    )


def _reader(app: App) -> Callable[[str], str]:
    def read(path: str) -> str:
        source = read_text(app.vault.root, path)
        if not source.is_exact:
            raise SystemRefusedError(N_("cannot read {path}: {reason}"), path=path, reason="")
        return source.text

    return read


def _finder(app: App) -> Callable[[str, tuple[str, ...]], Named]:
    """Notes by exact name, alias, title, id or path, as a link finds them."""
    queries = app.vault.queries

    def find(ref: str, types: tuple[str, ...]) -> Named:
        found = queries.resolve(link_target(ref.strip()))
        numbers = (found.n,) if found.n is not None else found.candidates
        rows: list[NoteRow] = [queries.note(n) for n in numbers]
        rows = [row for row in rows if row.type in types]
        if len(rows) == 1:
            return Named(name_of(rows[0]), rows[0].title, rows[0].ref)
        raise NotFoundError(
            N_("no note is called {ref}"), candidates=tuple(row.ref for row in rows), ref=ref
        )

    return find


def _identifier(app: App) -> Callable[[str], str]:
    queries = app.vault.queries
    known: dict[str, str] = {}

    def identity(target: str) -> str:
        found = known.get(target)
        if found is None:
            n = queries.resolve(target).n
            found = known[target] = link_fold(target) if n is None else queries.note(n).ref
        return found

    return identity
