"""What reaches the screen: tables, JSON, messages. The only place that writes to streams.

Results go to standard output, talk to standard error. On a terminal tables are
fitted and coloured; piped they are tab-separated, so other programs can read them.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TextIO, TypeVar

from brokernotes.cli.width import fit, on_one_line, pad, roomy, visible
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import dataclass

FORMATS = ("table", "json", "jsonl", "csv", "tsv")
COLOURS = ("auto", "always", "never")
_FORCING = ("FORCE_COLOR", "CLICOLOR_FORCE")
STYLES = {
    "error": "31",
    "warning": "33",
    "hint": "36",
    "bold": "1",
    "dim": "2",
    "good": "32",
    "match": "1;31",
}

Row = Mapping[str, Any]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        key: of the row; also the header of CSV and TSV.
        label: what people read on top of it, in their language already.
        shown: what people read in it; None: the value itself.
        least: columns it keeps when the terminal is narrow; 0: it never gives way.
        style: name of a style, or a function from row to one.
        right: whether it is set to the right.
        is_extra: whether only a terminal with room to spare has it.
    """

    key: str
    label: str
    shown: Callable[[Row], str] | None = None
    least: int = 0
    style: str | Callable[[Row], str] = ""
    right: bool = False
    is_extra: bool = False

    def cell(self, row: Row) -> str:
        """What people read in this column of a row."""
        if self.shown is not None:
            return self.shown(row)
        value = row.get(self.key)
        return "" if value is None else plain_cell(value)

    def style_of(self, row: Row) -> str:
        """The style of one cell."""
        return self.style if isinstance(self.style, str) else self.style(row)


class Console:
    """Standard output and error of one run.

    Args:
        language: of the messages.
        environ: for `NO_COLOR`, `TERM`, `PAGER` and their like.
        out: standard output.
        err: standard error.
        colour: `always`, `never`, or `auto`: as the environment and the stream say.
        pages: whether what is longer than the screen may go through a pager.
    """

    def __init__(
        self,
        language: Language,
        environ: Mapping[str, str],
        out: TextIO,
        err: TextIO,
        *,
        colour: str = "auto",
        pages: bool = True,
    ) -> None:
        self.language = language
        self.environ = environ
        self.out = out
        self.err = err
        self.colour = colour
        self.pages = pages

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self.out.isatty()

    @property
    def width(self) -> int:
        """Columns of the terminal."""
        return self._size.columns

    @property
    def height(self) -> int:
        """Lines of the terminal."""
        return self._size.lines

    @property
    def _size(self) -> os.terminal_size:
        return terminal_size()

    def can_say(self, text: str) -> bool:
        """Whether standard output can encode a text."""
        try:
            text.encode(self.out.encoding or "ascii")
        except (UnicodeError, LookupError):
            return False
        return True

    def styled(self, text: str, style: str, stream: TextIO | None = None) -> str:
        """A text in a style, where the stream shows styles."""
        stream = stream or self.out
        if not style or not text or not self._has_colour(stream):
            return text
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m"

    def _has_colour(self, stream: TextIO) -> bool:
        if self.colour != "auto":
            return self.colour == "always"
        if self.environ.get("NO_COLOR"):
            return False
        if any(self.environ.get(name, "0") not in ("", "0") for name in _FORCING):
            return True
        if self.environ.get("TERM") == "dumb" or self.environ.get("CLICOLOR") == "0":
            return False
        return stream.isatty()

    @contextlib.contextmanager
    def paged(self) -> Iterator[None]:
        """Show what is printed meanwhile through a pager, if a person reads it and it is long."""
        if not self.pages or not self.out.isatty() or isinstance(self.out, Held):
            yield
            return
        from brokernotes.cli.pager import page, pager_command

        words = pager_command(self.environ)
        if not words:
            yield
            return
        stream, self.out = self.out, Held(self.out)
        try:
            yield
        finally:
            text, self.out = self.out.getvalue(), stream
            if text.count("\n") < self.height or not page(text, words, stream, self.environ):
                stream.write(text)

    def print(self, text: str = "") -> None:
        """One line of the result; texts from notes go through `text` first."""
        self.out.write(text + "\n")

    def text(self, text: str) -> str:
        """Text from a note, safe for where it goes."""
        return visible(text) if self.is_terminal else text

    def say(self, text: str) -> None:
        """Talk, beside the result."""
        self.out.flush()
        self.err.write((visible(text) if self.err.isatty() else text) + "\n")
        self.err.flush()

    def json(self, value: object) -> None:
        """A value as JSON, one document."""
        self.out.write(self._dump(value, indent=2) + "\n")

    def _dump(self, value: object, indent: int | None = None) -> str:
        can_say_all = (self.out.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")
        return json.dumps(value, ensure_ascii=not can_say_all, indent=indent, default=str)

    def rows(self, rows: Sequence[Row], columns: Sequence[Column], form: str) -> None:
        """Rows in one of `FORMATS`; a table that nobody looks at is tab-separated."""
        if form == "json":
            self.json(list(rows))
        elif form == "jsonl":
            for row in rows:
                self.out.write(self._dump(row) + "\n")
        elif form == "csv":
            self._csv(rows, columns)
        elif form == "tsv" or not self.is_terminal:
            self._tsv(rows, columns, as_people=form == "table")
        else:
            with self.paged():
                self._table(rows, columns)

    def _csv(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        import csv

        writer = csv.writer(self.out, lineterminator="\n")
        writer.writerow([column.key for column in columns])
        for row in rows:
            writer.writerow([harmless(plain_cell(row.get(column.key))) for column in columns])

    def _tsv(self, rows: Sequence[Row], columns: Sequence[Column], *, as_people: bool) -> None:
        if not as_people:
            self.print("\t".join(column.key for column in columns))
        for row in rows:
            cells = (
                column.cell(row) if as_people else plain_cell(row.get(column.key))
                for column in columns
            )
            self.print("\t".join(" ".join(cell.split()) for cell in cells))

    def _table(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        if not rows:
            return
        cells = [[on_one_line(column.cell(row)) for column in columns] for row in rows]
        lines = [[column.label for column in columns], *cells]
        kept = roomy(lines, [column.is_extra for column in columns], self.width)
        columns = [columns[i] for i in kept]
        lines = [[line[i] for i in kept] for line in lines]
        widths = fit(lines, [column.least for column in columns], self.width)
        shown = [index for index, size in enumerate(widths) if size]
        for row, texts in zip((None, *rows), lines, strict=True):
            parts = []
            for i in shown:
                part = pad(texts[i], widths[i], right=columns[i].right)
                if i == shown[-1]:
                    part = part.rstrip()
                style = "dim" if row is None else columns[i].style_of(row)
                parts.append(self.styled(part, style))
            self.print("  ".join(parts).rstrip())

    def progress(self, items: Iterable[_T], count: int, label: str = "") -> Iterator[_T]:
        """Items, with a bar on standard error once they take over a second.

        Args:
            items: those.
            count: how many.
            label: of the bar, in the reader's language; empty: notes are read.
        """
        if not self.err.isatty():
            yield from items
            return
        tell = self.meter(count, label)
        for done, item in enumerate(items):
            if done % 50 == 0:
                tell(done)
            yield item
        tell(count)

    def meter(self, count: int, label: str = "") -> Callable[[float], None]:
        """A bar on standard error, a terminal, once something takes over a second.

        Args:
            count: how many things it is of.
            label: of the bar, in the reader's language; empty: notes are read.

        Returns:
            To be told how many are done, with fractions; with all of them the bar goes.
        """
        import time

        start, last = time.monotonic(), ""

        def tell(done: float) -> None:
            nonlocal last
            if done >= count:
                if last:
                    self.err.write("\r\x1b[K")
                    self.err.flush()
                last = ""
                return
            said = (
                f"\r{label or self.language.text(N_('Reading notes'))} {done * 100 // count:.0f}%"
            )
            if said != last and time.monotonic() - start > 1:
                last = said
                self.err.write(said)
                self.err.flush()

        return tell


def plain_cell(value: object) -> str:
    """A value in one cell for programs: lists by `;`, yes and no as `true` and `false`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(plain_cell(item) for item in value)
    return str(value)


def harmless(cell: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    is_number = cell[1:2].isdigit() and cell[0] in "+-" and cell[1:].replace(".", "").isdigit()
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number:
        return "'" + cell
    return cell


def terminal_size() -> os.terminal_size:
    """Columns and lines of the terminal, as `shutil` tells them without loading its archivers."""
    told = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    columns, lines = (int(text) if text.isascii() and text.isdigit() else 0 for text in told)
    found = (0, 0)
    if not (columns and lines):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            found = os.get_terminal_size(sys.__stdout__.fileno())  # type: ignore[union-attr]
    return os.terminal_size((columns or found[0] or 80, lines or found[1] or 24))


class Held(io.StringIO):
    """What is printed, kept until it is known how long it is, and whether all went well.

    Args:
        stream: where it is to go.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(newline="")
        self._stream = stream

    def isatty(self) -> bool:
        """As the stream."""
        return self._stream.isatty()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """As the stream's."""
        return self._stream.encoding


def open_console(language: Language, *, colour: str = "auto", pages: bool = True) -> Console:
    """The console of this process; streams that cannot encode a character replace it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n" if os.name != "nt" else None)
    return Console(language, os.environ, sys.stdout, sys.stderr, colour=colour, pages=pages)
