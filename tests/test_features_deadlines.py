from dataclasses import replace

import pytest

from brokernotes.model.occurrences import Derived
from brokernotes.model.rules import Cadence, Rules
from tests.followup_notes import (
    RULES,
    client,
    day,
    deal,
    derived,
    entry,
    keys,
    listing,
    neighbours,
    none_of,
    only,
)


def deadlines(note, **more):
    return [key for key in keys(note, **more) if "_end/" in key]


def test_a_deal_with_a_deposit_is_to_be_signed():
    found = only(deal(stage="deposit", expected_signing=day("11-25"), price=620), "signing")
    assert found.key == "D-DEAL01/signing/expected_signing-1"
    assert (found.due, found.weight, found.value, found.person) == (day("11-25"), 0, 620, "")
    assert found.computed is False


def test_the_signings_key_bears_the_round_of_the_listing():
    near = neighbours(values={"L-7K2PQM": {"round": 3}})
    note = deal(stage="deposit", expected_signing=day("11-25"), listing="阳光花园")
    assert only(note, "signing", near).key == "D-DEAL01/signing/expected_signing-3"


@pytest.mark.parametrize("stage", ["offer", "signed", "closing", "completed", "cancelled", None])
def test_a_deal_at_another_stage_has_no_signing_watch(stage):
    assert derived(deal(stage=stage, expected_signing=day("11-25"))) == Derived()


def test_a_deposit_without_a_date_has_nothing_to_watch():
    assert derived(deal(stage="deposit")) == Derived()


def test_an_entrustment_is_told_14_and_3_days_before_its_end():
    note = listing(entrust_until=day("12-20"), status="for_sale")
    assert deadlines(note) == [
        "entrustment_end/entrust_until-1-14",
        "entrustment_end/entrust_until-1-3",
    ]
    first, second = sorted(
        (o for o in derived(note).occurrences if o.kind == "entrustment_end"), key=lambda o: o.due
    )
    assert (first.due, first.until) == (day("12-06"), day("12-16"))
    assert (second.due, second.until) == (day("12-17"), None)
    assert first.params == {"date": "2026-12-20", "days": 14}


def test_a_contact_with_the_owner_on_or_after_a_notice_answers_it():
    values = {"entrust_until": day("11-30"), "status": "for_sale", "round": 2}
    assert len(deadlines(listing(entry("11-15", "call"), **values))) == 2
    assert deadlines(listing(entry("11-16", "call"), **values)) == [
        "entrustment_end/entrust_until-2-3"
    ]
    late = listing(entry("11-20", "call"), **{**values, "entrust_until": day("11-22")})
    assert deadlines(late) == []


@pytest.mark.parametrize("status", ["sold_by_us", "sold_by_others", "leased_by_us", "expired"])
def test_an_entrustment_that_no_longer_matters_is_not_told(status):
    assert deadlines(listing(entrust_until=day("12-20"), status=status)) == []


def test_a_lease_is_told_60_days_before_its_end():
    note = listing(lease_end=day("12-31"), status="leased_by_us")
    (found,) = [o for o in derived(note).occurrences if o.kind == "lease_end"]
    assert found.key == "L-7K2PQM/lease_end/lease_end-1-60"
    assert (found.due, found.until, found.weight) == (day("11-01"), None, 0)


def test_a_contact_before_the_notice_leaves_the_lease_due():
    values = {"lease_end": day("12-31"), "status": "leased_by_us"}
    assert deadlines(listing(entry("10-31", "call"), **values)) == ["lease_end/lease_end-1-60"]
    assert deadlines(listing(entry("11-01", "call"), **values)) == []


def test_deadlines_stay_whatever_is_promised_or_silenced():
    near = neighbours(values={"C-9F3DWA": {"do_not_contact": True, "stage": "inactive"}})
    note = listing(
        entrust_until=day("11-30"),
        owner=("李女士",),
        next_followup=day("12-01"),
        status="for_sale",
    )
    assert len(deadlines(note, near=near)) == 2
    assert none_of(note, "revisit", near)


def test_notices_come_from_the_rules_and_say_so():
    rules = replace(RULES, cadence=Cadence(entrust_notice=(30,), lease_notice=90))
    note = listing(entrust_until=day("12-31"), lease_end=day("12-31"), status="for_sale")
    assert [
        o.rule["origin"] for o in derived(note, rules=rules).occurrences if o.kind != "revisit"
    ] == ["rules", "rules"]
    assert deadlines(note, rules=rules) == [
        "entrustment_end/entrust_until-1-30",
        "lease_end/lease_end-1-90",
    ]
    assert only(note, "lease_end", rules=Rules()).rule == {
        "name": "cadence.lease_notice",
        "value": 60,
        "origin": "ours",
    }


def test_a_clients_note_has_no_such_deadlines():
    assert deadlines(client(entrust_until=day("11-30"), lease_end=day("11-30"))) == []
