"""A new note: what it is called, where it lies, what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from brokernotes.errors import UsageError
from brokernotes.features.assignments import Assignment
from brokernotes.features.field_writing import FieldWriter, Item
from brokernotes.features.note_changes import NEVER_SET, meant_by, read_value
from brokernotes.features.secret_titles import refuse_secrets
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.alike import ALIKE
from brokernotes.model.schema import Field, Kind
from brokernotes.notes.editing import replace_value
from brokernotes.notes.names import safe_name
from brokernotes.notes.note import Note
from brokernotes.notes.templates import render_template

WITH_ID = frozenset({"client", "listing", "deal"})  # types whose file names end in the id
_CLIENT = {"zh": "客户", "en": "Client"}
Given = Mapping[str, tuple[Field, Sequence[Item]]]


class NewNote(NamedTuple):
    """What a new note is to be.

    Attributes:
        type: of note.
        id: minted.
        title: what people call it.
        given: values by key.
        moment: of its making, in the vault's zone.
        agent: the link to who is responsible, if that is known.
    """

    type: str
    id: str
    title: str
    given: Given
    moment: datetime
    agent: str | None = None


def given_values(note_type: str, assignments: Sequence[Assignment], writer: FieldWriter) -> Given:
    """The values of `--set`, by key.

    Raises:
        ArgumentError: no such field, or no value of it.
        UsageError: a field is given twice, or taken from.
        NotFoundError: a link leads nowhere.
    """
    given: dict[str, tuple[Field, list[Item]]] = {}
    meant = (one for typed in assignments for one in meant_by(typed, note_type, writer))
    for row, assignment in meant:
        if row.key in NEVER_SET:
            raise UsageError(N_("{key} is not yours to choose"), key=row.key)
        if assignment.operator == "-=":
            raise UsageError(
                N_("{argument} takes away, and a new note has nothing yet"),
                argument=assignment.typed,
            )
        if row.key in given and assignment.operator == "=":
            raise UsageError(
                N_("{key} is given twice"),
                hint=N_("Write KEY+=VALUE to add to a list.") if row.many else "",
                key=assignment.key,
                type=row.note_type,
            )
        items = read_value(row, assignment, writer)
        given.setdefault(row.key, (row, []))[1].extend(items)
    return given


def alike_values(note: Note, writer: FieldWriter) -> Given:
    """What a note like another may take over from it: `model.alike` says which fields.

    Args:
        note: of the same type as the new one.
        writer: reads the values that stand there.
    """
    taken: dict[str, tuple[Field, list[Item]]] = {}
    for key, row in writer.rules.schema.fields(note.record.type).items():
        if key in ALIKE[note.record.type]:
            items = writer.standing(row, note.block.values.get(note.spelled(key)))
            if items:
                taken[key] = row, items
    return taken


def title_of(note_type: str, title: str, given: Given, language: str) -> str:
    """What the note is called.

    Args:
        note_type: its id.
        title: as typed; empty: made from the values.
        given: by key.
        language: `zh` or `en`, of the vault.

    Raises:
        UsageError: nothing says what to call it, or two things do.
        RefusedError: the title would tell what is confidential.
    """
    if title and "title" in given:
        raise UsageError(N_("{key} is given twice"), key="title")
    title = " ".join((title or _text(given, "title")).split())
    made = title or _made_title(note_type, given, language)
    if not made:
        needed = {
            "listing": N_("a listing needs a title, or its community: --set community=NAME"),
            "deal": N_("a deal needs a title, or its listing: --set listing=REF"),
        }.get(note_type, N_("say what the note is called"))
        raise UsageError(needed)
    texts = {key: [item.written for item in items] for key, (_, items) in given.items()}
    refuse_secrets(note_type, made, texts)
    return made


def file_name(note: NewNote, language: str) -> str:
    """The file's name without `.md`, safe on every system.

    Raises:
        UsageError: the title leaves nothing that can be a name.
    """
    suffix = f"-{note.id[2:]}" if note.type in WITH_ID else ""
    title = note.title
    if note.type == "deal":
        title = f"{_month(note)} {title}"
    name = safe_name(title, suffix)
    if not name and note.type == "client":
        name = safe_name(_CLIENT[language], suffix)
    if not name:
        raise UsageError(N_("“{title}” leaves nothing that can be a file's name"), title=title)
    return name


def note_text(note: NewNote, template: str, language: str) -> str:
    """The whole note, made from its template.

    Args:
        note: what it is to be.
        template: with `{{title}}` and `{{date:…}}`.
        language: `zh` or `en`, for names of weekdays.

    Raises:
        RefusedError: the template's front matter cannot be filled in.
    """
    # The template's own value is quoted, for a bare `{{` is YAML; ours need not be.
    text = replace_value(template, "created", None)
    text = render_template(text, note.title, note.moment, language)
    text = replace_value(text, "id", note.id)
    text = replace_value(text, "type", note.type)
    text = replace_value(text, "title", note.title)
    text = replace_value(text, "created", note.moment.isoformat(timespec="seconds"))
    if note.agent is not None and "agent" not in note.given:
        text = replace_value(text, "agent", note.agent)
    for key, (row, items) in note.given.items():
        written = [item.written for item in items]
        value = (written if row.many else written[0]) if written else None
        if key != "title":
            text = replace_value(text, key, value, quote=row.kind is Kind.PHONE)
    return text


def _made_title(note_type: str, given: Given, language: str) -> str:
    if note_type == "client":
        return _text(given, "salutation") or _CLIENT[language]
    if note_type == "listing":
        community = _shown(given, "community")
        return f"{community} {_layout(given, language)}".strip() if community else ""
    if note_type == "deal":
        buyer = _shown(given, "buyer")
        if not buyer.isascii():  # 李女士 浦东三房 begins with how the client is addressed
            buyer = buyer.split(" ")[0]
        listing = _shown(given, "listing")
        return f"{listing} {buyer}".strip() if listing else ""
    return _text(given, "name") if note_type == "agent" else ""


def _layout(given: Given, language: str) -> str:
    """`3室2厅`, or what kind of property it is."""
    bedrooms, living = _text(given, "bedrooms"), _text(given, "living_rooms")
    if not bedrooms:
        return _text(given, "property_type")
    if language == "zh":
        return f"{bedrooms}室{living}厅" if living else f"{bedrooms}室"
    return f"{bedrooms} bed {living} living" if living else f"{bedrooms} bed"


def _month(note: NewNote) -> str:
    typed = _text(note.given, "deposit_date")
    day = date.fromisoformat(typed) if typed else note.moment.date()
    return f"{day:%Y-%m}"


def _text(given: Given, key: str) -> str:
    return given[key][1][0].written if key in given and given[key][1] else ""


def _shown(given: Given, key: str) -> str:
    return given[key][1][0].shown if key in given and given[key][1] else ""
