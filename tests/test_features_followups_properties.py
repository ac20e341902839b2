"""What holds for any note at all."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.followups import derive
from brokernotes.features.ranking import Asked, due_today, overdue_days
from brokernotes.features.reason_explaining import explain
from brokernotes.features.reasons import Voice, brief, item_reason
from brokernotes.language import language
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.schema import NOTE_TYPES
from tests.examples import many
from tests.followup_notes import AGENTS, IDS, RULES, TODAY

ANY_DAYS = st.one_of(st.dates(), st.dates(date(2025, 11, 1), date(2027, 12, 31)))
MOMENTS = st.one_of(ANY_DAYS, st.datetimes())
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    MOMENTS,
    st.tuples(st.text(max_size=3)),
)
VERBS = st.sampled_from([*RULES.schema.verbs, "", "自家的"])
BOXES = st.sampled_from([None, None, None, "done", "planned", "cancelled"])
OUTCOMES = st.sampled_from(["reached", "replied", "refused", "no_answer", "sent", "dead_number"])
IDENTS = st.sampled_from([None, "a", "b", "c", "d"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "outcome": st.one_of(OUTCOMES, ODD),
        "owner_outcome": st.one_of(OUTCOMES, ODD),
        "next": st.one_of(MOMENTS, ODD),
        "interest": st.one_of(st.integers(1, 5), ODD),
        "from": st.one_of(st.sampled_from(["client", "owner"]), ODD),
        "corrects": st.one_of(IDENTS, ODD),
        "duration": ODD,
        "place": ODD,
    },
)
LINKS = st.lists(st.sampled_from(["阳光花园", "春江苑", "nowhere"]), max_size=2).map(tuple)


def entries(days=ANY_DAYS, **more):
    return st.builds(
        LogEntry,
        **{
            "day": days,
            "minutes": st.one_of(st.none(), st.integers(0, 1439)),
            "verb": VERBS,
            "box": BOXES,
            "id": IDENTS,
            "fields": FIELDS,
            "links": LINKS,
            "line": st.just(1),
            "agent": st.sampled_from([None, "王敏", "走了", "谁"]),
            "duration": st.one_of(st.none(), st.integers(1, 1440)),
            **more,
        },
    )


def choices(name):
    return st.sampled_from([*RULES.schema.vocabularies[name].by_id, "自家的"])


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "created": st.one_of(MOMENTS, ODD),
        "inquired_at": st.one_of(MOMENTS, ODD),
        "listed": st.one_of(ANY_DAYS, ODD),
        "next_followup": st.one_of(ANY_DAYS, ODD),
        "status": choices("listing_status"),
        "transaction": choices("transaction"),
        "grade": st.one_of(choices("grade"), ODD),
        "grade_override": choices("grade"),
        "stage": st.one_of(choices("client_stage"), choices("deal_stage"), ODD),
        "intents": st.lists(choices("intent"), max_size=3).map(tuple),
        "price": ODD,
        "rent": ODD,
        "budget_max": ODD,
        "rent_max": ODD,
        "cadence_days": ODD,
        "lease_end": st.one_of(ANY_DAYS, ODD),
        "entrust_until": st.one_of(ANY_DAYS, ODD),
        "expected_signing": st.one_of(ANY_DAYS, ODD),
        "round": ODD,
        "owner_phone": ODD,
        "owner": st.sampled_from([("李女士",), ("谁",), "李女士"]),
        "agent": ODD,
        "maintainer": st.sampled_from(["王敏", "走了", "要走"]),
        "do_not_contact": ODD,
        "channel": ODD,
        "title": ODD,
        "sharing": ODD,
    },
)


def records(logs=None):
    return st.builds(
        Record,
        path=st.just("notes/x.md"),
        type=st.sampled_from([kind.id for kind in NOTE_TYPES]),
        id=st.sampled_from([None, "X-000001"]),
        values=VALUES,
        entries=st.lists(entries(), max_size=6).map(tuple) if logs is None else logs,
    )


MENTIONS = st.lists(st.tuples(st.just("C-9F3DWA"), entries()), max_size=3).map(tuple)
NEAR = st.builds(
    Neighbours,
    agents=st.just(AGENTS),
    ids=st.just(IDS),
    mentions=MENTIONS,
    owned=st.sampled_from([(), ("L-1",)]),
    values=st.fixed_dictionaries({}, optional={"C-9F3DWA": st.just({"do_not_contact": True})}),
)


@settings(max_examples=many(120), deadline=None)
@given(records(), NEAR, ANY_DAYS)
def test_every_note_derives_ranks_and_is_worded(record, near, today):
    found = derive(record, near, RULES, today)
    assert found.stale_from is None or found.stale_from > today
    for occurrence in found.occurrences:
        assert occurrence.key.startswith(f"{record.ref}/{occurrence.kind}/")
        assert explain(occurrence, Voice(language=language("en")))
    asked = Asked(now=datetime.combine(today, time(9)))
    for item in due_today(found.occurrences, asked, rules=RULES):
        assert item_reason(item, Voice(language=language("en"), today=today))
        assert "" not in brief(item, Voice(language=language("zh"), today=today))


@settings(max_examples=70, deadline=None)
@given(
    st.lists(entries(), max_size=6, unique_by=lambda entry: entry.moment).flatmap(
        lambda log: st.tuples(st.just(log), st.permutations(log))
    ),
    records(logs=st.just(())),
)
def test_the_order_of_lines_does_not_matter(logs, record):
    def found(log):
        note = Record(
            path=record.path,
            type=record.type,
            id=record.id,
            values=record.values,
            entries=tuple(log),
        )
        answer = derive(note, Neighbours(ids=IDS), RULES, TODAY)
        return sorted(map(repr, answer.occurrences)), answer.stale_from

    assert found(logs[0]) == found(logs[1])


@settings(max_examples=70, deadline=None)
@given(
    records(
        logs=st.lists(
            entries(
                fields=FIELDS.map(
                    lambda fields: {key: said for key, said in fields.items() if key != "corrects"}
                )
            ),
            max_size=6,
        ).map(tuple)
    )
)
def test_a_contact_today_makes_nothing_more_overdue(record):
    def late(note):
        found = derive(note, Neighbours(ids=IDS), RULES, TODAY).occurrences
        return {
            occurrence.kind: max(overdue_days(o, TODAY) for o in found if o.kind == occurrence.kind)
            for occurrence in found
            if not occurrence.cancelled
        }

    call = LogEntry(day=TODAY, verb="call", line=99, id="today")
    after = late(
        Record(
            path=record.path,
            type=record.type,
            id=record.id,
            values=record.values,
            entries=(*record.entries, call),
        )
    )
    before = late(record)
    assert all(days <= before.get(kind, 0) for kind, days in after.items())


@settings(max_examples=50, deadline=None)
@given(st.lists(records(), max_size=5), st.booleans())
def test_ranking_keeps_whatever_the_cadence_did_not_make(notes, show_all):
    found = {
        o.key: o for note in notes for o in derive(note, Neighbours(), RULES, TODAY).occurrences
    }
    now = datetime.combine(TODAY, time(23, 59))
    items = due_today(found.values(), Asked(now=now, show_all=show_all), rules=RULES)
    shown = [reason.key for item in items for reason in item.reasons]
    assert len(shown) == len(set(shown))
    due = {
        key
        for key, o in found.items()
        if not o.computed
        and not o.cancelled
        and o.due <= TODAY
        and (o.until is None or o.until >= TODAY)
        and (o.since is None or o.since <= now)
    }
    assert due <= set(shown)


@settings(max_examples=50, deadline=None)
@given(records(), st.integers(0, 400))
def test_the_answer_holds_until_the_day_it_names(record, days):
    found = derive(record, Neighbours(ids=IDS), RULES, TODAY)
    later = TODAY + timedelta(days=days)
    if found.stale_from is None or later < found.stale_from:
        assert derive(record, Neighbours(ids=IDS), RULES, later) == found
