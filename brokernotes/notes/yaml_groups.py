"""One key's lines, read alone: as YAML if that can be, else as text from the raw line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.notes.block import Place, Scalar, Value
from brokernotes.notes.yaml_nodes import UnreadableError, parse
from brokernotes.notes.yaml_recovery import KeyLine, Row, report_stray
from brokernotes.notes.yaml_text import render_scalar

if TYPE_CHECKING:
    from brokernotes.notes.yaml_fallback import Reader

_HOW_CODES = {"full": "full-width-colon", "space": "odd-space", "missing": "missing-space"}
_RESERVED = "@`%[]{}*&!|>?-,"


class Group:
    """The lines of one key.

    Args:
        reader: whose block is filled.
        key: how the first line opens it.
        rows: the first line and all up to the next key.
    """

    def __init__(self, reader: Reader, key: KeyLine, rows: list[Row]) -> None:
        self.reader = reader
        self.key = key
        self.rows = rows
        self.start = rows[0].start
        line = rows[0].text[key.colon + 1 :]
        self.rest = line.strip()
        self.spaces = len(line) - len(line.lstrip())
        self.rest_start = self.start + key.colon + 1 + self.spaces
        self.key_source = rows[0].text[: key.end]
        self.too_deep = False

    def read(self) -> None:
        """Take over the key with what can be made of its lines."""
        if self.key.how != "ok":
            self._report_how()
        if self._try(self.rows) or self._try_without_tabs():
            return
        if not self.rest or self.rest.startswith("#"):
            self._read_items()
        else:
            if len(self.rows) == 1 or not self._try(self.rows[:1]):
                self._read_raw()
            for row in self._filled_rows()[:1]:
                report_stray(self.reader, row)
        self.reader.block.recovered.add(self.key.key)

    def _report_how(self) -> None:
        rest = self.rest
        if rest and not _is_scalar(rest):
            rest = render_scalar(_bare(rest)[0], quote=True)
        colon = self.start + self.key.colon
        start, end = colon, colon + 1
        if self.key.how == "space":
            is_before = self.key.end < self.key.colon
            start = self.start + self.key.end if is_before else colon + 1
            end = colon if is_before else colon + 1 + self.spaces
        mend = f"{self.key_source}: {rest}".rstrip()
        self.reader.report(_HOW_CODES[self.key.how], start, end, key=self.key.key, mend=mend)
        self.reader.block.recovered.add(self.key.key)

    def _source(self, rows: Sequence[Row]) -> tuple[str, int | None]:
        """What to parse, and the index of a space that had to be put in."""
        text = self.reader.copy[self.start : rows[-1].end]
        if self.key.how == "ok":
            return text, None
        colon, behind = self.key.colon, self.key.colon + 1 + self.spaces
        head = self.key_source.ljust(colon) + ":"
        if self.spaces or not self.rest:
            return head + " " * self.spaces + text[behind:], None
        return f"{head} {text[behind:]}", behind

    def _try(self, rows: Sequence[Row]) -> bool:
        """Parse some lines alone and take the key over; whether that went well."""
        text, gap = self._source(rows)
        return self._try_text(text, gap)

    def _try_text(self, text: str, gap: int | None = None) -> bool:
        try:
            root = parse(text, self.start, gap)
        except UnreadableError as error:
            if error.too_deep and not self.too_deep:
                self.too_deep = True
                at = self.rows[0]
                self.reader.report("front-matter-too-deep", at.start, at.end, key=self.key.key)
            return False
        if root is None or root.kind != "map" or len(root.children) != 2 or root.flow:
            return False
        self.reader.add(root.children[0], root.children[1])
        return True

    def _try_without_tabs(self) -> bool:
        """Read tabs that indent as one space each, which keeps every place."""
        text = ""
        tab = -1
        for row, behind in zip(self.rows, [*self.rows[1:], None], strict=True):
            bare = row.text.lstrip(" \t")
            indent = row.text[: len(row.text) - len(bare)]
            if tab < 0 and "\t" in indent and bare:
                tab = row.start + indent.index("\t")
            end = behind.start if behind else row.end
            text += indent.replace("\t", " ") + bare + self.reader.copy[row.end : end]
        if tab < 0 or self.key.how != "ok" or not self._try_text(text):
            return False
        self.reader.report("tab-indent", tab, tab + 1, key=self.key.key)
        self.reader.block.recovered.add(self.key.key)
        return True

    def _filled_rows(self) -> list[Row]:
        """The lines behind the first that say something."""
        rows = [row for row in self.rows[1:] if row.text.strip()]
        return [row for row in rows if not row.text.lstrip().startswith("#")]

    def _read_items(self) -> None:
        """Read `- item` lines one by one; other lines are reported."""
        key = self.key
        scalars: list[Scalar] = []
        items: list[str] = []
        dashes: list[int] = []
        for row in self._filled_rows():
            bare = row.text.lstrip(" \t")
            if bare[:1] != "-" or bare[1:2] not in ("", " ", "\t"):
                report_stray(self.reader, row)
                continue
            dashes.append(row.start + len(row.text) - len(bare))
            text = bare[1:].strip()
            if text:
                start = row.start + row.text.rindex(text)
                items += self._item(start, row.start + len(row.text.rstrip()), text, scalars)
        start = self.start + key.colon + 1
        end = scalars[-1].end if scalars else start
        values: Value = items if dashes else None
        if dashes:
            start, end = dashes[0], max(end, dashes[-1] + 1)
        self._fill(values, "block" if dashes else "empty", start, end, scalars)

    def _item(self, start: int, end: int, text: str, scalars: list[Scalar]) -> list[str]:
        try:
            node = parse(self.reader.copy[start:end], start)
        except UnreadableError:
            node = None
        if node is not None:
            return self.reader.item(self.key.key, node, scalars)
        if text.startswith("#"):
            return []
        value, scalar = self._raw(start, text, "- ")
        scalars.append(scalar)
        return [value] if value else []

    def _read_raw(self) -> None:
        text, scalar = self._raw(self.rest_start, self.rest, f"{self.key_source}: ")
        self._fill(text, "scalar", scalar.start, scalar.end, [scalar])

    def _raw(self, start: int, source: str, before: str) -> tuple[str, Scalar]:
        """A text YAML cannot read, reported with what mends it."""
        text, skipped = _bare(source)
        end = start + len(source)
        key = self.key.key
        is_reported = self.key.how != "ok" or self.too_deep
        if not self.reader.check_template(source, key, start, end) and not is_reported:
            mend = before + render_scalar(text, quote=True)
            params = {"key": key, "text": source, "character": source[:1], "mend": mend}
            self.reader.report(_diagnose(source), start, end, **params)
        scalar = Scalar(start + skipped, start + skipped + len(text), "plain")
        return text, scalar

    def _fill(self, value: Value, kind: str, start: int, end: int, scalars: list[Scalar]) -> None:
        key_end = self.start + self.key.end
        if self.reader.is_taken(self.key.key, self.start, key_end):
            return
        colon = self.start + self.key.colon
        place = Place(self.start, key_end, colon, kind, start, end, scalars)  # type: ignore[arg-type]
        self.reader.places[self.key.key] = place
        self.reader.block.values[self.key.key] = value


def _is_scalar(source: str) -> bool:
    """Whether YAML reads this as a value behind a key."""
    try:
        return parse(f"key: {source}") is not None
    except UnreadableError:
        return False


def _bare(source: str) -> tuple[str, int]:
    r"""A raw text without the quotes that were meant for it, and the characters skipped before it.

    `"abc` → `abc`; `"it\'s"` → `it's`; `"a" b` stays as it is.
    """
    quote = source[:1]
    if quote not in "\"'" or not quote:
        return source, 0
    if (
        len(source) > 1
        and source.endswith(quote)
        and quote not in source[1:-1].replace("\\" + quote, "")
    ):
        return source[1:-1].replace("\\'", "'").replace('\\"', '"'), 1
    if quote not in source[1:]:
        return source[1:], 1
    return source, 0


def _diagnose(source: str) -> str:
    """The code of what YAML most likely minds in a value."""
    first = source[:1]
    if first in "\"'":
        if first not in source[1:]:
            return "unclosed-quote"
        return "bad-escape" if first == '"' and "\\" in source else "bad-yaml"
    if first in _RESERVED:
        return "reserved-start"
    if ": " in source or source.endswith(":"):
        return "colon-in-value"
    return "bad-yaml"
