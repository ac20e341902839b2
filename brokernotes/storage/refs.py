"""What a REF on the command line means.

Surest first: an id, a path, a file name, the beginning or the end of an id, a title or
alias, a phone number, a part of a name or the estate and rooms of a listing, the letters of
its Chinese, rooms and a part of an estate's name. The first way that finds anything decides.
Where none does, the REF is read once more with full-width letters and digits made plain.
"""

from __future__ import annotations

import functools
import re

from brokernotes.model.folding import fold, fold_text
from brokernotes.model.pinyin import is_typed_sound, sounds_like
from brokernotes.notes.names import is_note_id
from brokernotes.storage.queries import NoteRow, Queries
from brokernotes.storage.resolver import BY_ALIAS, BY_ID

_LEAST = 2  # code points of a part: one letter is sooner a slip than a name
_ID_END = r"-[0-9A-Z]{6}"
_LEAST_DIGITS = 7  # a whole number: fewer may as well be those of a door
_LEAST_TAIL = 4  # digits of `尾号8000`
_BETWEEN_DIGITS = r"[\s.()·\-–—]+"
_TAIL = r"(?:尾号|[*…]+)(\d+)"
_ID_START = r"(?i:[CLDMA]-[0-9A-Z]{1,5})"


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
    found = _found(queries, ref, types)
    if not found and not ref.isascii():
        folded = fold_text(ref)
        found = _found(queries, folded, types) if folded != ref else []
    return found


def find_alike(queries: Queries, ref: str, types: tuple[str, ...] = ()) -> list[NoteRow]:
    """The notes with names that look or sound like a REF that means none, the likest first."""
    from brokernotes.model.likeness import MOST, most_alike

    named = queries.named()
    alike = most_alike(fold_text(ref.strip()), [name for _, name in named])
    rows = queries.numbered(dict.fromkeys(named[at][0] for at in alike))
    return [row for row in rows if not types or row.type in types][:MOST]


def _found(queries: Queries, ref: str, types: tuple[str, ...]) -> list[NoteRow]:
    for way in (
        _by_id,
        _by_path,
        _by_name,
        _by_id_start,
        _by_title,
        _by_phone,
        _by_part_or_rooms,
        by_sound,
        find_described,
    ):
        found = [row for row in way(queries, ref) if not types or row.type in types]
        if found:
            return found if types or way not in _IN_PART else _but_deals(found)
    return []


def _but_deals(rows: list[NoteRow]) -> list[NoteRow]:
    """Without deals, where a client is meant as well: a deal is named after its people."""
    is_person = any(row.type == "client" for row in rows)
    return [row for row in rows if row.type != "deal"] if is_person else rows


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
    if re.fullmatch(_ID_START, ref):
        return queries.by_id_prefix(ref.upper())
    if not re.fullmatch(_ID_END, f"-{ref.upper()}"):
        return []
    # The six characters alone, as file names end with them.
    found = queries.resolve(f"-{ref.upper()}")
    return _rows(queries, found.n, found.candidates) if found.rank == BY_ID else []


def _by_title(queries: Queries, ref: str) -> list[NoteRow]:
    found = queries.resolve(ref)
    return _rows(queries, found.n, found.candidates) if found.rank == BY_ALIAS else []


def _by_phone(queries: Queries, ref: str) -> list[NoteRow]:
    """By a whole number, however it is spaced; by one as it is masked, `138****8000`.

    The last digits alone must be marked as such: four bare ones are a door or a year.
    """
    digits = re.sub(_BETWEEN_DIGITS, "", ref).removeprefix("+86").removeprefix("0086")
    if digits.isdecimal():
        if len(digits) < _LEAST_DIGITS:
            return []
        return queries.by_phone(digits) or queries.by_phone(digits.removeprefix("86"))
    tail = re.fullmatch(_TAIL, digits)
    if tail:
        return queries.by_phone_like("*" + tail[1]) if len(tail[1]) >= _LEAST_TAIL else []
    shown = digits.replace("*", "")
    if "*" in digits and shown.isdecimal() and len(shown) >= _LEAST_DIGITS:
        return queries.by_phone_like(digits.replace("*", "?"))
    return []


def _by_part(queries: Queries, ref: str) -> list[NoteRow]:
    part = fold(ref)
    if len(part) < _LEAST:
        return []
    return queries.numbered(dict.fromkeys(n for n, _ in queries.named(part)))


def by_sound(queries: Queries, ref: str) -> list[NoteRow]:
    """The notes with a name that begins with these letters when it is said."""
    if not is_typed_sound(ref):
        return []
    firsts = [
        one for one in queries.first_characters() if not one.isalnum() or sounds_like(one, ref[0])
    ]
    if not firsts:
        return []

    @functools.cache
    def sounds_so(name: str) -> bool:
        return not name.isascii() and sounds_like(name, ref)

    found = (n for n, name in queries.named(firsts=firsts) if sounds_so(name))
    return queries.numbered(dict.fromkeys(found))


def _by_part_or_rooms(queries: Queries, ref: str) -> list[NoteRow]:
    """Both: 阳光花园三房 is a listing, though a buyer of it may have that in their name."""
    found = [*find_described(queries, ref, whole=True), *_by_part(queries, ref)]
    return list({row.n: row for row in found}.values())


def find_described(queries: Queries, ref: str, *, whole: bool = False) -> list[NoteRow]:
    """The listings that are described by their estate and rooms: 阳光花园三房.

    Args:
        queries: of the index.
        ref: as typed.
        whole: whether a part of the estate's name does not do.
    """
    from brokernotes.model.layouts import parse_description, squeeze

    described = parse_description(ref)
    if described is None or len(described.estate) < _LEAST:
        return []
    estate = described.estate

    @functools.cache
    def names(community: str) -> set[str]:
        n = queries.resolve(community).n
        return {squeeze(name) for name in (community, *(queries.names_of(n) if n else ()))}

    homes = queries.laid_out(described.layout)
    exact = [row for row, community in homes if estate in names(community)]
    if exact or whole:
        return exact
    return [row for row, community in homes if any(estate in one for one in names(community))]


def _rows(queries: Queries, n: int | None, candidates: tuple[int, ...]) -> list[NoteRow]:
    return [queries.note(number) for number in ((n,) if n is not None else candidates)]


_IN_PART = (_by_part_or_rooms, by_sound)  # ways by which a name is only touched
