"""What of a sheet has no field: a list in the note's text, one item a column.

    ## 导入

    - **单价**：5.2万
    - **备注**：8.20 看过房
      嫌贵

An item belongs to the import by its bold label; everything else in the section
is a person's and stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.log_sections import find_heading
from brokernotes.notes.masking import find_blocks

HEADING = {"zh": "导入", "en": "Imported"}
_HEADING = re.compile(r"##[ \t]+(?:导入|Imported)[ \t]*$")
_ITEM = re.compile(r"- \*\*(.+?)\*\*(?:：|: ?)(.*)$")
_CONTINUED = re.compile(r"  +\S")
_MEANING = re.compile(
    r"\[|\]\]|【【|\{\{|<%|%%|<!--|\$\$|~~~|`+|\*+|__+|\\|(?<!\S)#(?=\S)|\^(?=\w)"
)
_STARTS = re.compile(r"(?=[#＃>=|+-])")


def text_item(raw: str) -> str:
    """A cell as it stands behind its label: nothing in it means anything to Markdown.

    Args:
        raw: the cell; its lines become lines of the item.
    """
    lines = [" ".join(line.split()) for line in raw.splitlines()]
    kept = [_MEANING.sub(_escaped, line) for line in lines if line]
    first, rest = kept[:1], kept[1:]
    return "\n  ".join([*first, *(_STARTS.sub(r"\\", line, count=1) if _STARTS.match(line) else line
                                  for line in rest)])  # fmt: skip


def item_label(heading: str) -> str:
    """A column's heading as the label of an item."""
    return re.sub(r"[*\[\]`\\#^|<>{}\x00-\x1f]+|【【|】】", " ", heading).strip(" :：_~$%=") or "-"


def read_texts(text: str) -> dict[str, str]:
    """The items of a note, by label.

    Args:
        text: the whole note.
    """
    return {label: value for label, (_, _, value) in _items(text).items()}


def write_texts(text: str, changes: Mapping[str, str | None], language: str) -> str:
    """Give items another text, add and remove them.

    Args:
        text: the whole note.
        changes: text by label; None removes it.
        language: `zh` or `en`, of a new section's heading.
    """
    newline = read_block(text).split.newline
    colon = "：" if language == "zh" else ": "
    for label, value in changes.items():
        if value is not None:
            value = f"- **{label}**{colon}{value}".replace("\n", newline) + newline
        found = _items(text).get(label)
        if found is not None:
            start, end, _ = found
            text = text[:start] + (value or "") + text[end:]
        elif value is not None:
            text = _added(text, value, newline, language)
    return text


def _added(text: str, item: str, newline: str, language: str) -> str:
    """The note with one more item, at the end of the section, which is made if need be."""
    lines = _lines(text)
    section = _section(text, lines)
    if section is not None:
        first, last = section
        at = last
        while at > first and not lines[at - 1][1].strip():
            at -= 1
        start = lines[at][0] if at < len(lines) else len(text)
        before = newline if at == first else ""  # an empty section
        lead = "" if start == 0 or text[start - 1] in "\r\n" else newline
        return text[:start] + lead + before + item + text[start:]
    heading = f"## {HEADING[language]}{newline}{newline}"
    place = _before_log(text, lines)
    if place is None:
        lead = "" if text.endswith(newline) else newline
        gap = "" if text.endswith(newline * 2) else newline
        return text + lead + gap + heading + item
    return text[:place] + heading + item + newline + text[place:]


def _items(text: str) -> dict[str, tuple[int, int, str]]:
    """Label → where its lines begin and end, and its text."""
    lines = _lines(text)
    section = _section(text, lines)
    if section is None:
        return {}
    first, last = section
    found: dict[str, tuple[int, int, str]] = {}
    at = first
    while at < last:
        start, line = lines[at]
        at += 1
        item = _ITEM.match(line)
        if not item:
            continue
        value = [item[2]]
        while at < last and _CONTINUED.match(lines[at][1]):
            value.append(lines[at][1].strip())
            at += 1
        end = lines[at][0] if at < len(lines) else len(text)
        found.setdefault(item[1], (start, end, "\n  ".join(value)))
    return found


def _section(text: str, lines: list[tuple[int, str]]) -> tuple[int, int] | None:
    """Indices of the section's lines behind its heading, up to the next heading."""
    if "## 导入" not in text and "## Imported" not in text and "Imported" not in text:
        return None
    hidden = _hidden(lines)
    for index, (_, line) in enumerate(lines):
        if index in hidden or not _HEADING.match(line):
            continue
        end = index + 1
        while end < len(lines) and not (end not in hidden and _is_heading(lines, end)):
            end += 1
        return index + 1, end
    return None


def _before_log(text: str, lines: list[tuple[int, str]]) -> int | None:
    hidden = _hidden(lines)
    for index, (start, line) in enumerate(lines):
        if line and index not in hidden:
            heading = find_heading(_line(lines, index - 1), line, _line(lines, index + 1))
            if heading is not None and heading.is_log:
                return start
    return None


def _is_heading(lines: list[tuple[int, str]], index: int) -> bool:
    line = lines[index][1]
    if not line:
        return False
    heading = find_heading(_line(lines, index - 1), line, _line(lines, index + 1))
    return heading is not None and heading.level <= 2


def _line(lines: list[tuple[int, str]], index: int) -> str:
    return lines[index][1] if 0 <= index < len(lines) else ""


def _lines(text: str) -> list[tuple[int, str]]:
    """The body's lines without their ends, and where each begins in the note."""
    at = read_block(text).split.body
    found = []
    for line in re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text[at:]):
        found.append((at, line.rstrip("\r\n")))
        at += len(line)
    return found


def _hidden(lines: list[tuple[int, str]]) -> frozenset[int]:
    bare = [line for _, line in lines]
    return find_blocks("\n".join(bare), bare).hidden


def _escaped(found: re.Match[str]) -> str:
    return "".join("\\" + character for character in found[0])
