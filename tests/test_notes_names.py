import random
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.model.problems import PROBLEMS
from brokernotes.notes.names import (
    NameFault,
    is_entry_id,
    is_minted_entry_id,
    is_note_id,
    mint_entry_id,
    mint_id,
    name_problems,
    path_problems,
    safe_name,
    trailing_id,
)
from tests.examples import many

SHANGHAI = timezone(timedelta(hours=8))


class Bits:
    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def getrandbits(self, k):
        return self.numbers.pop(0) % (1 << k)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        *(
            (f"阳光{character}花园", NameFault.FORBIDDEN_CHARACTER)
            for character in '<>:"/\\|?*#^[]'
        ),
        ("阳光\n花园", NameFault.INVISIBLE_CHARACTER),
        ("阳光\u200b花园", NameFault.INVISIBLE_CHARACTER),
        ("阳光\u202e花园", NameFault.INVISIBLE_CHARACTER),
        ("阳光\udcff", NameFault.INVISIBLE_CHARACTER),
        (".阳光", NameFault.LEADING_DOT),
        ("阳光 ", NameFault.OUTER_SPACE),
        (" 阳光", NameFault.OUTER_SPACE),
        ("阳光\u3000", NameFault.OUTER_SPACE),
        ("阳光.", NameFault.TRAILING_DOT),
        ("CON", NameFault.DEVICE_NAME),
        ("nul.旧", NameFault.DEVICE_NAME),
        ("com1 .x", NameFault.DEVICE_NAME),
        ("LPT²", NameFault.DEVICE_NAME),
        ("Cafe\u0301", NameFault.NOT_NFC),
        ("a" * 81, NameFault.TOO_LONG),
        ("阳" * 61, NameFault.TOO_LONG),
    ],
)
def test_a_fault_of_a_name_is_named(name, fault):
    assert name_problems(name) == (fault,)


@pytest.mark.parametrize(
    "name",
    [
        "阳光花园 3室2厅-7K2PQM",
        "李女士 浦东三房",
        "Café",
        "console",
        "com10",
        "a.b",
        "阳" * 60,
        "a" * 80,
    ],
)
def test_what_people_say_is_a_good_name(name):
    assert name_problems(name) == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("阳光花园 3室2厅", "阳光花园 3室2厅"),
        ("3室/2厅", "3室-2厅"),
        ("[急售] 阳光?花园", "急售· 阳光·花园"),
        ("../../etc/passwd", "etc-passwd"),
        ("  春江\u3000苑\t2室 ", "春江 苑 2室"),
        ("-rf", "rf"),
        ("CON", "CON·"),
        ("nul.旧", "nul·.旧"),
        ("Cafe\u0301", "Café"),
        ("阳光\u200b花园\u202e", "阳光花园"),
        ("???", ""),
        ("", ""),
        ("李女士...", "李女士"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert safe_name(title) == name


def test_a_long_title_is_cut_but_its_id_is_not():
    name = safe_name("阳" * 100, "-7K2PQM")

    assert name.endswith("阳-7K2PQM")
    assert len((name + ".md").encode()) <= 180
    assert len(safe_name("a" * 100, "-7K2PQM") + ".md") == 80


def test_a_cut_does_not_part_a_letter_from_its_accent():
    title = "a" * 76 + "x\u0323\u0307"  # x has no composed form with these

    assert safe_name(title) == "a" * 76


def test_a_suffix_makes_a_device_name_harmless():
    assert safe_name("CON", "-7K2PQM") == "CON-7K2PQM"


@given(st.text(max_size=120), st.sampled_from(["", "-7K2PQM"]))
@settings(max_examples=many(300))
def test_every_title_becomes_a_safe_name_and_stays_it(title, suffix):
    name = safe_name(title, suffix)

    if name:
        assert name_problems(name) == ()
        assert name.endswith(suffix)
        assert len((name + ".md").encode()) <= 180
        assert safe_name(name) == name


def test_unsafe_and_colliding_names_are_problems():
    found = list(
        path_problems(["clients/李?.md", "clients/Wang.md", "listings/wang.md", "阳光.md"])
    )

    assert [(problem.position.path, problem.code) for problem in found] == [
        ("clients/李?.md", "unsafe-name"),
        ("clients/Wang.md", "name-collision"),
        ("listings/wang.md", "name-collision"),
    ]
    assert found[0].params == {"name": "李?", "faults": ["forbidden-character"], "safe": "李"}
    assert found[1].params == {"other": "listings/wang.md"}
    assert found[2].params == {"other": "clients/Wang.md"}
    for problem in found:
        kind = PROBLEMS[problem.code]
        assert "{" not in (kind.message + kind.hint).format_map(problem.params)


def test_a_minted_id_is_a_note_id():
    source = random.Random(1)
    for letter in "CLDMA":
        assert is_note_id(mint_id(letter, source))


def test_a_taken_id_and_one_of_digits_only_are_not_minted():
    assert mint_id("L", Bits(1, (10 << 25) + 1, (11 << 25) + 1), {"L-A00001"}) == "L-B00001"


def test_an_entry_id_starts_with_its_minute():
    moment = datetime(2026, 8, 20, 14, 30, 59, tzinfo=SHANGHAI)

    assert mint_entry_id(moment, Bits(0)) == "3afq60000"
    assert mint_entry_id(moment.astimezone(UTC), Bits(31)) == "3afq6000z"
    assert mint_entry_id(moment, Bits(0, 1), {"3afq60000"}) == "3afq60001"


def test_entry_ids_sort_by_time():
    source = random.Random(2)
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=step**3) for step in range(99)]
    ids = [mint_entry_id(moment, source) for moment in moments]

    assert ids == sorted(ids)
    assert all(is_minted_entry_id(minted) and is_entry_id(minted) for minted in ids)


@pytest.mark.parametrize("year", [1970, 2200])
def test_a_clock_far_off_still_mints(year):
    assert is_minted_entry_id(mint_entry_id(datetime(year, 1, 1, tzinfo=UTC), random.Random(3)))


def test_a_moment_without_zone_mints_nothing():
    with pytest.raises(ValueError, match="zone"):
        mint_entry_id(datetime(2026, 1, 1), random.Random(4))


@pytest.mark.parametrize(
    "text",
    ["", "L-", "l-7k2pqm", "L-7K2PQ", "L-7K2PQMX", "X-7K2PQM", "L-7K2PQI", "L_7K2PQM", "L-７K2PQM"],
)
def test_other_texts_are_no_note_ids(text):
    assert not is_note_id(text)


def test_block_ids_of_other_programs_are_entry_ids_but_not_minted_ones():
    assert is_entry_id("Quote-of-3")
    assert not is_minted_entry_id("Quote-of-3")
    for text in ("", "a b", "阳光", "a_b", "^a"):
        assert not is_entry_id(text)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("listings/阳光花园 3室2厅-7K2PQM.md", "7K2PQM"),
        ("李女士-9F3DWA", "9F3DWA"),
        ("L-7K2PQM.md", "7K2PQM"),
        ("阳光花园-7K2PQM 2.md", None),
        ("阳光花园7K2PQM.md", None),
        ("阳光-street.md", None),
        ("-.md", None),
        ("", None),
    ],
)
def test_the_id_at_the_end_of_a_file_name(name, found):
    assert trailing_id(name) == found
