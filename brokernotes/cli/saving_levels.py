"""`tree --save`: the levels that hold from now on, written into the rules."""

from __future__ import annotations

from collections.abc import Sequence

from brokernotes.cli.app import App
from brokernotes.cli.outcomes import finish
from brokernotes.cli.writers import vault_text, writing
from brokernotes.features.classifying import Level, told_level
from brokernotes.language import N_
from brokernotes.model.schema import NOTE_TYPES
from brokernotes.notes.rulebook import RULES_FILE
from brokernotes.notes.rulebook_writing import set_list
from brokernotes.storage.drafts import Draft
from brokernotes.storage.reading import read_text


def save_levels(
    app: App, note_type: str, levels: Sequence[Level], *, dry_run: bool, commit: bool | None
) -> None:
    """Write levels as `classify.TYPE` of brokernotes.yaml, and say so; nothing else changes.

    Args:
        app: of the run.
        note_type: whose notes are classified so.
        levels: the outermost first.
        dry_run: print the diff and write nothing.
        commit: None: as the rules say.

    Raises:
        RefusedError: the file's shape does not allow it.
    """
    told = [told_level(level) for level in levels]
    kind = next(one.folders for one in NOTE_TYPES if one.id == note_type)
    with writing(app) as vault:
        source = read_text(vault.root, RULES_FILE)
        draft = Draft(vault, app.now)

        def again(text: str) -> str:
            return set_list(text, "classify", note_type, told)

        is_new = draft.change(source, again(source.text), again)
        joined = "、".join(told) if app.vault.rules.language == "zh" else ", ".join(told)
        subject = vault_text(app, N_("classify {kind} by {keys}"), kind=note_type, keys=joined)
        finish(app, draft, subject=subject, dry_run=dry_run, commit=commit)
    if dry_run:
        return
    params = {"kind": app.language.label(kind), "keys": told}
    if is_new:
        app.console.say(app.text(N_("saved: {kind} are classified by {keys}"), **params))
    else:
        app.console.say(app.text(N_("{kind} are classified by {keys} already"), **params))
