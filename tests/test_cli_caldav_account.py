"""Who one is on which server, and that nobody else learns the password."""

import sys

import pytest

from brokernotes.storage import passwords

NOTES = """
    -- agents/王敏.md --
    ---
    id: A-R45D5D
    type: agent
    title: 王敏
    email: other@example.com
    ---
    """
ASKED = {"BROKERNOTES_CALDAV_PASSWORD": "s3cret"}


@pytest.fixture
def drawn(vault):
    made = vault(NOTES)
    made.git("init", "-q")
    return made


def push(drawn, *words, agent="王敏", lang="en", **environ):
    who = ("--agent", agent) if agent else ()
    return drawn.run("ical", "push", *words, *who, lang=lang, environ=environ)


@pytest.mark.parametrize(
    ("url", "exit_code", "said"),
    [
        ("http://dav.example.com/", 1, "asked without encryption"),
        ("https://wang:s3cret@dav.example.com/", 1, "a password stands in"),
        ("ftp://dav.example.com/", 2, "begins with https://"),
        ("dav.example.com", 2, "begins with https://"),
        ("https://[::1", 2, "begins with https://"),
    ],
)
def test_an_address_that_would_give_something_away_or_is_none_is_refused(
    drawn, url, exit_code, said
):
    told = push(drawn, "--url", url, "--user", "wang", **ASKED)

    assert told.exit == exit_code
    assert said in told.err
    assert "s3cret" not in told.out + told.err


def test_what_is_missing_is_named(drawn):
    nobody = push(drawn, agent="")
    nowhere = push(drawn)
    who = push(drawn, "--url", "http://127.0.0.1:9/")
    password = push(drawn, "--url", "http://127.0.0.1:9/", "--user", "wang", lang="zh")

    assert [one.exit for one in (nobody, nowhere, who, password)] == [2, 2, 2, 1]
    assert "whose calendar?" in nobody.err
    assert "which calendar server?" in nowhere.err
    assert "which user of http://127.0.0.1:9/?" in who.err
    assert "没有 wang 在 127.0.0.1:9 上的密码" in password.err


def test_git_s_settings_tell_it_for_everybody_or_for_one_agent(drawn):
    drawn.git("config", "brokernotes.caldavUrl", "http://everybody@127.0.0.1:9/")
    drawn.git("config", "brokernotes.caldavPasswordCommand", "printf all")
    everybody = push(drawn)
    drawn.git("config", "brokernotes.A-R45D5D.caldavUrl", "http://127.0.0.1:8/dav")
    drawn.git("config", "brokernotes.A-R45D5D.caldavUser", "wang")
    hers = push(drawn)

    assert (everybody.exit, hers.exit) == (74, 74)
    assert "http://127.0.0.1:9/ cannot be reached" in everybody.err
    assert "http://127.0.0.1:8/dav/ cannot be reached" in hers.err


def test_without_the_library_it_is_said_how_to_get_it(drawn, monkeypatch):
    monkeypatch.setitem(sys.modules, "caldav", None)
    told = push(drawn, "--url", "http://127.0.0.1:9/", "--user", "wang", **ASKED)

    assert told.exit == 1
    assert "pip install 'brokernotes[caldav]'" in told.err


def test_the_keyring_is_asked_where_there_is_one(drawn, monkeypatch):
    asked = []
    monkeypatch.setattr(passwords, "ask_keyring", lambda *who: asked.append(who) or "x")
    told = push(drawn, "--url", "http://127.0.0.1:9/", "--user", "wang")

    assert asked == [("wang", "127.0.0.1:9")]
    assert told.exit == 74


def test_only_one_s_own_eyes_take_something_in(drawn):
    told = drawn.run("ical", "pull", "--as", "王敏", environ=ASKED)

    assert told.exit == 2
    assert "does not go with --as" in told.err
