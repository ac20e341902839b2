"""`fmt`: front matter as Obsidian writes it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.check import vault_path
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.outcomes import finish
from brokernotes.cli.texts import command
from brokernotes.cli.writers import shown_path, vault_text, writing
from brokernotes.errors import NotFoundError, RefusedError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.storage.drafts import Draft, Written

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault


@command(
    "fmt",
    N_(
        "Write front matter as Obsidian's properties do, so that the first edit there changes "
        "one line and not the whole block: lists one item a line, quotes only where YAML needs "
        "them, no blank lines. Keys keep their order, and values, text and log stay the same.\n\n"
        "REF or PATH names notes or folders; none: every note. Notes whose front matter has "
        "problems or comments are left as they are and named. With `--check` nothing is written, "
        "and the exit code is 1 where something would be."
    ),
    N_("Examples: `brokernotes fmt --check`, `brokernotes fmt 客源 --dry-run`"),
)
@click.argument("refs", metavar="[REF|PATH]…", nargs=-1, shell_complete=offers("refs"))
@click.option("--check", "only_check", is_flag=True, help=N_("Only say what would change."))
@click.option("--drop-comments", is_flag=True, help=N_("Delete comments, as Obsidian would."))
@writing_options
@common_options
@pass_app
def fmt_command(
    app: App,
    refs: tuple[str, ...],
    only_check: bool,
    drop_comments: bool,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> int:
    """Write front matter as Obsidian writes it."""
    if only_check:
        work = _Work(app, drop_comments=drop_comments)
        work.run(_paths(app, app.fresh, refs))
        return work.report(as_json=as_json, is_named=bool(refs), only_check=True)
    with writing(app) as vault:
        work = _Work(app, drop_comments=drop_comments)
        work.run(_paths(app, vault, refs))
        if not (dry_run and as_json):
            subject = vault_text(app, N_("Front matter as Obsidian writes it"))
            work.written = finish(app, work.draft, subject=subject, dry_run=dry_run, commit=commit)
    return work.report(as_json=as_json, is_named=bool(refs), dry_run=dry_run)


def _paths(app: App, vault: Vault, refs: Sequence[str]) -> list[str]:
    """The notes that are meant, each once.

    Raises:
        NotFoundError: a word is neither a file, a folder nor a REF.
    """
    known = vault.queries.paths()
    if not refs:
        return known
    wanted: list[str] = []
    for ref in refs:
        try:
            path = vault_path(app, ref)
        except NotFoundError:
            if os.path.lexists(ref):
                raise
            wanted.append(vault.resolve(ref).path)
            continue
        inside = [one for one in known if not path or one == path or one.startswith(path + "/")]
        if not inside:
            raise NotFoundError(N_("there is no note in {path}"), path=ref)
        wanted += inside
    return list(dict.fromkeys(wanted))


class _Work:
    """The notes that are written anew.

    Attributes:
        draft: their new texts.
        left: why others are left as they are, by path.
        written: what became of the draft.
    """

    def __init__(self, app: App, *, drop_comments: bool) -> None:
        self.app = app
        self.drop_comments = drop_comments
        self.draft = Draft(app.vault, app.now)
        self.left: dict[str, str] = {}
        self.written = Written()

    def run(self, paths: Sequence[str]) -> None:
        """Work out what each note would be."""
        for path in self.app.console.progress(paths, len(paths)):
            try:
                self._format(path)
            except (RefusedError, SystemRefusedError) as error:
                self.left[path] = self.app.text(error.message, **error.params)

    def _format(self, path: str) -> None:
        from brokernotes.features.canonical_form import canonical_note

        opened = self.app.vault.open(path)
        schema = self.app.vault.rules.schema
        text = canonical_note(opened.note, schema, drop_comments=self.drop_comments)
        if text != opened.source.text:
            self.draft.change(opened.source, text)

    def report(
        self, *, as_json: bool, is_named: bool, only_check: bool = False, dry_run: bool = False
    ) -> int:
        """Tell the outcome.

        Returns:
            The exit code: 1 when `--check` found something, or a named note was left.
        """
        app, changed = self.app, [change.path for change in self.draft.changes]
        code = 1 if (only_check and changed) or (is_named and self.left) else 0
        if as_json:
            self._show_json(changed, with_diff=only_check or dry_run)
            return code
        for path in () if dry_run else changed:
            app.console.print(app.console.text(shown_path(app, path)))
        for path, reason in self.left.items():
            line = N_("{path} is left as it is: {reason}")
            app.console.say(app.text(line, path=shown_path(app, path), reason=reason))
        if not changed and not self.left:
            app.console.say(app.text(N_("Everything is as Obsidian writes it.")))
        elif only_check and changed:
            one, many = N_("{count} note would change"), N_("{count} notes would change")
            app.console.say(app.language.plural(one, many, len(changed)))
        return code

    def _show_json(self, changed: Sequence[str], *, with_diff: bool) -> None:
        shape: dict[str, object] = {
            "changed": list(changed),
            "left": [{"path": path, "reason": why} for path, why in self.left.items()],
        }
        if with_diff:
            shape["diff"] = self.draft.diff()
        if self.written.operation:
            shape["operation"] = self.written.operation
        if self.written.result is not None and self.written.result.commit:
            shape["commit"] = self.written.result.commit
        self.app.console.json(shape)
