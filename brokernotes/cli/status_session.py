"""A change of status at the terminal: what is missing is asked for, then all is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App
from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.status_changing import change_status
from brokernotes.cli.status_orders import Moved, Order, WantedError
from brokernotes.cli.writers import (
    Flags,
    conclude,
    field_writer,
    may_ask,
    outcome,
    pointing,
    shown_path,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import AmbiguousError, BrokernotesError, FieldError, Problem, Severity
from brokernotes.features.assignments import Assignment, refused_value
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.problems import problem
from brokernotes.model.schema import Kind

if TYPE_CHECKING:
    from brokernotes.features.lifecycle_leftovers import Leftover
    from brokernotes.features.lifecycle_needs import Want
    from brokernotes.storage.drafts import Written


def run_order(app: App, order: Order, flags: Flags) -> None:
    """Take a step, and tell what became of it.

    Args:
        app: of the run; the vault's lock is not held.
        order: what was asked for.
        flags: of the command.

    Raises:
        BrokernotesError: the step cannot be taken; nothing was written.
    """
    order = replace(order, can_ask=may_ask(app) and not flags.as_json)
    while True:
        try:
            with pointing(app), writing(app):
                filing = NoteEdits(app)
                moved = change_status(filing, order)
                _conclude(app, filing, moved, flags)
            return
        except WantedError as error:
            if not order.can_ask:
                raise
            wanted = error.wanted
        # Asked without the lock: others may write meanwhile.
        order = _asked(app, order, wanted)


def _conclude(app: App, filing: NoteEdits, moved: Moved, flags: Flags) -> None:
    draft = filing.finish()
    written = conclude(app, draft, flags, _subject(app, moved))
    problems = _new_problems(app, filing)
    shape = _shape(app, filing, moved, written, problems)
    tell(app, flags, draft, shape, list(_lines(app, filing, moved)))
    if flags.as_json:
        return
    if not draft.changes:
        title = moved.listing.title
        app.console.say(app.text(N_("{title} says so already; nothing changed"), title=title))
    for one in moved.leftovers:
        app.console.say(_said(app, one))
    from brokernotes.cli.note_problems import show_problems

    show_problems(app, problems)


def _subject(app: App, moved: Moved) -> str:
    schema, code = app.vault.rules.schema, app.vault.rules.language
    aim = moved.aim
    if aim.old == aim.new:
        verb = schema.verbs.get(aim.kind)
        deed = verb.label(code) if verb else vault_text(app, N_("status"))
        return vault_text(app, N_("{verb} {title}"), verb=deed, title=moved.listing.title)
    words = schema.vocabularies["listing_status"]
    old = words.label(aim.old, code) if aim.old else "—"
    return vault_text(
        app, N_("{title}: {old} → {new}"), title=moved.listing.title,
        old=old, new=words.label(aim.new or "", code),
    )  # fmt: skip


def _lines(app: App, filing: NoteEdits, moved: Moved) -> Iterable[str]:
    """The listing's fields first, as `set` tells them; then those of other notes, by path."""
    from brokernotes.cli.writing import change_line

    for path in moved.made:
        yield shown_path(app, path)
    for path, change in filing.changes:
        line = change_line(app, change)
        if path in moved.made:
            continue
        yield line if path == moved.listing.path else f"{shown_path(app, path)}\t{line}"


def _shape(
    app: App, filing: NoteEdits, moved: Moved, written: Written, problems: Sequence[Any]
) -> dict[str, Any]:
    from brokernotes.cli.writing import change_json
    from brokernotes.features.lifecycle_log import round_of
    from brokernotes.features.problem_texts import problem_json

    listing = filing.note(moved.listing.ref).record
    shape = outcome(app, written, moved.listing)
    shape["step"] = moved.aim.kind
    shape["old"], shape["new"] = moved.aim.old, moved.aim.new
    shape["round"] = round_of(listing)
    if moved.deal is not None:
        shape["deal"] = {"id": moved.deal.id, "path": moved.deal.path}
    shape["made"] = list(moved.made)
    shape["changes"] = [
        {"path": path, **change_json(change, filing.writer)} for path, change in filing.changes
    ]
    shape["entries"] = [{"path": path, "entry": id_} for path, id_ in moved.entries]
    shape["leftovers"] = [
        {"code": one.code, "message": _said(app, one), "params": dict(one.params)}
        for one in moved.leftovers
    ]
    shape["problems"] = [
        problem_json(one, how, app.language, app.vault.rules.schema) for one, how in problems
    ]
    return shape


def _said(app: App, one: Leftover) -> str:
    return app.text(one.message, **one.params)


# -- what is wrong now and was not before


def _new_problems(app: App, filing: NoteEdits) -> list[tuple[Problem, Severity]]:
    from brokernotes.notes.note import severity_of

    reader, checks = app.vault.reader, app.vault.rules.checks
    found: list[tuple[Problem, Severity]] = []
    for path, before, after in filing.texts():
        if reader.read(path, after).record.type not in ("listing", "deal"):
            continue
        known = {_sense(one) for one in _problems_of(filing, path, before)} if before else set()
        for one in _problems_of(filing, path, after):
            severity = severity_of(one, checks)
            if _sense(one) not in known and severity not in ("off", "hint"):
                found.append((one, Severity(severity)))
    return found


def _problems_of(filing: NoteEdits, path: str, text: str) -> list[Problem]:
    """What is wrong in a note; a deal without a price is held against what its listing asks."""
    from brokernotes.features.checking import check_note
    from brokernotes.features.deposit_height import above_asking

    app = filing.app
    note = app.vault.reader.read(path, text)
    found = check_note(note, app.vault.rules, app.today)[0]
    target = note.record.text("listing") if note.record.type == "deal" else None
    listing = filing.find(target) if target else None
    params = above_asking(note.record, filing.note(listing).record) if listing else None
    if params is not None:
        found.append(problem("deposit-above-asking", note.at("deposit_amount"), **params))
    return found


def _sense(one: Problem) -> tuple[str, str]:
    """What is wrong, wherever it stands now."""
    return one.code, repr(sorted(one.params.items()))


# -- asking


def _asked(app: App, order: Order, wanted: Sequence[Want]) -> Order:
    for want in wanted:
        order = _ask(app, order, want)
    return order


def _ask(app: App, order: Order, want: Want) -> Order:
    told = order.told
    message = app.text(want.ask, **want.params)
    if want.target == "yes":
        answer = click.confirm(message, default=False, err=True)
        return replace(order, told=replace(told, answers={**told.answers, want.key: answer}))
    if want.target == "told":
        said: str = click.prompt(message, err=True, prompt_suffix=" ").strip()
        return replace(order, told=replace(told, reason=said))
    while True:
        said = click.prompt(message, default=want.default, err=True, prompt_suffix=" ").strip()
        if want.target == "listing" and said == want.default:
            answers = {**told.answers, want.key: True}
            return replace(order, told=replace(told, answers=answers))
        value = Assignment(said, want.key, "=", said, 0)
        if not _is_readable(app, want, value):
            continue
        if want.target == "deal":
            return replace(order, for_deal=(*order.for_deal, value))
        return replace(order, for_listing=(*order.for_listing, value))


def _is_readable(app: App, want: Want, value: Assignment) -> bool:
    """Whether an answer is a value of its field; what is wrong with it is said."""
    row = app.vault.rules.schema.fields(want.target)[want.key]
    try:
        try:
            field_writer(app).read(row, value.value)
        except FieldError as error:
            raise refused_value(value, error, row.note_type) from error
    except BrokernotesError as error:
        if row.kind is Kind.LINK and isinstance(error, AmbiguousError):
            return True  # whoever is meant is asked when it is written
        from brokernotes.features.problem_texts import spoken

        params = spoken(error.params, app.language, app.vault.rules.schema)
        app.console.say(app.text(error.message, **params))
        if error.hint:
            app.console.say(app.text(error.hint, **params))
        return False
    return True
