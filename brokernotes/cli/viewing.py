"""`--as AGENT`: what one agent would see, and how what they would not is named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from brokernotes.errors import NotFoundError, UsageError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.features.sharing import Sight
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault
    from brokernotes.viewing import SeenVault

# Commands that show notes, and read them through the run's vault alone; what they may write
# besides is refused where it is written. Any other is refused: what it says might come from
# elsewhere, or be wrong without what is hidden, as `check` would be, which misses what it
# cannot see.
SHOWING = frozenset(
    (
        "list", "tree", "find", "show", "match", "due", "history", "changes", "ical", "report",
        "deal", "status", "evidence", "commission", "export",
    )
)  # fmt: skip

_ASK = N_("{what}: private listing, ask {holder}, who holds it")
_ASK_NOBODY = N_("{what}: private listing; nobody is named who holds it")
_CLIENT = N_("{what}: {holder}'s client, ask {holder}")
_CLIENT_NOBODY = N_("{what}: nobody is named whose client it is")
_INSTEAD = {"listing": N_("private"), "deal": N_("private"), "client": N_("kept back")}


def allow(command: str) -> None:
    """Take `--as` for a command that only shows.

    Raises:
        UsageError: it does something else.
    """
    if command not in SHOWING:
        raise UsageError(
            N_("{command} does not go with --as, which only shows: use it with {commands}"),
            command=command,
            commands=", ".join(sorted(SHOWING)),
        )


def viewer(vault: Vault, asked: str) -> str:
    """The id of the agent whose eyes a vault is to be read with.

    Raises:
        NotFoundError: there is no such agent, or the note has no id.
        AmbiguousError: there are several.
    """
    row = vault.resolve(asked, ("agent",))
    if row.id is None:
        raise NotFoundError(
            N_("{path} has no id, so nothing says what is theirs"),
            hint=N_("`brokernotes check --fix` gives it one."),
            path=row.path,
        )
    return row.id


def say_whose_eyes(app: App, agent: str) -> None:
    """Tell that something may be missing, and that this says nothing about what is known."""
    name = app.vault.queries.titles([agent]).get(agent, agent)
    said = N_("As {name} would see it: what is kept from them counts as not set.")
    app.console.say(app.text(said, name=name))


def seen(app: App) -> SeenVault | None:
    """The run's vault, if it is read with an agent's eyes."""
    return app.fresh if app.as_option else None  # type: ignore[return-value]


def kept_keys(app: App, row: NoteRow) -> tuple[str, ...]:
    """The keys of a note with a value that is kept from the viewer."""
    vault = seen(app)
    return vault.kept(row) if vault is not None else ()


def hidden_from_viewer(app: App, row: NoteRow) -> frozenset[str]:
    """The keys of a note whose values are kept from the viewer, set or not."""
    vault = seen(app)
    return vault.hidden_keys(row) if vault is not None else frozenset()


def kept_json(app: App, row: NoteRow) -> dict[str, object]:
    """What is kept back of a note, for programs: keys, entries of the log, and whom to ask."""
    vault = seen(app)
    keys, entries = (vault.kept(row), vault.kept_entries(row)) if vault is not None else ((), 0)
    if vault is None or not (keys or entries):
        return {}
    sight = vault.sight(row)
    return {"hidden": list(keys), "hidden_entries": entries, "holder": sight.holder}


def kept_lines(app: App, row: NoteRow) -> list[str]:
    """What is kept back of a note, in words, and whom to ask.

    Args:
        app: of the run.
        row: the note, as the viewer sees it.
    """
    vault = seen(app)
    if vault is None:
        return []
    keys, entries = vault.kept(row), vault.kept_entries(row)
    fields = vault.rules.schema.fields(row.type)
    joint = "、" if app.language.code == "zh" else ", "
    told = [fields[key].label(app.language.code) for key in keys]
    if entries:
        one, many = N_("{count} log entry"), N_("{count} log entries")
        told.append(app.language.plural(one, many, entries))
    return [_named(app, vault.sight(row), joint.join(told))] if told else []


def _named(app: App, sight: Sight, what: str) -> str:
    holder = sight.holder
    if not sight.why:  # an entry of a note of one's own kind, about a private listing
        return app.text(N_("{what}: of a private listing"), what=what)
    if holder is None:
        return app.text(_ASK_NOBODY if sight.why == "private" else _CLIENT_NOBODY, what=what)
    name = app.vault.queries.titles([holder]).get(holder, holder)
    return app.text(_ASK if sight.why == "private" else _CLIENT, what=what, holder=name)


def say_kept(app: App, rows: Iterable[NoteRow]) -> None:
    """Tell what is kept back of the notes an answer was made from, and whom to ask."""
    for row in rows:
        for line in kept_lines(app, row):
            app.console.say(app.text(N_("{title}: {kept}"), title=row.title, kept=line))


def kept_of(app: App, rows: Iterable[NoteRow]) -> dict[str, object]:
    """The same for programs: by the REF of each note of which something is kept back."""
    found = {row.ref: kept for row in rows if (kept := kept_json(app, row))}
    return {"kept": found} if found else {}


def instead(app: App, note_type: str) -> str:
    """What stands in the place of a value that is kept from the viewer."""
    return app.text(_INSTEAD.get(note_type, _INSTEAD["client"]))
