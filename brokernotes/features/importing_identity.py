"""Which note a row is about: by phone, door, name, or the keys a person declares."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

from brokernotes.errors import FieldError
from brokernotes.features.duplicates import Door, is_other_door, is_same_door
from brokernotes.features.field_writing import FieldWriter, Item
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.model.schema import Kind
from brokernotes.model.values import parse_phone

# By type, alternatives that identify by themselves; a listing's door and owner are apart.
DEFAULT_KEYS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "client": (("phone",), ("wechat",)),
    "listing": (),
    "community": (("title",),),
    "agent": (("email",), ("phone",), ("name",)),
    "deal": (("listing", "buyer", "deposit_date"),),
}
_DOOR = ("community", "building", "unit", "room")


class Home(NamedTuple):
    """What tells one listing from another.

    Attributes:
        target: of the note.
        door: where it is.
        phones: of the owner, digits.
        layout: bedrooms and area, None where not known.
    """

    target: str
    door: Door
    phones: frozenset[str]
    layout: tuple[object, object]


class Identities:
    """Notes by what identifies them; rows join as they come.

    Args:
        note_type: of the notes.
        writer: for what values mean.
        keys: alternatives; None: the type's own.
    """

    def __init__(
        self, note_type: str, writer: FieldWriter, keys: Sequence[tuple[str, ...]] | None
    ) -> None:
        self._type = note_type
        self._fields = writer.rules.schema.fields(note_type)
        self._writer = writer
        self._is_home = note_type == "listing" and keys is None
        self.keys = tuple(DEFAULT_KEYS[note_type] if keys is None else keys)
        self._known: dict[tuple[object, ...], list[str]] = {}
        self._by_door: dict[tuple[object, str], list[Home]] = {}
        self._by_phone: dict[str, list[Home]] = {}

    @property
    def names(self) -> list[str]:
        """Keys that identify, for messages."""
        if self._is_home:
            return ["building", "room", "owner_phone"]
        return [key for keys in self.keys for key in keys]

    def add_note(self, target: str, values: Mapping[str, object], title: str) -> None:
        """A note of the vault, with its values as the index has them."""
        items: dict[str, list[Item]] = {}
        wanted = {*self.names, *_DOOR, "bedrooms", "gross_area"} if self._is_home else self.names
        for key in wanted:
            row, value = self._fields.get(key), values.get(key)
            if row is None or value is None:
                continue
            texts = value if isinstance(value, list) else [value]
            items[key] = [self._writer.stored(row, str(text)) for text in texts]
        self.add(target, items, title)

    def add(self, target: str, values: Mapping[str, Sequence[Item]], title: str = "") -> None:
        """A note, or a row that will be one."""
        for found in self._prints(values, title):
            owners = self._known.setdefault(found, [])
            if target not in owners:
                owners.append(target)
        if self._is_home:
            home = self._home(target, values)
            if home.door.community and home.door.room:
                self._by_door.setdefault(_door_key(home.door), []).append(home)
            for phone in home.phones:
                self._by_phone.setdefault(phone, []).append(home)

    def find(self, values: Mapping[str, Sequence[Item]], title: str = "") -> list[str]:
        """The notes a row may be about; several: it is not certain."""
        for found in self._prints(values, title):
            if owners := self._known.get(found):
                return owners
        if not self._is_home:
            return []
        home = self._home("", values)
        same = [
            other.target
            for other in self._by_door.get(_door_key(home.door), ())
            if is_same_door(home.door, other.door)
        ]
        if same:
            return list(dict.fromkeys(same))
        return list(
            dict.fromkeys(
                other.target
                for phone in home.phones
                for other in self._by_phone.get(phone, ())
                if _may_be_same(home, other)
            )
        )

    def is_identified(self, values: Mapping[str, Sequence[Item]], title: str = "") -> bool:
        """Whether a row can be recognised again after it was changed."""
        if self._is_home:
            home = self._home("", values)
            door = home.door
            return bool(door.community and door.building and door.room) or bool(home.phones)
        return any(True for _ in self._prints(values, title))

    def _prints(
        self, values: Mapping[str, Sequence[Item]], title: str
    ) -> Iterable[tuple[object, ...]]:
        for keys in self.keys:
            parts = [self._identities(key, values, title) for key in keys]
            if all(parts):
                for combination in itertools.product(*parts):
                    yield (keys, *combination)

    def _identities(
        self, key: str, values: Mapping[str, Sequence[Item]], title: str
    ) -> list[object]:
        if key == "title":
            items = values.get(key)
            spelled = items[0].written if items else title
            return [fold(spelled)] if spelled else []
        row = self._fields[key]
        items = values.get(key, ())
        if row.kind is Kind.PHONE:
            return [number for one in items if (number := _digits(one.written))]
        if row.kind is Kind.TEXT:
            return [fold(one.written) for one in items]
        return [one.identity for one in items]

    def _home(self, target: str, values: Mapping[str, Sequence[Item]]) -> Home:
        def first(key: str) -> str | None:
            items = values.get(key)
            return items[0].written if items else None

        community = values.get("community")
        door = Door(
            community[0].identity if community else None,
            first("building"),
            first("unit"),
            first("room"),
        )
        phones = {_digits(one.written) for one in values.get("owner_phone", ())} - {""}
        return Home(target, door, frozenset(phones), (first("bedrooms"), first("gross_area")))


def _door_key(door: Door) -> tuple[object, str]:
    return door.community, (door.room or "").removesuffix("室").lstrip("0").casefold()


def _may_be_same(home: Home, other: Home) -> bool:
    """An owner's listings: one, unless door, layout or estate say that there are two."""
    if home.door.community != other.door.community or is_other_door(home.door, other.door):
        return False
    pairs = zip(home.layout, other.layout, strict=True)
    return all(a is None or b is None or a == b for a, b in pairs)


def _digits(written: str) -> str:
    """The digits of a phone that tells people apart."""
    try:
        phone = parse_phone(written)
    except FieldError:
        return ""
    return phone.number if phone.identifies else ""
