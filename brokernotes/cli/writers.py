"""What commands that write notes share: the lock, the note as it stands, the outcome told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.broken_rules import refuse_unread_rules
from brokernotes.cli.choosing import may_ask as may_ask
from brokernotes.cli.outcomes import finish, writer_json
from brokernotes.cli.pointing import pointing as pointing
from brokernotes.cli.shown import shown_path as shown_path
from brokernotes.errors import ChangedMeanwhileError, RefusedError
from brokernotes.language import N_, language
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.values import mask_phones_in_text
from brokernotes.notes.links import link_fold
from brokernotes.storage.drafts import Draft, Written

if TYPE_CHECKING:
    from brokernotes.features.field_writing import FieldWriter, Named
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened, Vault


class Flags(NamedTuple):
    """The options of `writing_options`, as given."""

    dry_run: bool
    commit: bool | None
    as_json: bool


@contextlib.contextmanager
def writing(app: App) -> Iterator[Vault]:
    """The vault, locked, its index as fresh as the files are now.

    Raises:
        VaultError: its rules could not be read.
        RefusedError: it is looked at with an agent's eyes.
    """
    if app.as_option:
        raise RefusedError(N_("with --as a vault is only looked at; nothing was written"))
    refuse_unread_rules(app)
    with app.vault.writing():
        if "fresh" in vars(app):
            app.vault.refresh(app.today, app.console.progress)
        yield app.fresh


def open_note(app: App, row: NoteRow) -> Opened:
    """The note as it stands on the disk.

    Raises:
        ChangedMeanwhileError: a merge conflict stands in it.
    """
    opened = app.vault.open(row.path)
    log = opened.note.log
    in_block = any(found.code == "conflict-marker" for found in opened.note.block.findings)
    if in_block or log.conflicts:
        raise ChangedMeanwhileError(
            N_("a merge conflict stands in {path}; nothing was written"),
            hint=N_("Keep one side, remove the lines of <<<<<<< and >>>>>>>, then try again."),
            path=shown_path(app, row.path),
        )
    return opened


def field_writer(app: App) -> FieldWriter:
    """Reads typed values for notes of the vault."""
    from brokernotes.features.field_writing import FieldWriter, Links

    return FieldWriter(app.vault.rules, app.now, Links(_finder(app), _identifier(app)))


def _finder(app: App) -> Any:
    from brokernotes.features.field_writing import Named

    def find(ref: str, types: tuple[str, ...]) -> Named:
        row = app.vault.resolve(ref, types)
        return Named(name_of(row), row.title, row.ref)

    return find


def _identifier(app: App) -> Any:
    queries = app.vault.queries

    def identity(target: str) -> str:
        n = queries.resolve(target).n
        return link_fold(target) if n is None else queries.note(n).ref

    return identity


def name_of(row: NoteRow) -> str:
    """A note's file name without folder and `.md`: what links say."""
    return row.path.rpartition("/")[2].removesuffix(".md")


def my_note(app: App) -> NoteRow | None:
    """The note of the agent who is asking; None: nobody in particular."""
    return app.vault.resolve(app.agent, ("agent",)) if app.agent else None


def agent_of(app: App, opened: Opened) -> str | None:
    """Id of the agent a note names; of an agent's own note its own."""
    record = opened.note.record
    target = record.text("agent")
    if target is not None:
        return app.vault.queries.id_of(target)
    return record.id if record.type == "agent" else None


def vault_text(app: App, message: str, /, **params: object) -> str:
    """A source string in the vault's language, as commits say it."""
    return language(app.vault.rules.language).text(message, **params)


def conclude(app: App, draft: Draft, flags: Flags, subject: str) -> Written:
    """Write the draft, or show what it would do; JSON shows it later."""
    if flags.dry_run and flags.as_json:
        from brokernotes.cli.sharing_guard import refuse_breaches

        refuse_breaches(app, draft)
        return Written()
    # A title that somebody typed may hold a phone, and git keeps a subject for good.
    subject = mask_phones_in_text(subject)
    return finish(app, draft, subject=subject, dry_run=flags.dry_run, commit=flags.commit)


def tell(
    app: App, flags: Flags, draft: Draft, shape: dict[str, object], lines: Sequence[str]
) -> None:
    """Tell the outcome: as JSON, or in lines where something was written."""
    if flags.as_json:
        if flags.dry_run:
            shape["diff"] = draft.diff()
        app.console.json(shape)
    elif not flags.dry_run:
        for line in lines:
            app.console.print(app.console.text(line))


def outcome(app: App, written: Written, row: NoteRow, entry: str | None = None) -> dict[str, Any]:
    """The shape of a writer's outcome about one note."""
    return writer_json(written, id_=row.id, path=row.path, entry=entry)
