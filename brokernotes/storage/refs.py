"""What a REF on the command line means.

Surest first: an id, a path, a file name, the beginning of an id, a title or
alias, a phone number. The first way that finds anything decides.
"""

from __future__ import annotations

import re

from brokernotes.notes.names import is_note_id
from brokernotes.storage.queries import NoteRow, Queries
from brokernotes.storage.resolver import BY_ALIAS

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
    for way in (_by_id, _by_path, _by_name, _by_id_start, _by_title, _by_phone):
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
    return queries.by_id_prefix(ref.upper()) if _ID_START.fullmatch(ref) else []


def _by_title(queries: Queries, ref: str) -> list[NoteRow]:
    found = queries.resolve(ref)
    return _rows(queries, found.n, found.candidates) if found.rank == BY_ALIAS else []


def _by_phone(queries: Queries, ref: str) -> list[NoteRow]:
    digits = ref.replace(" ", "").replace("-", "").removeprefix("+86")
    return queries.by_phone(digits) if digits.isdigit() and len(digits) >= 7 else []


def _rows(queries: Queries, n: int | None, candidates: tuple[int, ...]) -> list[NoteRow]:
    return [queries.note(number) for number in ((n,) if n is not None else candidates)]
