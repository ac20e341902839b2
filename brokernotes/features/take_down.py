"""Advertisements of a listing that is off the market: each is to come down the day it left.

What nobody can buy any more must not be advertised; a platform counts until its removal is logged.
"""

from __future__ import annotations

from brokernotes.errors import FieldError
from brokernotes.features.agenda import MONEY_AT_RISK, Agenda, rule
from brokernotes.features.lifecycle_log import left_market, round_of, status_changes
from brokernotes.model.lifecycle import ACTIVE
from brokernotes.model.occurrences import UNDATED
from brokernotes.model.values import Dated, parse_published

_ALL = ("全", "都", "all")


def add_take_down(agenda: Agenda) -> None:
    """One line for each platform on which a listing off the market still stands.

    Source: ours, from the advertising rules: no publication without a listing that can be had.
    """
    listing = agenda.record
    status = listing.text("status")
    if status is None or status in ACTIVE or "published" not in listing.values:
        return
    left = left_market(status_changes(listing.entries, agenda.today))
    day = left.day if left else None
    published = [found for text in listing.texts("published") if (found := _read(text))]
    for platform in dict.fromkeys(one.word for one in published if not _is_down(agenda, one)):
        agenda.add(
            "take_down",
            f"{platform}-{round_of(listing)}",
            day or UNDATED,
            undated=day is None,
            weight=MONEY_AT_RISK,
            reason="take-down",
            params={"platform": platform, "state": status},
            rule=rule("published", platform, "note"),
        )


def _read(text: str) -> Dated | None:
    try:
        return parse_published(text)
    except FieldError:
        return None


def _is_down(agenda: Agenda, published: Dated) -> bool:
    """Whether an entry since tells that it came down; one without words speaks of all."""
    for entry in agenda.clock.entries:
        if entry.verb != "take_down" or not entry.is_happened:
            continue
        if not published.day <= entry.day <= agenda.today:
            continue
        said = " ".join((entry.text, *entry.children)).casefold()
        is_of_all = not said.strip() or any(word in said for word in _ALL)
        if is_of_all or published.word.casefold() in said:
            return True
    return False
