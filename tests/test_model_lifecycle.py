"""Which status may follow which; every rule of the seed about it."""

import pytest

from brokernotes.model.lifecycle import (
    ACTIVE,
    BOUND,
    CLOSED_BY_OTHERS,
    CLOSED_BY_US,
    LEASED,
    RESTING,
    SOLD,
    STATUSES,
    STEPS,
    active_of,
    is_legal,
    legal_next,
    status_before,
    step_of,
    steps_between,
    transaction_of,
)


def test_the_groups_of_the_seed_cover_every_status_once():
    groups = [ACTIVE, {"deposit"}, CLOSED_BY_US, CLOSED_BY_OTHERS, RESTING]

    assert sorted(status for group in groups for status in group) == sorted(STATUSES)
    assert SOLD | LEASED == CLOSED_BY_US | CLOSED_BY_OTHERS


@pytest.mark.parametrize(
    ("status", "following"),
    [
        (
            "for_sale",
            "for_lease sale_or_lease deposit sold_by_us leased_by_us "
            "sold_by_others leased_by_others paused expired",
        ),
        ("deposit", "for_sale for_lease sale_or_lease sold_by_us leased_by_us paused"),
        ("sold_by_us", "for_sale for_lease sale_or_lease"),
        ("leased_by_us", "for_sale for_lease sale_or_lease"),
        ("sold_by_others", "for_sale for_lease sale_or_lease"),
        ("leased_by_others", "for_sale for_lease sale_or_lease"),
        ("paused", "for_sale for_lease sale_or_lease sold_by_others leased_by_others"),
        ("expired", "for_sale for_lease sale_or_lease sold_by_others leased_by_others"),
    ],
)
def test_what_may_follow(status, following):
    assert set(legal_next(status)) == set(following.split())


def test_a_listing_without_status_may_be_anything():
    assert legal_next(None) == STATUSES


def test_no_listing_loses_its_status():
    assert not any(is_legal(status, None) for status in STATUSES)


def test_only_what_was_closed_begins_a_new_round():
    for step in STEPS:
        assert step.adds_round == (step.kind in ("relet", "resell"))
        if step.adds_round:
            assert step.old <= SOLD | LEASED
            assert step.new == ACTIVE


def test_nothing_leads_to_a_bound_status_without_a_deal():
    for step in STEPS:
        if step.new & BOUND:
            assert "deal" in step.needs
            assert step.new <= BOUND


def test_two_ways_lead_back_from_a_contract_of_ours_and_one_from_others():
    assert [step.kind for step in steps_between("sold_by_us", "for_sale")] == ["rescind", "resell"]
    assert [step.kind for step in steps_between("leased_by_us", "for_lease")] == [
        "rescind",
        "relet",
    ]
    assert [step.kind for step in steps_between("sold_by_others", "for_sale")] == ["resell"]


def test_every_step_is_found_by_its_id_and_says_where_it_comes_from():
    for step in STEPS:
        assert step_of(step.kind) is step
        assert step.origin in ("seed", "found", "ours")
    with pytest.raises(KeyError):
        step_of("burn")


@pytest.mark.parametrize(
    ("changes", "current", "before"),
    [
        ([("for_lease", "deposit")], "deposit", "for_lease"),
        ([("for_sale", "sale_or_lease"), ("sale_or_lease", "deposit")], "deposit", "sale_or_lease"),
        ([("for_sale", "deposit"), ("deposit", "sold_by_us")], "sold_by_us", "for_sale"),
        ([("for_sale", "paused"), ("paused", "for_lease")], "deposit", "for_lease"),
        ([], "deposit", None),
        ([(None, "deposit")], "deposit", None),
    ],
)
def test_the_status_before_is_read_from_the_changes(changes, current, before):
    assert status_before(changes, current) == before


def test_status_and_transaction_go_together():
    for transaction in ("sale", "lease", "both"):
        assert transaction_of(active_of(transaction)) == transaction
    assert active_of(None) is None
    assert transaction_of("paused") is None
