"""What a brokerage adds in its rules: verbs, values of vocabularies, fields.

Everything is checked here, against the built-in tables and against itself, and
given as plain values; `notes.rulebook` builds the schema from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.choices import Choice
from brokernotes.model.schema import NOTE_TYPES, Kind, Schema, find_note_type, fold
from brokernotes.notes.rulebook_shapes import FLAG, Group, Many, Number, Plain, Shape, Text, Word
from brokernotes.notes.rulebook_source import RulesSource, is_unset
from brokernotes.notes.yaml_nodes import Node

NAME = lazy_pattern(r"[a-z][a-z0-9_]*")  # of own keys
ID = lazy_pattern(r"[a-z][a-z0-9_-]*")  # of own values and verbs; some built-in ones have a hyphen

OWN_KINDS = tuple(
    kind.value
    for kind in Kind
    if kind not in {Kind.BIRTHDAY, Kind.LOCATION, Kind.CONSENT, Kind.PUBLISHED}
)
RESERVED = frozenset({"id", "type", "title", "aliases", "tags", "former_ids"})

_WORDS: dict[str, Shape] = {
    "id": Text(),
    "zh": Text(),
    "en": Text(),
    "words": Many(Text(), alone=True),
}
_VALUE = Group(_WORDS)


class OwnReader:
    """Reads the brokerage's own verbs, values and fields.

    Args:
        source: the file, which takes the problems.
        schema: the built-in one.
        language: of the vault: the word a verb or value is listed by is of this language.
    """

    def __init__(self, source: RulesSource, schema: Schema, language: str) -> None:
        self.source = source
        self.schema = schema
        self.language = language

    # -- verbs ---------------------------------------------------------------

    def verbs(self, node: Node) -> Plain:
        """Verbs by id; one that is built in is extended."""
        outcomes = self.schema.vocabularies["outcome"].choices
        shape = Group({**_WORDS, "contact": FLAG, "outcome": Word.choice(outcomes)})
        taken = {fold(word): verb.id for word, verb in self.schema.verb_words}
        found: Plain = {}
        for key_node, word, value in self.source.map_pairs(node, "verbs"):
            given = {} if is_unset(value) else shape.read(value, f"verbs.{word}", self.source)
            known = self.schema.find_verb(given.get("id", word)) or self.schema.find_verb(word)
            plain = self._words(key_node, word, given, known)
            if plain is None:
                continue
            contact = given.get("contact", known.contact if known else True)
            outcome = given.get("outcome") or (known and known.outcome) or "reached"
            plain |= {"contact": contact, "outcome": outcome if contact else None}
            self._take(taken, plain, value)
            found[plain["id"]] = plain
        return found

    # -- values --------------------------------------------------------------

    def values(self, node: Node) -> Plain:
        """Further values of vocabularies, by vocabulary and id."""
        names = self._vocabulary_names()
        found: Plain = {}
        for key_node, name, value in self.source.map_pairs(node, "values"):
            vocabulary = names.get(fold(name))
            if vocabulary is None:
                self.source.unknown(key_node, f"values.{name}", sorted(set(names.values())))
            elif not is_unset(value):
                choices = self.schema.vocabularies[vocabulary].choices
                own = self.choices(value, f"values.{name}", choices)
                found.setdefault(vocabulary, {}).update(own)
        return found

    def _vocabulary_names(self) -> dict[str, str]:
        """Vocabularies by their name and by the keys that stand for only one of them."""
        by_key: dict[str, set[str]] = {}
        for row in self.schema.all_fields():
            if row.choices:
                by_key.setdefault(fold(row.key), set()).add(row.choices)
        names = {key: next(iter(found)) for key, found in by_key.items() if len(found) == 1}
        names.update({fold(name): name for name in self.schema.vocabularies})
        return {key: name for key, name in names.items() if name != "type"}

    def choices(self, node: Node, key: str, known: Iterable[Choice]) -> Plain:
        """Values by id, as a map of words says."""
        by_word = {fold(word): choice for choice in known for word in choice.spellings()}
        taken = {word: choice.id for word, choice in by_word.items()}
        found: Plain = {}
        for key_node, word, value in self.source.map_pairs(node, key):
            given = {} if is_unset(value) else _VALUE.read(value, f"{key}.{word}", self.source)
            built_in = by_word.get(fold(given.get("id", word))) or by_word.get(fold(word))
            plain = self._words(key_node, word, given, built_in)
            if plain is not None:
                self._take(taken, plain, value)
                found[plain["id"]] = plain
        return found

    def _words(self, key_node: Node, word: str, given: Plain, known: Any) -> Plain | None:
        """Id, labels and further words of a verb or value; None: its id cannot be one.

        Without an id its word is its id, as for the values of open vocabularies.
        """
        id_ = known.id if known else given.get("id", word)
        if not known and "id" in given and not ID.fullmatch(id_):
            self.source.report("rules-own-name", key_node, name=id_)
            return None
        labels = {
            code: given.get(code) or (known.label(code) if known else word) for code in ("zh", "en")
        }
        if not known:
            labels[self.language] = word
        words = [*(known.words if known else ()), *given.get("words", ())]
        return {"id": id_, **labels, "words": [*dict.fromkeys(words)]}

    def _take(self, taken: dict[str, str], plain: Plain, node: Node) -> None:
        """Claim a value's words; those that mean another one already are reported and dropped."""
        for word in (plain["id"], plain["zh"], plain["en"], *plain["words"]):
            other = taken.setdefault(fold(word), plain["id"])
            if other != plain["id"]:
                self.source.report("rules-word-taken", node, word=word, other=other)
        plain["words"] = [word for word in plain["words"] if taken[fold(word)] == plain["id"]]

    # -- fields --------------------------------------------------------------

    def fields(self, node: Node) -> list[Plain]:
        """Own fields in the order of the file."""
        found: list[Plain] = []
        for key_node, word, value in self.source.map_pairs(node, "fields"):
            note_type = find_note_type(word)
            if note_type is None:
                types = [kind.id for kind in NOTE_TYPES]
                self.source.unknown(key_node, f"fields.{word}", types)
            elif not is_unset(value):
                for field_key, key, body in self.source.map_pairs(value, f"fields.{word}"):
                    plain = self._field(note_type, field_key, key, body)
                    if plain is not None and self._is_new(plain, field_key, found):
                        found.append(plain)
        return found

    def _field(self, note_type: str, key_node: Node, key: str, body: Node) -> Plain | None:
        if not NAME.fullmatch(key):
            self.source.report("rules-own-name", key_node, name=key)
            return None
        if key in RESERVED:
            self.source.report("rules-own-reserved", key_node, key=key)
            return None
        where = f"fields.{note_type}.{key}"
        given = {} if is_unset(body) else _field_shape(self).read(body, where, self.source)
        kind = given.get("kind", Kind.TEXT.value)
        if kind == Kind.ENUM and not given.get("values"):
            self.source.report("rules-own-without-values", key_node, key=key)
            kind = Kind.TERM.value
        for name, kinds in _BELONGS_TO.items():
            if name in given and kind not in kinds:
                self.source.report("rules-key-without-effect", key_node, key=name, kind=kind)
                del given[name]
        label = given.pop("label", {})
        plain = {"key": key, "note_type": note_type, **given, "kind": kind}
        return plain | {"zh": label.get("zh") or key, "en": label.get("en") or key}

    def _is_new(self, plain: Plain, node: Node, own: list[Plain]) -> bool:
        """Whether a field may stand beside the others; says so where it may not."""
        key, note_type = plain["key"], plain["note_type"]
        shape = (plain["kind"], plain.get("many", False))
        for other_type, other in self._elsewhere(key, note_type, own):
            if other != shape:
                kinds = {"kind": _shape_name(*shape), "other": _shape_name(*other)}
                self.source.report("rules-own-kind", node, key=key, type=other_type, **kinds)
                return False
        rows = self.schema.fields(note_type)
        if key in rows:
            self.source.report("rules-own-replaces", node, key=key, type=note_type)
        for word in dict.fromkeys((plain["zh"], plain["en"], *plain.get("words", ()))):
            row = self.schema.find_field(note_type, word)
            if row is not None and row.key != key:
                self.source.report("rules-word-taken", node, word=word, other=row.key)
        return True

    def _elsewhere(
        self, key: str, note_type: str, own: list[Plain]
    ) -> list[tuple[str, tuple[str, bool]]]:
        """Type and shape of the fields of a key in other types of note, own ones first."""
        rows = [r for r in self.schema.all_fields() if r.key == key and r.note_type != note_type]
        return [
            *((o["note_type"], (o["kind"], o.get("many", False))) for o in own if o["key"] == key),
            *((row.note_type, (row.kind.value, row.many)) for row in rows),
        ]


def _shape_name(kind: str, many: bool) -> str:
    return f"list of {kind}" if many else kind


_NUMBERS = frozenset({Kind.INT.value, Kind.NUMBER.value})
_BELONGS_TO = {
    "unit": _NUMBERS,
    "low": _NUMBERS,
    "high": _NUMBERS,
    "values": frozenset({Kind.ENUM.value, Kind.TERM.value}),
    "link": frozenset({Kind.LINK.value}),
}


class _Labels:
    """A label: one text for both languages, or one for each."""

    def read(self, node: Node, key: str, source: RulesSource) -> Plain | None:
        """Labels by language."""
        if node.kind == "scalar":
            return {"zh": node.text, "en": node.text}
        labels = Group({"zh": Text(), "en": Text()}).read(node, key, source)
        given = list(labels.values())
        return {code: labels.get(code, given[0]) for code in ("zh", "en")} if given else None


class _Values:
    """The vocabulary of an own field."""

    def __init__(self, choices: Callable[[Node, str, Iterable[Choice]], Plain]) -> None:
        self._choices = choices

    def read(self, node: Node, key: str, source: RulesSource) -> Plain | None:
        """Values by id; a list of words gives each word as its own id."""
        if node.kind == "list":
            words = Many(Text()).read(node, key, source) or []
            return {word: {"id": word, "zh": word, "en": word, "words": []} for word in words}
        return self._choices(node, key, ())


def _field_shape(reader: OwnReader) -> Group:
    return Group(
        {
            "label": _Labels(),
            "kind": Word.of(*OWN_KINDS),
            "many": FLAG,
            "unit": Text(),
            "low": Number(-1e12, 1e12),
            "high": Number(-1e12, 1e12),
            "values": _Values(reader.choices),
            "link": Many(
                Word({word: kind.id for kind in NOTE_TYPES for word in kind.words}), alone=True
            ),
            "public": FLAG,
            "words": Many(Text(), alone=True),
            "help": _Labels(),
        }
    )
