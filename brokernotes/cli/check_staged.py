"""`check --staged`: the problems a commit would bring, told before it is made."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.errors import Problem, Severity
from brokernotes.inspection.problems import problems_of
from brokernotes.joint import open_vault
from brokernotes.model.folding import fold
from brokernotes.notes.links import link_fold
from brokernotes.storage.staged import Staged, lay_out_staged

if TYPE_CHECKING:
    from brokernotes.storage.git import Repository
    from brokernotes.storage.vault import Vault


def staged_problems(app: App) -> tuple[Vault, list[tuple[Problem, Severity]]]:
    """The vault as staged, and the problems of what the commit changes.

    Every staged file's problems count; of other notes those that the commit makes: a link
    to what it removes, an id or a name that it doubles.

    Raises:
        RefusedError: the vault lies in no repository.
        ChangedMeanwhileError: a merge conflict is staged.
    """
    vault = app.vault
    staged = lay_out_staged(vault.root, _repository(app), vault.cache)
    laid_out = open_vault(staged.root, app.environ)
    laid_out.repository = vault.repository
    laid_out.refresh(app.today, app.console.progress)
    found = problems_of(laid_out, app.today)
    gone = {fold(path.rpartition("/")[2].removesuffix(".md")) for path in staged.removed}
    return laid_out, [one for one in found if _is_made(one[0], staged, gone)]


def _repository(app: App) -> Repository:
    """The repository, with the index that git itself is about to commit.

    For `git commit -a` and `git commit PATH` that is a file git names to its hooks.
    """
    repository = app.vault.repository
    named = app.environ.get("GIT_INDEX_FILE")
    if not named or repository.folder is None:
        return repository
    place = os.path.abspath(named)  # noqa: PTH100
    if os.path.dirname(place) != os.path.realpath(repository.folder):  # noqa: PTH120
        return repository
    return dataclasses.replace(
        repository, environ={**repository.environ, "GIT_INDEX_FILE": place}, _settings=None
    )


def _is_made(found: Problem, staged: Staged, gone: set[str]) -> bool:
    """Whether the commit makes a problem, or keeps one in a file it changes."""
    if found.position.path in staged.changed:
        return True
    if found.params.get("other") in staged.changed:
        return True
    return found.code == "dead-link" and link_fold(str(found.params["target"])) in gone
