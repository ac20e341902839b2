"""Roles in words: what each is called, and why somebody has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from brokernotes.features.roles import Role
from brokernotes.language import N_, Language
from brokernotes.model.roles import ROLE_KINDS
from brokernotes.model.schema import Schema

SENTENCES: Mapping[str, str] = {
    "entry": N_("{verb} on {day}"),
    "nobody": N_("{verb} on {day}; nothing says whose entry it is"),
    "responsible": N_("responsible for the listing"),
    "relisted": N_("brought it back on the market on {day}"),
    "added": N_("made the listing's note"),
    "added-unknown": N_("responsible for the listing when it came in"),
    "referred": N_("sent the client"),
    "typed": N_("named in the note"),
    "typed-over": N_("named in the note, over {other} ({verb} on {day}): {reason}"),
    "typed-unexplained": N_("named in the note, over {other} ({verb} on {day}); no reason given"),
}


def role_label(role: str, schema: Schema, language: Language) -> str:
    """What a role is called.

    Args:
        role: its id.
        schema: whose field table has its label.
        language: of the reader.
    """
    kind = ROLE_KINDS[role]
    return schema.fields(kind.note_type)[kind.key].label(language.code)


def why_code(role: Role) -> str:
    """The code of the sentence that says why somebody has a role."""
    if role.over is not None:
        return "typed-unexplained" if role.is_unexplained else "typed-over"
    return role.why if role.agent or role.why != "entry" else "nobody"


def why_params(role: Role, named: Callable[[str], str] = str) -> dict[str, object]:
    """The places of that sentence: ids and ISO dates, or names where `named` gives them.

    Args:
        role: whose.
        named: what an agent is called, by id.
    """
    told = role.over or role
    params: dict[str, object] = {}
    if told.day is not None:
        params["day"] = told.day.isoformat()
    if told.verb:
        params["verb"] = told.verb
    if told.entry:
        params.update(note=told.note, entry=told.entry)
    if role.over is not None:
        params.update(other=named(role.over.agent), reason=role.reason)
    return params


def why(role: Role, schema: Schema, language: Language, named: Callable[[str], str]) -> str:
    """Why somebody has a role, as one sentence.

    Args:
        role: whose.
        schema: for the words of verbs.
        language: of the reader.
        named: what an agent is called, by id.
    """
    params = why_params(role, named)
    verb = schema.verbs.get(str(params.get("verb", "")))
    if verb:
        params["verb"] = verb.label(language.code)
    return language.text(SENTENCES[why_code(role)], **params)
