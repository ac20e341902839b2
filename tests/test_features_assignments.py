import pytest

from brokernotes.errors import FieldError, UsageError
from brokernotes.features.assignments import (
    ArgumentError,
    find_row,
    parse_assignment,
    refused_value,
)
from brokernotes.model.rules import builtin_schema


@pytest.mark.parametrize(
    ("typed", "key", "operator", "value"),
    [
        ("price=598", "price", "=", "598"),
        ("price = 598 ", "price", "=", "598"),
        ("价格＝598万", "价格", "=", "598万"),
        ("districts+=浦东", "districts", "+=", "浦东"),
        ("districts-=浦东", "districts", "-=", "浦东"),
        ("Next follow-up=明天", "Next follow-up", "=", "明天"),
        ("price=", "price", "=", ""),
        ("remark=a=b", "remark", "=", "a=b"),
        ("floor=-1", "floor", "=", "-1"),
    ],
)
def test_an_assignment_is_key_operator_and_value(typed, key, operator, value):
    found = parse_assignment(typed)

    assert (found.key, found.operator, found.value) == (key, operator, value)


def test_the_offset_of_the_value_is_where_it_stands_in_the_argument():
    found = parse_assignment(" 价格 +=  598")

    assert found.typed[found.offset :] == "598"


@pytest.mark.parametrize("typed", ["price", "=598", "+=x", "", "  =  "])
def test_what_has_no_key_or_no_sign_is_refused(typed):
    with pytest.raises(UsageError, match="KEY=VALUE"):
        parse_assignment(typed)


def test_an_unknown_key_names_the_likely_one_and_its_place():
    with pytest.raises(ArgumentError) as raised:
        find_row(parse_assignment("stag=在看"), "client", builtin_schema())

    assert raised.value.params["likely"] == "stage"
    assert (raised.value.start, raised.value.end) == (0, 4)
    assert raised.value.exit_code == 2


def test_a_key_is_found_by_its_label_in_either_language():
    schema = builtin_schema()

    rows = [find_row(parse_assignment(f"{key}=1"), "listing", schema) for key in
            ("price", "挂牌价", "Price", "总价")]  # fmt: skip

    assert {row.key for row in rows} == {"price"}


def test_a_refused_value_points_into_the_argument():
    assignment = parse_assignment("price=6x20")
    error = refused_value(assignment, FieldError("bad-money", offset=1, length=1, unit="万元"))

    assert assignment.typed[error.start : error.end] == "x"
    assert error.params["key"] == "price"
    assert error.message.format_map(error.params) == "price: “6x20” is not an amount of money"


def test_a_list_of_choices_is_said_as_words():
    error = refused_value(
        parse_assignment("stage=x"), FieldError("unknown-value", choices=["在看", "磋商"])
    )

    assert error.params["choices"] == "在看 · 磋商"


def test_no_hint_offers_a_span_where_a_moment_is_due():
    error = refused_value(parse_assignment("at=后天 14:30-15:15"), FieldError("bad-time", offset=3))

    assert "15:15" not in error.hint
    assert "14:30" in error.hint
