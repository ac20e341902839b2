"""`make run`: the demo and a day's work on it."""

from pathlib import Path

import pytest

from brokernotes.cli.tour import tour


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    (tmp_path / "gitconfig").write_text("[user]\n\tname = x\n\temail = x@example.com\n")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "caches"),
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "BROKERNOTES_NOW": "2026-11-21T09:00",
        "BROKERNOTES_LANG": "en",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("BROKERNOTES_VAULT", raising=False)
    return tmp_path


def test_the_tour_makes_the_demo_and_does_a_days_work(elsewhere, capsys):
    assert tour("demo") == 0

    said = capsys.readouterr().out
    for step in ("init demo --demo", "-C demo check", "-C demo due", "-C demo ical"):
        assert f"$ brokernotes {step}" in said
    assert "The demo brokerage stands in demo/" in said
    assert (elsewhere / "demo/calendar/followups.ics").stat().st_size > 1000


def test_a_second_tour_uses_the_demo_as_it_stands(elsewhere, capsys):
    tour("demo")
    note = next(Path("demo/客源").glob("*.md"))
    note.write_text(note.read_text("utf-8") + "- 2026-11-21 08:00 备注 mine\n", "utf-8")

    assert tour("demo") == 0

    assert "used as it stands" in capsys.readouterr().out
    assert note.read_text("utf-8").endswith("mine\n")
