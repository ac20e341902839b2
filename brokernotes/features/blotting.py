"""Words that say who or where a private note is, and what is put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from brokernotes.model.numerals import to_numeral
from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.links import link_shown
from brokernotes.notes.note import Note

BLOT = "＊＊"  # where a word was

MIND = re.compile(
    r"(心理价位?|底价|(?:reserve|expected|bottom) price)([^\d\r\n]{0,6}\d[\d,.]*\s*(?:万元?|w|k)?)",
    re.IGNORECASE,
)
_SUFFIXES = {
    "building": "(?:号楼|幢|栋|座|楼|号|#)",
    "unit": "(?:单元|门)",
    "floor": "(?:层|楼|[Ff])",
    "room": "(?:室|号|房)",
}
_BETWEEN = r"\s*(?:号楼|幢|栋|座|楼|号|#|弄)?\s*[-－/·]?\s*"
_LEAST = 2  # characters of a word that is blotted out wherever it stands
_LEAST_NUMBER = 3  # digits of a number likewise: fewer may as well be anything


def secret_words(note: Note, kept: frozenset[str], schema: Schema) -> Iterator[str]:
    """The words of a note's hidden values that say it wherever they stand.

    Args:
        note: as its holder reads it.
        kept: the hidden keys.
        schema: of the vault.
    """
    for key, raw in note.block.values.items():
        row = schema.find_field(note.record.type, key)
        if row is None or row.key not in kept or row.kind is Kind.ENUM or raw is None:
            continue
        for value in raw if isinstance(raw, list) else [raw]:
            word = (link_shown(value) if row.kind is Kind.LINK else value).strip()
            least = _LEAST_NUMBER if word.isascii() and word.isdigit() else _LEAST
            if len(word) >= least:
                yield word


def spoken_pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """Finds words where they stand by themselves; a number not inside a longer one or a date."""
    parts = [
        rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z]|-\d\d)"
        if word.isascii()
        else re.escape(word)
        for word in sorted(set(words), key=len, reverse=True)
    ]
    return re.compile("|".join(parts)) if parts else None


def door_patterns(values: Mapping[str, object]) -> Iterator[re.Pattern[str]]:
    """The door as prose says it: 7-1201, 7号楼, 十二层; a bare 7 may be anything.

    Args:
        values: of a listing, by key.
    """
    said = {
        key: re.sub(f"{suffix}$", "", str(values[key]).strip())
        for key, suffix in _SUFFIXES.items()
        if values.get(key) not in (None, "")
    }
    start, end = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
    if "building" in said and "room" in said:
        unit = (
            rf"(?:{re.escape(said['unit'])}(?:单元|门)?\s*[-－/·]?\s*)?" if "unit" in said else ""
        )
        yield re.compile(
            f"{start}{re.escape(said['building'])}{_BETWEEN}{unit}{re.escape(said['room'])}{end}"
        )
    for key, word in said.items():
        words = [re.escape(word)]
        if word.isascii() and word.isdigit() and int(word) < 100 and key in ("building", "floor"):
            words.append(to_numeral(int(word)))
        yield re.compile(rf"{start}(?:{'|'.join(words)})\s*{_SUFFIXES[key]}")
