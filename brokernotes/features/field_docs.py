"""The field reference as a Markdown page, generated so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from brokernotes.language import N_, Language
from brokernotes.language import language as language_of
from brokernotes.model.choices import Choice
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema
from brokernotes.model.verbs import LogKey, Verb

_INTRO = N_(
    "Generated from the field table; do not edit. Every key, value, verb and log key is read by "
    "its id and by its Chinese and English word. A brokerage adds its own in `brokernotes.yaml`."
)
_KINDS = {
    Kind.TEXT: N_("text"),
    Kind.INT: N_("whole number"),
    Kind.NUMBER: N_("number"),
    Kind.DATE: N_("date"),
    Kind.DATETIME: N_("date and time"),
    Kind.ENUM: N_("one of a list"),
    Kind.TERM: N_("word, suggestions given"),
    Kind.LINK: N_("link"),
    Kind.PHONE: N_("phone number"),
    Kind.BOOL: N_("yes or no"),
    Kind.BIRTHDAY: N_("birthday"),
    Kind.LOCATION: N_("latitude,longitude"),
    Kind.CONSENT: N_("PURPOSE DATE"),
    Kind.PUBLISHED: N_("PLATFORM DATE"),
}
_CONFIDENTIAL = {
    "identity": N_("confidential: the person"),
    "location": N_("confidential: the door"),
    "owner": N_("confidential: the owner"),
    "own": N_("confidential"),
}


def fields_page(schema: Schema, language: str) -> str:
    """The reference of every field, value, verb and log key.

    Args:
        schema: the field table, own fields included.
        language: `zh` or `en`, of the page's own sentences; labels are given in both.
    """
    words = language_of(language)
    lines = [f"# {words.text(N_('Fields of notes'))}", "", words.text(_INTRO), ""]
    lines += _common(schema, words)
    for kind in NOTE_TYPES:
        rows = [row for row in schema.fields(kind.id).values() if not _is_common(row, schema)]
        lines += [f"## {kind.id} · {kind.folders['zh']}", "", *_fields(rows, schema, words), ""]
    lines += [f"## {words.text(N_('Values'))}", ""]
    for name, vocabulary in sorted(schema.vocabularies.items()):
        note = words.text(N_("other words may stand")) if vocabulary.is_open else ""
        lines += [f"### {name}", "", *([note, ""] if note else []), *_values(vocabulary.choices)]
        lines.append("")
    lines += [f"## {words.text(N_('Verbs of the log'))}", "", *_verbs(schema, words), ""]
    lines += [f"## {words.text(N_('Keys of the log'))}", "", *_log_keys(schema, words)]
    return "\n".join(lines) + "\n"


def _is_common(row: Field, schema: Schema) -> bool:
    return all(row.key in schema.fields(kind.id) for kind in NOTE_TYPES)


def _common(schema: Schema, words: Language) -> list[str]:
    rows = [row for row in schema.fields("client").values() if _is_common(row, schema)]
    return [f"## {words.text(N_('All notes'))}", "", *_fields(rows, schema, words), ""]


def _fields(rows: Iterable[Field], schema: Schema, words: Language) -> Iterator[str]:
    head = (N_("Key"), "中文", "English", N_("What it is"), N_("About"))
    cells = [
        (f"`{row.key}`", row.zh, row.en, _shape(row, schema, words), _about(row, words))
        for row in rows
    ]
    return _table([words.text(cell) for cell in head], cells)


def _shape(row: Field, schema: Schema, words: Language) -> str:
    is_any_word = row.kind is Kind.TERM and row.choices is None
    text = words.text(N_("word") if is_any_word else _KINDS[row.kind])
    if row.many:
        text = words.text(N_("list: {kind}"), kind=text)
    if row.choices in schema.vocabularies:
        text += f" ([{row.choices}](#{row.choices}))"
    if row.link:
        text += f" ({', '.join(row.link)})"
    if row.unit:
        text += f", {row.unit}"
    if row.low is not None and row.high is not None:
        text += f", {_plain(row.low)}–{_plain(row.high)}"
    return text


def _plain(number: float) -> str:
    return f"{number:,g}" if abs(number) < 1e6 else f"{number:,.0f}"


def _about(row: Field, words: Language) -> str:
    parts = [words.label(row.help)] if row.help else []
    if row.also:
        parts.append(words.text(N_("Also read: {words}."), words=", ".join(row.also)))
    if row.confidential:
        parts.append(f"*{words.text(_CONFIDENTIAL[row.confidential])}*")
    return " ".join(parts)


def _values(choices: Iterable[Choice]) -> Iterator[str]:
    cells = [(f"`{c.id}`", c.zh, c.en, ", ".join(c.words)) for c in choices]
    return _table(["id", "中文", "English", "≈"], cells)


def _verbs(schema: Schema, words: Language) -> Iterator[str]:
    def contact(verb: Verb) -> str:
        if not verb.contact or verb.outcome is None:
            return words.text(N_("no contact"))
        return schema.vocabularies["outcome"].label(verb.outcome, words.code)

    head = ["id", "中文", "English", "≈", words.text(N_("Outcome when the entry names none"))]
    cells = [
        (f"`{verb.id}`", verb.zh, verb.en, ", ".join(verb.words), contact(verb))
        for verb in schema.verbs.values()
    ]
    return _table(head, cells)


def _log_keys(schema: Schema, words: Language) -> Iterator[str]:
    def shape(key: LogKey) -> str:
        text = f"{key.kind} ([{key.choices}](#{key.choices}))" if key.choices else key.kind
        if key.low is not None and key.high is not None:
            text += f", {_plain(key.low)}–{_plain(key.high)}"
        return f"{text}, {key.unit}" if key.unit else text

    head = ["id", "中文", "English", words.text(N_("What it is"))]
    cells = [(f"`{key.id}`", key.zh, key.en, shape(key)) for key in schema.log_keys.values()]
    return _table(head, cells)


def _table(head: Sequence[str], cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows of a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in cells:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
