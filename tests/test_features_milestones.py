"""The steps of a deal, as of 2026-11-21."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.milestones import milestones, next_step, stage_after
from brokernotes.model.milestones import FIXED, STEPS, TEMPLATES
from brokernotes.model.occurrences import Derived
from tests.followup_notes import (
    RULES,
    TODAY,
    day,
    deal,
    derived,
    entry,
    keys,
    neighbours,
    only,
)

LISTING = {"L-7K2PQM": {"round": 2, "hukou": "none"}}


def signed(*entries, **values):
    known = {"stage": "closing", "template": "sale_cash", "listing": "阳光花园", **values}
    return deal(*entries, **known)


def steps(note, listing=None):
    return {one.step.id: one for one in milestones(note, RULES, TODAY, listing)}


def done(note):
    return [id_ for id_, one in steps(note).items() if one.is_done]


# -- done


def test_a_day_alone_is_a_plan_even_when_it_is_past():
    found = steps(signed(net_signing_on=day("11-10")))["net_signing"]
    assert not found.is_done
    assert found.is_late(TODAY)


def test_an_entry_of_its_verb_in_the_log_says_that_a_step_happened_and_when():
    found = steps(signed(entry("11-12", "net_signing"), net_signing_on=day("11-10")))
    assert (found["net_signing"].is_done, found["net_signing"].day) == (True, day("11-12"))
    assert not found["net_signing"].is_late(TODAY)


@pytest.mark.parametrize(
    ("what", "is_done"),
    [
        (entry("11-12", "transfer", "done"), True),
        (entry("11-12", "transfer", "planned"), False),
        (entry("11-12", "transfer", "cancelled"), False),
        (entry("11-22", "transfer"), False),  # ahead of today
        (entry("11-12", "note", text="过户了"), False),
    ],
)
def test_a_box_that_is_not_ticked_and_a_day_to_come_do_not(what, is_done):
    assert steps(signed(what))["transfer"].is_done is is_done


def test_a_corrected_entry_does_not_count():
    wrong = entry("11-12", "transfer", id="3aaaaaaaa")
    right = entry("11-13", "tax_payment", corrects="3aaaaaaaa")
    assert done(signed(wrong, right)) == ["deposit", "signed", "tax_payment"]


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("offer", []),
        ("deposit", ["deposit"]),
        ("signed", ["deposit", "signed"]),
        ("closing", ["deposit", "signed"]),
        ("completed", ["deposit", "signed", "net_signing", "tax_payment", "transfer"]),
        ("cancelled", []),
    ],
)
def test_the_stage_stands_for_deposit_and_signing_and_completion_for_all_that_have_a_day(
    stage, expected
):
    assert done(signed(stage=stage, transfer_on=day("11-10"))) == expected


def test_the_newest_of_several_entries_tells_the_day():
    twice = [entry("11-02", "bank_interview"), entry("11-09", "bank_interview")]
    found = steps(signed(*twice, template="sale_loan"))["bank_interview"]
    assert found.day == day("11-09")


def test_what_must_come_before_a_step_that_happened_has_happened_too():
    note = signed(entry("11-20", "transfer"), tax_payment_on=day("11-18"))
    assert done(note) == ["deposit", "signed", "net_signing", "tax_payment", "transfer"]
    assert steps(note)["tax_payment"].day == day("11-18")
    assert steps(note)["net_signing"].day is None


def test_a_city_with_another_order_is_taken_at_its_word():
    cities = {"X": {"sale_cash": ("deposit", "signed", "transfer", "tax_payment")}}
    other = {**RULES.other, "deals": {"city": "X", "cities": cities, "papers": {}}}
    found = milestones(signed(entry("11-20", "transfer")), replace(RULES, other=other), TODAY)
    assert [one.step.id for one in found if one.is_done] == ["deposit", "signed", "transfer"]


def test_what_is_planned_for_after_the_handover_is_watched_though_the_deal_is_completed():
    note = signed(
        entry("11-14", "handover"), stage="completed", transfer_on=day("11-02"),
        handover_on=day("11-14"), balance_payment_on=day("12-20"),
    )  # fmt: skip
    assert done(note) == ["deposit", "signed", "net_signing", "tax_payment", "transfer", "handover"]
    assert keys(note) == ["milestone/balance_payment_on-1"]


# -- needed, next, papers


def test_what_a_deal_skips_and_a_hukou_nobody_has_are_not_waited_for():
    note = signed(steps_skipped=("fund_supervision",))
    assert not steps(note)["fund_supervision"].is_needed
    assert steps(note)["hukou_moved"].is_needed
    assert not steps(note, {"hukou": "none"})["hukou_moved"].is_needed


def test_the_next_step_is_the_first_that_is_open():
    note = signed(entry("11-12", "net_signing"), steps_skipped=("fund_supervision",))
    found = next_step(milestones(note, RULES, TODAY))
    assert found is not None
    assert found.step.id == "tax_payment"


def test_the_last_open_step_completes_a_signed_deal_and_any_other_leaves_it_closing():
    note = signed(entry("11-12", "transfer"), stage="signed", steps_skipped=("fund_supervision",))
    told = milestones(note, RULES, TODAY)
    assert stage_after(note, told, "handover") == "closing"
    rest = [entry("11-12", verb) for verb in ("transfer", "hukou_moved", "balance_payment")]
    closing = signed(*rest, steps_skipped=("fund_supervision",))
    assert stage_after(closing, milestones(closing, RULES, TODAY), "handover") == "completed"
    assert stage_after(closing, milestones(closing, RULES, TODAY), "transfer") is None
    assert stage_after(deal(stage="deposit"), [], "handover") is None


def test_a_step_of_another_template_that_has_a_day_is_shown_too():
    found = [one.step.id for one in milestones(signed(loan_release_on=day("12-01")), RULES, TODAY)]
    assert found == [*TEMPLATES["sale_cash"], "loan_release"]


def test_papers_are_missing_until_they_are_in_hand_and_then_the_proof_is():
    note = signed(papers=("id_cards", "filed_contract"))
    assert steps(note)["tax_payment"].missing == ("title_deed",)
    paid = signed(entry("11-20", "tax_payment"), papers=("id_cards",))
    assert steps(paid)["tax_payment"].missing == ("tax_receipts",)


def test_the_brokerages_own_papers_take_their_place_in_any_words():
    deals = {"city": "", "cities": {}, "papers": {"transfer": ("title_deed", "公证委托书")}}
    rules = replace(RULES, other={**RULES.other, "deals": deals})
    found = {one.step.id: one for one in milestones(signed(papers=("产证",)), rules, TODAY)}
    assert found["transfer"].missing == ("公证委托书",)


# -- due


def test_a_planned_step_is_due_on_its_day_under_a_key_with_field_and_round():
    note = signed(transfer_on=day("11-27"), price=505, papers=("id_cards",))
    found = only(note, "milestone", neighbours(values=LISTING))
    assert found.key == "D-DEAL01/milestone/transfer_on-2"
    assert (found.due, found.weight, found.value, found.person) == (day("11-27"), 0, 505, "")
    assert found.computed is False
    assert found.params == {
        "step": "transfer",
        "date": "2026-11-27",
        "papers": ["application", "title_deed", "filed_contract", "tax_receipts"],
    }


def test_the_papers_person_is_asked_else_whoever_closed():
    near = neighbours()
    own = signed(transfer_on=day("11-27"), closing_agent="陈浩", agent="王敏")
    assert only(own, "milestone", near).agent == "A-CHEN01"
    own = replace(own, values={**own.values, "document_agent": "王敏"})
    assert only(own, "milestone", near).agent == "A-WANG01"


def test_a_step_with_an_appointment_on_its_day_stands_as_that():
    note = signed(entry("11-27 09:30", "transfer", "planned"), transfer_on=day("11-27"))
    assert [key.split("/")[0] for key in keys(note)] == ["planned"]


@pytest.mark.parametrize("stage", ["offer", "completed", "cancelled", None])
def test_a_deal_that_is_not_under_way_has_nothing_to_watch(stage):
    assert derived(signed(stage=stage, transfer_on=day("11-27"))) == Derived()


def test_what_happened_is_not_due():
    assert keys(signed(entry("11-20", "transfer"), transfer_on=day("11-20"))) == []


def test_a_lease_is_to_be_filed_within_thirty_days_of_its_signing():
    lease = signed(template="lease", signed_on=day("11-02"))
    found = only(lease, "milestone", neighbours(values=LISTING))
    assert found.key == "D-DEAL01/milestone/registration_on-2"
    assert (found.due, found.reason) == (day("12-02"), "milestone-by")
    assert steps(lease)["registration"].deadline == day("12-02")
    planned = signed(template="lease", signed_on=day("11-02"), registration_on=day("11-25"))
    assert only(planned, "milestone").due == day("11-25")
    filed = signed(entry("11-20", "registration"), template="lease", signed_on=day("11-02"))
    assert keys(filed) == []
    assert keys(signed(signed_on=day("11-02"))) == []


# -- whatever the note says

STEP = st.sampled_from(sorted(STEPS))
DAY = st.dates(day("2026-09-01"), day("2027-03-01"))
BOX = st.sampled_from([None, "planned", "done", "cancelled"])


@given(
    st.sampled_from(["deposit", "signed", "closing"]),
    st.sampled_from(sorted(TEMPLATES)),
    st.dictionaries(STEP, DAY),
    st.lists(st.tuples(STEP, DAY, BOX), max_size=8),
    st.sets(STEP),
)
def test_each_step_is_told_once_and_is_either_done_or_due_or_without_a_day(
    stage, template, days, logged, skipped
):
    entries = [entry(when.isoformat(), STEPS[id_].verb, box) for id_, when, box in logged]
    values = {STEPS[id_].field: when for id_, when in days.items()}
    note = deal(*entries, stage=stage, template=template, steps_skipped=tuple(skipped), **values)

    found = milestones(note, RULES, TODAY)
    told = [one.step.id for one in found]
    due = {o.params["step"]: o for o in derived(note).occurrences if o.kind == "milestone"}

    assert len(told) == len(set(told))
    assert [id_ for id_ in told if id_ in TEMPLATES[template]] == list(TEMPLATES[template])
    for one in found:
        has_plan = one.entry is not None and one.entry.is_open and one.entry.day == one.day
        when = one.day or one.deadline
        is_due = one.is_open and when and one.step.id not in FIXED and not has_plan
        assert (one.step.id in due) is bool(is_due)
        if is_due:
            assert due[one.step.id].due == when
        if one.is_done and one.entry is not None:
            assert one.entry.is_happened
            assert one.day is not None
            assert one.day <= TODAY
