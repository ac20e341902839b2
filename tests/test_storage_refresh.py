import os
import subprocess
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from brokernotes.errors import ChangedMeanwhileError
from brokernotes.joint import DERIVING
from brokernotes.storage import filling, last_look, storing, updating, walking
from brokernotes.storage import refresh as refreshing
from brokernotes.storage.reading import read_text
from tests.indexed import (
    AGENT,
    CLIENT,
    LATER,
    LISTING,
    LONG_AGO,
    SECOND,
    TODAY,
    IndexedVault,
    stamped,
)

CLIENT_PATH, LISTING_PATH = "客源/李女士-7K2PQM.md", "房源/阳光花园-9F3DWA.md"
OLD = {"mtime": LONG_AGO}


@pytest.fixture
def town(tmp_path):
    vault = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    vault.write_all()
    yield vault
    vault.close()


def grades(town):
    return [grade for (grade,) in town.rows("SELECT grade FROM listing")]


# -- which files are read


def test_what_did_not_change_is_not_read_again(town, monkeypatch):
    town.refresh()
    monkeypatch.setattr(storing, "read_text", None)

    found = town.refresh()

    assert found.is_unchanged
    assert found == (True, [], [], [])


def test_an_edit_of_equal_size_in_the_same_tick_is_seen(town):
    tick = {LISTING_PATH: {"mtime": LATER - 1_000_000}}
    with stamped(tick):
        town.refresh(clock_ns=LATER)
        town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
        found = town.refresh(clock_ns=LATER + SECOND)

    assert found.modified == [LISTING_PATH]
    assert grades(town) == ["A"]


def test_a_young_file_is_read_again_only_until_it_is_old(town):
    with stamped({LISTING_PATH: {"mtime": LATER - 1_000_000}}):
        town.refresh(clock_ns=LATER)
        assert town.refresh(clock_ns=LATER + SECOND).is_unchanged
        assert town.index.meta("racy") == b""


def test_a_time_in_whole_seconds_counts_as_young_for_two_of_them(town):
    whole = LATER // SECOND * SECOND
    with stamped({LISTING_PATH: {"mtime": whole}}):
        town.refresh(clock_ns=whole + SECOND)
        assert town.index.meta("racy").decode() == LISTING_PATH
        town.refresh(clock_ns=whole + 3 * SECOND)
        assert town.index.meta("racy") == b""


def test_a_date_set_into_the_future_does_not_make_a_file_young_for_ever(town):
    with stamped({LISTING_PATH: {"mtime": LATER * 2, "ctime": LONG_AGO}}):
        town.refresh(clock_ns=LATER)

    assert town.index.meta("racy") == b""


def test_an_edit_whose_mtime_was_restored_is_seen_by_its_ctime(town):
    town.refresh(clock_ns=LATER * 2)
    place = town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    with stamped({LISTING_PATH: OLD}):
        town.refresh()
    os.utime(place, ns=(LONG_AGO, LONG_AGO))
    with stamped({LISTING_PATH: {"mtime": LONG_AGO, "ctime": LATER}}):
        town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: D"))
        assert town.refresh(clock_ns=LATER + SECOND).modified == [LISTING_PATH]

    assert grades(town) == ["D"]


def test_the_real_ctime_shows_an_edit_whose_mtime_was_restored(town):
    place = town.root / LISTING_PATH
    os.utime(place, ns=(LONG_AGO, LONG_AGO))
    town.refresh(clock_ns=LATER * 2)
    before = place.stat().st_ctime_ns
    while place.stat().st_ctime_ns == before:  # the system's tick is a few milliseconds
        place.write_text(LISTING.replace("grade: B", "grade: A"), encoding="utf-8")
    os.utime(place, ns=(LONG_AGO, LONG_AGO))

    assert town.refresh(clock_ns=LATER * 2).modified == [LISTING_PATH]


def test_another_file_put_in_its_place_is_seen_by_its_inode(town):
    with stamped({}):
        town.refresh()
        fresh = town.write("房源/.new", LISTING.replace("grade: B", "grade: C"))
        fresh.replace(town.root / LISTING_PATH)
        assert town.refresh().modified == [LISTING_PATH]


def test_a_touched_note_is_no_modified_one(town):
    town.refresh()
    with stamped({LISTING_PATH: {"mtime": LONG_AGO + 1}}):
        assert town.refresh().is_unchanged


def test_a_deleted_note_takes_everything_with_it(town):
    town.refresh()
    (town.root / LISTING_PATH).unlink()

    assert town.refresh().removed == [LISTING_PATH]
    assert not town.rows("SELECT * FROM occurrence WHERE key LIKE 'L-%'")
    assert town.differences() == []


def test_a_renamed_folder_keeps_every_note(town):
    town.refresh()
    (town.root / "客源").rename(town.root / "clients")

    found = town.refresh()

    assert (found.added, found.removed) == (["clients/李女士-7K2PQM.md"], [CLIENT_PATH])
    assert town.differences() == []


def test_a_checkout_of_another_branch_and_back_is_followed(town):
    def git(*args):
        settings = ("-c", "user.name=x", "-c", "user.email=x@example.com")
        subprocess.run(["git", *settings, *args], cwd=town.root, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "one")
    git("switch", "-qc", "other")
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    town.write("客源/新来的-1BVQKE.md", CLIENT.replace("7K2PQM", "1BVQKE"))
    git("add", "-A")
    git("commit", "-qm", "two")
    town.refresh(clock_ns=0)  # as if every file had been written long ago

    git("switch", "-q", "main")
    town.refresh(clock_ns=0)
    assert (len(town.paths()), grades(town), town.differences()) == (3, ["B"], [])
    git("switch", "-q", "other")
    town.refresh(clock_ns=0)
    assert (len(town.paths()), grades(town), town.differences()) == (4, ["A"], [])


# -- what happens while it is read


@pytest.mark.parametrize("is_new", [True, False])
def test_a_file_that_vanishes_before_it_is_read_is_gone(town, monkeypatch, is_new):
    if not is_new:
        town.refresh()
        town.write(LISTING_PATH, LISTING + "\n")

    def vanishing(root, path, **options):
        if path == LISTING_PATH:
            Path(root, path).unlink(missing_ok=True)
        return read_text(root, path, **options)

    monkeypatch.setattr(storing, "read_text", vanishing)
    town.refresh()

    assert LISTING_PATH not in town.paths()
    assert town.differences() == []
    town.write(LISTING_PATH, LISTING)
    monkeypatch.undo()
    assert town.refresh().added == [LISTING_PATH]
    assert town.differences() == []


def test_a_file_written_while_it_is_read_is_read_again(town, monkeypatch):
    def torn(root, path, **options):
        source = read_text(root, path, **options)
        source.is_torn = path == LISTING_PATH
        return source

    monkeypatch.setattr(storing, "read_text", torn)
    town.refresh()
    assert town.index.meta("racy").decode() == LISTING_PATH
    monkeypatch.undo()
    town.refresh()
    assert town.index.meta("racy") == b""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_hides_no_other(town):
    (town.root / LISTING_PATH).chmod(0)
    town.refresh()
    assert town.rows("SELECT code FROM problem WHERE code = 'unreadable'")
    (town.root / LISTING_PATH).chmod(0o600)
    town.refresh()
    assert grades(town) == ["B"]


def test_a_file_that_could_not_be_read_is_tried_again_although_its_stamp_is_equal(
    town, monkeypatch
):
    def failing(root, path, **options):
        if path == LISTING_PATH:
            return read_text(root, path, limit=3)  # read as too big: nothing of it is known
        return read_text(root, path, **options)

    monkeypatch.setattr(storing, "read_text", failing)
    town.refresh()
    assert grades(town) == [None]
    monkeypatch.undo()
    town.refresh()
    assert grades(town) == ["B"]


def test_one_bad_note_hides_none_of_the_others(town):
    bad = {
        "客源/空.md": b"",
        "客源/二进制.md": bytes(range(256)) * 9,
        "客源/没关.md": "---\nid: C-AAAAA2\ntype: client\n",
        "客源/嵌套.md": "---\na: {b: [c\n---\n",
        "客源/大数.md": "---\nid: C-AAAAA3\ncadence_days: 99999999999999999999999\n---\n",
        "客源/半个字.md": '---\nid: C-AAAAA4\ntitle: "\\ud83d"\nfoo: "\\udc00"\n---\n',
        "客源/文件夹.md/x.md": "x",
    }
    for path, text in bad.items():
        town.write(path, text)
    town.refresh()

    assert {CLIENT_PATH, LISTING_PATH} <= set(town.paths())
    assert town.rows("SELECT 1 FROM occurrence WHERE key LIKE 'L-%'")
    assert town.differences() == []
    for path in bad:
        town.write(path, CLIENT)
    town.refresh()
    assert town.differences() == []


# -- names and ids


@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_link_finds_a_file_whose_name_is_composed_otherwise(town, form, other):
    town.write(unicodedata.normalize(form, "客源/José-1BVQKE.md"), "---\nid: C-1BVQKE\n---\n")
    owner = unicodedata.normalize(other, 'owner: "[[José-1BVQKE]]"')
    town.write(LISTING_PATH, LISTING.replace("grade: B", owner))
    town.refresh()

    assert town.rows("SELECT DISTINCT person FROM occurrence WHERE key LIKE 'L-%'") == [
        ("C-1BVQKE",)
    ]


def test_a_note_moved_to_another_folder_changes_its_type(town):
    text = LISTING.replace("type: listing\n", "")
    town.write(LISTING_PATH, text)
    town.refresh()
    (town.root / LISTING_PATH).rename(town.root / "客源/阳光花园-9F3DWA.md")
    town.refresh()

    assert town.rows("SELECT type FROM note WHERE path = '客源/阳光花园-9F3DWA.md'") == [
        ("client",)
    ]
    assert town.rows("SELECT count(*) FROM listing") == [(0,)]
    assert town.differences() == []


def test_a_type_typed_over_clears_the_values_of_the_former(town):
    town.refresh()
    town.write(LISTING_PATH, LISTING.replace("type: listing", "type: client"))
    town.refresh()

    assert town.rows("SELECT count(*) FROM listing") == [(0,)]
    assert town.differences() == []


def test_two_notes_of_one_id_are_both_there(town):
    town.refresh()
    town.write("客源/李女士 2.md", CLIENT)
    town.refresh()

    assert town.rows("SELECT count(*) FROM note WHERE id = 'C-7K2PQM'") == [(2,)]
    assert town.differences() == []
    (town.root / CLIENT_PATH).unlink()
    town.refresh()
    assert town.differences() == []


def test_a_note_that_loses_its_id_is_known_by_its_path(town):
    town.refresh()
    town.write(CLIENT_PATH, CLIENT.replace("id: C-7K2PQM\n", ""))
    town.refresh()

    assert [key for key in town.due() if key.startswith("客源/")]
    assert town.differences() == []


def test_a_page_that_becomes_a_note_and_back_is_a_target_in_between(town):
    town.write("收件箱.md", "随手记\n")
    town.refresh()
    assert town.rows("SELECT path FROM target WHERE path != 'brokernotes.yaml'") == [("收件箱.md",)]
    town.write("收件箱.md", "还是随手记\n")
    town.refresh()
    assert town.rows("SELECT path FROM target WHERE path != 'brokernotes.yaml'") == [("收件箱.md",)]
    town.write("收件箱.md", "---\ntype: client\n---\n")
    assert town.refresh().modified == ["收件箱.md"]
    assert (
        town.rows("SELECT path FROM target WHERE path != 'brokernotes.yaml'"),
        len(town.paths()),
    ) == ([], 4)
    town.write("收件箱.md", "随手记\n")
    assert town.refresh().removed == ["收件箱.md"]
    assert town.differences() == []


def test_pictures_come_and_go_as_targets(town):
    town.refresh()
    town.write("房源/户型图.png", b"png")
    town.refresh()
    assert town.rows("SELECT path FROM target WHERE path != 'brokernotes.yaml'") == [
        ("房源/户型图.png",)
    ]
    (town.root / "房源/户型图.png").unlink()
    town.refresh()
    assert town.rows("SELECT path FROM target WHERE path != 'brokernotes.yaml'") == []


# -- colleagues


def test_when_a_colleague_leaves_everything_is_derived_anew(town):
    text = LISTING.replace("王敏", "李航")
    town.write(LISTING_PATH, text)
    town.write("经纪人/李航.md", AGENT.replace("A-WANG22", "A-HANG33").replace("王敏", "李航"))
    town.refresh()
    assert ("A-HANG33",) in town.rows("SELECT agent FROM occurrence WHERE key LIKE 'L-%'")
    town.write(
        "经纪人/李航.md",
        "---\nid: A-HANG33\ntype: agent\nsupervisor: '[[王敏]]'\nleft: 2026-11-01\n---\n",
    )
    town.refresh()

    assert ("A-WANG22",) in town.rows("SELECT agent FROM occurrence WHERE key LIKE 'L-%'")
    assert town.differences() == []


def test_a_colleague_outside_the_folder_is_known_to_all_logs(town):
    (town.root / "经纪人/王敏.md").unlink()
    town.write("别处/王敏.md", AGENT)
    town.write(CLIENT_PATH, CLIENT.replace("聊了", "@王敏 聊了"))
    town.refresh()

    assert not town.rows("SELECT * FROM problem WHERE code LIKE '%agent%'")
    assert town.differences() == []


def test_colleagues_that_never_stand_still_end_in_a_refusal(town, monkeypatch):
    def restless(self, paths, progress):
        raise filling.ColleaguesChangedError(frozenset())

    monkeypatch.setattr(filling.Filling, "run", restless)
    with pytest.raises(ChangedMeanwhileError):
        town.refresh()


# -- days


def test_an_entry_of_tomorrow_counts_from_tomorrow(town):
    town.write(CLIENT_PATH, CLIENT.replace("2026-11-01", "2026-11-22"))
    town.refresh(TODAY)
    before = town.due()
    found = town.refresh(TODAY + timedelta(days=1))

    assert (found.modified, found.is_unchanged) == ([], False)
    assert town.due() != before
    assert town.differences(TODAY + timedelta(days=1)) == []


def test_a_day_before_the_last_one_derives_as_of_that_day(town):
    town.write(CLIENT_PATH, CLIENT.replace("2026-11-01", "2026-11-22"))
    town.refresh(date(2026, 12, 24))
    town.refresh(TODAY)

    assert town.differences(TODAY) == []


# -- a refresh as one whole


def test_another_process_may_refresh_meanwhile(town, tmp_path, monkeypatch):
    town.refresh()
    other = IndexedVault(town.root, tmp_path / "cache")
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    begun: list[int] = []

    def overtaken(root):
        found = walking.scan(root)
        if not begun:
            begun.append(1)
            town.write("客源/新来的.md", CLIENT.replace("id: C-7K2PQM\n", ""))
            other.refresh()
        return found

    monkeypatch.setattr(last_look, "scan", overtaken)
    found = town.refresh()

    assert found.removed == []
    assert len(town.paths()) == 4
    assert town.differences() == []
    other.close()


def test_progress_is_told_every_file(town):
    seen = []

    def progress(paths, count):
        for path in paths:
            seen.append((path, count))
            yield path

    refreshing.refresh(
        str(town.root), town.index, town.vault.rules, DERIVING,
        today=TODAY, clock_ns=LATER, progress=progress,
    )  # fmt: skip

    assert {path for path, _ in seen} == set(town.paths())
    assert {count for _, count in seen} == {3}


def test_an_error_while_updating_leaves_the_index_as_it_was(town, monkeypatch):
    town.refresh()
    before = town.due()
    town.write(LISTING_PATH, LISTING.replace("grade: B", "grade: A"))
    monkeypatch.setattr(updating.Updating, "_settle", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        town.refresh()
    monkeypatch.undo()

    assert (town.due(), grades(town)) == (before, ["B"])
    town.refresh()
    assert town.differences() == []
