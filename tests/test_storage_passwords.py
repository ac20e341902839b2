"""Passwords from where their owner keeps them."""

import sys
import types

import pytest

from brokernotes.errors import RefusedError
from brokernotes.storage.passwords import ask_command, ask_keyring

PRINTS = f'"{sys.executable}" -c'


def test_the_first_line_that_a_command_prints_is_the_password():
    assert ask_command(f'{PRINTS} \'print("geheim 密码"); print("url: x")\'') == "geheim 密码"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("no-such-command-anywhere", "cannot be started"),
        ("'", "cannot be started"),
        ("", "cannot be started"),
        (f"{PRINTS} 'raise SystemExit(3)'", "ended with 3"),
        (f"{PRINTS} 'print()'", "printed nothing"),
    ],
)
def test_a_command_that_tells_none_is_refused(command, said):
    with pytest.raises(RefusedError, match=said):
        ask_command(command)


def fake_keyring(monkeypatch, get):
    errors = types.ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})
    keyring = types.ModuleType("keyring")
    keyring.get_password, keyring.errors = get, errors
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return errors.KeyringError


def test_a_keyring_is_asked_by_service_user_and_host(monkeypatch):
    asked = []
    fake_keyring(monkeypatch, lambda *what: asked.append(what) or "x")

    assert ask_keyring("wang", "dav.example.com") == "x"
    assert asked == [("brokernotes caldav", "wang@dav.example.com")]


def test_no_keyring_and_a_locked_one_tell_nothing(monkeypatch):
    def locked(*_):
        raise error

    error = fake_keyring(monkeypatch, locked)
    assert ask_keyring("wang", "x") is None
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert ask_keyring("wang", "x") is None
