"""Dataclasses and named tuples that cost little to make, as far as this program uses them.

`dataclasses` loads `inspect` and compiles some eight functions for every class: 25 ms for those
that `due` loads, which is twice what Python takes to start. Here the functions are shared by all
classes, and an `__init__` is compiled when the first object of its class is made, if ever.

To type checkers, and to `dataclasses.fields`, `replace` and `asdict`, they are dataclasses.
A `NamedTuple` is that of `collections`; `typing` would compile each of its annotations.
Not offered: `InitVar`, `compare=` and `init=` of a field.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes longer to load than all of this
if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass, field, replace
    from typing import NamedTuple

    def values_of(instance: object) -> Mapping[str, object]:
        """The values of an object by the names of its fields, as they are."""
        raise NotImplementedError

    def names_of(cls: type) -> tuple[str, ...]:
        """The names of the fields of a dataclass."""
        raise NotImplementedError

else:
    from collections import namedtuple
    from operator import attrgetter

    _MISSING = object()
    _set = object.__setattr__

    class _Field:
        """What `field` says of a default."""

        kind = "object"  # its annotation

        def __init__(self, default, default_factory, is_shown):
            self.default = default
            self.default_factory = default_factory
            self.is_shown = is_shown

    def field(*, default=_MISSING, default_factory=None, repr=True):
        """A default that is made anew for each object, or is not shown; as in `dataclasses`."""
        return _Field(default, default_factory, repr)

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, order=False):
        """Make a class a dataclass; as in `dataclasses`."""
        if cls is None:
            return lambda cls: _made(cls, frozen, slots, kw_only, order)
        return _made(cls, frozen, slots, kw_only, order)

    def replace(instance, /, **changes):
        """A copy with some values changed; as in `dataclasses`."""
        return instance.__class__(**values_of(instance) | changes)

    def values_of(instance):
        """The values of an object by the names of its fields, as they are."""
        return {name: getattr(instance, name) for name in instance.__light_fields__}

    def names_of(cls):
        """The names of the fields of a dataclass."""
        return tuple(cls.__light_fields__)

    def _made(cls, frozen, slots, kw_only, order):
        body = dict(cls.__dict__)
        fields, own = {}, []
        for base in reversed(cls.__mro__[1:]):
            fields |= base.__dict__.get("__light_fields__", {})
        for name, kind in body.get("__annotations__", {}).items():
            if str(kind).removeprefix("typing.").startswith("ClassVar"):
                continue
            told = body.pop(name, _MISSING)
            if not isinstance(told, _Field):
                told = _Field(told, None, True)
            if not slots and told.default is not _MISSING:
                body[name] = told.default
            told.kind = kind
            fields[name] = told
            own.append(name)
        for name, function in _functions(fields, frozen, kw_only, order).items():
            body.setdefault(name, function)
        if body.get("__hash__") is None and frozen:  # Python has put None beside an `__eq__`
            body["__hash__"] = _hash
        body["__light_fields__"] = fields
        body["__dataclass_fields__"] = _AsDataclass()
        if slots:
            body["__slots__"] = tuple(own)
        for name in ("__dict__", "__weakref__"):
            body.pop(name, None)
        made = type(cls)(cls.__name__, cls.__bases__, body)
        made.__qualname__ = cls.__qualname__
        return made

    def _functions(fields, frozen, kw_only, order):
        names = tuple(fields)
        told = {
            "__init__": _first_init(fields, frozen, kw_only),
            "__match_args__": () if kw_only else names,
            "__light_values__": property(_getter(names)),
            "__eq__": _eq,
            "__hash__": _hash if frozen else None,
            "__repr__": _repr,
        }
        if frozen:
            told |= {
                "__setattr__": _refuse,
                "__delattr__": _refuse,
                "__setstate__": _setstate,
            }
        if order:
            told |= {"__lt__": _lt, "__le__": _le, "__gt__": _gt, "__ge__": _ge}
        return told

    def _getter(names):
        """All values at once, as a tuple."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda instance: tuple(getattr(instance, name) for name in names)

    def _first_init(fields, frozen, kw_only):
        """An `__init__` that puts the one it compiles in its own place."""

        def __init__(self, *args, **values):
            cls = next(
                one for one in type(self).__mro__ if one.__dict__.get("__init__") is __init__
            )
            cls.__init__ = _compiled_init(fields, frozen, kw_only, hasattr(cls, "__post_init__"))
            cls.__init__(self, *args, **values)

        return __init__

    def _compiled_init(fields, frozen, kw_only, has_more):
        names = {"_MISSING": _MISSING, "_set": _set}
        params, lines = ["self", "*"] if kw_only and fields else ["self"], []
        for name, told in fields.items():
            value = name
            if told.default_factory is not None:
                names["_make_" + name] = told.default_factory
                params.append(name + "=_MISSING")
                value = f"_make_{name}() if {name} is _MISSING else {name}"
            elif told.default is not _MISSING:
                names["_default_" + name] = told.default
                params.append(f"{name}=_default_{name}")
            else:
                params.append(name)
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
        if has_more:
            lines.append("self.__post_init__()")
        body = "\n ".join(lines or ["pass"])
        exec(f"def __init__({', '.join(params)}):\n {body}", names)
        return names["__init__"]

    class _TupleMaker(type):
        """Makes a named tuple of what is declared like a class."""

        def __new__(cls, name, bases, body):
            names = tuple(body.get("__annotations__", ()))
            defaults = [body.pop(one) for one in names if one in body]
            made = namedtuple(name, names, defaults=defaults, module=body.pop("__module__"))
            for key, value in body.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_TupleMaker, "NamedTuple", (), {"__module__": __name__})

    # -- shared by all classes

    def _eq(self, other):
        return (
            self.__light_values__ == other.__light_values__
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def _hash(self):
        return hash(self.__light_values__)

    def _lt(self, other):
        return (
            self.__light_values__ < other.__light_values__
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def _le(self, other):
        return (
            self.__light_values__ <= other.__light_values__
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def _gt(self, other):
        return (
            self.__light_values__ > other.__light_values__
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def _ge(self, other):
        return (
            self.__light_values__ >= other.__light_values__
            if other.__class__ is self.__class__
            else NotImplemented
        )

    def _repr(self):
        shown = (name for name, told in self.__light_fields__.items() if told.is_shown)
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({inside})"

    def _refuse(self, name, *_):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _setstate(self, state):
        """For pickles and copies: those go past what is frozen."""
        plain, slots = state if isinstance(state, tuple) else (state, None)
        for name, value in {**(plain or {}), **(slots or {})}.items():
            _set(self, name, value)

    class _AsDataclass:
        """What `dataclasses` asks for, made when it asks."""

        def __get__(self, instance, owner):
            from dataclasses import field, make_dataclass

            rows = []
            for name, told in owner.__light_fields__.items():
                said = {"repr": told.is_shown}
                if told.default_factory is not None:
                    said["default_factory"] = told.default_factory
                elif told.default is not _MISSING:
                    said["default"] = told.default
                rows.append((name, told.kind, field(**said)))
            return make_dataclass(owner.__name__, rows, kw_only=True).__dataclass_fields__


__all__ = ["NamedTuple", "dataclass", "field", "names_of", "replace", "values_of"]
