"""A fee shared: exact, explained, whole or refused."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.allotting import allot
from brokernotes.features.commission import Split, split_fee
from brokernotes.features.commission_sentences import (
    EXAMPLE,
    LINES,
    MISSING,
    PARTS,
    REMARKS,
    WAYS,
    command_for,
)
from brokernotes.features.commission_terms import World, Written, cents_of, yuan
from brokernotes.features.late_entries import LateEntry
from brokernotes.features.roles import Case, derive_roles
from brokernotes.language import language
from brokernotes.model.roles import ROLES
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader
from brokernotes.notes.rulebook import read_rules

PEOPLE = {
    "王敏": "A-WANG22", "李航": "A-HANG22", "陈璐": "A-CHEN22", "周婕": "A-ZHOU22",
}  # fmt: skip
NOTES = {"阳光花园": "L-7K2PQM", "李女士": "C-9F3DWA", "成交": "D-HXFY96"}
READER = NoteReader(Rules(), list(PEOPLE))
TABLE = """
  sale:
    录入人: 10
    维护人: 15
    实勘人: 5
    钥匙人: 5
    独家人: 5
    首看人: 15
    成交人: 45
"""
LOG = "- 2026-08-01 实勘 @李航 ^a1\n- 2026-08-02 收钥匙 @周婕 ^a2\n- 2026-08-03 签独家 @王敏 ^a3"


def rules(commission=TABLE, mode="public", **more):
    said = "".join(f"  {key}: {value}\n" for key, value in more.items())
    text = f"format: 1\nsharing: {{mode: {mode}}}\n"
    if commission or said:
        text += f"commission:\n{said}{(commission or '').strip(chr(10))}\n"
    found, problems = read_rules(text)
    assert problems == []
    return found


def record(path, front="", log=""):
    id_ = NOTES[path.rpartition("/")[2]]
    text = f"---\nid: {id_}\n{front}\n---\n\n## 跟进记录\n\n{log}\n"
    return READER.read(f"{path}.md", text).record


def case(
    fees="fee_buyer_received: 60000\nfee_seller_received: 40000",
    *,
    listing="",
    log=LOG,
    deal="",
    signs="李航",
    shows="陈璐",
):
    """A home of 王敏, surveyed by 李航, keys with 周婕, exclusive by 王敏; shown by 陈璐."""
    return Case(
        listing=record("listings/阳光花园", f'agent: "[[王敏]]"\n{listing}', log),
        deal=record(
            "deals/成交",
            f'transaction: 出售\nagent: "[[李航]]"\nsigned_on: 2026-11-01\n{fees}\n{deal}',
            f"- 2026-11-01 签约 @{signs} ^d1" if signs else "",
        ),
        clients=(
            record(
                "clients/李女士",
                'agent: "[[李航]]"',
                f"- 2026-10-01 带看 [[阳光花园]] @{shows} ^b1" if shows else "",
            ),
        ),
        today=date(2026, 11, 21),
        id_of=NOTES.get,
        agent_of=PEOPLE.get,
    )


def world(sharing=None, areas=None, places=("浦东",)):
    def sharing_on(day):
        return sharing(day) if callable(sharing) else sharing

    return World(
        sharing_on=sharing_on, areas_of=lambda agent: (areas or {}).get(agent, ()), places=places
    )


def split(asked=None, said=None, around=None, basis=None):
    asked = asked or case()
    found = split_fee(asked, derive_roles(asked), said or rules(), around or world(), basis=basis)
    assert isinstance(found, Split), found
    return found


def refused(asked=None, said=None, around=None, basis=None):
    asked = asked or case()
    found = split_fee(asked, derive_roles(asked), said or rules(), around or world(), basis=basis)
    assert isinstance(found, list)
    return [one.code for one in found]


def lines(found):
    return [(line.part, line.agent[2:6], str(yuan(line.cents))) for line in found.lines]


# -- four modes, worked out by hand


def test_public_shares_a_hundred_thousand_by_the_table():
    """100,000 元: 10 % 录入, 15 % 维护, 5 % 实勘, 5 % 钥匙, 5 % 独家, 15 % 首看, 45 % 成交."""
    found = split()

    assert lines(found) == [
        ("entry_agent", "WANG", "10000.00"),
        ("maintainer", "WANG", "15000.00"),
        ("surveyor", "HANG", "5000.00"),
        ("key_holder", "ZHOU", "5000.00"),
        ("exclusive_agent", "WANG", "5000.00"),
        ("first_showing_agent", "CHEN", "15000.00"),
        ("closing_agent", "HANG", "45000.00"),
    ]
    assert [(one.agent[2:6], one.cents) for one in found.totals()] == [
        ("HANG", 50_000_00), ("WANG", 30_000_00), ("CHEN", 15_000_00), ("ZHOU", 5_000_00),
    ]  # fmt: skip
    assert found.totals()[1].parts == ("entry_agent", "maintainer", "exclusive_agent")
    assert (found.way.is_private, found.way.code) == (False, "public-all")


def test_private_gives_the_holder_a_half_and_the_rest_to_the_clients_side():
    """Half of 100,000 to 王敏; the rest 15 : 45 to who showed first and who closed."""
    found = split(said=rules(mode="private"))

    assert lines(found) == [
        ("holder", "WANG", "50000.00"),
        ("first_showing_agent", "CHEN", "12500.00"),
        ("closing_agent", "HANG", "37500.00"),
    ]
    assert found.way.code == "private-all"


def test_a_holder_who_closes_himself_takes_all():
    found = split(case(signs="王敏"), rules(mode="private"))

    assert lines(found) == [("holder", "WANG", "100000.00")]
    assert found.lines[0].why == "holder-closes"


@pytest.mark.parametrize(
    ("areas", "is_private"),
    [
        ({"A-WANG22": ("浦东",), "A-HANG22": ("浦东", "杨浦")}, False),
        ({"A-WANG22": ("浦东",), "A-HANG22": ("杨浦",)}, True),
        ({"A-WANG22": ("徐汇",), "A-HANG22": ("浦东",)}, True),
    ],
)
def test_by_area_the_one_who_closes_decides(areas, is_private):
    found = split(said=rules(mode="mixed_area"), around=world(areas=areas))

    assert found.way.is_private is is_private
    assert (found.lines[0].part == "holder") is is_private
    assert found.way.params["place"] == "浦东"


@pytest.mark.parametrize(
    ("became_private", "is_private"), [(date(2026, 9, 1), True), (date(2026, 10, 2), False)]
)
def test_by_quota_the_day_of_the_first_showing_decides(became_private, is_private):
    """First shown on 2026-10-01; what the listing is called later changes nothing."""
    around = world(lambda day: "private" if day >= became_private else None)

    found = split(said=rules(mode="mixed_quota"), around=around)

    assert found.way.is_private is is_private
    assert found.way.params == {"day": "2026-10-01"}


def test_by_quota_without_a_showing_the_day_of_the_deal_decides():
    found = split(case(shows=""), rules(mode="mixed_quota"), world("private"))

    assert found.way.code == "quota-private-agreed"
    assert found.way.params == {"day": "2026-11-01"}


@pytest.mark.parametrize(("mode", "said"), [("public", "private"), ("private", "public")])
def test_what_the_listing_says_comes_before_the_mode(mode, said):
    found = split(said=rules(mode=mode), around=world(said))

    assert found.way.is_private is (said == "private")
    assert found.way.code == f"{said}-own"


# -- what is shared


def test_another_firms_part_comes_first_and_the_firms_own_next():
    """(100,000 − 20,000) × 90 % = 72,000 are shared; 45 % of that to who closed."""
    found = split(case(deal="co_broker_fee: 20000"), rules(platform=10))

    assert found.lines[0].part == "platform"
    assert (found.lines[0].cents, found.lines[-1].cents) == (8_000_00, 32_400_00)
    assert sum(line.cents for line in found.lines) == found.pot.own == 80_000_00


def test_what_is_due_is_what_is_left_after_the_discount():
    asked = case("fee_buyer_due: 34000\nfee_seller_due: 30600", deal="discount: 0.95")

    found = split(asked, basis="due")

    assert found.pot.cents == 64_600_00
    assert (found.pot.basis, found.pot.discount) == ("due", Decimal("0.95"))
    assert split(case(deal="discount: 0.95")).pot.cents == 100_000_00  # it came in as it came in


def test_the_basis_is_the_rules_unless_it_is_asked():
    fees = "fee_buyer_received: 10000\nfee_buyer_due: 20000"

    assert split(case(fees)).pot.cents == 10_000_00
    assert split(case(fees), rules(basis="due")).pot.cents == 20_000_00
    assert split(case(fees), rules(basis="due"), basis="received").pot.cents == 10_000_00


def test_what_a_side_still_owes_is_said():
    fees = "fee_buyer_received: 10000\nfee_buyer_due: 10000\nfee_seller_due: 5000.5"

    assert [(one.code, one.params) for one in split(case(fees)).remarks] == [
        ("outstanding-seller", {"amount": 5_000_50})
    ]


def test_a_showing_too_long_ago_is_told():
    asked = case(shows="")
    buyer = record("clients/李女士", "", "- 2026-07-01 带看 [[阳光花园]] @陈璐 ^b1")

    found = split(replace(asked, clients=(buyer,)))

    assert [one.code for one in found.remarks] == ["normalised", "lapsed"]
    assert found.remarks[1].params == {"day": "2026-07-01", "days": 123, "limit": 90}


def late(*, with_note=(), **days):
    """Entries by id that were written so many days late."""
    found = {
        id_: LateEntry(None, timedelta(days=count, hours=5), came_with_note=id_ in with_note)
        for id_, count in days.items()
    }
    return lambda role: Written(found.get(role.entry))


def test_what_came_with_its_note_is_told_in_one_line():
    around = replace(world(), written=late(b1=32, d1=9, a2=40, with_note=("b1", "d1")))

    found = split(case(), around=around)

    assert [(one.code, one.params.get("roles")) for one in found.remarks] == [
        ("late-entry", None),
        ("late-note", ["first_showing_agent", "closing_agent"]),
    ]
    assert found.remarks[0].params["role"] == "key_holder"


def test_a_role_whose_entry_was_written_late_is_told():
    around = replace(world(), written=late(b1=32))

    found = split(case(), around=around)

    assert [one.code for one in found.remarks] == ["late-entry"]
    assert found.remarks[0].params == {
        "role": "first_showing_agent", "agent": "A-CHEN22", "verb": "showing",
        "day": "2026-10-01", "days": 32, "note": "C-9F3DWA", "entry": "b1",
    }  # fmt: skip


def test_a_late_showing_that_decides_the_way_is_told_though_it_earns_nothing():
    around = replace(world("private"), written=late(b1=2))
    asked = case(signs="王敏")  # who holds it, and takes all

    by_quota = split(asked, said=rules(mode="mixed_quota"), around=around)
    by_note = split(asked, around=around)

    assert by_quota.way.code == "quota-private-shown"
    assert [(one.code, one.params["role"]) for one in by_quota.remarks] == [
        ("late-entry", "first_showing_agent")
    ]
    assert by_note.remarks == ()


def test_a_part_the_table_does_not_know_is_told():
    asked = case(deal='finance_advisor: "[[周婕]]"')

    assert [one.code for one in split(asked).remarks] == ["without-share"]
    private = split(asked, rules(mode="private")).remarks
    assert [one.params for one in private] == [{"roles": ["finance_advisor"]}]


def test_whoever_has_left_is_paid_and_named():
    found = split(around=replace(world(), left={"A-ZHOU22": date(2026, 9, 30)}))

    assert [(one.code, one.params["day"]) for one in found.remarks] == [("left", "2026-09-30")]
    assert ("key_holder", "ZHOU", "5000.00") in lines(found)


def test_an_odd_cent_goes_to_the_largest_remainder():
    """10 分 by the table are 1, 1.5, .5, .5, .5, 1.5 and 4.5; the three left go in order."""
    found = split(case("fee_buyer_received: 0.1"))

    assert [line.cents for line in found.lines] == [1, 2, 1, 1, 0, 1, 4]


# -- parts nobody played


def test_missing_parts_are_shared_by_the_others_in_proportion():
    """Without survey, keys and exclusive 85 % are left: 10/85 of 85,000 is 10,000."""
    found = split(case("fee_buyer_received: 85000", log=""))

    assert lines(found) == [
        ("entry_agent", "WANG", "10000.00"),
        ("maintainer", "WANG", "15000.00"),
        ("first_showing_agent", "CHEN", "15000.00"),
        ("closing_agent", "HANG", "45000.00"),
    ]
    assert found.remarks[0].params["roles"] == ["surveyor", "key_holder", "exclusive_agent"]


def test_or_they_fall_to_the_maintainer():
    found = split(case(log=""), rules(missing="maintainer"))

    assert [(line.part, line.agent[2:6], line.why) for line in found.lines][2:5] == [
        (role, "WANG", "falls-to-maintainer")
        for role in ("surveyor", "key_holder", "exclusive_agent")
    ]
    assert sum(line.cents for line in found.lines) == 100_000_00
    assert {one.agent: one.cents for one in found.totals()}["A-WANG22"] == 40_000_00


def test_or_each_must_have_a_name():
    assert refused(case(log=""), rules(missing="refuse")) == ["no-role"] * 3
    assert refused(case(shows=""), rules(missing="refuse", mode="private")) == ["no-role"]


def test_a_private_deal_of_two_needs_no_table():
    found = split(case(shows="李航"), rules("", mode="private"))

    assert lines(found) == [
        ("holder", "WANG", "50000.00"), ("closing_agent", "HANG", "50000.00"),
    ]  # fmt: skip


def test_the_holders_share_is_the_firms_to_set():
    found = split(said=rules(mode="private", private_holder=0.4))

    assert (found.lines[0].cents, found.lines[-1].cents) == (40_000_00, 45_000_00)


# -- refusals


def test_everything_that_is_missing_is_named_at_once():
    asked = replace(case("", signs="", listing=""), listing=None)

    assert refused(asked) == ["no-listing", "no-fee-received", "no-closing"]


@pytest.mark.parametrize(
    ("asked", "said", "around", "basis", "codes"),
    [
        (case("fee_buyer_received: 0"), None, None, None, ["nothing-received"]),
        (case(""), None, None, "due", ["no-fee-due"]),
        (case("fee_buyer_due: 0"), None, None, "due", ["nothing-due"]),
        (case("fee_buyer_received: 很多"), None, None, None, ["unreadable"]),
        (case(deal="co_broker_fee: 100000.01"), None, None, None, ["co-broker-more"]),
        (case(), rules(""), None, None, ["no-table"]),
        (case(), rules("", mode="private"), None, None, ["no-table"]),
        (case(), rules("  sale: {权证: 100}"), None, None, ["no-share"]),
        (case(), rules("  sale: {权证: 100}", mode="private"), None, None, ["no-share"]),
        (case(), rules(mode="mixed_area"), world(places=()), None,
         ["no-areas", "no-areas", "no-district"]),
    ],
)  # fmt: skip
def test_a_split_is_whole_or_refused(asked, said, around, basis, codes):
    assert refused(asked, said, around, basis) == codes


def test_nobody_knows_whether_it_is_a_sale():
    asked = case()
    values = {k: v for k, v in asked.deal.values.items() if k != "transaction"}

    assert refused(replace(asked, deal=replace(asked.deal, values=values))) == ["no-transaction"]


def test_a_listing_that_nobody_holds_cannot_be_private():
    asked = case()
    home = replace(asked.listing, values={})

    assert "no-holder" in refused(replace(asked, listing=home), rules(mode="private"))
    assert "no-maintainer" in refused(replace(asked, listing=home), rules(missing="maintainer"))


def test_an_entry_nobody_owns_earns_nothing_for_anybody():
    asked = case(shows="")
    buyer = record("clients/李女士", "", "- 2026-10-01 带看 [[阳光花园]] ^b1")

    assert refused(replace(asked, clients=(buyer,))) == ["whose"]


def test_every_code_has_words_in_chinese_and_every_refusal_but_the_rules_a_command():
    words = language("zh")
    for table in (WAYS, LINES, PARTS, REMARKS, MISSING):
        for sentence in table.values():
            assert words.text(sentence) != sentence
    params = {"note": "D-HXFY96", "role": "paperwork_agent"}
    commands = {code: command_for(code, params) for code in MISSING}
    assert {code for code, told in commands.items() if not told} == {"no-table", "no-share"}
    assert commands["no-role"] == "brokernotes set D-HXFY96 document_agent=NAME"


def test_the_example_to_paste_adds_up():
    assert sum(EXAMPLE.values()) == 100


# -- properties

cents = st.integers(0, 10**11)
weights = st.lists(st.fractions(0, 100, max_denominator=1000), min_size=1, max_size=12).filter(any)
named = st.sampled_from(list(PEOPLE))


@given(cents, weights)
def test_amounts_add_up_and_are_within_a_cent_of_exact(amount, shares):
    amounts = allot(amount, shares)
    whole = sum(shares)

    assert sum(amounts) == amount
    assert all(got >= 0 for got in amounts)
    assert all(
        abs(got - amount * share / whole) < 1 for got, share in zip(amounts, shares, strict=True)
    )
    assert all(not got for got, share in zip(amounts, shares, strict=True) if not share)


@given(cents, weights, st.integers(1, 1000))
def test_only_the_proportion_of_the_shares_counts(amount, shares, factor):
    assert allot(amount, shares) == allot(amount, [share * factor for share in shares])


@given(st.integers(0, 10**8), weights)
def test_a_hundred_times_the_money_is_a_hundred_times_the_amounts_but_for_the_odd_cents(
    amount, shares
):
    small, large = allot(amount, shares), allot(amount * 100, shares)

    assert all(abs(big - 100 * got) < 100 for got, big in zip(small, large, strict=True))


@given(st.decimals(0, 10**8, places=2), named, named, st.sampled_from(["public", "private"]))
def test_whoever_signs_and_shows_the_lines_add_up_to_the_fee(fee, signs, shows, mode):
    if not fee:
        return
    found = split(case(f"fee_buyer_received: {fee}", signs=signs, shows=shows), rules(mode=mode))

    assert sum(line.cents for line in found.lines) == found.pot.own == int(fee * 100)
    assert sum(one.cents for one in found.totals()) == found.pot.own
    assert all(line.cents >= 0 for line in found.lines)
    assert sum((line.share for line in found.lines), Fraction()) == 1
    if mode == "private":
        assert found.lines[0].agent == "A-WANG22"
        assert found.lines[0].cents >= found.pot.own // 2


@given(st.permutations([kind.id for kind in ROLES]))
def test_the_order_of_roles_and_table_changes_nothing(order):
    asked = case("fee_buyer_received: 33333.33")
    roles = derive_roles(asked)
    mixed = {role: roles[role] for role in order if role in roles}
    table = {role: EXAMPLE[role] for role in order if role in EXAMPLE}
    said = rules(f"  sale: {{{', '.join(f'{role}: {share}' for role, share in table.items())}}}")

    assert split_fee(asked, mixed, said, world()) == split(asked, rules())


@given(st.floats(0, 10**8))
def test_yuan_and_cents_are_each_others_inverse(amount):
    rounded = round(amount, 2)

    assert yuan(cents_of(rounded)) == Decimal(str(rounded)).quantize(Decimal("0.01"))
