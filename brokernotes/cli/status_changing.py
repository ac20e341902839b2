"""A change of status carried out: scene, deal, people and logs in one draft.

`status`, `set`, the inbox and imports all end here; nothing else writes a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.status_deals import deal_behind, settle_transaction
from brokernotes.cli.status_options import refuse_option
from brokernotes.cli.status_orders import AGREED, Moved, Moving, Order, WantedError
from brokernotes.cli.status_owners import former_owners
from brokernotes.cli.writers import vault_text
from brokernotes.errors import BrokernotesError, RefusedError
from brokernotes.features.assignments import Assignment, find_row
from brokernotes.features.lifecycle import read_aim
from brokernotes.features.lifecycle_leftovers import Leftover, leftovers
from brokernotes.features.lifecycle_log import previous_status, status_changes
from brokernotes.features.lifecycle_needs import wants
from brokernotes.features.lifecycle_people import changes_owner
from brokernotes.features.lifecycle_risks import refuse_risks
from brokernotes.features.lifecycle_scene import OPEN_STAGES, Aim, Scene
from brokernotes.features.lifecycle_steps import edits_of
from brokernotes.features.owner_sections import retire_owner_sections
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.lifecycle import ACTIVE, BOUND
from brokernotes.model.records import Record
from brokernotes.storage.deal_queries import all_deals

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


def change_status(filing: NoteEdits, order: Order) -> Moved:
    """Put a change of status into a draft, with all it brings.

    Args:
        filing: the vault is locked.
        order: what was asked for.

    Raises:
        WantedError: something must be known first; nothing of it is in the draft.
        RefusedError: the change is illegal, or its deal cannot be told.
        BrokernotesError: a value cannot be read, or a note cannot be written.
    """
    with filing.all_or_nothing():
        row = filing.app.vault.resolve(order.ref, ("listing",))
        return _carry_out(Moving(filing, order, row))


def _carry_out(moving: Moving) -> Moved:
    order, filing, row = moving.order, moving.filing, moving.listing
    scene = _scene(filing, row)
    aim = read_aim(order.word, scene)
    for_deal, for_listing = _sorted_values(moving, aim, scene)
    moving.put(row.ref, for_listing)
    deal = deal_behind(moving, aim, scene, for_deal)
    if deal is not None and aim.kind == "sign":
        settle_transaction(moving, aim, deal)
    given = frozenset(_key(one, "listing", scene) for one in for_listing)
    scene = replace(scene, listing=filing.note(row.ref).record, was=scene.listing)
    scene = _with_people(moving, scene, deal, given)
    missing = wants(aim, scene, order.told)
    if not order.can_ask:
        missing = [want for want in missing if not want.is_optional]
    if missing:
        asks = [filing.app.text(want.ask, **want.params) for want in missing]
        raise WantedError(missing, scene.listing.title, asks)
    refuse_risks(aim, scene, order.told)
    former = former_owners(moving, scene) if changes_owner(aim, scene, order.told) else []
    for edit in edits_of(aim, scene, order.told, former):
        sets = [Assignment(f"{k}={v}", k, "=", v, len(k) + 1) for k, v in edit.sets]
        moving.put(edit.ref, sets, edit.entries)
    found = leftovers(aim, scene, order.told)
    if changes_owner(aim, scene, order.told):
        found += _retire_owner(moving, scene)
    deal_now = filing.note(deal).record if deal else None
    return Moved(aim, row, deal_now, tuple(moving.made), tuple(moving.entries), tuple(found))


def _retire_owner(moving: Moving, scene: Scene) -> list[Leftover]:
    """What the text of the note says of the owner is of a former one now."""
    filing, ref = moving.filing, moving.listing.ref
    said = N_("Former owner, until {date}: {title}")
    day = moving.order.told.at.day.isoformat()
    heading = vault_text(filing.app, said, date=day, title="{title}")
    if not filing.rework(ref, lambda text: retire_owner_sections(text, heading)):
        return []
    message = N_("what {title} tells of the former owner stays under “{heading}”")
    shown = heading.replace("{title}", "…")
    return [Leftover("section", message, {"title": scene.listing.title, "heading": shown})]


# -- the scene


def standing_scene(app: App, ref: str) -> Scene:
    """Where a listing stands.

    Args:
        app: of the run.
        ref: of the listing, as typed.
    """
    app.fresh  # noqa: B018  # REFs are looked up in it
    return _scene(NoteEdits(app), app.vault.resolve(ref, ("listing",)))


def _scene(filing: NoteEdits, row: NoteRow) -> Scene:
    vault = filing.app.vault
    listing = filing.note(row.ref)
    deals = [
        filing.note(deal.path).record
        for deal in all_deals(vault.index.db)
        if deal.listing is not None and vault.queries.resolve(deal.listing).n == row.n
    ]
    made = [note.record for note in filing.made("deal")]
    deals += [deal for deal in made if filing.find(deal.text("listing") or "") == row.ref]
    return Scene(
        listing=listing.record,
        remembered=_remembered(filing, row, listing.record),
        schema=vault.rules.schema,
        language=vault.rules.language,
        today=filing.app.today,
        deals=deals,
    )


def _remembered(filing: NoteEdits, row: NoteRow, listing: Record) -> str | None:
    """The 有效 status before this one as git knows it, asked only where the log is silent."""
    status, vault = listing.text("status"), filing.app.vault
    changes = status_changes(listing.entries, filing.app.today)
    if status not in BOUND or previous_status(changes, status) is not None:
        return None
    try:
        revisions = vault.history.of(row)
    except BrokernotesError:  # no repository, or none that answers: then nobody remembers
        return None
    olds = [getattr(one, "old", None) for one in revisions if getattr(one, "key", "") == "status"]
    return next((str(old) for old in reversed(olds) if old in ACTIVE), None)


def _with_people(moving: Moving, scene: Scene, deal: str | None, given: frozenset[str]) -> Scene:
    """The scene with the deal and everybody it concerns."""
    filing = moving.filing
    record = filing.note(deal).record if deal else None
    buyers = _clients(filing, record.texts("buyer") if record else ())
    owners = _clients(filing, scene.listing.texts("owner"))
    sellers = _clients(filing, record.texts("seller")) if record is not None else []
    owners, sellers = owners or sellers, sellers or owners
    were = _clients(filing, scene.was.texts("owner")) if scene.was else owners
    return replace(
        scene, deal=record, buyers=buyers, owners=owners, sellers=sellers, given=given,
        were_owners=were,
        tenants=_clients(filing, scene.listing.texts("tenant")),
        busy=_busy(filing, buyers + owners + sellers, record),
    )  # fmt: skip


def _clients(filing: NoteEdits, targets: Sequence[str]) -> list[Record]:
    found = [filing.find(target) for target in targets]
    return [filing.note(ref).record for ref in dict.fromkeys(found) if ref is not None]


def _busy(filing: NoteEdits, people: Sequence[Record], deal: Record | None) -> frozenset[str]:
    """Who stands in another deal that binds them."""
    queries = filing.app.vault.queries
    refs = {person.ref for person in people}
    busy: set[str] = set()
    for other in all_deals(filing.app.vault.index.db):
        if other.stage in OPEN_STAGES and not (deal and other.path == deal.path):
            named = (queries.id_of(target) for target in other.buyers)
            busy.update(one for one in named if one in refs)
    for made in filing.made("deal"):
        if made.record.text("stage") in OPEN_STAGES and not (deal and made.path == deal.path):
            busy.update(filing.find(target) or "" for target in made.record.texts("buyer"))
    return frozenset(busy & refs)


# -- values


def _sorted_values(
    moving: Moving, aim: Aim, scene: Scene
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """The values of the deal, and those of the listing."""
    order = moving.order
    fields = moving.filing.app.vault.rules.schema
    is_lease = aim.new == "leased_by_us" or scene.transaction == "lease"
    agreed = "rent" if is_lease else "price"
    for_deal = [one._replace(key=agreed) if one.key == AGREED else one for one in order.for_deal]
    for_listing = list(order.for_listing)
    if not aim.needs_deal and for_deal:
        _refuse_bound(aim, scene)
        raise RefusedError(
            N_("{keys}: no deal stands behind this change"),
            keys=[one.key for one in for_deal],
            type="deal",
        )
    for one in order.free:
        refuse_option(one, fields)
        is_deals = aim.needs_deal and fields.find_field("deal", one.key) is not None
        (for_deal if is_deals else for_listing).append(one)
    return tuple(for_deal), tuple(for_listing)


def _refuse_bound(aim: Aim, scene: Scene) -> None:
    """Say whose the home is, to somebody who would give it to a second buyer."""
    bound = scene.bound_deals
    if aim.new not in BOUND or not bound:
        return
    raise RefusedError(
        N_("{title}: the deal {deal} binds it already"),
        hint=N_("`brokernotes set {ref} KEY=VALUE` changes what was agreed in it."),
        title=scene.listing.title,
        deal=bound[-1].title,
        ref=bound[-1].ref,
    )


def _key(assignment: Assignment, note_type: str, scene: Scene) -> str:
    return find_row(assignment, note_type, scene.schema).key
