"""The body of a note: its log sections and entries, its links, and what is wrong there."""

from __future__ import annotations

import re

from brokernotes.light_dataclasses import dataclass, field, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.block import Finding
from brokernotes.notes.body_links import find_conflict, find_leftovers, read_links
from brokernotes.notes.links import LinkUse
from brokernotes.notes.log_entry import read_leniently, read_strictly
from brokernotes.notes.log_head import looks_dated
from brokernotes.notes.log_reading import Leftover, LogReading, Section, entry_ref, entry_refs
from brokernotes.notes.log_sections import TITLES, Heading, find_heading, plain_title
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.masking import SPACES, Blocks, find_blocks, holds

__all__ = [
    "Leftover",
    "LogBook",
    "LogReading",
    "Section",
    "entry_ref",
    "entry_refs",
    "read_log",
]

_BEGINS_ENTRY = frozenset("-*+•－0123456789" + SPACES)
_DEEPEST = 3  # columns an entry of its own may be indented by
_SHOWN = 40  # code points of a line that a message repeats


def read_log(text: str, body_offset: int, body_line: int, book: LogBook) -> LogReading:
    """Read the body of a note; nothing raises, whatever stands there.

    Args:
        text: the whole note.
        body_offset: where its body begins.
        body_line: 1-based number of the body's first line.
        book: of the brokerage.
    """
    body = text[body_offset:] if body_offset else text
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return _Reader(body, body_line, book).read()


@dataclass(slots=True)
class _Item:
    """An entry, and the children found so far."""

    entry: LogEntry
    index: int
    indent: int  # columns
    children: list[str] = field(default_factory=list)
    end: int = 0  # index of its last line


class _Reader:
    """One walk over the lines of a body.

    Args:
        body: with LF line ends.
        first: 1-based number of its first line.
        book: of the brokerage.
    """

    def __init__(self, body: str, first: int, book: LogBook) -> None:
        self.body = body
        self.first = first
        self.book = book
        self.lines = body.split("\n")
        self.blocks: Blocks = find_blocks(body, self.lines)
        self.has_conflicts = holds(body, "<<<<<<<") or holds(body, ">>>>>>>")
        self.has_leftovers = holds(body, "{{") or holds(body, "<%")
        self.reading = LogReading()
        self.heading: Heading | None = None  # of the open log section
        self.began = 0  # index of that heading
        self.last = 0  # index of the section's last line that is not blank
        self.open: list[_Item] = []  # the entry that is being read, and those nested in it
        self.group: list[_Item] = []  # that entry and everything nested, in the file's order
        self.ids: dict[str, int] = {}  # line of each entry id

    def read(self) -> LogReading:
        """Read it all."""
        hidden = self.blocks.hidden
        is_odd = self.has_leftovers or self.has_conflicts
        is_plain = not hidden and not is_odd
        has_other_links = "](" in self.body or holds(self.body, "【【")
        next_ = 0
        for index, line in enumerate(self.lines):
            if not line or index < next_:
                continue
            if hidden and index in hidden:
                self._hidden_line(index, line)
                continue
            if self.heading is None:
                self._plain_line(index, line)
            elif line[0] == "-" and (next_ := self._strict_lines(index, many=is_plain)) > index:
                if is_odd:
                    self._read_leftovers(index, line)
                continue
            else:
                self._section_line(index, line)
            if "[[" in line or has_other_links:
                self.reading.links.extend(read_links(line, self.first + index))
            if is_odd:
                self._read_leftovers(index, line)
        self._end_section(None)
        if self.reading.sections:
            self._check_last(self.reading.sections[-1])
        if self.blocks.unclosed is not None:
            self._unclosed(self.blocks.unclosed)
        return self.reading

    def _report(self, code: str, index: int, span: tuple[int, int], **params: object) -> None:
        line = self.first + index
        self.reading.findings.append(Finding(code, line, span[0] + 1, span[1] + 1, params))

    # Lines

    def _plain_line(self, index: int, line: str) -> None:
        """A line outside every log section: only a log heading matters."""
        before = self.lines[index - 1] if index else ""
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        heading = find_heading(before, line, after)
        if heading and heading.is_log:
            self._begin_section(index, line, heading)

    def _hidden_line(self, index: int, line: str) -> None:
        """A line inside a block: it may be a child, and it may hide the log's heading."""
        if self.heading and line.strip(SPACES):
            self.last = index
            if line[0] in SPACES and self.open:
                self._add_child(index, line)
            else:
                self._close_entry()
        if line[0] == "#" and self.reading.hidden_heading is None:
            heading = find_heading("", line, "")
            if heading and heading.is_log:
                self.reading.hidden_heading = self.first + index
        if self.has_conflicts:
            self._read_leftovers(index, line)

    def _section_line(self, index: int, line: str) -> None:
        """A line of a log section that is not an entry as the tool writes them."""
        assert self.heading is not None
        indent = _indent(line)
        if line.lstrip(SPACES)[:1] == "#" and (indent < 2 or not self.open):
            heading = find_heading("", line, "")
            if heading and heading.level <= self.heading.level:
                self._end_section(index)
                if heading.is_log:
                    self._begin_section(index, line, heading)
                return
        if not line.strip(SPACES) or index < self.began + self.heading.lines:
            return
        self.last = index
        if indent and self.open:
            self._under_entry(index, line, indent)
            return
        self._close_entry()
        entry = None
        if line[0] in _BEGINS_ENTRY and indent <= _DEEPEST:
            number = self.first + index
            entry = read_leniently(line, number, self.book, self.reading.findings)
        if entry:
            self._begin_entry(entry, index, indent)
        else:
            self._check_dated(index, line)

    def _check_dated(self, index: int, line: str) -> None:
        dated = looks_dated(line)
        if not dated or self._is_reported(index):
            return
        shown = line.strip(SPACES)
        if len(shown) > _SHOWN:
            shown = shown[: _SHOWN - 1] + "…"
        self._report("not-an-entry", index, dated, text=shown)

    def _is_reported(self, index: int) -> bool:
        """Whether the line's date has been complained about already."""
        findings = self.reading.findings
        return bool(findings) and findings[-1].line == self.first + index

    def _strict_lines(self, index: int, *, many: bool) -> int:
        """Take entries as the tool writes them, line by line; most logs hold nothing else.

        Args:
            index: of the first line.
            many: whether to go on behind it.

        Returns:
            The index of the first line that is not taken.
        """
        lines, first, book, ids = self.lines, self.first, self.book, self.ids
        take = self.reading.entries.append
        span = self.reading.spans.append
        last = len(lines) - 1
        line = lines[index]
        while entry := read_strictly(line, first + index, book):
            if self.group:
                self._close_entry()
            after = lines[index + 1] if index < last else ""
            if not after or after[0] in SPACES:  # something may stand under it
                self._begin_entry(entry, index, 0)
            elif (id_ := entry.id) is None or id_ in ids:
                self._emit(entry, index, index)
            else:
                number = ids[id_] = first + index
                take(entry)
                span((number, number))
            if entry.links:
                self._links_of_strict(entry, line)
            self.last = index
            index += 1
            if not many or after[:1] != "-":
                break
            line = after
        return index

    # Entries and what is under them

    def _begin_entry(self, entry: LogEntry, index: int, indent: int) -> None:
        """Begin an entry that is not nested in another."""
        if self.group:
            self._close_entry()
        item = _Item(entry, index, indent, [], index)
        self.open.append(item)
        self.group.append(item)
        self.last = index

    def _under_entry(self, index: int, line: str, indent: int) -> None:
        """An indented line after an entry: a child, or an entry that slipped to the right."""
        if line.lstrip(SPACES)[0] in _BEGINS_ENTRY:
            findings: list[Finding] = []
            number = self.first + index
            entry = read_leniently(line, number, self.book, findings)
            is_nested = indent >= self.group[0].indent + 2
            if entry and (entry.verb or not is_nested):
                self.reading.findings.extend(findings)
                if not is_nested:
                    self._begin_entry(entry, index, indent)
                    return
                start = len(line) - len(line.lstrip(SPACES))
                self._report("nested-entry", index, (start, len(line.rstrip(SPACES))))
                self._leave_entries(indent)
                item = _Item(entry, index, indent, [], index)
                self.open.append(item)
                self.group.append(item)
                return
        self._leave_entries(indent)
        self._add_child(index, line)

    def _leave_entries(self, indent: int) -> None:
        """Leave the nested entries that a line of this indent is not under."""
        while len(self.open) > 1 and indent <= self.open[-1].indent:
            self.open.pop()

    def _add_child(self, index: int, line: str) -> None:
        item = self.open[-1]
        if item is self.group[-1]:  # otherwise nested entries stand between
            item.children.extend(self.lines[item.end + 1 : index])
        item.children.append(line)
        item.end = index

    def _close_entry(self) -> None:
        """Give the entry that is being read, and those nested in it, their final form."""
        for item in self.group:
            entry = item.entry
            if item.children:
                entry = replace(entry, children=tuple(item.children))
            self._emit(entry, item.index, item.end)
        self.group.clear()
        self.open.clear()

    def _emit(self, entry: LogEntry, index: int, end: int) -> None:
        """Hand out an entry that stands on the lines from index to end."""
        number = entry.line
        self.reading.entries.append(entry)
        self.reading.spans.append((number, self.first + end))
        id_ = entry.id
        if id_ is None:
            at = entry.column - 1
            self._report("missing-entry-id", index, (at, at + 10))
        elif self.ids.setdefault(id_, number) != number:
            at = self.lines[index].lower().rfind("^" + id_)
            span = (at, at + 1 + len(id_))
            self._report("duplicate-entry-id", index, span, id=id_, other=self.ids[id_])

    def _links_of_strict(self, entry: LogEntry, line: str) -> None:
        """The links of a line in which nothing but them is in double brackets."""
        column = 1
        for target in entry.links:
            column = line.index("[[", column) + 1
            self.reading.links.append(LinkUse(target, entry.line, column))

    # Sections

    def _begin_section(self, index: int, line: str, heading: Heading) -> None:
        self.heading, self.began, self.last = heading, index, index + heading.lines - 1
        if heading.is_near:
            language = "zh" if re.search("[跟进]", line) else "en"
            level = "#" * min(heading.level, 2)
            self._report("near-heading", index, (0, len(line)), heading=line.strip(SPACES),
                         written=f"{level} {TITLES[language]}")  # fmt: skip

    def _end_section(self, follower: int | None) -> None:
        if self.heading is None:
            return
        self._close_entry()
        is_empty = self.last < self.began + self.heading.lines
        self.reading.sections.append(
            Section(
                self.first + self.began,
                self.first + self.last,
                is_empty,
                None if follower is None else self.first + follower,
            )
        )
        self.heading = None

    def _check_last(self, section: Section) -> None:
        if section.follower is not None:
            heading = plain_title(self.lines[section.follower - self.first])
            index = section.line - self.first
            span = (0, len(self.lines[index]))
            self._report("log-not-last", index, span, heading=heading)

    def _read_leftovers(self, index: int, line: str) -> None:
        number = self.first + index
        conflict = find_conflict(line, number) if self.has_conflicts else None
        if conflict:
            self.reading.conflicts.append(conflict)
        if self.has_leftovers and index not in self.blocks.hidden and not self._is_logged(number):
            self.reading.leftovers.extend(find_leftovers(line, number))

    def _is_logged(self, number: int) -> bool:
        """Whether a line is an entry with an id: what it says was said, braces included."""
        last = self.group[-1].entry if self.group else None
        if last is None or last.line != number:
            last = self.reading.entries[-1] if self.reading.entries else None
        return last is not None and last.line == number and last.id is not None

    def _unclosed(self, index: int) -> None:
        self.reading.unclosed = self.first + index
        line = self.lines[index]
        at = max(line.find(self.blocks.mark), 0)
        self._report("unclosed-block", index, (at, len(line)), mark=self.blocks.mark)


def _indent(line: str) -> int:
    """Columns a line is indented by; a tab goes to the next multiple of four."""
    if line[:1] not in SPACES:
        return 0
    return len(line[: len(line) - len(line.lstrip(SPACES))].expandtabs(4))
