import pytest

from brokernotes.errors import Position
from brokernotes.features.problem_texts import problem_json, worded
from brokernotes.language import language
from brokernotes.model.problems import problem

AT = Position("clients/li.md", 5, 13, 16)
EN, ZH = language("en"), language("zh")


def test_a_message_and_a_hint_have_their_places_filled():
    words = worded(problem("key-spelling", AT, key="阶段", canonical="stage"), EN)

    assert words == ("“阶段” is read as stage", "Write stage.")


def test_a_hint_that_would_name_what_is_not_known_is_left_out():
    params = {"target": "x", "key": None}

    assert worded(problem("dead-link", AT, **params, likely=None), EN).hint is None
    assert worded(problem("dead-link", AT, **params, likely="y"), EN).hint == "Did you mean [[y]]?"


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
