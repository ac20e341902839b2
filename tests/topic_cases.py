"""Homes, talks and what became of homes, for tests of what there is to say."""

from datetime import date

from brokernotes.features.market_topics import Talk
from brokernotes.features.matching_history import history_of
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.rules import builtin_schema
from brokernotes.model.topics import Move, Thread

TODAY = date(2026, 11, 21)
SINCE = "2026-11-01T10:00"
CUT = Move("2026-11-12", "price_cut", 680, 650, "sale", "3ackbbbb1")
NEW = Move("2026-11-12T09:00", "new")


class Seen(NamedTuple):
    client: str = "C-1"
    listing: str = "L-1"
    day: date = date(2026, 10, 5)
    is_showing: bool = True
    reaction: str | None = None
    objections: tuple[str, ...] = ()


def home(ref="L-1", **values):
    given = {"status": "for_sale", "price": 650, "bedrooms": 3, "gross_area": 90,
             "district": "浦东", "community": "M-1", **values}  # fmt: skip
    return home_of(Named(ref, f"{ref}.md", f"家 {ref}"), given, {}, builtin_schema(), TODAY)


def want(**values):
    given = {"intents": ["buy"], "budget_max": 700, "districts": ["浦东"], **values}
    return want_of(Named("C-1", "C-1.md", "李女士"), given, lambda _: None)


def talk(*met, topics=(), told=None, words="", ref="C-1"):
    return Talk(ref, Thread(SINCE, {}, words, tuple(topics)), told or {}, met, history_of(met))


def codes(found):
    return [topic.code for topic in found]
