"""What `due` shows on a terminal."""

from itertools import pairwise
from pathlib import Path

import pytest

from brokernotes.cli.console import Console
from brokernotes.cli.width import width
from tests.drawing import DrawnVault
from tests.test_storage_persons import NOW, TOWN

DRAWN = """
    -- agents/Li Hang.md --
    ---
    id: A-9F3DWA
    type: agent
    name: Li Hang
    ---
    -- clients/Ms Li.md --
    ---
    id: C-9F3DWA
    type: client
    title: Ms Li, three rooms in Pudong near the river and a school
    intents: [buy]
    stage: active
    channel: wechat
    phone: ["12000001111"]
    agent: "[[Li Hang]]"
    created: 2026-10-01
    ---

    ## Log

    - 2026-11-14 10:00 Call ⟨a long talk, ×40⟩ 12000002222 ^3afq6m4x9
    - [ ] 2026-11-21 15:00 Showing [[Garden]] bring the plan [place:: east gate] ^3afr4q81c
    -- listings/Garden.md --
    ---
    id: L-7K2PQM
    type: listing
    title: Garden 3 rooms
    status: for_sale
    price: 600
    entrust_until: 2026-12-04
    agent: "[[Li Hang]]"
    created: 2026-11-01
    ---
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Lines that `due` shows on a terminal of some columns."""
    drawn = DrawnVault(tmp_path, "en")
    drawn.draw(DRAWN)
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    monkeypatch.setattr(Console, "styled", lambda self, text, style, stream=None: text)

    def shown(*args: str, columns: int = 80) -> list[str]:
        monkeypatch.setattr(Console, "width", property(lambda self: columns))
        result = drawn.run("due", *args)
        assert result.exit == 0, result.err
        return result.out.splitlines()

    return shown


def test_a_plan_says_when_whom_how_where_and_what(page) -> None:
    lines = page("--kind", "planned")

    title = "Ms Li, three rooms in Pudong near the river and…"
    assert lines[0].split("  ") == ["15:00", *[""] * 4, title, "WeChat", "Li Hang"]
    assert lines[1].strip() == "showing planned for 2026-11-21 at 15:00 (Garden 3 rooms, east"
    assert lines[2].strip() == "gate)"
    assert lines[3].strip() == "bring the plan"


def test_a_notice_is_not_late_and_says_the_days_left(page) -> None:
    first, second, *_ = page("--kind", "entrustment_end")

    assert first.split() == ["today", "Garden", "3", "rooms", "Li", "Hang"]
    assert second.strip() == "the entrustment ends on 2026-12-04, in 13 days"


def test_a_long_text_is_cut_and_phones_of_others_are_masked(page) -> None:
    lines = page("--kind", "planned")

    assert lines[4].strip().startswith("last contact 2026-11-14: a long talk")
    assert len(lines) == 8
    assert lines[-1].endswith("…")
    assert "12000002222" not in "".join(lines)


def test_no_line_is_wider_than_the_terminal(page) -> None:
    for columns in (80, 60, 48):
        assert max(width(line) for line in page("--explain", columns=columns)) <= columns


def test_no_explanation_is_told_twice(page) -> None:
    words = ("--explain", "--until", "+14d", "--kind", "entrustment_end")
    lines = [line for line in page(*words) if "·" in line]

    assert "· rule cadence.entrust_notice = 14" in "".join(lines)
    assert all(one != other for one, other in pairwise(lines))


def test_rows_left_out_are_counted_and_an_empty_day_says_so(page) -> None:
    assert page("-n", "2")[-1] == "1 more row"
    assert page("--kind", "signing") == ["Nothing is due. Everybody has been heard."]


def test_what_waits_is_counted_and_nobody_is_said_to_be_heard(vault, monkeypatch) -> None:
    drawn = vault(TOWN)
    drawn.run("log", "C-7K2PQM", "电话", "聊了聊", now=NOW)
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    monkeypatch.setattr(Console, "styled", lambda self, text, style, stream=None: text)

    def shown(*words):
        return drawn.run("due", "--agent", "王敏", *words, now=NOW).out.splitlines()

    line = "1 waits for another day: `due --until 2026-11-22` says why"
    assert shown() == [line]
    drawn.run("log", "C-1BVQKE", "电话", "--next", "2026-11-21", now="2026-11-19T10:00")
    assert line not in shown()  # the promise silences the cadence
    assert not any("another day" in one for one in shown("--until", "2026-11-22"))


def test_a_vault_with_nobody_in_it_does_not_say_that_everybody_was_heard(page, tmp_path) -> None:
    for folder in ("clients", "listings"):
        for note in (tmp_path / "vault" / folder).glob("*.md"):
            note.unlink()

    assert page() == ["There is no client and no listing yet; `brokernotes new` makes one."]
