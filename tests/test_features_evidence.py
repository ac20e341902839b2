from dataclasses import replace
from datetime import date, datetime

import pytest

from brokernotes.features.evidence import Question, gather, responsible_on
from brokernotes.features.evidence_proofs import limits, proofs
from brokernotes.features.evidence_words import Line, Section, to_markdown
from brokernotes.model.records import Record
from brokernotes.model.revisions import EntryRevision, FieldRevision
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

READER = NoteReader(Rules())
TODAY = date(2026, 11, 21)
ASSUMED = READER.schema.assumed_outcomes


def client(log, id_="C-7K2PQM", agent="周婕"):
    text = f"---\nid: {id_}\nagent: {agent}\n---\n\n## 跟进记录\n\n{log}"
    return READER.read(f"clients/{id_}.md", text).record


def listing(log=""):
    text = f"---\nid: L-7K2PQM\nagent: 李航\n---\n\n## 跟进记录\n\n{log}"
    return READER.read("listings/garden.md", text).record


def id_of(target):
    return {"garden": "L-7K2PQM", "C-7K2PQM": "C-7K2PQM", "old": "C-7K2PQM"}.get(target)


def committed(record, ref, when, *, commit="a" * 40, after=True, before=None, new=None, old=None):
    entry = next((one for one in record.entries if one.id == ref), None)
    at = datetime.fromisoformat(when)
    return EntryRevision(
        when=at, committed=at, author="周婕", email="z@example.com", commit=commit,
        path=record.path, note=record.id, entry=ref, before=before,
        after=entry if after else None, old=old, new=new,
    )  # fmt: skip


def ask(clients, home, histories=None, roles=None):
    question = Question(
        clients=clients, listing=home, today=TODAY, id_of=id_of, agent_of={}.get,
        assumed=ASSUMED, histories=histories,
    )  # fmt: skip
    return gather(question, roles or {})


SHOWN = "- 2026-10-03 14:30 带看 [[garden]] 嫌客厅小 [确认书:: 0412] ^3cdd0aaaa\n"
CALLED = "- 2026-10-01 14:00 电话 问三房 ^3cb8a2222\n"
MISSED = "- 2026-09-30 14:00 电话 [结果:: 未接] ^3cb8a1111\n"
PLANNED = "- [ ] 2026-11-22 14:00 带看 [[garden]] ^3egg0ffff\n"


def test_first_contact_is_the_first_that_reached_the_client():
    found = ask([client(MISSED + CALLED + SHOWN)], listing())

    assert found.contact is not None
    assert found.contact.ref == "3cb8a2222"
    assert [item.ref for item in found.items] == ["3cdd0aaaa"]
    assert [item.ref for item in found.slips] == ["3cdd0aaaa"]


def test_an_entry_of_the_listing_that_names_the_client_joins_the_two():
    found = ask([client("")], listing("- 2026-11-19 10:00 电话 [[C-7K2PQM]] 想再看 ^3eff0dddd\n"))

    assert [(item.note, item.ref) for item in found.items] == [("L-7K2PQM", "3eff0dddd")]


def test_entries_of_one_day_stand_by_their_hour_those_without_one_at_its_end():
    log = (
        "- 2026-10-03 带看 [[garden]] ^3cdd0cccc\n"
        "- 2026-10-03 16:00 带看 [[garden]] ^3cdd0bbbb\n"
        "- 2026-10-03 09:30 带看 [[garden]] ^3cdd0aaaa\n"
        "- 2026-10-04 00:00 带看 [[garden]] ^3cdd0dddd\n"
    )
    found = ask([client(log)], listing())

    assert [item.ref[-4:] for item in found.items] == ["aaaa", "bbbb", "cccc", "dddd"]


def test_what_is_planned_or_called_off_is_shown_and_is_no_first_showing():
    called_off = "- [-] 2026-10-01 10:00 带看 [[garden]] ^3eff0dddd\n"
    found = ask([client(called_off + PLANNED)], listing())

    assert [item.state for item in found.items] == ["cancelled", "planned"]
    assert found.showing is None


def test_a_corrected_entry_is_shown_and_its_correction_counts():
    fixed = "- 2026-10-04 09:00 带看 [[garden]] [更正:: 3cdd0aaaa] ^3cee0bbbb\n"
    found = ask([client(SHOWN + fixed)], listing())

    assert [item.state for item in found.items] == ["corrected", "stands"]
    assert found.showing is not None
    assert found.showing.ref == "3cee0bbbb"


@pytest.mark.parametrize(
    ("when", "is_late"),
    [("2026-10-04T14:30", False), ("2026-10-04T14:31", True), ("2026-10-03T18:02", False)],
)
def test_more_than_a_day_later_is_late(when, is_late):
    record = client(SHOWN)
    found = ask([record], listing(), {record.ref: [committed(record, "3cdd0aaaa", when)]})

    assert bool(found.late) is is_late


def test_what_is_not_committed_is_not_late_but_said_to_be_unproven():
    record = client(SHOWN)
    fresh = committed(record, "3cdd0aaaa", "2026-11-20T10:00", commit=None)
    found = ask([record], listing(), {record.ref: [fresh]})

    assert found.late == ()
    assert limits(found)["uncommitted"] == {"count": 1}
    assert "in-git" not in proofs(found)


def test_a_showing_filled_in_later_is_told_beside_the_one_that_git_had():
    mine = client(SHOWN)
    his = client("- 2026-10-02 15:00 带看 [[garden]] 我先带的 ^3ecc0cccc\n", "C-2B3C4D", "李航")
    found = ask(
        [mine, his],
        listing(),
        {
            mine.ref: [committed(mine, "3cdd0aaaa", "2026-10-03T18:02")],
            his.ref: [committed(his, "3ecc0cccc", "2026-11-18T21:40", commit="b" * 40)],
        },
    )

    assert found.showing is not None
    assert found.showing_in_git is not None
    assert (found.showing.agent, found.showing_in_git.agent) == ("李航", "周婕")


def test_where_both_are_the_same_showing_nothing_is_told_beside_it():
    record = client(SHOWN)
    history = [committed(record, "3cdd0aaaa", "2026-10-03T18:02")]

    assert ask([record], listing(), {record.ref: history}).showing_in_git is None


def test_what_was_removed_is_shown_with_what_it_said():
    before = client(SHOWN)
    came = committed(before, "3cdd0aaaa", "2026-10-03T18:02", new=SHOWN)
    went = committed(
        before, "3cdd0aaaa", "2026-11-01T09:00", commit="b" * 40, after=False,
        before=before.entries[0], old=SHOWN,
    )  # fmt: skip
    found = ask([client("")], listing(), {"C-7K2PQM": [came, went]})

    (item,) = found.items
    assert item.state == "gone"
    assert [(one.old, one.new) for one in item.alterations] == [(SHOWN, None)]
    assert proofs(found)["altered"] == {"count": 1}
    assert (found.showing, found.showing_in_git) == (None, item)


def test_what_somebody_took_out_is_what_git_had_first():
    before = client(CALLED + SHOWN)
    his = client("- 2026-10-02 15:00 带看 [[garden]] 我先带的 ^3ecc0cccc\n", "C-2B3C4D", "李航")
    history = [
        change
        for at, (ref, line) in enumerate((("3cb8a2222", CALLED), ("3cdd0aaaa", SHOWN)))
        for change in (
            committed(before, ref, f"2026-10-0{1 + 2 * at}T18:02", new=line),
            committed(before, ref, "2026-11-01T09:00", commit="b" * 40, after=False,
                      before=before.entries[at], old=line),
        )
    ]  # fmt: skip
    filled_in = [committed(his, "3ecc0cccc", "2026-11-18T21:40", commit="c" * 40)]
    found = ask([client(""), his], listing(), {"C-7K2PQM": history, his.ref: filled_in})

    assert [one.agent for one in (found.contact, found.showing) if one] == ["李航", "李航"]
    assert [one.ref for one in (found.contact_in_git, found.showing_in_git) if one] == [
        "3cb8a2222",
        "3cdd0aaaa",
    ]


def test_what_went_to_another_note_stands_there_since_it_was_first_written():
    was = client(SHOWN)
    now = client(SHOWN, "C-2B3C4D")
    came = committed(was, "3cdd0aaaa", "2026-10-03T18:02", new=SHOWN)
    went = committed(
        was, "3cdd0aaaa", "2026-11-01T09:00", commit="b" * 40, after=False,
        before=was.entries[0], old=SHOWN,
    )  # fmt: skip
    there = committed(now, "3cdd0aaaa", "2026-11-01T09:00", commit="b" * 40, new=SHOWN)
    found = ask([client(""), now], listing(), {"C-7K2PQM": [came, went], now.ref: [there]})

    (item,) = found.items
    assert (item.note, item.state, item.late) == ("C-2B3C4D", "stands", None)


def test_an_entry_typed_by_hand_was_there_before_it_had_an_id():
    by_hand = "- 2026-10-03 带看 [[garden]] 嫌客厅小\n- 2026-10-03 带看 [[garden]] 又看\n"
    before = client(by_hand)
    came = [
        replace(committed(before, None, f"2026-10-0{4 + at}T18:02"), after=entry)
        for at, entry in enumerate(before.entries)
    ]
    now = client(by_hand.replace("小\n", "小 ^3cdd0aaaa\n").replace("看\n", "看 ^3cdd0bbbb\n"))
    found = ask([now], listing(), {"C-7K2PQM": came})

    assert [(one.ref, one.first.when.day, one.alterations) for one in found.items if one.first] == [
        ("3cdd0aaaa", 4, ()),
        ("3cdd0bbbb", 5, ()),
    ]


def test_an_entry_only_moved_within_its_note_was_not_changed():
    record = client(SHOWN)
    came = committed(record, "3cdd0aaaa", "2026-10-03T18:02", new=SHOWN)
    again = committed(
        record, "3cdd0aaaa", "2026-11-01T09:00", before=record.entries[0], old=SHOWN,
        new=SHOWN.strip(),
    )  # fmt: skip
    found = ask([record], listing(), {record.ref: [came, again]})

    assert found.altered == ()


def test_without_git_it_claims_nothing():
    found = ask([client(SHOWN)], listing())

    assert list(proofs(found)) == ["slip"]
    assert list(limits(found)) == ["no-git", "unnamed", "outside"]


def handed_over(when, old, new):
    at = datetime.fromisoformat(when)
    return FieldRevision(
        when=at, committed=at, author="", email="", commit="c" * 40, path="clients/a.md",
        key="agent", old=old, new=new,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "whose"),
    [
        (date(2026, 9, 1), "周婕"),
        (date(2026, 10, 5), "周婕"),
        (date(2026, 11, 1), "李航"),
        (date(2026, 11, 20), "李航"),
    ],
)
def test_an_entry_counts_for_whoever_the_note_belonged_to_on_its_day(day, whose):
    record = Record(path="clients/a.md", type="client", id=None, values={"agent": "李航"})
    revisions = [
        handed_over("2026-10-01T10:00", None, "周婕"),
        handed_over("2026-11-01T09:00", "周婕", "李航"),
    ]

    assert responsible_on(record, revisions, day) == whose
    assert responsible_on(record, [], day) == "李航"


def test_markdown_takes_nothing_of_a_note_for_its_own():
    page = to_markdown("取证：*a*", "b", [Section("c", [Line("d", "[[x]] <b>", ("# e",))])])

    assert page == "# 取证：\\*a\\*\n\nb\n\n## c\n\n- **d** \\[\\[x\\]\\] \\<b\\>\n  - \\# e\n"
