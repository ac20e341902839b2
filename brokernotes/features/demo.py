"""The invented brokerage, moved in time so that its today is the reader's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

DEMO_DAY = date(2026, 11, 21)  # the day the demo was written for

# Full dates only: 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 20261121 before a time.
_DATES = (
    re.compile(r"(?<![\d-])(20\d\d)(-)(\d\d)-(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)([/.])(\d{1,2})\2(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(20\d\d)(年)(\d{1,2})月(\d{1,2})日"),
)
_KEPT = "birthday:"  # people are not born anew
_MONTH_IN_NAME = re.compile(r"(?<!\d)(20\d\d)-(\d\d)(?!-?\d)")


def shift_text(text: str, days: int) -> str:
    """Move every full date of a note by so many days, except in lines that stay as they are."""
    if not days:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if "20" in line and not line.startswith(_KEPT):
            lines[number] = _shift_line(line, days)
    return "\n".join(lines)


def _shift_line(line: str, days: int) -> str:
    for pattern in _DATES:
        line = pattern.sub(lambda found: _shifted(found, days), line)
    return line


def _shifted(found: re.Match[str], days: int) -> str:
    year, mark, month, day = found.groups()
    try:
        moved = date(int(year), int(month), int(day)) + timedelta(days)
    except ValueError:
        return found.group()
    if mark == "-":
        return moved.isoformat()
    if mark == "年":
        return f"{moved.year}年{moved.month}月{moved.day}日"
    return f"{moved.year}{mark}{moved.month}{mark}{moved.day}"


def shift_demo(files: Mapping[str, str], today: date) -> dict[str, str]:
    """The demo's files as they would stand today.

    Deals bear a month in their names, which moves too, in links as well.

    Args:
        files: texts by path.
        today: in the vault's zone.
    """
    days = (today - DEMO_DAY).days
    renamed: dict[str, str] = {}
    for path in files:
        name = path.rpartition("/")[2].removesuffix(".md")
        moved = _MONTH_IN_NAME.sub(lambda found: _shift_month(found, days), name)
        if moved != name:
            renamed[name] = moved
    shifted: dict[str, str] = {}
    for path, text in files.items():
        new_text = shift_text(text, days)
        for name, moved in renamed.items():
            path = path.replace(name, moved)
            new_text = new_text.replace(name, moved)
        shifted[path] = new_text
    return shifted


def _shift_month(found: re.Match[str], days: int) -> str:
    moved = date(int(found[1]), int(found[2]), 15) + timedelta(days)
    return f"{moved.year}-{moved.month:02d}"
