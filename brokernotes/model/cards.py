"""Identity-card and bank-card numbers, which have no business in a brokerage's notes.

Both carry a check digit, so they are told from phones, dates and codes with few
false alarms: a random 18-digit number passes as an identity card about once in
two million, and a random 16-digit one as a bank card about once in sixty.

Source: GB 11643-1999 (identity numbers), ISO/IEC 7812-1 (bank cards, Luhn).
"""

from __future__ import annotations

import re
from datetime import date

_D = "[0-9０-９]"
_IDENTITY = (
    r"(?<![0-9A-Za-z０-９])"
    f"({_D}{{6}}[ -]?{_D}{{8}}[ -]?{_D}{{3}}[0-9０-９XxＸｘ])"
    r"(?![0-9A-Za-z０-９])"
)
# Not within a link, a file name or a longer code.
_CARD = (
    r"(?<![0-9A-Za-z０-９/=_.#^+])"
    f"({_D}{{13,19}}|{_D}{{4}}(?P<gap>[ -]){_D}{{4}}(?P=gap){_D}{{4}}"
    f"(?P=gap){_D}{{1,4}}(?:(?P=gap){_D}{{1,3}})?)"
    r"(?![0-9A-Za-z０-９_]|\.[0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    number
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (81, 83))
    for number in (*range(first, last + 1), 71)
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def is_id_card(text: str) -> bool:
    """Whether the whole text is an 18-digit identity number with a valid check digit."""
    spans = find_id_cards(text)
    return len(spans) == 1 and not (text[: spans[0][0]] + text[spans[0][1] :]).strip()


def find_id_cards(text: str) -> list[tuple[int, int]]:
    """Identity numbers in a text: place, birth date and check digit all hold.

    Returns:
        (start, end) of each, in code points.
    """
    if not _has_long_number(text):
        return []
    return [m.span(1) for m in re.finditer(_IDENTITY, text) if _is_identity(_plain(m[1]))]


def find_bank_cards(text: str) -> list[tuple[int, int]]:
    """Bank-card numbers in a text: 13 to 19 digits, a card's prefix and length, Luhn holds.

    Returns:
        (start, end) of each, in code points; identity numbers are not among them.
    """
    if not _has_long_number(text):
        return []
    found = (m for m in re.finditer(_CARD, text))
    return [m.span(1) for m in found if _is_card(_plain(m[1]))]


def mask_cards(text: str) -> str:
    """A text of the same length, with all but the first four digits of such numbers hidden."""
    for start, end in (*find_id_cards(text), *find_bank_cards(text)):
        text = text[: start + 4] + "*" * (end - start - 4) + text[end:]
    return text


def _has_long_number(text: str) -> bool:
    """Cheap: most texts hold no long run of digits at all."""
    return re.search(f"{_D}{{4}}[ -]?{_D}{{2}}[ -]?{_D}{{2}}[ -]?{_D}{{4}}", text) is not None


def _plain(number: str) -> str:
    return "".join(str(int(c)) if c.isdigit() else c.upper().replace("Ｘ", "X") for c in number)


def _is_identity(number: str) -> bool:
    number = number.replace(" ", "").replace("-", "")
    if len(number) != 18 or int(number[:2]) not in _PROVINCES:
        return False
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        date(year, month, day)
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _FIRST_YEAR <= year <= _LAST_YEAR and number[17] == _CHECKS[total % 11]


def _is_card(number: str) -> bool:
    number = number.replace(" ", "").replace("-", "")
    if not _is_card_prefix(number, len(number)) or _is_identity(number):
        return False
    total = 0
    for index, character in enumerate(reversed(number)):
        digit = int(character) * (1 + index % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def _is_card_prefix(number: str, length: int) -> bool:
    """Whether a network issues numbers of this prefix in this length."""
    two, four = int(number[:2]), int(number[:4])
    if two == 62 or four in (6013, 9558):
        return 16 <= length <= 19
    if number[0] == "4":
        return length in (13, 16, 19)
    if 51 <= two <= 55 or 2221 <= four <= 2720 or two == 35:
        return length == 16
    return two in (34, 37) and length == 15
