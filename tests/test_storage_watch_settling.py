"""When a watcher looks: told by events and a clock that is only pretended."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brokernotes.storage.watch_settling import (
    CEILING,
    JUMP,
    LONGEST_RETRY,
    POLL,
    QUIET,
    RESCAN,
    RETRY,
    SHARE,
    YOUNG,
    Moment,
    Reason,
    Settling,
)

NEVER = float("inf")
WALL = 1_000_000.0  # what people's clock shows when the other shows nothing


class Play:
    """A machine under a clock that goes only where it is told; a look takes no time."""

    def __init__(self, polls=False, day_ends=NEVER):
        self.ticks, self.ahead = 0.0, WALL
        self.day_ends = day_ends
        self.machine = Settling(self.now, polls=polls, day_ends=day_ends)
        self.looks = []
        self.young = self.failed = False
        self.run(0)

    @property
    def now(self):
        return Moment(self.ticks, self.ticks + self.ahead)

    def run(self, until):
        """Let time pass, waking only when the machine says so."""
        for _ in range(100_000):
            wait = self.machine.wait(self.now, 1e9)
            if self.ticks + wait > until:
                break
            self.ticks += wait
            reason = self.machine.take(self.now)
            assert reason is not None, "it woke for nothing"
            self.looks.append((self.ticks, reason))
            self.machine.looked(
                self.now, self.now, day_ends=self.day_ends, young=self.young, failed=self.failed
            )
        else:
            raise AssertionError("it does not stop looking")
        self.ticks = until

    def event(self, at):
        self.run(at)
        self.machine.notice(at)

    @property
    def since_start(self):
        return self.looks[1:]


def test_the_first_look_is_taken_at_once():
    assert Play().looks == [(0.0, Reason.START)]


def test_an_event_is_looked_at_when_it_has_settled():
    play = Play()
    play.event(at=10)
    play.run(20)

    assert play.since_start == [(pytest.approx(10 + QUIET), Reason.CHANGE)]


def test_a_save_of_several_events_is_one_look():
    play = Play()
    for step in range(6):
        play.event(at=10 + step * QUIET / 2)
    play.run(20)

    assert play.since_start == [(pytest.approx(10 + 3.5 * QUIET), Reason.CHANGE)]


def test_whoever_never_stops_writing_is_looked_at_all_the_same():
    play = Play()
    for step in range(1000):
        play.event(at=10 + step * QUIET / 2)

    first, second = play.since_start[:2]
    assert first == (pytest.approx(10 + CEILING), Reason.CHANGE)
    assert second[0] - first[0] == pytest.approx(CEILING, abs=QUIET)


def test_who_waits_is_not_kept_waiting_for_a_burst_to_settle():
    play = Play()
    play.event(at=10)
    play.machine.hurry()

    assert play.machine.wait(play.now, 60) == 0
    assert play.machine.take(play.now) is Reason.CHANGE
    assert not play.machine.is_pending


def test_hurry_alone_is_no_reason_to_look():
    play = Play()
    play.machine.hurry()
    play.run(10)

    assert not play.since_start


def test_the_files_are_looked_at_now_and_then_whatever_was_told():
    play = Play()
    play.run(RESCAN * 2.5)

    assert play.since_start == [(RESCAN, Reason.RESCAN), (RESCAN * 2, Reason.RESCAN)]


def test_a_look_that_is_due_while_something_settles_is_none_that_nothing_told_of():
    play = Play()
    play.event(at=RESCAN - QUIET / 2)
    play.run(RESCAN + 1)

    assert play.since_start == [(RESCAN, Reason.CHANGE)]


def test_where_nothing_is_told_the_files_are_looked_at_every_second():
    play = Play(polls=True)
    play.run(POLL * 3.5)

    assert [reason for _, reason in play.since_start] == [Reason.RESCAN] * 3


def test_a_slow_look_is_followed_by_a_long_pause():
    machine = Settling(Moment(0, WALL), polls=True, day_ends=NEVER)
    machine.take(Moment(0, WALL))
    machine.looked(Moment(0, WALL), Moment(4, WALL + 4), day_ends=NEVER, young=False)

    assert machine.wait(Moment(4, WALL + 4), 1e9) == pytest.approx(4 * SHARE)


def test_a_file_too_young_is_read_again_soon_and_then_ever_more_seldom():
    play = Play()
    play.young = True
    play.event(at=10)
    play.run(11)
    gaps = [later - sooner for (sooner, _), (later, _) in pairwise(play.looks[-3:])]

    assert play.looks[-1][1] is Reason.YOUNG
    assert gaps == sorted(gaps)
    assert YOUNG < gaps[0] < gaps[1] <= RESCAN


def test_another_day_is_looked_at_when_it_begins():
    play = Play(day_ends=WALL + 30)
    play.day_ends = WALL + 30 + 86_400
    play.run(31)

    assert play.since_start == [(30, Reason.DAY)]


def test_a_clock_that_jumped_means_that_the_machine_slept():
    play = Play()
    play.run(10)
    play.ahead += 8 * 3600
    play.run(11)

    assert play.since_start == [(10, Reason.WOKE)]


def test_a_clock_that_is_slowly_set_right_means_nothing():
    play = Play()
    for second in range(1, 50):
        play.run(second)
        play.ahead += JUMP / 10
        assert play.machine.take(play.now) is None

    assert not play.since_start


def test_what_failed_is_tried_again_ever_more_seldom_and_nothing_else_in_between():
    play = Play()
    play.failed = True
    play.event(at=10)
    play.run(10 + QUIET)
    for second in range(12, 100):
        play.event(at=second)
    gaps = [later - sooner for (sooner, _), (later, _) in pairwise(play.looks[1:])]

    assert {reason for _, reason in play.looks[2:]} == {Reason.RETRY}
    assert gaps[0] == pytest.approx(RETRY)
    assert max(gaps) == pytest.approx(LONGEST_RETRY)
    assert play.machine.is_pending


@given(
    st.lists(st.floats(0, 3, allow_nan=False), max_size=60).map(
        lambda gaps: [10 + sum(gaps[: at + 1]) for at in range(len(gaps))]
    )
)
def test_every_event_is_looked_at_soon_and_none_twice(times):
    play = Play()
    for at in times:
        play.event(at)
    play.run((times[-1] if times else 10) + 5)
    looks = [at for at, reason in play.since_start if reason is Reason.CHANGE]

    for at in times:
        assert any(at <= look <= at + CEILING + 1e-6 for look in looks)
    for look in looks:
        assert any(look - CEILING - 1e-6 <= at <= look for at in times)
    # A burst whose events are close is looked at no more often than its length asks for.
    assert len(looks) <= len(times)
    span = times[-1] - times[0] if times else 0
    assert len(looks) <= span / QUIET + 1 + 1e-6  # times are not exact to the last bit


@given(
    st.lists(
        st.tuples(st.sampled_from(["event", "wait", "jump", "fail", "heal"]), st.floats(0, 90))
    )
)
@example([("jump", 0.508), ("wait", 25.07918204778136)])
def test_whatever_happens_it_never_stops_looking(story):
    play = Play(day_ends=WALL + 100)
    at = 0.0
    for what, amount in story:
        at += amount
        play.run(at)
        match what:
            case "event":
                play.machine.notice(at)
            case "jump":
                play.ahead += amount - 45
            case "fail" | "heal":
                play.failed = what == "fail"
        if play.day_ends <= play.now.wall:
            play.day_ends = play.now.wall + 50
    play.failed = False
    before = len(play.looks)
    play.run(at + RESCAN + LONGEST_RETRY + 100)

    assert len(play.looks) > before
    assert not play.machine.is_pending
