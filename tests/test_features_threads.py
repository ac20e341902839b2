"""Where a conversation stands: what the note itself gives to say."""

from datetime import date

import pytest

from brokernotes.model.topics import is_later
from tests.followup_notes import client, day, derived, entry, listing, neighbours

NEAR = neighbours()
WHOLE = {"intents": ("buy",), "budget_max": 600, "districts": ("浦东",), "bedrooms_min": 3}


def thread(record, **more):
    return derived(record, NEAR, **more).thread


def codes(record, **more):
    return [topic.code for topic in thread(record, **more).topics]


# --- since when nothing was said


def test_it_counts_from_the_last_effective_contact_to_the_minute():
    note = client(entry("11-10 14:30", "call"), entry("11-12", "call", outcome="no_answer"))
    assert thread(note).since == "2026-11-10T14:30"


def test_whom_nobody_reached_counts_from_the_start():
    assert thread(client(created=day("10-01"))).since == "2026-10-01"


@pytest.mark.parametrize("stage", ["past_client", "paused", "closing"])
def test_who_looks_for_nothing_has_no_thread(stage):
    found = derived(client(entry("11-10", "call"), stage=stage), NEAR)
    assert found.thread is None


def test_what_was_sent_since_counts_as_told_and_what_is_planned_too():
    note = client(
        entry("11-10", "call"),
        entry("11-12", "wechat", links=("阳光花园",), text="发了 映月湾 3室2厅"),
        entry("11-25 10:00", "showing", box="planned", links=("春江苑",)),
    )
    found = thread(note)
    assert found.told == {"阳光花园": "2026-11-12", "春江苑": "9999-12-31"}
    assert "映月湾 3室2厅" in found.words


def test_what_came_on_the_day_of_the_talk_is_later_only_by_the_clock():
    assert is_later("2026-11-11", "2026-11-10T14:30")
    assert is_later("2026-11-10T15:00", "2026-11-10T14:30")
    assert not is_later("2026-11-10", "2026-11-10T14:30")
    assert not is_later("2026-11-10T15:00", "2026-11-10")
    assert not is_later("2026-11-09T23:00", "2026-11-10")
    assert is_later("2026-11-09", "")


@pytest.mark.parametrize(
    ("fields", "over"),
    [
        ({"move_in_by": day("12-15")}, day("12-15")),
        ({"school_entry_year": 2027}, date(2027, 9, 1)),
    ],
)
def test_what_is_wanted_by_a_day_makes_the_answer_stale_on_it(fields, over):
    note = client(entry("11-10", "call"), **fields)
    assert derived(note, NEAR).stale_from == over


# --- a question that waits


@pytest.mark.parametrize(
    "text",
    [
        "问有没有一楼的，他妈妈腿不好",
        "看完没走，她问物业费多少",
        "he asked whether the roof was done",
        "客户问学区是哪个",
    ],
)
def test_a_question_of_the_client_waits_for_its_answer(text):
    found = thread(client(entry("11-10 19:20", "call", text=text, id="3afq6m4x9"), **WHOLE))
    (topic,) = found.topics
    assert (topic.code, topic.params["text"], topic.entry) == ("question", text, "3afq6m4x9")


@pytest.mark.parametrize(
    "text",
    [
        "问一句女儿好不好",
        "她问有没有车位，我说没有",
        "蔡阿姨也来了，拉着她的手问有没有对象",
        "聊了很久",
        "I asked about the loan",
    ],
)
def test_what_is_no_question_of_theirs_or_was_answered_on_the_spot_is_none(text):
    assert codes(client(entry("11-10", "call", text=text), **WHOLE)) == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [("几点能看？", True), ("问学区名额", True), ("节前问候", False), ("没问题", False)],
)
def test_what_a_client_writes_is_a_question_where_it_asks(text, asks):
    wrote = entry("11-10", "wechat", from_="client", text=text)
    assert codes(client(wrote, **WHOLE)) == (["question"] if asks else [])


def test_a_message_sent_later_answers_it_and_a_missed_call_does_not():
    asked = entry("11-10 19:20", "call", text="问有没有一楼的")
    missed = entry("11-11", "call", outcome="no_answer")
    sent = entry("11-12", "wechat", outcome="sent", text="一楼的两套")
    assert codes(client(asked, missed, **WHOLE)) == ["question"]
    assert codes(client(asked, missed, sent, **WHOLE)) == []


def test_an_owner_asks_by_name_or_of_their_own_accord_only():
    asked = entry("11-10", "call", text="问能不能接受买家分两次付")
    assert "question" not in codes(listing(asked, status="for_lease"))
    inbound = entry("11-10", "wechat", from_="owner", text="什么时候有人来看？")
    assert "question" in codes(listing(inbound, status="for_lease"))
    named = entry("11-10", "call", text="业主问看了几组")
    assert "question" in codes(listing(named, status="for_lease"))


# --- what was left open


def test_what_was_promised_without_a_day_stays_open_until_the_next_word():
    said = entry("11-12", "call", text="帮他留意二楼的那套")
    assert codes(client(said, **WHOLE)) == ["open"]
    assert codes(client(said, entry("11-15", "wechat", outcome="sent"), **WHOLE)) == []


def test_a_promise_with_a_day_is_a_promise_and_not_left_open():
    said = entry("11-12", "call", text="答应做一张表", next=day("11-25"))
    assert codes(client(said, **WHOLE)) == []


# --- offers


@pytest.mark.parametrize(
    ("verb", "side", "whose"),
    [
        ("offer", None, "owner"),
        ("offer", "buyer", "owner"),
        ("counter_offer", None, "client"),
        ("counter_offer", "buyer", "owner"),
    ],
)
def test_an_offer_waits_for_whoever_did_not_make_it(verb, side, whose):
    fields = {"side": side} if side else {}
    note = listing(entry("11-12", verb, amount=580, **fields), status="for_lease")
    (topic,) = thread(note).topics
    assert (topic.code, topic.params["price"], topic.params["whose"]) == ("offer-open", 580, whose)


def test_an_offer_that_was_answered_or_settled_waits_no_longer():
    offer = entry("11-12", "offer", amount=580)
    for later in (
        entry("11-13", "call"),
        entry("11-12", "deposit", amount=5),
        entry("11-14", "sign"),
    ):
        assert codes(listing(offer, later, status="for_lease")) == []


def test_an_offer_of_a_rent_is_told_in_yuan_and_one_without_an_amount_is_not():
    (topic,) = thread(listing(entry("11-12", "offer", amount=0.62), status="for_lease")).topics
    assert (topic.params["price"], topic.params["side"]) == (6200, "lease")
    assert codes(listing(entry("11-12", "offer"), status="for_lease")) == []


# --- objections, dates, questions of ours


def test_the_objection_that_was_heard_last_is_met_by_the_next_talk():
    shown = entry("11-12", "showing", links=("阳光花园",), objections=("family",))
    (topic,) = thread(client(shown, **WHOLE)).topics
    assert (topic.code, topic.params["objections"]) == ("objection", ["family"])
    assert topic.about == "阳光花园"
    assert codes(client(shown, entry("11-15", "call"), **WHOLE)) == []


def test_a_wanted_day_has_its_time_and_is_forgotten_when_it_is_past():
    note = client(entry("11-12", "call"), move_in_by=day("2027-06-08"), **WHOLE)
    (topic,) = thread(note).topics
    assert (topic.code, topic.start) == ("move-in", "2027-02-08")
    assert derived(note, NEAR, today=day("2027-06-08")).thread.topics == ()


def test_a_child_that_starts_school_has_its_year_and_no_longer():
    note = client(entry("11-12", "call"), school_entry_year=2027, **WHOLE)
    (topic,) = thread(note).topics
    assert (topic.code, topic.start) == ("school", "2026-10-01")
    assert derived(note, NEAR, today=day("2027-09-01")).thread.topics == ()
    strange = client(entry("11-12", "call"), school_entry_year=99999, **WHOLE)
    assert thread(strange).topics == ()


def test_who_asked_for_peace_is_told_nothing():
    asked = entry("11-10", "call", text="问有没有一楼的", next=day("11-25"))
    assert derived(client(asked, do_not_contact=True), NEAR).thread is None
    quiet = neighbours(values={"C-9F3DWA": {"do_not_contact": True}})
    note = listing(status="for_sale", owner=("李女士",), lease_end=day("12-01"))
    assert derived(note, quiet).occurrences
    assert derived(note, quiet).thread is None


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ({}, ["budget_max"]),
        ({"intents": ("rent",)}, ["rent_max"]),
        ({"budget_max": 600}, ["districts"]),
        ({"budget_max": 600, "neighborhoods": ("洋泾",)}, ["bedrooms_min"]),
        ({**WHOLE, "eligibility": "unverified"}, ["eligibility"]),
    ],
)
def test_of_what_nobody_knows_the_weightiest_is_asked(values, keys):
    topics = thread(client(entry("11-12", "call"), **values)).topics
    assert [topic.params["keys"] for topic in topics] == [keys]


def test_a_factory_has_no_bedrooms_to_ask_for_and_who_sells_is_asked_nothing():
    values = {"intents": ("rent",), "rent_max": 9000, "districts": ("浦东",)}
    assert codes(client(entry("11-12", "call"), property_types=("factory",), **values)) == []
    assert codes(client(entry("11-12", "call"), intents=("sell",))) == []


def test_what_is_only_assumed_is_confirmed_before_more_is_asked():
    note = client(entry("11-12", "call"), assumed=("budget_max",), **WHOLE)
    assert codes(note) == ["confirm"]


def test_what_buyers_will_ask_is_found_out_of_homes_for_sale():
    assert codes(listing(status="for_sale", created=day("10-01"))) == ["ask-owner"]
    assert codes(listing(status="for_lease", created=day("10-01"))) == []
    known = {"title_checked_on": day("10-02"), "acquired_on": day("2020-01-01"), "hukou": "none"}
    assert codes(listing(status="for_sale", created=day("10-01"), **known)) == []


def test_a_home_that_somebody_is_about_to_see_awaits_them():
    plan = entry("11-25 15:00", "showing", "planned", id="3afr4q81c")
    call = entry("11-25 15:00", "call", "planned", id="3afr4q81c")
    near = neighbours(mentions=(("C-9F3DWA", plan),))
    assert derived(listing(status="for_sale"), near).thread.awaits
    assert thread(listing(plan, status="for_sale")).awaits
    assert not thread(listing(call, status="for_sale")).awaits


@pytest.mark.parametrize(
    ("note", "side"),
    [
        (listing(entry("11-12", "offer", amount=3.5), status="for_sale"), "sale"),
        (listing(entry("11-12", "offer", amount=3.5), transaction="lease"), "lease"),
        (listing(entry("11-12", "offer", amount=3.5), status="sale_or_lease"), "lease"),
        (listing(entry("11-12", "offer", amount=3.5)), "lease"),
        (client(entry("11-12", "offer", amount=3.5), intents=("buy",)), "sale"),
        (client(entry("11-12", "offer", amount=3.5), intents=("buy", "rent")), "lease"),
    ],
)
def test_a_small_bid_for_what_is_for_sale_is_no_rent(note, side):
    """A parking space costs what no home does."""
    offers = [one for one in thread(note).topics if one.code == "offer-open"]
    assert [one.params["side"] for one in offers] == [side]
