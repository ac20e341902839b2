"""Which of several notes is meant, asked at the terminal."""

from types import SimpleNamespace

import pytest

from brokernotes.cli import choosing
from tests.transcripts import names

NOTES = """
    -- 客源/李女士 浦东三房-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    stage: 在看
    ---

    ## 跟进记录

    - 2026-11-18 09:10 电话 问学区 ^3ack67k2p [结果:: 接通]
    -- 客源/李女士 静安-7K2PQM.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士 静安
    ---

    ## 跟进记录

    - [ ] 2026-11-22 09:00 带看 ^3dddddddd
    -- 房源/李女士的房-C4XB3T.md --
    ---
    id: L-C4XB3T
    type: listing
    title: 李女士的房
    status: 在售
    price: 620
    ---

    ## 跟进记录

    - [ ] 2026-11-22 09:00 实勘 ^3dddddddd
"""
TWIN = """
    -- 客源/李女士 浦东三房 2.md --
    ---
    id: C-9F3DWA
    type: client
    ---
"""


@pytest.fixture
def drawn(vault, monkeypatch):
    # Not `may_ask` itself: a module that is loaded meanwhile would keep what stands in for it.
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(choosing, "sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    return vault(NOTES)


@pytest.mark.parametrize("name", names("ref_"))
def test_what_a_ref_may_be_as_written_down(name, transcript):
    transcript(name)


def test_the_number_of_a_note_chooses_it(drawn):
    done = drawn.run("show", "李女士", "--json", stdin="2\n")

    assert done.exit == 0
    assert '"id": "C-9F3DWA"' in done.out or '"id": "C-7K2PQM"' in done.out
    assert "李女士 may mean 3 notes" in done.err
    assert "Price" in done.err or "620" in done.err


@pytest.mark.parametrize("answer", ["静安", "7K2PQM", "jingan", "房\n静安"])
def test_a_part_of_the_name_chooses_too_or_narrows(drawn, answer):
    assert '"id": "C-7K2PQM"' in drawn.run("show", "李女士", "--json", stdin=answer + "\n").out


def test_an_answer_that_fits_none_is_asked_again(drawn):
    done = drawn.run("show", "李女士", "--json", stdin="99\n王\n静安\n")

    assert done.exit == 0
    assert "none of them is called 王" in done.err


@pytest.mark.parametrize(("answer", "code"), [("\n", 4), ("q\n", 4), ("", 130)])
def test_choosing_none_does_nothing(drawn, answer, code):
    before = drawn.read("客源/李女士 静安-7K2PQM.md")
    done = drawn.run("log", "李女士", "电话", "好", stdin=answer)

    assert done.exit == code
    assert done.out == ""
    assert drawn.read("客源/李女士 静安-7K2PQM.md") == before


def test_a_writer_writes_once_into_the_chosen_note(drawn):
    done = drawn.run("log", "李女士", "电话", "好", "--with", "李女士的房", stdin="静安\n")

    assert done.exit == 0
    assert drawn.read("客源/李女士 静安-7K2PQM.md").count("电话") == 1
    assert "电话 好" not in drawn.read("客源/李女士 浦东三房-9F3DWA.md")


def test_two_refs_of_one_command_are_two_questions(drawn):
    done = drawn.run("log", "李女士", "电话", "--with", "浦东", "--with", "女士的", stdin="静安\n")

    assert done.exit == 0
    assert done.err.count("Which?") == 1
    text = drawn.read("客源/李女士 静安-7K2PQM.md")
    assert "[[李女士 浦东三房-9F3DWA" in text
    assert "[[李女士的房-C4XB3T" in text


def test_an_entry_of_several_notes_is_a_choice(drawn):
    done = drawn.run("done", "3dddddddd", "--dry-run", stdin="静安\n")

    assert "2 notes have an entry 3dddddddd" in done.err
    assert "客源/李女士 静安-7K2PQM.md" in done.out or done.exit == 1


def test_nobody_is_asked_without_a_person(drawn):
    done = drawn.run("--no-input", "show", "李女士", stdin="1\n")

    assert done.exit == 4
    assert "Which?" not in done.err
    assert done.err.count("C-") >= 2


def test_notes_of_one_id_are_no_choice(drawn):
    drawn.draw(TWIN)
    done = drawn.run("show", "C-9F3DWA", stdin="1\n")

    assert done.exit == 4
    assert "gives the copy its own" in done.err
    assert "Which?" not in done.err


def test_of_very_many_only_some_are_shown(drawn):
    for number in range(30):
        drawn.write(
            f"客源/赵{number}.md",
            f"---\nid: C-00000{number:02}"[:-3]
            + f"{number:02}\ntype: client\ntitle: 赵先生{number}号\n---\n",
        )
    done = drawn.run("show", "赵先生", "--json", stdin="27\n")

    assert "may mean 30 notes" in done.err
    assert "10 more notes" in done.err
    assert done.exit == 0
    assert "赵先生27号" in done.out
    refused = drawn.run("--no-input", "show", "赵先生")
    assert refused.err.count("赵先生") == 21
