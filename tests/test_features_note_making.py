from datetime import datetime

import pytest

from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.assignments import parse_assignment
from brokernotes.features.field_writing import FieldWriter, Links, Named
from brokernotes.features.note_making import (
    NewNote,
    file_name,
    given_values,
    note_text,
    title_of,
)
from brokernotes.model.rules import Rules, builtin_schema
from brokernotes.notes.note import NoteReader
from brokernotes.notes.templates import note_template

NOW = datetime(2026, 11, 21, 9, 5)
WRITER = FieldWriter(Rules(), NOW, Links(lambda ref, _: Named(ref, ref, ref), lambda name: name))


def given(note_type, *typed):
    return given_values(note_type, [parse_assignment(one) for one in typed], WRITER)


@pytest.mark.parametrize(
    ("note_type", "title", "typed", "language", "made"),
    [
        ("client", "李女士  浦东三房", (), "zh", "李女士 浦东三房"),
        ("client", "", ("称呼=李女士",), "zh", "李女士"),
        ("client", "", ("name=李小红",), "zh", "客户"),
        ("client", "", (), "en", "Client"),
        ("listing", "", ("小区=阳光花园", "室=3", "厅=2"), "zh", "阳光花园 3室2厅"),
        ("listing", "", ("小区=阳光花园", "室=1"), "zh", "阳光花园 1室"),
        ("listing", "", ("小区=Sun", "室=3", "厅=2"), "en", "Sun 3 bed 2 living"),
        ("listing", "", ("小区=阳光花园", "产品性质=车位"), "zh", "阳光花园 车位"),
        ("listing", "", ("小区=阳光花园",), "zh", "阳光花园"),
        ("listing", "", ("title=临街小楼",), "zh", "临街小楼"),
        ("deal", "", ("listing=阳光 3室", "buyer=李女士 浦东"), "zh", "阳光 3室 李女士"),
        ("agent", "", ("name=王敏",), "zh", "王敏"),
    ],
)  # fmt: skip
def test_a_note_is_called_by_what_people_say(note_type, title, typed, language, made):
    assert title_of(note_type, title, given(note_type, *typed), language) == made


@pytest.mark.parametrize("note_type", ["listing", "deal", "community", "agent"])
def test_a_note_that_nothing_names_is_refused(note_type):
    with pytest.raises(UsageError):
        title_of(note_type, " ", {}, "zh")


@pytest.mark.parametrize(
    ("note_type", "title", "typed"),
    [
        ("client", "李小红 浦东", ("name=李小红",)),
        ("client", "13800138000", ()),
        ("listing", "阳光花园 1102", ("room=1102",)),
        ("listing", "阳光花园 周先生", ("owner_name=周先生",)),
    ],
)
def test_a_title_never_tells_what_is_confidential(note_type, title, typed):
    with pytest.raises(RefusedError):
        title_of(note_type, title, given(note_type, *typed), "zh")


def test_a_title_given_twice_is_refused():
    with pytest.raises(UsageError, match="twice"):
        title_of("client", "李女士", given("client", "title=王女士"), "zh")


def test_how_a_client_is_addressed_may_be_the_title():
    values = given("client", "name=李女士", "salutation=李女士")

    assert title_of("client", "", values, "zh") == "李女士"


@pytest.mark.parametrize(
    ("note_type", "title", "name"),
    [
        ("client", "李女士 浦东三房", "李女士 浦东三房-7K2PQM"),
        ("client", "???", "客户-7K2PQM"),
        ("listing", "阳光花园: 3/2", "阳光花园- 3-2-7K2PQM"),
        ("deal", "阳光花园三房 吴先生", "2026-11 阳光花园三房 吴先生-7K2PQM"),
        ("community", "阳光花园", "阳光花园"),
    ],
)
def test_a_file_is_named_safely_and_uniquely(note_type, title, name):
    note = NewNote(note_type, "X-7K2PQM", title, {}, NOW)

    assert file_name(note, "zh") == name


def test_a_deal_is_filed_under_the_month_of_its_deposit():
    note = NewNote("deal", "D-7K2PQM", "阳光", given("deal", "定金日=2026-10-30"), NOW)

    assert file_name(note, "zh") == "2026-10 阳光-7K2PQM"


@pytest.mark.parametrize("note_type", ["client", "listing", "deal", "community", "agent"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_note_reads_as_what_was_given(note_type, language):
    template = note_template(note_type, language, builtin_schema())
    letter = {"community": "M"}.get(note_type, note_type[0].upper())
    values = given(note_type, "tags=急")
    note = NewNote(note_type, f"{letter}-7K2PQM", "东: #1 楼", values, NOW, "[[王敏]]")

    read = NoteReader(Rules()).read("x.md", note_text(note, template, language))

    assert read.record.id == note.id
    assert read.record.type == note_type
    assert read.record.title == "东: #1 楼"
    assert read.record.values["created"] == datetime(2026, 11, 21, 9, 5)
    assert read.record.text("agent") == "王敏"
    assert read.record.texts("tags") == ("急",)
    assert [found.code for found in read.problems] == []


def test_a_given_agent_and_title_win():
    values = given("client", "agent=周婕", "title=李")
    note = NewNote("client", "C-7K2PQM", "李", values, NOW, "[[王敏]]")
    text = note_text(note, note_template("client", "zh", builtin_schema()), "zh")

    assert 'agent: "[[周婕]]"\n' in text
    assert "王敏" not in text


def test_a_template_of_the_vault_keeps_its_own_lines():
    template = (
        "---\ntype: client\nstage: 新客\ncreated: {{date:YYYY}}\n---\n# {{title}}\n\n自己的话\n"
    )
    note = NewNote("client", "C-7K2PQM", "李女士", given("client", "phone=13800138000"), NOW)

    assert note_text(note, template.replace("{{date:YYYY}}", '"{{date:YYYY}}"'), "zh") == (
        "---\ntype: client\nstage: 新客\ncreated: 2026-11-21T09:05:00\nid: C-7K2PQM\n"
        'title: 李女士\nphone:\n  - "13800138000"\n---\n# 李女士\n\n自己的话\n'
    )


def test_a_template_without_front_matter_is_refused():
    note = NewNote("client", "C-7K2PQM", "李女士", {}, NOW)

    with pytest.raises(RefusedError, match="no front matter"):
        note_text(note, "# {{title}}\n", "zh")


@pytest.mark.parametrize(
    "typed", [("id=C-000000",), ("type=deal",), ("phone-=1",), ("stage=在看", "阶段=新客")]
)
def test_what_a_new_note_cannot_be_given_is_refused(typed):
    with pytest.raises(UsageError):
        given("client", *typed)


def test_a_list_may_be_given_piece_by_piece():
    values = given("client", "districts=浦东", "区域+=静安")

    assert [item.written for item in values["districts"][1]] == ["浦东", "静安"]
