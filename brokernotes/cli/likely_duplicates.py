"""Whether a note that is about to be made is in the vault already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.language import N_
from brokernotes.notes.links import link_target

if TYPE_CHECKING:
    from brokernotes.features.duplicates import Door
    from brokernotes.features.note_making import Given
    from brokernotes.storage.queries import NoteRow

_SAME_PHONE = N_("{title} ({ref}) has the same phone: {path}")
_SAME_OWNER = N_("{title} ({ref}) in the same estate has the same owner: {path}")
_SAME_DOOR = N_("{title} ({ref}) is the same door: {path}")
_SAME_NAME = N_("{title} ({ref}) has the same name: {path}")

Found = list[tuple["NoteRow", str]]


def find_duplicates(app: App, note_type: str, title: str, given: Given) -> Found:
    """The notes it may be, each with the sentence that says why.

    Args:
        app: of the run.
        note_type: of the new note.
        title: of it.
        given: its values.
    """
    if note_type == "listing":
        return _same_property(app, given)
    if note_type == "deal":
        return []
    found = _same_phone(app, note_type, given)
    if note_type != "client":
        found += [pair for pair in _same_name(app, note_type, title) if not _has(found, pair[0])]
    return found


def _same_phone(app: App, note_type: str, given: Given) -> Found:
    rows = [
        row for number in _numbers(given, "phone") for row in app.vault.queries.by_phone(number)
    ]
    owned = [row for row in rows if row.type == "listing"]
    if note_type == "client" and owned:
        app.console.say(
            app.text(
                N_("The phone is that of the owner of {title} ({ref})."),
                title=owned[0].title,
                ref=owned[0].ref,
            )
        )
    same = {row.n: row for row in rows if row.type == note_type}
    return [(row, _SAME_PHONE) for row in same.values()]


def _same_name(app: App, note_type: str, title: str) -> Found:
    queries = app.vault.queries
    resolved = queries.resolve(title)
    numbers = (resolved.n,) if resolved.n is not None else resolved.candidates
    rows = [queries.note(n) for n in numbers]
    return [(row, _SAME_NAME) for row in rows if row.type == note_type]


def _same_property(app: App, given: Given) -> Found:
    from brokernotes.features.duplicates import is_other_door, is_same_door

    queries = app.vault.queries
    new = _door(app, {key: items[0].written for key, (_, items) in given.items() if items})
    found: Found = []
    for path, community, building, unit, room, _ in queries.doors():
        known = _door(
            app, {"community": community, "building": building, "unit": unit, "room": room}
        )
        if is_same_door(new, known):
            found += [(row, _SAME_DOOR) for row in queries.by_path(path)]
    for number in _numbers(given, "owner_phone"):
        for row in queries.by_phone(number):
            if row.type != "listing" or _has(found, row):
                continue
            known = _door(app, queries.values(row))
            if new.community == known.community and not is_other_door(new, known):
                found.append((row, _SAME_OWNER))
    return found


def _door(app: App, values: dict[str, str | None]) -> Door:
    from brokernotes.features.duplicates import Door

    community = values.get("community")
    target = link_target(community) if community else None
    identity = app.vault.queries.resolve(target).n or target if target else None
    return Door(identity, values.get("building"), values.get("unit"), values.get("room"))


def _numbers(given: Given, key: str) -> list[str]:
    """The digits of the phones that tell people apart."""
    from brokernotes.model.values import parse_phone

    phones = [parse_phone(item.written) for item in given[key][1]] if key in given else []
    return [phone.number for phone in phones if phone.identifies]


def _has(found: Found, row: NoteRow) -> bool:
    return any(other.n == row.n for other, _ in found)
