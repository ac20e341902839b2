"""What is worth another look: listings that are new, cheaper or back, and changed demands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from brokernotes.features.demand_changes import DEMAND
from brokernotes.features.matching_bulk import Pair, Pool
from brokernotes.features.matching_history import History
from brokernotes.features.matching_seekers import Seekers
from brokernotes.features.matching_sides import Home, Want
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import ACTIVE_STATUSES

if TYPE_CHECKING:
    from brokernotes.features.history import FieldRevision, News, Revision

NEW, CUT, BACK = "new", "price_cut", "back"  # of listings
CLIENT, DEMAND_CHANGED = "client", "demand"  # of clients
_ASKED = ("price", "rent")  # what a client pays; what the owner has in mind is nobody's news


class Arrival(NamedTuple):
    """Why a listing is worth another look.

    Attributes:
        why: `new`, `price_cut` or `back`; `client` or `demand` where the client is new, or asks
            for something else.
        old: the price before it was cut, in 万元 or 元/月.
        new: the price it was cut to.
    """

    why: str
    old: float | None = None
    new: float | None = None


class Offer(NamedTuple):
    """A listing for a client who has not had it in this state.

    Attributes:
        pair: client and home, and how well they suit.
        arrival: why now.
        seen: the ISO day the client saw it, where a lower price brings it up again; "": never.
    """

    pair: Pair
    arrival: Arrival
    seen: str = ""


def arrivals_of(news: Iterable[News]) -> dict[str, Arrival]:
    """Listings that came, came back or became cheaper, by id, else path; new goes before cheaper.

    Args:
        news: of any notes.
    """
    from brokernotes.features.history import FieldRevision

    found: dict[str, Arrival] = {}
    for one in news:
        revision = one.revision
        if not isinstance(revision, FieldRevision):
            continue
        ref = revision.note or revision.path
        if one.kind == "new_note":
            found[ref] = Arrival(NEW)
        elif one.kind == "price_cut" and revision.key in _ASKED:
            found.setdefault(ref, Arrival(CUT, _number(revision.old), _number(revision.new)))
        elif one.kind == "status" and _came_back(revision):
            found[ref] = Arrival(BACK)
    return found


def offers_of(
    homes: Iterable[Home], arrivals: Mapping[str, Arrival], seekers: Seekers, history: History
) -> Iterator[Offer]:
    """Whom arrivals suit: of each home the best client first.

    Args:
        homes: as they stand now; only what is on the market is offered.
        arrivals: why they are worth another look, by id, else path.
        seekers: the clients who look for something.
        history: what clients have seen. A lower price brings up again what was seen.
    """
    for home in homes:
        arrival = arrivals.get(home.ref)
        if arrival is None or home.status not in ACTIVE_STATUSES:
            continue
        for pair in seekers.suiting(home):
            reason, day = history.against(pair.want, home) or ("", "")
            if not reason:
                yield Offer(pair, arrival)
            elif arrival.why == CUT and reason in ("seen", "rejected"):
                yield Offer(pair, arrival, day)


def changed_demands(revisions: Iterable[Revision]) -> dict[str, dict[str, object] | None]:
    """Clients who are new, or ask for something else: what was asked before, by id, else path.

    Args:
        revisions: the oldest first; those of other notes say nothing of a demand.

    Returns:
        Of each the old values of the keys that changed; None: the note is new.
    """
    from brokernotes.features.history import FieldRevision

    found: dict[str, dict[str, object] | None] = {}
    for one in revisions:
        if not isinstance(one, FieldRevision):
            continue
        ref = one.note or one.path
        if one.is_new_note:
            found[ref] = None
        elif one.key in DEMAND and (before := found.setdefault(ref, {})) is not None:
            before.setdefault(one.key, None if isinstance(one.old, Mapping) else one.old)
    return found


def offers_of_demand(
    want: Want, before: Want | None, pool: Pool, history: History
) -> Iterator[Offer]:
    """Homes on the market that suit a client now and did not before.

    Args:
        want: as the client is now.
        before: as the demand was; None: the client is new.
        pool: of homes.
        history: what the client has seen.
    """
    known = {pair.home.ref for pair in pool.suiting(before)} if before is not None else set()
    why = CLIENT if before is None else DEMAND_CHANGED
    for pair in pool.suiting(want):
        home = pair.home
        if home.ref in known or home.status not in ACTIVE_STATUSES:
            continue
        if history.against(want, home) is None:
            yield Offer(pair, Arrival(why))


def _came_back(revision: FieldRevision) -> bool:
    return revision.new in ACTIVE_STATUSES and revision.old not in ACTIVE_STATUSES


def _number(value: object) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else None  # type: ignore[arg-type]
