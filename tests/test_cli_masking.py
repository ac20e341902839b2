"""A phone in a note's name is shown by no list, whatever form it has; paths are addresses."""

import json

import pytest

PHONE, MASKED = "13912345678", "139****5678"
NOTES = f"""
    -- 客源/孙先生.md --
    ---
    id: C-AAAAA1
    type: client
    title: 孙先生 {PHONE}
    salutation: 孙先生
    intents:
      - 求购
    stage: 在看
    budget_max: 650
    bedrooms_min: 3
    created: 2026-11-01
    ---
    -- 房源/home.md --
    ---
    id: L-AAAAA1
    type: listing
    title: 阳光花园 {PHONE}
    transaction: 出售
    status: 在售
    price: 600
    bedrooms: 3
    gross_area: 118
    created: 2026-11-01
    ---
"""
LOG = """
    -- 客源/周先生.md --
    ---
    id: C-AAAAA2
    type: client
    title: 周先生
    created: 2026-11-01
    ---

    ## 跟进记录

    - 2026-11-10 10:00 带看 [[home]] 喜欢 ^3afq6m4x9
"""
DEAL = f"""
    -- 成交/one.md --
    ---
    id: D-AAAAA1
    type: deal
    title: 阳光花园 {PHONE}
    listing: "[[home]]"
    buyer:
      - "[[孙先生]]"
    stage: 签约
    ---
"""


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv"])
@pytest.mark.parametrize(
    "words",
    ["list 客源", "list 房源 --fields title,价格", "match C-AAAAA1", "match L-AAAAA1",
     "find 孙先生", "due --all"],
)  # fmt: skip
def test_names_are_masked_where_they_are_listed(vault, words, form):
    done = vault(NOTES).run(*words.split(), "--format", form)

    assert (done.exit, done.err) == (0, "")
    assert MASKED in done.out
    assert PHONE not in done.out


@pytest.mark.parametrize(
    "words",
    [
        "show C-AAAAA1",
        "show C-AAAAA2",
        "evidence C-AAAAA2 L-AAAAA1",
        "deal D-AAAAA1",
        "deal",
        "changes --since 2020-01-01",
    ],
)
def test_names_are_masked_on_the_pages_of_a_note(vault, words):
    drawn = vault(NOTES + LOG + DEAL + "    -- git --\n")
    said, told = drawn.run(*words.split()), drawn.run(*words.split(), "--json")

    assert MASKED in said.out
    assert PHONE not in said.out
    assert PHONE not in told.out


def test_who_wants_to_see_them_says_so(vault):
    told = vault(NOTES).run("show", "C-AAAAA1", "--reveal", "--json")

    assert json.loads(told.out)["title"] == f"孙先生 {PHONE}"
