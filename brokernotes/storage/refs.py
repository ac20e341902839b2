"""What a REF on the command line means.

Surest first: an id, a path, a file name, the beginning or the end of an id, a title or
alias, a phone number, a part of a name, the letters of its Chinese. The first way that
finds anything decides.
"""

from __future__ import annotations

import re

from brokernotes.model.pinyin import is_typed_sound, sounds_like
from brokernotes.model.schema import NOTE_TYPES
from brokernotes.notes.names import fold, is_note_id
from brokernotes.storage.queries import NoteRow, Queries
from brokernotes.storage.resolver import BY_ALIAS, BY_ID

_LEAST = 2  # code points of a part: one letter is sooner a slip than a name
_ALL = 1_000_000
_TYPES = tuple(kind.id for kind in NOTE_TYPES)
_ID_END = re.compile(r"-[0-9A-Z]{6}$")
_ID_START = re.compile(r"[CLDMA]-[0-9A-Z]{1,5}", re.IGNORECASE)


def find_refs(queries: Queries, ref: str, types: tuple[str, ...] = ()) -> list[NoteRow]:
    """The notes a REF may mean.

    Args:
        queries: of the index.
        ref: as typed; `[[…]]` around it is taken off.
        types: of notes that may be meant; empty: any.
    """
    ref = ref.strip().removeprefix("[[").removesuffix("]]").partition("|")[0]
    if not ref:
        return []
    for way in (
        _by_id,
        _by_path,
        _by_name,
        _by_id_start,
        _by_title,
        _by_phone,
        _by_part,
        _by_sound,
    ):
        found = [row for row in way(queries, ref) if not types or row.type in types]
        if found:
            return found
    return []


def _by_id(queries: Queries, ref: str) -> list[NoteRow]:
    return queries.by_id(ref.upper()) if is_note_id(ref.upper()) else []


def _by_path(queries: Queries, ref: str) -> list[NoteRow]:
    if not ref.endswith(".md"):
        return []
    return queries.by_path(ref.replace("\\", "/").removeprefix("./"))


def _by_name(queries: Queries, ref: str) -> list[NoteRow]:
    found = queries.resolve(ref.removesuffix(".md"))
    if found.rank == BY_ALIAS:
        return []
    return _rows(queries, found.n, found.candidates)


def _by_id_start(queries: Queries, ref: str) -> list[NoteRow]:
    if _ID_START.fullmatch(ref):
        return queries.by_id_prefix(ref.upper())
    if not _ID_END.fullmatch(f"-{ref.upper()}"):
        return []
    # The six characters alone, as file names end with them.
    found = queries.resolve(f"-{ref.upper()}")
    return _rows(queries, found.n, found.candidates) if found.rank == BY_ID else []


def _by_title(queries: Queries, ref: str) -> list[NoteRow]:
    found = queries.resolve(ref)
    return _rows(queries, found.n, found.candidates) if found.rank == BY_ALIAS else []


def _by_phone(queries: Queries, ref: str) -> list[NoteRow]:
    digits = ref.replace(" ", "").replace("-", "").removeprefix("+86")
    return queries.by_phone(digits) if digits.isdigit() and len(digits) >= 7 else []


def _by_part(queries: Queries, ref: str) -> list[NoteRow]:
    part = fold(ref)
    if len(part) < _LEAST:
        return []
    return [
        row
        for row in queries.of_types(_TYPES, _ALL)
        if part in fold(row.title) or part in fold(_bare_name(row))
    ]


def _by_sound(queries: Queries, ref: str) -> list[NoteRow]:
    if not is_typed_sound(ref):
        return []
    return [
        row
        for row in queries.of_types(_TYPES, _ALL)
        if not row.title.isascii() and sounds_like(row.title, ref)
    ]


def _bare_name(row: NoteRow) -> str:
    """A note's file name without the six characters of its id."""
    return _ID_END.sub("", row.path.rpartition("/")[2].removesuffix(".md"))


def _rows(queries: Queries, n: int | None, candidates: tuple[int, ...]) -> list[NoteRow]:
    return [queries.note(number) for number in ((n,) if n is not None else candidates)]
