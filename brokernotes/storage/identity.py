"""Who is asking, and how careful git is, as its settings say, without starting it each time.

Starting git costs more than the rest of a short command, so its answers are
kept with the stamps of the files they came from.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping

from brokernotes.storage.git import Repository
from brokernotes.storage.remembered import recall, remember

KEYS = (
    "brokernotes.agent", "user.email", "user.name", "author.email", "author.name",
    "committer.email", "committer.name", "core.fsync", "core.fsyncobjectfiles",
)  # fmt: skip
_KEPT = "identity.kept"


def remembered_config(repository: Repository, cache: str | None, key: str) -> str | None:
    """A setting of git's.

    Args:
        repository: whose settings are asked.
        cache: folder of the vault's caches; None: git is asked each time.
        key: one of `KEYS`.

    Raises:
        GitRefusedError: git cannot read its settings.
    """
    if cache is None or key not in KEYS:
        return repository.config(key)
    return _answers(repository, cache)[key]


def answer_from_memory(repository: Repository, cache: str | None) -> None:
    """Let a repository say who commits without starting git, where that is known.

    Args:
        repository: whose `config` is asked for `KEYS` from now on.
        cache: folder of the vault's caches; None: git is asked.

    Raises:
        GitRefusedError: git cannot read its settings.
    """
    if cache is not None:
        repository.remembered = _answers(repository, cache)


def _answers(repository: Repository, cache: str) -> Mapping[str, str | None]:
    stamps = _stamps(repository)
    known: Mapping[str, str | None] | None = recall(cache, _KEPT, stamps)
    if known is not None and known.keys() == set(KEYS):
        return known
    answers = {name: repository.config(name) for name in KEYS}
    if not _includes_others(stamps):
        remember(cache, _KEPT, stamps, answers)
    return answers


def _stamps(repository: Repository) -> dict[str, list[int]]:
    """Size and times of every file git reads its settings from."""
    stamps: dict[str, list[int]] = {}
    for path in _files(repository, repository.environ):
        with contextlib.suppress(OSError):
            found = os.stat(path)
            stamps[path] = [found.st_size, found.st_mtime_ns, found.st_ino]
    for name, value in repository.environ.items():
        if name.startswith("GIT_CONFIG"):
            stamps[f"{name}={value}"] = []
    return stamps


def _files(repository: Repository, environ: Mapping[str, str]) -> list[str]:
    home = environ.get("HOME") or environ.get("USERPROFILE") or ""
    config_home = environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    files = ["/etc/gitconfig", os.path.join(home, ".gitconfig")]
    files.append(os.path.join(config_home, "git", "config"))
    if "GIT_CONFIG_GLOBAL" in environ:
        files.append(environ["GIT_CONFIG_GLOBAL"])
    if repository.folder:
        files.append(os.path.join(repository.folder, "config"))
        files.append(os.path.join(repository.folder, "config.worktree"))
    return files


def _includes_others(stamps: Mapping[str, list[int]]) -> bool:
    """Whether a file of settings names further files, whose changes would go unseen."""
    for path, stamp in stamps.items():
        if stamp:
            with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as f:
                if "[include" in f.read().casefold():
                    return True
    return False
