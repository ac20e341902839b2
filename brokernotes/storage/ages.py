"""When git first saw a file."""

from __future__ import annotations

from collections.abc import Iterable

from brokernotes.storage.git import GitRefusedError, Place, Repository


def first_commits(repository: Repository, paths: Iterable[str]) -> dict[str, int]:
    """When each file was first committed; those git does not know are left out.

    Args:
        repository: of the vault.
        paths: relative to the vault.

    Returns:
        Seconds since 1970 by path; empty where git cannot be asked.
    """
    prefix = repository.prefix
    wanted = [prefix + path for path in paths]
    if repository.place is Place.NONE or not wanted:
        return {}
    try:
        answer = repository.run(
            "log", "--diff-filter=A", "--format=%x01%ct", "--name-only", "-z", "--", *wanted
        )
    except GitRefusedError:  # no commit yet, or no git: the order of the names decides
        return {}
    ages: dict[str, int] = {}
    for commit in answer.out.decode(errors="replace").split("\x01")[1:]:
        time, *names = commit.split("\0")
        for name in names:
            path = name.lstrip("\n").removeprefix(prefix)
            if path:
                ages[path] = int(time)  # the log goes back in time: the last one stays
    return ages
