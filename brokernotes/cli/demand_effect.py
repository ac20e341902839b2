"""What `set` tells of a client whose demand changed: the homes that suit now, and no longer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.features.assignments import Assignment, parse_assignment
from brokernotes.features.demand_changes import DEMAND, Changed, Moved, assumed_keys, compare
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.field_writing import FieldWriter
    from brokernotes.features.note_changes import FieldChange
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened

MOST = 5  # homes told of each sort


def no_longer_assumed(
    app: App, opened: Opened, assignments: Sequence[Assignment]
) -> list[Assignment]:
    """Take the keys that are set from the list of what is assumed.

    Args:
        app: of the run.
        opened: the client's note.
        assignments: what is set.
    """
    schema = app.vault.rules.schema
    fields = [schema.find_field("client", one.key) for one in assignments]
    keys = {field.key for field in fields if field is not None}
    if "assumed" in keys:
        return []
    assumed = assumed_keys({"assumed": opened.note.record.texts("assumed")}, schema)
    return [
        parse_assignment(f"assumed-={typed}")
        for key, typed in assumed.items()
        if key in keys
    ]  # fmt: skip


def demand_effect(
    app: App, row: NoteRow, changes: Iterable[FieldChange], writer: FieldWriter
) -> Effect | None:
    """What changes do to a client's matches; None: the demand did not change, or nobody looks.

    Args:
        app: of the run; its index says what stood before.
        row: of the note.
        changes: of its fields.
        writer: tells their values.
    """
    changed = [one for one in changes if one.row.key in DEMAND]
    if row.type != "client" or not changed:
        return None
    from brokernotes.cli.match_market import Market
    from brokernotes.features.matching import ACTIVE_STAGES
    from brokernotes.features.matching_bulk import Pool

    market = Market(app)
    old = market.want(row)
    if old.facts.get("stage") not in ACTIVE_STAGES:
        return None
    values: dict[str, Any] = dict(old.facts)
    for one in changed:
        new = [writer.plain(one.row, item) for item in one.new]
        values.pop(one.row.key, None)
        if new:
            values[one.row.key] = new if one.row.many else new[0]
    pool = Pool(market.homes(), market.settings)
    against = market.history(row).against
    return Effect(
        app,
        compare(
            pool.suiting(old),
            pool.suiting(market.changed_want(row, values)),
            lambda pair: against(pair.want, pair.home) is not None,
        ),
    )


class Effect:
    """What became of the matches.

    Args:
        app: of the run.
        changed: the homes.
    """

    def __init__(self, app: App, changed: Changed) -> None:
        self._app = app
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
            app.console.say(app.text(N_("The same homes suit as before.")))
        if all(one.row.key != "confirmed_on" for one in changes):
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
