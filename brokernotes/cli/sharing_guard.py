"""What may not be written, for the house's rules of sharing do not allow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.model.lifecycle import BOUND

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.features.sharing import Shared
    from brokernotes.model.records import Record
    from brokernotes.sharing_map import SharingFacts
    from brokernotes.storage.drafts import Draft
    from brokernotes.storage.git_edits import Change

_CHOSEN = ("agent", "sharing", "round", "community", "district", "neighborhood")
_GUARDED = frozenset({"mixed_quota", "mixed_area"})


def refuse_breaches(app: App, draft: Draft) -> None:
    """Refuse a draft that makes a listing private where the rules of sharing say otherwise.

    What stands there already is `check`'s to name; only what the draft itself does is refused.

    Args:
        app: of the run; the index is current.
        draft: what is to change.

    Raises:
        RefusedError: it goes beyond the holder's quota, or lies in an area the holder serves.
    """
    mode = app.vault.rules.other.get("sharing", {}).get("mode")
    if mode not in _GUARDED:
        return
    from brokernotes.sharing_map import SharingFacts

    facts = SharingFacts(app.vault)
    made = dict(_newly_private(app, draft, facts))
    if not made:
        return
    if mode == "mixed_quota":
        _refuse_beyond(app, facts, made)
    else:
        _refuse_inside(app, facts, made)


def _newly_private(app: App, draft: Draft, facts: SharingFacts) -> Iterator[tuple[str, Shared]]:
    """The listings that take a private place by the draft, by path."""
    from brokernotes.features.sharing import counts

    for change in draft.changes:
        if change.after is None or _front(change.before) == _front(change.after):
            continue
        after = _shared(app, facts, change.path, change.after)
        if after is None or not counts(after):
            continue
        before = _shared(app, facts, change.path, change.before)
        was_same = before is not None and counts(before) and before.agent == after.agent
        if was_same and before is not None and before.places == after.places:
            continue
        if not _fell_through(app, change):
            yield change.path, after


def _fell_through(app: App, change: Change) -> bool:
    """Whether a deal came to nothing, so that its listing is what it was: that nobody chose."""
    if change.before is None or change.after is None:
        return False
    before, after = (_record(app, change.path, data) for data in (change.before, change.after))
    is_same = all(before.values.get(key) == after.values.get(key) for key in _CHOSEN)
    return before.text("status") in BOUND and is_same


def _front(data: bytes | None) -> bytes:
    """The front matter of a note; log entries alone need not be looked at."""
    return (data or b"").partition(b"\n---")[0]


def _shared(app: App, facts: SharingFacts, path: str, data: bytes | None) -> Shared | None:
    if data is None:
        return None
    record = _record(app, path, data)
    return facts.shared_record(record) if record.type == "listing" else None


def _record(app: App, path: str, data: bytes) -> Record:
    return app.vault.reader.read(path, data.decode("utf-8", "replace")).record


def _refuse_beyond(app: App, facts: SharingFacts, made: dict[str, Shared]) -> None:
    from brokernotes.features.sharing import holdings

    now = {one.ref: one for one in facts.listings.values()}
    held = holdings({**now, **{one.ref: one for one in made.values()}}.values())
    titles = app.vault.queries.titles(now)
    for one in made.values():
        own = held[str(one.agent)]
        if len(own) > facts.house.quota:
            others = [
                titles.get(it.ref, it.ref) + f" ({it.ref})" for it in own if it.ref != one.ref
            ]
            raise RefusedError(
                N_(
                    "{agent} may have {quota} private listings on the market, and has "
                    "{count}: {others}"
                ),
                hint=N_("Nothing was written. Make this one public, or one of those first."),
                agent=_name(app, one.agent),
                quota=facts.house.quota,
                count=len(others),
                others=others,
            )


def _refuse_inside(app: App, facts: SharingFacts, made: dict[str, Shared]) -> None:
    from brokernotes.model.schema import fold

    for path, one in made.items():
        served = facts.house.areas(one.agent) & one.places
        if served:
            words = facts.words_of_areas(one.agent)
            raise RefusedError(
                N_("{agent} serves {area}, where every listing is shared: it cannot be private"),
                hint=N_(
                    "Nothing was written. Leave sharing out; across areas it is private anyway."
                ),
                agent=_name(app, one.agent),
                area=next((word for word in words if fold(word) in served), sorted(served)[0]),
                path=path,
            )


def _name(app: App, agent: str | None) -> str:
    return app.vault.queries.titles([agent or ""]).get(agent or "", agent or "")
