"""`python -m brokernotes`, and the installed commands `brokernotes` and `bn`.

What the version alone answers is answered before anything else is loaded, and `due` in its
plain forms before Click is.
"""

import os
import sys

from brokernotes import __version__

JSON_SCHEMA_VERSION = 1  # of the JSON shapes; grows with every new key


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    args = sys.argv[1:]
    if args[:1] == ["--version"] and set(args[1:]) <= {"--json"} and sys.stdout is not None:
        if "--json" in args:
            said = f'{{"version": "{__version__}", "schema": {JSON_SCHEMA_VERSION}}}'
        else:
            said = f"brokernotes {__version__}"
        sys.stdout.write(said + "\n")
        return
    _speak_utf8()
    if "due" in args:
        from brokernotes.cli.plain import answer

        try:
            if answer(args):
                return
        except (KeyboardInterrupt, OSError) as error:
            from brokernotes.cli.main import ended_early

            sys.exit(ended_early(error))
    from brokernotes.cli.main import main as run_command

    run_command()


def _speak_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where file names and arguments would be read as ASCII.

    That is so under `LC_ALL=C` where the mode was switched off; no Chinese name is one then.
    """
    if sys.getfilesystemencoding() == "ascii" and sys.executable and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


if __name__ == "__main__":
    main()
