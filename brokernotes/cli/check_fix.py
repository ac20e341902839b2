"""What `check --fix` does: everything certain mended, shown or written and committed at once."""

from __future__ import annotations

import os

from brokernotes.cli.app import App
from brokernotes.cli.broken_rules import refuse_unread_rules
from brokernotes.cli.check import Fix, is_wanted
from brokernotes.cli.outcomes import finish
from brokernotes.errors import Problem, RefusedError, SystemRefusedError
from brokernotes.features.mending import Mended
from brokernotes.inspection.problems import problems_of
from brokernotes.language import N_, language
from brokernotes.mends import Mender, mended_codes
from brokernotes.storage.drafts import Draft


def mend(app: App, asked: Fix) -> bool:
    """Mend what is certain, and say what was done.

    Args:
        app: of the run.
        asked: where, what, and whether it is written.

    Returns:
        Whether everything has been told already.

    Raises:
        VaultError: the rules cannot be read, or the vault's format is newer.
    """
    vault = app.vault
    refuse_unread_rules(app)
    with vault.writing():
        vault.refresh(app.today, app.console.progress)
        work = _Work(app, asked)
        work.run()
        draft = work.draft
        if asked.dry_run and asked.as_json:
            app.console.json({"changed": work.changed, "diff": draft.diff()})
            return True
        speak = language(vault.rules.language)
        count = len(draft.changes)
        subject = speak.plural(N_("Mend {count} note"), N_("Mend {count} notes"), count)
        finish(app, draft, subject=subject, dry_run=asked.dry_run, commit=asked.commit)
    for line in [*work.told, *work.left]:
        app.console.say(line)
    for code in sorted(set(asked.only) - mended_codes(asked.only)):
        line = N_("{code} is not mended by --fix: what is right only a person knows.")
        app.console.say(app.text(line, code=code))
    if not work.told and not work.left:
        app.console.say(app.text(N_("Nothing to mend.")))
    return False


class _Work:
    """The notes that are mended in one run.

    Attributes:
        draft: their new texts.
        told: what was done, a line a note.
        left: what cannot be written, a line a note.
        changed: what was done, for programs.
    """

    def __init__(self, app: App, asked: Fix) -> None:
        self.app = app
        self.asked = asked
        self.draft = Draft(app.vault, app.now)
        self.told: list[str] = []
        self.left: list[str] = []
        self.changed: list[dict[str, object]] = []

    def run(self) -> None:
        """Mend every note that has something to mend."""
        vault = self.app.vault
        codes = mended_codes(self.asked.only, vault.rules.checks)
        by_path: dict[str, list[Problem]] = {}
        for one, _ in problems_of(vault, self.app.today):
            if is_wanted(one, self.asked.wanted):
                by_path.setdefault(one.position.path, []).append(one)
        mender = Mender(vault, self.app.now)
        notes = {path: found for path, found in by_path.items()
                 if any(one.code in codes for one in found)}  # fmt: skip
        for path in self.app.console.progress(notes, len(notes)):
            opened, mended = mender.mend(notes[path], codes)
            self._tell_left(path, mended)
            if mended.text == opened.source.text:
                continue
            try:
                self.draft.change(opened.source, mended.text)
            except (RefusedError, SystemRefusedError) as error:
                self.left.append(self.app.text(error.message, **error.params))
                continue
            self._tell(path, mended)

    def _tell_left(self, path: str, mended: Mended) -> None:
        """Say what is left although `--fix` mends its kind, and why."""
        unsure = []
        for code in sorted({one.code for one in mended.left}):
            error = mended.refused.get(code)
            if error is None:
                unsure.append(code)
                continue
            why = self.app.text(error.message, **error.params)
            line = N_("{path}: {code} is left: {reason}")
            self.left.append(self.app.text(line, path=self._shown(path), code=code, reason=why))
        if unsure:
            line = N_("{path}: left, since what is meant is not certain: {what}")
            what = self.app.text(N_(", ")).join(unsure)
            self.left.append(self.app.text(line, path=self._shown(path), what=what))

    def _shown(self, path: str) -> str:
        return os.path.relpath(os.path.join(self.app.vault.root, path))  # noqa: PTH118

    def _tell(self, path: str, mended: Mended) -> None:
        parts = [
            code if count == 1 else f"{code} ×{count}"
            for code, count in sorted(mended.done.items())
        ]
        what = self.app.text(N_(", ")).join(parts)
        self.told.append(
            self.app.text(N_("{path}: mended {what}"), path=self._shown(path), what=what)
        )
        self.changed.append({"path": path, "mended": dict(sorted(mended.done.items()))})
