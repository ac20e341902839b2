import pytest

from brokernotes.features.reason_explaining import explain
from brokernotes.features.reasons import Voice
from brokernotes.language import language
from tests.followup_notes import TODAY, at, client, day, deal, entry, listing, only

EN = Voice(language=language("en"), today=TODAY)
CALL = entry("11-12", "call", id="3ack67k2p", text="asked about schools")


@pytest.mark.parametrize(
    ("record", "kind", "lines"),
    [
        (
            client(CALL, grade_override="A"),
            "followup",
            [
                "rule cadence.client.buy.A = 2: a default of this program, not the textbook's",
                "counted from the call of 2026-11-12: due 2026-11-14",
            ],
        ),
        (
            client(CALL, cadence_days=5),
            "followup",
            [
                "cadence_days of this note: 5",
                "counted from the call of 2026-11-12: due 2026-11-17",
            ],
        ),
        (
            listing(created=day("11-01")),
            "revisit",
            [
                "rule cadence.listing.sale.C = 15: a default of this program, not the textbook's",
                "counted from 2026-11-01, nobody reached yet: due 2026-11-16",
            ],
        ),
        (
            listing(),
            "revisit",
            [
                "rule cadence.listing.sale.C = 15: a default of this program, not the textbook's",
                "nothing to count from: give the note a `created` date",
            ],
        ),
        (
            client(entry("11-12", "call", id="p", next=day("11-18"))),
            "promise",
            ["the newest entry with a next date: 2026-11-18", "entry ^p"],
        ),
        (
            deal(stage="deposit", expected_signing=day("11-18")),
            "signing",
            ["expected_signing of this deal: 2026-11-18"],
        ),
        (
            listing(lease_end=day("2027-01-20")),
            "lease_end",
            [
                "rule cadence.lease_notice = 60: a default of this program, not the textbook's",
                "60 days before 2027-01-20: due 2026-11-21",
            ],
        ),
        (
            client(inquired_at=at("11-20 22:00")),
            "first_response",
            [
                "rule cadence.first_response = 15: a default of this program, not the textbook's",
                "counted from 2026-11-20 22:00, never in the quiet hours: due 2026-11-21 08:30",
            ],
        ),
        (
            client(entry("11-20", "showing", id="p")),
            "feedback",
            [
                "rule cadence.feedback_days = 7: a default of this program, not the textbook's",
                "asked until 2026-11-27",
                "entry ^p",
            ],
        ),
    ],
)
def test_an_explanation_names_the_rule_its_origin_and_what_it_counts_from(record, kind, lines):
    assert explain(only(record, kind), EN) == lines
