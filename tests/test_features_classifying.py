"""Notes counted by one field within another."""

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.classifying import Branch, Level, classify, usual_level
from brokernotes.model.query_keys import find_query_field
from brokernotes.model.rules import Rules

SCHEMA = Rules().schema


def level(key, note_type="listing", **more):
    field = find_query_field(SCHEMA, note_type, key)
    return Level(field, **more) if more else usual_level(field)


def shown(branch: Branch):
    return [
        (one.value, one.count, shown(one)) if one.branches else (one.value, one.count)
        for one in branch.branches
    ]


def test_levels_stand_within_each_other():
    rows = [["A", 3], ["A", 2], ["B", 3], ["A", 3]]

    root = classify(rows, [level("grade"), level("bedrooms")], SCHEMA)
    assert root.count == 4
    assert shown(root) == [("A", 3, [(2, 1), (3, 2)]), ("B", 1, [(3, 1)])]


def test_a_note_of_several_values_counts_in_each_and_once_above():
    rows = [["A", ["south", "north"]], ["A", ["south", "south"]], ["A", []], ["A", None]]

    root = classify(rows, [level("grade"), level("facing")], SCHEMA)
    assert shown(root) == [("A", 4, [("south", 2), ("north", 1), (None, 2)])]


def test_choices_are_in_their_order_and_others_by_size_then_by_name():
    statuses = list(SCHEMA.vocabularies["listing_status"].by_id)
    rows = [[one] for one in reversed(statuses)] + [[None]]
    assert [value for value, _ in shown(classify(rows, [level("status")], SCHEMA))] == [
        *statuses,
        None,
    ]
    rows = [["b"], ["a"], ["c"], ["c"]]
    assert [value for value, _ in shown(classify(rows, [level("district")], SCHEMA))] == [
        "c",
        "a",
        "b",
    ]


def test_numbers_are_counted_in_steps_from_below():
    rows = [[99.9], [100], [199.99], [1000], [None], [250.5]]

    assert shown(classify(rows, [level("price")], SCHEMA)) == [
        ("0..100", 1), ("100..200", 2), ("200..300", 1), ("1000..1100", 1), (None, 1),
    ]  # fmt: skip
    assert shown(classify([[-5], [5]], [level("floor", step=10)], SCHEMA)) == [
        ("-10..0", 1), ("0..10", 1),
    ]  # fmt: skip


def test_days_are_counted_by_month_or_as_asked():
    rows = [["2026-11-20"], ["2026-11-21T10:00"], ["2025-02-01"]]

    def spans(**more):
        return [value for value, _ in shown(classify(rows, [level("created", **more)], SCHEMA))]

    assert spans() == ["2025-02", "2026-11"]
    assert spans(span="year") == ["2025", "2026"]
    assert spans(span="quarter") == ["2025Q1", "2026Q4"]
    assert spans(span="day") == ["2025-02-01", "2026-11-20", "2026-11-21"]


@given(st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.lists(st.sampled_from("xyz")))))
def test_every_note_is_counted_on_every_level(rows):
    root = classify(rows, [level("grade"), level("tags")], SCHEMA)

    assert root.count == len(rows)
    assert sum(one.count for one in root.branches) == len(rows)
    for one in root.branches:
        assert (
            max(two.count for two in one.branches)
            <= one.count
            <= sum(two.count for two in one.branches)
        )
