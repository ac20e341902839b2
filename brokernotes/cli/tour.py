"""`make run`: a demo brokerage in a folder, and a day's main job on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from brokernotes.cli.app import App
from brokernotes.cli.boundary import app_text
from brokernotes.cli.main import run
from brokernotes.language import N_

STEPS = (("check", "--severity", "warning"), ("due",), ("ical",))


def tour(folder: str) -> int:
    """Make the demo unless it is there, then check it, list what is due, write the calendar.

    Args:
        folder: where the demo stands or is to stand.

    Returns:
        The exit code: 0, or that of the step that could not be done.
    """
    talk = App(os.environ)
    if not (Path(folder) / "brokernotes.yaml").exists():
        code = _step("init", folder, "--demo")
        if code:
            return code
    else:
        sys.stdout.write(
            app_text(talk, N_("The demo in {folder} is used as it stands."), folder=folder) + "\n"
        )
    for step in STEPS:
        code = _step("-C", folder, *step)
        # Findings of a check are an answer, not a failure of the tour.
        if code and not (step[0] == "check" and code == 1):
            return code
    program = Path(sys.executable).with_name("brokernotes")
    shown = os.path.relpath(program) if program.exists() else "python -m brokernotes"
    lines = (
        N_("The demo brokerage stands in {folder}/: open it in Obsidian or any editor."),
        N_("Its calendar is {folder}/calendar/*.ics: open it with any calendar program."),
        N_("Try next:"),
    )
    sys.stdout.write("\n")
    for line in lines:
        sys.stdout.write(app_text(talk, line, folder=folder) + "\n")
    for words in ("due --agent 王敏 --explain", "show 阳光花园", "list listings status:在售"):
        sys.stdout.write(f"  {shown} -C {folder} {words}\n")
    return 0


def _step(*words: str) -> int:
    sys.stdout.write(f"\n$ brokernotes {' '.join(words)}\n")
    sys.stdout.flush()
    app = App(os.environ)
    if words[0] == "-C":
        app.vault_option = words[1]
    code = run(app, list(words))
    sys.stdout.flush()
    return code


if __name__ == "__main__":
    sys.exit(tour(sys.argv[1] if len(sys.argv) > 1 else "demo"))
