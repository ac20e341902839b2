"""Values of a note's fields as people type them: text in, value out.

The schema says which function reads a field, and with which unit and range.
Every function raises `FieldError` with positions in the text as typed, and
nothing else. Numbers, money, phones and card numbers have modules of their own
and are offered here too.
"""

from __future__ import annotations

import re
from datetime import date

from brokernotes.errors import FieldError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.birthdays import Birthday, parse_birthday, render_birthday
from brokernotes.model.cards import find_bank_cards, find_id_cards, is_id_card
from brokernotes.model.dates import match_date
from brokernotes.model.measures import parse_area, parse_int, parse_number, render_number
from brokernotes.model.money import MONEY_UNITS, parse_money, render_money
from brokernotes.model.phones import Phone, mask_phone, mask_phones_in_text, parse_phone
from brokernotes.model.source_text import LONGEST_VALUE, SourceText, find_full_width, narrow

__all__ = [
    "MONEY_UNITS",
    "Birthday",
    "Dated",
    "Location",
    "Phone",
    "find_bank_cards",
    "find_full_width",
    "find_id_cards",
    "is_id_card",
    "mask_phone",
    "mask_phones_in_text",
    "narrow",
    "parse_area",
    "parse_birthday",
    "parse_bool",
    "parse_consent",
    "parse_int",
    "parse_location",
    "parse_money",
    "parse_number",
    "parse_phone",
    "parse_published",
    "render_birthday",
    "render_bool",
    "render_dated",
    "render_location",
    "render_money",
    "render_number",
    "split_list",
]

_TRUE = frozenset(("true", "yes", "y", "on", "是", "有"))
_FALSE = frozenset(("false", "no", "n", "off", "否", "无", "没有", "不是"))
_SEPARATORS = "、，,;；/"
_OPENING = {"[": "]", "(": ")", "（": "）", "【": "】"}


class Location(NamedTuple):
    """A place on the map.

    Attributes:
        latitude: degrees north.
        longitude: degrees east.
    """

    latitude: float
    longitude: float


class Dated(NamedTuple):
    """A word and the day it holds from: a consent's purpose, or a platform.

    Attributes:
        word: such as 发布 or 贝壳.
        day: the date after it.
    """

    word: str
    day: date


def parse_bool(text: str) -> bool:
    """Yes or no.

    Args:
        text: `true` or `false`, 是 or 否, 有 or 无, `yes` or `no`, in any case.

    Raises:
        FieldError: `bad-bool`.
    """
    if text == "true":
        return True
    if text == "false":
        return False
    typed = SourceText(text)
    word = typed.text.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise typed.error("bad-bool")


def render_bool(value: bool) -> str:
    """A bool as it is written into a note."""
    return "true" if value else "false"


def split_list(text: str) -> list[tuple[str, int]]:
    """The items of a list that was typed as one value.

    Args:
        text: items between any of `、，,;；/`, such as `浦东、静安` or `南/北`.
            Separators within brackets belong to their item: `[[小区/阳光花园]]`.

    Returns:
        (item, offset in `text`) of each; empty items are left out.
    """
    cuts = [i for i, character in enumerate(text) if character in _SEPARATORS]
    if cuts:
        inside = _bracketed(text)
        cuts = [i for i in cuts if not inside[i]]
    items = []
    start = 0
    for cut in (*cuts, len(text)):
        item = text[start:cut]
        bare = item.strip()
        if bare:
            items.append((bare, start + len(item) - len(item.lstrip())))
        start = cut + 1
    return items


def _bracketed(text: str) -> list[bool]:
    """For each code point, whether a bracket is open there that also closes."""
    inside = [0] * (len(text) + 1)
    open_at: list[tuple[str, int]] = []
    for index, character in enumerate(text):
        if character in _OPENING:
            open_at.append((_OPENING[character], index))
        elif open_at and character == open_at[-1][0]:
            inside[open_at.pop()[1]] += 1
            inside[index] -= 1
    depth = 0
    covered = []
    for change in inside[:-1]:
        depth += change
        covered.append(depth > 0)
    return covered


def parse_location(text: str) -> Location:
    """A place on the map.

    Args:
        text: `latitude,longitude` in decimal degrees, such as `31.2304,121.4737`.

    Raises:
        FieldError: `bad-location`.
    """
    typed = SourceText(text)
    degrees = r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
    found = re.fullmatch(f"{degrees} {{0,3}}, {{0,3}}{degrees}", typed.text)
    if not found:
        raise typed.error("bad-location")
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > 90:
        raise typed.error("bad-location", *found.span(1))
    if abs(longitude) > 180:
        raise typed.error("bad-location", *found.span(2))
    return Location(latitude, longitude)


def render_location(location: Location) -> str:
    """A place as it is written into a note."""
    return f"{render_number(location.latitude)},{render_number(location.longitude)}"


def parse_consent(text: str) -> Dated:
    """What somebody agreed to, and since when.

    Args:
        text: `purpose YYYY-MM-DD`, such as `发布 2026-08-20`.

    Raises:
        FieldError: `bad-consent`, or what is wrong with the date.
    """
    return _dated(text, "bad-consent")


def parse_published(text: str) -> Dated:
    """Where a listing stands, and since when.

    Args:
        text: `platform YYYY-MM-DD`, such as `贝壳 2026-08-20`.

    Raises:
        FieldError: `bad-published`, or what is wrong with the date.
    """
    return _dated(text, "bad-published")


def render_dated(dated: Dated) -> str:
    """A word and its day as they are written into a note."""
    return f"{dated.word} {dated.day.isoformat()}"


def _dated(text: str, code: str) -> Dated:
    typed = SourceText(text)
    if len(typed.text) <= LONGEST_VALUE:
        for year in re.finditer("(?<![0-9])[0-9]{4}", typed.text):
            try:
                found = match_date(typed.text, year.start())
            except FieldError as error:
                raise typed.placed(error) from None
            if found and found[1] == len(typed.text):
                word = typed.typed(0, year.start()).strip().strip(":：,，").rstrip()
                if word:
                    return Dated(word, found[0])
    raise typed.error(code)
