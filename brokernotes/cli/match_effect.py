"""What `set` tells of a changed demand: the homes that suit now; of a price: the clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.features.assignments import Assignment, parse_assignment
from brokernotes.features.demand_changes import (
    ASKED,
    DEMAND,
    Changed,
    Moved,
    assumed_keys,
    compare,
)
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.match_market import Market
    from brokernotes.features.field_writing import FieldWriter
    from brokernotes.features.note_changes import FieldChange
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened

MOST = 5  # homes, or clients, told of each sort
# Whom a new price is not told of; whoever saw the home, or rejected it, may think again.
_SILENT = frozenset(("own", "deal", "seized", "reserved", "quiet"))


def no_longer_assumed(
    app: App, opened: Opened, assignments: Sequence[Assignment], writer: FieldWriter
) -> list[Assignment]:
    """Take the keys that are set from the list of what is assumed.

    Args:
        app: of the run.
        opened: the client's note.
        assignments: what is set.
        writer: says which fields that are.

    Raises:
        ArgumentError: clients have no such field.
    """
    from brokernotes.features.note_changes import meant_by

    schema = app.vault.rules.schema
    keys = {field.key for one in assignments for field, _ in meant_by(one, "client", writer)}
    if "assumed" in keys:
        return []
    assumed = assumed_keys({"assumed": opened.note.record.texts("assumed")}, schema)
    return [
        parse_assignment(f"assumed-={typed}")
        for key, typed in assumed.items()
        if key in keys
    ]  # fmt: skip


def effect(
    app: App, row: NoteRow, changes: Iterable[FieldChange], writer: FieldWriter
) -> Effect | None:
    """What changes do to the matches of a client, or of a listing whose price they are.

    Args:
        app: of the run; its index says what stood before.
        row: of the note.
        changes: of its fields.
        writer: tells their values.

    Returns:
        None: nothing that is matched did change, or nobody looks, or it is not on offer.
    """
    keys = {"client": DEMAND, "listing": ASKED}.get(row.type, frozenset())
    changed = [one for one in changes if one.row.key in keys]
    if not changed:
        return None
    from brokernotes.cli.match_market import Market

    market = Market(app)
    told = _of_demand if row.type == "client" else _of_price
    found = told(market, row, lambda facts: _with(facts, changed, writer))
    return None if found is None else Effect(app, found, is_demand=row.type == "client")


_Change = Callable[[Mapping[str, Any]], dict[str, Any]]


def _with(
    facts: Mapping[str, Any], changed: Iterable[FieldChange], writer: FieldWriter
) -> dict[str, Any]:
    """Values with what was changed."""
    values = dict(facts)
    for one in changed:
        new = [writer.plain(one.row, item) for item in one.new]
        values.pop(one.row.key, None)
        if new:
            values[one.row.key] = new if one.row.many else new[0]
    return values


def _of_demand(market: Market, row: NoteRow, change: _Change) -> Changed | None:
    from brokernotes.features.matching import ACTIVE_STAGES
    from brokernotes.features.matching_bulk import Pool

    old = market.want(row)
    if old.facts.get("stage") not in ACTIVE_STAGES:
        return None
    pool = Pool(market.homes(), market.settings)
    against = market.history(row).against
    return compare(
        pool.suiting(old),
        pool.suiting(market.changed_want(row, change(old.facts))),
        lambda pair: against(pair.want, pair.home) is not None,
    )


def _of_price(market: Market, row: NoteRow, change: _Change) -> Changed | None:
    from brokernotes.features.matching_seekers import Seekers
    from brokernotes.model.enums import ACTIVE_STATUSES

    old = market.home(row)
    if old.status not in ACTIVE_STATUSES:
        return None
    seekers = Seekers(market.wants(), market.settings)
    against = market.history(row).against
    return compare(
        seekers.suiting(old),
        seekers.suiting(market.changed_home(row, change(old.facts))),
        lambda pair: (against(pair.want, pair.home) or ("",))[0] in _SILENT,
        attrgetter("want"),
    )


class Effect:
    """What became of the matches.

    Args:
        app: of the run.
        changed: the homes, or the clients.
        is_demand: whether a demand changed, not a price.
    """

    def __init__(self, app: App, changed: Changed, *, is_demand: bool) -> None:
        self._app = app
        self._is_demand = is_demand
        self._changed = changed

    def shape(self) -> dict[str, list[dict[str, object]]]:
        """For programs."""
        return {
            name: [self._one(one) for one in getattr(self._changed, name)]
            for name in Changed._fields
        }

    def print(self, changes: Iterable[FieldChange]) -> None:
        """For people: at most a few of each sort, and how to say that it was confirmed."""
        app = self._app
        for sign, found in zip("+-~", self._changed, strict=True):
            for one in found[:MOST]:
                scores = " → ".join(
                    str(score) for score in (one.before, one.after) if score is not None
                )
                line = f"{sign} {scores}\t{one.ref}\t{one.title}"
                app.console.print(mask_phones_in_text(app.console.text(line)))
            if len(found) > MOST:
                more = app.language.plural(
                    N_("{count} more"), N_("{count} more"), len(found) - MOST
                )
                app.console.print(f"{sign} {more}")
        if not any(self._changed):
            same = N_("The same homes suit as before.")
            app.console.say(app.text(same if self._is_demand else N_("It suits the same clients.")))
        if self._is_demand and all(one.row.key != "confirmed_on" for one in changes):
            app.console.say(
                app.text(N_("If the client said so: `confirmed_on=today` confirms the demand."))
            )

    def _one(self, one: Moved) -> dict[str, object]:
        return {
            "id": one.ref if one.ref != one.path else None,
            "path": one.path,
            "title": one.title,
            "before": one.before,
            "after": one.after,
        }
