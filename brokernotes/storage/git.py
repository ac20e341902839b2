"""The vault's git repository: where it is, what it says, how it is asked.

Git is called as a program, with argument lists, never through a shell. Nothing
of the caller's own git environment reaches it: inside a hook `GIT_DIR` and
`GIT_INDEX_FILE` would send our commit somewhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.storage.git_processes import TIMEOUT, Answer, Process
from brokernotes.storage.git_processes import GitRefusedError as GitRefusedError
from brokernotes.storage.locking import git_folder

# What of GIT_* is about the person and the machine, not about one repository.
_KEPT = (
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_EXEC_PATH",
    "GIT_SSH",
    "GIT_ASKPASS",
    "GIT_SSL_",
    "GIT_PROXY_",
    "GIT_HTTP_",
)
_FIXED = {"LC_ALL": "C", "LANGUAGE": "", "GIT_TERMINAL_PROMPT": "0"}
# Literal: a note may be called `:(top)*`. No optional locks: a query must not keep
# the user's own `git commit` from the index.
_ALWAYS = ("--no-optional-locks", "--literal-pathspecs")
# What stands in the git folder while something is half done.
_UNFINISHED = (
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
    "sequencer",
)


class Place(StrEnum):
    """Where the vault's folder lies as git sees it."""

    ROOT = "root"  # it is a repository's root: commits are ours to make
    INSIDE = "inside"  # below somebody's repository
    NONE = "none"


class User(NamedTuple):
    """Who commits."""

    name: str
    email: str


@dataclass(slots=True)
class Repository:
    """The repository a vault lies in, or its absence.

    Attributes:
        root: the vault's folder, with links resolved.
        place: whether the vault is a repository's root.
        top: the folder git's paths are relative to; the vault's where there is no repository.
        folder: the git folder, a linked worktree's own; None without a repository.
        program: the git program; None when it is not installed.
        remembered: settings that are known without asking git (`storage.identity`).
    """

    root: str
    place: Place
    top: str
    folder: str | None
    program: str | None
    environ: Mapping[str, str]
    remembered: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    _settings: dict[str, str] | None = field(default=None, repr=False)

    @classmethod
    def find(cls, root: str, *, environ: Mapping[str, str]) -> Repository:
        """The repository of a vault, found by looking at folders: no process is started.

        Args:
            root: the vault's folder.
            environ: the environment; `PATH` says where git is.
        """
        root = top = os.path.realpath(root)
        while (folder := git_folder(top)) is None and os.path.dirname(top) != top:
            top = os.path.dirname(top)
        if folder is None:
            place, top = Place.NONE, root
        else:
            place = Place.ROOT if top == root else Place.INSIDE
        return cls(root, place, top, folder, _program(environ), _sanitised(environ))

    @property
    def prefix(self) -> str:
        """What stands before a vault path in git's paths: empty, or `some/folder/`."""
        if self.root == self.top:
            return ""
        return os.path.relpath(self.root, self.top).replace(os.sep, "/") + "/"

    def is_elsewhere(self, path: str) -> bool:
        """Whether a path, relative to `top`, lies in a repository of its own below this one."""
        folders = path.split("/")[:-1]
        return any(
            os.path.lexists(os.path.join(self.top, *folders[:depth], ".git"))
            for depth in range(1, len(folders) + 1)
        )

    def is_unfinished(self) -> bool:
        """Whether a merge, rebase, cherry-pick, revert or bisect is under way."""
        folder = self.folder
        return folder is not None and any(
            os.path.lexists(os.path.join(folder, name)) for name in _UNFINISHED
        )

    def is_locked(self) -> bool:
        """Whether another git is writing the index right now, or died while it did."""
        return self.folder is not None and os.path.lexists(os.path.join(self.folder, "index.lock"))

    def run(
        self, *arguments: str, stdin: bytes = b"", check: bool = True, timeout: float = TIMEOUT
    ) -> Answer:
        """Ask git, in the repository's top folder.

        Args:
            arguments: after `git`; put `--` before paths, which are taken literally.
            stdin: what git reads.
            check: raise unless it exits with 0.
            timeout: seconds.

        Raises:
            GitRefusedError: git is absent or hung, or, with `check`, failed.
        """
        return self.begin(*arguments).answer(stdin, check=check, timeout=timeout)

    def begin(self, *arguments: str, complaints: int | None = None) -> Process:
        """Start git in the repository's top folder, and ask for its answer later.

        Args:
            arguments: after `git`, as for `run`.
            complaints: descriptor of the file that its complaints go to; None: they are in its
                answer.

        Raises:
            GitRefusedError: git is absent.
        """
        if self.program is None:
            raise GitRefusedError(N_("git is not installed"))
        words = (self.program, *_ALWAYS, *arguments)
        return Process(words, self.top, self.environ, complaints)

    def config(self, key: str) -> str | None:
        """A setting of git's, the last one given; None when it is not set.

        All are read by one process, at the first question.

        Args:
            key: such as `user.email`.

        Raises:
            GitRefusedError: git cannot read its settings.
        """
        if self.program is None:
            return None
        if key in self.remembered:
            return self.remembered[key]
        if self._settings is None:
            self._settings = {}
            for line in self.run("config", "-z", "--list").out.decode(errors="replace").split("\0"):
                name, is_set, value = line.partition("\n")
                self._settings[name] = value if is_set else "true"
        section, dot, rest = key.partition(".")
        subsection, dot2, name = rest.rpartition(".")
        return self._settings.get(f"{section.lower()}{dot}{subsection}{dot2}{name.lower()}")

    def user(self, role: str = "author") -> User | None:
        """Who commits, as the environment or git's settings say; None when they do not.

        Git would make up an address from the machine's name; nobody wants that in a
        shared history.

        Args:
            role: `author` or `committer`.
        """
        found = []
        for part in ("name", "email"):
            value = (
                self.environ.get(f"GIT_{role}_{part}".upper())
                or self.config(f"{role}.{part}")
                or self.config(f"user.{part}")
                or ""
            )
            # As git does: what would end a name or an address early is left out.
            found.append("".join(c for c in value if c.isprintable() and c not in "<>").strip())
        return User(*found) if all(found) else None


def init_repository(root: str, *, environ: Mapping[str, str]) -> Repository:
    """Make the vault's folder a repository on the branch `main`; one that is there stays.

    Raises:
        GitRefusedError: git is absent or would not.
    """
    repository = Repository.find(root, environ=environ)
    if repository.place is Place.ROOT:
        return repository
    # Asked from the vault itself, which may lie inside another repository.
    repository.top = repository.root
    repository.run("init", "--quiet", "--initial-branch=main")
    return Repository.find(root, environ=environ)


def _program(environ: Mapping[str, str]) -> str | None:
    # Not shutil.which: on Windows that looks in the working folder first, where a
    # shared vault could hold a git.exe.
    name = "git.exe" if os.name == "nt" else "git"
    for folder in environ.get("PATH", "").split(os.pathsep):
        candidate = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return None


def _sanitised(environ: Mapping[str, str]) -> dict[str, str]:
    kept = {
        key: value
        for key, value in environ.items()
        if not key.startswith("GIT_") or key.startswith(_KEPT)
    }
    return kept | _FIXED
