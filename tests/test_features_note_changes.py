from datetime import datetime

import pytest

from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.assignments import ArgumentError, parse_assignment
from brokernotes.features.field_writing import FieldWriter, Links, Named
from brokernotes.features.note_changes import change_fields
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

RULES = Rules()
WRITER = FieldWriter(
    RULES, datetime(2026, 11, 21, 9), Links(lambda ref, _: Named(ref, ref, ref), lambda name: name)
)
NOTE = """\
---
id: L-7K2PQM
type: listing
title: 阳光花园 3室2厅
挂牌价: 620 # 各付
status: 在售
facing:
  - 南
  - 北
owner_phone: "13800138000"
features: 地铁、电梯
---

## 跟进记录
"""


def change(*typed, text=NOTE):
    note = NoteReader(RULES).read("listings/a.md", text)
    return change_fields(note, [parse_assignment(one) for one in typed], WRITER)


def lines_changed(text):
    old, new = NOTE.splitlines(), text.splitlines()
    return [line for line in new if line not in old], [line for line in old if line not in new]


def test_a_value_is_written_to_the_spelling_that_is_there():
    text, changes = change("price=598万")

    assert lines_changed(text) == (["挂牌价: 598 # 各付"], ["挂牌价: 620 # 各付"])
    assert [(one.spelled, one.old[0].written, one.new[0].written) for one in changes] == [
        ("挂牌价", "620", "598")
    ]


def test_a_new_key_goes_on_the_last_line_of_the_block():
    text, _ = change("rent=5500")

    assert "features: 地铁、电梯\nrent: 5500\n---\n" in text


def test_several_fields_change_at_once():
    text, changes = change("price=598", "status=定金", "decoration=精装")

    assert [one.row.key for one in changes] == ["price", "status", "decoration"]
    assert "status: 定金" in text
    assert "decoration: 精装" in text


def test_one_bad_value_changes_nothing_at_all():
    with pytest.raises(ArgumentError) as raised:
        change("price=598", "status=卖掉了")

    assert raised.value.argument == "status=卖掉了"


def test_a_value_equal_in_meaning_stays_as_it_was_typed():
    text, changes = change("price=620万", "facing=south,north", "features=地铁/电梯")

    assert (text, changes) == (NOTE, [])


def test_an_empty_value_clears():
    text, changes = change("price=", "facing=")

    assert "挂牌价: # 各付" in text
    assert "facing:\nowner_phone" in text
    assert [one.new for one in changes] == [(), ()]


def test_a_list_gains_and_loses_members():
    text, _ = change("facing+=东、南", "facing-=北")

    assert "facing:\n  - 南\n  - 东\nowner_phone" in text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("facing=[东, 西]", ["东", "西"]),
        ("facing=['东'，\"西\"]", ["东", "西"]),
        ("facing=[ 东 ]", ["东"]),
        ('features=["露台, 朝南", it\'s new]', ["露台, 朝南", "it's new"]),
        ("features=[]", []),
    ],
)
def test_a_list_may_be_typed_as_yaml_has_it(typed, written):
    _, (only,) = change(typed)

    assert [item.written for item in only.new] == written


def test_what_is_wrong_in_such_a_list_is_pointed_at():
    with pytest.raises(ArgumentError) as caught:
        change("facing=[东, 前]")

    assert caught.value.argument[caught.value.start : caught.value.end] == "前"


def test_taking_the_last_member_clears_the_list():
    text, _ = change("facing-=南/北")

    assert "facing:\nowner_phone" in text


def test_a_phone_is_quoted_and_a_list_of_one_is_a_list():
    text, _ = change("owner_phone=139 0013 9000", "aliases=花园")

    assert 'owner_phone: "13900139000"\n' in text
    assert "aliases:\n  - 花园\n" in text


def test_a_phone_is_taken_away_by_its_number_whatever_its_label():
    note = "---\ntype: client\nphone:\n  - 13800138000 (妻子)\n  - 13900139000\n---\n"
    text, _ = change(
        "phone-=13800138000", text=note.replace("---\ntype", "---\nid: C-7K2PQM\ntype")
    )

    assert "phone:\n  - 13900139000\n---" in text


def test_a_phone_that_is_there_is_not_added_again_whatever_its_label():
    text = '---\nid: C-7K2PQM\ntype: client\nphone:\n  - "13800138000"\n---\n'
    labelled, _ = change("phone+=138 0013 8000 (妻子)", text=text)
    again, changes = change("phone+=138-0013-8000", text=labelled)

    assert 'phone:\n  - "13800138000 (妻子)"\n---' in labelled
    assert (again, changes) == (labelled, [])


def test_the_masked_form_of_a_phone_never_overwrites_the_number():
    with pytest.raises(RefusedError, match="masked"):
        change("owner_phone=138****8000")


@pytest.mark.parametrize("typed", ["id=L-000000", "type=client", "编号=1"])
def test_what_a_note_is_known_by_is_refused(typed):
    with pytest.raises(RefusedError, match="never changed"):
        change(typed)


def test_a_field_given_twice_is_refused():
    with pytest.raises(UsageError, match="given twice"):
        change("price=598", "总价=600")


def test_only_lists_gain_members():
    with pytest.raises(UsageError, match="no list"):
        change("price+=5")


def test_a_key_in_two_spellings_is_refused_with_both_named():
    with pytest.raises(RefusedError, match="挂牌价 and price"):
        change("price=598", text=NOTE.replace("status:", "price: 630\nstatus:"))
