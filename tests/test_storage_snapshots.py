import random
import sqlite3

import pytest

from brokernotes.storage.index import DamagedIndexError
from brokernotes.storage.snapshots import differences, load, save
from brokernotes.storage.stamps import in_folders, paths_in, stamps_of, without
from tests.indexed import IndexedVault

FILES = {f"客源/{n}.md": (n, 10**18 + n, 10**18 + n, n * 7, 0o100644) for n in range(500)}
FILES["收件箱.md"] = (1, 2, 3, 4, 0o100644)


@pytest.fixture
def db():
    found = sqlite3.connect(":memory:", isolation_level=None)
    found.execute(
        "CREATE TABLE folder(prefix TEXT PRIMARY KEY, total BLOB, stamps BLOB, names BLOB)"
    )
    yield found
    found.close()


def compared(before, now):
    return tuple(map(sorted, differences(in_folders(before), in_folders(now))))


def plainly(before, now):
    return (
        sorted(now.keys() - before.keys()),
        sorted(path for path in now if before.get(path, now[path]) != now[path]),
        sorted(before.keys() - now.keys()),
    )


def test_files_come_back_as_they_were_kept(db):
    save(db, {}, in_folders(FILES))

    assert load(db) == in_folders(FILES)
    assert paths_in(load(db)) == FILES


def test_what_is_told_in_another_order_does_not_differ():
    assert compared(FILES, dict(reversed(FILES.items()))) == ([], [], [])


@pytest.mark.parametrize("at", [0, 1, 63, 64, 250, 499])
def test_one_edited_added_or_removed_note_is_found_wherever_it_stands(at):
    path = f"客源/{at}.md"
    less = {one: stamp for one, stamp in FILES.items() if one != path}

    assert compared(FILES, {**FILES, path: (9, 9, 9, 9, 9)}) == ([], [path], [])
    assert compared(less, FILES) == ([path], [], [])
    assert compared(FILES, less) == ([], [], [path])


def test_any_change_is_told_as_a_plain_comparison_tells_it():
    chance = random.Random(7)
    for _ in range(300):
        before = dict(chance.sample(sorted(FILES.items()), chance.randrange(12)))
        now = dict(before)
        for path, stamp in chance.sample(sorted(FILES.items()), chance.randrange(5)):
            if now.pop(path, None) is None or chance.random() < 0.5:
                now[path] = (chance.randrange(2), *stamp[1:])
        if chance.random() < 0.3:
            now = dict(chance.sample(sorted(now.items()), len(now)))
        assert compared(before, now) == plainly(before, now)


def test_one_change_writes_one_row(db):
    now = in_folders({**FILES, "客源/3.md": (4, 10**18, 10**18, 22, 0o100644)})
    save(db, {}, in_folders(FILES))
    before = db.total_changes
    save(db, in_folders(FILES), now)

    assert db.total_changes - before == 1
    assert load(db) == now


def test_a_folder_without_notes_leaves_no_row(db):
    save(db, {}, in_folders(FILES))
    save(db, load(db), {})

    assert load(db) == {}


@pytest.mark.parametrize(
    "paths", [["客源/0.md", "客源/7.md", "客源/none.md", "x/y.md"], list(FILES)]
)
def test_the_stamps_of_some_notes(paths):
    folders = in_folders(FILES)

    assert stamps_of(folders, paths) == {path: FILES[path] for path in paths if path in FILES}


def test_the_same_without_some_notes():
    gone = {"客源/3.md", "收件箱.md", "x/y.md"}

    left = without(in_folders(FILES), gone)

    assert paths_in(left) == {path: FILES[path] for path in FILES if path not in gone}
    assert list(left) == ["客源/"]


@pytest.mark.parametrize("data", [b"", b"\xff" * 40, None, "text", 7])
@pytest.mark.parametrize("column", ["names", "stamps"])
def test_damaged_bytes_are_found_before_they_are_unpacked(db, column, data):
    save(db, {}, in_folders(FILES))
    db.execute(f"UPDATE folder SET {column} = ?", (data,))  # noqa: S608

    with pytest.raises(DamagedIndexError):
        load(db)


def test_every_flipped_bit_is_found(db):
    save(db, {}, in_folders({"a.md": (1, 2, 3, 4, 5)}))
    for column in ("names", "stamps"):
        ((data,),) = db.execute(f"SELECT {column} FROM folder").fetchall()  # noqa: S608
        for at in range(len(data)):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
            db.execute(f"UPDATE folder SET {column} = ?", (changed,))  # noqa: S608
            with pytest.raises(DamagedIndexError):
                load(db)
        db.execute(f"UPDATE folder SET {column} = ?", (data,))  # noqa: S608


def test_a_refresh_builds_a_damaged_one_anew(tmp_path):
    town = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    town.write_all()
    town.refresh()
    town.index.db.execute("UPDATE folder SET stamps = x'ff'")
    town.refresh()

    assert len(town.paths()) == 3
    assert town.differences() == []
    town.close()
