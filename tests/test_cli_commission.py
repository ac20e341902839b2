"""`commission` at the command line."""

import json
import shlex

import pytest

from tests.drawing import DrawnVault
from tests.transcripts import FOLDER, names


@pytest.mark.parametrize("name", names("commission"))
def test_transcript(transcript, name):
    transcript(name)


@pytest.fixture
def drawn(tmp_path):
    vault = DrawnVault(tmp_path)
    vault.draw((FOLDER / "commission-en.txt").read_text("utf-8").partition("-- session --")[0])
    return vault


def test_the_lines_add_up_to_what_is_shared(drawn):
    told = json.loads(drawn.run("commission", "D-7K2PQM", "--json").out)

    cents = [round(line["amount"] * 100) for line in told["lines"]]
    assert sum(cents) == round(told["shared"] * 100) == 80_000_00
    paid = [round(one["amount"] * 100) for one in told["agents"]]
    assert sum(paid) + cents[0] == sum(cents)  # the first line is the firm's


def test_nothing_is_written(drawn):
    before = {path: path.read_bytes() for path in drawn.root.rglob("*.md")}
    drawn.run("commission", "D-7K2PQM")
    drawn.run("commission", "D-2B3C4D")

    assert {path: path.read_bytes() for path in drawn.root.rglob("*.md")} == before


def test_the_commands_that_a_refusal_names_mend_it(drawn):
    mends = {"REF": "L-7K2PQM", "AMOUNT": "1000", "NAME": "A-9F3DWA"}
    for _ in range(3):
        result = drawn.run("commission", "D-2B3C4D", "--json")
        if not result.exit:
            break
        for one in json.loads(result.out)["missing"]:
            words = one["command"].split()[1:]
            for name, value in mends.items():
                words = [word.replace(name, value) for word in words]
            assert drawn.run(*words, "--no-commit").exit == 0, words
    told = json.loads(drawn.run("commission", "D-2B3C4D", "--json").out)

    assert (told["shared"], told["missing"]) == (1000, [])


def test_the_shares_that_a_refusal_shows_may_be_pasted(drawn):
    refusal = drawn.run("commission", "D-3C4D5E")
    assert refusal.exit == 1
    table = refusal.err[refusal.err.index("  lease:") :].split("\n")
    lines = [line.strip() for line in table[1:] if line.strip()]
    block = "  lease:\n" + "".join(f"    {line}\n" for line in lines)
    drawn.write("brokernotes.yaml", drawn.read("brokernotes.yaml") + block)

    assert drawn.run("commission", "D-3C4D5E").exit == 0


def test_notes_without_ids_are_told_by_their_paths(tmp_path):
    vault = DrawnVault(tmp_path)
    vault.draw("""
        -- agents/Li Hang.md --
        ---
        name: Li Hang
        ---
        -- listings/Sunny Garden.md --
        ---
        agent: "[[Li Hang]]"
        sharing: private
        ---
        -- clients/Ms Li.md --
        ---
        agent: "[[Li Hang]]"
        ---

        ## Log

        - 2026-11-08 10:00 Showing [[Sunny Garden]] liked it
        -- deals/A deal.md --
        ---
        listing: "[[Sunny Garden]]"
        buyer: "[[Ms Li]]"
        transaction: sale
        fee_buyer_received: 100
        ---
        """)
    refusal = json.loads(vault.run("commission", "A deal", "--json").out)
    (missing,) = refusal["missing"]
    assert missing["command"] == "brokernotes set 'deals/A deal.md' closing_agent=NAME"

    vault.run(*shlex.split(missing["command"].replace("NAME", "Li"))[1:])
    told = json.loads(vault.run("commission", "A deal", "--json").out)

    assert [(line["part"], line["name"], line["amount"]) for line in told["lines"]] == [
        ("holder", "Li Hang", 100)
    ]
    shown = json.loads(vault.run("show", "deals/A deal.md", "--json").out)["roles"]
    assert {role["role"]: role["name"] for role in shown}["first_showing_agent"] == "Li Hang"


@pytest.mark.parametrize(
    "fees",
    [
        "fee_buyer_received: -5",
        "fee_buyer_received: 1e9",
        "fee_buyer_received: lots",
        "fee_buyer_received: 100\ndiscount: 7\nco_broker_fee: 200",
        "fee_buyer_received: [1, 2]",
        "fee_buyer_received: 0.001",
    ],
)
def test_odd_amounts_are_refused_in_a_sentence(drawn, fees):
    deal = drawn.read("deals/Lake.md").replace("fee_buyer_received: 30000", fees)
    drawn.write("deals/Lake.md", deal)

    result = drawn.run("commission", "D-9F3DWA", "--basis", "received")

    assert result.exit == 1
    assert "cannot be shared yet" in result.err
    assert not result.out


def test_a_deal_of_itself_and_of_nobody_is_no_trouble(drawn):
    deal = drawn.read("deals/Lake.md")
    deal = deal.replace("[[Lake House]]", "[[Lake]]").replace("[[Ms Li]]", "[[Nobody]]")
    drawn.write("deals/Lake.md", deal)

    assert "names no listing" in drawn.run("commission", "D-9F3DWA").err
