"""`due` and `find` in their plain forms, answered before Click is loaded.

Loading Click costs more than all the rest of `due`. The work is done by the same functions,
into memory: whatever is unusual is left to Click, and nothing has been printed by then.
"""

from __future__ import annotations

import os
import sys

from brokernotes.cli.app import App
from brokernotes.cli.console import FORMATS, Held
from brokernotes.language import LANGUAGES
from brokernotes.light_dataclasses import NamedTuple

_WITH_VALUE = {
    "-C": "vault",
    "--vault": "vault",
    "--agent": "agent",
    "--lang": "lang",
    "-n": "limit",
    "--format": "form",
    "--kind": "kind",
}
_FLAGS = {"--json": ("form", "json"), "--all": ("all", "yes"), "--reveal": ("reveal", "yes")}
_BEFORE_COMMAND = frozenset(("vault", "agent", "lang"))
_OWN = {
    "due": _BEFORE_COMMAND | {"limit", "form", "all"},
    "find": _BEFORE_COMMAND | {"limit", "form", "kind", "reveal"},
}


class Plain(NamedTuple):
    """A plain command: its name, its options and its words."""

    command: str
    words: tuple[str, ...] = ()
    vault: str | None = None
    agent: str | None = None
    lang: str | None = None
    limit: str | None = None
    form: str = "table"
    kind: str | None = None
    all: str = ""
    reveal: str = ""


def plain(args: list[str]) -> Plain | None:
    """What is asked for; None: it is none of the commands answered here, or not plain."""
    given: dict[str, str] = {}
    said: list[str] = []
    command = ""
    words = iter(args)
    for word in words:
        name, has_value, value = word.partition("=") if word[:2] == "--" else (word, "", "")
        if word in _FLAGS:
            key, value = _FLAGS[word]
        elif name in _WITH_VALUE:
            key = _WITH_VALUE[name]
            value = value if has_value else next(words, "")
        elif word[:1] in ("", "-"):
            return None
        elif not command and word in _OWN:
            command = word
            continue
        elif command == "find":
            said.append(word)
            continue
        else:
            return None
        known = _OWN[command] if command else _BEFORE_COMMAND
        if key in given or key not in known or not _is_plain(key, value):
            return None
        given[key] = value
    return Plain(command, tuple(said), **given) if command else None


def _is_plain(key: str, value: str) -> bool:
    if key == "lang":
        return value in LANGUAGES
    if key == "form":
        return value in FORMATS
    if key == "limit":
        return value.isascii() and value.isdigit() and value[0] != "0" and len(value) < 7
    return bool(value) and value[0] != "-"


def answer(args: list[str]) -> bool:
    """Answer a command, if it is one of those answered here, and plain.

    Returns:
        Whether it was; else nothing was printed, and Click is to answer.
    """
    asked = plain(args)
    app = None if asked is None else plain_app(asked.vault, asked.agent, asked.lang)
    if asked is None or app is None:
        return False
    try:
        told = _told(app, asked)
    except Exception:  # noqa: BLE001 (Click's way meets it again, and tells it)
        return False
    finally:
        app.close()
    if told is None:
        return False
    for stream, text in zip((sys.stdout, sys.stderr), told, strict=True):
        stream.write(text)
        stream.flush()
    return True


def plain_app(vault: str | None, agent: str | None, lang: str | None) -> App | None:
    """The run of a plain command, by the options that stand before it.

    Returns:
        None: it is for Click, which completes words, and tells what is wrong with the streams.
    """
    if "_BROKERNOTES_COMPLETE" in os.environ or None in (sys.stdin, sys.stdout, sys.stderr):
        return None
    app = App(os.environ)
    app.vault_option, app.agent_option, app.language_option = vault, agent, lang
    return app


def _told(app: App, asked: Plain) -> tuple[str, str] | None:
    """What goes to standard output and error; None: Click is to answer."""
    vault = app.vault
    if vault.rules_problems:
        return None
    console = app.console
    vault.refresh(app.today, console.progress)
    if vault.index.trouble:
        return None
    app.fresh = vault
    streams = console.out, console.err
    held = console.out, console.err = Held(sys.stdout), Held(sys.stderr)
    try:
        _tell(app, asked)
    finally:
        console.out, console.err = streams  # what an earlier command left is told at the end
    told = held[0].getvalue()
    if asked.form == "table" and console.is_terminal and told.count("\n") >= console.height:
        return None  # it goes through a pager
    return told, held[1].getvalue()


def _tell(app: App, asked: Plain) -> None:
    limit = int(asked.limit) if asked.limit else None
    if asked.command == "due":
        from brokernotes.cli.due_telling import tell_due

        tell_due(app, show_all=bool(asked.all), limit=limit, form=asked.form)
        return
    from brokernotes.cli.find_telling import tell_find

    tell_find(
        app, asked.words, kind=asked.kind, limit=limit, reveal=bool(asked.reveal), form=asked.form
    )
