"""A dictated line taken apart: who, which listing, when, what was done, and the rest of the words.

The line is read from its beginning for as long as it says something that is known;
what follows is the person's own words, in which only clauses that begin with
something still missing are read the same way.
"""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing_fields import Tail
from brokernotes.features.capturing_homes import Wanted, match_home, match_more
from brokernotes.features.capturing_lore import Lore
from brokernotes.features.capturing_parts import Parts
from brokernotes.features.capturing_times import Said, match_moment, match_promise
from brokernotes.features.capturing_verbs import (
    ABOUT_LISTINGS,
    MONEY,
    WITH_AMOUNT,
    match_cancel,
    match_move,
    match_owner,
    match_price,
    match_verb,
)
from brokernotes.features.capturing_walk import FILLER, LOOK, UNKNOWN, Walk
from brokernotes.model.spoken import match_amount
from brokernotes.model.verbs import SHOWING_VERBS

_COMPANION = re.compile(
    "(?:和|跟|与|带着?)(?:[他她]的?)?(?:老婆|老公|爱人|婆婆|公公|岳母|岳父|妈妈?|爸爸?|父母|儿子|女儿|孩子|家人"
    "|男友|女友|男朋友|女朋友|弟弟|妹妹|哥哥|姐姐|朋友)(?:一起)?"
)
_TELLING = frozenset({"客户", "有人", "又", "刚"})  # fillers that say something all the same
_CARRY = frozenset({"带", "带着", "陪", "约", "约了"})
_PHONE = re.compile(r"(?<![0-9])(?:\+?86[ -]?)?(1[0-9]{2}[ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9])")
_NO_NAME = frozenset("今昨明后前上下本这那个位的了和跟给带陪约对与说")
_WITH_LISTING = SHOWING_VERBS | ABOUT_LISTINGS | MONEY | WITH_AMOUNT | {"recommend"}
_MAY_BE_SEVERAL = SHOWING_VERBS | {"recommend"}
_AMOUNT_WORD = re.compile("[ ]?(?:到|了|是)?[ ]?")


class Scanner(Walk):
    """One line, read once.

    Args:
        text: the line without its bullet.
        today: the day it was said.
        lore: of the vault.
        parts: what is known already, by an answer; it is added to.
    """

    def __init__(self, text: str, today: date, lore: Lore, parts: Parts | None = None) -> None:
        super().__init__(text, today, lore)
        self.parts = parts or Parts()
        self.given = bool(parts and parts.people), bool(parts and parts.homes)
        self._is_coworker_given = bool(parts and parts.coworkers)
        self._carries = False
        self._after_filler = False
        self._in_tail = False

    def scan(self) -> tuple[Parts, Tail]:
        """Take the line apart."""
        pos = self._advance(0)
        tail = Tail(self.text, self.today, self.lore.book)
        tail.take(0, pos)
        self._in_tail = True
        for start in self.clause_starts(pos):
            if start >= pos:
                end = self._advance(start)
                if end > start:
                    tail.take(start, end)
                    pos = end
        return self.parts, tail

    # -- one step after the other

    def _advance(self, pos: int) -> int:
        """Read on from a place; the place after the last thing that was known."""
        last = pos
        while True:
            at = self.after_separators(pos)
            self._after_filler = False
            end = self._part(at)
            if end is None:
                filler = FILLER.match(self.plain, at)
                if filler:
                    word = filler["word"]
                    after = self.after_separators(filler.end())
                    self._after_filler = True
                    end = self._part(after)
                    if end is not None:
                        if word in _TELLING and not (word == "客户" and self.parts.people):
                            self.parts.kept.append(word)
                        self._carries = self._carries or word in _CARRY
                        is_arranged = word in ("约", "约了") and self.parts.verb is None
                        self.parts.is_arranged = self.parts.is_arranged or is_arranged
                    if end is None and after < len(self.plain):
                        second = FILLER.match(self.plain, after)
                        end = self._part(self.after_separators(second.end())) if second else None
            if end is None or end <= at:
                return last
            last = pos = end

    def _part(self, pos: int) -> int | None:
        """Read the one part that begins here."""
        if pos >= len(self.plain):
            return None
        for read in (
            self._read_phone,
            self._read_owner,
            self._read_cancel,
            self._read_price,
            self._read_moment,
            self._read_companion,
            self._read_look,
            self._read_verb,
            self._read_home,
            self._read_coworker,
            self._read_person,
            self._read_unknown,
            self._read_amount,
        ):
            end = read(pos)
            if end is not None:
                return end
        return None

    def _read_phone(self, pos: int) -> int | None:
        found = _PHONE.match(self.plain, pos)
        if not found or self.parts.people:
            return None
        digits = re.sub("[ -]", "", found[1])
        people = tuple(one for one in self.lore.people.values() if digits in one.phones)
        self.parts.people = people
        if not people:
            self.parts.phone = digits
        return found.end()

    def _read_owner(self, pos: int) -> int | None:
        parts = self.parts
        found = match_owner(self.plain, pos)
        if not found or parts.is_owner or parts.people or self._in_tail:
            return None
        if not found[1] and not parts.homes:
            return None
        if not found[1] and not self.is_followed(found[0]):
            return None
        parts.is_owner, parts.is_feedback = True, found[1]
        return found[0]

    def _read_cancel(self, pos: int) -> int | None:
        parts = self.parts
        if parts.cancels or (parts.verb is not None and parts.verb not in SHOWING_VERBS):
            return None
        end = match_cancel(self.plain, pos)
        if end is not None:
            if self._in_tail and (parts.verb is None or not parts.people):
                return None
            parts.cancels = self.text[pos:end]
            return end
        end = match_move(self.plain, pos)
        if end is None:
            return None
        parts.is_move = True
        moved = match_moment(self.plain, self.after_separators(end), self.today)
        parts.moved = moved
        end = moved.end if moved else end
        parts.cancels = self.text[pos:end]
        return end

    def _read_price(self, pos: int) -> int | None:
        parts = self.parts
        if parts.price or parts.verb in SHOWING_VERBS:
            return None
        found = match_price(self.plain, pos)
        if not found or not (parts.homes or parts.owned or parts.people):
            return None
        parts.price = found
        if found.relation != "to":
            parts.kept.append(self.text[pos : found.end])
        return found.end

    def _read_moment(self, pos: int) -> int | None:
        parts = self.parts
        if parts.verb and self._after_filler:
            return None
        stop = self.clause_end(pos)
        promise = match_promise(self.plain, pos, stop, self.today) if parts.verb else None
        tells_when = (
            promise is not None
            and promise.is_meeting
            and parts.verb in SHOWING_VERBS
            and parts.said is None
            and not self._in_tail
        )
        if (
            promise
            and not tells_when
            and (parts.said is not None or self._in_tail or self._names_action(pos, stop))
        ):
            return None
        said = match_moment(self.plain, pos, self.today)
        if said is None:
            return None
        if parts.said is None:
            is_open = said.day is None or said.day > self.today or said.is_loose
            if is_open and (self._in_tail or not self.is_followed(said.end)):
                return None
            parts.said = said
        elif not self._completes(said):
            known = parts.said
            if parts.verb is None and known.day and said.day and known.day != said.day:
                parts.other_day = self.text[pos : said.end]
            return None
        if said.part:
            parts.kept.append(said.part)
        return said.end

    def _names_action(self, pos: int, stop: int) -> bool:
        """Whether words follow the moment: 周二再联系, not 周二 alone."""
        said = match_moment(self.plain, pos, self.today)
        return said is not None and bool(self.plain[said.end : stop].strip())

    def _completes(self, said: Said) -> bool:
        """Take the time of a day that was named apart from it."""
        known = self.parts.said
        assert known is not None
        if said.day is None and known.minutes is None and not self._in_tail:
            if said.minutes is not None:
                self.parts.said = known._replace(minutes=said.minutes, duration=said.duration)
            return True
        if known.day is None and said.minutes is None and not self._in_tail:
            self.parts.said = known._replace(day=said.day, loose=said.loose)
            return True
        return False

    def _read_companion(self, pos: int) -> int | None:
        """李女士和她老公: whoever came along is part of the words, and of nothing else."""
        found = _COMPANION.match(self.plain, pos)
        if not found or not self.parts.people or self._in_tail:
            return None
        self.parts.kept.append(self.text[pos : found.end()])
        return found.end()

    def _read_look(self, pos: int) -> int | None:
        """带李女士看阳光花园: the verb is in two words, or what is looked at is a listing."""
        if self.parts.verb is not None:
            return None
        found = LOOK.match(self.plain, pos)
        if not found:
            return None
        at = self.after_separators(found.end())
        if not (self._carries and self.parts.people) and not match_home(self.plain, at, self.lore):
            return None
        self.parts.verb = "showing"
        return found.end()

    def _read_verb(self, pos: int) -> int | None:
        if self.parts.verb is not None:
            return None
        if self._in_tail and not self.parts.has_anybody:
            return None
        found = match_verb(self.plain, pos, self.lore.book)
        if not found:
            return None
        self.parts.verb, self.parts.inbound = found.verb, found.inbound
        self.parts.verb_words = self.text[pos : found.end]
        return found.end

    def _read_home(self, pos: int) -> int | None:
        parts = self.parts
        if parts.homes and not (self.given[1] and len(parts.homes) == 1):
            return None
        found = match_home(self.plain, pos, self.lore)
        if not found or self._is_rather_person(pos, found):
            return None
        found = found._replace(said=self.text[pos : found.end].strip())
        is_mention = parts.verb is not None and parts.verb not in _WITH_LISTING
        if is_mention and (self._in_tail or not self.is_followed(found.end, strictly=True)):
            return None  # 电话 对阳光花园三房的价格不满意 is text
        if self.given[1]:
            return found.end
        parts.homes.append(found)
        end = found.end
        while parts.verb is None or parts.verb in _MAY_BE_SEVERAL:
            more = match_more(self.plain, end, self.lore, found) or self._one_more(end)
            if more is None:
                break
            parts.homes.append(more)
            end = more.end
        return end

    def _one_more(self, pos: int) -> Wanted | None:
        """Another listing after no more than a space; its name may begin a word of its own."""
        found = match_home(self.plain, self.after_separators(pos), self.lore)
        if found is None or not self.is_followed(found.end, strictly=True):
            return None
        known = {home for wanted in self.parts.homes for home in wanted.homes}
        return None if known >= set(found.homes) else found

    def _is_rather_person(self, pos: int, found: Wanted) -> bool:
        """Whether a longer name of a person begins at the same place."""
        named = self.lore.names.find(self.plain, pos)
        return bool(named and named[0].people and not named[0].homes and named[1] >= found.end)

    def _read_person(self, pos: int) -> int | None:
        parts = self.parts
        named = self.lore.names.find(self.plain, pos)
        if not named or not (named[0].people or named[0].owned):
            return None
        meaning, end = named
        if self.given[0]:
            return end if not self._in_tail else None
        if not parts.people and not parts.owned:
            parts.people, parts.owned = meaning.people, meaning.owned
            parts.named.append(meaning.people)
            return end
        if parts.verb is not None or self._in_tail:
            return None
        if meaning.people and set(meaning.people) != set(parts.people):
            parts.named.append(meaning.people)
        return end

    def _read_coworker(self, pos: int) -> int | None:
        """小周 今天带李女士看…: what the line tells, that colleague did."""
        parts = self.parts
        at = pos + 1 if self.plain[pos] == "@" else pos
        named = self.lore.names.find(self.plain, at)
        if not named or not named[0].coworkers:
            return None
        meaning, end = named
        if at == pos and (self._in_tail or parts.verb is not None):
            return None  # words about them
        if at == pos and (meaning.people or meaning.owned or meaning.homes):
            return None  # rather whoever one deals with
        if parts.coworkers:
            return end if self._is_coworker_given else None
        parts.coworkers, parts.coworker_words = meaning.coworkers, self.text[at:end]
        return end

    def _read_unknown(self, pos: int) -> int | None:
        parts = self.parts
        if parts.people or parts.owned or parts.unknown or self._in_tail or parts.verb:
            return None
        found = UNKNOWN.match(self.plain, pos)
        if not found or found[0][0] in _NO_NAME:
            return None
        parts.unknown = self.text[pos : found.end()]
        return found.end()

    def _read_amount(self, pos: int) -> int | None:
        if self.parts.verb not in WITH_AMOUNT or self.parts.amount is not None:
            return None
        word = _AMOUNT_WORD.match(self.plain, pos)
        amount = match_amount(self.plain, word.end() if word else pos)
        if amount is None or amount.number < 5:
            return None
        self.parts.amount = amount
        return amount.end
