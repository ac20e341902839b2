"""What an import will do: every row planned before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from brokernotes.errors import BrokernotesError, RefusedError
from brokernotes.features.field_writing import FieldWriter
from brokernotes.features.importing_cells import Finding
from brokernotes.features.importing_identity import Identities
from brokernotes.features.importing_making import NoteMaker
from brokernotes.features.importing_merge import (
    Digests,
    Merged,
    Merger,
    Scope,
    assumed,
    entry_digests,
)
from brokernotes.features.importing_plan import (
    ADD,
    CONFLICT,
    REFUSE,
    SKIP,
    STATUS,
    UPDATE,
    Known,
    KnownNote,
    Memory,
    Order,
    Plan,
    Step,
)
from brokernotes.features.importing_rows import Cells, Entry, Placed, RowReader
from brokernotes.model.schema import LETTER_OF_TYPE
from brokernotes.notes.names import ID_ALPHABET, ID_LENGTH


class Importer:
    """Plans the import of one sheet.

    Args:
        order: how.
        writer: reads and compares values.
        rows: reads rows.
        maker: makes new notes.
        known: what the vault has.
    """

    def __init__(
        self,
        order: Order,
        writer: FieldWriter,
        rows: RowReader,
        maker: NoteMaker,
        known: Known,
    ) -> None:
        self._order = order
        self._rows = rows
        self._maker = maker
        self._memory = known.memory
        self._type = order.note_type
        self._fields = writer.rules.schema.fields(order.note_type)
        scope = Scope(frozenset(rows.keys), frozenset(rows.labels), order.prefer)
        self._merger = Merger(order.note_type, writer, scope)
        self._identities = Identities(order.note_type, writer, order.keys)
        self._known: dict[str, KnownNote] = {}
        for note in known.notes:
            self._known[note.ref] = note
            self._identities.add_note(note.ref, note.values, note.title)

    def plan(self, rows: Sequence[Cells]) -> Plan:
        """Plan every row.

        Args:
            rows: those below the headings.
        """
        plan = Plan()
        entries: dict[str, Entry] = {}
        for row in self._order.progress(rows):
            if self._rows.is_aside(row):
                aside = Placed(row.number, 0, "", Finding("row-aside", {"column": ""}))
                plan.steps.append(Step(Entry([row.number], findings=[aside]), SKIP))
                continue
            entry = self._rows.read(row)
            if not entry.values and not entry.texts and not entry.findings:
                continue
            title = self._maker.title(entry)
            target = self._target(entry, title)
            if target is None or (not title and target not in self._known):
                plan.steps.append(self._refused(entry))
                continue
            if target in entries:
                self._rows.unite(entries[target], entry)
                continue
            entries[target] = entry
            self._identities.add(target, entry.values, title)
        memory = plan.memory
        memory.prints = {
            print_: target for print_, target in self._memory.prints.items()
            if target in self._known
        }  # fmt: skip
        memory.base = {ref: base for ref, base in self._memory.base.items() if ref in self._known}
        for target, entry in entries.items():
            plan.steps.append(self._step(target, entry, memory))
        plan.steps.sort(key=lambda step: step.entry.rows[0])
        self._keep_to_rules(plan)
        kept = [step.entry for step in plan.steps if step.action != REFUSE]
        plan.made = self._maker.communities(kept)
        return plan

    def _keep_to_rules(self, plan: Plan) -> None:
        """Leave out the rows that the house's rules forbid; the others are none the worse."""
        changed = [step for step in plan.steps if step.path and step.after != step.before]
        refused = self._order.guard({one.path: (one.before, one.after) for one in changed})
        for step in changed:
            why = refused.get(step.path)
            if why is None:
                continue
            params = {"path": step.title, "why": why, "column": ""}
            finding = Placed(step.entry.rows[0], 0, "", Finding("row-forbidden", params))
            step.entry.findings.append(finding)
            step.action, step.after, step.changes, step.conflicts = (
                REFUSE,
                step.before or "",
                [],
                [],
            )
            plan.memory.base.pop(step.ref, None)
            if step.ref in self._memory.base:
                plan.memory.base[step.ref] = self._memory.base[step.ref]

    def _refused(self, entry: Entry) -> Step:
        entry.findings.append(Placed(entry.rows[0], 0, "", Finding("row-nameless", {})))
        return Step(entry, REFUSE)

    # -- which note

    def _target(self, entry: Entry, title: str) -> str | None:
        """Ref of the note a row is about, or the id of the one to be made."""
        found = self._identities.find(entry.values, title)
        if len(found) > 1:
            exact = [ref for ref in found if (note := self._known.get(ref)) and note.title == title]
            found = exact[:1] or found[:1]
        if found:
            return found[0]
        if self._identities.is_identified(entry.values, title):
            return self._maker.mint()
        if not entry.print:
            return None
        names = [self._fields[key].key for key in self._identities.names if key in self._fields]
        params = {"keys": names, "column": ""}
        entry.findings.append(Placed(entry.rows[0], 0, "", Finding("row-keyless", params)))
        known = self._memory.prints.get(entry.print)
        return known if known in self._known else self._printed_id(entry, title)

    def _printed_id(self, entry: Entry, title: str) -> str:
        """An id that the same row always gets: an import that was cut short makes no doubles."""
        letter = LETTER_OF_TYPE[self._type]
        for salt in range(1_000):
            raw = hashlib.blake2b(f"{entry.print}{salt}".encode(), digest_size=8).digest()
            number = int.from_bytes(raw, "big")
            six = "".join(ID_ALPHABET[number >> 5 * at & 31] for at in range(ID_LENGTH))
            id_ = f"{letter}-{six}"
            if six.isdigit():
                continue
            note = self._known.get(id_)
            if (note is not None and note.title == title) or six not in self._maker.taken:
                return id_
        return self._maker.mint()

    # -- what becomes of it

    def _step(self, target: str, entry: Entry, memory: Memory) -> Step:
        if not self._identities.is_identified(entry.values, self._maker.title(entry)):
            memory.prints[entry.print] = target
        note = self._known.get(target)
        if note is None:
            return self._new(target, entry, memory)
        try:
            text = self._order.read(note.path)
            base = memory.base.get(target, {})
            merged = self._merger.merge(target, text, entry, base)
            self._move(note.path, text, entry, merged, base)
        except BrokernotesError as error:
            params = {"path": note.path, "why": error, "column": ""}
            entry.findings.append(Placed(entry.rows[0], 0, "", Finding("note-refused", params)))
            return Step(entry, REFUSE, target, note.path, note.title)
        memory.base[target] = merged.base
        action = CONFLICT if merged.conflicts else UPDATE if merged.changes else SKIP
        return Step(
            entry, action, target, note.path, note.title, text, merged.text,
            merged.changes, merged.conflicts, merged.kept,
        )  # fmt: skip

    def _move(self, path: str, before: str, entry: Entry, merged: Merged, base: Digests) -> None:
        """Let a changed status go its one way; where it may not, the note's stays."""
        found = [one for one in merged.changes if one.key == STATUS]
        if self._type != "listing" or not found:
            return
        changed = frozenset(one.key for one in merged.changes) - {STATUS}
        wanted = entry.values[STATUS][0]
        text = self._merger.with_value_of(STATUS, merged.text, before)
        try:
            merged.text = self._order.move(path, text, str(wanted.identity), changed)
        except RefusedError as error:
            merged.text = text
            merged.changes.remove(found[0])
            merged.conflicts.append(found[0])
            merged.base.pop(STATUS, None)
            if STATUS in base:
                merged.base[STATUS] = base[STATUS]
            params = {"why": error, "column": ""}
            refused = Finding("status-refused", params)
            entry.findings.append(Placed(entry.rows[0], 0, "", refused))

    def _new(self, target: str, entry: Entry, memory: Memory) -> Step:
        said = entry_digests(target, entry, self._fields)
        try:
            made = self._maker.make(target, entry)
        except RefusedError as error:
            params = {"path": self._maker.title(entry), "why": error, "column": ""}
            entry.findings.append(Placed(entry.rows[0], 0, "", Finding("note-refused", params)))
            return Step(entry, REFUSE)
        whole = entry_digests(target, entry, self._fields)
        memory.base[target] = {
            key: said[key] if key in said else assumed(one) for key, one in whole.items()
        }
        return Step(entry, ADD, target, made.path, made.title, None, made.text)
