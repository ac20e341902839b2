"""The deal behind a change of status: the one that is meant, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.status_orders import Moving
from brokernotes.errors import AmbiguousError, FieldError, RefusedError
from brokernotes.features.assignments import Assignment, find_row, refused_value
from brokernotes.features.lifecycle_scene import Aim, Scene, fitting_deals, may_take
from brokernotes.language import N_
from brokernotes.model.records import Record

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


def deal_behind(
    moving: Moving, aim: Aim, scene: Scene, values: tuple[Assignment, ...]
) -> str | None:
    """Ref of the deal behind a change; one that is not there yet is made.

    Raises:
        RefusedError: it is another listing's or another buyer's, or does not stand where this
            step begins.
        AmbiguousError: several may be meant.
    """
    filing, order = moving.filing, moving.order
    if order.deal is not None:
        row = filing.app.vault.resolve(order.deal, ("deal",))
        _refuse_other(filing, row, moving.listing)
        _refuse_stage(moving, aim, filing.note(row.ref).record)
        moving.put(row.ref, values)
        return row.ref
    if not aim.needs_deal:
        sold = _last_sale(scene) if aim.kind == "resell" else None
        return sold.ref if sold else None
    found = _of_buyer(moving, aim, fitting_deals(aim, scene), values)
    if len(found) > 1:
        raise AmbiguousError(
            N_("{title}: {count} deals may be meant"),
            hint=N_("Say which: `--deal REF`."),
            candidates=tuple(f"{deal.ref}  {deal.title}  {deal.path}" for deal in found),
            ref=order.ref,
            title=scene.listing.title,
            count=len(found),
        )
    if found:
        moving.put(found[0].ref, values)
        return found[0].ref
    return _new_deal(moving, aim, values) if aim.makes_deal else None


def _refuse_other(filing: NoteEdits, deal: NoteRow, listing: NoteRow) -> None:
    target = filing.note(deal.ref).record.text("listing")
    n = filing.app.vault.queries.resolve(target).n if target else None
    if n is not None and n != listing.n:
        raise RefusedError(
            N_("{deal} is a deal of another listing"), deal=deal.title, path=deal.path
        )


def _refuse_stage(moving: Moving, aim: Aim, deal: Record) -> None:
    """Refuse a step with a deal that is over, or has not come so far."""
    if not aim.needs_deal or may_take(deal, aim):
        return
    schema, code = moving.filing.app.vault.rules.schema, moving.filing.app.language.code
    stage = deal.text("stage")
    raise RefusedError(
        N_("the deal {deal} is {stage}: this step is not for it"),
        deal=deal.title,
        stage=schema.vocabularies["deal_stage"].label(stage, code) if stage else "—",
    )


def _of_buyer(
    moving: Moving, aim: Aim, deals: Sequence[Record], values: Sequence[Assignment]
) -> Sequence[Record]:
    """Of some deals those of the buyer who was named; nobody was: all of them.

    Raises:
        RefusedError: they are other people's, and no other is made at this step.
    """
    named = _named_buyers(moving, values)
    if not named or not deals:
        return deals
    find = moving.filing.find
    own = [deal for deal in deals if {find(target) for target in deal.texts("buyer")} & named]
    found = own or [deal for deal in deals if "buyer" not in deal.values]
    # Somebody else's offer is theirs, and stays; their deposit binds the home.
    if not found and not (aim.makes_deal and deals[0].text("stage") in (None, "offer")):
        raise RefusedError(
            N_("{title}: the deal {deal} is another buyer's"),
            hint=N_("If it is the one that is meant, and its buyer changed: `--deal {ref}`."),
            title=moving.listing.title,
            deal=deals[0].title,
            ref=deals[0].ref,
        )
    return found


def _named_buyers(moving: Moving, values: Sequence[Assignment]) -> set[object]:
    """REFs of the buyers that were given with an order."""
    filing = moving.filing
    schema = filing.app.vault.rules.schema
    named: set[object] = set()
    for one in values:
        row = schema.find_field("deal", one.key)
        if row is None or row.key != "buyer":
            continue
        try:
            named = {item.identity for item in filing.writer.read(row, one.value)}
        except FieldError as error:
            raise refused_value(one, error, "deal") from error
    return named


def _last_sale(scene: Scene) -> Record | None:
    sales = [
        deal for deal in scene.deals
        if deal.text("transaction") != "lease"
        and deal.text("stage") in ("signed", "closing", "completed")
    ]  # fmt: skip
    return max(sales, key=lambda deal: (str(deal.day("signed_on") or ""), deal.ref), default=None)


def _new_deal(moving: Moving, aim: Aim, values: tuple[Assignment, ...]) -> str:
    from brokernotes.cli.new_notes import made_note
    from brokernotes.features.note_making import given_values, title_of

    filing, app = moving.filing, moving.filing.app
    ref = moving.listing.ref
    about = [Assignment(f"listing={ref}", "listing", "=", ref, 8)]
    if aim.kind == "sign":
        about.append(assign("transaction", _transaction(aim)))
    keys = {find_row(one, "deal", app.vault.rules.schema).key for one in values}
    about = [one for one in about if one.key not in keys]
    given = given_values("deal", [*about, *values], filing.writer)
    title = title_of("deal", "", given, app.vault.rules.language)
    id_, path, text = made_note(app, "deal", title, given)
    filing.create("deal", id_, path, title, text)
    moving.made.append(path)
    return id_


def _transaction(aim: Aim) -> str:
    return "lease" if aim.new == "leased_by_us" else "sale"


def settle_transaction(moving: Moving, aim: Aim, deal: str) -> None:
    """A contract is a sale or a lease, as the status says.

    Raises:
        RefusedError: the deal says otherwise.
    """
    record = moving.filing.note(deal).record
    said, wanted = record.text("transaction"), _transaction(aim)
    if said == wanted:
        return
    if said in ("sale", "lease"):
        words = moving.filing.app.vault.rules.schema.vocabularies["transaction"]
        code = moving.filing.app.language.code
        raise RefusedError(
            N_("the deal {deal} is {said}, not {wanted}"),
            deal=record.title,
            said=words.label(said, code),
            wanted=words.label(wanted, code),
        )
    moving.put(deal, [assign("transaction", wanted)])


def assign(key: str, value: str) -> Assignment:
    """`key=value`, as somebody would type it."""
    return Assignment(f"{key}={value}", key, "=", value, len(key) + 1)
