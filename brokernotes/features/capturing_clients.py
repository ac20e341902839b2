"""A new client as dictated: 新客 王女士 12000001111 求租 两房 6000."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing import CERTAIN, PROPOSED, QUESTION, Append, NewClient, Verdict
from brokernotes.features.capturing_fields import SEPARATORS
from brokernotes.features.capturing_homes import match_rooms
from brokernotes.features.capturing_lore import Lore, plain
from brokernotes.model.measures import render_number
from brokernotes.model.numerals import NUMERAL
from brokernotes.model.records import LogEntry
from brokernotes.model.spoken import Amount, match_amount

_NEW = re.compile("(?:新增?客户?|新客源|new (?:client|lead|customer))[ ::,，、]*")
_NAME = re.compile(
    "(?P<zh>[一-鿿]{1,3}(?:老先生|先生|女士|小姐|太太|阿姨|老师|师傅|医生|护士|总|姐|哥|叔))"
    "|(?P<en>(?:mr|ms|mrs|miss|dr)\\.? [a-z]+)"
)
_PHONE = re.compile(r"(?:\+?86[ -]?)?(1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])")
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
_MUST = re.compile("(?:必须|一定|得)?要?有?(?=[一-鿿])")
_VALUES = (("purpose", "purpose"), ("payment", "payment"), ("lease_mode", "lease_mode"),
           ("homes_owned", "homes_owned"), ("source", "client_source"))  # fmt: skip
_WHO = ("salutation", "phone", "source")
_NOT_SOURCES = frozenset({"电话", "其他", "phone", "other"})


class _Reading:
    """One line being read, from left to right."""

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
        found = _PHONE.match(self.plain, pos)
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
            upper = match_rooms(self.plain, span.end())
            lower = match_rooms(f"{span['low']}房", 0)
            if upper and lower and upper[0] is not None:
                self.add("bedrooms_min", str(lower[0]))
                self.add("bedrooms_max", str(upper[0]))
                return upper[3]
        rooms = match_rooms(self.plain, pos)
        if not rooms or rooms[0] is None or "bedrooms_min" in self.values:
            return None
        self.add("bedrooms_min", str(rooms[0]))
        return rooms[3]

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
                key = "must_have" if must and must[0] else "nice_to_have"
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
        self.rest = [" ".join(_PHONE.sub("", self.text[start:]).split())]

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


def read_new_client(text: str, day: date, lore: Lore) -> Verdict | None:
    """The verdict on a line that begins with 新客; None: it does not.

    Args:
        text: of the line, or an answer before it.
        day: it was said.
        lore: of the vault.
    """
    found = _NEW.match(plain(text).lstrip())
    if not found:
        return None
    lead = len(text) - len(text.lstrip())
    reading = _Reading(text, day, lore)
    reading.read(found.end() + lead)
    reading.settle_amounts()
    if not {"salutation", "phone"} & reading.values.keys():
        return Verdict(kind=QUESTION, code="who", day=day)
    if reading.intents and not {"buy", "rent"} & set(reading.intents):
        reading.keep_words(found.end() + lead)  # of a home to sell nothing is a demand
    labels = lore.schema.vocabularies["intent"]
    values = {key: list(value) for key, value in reading.values.items()}
    if reading.intents:
        values["intents"] = [labels.label(one, lore.book.language) for one in reading.intents]
    ordered = {key: values[key] for key in lore.schema.fields("client") if key in values}
    joined = tuple((key, "、".join(items)) for key, items in ordered.items())
    action = NewClient(_title(ordered, lore.book.language), joined, day, " ".join(reading.rest))
    if lore.is_made(action):
        return Verdict(kind=CERTAIN, actions=(action,), day=day)
    doubt = _doubt(ordered, lore)
    return _known(reading, lore) or Verdict(
        kind=PROPOSED if doubt else CERTAIN, code=doubt, actions=(action,), day=day,
        said="、".join(ordered.get("salutation", [])),
    )  # fmt: skip


def _doubt(values: dict[str, list[str]], lore: Lore) -> str:
    if not values:
        return "no-intent"
    named = [lore.names.find(plain(word), 0) for word in values.get("salutation", [])]
    if "phone" not in values and any(one and one[0].people for one in named):
        return "same-name"
    return "" if "intents" in values else "no-intent"


def _known(reading: _Reading, lore: Lore) -> Verdict | None:
    """A client who has the phone already: what was said goes into that log, after a yes."""
    phones = set(reading.values.get("phone", ()))
    people = [one for one in lore.people.values() if phones & set(one.phones)]
    if not people:
        return None
    text = _NEW.sub("", reading.text.strip(), count=1) if reading.text.isascii() else reading.text
    text = re.sub("^[ ]*新增?客户?(?:源)?[ ::,，、]*", "", text)
    text = " ".join(_PHONE.sub("", text).split())
    entry = LogEntry(
        day=reading.day, verb="followup", line=0, fields={"from": "client"}, text=text.strip()
    )
    return Verdict(
        kind=PROPOSED, code="known-phone", candidates=(people[0].ref,),
        actions=(Append(people[0].ref, entry),), day=reading.day,
    )  # fmt: skip


def _title(values: dict[str, list[str]], language: str) -> str:
    """李女士 浦东两房: how the client is addressed and the want in a word."""
    who = (values.get("salutation") or ["客户" if language == "zh" else "Client"])[0]
    place = (
        values.get("districts") or values.get("neighborhoods") or values.get("intents") or [""]
    )[0]
    rooms = (values.get("bedrooms_min") or [""])[0]
    if language == "zh":
        count = (
            "一两三四五六七八九"[int(rooms) - 1] if rooms.isdigit() and 0 < int(rooms) < 10 else ""
        )
        want = f"{place}{count}房" if count else place
    else:
        want = f"{place} {rooms} bed".strip() if rooms else place
    return f"{who} {want}".strip()


def _in_unit(amount: Amount, key: str) -> str:
    return render_number(amount.number if key == "rent" else amount.wan())
