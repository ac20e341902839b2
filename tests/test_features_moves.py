"""What became of a home on the market, as its own note tells."""

from datetime import datetime

from tests.followup_notes import client, day, derived, entry, listing


def moves(record, **more):
    return derived(record, **more).moves


def test_a_home_is_new_when_its_note_was_made_to_the_minute_where_it_says():
    assert moves(listing(created=datetime(2026, 11, 1, 9, 30)))[0][:2] == (
        "2026-11-01T09:30", "new",
    )  # fmt: skip
    assert moves(listing(listed=day("11-02")))[0][:2] == ("2026-11-02", "new")
    assert moves(client(created=day("11-01"))) == ()


def test_a_price_that_falls_is_a_cut_and_one_that_rises_is_told_too():
    note = listing(
        entry("11-05 10:00", "price_change", amount=650, text="680→650", id="3afq6m4x9"),
        entry("11-09", "price_change", amount=660),
        created=day("11-01"),
        price=660,
    )
    assert [(one.at, one.kind, one.old, one.new) for one in moves(note)[1:]] == [
        ("2026-11-05T10:00", "price_cut", 680, 650),
        ("2026-11-09", "price_rise", 650, 660),
    ]
    assert moves(note)[1].entry == "3afq6m4x9"


def test_a_rent_is_told_in_yuan_a_month():
    note = listing(
        entry("11-05", "price_change", amount=0.65, text="7200→6500"),
        entry("11-09", "price_change", amount=0.62),
        transaction="lease",
        created=day("11-01"),
    )
    assert [(one.side, one.old, one.new) for one in moves(note)[1:]][-1] == ("lease", 6500, 6200)


def test_a_change_of_status_is_told_by_its_ids_and_not_before_its_day():
    status = ("for_sale", "deposit")
    note = listing(entry("11-20", "status", status=status), created=day("11-01"))
    assert [(one.kind, one.old, one.new) for one in moves(note)[1:]] == [("status", *status)]
    assert len(moves(note, today=day("11-20"))) == 2
    assert len(moves(note, today=day("11-19"))) == 1
