"""Problems in words and as JSON, in the language of the one who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from brokernotes.errors import Problem
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import CLOSED
from brokernotes.model.field_names import type_of_path, with_field_names
from brokernotes.model.problems import PROBLEMS
from brokernotes.model.schema import NOTE_TYPES, Schema

_STATUSES = {choice.id: choice for choice in CLOSED["listing_status"]}
_TYPE_LABELS = {
    kind.id: {"zh": kind.words[2], "en": "community" if kind.id == "community" else kind.id}
    for kind in NOTE_TYPES
}

OFFICES = {"bank": N_("bank"), "tax": N_("tax office"), "registry": N_("registry")}


class Worded(NamedTuple):
    """What a problem says.

    Attributes:
        message: one sentence.
        hint: what to do; None: the message says it all, or nothing better is known.
    """

    message: str
    hint: str | None


def worded(found: Problem, language: Language, schema: Schema | None = None) -> Worded:
    """A problem's message and hint.

    A hint that would have to name what is not known, such as the likely key of
    a word that is near none, is left out.
    """
    kind = PROBLEMS[found.code]
    note_type = type_of_path(found.position.path)
    params = spoken(found.params, language, schema, note_type)
    message = language.text(kind.message, **params) if params else language.text(kind.message)
    source = kind.likely if kind.likely and found.params.get("likely") else kind.hint
    if not source or any(found.params.get(name, "") is None for name in _places(source)):
        return Worded(message, None)
    hint = language.text(source, **params) if params else language.text(source)
    return Worded(message, hint)


def spoken(
    params: Mapping[str, object],
    language: Language,
    schema: Schema | None = None,
    note_type: str | None = None,
) -> dict[str, object]:
    """A problem's params as a sentence says them: lists joined, types by their word.

    Args:
        params: of the problem, or of an error.
        language: of the reader.
        schema: knows what fields are called; None: what is built in.
        note_type: of the note it is about; None: as the params say, or not known.
    """
    named = with_field_names(params, language.code, schema, note_type or params.get("type"))
    return {name: _spoken(name, value, language) for name, value in named.items()}


def _spoken(name: str, value: object, language: Language) -> object:
    if isinstance(value, list | tuple):
        return ("、" if language.code == "zh" else ", ").join(
            str(_spoken(name, item, language)) for item in value
        )
    if name in ("type", "wanted") and value in _TYPE_LABELS:
        return language.label(_TYPE_LABELS[str(value)])
    if name == "signs":
        from brokernotes.features.prime_sentences import LABELS

        return language.text(LABELS[str(value)])
    if name == "step":
        return next((c.label(language.code) for c in CLOSED["deal_step"] if c.id == value), value)
    if name == "office" and value in OFFICES:
        return language.text(OFFICES[str(value)])
    if name.endswith("_status") and isinstance(value, str):
        return _STATUSES[value].label(language.code) if value in _STATUSES else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value


def _places(message: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(message) if name]


def problem_json(
    found: Problem,
    severity: str,
    language: Language,
    schema: Schema | None = None,
    *,
    fixable: bool = False,
) -> dict[str, object]:
    """A problem in the shape programs bind to.

    Args:
        found: the problem.
        severity: under the brokerage's rules.
        language: of `message` and `hint`.
        schema: knows what fields are called; None: what is built in.
        fixable: whether `check --fix` would mend this very problem.
    """
    words = worded(found, language, schema)
    position = found.position
    shape: dict[str, object] = {
        "path": position.path,
        "line": position.line,
        "column": position.column,
    }
    if position.end_column is not None:
        shape["end_column"] = position.end_column
    shape.update(
        severity=severity,
        code=found.code,
        params=dict(found.params),
        message=words.message,
    )
    if words.hint is not None:
        shape["hint"] = words.hint
    shape["fixable"] = fixable
    origin = PROBLEMS[found.code].origin
    if origin:
        shape["origin"] = language.text(origin)
    return shape
