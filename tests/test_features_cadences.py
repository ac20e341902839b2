import pytest

from brokernotes.features.cadences import client_grade, listing_grade
from tests.followup_notes import client, listing

BEST = {
    "urgency": "high",
    "motivation": "strong",
    "budget_ready": "ready",
    "cooperation": "anytime",
}
WORST = {
    "urgency": "low",
    "motivation": "weak",
    "budget_ready": "gathering",
    "cooperation": "hard",
}


@pytest.mark.parametrize(
    ("values", "grade"),
    [
        ({}, "C"),  # 8: all unknown
        (BEST, "A"),  # 12
        ({**BEST, "cooperation": "weekend"}, "A"),  # 11
        ({**BEST, "cooperation": "hard"}, "B"),  # 10
        ({"urgency": "high"}, "B"),  # 9
        ({"urgency": "low", "motivation": "weak"}, "C"),  # 6
        ({**WORST, "cooperation": "weekend"}, "D"),  # 5
        (WORST, "D"),  # 4
        ({"budget_ready": "sell_first", "urgency": "自家的"}, "C"),
    ],
)
def test_a_clients_grade_adds_up_four_signs_unknown_ones_in_the_middle(values, grade):
    assert client_grade(client(**values)) == grade


def test_a_person_overrides_a_clients_grade():
    assert client_grade(client(**WORST, grade_override="A")) == "A"


@pytest.mark.parametrize("odd", ["", "AB", "E", 3])
def test_an_override_that_is_no_grade_is_not_used(odd):
    assert client_grade(client(grade_override=odd)) == "C"


def test_a_grade_typed_in_a_clients_note_is_not_used():
    assert client_grade(client(grade="A")) == "C"


def test_a_listings_grade_is_what_a_person_set():
    assert listing_grade(listing(grade="B")) == "B"
    assert listing_grade(listing(grade="E")) is listing_grade(listing()) is None
