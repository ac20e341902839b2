"""A change of status carried out: scene, deal, people and logs in one draft.

`status`, `set`, the inbox and imports all end here; nothing else writes a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from brokernotes.cli.app import App
from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.writers import vault_text
from brokernotes.errors import AmbiguousError, BrokernotesError, RefusedError
from brokernotes.features.assignments import Assignment, find_row
from brokernotes.features.lifecycle import (
    OPEN_STAGES,
    Aim,
    Scene,
    Told,
    fitting_deals,
    may_take,
    read_aim,
)
from brokernotes.features.lifecycle_log import previous_status, status_changes
from brokernotes.features.lifecycle_needs import Want, refuse_risks, wants
from brokernotes.features.lifecycle_steps import changes_owner, edits_of
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field, replace
from brokernotes.model.lifecycle import ACTIVE, BOUND
from brokernotes.model.records import Record
from brokernotes.storage.deal_queries import all_deals

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


AGREED = "agreed"  # price or rent, as the deal has it


class WantedError(BrokernotesError):
    """A change cannot be made yet: something must be known first.

    Args:
        wanted: what.
        title: of the listing.
        asks: the questions, in the reader's language.
    """

    exit_code = 2

    def __init__(self, wanted: Sequence[Want], title: str, asks: Sequence[str]) -> None:
        super().__init__(
            N_("{title}: still to be said: {options}"),
            hint="{asks}",
            title=title,
            options=" ".join(dict.fromkeys(want.option for want in wanted)),
            asks="\n".join(asks),
        )
        self.wanted = wanted
        self.asks = asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for.

    Attributes:
        ref: of the listing, as typed.
        word: id of a status or a deed, from `read_word`.
        deal: REF of the deal; None: found or made.
        for_deal: values of the deal.
        for_listing: values of the listing.
        free: values of either: of the deal where one stands behind the change and has the field.
        told: the rest.
        can_ask: whether a person is there to answer.
    """

    ref: str
    word: str
    told: Told
    deal: str | None = None
    for_deal: tuple[Assignment, ...] = ()
    for_listing: tuple[Assignment, ...] = ()
    free: tuple[Assignment, ...] = ()
    can_ask: bool = False


class Moved(NamedTuple):
    """What became of an order.

    Attributes:
        aim: what it came to.
        listing: row of the listing.
        deal: title and path of the deal; None: there is none.
        made: paths of notes that were made.
        entries: id of each entry by the path of its note.
        round: the listing's now.
    """

    aim: Aim
    listing: NoteRow
    deal: Record | None
    made: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Moving:
    filing: NoteEdits
    order: Order
    listing: NoteRow
    made: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)

    def put(self, ref: str, sets: Sequence[Assignment], entries: Sequence[object] = ()) -> None:
        path, ids = self.filing.put(ref, sets, entries)  # type: ignore[arg-type]
        self.entries += [(path, id_) for id_ in ids]


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
        return _carry_out(_Moving(filing, order, row))


def _carry_out(moving: _Moving) -> Moved:
    order, filing, row = moving.order, moving.filing, moving.listing
    scene = _scene(filing, row)
    aim = read_aim(order.word, scene)
    for_deal, for_listing = _sorted_values(moving, aim, scene)
    moving.put(row.ref, for_listing)
    deal = _deal(moving, aim, scene, for_deal)
    if deal is not None and aim.kind == "sign":
        _settle_transaction(moving, aim, deal)
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
    former = _former_owners(moving, scene) if changes_owner(aim, scene, order.told) else []
    for edit in edits_of(aim, scene, order.told, former):
        sets = [Assignment(f"{k}={v}", k, "=", v, len(k) + 1) for k, v in edit.sets]
        moving.put(edit.ref, sets, edit.entries)
    deal_now = filing.note(deal).record if deal else None
    return Moved(aim, row, deal_now, tuple(moving.made), tuple(moving.entries))


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


def _with_people(moving: _Moving, scene: Scene, deal: str | None, given: frozenset[str]) -> Scene:
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
    return frozenset(busy)


# -- values


def _sorted_values(
    moving: _Moving, aim: Aim, scene: Scene
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
        )
    for one in order.free:
        is_deals = aim.needs_deal and fields.find_field("deal", one.key) is not None
        (for_deal if is_deals else for_listing).append(one)
    return tuple(for_deal), tuple(for_listing)


def _refuse_bound(aim: Aim, scene: Scene) -> None:
    """Say whose the home is, to somebody who would give it to a second buyer."""
    bound = [deal for deal in scene.deals if deal.text("stage") in OPEN_STAGES]
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


# -- the deal


def _deal(moving: _Moving, aim: Aim, scene: Scene, values: tuple[Assignment, ...]) -> str | None:
    """Ref of the deal behind a change; one that is not there yet is made."""
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
    found = fitting_deals(aim, scene)
    if len(found) > 1:
        found = _of_buyer(filing, found, values) or found
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


def _refuse_stage(moving: _Moving, aim: Aim, deal: Record) -> None:
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
    filing: NoteEdits, deals: Sequence[Record], values: Sequence[Assignment]
) -> list[Record]:
    """The deals of the buyer who was named."""
    schema, writer = filing.app.vault.rules.schema, filing.writer
    named: set[object] = set()
    for one in values:
        row = schema.find_field("deal", one.key)
        if row is not None and row.key == "buyer":
            named = {item.identity for item in writer.read(row, one.value)}
    return [
        deal for deal in deals
        if named and {filing.find(target) for target in deal.texts("buyer")} & named
    ]  # fmt: skip


def _last_sale(scene: Scene) -> Record | None:
    sales = [
        deal for deal in scene.deals
        if deal.text("transaction") != "lease"
        and deal.text("stage") in ("signed", "closing", "completed")
    ]  # fmt: skip
    return max(sales, key=lambda deal: (str(deal.day("signed_on") or ""), deal.ref), default=None)


def _new_deal(moving: _Moving, aim: Aim, values: tuple[Assignment, ...]) -> str:
    from brokernotes.cli.new_notes import made_note
    from brokernotes.features.note_making import given_values, title_of

    filing, app = moving.filing, moving.filing.app
    ref = moving.listing.ref
    about = [Assignment(f"listing={ref}", "listing", "=", ref, 8)]
    if aim.kind == "sign":
        about.append(_assign("transaction", _transaction(aim)))
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


def _settle_transaction(moving: _Moving, aim: Aim, deal: str) -> None:
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
    moving.put(deal, [_assign("transaction", wanted)])


def _assign(key: str, value: str) -> Assignment:
    return Assignment(f"{key}={value}", key, "=", value, len(key) + 1)


# -- former owners


def _former_owners(moving: _Moving, scene: Scene) -> list[Record]:
    """The notes of who owned the home until now; one is made where there is none."""
    from brokernotes.cli.new_notes import made_note
    from brokernotes.features.note_making import given_values

    filing, app, listing = moving.filing, moving.filing.app, scene.was or scene.listing
    buyers = {buyer.ref for buyer in scene.buyers}
    if "owner" in scene.given:
        buyers |= {owner.ref for owner in scene.owners}
    linked = [
        ref for target in listing.texts("owner")
        if (ref := filing.find(target)) is not None and ref not in buyers
    ]  # fmt: skip
    if scene.deal is not None and not linked:
        linked = [
            ref for target in scene.deal.texts("seller")
            if (ref := filing.find(target)) is not None and ref not in buyers
        ]  # fmt: skip
    if linked:
        return [filing.note(ref).record for ref in dict.fromkeys(linked)]
    known = _client_by_phone(filing, listing)
    if known is not None:
        return [] if known in buyers else [filing.note(known).record]
    name, phone = listing.text("owner_name"), listing.text("owner_phone")
    if not name and not phone:
        return []
    agent = listing.text("agent")
    values = {"name": name, "phone": phone, "stage": "past_client", "source": "past_client"}
    sets = [_assign(key, value) for key, value in values.items() if value]
    given = dict(given_values("client", sets, filing.writer))
    if agent is not None:
        given.update(given_values("client", [_assign("agent", agent)], filing.writer))
    title = vault_text(app, N_("former owner, {listing}"), listing=listing.title)
    id_, path, text = made_note(app, "client", title, given)
    filing.create("client", id_, path, title, text)
    moving.made.append(path)
    return [filing.note(id_).record]


def _client_by_phone(filing: NoteEdits, listing: Record) -> str | None:
    from brokernotes.errors import FieldError
    from brokernotes.model.phones import parse_phone

    for text in listing.texts("owner_phone"):
        try:
            phone = parse_phone(text)
        except FieldError:
            continue
        if phone.identifies:
            rows = filing.app.vault.queries.by_phone(phone.number)
            clients = [row for row in rows if row.type == "client"]
            if len(clients) == 1:
                return clients[0].ref
    return None
