"""Whatever happens to the index's file, a refresh answers, and rightly."""

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from brokernotes.errors import SystemRefusedError
from brokernotes.storage import index as indexing
from brokernotes.storage.index import Index
from tests.indexed import LISTING, IndexedVault, damage, set_meta

LISTING_PATH = "房源/阳光花园-9F3DWA.md"


@pytest.fixture
def town(tmp_path):
    vault = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    vault.write_all()
    vault.refresh()
    yield vault
    vault.close()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "index.sqlite"


def assert_whole(town):
    assert len(town.paths()) == 3
    assert town.differences() == []


def left_over(file):
    return sorted(path.name for path in file.parent.iterdir() if path != file)


def test_a_new_index_stands_in_one_file_of_its_own_kind(town, file):
    assert left_over(file) == []
    db = sqlite3.connect(file)
    assert db.execute("PRAGMA application_id").fetchone() == (0x626E6F74,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_the_next_command_finds_it_as_it_was_left(town):
    town.reopen()

    assert not town.index.is_new
    assert town.refresh().is_unchanged


@pytest.mark.parametrize("key", ["stamp", "racy"])
def test_what_another_version_wrote_is_built_anew(town, file, key):
    town.close()
    set_meta(file, key, "1/0.0.1/other")
    town.reopen()

    assert not town.refresh().is_unchanged
    assert_whole(town)
    town.reopen()
    assert town.refresh().is_unchanged


def test_other_rules_build_it_anew(town, tmp_path):
    schema = town.vault.rules.schema
    town.close()
    other = Index(str(tmp_path / "cache"), schema, "other rules")

    assert other.is_new
    other.close()
    assert left_over(tmp_path / "cache" / "index.sqlite") == []


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4096, 5000])
def test_a_truncated_file_is_built_anew(town, file, size):
    town.close()
    with file.open("r+b") as stream:
        stream.truncate(size)
    town.reopen()
    town.refresh()

    assert_whole(town)
    assert town.index.trouble is None
    assert file.stat().st_size > 5000


@pytest.mark.parametrize("page", range(12))
def test_a_damaged_page_never_ends_in_a_traceback(town, file, page):
    town.close()
    damage(file, page * 4096 + 8)
    town.reopen()
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    town.refresh()
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: C"))
    town.refresh()

    try:
        found = town.rows("SELECT grade, path FROM listing JOIN note USING(n)")
    except sqlite3.DatabaseError as error:  # what the command line does then
        town.index.discard(error)
        town.reopen()
        town.refresh()
        found = town.rows("SELECT grade, path FROM listing JOIN note USING(n)")
    assert found == [("C", LISTING_PATH)]


def test_something_else_in_its_place_is_replaced(town, file):
    town.close()
    file.write_bytes("这不是数据库".encode() * 500)
    (file.parent / "index.sqlite-journal").write_bytes(b"nor is this a journal")
    town.reopen()
    town.refresh()

    assert_whole(town)
    assert left_over(file) == []


@pytest.mark.parametrize("value", [b"\xff\xfe", "text", 3.5])
def test_a_damaged_list_of_young_files_is_built_anew(town, file, value):
    town.close()
    set_meta(file, "racy", value)
    town.reopen()
    town.refresh()

    assert_whole(town)


def test_a_table_that_is_missing_is_built_anew(town, file):
    town.close()
    db = sqlite3.connect(file)
    db.execute("DROP TABLE name")
    db.commit()
    db.close()
    town.reopen()
    town.write(LISTING_PATH, LISTING + "\n")
    town.refresh()

    assert_whole(town)


def test_a_file_deleted_while_it_is_open_is_made_again(town, file):
    file.unlink()
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    town.refresh()

    assert_whole(town)
    assert file.exists()


def test_a_file_replaced_while_it_is_open_is_opened_again(town, file, tmp_path):
    other = IndexedVault(town.root, tmp_path / "other")
    other.refresh()
    other.close()
    shutil.move(tmp_path / "other" / "index.sqlite", file)
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    town.refresh()

    assert_whole(town)
    town.reopen()
    assert town.refresh().is_unchanged
    assert town.rows("SELECT grade FROM listing") == [("A",)]


def test_two_that_build_it_at_once_both_answer_and_leave_one(tmp_path, file):
    one = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    two = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    one.write_all()
    one.refresh()
    two.refresh()
    for town in (one, two):
        town.write(
            LISTING_PATH, LISTING.replace("grade: B", f"grade: {'A' if town is one else 'D'}")
        )
        town.refresh()
        assert_whole(town)
        town.close()
    assert left_over(file) == []


def test_processes_that_refresh_at_once_leave_a_whole_index(town, tmp_path):
    town.close()
    code = """
import sys
from pathlib import Path
from tests.indexed import IndexedVault
town = IndexedVault(Path(sys.argv[1]), Path(sys.argv[2]))
for n in range(8):
    town.write(f"客源/{sys.argv[3]}-{n % 3}.md", f"---\\ntitle: {n}\\n---\\n")
    town.refresh()
    if n % 3 == 0:
        town.index.rebuild()
        town.refresh()
assert town.index.trouble is None, town.index.trouble
town.close()
"""
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-W",
                "error",
                "-c",
                code,
                str(town.root),
                str(tmp_path / "cache"),
                name,
            ]
        )
        for name in ("甲", "乙", "丙")
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    town.reopen()
    town.refresh()

    assert len(town.paths()) == 12
    assert town.differences() == []
    assert left_over(tmp_path / "cache" / "index.sqlite") == []


def test_a_locked_index_is_done_without(town, file, monkeypatch):
    monkeypatch.setattr(indexing, "BUSY_SECONDS", 0.01)
    town.reopen()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    town.refresh()

    assert_whole(town)
    assert town.index.path is None
    assert "locked" in town.index.trouble
    holder.execute("ROLLBACK")
    holder.close()
    town.reopen()
    town.refresh()
    assert town.rows("SELECT grade FROM listing") == [("A",)]


def test_an_index_that_cannot_be_replaced_is_left_to_whoever_holds_it(town, file, monkeypatch):
    monkeypatch.setattr(indexing, "BUSY_SECONDS", 0.01)
    holder = sqlite3.connect(file, isolation_level=None)
    town.index.rebuild()
    holder.execute("BEGIN IMMEDIATE")
    town.refresh()

    assert_whole(town)
    holder.execute("ROLLBACK")
    holder.close()
    town.close()
    assert left_over(file) == []


@pytest.mark.parametrize("told", ["database or disk is full", "disk I/O error"])
def test_a_disk_that_takes_nothing_leaves_an_index_in_memory(town, monkeypatch, told):
    class Full:
        """A connection that reads but does not write."""

        def __init__(self, db):
            self._db = db

        def __getattr__(self, name):
            return getattr(self._db, name)

        def execute(self, sql, *args):
            if sql.startswith("BEGIN IMMEDIATE"):
                raise sqlite3.OperationalError(told)
            return self._db.execute(sql, *args)

    connect = sqlite3.connect

    def failing(place, *args, **more):
        db = connect(place, *args, **more)
        return db if place == ":memory:" else Full(db)

    town.close()
    monkeypatch.setattr(sqlite3, "connect", failing)
    town.reopen()
    town.write(LISTING_PATH, LISTING + "\n")
    town.refresh()
    monkeypatch.undo()

    assert len(town.paths()) == 3
    assert town.index.trouble == told


def test_when_not_even_memory_helps_the_system_has_refused(town, monkeypatch):
    monkeypatch.setattr(
        indexing.Index, "writing", lambda self: (_ for _ in ()).throw(sqlite3.DatabaseError("no"))
    )
    town.write(LISTING_PATH, LISTING + "\n")
    with pytest.raises(SystemRefusedError, match="the index cannot be made: no"):
        town.refresh()


def test_without_a_folder_it_lives_in_memory(tmp_path):
    town = IndexedVault(tmp_path / "vault")
    town.write_all()
    town.refresh()
    town.write(LISTING_PATH, LISTING + "\n")
    town.refresh()

    assert_whole(town)
    assert (town.index.path, town.index.trouble) == (None, None)
    town.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_leaves_it_in_memory(tmp_path):
    town = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    town.close()
    (tmp_path / "cache").chmod(0o500)
    town.reopen()
    town.write_all()
    town.refresh()

    assert_whole(town)
    assert town.index.trouble
    (tmp_path / "cache").chmod(0o700)
    town.close()


def test_a_folder_that_is_gone_leaves_it_in_memory(tmp_path):
    town = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    town.close()
    shutil.rmtree(tmp_path / "cache")
    town.index = Index(str(tmp_path / "cache"), town.vault.rules.schema, "x")
    town.write_all()
    town.refresh()

    assert_whole(town)
    assert town.index.trouble
    town.close()


def test_what_killed_processes_left_is_swept_up(town, file):
    old = file.parent / "index.sqlite.123-abc.new"
    young = file.parent / "index.sqlite.124-abc.new"
    for place in (old, young):
        place.write_bytes(b"half an index")
    os.utime(old, (1, 1))
    town.index.rebuild()
    town.refresh()

    assert left_over(file) == [young.name]


def test_the_generation_grows_with_every_change_and_over_a_rebuild(town):
    seen = [town.index.generation]
    town.write(LISTING_PATH, LISTING + "\n")
    town.refresh()
    seen.append(town.index.generation)
    town.refresh()
    assert town.index.generation == seen[-1]
    town.index.rebuild()
    town.refresh(clock_ns=town.clock_ns + 10)
    seen.append(town.index.generation)

    assert seen == sorted(set(seen))


def test_what_spares_work_is_not_insisted_upon(town, file, monkeypatch):
    monkeypatch.setattr(indexing, "BUSY_SECONDS", 0.01)
    town.reopen()
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    town.index.remember("key", "value")
    holder.close()
    assert town.index.meta("key") is None
    town.index.remember("key", "value")
    assert town.index.meta("key") == "value"
