import pytest

from brokernotes.storage.journal import FILE_NAME, Journal

LI = ("clients/李.md", "3afq6m4x9", "- 2026-11-21 09:00 电话 ^3afq6m4x9")
WANG = ("clients/王.md", "3ack67k2p", "- 2026-11-21 09:05 微信 ^3ack67k2p")


@pytest.fixture
def journal(tmp_path):
    return Journal(str(tmp_path))


def ids(journal):
    return [entry.id for entry in journal.entries()]


def test_entries_are_kept_oldest_first_until_their_operation_is_forgotten(journal, tmp_path):
    journal.add("one", [LI])
    journal.add("two", [WANG])
    kept = ids(journal)
    journal.forget("one")

    assert kept == [LI[1], WANG[1]]
    assert [tuple(entry[1:4]) for entry in journal.entries()] == [WANG]
    journal.forget("two")
    assert list(tmp_path.iterdir()) == []


def test_half_a_line_loses_neither_what_stood_before_it_nor_what_comes_after(journal, tmp_path):
    journal.add("one", [LI])
    whole = (tmp_path / FILE_NAME).read_bytes()
    # Cut within a character of three bytes.
    cut = whole + whole[: whole.index("李".encode()) + 1]
    (tmp_path / FILE_NAME).write_bytes(cut)

    before = ids(journal)
    journal.add("two", [WANG])

    assert before == [LI[1]]
    assert ids(journal) == [LI[1], WANG[1]]


@pytest.mark.parametrize("line", ["", "{}", "[]", '"x"', '["a", "b", "c", "d", "when"]', "\x00"])
def test_lines_of_others_are_passed_over(journal, tmp_path, line):
    journal.add("one", [LI])
    with (tmp_path / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(line + "\n")

    assert ids(journal) == [LI[1]]


def test_entries_of_more_than_a_month_ago_are_gone(journal, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.journal.time.time", lambda: 0.0)
    journal.add("one", [LI])
    monkeypatch.setattr("brokernotes.storage.journal.time.time", lambda: 31 * 86_400.0)

    assert ids(journal) == []


def test_without_a_folder_nothing_is_kept():
    journal = Journal(None)

    journal.add("one", [LI])
    journal.forget("one")

    assert ids(journal) == []
