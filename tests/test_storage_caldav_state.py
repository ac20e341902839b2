"""What is remembered of servers: for its owner only, and never missed."""

import stat

import pytest

from brokernotes.errors import SystemRefusedError
from brokernotes.storage.caldav_state import NAME, CaldavState, Shelf


def test_what_is_kept_is_there_for_that_account_alone(tmp_path):
    one = CaldavState(str(tmp_path), "a")
    one.home = "/wang/"
    one.shelves["followups"] = Shelf("/wang/f/", "跟进", "token", {"/x.ics": {"etag": "1"}})
    one.keep()
    CaldavState(str(tmp_path), "b").keep()
    again = CaldavState(str(tmp_path), "a")

    assert (again.home, again.shelves) == (one.home, one.shelves)
    assert CaldavState(str(tmp_path), "b").shelves == {}
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"shape": 9, "accounts": {"a": {"home": "/w/", "calendars": {}}}}',
     '{"shape": 1, "accounts": {"a": 7}}',
     '{"shape": 1, "accounts": {"a": {"home": "", "calendars": {"f": {"href": 1}}}}}'],
)  # fmt: skip
def test_a_spoiled_file_is_forgotten(tmp_path, text):
    (tmp_path / NAME).write_text(text)
    found = CaldavState(str(tmp_path), "a")
    found.keep()

    assert (found.home, found.shelves) == ("", {})


def test_without_a_folder_nothing_is_kept_and_a_refusal_is_told(tmp_path):
    CaldavState(None, "a").keep()
    with pytest.raises(SystemRefusedError, match=r"cannot write .*caldav\.json"):
        CaldavState(str(tmp_path / "none"), "a").keep()
