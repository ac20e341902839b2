"""How a query was read, for people: in its plainest spelling, and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brokernotes.language import N_, Language
from brokernotes.model.measures import render_number
from brokernotes.model.query_keys import find_query_field, query_fields
from brokernotes.model.query_parsing import quoted
from brokernotes.model.query_tokens import KEYWORDS
from brokernotes.model.query_tree import And, Condition, Linked, Not, Or, Tree
from brokernotes.model.schema import Field, Kind, Schema

_PLAIN_KEY = re.compile(r"[^\W\d][\w-]*")
_PLAIN_VALUE = re.compile(
    r"[^\s()（）\"“”「」『』＂,，、；:：=＝<>＜＞≤≥≠!！.…~～\\-][^\s()（）\"“”「」『』＂,，、；:：=＝<>＜＞≤≥≠!！…~～\\]*"
)
_SIGNS = {"from": ">=", "after": ">", "to": "<=", "before": "<"}
_SENTENCES = {
    "contains": N_("{label} contains {value}"),
    "equals": N_("{label} is exactly {value}"),
    "is": N_("{label} is {value}"),
    "from": N_("{label} is {value} or more"),
    "after": N_("{label} is more than {value}"),
    "to": N_("{label} is {value} or less"),
    "before": N_("{label} is less than {value}"),
    "between": N_("{label} is from {low} to {high}"),
    "links": N_("{label} is {value}"),
    "names": N_("{label} is called {value}, which is no note"),
    "digits": N_("{label} has the digits {value}"),
    "phone": N_("{label} is {value}"),
    "unset": N_("{label} is not set"),
    "set": N_("{label} is set"),
    "never": N_("{label}: notes of this kind have none"),
    "text": N_("the note says {value}"),
}
_OF_DAYS = {
    "from": N_("{label} is {value} or later"),
    "after": N_("{label} is after {value}"),
    "to": N_("{label} is {value} or earlier"),
    "before": N_("{label} is before {value}"),
}
_OF_LISTS = {
    "is": N_("{label} has {value} among them"),
    "links": N_("{label} has {value} among them"),
    "contains": N_("one of {label} contains {value}"),
    "equals": N_("one of {label} is exactly {value}"),
}
_MOST_TITLES = 5


class Explainer:
    """Words a query about one type of note.

    Args:
        schema: for labels and vocabularies.
        note_type: of the notes.
        language: of the reader.
    """

    def __init__(self, schema: Schema, note_type: str, language: Language) -> None:
        self._schema = schema
        self._type = note_type
        self._fields = query_fields(schema, note_type)
        self._language = language
        self._is_chinese = language.code == "zh"

    # -- in the query language

    def plain(self, tree: Tree) -> str:
        """The query in its plainest spelling; reading that gives the same query."""
        if isinstance(tree, And):
            return " ".join(self._part(part, (And, Or)) for part in tree.parts)
        if isinstance(tree, Or):
            word = " 或 " if self._is_chinese else " or "
            return word.join(self._part(part, (And, Or)) for part in tree.parts)
        if isinstance(tree, Not):
            return "-" + self._part(tree.part, (And, Or))
        assert isinstance(tree, Condition)
        return self._condition(tree)

    def _part(self, tree: Tree, grouped: tuple[type, ...]) -> str:
        said = self.plain(tree)
        return f"({said})" if isinstance(tree, grouped) else said

    def _condition(self, condition: Condition) -> str:
        how, value = condition.how, condition.value
        if how == "text":
            return _plain_word(str(value))
        field = self._fields.get(condition.key)
        key = self._key(field) if field else _plain_key(condition.key)
        if how == "never":
            return f"{key}:…"
        assert field is not None
        if how in ("set", "unset"):
            return f"{key}:{self._presence(field, how)}"
        if how == "between":
            low, high = _ends(value)
            return f"{key}:{self._typed(field, low)}..{self._typed(field, high)}"
        if how in _SIGNS:
            return f"{key}{_SIGNS[how]}{self._typed(field, value)}"
        sign = "=" if how in ("equals", "phone") else ":"
        return f"{key}{sign}{self._typed(field, value)}"

    def _presence(self, field: Field, how: str) -> str:
        words = ("无", "未填") if self._is_chinese else ("none", "unset")
        if how == "set":
            words = ("有", "已填") if self._is_chinese else ("any", "set")
        vocabulary = self._schema.vocabulary(field)
        is_value = field.kind is Kind.BOOL or (
            vocabulary is not None and vocabulary.find(words[0]) is not None
        )
        return words[1] if is_value else words[0]

    def _key(self, field: Field) -> str:
        if self._is_chinese:
            known = find_query_field(self._schema, self._type, field.zh)
            if known is field and _PLAIN_KEY.fullmatch(field.zh):
                return field.zh
        return field.key

    def _typed(self, field: Field, value: object) -> str:
        """A value as it is typed."""
        if isinstance(value, Linked):
            return _plain_value(value.ref)
        if field.kind in (Kind.NUMBER, Kind.INT):
            return render_number(value)  # type: ignore[arg-type]
        if field.kind in (Kind.DATE, Kind.DATETIME):
            return quoted(str(value).replace("T", " ")) if "T" in str(value) else str(value)
        word = self._word(field, value)
        if field.key == "layout":
            return quoted(word)  # bare, 两房 would ask for the rooms
        # Of a choice even `none` is a value, not the question whether there is one.
        vocabulary = self._schema.vocabulary(field)
        is_choice = vocabulary is not None and vocabulary.find(word) is not None
        return _plain_word(word) if is_choice else _plain_value(word)

    def _word(self, field: Field, value: object) -> str:
        """The word for an id where reading it gives the id again, else the id or the text."""
        if field.kind is Kind.BOOL:
            return ("是" if value else "否") if self._is_chinese else ("yes" if value else "no")
        vocabulary = self._schema.vocabulary(field)
        if vocabulary is not None and isinstance(value, str):
            label = vocabulary.label(value, self._language.code)
            return label if vocabulary.find(label) == value else value
        return str(value)

    # -- in words

    def lines(self, tree: Tree, indent: str = "") -> Iterator[str]:
        """The query in words, one line a condition."""
        if isinstance(tree, And):
            for part in tree.parts:
                yield from self.lines(part, indent)
        elif isinstance(tree, Or):
            yield f"{indent}· {self._language.text(N_('one of these:'))}"
            for part in tree.parts:
                yield from self._grouped(part, indent + "  ")
        elif isinstance(tree, Not):
            yield from self._negated(tree.part, indent)
        else:
            assert isinstance(tree, Condition)
            yield f"{indent}· {self._sentence(tree)}"

    def _negated(self, part: Tree, indent: str) -> Iterator[str]:
        if isinstance(part, Condition):
            what = self._sentence(part)
            yield f"{indent}· {self._language.text(N_('not: {what}'), what=what)}"
            return
        heading = N_("not all of this:") if isinstance(part, And) else N_("none of these:")
        yield f"{indent}· {self._language.text(heading)}"
        for one in part.parts if isinstance(part, And | Or) else (part,):
            yield from self._grouped(one, indent + "  ")

    def _grouped(self, part: Tree, indent: str) -> Iterator[str]:
        if isinstance(part, And):
            yield f"{indent}· {self._language.text(N_('all of these:'))}"
            indent += "  "
        yield from self.lines(part, indent)

    def _sentence(self, condition: Condition) -> str:
        field = self._fields.get(condition.key)
        how, value = condition.how, condition.value
        if field is None:
            return self._language.text(_SENTENCES[how], label=condition.key, value=f"“{value}”")
        sentence = _SENTENCES[how]
        if field.many:
            sentence = _OF_LISTS.get(how, sentence)
        elif field.kind in (Kind.DATE, Kind.DATETIME):
            sentence = _OF_DAYS.get(how, sentence)
        low, high = _ends(value) if how == "between" else (value, value)
        return self._language.text(
            sentence,
            label=field.label(self._language.code),
            value=self._spoken(field, how, value),
            low=self._spoken(field, how, low),
            high=self._spoken(field, how, high),
        )

    def _spoken(self, field: Field, how: str, value: object) -> str:
        if isinstance(value, Linked):
            titles = [f"“{title}”" for title in value.titles[:_MOST_TITLES]]
            if len(value.titles) > _MOST_TITLES:
                titles.append("…")
            return (" 或 " if self._is_chinese else " or ").join(titles)
        if isinstance(value, int | float) and field.kind in (Kind.NUMBER, Kind.INT):
            return render_number(value) + (f" {field.unit}" if field.unit else "")
        if field.kind in (Kind.DATE, Kind.DATETIME):
            return str(value).replace("T", " ")
        if how in ("contains", "equals", "names"):
            return f"“{value}”"
        return self._word(field, value)


def _ends(value: object) -> tuple[object, object]:
    assert isinstance(value, tuple)
    low, high = value
    return low, high


def _plain_key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def _plain_word(text: str) -> str:
    is_plain = _PLAIN_VALUE.fullmatch(text) and text.lower() not in KEYWORDS
    return text if is_plain else quoted(text)


def _plain_value(text: str) -> str:
    """A value as it is typed: quoted where it would be read as something else."""
    from brokernotes.features.query_reading import ME
    from brokernotes.features.query_values import SET, UNSET

    is_plain = _PLAIN_VALUE.fullmatch(text) and text.lower() not in (*KEYWORDS, *ME, *SET, *UNSET)
    return text if is_plain else quoted(text)
