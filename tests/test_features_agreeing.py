"""What settles that somebody knows of a showing and agreed to it."""

from __future__ import annotations

from datetime import date

import pytest

from brokernotes.features.agreeing import is_told
from brokernotes.model.records import LogEntry

DAY = date(2026, 11, 21)  # a Saturday
THREE = 15 * 60
CONFIRMED = "确认 11-21 15:00"


def said(text, verb="call", day=20, minutes=10 * 60, month=11, **fields):
    return LogEntry(
        day=date(2026, month, day), minutes=minutes, verb=verb, line=1, text=text, fields=fields
    )


def told(*log, day=DAY, minutes=THREE):
    return is_told(log, day, minutes)


def test_who_names_day_and_time_settles_it_for_two_weeks():
    assert told(said(CONFIRMED, day=7))
    assert told(said(CONFIRMED, verb="wechat", day=12))
    assert not told(said(CONFIRMED, day=6))
    assert not told(said(CONFIRMED, day=22))
    assert not is_told([said(CONFIRMED)], date(2027, 11, 21), THREE)
    assert not told(said(CONFIRMED), minutes=16 * 60)
    assert told(said("确认 11-21"), minutes=None)


@pytest.mark.parametrize("outcome", ["no_answer", "dead_number", "wrong_number", "refused"])
def test_who_was_not_reached_or_refused_settles_nothing(outcome):
    assert not told(said(CONFIRMED, outcome=outcome))
    assert not told(said("确认时间", outcome=outcome))


def test_only_a_contact_settles_it():
    assert not told(said(CONFIRMED, verb="note"))
    assert not told(said("确认时间和集合点", verb="house_care"))


@pytest.mark.parametrize(
    "text",
    [
        "确认时间和集合点，提醒带上婆婆的老花镜",
        "婆婆同意先走上去看看",
        "说好明天下午三点东门见面",
        "周六看房没问题",
        "确认 15:00 开门",
        "两点三点都说好了，过来看",
        "confirmed the viewing, all three will come",
        "11月21日看房，她答应准时",
    ],
)
def test_from_the_day_before_on_it_is_enough_to_say_that_it_stands(text):
    assert told(said(text))
    assert told(said(text, day=21, minutes=9 * 60))
    assert not told(said(text, day=19))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "问明天看房几点",
        "她说看房时间再定",
        "还没确认时间",
        "时间不确认，等先生回来",
        "确认取消看房",
        "同意改到下午看",
        "确认看房？",
        "看房要确认吗",
        "确认续独家",
        "同意降价到六百一",
        "she has not confirmed the viewing",
        "confirmed: showing postponed",
        "确认时间 16:00",
        "说好四点过来看",
        "周日看房说好了",
        "11-22 看房说好了",
        "后天看房，说好了",
    ],
)
def test_what_is_open_or_of_something_else_settles_nothing(text):
    assert not told(said(text))


def test_a_message_counts_only_when_it_was_answered():
    text = "确认时间和集合点"
    assert not told(said(text, verb="wechat"))
    assert not told(said(text, verb="sms", outcome="sent"))
    assert told(said(text, verb="wechat", outcome="replied"))
    assert told(said(text, verb="wechat", **{"from": "client"}))


def test_what_was_said_after_it_began_settles_nothing():
    assert not told(said("说好了，准时过来看", day=21, minutes=THREE + 1))
    assert told(said("说好了，准时过来看", day=21, minutes=THREE))
