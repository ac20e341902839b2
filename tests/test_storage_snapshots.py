import sqlite3

import pytest

from brokernotes.storage.index import DamagedIndexError
from brokernotes.storage.snapshots import BUCKETS, differing, load, pack, save, unpack
from tests.indexed import IndexedVault

FILES = {f"客源/{n}.md": (n, 10**18 + n, 10**18 + n, n * 7) for n in range(500)}


@pytest.fixture
def db():
    found = sqlite3.connect(":memory:", isolation_level=None)
    found.execute("CREATE TABLE file(bucket INTEGER PRIMARY KEY, data BLOB, total INTEGER)")
    yield found
    found.close()


def test_files_come_back_as_they_were_kept(db):
    buckets = pack(FILES)
    save(db, {}, buckets)

    assert load(db) == buckets
    assert unpack(load(db), range(BUCKETS)) == FILES


def test_equal_files_are_equal_bytes_and_another_order_is_equal_when_unpacked():
    turned = dict(reversed(FILES.items()))

    assert differing(pack(FILES), pack(dict(FILES))) == []
    others = differing(pack(FILES), pack(turned))
    assert others
    assert unpack(pack(FILES), others) == unpack(pack(turned), others)


def test_one_change_writes_one_bucket_and_another_inode_two(db):
    save(db, {}, pack(FILES))
    edited = {**FILES, "客源/3.md": (4, 10**18, 10**18, 21)}
    replaced = {**FILES, "客源/3.md": (4, 10**18, 10**18, 22)}

    assert len(differing(pack(FILES), pack(edited))) == 1
    assert len(differing(pack(FILES), pack(replaced))) == 2
    before = db.total_changes
    save(db, pack(FILES), pack(edited))
    assert db.total_changes - before == 2  # one row out, one in
    assert load(db) == pack(edited)


def test_an_empty_bucket_leaves_no_row(db):
    save(db, {}, pack({"a.md": (1, 2, 3, 4)}))
    save(db, load(db), pack({}))

    assert load(db) == {}


@pytest.mark.parametrize("data", [b"", b"\xff" * 40, None, "text", 7])
def test_damaged_bytes_are_found_before_they_are_unpacked(db, data):
    save(db, {}, pack(FILES))
    db.execute("UPDATE file SET data = ? WHERE bucket = 7", (data,))

    with pytest.raises(DamagedIndexError):
        load(db)


def test_every_flipped_bit_is_found(db):
    save(db, {}, pack({"a.md": (1, 2, 3, 4)}))
    ((data,),) = db.execute("SELECT data FROM file").fetchall()
    for at in range(len(data)):
        db.execute(
            "UPDATE file SET data = ?", (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],)
        )
        with pytest.raises(DamagedIndexError):
            load(db)


def test_a_refresh_builds_a_damaged_one_anew(tmp_path):
    town = IndexedVault(tmp_path / "vault", tmp_path / "cache")
    town.write_all()
    town.refresh()
    town.index.db.execute("UPDATE file SET data = x'ff'")
    town.refresh()

    assert len(town.paths()) == 3
    assert town.differences() == []
    town.close()
