"""Feedback read from an answer, and the sentences that confirm an appointment."""

from datetime import date, datetime

import pytest

from brokernotes.features.capturing import Append, Tick
from brokernotes.features.capturing_fields import BadValueError
from brokernotes.features.capturing_lore import Lore, names_of
from brokernotes.features.evening import (
    Appointment,
    Party,
    confirmation,
    feedback_action,
    feedback_due,
    is_confirmed,
    message,
    planned_on,
    settles,
)
from brokernotes.language import language
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.log_vocabulary import LogBook

NOW = datetime(2026, 11, 21, 18, 30)  # local
TODAY = NOW.date()
ZH, EN = language("zh"), language("en")


@pytest.fixture
def lore():
    return Lore(
        people={}, homes={}, names=names_of([], [], {}), book=LogBook(builtin_schema()), now=NOW
    )


def showing(box=None, **more):
    return LogEntry(
        day=TODAY, verb="showing", line=1, minutes=600, box=box, links=("阳光花园-AAAAA1",), **more
    )


def occurrence(kind, day, at=None, **more):
    more.setdefault("params", {"verb": "showing"})
    return Occurrence(
        key=f"C/{kind}/{day}{at or ''}", kind=kind, note="C", path="c.md", due=day, at=at, **more
    )


def test_feedback_on_a_planned_showing_ticks_it_off(lore):
    action = feedback_action("太太满意 喜欢 意向4 周二再联系", showing("planned"), "C", "x1", lore)

    assert isinstance(action, Tick)
    assert (action.mark, action.text) == ("x", "太太满意")
    assert action.fields == {"interest": 4, "reaction": "like", "next": date(2026, 11, 24)}
    assert settles(action)


def test_feedback_on_a_showing_that_has_been_is_a_note_of_its_own(lore):
    action = feedback_action("嫌贵", showing(), "C", "x1", lore)

    assert isinstance(action, Append)
    entry = action.entry
    assert (entry.verb, entry.links, entry.text) == ("note", ("阳光花园-AAAAA1",), "嫌贵")
    assert entry.moment >= showing().moment
    assert entry.fields == {"objections": ("price",)}
    assert settles(action)


def test_a_planned_showing_that_was_not_is_called_off(lore):
    action = feedback_action("没看成 堵车", showing("planned"), "C", "x1", lore)

    assert isinstance(action, Tick)
    assert (action.mark, action.text) == ("-", "没看成 堵车")
    assert settles(action)


def test_words_alone_do_not_settle_feedback(lore):
    assert not settles(feedback_action("太太也来了", showing("planned"), "C", "x1", lore))
    assert not settles(feedback_action("太太也来了", showing(), "C", "x1", lore))


def test_an_interest_of_nine_is_refused(lore):
    with pytest.raises(BadValueError):
        feedback_action("意向9", showing(), "C", "x1", lore)


def test_feedback_is_owed_by_showings_that_are_over():
    at = NOW.replace
    owed = [
        occurrence("feedback", date(2026, 11, 18), until=date(2026, 11, 25)),
        occurrence("planned", TODAY, at(hour=17, minute=0), minutes=45),
    ]
    others = [
        occurrence("feedback", date(2026, 11, 1), until=date(2026, 11, 8)),
        occurrence("feedback", TODAY, since=at(hour=19, minute=0)),
        occurrence("planned", TODAY, at(hour=18, minute=0), minutes=45),
        occurrence("planned", TODAY),
        occurrence("planned", TODAY, at(hour=9, minute=0), params={"verb": "call"}),
        occurrence("planned", date(2026, 11, 1)),
        occurrence("planned", date(2026, 11, 20), cancelled=True),
        occurrence("feedback", date(2026, 11, 19), agent="A-2"),
    ]

    assert feedback_due([*others, *reversed(owed)], NOW, "A-1") == owed


def test_plans_of_a_day_come_in_the_order_of_their_times():
    day = date(2026, 11, 22)
    late, early = (occurrence("planned", day, datetime(2026, 11, 22, hour, 0)) for hour in (15, 9))
    whole = occurrence("planned", day)

    alone = occurrence("planned", day, params={"verb": "call"})

    assert planned_on([whole, alone, late, early, occurrence("planned", TODAY)], day, None) == [
        early, late, whole
    ]  # fmt: skip


APPOINTMENT = Appointment(
    key="k", note="C", title="李女士 浦东三房", verb="showing", day=date(2026, 11, 22), minutes=900,
    place="东门", listings=("阳光花园 3室2厅",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("party", "voice", "said"),
    [
        (Party("client", "C", "李女士"), ZH,
         "李女士您好，明天（周日）15:00看阳光花园 3室2厅，您时间方便吗？我们在东门碰头。"),
        (Party("owner", "L", "周先生"), ZH,
         "周先生您好，明天（周日）15:00我带客户来看阳光花园 3室2厅，您看方便吗？"),
        (Party("owner", "L", ""), ZH,
         "您好，明天（周日）15:00我带客户来看阳光花园 3室2厅，您看方便吗？"),
        (Party("tenant", "L", ""), EN,
         "Hello, tomorrow (Sunday) 15:00 I come with a client to look at the home. "
         "Does that suit you?"),
        (Party("client", "C", "Ms Li"), EN,
         "Ms Li, tomorrow (Sunday) 15:00 we look at 阳光花园 3室2厅. Does that still suit you? "
         "We meet at 东门."),
    ],
)  # fmt: skip
def test_a_sentence_can_be_sent_as_it_is(party, voice, said):
    assert message(APPOINTMENT, party, voice) == said


def test_a_meeting_without_a_time_is_confirmed_too():
    meeting = APPOINTMENT._replace(verb="meeting", minutes=None, place="", listings=())

    said = message(meeting, Party("client", "C", "李女士"), ZH)

    assert said == "李女士您好，明天（周日）见面，您时间方便吗？"


def test_what_was_confirmed_is_not_asked_again():
    party = Party("client", "C", "李女士", "阳光花园-AAAAA1")
    action = confirmation(APPOINTMENT, party, "wechat", NOW, ZH)

    assert action.entry.text == "确认 11-22 15:00"
    assert action.entry.links == ("阳光花园-AAAAA1",)
    assert is_confirmed([action.entry], APPOINTMENT)
    assert not is_confirmed([action.entry], APPOINTMENT._replace(minutes=960))
    assert not is_confirmed([], APPOINTMENT)
