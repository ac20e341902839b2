import pytest

from brokernotes.errors import Position
from brokernotes.features.problem_texts import problem_json, worded
from brokernotes.language import language
from brokernotes.model.builtin_tables import BuiltinTables
from brokernotes.model.problems import problem
from brokernotes.model.schema import Field, Kind, Schema

AT = Position("clients/li.md", 5, 13, 16)
EN, ZH = language("en"), language("zh")


def test_a_message_and_a_hint_have_their_places_filled():
    words = worded(problem("key-spelling", AT, key="阶段", canonical="stage"), EN)

    assert words == ("“阶段” is read as `stage`", "Write `stage`.")


def test_a_hint_that_would_name_what_is_not_known_is_left_out():
    params = {"target": "x", "key": None}

    assert worded(problem("dead-link", AT, **params, likely=None), EN).hint is None
    assert worded(problem("dead-link", AT, **params, likely="y"), EN).hint == "Did you mean [[y]]?"


@pytest.mark.parametrize(
    ("code", "params", "message", "hint"),
    [
        (
            "bad-int",
            {"key": "bedrooms_min", "value": "x"},
            "最少几室：“x”不是整数",
            "只写数字，例如 3。",
        ),
        ("bad-int", {"key": "室", "value": "x"}, "室：“x”不是整数", "只写数字，例如 3。"),
        ("bad-int", {"key": "parking_slots", "value": "x"}, "parking_slots：“x”不是整数", None),
        (
            "missing-field",
            {"key": "phone", "because": "stage", "value": "在看"},
            "缺少 电话：阶段 是 在看，必须填",
            "填上 `phone`，或修改 `stage`。",
        ),
    ],
)
def test_a_chinese_screen_calls_a_field_by_its_label_and_code_by_its_key(
    code, params, message, hint
):
    words = worded(problem(code, AT, **params), ZH)

    assert words.message == message
    assert hint is None or words.hint == hint


@pytest.mark.parametrize(
    ("path", "label"), [("房源/a.md", "挂牌价"), ("成交/a.md", "成交价"), ("别处/a.md", "price")]
)
def test_a_key_is_called_as_the_type_of_its_note_calls_it(path, label):
    found = problem("bad-money", Position(path, 5, 1), key="price", value="x", unit="万元")

    assert worded(found, ZH).message == f"{label}：“x”不是金额"


def test_an_own_field_is_called_as_the_brokerage_calls_it():
    row = Field(key="parking", kind=Kind.NUMBER, zh="车位费", en="Parking fee", note_type="client")

    class Tables(BuiltinTables):
        def fields(self):
            return (row,)

    schema = Schema(Tables())
    found = problem("bad-number", AT, key="parking", value="x")

    assert worded(found, ZH, schema).message == "车位费：“x”不是数字"
    assert worded(found, EN, schema).message == "parking: “x” is not a number"


def test_lists_are_read_out():
    params = {"target": "x", "key": None, "candidates": ["a", "b"]}

    assert worded(problem("ambiguous-link", AT, **params), EN).message.endswith("may mean a, b")
    assert "a、b" in worded(problem("ambiguous-link", AT, **params), ZH).message


@pytest.mark.parametrize(("speak", "word"), [(EN, "listing"), (ZH, "房源")])
def test_types_are_called_what_people_call_them(speak, word):
    assert word in worded(problem("missing-id", AT, type="listing"), speak).message


def test_braces_of_a_note_are_no_places():
    words = worded(problem("template-leftover", AT, text="{{title}}"), EN)

    assert words.message.endswith("{{title}}")


def test_json_keeps_the_values_and_says_the_severity_of_the_rules():
    shape = problem_json(problem("missing-id", AT, type="listing"), "error", EN, fixable=True)

    assert shape == {
        "path": "clients/li.md",
        "line": 5,
        "column": 13,
        "end_column": 16,
        "severity": "error",
        "code": "missing-id",
        "params": {"type": "listing"},
        "message": "this listing has no id yet",
        "hint": "Let `brokernotes check --fix` add one.",
        "fixable": True,
    }


def test_json_leaves_out_what_is_not_known():
    shape = problem_json(problem("symlink-skipped", Position("clients/li.md", 1, 1)), "hint", EN)

    assert "end_column" not in shape
    assert "hint" not in shape
