"""The editor a person has chosen, and the text that is being edited.

A copy is opened, not the note: while an editor is open for a quarter of an hour other
programs append to the note, and an editor that saves its stale buffer over it would take
that back in silence. The copy lies among the vault's caches, under the note's own name,
until what was typed stands in the note.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import time
from collections.abc import Iterator, Mapping

from brokernotes.errors import RefusedError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.git import GitRefusedError, Repository
from brokernotes.storage.git_plumbing import merge_file

FOLDER = "editing"
_BASE = ".base"
_WEEK = 7 * 86_400  # seconds
_VARIABLES = ("BROKERNOTES_EDITOR", "VISUAL", "EDITOR")
# Programs that come back before the window is closed, unless they are told to wait.
_WAIT = {
    "code": "--wait", "codium": "--wait", "cursor": "--wait", "zed": "--wait", "subl": "--wait",
    "gedit": "--wait", "mate": "--wait", "atom": "--wait", "kate": "--block", "gvim": "--nofork",
    "mvim": "--nofork", "open": "-W",
}  # fmt: skip
_PLUS = frozenset((
    "vi", "vim", "nvim", "gvim", "mvim", "view", "nano", "pico", "emacs", "emacsclient", "micro",
    "joe", "jed", "mg", "kak", "ne", "gedit",
))  # fmt: skip
_BEHIND_COLON = frozenset(("subl", "hx", "helix", "zed"))


class Editor(NamedTuple):
    """A program and its arguments.

    Attributes:
        words: as they are started, the file to come.
        source: the variable or setting it comes from; empty: nobody chose.
    """

    words: tuple[str, ...]
    source: str = ""

    @property
    def name(self) -> str:
        """The program without folder and `.exe`."""
        return os.path.basename(self.words[0]).lower().removesuffix(".exe")

    def command(self, path: str, line: int | None) -> list[str]:
        """What is started to edit a file, at a line where the editor can be told one."""
        words = list(self.words)
        wait = _WAIT.get(self.name)
        if wait and wait not in words and not (wait == "--wait" and "-w" in words):
            words.append(wait)
        if line is None:
            return [*words, path]
        if self.name in _PLUS:
            return [*words, f"+{line}", path]
        if self.name in ("code", "codium", "cursor"):
            return [*words, "--goto", f"{path}:{line}"]
        return [*words, f"{path}:{line}" if self.name in _BEHIND_COLON else path]


def find_editor(environ: Mapping[str, str], repository: Repository) -> Editor:
    """The editor of the environment, else of git's settings, else the system's plainest.

    Raises:
        UsageError: what was chosen is no command.
    """
    source = next((name for name in _VARIABLES if environ.get(name, "").strip()), "")
    chosen = environ.get(source, "")
    if not source:
        with contextlib.suppress(GitRefusedError):
            chosen = repository.config("core.editor") or ""
            source = "core.editor" if chosen.strip() else ""
    if not source:
        return Editor(("notepad",) if os.name == "nt" else ("vi",))
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        words = []
    if not words:
        raise UsageError(N_("{source} is no command: {value}"), source=source, value=chosen)
    return Editor(tuple(word.strip('"') if os.name == "nt" else word for word in words), source)


def run_editor(editor: Editor, path: str, line: int | None, environ: Mapping[str, str]) -> int:
    """Edit a file; the editor has the terminal.

    Returns:
        Its exit code.

    Raises:
        UsageError: there is no such program.
    """
    import subprocess

    try:
        with _interrupts_left_to_it():
            command = editor.command(path, line)
            return subprocess.run(command, env=dict(environ), check=False).returncode
    except OSError as error:
        raise UsageError(
            N_("the editor {name} cannot be started: {reason}"),
            hint=N_("Choose one with BROKERNOTES_EDITOR, VISUAL, EDITOR or git's core.editor."),
            name=editor.words[0],
            reason=error.strerror or str(error),
        ) from error


@contextlib.contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Ctrl-C is the editor's own; it must not end this program, and the editor with it."""
    import signal

    try:
        # Not SIG_IGN: the editor would inherit that.
        before = signal.signal(signal.SIGINT, lambda *_: None)
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Copy:
    """A note's text while it is edited, and the text that editing began with.

    Args:
        folder: of this copy alone.
        name: the note's file name.
    """

    def __init__(self, folder: str, name: str) -> None:
        self.folder = folder
        self.path = os.path.join(folder, name)

    @classmethod
    def begin(cls, cache: str | None, key: str, name: str, data: bytes) -> Copy:
        """Lay a copy of a note aside.

        Args:
            cache: the vault's cache folder; None: it has none.
            key: of the note: its id, or its path.
            name: the note's file name.
            data: the note's bytes.
        """
        import tempfile

        parent = None
        if cache is not None:
            parent = os.path.join(cache, FOLDER)
            os.makedirs(parent, mode=0o700, exist_ok=True)
            _sweep(parent)
        folder = tempfile.mkdtemp(prefix=f"{_plain(key)}-", dir=parent)
        copy = cls(folder, name)
        _write(os.path.join(folder, _BASE), data)
        _write(copy.path, data)
        return copy

    @classmethod
    def kept(cls, cache: str | None, key: str) -> list[Copy]:
        """The copies of a note that hold what never reached it, oldest first."""
        if cache is None:
            return []
        parent = os.path.join(cache, FOLDER)
        found = []
        with contextlib.suppress(OSError):
            for name in os.listdir(parent):
                if name.rpartition("-")[0] == _plain(key):
                    found += _copies_in(os.path.join(parent, name))
        return sorted(found, key=lambda copy: os.stat(copy.path).st_mtime_ns)

    @property
    def base(self) -> bytes:
        """What editing began with."""
        with open(os.path.join(self.folder, _BASE), "rb") as file:
            return file.read()

    def read(self) -> bytes:
        """What stands in the copy.

        Raises:
            RefusedError: the editor took the file away, or left nothing in it: a disk that is
                full or a program that died does that, and no person who means it.
        """
        try:
            with open(self.path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            data = b""
        if not data.strip() and self.base.strip():
            raise RefusedError(
                N_("the editor left no text in {path}; nothing was written"), path=self.path
            )
        return data

    @property
    def is_changed(self) -> bool:
        """Whether somebody typed something; an emptied file holds nothing to be kept."""
        try:
            return self.read() != self.base
        except RefusedError:
            return False

    def discard(self) -> None:
        """Remove the copy: the note says all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep(parent: str) -> None:
    """Remove copies that nobody changed in a week: an editor came back at once and no more."""
    with contextlib.suppress(OSError):
        for name in os.listdir(parent):
            folder = os.path.join(parent, name)
            if os.stat(folder).st_mtime < time.time() - _WEEK and not _copies_in(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _copies_in(folder: str) -> list[Copy]:
    names = [name for name in os.listdir(folder) if name.endswith(".md")]
    copies = [Copy(folder, name) for name in names]
    return [copy for copy in copies if copy.is_changed]


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)


def _plain(key: str) -> str:
    """A key as a folder's name."""
    if key.isascii() and key.replace("-", "").isalnum():
        return key
    from brokernotes.model.digests import blake2b

    return blake2b(key.encode(), digest_size=8).hexdigest()


def merged(repository: Repository, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Both changes of one text, line by line; None: they touch the same lines, or git is absent."""
    if ours == base or theirs in (base, ours):
        return theirs if ours == base else ours
    if repository.folder is None or repository.program is None:
        return None
    try:
        return merge_file(repository, base, ours, theirs)
    except (GitRefusedError, OSError):
        return None
