"""`find`: notes by what stands in them, with the line that says it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.listing import parse_kind
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.cli.width import cut, visible, width
from brokernotes.errors import NotFoundError, UsageError
from brokernotes.features import finding
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.phones import mask_numbers, mask_phones_in_text
from brokernotes.model.pinyin import is_typed_sound, sounds_like
from brokernotes.model.schema import Kind

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow

SHOWN = 20  # notes on a terminal, unless -n says otherwise
_LINK = lazy_pattern(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
_ENTRY_ID = lazy_pattern(r" \^[0-9A-Za-z-]+\s*$")
_INDENT = "  "


class _Hit(NamedTuple):
    """One note that was found, and the line that says why."""

    note: NoteRow
    rank: finding.Rank
    excerpt: finding.Excerpt | None
    more: int


@command(
    "find",
    N_(
        "Find notes by any text in them: names, fields and every line of the log. Each WORD must "
        "stand in the note; quote a phrase, put - before a word that must not. Names are found by "
        "their pinyin too, whole or by first letters, and phones however they are spaced.\n\n"
        "What is called so comes first, then who has it in a field, then in the log, newest first."
    ),
    N_("Examples: `brokernotes find 学区 电梯`, `brokernotes find ygxc --kind listing --json`"),
    cls=FreeWordsCommand,
)
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option(
    "--kind", metavar="KIND", shell_complete=offers("kinds"), help=N_("Only notes of this kind.")
)
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N notes."))
@click.option("--reveal", is_flag=True, help=N_("Show phones unmasked."))
@listing_options
@common_options
@pass_app
def find_command(
    app: App, words: Sequence[str], kind: str | None, limit: int | None, reveal: bool, form: str
) -> None:
    """Find notes by any text in them."""
    sought = finding.parse_sought(words)
    if not sought.words:
        raise UsageError(N_("say at least one word that is to be found"))
    looks = form == "table" and app.console.is_terminal
    most = limit or (SHOWN if looks else None)
    best, found = _search(app, sought, (parse_kind(kind),) if kind else (), most)
    hits = [_hit(app, note, rank, sought.words) for note, rank in best]
    if looks:
        _Page(app, sought.words, reveal=reveal).print(hits, found - len(hits))
    else:
        rows = [_json(app, hit, reveal=reveal) for hit in hits]
        app.console.rows(rows, _columns(app), form)
    if not found and form == "table":
        app.console.say(app.text(N_("nothing was found")))


def _search(
    app: App, sought: finding.Sought, types: Sequence[str], most: int | None
) -> tuple[list[tuple[NoteRow, finding.Rank]], int]:
    """The notes that fit best, `most` of them or all, and how many there are."""
    from brokernotes.storage.finding import NAMELESS, names_of, notes_with, numbers_by_phone, titles

    db = app.fresh.index.db

    def also(word: str) -> Collection[int]:
        """Notes whose person has this phone, or whose name sounds so."""
        digits = finding.digits_of(word)
        if digits:
            return numbers_by_phone(db, digits)
        if not is_typed_sound(word):
            return ()
        return {n for n, title in titles(db) if sounds_like(title, word, anywhere=True)}

    found = notes_with(db, sought.words, sought.without, also, types)
    rivals = [row for row in found if row.named == len(sought.words)]
    if most is None or len(rivals) < most:  # else the others, which rank below, are not shown
        rivals = found
    names = names_of(db, (row.n for row in rivals if row.named))
    ranked = []
    for row in rivals:
        called = names.get(row.n, NAMELESS)  # where no word is in its names, they do not matter
        candidate = finding.Candidate(
            called.title, called.id, row.text, called.aliases, called.phones
        )
        ranked.append((row.n, finding.rank(candidate, sought.words)))
    ranked.sort(key=lambda one: one[1], reverse=True)  # equals stay in the order of titles
    best = dict(ranked[:most])
    notes = app.fresh.queries.numbered(best)
    return [(note, best[note.n]) for note in notes], len(found)


def _hit(app: App, note: NoteRow, rank: finding.Rank, words: Sequence[str]) -> _Hit:
    try:
        text = app.vault.read(note.path).text
    except NotFoundError:  # removed a moment ago
        return _Hit(note, rank, None, 0)
    lines = finding.excerpts(text, words, rank.score)
    return _Hit(note, rank, lines[0] if lines else None, max(len(lines) - 1, 0))


def _masked(app: App, note_type: str, key: str, text: str) -> str:
    """A line of a note without the phones in it; in the value of a phone every number is one."""
    field = app.vault.rules.schema.find_field(note_type, key) if key else None
    if field is not None and field.kind is Kind.PHONE:
        return mask_numbers(text)
    return mask_phones_in_text(text)


def _json(app: App, hit: _Hit, *, reveal: bool) -> dict[str, Any]:
    note = hit.note
    shape: dict[str, Any] = {
        "id": note.id, "type": note.type, "path": note.path, "title": note.title,
        "score": hit.rank.score, "where": finding.WHERE[hit.rank.score],
    }  # fmt: skip
    if hit.excerpt:
        text, key = hit.excerpt.text, hit.excerpt.key
        shape |= {
            "line": hit.excerpt.line,
            "column": hit.excerpt.column,
            "excerpt": text if reveal else _masked(app, note.type, key, text),
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


class _Page:
    """What was found, for a person's eyes: a note's name, and below it the line."""

    def __init__(self, app: App, words: Sequence[str], *, reveal: bool) -> None:
        self._app = app
        self._console = app.console
        self._words = words
        self._reveal = reveal

    def print(self, hits: Sequence[_Hit], left: int) -> None:
        """Print the hits, and how many notes more there are."""
        with self._console.paged():
            for hit in hits:
                self._head(hit)
                if hit.excerpt and hit.excerpt.key != "title":
                    self._line(hit.note.type, hit.excerpt, hit.more)
            if left:
                one, many = N_("{count} more note"), N_("{count} more notes")
                more = self._app.language.plural(one, many, left)
                self._console.print(self._console.styled(more, "dim"))

    def _head(self, hit: _Hit) -> None:
        note = hit.note
        ref = visible(note.id or note.path)
        title = cut(visible(note.title), max(self._console.width - width(ref) - 2, 8))
        shown = self._marked(title, "bold")
        self._console.print(f"{shown}  {self._console.styled(ref, 'dim')}")

    def _line(self, note_type: str, excerpt: finding.Excerpt, more: int) -> None:
        text = _plain(excerpt.text)
        if excerpt.key:
            text = self._value(note_type, excerpt.key, text)
        if not finding.spans(text, self._words):
            text = excerpt.text.strip()
        if not self._reveal:
            text = _masked(self._app, note_type, excerpt.key, text)
        text = visible(" ".join(text.split()))
        rest = f"  +{more}" if more else ""
        room = self._console.width - width(_INDENT) - width(rest)
        line = self._marked(_around(text, self._words, room), "")
        self._console.print(_INDENT + line + (self._console.styled(rest, "dim") if rest else ""))

    def _value(self, note_type: str, key: str, text: str) -> str:
        """A value with its field's label before it."""
        field = self._app.vault.rules.schema.find_field(note_type, key)
        value = text.removeprefix(key).lstrip(" :：").strip("\"'")
        label = field.label(self._app.language.code) if field else key
        return f"{label}: {value}"

    def _marked(self, text: str, style: str) -> str:
        """A text with the words in it made to stand out."""
        shown, at = "", 0
        for start, end, _ in sorted(finding.spans(text, self._words)):
            if start >= at:
                shown += self._console.styled(text[at:start], style) if start > at else ""
                shown += self._console.styled(text[start:end], "match")
                at = end
        return shown + (self._console.styled(text[at:], style) if text[at:] else "")


def _plain(line: str) -> str:
    """A line without what marks it as Markdown: bullet, entry's id, targets of links."""
    text = _LINK.sub(r"\1", _ENTRY_ID.sub("", line)).strip()
    return text[2:] if text[:2] in ("- ", "* ", "+ ") else text


def _around(text: str, words: Sequence[str], columns: int) -> str:
    """The part of a text around the first word that fits into so many columns."""
    if width(text) <= columns:
        return text
    places = finding.spans(text, words)
    start = min((begin for begin, _, _ in places), default=0)
    end = next((finish for begin, finish, _ in places if begin == start), 0)
    if width(text[:end]) < columns:
        return cut(text, columns)
    head, room = start, columns // 3
    while head and width(text[head - 1 : start]) <= room:
        head -= 1
    while head and width(text[head - 1 :]) < columns:
        head -= 1
    return cut("…" + text[head:], columns)
