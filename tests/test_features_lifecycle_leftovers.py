"""What a change of status would leave behind: asked where somebody can be, else said."""

import json

import pytest

from tests.transcripts import FOLDER, SEPARATOR

DRAWING = (FOLDER / "status-rescind-zh.txt").read_text("utf-8").partition(SEPARATOR)[0]
LISTING = "房源/阳光花园 3室2厅-7K2PQM.md"
OFFER = """
-- 成交/陈小姐报价.md --
---
id: D-0FFER1
type: deal
title: 陈小姐报价
listing: "[[阳光花园 3室2厅-7K2PQM]]"
buyer: "[[陈小姐-C4EN00]]"
stage: 报价
transaction: {transaction}
agent: "[[王敏]]"
created: 2026-11-01
---
"""
RELET = ("status", "L-7K2PQM", "在租", "--set", "rent=8500", "--set", "entrust_until=2028-11-01")


@pytest.fixture
def office(vault):
    return vault(DRAWING)


@pytest.fixture
def let(office):
    """Let to 程先生, who has moved in."""
    office.run("status", "L-7K2PQM", "在租", "--set", "rent=8000")
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生")
    done = office.run("status", "L-7K2PQM", "交房", "--set", "lease_end=2027-11-20", "--yes")
    assert done.exit == 0, done.err
    assert "occupant: 租客" in office.read(LISTING)
    return office


def ask(monkeypatch):
    monkeypatch.setattr("brokernotes.cli.status_session.may_ask", lambda _: True)


# -- the tenant


def test_the_tenant_before_is_told_of_where_nobody_can_be_asked(let):
    done = let.run(*RELET, "--no-input", lang="zh")

    assert done.exit == 0, done.err
    assert "仍写着上一任租客" in done.err
    assert "lease_end: 2027-11-20" in let.read(LISTING)
    mend = "tenant= lease_end= occupant=空置"
    assert mend in done.err
    assert let.run("set", "L-7K2PQM", *mend.split()).exit == 0
    assert "lease_end: 2027" not in let.read(LISTING)


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_tenant_who_moved_out_is_in_the_log_and_not_in_the_fields(let, monkeypatch, answer):
    ask(monkeypatch)
    done = let.run(*RELET, lang="zh", stdin=f"{answer}\n")

    assert done.exit == 0, done.err
    assert "租客搬走了吗？" in done.err
    assert "仍写着" not in done.err
    note = let.read(LISTING)
    gone = answer == "y"
    assert ("[[程先生-C4ENG0|程先生]] 租客已搬走；租约原定 2027-11-20 到期" in note) == gone
    assert ("\nlease_end: 2027-11-20\n" in note) != gone
    assert ("\noccupant: 空置\n" in note) == gone


def test_a_new_lease_given_at_once_is_not_asked_of(let):
    done = let.run(
        *RELET, "--set", "tenant=", "--set", "lease_end=", "--set", "occupant=空置", "--json"
    )

    assert done.exit == 0, done.err
    assert json.loads(done.out)["leftovers"] == []


def test_a_tenant_who_is_still_to_move_in_is_no_tenant_of_before(office):
    office.run("set", "L-7K2PQM", "rent=8000")
    office.run("status", "L-7K2PQM", "租售")
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生", "--yes")  # and still for sale
    assert "status: 在售\n" in office.read(LISTING)
    office.run("set", "L-7K2PQM", "status=他租")

    done = office.run(*RELET, "--yes", lang="zh")

    assert done.exit == 0, done.err
    assert "租客已搬走" not in office.read(LISTING)
    assert "occupant: 租客\n" in office.read(LISTING)
    assert "deal-against-status" not in office.run("check").out


def test_a_pause_of_a_let_home_says_nothing_of_its_tenant(office):
    office.run("set", "L-7K2PQM", "occupant=租客", "lease_end=2027-11-20")
    office.run("status", "L-7K2PQM", "暂缓")

    done = office.run("status", "L-7K2PQM", "有效", "--yes", "--set", "entrust_until=2027-11-01")

    assert done.exit == 0, done.err
    assert "lease_end: 2027-11-20" in office.read(LISTING)


# -- other offers


@pytest.mark.parametrize(
    ("transaction", "word", "is_over"),
    [("出售", "我售", True), ("出售", "他售", True), ("出售", "我租", False),
     ("出租", "我租", True), ("出租", "他售", True)],
)  # fmt: skip
def test_offers_that_come_to_nothing_are_named_and_checked(office, transaction, word, is_over):
    office.draw(OFFER.format(transaction=transaction))
    office.run("set", "L-7K2PQM", "rent=8000")
    if word == "我租":
        office.run("status", "L-7K2PQM", "租售")
    buyer = ["--buyer", "程先生"] if word.startswith("我") else []

    done = office.run("status", "L-7K2PQM", word, *buyer, "--no-input", lang="zh")

    assert done.exit == 0, done.err
    assert ("还有别的报价开着：陈小姐报价 D-0FFER1" in done.err) == is_over
    assert ("offer-on-gone" in office.run("check").out) == is_over
    assert "stage: 报价" in office.read("成交/陈小姐报价.md")


def test_offers_that_are_over_end_with_the_reason(office, monkeypatch):
    office.draw(OFFER.format(transaction="出售"))
    ask(monkeypatch)

    done = office.run("status", "L-7K2PQM", "我售", "--buyer", "李女士", lang="zh", stdin="\ny\n")

    assert done.exit == 0, done.err
    assert "还有别的报价开着：陈小姐报价 D-0FFER1。都结束了吗？" in done.err
    offer = office.read("成交/陈小姐报价.md")
    assert "stage: 取消" in offer
    assert "cancelled_on: 2026-11-21" in offer
    assert "cancel_reason: 房子已归别人" in offer
    assert "offer-on-gone" not in office.run("check").out


def test_an_offer_that_is_signed_is_no_other_offer(office):
    office.draw(OFFER.format(transaction="出售"))

    done = office.run("status", "L-7K2PQM", "我售", "--deal", "D-0FFER1", "--json")

    assert json.loads(done.out)["leftovers"] == []


def test_another_buyers_offer_is_never_taken_for_a_deposit_or_a_contract(office):
    office.draw(OFFER.format(transaction="出售"))
    before = office.read("成交/陈小姐报价.md")

    done = office.run("status", "L-7K2PQM", "定金", "--buyer", "李女士", "--amount", "10万",
                      "--sign-by", "2026-12-01")  # fmt: skip

    assert done.exit == 0, done.err
    assert office.read("成交/陈小姐报价.md") == before
    assert len(list((office.root / "成交").glob("*.md"))) == 2


@pytest.mark.parametrize("words", [["签约"], ["退订", "--settled", "退还", "--reason", "x"]])
def test_another_buyers_deposit_is_not_taken_over(office, words):
    office.run("status", "L-7K2PQM", "定金", "--buyer", "陈小姐", "--amount", "10万",
               "--sign-by", "2026-12-01")  # fmt: skip
    (path,) = (office.root / "成交").glob("*.md")
    before = path.read_text("utf-8")

    done = office.run("status", "L-7K2PQM", *words, "--buyer", "李女士", lang="zh")

    assert done.exit == 1
    assert "是另一位买方的" in done.err
    assert path.read_text("utf-8") == before
    taken = office.run("status", "L-7K2PQM", *words, "--buyer", "李女士", "--deal",
                       f"D-{path.stem[-6:]}")  # fmt: skip
    assert taken.exit == 0, taken.err
    assert "李女士" in path.read_text("utf-8")


def test_a_buyer_nobody_knows_is_no_reason_to_make_a_deal(office):
    office.draw(OFFER.format(transaction="出售"))

    done = office.run("status", "L-7K2PQM", "我售", "--buyer", "没有这个人", lang="zh")

    assert done.exit == 4
    assert "没有叫 没有这个人 的笔记" in done.err
    assert len(list((office.root / "成交").glob("*.md"))) == 1


# -- what is written of the owner

SECTION = "\n## 业主情况\n\n周先生急着换房，电话 13900000001。\n\n## 跟进记录\n"


def test_what_is_written_of_a_former_owner_stays_under_their_name(office):
    note = office.read(LISTING)
    office.write(LISTING, note.replace("\n## 跟进记录\n", SECTION))
    office.run("status", "L-7K2PQM", "我售", "--buyer", "李女士")
    before = office.read(LISTING)

    kept = office.run("status", "L-7K2PQM", "过户", "--no")
    assert kept.exit == 0, kept.err
    assert "\n## 业主情况\n" in office.read(LISTING)

    done = office.run("status", "L-7K2PQM", "交房", "--yes", lang="zh")
    assert done.exit == 0, done.err
    after = office.read(LISTING)
    assert "\n## 前业主（至 2026-11-21）：业主情况\n\n周先生急着换房，电话 13900000001。\n" in after
    assert "\n## 业主情况\n" not in after
    assert "保留在“前业主（至 2026-11-21）：…”之下" in done.err
    assert before.partition("## 业主情况")[2].partition("## 跟进")[0] in after
