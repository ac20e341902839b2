"""What checks of the whole vault ask the index, one function each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.texts import notes_saying


class LinkRow(NamedTuple):
    """Distinct links of a note to one target.

    Attributes:
        path: of the note.
        target: as typed.
        key: of the front matter field; empty: in the body.
        places: line and column of each.
        type: of the note the target's file name leads to; empty: of none, or not asked.
    """

    path: str
    target: str
    key: str
    places: list[tuple[int, int]]
    type: str = ""


_LINK = "note.path, link.target, link.key, link.places"


def duplicate_ids(db: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """Ids that stand in more than one note, with the paths."""
    sql = """
        SELECT id, json_group_array(path) FROM (SELECT id, path FROM note ORDER BY path)
         WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1 ORDER BY id"""
    return [(id_, json.loads(paths)) for id_, paths in db.execute(sql)]


def shared_phones(db: sqlite3.Connection) -> list[tuple[str, list[str]]]:
    """Phone numbers that stand in more than one client's note, with the paths."""
    sql = """
        SELECT digits, json_group_array(path) FROM
            (SELECT DISTINCT digits, path FROM phone JOIN note USING(n)
              WHERE note.type = 'client' ORDER BY path)
         GROUP BY digits HAVING count(*) > 1 ORDER BY digits"""
    return [(digits, json.loads(paths)) for digits, paths in db.execute(sql)]


def doors(db: sqlite3.Connection) -> list[tuple[str, str, str, str | None, str]]:
    """Listings whose door is known: path, community, building, unit, room."""
    sql = """
        SELECT note.path, community, building, unit, room FROM listing JOIN note USING(n)
         WHERE community IS NOT NULL AND building IS NOT NULL AND room IS NOT NULL
         ORDER BY note.path"""
    return db.execute(sql).fetchall()


def same_names(db: sqlite3.Connection) -> list[list[str]]:
    """Paths of notes that have one file name, folders and case aside."""
    sql = """
        SELECT json_group_array(path) FROM
            (SELECT name.fold, path FROM name JOIN note USING(n) WHERE rank = 0 ORDER BY path)
         GROUP BY fold HAVING count(*) > 1 ORDER BY 1"""
    return [json.loads(paths) for (paths,) in db.execute(sql)]


def listing_statuses(
    db: sqlite3.Connection,
) -> list[tuple[int, str, str | None, str | None]]:
    """Number, path, status and occupant of every listing."""
    sql = "SELECT n, path, status, occupant FROM listing JOIN note USING(n) ORDER BY path"
    return db.execute(sql).fetchall()


def deal_listings(db: sqlite3.Connection) -> list[str]:
    """What deals name as their listing, as typed; cancelled deals left out."""
    sql = """
        SELECT DISTINCT listing FROM deal
         WHERE listing IS NOT NULL AND coalesce(stage, '') != 'cancelled'"""
    return [target for (target,) in db.execute(sql)]


class DealRow(NamedTuple):
    """A deal's links, as typed.

    Attributes:
        path: of its note.
        stage: id; empty: not said.
        listing: None: not said.
        buyers: clients.
        sellers: clients.
    """

    path: str
    stage: str
    listing: str | None
    buyers: tuple[str, ...]
    sellers: tuple[str, ...]


def standing_deals(db: sqlite3.Connection) -> list[DealRow]:
    """Every deal that was not cancelled."""
    sql = """
        SELECT path, coalesce(stage, ''), listing, buyer, seller FROM deal JOIN note USING(n)
         WHERE coalesce(stage, '') != 'cancelled' ORDER BY path"""
    return [
        DealRow(path, stage, listing, tuple(json.loads(buyer or "[]")),
                tuple(json.loads(seller or "[]")))
        for path, stage, listing, buyer, seller in db.execute(sql)
    ]  # fmt: skip


def deposits_without_terms(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Path and listing, as typed, of deals with a deposit and neither price nor rent."""
    sql = """
        SELECT path, listing FROM deal JOIN note USING(n)
         WHERE listing IS NOT NULL AND deposit_amount IS NOT NULL
           AND price IS NULL AND rent IS NULL ORDER BY path"""
    return db.execute(sql).fetchall()


def owners(db: sqlite3.Connection, numbers: tuple[int, ...]) -> dict[int, tuple[str, ...]]:
    """Whom listings name as owner, as typed, by their numbers."""
    sql = "SELECT n, owner FROM listing WHERE n IN (SELECT value FROM json_each(?))"
    found = db.execute(sql, (json.dumps(numbers),))
    return {n: tuple(json.loads(owner or "[]")) for n, owner in found}


def links_not_by_name(db: sqlite3.Connection) -> list[LinkRow]:
    """Links whose target is not the name of exactly one file; embedded ones left out."""
    sql = f"""
        SELECT {_LINK} FROM link JOIN note USING(n)
         WHERE embed = 0
           AND 1 != (SELECT count(*) FROM name WHERE name.fold = link.fold AND rank = 0)
           AND NOT EXISTS (SELECT 1 FROM target WHERE target.fold = link.fold)
         ORDER BY note.path, link.places, link.target"""  # noqa: S608
    return [_link_row(*row) for row in db.execute(sql)]


def links_of_wrong_type(
    db: sqlite3.Connection, wanted: Mapping[tuple[str, str], tuple[str, ...]]
) -> list[LinkRow]:
    """Links of fields that lead, by file name, to a note of a type they are not meant for.

    Args:
        db: the index.
        wanted: types by note type and key; a field that is not in it may lead anywhere.
    """
    fields = [f"{note_type}.{key}" for note_type, key in wanted]
    good = [f"{t}.{key}.{other}" for (t, key), types in wanted.items() for other in types]
    sql = f"""
        SELECT {_LINK}, other.type
          FROM link JOIN note USING(n)
          JOIN name ON name.fold = link.fold AND name.rank = 0
          JOIN note AS other ON other.n = name.n
         WHERE link.key != ''
           AND note.type || '.' || link.key IN (SELECT value FROM json_each(?))
           AND note.type || '.' || link.key || '.' || other.type
               NOT IN (SELECT value FROM json_each(?))
           AND 1 = (SELECT count(*) FROM name WHERE name.fold = link.fold AND rank = 0)
         ORDER BY note.path, link.places, link.target"""  # noqa: S608
    return [_link_row(*row) for row in db.execute(sql, (json.dumps(fields), json.dumps(good)))]


def notes_by_number(db: sqlite3.Connection, numbers: tuple[int, ...]) -> dict[int, tuple[str, str]]:
    """Path and type of notes by their numbers."""
    sql = "SELECT n, path, type FROM note WHERE n IN (SELECT value FROM json_each(?))"
    found = db.execute(sql, (json.dumps(numbers),))
    return {n: (path, note_type) for n, path, note_type in found}


def file_names(db: sqlite3.Connection) -> list[str]:
    """Every file name a link may say, for suggestions."""
    paths = db.execute("SELECT path FROM note ORDER BY path")
    return [path.rpartition("/")[2].removesuffix(".md") for (path,) in paths]


def note_ids(db: sqlite3.Connection) -> set[str]:
    """Every id that is taken."""
    return {id_ for (id_,) in db.execute("SELECT id FROM note WHERE id IS NOT NULL")}


def _link_row(path: str, target: str, key: str, places: str, type_: str = "") -> LinkRow:
    return LinkRow(
        path, target, key, [(line, column) for line, column in json.loads(places)], type_
    )


def note_digests(db: sqlite3.Connection) -> dict[str, str]:
    """A fingerprint of each note's text by its path."""
    return dict(db.execute("SELECT path, hex(digest) FROM note"))


def typed_roles(
    db: sqlite3.Connection, note_type: str, key: str, words: Iterable[str]
) -> list[tuple[str, str]]:
    """Notes that name somebody for a role, give no reason, and hold a word that may name another.

    Args:
        db: the index.
        note_type: of the notes.
        key: of the role's field.
        words: that entries about it begin with, folded.

    Returns:
        Path, and a fingerprint of the note's text.
    """
    sql = f"""
        SELECT n, path, hex(digest) FROM {note_type} AS t JOIN note USING(n)
         WHERE t."{key}" IS NOT NULL AND t.roles_reason IS NULL ORDER BY path"""  # noqa: S608
    found = db.execute(sql).fetchall()
    saying = notes_saying(db, words) if found else ()
    return [(path, digest) for n, path, digest in found if n in saying]
