"""The brokerage's rules: `brokernotes.yaml` to `Rules`, with a place for every mistake.

Reading has two steps. `checked_rules` gives what the file says as plain values
that JSON can hold (so the index may keep them), `from_plain` makes `Rules` of
them; `read_rules` does both.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from brokernotes.errors import Problem
from brokernotes.model.digests import blake2b
from brokernotes.model.enums import CLOSED, OPEN, Choice
from brokernotes.model.fields import FIELDS
from brokernotes.model.rules import FORMAT, LATER, ORIGINS, Cadence, Quiet, Rules, builtin_schema
from brokernotes.model.schema import Field, Kind, Schema
from brokernotes.model.verbs import LOG_KEYS, VERBS, Verb

if TYPE_CHECKING:  # reading is rare: an index keeps the plain values
    from brokernotes.notes.rulebook_source import RulesSource
    from brokernotes.notes.yaml_nodes import Node

Plain = dict[str, Any]

RULES_FILE = "brokernotes.yaml"
OWN_SECTIONS = ("verbs", "values", "fields")
READER = 1  # raise when the same file would give other plain values


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
        "commit": plain.get("git", {}).get("commit"),
        "checks": plain.get("checks"),
        "schema": _schema(plain) if any(name in plain for name in OWN_SECTIONS) else None,
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
    return Cadence(**_over(asdict(Cadence()), said))


def _quiet(said: Mapping[str, Any]) -> Quiet:
    quiet = Quiet()
    if "hours" in said:
        quiet = replace(quiet, start=said["hours"][0], end=said["hours"][1])
    if "days" in said:
        quiet = replace(quiet, days=tuple(said["days"]))
    return quiet


def _schema(plain: Mapping[str, Any]) -> Schema:
    """The built-in schema with the brokerage's verbs, values and fields."""
    closed, open_ = dict(CLOSED), dict(OPEN)
    for name, values in plain.get("values", {}).items():
        vocabularies = closed if name in closed else open_
        vocabularies[name] = _extended(vocabularies[name], values)
    fields = list(FIELDS)
    for own in plain.get("fields", ()):
        vocabulary = f"{own['note_type']}.{own['key']}" if "values" in own else None
        if vocabulary:
            vocabularies = closed if own["kind"] == Kind.ENUM else open_
            vocabularies[vocabulary] = _extended((), own["values"])
        fields.append(_own_field(own, vocabulary))
    verbs = {verb.id: verb for verb in VERBS}
    for id_, own in plain.get("verbs", {}).items():
        words = tuple(own["words"])
        verbs[id_] = Verb(id_, own["zh"], own["en"], own["contact"], own["outcome"], words)
    return Schema(fields, closed, open_, tuple(verbs.values()), LOG_KEYS)


def _extended(choices: tuple[Choice, ...], own: Mapping[str, Any]) -> tuple[Choice, ...]:
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
    cadence = asdict(rules.cadence)
    cadence |= {"first_response": rules.first_response, "feedback_days": rules.feedback_days}
    hours = (_clock(rules.quiet.start), _clock(rules.quiet.end))
    return {
        "format": rules.format,
        "language": rules.language,
        "timezone": rules.timezone,
        "confidential": rules.confidential,
        "cadence": cadence,
        "quiet": {"hours": hours, "days": rules.quiet.days},
        "calendar": {"overdue": rules.overdue, "duration": rules.duration},
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
    tables = (
        READER,
        [row(field) for field in FIELDS],
        [(name, [word(value) for value in values]) for name, values in (CLOSED | OPEN).items()],
        [(word(verb), verb.contact, verb.outcome) for verb in VERBS],
        LOG_KEYS,
    )
    return _digest(repr(tables))


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=32).hexdigest()
