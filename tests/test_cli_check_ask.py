"""`--ask` shows each guess, writes what was agreed to, and nothing that was not."""

import pytest

NOTES = """
    -- brokernotes.yaml --
    format: 1
    -- agents/王敏.md --
    ---
    id: A-7K2PQM
    ---
    -- communities/阳光花园.md --
    ---
    id: M-2B6HVX
    ---
    -- listings/garden.md --
    ---
    id: L-7K2PQM
    created: 2026-08-01
    grade: A
    community: "[[阳光花圆]]"
    price: 6200000
    title: 阳光花园 # 三房
    ---
    -- clients/li.md --
    ---
    id: C-9F3DWA
    created: 2026-08-01
    stage: 再看
    budjet_max: 600
    next_followup: 下周三
    ---

    ## 跟进记录（8月）

    - 2026-08-18 带坎客户看房 [[garden]] ^3ack67k2p
    - 2026-08-19 电话 @王闵 ^3ack67k2q
    -- git --
    """


@pytest.fixture
def asking(monkeypatch):
    monkeypatch.setattr("brokernotes.cli.writers.may_ask", lambda app: True)


def test_every_guess_that_is_agreed_to_is_written_in_one_commit(vault, asking):
    drawn = vault(NOTES)

    said = drawn.run("check", "--fix", "--ask", stdin="y\n" * 20)

    assert drawn.read("listings/garden.md") == (
        "---\nid: L-7K2PQM\ncreated: 2026-08-01\ngrade: A\n"
        'community: "[[阳光花园]]"\nprice: 6200000元\ntitle: "阳光花园 # 三房"\n---\n'
    )
    assert drawn.read("clients/li.md") == (
        "---\nid: C-9F3DWA\ncreated: 2026-08-01\nstage: 在看\nbudget_max: 600\n"
        "next_followup: 2026-11-25\n---\n\n## 跟进记录\n\n"
        "- 2026-08-18 带看 客户看房 [[garden]] ^3ack67k2p\n"
        "- 2026-08-19 电话 @王敏 ^3ack67k2q\n"
    )
    assert "9 places mended" in said.err
    assert drawn.git("log", "--format=%s").count("\n") == 2
    assert drawn.git("status", "--porcelain") == ""


def test_no_is_no(vault, asking):
    drawn = vault(NOTES)
    before = drawn.read("clients/li.md")

    said = drawn.run("check", "--fix", "--ask", "clients", stdin="n\n" * 20)

    assert drawn.read("clients/li.md") == before
    assert "Nothing was agreed to" in said.err
    assert said.exit == 1


def test_one_kind_can_be_asked_for(vault, asking):
    drawn = vault(NOTES)

    drawn.run("check", "--fix", "--ask", "--only", "date-ambiguous", stdin="y\n")

    assert "next_followup: 2026-11-25\n" in drawn.read("clients/li.md")
    assert "stage: 再看\n" in drawn.read("clients/li.md")


def test_questions_that_are_broken_off_write_nothing(vault, asking):
    drawn = vault(NOTES)
    before = drawn.read("clients/li.md")

    said = drawn.run("check", "--fix", "--ask", "clients", stdin="y\n")

    assert said.exit == 130
    assert drawn.read("clients/li.md") == before


def test_without_a_person_it_is_refused(vault):
    drawn = vault(NOTES)

    assert drawn.run("check", "--fix", "--ask").exit == 2
    assert drawn.run("check", "--ask").exit == 2
