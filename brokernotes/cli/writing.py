"""`new` and `set`: a note from its template, and fields of a note changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.kinds import parse_kind
from brokernotes.cli.note_problems import problem_shapes_of, problems_of_text, show_problems
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.outcomes import writer_json
from brokernotes.cli.texts import command
from brokernotes.cli.writers import (
    Flags,
    conclude,
    field_writer,
    may_ask,
    open_note,
    outcome,
    pointing,
    shown_path,
    tell,
    vault_text,
    writing,
)
from brokernotes.errors import NotFoundError, RefusedError, UsageError
from brokernotes.features.assignments import Assignment, parse_assignment
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.field_names import field_name
from brokernotes.model.schema import NOTE_TYPES, Kind
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.features.field_writing import FieldWriter, Item
    from brokernotes.features.note_changes import FieldChange
    from brokernotes.features.note_making import Given
    from brokernotes.model.schema import Field
    from brokernotes.storage.queries import NoteRow


class _Order(NamedTuple):
    """What `new` was asked for."""

    type: str
    title: str
    assignments: tuple[Assignment, ...]
    like: str | None = None  # a note to take values from


@command(
    "new",
    N_(
        "Make a note of a KIND (client, listing, deal, community, agent, or the Chinese word) "
        "from the vault's template, and print its path.\n\n"
        "A listing without a TITLE is called by its community and layout, a client by the "
        "salutation, a deal by its listing and buyer. Whoever has the same phone, the same door "
        "or the same name already is named first, and nothing is made.\n\n"
        "`--from` takes over what a note of the same kind says of building, estate and area, or of "
        "a client's wishes: never who or which door it is, a price, a date or how it stands."
    ),
    N_(
        "Examples: `brokernotes new client 宋女士 静安两房 --set phone=13800138000`, "
        "`brokernotes new 房源 --set 小区=阳光花园 --set 室=4 --set 厅=2 --set 总价=890万`"
    ),
)
@click.argument("kind", metavar="KIND", shell_complete=offers("kinds"))
@click.argument("title", metavar="[TITLE]...", nargs=-1)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help=N_("A value, may be repeated."),
    shell_complete=offers("assignments"),
)
@click.option(
    "--from",
    "like",
    metavar="REF",
    help=N_("A note like it, to take values from."),
    shell_complete=offers("refs"),
)
@click.option("--edit", is_flag=True, help=N_("Open the new note in your editor."))
@click.option("--force", is_flag=True, help=N_("Make it although there is one like it."))
@writing_options
@common_options
@pass_app
def new_command(
    app: App,
    kind: str,
    title: Sequence[str],
    settings: Sequence[str],
    like: str | None,
    edit: bool,
    force: bool,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> int:
    """Make a note from its template."""
    assignments = tuple(parse_assignment(one) for one in settings)
    order = _Order(parse_kind(kind), " ".join(title), assignments, like)
    flags = Flags(dry_run, commit, as_json)
    if edit and as_json:
        raise click.UsageError(app.text(N_("--edit and --json do not go together")))
    with pointing(app):
        found, path = _make(app, order, flags, force=force)
        if found:
            if not (may_ask(app) and _is_wanted(app, found)):
                raise _refused(found)
            # Asked without the lock: others may write meanwhile.
            _, path = _make(app, order, flags, force=True)
    return _edit_new(app, path, flags) if edit and not dry_run else 0


def _edit_new(app: App, path: str, flags: Flags) -> int:
    from brokernotes.cli.edit import edit_note

    app.vault.refresh(app.today)
    (row,) = app.vault.queries.by_path(path)
    return edit_note(app, row, flags, tells=False)


def _make(
    app: App, order: _Order, flags: Flags, *, force: bool
) -> tuple[list[tuple[NoteRow, str]], str]:
    """Make the note, unless there is one like it: those, and the path of what was made."""
    from brokernotes.cli.likely_duplicates import find_duplicates
    from brokernotes.features.note_making import alike_values, given_values, title_of

    with writing(app) as vault:
        writer = field_writer(app)
        given = dict(given_values(order.type, order.assignments, writer))
        if order.like is not None:
            like = open_note(app, _like(app, order)).note
            given = {**alike_values(like, writer), **given}
        if "status" in given or "stage" in given:
            from brokernotes.cli.status_setting import refuse_bound

            refuse_bound(app, order.type, given)
        title = title_of(order.type, order.title, given, vault.rules.language)
        if order.type == "agent" and "name" not in given:
            row = vault.rules.schema.fields("agent")["name"]
            given["name"] = row, writer.read(row, title)
        found = [] if force else find_duplicates(app, order.type, title, given)
        path = "" if found else _write_new(app, order.type, title, given, flags)
        return found, path


def _like(app: App, order: _Order) -> NoteRow:
    """The note to take values from.

    Raises:
        NotFoundError: there is none, or more than one.
        UsageError: it is of another kind.
    """
    assert order.like is not None
    try:
        return app.vault.resolve(order.like, (order.type,))
    except NotFoundError:
        row = app.vault.resolve(order.like)
        raise UsageError(N_("{path} is another kind of note"), path=row.path) from None


def _write_new(app: App, note_type: str, title: str, given: Given, flags: Flags) -> str:
    from brokernotes.cli.new_notes import made_note

    vault = app.vault
    id_, path, text = made_note(app, note_type, title, given)
    draft = Draft(vault, app.now)
    draft.create(path, text)
    kind = next(one for one in NOTE_TYPES if one.id == note_type)
    word = kind.folders["zh"] if vault.rules.language == "zh" else note_type
    written = conclude(app, draft, flags, vault_text(app, N_("new {kind}: {title}"),
                                                     kind=word, title=title))  # fmt: skip
    problems = problems_of_text(app, path, text)
    shape: dict[str, Any] = writer_json(written, id_=id_, path=path)
    if flags.as_json:
        shape["problems"] = problem_shapes_of(app, problems)
    tell(app, flags, draft, shape, [shown_path(app, path)])
    if not flags.as_json:
        show_problems(app, problems)
    return path


def _refused(found: list[tuple[NoteRow, str]]) -> RefusedError:
    row, why = found[0]
    return RefusedError(
        why,
        hint=N_("Nothing was made; `--force` makes it all the same."),
        ref=row.ref,
        title=row.title,
        path=row.path,
    )


def _is_wanted(app: App, found: list[tuple[NoteRow, str]]) -> bool:
    for row, why in found:
        app.console.say(app.text(why, ref=row.ref, title=row.title, path=row.path))
    return click.confirm(app.text(N_("Make it all the same?")), default=False, err=True)


@command(
    "set",
    N_(
        "Change fields of a note: all of them or, if one cannot be read, none. `KEY=` clears, "
        "`KEY+=` and `KEY-=` add to a list and take from it.\n\n"
        "Keys and values are read in Chinese and English and written as the vault does; dates as "
        "people say them; links by any REF. A range sets both bounds: `budget=500-650`.\n\n"
        "When what a client looks for changes, what that does to the matches is told: homes that "
        "suit now (+), that no longer do (-), and scores that changed (~). A key that is set is "
        "no longer assumed; that the client confirmed it, `confirmed_on=today` says."
    ),
    N_(
        "Examples: `brokernotes set L-C4XB3T price=598万 urgency=高`, "
        "`brokernotes set '李女士 浦东三房' 预算上限=650万 districts+=静安 next_followup=下周三`"
    ),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.argument(
    "settings", metavar="KEY=VALUE...", nargs=-1, required=True,
    shell_complete=offers("assignments"),
)  # fmt: skip
@writing_options
@common_options
@pass_app
def set_command(
    app: App,
    ref: str,
    settings: Sequence[str],
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Change fields of a note."""
    from brokernotes.cli.match_effect import effect, no_longer_assumed
    from brokernotes.cli.status_setting import may_set_status, set_status
    from brokernotes.features.note_changes import change_fields

    assignments = [parse_assignment(one) for one in settings]
    flags = Flags(dry_run, commit, as_json)
    if may_set_status(app, assignments) and set_status(app, ref, assignments, flags):
        return
    with pointing(app), writing(app) as vault:
        row = vault.resolve(ref)
        opened = open_note(app, row)
        writer = field_writer(app)
        if row.type == "client":
            assignments += no_longer_assumed(app, opened, assignments, writer)
        text, changes = change_fields(opened.note, assignments, writer)
        matches = effect(app, row, changes, writer)
        draft = Draft(vault, app.now)

        def again(other: str) -> str:
            return change_fields(vault.reader.read(row.path, other), assignments, writer)[0]

        draft.change(opened.source, text, again)
        written = conclude(app, draft, flags, _subject(app, changes, row))
        shape = outcome(app, written, row)
        shape["changes"] = [change_json(change, writer) for change in changes]
        if matches is not None:
            shape["matches"] = matches.shape()
        tell(app, flags, draft, shape, [change_line(app, change) for change in changes])
        if matches is not None and not as_json:
            matches.print(changes)
        if not changes and not as_json:
            app.console.say(app.text(N_("{title} says so already; nothing changed"),
                                     title=row.title))  # fmt: skip


def _subject(app: App, changes: Sequence[FieldChange], row: NoteRow) -> str:
    code = app.vault.rules.language
    keys = [change.row.zh if code == "zh" else change.row.key for change in changes]
    joint = "、" if code == "zh" else ", "
    return vault_text(app, N_("set {keys}: {title}"), keys=joint.join(keys), title=row.title)


def change_line(app: App, change: FieldChange) -> str:
    """What became of a field, as people read it."""
    joint = "、" if app.language.code == "zh" else ", "
    empty = app.text(N_("(empty)"))
    old, new = (
        joint.join(_shown(change.row, item) for item in items) or empty
        for items in (change.old, change.new)
    )
    name = field_name(change.spelled, app.language.code, change.row)
    return app.text(N_("{name}: {old} → {new}"), name=name, old=old, new=new)


def _shown(row: Field, item: Item) -> str:
    from brokernotes.model.values import mask_phone

    return mask_phone(item.shown) if row.kind is Kind.PHONE else item.shown


def change_json(change: FieldChange, writer: FieldWriter) -> dict[str, Any]:
    """The same for programs."""
    row = change.row
    old, new = (
        [_shown(row, item) if row.kind is Kind.PHONE else writer.plain(row, item) for item in items]
        for items in (change.old, change.new)
    )
    if not row.many:
        return {"key": row.key, "old": (old or [None])[0], "new": (new or [None])[0]}
    return {"key": row.key, "old": old, "new": new}
