"""`check --fix --ask`: what was probably meant, one question each, written together."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App
from brokernotes.cli.check import Fix, is_wanted
from brokernotes.cli.check_page import CheckPage, masked_text
from brokernotes.cli.outcomes import finish
from brokernotes.cli.width import visible
from brokernotes.errors import Problem, RefusedError, Severity, SystemRefusedError
from brokernotes.features.mending import Tools, edited
from brokernotes.features.mending_guesses import GUESSES, guess, is_harmless
from brokernotes.inspection.problems import problems_of
from brokernotes.language import N_, language
from brokernotes.mends import Mender
from brokernotes.notes.value_edits import Edit
from brokernotes.storage.drafts import Draft
from brokernotes.storage.vault import Opened

Counted = tuple[Problem, Severity]


def ask(app: App, asked: Fix) -> None:
    """Ask about every problem with a guess, then write what was agreed to.

    The lock is not held while somebody thinks; a note that changed meanwhile is not written.

    Raises:
        Abort: the questions were broken off; nothing was written.
        ChangedMeanwhileError: somebody else wrote first.
    """
    vault = app.vault
    vault.refresh(app.today, app.console.progress)
    by_path: dict[str, list[Counted]] = {}
    for one in problems_of(vault, app.today):
        if is_wanted(one[0], asked.wanted) and one[0].code in GUESSES \
                and (not asked.only or one[0].code in asked.only):  # fmt: skip
            by_path.setdefault(one[0].position.path, []).append(one)
    tools = Mender(vault, app.now).tools
    draft = Draft(vault, app.now)
    agreed = 0
    for path, found in by_path.items():
        opened = vault.open(path)
        edits = _agreed(app, opened, found, tools)
        text = _applied(opened, edits, tools)
        if text != opened.source.text:
            try:
                draft.change(opened.source, text)
            except (RefusedError, SystemRefusedError) as error:
                app.console.say(app.text(error.message, **error.params))
                continue
            agreed += len(edits)
    if not draft.changes:
        app.console.say(app.text(N_("Nothing was agreed to, and nothing is written.")))
        return
    speak = language(vault.rules.language)
    count = len(draft.changes)
    subject = speak.plural(N_("Mend {count} note"), N_("Mend {count} notes"), count)
    with vault.writing():
        finish(app, draft, subject=subject, dry_run=False, commit=asked.commit)
    one_, many = N_("{count} place mended"), N_("{count} places mended")
    app.console.say(app.language.plural(one_, many, agreed))


def _agreed(app: App, opened: Opened, found: Sequence[Counted], tools: Tools) -> list[list[Edit]]:
    """The guesses somebody said yes to."""
    page = CheckPage(app, app.vault.root)
    yes = []
    for one in found:
        edits = guess(opened.note, one[0], tools)
        if not edits or not _is_good(opened, edits, tools):
            continue
        page.show([one])
        for line in _lines(opened.note.text, edits):
            app.console.print(app.console.styled(masked_text(visible(line)), "good"))
        app.console.out.flush()
        if click.confirm(app.text(N_("Write it so?")), default=False, err=True):
            yes.append(edits)
    return yes


def _is_good(opened: Opened, edits: Sequence[Edit], tools: Tools) -> bool:
    after = tools.reader.read(opened.path, edited(opened.note.text, edits))
    return is_harmless(opened.note, after)


def _applied(opened: Opened, agreed: Sequence[Sequence[Edit]], tools: Tools) -> str:
    """The note with what was agreed to; from its end, so that places before it stay."""
    text, note = opened.note.text, opened.note
    reached = len(text) + 1
    for edits in sorted(agreed, key=max, reverse=True):
        if max(edit[1] for edit in edits) > reached:
            continue  # two guesses about one place: the later one in the file was taken
        changed = edited(text, edits)
        after = tools.reader.read(opened.path, changed)
        if is_harmless(note, after):
            text, note = changed, after
            reached = min(edit[0] for edit in edits)
    return text


def _lines(text: str, edits: Sequence[Edit]) -> list[str]:
    """The lines as they would be."""
    start = text.rfind("\n", 0, min(edit[0] for edit in edits)) + 1
    last = max(edit[1] for edit in edits)
    end = text.find("\n", last)
    end = len(text) if end < 0 else end
    moved = [(a - start, b - start, new) for a, b, new in edits]
    return [f"    {line}" for line in edited(text[start:end], moved).splitlines()]
