"""A dictated line that names a colleague is what that colleague did, and asks first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.capturing_colleagues import Coworker, coworker_words, spoken_names
from tests.dictated_lines import Reader, drawing
from tests.drawing import DrawnVault

NAMESAKE = """
    -- 经纪人/周凯.md --
    ---
    id: A-K00001
    type: agent
    name: 周凯
    aliases: [李女士]
    ---
    """


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    drawn = DrawnVault(tmp_path_factory.mktemp("colleagues"))
    drawn.draw(drawing())
    drawn.draw(NAMESAKE)
    found = Reader(drawn)
    yield found
    found.close()


@pytest.mark.parametrize(
    "line",
    [
        "周婕 昨天带李女士看阳光花园三房 嫌客厅小",
        "婕姐昨天带李女士看了阳光花园三房 嫌客厅小",
        "李女士 昨天周婕带看阳光花园三房 嫌客厅小",
        "昨天周婕带李女士看阳光花园三房 嫌客厅小",
        "李女士 昨天带看阳光花园三房 嫌客厅小 @周婕",
    ],
)
def test_what_a_colleague_did_is_theirs_after_a_yes(reader, line):
    assert reader.said(line) == ["? colleague N10001 | 2026-11-20 带看 @周婕 [[AAAAA1]] 嫌客厅小"]


def test_my_own_name_changes_nothing(reader):
    assert reader.said("李航 昨天带李女士看阳光花园三房") == [
        "= N10001 | 2026-11-20 带看 [[AAAAA1]]"
    ]


def test_a_colleague_in_the_words_is_text(reader):
    assert reader.said("李女士 昨天电话 周婕说她先生不同意") == [
        "= N10001 | 2026-11-20 电话 周婕说她先生不同意"
    ]


def test_of_two_called_the_same_it_asks_which(reader):
    line = "小周 昨天带李女士看阳光花园三房"

    assert reader.said(line) == ["! which-colleague"]
    assert reader.said(line, "周凯") == ["? colleague N10001 | 2026-11-20 带看 @周凯 [[AAAAA1]]"]


def test_a_client_of_the_same_name_is_rather_meant(reader):
    assert reader.said("李女士 昨天带看阳光花园三房") == ["= N10001 | 2026-11-20 带看 [[AAAAA1]]"]
    assert reader.said("@李女士 昨天带陈先生看阳光花园三房") != reader.said(
        "李女士 昨天带陈先生看阳光花园三房"
    )


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("周婕", {"周婕", "小周", "老周", "周姐", "周哥", "婕姐", "婕哥"}),
        ("赵一鸣", {"赵一鸣", "小赵", "老赵", "赵姐", "赵哥", "鸣姐", "鸣哥", "一鸣"}),
        ("Li Hang", {"Li Hang"}),
        ("周", {"周"}),
    ],
)
def test_how_a_colleague_is_called(name, spoken):
    assert set(spoken_names(name)) == spoken


@given(st.lists(st.text("周李王一鸣婕", min_size=1, max_size=4), unique=True))
def test_every_full_name_means_at_least_its_owner(names):
    people = [(Coworker(f"A-{at}", name), [name]) for at, name in enumerate(names)]
    words = coworker_words(people)

    for one, (name,) in people:
        assert one in words[name]
        assert len(set(words[name])) == len(words[name])


def test_a_plan_a_colleague_carried_out_is_ticked_in_their_name(vault):
    drawn = vault(drawing())
    note = next(path for path in (drawn.root / "客源").glob("*N10001.md"))
    text = note.read_text("utf-8")
    plan = "\n- [ ] 2026-11-20 10:00 带看 [[阳光花园 3室2厅-AAAAA1]] ^3e5555555\n"
    note.write_text(text.rstrip() + plan, "utf-8")
    drawn.write("收件箱.md", "周婕 昨天带李女士看阳光花园三房 嫌客厅小\n")
    me = ("--agent", "李航")

    asked = drawn.run("inbox", "--yes", *me, lang="zh")
    assert "@周婕" in drawn.read("收件箱.md"), asked.err
    drawn.write("收件箱.md", drawn.read("收件箱.md").replace("→\n", "→ 是\n"))
    done = drawn.run("inbox", "--yes", *me, lang="zh")

    assert done.exit == 0, done.err
    (line,) = [one for one in note.read_text("utf-8").splitlines() if "3e5555555" in one]
    assert line.startswith("- [x] 2026-11-20 10:00 带看 [[阳光花园 3室2厅-AAAAA1]] @周婕 嫌客厅小")
