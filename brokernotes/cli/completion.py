"""What a shell offers for a word: kinds, notes, keys, values and verbs.

All of it comes from the field table and the index as it stands, the brokerage's own
fields and verbs included. A vault that cannot be read offers nothing, in silence:
nobody wants a message in the middle of a line.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from brokernotes.errors import BrokernotesError
from brokernotes.model.query_keys import find_query_field, query_fields
from brokernotes.model.schema import NOTE_TYPES, Field, Kind, find_note_type, fold

if TYPE_CHECKING:
    from brokernotes.cli.app import App

MOST = 50  # items offered at once
Offer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_ORDERED = frozenset((Kind.NUMBER, Kind.INT, Kind.DATE, Kind.DATETIME))
# What opens a condition, its key, its operator, its value as far as it is typed.
_TEST = re.compile(r"([-(（]*)([^\W\d][\w-]*|)(!=|>=|<=|[:：=＝<>]|)(.*)", re.DOTALL)
_NO_PARAMETER = click.Argument(["word"])


def _silent(offer: Callable[[App, click.Context, str], Iterable[CompletionItem]]) -> Offer:
    def asked(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            app: App = ctx.find_root().obj
            app.as_option = app.as_option or ctx.find_root().params.get("viewer")
            if app.as_option:  # then nothing is offered that the viewer may not know
                app.look_as()
            return list(offer(app, ctx, incomplete))[:MOST]
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
    """Notes: by the beginning of an id, any part of what they are called, or its pinyin."""
    from brokernotes.storage.refs import by_sound

    queries = app.vault.queries
    found = queries.beginning(incomplete.upper(), incomplete, MOST)
    if len(found) < MOST:
        found += [row for row in by_sound(queries, incomplete) if row not in found]
    return [CompletionItem(row.id or row.path, help=row.title) for row in found]


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
def status_words(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Statuses that may follow the listing's, and what may be done with it."""
    from brokernotes.cli.status_changing import standing_scene
    from brokernotes.model.lifecycle import legal_next
    from brokernotes.model.verbs import DEEDS

    if ctx.params.get("words"):
        return ()
    scene = standing_scene(app, str(ctx.params.get("ref")))
    words = scene.words(legal_next(scene.status))
    words += [scene.schema.verbs[deed].label(scene.language) for deed in DEEDS]
    return [CompletionItem(word) for word in dict.fromkeys(words) if word.startswith(incomplete)]


@_silent
def plan_words(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """The verb, then the notes that are shown."""
    ask = refs if ctx.params.get("words") else verbs
    return ask(ctx, _NO_PARAMETER, incomplete)


@_silent
def deal_words(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """What to do with a deal, then the step."""
    words = ctx.params.get("words") or ()
    if not words:
        return [CompletionItem(one) for one in ("done", "plan", "cancel") if
                one.startswith(incomplete)]  # fmt: skip
    if len(words) > 1 or words[0] == "cancel":
        return ()
    code = app.vault.rules.language
    steps = app.vault.rules.schema.vocabularies["deal_step"].choices
    return [
        CompletionItem(word, help=step.en if code == "zh" else step.zh)
        for step in steps
        for word in (step.label(code), step.id)
        if fold(word).startswith(fold(incomplete))
    ]


@_silent
def query(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """A word of a query: a key with what may follow it, or a value."""
    note_type = find_note_type(str(ctx.params.get("kind") or ""))
    return _tests(app, (note_type,), incomplete) if note_type else ()


@_silent
def due_query(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """A word of a query about whatever may be due."""
    return _tests(app, ("client", "listing", "deal"), incomplete)


@_silent
def sort_keys(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """The last key of `--sort`."""
    return _listed_keys(app, ctx, incomplete, "+-")


@_silent
def field_keys(app: App, ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """The last key of `--fields` and `--by`."""
    return _listed_keys(app, ctx, incomplete, "")


def _listed_keys(
    app: App, ctx: click.Context, incomplete: str, signs: str
) -> Iterable[CompletionItem]:
    note_type = find_note_type(str(ctx.params.get("kind") or ""))
    if note_type is None:
        return ()
    place = max(incomplete.rfind(mark) for mark in ",，、") + 1
    while incomplete[place : place + 1] and incomplete[place] in signs:
        place += 1
    before, key = incomplete[:place], incomplete[place:]
    return [
        CompletionItem(before + word, help=row.label(app.language.code))
        for row, word in _key_words(app, (note_type,), key)
    ]


def _key_words(app: App, types: Iterable[str], begun: str) -> Iterable[tuple[Field, str]]:
    """Keys that begin so: in English, else by their label in the vault's language."""
    code = app.vault.rules.language
    seen: set[str] = set()
    for note_type in types:
        for row in query_fields(app.vault.rules.schema, note_type).values():
            word = row.key if fold(row.key).startswith(fold(begun)) else row.label(code)
            if word not in seen and fold(word).startswith(fold(begun)):
                seen.add(word)
                yield row, word


def _tests(app: App, types: tuple[str, ...], incomplete: str) -> Iterable[CompletionItem]:
    found = _TEST.fullmatch(incomplete)
    if found is None:
        return ()
    before, key, sign, value = found.groups()
    if not sign:
        return [
            CompletionItem(f"{before}{word}{mark}", help=row.label(app.language.code))
            for row, word in _key_words(app, types, key)
            if row.key not in ("id", "type")
            for mark in ((":", ">=", "<=") if word == key and row.kind in _ORDERED else (":",))
        ]
    rows = (find_query_field(app.vault.rules.schema, one, key) for one in types)
    row = next((one for one in rows if one is not None), None)
    place = max(value.rfind(mark) for mark in ",，、") + 1
    begun = f"{before}{key}{sign}{value[:place]}"
    words = [*_query_words(app, row, sign), *_values(app, row, "")]
    return [CompletionItem(begun + one) for one in words if one.startswith(value[place:])]


def _query_words(app: App, row: Field | None, sign: str) -> list[str]:
    """What a query may say of a field besides its values."""
    if row is None:
        return []
    is_chinese = app.vault.rules.language == "zh"
    words: list[str] = []
    if row.kind in (Kind.DATE, Kind.DATETIME):
        words += ["今天", "本周", "本月", "-30d"] if is_chinese else ["today", "this week", "-30d"]
    if row.kind is Kind.LINK and "agent" in row.link:
        words.append("我" if is_chinese else "me")
    if sign in (":", "：") and row.kind is not Kind.BOOL:
        words += ["无", "有"] if is_chinese else ["none", "any"]
    return words


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
    elif row.key in app.vault.rules.schema.fields(row.note_type):
        labels = app.vault.queries.known_values(row, MOST)
    else:  # it stands in no note
        labels = []
    return [label for label in labels if label.startswith(begun)]


@_silent
def problem_codes(app: App, _: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Codes of problems, each with its message."""
    from brokernotes.model.problems import PROBLEMS

    for code, kind in sorted(PROBLEMS.items()):
        if code.startswith(incomplete):
            yield CompletionItem(code, help=app.text(kind.message))
