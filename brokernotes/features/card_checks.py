"""Identity-card and bank-card numbers, wherever in a note they stand."""

from __future__ import annotations

from brokernotes.errors import Position, Problem
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.cards import find_bank_cards, find_id_cards
from brokernotes.model.problems import problem
from brokernotes.notes.note import Note

_FEWEST = 13  # digits of the shortest card number
# Every digit to a zero, as the bytes of UTF-8; of a full-width one only the last byte differs.
_DIGITS = bytes.maketrans(b"123456789\x91\x92\x93\x94\x95\x96\x97\x98\x99", b"0" * 9 + b"\x90" * 9)
_TWO_WIDE_DIGITS = "００".encode()
_LINE = lazy_pattern(r"[^\r\n]+")


def check_cards(note: Note) -> list[Problem]:
    """Find numbers of identity and bank cards in front matter, log and text."""
    text = note.text
    if not _may_hold_card(text):
        return []
    problems = []
    line_end = 0
    number = 1
    for line in _LINE.finditer(text):
        number += _breaks(text, line_end, line.start())
        line_end = line.end()
        problems += _in_line(note, number, line[0].removeprefix("\ufeff"))
    return problems


def _may_hold_card(text: str) -> bool:
    """Whether enough digits stand together. Ten times as fast as a pattern, for every note."""
    zeros = text.encode("utf-8", "surrogatepass").translate(_DIGITS, b" -")
    return b"0" * _FEWEST in zeros or _TWO_WIDE_DIGITS in zeros


def _in_line(note: Note, number: int, line: str) -> list[Problem]:
    key = _key_at(note, number)
    problems = []
    for start, end in find_id_cards(line):
        at = Position(note.path, number, start + 1, end + 1)
        problems.append(problem("id-card", at, key=key))
    if key is not None and note.record.type == "listing" and key == "verification_code":
        return problems  # issued in the lengths of bank cards
    for start, end in find_bank_cards(line):
        at = Position(note.path, number, start + 1, end + 1)
        problems.append(problem("bank-card", at, key=key))
    return problems


def _key_at(note: Note, number: int) -> str | None:
    """The key of the front matter to which a line belongs; None: it is in the body."""
    if number >= note.block.split.body_line:
        return None
    before = [(line, key) for key, line in note.block.lines.items() if line <= number]
    return max(before)[1] if before else None


def _breaks(text: str, start: int, end: int) -> int:
    gap = text[start:end]
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n")
