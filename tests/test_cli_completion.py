"""What a shell offers while a command is typed."""

import pytest
from click.shell_completion import ShellComplete

from brokernotes.cli.app import App
from brokernotes.cli.main import cli

NOTES = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    verbs: {照看: {id: look_after, en: Look after}}
    fields: {listing: {parking_fee: {label: {zh: 车位费, en: Parking fee}, kind: number}}}
    -- 经纪人/李航.md --
    ---
    id: A-9F3DWA
    type: agent
    ---
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    district: 浦东
    owner_phone: "12000001111"
    ---
"""


@pytest.fixture
def offered(vault):
    drawn = vault(NOTES)
    drawn.run("index")

    def ask(*words: str) -> list[str]:
        app = App({"BROKERNOTES_VAULT": str(drawn.root), **drawn.environ()})
        *typed, last = words
        items = ShellComplete(cli, {"obj": app}, "brokernotes", "_X").get_completions(typed, last)
        return [item.value for item in items]

    ask.drawn = drawn
    return ask


def test_commands_and_kinds_are_offered(offered):
    assert offered("li") == ["list"]
    assert offered("list", "房") == ["房源"]
    assert offered("new", "cl") == ["client"]


def test_keys_and_values_come_from_the_field_table_in_both_languages(offered):
    assert offered("list", "listings", "sta") == ["status:"]
    assert "状态:在售" in offered("list", "房源", "状态:")
    assert offered("set", "L-7K2PQM", "grade=") == ["grade=A", "grade=B", "grade=C", "grade=D"]
    assert offered("set", "L-7K2PQM", "agent=") == ["agent=李航"]
    assert offered("set", "L-7K2PQM", "district=浦") == ["district=浦东"]


def test_a_query_is_offered_keys_operators_and_values(offered):
    assert offered("list", "listings", "-sta") == ["-status:"]
    assert offered("list", "listings", "(status:在") == ["(status:在售", "(status:在租"]
    assert offered("list", "listings", "price") == ["price:", "price>=", "price<=", "price_terms:"]
    assert offered("list", "房源", "状态:在售,定") == ["状态:在售,定金"]
    assert "agent:我" in offered("list", "房源", "agent:")
    assert "agent:李航" in offered("list", "房源", "agent:李")
    assert offered("list", "房源", "挂牌日>=今") == ["挂牌日>=今天"]
    assert "district:无" in offered("tree", "房源", "district:")
    assert offered("list", "房源", "owner_phone:1") == []
    assert offered("list", "nothing", "sta") == []
    assert {"stage:", "status:"} <= {*offered("due", "sta")}
    assert offered("due", "status:在") == ["status:在售", "status:在租"]


def test_keys_to_sort_by_and_to_show_are_offered(offered):
    assert offered("list", "listings", "--sort", "pri") == ["prime", "price", "price_terms"]
    assert offered("list", "listings", "--sort", "grade,listed") == ["grade,listed"]
    assert offered("list", "listings", "--fields", "title,lay") == ["title,layout"]
    assert offered("tree", "房源", "--by", "小") == ["小区"]


def test_what_the_brokerage_added_is_offered_too(offered):
    assert offered("set", "L-7K2PQM", "车位") == ["车位费="]
    assert offered("log", "L-7K2PQM", "照") == ["照看"]


def test_notes_are_offered_by_id_and_by_name(offered):
    assert offered("show", "L-7") == ["L-7K2PQM"]
    assert offered("show", "阳光") == ["L-7K2PQM"]
    assert offered("show", "yghy") == ["L-7K2PQM"]
    assert offered("show", "yanggu") == ["L-7K2PQM"]
    assert offered("show", "lihang") == ["A-9F3DWA"]


def test_a_verb_is_offered_once_then_the_text_is_ones_own(offered):
    assert "电话" in offered("log", "L-7K2PQM", "电")
    assert offered("log", "L-7K2PQM", "电话", "电") == []
    assert offered("plan", "L-7K2PQM", "带看", "L-7") == ["L-7K2PQM"]
    assert "结果=未接" in offered("log", "L-7K2PQM", "电话", "--set", "结果=")


def test_no_telephone_is_offered(offered):
    assert offered("set", "L-7K2PQM", "owner_phone=") == []


def test_a_broken_vault_offers_nothing_in_silence(offered, capsys):
    offered.drawn.write("brokernotes.yaml", "format: [\n")
    (offered.drawn.root / "房源").rename(offered.drawn.root / "x")

    assert isinstance(offered("show", "L-7"), list)
    assert offered("set", "nobody", "gr") == []
    assert capsys.readouterr() == ("", "")


def test_nothing_is_offered_that_the_viewer_may_not_know(offered):
    note = """
        -- 客源/司徒晓岚-7K2PQN.md --
        ---
        id: C-7K2PQN
        type: client
        name: 司徒晓岚
        salutation: 司徒女士
        agent: "[[李航]]"
        ---
        -- 经纪人/赵一鸣.md --
        ---
        id: A-9F3DWB
        type: agent
        ---
        """
    offered.drawn.draw(note)
    offered.drawn.run("index")

    assert offered("show", "司徒晓") == ["C-7K2PQN"]
    assert offered("show", "--as", "李航", "司徒晓") == ["C-7K2PQN"]
    assert offered("show", "--as", "赵一鸣", "司徒晓") == []
    assert offered("--as", "赵一鸣", "show", "司徒晓") == []
    assert offered("show", "--as", "赵一鸣", "司徒女") == ["C-7K2PQN"]
    assert offered("show", "--as", "没有这个人", "司徒") == []
