"""The words of a query: what its text is made of, with places."""

from __future__ import annotations

import re

from brokernotes.errors import ArgumentError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.query_tree import Span, Test
from brokernotes.model.source_text import narrow

ORS = frozenset(("or", "或", "或者", "|", "||"))
ANDS = frozenset(("and", "且", "并且", "&&"))
NOTS = frozenset(("not", "非"))
KEYWORDS = ORS | ANDS | NOTS
# Opening quotes and what closes them; `＂` is narrowed to `"`.
QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』"}
_OPERATOR = re.compile(r" *(?:: *(?=[<>≤≥])|: *(?=!=))?(!=|≠|<=|=<|≤|>=|=>|≥|==|:|=|<|>)")
_OPERATORS = {"≠": "!=", "=<": "<=", "≤": "<=", "=>": ">=", "≥": ">=", "==": "="}
MINUS = "-−"


class Token(NamedTuple):
    """A piece of the query.

    Attributes:
        kind: `(`, `)`, `or`, `and`, `not`, `word`, `phrase`, `test`, `group` (a test whose
            values stand in parentheses).
        span: of the whole.
        test: of a test: its parts.
    """

    kind: str
    span: Span
    text: str = ""
    test: Test | None = None


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query.

    Raises:
        ArgumentError: a quotation mark is never closed, a key or a value is missing.
    """
    return _Tokens(text).all()


class _Tokens:
    """Takes a query apart."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = narrow(text)

    def all(self) -> list[Token]:
        """Every token."""
        found: list[Token] = []
        at = 0
        while True:
            at = self._past_space(at)
            if at == len(self.plain):
                return found
            token = self._next(at)
            found.append(token)
            at = token.span[1]

    def _past_space(self, at: int) -> int:
        while at < len(self.plain) and self.plain[at].isspace():
            at += 1
        return at

    def _next(self, at: int) -> Token:
        character = self.plain[at]
        if character in "()":
            return Token(character, (at, at + 1))
        if character in MINUS and self.plain[at + 1 : at + 2].strip(" )"):
            return Token("not", (at, at + 1))
        if character in QUOTES:
            phrase, end = self._phrase(at)
            return self._test(at, phrase, end) or Token("phrase", (at, end), phrase)
        end = self._run(at, stops_at_operator=True)
        word = self.text[at:end]
        if word and (word[0].isalpha() or word[0] == "_"):
            test = self._test(at, word, end)
            if test:
                return test
        if end == at:
            found = _OPERATOR.match(self.plain, at)
            stop = found.end() if found else at + 1
            raise ArgumentError(
                N_("no key stands before {sign}"),
                self.text,
                (at, stop),
                hint=N_('Write KEY and a value, such as price>=300; quote it to search it: "…".'),
                sign=self.text[at:stop].strip(),
            )
        end = self._run(at)
        return Token(_keyword(self.plain[at:end]) or "word", (at, end), self.text[at:end])

    def _test(self, start: int, key: str, end: int) -> Token | None:
        """The test that begins with a key; None: no operator follows."""
        if _keyword(narrow(key)) and self.plain[end : end + 1].isspace():
            return None
        found = _OPERATOR.match(self.plain, end)
        if not found:
            return None
        operator = _OPERATORS.get(found[1], found[1])
        at = self._past_space(found.end())
        key_span = start, end
        if self.plain[at : at + 1] == "(":
            test = Test(key, operator, "", key_span, (at, at + 1))
            return Token("group", (start, at), test=test)
        if at < len(self.plain) and self.plain[at] in QUOTES:
            phrase, stop = self._phrase(at)
            test = Test(key, operator, phrase, key_span, (at, stop), is_quoted=True)
            return Token("test", (start, stop), test=test)
        stop = self._run(at)
        if stop == at:
            raise ArgumentError(
                N_("no value stands after {key}"),
                self.text,
                (start, found.end()),
                hint=N_("`{key}:none` finds notes without it, `{key}:any` those that have it."),
                key=key,
            )
        test = Test(key, operator, self.text[at:stop], key_span, (at, stop))
        return Token("test", (start, stop), test=test)

    def _run(self, at: int, *, stops_at_operator: bool = False) -> int:
        """The end of a run without spaces; parentheses that open within it belong to it."""
        depth = 0
        start = at
        while at < len(self.plain):
            character = self.plain[at]
            if character.isspace() or (character == ")" and not depth):
                break
            if stops_at_operator and (character in ":=<>≤≥≠" or self.plain[at : at + 2] == "!="):
                break
            depth += (character == "(") - (character == ")") if at > start else 0
            at += 1
        return at

    def _phrase(self, at: int) -> tuple[str, int]:
        """A quoted text and the place after it; a backslash takes the next character as it is."""
        closing = QUOTES[self.plain[at]]
        kept: list[str] = []
        place = at + 1
        while place < len(self.text):
            character = self.plain[place]
            if character == "\\" and place + 1 < len(self.text):
                place += 1
            elif character == closing:
                return "".join(kept), place + 1
            kept.append(self.text[place])
            place += 1
        raise ArgumentError(N_("this quotation mark is never closed"), self.text, (at, at + 1))


def _keyword(word: str) -> str | None:
    word = word.lower()
    return "or" if word in ORS else "and" if word in ANDS else "not" if word in NOTS else None
