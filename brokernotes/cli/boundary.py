"""The one error boundary: what ends a command early is told in a sentence, with its exit code.

Click is loaded by whoever called it, never here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App, language_of_locale
from brokernotes.cli.width import visible
from brokernotes.errors import BrokernotesError
from brokernotes.language import N_

if TYPE_CHECKING:
    import click


def bounded(app: App, work: Callable[[], int]) -> int:
    """The exit code of some work; whatever ends it early is told in a sentence."""
    try:
        return work()
    except KeyboardInterrupt:
        return _interrupted(app)
    except BrokernotesError as error:
        return _refused(app, error)
    except (BrokenPipeError, SystemExit):  # as Click has it, which ends the process itself
        _flush_output()  # the reader of a pipe has left; nothing is wrong
        return 0
    except OSError as error:
        _complain(app, app_text(app, N_("the system refused: {reason}"), reason=str(error)))
        return 74
    except Exception as error:  # noqa: BLE001 (the one boundary: a person never sees a traceback)
        code = _ended_by_click(app, error) if "click" in sys.modules else None
        if code is not None:
            return code
        if type(error).__module__ == "sqlite3" and app.has_vault:
            return _index_failed(app, error)
        return _internal_error(app, error)
    finally:
        app.close()


def _interrupted(app: App) -> int:
    _complain(app, app_text(app, N_("interrupted")))
    return 130


def _ended_by_click(app: App, error: Exception) -> int | None:
    """The exit code of what Click ends a command with; None: it is none of that."""
    import click

    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.Abort):
        return _interrupted(app)
    if isinstance(error, click.UsageError):
        return _usage_error(app, error)
    if isinstance(error, click.ClickException):
        _complain(app, error.format_message())
        return 2
    return None


def _refused(app: App, error: BrokernotesError) -> int:
    message = app_text(app, error.message, **error.params)
    _complain(app, message)
    for line in (*getattr(error, "candidates", ()), *getattr(error, "reasons", ())):
        _say(f"  {line}".rstrip())
    if error.hint:
        _say(app_text(app, error.hint, **error.params))
    return error.exit_code


def _usage_error(app: App, error: click.UsageError) -> int:
    from brokernotes.cli.texts import usage_message

    _complain(app, usage_message(app, error))
    if error.ctx is not None:
        command = error.ctx.command_path
        _say(app_text(app, N_("`{command} --help` says more."), command=command))
    return 2


def _index_failed(app: App, error: Exception) -> int:
    """SQLite cannot read the index; it is a cache, so a damaged one is thrown away."""
    is_gone = app.vault.index.discard(error)
    _complain(app, app_text(app, N_("the index cannot be read: {reason}"), reason=str(error)))
    if is_gone:
        hint = N_("It has been thrown away; run the command again, and it is made anew.")
        sys.stderr.write(app_text(app, hint) + "\n")
    return 74


def _internal_error(app: App, error: Exception) -> int:
    if app.debug or app.environ.get("BROKERNOTES_DEBUG"):
        import traceback

        traceback.print_exception(error)
    kind = type(error).__name__
    _complain(app, app_text(app, N_("internal error: {kind}: {error}"), kind=kind, error=error))
    _say(
        app_text(app, N_("Nothing more was done. `brokernotes --debug …` shows where it happened."))
    )
    return 70


def app_text(app: App, message: str, /, **params: Any) -> str:
    """A message in the run's language; in the locale's where even the vault cannot be read."""
    from brokernotes.features.problem_texts import spoken
    from brokernotes.language import language

    try:
        reader = app.language
    except BrokernotesError:
        reader = language(language_of_locale(app.environ))
    schema = None
    if "key" in params:
        with contextlib.suppress(BrokernotesError):
            schema = app.vault.rules.schema
    return reader.text(message, **spoken(params, reader, schema))


def _complain(app: App, message: str) -> None:
    _flush_output()
    _say(f"brokernotes: {message}")


def _flush_output() -> None:
    """Flush the output; where nobody takes it, the rest of it goes nowhere.

    Else the interpreter would try once more at its end, and complain in its own words.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    # A title or a file's name may hold what drives a terminal.
    sys.stderr.write((visible(text) if sys.stderr.isatty() else text) + "\n")
