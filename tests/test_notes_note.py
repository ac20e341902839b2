from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader, default_type
from brokernotes.notes.rulebook import read_rules
from tests.examples import many

READER = NoteReader(Rules(), ["王敏"])


def read(front, body="", path="clients/li.md"):
    return READER.read(path, f"---\nid: C-9F3DWA\ntype: client\n{front}---\n{body}")


def listing(front):
    return READER.read("listings/a.md", f"---\nid: L-7K2PQM\ntype: listing\n{front}---\n")


def codes(note):
    return [found.code for found in note.problems]


def spots(note):
    return [
        (p.code, p.position.line, p.position.column, p.position.end_column) for p in note.problems
    ]


# -- what a note says


def test_values_have_the_types_of_their_fields():
    note = listing(
        "price: 620万\nbedrooms: 3\nelevator: 是\nfacing: [南, north]\n"
        'community: "[[阳光花园|那边]]"\n'
        'entrust_until: 2027-03-31\ncreated: 2026-08-20 14:30\nowner_phone: "13800138000"\n'
    )

    assert note.problems == []
    assert dict(note.record.values) == {
        "price": 620,
        "bedrooms": 3,
        "elevator": True,
        "facing": ("south", "north"),
        "community": "阳光花园",
        "entrust_until": date(2027, 3, 31),
        "created": datetime(2026, 8, 20, 14, 30),
        "owner_phone": "13800138000",
    }


def test_a_note_read_twice_is_the_same():
    front = "price: 620\nfacing: 南、北\ncommunity: [[阳光花园]]\nroom: 0301\n"

    first, again = listing(front), listing(front)

    assert first.record == again.record
    assert first.problems == again.problems


def test_empty_values_are_unset():
    note = listing('price:\nfacing: []\ntitle: ""\nroom: null\n')

    assert note.problems == []
    assert note.record.values == {}


def test_one_value_where_a_list_is_due_is_a_list_of_one():
    assert read("districts: 浦东\n").record.values["districts"] == ("浦东",)


def test_a_list_of_one_where_one_value_is_due_is_that_value():
    assert listing("grade: [A]\n").record.values["grade"] == "A"


def test_several_values_where_one_is_due_are_none():
    note = listing("grade: [A, B]\n")

    assert codes(note) == ["list-not-expected"]
    assert "grade" not in note.record.values
    assert note.record.invalid == ("grade",)


@pytest.mark.parametrize(
    ("front", "key", "values"),
    [
        ("intents: 求购、求租\n", "intents", ("buy", "rent")),
        ("phone: 13800138000，021-58881234\n", "phone", ("13800138000", "021-58881234")),
        ('communities: "[[阳光花园]]、[[春江苑]]"\n', "communities", ("阳光花园", "春江苑")),
        ("must_have: 地铁/学区\n", "must_have", ("metro", "school")),
        ("districts: 浦东、静安\n", "districts", ("浦东", "静安")),
    ],
)
def test_a_text_where_a_list_is_due_is_split(front, key, values):
    note = read(front)

    assert note.record.values[key] == values
    assert codes(note) == ["list-as-text"]


@pytest.mark.parametrize(
    ("front", "key", "value"),
    [
        ("tags: a/b, c\n", "tags", "a/b, c"),
        ('communities: "[[小区/阳光花园]]"\n', "communities", "小区/阳光花园"),
    ],
)
def test_separators_that_may_belong_to_a_name_split_nothing(front, key, value):
    note = read(front)

    assert note.record.values[key] == (value,)
    assert note.problems == []


@pytest.mark.parametrize("word", ["面议", "待定", "暂无"])
@pytest.mark.parametrize(
    "key", ["price", "entrust_until", "decoration", "owner_phone", "community"]
)
def test_words_for_not_known_yet_are_kept_hinted_and_unset(key, word):
    note = listing(f"{key}: {word}\n")

    assert codes(note) == ["unset-word"]
    assert note.record.values == {}
    assert note.record.invalid == ()


def test_a_value_that_cannot_be_read_is_left_out_and_named():
    note = listing("bedrooms: 三\n")

    assert spots(note) == [("bad-int", 4, 11, 12)]
    assert note.record.values == {}
    assert note.record.invalid == ("bedrooms",)


def test_the_place_of_an_item_is_its_own_line():
    note = listing("facing:\n  - 南\n  - 上\n")

    assert spots(note) == [("unknown-value", 6, 5, 6)]
    assert note.record.values["facing"] == ("south",)


def test_the_place_of_a_split_item_is_within_the_text():
    assert ("unknown-value", 4, 11, 12) in spots(listing("facing: 南、上\n"))


def test_an_unknown_value_offers_the_words_of_the_vault_the_likely_one_first():
    (found,) = listing("decoration: 精装了\n").problems

    assert found.params["likely"] == "精装"
    assert found.params["choices"] == ["精装", "毛坯", "简装", "豪装"]


def test_words_of_open_vocabularies_are_their_own_ids():
    assert read("must_have: [地铁, 靠河]\n").record.values["must_have"] == ("metro", "靠河")


# -- keys


def test_a_chinese_key_is_read_and_reported():
    note = listing("等级: A\n")

    assert note.record.values == {"grade": "A"}
    assert spots(note) == [("key-spelling", 4, 1, 3)]
    assert note.at("grade").line == 4
    assert note.typed("grade") == "A"


def test_a_key_in_two_languages_counts_once():
    note = listing("grade: A\n等级: B\n")

    assert note.record.values == {"grade": "A"}
    assert codes(note) == ["duplicate-key"]


def test_two_other_spellings_of_a_key_count_once():
    note = listing("总价: 620\n售价: 640\n")

    assert note.record.values == {"price": 620}


def test_an_unknown_key_names_the_likely_one():
    (found,) = listing("entrust_untill: 2027-03-31\n").problems

    assert (found.code, found.params["likely"]) == ("unknown-key", "entrust_until")


def test_an_unknown_key_like_nothing_names_none():
    (found,) = listing("zzzz: 1\n").problems

    assert found.params["likely"] is None


def test_a_grade_typed_for_a_client_is_not_used():
    note = read("grade: A\n")

    assert codes(note) == ["client-grade"]
    assert note.record.values == {}


def test_fields_of_the_brokerage_are_read_like_the_others():
    rules, problems = read_rules(
        "fields: {listing: {view: {label: {zh: 景观, en: View}, kind: int}}}\n"
    )
    note = NoteReader(rules).read("listings/a.md", "---\nid: L-7K2PQM\nview: 3\n---\n")

    assert problems == []
    assert note.record.values == {"view": 3}


# -- quotes and width


@pytest.mark.parametrize("line", ["room: 0301", "owner_phone: 02158881234", "wechat: 1e5"])
def test_codes_that_yaml_would_change_are_reported_and_used_as_typed(line):
    key, _, text = line.partition(": ")
    note = (read if key == "wechat" else listing)(line + "\n")

    assert codes(note) == ["unquoted-code"]
    assert note.record.values[key] == text


@pytest.mark.parametrize("line", ['room: "0301"', "room: '0301'", "room: 1203", "title: 620"])
def test_codes_that_come_back_the_same_are_fine(line):
    assert listing(line + "\n").problems == []


def test_a_quoted_code_does_not_excuse_a_bare_one():
    assert listing('room: "0301"\n').problems == []
    assert codes(listing("room: 0301\n")) == ["unquoted-code"]
    assert listing('room: "0301"\n').problems == []


@pytest.mark.parametrize("line", ["price: ６２０", "entrust_until: 2027－03－31", "bedrooms: ３"])
def test_full_width_numbers_are_read_and_reported_each_time(line):
    for _ in range(2):
        note = listing(line + "\n")
        assert codes(note) == ["full-width"]
        assert len(note.record.values) == 1


def test_a_full_width_word_behind_a_telephone_is_fine():
    assert read("phone: 13800138000（妻子）\n").problems == []


def test_an_hour_without_its_half_of_the_day_is_taken_as_it_stands_and_reported():
    note = read("inquired_at: 2026-08-20 3点\n")

    assert codes(note) == ["time-ambiguous"]
    assert note.record.values["inquired_at"] == datetime(2026, 8, 20, 3)


# -- identity


@pytest.mark.parametrize(
    ("path", "note_type"),
    [
        ("clients/a.md", "client"),
        ("客源/a.md", "client"),
        ("Listings/2026/a.md", "listing"),
        ("a.md", None),
        ("other/a.md", None),
    ],
)
def test_the_top_folder_implies_the_type(path, note_type):
    assert default_type(path) == note_type


def test_the_type_key_wins_over_the_folder():
    note = READER.read("clients/a.md", "---\nid: L-7K2PQM\ntype: 房源\n---\n")

    assert (note.record.type, note.record.id) == ("listing", "L-7K2PQM")


def test_an_unknown_type_leaves_the_folder_to_decide():
    note = READER.read("listings/a.md", "---\nid: L-7K2PQM\ntype: house\n---\n")

    assert note.record.type == "listing"
    assert codes(note) == ["unknown-type"]


def test_type_and_id_are_read_in_chinese():
    note = READER.read("a.md", "---\n编号: L-7K2PQM\n类型: 房源\n---\n")

    assert (note.record.type, note.record.id) == ("listing", "L-7K2PQM")


@pytest.mark.parametrize("id_", ["L-9F3DWA", "C-9F3DW", "c-9f3dwa", "C-9F3DWI", "7"])
def test_an_id_that_is_none_of_the_type_is_refused(id_):
    note = READER.read("clients/a.md", f"---\nid: {id_}\n---\n")

    assert note.record.id is None
    assert codes(note) == ["bad-id"]


def test_a_note_without_id_is_hinted_at():
    assert codes(READER.read("clients/a.md", "hello\n")) == ["missing-id"]


def test_whether_a_file_is_a_note_is_said_by_folder_or_type():
    assert READER.is_note("clients/a.md", "")
    assert READER.is_note("a.md", "---\ntype: client\n---\n")
    assert not READER.is_note("a.md", "---\ntitle: x\n---\n")
    assert not READER.is_note("a.md", "type: client\n")


# -- links and places


def test_links_know_their_field_and_place():
    note = listing(
        'community: "[[阳光花园]]"\nagent:   [[王敏]]\n'
        'owner:\n  - "[[周先生]]"\n  - [[周太太|太太]]\n'
    )

    assert [(link.target, link.key, link.line, link.column) for link in note.links] == [
        ("阳光花园", "community", 4, 12),
        ("王敏", "agent", 5, 10),
        ("周先生", "owner", 7, 5),
        ("周太太", "owner", 8, 5),
    ]


def test_links_of_the_body_follow_those_of_the_front_matter():
    note = read('referred_by: "[[王敏]]"\n', "\n见 [[阳光花园]]。\n")

    assert [(link.target, link.key, link.line) for link in note.links] == [
        ("王敏", "referred_by", 4),
        ("阳光花园", "", 7),
    ]


def test_the_place_of_a_key_that_is_not_there_is_the_first_line():
    note = read("")

    assert (note.at("phone").line, note.at("phone").column) == (1, 1)


@settings(max_examples=many(150), deadline=None)
@given(
    st.text(
        st.sampled_from("-:[]{}#&*!|>'\"%@`?,\n\r\t 0123aA类型价等级：，｛\u2028\x00\ufeff^南、"),
        max_size=120,
    )
)
def test_reading_survives_any_front_matter(text):
    note = READER.read("listings/a.md", "---\n" + text + "\n---\n\n## 跟进记录\n\n- " + text)

    for found in note.problems:
        assert found.position.line >= 1
        assert found.position.column >= 1
        assert found.position.end_column is None or (
            found.position.end_column >= found.position.column
        )
