"""`set status=` and `new … status=`: a status is changed the one way, whoever asks.

Values of a listing's status and of a deal's stage hang together, so neither is typed into one
note alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.writers import Flags, field_writer, pointing
from brokernotes.errors import FieldError, RefusedError
from brokernotes.features.assignments import Assignment, find_row, refused_value
from brokernotes.features.lifecycle_scene import OPEN_STAGES
from brokernotes.language import N_
from brokernotes.model.records import Record
from brokernotes.model.schema import Field
from brokernotes.notes.links import link_target

if TYPE_CHECKING:
    from brokernotes.features.note_making import Given


def may_set_status(app: App, assignments: Sequence[Assignment]) -> bool:
    """Whether something is said of a status or a stage; cheap, for every other `set`."""
    schema = app.vault.rules.schema
    status = schema.find_field("listing", "status")
    stage = schema.find_field("deal", "stage")
    return any(
        schema.find_field("listing", one.key) is status
        or schema.find_field("deal", one.key) is stage
        for one in assignments
    )


def set_status(app: App, ref: str, assignments: Sequence[Assignment], flags: Flags) -> bool:
    """Change the status of a listing, and what else was given with it.

    Args:
        app: of the run; the vault's lock is not held.
        ref: of the note, as typed.
        assignments: all that were given.
        flags: of the command.

    Returns:
        False: the note is no listing, or its status is not touched; nothing was done.

    Raises:
        BrokernotesError: the change is illegal, or cannot be written.
    """
    from brokernotes.cli.log_entries import happened
    from brokernotes.cli.status_orders import Order
    from brokernotes.cli.status_session import run_order
    from brokernotes.features.lifecycle_scene import Told

    with pointing(app):
        row = app.fresh.resolve(ref)
        if row.type == "deal":
            _refuse_stage(app, row.ref, assignments)
            return False
        if row.type != "listing":
            return False
        wanted = [one for one in assignments if _is(one, "status", app)]
        if not wanted:
            return False
        word = status_id(app, wanted[-1], find_row(wanted[-1], "listing", app.vault.rules.schema))
        others = tuple(one for one in assignments if one not in wanted)
        told = Told(at=happened(app, None))
    run_order(app, Order(ref=row.ref, word=word, told=told, for_listing=others), flags)
    return True


def _is(assignment: Assignment, key: str, app: App) -> bool:
    return find_row(assignment, "listing", app.vault.rules.schema).key == key


def status_id(app: App, assignment: Assignment, row: Field) -> str:
    """The id of the status an assignment names.

    Raises:
        ArgumentError: it names none.
        RefusedError: it clears the status.
    """
    if not assignment.value:
        raise RefusedError(
            N_("a listing's status is never cleared"),
            hint=N_("`brokernotes status {ref}` says what may follow."),
            ref="LISTING",
        )
    try:
        item = field_writer(app).read(row, assignment.value)[0]
    except FieldError as error:
        raise refused_value(assignment, error, row.note_type) from error
    return str(item.identity)


def refuse_bound(app: App, note_type: str, given: Given) -> None:
    """Refuse to make a listing that a deal holds, or a deal its listing knows nothing of.

    Args:
        app: of the run.
        note_type: of the new note.
        given: its values by key.

    Raises:
        RefusedError: the step that makes both is named.
    """
    code = app.language.code
    verbs = app.vault.rules.schema.verbs
    if note_type == "listing" and _only(given, "status") == "deposit":
        raise RefusedError(
            N_("a new listing has no deposit yet: first it is offered"),
            hint=N_("Make it without, then `brokernotes status LISTING {deed}`."),
            deed=verbs["deposit"].label(code),
        )
    if note_type != "deal" or "listing" not in given:
        return
    n = app.vault.queries.resolve(link_target(given["listing"][1][0].written)).n
    if n is None:
        return
    listing = app.vault.open(app.vault.queries.note(n).path).note.record
    transaction = _only(given, "transaction")
    values = {"transaction": transaction} if transaction else {}
    deal = Record(path="", type="deal", id=None, values=values)
    _refuse_disagreement(app, listing, deal, _only(given, "stage"))


def _only(given: Given, key: str) -> str | None:
    items = given[key][1] if key in given else ()
    return str(items[0].identity) if items else None


def _refuse_stage(app: App, ref: str, assignments: Sequence[Assignment]) -> None:
    """Refuse a stage that would contradict the listing's status.

    Raises:
        RefusedError: it would; the step that moves both is named.
    """
    schema = app.vault.rules.schema
    wanted = [one for one in assignments if find_row(one, "deal", schema).key == "stage"]
    deal = app.vault.open(app.vault.resolve(ref).path).note.record
    about = deal.text("listing")
    n = app.vault.queries.resolve(about).n if about else None
    if not wanted or n is None:
        return
    listing = app.vault.open(app.vault.queries.note(n).path).note.record
    row = schema.fields("deal")["stage"]
    try:
        items = field_writer(app).read(row, wanted[-1].value) if wanted[-1].value else []
    except FieldError as error:
        raise refused_value(wanted[-1], error, "deal") from error
    _refuse_disagreement(app, listing, deal, str(items[0].identity) if items else None)


def _refuse_disagreement(app: App, listing: Record, deal: Record, stage: str | None) -> None:
    from brokernotes.cli.status_changing import standing_scene
    from brokernotes.features.lifecycle_checks import deed_of_stage
    from brokernotes.features.lifecycle_risks import refuse_second

    if stage in OPEN_STAGES and stage != deal.text("stage"):
        refuse_second(standing_scene(app, listing.ref), deal)
    deed = deed_of_stage(listing, deal, stage)
    if deed is None:
        return
    code, schema = app.language.code, app.vault.rules.schema
    status = listing.text("status")
    words = schema.vocabularies["listing_status"]
    raise RefusedError(
        N_("the listing {listing} is {status}, so the stage of its deal cannot change alone"),
        hint=N_("`brokernotes status {ref} {deed}` moves both."),
        listing=listing.title,
        status=words.label(status, code) if status else "—",
        ref=listing.ref,
        deed=schema.verbs[deed].label(code),
    )
