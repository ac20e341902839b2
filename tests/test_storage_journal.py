import time

import pytest

from brokernotes.storage.journal import FILE_NAME, Journal

ENTRY = ("客源/李.md", "3afq6m4x9", "- 2026-08-20 电话 好 ^3afq6m4x9")


@pytest.fixture
def journal(tmp_path):
    return Journal(str(tmp_path))


def test_what_is_added_is_kept_until_its_operation_is_safe(journal, tmp_path):
    journal.add("one", [ENTRY])
    journal.add("two", [ENTRY, ENTRY])
    assert [entry.operation for entry in journal.entries()] == ["one", "two", "two"]
    assert (journal.entries()[0].path, journal.entries()[0].lines) == (ENTRY[0], ENTRY[2])

    journal.forget("two")
    assert [entry.operation for entry in journal.entries()] == ["one"]
    journal.forget("one")
    assert not (tmp_path / FILE_NAME).exists()


def test_damaged_lines_are_passed_over(journal, tmp_path):
    journal.add("one", [ENTRY])
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'{"half\n[1, 2]\n\xff\xfe\n[1, 2, 3, 4, "text"]\n')
    journal.add("two", [ENTRY])

    assert [entry.operation for entry in journal.entries()] == ["one", "two"]


def test_entries_are_kept_for_a_month(journal, monkeypatch):
    journal.add("one", [ENTRY])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 86_400)
    assert journal.entries()
    monkeypatch.setattr(time, "time", lambda: now + 31 * 86_400)
    assert journal.entries() == []


def test_without_a_folder_nothing_is_kept():
    journal = Journal(None)
    journal.add("one", [ENTRY])
    journal.forget("one")

    assert journal.entries() == []


def test_a_folder_that_cannot_be_written_costs_no_command(tmp_path):
    journal = Journal(str(tmp_path / "missing"))
    journal.add("one", [ENTRY])

    assert journal.entries() == []


def test_half_a_line_loses_neither_what_stood_before_it_nor_what_comes_after(journal, tmp_path):
    journal.add("one", [ENTRY])
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    # A full disk cuts anywhere, here within a character of three bytes.
    file.write_bytes(whole + whole[: whole.index("客".encode()) + 1])

    before = [entry.operation for entry in journal.entries()]
    journal.add("two", [ENTRY])

    assert before == ["one"]
    assert [entry.operation for entry in journal.entries()] == ["one", "two"]


def test_forgetting_needs_no_room_for_a_second_file(journal, tmp_path, monkeypatch):
    journal.add("one", [ENTRY])
    journal.add("two", [ENTRY])
    kept = sorted(tmp_path.iterdir())
    monkeypatch.setattr("os.replace", None)

    journal.forget("one")

    assert [entry.operation for entry in journal.entries()] == ["two"]
    assert sorted(tmp_path.iterdir()) == kept
