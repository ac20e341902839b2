"""What is worth another look."""

from __future__ import annotations

from datetime import UTC, datetime

from brokernotes.features.matching_bulk import Pool
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_history import history_of
from brokernotes.features.matching_news import changed_demands, offers_of_demand
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.model.revisions import PATH, FieldRevision
from brokernotes.model.rules import builtin_schema

SCHEMA = builtin_schema()


def revision(note, key, old, new):
    when = datetime(2026, 11, 20, tzinfo=UTC)
    return FieldRevision(
        note=note, path=f"{note}.md", when=when, committed=when, author="", email="",
        commit=None, key=key, old=old, new=new,
    )  # fmt: skip


def test_a_demand_is_told_as_it_was_before_all_its_changes():
    found = changed_demands([
        revision("C-1", "budget_max", 500, 550),
        revision("C-1", "budget_max", 550, 600),
        revision("C-1", "channel", None, "call"),
        revision("C-2", PATH, None, "C-2.md"),
        revision("C-2", "budget_max", None, 300),
        revision("C-3", "title", "a", "b"),
    ])  # fmt: skip

    assert found == {"C-1": {"budget_max": 500}, "C-2": None}


def test_homes_that_suited_before_or_were_seen_are_nothing_new():
    def want(**values):
        return want_of(Named("C-1", "c.md", "c"), {"intents": ["buy"], **values}, lambda _: None)

    def home(ref, **values):
        return home_of(Named(ref, f"{ref}.md", ref), {"status": "for_sale", **values}, {}, SCHEMA)

    pool = Pool(
        [home("L-1", price=400), home("L-2", price=600), home("L-3", price=610),
         home("L-4", price=600, status="deposit"), home("L-5", price=600, status=None)],
        Settings(),
    )  # fmt: skip
    seen = history_of([])
    now, before = want(budget_max=620), want(budget_max=420)
    told = list(offers_of_demand(now, before, pool, seen))

    assert [(one.pair.home.ref, one.arrival.why) for one in told] == [
        ("L-2", "demand"), ("L-3", "demand"),
    ]  # fmt: skip
    assert [one.arrival.why for one in offers_of_demand(now, None, pool, seen)] == ["client"] * 3
