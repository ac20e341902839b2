"""What a shell offers for a word: kinds, notes, keys, values and verbs.

All of it comes from the field table and the index as it stands, the brokerage's own
fields and verbs included. A vault that cannot be read offers nothing, in silence:
nobody wants a message in the middle of a line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from brokernotes.errors import BrokernotesError
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, find_note_type, fold

if TYPE_CHECKING:
    from brokernotes.cli.app import App

MOST = 50  # items offered at once
Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_NO_PARAMETER = click.Argument(["word"])


def _silent(offer: Callable[[App, click.Context, str], Iterable[CompletionItem]]) -> Offer:
    def asked(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return list(offer(ctx.find_root().obj, ctx, incomplete))[:MOST]
        except (BrokernotesError, OSError, sqlite3.Error):
            return []

    return asked


@_silent
def kinds(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Kinds of note, in the vault's language where the word begins so."""
    for kind in NOTE_TYPES:
        for word in (kind.id, kind.folders["zh"]):
            if word.startswith(incomplete) and (incomplete or word == kind.id):
                yield CompletionItem(word, help=kind.folders[app.language.code])


@_silent
def refs(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Notes: by the beginning of an id, or by any part of what they are called."""
    return [
        CompletionItem(row.id or row.path, help=row.title)
        for row in app.vault.queries.beginning(incomplete.upper(), incomplete, MOST)
    ]


@_silent
def verbs(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Verbs of the log, in the vault's language first."""
    code = app.vault.rules.language
    for verb in app.vault.rules.schema.verbs.values():
        if verb.id == "removed":  # what the tool writes in the place of a forgotten entry
            continue
        for word in (verb.label(code), verb.zh, verb.en.lower(), verb.id):
            if fold(word).startswith(fold(incomplete)):
                yield CompletionItem(word, help=verb.en if code == "zh" else verb.zh)
                break


@_silent
def verb_words(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """The verb, which is the first word; what follows is the agent's own text."""
    return () if ctx.params.get("words") else verbs(ctx, _NO_PARAMETER, incomplete)


@_silent
def plan_words(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """The verb, then the notes that are shown."""
    ask = refs if ctx.params.get("words") else verbs
    return ask(ctx, _NO_PARAMETER, incomplete)


@_silent
def query(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """`KEY:VALUE` of a listing."""
    note_type = find_note_type(str(ctx.params.get("kind") or ""))
    return _pairs(app, note_type, incomplete, ":") if note_type else ()


@_silent
def assignments(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """`KEY=VALUE` of a note that is named already, or of a kind."""
    kind, ref = ctx.params.get("kind"), ctx.params.get("ref")
    note_type = find_note_type(str(kind)) if kind else None
    if ref and note_type is None:
        note_type = app.vault.resolve(str(ref)).type
    return _pairs(app, note_type, incomplete, "=") if note_type else ()


@_silent
def log_fields(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """`KEY=VALUE` of a log entry."""
    schema, code = app.vault.rules.schema, app.vault.rules.language
    key, mark, value = incomplete.partition("=")
    if mark:
        known = schema.find_log_key(key)
        vocabulary = schema.vocabulary(known) if known else None
        labels = [one.label(code) for one in vocabulary.choices] if vocabulary else []
        return [CompletionItem(f"{key}={one}") for one in labels if one.startswith(value)]
    found = schema.log_keys.values()
    return [
        CompletionItem(f"{one.label(code)}=", help=one.en)
        for one in found
        if any(fold(word).startswith(fold(key)) for word in one.spellings())
    ]


def _pairs(app: App, note_type: str, incomplete: str, mark: str) -> Iterable[CompletionItem]:
    schema, code = app.vault.rules.schema, app.vault.rules.language
    key, found, value = incomplete.partition(mark)
    if found:
        row = schema.find_field(note_type, key)
        return [CompletionItem(f"{key}{mark}{one}") for one in _values(app, row, value)]
    rows = schema.fields(note_type).values()
    return [
        CompletionItem(f"{word}{mark}", help=row.label(app.language.code))
        for row in rows
        if row.key not in ("id", "type")
        for word in [row.key if fold(row.key).startswith(fold(key)) else row.label(code)]
        if fold(word).startswith(fold(key))
    ]


def _values(app: App, row: Field | None, begun: str) -> list[str]:
    if row is None or row.confidential or row.kind is Kind.PHONE:
        return []
    vocabulary = app.vault.rules.schema.vocabulary(row)
    if vocabulary is not None:
        labels = [one.label(app.vault.rules.language) for one in vocabulary.choices]
    elif row.kind is Kind.BOOL:
        labels = ["true", "false"]
    elif row.kind is Kind.LINK:
        labels = [one.title for one in app.vault.queries.of_types(row.link, MOST)]
    else:
        labels = app.vault.queries.known_values(row, MOST)
    return [label for label in labels if label.startswith(begun)]


@_silent
def problem_codes(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Codes of problems, each with its message."""
    from brokernotes.model.problems import PROBLEMS

    for code, kind in sorted(PROBLEMS.items()):
        if code.startswith(incomplete):
            yield CompletionItem(code, help=app.text(kind.message))
