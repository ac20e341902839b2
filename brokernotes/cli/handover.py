"""`handover`: everything an agent holds, to print, and its change to somebody else."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.handover_page import HandoverPage
from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.writers import (
    Flags,
    conclude,
    outcome,
    pointing,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.assignments import parse_assignment
from brokernotes.features.handover import (
    EARNED,
    KEYS,
    ONLY_KEY,
    Held,
    Holdings,
    Step,
    held_keys,
    sort_held,
)
from brokernotes.features.publishable import still_published
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry

if TYPE_CHECKING:
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.model.records import Record
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened, Vault


@command(
    "handover",
    N_(
        "Show everything an AGENT holds: clients by stage and grade with their next step, "
        "listings by status, keys with their numbers, open deals, promises that stand, planned "
        "entries, and what is still advertised. A page to print; it changes nothing.\n\n"
        "`--to` hands all of it over: `agent`, `maintainer` and `key_holder` of the notes that "
        "name her change, each log gets an entry, and `left` is set in her note: all of it or, if "
        "one note cannot be written, none. What she has earned (who entered, surveyed, showed "
        "first) and closed deals stay hers."
    ),
    N_("Examples: `brokernotes handover 周婕`, `brokernotes handover 周婕 --to 李航 --dry-run`"),
)
@click.argument("who", metavar="AGENT", shell_complete=offers("refs"))
@click.option("--to", "heir", metavar="AGENT", help=N_("Who takes over."),
              shell_complete=offers("refs"))  # fmt: skip
@writing_options
@common_options
@pass_app
def handover_command(
    app: App, who: str, heir: str | None, dry_run: bool, commit: bool | None, as_json: bool
) -> None:
    """Show what an agent holds, or hand it over."""
    if heir is None:
        if dry_run or commit is not None:
            raise click.UsageError(
                app.text(
                    N_("without --to nothing is written, so --dry-run and --commit say nothing")
                )
            )
        with pointing(app):
            row = app.fresh.resolve(who, ("agent",))
        HandoverPage(app, row, holdings(app, row)).show(as_json=as_json)
        return
    flags = Flags(dry_run, commit, as_json)
    with pointing(app), writing(app) as vault:
        leaver = vault.resolve(who, ("agent",))
        taker = vault.resolve(heir, ("agent",))
        _refuse(vault, leaver, taker)
        _hand_over(app, leaver, taker, flags)


def holdings(app: App, row: NoteRow) -> Holdings:
    """Everything an agent holds, by the notes as they stand.

    Args:
        app: of the run; its index is current.
        row: of the agent's note.
    """
    vault = app.vault
    held = (_held(app, opened, note, row) for note, opened in _notes(vault, row))
    agents = vault.queries.of_types(("agent",), sys.maxsize)
    team = {
        one.ref: one.title
        for one in agents
        if vault.queries.resolve(str(vault.queries.values(one).get("supervisor", ""))).n == row.n
    }
    found = sort_held(held)
    return Holdings(held=found, elsewhere=_elsewhere(app, row, found), team=team)


def _notes(vault: Vault, agent: NoteRow) -> Iterator[tuple[NoteRow, Opened]]:
    """The notes that name an agent in a key that is handed over."""
    from brokernotes.storage.query import Ask

    queries = vault.queries
    for note_type, keys in KEYS.items():
        for row, values in queries.listed(Ask(type=note_type, keys=keys)):
            targets = (values.get(key) for key in keys)
            if not any(one and queries.resolve(str(one)).n == agent.n for one in targets):
                continue
            opened = vault.open(row.path)
            if held_keys(opened.note.record, agent.ref, queries.id_of):
                yield row, opened


def _elsewhere(app: App, agent: NoteRow, held: Sequence[Held]) -> tuple[Held, ...]:
    """What she planned or promised in notes that others have, one a note."""
    own = {one.path for one in held if one.keys != ONLY_KEY}
    found: dict[str, Held] = {}
    for one in app.vault.queries.occurrences(date.max, agent.ref):
        is_hers = one.agent == agent.ref and one.kind in ("planned", "promise")
        if is_hers and one.path not in own and _stands(app, one):
            (row,) = app.vault.queries.by_path(one.path)
            note = Held(
                ref=row.ref, path=row.path, type=row.type, title=row.title, keys=(), state=None
            )
            note = found.get(one.path, note)
            found[one.path] = replace(note, steps=(*note.steps, _step(app, one)))
    return tuple(found.values())


def _held(app: App, opened: Opened, row: NoteRow, agent: NoteRow) -> Held:
    vault, record = app.vault, opened.note.record
    keys = held_keys(record, agent.ref, vault.queries.id_of)
    grade = record.text("grade")
    if record.type == "client":
        from brokernotes.features.cadences import client_grade

        grade = client_grade(record)
    steps = [_step(app, one) for one in vault.queries.occurrences_of(row.n) if _stands(app, one)]
    if keys == ONLY_KEY:
        steps = []  # others do the work
    return Held(
        ref=row.ref,
        path=row.path,
        type=row.type,
        title=row.title,
        keys=keys,
        state=record.text("stage" if row.type != "listing" else "status"),
        grade=grade,
        steps=tuple(steps),
        has_key=_has_key(record, keys),
        key_no=record.text("key_no"),
        keys_at=record.text("keys"),
        published=tuple(still_published(record)),
    )


def _has_key(record: Record, keys: Sequence[str]) -> bool:
    """Whether the key is with her: she is named for it, or it is hers and nobody else is."""
    if "key_holder" in keys:
        return True
    is_kept = record.text("key_no") is not None or record.text("keys") == "store"
    return is_kept and "agent" in keys and record.text("key_holder") is None


def _stands(app: App, one: Occurrence) -> bool:
    return not one.cancelled and (one.until is None or one.until >= app.today)


def _step(app: App, one: Occurrence) -> Step:
    from brokernotes.cli.due_telling import due_voice
    from brokernotes.features import reasons

    text = reasons.reason(one, due_voice(app))
    due = None if one.undated else one.due
    return Step(kind=one.kind, due=due, at=one.at, text=text, said=one.text, entry=one.entry)


# -- handing over


def _refuse(vault: Vault, leaver: NoteRow, taker: NoteRow) -> None:
    """Refuse to hand over to nobody.

    Raises:
        UsageError: to herself.
        RefusedError: to somebody who left.
    """
    if leaver.n == taker.n:
        raise UsageError(N_("{name} cannot take over from themselves"), name=taker.title)
    left = vault.queries.values(taker).get("left")
    if left:
        raise RefusedError(
            N_("{name} left on {day} and cannot take over"), name=taker.title, day=left
        )


def _hand_over(app: App, leaver: NoteRow, taker: NoteRow, flags: Flags) -> None:
    vault, filing = app.vault, NoteEdits(app)
    found = holdings(app, leaver)
    text = vault_text(app, N_("handed over: {old} → {new}"), old=leaver.title, new=taker.title)
    entry = LogEntry(
        day=app.today, minutes=app.now.hour * 60 + app.now.minute, verb="note", line=0, text=text
    )
    for one in found.held:
        settings = [parse_assignment(f"{key}={taker.ref}") for key in one.keys]
        if _wants_reason(filing.note(one.path).record):
            settings.append(parse_assignment(f"roles_reason={text}"))
        filing.put(one.path, settings, [entry])
    if not vault.queries.values(leaver).get("left"):
        filing.put(leaver.path, [parse_assignment(f"left={app.today.isoformat()}")])
    draft = filing.finish()
    subject = vault_text(
        app, N_("hand over {count} notes: {old} → {new}"),
        count=len(found.held), old=leaver.title, new=taker.title,
    )  # fmt: skip
    written = conclude(app, draft, flags, subject)
    shape = {**outcome(app, written, leaver), "to": taker.ref, "paths": list(written.paths)}
    shape["notes"] = [
        {"id": one.ref, "path": one.path, "keys": list(one.keys)} for one in found.held
    ]
    page = HandoverPage(app, leaver, found)
    tell(app, flags, draft, shape, page.told(taker) if written.paths else [])
    if flags.as_json:
        return
    if not draft.changes:
        app.console.say(
            app.text(N_("{name} holds nothing and has left; nothing changed"), name=leaver.title)
        )
    if written.paths:
        page.tell_left_over(taker)


def _wants_reason(record: Record) -> bool:
    """Whether a role that stays hers would seem to contradict the log from now on.

    Entries that name nobody by `@` count for whoever has the note; the field says who it was.
    """
    earned = (key for key in EARNED if record.text(key))
    return record.type == "listing" and any(earned) and record.text("roles_reason") is None
