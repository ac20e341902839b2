"""`report owner` as a user meets it."""

from __future__ import annotations

import json

import pytest

from tests.transcripts import FOLDER, SEPARATOR, names

DRAWING = (FOLDER / "report-owner-zh.txt").read_text("utf-8").partition(SEPARATOR)[0]
HOME = "房源/阳光花园 3室2厅-7K2PQM.md"


@pytest.mark.parametrize("name", names("report-owner-"))
def test_a_report_as_written_down(name, transcript):
    transcript(name)


@pytest.fixture
def drawn(vault):
    return vault(DRAWING, language="zh")


def reported(drawn, *words, **options):
    done = drawn.run("report", "owner", "L-7K2PQM", *words, **options)
    assert done.exit == 0, done.err
    return done.out


@pytest.mark.parametrize("form", ["wechat", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_client_door_offer_or_price_in_mind_is_told(drawn, form, lang):
    told = reported(drawn, "--since", "2026-01-01", "--format", form, lang=lang)

    for secret in ("李女士", "赵先生", "婆婆", "太贵", "1102", "7栋", "599", "571", "583"):
        assert secret not in told


def test_a_price_that_only_git_saw_change_is_told(drawn):
    text = drawn.read(HOME).partition("## 跟进记录")[0]
    drawn.write(HOME, text.replace("price: 660", "price: 700"))
    drawn.draw("-- git 2026-08-02T10:00 王敏 --\n")
    drawn.write(HOME, text)
    drawn.draw("-- git 2026-10-02T10:00 王敏 --\n")

    curve = json.loads(reported(drawn, "--json"))["curve"]
    assert curve == [{"day": "2026-08-02", "price": 700}, {"day": "2026-10-02", "price": 660}]


def test_through_a_colleague_s_eyes_it_says_no_more(drawn):
    done = drawn.run("report", "owner", "L-7K2PQR", "--as", "王敏")

    assert done.exit == 1
    assert "private" in done.err


def test_a_home_to_let_tells_rents(drawn):
    text = drawn.read(HOME).replace("在售", "在租").replace("出售", "出租", 1)
    text = text.replace("price: 660\n", "rent: 8800\n", 1)
    text = text.partition("- 2026-07-01")[0] + "- 2026-10-10 10:00 调价 9200→8800 [价:: 8800元]\n"
    drawn.write(HOME, text)

    told = json.loads(reported(drawn, "--json"))
    assert [one["price"] for one in told["curve"]] == [9200, 8800]
    assert (told["price"], told["comparables"]) == (8800, [])


SPACE = """
    -- 房源/阳光花园 车位-7K2PQT.md --
    ---
    id: L-7K2PQT
    type: listing
    title: 阳光花园 车位
    community: "[[阳光花园]]"
    transaction: 出售
    status: 他售
    property_type: 车位
    agent: "[[王敏]]"
    price: 25
    gross_area: 13
    ---
"""


def test_a_parking_space_of_the_estate_is_nothing_to_compare_a_home_with(drawn):
    before = json.loads(reported(drawn, "--json"))
    drawn.draw(SPACE)
    assert json.loads(reported(drawn, "--json"))["comparables"] == before["comparables"]

    drawn.write(
        HOME, drawn.read(HOME).replace("type: listing", "type: listing\nproperty_type: 车位")
    )
    told = json.loads(reported(drawn, "--json"))
    assert [one["price"] for one in told["comparables"]] == [25]


def test_where_a_deposit_is_paid_nothing_is_advised(drawn):
    drawn.write(HOME, drawn.read(HOME).replace("status: 在售", "status: 定金"))

    assert json.loads(reported(drawn, "--json"))["advice"]["kind"] == "reserved"
    assert "nothing is to be decided" in reported(drawn)


def test_what_an_owner_is_called_turns_nothing_around(drawn):
    (owner,) = (drawn.root / "客源").glob("周先生*.md")
    path = f"客源/{owner.name}"
    drawn.write(path, drawn.read(path).replace("salutation: 周先生", 'salutation: "周先生\\u202e"'))

    for form in ("wechat", "html"):
        told = reported(drawn, "--format", form)
        assert "周先生" in told
        assert "\u202e" not in told
