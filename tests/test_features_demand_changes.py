"""What a changed demand does to the matches."""

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.demand_changes import DEMAND, KEYS_OF, assumed_keys, compare
from brokernotes.features.matching_bulk import Pair
from brokernotes.features.matching_criteria import WEIGHTS
from brokernotes.features.matching_sides import WANT_KEYS, Named, home_of, want_of
from brokernotes.model.rules import builtin_schema

SCHEMA = builtin_schema()
WANT = want_of(Named("C-1", "c.md", "李女士"), {}, lambda _: None)


def pair(ref, value):
    return Pair(value, WANT, home_of(Named(ref, f"{ref}.md", ref), {}, {}, SCHEMA))


def nobody(_):
    return False


def test_homes_come_go_and_move():
    found = compare(
        [pair("L-1", 0.5), pair("L-2", 0.6), pair("L-3", 0.7)],
        [pair("L-2", 0.8), pair("L-3", 0.7), pair("L-4", 0.9)],
        nobody,
    )

    assert [(one.ref, one.before, one.after) for one in found.came] == [("L-4", None, 90)]
    assert [(one.ref, one.before, one.after) for one in found.went] == [("L-1", 50, None)]
    assert [(one.ref, one.before, one.after) for one in found.moved] == [("L-2", 60, 80)]


def test_what_is_set_aside_is_not_told():
    found = compare([pair("L-1", 0.5)], [pair("L-4", 0.9)], lambda _: True)

    assert found == ((), (), ())


pairs = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)).map(
    lambda found: [pair(ref, value) for ref, value in found.items()]
)


@given(pairs, pairs)
def test_back_again_is_the_other_way_round(before, after):
    there, back = compare(before, after, nobody), compare(after, before, nobody)

    assert {one.ref for one in there.came} == {one.ref for one in back.went}
    assert {one.ref for one in there.moved} == {one.ref for one in back.moved}
    told = [one.ref for found in there for one in found]
    assert len(told) == len(set(told))
    assert not any(compare(before, before, nobody))


def test_assumed_keys_are_read_in_both_languages_and_keep_how_they_are_typed():
    found = assumed_keys({"assumed": ["预算上限", "eligibility", "猫"]}, SCHEMA)

    assert found == {"budget_max": "预算上限", "eligibility": "eligibility", "猫": "猫"}


def test_every_criterion_names_keys_of_the_demand():
    assert KEYS_OF.keys() == WEIGHTS.keys() - {"learned"}
    assert {key for keys in KEYS_OF.values() for key in keys} <= DEMAND <= set(WANT_KEYS)
