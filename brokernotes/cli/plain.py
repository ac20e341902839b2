"""`due` in its plain forms, answered before Click is loaded.

Loading Click costs more than all the rest of `due`. The work is done by the same functions,
into memory: whatever is unusual is left to Click, and nothing has been printed by then.
"""

from __future__ import annotations

import os
import sys

from brokernotes.cli.app import App
from brokernotes.cli.console import FORMATS, Held
from brokernotes.cli.due_telling import tell_due
from brokernotes.language import LANGUAGES
from brokernotes.light_dataclasses import NamedTuple

_WITH_VALUE = {
    "-C": "vault",
    "--vault": "vault",
    "--agent": "agent",
    "--lang": "lang",
    "-n": "limit",
    "--format": "form",
}
_FLAGS = {"--json": ("form", "json"), "--all": ("all", "yes")}
_BEFORE_COMMAND = frozenset(("vault", "agent", "lang"))


class Plain(NamedTuple):
    """The options of a plain `due`."""

    vault: str | None = None
    agent: str | None = None
    lang: str | None = None
    limit: str | None = None
    form: str = "table"
    all: str = ""


def plain_due(args: list[str]) -> Plain | None:
    """The options of `due`; None: it is not `due`, or not plain."""
    given: dict[str, str] = {}
    is_due = False
    words = iter(args)
    for word in words:
        if word == "due" and not is_due:
            is_due = True
            continue
        name, has_value, value = word.partition("=") if word[:2] == "--" else (word, "", "")
        if word in _FLAGS:
            key, value = _FLAGS[word]
        elif name in _WITH_VALUE:
            key = _WITH_VALUE[name]
            value = value if has_value else next(words, "")
        else:
            return None
        if key in given or not _is_plain(key, value) or not (is_due or key in _BEFORE_COMMAND):
            return None
        given[key] = value
    return Plain(**given) if is_due else None


def _is_plain(key: str, value: str) -> bool:
    if key == "lang":
        return value in LANGUAGES
    if key == "form":
        return value in FORMATS
    if key == "limit":
        return value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 7
    return bool(value) and value[0] != "-"


def answer(args: list[str]) -> bool:
    """Print what is due, if that is what is asked for, and plainly.

    Returns:
        Whether it was; else nothing was printed, and Click is to answer.
    """
    asked = plain_due(args)
    if asked is None or "_BROKERNOTES_COMPLETE" in os.environ:
        return False
    if None in (sys.stdin, sys.stdout, sys.stderr):
        return False
    app = App(os.environ)
    app.vault_option, app.agent_option, app.language_option = asked.vault, asked.agent, asked.lang
    try:
        told = _told(app, asked)
    except Exception:  # noqa: BLE001 (Click's way meets it again, and tells it)
        return False
    finally:
        app.close()
    if told is None:
        return False
    sys.stdout.write(told)
    sys.stdout.flush()
    return True


def _told(app: App, asked: Plain) -> str | None:
    vault = app.vault
    if vault.rules_problems:
        return None
    console = app.console
    vault.refresh(app.today, console.progress)
    if vault.index.trouble:
        return None
    app.fresh = vault
    held = console.out = Held(sys.stdout)
    limit = int(asked.limit) if asked.limit else None
    tell_due(app, show_all=bool(asked.all), limit=limit, form=asked.form)
    told = held.getvalue()
    if asked.form == "table" and console.is_terminal and told.count("\n") >= console.height:
        return None  # it goes through a pager
    return told
