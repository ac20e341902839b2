"""Asking a watcher whether the index is current."""

import threading

from brokernotes.storage.freshness import ASKS, SEAT, VOUCHES, Seat, is_vouched_for
from brokernotes.storage.locking import watch_lock
from tests.waiting import until


def asked_in(folder):
    return [path for path in folder.iterdir() if path.name.startswith(ASKS)]


def ask(cache):
    """Ask in another thread; the answer stands in the list."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(is_vouched_for(str(cache))))
    thread.start()
    return thread, answers


def seated(cache):
    seat = Seat(str(cache))
    seat.take()
    seat.vouch(True)
    return seat


def test_nobody_vouches_where_nobody_watches(tmp_path):
    assert not is_vouched_for(None)
    assert not is_vouched_for(str(tmp_path))


def test_a_question_that_is_answered_is_answered_with_yes(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.freshness.PATIENCE", 30)
    seat = seated(tmp_path)
    with watch_lock(str(tmp_path)):
        thread, answers = ask(tmp_path)
        until(lambda: asked_in(tmp_path / SEAT), "the question")
        for path in asked_in(tmp_path / SEAT):
            seat.answer(str(path))
        thread.join()

    assert answers == [True]
    assert [path.name for path in (tmp_path / SEAT).iterdir()] == [VOUCHES]


def test_a_question_that_is_not_answered_is_not_waited_for(tmp_path):
    seated(tmp_path)
    with watch_lock(str(tmp_path)):
        assert not is_vouched_for(str(tmp_path))

    assert [path.name for path in (tmp_path / SEAT).iterdir()] == [VOUCHES]


def test_a_watcher_that_was_killed_is_not_even_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.freshness.PATIENCE", 3600)
    seated(tmp_path)  # its lock went with it, what it left behind did not

    assert not is_vouched_for(str(tmp_path))


def test_a_watcher_that_is_not_sure_is_not_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.freshness.PATIENCE", 3600)
    seated(tmp_path).vouch(False)
    with watch_lock(str(tmp_path)):
        assert not is_vouched_for(str(tmp_path))


def test_a_new_watcher_answers_no_question_by_clearing_up(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.freshness.PATIENCE", 0.3)
    seated(tmp_path)
    with watch_lock(str(tmp_path)):
        thread, answers = ask(tmp_path)
        until(lambda: asked_in(tmp_path / SEAT), "the question")
        Seat(str(tmp_path)).take()
        thread.join()

    assert answers == [False]


def test_a_question_that_was_taken_back_is_not_answered(tmp_path):
    seat = seated(tmp_path)
    seat.answer(str(tmp_path / SEAT / (ASKS + "1-1")))

    assert [path.name for path in (tmp_path / SEAT).iterdir()] == [VOUCHES]


def test_where_no_seat_can_be_had_nothing_is_promised(tmp_path):
    (tmp_path / SEAT).write_text("in the way")
    seat = Seat(str(tmp_path))
    seat.take()
    seat.vouch(True)

    assert seat.folder is None
    assert not is_vouched_for(str(tmp_path))
