"""A dictated 定金, 签约 or 退订, once somebody said yes: the status changes as `status` does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.errors import RefusedError
from brokernotes.features.assignments import Assignment
from brokernotes.features.capturing import Append
from brokernotes.features.capturing_deals import deal_values, reason_of, word_of
from brokernotes.features.log_making import Moment
from brokernotes.notes.log_writing import child_lines

if TYPE_CHECKING:
    from brokernotes.cli.note_edits import NoteEdits
    from brokernotes.cli.status_orders import Moved


def change_dictated(edits: NoteEdits, action: Append, children: Sequence[str] = ()) -> Moved | None:
    """Carry out the change of status that an entry tells of.

    Args:
        edits: under way.
        action: of the line.
        children: lines under it.

    Returns:
        What became of it; None: the entry changes no status, or names no listing.

    Raises:
        RefusedError: it is illegal, or the line does not say enough.
    """
    from brokernotes.cli.status_changing import change_status
    from brokernotes.cli.status_orders import Order, WantedError
    from brokernotes.features.lifecycle_scene import Told

    entry, schema = action.entry, edits.app.vault.rules.schema
    word = word_of(entry, schema)
    listing = _listing(edits, action)
    if word is None or listing is None:
        return None
    values = dict(deal_values(entry))
    if listing != action.ref and word in ("deposit", "sign"):
        values["buyer"] = action.ref
    text = entry.text if entry.verb != "status" else entry.text.partition(" ")[2]
    told = Told(
        at=Moment(entry.day, entry.minutes),
        reason=reason_of(entry) if word in ("deposit_cancel", "rescind") else "",
        text=text,
        children=(*entry.children, *child_lines("\n".join(children))),
        promise=None if "expected_signing" in values else entry.fields.get("next"),
        answers={"owner": True, "people": True, "lease_end": True},  # a person said yes to the line
        agent=entry.agent,
    )
    order = Order(
        ref=listing,
        word=word,
        told=told,
        for_deal=tuple(Assignment(value, key, "=", value, 0) for key, value in values.items()),
    )
    try:
        return change_status(edits, order)
    except WantedError as error:
        raise RefusedError("{asks}", asks=" ".join(error.asks)) from error


def _listing(edits: NoteEdits, action: Append) -> str | None:
    """Ref of the listing an entry is about: the note itself, or the one listing it links to."""
    if edits.note(action.ref).record.type == "listing":
        return action.ref
    found = [ref for link in action.entry.links if (ref := edits.find(link)) is not None]
    listings = [ref for ref in found if edits.note(ref).record.type == "listing"]
    return listings[0] if len(listings) == 1 else None
