"""Roles follow the log: whose work counts, in which round, for how long."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.role_sentences import SENTENCES, role_label, why, why_code
from brokernotes.features.roles import Case, derive_roles, first_showing
from brokernotes.language import language
from brokernotes.model.roles import ROLES
from brokernotes.model.rules import Rules, builtin_schema
from brokernotes.notes.note import NoteReader

TODAY = date(2026, 11, 21)
PEOPLE = {"王敏": "A-WANG22", "敏姐": "A-WANG22", "李航": "A-HANG22", "陈璐": "A-CHEN22"}
READER = NoteReader(Rules(), list(PEOPLE))
NOTES = {"阳光花园": "L-7K2PQM", "李女士": "C-9F3DWA", "成交": "D-HXFY96"}


def record(path, front="", log="", id_=None):
    id_ = id_ or NOTES[path.rpartition("/")[2]]
    text = f"---\nid: {id_}\n{front}\n---\n\n## 跟进记录\n\n{log}\n"
    return READER.read(f"{path}.md", text).record


def listing(log="", front='agent: "[[王敏]]"'):
    return record("listings/阳光花园", front, log)


def client(log="", front='agent: "[[李航]]"'):
    return record("clients/李女士", front, log)


def deal(log="", front='agent: "[[李航]]"'):
    return record("deals/成交", f'listing: "[[阳光花园]]"\nbuyer: "[[李女士]]"\n{front}', log)


def case(home=None, *, of=None, buyer=None, today=TODAY, **more):
    return Case(
        listing=home,
        deal=of,
        clients=(buyer,) if buyer else (),
        today=today,
        id_of=NOTES.get,
        agent_of=PEOPLE.get,
        **more,
    )


def who(asked):
    return {role: found.agent for role, found in derive_roles(asked).items()}


def test_the_log_of_a_listing_names_its_roles_by_at_or_by_whose_the_note_is():
    home = listing(
        "- 2026-08-01 实勘 @李航 拍了照 ^a1\n"
        "- 2026-08-02 收钥匙 两把 ^a2\n"
        "- 2026-08-03 签独家 @敏姐 三个月 ^a3\n"
        "- 2026-08-04 签委托 @陈璐 ^a4"
    )

    found = derive_roles(case(home))

    assert {role: one.agent for role, one in found.items()} == {
        "entry_agent": "A-WANG22",
        "maintainer": "A-WANG22",
        "surveyor": "A-HANG22",
        "document_agent": "A-CHEN22",
        "key_holder": "A-WANG22",
        "exclusive_agent": "A-WANG22",
    }
    assert list(found) == [kind.id for kind in ROLES if kind.id in found]
    survey = found["surveyor"]
    assert (survey.day, survey.note, survey.entry) == (date(2026, 8, 1), "L-7K2PQM", "a1")


def test_a_survey_counts_for_the_first_and_the_keys_for_the_last():
    home = listing(
        "- 2026-08-01 实勘 @李航 ^a1\n- 2026-08-02 收钥匙 @李航 ^a2\n"
        "- 2026-09-01 实勘 @陈璐 ^a3\n- 2026-09-02 收钥匙 @陈璐 ^a4"
    )

    found = who(case(home))

    assert (found["surveyor"], found["key_holder"]) == ("A-HANG22", "A-CHEN22")


@pytest.mark.parametrize(
    "log",
    [
        "- [-] 2026-08-01 实勘 @李航 ^a1",
        "- [ ] 2026-12-01 实勘 @李航 ^a1",
        "- 2026-12-01 实勘 @李航 ^a1",
        "- 2026-08-01 实勘 @李航 ^a1\n- 2026-08-02 备注 记错了，是空看 [更正:: a1] ^a2",
        "- 2026-08-01 实勘 @李航 ^a1\n- 2026-08-02 已移除 [原因:: 撤回] ^a1",
    ],
    ids=["cancelled", "planned", "ahead", "corrected", "removed"],
)
def test_what_did_not_happen_makes_nobody_anything(log):
    assert "surveyor" not in who(case(listing(log)))


def test_a_corrected_survey_is_whose_the_correction_says():
    home = listing("- 2026-08-01 实勘 @李航 ^a1\n- 2026-08-02 实勘 @陈璐 [更正:: a1] ^a2")

    assert who(case(home))["surveyor"] == "A-CHEN22"


ROUNDS = """\
- 2024-03-01 实勘 @李航 ^a1
- 2024-03-02 收钥匙 @李航 ^a2
- 2024-06-01 状态 [状态:: 在售→我售] ^a3
- 2026-07-01 状态 @陈璐 [状态:: 我售→在租] ^a4
- 2026-07-05 实勘 @敏姐 ^a5"""


def test_a_round_that_is_over_gives_nobody_a_role():
    found = derive_roles(case(listing(ROUNDS)))

    assert found["surveyor"].agent == "A-WANG22"
    assert "key_holder" not in found
    assert (found["entry_agent"].agent, found["entry_agent"].why) == ("A-CHEN22", "relisted")


def test_a_deal_has_the_roles_of_its_own_round_and_no_field_of_a_later_one():
    home = listing(ROUNDS, 'agent: "[[王敏]]"\nsurveyor: "[[陈璐]]"\nroles_reason: 现在她管')
    sold = deal(front="signed_on: 2024-06-01")

    found = who(case(home, of=sold))

    assert (found["surveyor"], found["key_holder"]) == ("A-HANG22", "A-HANG22")


def test_rescinding_begins_no_round():
    log = (
        "- 2026-08-01 实勘 @李航 ^a1\n- 2026-09-01 状态 [状态:: 在售→我售] ^a2\n"
        "- 2026-10-01 解约 [原因:: 贷款不批] ^a3\n- 2026-10-01 状态 [状态:: 我售→在售] ^a4"
    )

    assert who(case(listing(log)))["surveyor"] == "A-HANG22"


def test_work_after_signing_earns_nothing_in_that_deal():
    home = listing("- 2026-10-05 实勘 @陈璐 ^a1")

    assert "surveyor" not in who(case(home, of=deal(front="signed_on: 2026-10-01")))
    assert who(case(home, of=deal(front="signed_on: 2026-10-05")))["surveyor"] == "A-CHEN22"


# -- the client's side


def test_the_first_showing_counts_in_whichever_note_it_stands():
    buyer = client("- 2026-10-01 带看 [[阳光花园]] @陈璐 ^a1\n- 2026-10-05 复看 [[阳光花园]] ^a2")
    assert who(case(listing(), of=deal(), buyer=buyer))["first_showing_agent"] == "A-CHEN22"

    home = listing("- 2026-09-28 带看 [[李女士]] @敏姐 ^b1")
    assert who(case(home, of=deal(), buyer=buyer))["first_showing_agent"] == "A-WANG22"


def test_a_showing_of_another_listing_counts_for_nothing_here():
    buyer = client("- 2026-10-01 带看 [[春江苑]] @陈璐 ^a1\n- 2026-10-05 带看 [[阳光花园]] ^a2")

    assert who(case(listing(), of=deal(), buyer=buyer))["first_showing_agent"] == "A-HANG22"


@pytest.mark.parametrize(("days", "first"), [(90, "A-CHEN22"), (91, "A-HANG22")])
def test_a_first_showing_is_worth_its_role_for_ninety_days_before_the_deposit(days, first):
    agreed = date(2026, 10, 20)
    shown = agreed - timedelta(days=days)
    buyer = client(
        f"- {shown} 带看 [[阳光花园]] @陈璐 ^a1\n- 2026-10-19 带看 [[阳光花园]] ^a2\n"
        "- 2026-10-21 带看 [[阳光花园]] @敏姐 ^a3"
    )
    asked = case(
        listing(),
        of=deal(front=f"deposit_date: {agreed}\nsigned_on: 2026-11-15"),
        buyer=buyer,
    )

    assert who(asked)["first_showing_agent"] == first
    assert who(replace(asked, first_showing_days=365))["first_showing_agent"] == "A-CHEN22"
    assert who(replace(asked, first_showing_days=10**9))["first_showing_agent"] == "A-CHEN22"


def test_first_showing_is_told_without_a_deal_too():
    buyer = client("- 2026-10-01 带看 [[阳光花园]] @陈璐 ^a1")

    told = first_showing(case(listing(), buyer=buyer))

    assert told is not None
    assert told.entry.id == "a1"


def test_whoever_came_along_cooperates_and_whoever_logs_the_signing_closes():
    buyer = client(
        "- 2026-10-01 带看 [[阳光花园]] ^a1\n- 2026-10-01 陪看 [[阳光花园]] ^a2\n"
        "- 2026-10-02 陪看 [[阳光花园]] @陈璐 ^a3",
        'agent: "[[李航]]"\nreferred_by: "[[王敏]]"',
    )

    found = derive_roles(case(listing(), of=deal("- 2026-11-01 签约 @敏姐 主谈 ^d1"), buyer=buyer))

    assert found["cooperator"].agent == "A-CHEN22"
    assert (found["closing_agent"].agent, found["closing_agent"].note) == ("A-WANG22", "D-HXFY96")
    assert (found["referrer"].agent, found["referrer"].why) == ("A-WANG22", "referred")


def test_a_client_who_refers_a_client_is_no_referrer_of_ours():
    buyer = client(front='referred_by: "[[老客户]]"')

    assert "referrer" not in who(case(listing(), of=deal(), buyer=buyer))


def test_an_entry_that_nobody_owns_earns_a_role_for_nobody_and_not_for_the_next_one():
    buyer = client(
        "- 2026-10-01 带看 [[阳光花园]] ^a1\n- 2026-10-05 带看 [[阳光花园]] @陈璐 ^a2", ""
    )

    found = derive_roles(case(listing(), of=deal(), buyer=buyer))["first_showing_agent"]

    assert (found.agent, why_code(found)) == ("", "nobody")


# -- fields


def test_a_field_overrules_the_log_and_is_asked_for_its_reason():
    log = "- 2026-08-01 实勘 @李航 ^a1"
    bare = derive_roles(case(listing(log, 'surveyor: "[[陈璐]]"')))["surveyor"]
    told = derive_roles(case(listing(log, 'surveyor: "[[陈璐]]"\nroles_reason: 李航只拍了外立面')))[
        "surveyor"
    ]

    assert (bare.agent, bare.is_unexplained, why_code(bare)) == (
        "A-CHEN22", True, "typed-unexplained",
    )  # fmt: skip
    assert (told.agent, told.is_unexplained, why_code(told)) == ("A-CHEN22", False, "typed-over")
    assert told.over is not None
    assert told.over.agent == "A-HANG22"


def test_a_field_that_says_what_the_log_says_is_explained_by_the_log():
    home = listing("- 2026-08-01 实勘 @李航 ^a1", 'surveyor: "[[李航]]"')

    assert why_code(derive_roles(case(home))["surveyor"]) == "entry"


def test_a_field_names_whom_no_entry_names_and_needs_no_reason():
    home = listing("", 'agent: "[[王敏]]"\nmaintainer: "[[陈璐]]"\nkey_holder: "[[李航]]"')
    found = derive_roles(case(home))

    assert not any(one.is_unexplained for one in found.values())
    assert (found["maintainer"].agent, found["key_holder"].agent) == ("A-CHEN22", "A-HANG22")


def test_two_people_may_have_to_do_with_papers():
    home = listing("- 2026-08-04 签委托 @陈璐 ^a4")
    found = who(case(home, of=deal(front='document_agent: "[[王敏]]"')))

    assert (found["document_agent"], found["paperwork_agent"]) == ("A-CHEN22", "A-WANG22")


def test_git_tells_who_brought_a_listing_in_and_whose_it_was():
    home = listing("- 2026-08-01 实勘 ^a1", 'agent: "[[王敏]]"\ncreated: 2026-07-30')
    asked = case(home, added="A-CHEN22", responsible=lambda note, day: "李航")

    found = derive_roles(asked)

    assert (found["entry_agent"].agent, found["entry_agent"].why) == ("A-CHEN22", "added")
    assert found["surveyor"].agent == "A-HANG22"


def test_a_deal_without_listing_and_buyers_has_what_it_says_itself():
    assert who(case(None, of=deal("- 2026-11-01 签约 ^d1"))) == {"closing_agent": "A-HANG22"}
    assert derive_roles(case(None)) == {}


# -- words


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_role_and_every_reason_has_words_in_both_languages(code):
    schema, words = builtin_schema(), language(code)
    labels = [role_label(kind.id, schema, words) for kind in ROLES]
    assert len(set(labels)) == len(ROLES)

    home = listing(
        "- 2026-08-01 实勘 @李航 ^a1", 'surveyor: "[[陈璐]]"\nroles_reason: 李航只拍了外立面'
    )
    told = why(derive_roles(case(home))["surveyor"], schema, words, str)
    assert "李航只拍了外立面" in told
    assert "2026-08-01" in told
    assert "A-HANG22" in told
    if code == "zh":
        assert "实勘" in told
        assert all(words.text(one) != one for one in SENTENCES.values())


# -- properties

entries = st.lists(
    st.tuples(
        st.dates(date(2026, 6, 1), date(2026, 11, 20)),
        st.sampled_from(["实勘", "收钥匙", "签独家", "签委托", "电话"]),
        st.sampled_from(list(PEOPLE)),
    ),
    unique_by=lambda one: one[0],
    max_size=8,
)


@given(entries, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_decides_nothing(drawn, random):
    lines = [f"- {day} {verb} @{name} ^a{n}" for n, (day, verb, name) in enumerate(drawn)]
    mixed = list(lines)
    random.shuffle(mixed)

    assert derive_roles(case(listing("\n".join(lines)))) == derive_roles(
        case(listing("\n".join(mixed)))
    )


@given(entries)
def test_whoever_has_a_role_by_the_log_has_an_entry_in_it(drawn):
    lines = [f"- {day} {verb} @{name} ^a{n}" for n, (day, verb, name) in enumerate(drawn)]
    home = listing("\n".join(lines))
    ids = {entry.id for entry in home.entries}

    for found in derive_roles(case(home)).values():
        assert found.why != "entry" or found.entry in ids
