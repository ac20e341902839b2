"""The notes of who owned a home until now."""

from __future__ import annotations

from brokernotes.cli.note_edits import NoteEdits
from brokernotes.cli.status_deals import assign
from brokernotes.cli.status_orders import Moving
from brokernotes.cli.writers import vault_text
from brokernotes.features.lifecycle_scene import Scene
from brokernotes.language import N_
from brokernotes.model.records import Record


def former_owners(moving: Moving, scene: Scene) -> list[Record]:
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
    sets = [assign(key, value) for key, value in values.items() if value]
    given = dict(given_values("client", sets, filing.writer))
    if agent is not None:
        given.update(given_values("client", [assign("agent", agent)], filing.writer))
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
