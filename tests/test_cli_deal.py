"""`deal`, as it is used."""

import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("deal"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


DRAWING = """
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    created: 2026-08-01
    ---
    -- 客源/吴先生-96XRYD.md --
    ---
    id: C-96XRYD
    type: client
    title: 吴先生
    created: 2026-08-01
    ---
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    created: 2026-08-01
    status: 我售
    price: 620
    ---
    -- 成交/阳光花园 李女士-4T8RKN.md --
    ---
    id: D-4T8RKN
    type: deal
    title: 阳光花园 李女士
    listing: "[[阳光花园-7K2PQM]]"
    buyer: "[[李女士-9F3DWA]]"
    template: 全款买卖
    stage: 履约
    price: 600
    signed_on: 2026-09-05
    tax_payment_on: 2026-11-20   # 约好的
    ---

    ## 跟进记录

    - 2026-11-02 10:00 报价 [价:: 590] ^3aaaaaaaa
    - [ ] 2026-11-20 09:30 缴税 交易中心 ^3bbbbbbbb
"""
DEAL = "成交/阳光花园 李女士-4T8RKN.md"


def text_of(drawn):
    return (drawn.root / DEAL).read_bytes().decode()


def test_an_appointment_of_that_day_is_ticked_and_no_other_byte_changes(vault):
    drawn = vault(DRAWING)
    before = text_of(drawn)

    result = drawn.run("deal", "D-4T8RKN", "done", "缴税", "--on", "2026-11-20")

    assert result.exit == 0, result.err
    assert text_of(drawn) == before.replace("- [ ] 2026-11-20", "- [x] 2026-11-20")
    again = drawn.run("deal", "D-4T8RKN", "done", "缴税", "--on", "2026-11-20")
    assert "nothing changed" in again.err
    assert text_of(drawn).count("缴税") == 1


def test_what_is_said_of_it_or_another_day_is_an_entry_of_its_own_and_the_plan_is_called_off(vault):
    drawn = vault(DRAWING)

    drawn.run("deal", "D-4T8RKN", "done", "缴税", "契税九万")

    lines = text_of(drawn).split("\n")
    assert "- [-] 2026-11-20 09:30 缴税 交易中心 ^3bbbbbbbb" in lines
    assert any(line.startswith("- 2026-11-21 09:00 缴税 契税九万 ^") for line in lines)
    assert "tax_payment_on: 2026-11-21   # 约好的" in lines


def test_a_note_with_cr_lf_keeps_them(vault):
    drawn = vault(DRAWING)
    path = drawn.root / DEAL
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert drawn.run("deal", "D-4T8RKN", "done", "缴税").exit == 0

    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_a_merge_conflict_in_the_deal_is_left_alone(vault):
    drawn = vault(DRAWING)
    path = drawn.root / DEAL
    conflict = "<<<<<<< a\n- 2026-11-01 备注 甲\n=======\n- 2026-11-01 备注 乙\n>>>>>>> b\n"
    path.write_bytes(path.read_bytes() + conflict.encode())
    before = path.read_bytes()

    assert drawn.run("deal", "D-4T8RKN", "done", "缴税").exit == 5
    assert path.read_bytes() == before


def test_a_step_and_the_next_stage_are_one_commit_beside_what_nobody_committed(vault):
    drawn = vault(DRAWING.replace("stage: 履约", "stage: 签约") + "    -- git --\n")
    path = drawn.root / DEAL
    path.write_bytes(path.read_bytes().replace(b"price: 600", b"price: 601"))

    drawn.run("deal", "D-4T8RKN", "done", "缴税", "契税九万")

    assert drawn.git("log", "-1", "--format=%s").strip() == "缴税办好：阳光花园 李女士"
    shown = drawn.git("show", "HEAD")
    assert "+stage: 履约" in shown
    assert "601" not in shown
    assert "price: 601" in text_of(drawn)


def test_the_last_step_completes_the_deal(vault):
    lease = (
        DRAWING.replace("template: 全款买卖", "template: 租赁")
        .replace("tax_payment_on", "handover_on")
        .replace("缴税", "交房")
    )
    lease = lease.replace("- [ ] 2026-11-20", "- 2026-11-20")
    drawn = vault(lease)
    for step in ("押金首期", "备案"):
        drawn.run("deal", "D-4T8RKN", "done", step)

    assert "stage: 完成" in text_of(drawn)


def test_what_is_left_after_the_handover_is_planned_and_done(vault):
    drawn = vault(DRAWING.replace("stage: 履约", "stage: 完成\n    handover_on: 2026-11-10"))

    planned = drawn.run("deal", "D-4T8RKN", "plan", "尾款", "2026-11-30")
    assert planned.exit == 0, planned.err
    assert "balance payment" in drawn.run("due", "--all", "--until", "+30d").out
    done = drawn.run("deal", "D-4T8RKN", "done", "尾款")

    assert done.exit == 0, done.err
    assert "stage: 完成\n" in text_of(drawn)
    assert "balance_payment_on: 2026-11-21\n" in text_of(drawn)


def test_a_listing_with_two_deals_asks_which(vault):
    drawn = vault(
        DRAWING
        + """\
    -- 成交/阳光花园 吴先生-HXFY96.md --
    ---
    id: D-HXFY96
    type: deal
    title: 阳光花园 吴先生
    listing: "[[阳光花园-7K2PQM]]"
    buyer: "[[吴先生-96XRYD]]"
    stage: 报价
    ---

    ## 跟进记录

    - 2026-11-03 10:00 报价 [价:: 577] ^3cccccccc
"""
    )

    result = drawn.run("deal", "L-7K2PQM")

    assert result.exit == 4
    assert "D-4T8RKN" in result.err
    assert "D-HXFY96" in result.err
    # Each buyer sees their own offers alone; the listing's agent sees both.
    for mine, own, others in (("C-9F3DWA", "590", "577"), ("C-96XRYD", "577", "590")):
        for words in (("show", mine), ("show", mine, "--json"), ("deal", mine)):
            said = drawn.run(*words).out
            assert own in said
            assert others not in said
    listing = drawn.run("show", "L-7K2PQM").out
    assert "590" in listing
    assert "577" in listing


def test_a_client_without_a_deal_has_none(vault):
    result = vault(DRAWING).run("deal", "C-96XRYD")

    assert (result.exit, "no deal is about 吴先生" in result.err) == (4, True)


def test_nothing_is_written_by_a_dry_run(vault):
    drawn = vault(DRAWING)
    before = text_of(drawn)

    for words in (("done", "缴税"), ("plan", "交房", "+3d")):
        result = drawn.run("deal", "D-4T8RKN", *words, "--dry-run")
        assert result.out.startswith("--- a/成交/")
        assert drawn.run("deal", "D-4T8RKN", *words, "--dry-run", "--json").exit == 0

    assert text_of(drawn) == before


def test_the_calendar_has_the_steps_of_a_deal(vault, golden):
    drawn = vault(
        DRAWING.replace("tax_payment_on: 2026-11-20   # 约好的", "transfer_on: 2026-11-27").replace(
            "stage: 履约", "stage: 履约\n    fee_buyer_due: 60000\n    fee_buyer_due_on: 2026-11-30"
        )
    )

    out = drawn.run("ical", "-o", "-", "--detail", "full").out

    golden("calendar-deal.ics", out.encode())


def test_an_offer_takes_its_listing_and_amount_from_the_words(vault):
    drawn = vault(DRAWING)

    drawn.run("log", "C-96XRYD", "报价", "L-7K2PQM", "577", "一口价")
    drawn.run("log", "C-96XRYD", "电话", "577", "太低")

    lines = (drawn.root / "客源/吴先生-96XRYD.md").read_text("utf-8").split("\n")
    assert any(
        "报价 [[阳光花园-7K2PQM|阳光花园]] 一口价 [价:: 577] [方:: 买] ^" in one for one in lines
    )
    assert any("电话 577 太低 ^" in one for one in lines)
