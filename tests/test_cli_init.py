"""`init`: what a new vault holds, what it never overwrites, and the invented brokerage."""

import json
from datetime import date, timedelta

import pytest

from brokernotes.features.demo import DEMO_DAY, shift_demo, shift_text
from brokernotes.storage.shipped import read_shipped
from tests.drawing import DrawnVault


@pytest.fixture
def folder(tmp_path):
    """Runs the command line outside any vault; `folder.root` is where it starts."""
    drawn = DrawnVault(tmp_path)
    drawn.root = tmp_path / "work"
    drawn.root.mkdir()
    return drawn


@pytest.mark.parametrize(
    ("language", "notes", "inbox"), [("zh", "房源", "收件箱.md"), ("en", "listings", "inbox.md")]
)
def test_an_empty_vault_is_whole_clean_and_committed(folder, language, notes, inbox):
    made = folder.run("init", "shop", "--language", language)
    root = folder.root / "shop"

    assert made.exit == 0, made.err
    assert (root / notes).is_dir()
    assert (root / inbox).exists()
    types = json.loads((root / ".obsidian/types.json").read_text("utf-8"))["types"]
    assert types["price"] == "number"
    assert folder.run("check", cwd="shop").exit == 0
    assert folder.run("due", cwd="shop").out == ""
    assert folder.run("list", "clients", "--json", cwd="shop").out == "[]\n"
    folder.root = root
    assert folder.git("status", "--short") == ""
    assert len(folder.git("log", "--oneline").splitlines()) == 1


def test_what_it_says_in_both_languages(folder):
    english = folder.run("init", "one", lang="en").out
    chinese = folder.run("init", "two", lang="zh").out

    assert english.startswith("A vault in one.\n\nNext:\n")
    assert "brokernotes -C one new agent NAME" in english
    assert "two" in chinese
    assert "Next" not in chinese


def test_a_folder_with_files_is_refused_and_left_alone(folder):
    (folder.root / "shop").mkdir()
    (folder.root / "shop/letter.txt").write_text("mine")

    refused = folder.run("init", "shop")

    assert refused.exit == 1
    assert "letter.txt" in refused.err
    assert [one.name for one in (folder.root / "shop").iterdir()] == ["letter.txt"]


def test_a_vault_and_a_file_are_refused(folder):
    (folder.root / "file").write_text("x")
    assert folder.run("init", "shop").exit == 0

    assert folder.run("init", "shop").exit == 1
    assert folder.run("init", "file").exit == 1


def test_settings_that_are_there_stay(folder):
    settings = folder.root / "shop/.obsidian"
    settings.mkdir(parents=True)
    (settings / "app.json").write_text("{}")

    assert folder.run("init", "shop").exit == 0

    assert (settings / "app.json").read_text() == "{}"


@pytest.mark.parametrize("days", [0, 1, 100, -300])
def test_the_demo_is_dated_around_today_and_without_errors(folder, days):
    today = (DEMO_DAY + timedelta(days=days)).isoformat()
    assert folder.run("init", "demo", "--demo", now=f"{today}T09:00").exit == 0

    checked = folder.run("check", "--json", cwd="demo", now=f"{today}T09:00")
    due = json.loads(folder.run("due", "--json", cwd="demo", now=f"{today}T09:00").out)

    assert checked.exit == 0
    assert {one["severity"] for one in json.loads(checked.out)} == {"warning", "hint"}
    assert 10 < len(due) < 60
    assert any(one.get("at", "").startswith(today) for one in due)


def test_the_demo_is_what_it_promises_to_be(folder):
    folder.run("init", "demo", "--demo")

    def rows(kind: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = json.loads(
            folder.run("list", kind, "--json", cwd="demo").out
        )
        return found

    listings, clients = rows("listing"), rows("client")
    assert len(rows("agent")) >= 5
    assert len(rows("community")) >= 8
    assert len(listings) >= 30
    assert len(clients) >= 25
    assert len(rows("deal")) >= 4
    assert len({one["status"] for one in listings}) == 10
    assert {one.get("grade") for one in listings} == {"A", "B", "C", "D", None}
    assert len({one["property_type"] for one in listings if "property_type" in one}) >= 8
    assert len({one["stage"] for one in clients}) == 9
    assert {intent for one in clients for intent in one["intents"]} == {
        "buy", "rent", "sell", "let",
    }  # fmt: skip


def test_no_telephone_in_the_demo_can_be_anybodys():
    import re

    for path, text in read_shipped("vault").items():
        for number in re.findall(r"(?<![\w^.-])1\d{10}(?!\d)", text):
            assert number.startswith("1200000"), (path, number)


def test_dates_move_birthdays_do_not():
    text = (
        "birthday: 1988-05-12\ncreated: 2026-11-21T09:00:00\n"
        "- 2026年11月1日 14：30 电话\nx 2026/11/9 y 2026-11-21-3 2026-13-45\n"
    )

    assert shift_text(text, 10) == (
        "birthday: 1988-05-12\ncreated: 2026-12-01T09:00:00\n"
        "- 2026年11月11日 14：30 电话\nx 2026/11/19 y 2026-12-01-3 2026-13-45\n"
    )
    assert shift_text(text, 0) == text


def test_a_month_in_a_name_moves_with_the_links_to_it():
    files = {"成交/2026-11 三房-7K2PQM.md": "x", "客源/a.md": "[[2026-11 三房-7K2PQM]]"}

    moved = shift_demo(files, DEMO_DAY + timedelta(days=60))

    assert moved == {"成交/2027-01 三房-7K2PQM.md": "x", "客源/a.md": "[[2027-01 三房-7K2PQM]]"}


def test_the_demo_on_its_own_day_is_what_is_shipped():
    files = read_shipped("vault")

    assert shift_demo(files, DEMO_DAY) == files
    assert date(2026, 11, 21) == DEMO_DAY


def test_a_folder_inside_a_vault_is_refused(folder):
    folder.run("init", "shop")

    refused = folder.run("init", "shop/deep/er", lang="en")

    assert refused.exit == 1
    assert "lies in the vault" in refused.err
    assert not (folder.root / "shop/deep").exists()
