"""`tree --save` writes the levels into the rules, as every writer does."""

import json

NOTES = """
    -- brokernotes.yaml --
    # 本店
    format: 1
    language: zh
    classify:
      # 先看小区
      listing: [community] # 老规矩
    -- listings/a.md --
    ---
    id: L-7K2PQM
    type: listing
    district: 浦东
    price: 620
    ---
    -- git --
    """


def test_only_its_own_change_is_committed_and_the_tree_follows(vault):
    drawn = vault(NOTES)
    drawn.write("listings/b.md", "---\nid: L-9F3DWA\n---\n")
    said = drawn.run("tree", "房源", "--by", "区域,价格/50", "--save", "--json")

    assert (said.exit, said.err) == (
        0, "saved: listings are classified by district, price/50\n",
    )  # fmt: skip
    assert drawn.read("brokernotes.yaml") == (
        "# 本店\nformat: 1\nlanguage: zh\nclassify:\n  # 先看小区\n"
        "  listing: [district, price/50] # 老规矩\n"
    )
    assert drawn.git("log", "-1", "--format=%s").strip() == "分类 listing：district、price/50"
    assert drawn.git("show", "--name-only", "--format=", "HEAD").split() == ["brokernotes.yaml"]
    again = drawn.run("tree", "房源", "--json")
    assert json.loads(again.out) == json.loads(said.out)
    assert json.loads(again.out)[0]["key"] == "district"


def test_dry_run_and_no_commit(vault):
    drawn = vault(NOTES)
    before = drawn.read("brokernotes.yaml"), drawn.git("rev-parse", "HEAD")
    said = drawn.run("tree", "listings", "--by", "grade", "--save", "--dry-run")

    assert "+  listing: [grade] # 老规矩\n" in said.out
    assert (drawn.read("brokernotes.yaml"), drawn.git("rev-parse", "HEAD")) == before
    drawn.run("tree", "listings", "--by", "grade", "--save", "--no-commit")
    assert drawn.git("rev-parse", "HEAD") == before[1]
    assert "listing: [grade]" in drawn.read("brokernotes.yaml")
    drawn.git("commit", "--all", "--quiet", "-m", "by hand")
    said = drawn.run("tree", "listings", "--by", "grade", "--save")
    assert said.err == "listings are classified by grade already\n"


def test_what_cannot_be_written_or_read_leaves_the_rules_alone(vault):
    drawn = vault(NOTES.replace("[community] # 老规矩", "[community, # 小区\n        grade]"))
    before = drawn.read("brokernotes.yaml")
    said = drawn.run("tree", "listings", "--by", "district", "--save")

    assert said.exit == 1
    assert "Write it by hand: `classify: {listing: [district]}`." in said.err
    assert drawn.run("tree", "listings", "--by", "nothing", "--save").exit == 2
    assert drawn.run("tree", "listings", "--by", "price/x", "--save").exit == 2
    assert drawn.read("brokernotes.yaml") == before


def test_a_step_in_the_rules_that_is_none_is_said(vault):
    drawn = vault(NOTES.replace("[community]", "[price/x]"))
    said = drawn.run("tree", "listings")

    assert said.exit == 3
    assert "classify.listing names price/x, which is no step of Price" in said.err
