"""A note's text as one viewer may read it.

What `features.sharing` keeps back is taken out of the text itself, before it is indexed,
searched or shown; so what is hidden counts as not set everywhere, and nothing that is made
of the text can tell it. Lines stay where they are: a hidden one is empty.

What is no field and no entry is a person's prose. In it the note's own hidden values are
blotted out where they stand as written, and every phone; what says the same in other words
cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from brokernotes.features.blotting import (
    BLOT,
    MIND,
    door_patterns,
    secret_words,
    spoken_pattern,
)
from brokernotes.features.hidden import Hidden, Told
from brokernotes.features.owner_sections import LINES, is_about_owner
from brokernotes.features.sharing import (
    Sight,
    hidden_keys,
    hidden_log_keys,
    hides_entry,
)
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.block import Block
from brokernotes.notes.links import link_fold
from brokernotes.notes.note import Note, NoteReader

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
_PAIR = re.compile(r"[\s?{,-]*[\"']?([^\s:：\"'#][^:：\"']*)[\"']?\s*[:：]\s*[^\s#]")
TARGET = re.compile(r"(?<=\[\[)[^\[\]|#\r\n]+|(?<=【【)[^【】|#\r\n]+")
_KEPT = frozenset({"id", "type"})


def withhold(path: str, text: str, hidden: Hidden, reader: NoteReader) -> Told:
    """A note's text without what is kept from a viewer.

    Args:
        path: relative to the vault.
        text: the whole note.
        hidden: what is kept back.
        reader: reads notes by the vault's rules.
    """
    if hidden.is_nothing:
        return Told(text)
    note = reader.read(path, text)
    paper = _Paper(note, hidden, reader.schema)
    told = paper.told()
    if _is_tight(path, told.text, hidden, reader):
        return told
    told.text = paper.bare()  # a shape of front matter that hides nothing for certain
    return told


def _is_tight(path: str, text: str, hidden: Hidden, reader: NoteReader) -> bool:
    """Whether nothing hidden is read from a text any more."""
    after = reader.read(path, text)
    record = after.record
    kept = hidden_keys(record.type, hidden.sight, reader.schema)
    if kept & (record.values.keys() | set(record.invalid)):
        return False
    if any(_says(line, record.type, kept, reader.schema) for line in _front_lines(after)):
        return False
    secret = hidden_log_keys(reader.schema)
    return not any(
        _hides(entry, hidden) or (hidden.sight.why == "private" and secret & entry.fields.keys())
        for entry in record.entries
    )


def _front_lines(note: Note) -> list[str]:
    """The lines in which front matter stands, or would if it were closed."""
    parts = note.block.split
    return note.text[: parts.body if parts.kind == "block" else parts.end].splitlines()


def _says(line: str, note_type: str, kept: frozenset[str], schema: Schema) -> bool:
    """Whether a line looks as if it gave a hidden key a value, whatever YAML makes of it."""
    found = _PAIR.match(line)
    row = schema.find_field(note_type, found[1].strip()) if found else None
    return row is not None and row.key in kept


def _hides(entry: LogEntry, hidden: Hidden) -> bool:
    """Whether an entry is kept back: of a private listing, or told of one in another's note."""
    if hides_entry(entry.verb, hidden.sight):
        return True
    if not hidden.private:
        return False
    is_of = any(link_fold(link) in hidden.private for link in entry.links)
    return is_of and hides_entry(entry.verb, Sight("private"))


class _Paper:
    """One note, line by line, while words are taken out of it."""

    def __init__(self, note: Note, hidden: Hidden, schema: Schema) -> None:
        self._note = note
        self._hidden = hidden
        self._schema = schema
        self._type = note.record.type
        self._kept = hidden_keys(self._type, hidden.sight, schema)
        self._lines: list[str] = LINES.findall(note.text)
        self._keys: set[str] = set()

    def told(self) -> Told:
        """The text without what is kept back, and what that is."""
        is_whole = self._hidden.sight.is_whole
        if not is_whole:
            self._hide_values(self._note.block)
        if self._hidden.sight.why == "private" and self._type == "listing":
            self._hide_owner_section()
        entries = self._hide_entries()
        self._blot()
        order = self._schema.fields(self._type)
        return Told("".join(self._lines), tuple(key for key in order if key in self._keys), entries)

    def bare(self) -> str:
        """What is left where the front matter has a shape that cannot be trusted."""
        record = self._note.record
        lines = ["---\n", f"id: {record.id}\n" if record.id else "", f"type: {record.type}\n"]
        return "".join([*lines, "---\n"])

    # -- front matter

    def _hide_values(self, block: Block) -> None:
        for key in block.values:
            row = self._schema.find_field(self._type, key)
            name = row.key if row else key
            # What no table knows may be anything, so it is nobody's but the holder's.
            is_kept = name in self._kept if row else key.lower() not in _KEPT
            if is_kept:
                self._empty(*self._lines_of(block, key), "#")
                if row and block.values[key]:
                    self._keys.add(name)
            else:
                self._drop_comment(block, key)
        first, last = block.line_of(block.split.start), block.line_of(max(block.split.end - 1, 0))
        for number in range(first, min(last, len(self._lines)) + 1):
            if self._lines[number - 1].lstrip().startswith("#"):
                self._empty(number, number, "#")

    def _lines_of(self, block: Block, key: str) -> tuple[int, int]:
        try:
            place = block.place(key)
        except KeyError:
            line = block.lines.get(key, 1)
            return line, line
        return block.line_of(place.key_start), block.line_of(max(place.end - 1, place.key_start))

    def _drop_comment(self, block: Block, key: str) -> None:
        try:
            comment = block.comment(key)
        except KeyError:
            return
        if comment:
            number = block.line_of(block.place(key).key_start)
            line = self._lines[number - 1]
            self._lines[number - 1] = line.replace(comment, "", 1)

    # -- body

    def _hide_owner_section(self) -> None:
        """The section about the owner, to the next heading of its level."""
        level = 0
        for number in range(self._note.block.body_line, len(self._lines) + 1):
            found = _HEADING.match(self._lines[number - 1].rstrip("\r\n"))
            if found and (not level or len(found[1]) <= level):
                level = len(found[1]) if is_about_owner(found[2]) else 0
            elif level:
                self._empty(number, number)

    def _hide_entries(self) -> int:
        count = 0
        log = self._note.log
        for entry, (first, last) in zip(log.entries, log.spans, strict=True):
            if _hides(entry, self._hidden):
                self._empty(first, last)
                count += 1
        if self._hidden.sight.why == "private" or self._hidden.private:
            self._drop_log_keys()
        return count

    def _drop_log_keys(self) -> None:
        """The bracketed fields that tell the owner's mind, wherever in the body they stand."""
        words = "|".join(
            re.escape(word)
            for key in sorted(hidden_log_keys(self._schema))
            for word in self._schema.log_keys[key].spellings()
        )
        pattern = re.compile(
            rf"[ \t]?[\[［【(（]\s*(?:{words})\s*[:：]{{1,2}}[^\]］】)）\r\n]*[\]］】)）]",
            re.IGNORECASE,
        )
        for at in range(self._note.block.body_line - 1, len(self._lines)):
            line = self._lines[at]
            if self._hidden.sight.why != "private" and not self._is_about_private(line):
                continue
            self._lines[at] = pattern.sub("", line)

    def _is_about_private(self, line: str) -> bool:
        return any(link_fold(name) in self._hidden.private for name in TARGET.findall(line))

    # -- words

    def _blot(self) -> None:
        """Hidden values, and names of others, where they stand in what is left."""
        said = dict(self._hidden.names)
        own = self._hidden.sight.why
        if own:
            name = self._note.record.text("name") if own == "client" else None
            shown = self._note.record.text("salutation") or ""
            for word in secret_words(self._note, self._kept, self._schema):
                if word != shown:
                    said.setdefault(word, shown if word == name else "")
        names = spoken_pattern(said)
        doors = list(door_patterns(self._note.record.values)) if own == "private" else []
        wording: Callable[[re.Match[str]], str] = lambda found: said.get(found[0]) or BLOT  # noqa: E731
        free = self._free_lines()
        body = self._note.block.body_line - 1
        for at, line in enumerate(self._lines):
            if self._hidden.links:
                line = TARGET.sub(self._renamed, line)
            if own and at >= body and _says(line, self._type, self._kept, self._schema):
                self._empty(at + 1, at + 1)
                continue
            if at not in free:
                self._lines[at] = line
                continue
            for pattern in doors:
                line = pattern.sub(BLOT, line)
            if names:
                line = names.sub(wording, line)
            if own:
                line = mask_phones_in_text(MIND.sub(rf"\1{BLOT}", line) if doors else line)
            self._lines[at] = line

    def _renamed(self, found: re.Match[str]) -> str:
        return self._hidden.links.get(link_fold(found[0]), found[0])

    def _free_lines(self) -> frozenset[int]:
        """Indexes of the lines that hold people's words: texts of front matter, the body."""
        block = self._note.block
        lines = set(range(block.body_line - 1, len(self._lines)))
        for key in block.values:
            row = self._schema.find_field(self._type, key)
            if row is None or (row.kind in (Kind.TEXT, Kind.TERM) and row.key not in _KEPT):
                first, last = self._lines_of(block, key)
                lines.update(range(first - 1, last))
        return frozenset(lines)

    def _empty(self, first: int, last: int, left: str = "") -> None:
        for at in range(first - 1, min(last, len(self._lines))):
            line = self._lines[at]
            self._lines[at] = left + line[len(line.rstrip("\r\n")) :]
