"""Which listings sell easily, sign by sign; what nobody knows is never silently no."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.prime import (
    LISTING_KEYS,
    NO,
    OF_LEASES,
    ORDINARY,
    PRIME,
    SIGNS,
    UNKNOWN,
    YES,
    Basis,
    contradiction,
    judge,
)
from brokernotes.features.prime_sentences import REASONS, reason
from brokernotes.language import language
from brokernotes.model.rules import Rules

TODAY = date(2026, 11, 21)
BASIS = Basis(today=TODAY)
GOOD = {
    "transaction": "sale", "status": "for_sale", "price": 630, "expected_price": 610,
    "gross_area": 118.5, "title_type": "commodity", "title_checked_on": "2026-10-01",
    "owner_intent": "firm", "inspected_on": "2026-10-02",
}  # fmt: skip
ESTATE = {"hot": True, "avg_price": 52_000}  # the market's price: 616.2


def judged(estate=None, basis=BASIS, sees_owner=True, **changed):
    values = {key: value for key, value in (GOOD | changed).items() if value is not None}
    return judge(values, ESTATE if estate is None else estate, basis, sees_owner=sees_owner)


def verdicts(found):
    return {sign.key: sign.verdict for sign in found.signs}


def test_a_listing_whose_signs_are_all_good_is_prime():
    found = judged()

    assert found.kind == PRIME
    assert verdicts(found) == dict.fromkeys(SIGNS, YES)


def test_nothing_noted_is_unknown_and_not_ordinary():
    found = judge({}, {}, BASIS, sees_owner=True)

    assert found.kind == UNKNOWN
    assert verdicts(found) == dict.fromkeys(SIGNS, UNKNOWN)


@pytest.mark.parametrize(
    ("changed", "sign", "verdict", "code"),
    [
        ({"encumbrances": ["mortgage"]}, "title", NO, "title-burdened"),
        ({"encumbrances": ["无"]}, "title", YES, "title-clear"),
        ({"title_checked_on": None}, "title", UNKNOWN, "title-unchecked"),
        ({"title_checked_on": "2025-11-21"}, "title", YES, "title-clear"),
        ({"title_checked_on": "2025-11-20"}, "title", UNKNOWN, "title-old"),
        ({"encumbrances": ["seizure"]}, "tradable", NO, "tradable-seized"),
        ({"title_type": None}, "tradable", UNKNOWN, "tradable-unsaid"),
        ({"title_type": "shared"}, "tradable", UNKNOWN, "tradable-conditional"),
        ({"title_type": "军产房"}, "tradable", UNKNOWN, "tradable-other"),
        ({"co_owned": True}, "tradable", UNKNOWN, "tradable-consent"),
        ({"co_owned": True, "co_owner_consent": "2026-11-01"}, "tradable", YES, "tradable-free"),
        ({"owner_intent": "usual"}, "owner_firm", NO, "owner-said"),
        ({"owner_intent": None}, "owner_firm", UNKNOWN, "owner-unsaid"),
        ({"expected_price": 647}, "price", YES, "price-expected"),
        ({"expected_price": 647.1}, "price", NO, "price-expected"),
        ({"expected_price": 500}, "price", YES, "price-expected-below"),
        ({"expected_price": None}, "price", YES, "price-asked"),
        ({"expected_price": None, "price": 600}, "price", YES, "price-asked-below"),
        ({"expected_price": None, "price": 700}, "price", UNKNOWN, "price-unasked"),
        ({"expected_price": None, "price": None}, "price", UNKNOWN, "price-unsaid"),
        ({"gross_area": None}, "price", UNKNOWN, "price-no-area"),
        ({"defects": ["临街"]}, "defects", NO, "defects-noted"),
        ({"defects": []}, "defects", YES, "defects-none"),
        ({"defects": ["无"], "inspected_on": None}, "defects", YES, "defects-none"),
        ({"inspected_on": None}, "defects", UNKNOWN, "defects-unseen"),
        ({"hukou": "present"}, "defects", NO, "defects-hukou"),
        ({"occupant": "tenant"}, "defects", NO, "defects-let"),
        ({"occupant": "tenant", "lease_end": "2027-01-01"}, "defects", NO, "defects-let-until"),
        ({"occupant": "tenant", "lease_end": "2026-11-20"}, "defects", YES, "defects-none-seen"),
        ({"occupant": "tenant", "tenant_waiver": "2026-11-01"}, "defects", YES,
         "defects-none-seen"),
    ],
    ids=str,
)  # fmt: skip
def test_each_sign_follows_from_what_is_noted(changed, sign, verdict, code):
    found = next(one for one in judged(**changed).signs if one.key == sign)

    assert (found.verdict, found.reason) == (verdict, code)


@pytest.mark.parametrize(
    ("estate", "location", "price"),
    [
        ({}, UNKNOWN, UNKNOWN),
        ({"hot": False}, NO, UNKNOWN),
        ({"hot": True, "avg_price": 52_000, "avg_price_on": "2025-11-21"}, YES, YES),
        ({"hot": True, "avg_price": 52_000, "avg_price_on": "2025-11-20"}, YES, UNKNOWN),
    ],
)
def test_the_estate_says_where_it_lies_and_what_the_market_pays(estate, location, price):
    found = verdicts(judged(estate))

    assert (found["location"], found["price"]) == (location, price)


def test_a_listing_without_a_community_is_unknown_there():
    found = judge(GOOD, None, BASIS, sees_owner=True)

    assert [one.reason for one in found.signs if one.verdict == UNKNOWN] == [
        "location-no-estate", "price-no-average",
    ]  # fmt: skip


def test_one_bad_sign_makes_it_ordinary_whatever_else_is_unknown():
    assert judged(defects=["临街"], title_type=None).kind == ORDINARY


def test_which_signs_make_prime_is_a_rule():
    basis = Basis(today=TODAY, signs=("price", "owner_firm"))

    assert judged(defects=["临街"], basis=basis).kind == PRIME
    assert judged(defects=["临街"], basis=basis).of(NO) == ["defects"]  # told all the same
    assert judged(basis=Basis(today=TODAY, tolerance=0), expected_price=617).kind == ORDINARY
    assert judged(basis=Basis(today=TODAY, signs=())).kind == UNKNOWN


def test_a_home_that_is_only_let_is_judged_by_what_matters_there():
    found = judged(transaction="lease", hukou="present", encumbrances=["seizure"])

    assert set(verdicts(found)) == OF_LEASES
    assert found.kind == PRIME
    assert set(verdicts(judged(transaction=None, status="for_lease"))) == OF_LEASES


def test_who_may_not_see_the_owner_learns_nothing_of_his_mind():
    firm = judged(sees_owner=False, price=700, expected_price=600)
    probing = judged(sees_owner=False, price=700, expected_price=690, owner_intent="probe")

    assert firm == probing
    assert firm.kind == UNKNOWN


values = st.fixed_dictionaries(
    {},
    optional={
        "transaction": st.sampled_from(["sale", "lease", "both"]),
        "price": st.integers(5, 2000),
        "expected_price": st.integers(5, 2000),
        "gross_area": st.integers(3, 400),
        "title_type": st.sampled_from(["commodity", "shared", "别的"]),
        "title_checked_on": st.dates(date(2020, 1, 1), TODAY).map(str),
        "encumbrances": st.lists(st.sampled_from(["mortgage", "seizure", "无"])),
        "co_owned": st.booleans(),
        "owner_intent": st.sampled_from(["firm", "usual", "probe"]),
        "defects": st.lists(st.sampled_from(["临街", "无"])),
        "inspected_on": st.just("2026-10-02"),
        "hukou": st.sampled_from(["none", "present"]),
        "occupant": st.sampled_from(["owner", "tenant"]),
        "lease_end": st.dates(TODAY - timedelta(9), TODAY + timedelta(9)).map(str),
    },
)
estates = st.none() | st.fixed_dictionaries(
    {}, optional={"hot": st.booleans(), "avg_price": st.integers(500, 200_000)}
)


@given(values, estates, st.booleans())
def test_every_class_follows_from_its_signs_and_every_sign_has_its_words(home, estate, sees):
    found = judge(home, estate, BASIS, sees_owner=sees)
    told = [sign.verdict for sign in found.signs]

    assert found.kind == (ORDINARY if NO in told else PRIME if set(told) == {YES} else UNKNOWN)
    for sign in found.signs:
        for code in ("zh", "en"):
            assert reason(sign, language(code), Rules().schema)
    if not sees:
        mind = {key: value for key, value in home.items() if key != "owner_intent"}
        mind = {key: value for key, value in mind.items() if key != "expected_price"}
        assert judge(mind, estate, BASIS, sees_owner=False) == found


def test_the_key_lists_name_what_is_read():
    schema = Rules().schema.fields("listing")

    assert set(LISTING_KEYS) <= set(schema)
    assert {key for key in ("owner_intent", "expected_price") if schema[key].confidential} == {
        "owner_intent", "expected_price",
    }  # fmt: skip
    assert len(REASONS) > len(SIGNS)


def test_an_a_with_a_bad_sign_and_a_d_without_any_are_doubted():
    assert contradiction("A", judged(defects=["临街"])) == ("worse", ["defects"])
    assert contradiction("D", judged()) == ("better", list(SIGNS))
    for grade in ("A", "B", "C", None):
        assert contradiction(grade, judged()) is None
    for grade in ("B", "C", "D", None):
        assert contradiction(grade, judged(defects=["临街"])) is None
    assert contradiction("A", judged(title_checked_on=None)) is None
    assert contradiction("D", judged(title_checked_on=None)) is None
