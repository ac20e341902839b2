"""What may not be written, for the house's rules of sharing do not allow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    for _, why in breaches(app, draft.changes):
        raise why


def breaches(app: App, changes: Iterable[Change]) -> Iterator[tuple[Change, RefusedError]]:
    """The changes that the rules of sharing do not allow, and why.

    What makes room counts for all of them; of those that want a place the first ones get it.

    Args:
        app: of the run; the index is current.
        changes: of notes, that shall be written together.
    """
    mode = app.vault.rules.other.get("sharing", {}).get("mode")
    if mode not in _GUARDED:
        return
    from brokernotes.sharing_map import SharingFacts

    book = _Book(app, SharingFacts(app.vault))
    wanted = [(one, after) for one in changes if (after := book.newly_private(one)) is not None]
    for change, after in wanted:
        why = book.beyond(after) if mode == "mixed_quota" else book.inside(after, change.path)
        if why is not None:
            yield change, why
        else:
            book.enter(after)


class _Book:
    """Who holds which listing, while changes are weighed one after the other."""

    def __init__(self, app: App, facts: SharingFacts) -> None:
        self._app = app
        self._facts = facts
        self._now = {one.ref: one for one in facts.listings.values()}
        self._titles: dict[str, str] = {}

    def enter(self, listing: Shared) -> None:
        """A listing stands like this from here on."""
        self._now[listing.ref] = listing

    def newly_private(self, change: Change) -> Shared | None:
        """The listing that takes a private place by a change; any other is entered at once."""
        from brokernotes.features.sharing import counts

        if change.after is None or _front(change.before) == _front(change.after):
            return None
        after = self._shared(change.path, change.after)
        if after is None:
            return None
        before = self._shared(change.path, change.before)
        is_new = counts(after) and not (
            before is not None
            and counts(before)
            and before.agent == after.agent
            and before.places == after.places
        )
        if is_new and not _fell_through(self._app, change):
            return after
        self.enter(after)
        return None

    def _shared(self, path: str, data: bytes | None) -> Shared | None:
        record = _record(self._app, path, data) if data is not None else None
        if record is None or record.type != "listing":
            return None
        shared = self._facts.shared_record(record)
        self._titles[shared.ref] = record.title
        return shared

    def beyond(self, one: Shared) -> RefusedError | None:
        """Why a listing is one too many for its holder."""
        from brokernotes.features.sharing import holdings

        quota = self._facts.house.quota
        own = holdings({**self._now, one.ref: one}.values())[str(one.agent)]
        if len(own) <= quota:
            return None
        others = [it.ref for it in own if it.ref != one.ref]
        titles = {**self._app.vault.queries.titles(others), **self._titles}
        return RefusedError(
            N_(
                "{agent} may have {quota} private listings on the market, and has {count}: {others}"
            ),
            hint=N_("Nothing was written. Make this one public, or one of those first."),
            agent=_name(self._app, one.agent),
            quota=quota,
            count=len(others),
            others=[f"{titles.get(ref, ref)} ({ref})" for ref in others],
        )

    def inside(self, one: Shared, path: str) -> RefusedError | None:
        """Why a listing cannot be private where its holder works."""
        from brokernotes.model.schema import fold

        facts = self._facts
        served = facts.house.areas(one.agent) & one.places
        if not served:
            return None
        words = facts.words_of_areas(one.agent)
        return RefusedError(
            N_("{agent} serves {area}, where every listing is shared: it cannot be private"),
            hint=N_("Nothing was written. Leave `sharing` out; across areas it is private anyway."),
            agent=_name(self._app, one.agent),
            area=next((word for word in words if fold(word) in served), sorted(served)[0]),
            path=path,
        )


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


def _record(app: App, path: str, data: bytes) -> Record:
    return app.vault.reader.read(path, data.decode("utf-8", "replace")).record


def _name(app: App, agent: str | None) -> str:
    return app.vault.queries.titles([agent or ""]).get(agent or "", agent or "")
