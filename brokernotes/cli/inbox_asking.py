"""The questions a person at a terminal is asked about an inbox, one line after the other."""

from __future__ import annotations

import click

from brokernotes.cli.app import App
from brokernotes.cli.inbox_session import Item, Session
from brokernotes.cli.inbox_words import Words
from brokernotes.features.capturing import CERTAIN, PROPOSED, QUESTION
from brokernotes.language import N_


def ask(app: App, session: Session) -> None:
    """Let a person decide: the certain lines at once, proposals and questions one by one."""
    assert session.words is not None
    words = session.words
    certain = session.of_kind(CERTAIN)
    if certain:
        how = click.prompt(
            app.language.plural(N_("File the certain one? [y/n/1 = one by one]"),
                                N_("File the {count} certain ones? [y/n/1 = one by one]"),
                                len(certain)),
            default="y", show_default=False, err=True,
            type=click.Choice(["y", "n", "1", "是", "否"]), show_choices=False,
        )  # fmt: skip
        if how in ("y", "是"):
            session.choose_certain()
        elif how == "1":
            for item in certain:
                item.chosen = _confirm(app, words, item)
    for item in session.of_kind(PROPOSED):
        item.chosen = _confirm(app, words, item)
    for item in session.of_kind(QUESTION):
        _settle(app, session, item)


def _confirm(app: App, words: Words, item: Item) -> bool:
    app.console.say("")
    app.console.say(item.line.text)
    for action in item.verdict.actions:
        app.console.say(f"  {words.action(action)}")
    asked = words.question(item.verdict) if item.verdict.code else app.text(N_("File it?"))
    return click.confirm(asked, default=not item.verdict.code, err=True)


def _settle(app: App, session: Session, item: Item) -> None:
    """Ask the question of a line until it is answered or put off."""
    assert session.words is not None
    words = session.words
    app.console.say("")
    app.console.say(item.line.text)
    while item.verdict.kind == QUESTION:
        app.console.say(f"  {words.question(item.verdict)}")
        for number, name in enumerate(words.candidates(item.verdict), 1):
            app.console.say(f"    {number}  {name}")
        answer = click.prompt(
            app.text(N_("A number, a name or more words; Enter: later; no: needs no filing")),
            default="", show_default=False, err=True,
        ).strip()  # fmt: skip
        if not answer:
            return
        if not session.answer(item, answer):
            app.console.say(app.text(N_("“{said}” does not answer that."), said=answer))
        if item.answered.dismissed:
            return
    if item.verdict.kind == CERTAIN:
        item.chosen = True
        for action in item.verdict.actions:
            app.console.say(f"  {words.action(action)}")
    elif not item.chosen:
        item.chosen = _confirm(app, words, item)
