"""What notes said on the day that counts: sharing, whose a note was, who made it."""

import json
from datetime import date

import pytest

from brokernotes.features.past_values import made_by, value_on

NOTES = """
    -- brokernotes.yaml --
    format: 1
    language: en
    sharing: {mode: mixed_quota}
    commission: {sale: {entry_agent: 20, maintainer: 20, surveyor: 10, closing_agent: 50}}
    -- agents/Wang Min.md --
    ---
    id: A-7K2PQM
    type: agent
    name: Wang Min
    email: wang@example.com
    ---
    -- agents/Li Hang.md --
    ---
    id: A-9F3DWA
    type: agent
    name: Li Hang
    email: li@example.com
    ---
    -- listings/Garden.md --
    ---
    id: L-7K2PQM
    type: listing
    created: 2026-08-01
    agent: "[[Li Hang]]"
    ---

    ## Log

    - 2026-08-02 10:00 Survey photos ^38ahyddk1
    -- clients/Ms Li.md --
    ---
    id: C-7K2PQM
    type: client
    created: 2026-08-01
    ---

    ## Log

    - 2026-09-10 10:00 Showing [[Garden]] @Li Hang ^3ack67k2p
    -- deals/Garden deal.md --
    ---
    id: D-7K2PQM
    type: deal
    listing: "[[Garden]]"
    buyer: "[[Ms Li]]"
    transaction: sale
    signed_on: 2026-10-01
    fee_buyer_received: 1000
    closing_agent: "[[Li Hang]]"
    ---
    """


def commit(drawn, day, author="Wang Min <wang@example.com>"):
    drawn.git("add", "--all")
    drawn.git("commit", "--quiet", "-m", "x", f"--author={author}", f"--date={day}T12:00:00+0800")


def split(drawn):
    result = drawn.run("commission", "D-7K2PQM", "--json")
    assert result.exit == 0, result.err
    return json.loads(result.out)


def parts(told):
    return {line["part"]: (line["agent"], line["why_code"]) for line in told["lines"]}


@pytest.fixture
def drawn(vault):
    made = vault(NOTES, "en")
    made.git("init", "--quiet", "--initial-branch=main")
    commit(made, "2026-08-01")
    return made


def test_a_listing_handed_over_since_was_somebody_elses_then(drawn):
    listing = drawn.read("listings/Garden.md")
    drawn.write("listings/Garden.md", listing.replace("Li Hang", "Wang Min"))
    commit(drawn, "2026-10-20")

    told = parts(split(drawn))

    assert told["surveyor"] == ("A-9F3DWA", "entry")
    assert told["maintainer"] == ("A-9F3DWA", "responsible")
    shown = json.loads(drawn.run("show", "D-7K2PQM", "--json").out)["roles"]
    assert {role["role"]: role["agent"] for role in shown}["surveyor"] == "A-9F3DWA"


def test_the_same_is_told_of_the_listing_and_as_evidence(drawn):
    listing = drawn.read("listings/Garden.md")
    drawn.write("listings/Garden.md", listing.replace("Li Hang", "Wang Min"))
    commit(drawn, "2026-10-20")
    wanted = {"entry_agent": "A-7K2PQM", "surveyor": "A-9F3DWA"}

    for words in (("show", "L-7K2PQM"), ("evidence", "C-7K2PQM", "L-7K2PQM")):
        told = json.loads(drawn.run(*words, "--json").out)["roles"]
        agents = {role["role"]: role["agent"] for role in told}
        assert {key: agents[key] for key in wanted} == wanted, words


def test_a_buyer_whom_two_agents_wrote_down_is_one_person(drawn):
    """Wang Min showed first, by her own note of the buyer; evidence and commission agree."""
    phone = "phone: 13812345678\n"
    buyer = drawn.read("clients/Ms Li.md").replace("type: client\n", f"type: client\n{phone}")
    drawn.write("clients/Ms Li.md", buyer)
    other = buyer.replace("C-7K2PQM", "C-2B3C4D").replace("2026-09-10", "2026-09-06")
    drawn.write(
        "clients/Li.md", other.replace("Li Hang", "Wang Min").replace("3ack67k2p", "3ack67k2q")
    )
    commit(drawn, "2026-09-11")
    rules = drawn.read("brokernotes.yaml").replace("surveyor: 10", "first_showing_agent: 10")
    drawn.write("brokernotes.yaml", rules)

    assert parts(split(drawn))["first_showing_agent"] == ("A-7K2PQM", "entry")
    for client in ("C-7K2PQM", "C-2B3C4D"):
        roles = json.loads(drawn.run("evidence", client, "L-7K2PQM", "--json").out)["roles"]
        assert ("first_showing_agent", "A-7K2PQM") in {(one["role"], one["agent"]) for one in roles}


def test_whoever_committed_a_note_the_day_it_was_made_brought_it_in(drawn):
    assert parts(split(drawn))["entry_agent"] == ("A-7K2PQM", "added")


def test_a_vault_that_was_imported_later_says_nothing_of_that(vault):
    made = vault(NOTES, "en")
    made.git("init", "--quiet", "--initial-branch=main")
    commit(made, "2026-09-01")

    assert parts(split(made))["entry_agent"] == ("A-9F3DWA", "added-unknown")


@pytest.mark.parametrize(("day", "way"), [("2026-09-05", "private"), ("2026-09-12", "public")])
def test_by_quota_the_day_of_the_first_showing_decides(drawn, day, way):
    """First shown on 2026-09-10; the listing became private before, or only afterwards."""
    listing = drawn.read("listings/Garden.md")
    drawn.write("listings/Garden.md", listing.replace("---\n\n", "sharing: private\n---\n\n", 1))
    commit(drawn, day)

    assert split(drawn)["way"] == way


def test_without_git_what_the_note_says_now_counts_and_that_is_said(vault):
    told = split(vault(NOTES, "en"))

    assert told["way"] == "public"
    assert told["remarks"][-1]["code"] == "now"


def test_nothing_is_known_of_an_empty_history():
    assert value_on([], "agent", date(2026, 9, 1)) is None
    assert made_by([], None) is None


def late_remarks(drawn):
    codes = ("late-entry", "late-note", "changed-entry")
    remarks = [one for one in split(drawn)["remarks"] if one["code"] in codes]
    return [(one["code"], one["params"]) for one in remarks]


def test_a_role_by_an_entry_written_late_is_told(drawn):
    note = drawn.read("clients/Ms Li.md")
    drawn.write("clients/Ms Li.md", note + "    - 2026-08-20 09:00 Showing [[Garden]] @Li Hang\n")
    commit(drawn, "2026-09-20")

    ((code, params),) = late_remarks(drawn)

    assert code == "late-entry"
    assert params.items() >= {
        "role": "first_showing_agent", "agent": "A-9F3DWA", "day": "2026-08-20", "days": 31,
    }.items()  # fmt: skip


def test_what_came_with_its_note_is_told_as_that(vault):
    drawn = vault(NOTES)
    drawn.git("init", "--quiet")
    commit(drawn, "2026-09-20")

    # The showing earns nothing here, and its day decides the way.
    assert late_remarks(drawn) == [("late-note", {"roles": ["surveyor", "first_showing_agent"]})]


def test_what_was_written_in_time_is_not_told(drawn):
    assert late_remarks(drawn) == []


@pytest.mark.parametrize(
    ("old", "new", "late"),
    [("2026-09-10 10:00", "2026-08-05 10:00", 36), ("@Li Hang", "@Wang Min", None)],
    ids=["dated back", "another's name"],
)
def test_an_entry_whose_facts_were_changed_afterwards_is_told(vault, old, new, late):
    drawn = vault(NOTES)
    path, written = "clients/Ms Li.md", drawn.read("clients/Ms Li.md")
    drawn.git("init", "--quiet")
    drawn.write(path, written.partition("- 2026-09-10")[0])
    commit(drawn, "2026-08-02")
    drawn.write(path, written)
    commit(drawn, "2026-09-10")
    drawn.write(path, written.replace(old, new))
    commit(drawn, "2026-10-15", "Li Hang <li@example.com>")

    found = dict(late_remarks(drawn))

    assert found["changed-entry"].items() >= {
        "role": "first_showing_agent", "when": "2026-10-15", "author": "Li Hang",
    }.items()  # fmt: skip
    assert found.get("late-entry", {}).get("days") == late


def test_words_added_to_an_entry_change_no_facts(drawn):
    client = drawn.read("clients/Ms Li.md")
    drawn.write("clients/Ms Li.md", client.replace("@Li Hang", "@Li Hang liked it"))
    commit(drawn, "2026-10-15")

    assert late_remarks(drawn) == []
