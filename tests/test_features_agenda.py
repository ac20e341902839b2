"""Whose a follow-up is, whom it concerns, and what is at stake."""

from dataclasses import replace

import pytest

from tests.followup_notes import RULES, client, day, deal, entry, listing, neighbours, only

NEAR = neighbours()


def agent(record, kind="revisit", near=NEAR, **more):
    return only(record, kind, near, **more).agent


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"maintainer": "陈浩", "agent": "王敏"}, "A-CHEN01"),
        ({"agent": "王敏"}, "A-WANG01"),
        ({"maintainer": "走了", "agent": "王敏"}, "A-WANG01"),
        ({"maintainer": "走了"}, "A-BOSS01"),
        ({"maintainer": "走了", "agent": "走了"}, "A-BOSS01"),
        ({"maintainer": "要走"}, "A-LEAVE1"),
        ({"maintainer": "没有这个人", "agent": "王敏"}, "A-WANG01"),
        ({"maintainer": "没有这个人"}, None),
        ({}, None),
        ({"agent": "A-WANG01"}, "A-WANG01"),
    ],
)
def test_a_revisit_is_the_maintainers_else_the_agents_else_the_managers(values, expected):
    assert agent(listing(**values)) == expected


def test_a_private_listing_is_its_holders_only():
    note = listing(maintainer="陈浩", agent="王敏", sharing="private")
    assert agent(note) == "A-WANG01"


def test_the_rules_say_what_a_listing_is_that_does_not():
    private = replace(RULES, other={"sharing": {"mode": "private"}})
    values = {"maintainer": "陈浩", "agent": "王敏"}
    assert agent(listing(**values), rules=private) == "A-WANG01"
    assert agent(listing(**values, sharing="public"), rules=private) == "A-CHEN01"


def test_without_a_manager_the_supervisor_takes_over():
    near = neighbours()
    agents = {key: a for key, a in near.agents.items() if key != "A-BOSS01"}
    agents["A-GONE01"] = replace(agents["A-GONE01"], supervisor="王敏")
    assert agent(listing(agent="走了"), near=replace(near, agents=agents)) == "A-WANG01"
    agents["A-GONE01"] = replace(agents["A-GONE01"], supervisor=None)
    assert agent(listing(agent="走了"), near=replace(near, agents=agents)) is None


def test_who_leaves_later_makes_the_answer_stale():
    from tests.followup_notes import derived

    note = listing(agent="要走")
    assert derived(note, NEAR).stale_from == day("12-01")
    assert agent(note, today=day("12-01")) == "A-BOSS01"


def test_a_followup_is_the_clients_agents():
    assert agent(client(agent="王敏"), "followup") == "A-WANG01"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"document_agent": "陈浩", "closing_agent": "王敏", "agent": "王店长"}, "A-CHEN01"),
        ({"closing_agent": "王敏", "agent": "王店长"}, "A-WANG01"),
        ({"agent": "王店长"}, "A-BOSS01"),
    ],
)
def test_a_deal_is_the_document_agents_else_the_closing_agents_else_the_agents(values, expected):
    note = deal(stage="deposit", expected_signing=day("11-25"), **values)
    assert agent(note, "signing") == expected


@pytest.mark.parametrize(
    ("values", "person"),
    [
        ({"owner": ("李女士",), "owner_phone": "13800138000"}, "C-9F3DWA"),
        ({"owner": ("不认识", "李女士")}, "C-9F3DWA"),
        ({"owner_phone": "138 0013 8000"}, "tel:13800138000"),
        ({"owner_phone": "+86-13800138000 妻子"}, "tel:13800138000"),
        ({"owner_phone": "138****8000"}, "L-7K2PQM"),
        ({"owner_phone": "12345"}, "L-7K2PQM"),
        ({"owner_phone": "问前台"}, "L-7K2PQM"),
        ({}, "L-7K2PQM"),
    ],
)
def test_an_owner_is_a_client_else_a_phone_else_the_listing(values, person):
    assert only(listing(**values), "revisit", NEAR).person == person


def test_a_client_is_its_own_person():
    assert only(client(), "followup").person == "C-9F3DWA"


@pytest.mark.parametrize(
    ("record", "kind", "value"),
    [
        (client(budget_max=650), "followup", 650),
        (client(budget_max=650, rent_max=5000, intents=("rent",)), "followup", 6),
        (client(rent_max=5000, intents=("rent", "buy"), budget_max=650), "followup", 650),
        (client(), "followup", 1),
        (client(budget_max=0), "followup", 1),
        (listing(price=620, rent=9000), "revisit", 620),
        (listing(rent=10_000, status="for_lease"), "revisit", 12),
        (listing(status="for_lease", price=620), "revisit", 1),
        (listing(price=float("nan")), "revisit", 1),
    ],
)
def test_what_is_at_stake_is_the_price_or_budget_or_a_years_rent(record, kind, value):
    assert only(record, kind).value == value


def test_the_owners_own_note_says_how_to_reach_them():
    near = neighbours(values={"C-9F3DWA": {"channel": "wechat"}})
    assert only(listing(owner=("李女士",)), "revisit", near).channel == "wechat"
    assert only(client(entry("11-10", "call"), channel="call"), "followup").channel == "call"


def test_an_occurrence_bears_the_notes_title():
    assert only(client(title="李女士 浦东三房"), "followup").title == "李女士 浦东三房"
