"""The fields of an entry as a dictated line says them, and the words that are left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from brokernotes.features.capturing_lore import plain
from brokernotes.features.capturing_times import find_impossible_day, match_promise
from brokernotes.model.numerals import parse_numeral
from brokernotes.model.spoken import match_amount
from brokernotes.notes.log_vocabulary import LogBook

# How the fields of an entry follow one another: what came of it, the mind of those concerned, then
# what is next.
ORDER = ("outcome", "from", "interest", "reaction", "objections", "amount", "side",
         "expected_price", "reserve_price", "owner_outcome", "slip", "next", "place")  # fmt: skip
CONTRADICTION = "contradiction"
SEPARATORS = " \t,，。;；、!！\u3000"
_CLAUSE = re.compile(r"[^ \t,，。;；!！\u3000]+")
_ASCII_CLAUSE = re.compile(r"[^,;.!，。；！]+")
_INTEREST = re.compile(
    "(?:意向度?|意愿度?|interest(?: level)?)[ ::]?(?:是|为)?"
    "(?P<number>[0-9]{1,2}|[零一二两三四五六七八九十])"
    "(?:分|级|星)?(?![0-9万千百十个套室房.])"
)
_MONEY_KEYS = (
    (
        "expected_price",
        re.compile(
            "心理(?:价位?|价格|预期)[ ::]?(?:是|在|大概|降到|到)?|expected price[ :]?(?:is )?"
        ),
    ),
    ("reserve_price", re.compile("底(?:价|线)[ ::]?(?:是|在|降到|到)?|reserve price[ :]?(?:is )?")),
)
_SLIP = re.compile(
    "(?:看房)?确认书(?:编?号)?[ ::]?(?P<slip>[^ \t,，。;；]{2,24})|slip[ :](?P<en>[^ ,;]{2,24})"
)
_NAMED_OBJECTIONS = re.compile(
    "顾虑[ ::]?(?P<words>[^ \t,，。;；]{1,24})|objections?[ :](?P<en>[a-z, ]{3,40})"
)
_OBJECTIONS = (
    ("price", re.compile("嫌太?贵|(?:价格|总价|租金)太?(?:高|贵)|too expensive")),
    ("layout", re.compile("嫌户型|户型不(?:好|行|合理|喜欢)")),
    ("light", re.compile("嫌采光|采光(?:太差|不好|不行|差)")),
    ("floor", re.compile("嫌楼层|楼层太?(?:高|低)")),
    ("decoration", re.compile("嫌装修|装修太?(?:旧|差|老)")),
    ("family", re.compile("(?:跟|和|与)?(?:家人|家里|家里人|老公|老婆|爱人|太太|先生)(?:再)?商量")),
)
_REACTIONS = {
    "喜欢": "like", "很喜欢": "like", "挺喜欢": "like", "蛮喜欢": "like", "liked it": "like",
    "考虑": "consider", "再考虑": "consider", "考虑一下": "consider", "再考虑一下": "consider",
    "考虑考虑": "consider", "再考虑考虑": "consider", "considering": "consider",
    "放弃": "reject", "放弃了": "reject", "不考虑": "reject", "不考虑了": "reject",
    "不要了": "reject", "rejected": "reject",
}  # fmt: skip
_NAMED_REACTION = re.compile("(?:客户)?反应(?:是|说)?[ :：]?(?=[一-鿿])")
_PLAIN_REACTIONS = frozenset({"喜欢", "考虑", "放弃", "放弃了", "不考虑", "不考虑了"})
_OUTCOMES = {
    "没接电话": "no_answer", "不接电话": "no_answer", "没人接电话": "no_answer",
    "没打通": "no_answer", "打不通": "no_answer", "没有接": "no_answer", "不接": "no_answer",
    "没人接": "no_answer", "无人接听": "no_answer", "回复了": "replied", "回了": "replied",
    "没回复": "sent", "没有回": "sent", "没有回复": "sent", "no answer": "no_answer",
    "no reply": "sent", "replied": "replied", "wrong number": "wrong_number",
}  # fmt: skip
_OWNER = re.compile("(?:业主|房东)(?:那边)?|owner ")
_PLACE = re.compile("(?:在|到|约在)?(?P<place>[^ \t,，。;；]{1,16}?)(?:集合|碰头|碰面|见面|见)$")
_ENGLISH_PLACE = re.compile("meet(?:ing)? at (?P<place>[^,;.]{2,30})$")


class BadValueError(Exception):
    """A field is there, and its value is none, or it is there twice with two values.

    Args:
        said: its words.
        code: of the question that is asked then.
    """

    def __init__(self, said: str, code: str = "bad-value") -> None:
        super().__init__(said)
        self.said = said
        self.code = code


class Tail:
    """The part of a line that is in nobody's words but the dictating person's.

    Args:
        text: as typed.
        today: the day it was said.
        book: of the brokerage.
    """

    def __init__(self, text: str, today: date, book: LogBook) -> None:
        self.text = text
        self.plain = plain(text)  # what is taken becomes commas, which end clauses
        self._today = today
        self._book = book
        self._gone = [False] * len(text)
        self.fields: dict[str, object] = {}

    # -- reading

    def read(self) -> None:
        """Take every field out of the text.

        Raises:
            BadValueError: a field's value is none, or contradicts another.
        """
        impossible = find_impossible_day(self.plain)
        if impossible:
            at = self.plain.index(impossible)
            raise BadValueError(self.text[at : at + len(impossible)])
        self._read_pattern(_SLIP, "slip", lambda found: self._typed(found, "slip", "en"))
        for key, pattern in _MONEY_KEYS:
            self._read_money(key, pattern)
        self._read_pattern(_INTEREST, "interest", _interest)
        self._refuse_other_interest()
        self._read_objections()
        self._read_promise()
        self._read_clauses()
        self.fields = {key: self.fields[key] for key in ORDER if key in self.fields}

    def _read_pattern(self, pattern: re.Pattern[str], key: str, value_of: object) -> None:
        found = pattern.search(self.plain)
        if found and key not in self.fields:
            value = value_of(found)  # type: ignore[operator]
            if value is not None:
                self.fields[key] = value
                self._take(*found.span())

    def _refuse_other_interest(self) -> None:
        for found in _INTEREST.finditer(self.plain):
            if _interest(found) != self.fields["interest"]:
                raise BadValueError(self.text[slice(*found.span())], CONTRADICTION)

    def _typed(self, found: re.Match[str], *names: str) -> str | None:
        for name in names:
            if found[name]:
                return self.text[found.start(name) : found.end(name)]
        return None

    def _read_money(self, key: str, pattern: re.Pattern[str]) -> None:
        for found in pattern.finditer(self.plain):
            amount = match_amount(self.plain, found.end())
            if amount is None:
                continue
            if self.fields.setdefault(key, amount.wan()) != amount.wan():
                raise BadValueError(self.text[found.start() : amount.end], CONTRADICTION)
            self._take(found.start(), amount.end)

    def _read_objections(self) -> None:
        vocabulary = self._book.schema.vocabularies["objection"]
        named = _NAMED_OBJECTIONS.search(self.plain)
        ids: list[str] = []
        if named:
            words = re.split(r"[、/和]|,| and ", named["words"] or named["en"])
            ids = [vocabulary.find(word.strip()) or word.strip() for word in words if word.strip()]
            self._take(*named.span())
        for id_, pattern in _OBJECTIONS:
            found = pattern.search(self.plain)
            before = self.plain[max(found.start() - 1, 0) : found.start()] if found else ""
            if found and before not in ("不", "没") and id_ not in ids:
                ids.append(id_)
        if ids:
            self.fields["objections"] = tuple(ids)

    def _read_promise(self) -> None:
        for start, stop in self._clauses():
            for pos in range(start, stop):
                if self._gone[pos] or not _may_begin(self.plain, pos):
                    continue
                promise = match_promise(self.plain, pos, stop, self._today)
                if promise is None or self._is_negated(start, pos):
                    continue
                if promise.is_meeting and pos > start and self.plain[pos - 1] not in SEPARATORS:
                    continue
                self.fields["next"] = promise.value
                if not promise.keeps_words:
                    self._take(promise.start, promise.end)
                return

    def _is_negated(self, start: int, pos: int) -> bool:
        """Whether what goes before denies it, or it is said of somebody else."""
        return any(word in self.plain[start:pos] for word in ("不用", "不要", "别"))

    def _read_clauses(self) -> None:
        """Clauses that are an outcome's or a reaction's word, and nothing else."""
        outcomes = self._book.schema.vocabularies["outcome"]
        for start, stop in self._clauses():
            if any(self._gone[start:stop]):
                continue
            clause = self.plain[start:stop].strip()
            owner = _OWNER.match(clause)
            word = clause[owner.end() :] if owner else clause
            outcome = _OUTCOMES.get(word) or outcomes.find(word)
            key = "owner_outcome" if owner else "outcome"
            if outcome and key not in self.fields:
                self.fields[key] = outcome
                self._take(start, stop)
                continue
            word = clause[named.end() :] if (named := _NAMED_REACTION.match(clause)) else clause
            reaction = _REACTIONS.get(word) or self._book.schema.vocabularies["reaction"].find(word)
            if reaction and "reaction" not in self.fields:
                self.fields["reaction"] = reaction
                if named or clause in _PLAIN_REACTIONS or clause.isascii():
                    self._take(start, stop)

    def read_place(self) -> None:
        """Find where to meet, for what is planned; its words stay."""
        for start, stop in self._clauses():
            clause = self.plain[start:stop]
            found = _PLACE.fullmatch(clause) or _ENGLISH_PLACE.search(clause)
            if found and not any(self._gone[start:stop]):
                at = start + found.start("place")
                self.fields["place"] = self.text[at : at + len(found["place"])]
                return

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """Clauses as places in the text; those of English end at commas only."""
        for found in _CLAUSE.finditer(self.plain):
            if not found[0].isascii():
                yield found.span()
        for found in _ASCII_CLAUSE.finditer(self.plain):
            if found[0].isascii() and found[0].strip():
                lead = len(found[0]) - len(found[0].lstrip())
                yield found.start() + lead, found.start() + len(found[0].rstrip())

    # -- what is left

    def take(self, start: int, end: int) -> None:
        """A stretch of the text that stands elsewhere in the entry."""
        self._take(start, end)

    def _take(self, start: int, end: int) -> None:
        end = min(end, len(self.text))
        for at in range(start, end):
            self._gone[at] = True
        self.plain = f"{self.plain[:start]}{',' * (end - start)}{self.plain[end:]}"

    def rest(self) -> str:
        """The words that became no field, as typed."""
        pieces: list[str] = []
        at = 0
        while at < len(self.text):
            if not self._gone[at]:
                stop = at
                while stop < len(self.text) and not self._gone[stop]:
                    stop += 1
                pieces.append(self.text[at:stop])
                at = stop
            else:
                at += 1
        kept = pieces[0] if pieces else ""
        for piece in pieces[1:]:
            bare = piece.lstrip(SEPARATORS)
            ends_clause = not kept or kept[-1] in SEPARATORS
            kept += bare if ends_clause else f" {bare}" if bare else ""
        return kept.strip(" \t\u3000,，、;；")


def _interest(found: re.Match[str]) -> int:
    number = parse_numeral(found["number"])
    if number is None or not 1 <= number <= 5:
        raise BadValueError(found[0])
    return number


def _may_begin(text: str, pos: int) -> bool:
    """Whether a promise may begin here: not within a word of English, nor within a number."""
    before, here = text[pos - 1 : pos], text[pos]
    if here in SEPARATORS:
        return False
    return not (before.isascii() and before.isalnum() and here.isascii() and here.isalnum())
