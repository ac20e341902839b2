"""Looking at git: whether changes can be committed, and where copies are."""

from __future__ import annotations

import fnmatch
import os
import sys
import time

from brokernotes.language import N_
from brokernotes.storage.git import GitRefusedError, Place, Repository
from brokernotes.storage.health import Finding, Report

# Written by the tool or by one computer alone; in git they conflict at every turn.
UNTRACKED = (
    "calendar/*", "views/*", "*.sqlite", "*.sqlite-*", ".obsidian/workspace*", ".trash/*",
    ".obsidian/cache", "*/.DS_Store", ".DS_Store",
)  # fmt: skip
_OLD_LOCK = 60  # seconds; git holds its lock for a moment
_ONLINE_TIMEOUT = 15.0


def look_at_git(
    repository: Repository, commits: bool, now: float, *, online: bool
) -> list[Finding]:
    """What is to be said of git.

    Args:
        repository: the vault's, or its absence.
        commits: whether the rules want changes committed.
        now: seconds since 1970, of the machine's clock.
        online: whether remotes may be asked.
    """
    report = Report("git")
    if repository.program is None:
        report.trouble(
            "git-absent",
            N_("git is not installed: there is no history, and nothing can be undone"),
            N_("Install it from https://git-scm.com, then `git init` in the vault."),
        )
        return report.findings
    version = repository.run("--version", check=False).out.decode(errors="replace").strip()
    if repository.place is Place.NONE:
        report.note(
            "git-none",
            N_("the vault lies in no git repository: no history, no undo ({version})"),
            N_("`git init` in the vault, then `git add -A` and `git commit -m start`."),
            version=version,
        )
        return report.findings
    _place(report, repository, commits, version)
    _user(report, repository, commits)
    _state(report, repository, now)
    if _has_commits(report, repository):
        _clock(report, repository, now)
    _tracked(report, repository)
    _settings(report, repository)
    _remotes(report, repository, online=online)
    return report.findings


def _place(report: Report, repository: Repository, commits: bool, version: str) -> None:
    if repository.place is Place.INSIDE and not commits:
        report.note(
            "git-inside",
            N_("the repository's root is {top}, so commands do not commit by themselves"),
            N_("Write `git: {setting}` into brokernotes.yaml if they shall."),
            top=repository.top, setting="{commit: true}",
        )  # fmt: skip
        return
    report.ok("git", N_("{version}, repository {top}"), version=version, top=repository.top)


def _user(report: Report, repository: Repository, commits: bool) -> None:
    user = repository.user()
    if user is not None:
        report.ok("git-user", N_("commits are made by {name} <{email}>"),
                  name=user.name, email=user.email)  # fmt: skip
    elif commits:
        report.trouble(
            "git-user-absent",
            N_("git does not know who you are, so nothing is committed"),
            N_('`git config user.name "…"` and `git config user.email …` in the vault.'),
        )


def _state(report: Report, repository: Repository, now: float) -> None:
    folder = repository.folder or ""
    if repository.is_locked():
        age = now - os.stat(os.path.join(folder, "index.lock")).st_mtime
        if age > _OLD_LOCK:
            report.trouble(
                "git-locked",
                N_("a git that died left its lock {minutes} minutes ago; nothing can be committed"),
                N_("If no git is running: remove {path}"),
                minutes=int(age // 60), path=os.path.join(folder, "index.lock"),
            )  # fmt: skip
    if repository.run("ls-files", "--unmerged", "-z").out:
        report.trouble(
            "git-conflict",
            N_("a merge left conflicts in some files"),
            N_("`git status` names them; keep one side, then `git add` and `git commit`."),
        )
    elif repository.is_unfinished():
        report.trouble(
            "git-unfinished",
            N_("a merge, rebase or cherry-pick is half done; nothing is committed until it ends"),
            N_("`git status` says how to finish it or call it off."),
        )
    if repository.run("symbolic-ref", "-q", "HEAD", check=False).code:
        report.note(
            "git-detached",
            N_("HEAD is on no branch; commits made now are easily lost"),
            N_("`git switch main`, or `git switch -c NAME` to keep them."),
        )


def _has_commits(report: Report, repository: Repository) -> bool:
    if repository.run("rev-parse", "-q", "--verify", "HEAD", check=False).code == 0:
        return True
    report.note(
        "git-no-commits",
        N_("nothing has been committed yet"),
        N_("`git add -A`, then `git commit -m start`."),
    )
    return False


def _clock(report: Report, repository: Repository, now: float) -> None:
    last = int(repository.run("log", "-1", "--format=%ct").out)
    if last > now + 120:
        report.trouble(
            "clock-behind",
            N_("the clock stands before the newest commit, by {minutes} minutes"),
            N_("Set the computer's clock; dates and follow-ups are counted by it."),
            minutes=int((last - now) // 60),
        )


def _tracked(report: Report, repository: Repository) -> None:
    prefix = repository.prefix
    out = repository.run("ls-files", "-z").out.decode("utf-8", "surrogateescape")
    paths = [path.removeprefix(prefix) for path in out.split("\0") if path.startswith(prefix)]
    found = [
        path for path in paths if path and any(fnmatch.fnmatchcase(path, one) for one in UNTRACKED)
    ]
    if found:
        report.note(
            "git-tracked",
            N_("files in git that belong to one computer alone: {count}, such as {path}"),
            N_('`git rm -r --cached "{path}"`, and name it in .gitignore.'),
            count=len(found), path=found[0],
        )  # fmt: skip


def _settings(report: Report, repository: Repository) -> None:
    if (repository.config("core.quotepath") or "true").lower() not in ("false", "no", "off", "0"):
        report.note(
            "git-quotepath",
            N_("git shows Chinese file names as numbers"),
            N_("`git config --global core.quotePath false`"),
        )
    attributes = repository.run("check-attr", "eol", "--", f"{repository.prefix}x.md").out
    if (repository.config("core.autocrlf") or "").lower() == "true" and b": lf" not in attributes:
        report.note(
            "git-autocrlf",
            N_("git turns line ends into CRLF here, and back when it commits"),
            N_("Write `*.md text eol=lf` into .gitattributes."),
        )
    if sys.platform == "darwin" and repository.config("core.precomposeunicode") == "false":
        report.note(
            "git-precompose",
            N_("git keeps names as macOS spells them, which other systems take for other files"),
            N_("`git config core.precomposeUnicode true`"),
        )


def _remotes(report: Report, repository: Repository, *, online: bool) -> None:
    names = repository.run("remote").out.decode(errors="replace").split()
    if not names:
        report.note(
            "git-remote-absent",
            N_("there is no copy of the vault on another computer"),
            N_("`git remote add origin URL`, then `git push -u origin HEAD`."),
        )
        return
    if not online:
        report.ok("git-remotes", N_("remotes: {names} (asked only with --online)"),
                  names=", ".join(names))  # fmt: skip
        return
    for name in names:
        began = time.monotonic()
        try:
            repository.run("ls-remote", "-q", "--heads", "--", name, timeout=_ONLINE_TIMEOUT)
        except GitRefusedError as error:
            report.trouble(
                "git-remote-unreachable",
                N_("{name} cannot be reached: {reason}"),
                N_("`git remote -v` shows its address; `git fetch {name}` asks again."),
                name=name, reason=error.complaint.split("\n")[0] or str(error),
            )  # fmt: skip
        else:
            took = time.monotonic() - began
            report.ok("git-remote", N_("{name} answers, in {seconds} s"),
                      name=name, seconds=f"{took:.1f}")  # fmt: skip
