"""What a new client wants, as it is dictated: 求租 两房 6000, 300到400万, 要电梯 地铁."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing_fields import SEPARATORS
from brokernotes.features.capturing_lore import Lore, plain
from brokernotes.model.layouts import match_layout
from brokernotes.model.measures import render_number
from brokernotes.model.numerals import NUMERAL
from brokernotes.model.spoken import Amount, match_amount

_NAME = re.compile(
    "(?P<zh>[一-鿿]{1,3}(?:老先生|先生|女士|小姐|太太|阿姨|老师|师傅|医生|护士|总|姐|哥|叔))"
    "|(?P<en>(?:mr|ms|mrs|miss|dr)\\.? [a-z]+)"
)
PHONE = re.compile(r"(?:\+?86[ -]?)?(1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])")
_INTENTS = (
    ("buy", re.compile("求购|买房子?|想买|购房|要买|buy(?:ing|s)?(?![a-z])")),
    ("rent", re.compile("求租|租房子?|想租|要租|rent(?:ing|s)?(?![a-z])")),
    ("sell", re.compile("出售|卖房子?|想卖|要卖|sell(?:ing|s)?(?![a-z])")),
    ("let", re.compile("出租|放租|let(?:ting)?(?![a-z])")),
)
_RANGE_ROOMS = re.compile(f"(?P<low>[1-9]|{NUMERAL}) ?(?:到|至|-|~|、)(?={NUMERAL}|[1-9])")
_TO = re.compile(" ?(?:到|至|-|~|—|to(?= )) ?")
_MONEY = re.compile("(?:预算|总价|租金|月租|budget)?[ ::]?(?:在|是)?")
_DOWN = re.compile("首付[ ::]?|down payment[ :]?")
_MONTHLY = re.compile("月供[ ::]?")
_UPTO = re.compile(" ?(?:以内|以下|之内|左右|上下|封顶|一个?月|/月|块|max)")
_ATLEAST = re.compile(" ?(?:以上|起)")
_AREA = re.compile(" ?(?:平方米|平米|平方|平|㎡|sqm)")
_PETS = re.compile("养[猫狗宠][物]?|有[猫狗](?![一-鿿])|(?:with|has) (?:a )?(?:cat|dog|pets?)")
_MUST = re.compile("(?P<must>(?:必须|一定|得)?要?有?)(?:靠近|临近|近|靠|临)?(?=[一-鿿])")
_VALUES = (("purpose", "purpose"), ("payment", "payment"), ("lease_mode", "lease_mode"),
           ("homes_owned", "homes_owned"), ("source", "client_source"))  # fmt: skip
_WHO = ("salutation", "phone", "source")
_NOT_SOURCES = frozenset({"电话", "其他", "phone", "other"})


class Demand:
    """A new client's line, read from left to right.

    Args:
        text: of the line.
        day: it was said.
        lore: of the vault.
    """

    def __init__(self, text: str, day: date, lore: Lore) -> None:
        self.text = text
        self.plain = plain(text)
        self.day = day
        self.lore = lore
        self.values: dict[str, list[str]] = {}
        self.intents: list[str] = []
        self.amounts: list[tuple[Amount, Amount | None, str]] = []
        self.rest: list[str] = []

    def read(self, pos: int) -> None:
        """Read every word; what says nothing that a field holds is left."""
        start = pos
        while pos < len(self.plain):
            end = self._part(pos)
            if end is None:
                pos += 1
                continue
            self._keep(start, pos)
            start = pos = end
        self._keep(start, len(self.plain))

    def _keep(self, start: int, end: int) -> None:
        words = self.text[start:end].strip(SEPARATORS)
        if words and words not in ("要", "的", "和", "、"):
            self.rest.append(words)

    def add(self, key: str, *values: str) -> None:
        """Set a value, or add to a list; the first of a single one stays."""
        known = self.values.setdefault(key, [])
        is_list = self.lore.schema.fields("client")[key].many
        for value in values:
            if value not in known and (is_list or not known):
                known.append(value)
            elif value not in known:
                self.rest.append(value)

    def _part(self, pos: int) -> int | None:
        if self.plain[pos] in SEPARATORS:
            return None
        for read in (self._phone, self._name, self._intent, self._rooms, self._money, self._pets,
                     self._place, self._word, self._feature):  # fmt: skip
            end = read(pos)
            if end is not None:
                return end
        return None

    def _phone(self, pos: int) -> int | None:
        found = PHONE.match(self.plain, pos)
        if not found:
            return None
        self.add("phone", re.sub("[ -]", "", found[1]))
        return found.end()

    def _name(self, pos: int) -> int | None:
        found = _NAME.match(self.plain, pos) if "salutation" not in self.values else None
        before = self.plain[pos - 1 : pos]
        if not found or (before and before not in SEPARATORS and pos > 0 and not self._is_first()):
            return None
        self.add("salutation", " ".join(self.text[pos : found.end()].split()))
        return found.end()

    def _is_first(self) -> bool:
        return not self.values and not self.intents

    def _intent(self, pos: int) -> int | None:
        for intent, pattern in _INTENTS:
            found = pattern.match(self.plain, pos)
            if found:
                if intent not in self.intents:
                    self.intents.append(intent)
                return found.end()
        return None

    def _rooms(self, pos: int) -> int | None:
        span = _RANGE_ROOMS.match(self.plain, pos)
        if span:
            upper = match_layout(self.plain, span.end())
            lower = match_layout(f"{span['low']}房", 0)
            if upper and lower and upper[0].bedrooms is not None:
                self.add("bedrooms_min", str(lower[0].bedrooms))
                self.add("bedrooms_max", str(upper[0].bedrooms))
                return upper[1]
        rooms = match_layout(self.plain, pos)
        if not rooms or rooms[0].bedrooms is None or "bedrooms_min" in self.values:
            return None
        self.add("bedrooms_min", str(rooms[0].bedrooms))
        return rooms[1]

    def _money(self, pos: int) -> int | None:
        for key, pattern in (("down_payment", _DOWN), ("monthly_payment", _MONTHLY)):
            found = pattern.match(self.plain, pos)
            amount = match_amount(self.plain, found.end()) if found else None
            if amount:
                number = amount.wan() if key == "down_payment" else amount.number
                self.add(key, render_number(number))
                return amount.end
        lead = _MONEY.match(self.plain, pos)
        at = lead.end() if lead else pos
        before = self.plain[at - 1 : at]
        if before and before.isascii() and before.isalnum():
            return None
        first = match_amount(self.plain, at)
        if first is None or first.number < 1:
            return None
        to = _TO.match(self.plain, first.end)
        second = match_amount(self.plain, to.end()) if to else None
        end = second.end if second else first.end
        area = _AREA.match(self.plain, end)
        if area:
            return self._area(first, second, area.end())
        is_plain_word = end - at < 2 or (first.number < 100 and not first.is_yuan)
        if is_plain_word and not (lead and lead[0]):
            return None
        least = _ATLEAST.match(self.plain, end)
        most = _UPTO.match(self.plain, end)
        self.amounts.append((first, second, "min" if least else "max"))
        return (least or most).end() if least or most else end  # type: ignore[union-attr]

    def _area(self, first: Amount, second: Amount | None, end: int) -> int | None:
        least, most = _ATLEAST.match(self.plain, end), _UPTO.match(self.plain, end)
        if second:
            self.add("area_min", render_number(first.number))
            self.add("area_max", render_number(second.number))
            return end
        if not least and not most:
            return None
        self.add("area_min" if least else "area_max", render_number(first.number))
        return (least or most).end()  # type: ignore[union-attr]

    def _pets(self, pos: int) -> int | None:
        found = _PETS.match(self.plain, pos)
        if found:
            self.add("pets", "true")
        return found.end() if found else None

    def _place(self, pos: int) -> int | None:
        for key, names in (
            ("districts", self.lore.districts),
            ("neighborhoods", self.lore.neighborhoods),
        ):
            for name in sorted(names, key=len, reverse=True):
                if self.plain.startswith(plain(name), pos):
                    self.add(key, name)
                    return pos + len(name)
        named = self.lore.names.find(self.plain, pos)
        if named and len(named[0].communities) == 1:
            self.add("communities", named[0].communities[0])
            return named[1]
        return None

    def _word(self, pos: int) -> int | None:
        for key, name in _VALUES:
            vocabulary = self.lore.schema.vocabularies[name]
            for word in sorted(vocabulary.spellings(), key=len, reverse=True):
                if len(word) < 2 or word in _NOT_SOURCES or not self._stands(word, pos):
                    continue
                if key not in self.values:
                    id_ = vocabulary.find(word) or word
                    self.add(key, vocabulary.label(id_, self.lore.book.language))
                    return pos + len(word)
        return None

    def _feature(self, pos: int) -> int | None:
        must = _MUST.match(self.plain, pos)
        at = must.end() if must else pos
        vocabulary = self.lore.schema.vocabularies["feature"]
        for word in sorted(vocabulary.spellings(), key=len, reverse=True):
            if len(word) > 1 and self._stands(word, at):
                id_ = vocabulary.find(word) or word
                key = "must_have" if must and must["must"] else "nice_to_have"
                self.add(key, vocabulary.label(id_, self.lore.book.language))
                return at + len(word)
        return None

    def _stands(self, word: str, pos: int) -> bool:
        word = plain(word)
        if not self.plain.startswith(word, pos):
            return False
        around = self.plain[pos - 1 : pos] + self.plain[pos + len(word) : pos + len(word) + 1]
        return not word.isascii() or not any(c.isascii() and c.isalnum() for c in around)

    def keep_words(self, start: int) -> None:
        """Take nothing for a field but who it is; all other words stay as they were said."""
        self.values = {key: self.values[key] for key in _WHO if key in self.values}
        self.rest = [" ".join(PHONE.sub("", self.text[start:]).split())]

    def settle_amounts(self) -> None:
        """Put what was said of money where it belongs; without an intent it stays in words."""
        is_rent = "rent" in self.intents and "buy" not in self.intents
        is_buy = "buy" in self.intents and "rent" not in self.intents
        for first, second, side in self.amounts:
            key = "rent" if is_rent else "budget" if is_buy or first.is_yuan else ""
            if not key:
                self.rest.append(render_number(first.number))
                continue
            if second:
                # 300到400万: one unit after both counts for both.
                if second.is_yuan and not first.is_yuan and key == "budget":
                    first = first._replace(is_yuan=True, number=first.number * 10_000)
                self.add(f"{key}_min", _in_unit(first, key))
                self.add(f"{key}_max", _in_unit(second, key))
            else:
                self.add(f"{key}_{side}", _in_unit(first, key))


def _in_unit(amount: Amount, key: str) -> str:
    return render_number(amount.number if key == "rent" else amount.wan())
