"""What commands that take a query share: reading it, explaining it, keys to sort by and to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.pointing import pointing
from brokernotes.errors import ArgumentError
from brokernotes.language import N_
from brokernotes.model.query_keys import (
    computed_keys,
    find_query_field,
    parse_order,
    query_fields,
)
from brokernotes.model.query_tree import EVERYTHING, NOTHING, Tree, simplified
from brokernotes.model.schema import NOTE_TYPES, Field

if TYPE_CHECKING:
    from brokernotes.features.query_reading import Asking
    from brokernotes.storage.query import Computed, Order

_ALL = 1_000_000


def query_text(words: Sequence[str]) -> str:
    """The query that the words of a command line are; bytes that are no text become `�`."""
    text = " ".join(words)
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def asking(app: App) -> Asking:
    """What reading a query needs to know of the run."""
    from brokernotes.features.query_reading import Asking

    return Asking(
        schema=app.vault.rules.schema,
        now=app.now,
        language=app.language.code,
        find_linked=app.fresh.queries.find_linked,
        likely_linked=lambda field, text: _likely_title(app, field, text),
        me=lambda: app.agent,
    )


def _likely_title(app: App, field: Field, text: str) -> str | None:
    from brokernotes.notes.convert import likely_word

    rows = app.vault.queries.of_types(field.link, _ALL)
    return likely_word(text, [row.title for row in rows])


def read_words(app: App, note_type: str, words: Sequence[str]) -> Tree:
    """The query of a command line, about one type of note.

    Raises:
        UsageError: it cannot be read; shown with the place.
    """
    text = query_text(words)
    if not text.strip():
        return EVERYTHING
    from brokernotes.features.query_reading import read_query

    with pointing(app):
        return read_query(text, note_type, asking(app))


def explain(app: App, note_type: str, tree: Tree) -> None:
    """Tell how a query was read: in its plainest spelling, then in words."""
    from brokernotes.features.query_sentences import Explainer

    if tree == EVERYTHING:
        app.console.say(app.text(N_("no condition: every note of this kind")))
        return
    explainer = Explainer(app.vault.rules.schema, note_type, app.language)
    app.console.say(app.text(N_("read as: {query}"), query=explainer.plain(tree)))
    for line in explainer.lines(tree, "  "):
        app.console.say(line)


def matching(app: App, words: Sequence[str], *, explains: bool) -> frozenset[str] | None:
    """Paths of the notes something may be due about that meet a query; None: there is no query.

    Args:
        app: of the run.
        words: of the command line.
        explains: whether to tell how it was read, by type of note.

    Raises:
        UsageError: it cannot be read; shown with the place.
    """
    text = query_text(words)
    if not text.strip():
        return None
    from brokernotes.features.query_reading import read_query_of_any
    from brokernotes.joint import DUE_TYPES

    with pointing(app):
        trees = read_query_of_any(text, asking(app), DUE_TYPES)
    if explains:
        _explain_by_type(app, trees)
    return app.fresh.queries.matching(trees, computed_for(app, trees.values()))


def _explain_by_type(app: App, trees: Mapping[str, Tree]) -> None:
    from brokernotes.features.query_sentences import Explainer

    for note_type, tree in trees.items():
        found = simplified(tree)
        if found == NOTHING:
            continue
        explainer = Explainer(app.vault.rules.schema, note_type, app.language)
        plain = explainer.plain(found) or app.text(N_("every note"))
        kind = app.language.label(next(one.folders for one in NOTE_TYPES if one.id == note_type))
        app.console.say(app.text(N_("{kind}, read as: {query}"), kind=kind, query=plain))
        for line in explainer.lines(found, "  "):
            app.console.say(line)


def computed_for(app: App, trees: Iterable[Tree], keys: Iterable[str] = ()) -> Computed | None:
    """What queries or keys ask for that no note says and no index keeps; None: nothing."""
    asked = computed_keys(trees, keys)
    if not asked:
        return None
    from brokernotes.joint import computed

    found = computed(app.fresh, asked, app.now, app.agent)
    if "in_area" in asked and not found["in_area"]:
        app.console.say(
            app.text(N_("whose service area is meant? Say --agent, and see `service_areas` there"))
        )
    return found


def parse_keys(app: App, note_type: str, text: str, option: str) -> list[Field]:
    """The fields of a list such as `price,等级`.

    Raises:
        UsageError: notes of this type have no such field; shown with the place.
    """
    found: list[Field] = []
    with pointing(app):
        for start, key in pieces(text):
            found.append(field_named(app, note_type, text, start, key, option))
    return found


def parse_orders(app: App, note_type: str, texts: Sequence[str]) -> list[Order]:
    """The keys of `--sort`: `price`, `-price` or `price-` for the largest first.

    Raises:
        UsageError: notes of this type have no such field; shown with the place.
    """
    from brokernotes.storage.query import Order

    found: list[Order] = []
    with pointing(app):
        for text in texts:
            for start, piece in pieces(text):
                key, descending = parse_order(piece)
                start += piece.find(key)
                field = field_named(app, note_type, text, start, key, "--sort")
                found.append(Order(key=field.key, descending=descending))
    return found


def field_named(app: App, note_type: str, text: str, start: int, key: str, option: str) -> Field:
    """The field a key of an option means.

    Args:
        app: of the run.
        note_type: of the notes.
        text: the option's value.
        start: where the key stands in it.
        key: as typed.
        option: its name.

    Raises:
        ArgumentError: notes of this type have no such field.
    """
    schema = app.vault.rules.schema
    field = find_query_field(schema, note_type, key) if key else None
    if field is not None and field.key != "text":
        return field
    from brokernotes.notes.likeness import likely_key

    likely = likely_key(key, query_fields(schema, note_type).values())
    raise ArgumentError(
        N_("{option}: {type} notes have no field {key}"),
        text,
        (start, start + len(key)),
        hint=N_("Did you mean {likely}?") if likely else "",
        option=option,
        type=note_type,
        key=key,
        likely=likely,
    )


def pieces(text: str) -> list[tuple[int, str]]:
    """The parts of a list and where each begins."""
    pieces: list[tuple[int, str]] = []
    start = 0
    for place, character in enumerate(text + ","):
        if character in ",，、 \u3000":
            if place > start:
                pieces.append((start, text[start:place]))
            start = place + 1
    return pieces
