"""Which column of a sheet becomes which field: guessed, shown, corrected, remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from brokernotes.errors import UsageError
from brokernotes.features.importing_words import AREA_RANGE, COMPOUND, OUT, PERSON, TEXT, words
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import Schema, fold
from brokernotes.model.source_text import narrow
from brokernotes.notes.convert import likely_word

NEVER = frozenset({"id", "type", "former_ids"})
_LOOKED_AT = 30  # rows a header may be among
_UNIT = re.compile(r"[(（\[【/]?\s*(万元|万|元/月|元|㎡|m2|m²|平方米|平米|平|亿)\s*[)）\]】]?\s*$")
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_MARKS = re.compile(r"[*＊:：?？\s_\-—·.。、]+")
_WHY_WORD = N_("the heading")
_WHY_VALUE = N_("what stands in it")
_WHY_ASKED = N_("as asked")
_WHY_KEPT = N_("as last time")
_WHY_TAKEN = N_("{column} has it already")
_WHY_UNKNOWN = N_("no such field")
WHYS = (_WHY_WORD, _WHY_VALUE, _WHY_ASKED, _WHY_KEPT, _WHY_TAKEN, _WHY_UNKNOWN)


class Column(NamedTuple):
    """One column and what becomes of it.

    Attributes:
        at: 0-based.
        label: its heading, made unique.
        target: a field's key, one of `importing_words.COMPOUND`, `text`; empty: left out.
        unit: of its numbers without one, as the heading or `--map` says; may be empty.
        why: source string.
        other: heading of the column that has the field already; may be empty.
    """

    at: int
    label: str
    target: str
    unit: str = ""
    why: str = _WHY_UNKNOWN
    other: str = ""


def find_header(rows: Sequence[Sequence[str]], note_type: str, schema: Schema) -> int:
    """Index of the row with the headings, below titles and banners.

    Args:
        rows: the first ones, as texts.
        note_type: of the notes to be made.
        schema: whose spellings count.
    """
    guess = _Guess(note_type, schema)
    best, best_score = 0, 0.0
    for index, cells in enumerate(rows[:_LOOKED_AT]):
        filled = [cell for cell in cells if cell]
        known = sum(guess.target(cell) is not None for cell in filled)
        # A row of values may hold a word or two; most of a row of headings are known.
        score = known + known / max(len(filled), 1)
        if known and score > best_score + 0.5:
            best, best_score = index, score
    if best_score >= 2 or (best_score and len(rows[best]) <= 2):
        return best
    return next((i for i, cells in enumerate(rows) if sum(map(bool, cells)) > 1), 0)


def labels_of(cells: Sequence[str]) -> list[str]:
    """Headings made unique; a column without one is called by its number."""
    labels: list[str] = []
    seen: set[str] = set()
    for index, cell in enumerate(cells):
        label = base = " ".join(cell.split())[:60] or f"#{index + 1}"
        number = 2
        while label in seen:
            label = f"{base} ({number})"
            number += 1
        seen.add(label)
        labels.append(label)
    return labels


def guess_columns(
    labels: Sequence[str],
    samples: Sequence[Sequence[str]],
    note_type: str,
    schema: Schema,
    given: Mapping[str, tuple[str, str]] | None = None,
) -> list[Column]:
    """What becomes of each column.

    Args:
        labels: the headings, unique.
        samples: values of each column, some rows.
        note_type: of the notes to be made.
        schema: of the rules.
        given: target and unit by heading from the last time; these are not guessed again.
    """
    guess = _Guess(note_type, schema)
    columns: list[Column] = []
    for index, label in enumerate(labels):
        unit = unit_of(label)
        if given is not None and label in given:
            target, own = given[label]
            columns.append(Column(index, label, target, own or unit, _WHY_KEPT))
            continue
        known, why = guess.target(label), _WHY_WORD
        if known is None:
            known, why = guess.by_values(samples[index]), _WHY_VALUE
        if known is None:
            known, why = TEXT, _WHY_UNKNOWN
        elif known == AREA_RANGE and guess.is_place(samples[index]):
            known, why = "districts", _WHY_VALUE
        columns.append(Column(index, label, known, unit, why))
    return settle(_parted(columns), note_type, schema)


def _parted(columns: list[Column]) -> list[Column]:
    """称呼 and 姓名 beside each other: then each of the two is what it says."""
    parted = [
        one._replace(target="salutation")
        if one.target == PERSON and _bare(one.label) in ("称呼", "尊称")
        else one
        for one in columns
    ]
    if PERSON not in (one.target for one in parted):
        return columns
    if "salutation" not in (one.target for one in parted):
        return columns
    return [one._replace(target="name") if one.target == PERSON else one for one in parted]


def settle(columns: Iterable[Column], note_type: str, schema: Schema) -> list[Column]:
    """Two columns for one field: those asked for come first, the others stay text."""
    order = {_WHY_ASKED: 0, _WHY_KEPT: 1}
    taken: dict[str, str] = {}
    settled: dict[int, Column] = {}
    for column in sorted(columns, key=lambda one: (order.get(one.why, 2), one.at)):
        if column.target in (TEXT, OUT):
            settled[column.at] = column
            continue
        keys = filled_keys(column.target, note_type)
        other = next((taken[key] for key in keys if key in taken), "")
        row = schema.fields(note_type).get(column.target)
        joins = row is not None and row.many
        if other and not joins:
            column = column._replace(target=TEXT, why=_WHY_TAKEN, other=other)
        else:
            taken.update(dict.fromkeys(keys, column.label))
        settled[column.at] = column
    return [settled[index] for index in sorted(settled)]


def filled_keys(target: str, note_type: str) -> tuple[str, ...]:
    """Keys of the fields a target fills."""
    return COMPOUND.get(note_type, {}).get(target) or ((target,) if target else ())


def apply_map(
    columns: Sequence[Column], asked: Sequence[tuple[str, str]], note_type: str, schema: Schema
) -> list[Column]:
    """The columns with what `--map` says of them.

    Args:
        columns: as guessed.
        asked: heading (or its beginning, or a letter such as `C`) and target.
        note_type: of the notes.
        schema: of the rules.

    Raises:
        UsageError: no such column or field.
    """
    changed = list(columns)
    for name, word in asked:
        index = _find_column(columns, name)
        target, unit = parse_target(word, note_type, schema)
        changed[index] = changed[index]._replace(
            target=target, unit=unit or changed[index].unit, why=_WHY_ASKED, other=""
        )
    return settle(changed, note_type, schema)


def parse_target(word: str, note_type: str, schema: Schema) -> tuple[str, str]:
    """The target a word means: a key or label of a field, a compound, `text`; empty.

    Args:
        word: with the unit of numbers without one behind a colon, if need be: `price:元`.
        note_type: of the notes.
        schema: of the rules.

    Returns:
        The target, and the unit or an empty text.

    Raises:
        UsageError: it means none.
    """
    word, _, unit = narrow(word).strip().partition(":")
    word, unit = word.strip(), unit.strip()
    if word in (OUT, TEXT) or word in COMPOUND.get(note_type, {}):
        return word, unit
    row = schema.find_field(note_type, word)
    if row is not None and row.key not in NEVER:
        return row.key, unit
    known = [one for row in schema.fields(note_type).values() for one in (row.key, row.zh)]
    likely = likely_word(word, [*known, *COMPOUND.get(note_type, {}), TEXT])
    raise UsageError(
        N_("{type} notes have no field {key}"),
        hint=N_("Did you mean {likely}?") if likely else "",
        type=note_type,
        key=word,
        likely=likely,
    )


def _find_column(columns: Sequence[Column], name: str) -> int:
    wanted = fold(name)
    for column in columns:
        if column.label == name or fold(column.label) == wanted:
            return column.at
    bare = [one.at for one in columns if _bare(one.label) == _bare(name) and _bare(name)]
    if len(bare) == 1:
        return bare[0]
    if name.isascii() and name.isalpha() and len(name) <= 2:
        number = 0
        for letter in name.upper():
            number = number * 26 + ord(letter) - 64
        if number <= len(columns):
            return number - 1
    likely = likely_word(name, [one.label for one in columns])
    raise UsageError(
        N_("the sheet has no column {column}"),
        hint=N_("Did you mean {likely}?") if likely else N_("It has: {columns}"),
        column=name,
        likely=likely,
        columns=[one.label for one in columns],
    )


class _Guess:
    """Guesses the target of a heading."""

    def __init__(self, note_type: str, schema: Schema) -> None:
        self._type = note_type
        self._schema = schema
        self._words = {fold(word): target for word, target in words(note_type).items()}
        self._fields = schema.fields(note_type)

    def target(self, label: str) -> str | None:
        """The target a heading names; None: none that is known."""
        for spelled in (fold(label), _bare(label)):
            if not spelled:
                continue
            target = self._words.get(spelled)
            if target is not None:
                return target
            row = self._schema.find_field(self._type, spelled)
            if row is not None and row.key not in NEVER:
                return row.key
        return None

    @staticmethod
    def is_place(samples: Sequence[str]) -> bool:
        """Whether a column headed `Area` says where, not how large."""
        filled = [one for one in samples if one.strip()]
        return bool(filled) and not any(re.search(r"\d", one) for one in filled)

    def by_values(self, samples: Sequence[str]) -> str | None:
        """What the values of a column without a known heading surely are: phones, or 求购 求租."""
        filled = [one.strip() for one in samples if one.strip()]
        least = max(1, len(filled) * 0.8)
        if sum(bool(re.fullmatch(r"1[3-9]\d{9}(?:\.0)?", one)) for one in filled) >= least:
            key = "owner_phone" if self._type == "listing" else "phone"
            return key if key in self._fields else None
        for key in ("intents", "transaction"):
            vocabulary = self._schema.vocabulary(self._fields[key]) if key in self._fields else None
            if vocabulary and sum(vocabulary.find(one) is not None for one in filled) >= least:
                return key
        return None


def _bare(label: str) -> str:
    """A heading without what stands in brackets, units and marks."""
    text = _BRACKETS.sub("", label)
    return fold(_MARKS.sub("", text))


def unit_of(label: str) -> str:
    """The unit a heading names for its numbers; empty: none."""
    found = _UNIT.search(label.strip())
    if not found or found.start() == 0:
        return ""
    return found[1]
