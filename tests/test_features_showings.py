"""What is to be known before a showing, and what clashes."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.showings import (
    Busy,
    Sight,
    find_clashes,
    find_client,
    find_listing,
    lent_to,
    notice_of,
    signed_slip,
    suits,
)
from brokernotes.model.records import LogEntry

NOW = datetime(2026, 11, 21, 9, 0)  # local
SATURDAY = date(2026, 11, 21)
LISTING, CLIENT, AGENT = "L-1", "C-1", "A-1"
WHO = {LISTING: "listing", CLIENT: "client", AGENT: "agent"}


def busy(start, end, *refs, day=SATURDAY, entry="x"):
    return Busy(day, start, end, frozenset(refs), "李女士", entry)


def codes(values, *, minutes=900, log=(), now=NOW):
    sight = Sight(LISTING, SATURDAY, minutes, values, log)
    return [one.code for one in find_listing(sight, now)]


def said(verb, text="", *, day=SATURDAY, minutes=600, **more):
    return LogEntry(day=day, minutes=minutes, verb=verb, text=text, line=1, **more)


spans = st.tuples(st.integers(0, 1439), st.integers(1, 300)).map(lambda x: (x[0], x[0] + x[1]))
days = st.sampled_from([SATURDAY, SATURDAY + timedelta(1), SATURDAY + timedelta(2)])


@given(days, spans, days, spans)
def test_two_times_overlap_from_either_side_exactly_where_a_minute_is_in_both(
    day, span, other_day, other_span
):
    one, other = busy(*span, day=day), busy(*other_span, day=other_day)

    def minutes(at, start, end):
        first = (at - SATURDAY).days * 1440
        return set(range(first + start, first + end))

    shared = minutes(day, *span) & minutes(other_day, *other_span)
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(spans, spans, st.sets(st.sampled_from([LISTING, CLIENT, AGENT, "other"])))
def test_a_clash_is_told_once_and_only_of_somebody_both_plans_need(span, other, refs):
    wanted = [(busy(*span, LISTING, CLIENT, AGENT), LISTING)] * 2
    taken = [busy(*other, *refs, entry="y")]

    found = list(find_clashes(wanted, taken, WHO))

    is_shared = refs & WHO.keys() and wanted[0][0].overlaps(taken[0])
    assert len(found) == bool(is_shared)
    for one in found:
        assert one.params["ref"] in refs
        assert one.code == f"clash-{WHO[one.params['ref']]}"


def test_a_showing_may_begin_when_another_ends():
    wanted = [(busy(945, 990, CLIENT), None)]

    assert not list(find_clashes(wanted, [busy(900, 945, CLIENT)], WHO))
    assert [one.params["until"] for one in find_clashes(wanted, [busy(900, 946, CLIENT)], WHO)] == [
        "15:46"
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "for_sale", "keys": "store", "occupant": "vacant"}, ["key-at"]),
        ({"status": "deposit", "keys": "store"}, ["reserved", "key-at"]),
        ({"status": "sold_by_us", "keys": "store"}, ["off-market", "key-at"]),
        ({"occupant": "owner", "keys": "store"}, ["ask-owner", "key-at"]),
        ({"occupant": "tenant", "keys": "owner"}, ["ask-tenant"]),
        ({"occupant": "vacant", "keys": "owner"}, ["ask-owner"]),
        ({"occupant": "vacant", "keys": "none"}, ["no-way-in"]),
        ({"occupant": "vacant"}, ["ask-owner", "no-way-in"]),
        ({"keys": "store", "showing_requirements": "提前半小时"}, ["requirements", "key-at"]),
        ({"keys": "store", "showing_requirements": "提前七个小时，有狗"},
         ["requirements", "short-notice", "key-at"]),
    ],
)  # fmt: skip
def test_what_is_to_be_known_of_a_home(values, expected):
    assert codes(values) == expected


def test_who_was_told_is_not_asked_again():
    values = {"occupant": "tenant", "keys": "owner"}

    assert codes(values, log=[said("call", "确认 11-21 15:00")]) == []
    assert codes(values, log=[said("wechat", "租客说 11-21 15:00 可以")]) == []
    assert codes(values, log=[said("call", "确认 11-21 16:00")]) == ["ask-tenant"]
    assert codes(values, log=[said("note", "确认 11-21 15:00")]) == ["ask-tenant"]
    unheard = said("call", "确认 11-21 15:00", fields={"outcome": "no_answer"})
    assert codes(values, log=[unheard]) == ["ask-tenant"]
    assert codes(values, log=[said("call", "确认 11-21 15:00", box="planned")]) == ["ask-tenant"]


def test_a_key_is_away_until_it_comes_back():
    lend = said("key_lend", "周婕拿走", day=date(2026, 11, 18))
    back = said("key_back", day=date(2026, 11, 19))
    later = said("key_lend", day=date(2026, 11, 25))

    assert lent_to([lend], SATURDAY) is lend
    assert lent_to([lend, back], SATURDAY) is None
    assert lent_to([back, lend], SATURDAY) is None  # dates decide, not lines
    assert lent_to([lend, back, later], SATURDAY) is None
    assert codes({"keys": "store"}, log=[lend]) == ["key-lent"]


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("提前两小时，家里有狗先关阳台", timedelta(hours=2)),
        ("提前一天，只看黄昏那一场", timedelta(days=1)),
        ("请提前 3 个小时", timedelta(hours=3)),
        ("提前半天", timedelta(days=0.5)),
        ("24 hours notice", timedelta(hours=24)),
        ("晚上七点以后", None),
        ("提前说", None),
    ],
)
def test_how_long_before_somebody_wants_to_be_told(text, notice):
    assert notice_of(text) == notice


@pytest.mark.parametrize(
    ("times", "day", "minutes", "fits"),
    [
        (["下午", "双休"], SATURDAY, 900, True),
        (["下午", "双休"], SATURDAY, 600, False),
        (["下午", "双休"], date(2026, 11, 23), 900, False),
        (["周三晚上"], date(2026, 11, 25), 19 * 60, True),
        (["周三晚上"], date(2026, 11, 26), 19 * 60, False),
        (["工作日"], date(2026, 11, 25), 600, True),
        (["weekday", "evening"], date(2026, 11, 25), 600, False),
        (["孩子睡了以后"], SATURDAY, 600, True),
    ],
)
def test_whether_a_time_suits(times, day, minutes, fits):
    assert suits(times, day, [minutes]) is fits


def test_a_client_whose_last_home_comes_too_late_is_told():
    assert [one.code for one in find_client({"viewing_times": ["下午"]}, SATURDAY, 900, 1080)] == [
        "viewing-times"
    ]
    assert not list(find_client({"viewing_times": ["下午"]}, SATURDAY, 900, 1000))
    monday = date(2026, 11, 23)
    assert [one.code for one in find_client({"cooperation": "weekend"}, monday, 900, 900)] == [
        "weekend-only"
    ]


# -- entrustment and slips


def test_an_entrustment_that_is_over_on_the_day_is_renewed_first():
    values = {"keys": "store", "entrustment": "exclusive"}

    assert codes({**values, "entrust_until": "2026-11-20"}) == ["entrustment-over", "key-at"]
    assert codes({**values, "entrust_until": "2026-11-21"}) == ["key-at"]
    assert codes({**values, "entrustment": "none"}) == ["no-entrustment", "key-at"]
    assert codes(values) == ["key-at"]


def test_a_slip_counts_for_the_home_it_was_signed_for():
    def signed(slip, *links, **more):
        return said("showing", fields={"slip": slip}, links=links, **more)

    log = [
        signed("1", "other"), signed("2", "home", box="planned"), signed("", "home"),
        signed("3", "other", "home"), signed("4", "home"),
    ]  # fmt: skip
    refs = {"home": LISTING, "other": "L-2"}

    assert signed_slip(log, refs.get, LISTING, SATURDAY) == "3"
    assert signed_slip(log[:3], refs.get, LISTING, SATURDAY) is None
    assert signed_slip(log, refs.get, LISTING, SATURDAY - timedelta(1)) is None


# -- of a colleague's private listing


def test_whoever_holds_a_private_home_agrees_with_its_owner_and_keeps_who_and_what_number():
    values = {"occupant": "tenant", "keys": "store", "key_no": "K-1"}
    lent = said("key_lend", "业主的妹妹李小红", minutes=10)
    sight = Sight(LISTING, SATURDAY, 900, values, (), "A-2")

    agreed, key = find_listing(sight, NOW)
    assert (agreed.code, agreed.params) == ("ask-holder", {"ref": "A-2"})
    assert key.params == {"keys": "store", "key_no": ""}
    *_, away = find_listing(sight._replace(log=[lent]), NOW)
    assert away.params["who"] == ""
    *_, away = find_listing(sight._replace(log=[lent], holder=None), NOW)
    assert away.params["who"] == "业主的妹妹李小红"
