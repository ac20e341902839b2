"""Text as a person typed it: its plain form, and the way back to what was typed.

Full-width digits, `㎡` and ideographic spaces are the same value in another
width, so values are read in their compatibility form (NFKC). A finding must
point at what stands in the file, so every position can be mapped back.
"""

from __future__ import annotations

import re
import unicodedata

from brokernotes.errors import FieldError

LONGEST_VALUE = 100  # code points; a number or a date is never longer, and patterns stay cheap
_SHOWN = 60  # code points of a value that a message repeats
_NOT_READ = "\N{REPLACEMENT CHARACTER}"

# One for one, so that positions in a line stay what they are.
_NARROW = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | {0xFFE5: 0xA5, 0x3000: 0x20, 0xA0: 0x20}
    | dict.fromkeys(range(0x2000, 0x200B), 0x20)
)
_FULL_WIDTH = "[\uff01-\uff5e\uffe5\u3000]+"


def narrow(text: str) -> str:
    """The text with full-width characters and wide spaces in their plain width, same length."""
    return text if text.isascii() else text.translate(_NARROW)


def find_full_width(text: str) -> tuple[int, int] | None:
    """The first run of full-width digits, letters, punctuation or spaces, as (start, end)."""
    if text.isascii():
        return None
    found = re.search(_FULL_WIDTH, text)
    return found.span() if found else None


def clipped(text: str) -> str:
    """The text as a message repeats it: whole, or its beginning."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class SourceText:
    """A value as typed, and its plain form.

    Attributes:
        source: what was typed.
        text: its NFKC form without the spaces around it. Superscripts, fractions
            and circled numbers count as unreadable there: `620②` is not 6202.
    """

    __slots__ = ("_lead", "source", "text")

    def __init__(self, source: str) -> None:
        self.source = source
        folded = source
        if not source.isascii() and not unicodedata.is_normalized("NFKC", source):
            folded = "".join(_folded_characters(source))
        stripped = folded.lstrip()
        self._lead = len(folded) - len(stripped)
        self.text = stripped.rstrip()

    def span(self, start: int, end: int | None = None) -> tuple[int, int]:
        """The (start, end) in the source of a stretch of the plain form."""
        source = self.source
        stop = len(self.text) if end is None else end
        start, stop = start + self._lead, stop + self._lead
        if source.isascii() or unicodedata.is_normalized("NFKC", source):
            return start, stop
        first, last, at = len(source), len(source), 0
        for index, folded in enumerate(_folded_characters(source)):
            if first == len(source) and at + len(folded) > start:
                first = index
            if at >= stop:
                last = index
                break
            at += len(folded)
        return first, max(first, last)

    def typed(self, start: int, end: int | None = None) -> str:
        """What was typed for a stretch of the plain form."""
        first, last = self.span(start, end)
        return self.source[first:last]

    def error(
        self, code: str, start: int = 0, end: int | None = None, /, **params: object
    ) -> FieldError:
        """An error about a stretch of the plain form; `value` is what was typed."""
        first, last = self.span(start, end)
        params.setdefault("value", clipped(self.source.strip()))
        return FieldError(code, offset=first, length=last - first, **params)

    def placed(self, error: FieldError) -> FieldError:
        """An error about the plain form, moved to what was typed."""
        end = None if error.length is None else error.offset + error.length
        params = {**error.params, "value": clipped(self.source.strip())}
        return self.error(error.code, error.offset, end, **params)


def _folded_characters(source: str) -> list[str]:
    """The plain form of each code point, with what must not become a digit made unreadable."""
    folded = []
    before = ""
    for character in source:
        plain = character
        if not character.isascii():
            plain = unicodedata.normalize("NFKC", character)
            odd = any(c.isdigit() for c in plain) and unicodedata.category(character) != "Nd"
            if odd and character != "㎡" and not (character == "²" and before in ("m", "M")):
                plain = _NOT_READ
        folded.append(plain)
        before = plain
    return folded
