"""The tables of the index. The file is plain SQLite, so Datasette and DuckDB open it too.

* `note`: one row a note. `n` is its number in every other table, `sound` its title as lists
  are sorted by it.
* `client`, `listing`, `deal`, `community`, `agent`: its values, one column a field of the
  field table: numbers as numbers, dates as ISO text, yes and no as 1 and 0, enums and terms
  as ids, lists as JSON arrays, links as they are typed.
* `name`: what leads to a note: rank 0 its file name, 1 an id, 2 an alias or the title.
* `target`: files that are no notes, so that links to them are not dead: kind 0 Markdown,
  1 anything else.
* `link`: one row a distinct target of a note, with the places it stands at; `six` is the id
  the target ends with.
* `head` and `body`: all that notes say in words, folded (`model.folding`), to be searched, some
  dozens in a row (`storage.texts`): title, id, other names, file name and the values of the fields,
  one a line; and what stands below them. `packed` says in which row a note is.
* `phone`: the digits of every phone that identifies somebody.
* `mention`: entries that say something about the owner of a linked listing.
* `showing`: entries of showings that took place, and others that say how a home was received;
  corrected and removed ones aside. `links` are their targets as typed, a JSON array; `shown` is 1
  for showings; `received` has reaction and objections.
* `occurrence`: what is to be done (`model.occurrences`).
* `outreach`: when the person of a note was last contacted unasked, by whom, and last greeted.
* `contact`: the last one with the person of a note about which there is nothing to do.
* `owner_contact`: of a listing that has any, the contacts with its owner: `told` is a JSON array
  of day, line, column and who is named, as typed; `named` is 1 where somebody is.
* `thread`: where the conversation with a note's person stands (`model.topics`): since when nothing
  was said, what was told in that time and what the note itself gives to say, as JSON.
* `move`: what became of homes on the market: new, cheaper, dearer, another status.
* `problem`: what is wrong; `n` is 0 where a problem belongs to the vault as a whole.
* `folder`: the Markdown files of each folder: size, times and inode, packed (`storage.snapshots`).
* `meta`: stamp, generation, and what else the last refresh left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from brokernotes.model.schema import NOTE_TYPES, Field, Kind, Schema

INDEX_VERSION = 16
APPLICATION_ID = 0x626E6F74  # "bnot"

TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE folder(prefix TEXT PRIMARY KEY, total BLOB, stamps BLOB, names BLOB);
CREATE TABLE note(
    n INTEGER PRIMARY KEY, path TEXT NOT NULL, type TEXT NOT NULL, id TEXT, title TEXT NOT NULL,
    invalid TEXT, stale_from TEXT, digest BLOB, sound BLOB);
CREATE TABLE name(fold TEXT, rank INTEGER, n INTEGER, PRIMARY KEY(fold, rank, n)) WITHOUT ROWID;
CREATE TABLE target(fold TEXT, kind INTEGER, path TEXT);
CREATE TABLE link(
    n INTEGER, fold TEXT, six TEXT, target TEXT, key TEXT, embed INTEGER, places TEXT);
CREATE TABLE head(pack INTEGER PRIMARY KEY, notes BLOB, ends BLOB, data BLOB);
CREATE TABLE body(pack INTEGER PRIMARY KEY, notes BLOB, ends BLOB, data BLOB);
CREATE TABLE packed(n INTEGER PRIMARY KEY, pack INTEGER);
CREATE TABLE phone(n INTEGER, digits TEXT);
CREATE TABLE mention(n INTEGER, fold TEXT, six TEXT, target TEXT, entry TEXT);
CREATE TABLE owner_contact(n INTEGER PRIMARY KEY, told TEXT, named INTEGER);
CREATE TABLE showing(
    n INTEGER, day TEXT, minutes INTEGER, links TEXT, shown INTEGER, received TEXT);
CREATE TABLE occurrence(
    n INTEGER, key TEXT, kind TEXT, due TEXT, at TEXT, until TEXT, person TEXT, agent TEXT,
    computed INTEGER, weight INTEGER, value REAL, cancelled INTEGER, data TEXT);
CREATE TABLE contact(n INTEGER, day TEXT);
CREATE TABLE outreach(
    n INTEGER, person TEXT, day TEXT, agent TEXT, greets INTEGER, festival TEXT);
CREATE TABLE thread(n INTEGER PRIMARY KEY, since TEXT, data TEXT);
CREATE TABLE move(n INTEGER, at TEXT, kind TEXT, old, new, side TEXT, entry TEXT);
CREATE TABLE problem(
    n INTEGER, path TEXT, line INTEGER, column INTEGER, end_column INTEGER, code TEXT,
    params TEXT);
"""

INDEXES = """
CREATE UNIQUE INDEX IF NOT EXISTS note_path ON note(path);
CREATE INDEX IF NOT EXISTS note_id ON note(id);
CREATE INDEX IF NOT EXISTS note_stale ON note(stale_from) WHERE stale_from IS NOT NULL;
CREATE INDEX IF NOT EXISTS name_n ON name(n);
CREATE INDEX IF NOT EXISTS target_fold ON target(fold);
CREATE INDEX IF NOT EXISTS link_n ON link(n);
CREATE INDEX IF NOT EXISTS link_fold ON link(fold);
CREATE INDEX IF NOT EXISTS link_six ON link(six) WHERE six IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_fold ON mention(fold);
CREATE INDEX IF NOT EXISTS mention_six ON mention(six) WHERE six IS NOT NULL;
CREATE INDEX IF NOT EXISTS mention_n ON mention(n);
CREATE INDEX IF NOT EXISTS showing_day ON showing(day);
CREATE INDEX IF NOT EXISTS showing_n ON showing(n);
CREATE INDEX IF NOT EXISTS occurrence_n ON occurrence(n);
CREATE INDEX IF NOT EXISTS occurrence_due ON occurrence(due);
CREATE INDEX IF NOT EXISTS occurrence_agent ON occurrence(agent, due);
CREATE INDEX IF NOT EXISTS occurrence_standing
    ON occurrence(agent, key, kind, due, person, cancelled)
    WHERE kind IN ('promise', 'planned', 'first_response');
CREATE INDEX IF NOT EXISTS occurrence_person
    ON occurrence(person, agent, due) WHERE computed;
CREATE INDEX IF NOT EXISTS client_quiet
    ON client(n) WHERE do_not_contact = 1 OR stage = 'inactive' OR do_not_contact_until > '';
CREATE INDEX IF NOT EXISTS contact_n ON contact(n);
CREATE INDEX IF NOT EXISTS outreach_n ON outreach(n);
CREATE INDEX IF NOT EXISTS outreach_person ON outreach(person, day);
CREATE INDEX IF NOT EXISTS move_n ON move(n);
CREATE INDEX IF NOT EXISTS move_at ON move(at);
CREATE INDEX IF NOT EXISTS problem_n ON problem(n);
CREATE INDEX IF NOT EXISTS phone_digits ON phone(digits);
CREATE INDEX IF NOT EXISTS phone_n ON phone(n);
"""

TARGET_MARKDOWN, TARGET_OTHER = 0, 1
DERIVED = ("occurrence", "contact", "outreach", "thread", "move")
OF_NOTE = (
    "name",
    "link",
    "phone",
    "mention",
    "owner_contact",
    "showing",
    *DERIVED,
    "problem",
    *(kind.id for kind in NOTE_TYPES),
)

_AFFINITY = {
    Kind.INT: "INTEGER",
    Kind.BOOL: "INTEGER",
    Kind.NUMBER: "REAL",
}


def columns(schema: Schema, note_type: str) -> list[Field]:
    """The fields of a type of note that are columns, in order; `id` and `type` stand in `note`."""
    return [row for row in schema.fields(note_type).values() if row.key not in ("id", "type")]


def type_tables(schema: Schema) -> str:
    """The statements that make one table for each type of note."""
    made = []
    for kind in NOTE_TYPES:
        fields = ", ".join(
            f'"{row.key}" {"TEXT" if row.many else _AFFINITY.get(row.kind, "TEXT")}'
            for row in columns(schema, kind.id)
        )
        made.append(f"CREATE TABLE {kind.id}(n INTEGER PRIMARY KEY, {fields});")
    return "\n".join(made)


def values_of(row: Mapping[str, object], schema: Schema, note_type: str) -> dict[str, object]:
    """A row of a type's table as JSON speaks of it: set keys only, lists and bools restored."""
    return {
        field.key: column_value(field, row[field.key])
        for field in columns(schema, note_type)
        if row[field.key] is not None
    }


def column_value(field: Field, value: object) -> object:
    """One value as JSON speaks of it; lists and bools are restored."""
    if field.many:
        return json.loads(str(value))
    if field.kind == "bool":
        return bool(value)
    if field.kind == "number" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value
