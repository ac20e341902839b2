"""Where clients and listings come from, and what each costs."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.sources import (
    Channel,
    Closing,
    Lead,
    Period,
    cost_of,
    summed,
    tally,
)

TODAY = date(2026, 11, 21)
ALL = Period(None, TODAY)
LEADS = [
    Lead("c1", "portal", "安居客", date(2026, 1, 5)),
    Lead("c2", "portal", "安居客", date(2026, 2, 5)),
    Lead("c3", "portal", None, date(2026, 2, 6)),
    Lead("c4", "walk_in", None, None),
    Lead("c5", None),
]


def told(tallies):
    return [
        (one.source, one.name, one.leads, one.showings, one.deals, int(one.fees), one.cost)
        for whole in tallies
        for one in (whole, *whole.names)
    ]


def test_names_are_parts_of_their_source_and_what_is_not_noted_is_last():
    assert told(tally(LEADS, [], [], [], ALL)) == [
        ("portal", None, 3, 0, 0, 0, None),
        ("portal", "安居客", 2, 0, 0, 0, None),
        ("walk_in", None, 1, 0, 0, 0, None),
        (None, None, 1, 0, 0, 0, None),
    ]


def test_a_period_counts_what_happened_in_it_whenever_the_client_came():
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    showings = [("c1", date(2026, 2, 3)), ("c1", date(2026, 3, 3)), ("nobody", date(2026, 2, 3))]
    closings = [
        Closing("d1", ("c1",), date(2026, 2, 28), ((1000, date(2026, 3, 1)),)),
        Closing("d2", ("c4",), None, ((70, date(2026, 2, 1)),), is_signed=False),
    ]

    assert told(tally(LEADS, showings, closings, [], february)) == [
        ("portal", None, 2, 1, 1, 0, None),
        ("portal", "安居客", 1, 1, 1, 0, None),
        ("walk_in", None, 0, 0, 0, 70, None),
    ]


def test_a_deal_of_two_buyers_counts_once_for_the_first():
    closing = Closing("d1", ("c4", "c1"), TODAY, ((0.1, TODAY), (0.2, TODAY)))
    found = {one.source: one for one in tally(LEADS, [], [closing], [], ALL)}

    assert (found["walk_in"].deals, found["portal"].deals) == (1, 0)
    assert found["walk_in"].fees == Decimal("0.3")


def test_money_spent_for_nothing_has_its_row():
    channels = [
        Channel(None, "贝壳", 900, date(2026, 11, 1)),
        Channel(None, "安居客", 3000, date(2026, 1, 1), date(2026, 1, 31)),
        Channel("walk_in", None, 310, date(2026, 1, 1), date(2026, 1, 1)),
    ]
    found = tally(LEADS, [], [], channels, ALL)

    assert told(found) == [
        ("portal", None, 3, 0, 0, 0, Decimal("3000.00")),
        ("portal", "安居客", 2, 0, 0, 0, Decimal("3000.00")),
        ("walk_in", None, 1, 0, 0, 0, Decimal("10.00")),
        (None, None, 1, 0, 0, 0, Decimal("630.00")),
        (None, "贝壳", 0, 0, 0, 0, Decimal("630.00")),
    ]
    assert found[0].per(3) == Decimal("1000.00")
    assert found[0].per(0) is None
    assert found[0].per(7) == Decimal("428.57")
    assert summed(found).cost == Decimal("3640.00")


def test_a_month_costs_what_is_paid_for_it_and_a_part_its_share():
    channel = Channel("portal", None, 3000, date(2026, 1, 1))

    def cost(first, last):
        return cost_of(channel, Period(first, last))

    assert cost(date(2026, 2, 1), date(2026, 2, 28)) == 3000
    assert cost(date(2026, 2, 15), date(2026, 2, 28)) == 1500
    assert cost(None, date(2026, 3, 31)) == 9000
    assert cost(date(2025, 1, 1), date(2025, 12, 31)) == 0
    assert cost(date(2026, 1, 31), date(2026, 2, 1)) == Decimal("203.92")
    assert cost_of(Channel("x", None, 1, date.max), Period(None, date.max)) == Decimal("0.03")


days = st.integers(0, 900).map(lambda number: date(2025, 1, 1) + timedelta(number))


@given(days, st.none() | days, days, days, st.integers(0, 5000))
def test_a_cost_is_the_sum_of_its_days(first, last, start, end, monthly):
    channel = Channel("x", None, monthly, first, last)
    naive = sum(
        Decimal(monthly) / monthrange(day.year, day.month)[1]
        for day in (start + timedelta(n) for n in range((end - start).days + 1))
        if first <= day and (last is None or day <= last)
    )

    assert abs(cost_of(channel, Period(start, end)) - naive) < Decimal("0.006")


leads = st.lists(
    st.builds(
        Lead,
        id=st.integers(0, 99).map(str),
        source=st.sampled_from(["portal", "walk_in", None]),
        name=st.sampled_from(["甲", "乙", None]),
        day=st.none() | days,
    ),
    unique_by=lambda lead: lead.id,
)


@given(leads, st.lists(st.tuples(st.integers(0, 99).map(str), days)), st.none() | days, days)
def test_every_lead_and_showing_counts_once_in_its_source(found_leads, showings, first, last):
    period = Period(first, last)
    total = summed(tally(found_leads, showings, [], [], period))
    known = {lead.id for lead in found_leads}

    assert total.leads == sum(period.holds(lead.day) for lead in found_leads)
    assert total.showings == sum(id_ in known and period.holds(day) for id_, day in showings)
