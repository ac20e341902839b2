import string
from dataclasses import replace

import pytest

from brokernotes.features.ranking import Asked, People, due_today
from brokernotes.features.reason_sentences import COUNTED, SENTENCES
from brokernotes.features.reasons import Voice, brief, item_reason, reason
from brokernotes.language import language
from brokernotes.model.rules import builtin_schema
from brokernotes.model.verbs import Verb
from tests.followup_notes import (
    RULES,
    TODAY,
    at,
    client,
    day,
    deal,
    derived,
    entry,
    listing,
    only,
)

EN = Voice(language=language("en"), today=TODAY)
TITLES = {"春江苑": "春江苑 2室", "L-7K2PQM": "阳光花园 3室", "王敏": ""}
NAMING = replace(EN, named=lambda name: TITLES.get(name, name))
CALL = entry("11-12", "call", id="3ack67k2p", text="asked about schools")


def said(record, kind, today=TODAY):
    return reason(only(record, kind), replace(EN, today=today))


def items(record):
    return due_today(derived(record).occurrences, Asked(now=at("11-21 09:00")), rules=RULES)


@pytest.mark.parametrize(
    ("record", "kind", "sentence"),
    [
        (
            client(entry("11-12", "call", next=day("11-18"))),
            "promise",
            "promised to be in touch on 2026-11-18, 3 days ago",
        ),
        (
            client(next_followup=day("11-20")),
            "promise",
            "next follow-up set for 2026-11-20, 1 day ago",
        ),
        (client(next_followup=day("11-21")), "promise", "next follow-up set for 2026-11-21"),
        (
            client(entry("11-25 15:00", "showing", "planned")),
            "planned",
            "showing planned for 2026-11-25 at 15:00",
        ),
        (client(entry("11-25", "", "planned")), "planned", "task planned for 2026-11-25"),
        (
            client(entry("11-25", "call", "cancelled")),
            "planned",
            "call of 2026-11-25 called off",
        ),
        (
            client(entry("11-20", "second_showing")),
            "feedback",
            "no feedback yet on the second showing of 2026-11-20, 1 day ago",
        ),
        (
            deal(stage="deposit", expected_signing=day("11-18")),
            "signing",
            "signing expected on 2026-11-18, 3 days ago",
        ),
        (
            listing(lease_end=day("12-31")),
            "lease_end",
            "the lease ends on 2026-12-31, in 40 days",
        ),
        (
            client(inquired_at=at("11-20 14:00")),
            "first_response",
            "inquired on 2026-11-20 at 14:00, not answered yet",
        ),
        (
            client(inquired_at=day("11-20")),
            "first_response",
            "inquired on 2026-11-20, not answered yet",
        ),
        (
            listing(CALL, grade="A", status="for_sale"),
            "revisit",
            "grade A listing for sale: revisit every 3 days, last 2026-11-12 by call",
        ),
        (
            client(CALL, grade_override="A", intents=("rent",)),
            "followup",
            "grade A client to rent: follow up every day, last 2026-11-12 by call",
        ),
        (
            client(created=day("11-01"), cadence_days=5),
            "followup",
            "follow up every 5 days, as this note says, not reached since 2026-11-01",
        ),
        (
            client(CALL),
            "followup",
            "not known whether to buy or to rent: follow up every 15 days (grade C),"
            " last 2026-11-12 by call",
        ),
        (listing(), "revisit", "grade C listing for sale: revisit every 15 days"),
        (
            listing(CALL, status="sold_by_us"),
            "revisit",
            "sold by us: ask the owner every 180 days, last 2026-11-12 by call",
        ),
        (
            client(CALL, stage="past_client"),
            "followup",
            "past client: be in touch every 90 days, last 2026-11-12 by call",
        ),
        (
            listing(CALL, status="leased_by_us", lease_end=day("2027-05-31")),
            "revisit",
            "let until 2027-05-31: let again, or sell?, last 2026-11-12 by call",
        ),
    ],
)
def test_a_reason_is_one_sentence(record, kind, sentence):
    assert said(record, kind) == sentence


def test_days_left_are_told_of_deadlines_alone_and_on_no_fixed_page():
    signing = only(deal(stage="deposit", expected_signing=day("11-22")), "signing")
    promise = only(client(next_followup=day("11-24")), "promise")
    assert reason(signing, EN) == "signing expected on 2026-11-22, in 1 day"
    assert reason(promise, EN) == "next follow-up set for 2026-11-24"
    assert reason(signing, Voice(language=language("en"))) == "signing expected on 2026-11-22"


def test_a_reason_names_the_notes_it_is_about_and_the_place():
    plan = entry("11-25", "showing", "planned", links=("春江苑", "王敏", "甲"), place="东门")
    shown = entry("11-20", "showing", links=("春江苑",))
    assert (
        reason(only(client(plan), "planned"), NAMING)
        == "showing planned for 2026-11-25 (春江苑 2室, 甲, 东门)"
    )
    assert (
        reason(only(client(shown), "feedback"), NAMING)
        == "no feedback yet on the showing of 2026-11-20 (春江苑 2室), 1 day ago"
    )


def test_a_word_that_is_no_plain_word_keeps_its_capitals():
    wechat = client(entry("11-01", "wechat", outcome="replied"))
    assert said(wechat, "followup").endswith("last 2026-11-01 by WeChat")


def test_a_notice_that_is_past_counts_from_what_it_announced():
    note = listing(entrust_until=day("11-23"), status="for_sale")
    notice = next(o for o in derived(note).occurrences if o.kind == "entrustment_end")
    assert reason(notice, EN) == "the entrustment ends on 2026-11-23, in 2 days"
    assert (
        reason(notice, replace(EN, today=day("11-24")))
        == "the entrustment ends on 2026-11-23, 1 day ago"
    )


def test_chinese_words_stand_for_ids_in_chinese():
    found = only(client(entry("11-25", "showing", "planned")), "planned")
    assert "带看" in reason(found, replace(EN, language=language("zh")))


def test_a_brokerages_own_verb_has_its_own_word():
    schema = builtin_schema()
    schema.verbs["ribbon"] = Verb("ribbon", "剪彩", "Ribbon")
    found = only(client(entry("11-25", "ribbon", "planned")), "planned")
    assert reason(found, replace(EN, schema=schema)) == "ribbon planned for 2026-11-25"
    assert reason(found, EN) == "ribbon planned for 2026-11-25"


def test_every_code_that_is_derived_has_a_sentence():
    notes = [
        client(entry("11-12", "call", next=at("11-18 15:00")), entry("11-20", "showing")),
        client(entry("11-25 15:00", "call", "cancelled"), stage="paused", created=day("01-01")),
        listing(entrust_until=day("11-30"), lease_end=day("12-01"), cadence_days=1),
        listing(CALL, status="leased_by_us", lease_end=day("2027-05-31")),
    ]
    for note in notes:
        for found in derived(note).occurrences:
            assert found.reason in {*SENTENCES, *COUNTED}
            assert "{" not in reason(found, EN)


def test_one_and_several_have_the_same_places_but_the_count():
    for one, many in COUNTED.values():
        places = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for text in (one, many)
        ]
        assert places[0] | {"count"} == places[1] | {"count"}


def test_the_overflow_says_how_many_more():
    crowd = [
        replace(only(client(CALL, grade_override="A"), "followup"), key=f"{n}/x/y", person=f"{n}")
        for n in range(17)
    ]
    rest = due_today(crowd, Asked(now=at("11-21 09:00")), rules=RULES)[-1]
    assert item_reason(rest, EN) == "2 more"
    assert brief(rest, EN) == []


def test_a_row_says_the_reason_that_names_it():
    (item,) = items(client(next_followup=day("11-20")))
    assert item_reason(item, EN) == "next follow-up set for 2026-11-20, 1 day ago"


def test_a_brief_has_the_other_reasons_and_the_last_contact():
    note = client(
        CALL,
        entry("11-19", "wechat", text="sent three homes", next=day("11-20")),
        next_followup=day("11-21"),
    )
    (item,) = items(note)
    assert brief(item, EN) == [
        "sent three homes",
        "next follow-up set for 2026-11-21",
        "last contact 2026-11-12: asked about schools",
    ]


def test_a_brief_says_nothing_twice():
    (item,) = items(client(entry("11-12", "call", text="call back", next=day("11-18"))))
    assert brief(item, EN) == ["call back", "last contact 2026-11-12"]


def test_reasons_of_another_note_say_which():
    mine = only(client(CALL, grade_override="A"), "followup")
    first, second = (
        replace(only(listing(CALL, grade="A"), "revisit"), key=key, note=key, path=key, title=title)
        for key, title in (("L-7K2PQM", "as written"), ("listings/no id.md", "no id"))
    )
    both = [replace(one, person=mine.person) for one in (first, second)]
    item, *rest = due_today([mine, *both], Asked(now=at("11-21 09:00")), rules=RULES)
    both = [replace(one, path=f"{one.path}.md") for one in both]
    item = replace(item, reasons=(mine, replace(both[0], path="x.md"), second))
    sentence = "grade A listing for sale: revisit every 3 days, last 2026-11-12 by call"
    assert not rest
    assert brief(item, NAMING)[:2] == [f"阳光花园 3室: {sentence}", f"no id: {sentence}"]


def test_a_lease_that_ends_is_told_once():
    let = listing(CALL, status="leased_by_us", lease_end=day("2027-01-20"))
    (item,) = items(let)
    assert {one.reason for one in item.reasons} == {"lease-end", "revisit-lease"}
    assert brief(item, EN) == [
        "last contact 2026-11-12: asked about schools",
        "Ask: sell or let again? Looking for another home?",
    ]


def test_a_promise_to_somebody_who_wants_no_contact_says_so_first():
    note = client(entry("11-12", "call", text="call back", next=day("11-18")), do_not_contact=True)
    found, asked = derived(note).occurrences, Asked(now=at("11-21 09:00"))
    (item,) = due_today(found, asked, rules=RULES, people=People(silenced=["C-9F3DWA"]))
    assert brief(item, EN)[0].startswith("Do not contact")


def test_the_brief_of_a_dormant_listing_asks_both_questions():
    (item,) = items(listing(entry("01-01", "call"), status="sold_by_us"))
    assert brief(item, EN) == [
        "last contact 2026-01-01",
        "Ask: sell or let again? Looking for another home?",
    ]


def test_of_a_showing_that_has_begun_it_is_said_what_is_next_but_in_calendars():
    note = client(entry("11-21 10:00", "showing", "planned", id="3afr4q81c"))
    begun = "it has begun; once it is over, `brokernotes done` notes how it was received"

    def told(hour, voice):
        rows = due_today(derived(note).occurrences, Asked(now=at(f"11-21 {hour}")), rules=RULES)
        return begun in [line for row in rows for line in brief(row, voice)]

    assert [told(hour, EN) for hour in ("09:59", "10:01")] == [False, True]
    assert not told("10:01", Voice(language=language("en")))
