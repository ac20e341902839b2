"""Phone numbers: read, compared by their digits, and masked."""

from __future__ import annotations

import re

from brokernotes.errors import FieldError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.source_text import SourceText

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

TEL = "tel:"  # before the digits of a person whom only a phone names
_FEWEST_DIGITS = 7  # under this a number names a service or an extension, not a person
_FEWEST_IN_TEXT = 10  # digits of what `_IN_TEXT` takes for a phone without `+`
_MOST_DIGITS = 15  # E.164
_NUMBER = r"\+?(?:\([+0-9]{1,5}\) {0,3})?[0-9*][0-9* \-]*"
_LABEL_EDGES = " ()-:,;[]【】\t"

_GAP = r"[ \u00a0\u3000.·\-–—]{0,3}"
_D = "[0-9０-９]"
_NOT_AFTER = f"(?<!{_D})"
_NOT_BEFORE = f"(?!{_D})"
_PREFIX = f"(?:[+＋]?(?:00)?[8８][6６]{_GAP})?"
_MOBILE = f"{_PREFIX}[1１]{_D}{{2}}{_GAP}{_D}{_GAP}{_D}{{3}}{_GAP}{_D}{_GAP}{_D}{{3}}"
_LANDLINE = (
    f"{_PREFIX}[(（]?[0０](?:[1１][0０]|[2２]{_D}|[3-9３-９]{_D}{{2}})[)）]?{_GAP}"
    f"{_D}{{3,4}}{_GAP}{_D}{{4}}"
)
_SERVICE = f"[48４８][0０]{{2}}{_GAP}{_D}{{3}}{_GAP}{_D}{{4}}"
_ABROAD = f"[+＋]{_D}{{1,3}}(?:[ \\-]?{_D}){{7,12}}"
_IN_TEXT = f"{_NOT_AFTER}(?:{_MOBILE}|{_LANDLINE}|{_SERVICE}|{_ABROAD}){_NOT_BEFORE}"
_NOT_IN_NUMBER = r"[^0-9０-９+＋()（） \u00a0\u3000.·\-–—]+"
_WIDE = str.maketrans("０１２３４５６７８９＋", "0123456789+")


class Phone(NamedTuple):
    """One phone number.

    Attributes:
        number: digits only, the national form for +86; `*` where it was masked.
        label: what stands after it, such as 妻子; may be empty.
        identifies: whether two notes with this number speak of one person.
    """

    number: str
    label: str
    identifies: bool


def parse_phone(text: str) -> Phone:
    """One phone number and what stands after it.

    Args:
        text: such as `13800138000`, `138 0013 8000`, `+86-13800138000 (妻子)`,
            `021-58881234` or `138****8000`.

    Raises:
        FieldError: `bad-phone`, where it does not start with a number, the number
            is too long, or a second number follows.
    """
    if len(text) == 11 and text.isascii() and text.isdigit():
        return Phone(text, "", True)
    typed = SourceText(text)
    found = re.match(_NUMBER, typed.text)
    if not found:
        raise typed.error("bad-phone")
    end = _end_of_mobile(typed.text, found.end())
    number = _national(re.sub(r"[^0-9*+]", "", typed.text[:end]))
    if len(number) > _MOST_DIGITS:
        raise typed.error("bad-phone", 0, end)
    if re.match(r"[ +\-,/、;(]*[0-9][0-9 \-]{6,}", typed.text[end:]):
        raise typed.error("bad-phone", end)
    label = (
        typed.typed(end).strip().strip(_LABEL_EDGES + "（）：，；") if end < len(typed.text) else ""
    )
    return Phone(number, label, "*" not in number and len(number) >= _FEWEST_DIGITS)


def person_of_phones(texts: Iterable[str]) -> str | None:
    """An owner known by phone only, as `Occurrence.person` names them.

    Args:
        texts: phones as typed; what is none, or was masked, names nobody.
    """
    for text in texts:
        try:
            phone = parse_phone(text)
        except FieldError:
            continue
        if phone.identifies:
            return f"{TEL}{phone.number}"
    return None


def dialled(text: str) -> str:
    """A number as a phone dials it within China: the national form, others with + and country.

    Args:
        text: one that `parse_phone` reads.

    Raises:
        FieldError: as `parse_phone` does.
    """
    number = parse_phone(text).number
    typed = SourceText(text).text.lstrip("( ")
    is_abroad = typed.startswith("+") and re.sub("[^0-9]", "", typed).startswith(number)
    return f"+{number}" if is_abroad else number


def mask_phone(text: str) -> str:
    """The value of a phone field with its middle hidden and its label dropped.

    Args:
        text: any value of a phone field, readable or not.

    Returns:
        `138****8000`; shorter numbers keep less, and what is no number keeps nothing.
    """
    found = re.match(_NUMBER, SourceText(text).text)
    if not found:
        return "****"
    end = _end_of_mobile(found.string, found.end())
    number = _national(re.sub(r"[^0-9*+]", "", found[0][:end]))
    if len(number) > _MOST_DIGITS or len(number) < _FEWEST_DIGITS:
        return "****"
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 10 else f"****{number[-2:]}"


def mask_phones_in_text(text: str) -> str:
    """Free text with what looks like a phone number masked in place.

    Mobiles with or without separators and +86, landlines with their area code,
    400 numbers, and anything that starts with + and a country code. Hiding a
    stray number costs little; showing a phone cannot be undone.
    """
    if not _may_hold_phone(text):
        return text  # most texts, for which the pattern need not even be compiled
    return re.sub(_IN_TEXT, lambda found: mask_phone(_digits(found[0])), text)


def _may_hold_phone(text: str) -> bool:
    """Whether `_IN_TEXT` may find something: what it finds has no other characters in it."""
    if sum(map(str.isdigit, text)) < _FEWEST_IN_TEXT and "+" not in text and "＋" not in text:
        return False
    for run in re.split(_NOT_IN_NUMBER, text):
        digits = [one for one in run if one.isdigit()]
        # With the fewest digits it begins with 0, 4 or 8; the day and hour of an entry do not.
        if "+" in run or "＋" in run or len(digits) > _FEWEST_IN_TEXT:
            return True
        if len(digits) == _FEWEST_IN_TEXT and digits[0] in "048０４８":
            return True
    return False


def mask_numbers(text: str) -> str:
    """The value of phone fields as it stands in a file, every number in it masked."""
    plain = text.translate(_WIDE)
    return re.sub(rf"{_NUMBER}(?<=[0-9*])", lambda found: mask_phone(found[0]), plain)


def _digits(text: str) -> str:
    return "".join(str(int(c)) if c.isdigit() else "+" for c in text if c.isdigit() or c in "+＋")


def _end_of_mobile(text: str, end: int) -> int:
    """Where a mobile number ends within a run of digits and separators.

    `13800138000 2号楼` is a mobile and a word that starts with a digit.
    """
    whole = re.match(r"(?:\+?86[ \-]*|0086[ \-]*)?1(?:[ \-]*[0-9*]){10}(?=[ \-])", text[:end])
    return whole.end() if whole else len(text[:end].rstrip(" -"))


def _national(number: str) -> str:
    """The number as dialled within China; others keep their country code."""
    digits = number.replace("+", "")
    for prefix in ("0086", "86"):
        rest = digits.removeprefix(prefix)
        if rest == digits:
            continue
        if len(rest) == 11 and rest[0] == "1":
            return rest
        if prefix == "0086" or "+" in number:
            return rest if rest[:1] == "0" or rest[:3] in ("400", "800") else "0" + rest
    return digits
