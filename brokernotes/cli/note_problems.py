"""What is wrong in a note that is being written, as `check` would say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brokernotes.cli.app import App
from brokernotes.cli.writers import shown_path
from brokernotes.errors import Problem, Severity

Counted = tuple[Problem, Severity]


def problems_of_text(
    app: App, path: str, text: str, unreadable: Iterable[Problem] = ()
) -> list[Counted]:
    """What is wrong in a note's text, worst first; hints are left to `check`."""
    from brokernotes.features.checking import check_note
    from brokernotes.notes.note import severity_of

    vault = app.vault
    note = vault.reader.read(path, text)
    problems, _ = check_note(note, vault.rules, app.today)
    counted = [
        (one, Severity(severity))
        for one in (*unreadable, *note.problems, *problems)
        if (severity := severity_of(one, vault.rules.checks)) not in ("off", "hint")
    ]
    return sorted(counted, key=lambda one: (one[1] != "error", one[0].position))


def show_problems(app: App, problems: Sequence[Counted]) -> None:
    """Say what is wrong in notes, one line each and its mend."""
    from brokernotes.cli.check_page import SEVERITIES, masked_text
    from brokernotes.features.problem_texts import worded

    for one, severity in problems:
        words = worded(one, app.language, app.vault.rules.schema)
        place = f"{shown_path(app, one.position.path)}:{one.position.line}:{one.position.column}:"
        label = f"{app.text(SEVERITIES[severity])}[{one.code}]"
        app.console.say(f"{place} {label} {masked_text(words.message)}")
        if words.hint:
            app.console.say(f"    {masked_text(words.hint)}")


def problem_shapes_of(app: App, problems: Sequence[Counted]) -> list[dict[str, object]]:
    """The same for programs, numbers of phones and cards masked."""
    from brokernotes.cli.check_page import masked_problem
    from brokernotes.cli.check_reports import masked_shape
    from brokernotes.features.problem_texts import problem_json

    schema = app.vault.rules.schema
    return [
        masked_shape(problem_json(masked_problem(one), how, app.language, schema))
        for one, how in problems
    ]
