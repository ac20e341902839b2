"""Topics in words: short, whole in both languages, nothing that depends on the day."""

from dataclasses import replace

import pytest

from brokernotes.features.briefs import ORDER, Brief, Wait
from brokernotes.features.reasons import Voice
from brokernotes.features.topic_sentences import (
    ANSWERS,
    LONGEST,
    all_lines,
    lines_of,
    sentence,
    source_line,
)
from brokernotes.language import language
from brokernotes.model.topics import Topic
from tests.followup_notes import RULES, day

PARAMS = {
    "text": "答应做一张表", "date": "2026-11-12", "title": "阳光花园 3室2厅", "home": "L-7K2PQM",
    "price": 650, "side": "sale", "score": 95, "old": 680, "new": 650, "seen": "2026-10-05",
    "state": "deposit", "objections": ["price", "光线"], "keys": ["budget_max"], "count": 2,
    "since": "2026-10-20", "usual": 600, "gap": 8, "year": 2027, "whose": "owner",
}  # fmt: skip
VOICES = [Voice(language=language(code)) for code in ("zh", "en")]


@pytest.mark.parametrize("voice", VOICES, ids=("zh", "en"))
@pytest.mark.parametrize("code", ORDER)
def test_every_topic_has_a_short_sentence_in_both_languages(code, voice):
    said = sentence(Topic(code, PARAMS), voice)
    assert said
    assert "{" not in said
    assert len(said) <= LONGEST


def test_prices_are_told_with_their_unit_and_what_is_not_known_is_no_price():
    cut = Topic("offer-cut", PARAMS | {"old": None, "side": "lease", "new": 6200})
    assert "? → 6200 元/月" in sentence(cut, VOICES[0])
    assert "650 万元" in sentence(Topic("offer-new", PARAMS), VOICES[0])


def test_a_long_text_is_cut_and_whom_to_go_through_stands_behind_it():
    long = Topic("question", PARAMS | {"text": "长" * 200, "through": "李航"})
    said = sentence(long, VOICES[0])
    assert said.endswith("…（找 李航 合作）")
    assert len(said) < LONGEST + 20


@pytest.mark.parametrize("objection", [*ANSWERS, "停车"])
def test_every_objection_is_met_with_something(objection):
    topic = Topic("objection", PARAMS | {"objections": [objection]})
    said = {sentence(topic, voice) for voice in VOICES}
    assert len(said) == 2
    assert all(one.endswith(("。", "；", ";")) is False for one in said)


def test_showings_without_an_objection_are_told_as_such():
    assert "×2" in sentence(Topic("shown", PARAMS | {"objections": {"price": 2}}), VOICES[1])
    assert "not liked" not in sentence(Topic("shown", PARAMS | {"objections": {}}), VOICES[1])


def test_below_the_average_is_said_as_below():
    below = sentence(Topic("market", PARAMS | {"gap": -8}), VOICES[1])
    assert "8 % below" in below


def test_several_are_numbered_and_what_the_row_says_itself_is_left_to_it():
    brief = Brief((Topic("promise", PARAMS), Topic("question", PARAMS), Topic("ask", PARAMS)))
    assert [line[:2] for line in lines_of(brief, VOICES[1])] == ["1.", "2."]
    assert [line[:2] for line in all_lines(brief, VOICES[1])] == ["1.", "2.", "3."]
    assert lines_of(Brief((Topic("ask", PARAMS),)), VOICES[1])[0].startswith("– ")
    assert lines_of(Brief(), VOICES[1]) == []


def test_waiting_says_until_when_and_why():
    every = Brief((), Wait(day("12-06"), "cadence", {"days": 15}))
    lease = Brief((), Wait(day("12-01"), "lease-end", {"date": "2027-01-30"}))
    other = Brief((), Wait(day("12-01"), "no such reason", {}))
    assert lines_of(every, VOICES[1]) == [
        "wait: nothing new to say; look again on 2026-12-06, every 15 days"
    ]
    assert "the lease ends on 2027-01-30" in lines_of(lease, VOICES[1])[0]
    assert lines_of(other, VOICES[1])[0].endswith("2026-12-01")


def test_explain_names_the_entry_else_the_day_else_the_fields():
    voice = VOICES[1]
    named = Topic("question", note="C-1", entry="3afq6m4x9", day="2026-11-12")
    assert source_line(named, voice) == "to say: entry ^3afq6m4x9 of C-1"
    stamped = Topic("question", note="C-1", entry="20261112T1000", day="2026-11-12")
    assert source_line(stamped, voice) == "to say: C-1, 2026-11-12"
    assert source_line(Topic("ask", note="C-1"), voice) == "to say: fields of C-1"


def test_how_old_a_question_is_is_told_but_in_calendars():
    asked = Topic("question", {"text": "is there a lift", "date": "2026-11-18"})
    voice = Voice(language=language("en"), today=day("11-21"))
    assert "on 2026-11-18 (3 days ago): is" in sentence(asked, voice)
    assert "on 2026-11-18: is" in sentence(asked, Voice(language=language("en")))


def test_an_objection_is_met_in_the_brokerages_own_words():
    own = replace(
        RULES, other={**RULES.other, "answers": {"价格": "报同小区成交价", "西晒": "挂帘"}}
    )
    assert own.answers == {"price": "报同小区成交价", "西晒": "挂帘"}
    voice = replace(VOICES[0], answers=own.answers)
    for objection, answer in (("price", "报同小区成交价"), ("西晒", "挂帘")):
        minded = Topic("objection", {"objections": [objection], "date": "2026-11-12"})
        assert answer in sentence(minded, voice)
    other = Topic("objection", {"objections": ["family"], "date": "2026-11-12"})
    assert sentence(other, voice) == sentence(other, VOICES[0])
