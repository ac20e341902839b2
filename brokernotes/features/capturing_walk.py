"""Going through a dictated line: its clauses, the small words between its parts."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing_fields import SEPARATORS
from brokernotes.features.capturing_lore import Lore, plain
from brokernotes.features.capturing_times import match_moment
from brokernotes.features.capturing_verbs import match_cancel, match_price, match_verb

# Small words that say nothing where something known follows them.
FILLER = re.compile(
    "(?:我们?)?(?P<word>给[他她]们?|跟|和|与|给|对|约了?|带着?|陪|在|去|到|来|的|了|已经?|刚|又|客户|有人"
    r"|说(?=[^ \t,，。;；]{0,12}(?:降|涨|调|改)[价到成]))"
    "|我们?"
    "|(?:i|we|with|to|at|for|the|a|an|and|on|of|by|has|was)(?= )"
)
# Looking at a home, said apart from its 带 or with the home behind it.
LOOK = re.compile("(?:去|来|过来)?看(?:了|过|房)?(?![起来说见法好中])")
# What is called like a person.
UNKNOWN = re.compile(
    "[一-鿿]{1,2}?(?:老先生|先生|女士|小姐|太太|阿姨|老师|师傅|医生|护士|总)"
    "|(?:mr|ms|mrs|miss|dr)\\.? [a-z]+"
)


class Walk:
    """A line, and how one gets along in it.

    Args:
        text: the line without its bullet.
        today: the day it was said.
        lore: of the vault.
    """

    def __init__(self, text: str, today: date, lore: Lore) -> None:
        self.text = text
        self.plain = plain(text)
        self.today = today
        self.lore = lore

    def clause_starts(self, pos: int) -> list[int]:
        """Where clauses begin, from a place on."""
        starts = []
        for at in range(pos, len(self.plain)):
            if self.plain[at] not in SEPARATORS and (at == 0 or self.plain[at - 1] in SEPARATORS):
                starts.append(at)
        return starts

    def after_separators(self, pos: int) -> int:
        """The first place from here on that is neither space nor punctuation."""
        while pos < len(self.plain) and self.plain[pos] in SEPARATORS + ".:：":
            pos += 1
        return pos

    def clause_end(self, pos: int) -> int:
        """Where the clause of a place ends; spaces end those of Chinese."""
        at = pos
        while at < len(self.plain) and self.plain[at] not in ",，。;；":
            if self.plain[at] in " \t" and not self.plain[:at].isascii():
                break
            at += 1
        return at

    def is_followed(self, end: int, *, strictly: bool = False) -> bool:
        """Whether a moment stands apart, or before something known: 这周末不方便 is none."""
        if end >= len(self.plain) or self.plain[end] in SEPARATORS:
            return True
        filler = FILLER.match(self.plain, end)
        for at in (end, filler.end() if filler else end):
            known = (
                match_verb(self.plain, at, self.lore.book)
                or self.lore.names.find(self.plain, at)
                or match_cancel(self.plain, at)
                or match_price(self.plain, at)
                or LOOK.match(self.plain, at)
                or match_moment(self.plain, at, self.today)
                or UNKNOWN.match(self.plain, at)
                or (filler and not strictly)
            )
            if known:
                return True
        return False
