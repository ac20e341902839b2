"""Notes and what derives from them as rows of the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from json import encoder
from typing import TYPE_CHECKING

from brokernotes.model.folding import NAMES_MARK, fold_text
from brokernotes.model.schema import NOTE_TYPES, Schema
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.notes.links import LinkUse, link_fold
from brokernotes.notes.names import trailing_id
from brokernotes.storage.tables import columns

if TYPE_CHECKING:
    from brokernotes.errors import Problem
    from brokernotes.model.records import LogEntry, Record, Value
    from brokernotes.notes.note import Note

Row = tuple[object, ...]
Write = Callable[[str, list[Row]], None]  # puts rows into a table

_RECEIVED = frozenset(("reaction", "objections"))
_AS_THEY_ARE = frozenset((str, float))
_REMEMBERED = 2000  # lists of texts
_lists_met: dict[tuple[object, ...], str] = {}
_MOST = 2**63 - 1  # SQLite's whole numbers have 64 bits
_HUGE = 10**300  # near the end of what a float holds


Columns = dict[str, object]


def column_keys(schema: Schema) -> dict[str, frozenset[str]]:
    """The keys that are columns of each type's table."""
    return {kind.id: frozenset(row.key for row in columns(schema, kind.id)) for kind in NOTE_TYPES}


def value_columns(n: int, record: Record, keys: frozenset[str]) -> Columns:
    """A note's values by the columns of its type's table; those that are unset are left out."""
    row: Columns = {"n": n}
    for key, value in record.values.items():
        if key in keys:
            row[key] = value if value.__class__ in _AS_THEY_ARE else to_column(value)
    return row


def to_column(value: Value) -> object:
    """A value as SQLite keeps it."""
    if isinstance(value, tuple):
        return _lists_met.get(value) or _list_to_column(value)
    return _plain(value)


def _list_to_column(items: tuple[object, ...]) -> str:
    """A list as JSON; a list of plain texts, such as `["浦东"]`, is remembered."""
    texts = _texts_to_json(items)
    if texts is None:
        return to_json([_plain(item) for item in items])
    if len(_lists_met) < _REMEMBERED:
        _lists_met[items] = texts
    return texts


def _texts_to_json(items: tuple[object, ...]) -> str | None:
    """A list of plain texts as JSON; None: there is something in it that JSON escapes."""
    try:
        joined = '","'.join(items)  # type: ignore[arg-type]
    except TypeError:
        return None
    if "\\" in joined or not joined.isprintable() or joined.count('"') != 2 * len(items) - 2:
        return None
    return f'["{joined}"]' if items else "[]"


def _plain(value: object) -> object:
    kind = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    if kind is date:
        return value.isoformat()  # type: ignore[attr-defined]
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int) and not -_MOST <= value <= _MOST:
        return float(value) if -_HUGE < value < _HUGE else str(value)
    return value


def storable(row: Row) -> Row:
    """A row as SQLite can hold it: no half characters, no number of more than 64 bits."""
    return tuple(
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else _plain(value)
        for value in row
    )


def to_day(text: str | None) -> date | None:
    """A date column; a datetime's day."""
    return date.fromisoformat(text[:10]) if text else None


def to_json(value: object) -> str:
    """Compact JSON; dates and sets as text and lists."""
    return "".join(_pieces(value, 0))


def _json_default(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _encoder() -> Callable[[object, int], Iterable[str]]:
    """What turns a value into pieces of JSON, made once.

    `json.dumps`, and `JSONEncoder.encode` too, make it anew for every value, which takes longer
    than what an index encodes.
    """
    make = getattr(encoder, "c_make_encoder", None)
    if make is None:  # another Python than CPython
        plain = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_json_default)
        return lambda value, _: plain.iterencode(value)
    text = encoder.encode_basestring
    made: Callable[[object, int], Iterable[str]]
    made = make(None, _json_default, text, None, ":", ",", False, False, True)
    return made


_pieces = _encoder()


def link_rows(n: int, links: list[LinkUse]) -> list[Row]:
    """One row a distinct target and key, with all its places."""
    places: dict[tuple[str, str, bool], list[str]] = {}
    for target, line, column, key, embed in links:
        places.setdefault((target, key, embed), []).append(f"[{line},{column}]")
    return [
        (n, link_fold(target), _six(target), target, key, int(embed), f"[{','.join(where)}]")
        for (target, key, embed), where in places.items()
    ]


def link_keys(targets: Iterable[str]) -> list[tuple[str, str | None]]:
    """How the targets of links stand in the tables: as compared, and the id they end with."""
    return [(link_fold(target), _six(target)) for target in targets]


def _six(target: str) -> str | None:
    six = trailing_id(target)
    return six.casefold() if six else None


def mentions(record: Record) -> list[tuple[str, str]]:
    """The entries that tell of the owner of a linked listing, but those taken back since.

    A planned showing is one: the owner or tenant is to be told of it.

    Returns:
        The listing as typed, and the entry as `mention` reads it.
    """
    telling = [
        entry
        for entry in record.entries
        if "owner_outcome" in entry.fields
        or (entry.box == "planned" and entry.verb in SHOWING_VERBS)
    ]
    if not telling:
        return []
    void = _taken_back(record)
    return [
        (target, to_json(_entry_plain(record, entry)))
        for entry in telling
        if entry.id is None or entry.id not in void
        for target in dict.fromkeys(entry.links)
    ]


def _taken_back(record: Record) -> set[str | None]:
    """Ids of the entries that were removed or corrected since."""
    void = {entry.id for entry in record.entries if entry.verb == "removed"}
    for entry in record.entries:
        corrects = entry.fields.get("corrects") if entry.fields else None
        if isinstance(corrects, str) and corrects.lstrip("^").lower() != entry.id:
            void.add(corrects.lstrip("^").lower())
    return void


def showing_rows(n: int, record: Record) -> list[Row]:
    """The entries that tell how homes were shown or received, but those taken back since."""
    told = [
        entry
        for entry in record.entries
        if (
            entry.verb in SHOWING_VERBS or (entry.fields and not _RECEIVED.isdisjoint(entry.fields))
        )
        and entry.is_happened
    ]
    if not told:
        return []
    void = _taken_back(record)
    return [
        (n, entry.day.isoformat(), entry.minutes, to_json(list(dict.fromkeys(entry.links))),
         int(entry.verb in SHOWING_VERBS), _received(entry))
        for entry in told
        if entry.id is None or entry.id not in void
    ]  # fmt: skip


def contact_row(n: int, record: Record) -> Row | None:
    """The contacts with a listing's owner, packed; None: there are none."""
    from brokernotes.model.owner_contacts import owner_contacts

    told = [
        (entry.day.isoformat(), entry.line, entry.column, entry.agent)
        for entry in owner_contacts(record.entries)
    ]
    return (n, to_json(told), int(any(one[3] for one in told))) if told else None


def _received(entry: LogEntry) -> str | None:
    """How a home was received, as JSON; None: nothing is said of it."""
    said = {key: entry.fields[key] for key in sorted(_RECEIVED) if key in entry.fields}
    return to_json(said) if said else None


def mention_rows(n: int, told: list[tuple[str, str]]) -> list[Row]:
    """The rows of what a note tells of owners of listings."""
    return [(n, link_fold(target), _six(target), target, entry) for target, entry in told]


def _entry_plain(record: Record, entry: LogEntry) -> dict[str, object]:
    """An entry as `mention` reads it, with whose it is, be it the note's agent's."""
    goes = entry.agent or record.text("agent")
    return {
        "note": record.ref,
        "day": entry.day.isoformat(),
        "minutes": entry.minutes,
        "box": entry.box,
        "verb": entry.verb,
        "id": entry.id,
        "agent": goes,
        "fields": dict(entry.fields),
        "text": entry.text,
        "line": entry.line,
    }


def mention(text: str) -> tuple[str, LogEntry]:
    """A stored mention: id of the note it stands in, and the entry."""
    from brokernotes.model.records import LogEntry

    plain = json.loads(text)
    note = plain.pop("note")
    entry = LogEntry(day=date.fromisoformat(plain.pop("day")), **plain)
    return note, entry


def text_parts(note: Note) -> tuple[str, str]:
    """What is searched, folded: the head and the body of a note.

    The head's first lines are title, id and other names, the latter parted by `NAMES_MARK`; then
    come the file's name and the values, one a line.
    """
    record = note.record
    names = (record.title, record.id or "", NAMES_MARK.join(record.texts("aliases")))
    parts = [
        *(name.replace("\n", " ") for name in names),
        record.path.rpartition("/")[2].removesuffix(".md"),
    ]
    for value in note.block.values.values():
        if isinstance(value, list):
            parts.extend(one for one in value if one)
        elif value:
            parts.append(value)
    return fold_text("\n".join(parts)), fold_text(note.text[note.block.split.body :])


def phone_rows(n: int, record: Record) -> list[Row]:
    """The numbers that identify the note's person: its own, or a listing's owner's."""
    from brokernotes.model.phones import parse_phone

    values = record.values
    if "phone" not in values and "owner_phone" not in values:
        return []
    found: list[Row] = []
    for text in (*record.texts("phone"), *record.texts("owner_phone")):
        phone = parse_phone(text)
        if phone.identifies:
            found.append((n, phone.number))
    return found


def problem_rows(n: int, problems: list[Problem]) -> list[Row]:
    """Problems without their severity, which the catalogue and the rules know."""
    return [
        (
            n,
            found.position.path,
            found.position.line,
            found.position.column,
            found.position.end_column,
            found.code,
            to_json(dict(found.params)),
        )
        for found in problems
    ]
