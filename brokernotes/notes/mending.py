"""Mending front matter where what was meant is certain.

Certain is what this reader already reads as meant: a mend never changes a
value, it only makes other programs read the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Block
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.value_edits import Edit
from brokernotes.notes.yaml_fallback import ODD
from brokernotes.notes.yaml_text import render_double

_MOST_TRIED_ALONE = 100  # each is read again; a block with more to mend is rubbish
_INDENT = lazy_pattern(r"[ \t]*")
_NUL = "\0"


MENDED_IN_BLOCK = frozenset(
    ("bad-yaml", "reserved-start", "colon-in-value", "unclosed-quote", "bad-escape",
     "full-width-colon", "odd-space", "missing-space", "tab-indent", "unquoted-link",
     "full-width-comma", "odd-line-break", "control-character")
)  # fmt: skip


def mend_block(
    text: str, known: Collection[str] | None = None, codes: Collection[str] | None = None
) -> str:
    """Mend what is certain in a note's front matter.

    Args:
        text: the whole note.
        known: spellings of keys the schema knows, as for reading.
        codes: of the findings to mend; None: all.

    Returns:
        The whole note, which reads the same with fewer findings; the very same text
        if nothing is certain.
    """
    block = read_block(text, known)
    if not block.has_block or not block.findings or block.reason == "conflict-marker":
        return text
    edits = _without_overlaps(_edits(block, codes))
    mended = _checked(block, edits, known)
    if mended is not None or len(edits) > _MOST_TRIED_ALONE:
        return mended or text
    for edit in reversed(edits):  # from the end, so that offsets before it stay
        mended = _checked(block, [edit], known)
        if mended is not None:
            block = read_block(mended, known)
    return block.source


def _edits(block: Block, codes: Collection[str] | None) -> Iterator[Edit]:
    """What would mend each finding."""
    starts = block.line_starts()
    for finding in block.findings:
        if codes is not None and finding.code not in codes:
            continue
        line = starts[finding.line - 1]
        start, end = line + finding.column - 1, line + finding.end_column - 1
        mend = finding.params.get("mend")
        if isinstance(mend, str):
            indent = _INDENT.match(block.source, line)
            assert indent is not None
            yield line, block.line_end(line), indent[0].replace("\t", "  ") + mend
        elif finding.code == "unquoted-link":
            yield start, end, render_double(block.source[start:end])
        elif finding.code == "full-width-comma":
            parts = (part.strip() for part in block.source[start:end].split("，"))
            yield start, end, ", ".join(part for part in parts if part)
        elif finding.code in ("odd-line-break", "control-character"):
            if _NUL in block.source[line : block.line_end(line)]:
                continue  # bytes were lost here; nobody would look for them once it is gone
            for odd in ODD.finditer(block.source, line, block.line_end(line)):
                yield odd.start(), odd.end(), " "
        elif finding.code == "tab-indent":
            yield from _indents(block, str(finding.params["key"]))


def _indents(block: Block, key: str) -> Iterator[Edit]:
    """Two spaces for each tab that indents the lines of a key."""
    lines = sorted([*block.lines.values(), block.body_line - 1])
    first = block.lines[key]
    behind = next(line for line in lines if line > first)
    for line in range(first + 1, behind):
        start = block.line_starts()[line - 1]
        indent = _INDENT.match(block.source, start)
        if indent and "\t" in indent[0]:
            yield start, indent.end(), indent[0].replace("\t", "  ")


def _without_overlaps(edits: Iterator[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def _checked(block: Block, edits: list[Edit], known: Collection[str] | None) -> str | None:
    """The note with some edits, if it reads the same with fewer findings."""
    text = block.source
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    after = read_block(text, known)
    same = list(after.values.items()) == list(block.values.items())
    frame = after.has_block and text[after.body_offset :] == block.source[block.body_offset :]
    return text if same and frame and len(after.findings) < len(block.findings) else None
