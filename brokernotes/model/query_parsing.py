"""The query language: text to a tree of words and tests, with their places.

    query  := all ((or | 或) all)*
    all    := one+                          and | 且 may stand between
    one    := (not | 非 | -) one | ( query ) | test | word | "phrase"
    test   := key operator (value | "value" | ( values ))
    values := a query whose words are values of the key

A tokenizer and a recursive descent over its tokens; nothing is known here of fields.
Full-width signs count as their plain ones.
"""

from __future__ import annotations

from collections.abc import Callable

from brokernotes.errors import ArgumentError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.query_tokens import MINUS, Token, tokens_of
from brokernotes.model.query_tree import EVERYTHING, Span, Test, Tree, Word, both, either, negated

LONGEST = 10_000  # code points of a query
DEEPEST = 50  # parentheses within parentheses
MOST = 200  # words and tests: SQLite reads expressions of no more than a thousand terms
_LONGEST_PHRASE = 4  # further words of a value such as `for sale`, `3 days ago`

Reads = Callable[[str, str], bool]


def parse_query(text: str, reads: Reads | None = None) -> Tree:
    """Read a query.

    Args:
        text: as typed; words of the command line joined by spaces.
        reads: tells whether a key knows a value of several words, which then needs no quotes.

    Returns:
        A tree of `Word` and `Test`; `EVERYTHING` for an empty query.

    Raises:
        ArgumentError: it cannot be read; with the place.
    """
    if len(text) > LONGEST:
        raise ArgumentError(
            N_("a query has at most {most} characters"), text[:60], (0, 60), most=LONGEST
        )
    tokens = tokens_of(text)
    if not tokens:
        return EVERYTHING
    if len(tokens) > 3 * MOST:
        raise ArgumentError(
            N_("a query has at most {most} conditions"), text, tokens[-1].span, most=MOST
        )
    return _Parser(text, tokens, reads).whole()


def quoted(text: str) -> str:
    """A text as a phrase of the query language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@dataclass(slots=True)
class _Parser:
    """Descends over the tokens.

    Attributes:
        text: the query.
        tokens: of it.
        reads: see `parse_query`.
        at: the next token.
        depth: of parentheses that are open.
        key: the test whose values stand in the parentheses.
    """

    text: str
    tokens: list[Token]
    reads: Reads | None
    at: int = 0
    depth: int = 0
    key: Test | None = None

    def whole(self) -> Tree:
        """The query."""
        tree = self._either()
        token = self._peek()
        if token is not None:  # only `)` ends a query before its end
            raise self._error(N_("no parenthesis is open that this one would close"), token.span)
        return tree

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _error(self, message: str, span: Span, **params: object) -> ArgumentError:
        return ArgumentError(message, self.text, span, **params)  # type: ignore[arg-type]

    def _either(self) -> Tree:
        parts = [self._both()]
        while (token := self._peek()) and token.kind == "or":
            self.at += 1
            parts.append(self._both(after=token))
        return either(parts)

    def _both(self, after: Token | None = None) -> Tree:
        parts: list[Tree] = []
        while (token := self._peek()) and token.kind not in ("or", ")"):
            if token.kind == "and":
                self.at += 1
                following = self._peek()
                if not parts or following is None or following.kind in ("and", "or", ")"):
                    raise self._dangling(token, is_before=not parts)
                continue
            parts.append(self._one())
        if parts:
            return both(parts)
        if after is not None:
            raise self._dangling(after, is_before=False)
        if token is None or token.kind == ")":
            place = self.tokens[self.at - 1] if token is None else token
            raise self._error(N_("nothing stands in these parentheses"), place.span)
        raise self._dangling(token, is_before=True)

    def _dangling(self, token: Token, *, is_before: bool) -> ArgumentError:
        message = (
            N_("nothing stands before “{word}”")
            if is_before
            else N_("nothing stands after “{word}”")
        )
        error = self._error(message, token.span, word=self.text[slice(*token.span)])
        error.hint = N_("To search for the word itself, quote it: {quoted}")
        error.params["quoted"] = quoted(self.text[slice(*token.span)])
        return error

    def _one(self) -> Tree:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "not":
            following = self._peek()
            if following is None or following.kind in ("or", "and", ")"):
                raise self._dangling(token, is_before=False)
            with_depth = self._deeper(token)
            part = self._one()
            self.depth = with_depth
            return negated(part)
        if token.kind == "(":
            return self._group(token)
        if token.test is not None:
            return self._tested(token, token.test)
        if self.key is None:
            return Word(token.text, token.span)
        is_phrase = token.kind == "phrase"
        return Test(
            self.key.key, self.key.operator, token.text, self.key.key_span, token.span, is_phrase
        )

    def _deeper(self, token: Token) -> int:
        before = self.depth
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._error(
                N_("no more than {most} parentheses may be open"), token.span, most=DEEPEST
            )
        return before

    def _group(self, opening: Token) -> Tree:
        before = self._deeper(opening)
        tree = self._either()
        if self._peek() is None:
            raise self._error(N_("this parenthesis is never closed"), opening.span)
        self.at += 1
        self.depth = before
        return tree

    def _tested(self, token: Token, test: Test) -> Tree:
        if token.kind == "group":
            before, self.key = self.key, test
            opening = self.tokens[self.at]
            self.at += 1
            tree = self._group(opening)
            self.key = before
            return tree
        return test if test.is_quoted or self.reads is None else self._longest(test)

    def _longest(self, test: Test) -> Test:
        """The test with as many of the words after it as its key knows for one value."""
        ahead = self.tokens[self.at : self.at + _LONGEST_PHRASE]
        ends: list[int] = []
        for token in ahead:
            is_word = token.kind in ("word", "or", "and", "not")
            if not is_word or self.text[slice(*token.span)] in MINUS:
                break
            ends.append(token.span[1])
        assert self.reads is not None
        for count in range(len(ends), 0, -1):
            start, end = test.value_span[0], ends[count - 1]
            value = " ".join(self.text[start:end].split())
            if self.reads(test.key, value):
                self.at += count
                return Test(test.key, test.operator, value, test.key_span, (start, end))
        return test
