"""`inbox`: what was dictated outdoors, filed by evening."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.options import common_options, writing_options
from brokernotes.cli.outcomes import written_json
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, conclude, may_ask, vault_text, writing
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.inbox_session import Item
    from brokernotes.cli.inbox_words import Words


@command(
    "inbox",
    N_(
        "File the lines of inbox.md, or of its Chinese namesake: one dictated line for each thing "
        "that happened.\n\n"
        "Person, listing, verb, time, interest, prices and the next date are found against the "
        "vault. Certain lines are filed; what risks money, changes a field or clashes is proposed; "
        "the rest stays with its question under it, and is read again with the answer that is "
        "typed behind the arrow. Without a terminal only `--yes` files anything."
    ),
    N_("Examples: `brokernotes inbox`, `brokernotes inbox --yes`"),
)
@click.option("-y", "--yes", is_flag=True, help=N_("File the certain lines without asking."))
@writing_options
@common_options
@pass_app
def inbox_command(app: App, yes: bool, dry_run: bool, commit: bool | None, as_json: bool) -> None:
    """File the lines of the inbox."""
    flags = Flags(dry_run, commit, as_json)
    file_inbox(app, flags, yes=yes)


def file_inbox(app: App, flags: Flags, *, yes: bool) -> bool:
    """The whole of it; whether there was anything in the inbox."""
    from brokernotes.cli.inbox_asking import ask
    from brokernotes.cli.inbox_session import Session

    session = Session(app)
    if not session.items:
        if flags.as_json:
            app.console.json({"changed": False, "lines": []})
        else:
            message = N_("the inbox is empty") if session.sources else N_("there is no inbox")
            app.console.say(app.text(message))
        return False
    if not flags.as_json:
        _print_lines(app, session)
    interrupted = False
    asks = not (yes or flags.dry_run or flags.as_json) and may_ask(app)
    if yes or flags.dry_run:
        session.choose_certain()
    elif asks:
        try:
            ask(app, session)
        except click.Abort:
            interrupted = True
    if yes or asks or flags.dry_run:
        _write(app, session, flags)
    elif flags.as_json:
        app.console.json(
            {"changed": False, "lines": [_json(session, one) for one in session.items]}
        )
    else:
        assert session.words is not None
        mark = session.words.mark("certain")
        message = N_("Nothing was filed; `brokernotes inbox --yes` files the lines marked {mark}.")
        app.console.say(app.text(message, mark=mark))
    if interrupted:
        raise click.Abort
    return True


def _write(app: App, session: Any, flags: Flags) -> None:
    with writing(app):
        filing = session.file()
        draft = filing.draft
        count = sum(1 for item in session.items if item.chosen or item.answered.dismissed)
        message = N_("inbox: {count} filed") if count else N_("inbox: questions")
        subject = vault_text(app, message, count=count)
        written = conclude(app, draft, flags, subject)
    if flags.as_json:
        shape = written_json(written)
        if flags.dry_run:
            shape["diff"] = draft.diff()
        shape["lines"] = [_json(session, one) for one in session.items]
        app.console.json(shape)
    elif not flags.dry_run:
        _tell(app, session, bool(written.paths), count)


def _tell(app: App, session: Any, changed: bool, count: int) -> None:
    left = len(session.items) - count
    plural = app.language.plural
    parts = [plural(N_("{count} line filed"), N_("{count} lines filed"), count)]
    if left:
        parts.append(
            plural(N_("{count} stays in the inbox"), N_("{count} stay in the inbox"), left)
        )
    if not changed:
        parts.append(app.text(N_("nothing changed")))
    app.console.say("，".join(parts) if app.language.code == "zh" else "; ".join(parts))


# -- what there is


def _print_lines(app: App, session: Any) -> None:
    """Every line and what it comes to: for a person, or one row an action for programs."""
    if app.console.is_terminal:
        from brokernotes.cli.inbox_page import InboxPage

        InboxPage(app, session.words).print(session.items)
        return
    keys = ("mark", "line", "note", "when", "verb", "fields", "next")
    rows = [row for item in session.items for row in _rows(session.words, item)]
    app.console.rows(rows, [Column(key, "") for key in keys], "table")


def _rows(words: Words, item: Item) -> list[dict[str, str]]:
    from brokernotes.features.capturing import QUESTION

    verdict = item.verdict
    row = dict.fromkeys(("note", "when", "verb", "fields", "next"), "")
    row |= {"mark": words.mark(item.kind), "line": mask_phones_in_text(item.line.text)}
    if item.answered.dismissed:
        return [row]
    if verdict.kind == QUESTION:
        names = " · ".join(words.candidates(verdict))
        return [row | {"note": words.question(verdict), "fields": names}]
    rows = []
    for action in verdict.actions:
        about = [words.links(action), words.fields(action)]
        rows.append(row | {
            "note": words.note(action),
            "when": words.when(action),
            "verb": words.verb(action),
            "fields": " ".join(part for part in about if part),
            "next": words.next(action).lstrip("➔"),
        })  # fmt: skip
        row |= {"mark": "", "line": ""}
    return rows


# -- for programs


def lines_json(app: App) -> list[dict[str, Any]]:
    """Every line of the inbox and what would become of it."""
    from brokernotes.cli.inbox_session import Session

    session = Session(app)
    return [_json(session, one) for one in session.items]


def _json(session: Any, item: Any) -> dict[str, Any]:
    verdict, words = item.verdict, session.words
    shape: dict[str, Any] = {
        "path": item.path,
        "line": item.line.number,
        "text": mask_phones_in_text(item.line.text),
        "day": item.day.isoformat(),
        "kind": verdict.kind,
        "filed": bool(item.made),
    }
    if verdict.code:
        shape |= {"question": words.question(verdict), "question_code": verdict.code,
                  "params": {"said": mask_phones_in_text(verdict.said)}}  # fmt: skip
    if verdict.candidates:
        shape["candidates"] = [{"id": ref, "title": words.title(ref)} for ref in verdict.candidates]
    made = list(item.made)
    shape["actions"] = [
        _action_json(session, action, made[index] if index < len(made) else None)
        for index, action in enumerate(verdict.actions)
    ]
    return shape


def _action_json(session: Any, action: Any, made: Any) -> dict[str, Any]:
    from brokernotes.cli.inbox_words import entry_json, plain_value
    from brokernotes.features.capturing import NewClient, Tick
    from brokernotes.model.values import mask_phone

    shape: dict[str, Any]
    if isinstance(action, NewClient):
        values = {
            key: "、".join(map(mask_phone, value.split("、"))) if key == "phone" else value
            for key, value in action.values
        }
        rest = mask_phones_in_text(action.rest)
        shape = {"does": "new", "title": action.title, "values": values, "text": rest}
    elif isinstance(action, Tick):
        fields = {key: plain_value(value) for key, value in action.fields.items()}
        shape = {"does": "done" if action.mark == "x" else "cancel", "id": action.ref,
                 "entry": action.entry_ref, "text": mask_phones_in_text(action.text),
                 "fields": fields}  # fmt: skip
    else:
        does = "plan" if action.entry.is_open else "log"
        shape = {"does": does, "id": action.ref, "log": entry_json(action.entry, session.lore)}
        if action.sets:
            shape["set"] = dict(action.sets)
    if made is not None:
        shape |= {"id": made.id, "path": made.path, "changed": made.is_new}
        if made.entry:
            shape["entry"] = made.entry
    return shape
