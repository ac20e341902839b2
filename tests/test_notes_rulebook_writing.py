"""One list of the rules is written, and not a byte beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import RefusedError
from brokernotes.notes.rulebook import checked_rules
from brokernotes.notes.rulebook_writing import set_list

NEW = ["district", "price/50"]


def written(text, items=NEW, key="listing"):
    return set_list(text, "classify", key, items)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "classify:\n  listing: [district, price/50]\n"),
        ("format: 1\n", "format: 1\nclassify:\n  listing: [district, price/50]\n"),
        ("format: 1", "format: 1\nclassify:\n  listing: [district, price/50]\n"),
        ("# only words\n", "# only words\nclassify:\n  listing: [district, price/50]\n"),
        ("format: 1\r\n", "format: 1\r\nclassify:\r\n  listing: [district, price/50]\r\n"),
        ("\ufeffformat: 1\n", "\ufeffformat: 1\nclassify:\n  listing: [district, price/50]\n"),
        (
            "classify:\n  listing: [community, layout] # ours\nformat: 1\n",
            "classify:\n  listing: [district, price/50] # ours\nformat: 1\n",
        ),
        ("classify: {listing: grade}\n", "classify: {listing: [district, price/50]}\n"),
        (
            "classify: {client: grade}\n",
            "classify: {listing: [district, price/50], client: grade}\n",
        ),
        ("classify: {}\n", "classify: {listing: [district, price/50]}\n"),
        ("classify:\nformat: 1\n", "classify:\n  listing: [district, price/50]\nformat: 1\n"),
        ("classify: # how\n", "classify: # how\n  listing: [district, price/50]\n"),
        (
            "classify:\n   client: [grade] # his\n\nhot: {}\n",
            "classify:\n   client: [grade] # his\n   listing: [district, price/50]\n\nhot: {}\n",
        ),
        ("classify:\n  listing:\n", "classify:\n  listing: [district, price/50]\n"),
        (
            "classify:\n  listing:\n  - district\n  - layout\n  client: [grade]\n",
            "classify:\n  listing:\n  - district\n  - price/50\n  client: [grade]\n",
        ),
        (
            "classify:\n  listing:\n    - district # first\n",
            "classify:\n  listing:\n    - district # first\n    - price/50\n",
        ),
        (
            "classify:\n  listing:\n  - district\n  - price/50\n  - grade\n  - age\nhot: {}\n",
            "classify:\n  listing:\n  - district\n  - price/50\nhot: {}\n",
        ),
    ],
)  # fmt: skip
def test_only_the_list_changes(before, after):
    assert written(before) == after
    assert checked_rules(after)[0]["classify"]["listing"] == NEW
    assert written(after) == after


@pytest.mark.parametrize(
    "text",
    [
        "classify: [a, b]\n",
        "classify:\n  listing:\n    - grade # dear\n    - layout\n",
        "classify:\n  listing: [grade, # dear\n    layout]\n",
        "classify:\n  listing: {a: b}\n",
    ],
)
def test_what_would_be_lost_is_refused_with_what_to_write_by_hand(text):
    with pytest.raises(RefusedError) as error:
        written(text)

    assert error.value.params["line"] == "classify: {listing: [district, price/50]}"


@pytest.mark.parametrize("text", ["cadence: {daily: x}\nclassify: {}\n", "nonsense: 1\n"])
def test_what_is_wrong_elsewhere_stays_as_it_is(text):
    assert [one.code for one in checked_rules(written(text))[1]] == [
        one.code for one in checked_rules(text)[1]
    ]


words = st.lists(
    st.sampled_from(["district", "price/50", "grade", "created/year", "layout"]),
    min_size=1, max_size=4, unique=True,
)  # fmt: skip
lines = st.sampled_from(
    ["format: 1", "# 先按小区", "", "hot: {top: 3}", "language: zh", "quiet:\n  days: [除夕]"]
)
sections = st.sampled_from(
    [
        "", "classify:", "classify: {client: [grade]}", "classify:\n  client: [grade] # his",
        "classify:\n  listing: [grade] # ours\n  client: [grade]",
        "classify:\n  listing:\n    - grade\n    - layout",
    ]
)  # fmt: skip


@given(st.lists(lines, unique=True), sections, st.lists(lines, unique=True), words)
def test_everything_else_is_read_as_before_and_every_comment_is_kept(above, section, below, items):
    parts = [*above, *([section] if section else []), *[one for one in below if one not in above]]
    text = "\n".join(parts) + "\n"
    changed = written(text, items)
    before, after = checked_rules(text), checked_rules(changed)

    assert after[0].pop("classify")["listing"] == items
    before[0].pop("classify", None)
    assert after[0] == before[0]
    assert [one.code for one in after[1]] == [one.code for one in before[1]]
    assert [line for line in text.split("\n") if "#" in line and "listing" not in line] == [
        line for line in changed.split("\n") if "#" in line and "listing" not in line
    ]
