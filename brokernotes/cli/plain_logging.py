"""`log` in its plain forms, done before Click is loaded, which costs more than the commit.

The words are sorted as Click's way does (`cli.free_words`), the work is done by the same function,
and what ends it early is told by the same boundary. Whatever is unusual is left to Click, before
anything is done.
"""

from __future__ import annotations

import sys

from brokernotes.cli.app import App
from brokernotes.cli.plain import plain_app
from brokernotes.language import LANGUAGES
from brokernotes.light_dataclasses import NamedTuple

_ROOT = {"-C": "vault", "--vault": "vault", "--agent": "agent", "--lang": "lang"}
_VALUES = {**_ROOT, "--at": "at", "--next": "promised"}
_MANY = {"--with": "others", "--set": "settings"}
_FLAGS = {
    "--dry-run": ("dry_run", True),
    "--commit": ("commit", True),
    "--no-commit": ("commit", False),
    "--json": ("as_json", True),
}
# Known to Click's way, and left to it.
_LEFT = ("--help", "--verbs", "--as", "--color", "--no-pager", "--no-input", "--debug")


class Plain(NamedTuple):
    """The words of a plain `log`; empty or None: not given."""

    words: tuple[str, ...]
    vault: str | None = None
    agent: str | None = None
    lang: str | None = None
    at: str | None = None
    promised: str | None = None
    others: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    dry_run: bool = False
    commit: bool | None = None
    as_json: bool = False


def plain_log(args: list[str]) -> Plain | None:
    """What `log` is asked for; None: it is another command, or not plain."""
    given: dict[str, object] = {}
    many: dict[str, list[str]] = {name: [] for name in _MANY.values()}
    words: list[str] = []
    is_log = False
    left = iter(args)
    for word in left:
        name, has_value, value = word.partition("=") if word[:2] == "--" else (word, "", "")
        if not is_log and word == "log":
            is_log = True
        elif name in _ROOT or (is_log and (name in _VALUES or name in _MANY)):
            found = value if has_value else next(left, None)
            if found is None or (name == "--lang" and found not in LANGUAGES):
                return None
            if name in _MANY:
                many[_MANY[name]].append(found)
            elif found or name not in _ROOT:  # of the root's an empty one counts as not given
                given[_VALUES[name]] = found
            else:
                return None
        elif not is_log or word == "--" or name in _LEFT:
            return None
        elif name in _FLAGS:
            if has_value:
                return None
            key, given_value = _FLAGS[name]
            given[key] = given_value
        elif not words and word[:1] == "-":
            return None
        else:
            words.append(word)
    if len(words) < 2:
        return None
    return Plain(tuple(words), **given, **{key: tuple(one) for key, one in many.items()})  # type: ignore[arg-type]


def answer(args: list[str]) -> int | None:
    """Append the entry, if that is what is asked for, and plainly.

    Returns:
        The exit code; None: it is left to Click, and nothing was done.
    """
    asked = plain_log(args)
    app = None if asked is None else plain_app(asked.vault, asked.agent, asked.lang)
    if asked is None or app is None:
        return None
    from brokernotes.cli.boundary import bounded

    return bounded(app, lambda: _log(app, asked))


def _log(app: App, plain: Plain) -> int:
    from brokernotes.cli.choosing import until_certain
    from brokernotes.cli.entry_logging import Asked, log_entry
    from brokernotes.cli.writers import Flags

    ref, *words = plain.words
    asked = Asked(ref, words, plain.at, plain.others, plain.settings, plain.promised)
    flags = Flags(plain.dry_run, plain.commit, plain.as_json)
    try:
        until_certain(app, lambda: log_entry(app, asked, flags))
    except KeyboardInterrupt:
        sys.stderr.write("\n")  # as Click does: the terminal shows ^C
        raise
    sys.stdout.flush()
    return 0
