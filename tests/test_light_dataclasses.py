"""What `dataclasses` makes of a class and what we make of it are the same to whoever uses it."""

import copy
import dataclasses
import pickle
import typing
from typing import ClassVar

import pytest

from brokernotes import light_dataclasses as light
from brokernotes.errors import Position, Problem


def pair(**how):
    """One class, made both ways."""
    made = []
    for module in (dataclasses, light):

        class Home:
            """A home."""

            rooms: int
            price: float = 1.5
            tags: list = module.field(default_factory=list)
            secret: str = module.field(default="x", repr=False)
            kind: ClassVar[str] = "home"

            def doubled(self):
                return self.price * 2

        made.append(module.dataclass(**how)(Home))
    return made


WAYS = [
    {},
    {"frozen": True},
    {"slots": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"slots": True, "kw_only": True},
]


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_objects_are_made_shown_and_compared_alike(how):
    told = []
    for made in pair(**how):
        one, two = made(rooms=2), made(rooms=2, price=3, tags=["a"])
        told.append((
            repr(one).partition("Home")[2], repr(two).partition("Home")[2],
            one == made(rooms=2), one == two, one != two, one == 2,
            two.doubled(), made.kind, made.__match_args__, made.__doc__, made.__qualname__,
            hasattr(one, "__dict__"), one.tags is made(rooms=2).tags,
        ))  # fmt: skip

    assert told[0] == told[1]


@pytest.mark.parametrize("how", WAYS[:-1], ids=str)
def test_a_class_below_has_the_fields_of_the_one_above_first(how):
    told = []
    for module, above in zip((dataclasses, light), pair(**how), strict=True):

        class Flat(above):
            """A flat."""

            floor: int = 1
            price: float = 9.5

        made = module.dataclass(**how)(Flat)
        one = made(2, floor=3)
        told.append((
            repr(one).partition("Flat")[2], made.__match_args__, one == made(2, 9.5, [], "x", 3),
            one == made(2), one == above(2), one.doubled(), hasattr(one, "__dict__"),
            [(row.name, str(row.type)) for row in dataclasses.fields(made)],
        ))  # fmt: skip
        if how.get("frozen"):
            assert hash(made(1, tags=())) == hash(made(1, tags=()))

    assert told[0] == told[1]


@pytest.mark.parametrize("how", WAYS, ids=str)
def test_what_is_refused_is_refused_alike(how):
    for made in pair(**how):
        for args, values in (((), {}), ((1, 2, 3, 4, 5), {}), ((), {"rooms": 1, "other": 2})):
            with pytest.raises(TypeError):
                made(*args, **values)
            with pytest.raises(TypeError):  # and again, once it is compiled
                made(*args, **values)
        one = made(rooms=1)
        if how.get("frozen"):
            with pytest.raises(dataclasses.FrozenInstanceError):
                one.rooms = 2
            with pytest.raises(dataclasses.FrozenInstanceError):
                del one.rooms
        else:
            one.rooms = 2
            assert one.rooms == 2
        if how.get("slots"):
            with pytest.raises((AttributeError, TypeError)):
                one.other = 2


def test_frozen_ones_can_be_hashed_and_others_cannot():
    (_, frozen), (_, loose) = pair(frozen=True), pair()
    assert hash(frozen(1, tags=())) == hash(frozen(1, tags=()))
    assert hash(frozen(1, tags=())) != hash(frozen(2, tags=()))
    with pytest.raises(TypeError):
        hash(loose(1))


def test_order_is_that_of_the_values():
    one, two = Position("a", 1, 2), Position("a", 2, 1)
    assert one < two <= two
    assert two > one >= one
    assert sorted([two, one]) == [one, two]


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_frozen_ones_are_pickled_and_copied(protocol):
    found = Problem(Position("a", 1, 2), "no-id", {"x": 1})
    assert pickle.loads(pickle.dumps(found.position, protocol)) == found.position
    assert copy.copy(found) == found


def test_dataclasses_takes_them_for_its_own():
    _, made = pair(frozen=True, slots=True)
    one = made(rooms=2)
    assert dataclasses.is_dataclass(made)
    assert [row.name for row in dataclasses.fields(made)] == ["rooms", "price", "tags", "secret"]
    assert dataclasses.fields(made)[1].default == 1.5
    assert dataclasses.replace(one, price=2) == light.replace(one, price=2) == made(2, 2)
    assert dataclasses.asdict(one) == light.values_of(one)
    assert light.names_of(made) == ("rooms", "price", "tags", "secret")


def test_a_first_object_of_a_class_below_is_made_as_well():
    _, made = pair()

    class Below(made):
        pass

    assert Below(3).rooms == 3
    assert made(4).rooms == 4
    assert Below(rooms=5).rooms == 5


def test_a_named_tuple_is_one_with_defaults_methods_and_pickles():
    one = Span(3)
    assert (one, one._fields, one._field_defaults) == (
        (3, 9, ""),
        ("start", "end", "text"),
        {"end": 9, "text": ""},
    )
    assert (repr(one), Span.__qualname__, Span.__module__, Span.__doc__) == (
        "Span(start=3, end=9, text='')", "Span", __name__, "From where to where.",
    )  # fmt: skip
    assert one._replace(end=5).length == 2
    assert pickle.loads(pickle.dumps(one)) == one
    assert (
        Span.__annotations__
        == typing.get_type_hints(Span)
        == {"start": int, "end": int, "text": str}
    )
    assert not hasattr(one, "__dict__")
    with pytest.raises(TypeError):
        Span()
    with pytest.raises(AttributeError):
        one.start = 4


class Span(light.NamedTuple):
    """From where to where."""

    start: int
    end: int = 9
    text: str = ""

    @property
    def length(self):
        return self.end - self.start
