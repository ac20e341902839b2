"""`python -m brokernotes`, and the installed commands `brokernotes` and `bn`.

What the version alone answers is answered before anything else is loaded, and `due` and `find`
in their plain forms before Click is.
"""

import atexit
import gc
import os
import sys

from brokernotes import __version__

PLAIN = frozenset(("due", "find"))  # commands that `cli.plain` may answer
JSON_SCHEMA_VERSION = 1  # of the JSON shapes; grows with every new key

# Loading modules makes many objects and no garbage: with Python's 700 that is a twentieth of `due`.
_OBJECTS_BEFORE_COLLECTING = 200_000


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    try:
        run()
    except SystemExit as leaving:
        if not isinstance(leaving.code, int):
            raise
        _leave(leaving.code)
    _leave(0)


def run() -> None:
    """Run the command line.

    Raises:
        SystemExit: with the exit code, where it is not 0.
    """
    args = sys.argv[1:]
    if args[:1] == ["--version"] and set(args[1:]) <= {"--json"} and sys.stdout is not None:
        if "--json" in args:
            said = f'{{"version": "{__version__}", "schema": {JSON_SCHEMA_VERSION}}}'
        else:
            said = f"brokernotes {__version__}"
        sys.stdout.write(said + "\n")
        return
    _speak_utf8()
    from brokernotes.cli.looking_ahead import look_ahead
    from brokernotes.cli.standby_asking import answered

    try:
        code = answered(args)
    except (KeyboardInterrupt, OSError) as error:
        from brokernotes.cli.main import ended_early

        sys.exit(ended_early(error, args))
    if code is None:
        look_ahead(args)
        run_here(args)
    elif code:
        sys.exit(code)


def run_here(args: list[str]) -> None:
    """Run the command line in this process.

    Args:
        args: its words.

    Raises:
        SystemExit: with the exit code, where it is not 0.
    """
    if not PLAIN.isdisjoint(args):
        from brokernotes.cli.plain import answer

        try:
            if answer(args):
                return
        except (KeyboardInterrupt, OSError) as error:
            from brokernotes.cli.main import ended_early

            sys.exit(ended_early(error, args))
    if "log" in args:
        from brokernotes.cli.plain_logging import answer as answer_log

        code = answer_log(args)
        if code is not None:
            sys.exit(code)
    from brokernotes.cli.main import main as run_command

    run_command()


def _leave(code: int) -> None:
    """End the process at once: taking every object apart first is a tenth of a short command.

    What others registered for the end is run, and what was printed is on its way; where a thread
    is still at work or a stream takes no more, Python ends the process as it always does.
    """
    threading = sys.modules.get("threading")
    if threading is None or threading.active_count() == 1:
        atexit._run_exitfuncs()
        try:
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
        except (OSError, ValueError):
            sys.exit(code)
        os._exit(code)
    sys.exit(code)


def _speak_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where file names and arguments would be read as ASCII.

    That is so under `LC_ALL=C` where the mode was switched off; no Chinese name is one then.
    """
    if sys.getfilesystemencoding() == "ascii" and sys.executable and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    main()
