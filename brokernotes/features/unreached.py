"""People who do not answer: after three days of trying it is time for another way or time.

Tries are missed calls and messages without a reply since the last contact that reached the person.
Where they go on for thirty days, 联系不上 is proposed: a client is paused, and of a listing the
owner is unconfirmed, so that it is not to be published. It stays a proposal.

Source: domain, rhythm guard; the numbers are ours.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from brokernotes.features.contacts import outcome_of

if TYPE_CHECKING:
    from brokernotes.features.agenda import Agenda

ENOUGH_DAYS = 3  # of tries, on which another way or time is due
GIVEN_UP_DAYS = 30  # from the first try to the last
_TRIED = frozenset({"no_answer", "sent"})


def unreached(agenda: Agenda) -> dict[str, object]:
    """What an occurrence tells of tries that reached nobody; empty: they were reached, or few.

    Args:
        agenda: of a client or a listing.

    Returns:
        `tried`: days on which it was tried; `ways`: ids of the verbs, the first one first;
        `tried_since`: the first day; `gone`: whether that is long enough for 联系不上.
    """
    last, assumed = agenda.clock.last, agenda.rules.schema.assumed_outcomes
    tries = []
    is_missed = False
    begin, today = last.day if last else date.min, agenda.today
    for entry in agenda.clock.entries:
        if not begin <= entry.day <= today:  # as nearly all
            continue
        if not entry.is_happened or "from" in entry.fields:
            continue
        if last is not None and entry.moment <= last.moment:
            continue
        outcome = outcome_of(entry, assumed)
        if outcome in _TRIED:
            tries.append(entry)
            is_missed = is_missed or outcome == "no_answer"
    days = {entry.day for entry in tries}
    if len(days) < ENOUGH_DAYS or not is_missed:
        return {}
    tries.sort(key=lambda entry: entry.moment)
    since = tries[0].day
    return {
        "tried": len(days),
        "ways": list(dict.fromkeys(entry.verb for entry in tries)),
        "tried_since": since.isoformat(),
        "gone": (tries[-1].day - since).days >= GIVEN_UP_DAYS,
    }
