"""What was probably meant, for a person to say yes or no: `check --fix --ask`.

Nothing here is ever applied by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from brokernotes.errors import Problem, RefusedError
from brokernotes.features import mending_ids as ids
from brokernotes.features import mending_links as links
from brokernotes.features import mending_values as values
from brokernotes.features.mending import Tools, difference
from brokernotes.features.mending_places import span_of
from brokernotes.light_dataclasses import replace
from brokernotes.model.ambiguous_dates import find_ambiguous
from brokernotes.notes.editing import rename_key
from brokernotes.notes.note import Note
from brokernotes.notes.value_edits import Edit
from brokernotes.notes.yaml_text import render_double

Guess = Callable[[Note, Problem, Tools], Iterator[Edit]]


def guess(note: Note, found: Problem, tools: Tools) -> list[Edit]:
    """What would be changed if the guess is right; empty: nothing is known.

    Args:
        note: as read.
        found: one of its problems, or of the vault's about it.
        tools: reader, clock and chance.
    """
    make = GUESSES.get(found.code)
    if make is None:
        return []
    try:
        return list(make(note, found, tools))
    except RefusedError:
        return []


def is_harmless(before: Note, after: Note) -> bool:
    """Whether a guess changed no more than its place: log, ids and other keys stand."""
    old, new = before.record, after.record
    kept = [key for key in before.block.values if key in after.block.values]
    differ = [key for key in kept if before.block.values[key] != after.block.values[key]]
    return (
        old.type == new.type
        and len(old.entries) == len(new.entries)
        and len(after.block.findings) <= len(before.block.findings)
        and len(before.block.values) == len(after.block.values)
        and len(differ) <= 1
        and len(kept) >= len(before.block.values) - 1
    )


def _likely_value(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    likely, value = found.params.get("likely"), str(found.params.get("value"))
    if likely:
        yield from _instead(note, found, value, str(likely))


def _likely_key(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    likely = found.params.get("likely")
    if likely and likely not in note.block.values:
        yield from difference(
            note.text, rename_key(note.text, str(found.params["key"]), str(likely))
        )


def _likely_verb(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    likely, word = found.params.get("likely"), str(found.params["word"])
    if likely:
        typed = word if word.isascii() else word[: len(str(likely))]
        behind = "" if typed == word else " "
        yield from _instead(note, found, typed, str(likely) + behind)


def _likely_agent(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    likely = found.params.get("likely")
    if likely:
        yield from _instead(note, found, f"@{found.params['name']}", f"@{likely}")


def _likely_note(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    if found.params.get("likely"):
        named = replace(found, params={**found.params, "name": found.params["likely"]})
        yield from links.by_name(note, named, tools)


def _likely_day(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    value = str(found.params["value"])
    ambiguous = find_ambiguous(value, tools.today)
    if ambiguous and ambiguous.proposal and not any(mark in value for mark in ":：点时"):
        yield from _instead(note, found, value, ambiguous.proposal.isoformat())


def _other_amount(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    yield from _instead(note, found, str(found.params["value"]), str(found.params["other"]))


def _whole_line(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    """The value with what YAML takes for a comment, in quotes."""
    place = note.block.place(str(found.params["key"]))
    _, end = span_of(note, found.position)
    if place.kind == "scalar" and place.scalars[0].style == "plain":
        start = place.scalars[0].start
        yield start, end, render_double(note.text[start:end])


def _empty_box(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    yield (*span_of(note, found.position), "[ ]")


def _written(note: Note, found: Problem, tools: Tools) -> Iterator[Edit]:
    yield (*span_of(note, found.position), str(found.params["written"]))


def _instead(note: Note, found: Problem, old: str, new: str) -> Iterator[Edit]:
    start, end = span_of(note, found.position)
    at = note.text.find(old, start, max(end, start + len(old)))
    if at >= 0:
        yield at, at + len(old), new


GUESSES: dict[str, Guess] = {
    "unknown-value": _likely_value,
    "unknown-key": _likely_key,
    "unknown-verb": _likely_verb,
    "unknown-agent": _likely_agent,
    "dead-link": _likely_note,
    "date-ambiguous": _likely_day,
    "implausible": _other_amount,
    "comment-in-value": _whole_line,
    "bad-box": _empty_box,
    "near-heading": _written,
    "unset-word": values.cleared,
    "copied-note": ids.new_note_id,
    "duplicate-id": ids.new_note_id,
}
