"""What is sent: what differs, once, and nothing the phone knows better."""

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.caldav_plan import Standing, plan
from brokernotes.light_dataclasses import replace
from tests.caldav_items import held, wanted_item

ALL = ("showings", "followups", "greetings")


def own(key, **more):
    return wanted_item(key=key, **more)


def steps(wanted, standing, calendars=ALL):
    def made_as(key, component):
        return replace(next(one for one in wanted if one.key == key), component=component)

    found = plan({one.key: one for one in wanted}, standing, made_as, calendars)
    return [(step.does, step.wanted.key if step.wanted else step.held.key) for step in found]


def test_what_is_there_as_the_notes_have_it_costs_nothing():
    one = own("C/promise/a")

    assert steps([one], [Standing(held(one), one.key)]) == []


def test_what_is_missing_is_made_what_differs_changed_what_is_over_taken_away():
    old, new, gone = own("C/promise/a"), own("C/promise/b"), own("C/promise/c")
    changed = own("C/promise/a", title="anders")
    there = [Standing(held(old), old.key), Standing(held(gone), gone.key)]

    assert steps([changed, new], there) == [
        ("update", "C/promise/a"), ("remove", "C/promise/c"), ("create", "C/promise/b"),
    ]  # fmt: skip


def test_what_is_over_stays_while_the_notes_do_not_know_what_the_phone_did_to_it():
    gone = own("C/promise/c")

    assert steps([], [Standing(held(gone), gone.key, is_news=True)]) == []


def test_what_was_called_off_is_struck_through_where_it_stands_and_not_made():
    called_off = own("C/planned/a", is_cancelled=True, title="x (called off)")
    there = Standing(held(own("C/planned/a")), "C/planned/a")

    assert steps([called_off], []) == []
    assert steps([called_off], [there]) == [("update", "C/planned/a")]


def test_an_item_that_was_moved_stands_for_what_came_of_it():
    old, new = own("C/promise/a"), own("C/promise/b")

    assert steps([new], [Standing(held(old), new.key)]) == [("update", new.key)]


def test_a_refused_move_is_taken_back_and_an_unknown_one_left():
    one = own("D/fee/a")
    moved = held(one, when="2026-12-24")

    assert steps([one], [Standing(moved, one.key, restores=True)]) == [("update", one.key)]
    assert steps([one], [Standing(moved, one.key, is_news=True, is_moved=True)]) == []


def test_a_uid_that_stands_for_something_else_by_now_is_not_used_again():
    old, new = own("C/promise/a"), own("C/promise/b")
    kept = held(old, key=new.key, base=new.base)
    found = plan({old.key: old, new.key: new}, [Standing(kept, new.key)], None, ALL)
    (made,) = found

    assert made.does == "create"
    assert made.wanted.uid != old.uid


def test_of_two_for_one_thing_the_phone_s_own_stays():
    one = own("C/planned/a")
    theirs = held(one, uid="PHONE", href="/phone.ics")
    there = [Standing(theirs, one.key), Standing(held(one), one.key)]

    assert steps([one], there) == [("remove", "C/planned/a")]


def test_a_calendar_that_was_not_chosen_is_left():
    one, gone = own("C/promise/a", title="anders"), own("C/promise/c")
    there = [Standing(held(own("C/promise/a")), one.key), Standing(held(gone), gone.key)]

    assert steps([one, own("C/promise/b")], there, ("showings",)) == []


def test_a_plan_that_a_phone_made_as_a_task_stays_one():
    one = own("C/planned/a", calendar="showings", component="VEVENT")
    task = held(one, calendar="followups", component="VTODO", uid="PHONE", base=None)
    (step,) = plan({one.key: one}, [Standing(task, one.key)],
                   lambda _, component: replace(one, component=component), ALL)  # fmt: skip

    assert (step.does, step.wanted.component, step.calendar) == ("update", "VTODO", "followups")


keys = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@given(keys, keys, keys)
def test_after_the_steps_there_are_none(notes, there, changed):
    wanted = [own(f"C/promise/{key}") for key in notes]
    old = [own(f"C/promise/{key}", title=key if key in changed else "承诺 李女士") for key in there]
    server = {one.uid: held(one) for one in old}
    standing = [Standing(one, one.key) for one in server.values()]
    for step in plan({one.key: one for one in wanted}, standing, None, ALL):
        if step.does == "remove":
            del server[step.held.uid]
        else:
            server[step.wanted.uid] = held(step.wanted)

    assert steps(wanted, [Standing(one, one.key) for one in server.values()]) == []
    assert {one.key for one in server.values()} == {one.key for one in wanted}
