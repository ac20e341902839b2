import sqlite3
from typing import Any

import pytest

from brokernotes.model.records import Record
from brokernotes.storage.resolver import BY_ALIAS, BY_ID, BY_NAME, NewNames, Resolver, StoredNames

NOTES: tuple[tuple[str, str, str | None, dict[str, Any]], ...] = (
    ("房源/阳光花园 3室-7K2PQM.md", "listing", "L-7K2PQM", {"title": "阳光花园 3室"}),
    ("房源/春江苑.md", "listing", "L-H4T0ZB", {"aliases": ("春江",), "former_ids": ("L-0AD0AD",)}),
    ("客源/春江.md", "client", "C-H4T0ZB", {}),
    ("客源/周先生.md", "client", None, {"title": "同名"}),
    ("旧/周先生.md", "client", "C-1BVQKE", {"aliases": ("同名",)}),
)


@pytest.fixture(params=["new", "stored"])
def resolver(request):
    names = NewNames()
    for path, kind, id_, values in NOTES:
        n = names.promise(path, kind)
        names.keep(n, Record(path=path, type=kind, id=id_, values=values))
    if request.param == "new":
        yield Resolver(names)
        return
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE name(fold, rank, n)")
    db.execute("CREATE TABLE note(n, path, id)")
    db.executemany("INSERT INTO name VALUES(?, ?, ?)", names.rows())
    for n, (path, _, id_, _) in enumerate(NOTES, 1):
        db.execute("INSERT INTO note VALUES(?, ?, ?)", (n, path, id_))
    yield Resolver(StoredNames(db))
    db.close()


@pytest.mark.parametrize(
    ("target", "n", "rank"),
    [
        ("阳光花园 3室-7K2PQM", 1, BY_NAME),
        ("房源/阳光花园 3室-7K2PQM", 1, BY_NAME),
        ("旧名字-7K2PQM", 1, BY_ID),
        ("L-7K2PQM", 1, BY_ID),
        ("L-0AD0AD", 2, BY_ID),
        ("阳光花园 3室", 1, BY_ALIAS),
        ("春江", 3, BY_NAME),
        ("C-H4T0ZB", 3, BY_ID),
        ("L-H4T0ZB", 2, BY_ID),
        ("旧/周先生", 5, BY_NAME),
        ("没有", None, BY_NAME),
        ("", None, BY_NAME),
    ],
)
def test_a_target_is_looked_for_by_name_then_id_then_alias(resolver, target, n, rank):
    found = resolver.find(target)

    assert (found.n, found.rank, found.candidates) == (n, rank, ())


@pytest.mark.parametrize(("target", "candidates"), [("周先生", (4, 5)), ("同名", (4, 5))])
def test_a_target_of_two_is_attributed_to_neither(resolver, target, candidates):
    found = resolver.find(target)

    assert (found.n, found.candidates) == (None, candidates)


def test_six_characters_of_two_ids_need_the_letter(resolver):
    assert resolver.find("别的名字-H4T0ZB").candidates == (2, 3)


def test_the_id_of_a_target_is_the_notes(resolver):
    assert resolver.id_of("阳光花园 3室") == "L-7K2PQM"
    assert resolver.id_of("客源/周先生") is None
    assert resolver.id_of("没有") is None


def test_before_a_note_is_read_its_file_name_promises_the_id():
    names = NewNames()
    n = names.promise("房源/阳光-7K2PQM.md", "listing")
    resolver = Resolver(names)
    assert resolver.id_of("别名-7K2PQM") == "L-7K2PQM"

    read = Record(path="房源/阳光-7K2PQM.md", type="listing", id="L-H4T0ZB", values={})
    assert names.keep(n, read)
    resolver.forget()

    assert resolver.id_of("别名-7K2PQM") is None
    assert resolver.id_of("L-H4T0ZB") == "L-H4T0ZB"
    names.take_away(n)
    resolver.forget()
    assert resolver.id_of("阳光-7K2PQM") is None
    assert names.rows() == []
