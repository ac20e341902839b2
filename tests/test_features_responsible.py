"""Who answers for a note, and who may know what an owner has in mind."""

import pytest

from brokernotes.features.responsible import is_responsible, sees_owner

BOSSES = {"li": "wang", "wang": "zhou", "xu": "wang"}


@pytest.mark.parametrize(
    ("viewer", "agent", "found"),
    [
        (None, "li", True),
        ("li", None, True),
        ("li", "li", True),
        ("wang", "li", True),
        ("zhou", "li", True),
        ("xu", "li", False),
        ("li", "wang", False),
    ],
)
def test_an_agent_and_whoever_leads_them_answer_for_a_note(viewer, agent, found):
    assert is_responsible(viewer, agent, BOSSES) is found


def test_a_circle_of_supervisors_ends():
    assert not is_responsible("xu", "li", {"li": "wang", "wang": "li"})


@pytest.mark.parametrize(
    ("sharing", "mode", "found"),
    [
        (None, "public", True), (None, "private", False), (None, "mixed_quota", True),
        ("private", "public", False), ("public", "private", True),
    ],
)  # fmt: skip
def test_the_owner_of_a_private_listing_is_its_holders(sharing, mode, found):
    listing = {"sharing": sharing} if sharing else {}

    assert sees_owner("xu", listing, "li", BOSSES, mode) is found
    assert sees_owner("wang", listing, "li", BOSSES, mode)
    assert sees_owner(None, listing, "li", BOSSES, mode)
