"""Giving a note another name: what its file is called, and what the note says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from brokernotes.errors import UsageError
from brokernotes.features.secret_titles import refuse_secrets
from brokernotes.language import N_
from brokernotes.model.folding import fold
from brokernotes.notes.editing import add_block, replace_value
from brokernotes.notes.names import safe_name, trailing_id
from brokernotes.notes.note import Note
from brokernotes.notes.relinking import Called

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2} ")
_SECRET_KEYS = ("name", "phone", "wechat", "owner_name", "owner_phone", "room", "salutation")


def new_names(note: Note, typed: str) -> Called:
    """What a note and its file shall be called.

    Args:
        note: as it stands.
        typed: the new title; a file name with the id behind it is read too.

    Raises:
        UsageError: the title leaves nothing that can be a file's name.
        RefusedError: the title would tell what is confidential.
    """
    record = note.record
    title = " ".join(typed.removesuffix(".md").split())
    six = record.id[2:] if record.id else None
    if six and title.endswith(f"-{six}"):
        title = title.removesuffix(f"-{six}").strip()
    refuse_secrets(record.type, title, _secrets(note))
    suffix = f"-{six}" if six and trailing_id(record.name) == six else ""
    # A deal's file begins with its month, its title does not.
    month = _MONTH.match(record.name) if record.type == "deal" else None
    said = title if month is None or _MONTH.match(title) else month[0] + title
    name = safe_name(said, suffix)
    if not name:
        raise UsageError(N_("“{title}” leaves nothing that can be a file's name"), title=typed)
    return Called(name, title)


def _secrets(note: Note) -> Mapping[str, Sequence[str]]:
    record = note.record
    return {key: record.texts(key) for key in _SECRET_KEYS if key in record.values}


def own_text(note: Note, new: Called) -> str:
    """The note's own text: its title, and what it was called among its aliases.

    Raises:
        RefusedError: its front matter cannot be edited.
    """
    record = note.record
    block = note.block
    aliases = [*record.texts("aliases")]
    known = {fold(one) for one in (*aliases, new.title, new.name)}
    for former in (record.title, record.name):
        # What ends in the id is found by it.
        if fold(former) not in known and not (record.id and trailing_id(former) == record.id[2:]):
            aliases.append(former)
            known.add(fold(former))
    title = None if _says_title(note, new) else new.title
    if block.split.kind == "none" and block.reason == "none":
        pairs = [("title", title)] if title else []
        return add_block(note.text, [*pairs, ("aliases", aliases)])
    text = note.text
    if title:
        text = replace_value(text, note.spelled("title"), title)
    if len(aliases) > len(record.texts("aliases")):
        text = replace_value(text, note.spelled("aliases"), aliases)
    return text


def _says_title(note: Note, new: Called) -> bool:
    """Whether the title stands there already, or the file's name says it."""
    if note.spelled("title") in note.block.values:
        return note.typed("title") == new.title
    return new.name == new.title
