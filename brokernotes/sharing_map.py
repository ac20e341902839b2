"""What sharing says of every note of a vault, for one viewer."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from brokernotes.features.blotting import BLOT, door_patterns, spoken_pattern
from brokernotes.features.hidden import Hidden
from brokernotes.features.sharing import (
    ALL,
    House,
    Seat,
    Shared,
    Sight,
    beyond_quota,
    hidden_keys,
    house_of,
    is_answerable,
    sight,
)
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.names_of_people import called_instead
from brokernotes.model.records import Record
from brokernotes.model.schema import Kind, fold
from brokernotes.notes.names import trailing_id
from brokernotes.storage import sharing_queries as ask
from brokernotes.storage.sharing_queries import SharedRow
from brokernotes.storage.vault import Vault

_MOST_WORD = 40  # characters of a value that may stand in a file's name


class _Face(NamedTuple):
    """How a note whose person is hidden is spoken of.

    Attributes:
        stem: of its file's name, as the viewer reads it.
        names: words that say who it is, with what is said instead.
    """

    stem: str
    names: Mapping[str, str]


class SharingFacts:
    """Whose each note is, as the index of a vault says.

    Args:
        vault: its index is current.
    """

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self._db = vault.index.db
        self._queries = vault.queries

    @functools.cache  # noqa: B019 (one lives as long as one question)
    def id_of(self, target: str | None) -> str | None:
        """The id of what a link leads to."""
        return self._queries.id_of(target) if target else None

    @functools.cached_property
    def house(self) -> House:
        """How this brokerage shares."""
        return house_of(
            self.vault.rules,
            {
                one.id: Seat(self.id_of(one.supervisor), frozenset(map(fold, one.areas)))
                for one in ask.seats(self._db)
            },
        )

    @functools.cached_property
    def listings(self) -> dict[int, Shared]:
        """Every listing by its number."""
        return {row.n: self._shared(row) for row in self.listing_rows}

    @functools.cached_property
    def listing_rows(self) -> list[SharedRow]:
        """Every listing, as the index has it."""
        return ask.shared_listings(self._db)

    @functools.cached_property
    def over(self) -> frozenset[str]:
        """Refs of the listings beyond their holder's quota."""
        return beyond_quota(self.listings.values(), self.house)

    @functools.cached_property
    def rows(self) -> list[SharedRow]:
        """Every client, listing and deal."""
        return [
            *ask.shared_clients(self._db),
            *self.listing_rows,
            *ask.shared_deals(self._db),
        ]

    def listing(self, n: int) -> Shared | None:
        """One listing by its number, without reading all of them."""
        row = ask.shared_listing(self._db, n)
        return self._shared(row) if row is not None else None

    def shared(self, row: SharedRow) -> Shared:
        """A note as sharing knows it."""
        return self.listings[row.n] if row.type == "listing" else self._shared(row)

    def _shared(self, row: SharedRow) -> Shared:
        sold = self._queries.resolve(row.listing).n if row.listing else None
        people = (self.id_of(target) for target in row.people)
        return Shared(
            ref=row.ref,
            type=row.type,
            agent=self.id_of(row.agent),
            people=tuple(one for one in people if one),
            sharing=row.sharing,
            status=row.status,
            places=frozenset(map(fold, self.places_of(row))),
            since=row.since[:10],
            listing=self.listings.get(sold) if sold is not None else None,
        )

    def shared_record(self, record: Record) -> Shared:
        """A listing as it is about to be written."""
        text = record.text
        since = record.day("created") or record.day("listed")
        return self._shared(
            SharedRow(
                0, record.path, record.id, "listing", text("agent"), text("sharing"),
                text("status"), text("district"), text("neighborhood"), text("community"),
                since.isoformat() if since else "",
            )
        )  # fmt: skip

    def words_of_areas(self, agent: str | None) -> tuple[str, ...]:
        """The areas an agent serves, as the note says them."""
        return next((one.areas for one in ask.seats(self._db) if one.id == agent), ())

    def places_of(self, row: SharedRow) -> Iterator[str]:
        """Where a listing lies; what it does not say it has from its estate."""
        district, neighborhood, name = self._estate(row.community)
        for place in (row.district or district, row.neighborhood or neighborhood, name):
            if place:
                yield place

    @functools.cache  # noqa: B019 (as above)
    def _estate(self, target: str | None) -> tuple[str | None, str | None, str | None]:
        """District and neighborhood of an estate, and what it is called."""
        n = self._queries.resolve(target).n if target else None
        if n is None:
            return None, None, target
        return *self._estates.get(n, (None, None)), self._queries.note(n).title

    @functools.cached_property
    def _estates(self) -> dict[int, tuple[str | None, str | None]]:
        return ask.places(self._db)


class SharingMap:
    """What is kept from one viewer, of every note.

    Args:
        vault: its index is current.
        viewer: id of the agent.

    Attributes:
        known: paths of all notes.
        sights: by number, of the notes of which something is kept back.
        hidden: by path, of the notes whose text is read otherwise.
        shown: by path, the paths that are read otherwise; `real`: the other way round.
    """

    def __init__(self, vault: Vault, viewer: str) -> None:
        self._vault = vault
        self._facts = facts = SharingFacts(vault)
        self._viewer = viewer
        self._schema = vault.rules.schema
        self.known = frozenset(vault.queries.paths())
        self.sights: dict[int, Sight] = {}
        self._own: set[int] = set()
        self._paths: dict[int, str] = {}
        for row in facts.rows:
            note = facts.shared(row)
            self._paths[row.n] = row.path
            if is_answerable(note, viewer, facts.house):
                self._own.add(row.n)
            found = sight(note, viewer, facts.house, facts.over)
            if found != ALL:
                self.sights[row.n] = found
        self._faces = dict(self._all_faces())
        self.shown = {
            self._paths[n]: self._paths[n].rpartition("/")[0] + "/" + face.stem + ".md"
            for n, face in self._faces.items()
            if face.stem != _stem(self._paths[n])
        }
        self.real = {shown: path for path, shown in self.shown.items()}
        self.hidden = dict(self._all_hidden())

    # -- how the hidden are spoken of

    def _all_faces(self) -> Iterator[tuple[int, _Face]]:
        taken = set(self.known)
        for note_type in ("client", "listing"):
            keys = self._word_keys(note_type)
            for n, path, title, values in ask.texts_of(self._vault.index.db, note_type, keys):
                if n not in self.sights:
                    continue
                said = dict(zip(keys, values, strict=True))
                names = dict(_names(note_type, title, path, said))
                stem = _stem(path)
                if note_type == "listing":
                    for door in door_patterns(said):
                        stem = door.sub(BLOT, stem)
                pattern = spoken_pattern(names)
                if pattern is not None:
                    stem = pattern.sub(_instead(names), stem)
                elif stem == _stem(path):
                    continue
                folder = path.rpartition("/")[0]
                if stem != _stem(path):
                    stem = _free(stem, folder, taken)
                yield n, _Face(stem, names if note_type == "client" else {})

    def _word_keys(self, note_type: str) -> tuple[str, ...]:
        """Keys whose texts may stand in a title or a file's name."""
        hidden = hidden_keys(note_type, Sight("private"), self._schema)
        texts = tuple(
            key
            for key, row in self._schema.fields(note_type).items()
            if key in hidden and row.kind in (Kind.TEXT, Kind.INT) and not row.many
        )
        return (*texts, "salutation") if note_type == "client" else texts

    # -- what is taken out of each text

    def _all_hidden(self) -> Iterator[tuple[str, Hidden]]:
        names: dict[int, dict[str, str]] = {}
        links: dict[int, dict[str, str]] = {}
        private: dict[int, set[str]] = {}
        resolve = self._vault.queries.resolve
        for n, folded, target in ask.links_of_all(self._vault.index.db):
            to = resolve(target).n
            if to is None or to not in self.sights:
                continue
            face = self._faces.get(to)
            if face is not None and face.stem != _stem(self._paths[to]):
                links.setdefault(n, {})[folded] = face.stem
            if n in self._own:
                continue
            if face is not None:
                names.setdefault(n, {}).update(face.names)
            if self.sights[to].why == "private":
                private.setdefault(n, set()).add(folded)
        paths = dict(self._vault.index.db.execute("SELECT n, path FROM note"))
        for n in sorted(self.sights.keys() | names.keys() | links.keys() | private.keys()):
            yield (
                paths[n],
                Hidden(
                    sight=self.sights.get(n, ALL),
                    names=dict(sorted(self._known_names(n, names.get(n, {})).items())),
                    links=dict(sorted(links.get(n, {}).items())),
                    private=frozenset(private.get(n, ())),
                ),
            )

    def _known_names(self, n: int, names: Mapping[str, str]) -> dict[str, str]:
        """The names that are blotted out of a note: its own person's, too."""
        own = self._faces.get(n)
        return {**names, **(own.names if own else {})}


def _names(
    note_type: str, title: str, path: str, values: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    """The words that say who or where a note is, with what is said instead."""
    if note_type == "client":
        yield from called_instead(title, _stem_title(path), values.get("name"),
                                  values.get("salutation"), BLOT)  # fmt: skip
        values = {key: one for key, one in values.items() if key not in ("name", "salutation")}
    for word in _spoken(values.values()):  # a floor alone is too short to be one
        yield word, BLOT


def _instead(names: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    """What is said in the place of a word that was found."""
    return lambda found: names[found[0]]


def _spoken(values: Iterable[str | None]) -> Iterator[str]:
    for value in values:
        word = (value or "").strip()
        least = 3 if re.fullmatch(r"[0-9]+", word) else 2
        if least <= len(word) <= _MOST_WORD:
            yield word


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _stem_title(path: str) -> str:
    """A file's name without the id at its end."""
    stem = _stem(path)
    six = trailing_id(stem)
    return stem[: -len(six) - 1] if six and len(stem) > len(six) + 1 else stem


def _free(stem: str, folder: str, taken: set[str]) -> str:
    """A file's name that no other note of the folder has."""
    number, name = 1, stem
    while f"{folder}/{name}.md" in taken:
        number += 1
        name = f"{stem} {number}"
    taken.add(f"{folder}/{name}.md")
    return name
