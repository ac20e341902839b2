"""What a word of a demand asks of a home: 可养猫, 朝南, 顶楼, 无电梯, 满五唯一, 学位已用.

Clients' words are free (`must_have`, `nice_to_have`, `deal_breakers`, and objections to homes).
Many of them a field of the listing answers under another name; those are read here, from what
everybody may know of a home. A word that nothing answers is not known, which is a question.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from brokernotes.features.matching_sides import Home
from brokernotes.features.matching_word_rules import (
    AMBIGUOUS,
    FEATURES,
    RULES,
    SCHOOL_PLACE,
    SIDES,
    Answer,
    Rule,
    allows_pets,
    is_lent_on,
)
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import fold

# Of a client's word: before what is not wanted there.
_NOT = ("没有", "不要", "不带", "without ", "not ", "no ", "无", "没", "不", "非")
_REFUSALS = ("不要", "不能要", "不接受", "拒绝")
_SHORTEST, _SHORTEST_ASCII = 2, 4  # letters of a word that is looked for within phrases


class Reading(NamedTuple):
    """How a client's word is read.

    Attributes:
        word: the id of a feature, else the word itself, without a leading "no".
        is_denied: whether that "no" was there.
        rule: what answers it beside the home's own words; None: nothing.
        spellings: words that say the same within a phrase.
        is_alias: whether it is another word for a feature.
    """

    word: str
    is_denied: bool
    rule: Rule | None
    spellings: tuple[str, ...]
    is_alias: bool = False

    @property
    def side(self) -> str:
        """`sale` or `lease`, where it is asked on that side alone; "": on either."""
        return SIDES.get(self.rule, "") if self.rule is not None else ""

    @property
    def is_said_of(self) -> bool:
        """Whether it is said of a home, as 朝南 is, and nothing it has, as 电梯 is."""
        return self.is_denied or self.is_alias or self.rule is not None

    @property
    def is_told_by_phrases(self) -> bool:
        """Whether a phrase that mentions it proves it; 共有两个阳台 is not owned by two."""
        return self.rule not in AMBIGUOUS

    def is_in(self, phrases: str) -> bool:
        """Whether phrases mention it."""
        return any(one in phrases for one in self.spellings)


def holds(term: str, home: Home) -> Answer:
    """Whether a word is true of a home; None: nothing says so.

    Args:
        term: a feature's id, or a word of the client's own.
        home: the home.
    """
    if term in home.has:
        return True
    if term in home.lacks:
        return False
    read = reading_of(term)
    if read.word in home.has:
        found: Answer = True
    elif read.word in home.lacks:
        found = False
    else:
        found = read.rule(home) if read.rule is not None else None
        if found is None and home.said and read.is_told_by_phrases and read.is_in(home.said):
            found = True
    return found if found is None or not read.is_denied else not found


def is_faulty(term: str, home: Home) -> Answer:
    """Whether a home is what is not acceptable; a flaw that names it is enough.

    Whoever writes 不要顶楼 among what is not acceptable means 顶楼.
    """
    for mark in _REFUSALS:
        term = term.removeprefix(mark) or term
    found = holds(term, home)
    if found is None and home.flaws:
        read = reading_of(term)
        return True if not read.is_denied and read.is_in(home.flaws) else None
    return found


@functools.lru_cache(maxsize=4096)
def reading_of(term: str) -> Reading:
    """How a client's word is read."""
    if (found := _known(term, is_denied=False)) is not None:
        return found
    plain = term.strip().lower()
    for mark in _NOT:
        rest = plain.removeprefix(mark).strip()
        if plain.startswith(mark) and rest:
            return _known(rest, is_denied=True) or Reading(rest, True, None, _long_enough([rest]))
    return Reading(term, False, None, _long_enough([plain]))


def _known(term: str, *, is_denied: bool) -> Reading | None:
    """A word of ours; None: it is the client's own."""
    word = fold(term)
    feature, rule = FEATURES.get(word), RULES.get(word)
    if feature is None and rule is None:
        return None
    same = [one for one, id_ in FEATURES.items() if id_ == feature] if feature else [word]
    is_other = feature is not None and term != feature
    return Reading(feature or term, is_denied, rule, _long_enough(same), is_other)


def _long_enough(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        one for one in words if len(one) >= (_SHORTEST_ASCII if one.isascii() else _SHORTEST)
    )


def are_pets(term: str) -> bool:
    """Whether a word asks whether an animal may live there."""
    return reading_of(term).rule is allows_pets


def is_loan(term: str) -> bool:
    """Whether a word asks whether a bank lends on it."""
    return reading_of(term).rule is is_lent_on


def is_school(term: str) -> bool:
    """Whether a word is about a school district or a place at its school."""
    read = reading_of(term)
    return read.word == "school" or read.rule in SCHOOL_PLACE
