"""Words that begin with `-`, in each command that takes words."""

import pytest

NOTES = """
    -- listings/a.md --
    ---
    id: L-AAAAAA
    type: listing
    title: 甲
    status: 在售
    price: 300
    agent: "[[w]]"
    created: 2026-10-01
    ---
    靠地铁
    -- listings/b.md --
    ---
    id: L-BBBBBB
    type: listing
    title: 乙
    status: 定金
    price: 400
    created: 2026-10-01
    ---
    -- agents/w.md --
    ---
    id: A-AAAAAA
    type: agent
    name: w
    ---
    """


@pytest.fixture
def ids(vault):
    drawn = vault(NOTES)

    def told(*words):
        done = drawn.run(*words)
        assert done.exit == 0, done.err
        return done.out.split()

    return told


LIST = ("list", "listings", "--fields", "id")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((*LIST, "-status:定金"), ["L-AAAAAA"]),
        (("list", "listings", "-status:定金", "--fields", "id"), ["L-AAAAAA"]),
        ((*LIST, "-地铁"), ["L-BBBBBB"]),
        ((*LIST, "--", "-地铁"), ["L-BBBBBB"]),
        ((*LIST, "--", "--地铁"), ["L-AAAAAA"]),
        ((*LIST, "-n", "1", "-地铁"), ["L-BBBBBB"]),
        ((*LIST, "-地铁", "-n", "1"), ["L-BBBBBB"]),
        ((*LIST, "-(", "地铁", "or", "price:300", ")"), ["L-BBBBBB"]),
        ((*LIST, "--sort", "-price"), ["L-BBBBBB", "L-AAAAAA"]),
        ((*LIST, "--sort", "-price", "-xyz"), ["L-BBBBBB", "L-AAAAAA"]),
        (("tree", "listings", "-地铁", "--by", "status", "--format", "tsv"),
         ["status", "count", "deposit", "1"]),
        (("tree", "listings", "--by", "id", "--format", "tsv", "--", "-price:400", "-qq"),
         ["id", "count", "L-AAAAAA", "1"]),
    ],
)  # fmt: skip
def test_a_word_may_begin_with_a_minus(ids, words, found):
    assert ids(*words) == found


def test_a_word_of_due_may_begin_with_a_minus(vault):
    drawn = vault(NOTES)

    def told(*words):
        return [line.split("\t")[3] for line in drawn.run("due", "--all", *words).out.splitlines()]

    assert told() == ["L-AAAAAA"]
    assert told("-n", "5", "--", "-x") == ["L-AAAAAA"]
    assert told("-n", "5", "--", "-靠地铁") == []
    assert told("价格:300", "-地铁") == []


def test_an_unknown_long_option_is_one_before_the_first_word_only(vault):
    drawn = vault(NOTES)

    assert drawn.run("list", "--nothing", "listings").exit == 2
    assert drawn.run("list", "listings", "--nothing").out == ""
