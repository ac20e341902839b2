"""What a dictated line is read against: people, listings, estates, plans and words of a vault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeVar

from brokernotes.features.capturing import NewClient
from brokernotes.features.capturing_colleagues import Coworker
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Schema
from brokernotes.model.source_text import narrow
from brokernotes.notes.log_vocabulary import LogBook

SPACES = " \t"
T = TypeVar("T")


class Person(NamedTuple):
    """A client, as far as dictation names one.

    Attributes:
        ref: id, else path.
        name: of the note's file, as links say it.
        title: what people call the note.
        words: everything that is said for the client: salutation, title, aliases, id.
        agent: id of the agent who is responsible.
        is_active: whether business is done with them (no 无效).
        phones: digits.
    """

    ref: str
    name: str
    title: str
    words: tuple[str, ...] = ()
    agent: str | None = None
    is_active: bool = True
    phones: tuple[str, ...] = ()


class Home(NamedTuple):
    """A listing, as far as dictation names one.

    Attributes:
        ref: id, else path.
        name: of the note's file.
        title: what people call it.
        community: title of its estate.
        words: title, aliases, id.
        suffix: what its title says after the estate: `3室2厅`, 底商.
        rooms: bedrooms, living rooms, bathrooms, where known.
        building: as typed.
        floor: number.
        price: 万元.
        rent: 元 a month.
        status: id.
        owners: refs of the clients who own it.
        owner_name: who owns it, by name.
        agent: id of the agent who is responsible.
    """

    ref: str
    name: str
    title: str
    community: str = ""
    words: tuple[str, ...] = ()
    suffix: str = ""
    rooms: tuple[int | None, int | None, int | None] = (None, None, None)
    building: str = ""
    floor: int | None = None
    price: float | None = None
    rent: float | None = None
    status: str = ""
    owners: tuple[str, ...] = ()
    owner_name: str = ""
    agent: str | None = None


class Plan(NamedTuple):
    """A planned entry of any note, for clashes.

    Attributes:
        note: ref of the note it stands in.
        entry: its id or stamp.
        at: when.
        minutes: how long.
        agent: whose it is.
        homes: refs of the listings it is about.
    """

    note: str
    entry: str
    at: datetime
    minutes: int
    agent: str | None
    homes: tuple[str, ...]


class Named(NamedTuple):
    """What a word of the vault may mean."""

    people: tuple[Person, ...] = ()
    owned: tuple[Home, ...] = ()  # by the name of their owner
    homes: tuple[Home, ...] = ()
    communities: tuple[str, ...] = ()
    coworkers: tuple[Coworker, ...] = ()


def _united(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))


class Names:
    """Every name of a vault, found in running text with or without spaces.

    Args:
        words: each spelling and what it may mean.
    """

    def __init__(self, words: Iterable[tuple[str, Named]]) -> None:
        table: dict[str, Named] = {}
        for word, meaning in words:
            key = squeezed(word)
            if key:
                known = table.get(key, Named())
                table[key] = Named(
                    _united(known.people, meaning.people),
                    _united(known.owned, meaning.owned),
                    _united(known.homes, meaning.homes),
                    _united(known.communities, meaning.communities),
                    _united(known.coworkers, meaning.coworkers),
                )
        self._by_first: dict[str, list[tuple[str, Named]]] = {}
        for key, meaning in sorted(table.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            self._by_first.setdefault(key[0], []).append((key, meaning))

    def joined(self, words: Iterable[tuple[str, Named]]) -> Names:
        """These names and more."""
        known = [pair for pairs in self._by_first.values() for pair in pairs]
        return Names([*known, *words])

    def find(self, text: str, pos: int) -> tuple[Named, int] | None:
        """The longest name that stands at a place, and where it ends.

        Args:
            text: from `plain`.
            pos: where it would begin.
        """
        for key, meaning in self._by_first.get(text[pos : pos + 1], ()):
            end = _end_of(key, text, pos)
            if end is not None:
                return meaning, end
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lore:
    """What is known when a line is read.

    Attributes:
        people: clients by ref.
        homes: listings by ref.
        names: of all of them.
        districts: names of districts and, apart, of business quarters.
        neighborhoods: likewise.
        plans: what is planned from today on.
        book: verbs, keys and words of the brokerage.
        now: in the vault's zone.
        me: id of the agent who is asking; None: nobody in particular.
        log_of: the log of a note, by ref.
        ref_of: the note a link's target means.
        gap: minutes of a showing that says no duration. travel: between two estates.
        is_made: whether a client's title, values and words are those of a note made already, by
            a run that broke off.
    """

    people: Mapping[str, Person]
    homes: Mapping[str, Home]
    names: Names
    book: LogBook
    now: datetime
    districts: frozenset[str] = frozenset()
    neighborhoods: frozenset[str] = frozenset()
    plans: Sequence[Plan] = ()
    me: str | None = None
    log_of: Callable[[str], Sequence[LogEntry]] = field(default=lambda _: ())
    ref_of: Callable[[str], str | None] = field(default=lambda _: None)
    gap: int = 45
    travel: int = 15
    is_made: Callable[[NewClient], bool] = field(default=lambda _: False)

    @property
    def schema(self) -> Schema:
        """The brokerage's words."""
        return self.book.schema

    def homes_of(self, community: str) -> tuple[Home, ...]:
        """The listings of an estate."""
        return tuple(home for home in self.homes.values() if home.community == community)

    def linked(self, entry: LogEntry) -> frozenset[str]:
        """Refs of the notes an entry links to."""
        return frozenset(ref for ref in map(self.ref_of, entry.links) if ref)

    def today(self) -> date:
        """The day of the present moment."""
        return self.now.date()


def names_of(
    people: Iterable[Person],
    homes: Iterable[Home],
    estates: Mapping[str, str],
    coworkers: Mapping[str, Sequence[Coworker]] = MappingProxyType({}),
) -> Names:
    """The table of names.

    Args:
        people: clients.
        homes: listings.
        estates: title of the estate by each of its spellings.
        coworkers: who is called by each word.
    """
    words: list[tuple[str, Named]] = []
    for person in people:
        meaning = Named(people=(person,))
        words.extend((word, meaning) for word in person.words)
    for home in homes:
        words.extend((word, Named(homes=(home,))) for word in home.words)
        if home.owner_name:
            words.append((home.owner_name, Named(owned=(home,))))
    words.extend((word, Named(communities=(title,))) for word, title in estates.items())
    words.extend((word, Named(coworkers=tuple(some))) for word, some in coworkers.items())
    return Names(words)


def plain(text: str) -> str:
    """A text in plain width and lower case, each character in its place."""
    lowered = (c.lower() if len(c.lower()) == 1 else c for c in narrow(text))
    return "".join(lowered)


def unlinked(text: str) -> str:
    """A text with each `[[name|shown]]` as the bare name, which is then found like a spoken one."""
    return re.sub(r"!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", r" \1 ", text).strip()


def squeezed(word: str) -> str:
    """A name without the spaces in it, as compared."""
    return "".join(plain(word).split())


def _end_of(key: str, text: str, pos: int) -> int | None:
    at = pos
    for index, letter in enumerate(key):
        while index and at < len(text) and text[at] in SPACES:
            at += 1
        if at >= len(text) or text[at] != letter:
            return None
        at += 1
    after = text[at : at + 1]
    if key[-1].isascii() and key[-1].isalnum() and after.isascii() and after.isalnum():
        return None
    return at
