"""How long a value stood, and what of many changes is news."""

from datetime import date, datetime

from brokernotes.features.history import (
    EntryRevision,
    FieldRevision,
    Typed,
    news_of,
    spans_of,
)
from brokernotes.model.records import LogEntry

TODAY = date(2026, 11, 21)


def field(day, key, old, new, **more):
    when = datetime.fromisoformat(f"{day}T10:00+08:00")
    about = {
        "when": when, "committed": when, "author": "王敏", "email": "", "commit": day,
        "path": "房源/a.md", "note": "L-7K2PQM", **more,
    }  # fmt: skip
    return FieldRevision(**about, key=key, old=old, new=new)


def entry(day, before, after, **more):
    when = datetime.fromisoformat(f"{day}T10:00+08:00")
    made = [
        one and LogEntry(day=date(2026, 11, 1), verb="call", line=1, text=one)
        for one in (before, after)
    ]
    return EntryRevision(
        when=when, committed=when, author="王敏", email="", commit=day, path="房源/a.md",
        note="L-7K2PQM", entry="a1", before=made[0], after=made[1], **more,
    )  # fmt: skip


def spans(*revisions, key="price", **more):
    return [
        (one.value, one.since.isoformat(), one.days, one.change and round(one.change, 3))
        for one in spans_of(revisions, key, TODAY, **more)
    ]


def logged(day, verb, **fields):
    return LogEntry(day=date.fromisoformat(day), verb=verb, line=1, fields=fields)


def test_each_price_stands_until_the_next():
    first, then = field("2026-10-02", "price", None, 650), field("2026-10-22", "price", 650, 600)
    assert spans(first, then) == [
        (650, "2026-10-02", 20, None), (600, "2026-10-22", 30, -0.077),
    ]  # fmt: skip


def test_a_price_that_was_taken_back_moves_from_the_last_known():
    found = spans(
        field("2026-10-02", "price", None, 600),
        field("2026-10-03", "price", 600, None),
        field("2026-10-04", "price", None, Typed("面谈")),
        field("2026-10-05", "price", Typed("面谈"), 630),
    )
    assert [one[3] for one in found] == [None, None, None, 0.05]


def test_before_git_the_log_tells_of_states():
    found = spans(
        field("2026-10-02", "status", None, "leased_by_others"),
        key="status",
        entries=[logged("2026-09-01", "status", status=("for_lease", "leased_by_others"))],
        begun=date(2026, 8, 1),
    )
    assert found == [
        ("for_lease", "2026-08-01", 31, None),
        ("leased_by_others", "2026-09-01", 81, None),
    ]


def test_an_entry_of_the_day_git_begins_tells_nothing_of_before():
    entries = [logged("2026-10-02", "status", status=("for_sale", "for_lease"))]

    found = spans(field("2026-10-02", "status", None, "for_lease"), key="status", entries=entries)

    assert [one[:2] for one in found] == [("for_lease", "2026-10-02")]


def test_before_git_the_log_tells_of_prices_in_their_own_unit():
    entries = [
        logged("2026-08-18", "price_change", amount=0.68),
        logged("2026-09-18", "price_change", amount=640),
    ]
    rent, price = field("2026-10-02", "rent", None, 6500), field("2026-10-02", "price", None, 640)

    assert spans(rent, key="rent", entries=entries)[0] == (6800, "2026-08-18", 45, None)
    assert spans(price, entries=entries) == [(640, "2026-09-18", 64, None)]


def test_a_first_value_stood_since_the_day_of_listing():
    assert spans(field("2026-11-20", "price", None, 650), begun=date(2026, 11, 1)) == [
        (650, "2026-11-01", 20, None)
    ]
    assert spans(field("2026-11-01", "price", None, 650), begun=date(2026, 11, 20))[0][2] == 20


def test_a_value_set_after_the_note_was_made_stood_only_from_then():
    made = field("2026-09-01", "path", None, "房源/a.md")
    rent = field("2026-10-01", "rent", None, 4800)

    (span,) = spans_of([made, rent], "rent", TODAY, begun=date(2026, 3, 2))

    assert (span.since, span.days) == (date(2026, 10, 1), 51)


def kinds(*revisions):
    return [(one.kind, getattr(one.revision, "old", None)) for one in news_of(revisions)]


def test_a_price_that_went_twice_is_told_once_from_first_to_last():
    assert kinds(
        field("2026-11-01", "price", 650, 640), field("2026-11-02", "price", 640, 600)
    ) == [("price_cut", 650)]
    assert (
        kinds(field("2026-11-01", "price", 650, 600), field("2026-11-02", "price", 600, 650)) == []
    )


def test_rises_first_prices_and_states_are_told_apart():
    assert [one[0] for one in kinds(
        field("2026-11-01", "stage", "new", "active", note="C-1"),
        field("2026-11-01", "price", None, 650),
        field("2026-11-01", "rent", 5000, 6000),
        field("2026-11-01", "remark", "a", "b"),
    )] == ["price_rise", "price_set", "status"]  # fmt: skip


def test_a_new_note_is_one_piece_of_news_and_what_came_along_none():
    made = [
        field("2026-11-01", "path", None, "房源/a.md"),
        field("2026-11-01", "price", None, 650),
        entry("2026-11-01", None, "甲"),
    ]
    assert [one[0] for one in kinds(*made)] == ["new_note"]
    assert [one[0] for one in kinds(*made, entry("2026-11-02", None, "乙"))] == [
        "new_note", "entry_added",
    ]  # fmt: skip
    gone = field("2026-11-03", "path", "房源/a.md", None)
    assert kinds(*made, gone) == []
    assert [one[0] for one in kinds(gone)] == ["deleted_note"]


def test_a_note_that_is_gone_tells_nothing_of_what_went_with_it():
    was = LogEntry(day=TODAY, verb="call", line=1, text="x")

    assert kinds(
        field("2026-11-01", "price", 650, 640),
        field("2026-11-02", "price", 640, None),
        field("2026-11-02", "status", "for_sale", None),
        entry("2026-11-02", was, None),
        field("2026-11-02", "path", "房源/a.md", None),
    ) == [("price_cut", 650), ("deleted_note", "房源/a.md")]


def test_entries_that_went_or_changed_are_told_before_those_that_came():
    assert [one[0] for one in kinds(
        entry("2026-11-01", None, "甲"),
        entry("2026-11-01", "乙", "丙"),
        entry("2026-11-01", "丁", None),
    )] == ["entry_removed", "entry_altered", "entry_added"]  # fmt: skip
