"""The texts of notes, some dozens in a row: found, changed, and never taken for one another's."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.storage import texts
from brokernotes.storage.finding import Asked, notes_with
from brokernotes.storage.index import DamagedIndexError
from brokernotes.storage.tables import TABLES
from brokernotes.storage.texts import (
    PACK,
    PARTS,
    ChangedTexts,
    NewTexts,
    notes_saying,
    packs,
    texts_of,
)


@pytest.fixture
def db():
    return empty()


def empty():
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(TABLES)
    return made


def fill(db, notes):
    def write(table, rows):
        places = ", ".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES({places})", rows)

    new = NewTexts(write)
    for n, parts in notes.items():
        new.put(n, parts)
    new.flush()


def stored(db):
    """What every note says; each stands in the row that it is said to stand in."""
    of = dict(db.execute("SELECT n, pack FROM packed"))
    found = {}
    for part in PARTS:
        for pack, one in packs(db, part):
            assert 0 < len(one.numbers) <= PACK
            for place, n in enumerate(one.numbers):
                assert of[n] == pack
                found.setdefault(n, []).append(one.text(place).decode())
    assert of.keys() == found.keys()
    return {n: tuple(said) for n, said in found.items()}


def asked(words, without=(), also=lambda _: ()):
    return Asked(words, without, also)


def numbers(db, *words, **more):
    return sorted(row.n for row in notes_with(db, asked(words, **more)))


def test_a_word_that_begins_in_one_note_and_ends_in_the_next_is_in_neither(db):
    fill(db, {1: ("阳光花", "大客"), 2: ("园", "厅"), 3: ("", ""), 4: ("花园", "客厅客")})

    assert notes_saying(db, ["花园"]) == {4}
    assert notes_saying(db, ["客厅"]) == {4}
    assert notes_saying(db, ["花园", "大客"]) == {1, 4}
    assert notes_saying(db, ["厅客", ""]) == {4}


def test_a_text_is_got_by_its_number_alone(db):
    fill(db, {n: (f"名{n}", f"文{n}") for n in range(1, 3 * PACK)})

    assert texts_of(db, "body", (PACK + 1, 5, 9999)) == {
        5: "文5".encode(),
        PACK + 1: f"文{PACK + 1}".encode(),
    }


def test_what_no_file_can_say_is_stored_all_the_same(db):
    fill(db, {1: ("\ud800a", "")})

    assert stored(db) == {1: ("?a", "")}


def test_new_notes_go_behind_the_last_one(db):
    fill(db, dict.fromkeys(range(1, PACK), ("", "")))
    changed = ChangedTexts(db)
    for n in range(PACK, 2 * PACK + 5):
        changed.put(n, (f"{n}", ""))
    changed.flush()

    assert len(stored(db)) == 2 * PACK + 4
    assert [len(one.numbers) for _, one in packs(db, "head")] == [PACK, PACK, 4]


NOTES = st.dictionaries(
    st.integers(1, 12), st.tuples(st.text("ab客", max_size=4), st.text("ab客", max_size=4))
)
STEPS = st.lists(
    st.tuples(st.integers(1, 12), st.one_of(st.none(), st.tuples(st.text("a客"), st.text("b")))),
    max_size=30,
)


@given(NOTES, st.lists(STEPS, max_size=4), st.text("ab客", min_size=1, max_size=3))
def test_whatever_changes_each_note_says_what_it_says(notes, rounds, word):
    db = empty()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "PACK", 3)
        fill(db, notes)
        now = dict(notes)
        for steps in rounds:
            changed = ChangedTexts(db)
            for n, parts in steps:
                if parts is None:
                    changed.remove(n)
                    now.pop(n, None)
                else:
                    changed.put(n, parts)
                    now[n] = parts
            changed.flush()

    assert stored(db) == now
    saying = {n for n, parts in now.items() if any(word in part for part in parts)}
    assert notes_saying(db, [word]) == saying
    assert numbers(db, word) == sorted(saying)
    named = [row.n for row in notes_with(db, asked([word])) if row.is_named]
    assert sorted(named) == sorted(n for n, (head, _) in now.items() if word in head)


def test_all_words_and_none_of_the_others_and_those_that_count(db):
    fill(db, {1: ("a b", "c"), 2: ("a", "b"), 3: ("b", ""), 4: ("a", "b c")})

    assert numbers(db, "a", "b") == [1, 2, 4]
    assert numbers(db, "a", "b", without=["c"]) == [2]
    assert numbers(db, "a", "b", also=lambda word: {3} if word == "a" else ()) == [1, 2, 3, 4]
    assert numbers(db, "b c") == [4]


def test_the_names_will_do_where_enough_have_the_words(db):
    fill(db, {1: ("a", "log a"), 2: ("a", ""), 3: ("", "a")})
    enough = notes_with(db, asked(["a"]), 2)

    assert sorted((row.n, row.body) for row in enough) == [(1, b"log a"), (2, b"")]
    assert len(notes_with(db, asked(["a"]), 3)) == 3


@pytest.mark.parametrize(
    "change", ["ends = x'01'", "notes = x'0102030405060708'", "data = x'00'", "ends = NULL"]
)
def test_a_damaged_row_is_no_answer(db, change):
    fill(db, {1: ("abc", "abc")})
    db.execute(f"UPDATE head SET {change}")  # noqa: S608

    with pytest.raises(DamagedIndexError):
        notes_saying(db, ["a"])
    with pytest.raises(DamagedIndexError):
        notes_with(db, asked(["a"]))
