"""What a writer does at its end: the draft is written or shown, and its outcome told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.storage.drafts import Draft, Written


def finish(
    app: App,
    draft: Draft,
    *,
    subject: str,
    dry_run: bool,
    commit: bool | None,
) -> Written:
    """Write a draft, or show its diff; what git would not take is said.

    Args:
        app: of the run.
        draft: what is to change; the vault's lock is held.
        subject: of the commit, in the vault's language.
        dry_run: print the diff and write nothing.
        commit: None: as the rules say.

    Raises:
        RefusedError: it makes a listing private where the rules of sharing say otherwise.
    """
    from brokernotes.cli.sharing_guard import refuse_breaches

    refuse_breaches(app, draft)
    if dry_run:
        app.console.out.write(app.console.text(draft.diff()))
        from brokernotes.storage.drafts import Written

        return Written()
    wants = app.vault.commits if commit is None else commit
    written = draft.write(subject, commit=wants)
    result = written.result
    if result is not None and result.reason is not None:
        reason = app.text(result.reason.message, **result.reason.params)
        app.console.say(app.text(N_("written, but not committed: {reason}"), reason=reason))
    return written


def writer_json(
    written: Written, *, id_: str | None, path: str, entry: str | None = None
) -> dict[str, object]:
    """The outcome of a writer in the shape programs bind to."""
    shape: dict[str, object] = {"id": id_, "path": path, **written_json(written)}
    if entry:
        shape["entry"] = entry
    return shape


def written_json(written: Written) -> dict[str, Any]:
    """Whether anything was written, under which operation and commit, for programs."""
    shape: dict[str, Any] = {"changed": bool(written.paths)}
    if written.operation:
        shape["operation"] = written.operation
    if written.result is not None and written.result.commit:
        shape["commit"] = written.result.commit
    return shape
