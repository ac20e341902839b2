"""`status` as a user meets it: one step at a time, every note it concerns, or none."""

import os
import re

import pytest

from brokernotes.storage import drafts
from tests.killing import die_after
from tests.transcripts import FOLDER, SEPARATOR, names

DRAWING = (FOLDER / "status-rescind-zh.txt").read_text("utf-8").partition(SEPARATOR)[0]
LISTING = "房源/阳光花园 3室2厅-7K2PQM.md"
BUYER = "客源/李女士-9F3DWA.md"
DEPOSIT = ("status", "L-7K2PQM", "定金", "--buyer", "李女士", "--amount", "10万",
           "--sign-by", "2026-12-01")  # fmt: skip


@pytest.fixture
def office(vault):
    return vault(DRAWING)


@pytest.mark.parametrize("name", names("status-"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def texts(drawn):
    return {
        str(path.relative_to(drawn.root)): path.read_text("utf-8")
        for path in sorted(drawn.root.rglob("*.md"))
    }


def deal_of(drawn):
    (path,) = (drawn.root / "成交").glob("*.md")
    return path.read_text("utf-8")


def test_a_field_that_is_an_option_is_told_as_that_option(office):
    done = office.run("status", "L-7K2PQM", "定金", "--set", "定金=5万", lang="zh")

    assert done.exit == 2
    assert done.err.splitlines()[-1] == "写 `--amount 5万`。"


# -- with a person


@pytest.fixture
def asking(office, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.status_session.may_ask", lambda _: True)
    return office


def test_what_is_missing_is_asked_for_one_by_one_and_bad_answers_again(asking):
    answers = "没有人\n李女士\n很多\n5万\n+10d\n\n"
    done = asking.run("status", "L-7K2PQM", "定金", lang="zh", stdin=answers)

    assert done.exit == 0, done.err
    assert "买方或承租人是谁？" in done.err
    assert "没有叫 没有人 的笔记" in done.err
    assert "“很多”不是金额" in done.err
    assert "谈定多少？ [620]" in done.err
    deal = deal_of(asking)
    assert "price: 620\n" in deal
    assert "deposit_amount: 50000\n" in deal
    assert "expected_signing: 2026-12-01\n" in deal


def test_a_home_that_is_let_takes_no_second_lease_though_it_is_offered_again(office):
    office.run("status", "L-7K2PQM", "租售", "--set", "rent=8000")
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生", "--yes")  # and still for sale
    office.run("status", "L-7K2PQM", "在租", "--yes")
    before = texts(office)

    for word in ("定金", "我租"):
        done = office.run("status", "L-7K2PQM", word, "--buyer", "陈小姐", "--amount", "1万",
                          "--sign-by", "2026-12-01", lang="zh")  # fmt: skip
        assert done.exit == 1, done.out
        assert "还没了结" in done.err
    assert texts(office) == before


@pytest.mark.parametrize(("day", "code"), [("2026-11-20", 2), ("2026-11-21", 0)])
def test_a_contract_is_signed_no_sooner_than_the_deposit_is_paid(office, day, code):
    done = office.run(*DEPOSIT[:-1], day)

    assert done.exit == code, done.err


def test_who_is_bound_by_another_deal_stays_so_when_one_is_called_off(office):
    office.draw("""
        -- 房源/二.md --
        ---
        id: L-2B6HVX
        type: listing
        status: 在售
        price: 500
        created: 2026-08-01
        ---
        """)
    office.run(*DEPOSIT)
    office.run("status", "L-2B6HVX", *DEPOSIT[2:])
    called_off = ("退订", "--settled", "退还", "--reason", "换一套")

    office.run("status", "L-2B6HVX", *called_off)
    assert "stage: 已定\n" in office.read(BUYER)

    office.run("status", "L-7K2PQM", *called_off)
    assert "stage: 在看\n" in office.read(BUYER)


def test_a_deposit_without_a_price_is_held_against_what_is_asked(office):
    high = [*DEPOSIT[:6], "130万", *DEPOSIT[7:]]
    done = office.run(*high, "--no-input", lang="zh")

    assert done.exit == 0, done.err
    assert "警告[deposit-above-asking] 定金 1300000 元超过 阳光花园 3室2厅" in done.err
    assert "deposit-above-asking" in office.run("check").out
    assert "deposit-above-asking" not in office.run("check", "房源").out


def test_a_deposit_of_a_fifth_of_what_is_asked_is_not_flagged(office):
    done = office.run(*DEPOSIT[:6], "124万", *DEPOSIT[7:], "--no-input")

    assert done.exit == 0, done.err
    assert "deposit-above-asking" not in done.err + office.run("check").out


def test_what_stands_is_offered_and_enter_confirms_it(asking):
    asking.run("status", "L-7K2PQM", "暂缓")

    done = asking.run("status", "L-7K2PQM", "有效", lang="zh", stdin="\n2027-12-31\n")

    assert done.exit == 0, done.err
    assert "现在挂多少？ [620]" in done.err
    note = asking.read(LISTING)
    assert "price: 620\n" in note
    assert "entrust_until: 2027-12-31\n" in note


def test_a_no_leaves_the_owner_and_writes_the_date(asking):
    asking.run(*DEPOSIT, "--price", "610万")
    asking.run("status", "L-7K2PQM", "签约")

    done = asking.run("status", "L-7K2PQM", "过户", lang="zh", stdin="n\n")

    assert done.exit == 0, done.err
    assert "业主现在是李女士了吗？" in done.err
    assert "transfer_on: 2026-11-21\n" in deal_of(asking)
    assert '- "[[周先生-Z0W000]]"' in asking.read(LISTING)
    assert 'owner_phone: "13900000001"' in asking.read(LISTING)


def test_whoever_leaves_a_question_leaves_everything(asking):
    before = texts(asking)

    assert asking.run("status", "L-7K2PQM", "定金", stdin="李女士\n").exit == 130
    assert texts(asking) == before


@pytest.mark.parametrize(
    ("answer", "status", "occupant"), [("y", "在售", True), ("n", "我租", False)]
)
def test_let_while_for_sale_it_may_stay_for_sale(asking, answer, status, occupant):
    asking.run("set", "L-7K2PQM", "rent=8000")
    asking.run("status", "L-7K2PQM", "租售")

    done = asking.run("status", "L-7K2PQM", "我租", "--buyer", "程先生", stdin=f"{answer}\n\n")

    assert done.exit == 0, done.err
    note = asking.read(LISTING)
    assert f"status: {status}\n" in note
    assert ("occupant: 租客" in note) == occupant
    assert f"[状态:: 租售→{status}]" in note
    assert "deal-" not in str(asking.problem_lines())


# -- people


def test_a_former_owner_without_a_note_gets_one(office):
    note = office.read(LISTING).replace('owner:\n  - "[[周先生-Z0W000]]"\n', "owner_name: 周大海\n")
    office.write(LISTING, note)
    office.run("status", "L-7K2PQM", "签约", "--buyer", "李女士", "--price", "610万")

    done = office.run("status", "L-7K2PQM", "过户", "--yes")

    assert done.exit == 0, done.err
    (path,) = (office.root / "客源").glob("阳光花园 3室2厅 原业主-*.md")
    made = path.read_text("utf-8")
    assert "name: 周大海\n" in made
    assert 'phone:\n  - "13900000001"\n' in made
    assert "换房路线：去静安买三房" in made
    assert "周大海" not in office.read(LISTING)
    assert f'seller:\n  - "[[{path.stem}|阳光花园 3室2厅 原业主]]"' in deal_of(office)


def test_a_former_owner_is_known_by_phone(office):
    note = office.read(LISTING).replace('owner:\n  - "[[周先生-Z0W000]]"\n', "")
    office.write(LISTING, note)
    zhou = "客源/周先生-Z0W000.md"
    text = office.read(zhou).replace("stage:", 'phone:\n  - "13900000001"\nstage:')
    office.write(zhou, text)
    office.run("status", "L-7K2PQM", "签约", "--buyer", "李女士")

    office.run("status", "L-7K2PQM", "过户", "--yes")
    office.run("status", "L-7K2PQM", "交房", "--yes")

    assert len(list((office.root / "客源").glob("*.md"))) == 4
    assert "不再是业主" in office.read(zhou)
    assert "stage: 老客户" in office.read(zhou)


def test_whose_home_is_let_and_still_for_sale_stays_a_client(office):
    office.run("status", "L-7K2PQM", "租售", "--set", "rent=8000")
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生", "--yes")
    assert "status: 在售\n" in office.read(LISTING)

    done = office.run("status", "L-7K2PQM", "交房", "--set", "lease_end=2027-11-20", "--yes")

    assert done.exit == 0, done.err
    assert "stage: 老客户\n" in office.read("客源/程先生-C4ENG0.md")
    assert "stage: 在看\n" in office.read("客源/周先生-Z0W000.md")


def test_who_sells_to_buy_another_home_stays_a_client(office):
    zhou = "客源/周先生-Z0W000.md"
    office.write(zhou, office.read(zhou).replace("  - 出售\n", "  - 出售\n  - 求购\n"))
    office.run("status", "L-7K2PQM", "签约", "--buyer", "李女士")
    office.run("status", "L-7K2PQM", "过户", "--yes")

    office.run("status", "L-7K2PQM", "交房", "--yes")

    assert "stage: 在看" in office.read(zhou)
    assert "stage: 老客户" in office.read(BUYER)


# -- the very status before


@pytest.mark.parametrize("before", ["在售", "在租", "租售"])
def test_a_cancelled_deposit_leads_back_to_the_very_status(office, before):
    office.run("set", "L-7K2PQM", "rent=8000")
    office.run("status", "L-7K2PQM", before)
    office.run(*DEPOSIT, "--set", "transaction=sale")

    done = office.run("status", "L-7K2PQM", "退订", "--settled", "双倍返还", "--reason", "业主反悔")

    assert done.exit == 0, done.err
    assert f"status: {before}\n" in office.read(LISTING)
    assert f"[状态:: 定金→{before}]" in office.read(LISTING)
    assert "deposit_settlement: 双倍返还\n" in deal_of(office)
    assert "定金双倍返还 [原因:: 业主反悔]" in deal_of(office)


def test_a_status_typed_by_hand_is_entered_with_the_next_step(office):
    office.run("status", "L-7K2PQM", "在租", "--set", "rent=8000")
    office.write(LISTING, office.read(LISTING).replace("status: 在租", "status: 暂缓"))
    assert "status-unlogged" in str(office.problem_lines())

    office.run("status", "L-7K2PQM", "在租", "--yes")

    log = office.read(LISTING).partition("跟进记录")[2]
    changes = re.findall(r"\[状态:: ([^]]+)\]", log)
    assert changes == ["在售→在租", "在租→暂缓", "暂缓→在租"]
    assert "手改，补记" in log
    assert "status-" not in str(office.problem_lines())


def test_a_typed_deposit_gets_its_deal(office):
    office.write(LISTING, office.read(LISTING).replace("status: 在售", "status: 定金"))
    assert "deposit-without-deal" in str(office.problem_lines())

    done = office.run(*DEPOSIT)

    assert done.exit == 0, done.err
    assert "[状态:: 在售→定金]" in office.read(LISTING)
    assert "deposit-without-deal" not in str(office.problem_lines())


# -- which deal


def test_an_offer_becomes_the_deal(office):
    office.run("new", "deal", "--set", "listing=L-7K2PQM", "--set", "buyer=李女士", "--set",
               "stage=报价", "--set", "price=605")  # fmt: skip

    office.run(*DEPOSIT)

    deal = deal_of(office)
    assert "stage: 定金" in deal
    assert "price: 605" in deal


def test_of_several_offers_the_buyer_tells_which(office):
    for buyer in ("李女士", "陈小姐"):
        office.run("new", "deal", "--set", "listing=L-7K2PQM", "--set", f"buyer={buyer}",
                   "--set", "stage=报价")  # fmt: skip

    done = office.run(*DEPOSIT)

    assert done.exit == 0, done.err
    stages = {
        path.name[:25]: path.read_text("utf-8") for path in (office.root / "成交").glob("*.md")
    }
    assert sorted("stage: 定金" in text for text in stages.values()) == [False, True]
    unsaid = office.run("status", "L-7K2PQM", "退订", "--deal", "客源", "--reason", "x")
    assert unsaid.exit == 4


def test_a_second_deposit_is_refused(office):
    office.run(*DEPOSIT)
    office.write(LISTING, office.read(LISTING).replace("status: 定金", "status: 在售"))
    before = texts(office)

    done = office.run(*DEPOSIT[:4], "陈小姐", *DEPOSIT[5:])

    assert done.exit == 1
    assert texts(office) == before


def test_who_would_be_the_second_buyer_is_told_whose_the_home_is(office):
    office.run(*DEPOSIT)
    before = texts(office)

    done = office.run(*DEPOSIT[:4], "陈小姐", *DEPOSIT[5:], lang="zh")

    assert done.exit == 1
    assert "成交 阳光花园 3室2厅 李女士 还没了结" in done.err
    assert texts(office) == before


def test_the_owner_cannot_buy_the_home(office):
    before = texts(office)

    done = office.run(*DEPOSIT[:4], "周先生", *DEPOSIT[5:])

    assert done.exit == 1
    assert "周先生 own it already" in done.err
    assert texts(office) == before


def test_every_owner_sells(office):
    office.run("set", "L-7K2PQM", "owner+=陈小姐")

    office.run(*DEPOSIT)

    deal = deal_of(office)
    assert 'seller:\n  - "[[周先生-Z0W000|周先生]]"\n  - "[[陈小姐-C4EN00|陈小姐]]"\n' in deal
    office.run("status", "L-7K2PQM", "签约")
    office.run("status", "L-7K2PQM", "过户", "--yes")
    office.run("status", "L-7K2PQM", "交房", "--yes")
    for path in ("客源/周先生-Z0W000.md", "客源/陈小姐-C4EN00.md"):
        assert "交房 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]]" in office.read(path)


def test_a_transfer_happens_once(office):
    office.run(*DEPOSIT)
    office.run("status", "L-7K2PQM", "签约")
    office.run("status", "L-7K2PQM", "过户", "--yes")
    before = texts(office)

    done = office.run("status", "L-7K2PQM", "过户", "--yes")

    assert done.exit == 0
    assert "nothing changed" in done.err
    assert texts(office) == before


@pytest.mark.parametrize("deed", ["过户", "交房"])
def test_nothing_is_handed_over_before_it_is_signed(office, deed):
    office.run(*DEPOSIT, "--at", "2026-11-18")
    office.run("status", "L-7K2PQM", "签约", "--at", "2026-11-20")
    before = texts(office)

    done = office.run("status", "L-7K2PQM", deed, "--yes", "--at", "2026-11-19", lang="zh")

    assert done.exit == 2
    assert "2026-11-20 才签约" in done.err
    assert texts(office) == before


def test_a_lease_is_never_registered_as_a_transfer(office):
    office.run("status", "L-7K2PQM", "在租", "--set", "rent=8000")
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生")
    before = texts(office)

    done = office.run("status", "L-7K2PQM", "过户", "--buyer", "程先生", "--yes", lang="zh")

    assert done.exit == 1
    assert "是租赁，租赁不过户" in done.err
    backwards = office.run(
        "status", "L-7K2PQM", "交房", "--set", "lease_end=2026-11-21", "--yes", lang="zh"
    )
    assert backwards.exit == 2
    assert "租期到 2026-11-21" in backwards.err
    assert texts(office) == before


def test_a_contract_is_called_off_only_until_the_home_changes_hands(office):
    office.run(*DEPOSIT)
    office.run("status", "L-7K2PQM", "签约")
    signed = office.run("status", "L-7K2PQM", lang="zh").out
    assert "解约" in signed
    assert "过户" in signed
    assert "新的一轮" not in signed
    office.run("status", "L-7K2PQM", "过户", "--yes")
    before = texts(office)

    done = office.run("status", "L-7K2PQM", "解约", "--reason", "反悔", lang="zh")

    assert done.exit == 1
    assert "已经易主" in done.err
    assert texts(office) == before
    transferred = office.run("status", "L-7K2PQM", lang="zh").out
    assert "解约" not in transferred
    assert "→ 在售：重新上市，新的一轮" in transferred
    assert "→ 交房" in transferred
    assert "过户" not in transferred
    office.run("status", "L-7K2PQM", "交房", "--yes")
    assert office.run("status", "L-7K2PQM", "解约", "--reason", "反悔").exit == 1


def test_a_deal_that_is_over_takes_no_step(office):
    office.run(*DEPOSIT)
    office.run("status", "L-7K2PQM", "签约")
    office.run("status", "L-7K2PQM", "过户", "--yes")
    office.run("status", "L-7K2PQM", "交房", "--yes")
    (path,) = (office.root / "成交").glob("*.md")
    office.run("status", "L-7K2PQM", "在租", "--set", "rent=8000", "--set",
               "entrust_until=2027-11-01")  # fmt: skip
    office.run("status", "L-7K2PQM", "我租", "--buyer", "程先生")
    before = texts(office)

    for deed in ("过户", "交房", "解约"):
        done = office.run("status", "L-7K2PQM", deed, "--yes", "--reason", "错", "--deal",
                          f"D-{path.stem[-6:]}")  # fmt: skip
        assert done.exit == 1
    assert texts(office) == before


def test_what_is_known_of_an_owner_goes_when_another_is_named(office):
    office.run("set", "L-7K2PQM", "owner_name=周先生", "co_owned=true")
    office.run("status", "L-7K2PQM", "他售")

    done = office.run("status", "L-7K2PQM", "在售", "--set", "owner=陈小姐", "--set", "price=650",
                      "--set", "entrust_until=2027-11-01")  # fmt: skip

    assert done.exit == 0, done.err
    note = office.read(LISTING)
    assert 'owner:\n  - "[[陈小姐-C4EN00|陈小姐]]"\n' in note
    for gone in ("13900000001", "600", "周先生"):
        assert gone not in note.partition("## ")[0]
    former = office.read("客源/周先生-Z0W000.md")
    assert "name: 周先生\n" in former
    assert "不再是业主" in former


def test_a_contract_typed_over_a_deposit_is_called_off_whole(office):
    office.run(*DEPOSIT)
    office.write(LISTING, office.read(LISTING).replace("status: 定金", "status: 我售"))

    assert office.run("status", "L-7K2PQM", "解约", "--reason", "贷款").exit == 0

    log = office.read(LISTING)
    assert log.index("[状态:: 定金→我售]") < log.index("解约") < log.index("[状态:: 我售→在售]")
    assert "stage: 取消\n" in deal_of(office)
    assert not [line for line in office.problem_lines() if "round" in line or "deal-" in line]


def test_a_note_that_cannot_be_edited_is_named(office):
    office.write(BUYER, office.read(BUYER).replace("stage:", "bad: [x\nstage:"))
    before = texts(office)

    done = office.run(*DEPOSIT)

    assert done.exit == 1
    assert BUYER in done.err
    assert texts(office) == before


# -- killed


@pytest.mark.parametrize("files", range(4))
@pytest.mark.parametrize("in_git", [True, False])
def test_killed_anywhere_it_is_before_or_after(vault, files, in_git):
    drawn = vault(DRAWING + ("-- git --\n" if in_git else ""))
    before = texts(drawn)
    process = os.fork()
    if process == 0:
        try:
            die_after(files)
            drawn.run(*DEPOSIT)
        finally:
            os._exit(1)
    os.waitpid(process, 0)

    assert drawn.run("list", "listings").exit == 0

    after = texts(drawn)
    if not files:  # the step was laid down, and nobody had seen anything of it
        assert after == before
        return
    assert "status: 定金" in after[LISTING]
    assert "[状态:: 在售→定金]" in after[LISTING]
    assert "stage: 已定" in after[BUYER]
    assert "stage: 定金" in deal_of(drawn)
    assert not [line for line in drawn.problem_lines() if "error[" in line]


def test_killed_before_anything_stands_no_entry_is_missed(office):
    process = os.fork()
    if process == 0:
        try:
            drafts.keep = lambda *_, **__: os._exit(9)
            office.run(*DEPOSIT)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9

    assert not [line for line in office.problem_lines() if "entry-missing" in line]


# -- other doors


def test_set_goes_the_same_way(office):
    done = office.run("set", "L-7K2PQM", "状态=暂缓", "price=600")

    assert done.exit == 0, done.err
    assert "[状态:: 在售→暂缓]" in office.read(LISTING)
    assert "price: 600" in office.read(LISTING)
    assert office.run("set", "L-7K2PQM", "status=定金").exit == 1


def test_the_stage_of_a_deal_does_not_leave_its_listing_behind(office):
    office.run(*DEPOSIT)
    before = texts(office)
    (path,) = (office.root / "成交").glob("*.md")
    id_ = f"D-{path.stem[-6:]}"

    done = office.run("set", id_, "stage=取消", lang="zh")

    assert done.exit == 1
    assert "`brokernotes status L-7K2PQM 退订` 两边一起改" in done.err
    assert texts(office) == before


def test_an_import_goes_the_same_way_or_leaves_the_status(office):
    rows = "标题,状态,挂牌价\n阳光花园 3室2厅,{},{}\n"
    (office.root / "sheet.csv").write_text(rows.format("暂缓", 615), "utf-8")
    done = office.run(
        "import", "sheet.csv", "--kind", "listing", "--key", "title", "--prefer", "file", "--yes"
    )
    assert done.exit == 0, done.err + done.out
    assert "[状态:: 在售→暂缓]" in office.read(LISTING)

    (office.root / "sheet.csv").write_text(rows.format("定金", 610), "utf-8")
    done = office.run(
        "import", "sheet.csv", "--kind", "listing", "--key", "title", "--prefer", "file", "--yes"
    )

    assert done.exit == 1
    assert "cannot follow" in done.out + done.err
    note = office.read(LISTING)
    assert "status: 暂缓\n" in note
    assert "price: 610\n" in note


def test_an_offer_that_does_not_say_follows_the_contract_and_one_that_does_must_fit(office):
    office.run("new", "deal", "--set", "listing=L-7K2PQM", "--set", "buyer=程先生", "--set",
               "stage=报价")  # fmt: skip

    assert office.run("status", "L-7K2PQM", "我租").exit == 0
    assert "transaction: 出租\n" in deal_of(office)
    office.run("status", "L-7K2PQM", "解约", "--reason", "反悔")
    (gone,) = (office.root / "成交").glob("*.md")
    again = office.run("status", "L-7K2PQM", "我售", "--deal", f"D-{gone.stem[-6:]}")
    assert again.exit == 1
    assert "is cancelled: this step is not for it" in again.err
    gone.unlink()
    office.run("new", "deal", "--set", "listing=L-7K2PQM", "--set", "buyer=程先生", "--set",
               "stage=报价", "--set", "transaction=出租")  # fmt: skip
    (path,) = (office.root / "成交").glob("*.md")
    refused = office.run("status", "L-7K2PQM", "我售", "--deal", f"D-{path.stem[-6:]}")
    assert refused.exit == 1
    assert "is lease, not sale" in refused.err


def test_where_the_log_is_silent_git_remembers_the_status_before(vault):
    drawn = vault(DRAWING + "-- git --\n")
    note = drawn.read(LISTING).replace("transaction: 出售\n", "")
    drawn.write(LISTING, note.replace("status: 在售", "status: 租售"))
    drawn.git("commit", "-qam", "both")
    drawn.write(LISTING, note.replace("status: 在售", "status: 定金"))
    drawn.git("commit", "-qam", "typed")

    done = drawn.run("status", "L-7K2PQM", "退订", "--reason", "x")

    assert done.exit == 0, done.err
    assert "status: 租售\n" in drawn.read(LISTING)
