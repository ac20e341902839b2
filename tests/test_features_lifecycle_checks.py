"""Listings and deals that do not say the same, and what endangers a deposit."""

import pytest

from brokernotes.features.lifecycle_checks import (
    DealFact,
    ListingFact,
    deed_of_stage,
    disagreements,
)
from tests.followup_notes import deal, listing


def wrong(status, *deals, occupant=None):
    facts = [
        DealFact(f"{at}.md", "", "l.md", stage, transaction, done)
        for at, (stage, transaction, done) in enumerate(deals)
    ]
    return [one.code for one in disagreements([ListingFact("l.md", status, occupant)], facts)]


@pytest.mark.parametrize(
    ("status", "deals", "codes"),
    [
        ("deposit", [("deposit", "sale", False)], []),
        ("deposit", [], ["deposit-without-deal"]),
        ("deposit", [("completed", "sale", True)], ["deposit-without-deal"]),
        ("deposit", [(None, "sale", False)], []),
        ("for_sale", [("deposit", "sale", False)], ["deal-against-status"]),
        ("sold_by_us", [("signed", "sale", False)], []),
        ("for_sale", [("closing", "sale", False)], ["deal-against-status"]),
        ("for_sale", [("closing", "sale", True)], []),
        ("deposit", [("signed", "sale", False)], ["deposit-without-deal", "deal-against-status"]),
        ("deposit", [("deposit", None, False), ("deposit", "sale", False)], ["two-open-deals"]),
        ("sold_by_us", [("signed", "sale", False), ("signed", "lease", False)], []),
    ],
)
def test_a_listing_and_its_deals_agree_or_it_is_said(status, deals, codes):
    assert wrong(status, *deals) == codes


def test_a_home_that_is_let_may_stay_for_sale():
    let = ("signed", "lease", False)

    assert wrong("for_sale", let, occupant="tenant") == []
    assert wrong("for_sale", let) == ["deal-against-status"]


@pytest.mark.parametrize(
    ("status", "before", "stage", "deed"),
    [
        ("for_sale", "offer", "deposit", "deposit"),
        ("for_sale", "offer", "signed", "sign"),
        ("deposit", "deposit", "cancelled", "deposit_cancel"),
        ("sold_by_us", "signed", "cancelled", "rescind"),
        ("sold_by_us", "signed", "closing", None),
        ("sold_by_us", "closing", "completed", None),
        ("deposit", "deposit", "completed", "sign"),
        ("for_sale", "deposit", "cancelled", None),
        ("for_sale", "offer", "cancelled", None),
        ("deposit", "offer", "deposit", None),
    ],
)
def test_a_stage_that_would_leave_the_listing_behind_names_its_step(status, before, stage, deed):
    found = deed_of_stage(listing(status=status), deal(stage=before), stage)

    assert found == deed


TENANT = """
    -- 成交/d.md --
    ---
    id: D-4T8RKN
    type: deal
    listing: "[[园]]"
    buyer: "[[李]]"
    stage: 定金
    deposit_amount: 10000
    expected_signing: 2026-12-31
    ---
    -- 客源/李.md --
    ---
    id: C-9F3DWA
    type: client
    created: 2026-08-01
    ---
    -- 房源/园.md --
    ---
    id: L-7K2PQM
    type: listing
    grade: A
    status: 定金
    created: 2026-08-01
    occupant: 租客
    {more}
    ---
"""


@pytest.mark.parametrize(
    ("more", "is_said"),
    [
        ("tags:", True),
        ("tenant_waiver: 2026-11-01", False),
        ("tenant_notice: 2026-11-10", True),
        ("tenant_notice: 2026-11-06", False),
        ("transaction: 出租", False),
    ],
)
def test_a_tenant_who_was_told_has_fifteen_days(vault, more, is_said):
    drawn = vault(TENANT.format(more=more))

    assert ("deposit-tenant" in str(drawn.problem_lines())) == is_said


def test_the_tenants_silence_settles_it_without_an_edit(vault):
    drawn = vault(TENANT.format(more="tenant_notice: 2026-11-10"))
    assert "deposit-tenant" in str(drawn.problem_lines())

    assert "deposit-tenant" not in str(drawn.problem_lines(now="2026-11-25T09:00"))
