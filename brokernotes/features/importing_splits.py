"""Cells that hold several fields: 3室2厅1卫, 5/18, 3号楼2单元501, 600-650万."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from brokernotes.errors import FieldError
from brokernotes.features import importing_words as targets
from brokernotes.light_dataclasses import NamedTuple

_CHINESE = {word: str(n) for n, word in enumerate("零一二三四五六七八九十")} | {"两": "2"}
_N = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_LAYOUT = re.compile(
    rf"({_N})\s*(?:室|房|居室|居|卧室|卧)(?:\s*({_N})\s*厅)?(?:\s*({_N})\s*[卫浴])?(.*)", re.DOTALL
)
_LAYOUT_NUMBERS = re.compile(
    r"(\d{1,2})(?:\s*[-/*+x]\s*(\d)(?:\s*[-/*+x]\s*(\d))?)?(.*)", re.DOTALL
)
_LAYOUT_ENGLISH = re.compile(
    r"(\d{1,2})\s*(?:bed\w*|br)\b[\s,]*(?:(\d)\s*living\w*[\s,]*)?(?:(\d)\s*ba\w*)?(.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF = r"\s*(?:层|楼|F)?\s*(?:[/\\,，、(（|]\s*(?:共|总高|总)?|共|总高|总)\s*"
_FLOORS = re.compile(rf"(-?\d{{1,3}}){_OF}(\d{{1,3}})\s*(?:层|楼|F)?\s*[)）]?", re.IGNORECASE)
_BANDS = re.compile(rf"([低中高])(?:楼层|层|区|楼)?(?:{_OF}(\d{{1,3}})\s*(?:层|楼|F)?\s*[)）]?)?")
_ONE_FLOOR = re.compile(r"(-?\d{1,3})\s*(?:层|楼|F)?", re.IGNORECASE)
_CODE = r"([A-Za-z0-9]{1,6}|[一二三四五六七八九十]{1,3})"
_DOORS = (
    re.compile(
        rf"{_CODE}\s*(?:号楼|号|幢|栋|座|#)\s*(?:{_CODE}\s*单元\s*)?{_CODE}\s*(?:室|房|号)?"
    ),
    re.compile(rf"{_CODE}\s*[-—/]\s*{_CODE}\s*[-—/]\s*{_CODE}\s*(?:室|房)?"),
    re.compile(rf"{_CODE}\s*[-—/]\s*()(\d{{2,4}}[A-Za-z]?)\s*(?:室|房)?"),
    re.compile(r"()()(\d{3,4}[A-Za-z]?)\s*(?:室|房)?"),
)
_AMOUNT = r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*"
_UNITS = r"(万元?|w|千|k|元(?:/月|每月)?|/月|㎡|m2|平方米|平米|平方|平)?\s*"
_RANGE = re.compile(
    rf"[¥约]?\s*{_AMOUNT}{_UNITS}(?:-|~|—|–|至|到)\s*{_AMOUNT}{_UNITS}(?:左右|之间|上下)?",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    rf"(?:[<≤]|不超过|最多|最高|小于)\s*{_AMOUNT}{_UNITS}"
    rf"|{_AMOUNT}{_UNITS}(?:以内|以下|之内|内|封顶|为限)",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"(?:[>≥]|不低于|至少|最少|大于)\s*{_AMOUNT}{_UNITS}|{_AMOUNT}{_UNITS}(?:以上|起|\+)",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(约|大概)?\s*{_AMOUNT}{_UNITS}(左右|上下)?", re.IGNORECASE)
_ROOMS = re.compile(
    rf"({_N})(?:\s*[室房居])?(?:\s*(?:-|~|—|至|到|、|/|或)?\s*({_N}))?\s*(?:室|房|居室|居|卧)(.*)",
    re.DOTALL,
)
LONG_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "尉迟", "皇甫", "令狐", "慕容")
_TITLES = "先生|女士|小姐|太太|老师|阿姨|叔叔|大哥|大姐|大爷|大妈|医生|老板|经理|师傅|夫妇"
_LONG = "|".join(LONG_SURNAMES)
_FULL_AND_POLITE = re.compile(
    rf"(?P<surname>{_LONG}|(?!(?:{_LONG}) ?(?:{_TITLES}))(?![小老阿])[\u4e00-\u9fff])"
    rf"(?P<given>(?!(?:{_TITLES})|[老大小总副] ?(?:{_TITLES}))[\u4e00-\u9fff]{{1,2}})"
    rf" ?(?P<polite>{_TITLES})"
)
_FULL_IN_ENGLISH = re.compile(
    r"(?P<polite>(?:Mr|Mrs|Ms|Miss|Dr)\.?) (?P<given>[A-Za-z'.\- ]+) (?P<surname>[A-Za-z'\-]+)",
    re.IGNORECASE,
)
_POLITE = re.compile(
    rf".{{1,3}}(?:{_TITLES})"
    r"|.(?:太|总|姐|哥|姨|叔|董|工|爷|生|老)"
    r"|(?:小|老|阿).|(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Za-z'\- ]{1,30}"
)
_BETWEEN_PHONES = re.compile(
    r"[/、，,;；|\n]+|\s*[或和]\s*(?=\d)"
    r"|(?<=\d)\s+(?=(?:\+?86[- ]?)?1[3-9]\d{9}\b|0\d{2,3}-?\d{7,8}\b)"
)


class Split(NamedTuple):
    """What a cell says in several fields.

    Attributes:
        parts: text by key.
        rest: whether the cell says more than that.
    """

    parts: Mapping[str, str]
    rest: bool = False


def split_phones(text: str) -> list[str]:
    """The phones of a cell, each with what stands after it: `13900139000 张太`."""
    parts = [part.strip() for part in _BETWEEN_PHONES.split(text)]
    found: list[str] = []
    for part in parts:
        if not part:
            continue
        named = re.fullmatch(r"([^\d+*(]{1,12}?)[\s:：]*((?:\+?86[- ]?)?[\d(][\d\- *()]{6,})", part)
        if named:  # 张太 13900139000
            part = f"{named[2].strip()} {named[1].strip()}"
        if found and not any(character.isdigit() for character in part):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _layout(text: str, _: str) -> Split:
    found = (
        _LAYOUT.fullmatch(text)
        or _LAYOUT_ENGLISH.fullmatch(text)
        or _LAYOUT_NUMBERS.fullmatch(text)
    )
    if not found:
        raise FieldError("cell-layout", value=text)
    keys = ("bedrooms", "living_rooms", "bathrooms")
    return Split(_numbers(keys, found), bool(found[4].strip(" 户")))


def _floors(text: str, _: str) -> Split:
    if found := _FLOORS.fullmatch(text):
        return Split({"floor": found[1], "total_floors": found[2]})
    if found := _BANDS.fullmatch(text):
        parts = {"floor_band": found[1]}
        if found[2]:
            parts["total_floors"] = found[2]
        return Split(parts)
    if found := _ONE_FLOOR.fullmatch(text):
        return Split({"floor": found[1]})
    raise FieldError("cell-floors", value=text)


def _door(text: str, _: str) -> Split:
    for pattern in _DOORS:
        if found := pattern.fullmatch(text):
            parts = {"building": found[1], "unit": found[2], "room": found[3]}
            return Split({key: part for key, part in parts.items() if part})
    raise FieldError("cell-door", value=text)


def _range_of(low: str, high: str, *, single: str) -> Callable[[str, str], Split]:
    """Splits `600-650万`, `650万以内`, `500万以上`; a bare amount goes where `single` says."""

    def split(text: str, unit: str) -> Split:
        text = text.strip()
        if found := _RANGE.fullmatch(text):
            last = found[4] or found[2] or unit
            return Split({low: _with(found[1], found[2] or last), high: _with(found[3], last)})
        for pattern, key in ((_UP_TO, high), (_FROM, low)):
            if found := pattern.fullmatch(text):
                amount, own = (found[1], found[2]) if found[1] else (found[3], found[4])
                return Split({key: _with(amount, own or unit)})
        found = _SINGLE.fullmatch(text)
        if not found or not single:
            raise FieldError("cell-range", value=text)
        parts = {single: _with(found[2], found[3] or unit)}
        return Split(parts, bool(found[1] or found[4]))

    return split


def _with(amount: str, unit: str | None) -> str:
    unit = (unit or "").replace("每", "/")
    return amount + ("元" + unit if unit.startswith("/") else unit)


def _rooms(text: str, _: str) -> Split:
    at_least = re.sub(r"\s*(?:以上|起|及以上|\+|bed\w*|br|rooms?)$", "", text)
    if found := re.fullmatch(r"\d", at_least):
        return Split({"bedrooms_min": at_least})
    found = _ROOMS.fullmatch(at_least)
    if not found:
        raise FieldError("cell-layout", value=text)
    parts = {"bedrooms_min": _digit(found[1])}
    if found[2]:
        parts["bedrooms_max"] = _digit(found[2])
    return Split(parts, bool(found[3].strip()))


def _person(text: str, _: str) -> Split:
    flat = " ".join(text.split())
    if len(flat) > 40:
        raise FieldError("cell-long", value=flat[:60])
    full = _FULL_AND_POLITE.fullmatch(flat)
    if full:  # the salutation is in the file's name too, and that tells nobody's whole name
        said = {"salutation": full["surname"] + full["polite"]}
        if full["polite"] in ("太太", "夫妇"):  # the name is the husband's
            return Split(said, rest=True)
        return Split({**said, "name": full["surname"] + full["given"]})
    if full := _FULL_IN_ENGLISH.fullmatch(flat):
        return Split({"salutation": f"{full['polite']} {full['surname']}",
                      "name": f"{full['given']} {full['surname']}"})  # fmt: skip
    return Split({"salutation" if _POLITE.fullmatch(flat) else "name": flat})


def _numbers(keys: tuple[str, ...], found: re.Match[str]) -> dict[str, str]:
    parts = zip(keys, found.groups(), strict=False)
    return {key: _digit(part) for key, part in parts if part}


def _digit(text: str) -> str:
    return _CHINESE.get(text, text)


SPLITS: Mapping[str, Callable[[str, str], Split]] = {
    targets.LAYOUT: _layout,
    targets.FLOORS: _floors,
    targets.DOOR: _door,
    targets.BUDGET: _range_of("budget_min", "budget_max", single="budget_max"),
    targets.RENT_RANGE: _range_of("rent_min", "rent_max", single="rent_max"),
    targets.AREA_RANGE: _range_of("area_min", "area_max", single=""),
    targets.ROOMS: _rooms,
    targets.PERSON: _person,
}
