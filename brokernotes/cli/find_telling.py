"""What stands in notes, found and told: all of `find` but the reading of its options.

Nothing here needs Click, so that `cli.plain` can answer before it is loaded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column
from brokernotes.errors import NotFoundError, UsageError
from brokernotes.features import finding
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.phones import mask_numbers, mask_phones_in_text
from brokernotes.model.pinyin import is_typed_sound, names_sounding
from brokernotes.model.schema import Kind

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

SHOWN = 20  # notes on a terminal, unless -n says otherwise


class Hit(NamedTuple):
    """One note that was found, and the line that says why."""

    note: NoteRow
    rank: finding.Rank
    excerpt: finding.Excerpt | None
    more: int


def tell_find(
    app: App,
    words: Sequence[str],
    *,
    kind: str | None = None,
    limit: int | None = None,
    reveal: bool = False,
    form: str = "table",
) -> None:
    """Print the notes that have some words in them, for a person's eyes or for programs.

    Args:
        app: of the run.
        words: as typed.
        kind: only notes of this kind.
        limit: print no more notes.
        reveal: show phones unmasked.
        form: one of `console.FORMATS`.

    Raises:
        UsageError: no word, or no kind of note.
    """
    sought = finding.parse_sought(words)
    if not sought.words:
        raise UsageError(N_("say at least one word that is to be found"))
    looks = form == "table" and app.console.is_terminal
    most = limit or (SHOWN if looks else None)
    types: tuple[str, ...] = ()
    if kind:
        from brokernotes.cli.kinds import parse_kind

        types = (parse_kind(kind),)
    best, found = _search(app, sought, types, most, counts=looks)
    hits = [_hit(app, note, rank, sought.words) for note, rank in best]
    if looks:
        from brokernotes.cli.find_page import FindPage

        FindPage(app, sought.words, reveal=reveal).print(hits, found - len(hits))
    else:
        rows = [_json(app, hit, reveal=reveal) for hit in hits]
        app.console.rows(rows, _columns(app), form)
    if not found and form == "table":
        app.console.say(app.text(N_("nothing was found")))


def _search(
    app: App, sought: finding.Sought, types: Sequence[str], most: int | None, *, counts: bool
) -> tuple[list[tuple[NoteRow, finding.Rank]], int]:
    """The notes that fit best, `most` of them or all, and how many there are if that `counts`."""
    from brokernotes.storage.finding import (
        Asked,
        by_title,
        notes_with,
        numbers_by_phone,
        phones_of,
        titles,
    )

    db = app.fresh.index.db

    def also(word: str) -> Collection[int]:
        """Notes whose person has this phone, or whose name sounds so."""
        digits = finding.digits_of(word)
        if digits:
            return numbers_by_phone(db, digits)
        if not is_typed_sound(word):
            return ()
        called = titles(db)
        meant = names_sounding({title for _, title in called}, word)
        return {n for n, title in called if title in meant}

    asked = Asked(sought.words, sought.without, also, types)
    found = notes_with(db, asked, None if counts else most)
    rivals = [row for row in found if row.is_named]
    if most is None or len(rivals) < most:  # else the others, which rank below, are not shown
        rivals = found
    dials = any(map(finding.digits_of, sought.words))
    phones = phones_of(db, [row.n for row in rivals]) if dials else {}
    nobody: frozenset[str] = frozenset()
    ranks = {
        n: finding.rank(finding.Candidate(head, body, phones.get(n, nobody)), sought.words)
        for n, head, body, _ in rivals
    }
    if most is not None and len(ranks) > most:
        least = sorted(ranks.values(), reverse=True)[most - 1]
        ranks = {n: rank for n, rank in ranks.items() if rank >= least}
    best = sorted(by_title(db, ranks), key=ranks.__getitem__, reverse=True)[:most]
    notes = app.fresh.queries.numbered(best)
    return [(note, ranks[note.n]) for note in notes], len(found)


def _hit(app: App, note: NoteRow, rank: finding.Rank, words: Sequence[str]) -> Hit:
    try:
        text = app.vault.read(note.path).text
    except NotFoundError:  # removed a moment ago
        return Hit(note, rank, None, 0)
    lines = finding.excerpts(text, words, rank.score)
    return Hit(note, rank, lines[0] if lines else None, max(len(lines) - 1, 0))


def masked(app: App, note_type: str, key: str, text: str) -> str:
    """A line of a note without the phones in it; in the value of a phone every number is one."""
    shown = mask_phones_in_text(text)
    strictly = mask_numbers(text) if key else shown
    if strictly == shown:  # which spares loading the field table
        return shown
    field = app.vault.rules.schema.find_field(note_type, key)
    return strictly if field is not None and field.kind is Kind.PHONE else shown


def _json(app: App, hit: Hit, *, reveal: bool) -> dict[str, Any]:
    note = hit.note
    shape: dict[str, Any] = {
        "id": note.id, "type": note.type, "path": note.path,
        "title": note.title if reveal else mask_phones_in_text(note.title),
        "score": hit.rank.score, "where": finding.place_of(hit.rank.score, hit.excerpt),
    }  # fmt: skip
    if hit.excerpt:
        text, key = hit.excerpt.text, hit.excerpt.key
        shape |= {
            "line": hit.excerpt.line,
            "column": hit.excerpt.column,
            "excerpt": text if reveal else masked(app, note.type, key, text),
            "more": hit.more,
        }
        if hit.excerpt.day:
            shape["day"] = hit.excerpt.day
        if key:
            shape["key"] = key
    return shape


def _columns(app: App) -> list[Column]:
    labels = {
        "id": N_("Id"), "type": N_("Type"), "path": N_("Path"), "title": N_("Title"),
        "score": N_("Score"), "where": N_("Where"), "line": N_("Line"), "column": N_("Column"),
        "day": N_("Day"), "excerpt": N_("Excerpt"),
    }  # fmt: skip
    return [Column(key, app.text(label)) for key, label in labels.items()]
