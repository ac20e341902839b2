from datetime import date, datetime
from pathlib import Path

import pytest

from brokernotes.errors import ChangedMeanwhileError, RefusedError, SystemRefusedError
from brokernotes.joint import open_vault
from brokernotes.storage import whole_writes
from brokernotes.storage.drafts import Draft
from brokernotes.storage.journal import Journal

PATH = "clients/li.md"
ENTRY = (PATH, "3afq6m4x9", "- 2026-11-21 09:00 call ^3afq6m4x9")
DRAWING = r"""
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    ---

    ## Log

    -- clients/gbk.md --
    \xcd\xf5
"""


@pytest.fixture
def opened(vault):
    drawn = vault(DRAWING, language="en")
    found = open_vault(str(drawn.root), drawn.environ())
    found.refresh(date(2026, 11, 21))
    yield found
    found.close()


@pytest.fixture
def draft(opened):
    draft = Draft(opened, datetime(2026, 11, 21, 9))
    source = opened.open(PATH).source
    draft.change(source, source.text + ENTRY[2] + "\n")
    draft.entries.append(ENTRY)
    return draft


def kept(draft):
    return [entry.id for entry in Journal(draft.vault.cache).entries()]


def test_a_written_entry_is_kept_in_the_journal(draft):
    draft.write("log", commit=False)

    assert kept(draft) == [ENTRY[1]]


def test_an_entry_that_was_never_written_is_not_kept(draft, opened):
    with (Path(opened.root) / PATH).open("a", encoding="utf-8") as file:
        file.write("typed meanwhile\n")

    with pytest.raises(ChangedMeanwhileError):
        draft.write("log", commit=False)

    assert kept(draft) == []


@pytest.mark.parametrize("error", [SystemRefusedError("full"), KeyboardInterrupt()])
def test_nor_one_that_the_system_refused(draft, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(whole_writes, "write_if_unchanged", refuse)

    with pytest.raises(type(error)):
        draft.write("log", commit=False)

    assert kept(draft) == []


def test_an_entry_that_was_overwritten_right_after_it_was_written_is_kept(draft, monkeypatch):
    def overwritten(*_):
        raise ChangedMeanwhileError("overwritten", wanted="…")

    monkeypatch.setattr(whole_writes, "write_if_unchanged", overwritten)

    with pytest.raises(ChangedMeanwhileError):
        draft.write("log", commit=False)

    assert kept(draft) == [ENTRY[1]]


def test_what_a_killed_write_left_beside_the_note_is_removed(draft):
    folder = Path(draft.vault.root) / "clients"
    (folder / ".bn-0a1b2c.tmp").write_text("half a no", encoding="utf-8")
    (folder / ".bn-notes.md").write_text("mine", encoding="utf-8")
    (folder.parent / ".bn-0a1b2c.tmp").write_text("of another folder", encoding="utf-8")

    draft.write("log", commit=False)

    assert sorted(path.name for path in folder.glob(".*")) == [".bn-notes.md"]
    assert (folder.parent / ".bn-0a1b2c.tmp").exists()


def test_a_note_that_is_no_text_is_left_alone(opened):
    source = opened.open("clients/gbk.md").source

    with pytest.raises(RefusedError, match="byte for byte"):
        Draft(opened, datetime(2026, 11, 21, 9)).change(source, "x")


def test_a_note_that_cannot_be_read_is_the_systems_refusal(opened):
    (Path(opened.root) / "clients/folder.md").mkdir()
    source = opened.open("clients/folder.md").source

    with pytest.raises(SystemRefusedError, match="cannot read clients/folder"):
        Draft(opened, datetime(2026, 11, 21, 9)).change(source, "x")


def test_nothing_to_change_writes_nothing(opened):
    draft = Draft(opened, datetime(2026, 11, 21, 9))
    source = opened.open(PATH).source

    is_changed = draft.change(source, source.text)

    assert not is_changed
    assert draft.write("nothing", commit=True).paths == ()
    assert draft.diff() == ""
