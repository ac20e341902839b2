"""The brokerage's rules: `brokernotes.yaml` to `Rules`, with a place for every mistake.

Reading has two steps. `checked_rules` gives what the file says as plain values
that JSON can hold (so the index may keep them), `from_plain` makes `Rules` of
them; `read_rules` does both.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from brokernotes.errors import Problem
from brokernotes.light_dataclasses import NamedTuple, replace, values_of
from brokernotes.model.builtin_tables import BuiltinTables, Vocabularies
from brokernotes.model.digests import blake2b
from brokernotes.model.rules import FORMAT, LATER, ORIGINS, Cadence, Quiet, Rules, builtin_schema
from brokernotes.model.schema import Field, Kind, Schema

if TYPE_CHECKING:  # reading is rare: an index keeps the plain values
    from brokernotes.model.choices import Choice
    from brokernotes.model.verbs import Verb
    from brokernotes.notes.rulebook_source import RulesSource
    from brokernotes.notes.yaml_nodes import Node

Plain = dict[str, Any]

RULES_FILE = "brokernotes.yaml"
OWN_SECTIONS = ("verbs", "values", "fields")
READER = 2  # raise when the same file would give other plain values


def read_rules(text: str, path: str = RULES_FILE) -> tuple[Rules, list[Problem]]:
    """Read the brokerage's rules; never raises for what stands in them.

    Args:
        text: the whole file.
        path: relative to the vault, for positions.

    Returns:
        The rules, with the default where a setting is absent or wrong, and what is
        wrong, in the file's order. A newer `format` is kept as it is.
    """
    plain, problems = checked_rules(text, path)
    return from_plain(plain), problems


def checked_rules(text: str, path: str = RULES_FILE) -> tuple[Plain, list[Problem]]:
    """What a file of rules says, as values that JSON can hold, and what is wrong in it.

    Returns:
        Only what the file says and what is right; `from_plain` adds the defaults.
    """
    from brokernotes.notes.rulebook_source import RulesSource

    source = RulesSource(text, path)
    root = source.pairs()
    plain: Plain = {}
    if root is None:
        return plain, source.problems
    own: dict[str, Node] = {}
    _read_settings(root, source, plain, own)
    if own:
        _read_own(own, source, plain)
    if plain.get("format", FORMAT) > FORMAT:
        node = next(v for _, name, v in source.map_pairs(root, "") if name == "format")
        source.report("rules-format-newer", node, format=plain["format"], known=FORMAT)
    return plain, sorted(source.problems, key=_place)


def _place(found: Problem) -> tuple[int, int]:
    return found.position.line, found.position.column


def _read_settings(root: Node, source: RulesSource, plain: Plain, own: dict[str, Node]) -> None:
    from brokernotes.notes.rulebook_settings import root_shapes
    from brokernotes.notes.rulebook_source import is_unset

    shapes = root_shapes()
    for key_node, name, value in source.map_pairs(root, ""):
        if name not in shapes and name not in OWN_SECTIONS:
            source.unknown(key_node, name, [*shapes, *OWN_SECTIONS])
        elif is_unset(value):
            continue
        elif name in OWN_SECTIONS:
            own[name] = value
        else:
            found = shapes[name].read(value, name, source)
            if found is not None:
                plain[name] = found


def _read_own(own: Mapping[str, Node], source: RulesSource, plain: Plain) -> None:
    from brokernotes.notes.rulebook_own import OwnReader

    reader = OwnReader(source, builtin_schema(), plain.get("language", Rules().language))
    for name in OWN_SECTIONS:
        if name in own:
            found: object = getattr(reader, name)(own[name])
            if found:
                plain[name] = found


def from_plain(plain: Mapping[str, Any]) -> Rules:
    """The rules that checked plain values stand for.

    Args:
        plain: as `checked_rules` gave it, or JSON gave it back.
    """
    cadence = dict(plain.get("cadence", {}))
    calendar = plain.get("calendar", {})
    said: dict[str, Any] = {
        "format": plain.get("format"),
        "language": plain.get("language"),
        "timezone": plain.get("timezone"),
        "confidential": plain.get("confidential"),
        "first_response": cadence.pop("first_response", None),
        "feedback_days": cadence.pop("feedback_days", None),
        "cadence": _cadence(cadence) if cadence else None,
        "quiet": _quiet(plain["quiet"]) if "quiet" in plain else None,
        "overdue": calendar.get("overdue"),
        "duration": calendar.get("duration"),
        "travel": calendar.get("travel"),
        "confirm": calendar.get("confirm"),
        "commit": plain.get("git", {}).get("commit"),
        "checks": plain.get("checks"),
        "schema": Schema(_OwnTables(plain))
        if any(name in plain for name in OWN_SECTIONS)
        else None,
        "other": {name: _over(default, plain.get(name, {})) for name, default in LATER.items()},
    }
    return Rules(**{name: value for name, value in said.items() if value is not None})


def _over(default: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Defaults with what is said over them, map by map; lists become tuples."""
    merged = dict(default)
    for name, value in said.items():
        below = default.get(name)
        if isinstance(value, Mapping):
            merged[name] = _over(below if isinstance(below, Mapping) else {}, value)
        else:
            merged[name] = tuple(value) if isinstance(value, list) else value
    return merged


def _cadence(said: Mapping[str, Any]) -> Cadence:
    return Cadence(**_over(values_of(Cadence()), said))


def _quiet(said: Mapping[str, Any]) -> Quiet:
    quiet = Quiet()
    if "hours" in said:
        quiet = replace(quiet, start=said["hours"][0], end=said["hours"][1])
    if "days" in said:
        quiet = replace(quiet, days=tuple(said["days"]))
    return quiet


class _OwnTables(BuiltinTables):
    """The built-in tables with the brokerage's verbs, values and fields.

    Args:
        plain: what the rules say, as checked.
    """

    def __init__(self, plain: Mapping[str, Any]) -> None:
        self._plain = plain

    def fields(self) -> Iterable[Field]:
        """Every row of the field table; the brokerage's own stand last."""
        own = self._plain.get("fields", ())
        return (*super().fields(), *(_own_field(one, _own_vocabulary(one)) for one in own))

    def closed(self) -> Vocabularies:
        """Values of the enums by vocabulary."""
        return self._with_own(super().closed(), is_closed=True)

    def open(self) -> Vocabularies:
        """Values of the terms by vocabulary."""
        return self._with_own(super().open(), is_closed=False)

    def verbs(self) -> Iterable[Verb]:
        """Verbs of the log."""
        from brokernotes.model.verbs import Verb

        verbs = {verb.id: verb for verb in super().verbs()}
        for id_, own in self._plain.get("verbs", {}).items():
            words = tuple(own["words"])
            verbs[id_] = Verb(id_, own["zh"], own["en"], own["contact"], own["outcome"], words)
        return verbs.values()

    def _with_own(self, builtin: Vocabularies, *, is_closed: bool) -> Vocabularies:
        known = dict(builtin)
        for name, values in self._plain.get("values", {}).items():
            if name in known:
                known[name] = _extended(known[name], values)
        for own in self._plain.get("fields", ()):
            name = _own_vocabulary(own)
            if name and (own["kind"] == Kind.ENUM) == is_closed:
                known[name] = _extended((), own["values"])
        return known


def _own_vocabulary(own: Mapping[str, Any]) -> str | None:
    """The name of the vocabulary of a field that the brokerage added."""
    return f"{own['note_type']}.{own['key']}" if "values" in own else None


def _extended(choices: tuple[Choice, ...], own: Mapping[str, Any]) -> tuple[Choice, ...]:
    from brokernotes.model.choices import Choice

    merged = {choice.id: choice for choice in choices}
    for id_, value in own.items():
        merged[id_] = Choice(id_, value["zh"], value["en"], tuple(value["words"]))
    return tuple(merged.values())


def _own_field(own: Mapping[str, Any], vocabulary: str | None) -> Field:
    return Field(
        key=own["key"],
        kind=Kind(own["kind"]),
        zh=own["zh"],
        en=own["en"],
        note_type=own["note_type"],
        many=own.get("many", False),
        unit=own.get("unit"),
        low=own.get("low"),
        high=own.get("high"),
        choices=vocabulary,
        link=tuple(own.get("link", ())),
        confidential=None if own.get("public") else "own",
        also=tuple(own.get("words", ())),
        own=True,
        help=own.get("help"),
    )


class Setting(NamedTuple):
    """One setting, for `config show` and the documentation.

    Attributes:
        key: dotted, as in the file.
        default: what holds without the file.
        origin: `seed`, `found` or `ours`.
        value: what holds now.
    """

    key: str
    default: object
    origin: str
    value: object


def origins(rules: Rules | None = None) -> list[Setting]:
    """Every setting with its default, where the default comes from, and its value.

    Args:
        rules: whose values to give; None: the defaults.
    """
    defaults = _flat(to_plain(Rules()))
    values = _flat(to_plain(rules)) if rules else defaults
    return [
        Setting(key, defaults.get(key), _origin(key), values.get(key))
        for key in dict.fromkeys([*defaults, *values])
    ]


def _origin(key: str) -> str:
    found = (origin for start, origin in ORIGINS.items() if f"{key}.".startswith(f"{start}."))
    return next(found, "ours")


def to_plain(rules: Rules) -> Plain:
    """All settings as the file would say them, defaults included; own vocabularies are not."""
    cadence = {
        **values_of(rules.cadence),
        "first_response": rules.first_response,
        "feedback_days": rules.feedback_days,
    }
    hours = (_clock(rules.quiet.start), _clock(rules.quiet.end))
    return {
        "format": rules.format,
        "language": rules.language,
        "timezone": rules.timezone,
        "confidential": rules.confidential,
        "cadence": cadence,
        "quiet": {"hours": hours, "days": rules.quiet.days},
        "calendar": {
            "overdue": rules.overdue,
            "duration": rules.duration,
            "travel": rules.travel,
            "confirm": _clock(rules.confirm),
        },
        **rules.other,
        "git": {"commit": rules.commit},
        "checks": rules.checks,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _flat(plain: Mapping[str, Any], before: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in plain.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}.")
        else:
            flat[before + name] = value
    return flat


def rules_digest(text: str) -> str:
    """What an index was made with: it is another for other rules or another field table.

    Args:
        text: of `brokernotes.yaml`.
    """
    return _digest(f"{_tables_digest()}\n{text}")


@functools.cache
def _tables_digest() -> str:
    """Of the built-in tables, without what is only shown (labels are read, so they count)."""
    row = attrgetter(
        "key", "note_type", "kind._value_", "zh", "en", "many", "unit", "low", "high",
        "choices", "link", "confidential", "is_code", "also",
    )  # fmt: skip
    word = attrgetter("id", "zh", "en", "words")
    builtin = BuiltinTables()
    vocabularies = {**builtin.closed(), **builtin.open()}
    tables = (
        READER,
        [row(field) for field in builtin.fields()],
        [(name, list(map(word, values))) for name, values in vocabularies.items()],
        [(word(verb), verb.contact, verb.outcome) for verb in builtin.verbs()],
        builtin.log_keys(),
    )
    return _digest(repr(tables))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=32).hexdigest()
