"""One pass over the vault's folders: every note with its stamp, every other file by name.

This is what every command pays before it does anything: 10,000 notes cost little more than
the system calls (`storage.stamps`). A folder that holds notes alone, as those of a brokerage
do, is listed and each name looked up in it; in any other folder the kinds of the other files
come with their names.

A look that begins with the command (`storage.ahead`) waits for what is loaded here, so what only
odd files need is loaded when there are any.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.folding import fold
from brokernotes.storage.stamps import (
    Folders,
    Stamp,
    listed,
    listed_by_descriptor,
    paths_in,
    stamp_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from brokernotes.errors import Problem

LEFT_OUT = frozenset(("templates", "views", "calendar"))
TEMPORARY_START, TEMPORARY_END = ".bn-", ".tmp"  # files.py writes beside the note under such a name

_KIND, _REGULAR, _LINK, _FOLDER = 0o170000, 0o100000, 0o120000, 0o040000
# Then each stat looks up one name, not a whole path.
_BY_DESCRIPTOR = os.scandir in os.supports_fd and os.stat in os.supports_dir_fd
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


@dataclass(slots=True)
class Scan:
    """What a vault's folders hold.

    Attributes:
        folders: the `.md` files of each folder that has any, spelled as the file system spells
            them (macOS may say NFD; compare by `folding.fold`), in the order it tells them,
            which is none.
        others: paths of all other files, the targets of embeds; no stat is taken.
        problems: what was left out and why, by path.
        leftovers: temporary files of writes that did not end (`files.remove_leftovers`).
    """

    folders: Folders = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)

    @property
    def notes(self) -> dict[str, Stamp]:
        """The stamp of each `.md` file by its path: relative to the vault, with `/`. Made anew."""
        return paths_in(self.folders)

    def report(self, code: str, path: str, **params: object) -> None:
        """Keep a problem of a whole file or folder."""
        from brokernotes.errors import Position
        from brokernotes.model.problems import problem

        self.problems.append(problem(code, Position(printable(path), 1, 1), **params))


def top_folder(path: str) -> str:
    """The folder at the vault's root a path lies in, as spelled; empty for a file at the root."""
    top, slash, _ = path.partition("/")
    return top if slash else ""


def printable(path: str) -> str:
    r"""A path that any stream can show: bytes that are no UTF-8 become `\xNN`."""
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def scan(root: str, left_out: Collection[str] = LEFT_OUT) -> Scan:
    """Every file of the vault, in one pass.

    Hidden folders and files, symbolic links, and the folders `left_out` are not
    entered. Nothing found on the way ends the scan: it becomes a problem.

    Args:
        root: the vault's folder; may itself be a symbolic link.
        left_out: folders at the root that hold no notes, whatever their capitals.

    Raises:
        SystemRefusedError: the root itself cannot be read.
    """
    found = Scan()
    root = os.path.realpath(root)
    try:
        waiting = _scan_folder(found, root, "")
    except OSError as error:
        from brokernotes.errors import SystemRefusedError
        from brokernotes.language import N_

        raise SystemRefusedError(
            N_("cannot read the folder {path}: {reason}"), path=root, reason=error.strerror
        ) from error
    skipped = {fold(name) for name in left_out}
    waiting = [prefix for prefix in waiting if fold(prefix[:-1]) not in skipped]
    while waiting:
        prefix = waiting.pop()
        try:
            waiting += _scan_folder(found, root, prefix)
        except OSError as error:
            if error.errno != errno.ENOENT:  # else removed since its parent was read
                found.report("unreadable", prefix[:-1], reason=error.strerror)
    _leave_out_undecodable(found)
    found.others.sort()
    found.problems.sort(key=lambda one: (one.position.path, one.code))
    return found


def _scan_folder(found: Scan, root: str, prefix: str) -> list[str]:
    """Add what one folder holds; the prefixes (`clients/`) of the folders in it are returned."""
    folder = os.path.join(root, prefix) if prefix else root
    if not _BY_DESCRIPTOR:
        return _scan_entries(found, root, prefix, folder)
    # O_NOFOLLOW: a folder swapped for a link since its parent was read must not lead outside.
    descriptor = os.open(folder, _FOLDER_FLAGS)
    try:
        if _take_notes(found, prefix, folder, descriptor):
            return []
        return _scan_entries(found, root, prefix, descriptor)
    finally:
        os.close(descriptor)


def _take_notes(found: Scan, prefix: str, folder: str, descriptor: int) -> bool:
    """Take a folder that holds notes alone; whether it does, and nothing about it is unusual.

    A name that came from elsewhere, because the folder was swapped since it was opened, is
    not found in the one that is open.
    """
    names, hidden = os.listdir(os.fsencode(folder)), list[bytes]()
    if b"\0." in b"\0".join((b"", *names)):
        hidden = [name for name in names if name[:1] == b"."]
        names = [name for name in names if name[:1] != b"."]
    if names:
        if b"\0".join((*names, b"")).count(b".md\0") != len(names):
            return False
        taken = listed_by_descriptor(names, descriptor)
        if taken is None:
            return False
        found.folders[prefix] = taken
    for name in hidden:
        _meet_hidden(found, prefix, os.fsdecode(name))
    return True


def _scan_entries(found: Scan, root: str, prefix: str, folder: str | int) -> list[str]:
    folders: list[str] = []
    notes: dict[str, Stamp] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                _meet_hidden(found, prefix, name)
            elif name[-3:] == ".md" or name[-3:].lower() == ".md":
                try:
                    stat = entry.stat(follow_symlinks=False)
                except OSError as error:
                    if error.errno != errno.ENOENT:  # else removed since its folder was read
                        found.report("unreadable", prefix + name, reason=error.strerror)
                    continue
                if stat.st_mode & _KIND == _REGULAR:
                    notes[name] = stamp_of(stat)
                else:
                    folders += _meet_odd(found, root, prefix + name, stat)
            elif entry.is_symlink():
                _meet_link(found, root, prefix + name)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(f"{prefix}{name}/")
            else:
                found.others.append(prefix + name)
    _keep_notes(found, prefix, notes)
    return folders


def _keep_notes(found: Scan, prefix: str, notes: dict[str, Stamp]) -> None:
    if not notes:
        return
    try:
        found.folders[prefix] = listed(notes)
    except UnicodeEncodeError:
        sound = {name: stamp for name, stamp in notes.items() if _keep(found, prefix + name)}
        _keep_notes(found, prefix, sound)


def _meet_odd(found: Scan, root: str, path: str, stat: os.stat_result) -> list[str]:
    """What is called like a note and is no file; the prefix of a folder is returned."""
    kind = stat.st_mode & _KIND
    if kind == _FOLDER:
        found.report("folder-as-note", path)
        return [path + "/"]
    if kind == _LINK:
        _meet_link(found, root, path)
    else:  # a pipe or device: reading it could wait for ever
        found.report("unreadable", path, reason="not a file")
    return []


def _meet_hidden(found: Scan, prefix: str, name: str) -> None:
    if name.endswith(".icloud"):  # `.张三.md.icloud` stands for `张三.md`
        real = prefix + name[1 : -len(".icloud")]
        if real.lower().endswith(".md"):
            found.report("cloud-placeholder", real)
        else:
            found.others.append(real)
    elif name.startswith(TEMPORARY_START) and name.endswith(TEMPORARY_END):
        found.leftovers.append(prefix + name)


def _meet_link(found: Scan, root: str, path: str) -> None:
    target = os.path.realpath(os.path.join(root, path))
    is_inside = target == root or target.startswith(root.rstrip(os.sep) + os.sep)
    found.report("symlink-skipped" if is_inside else "outside-link", path)


def _leave_out_undecodable(found: Scan) -> None:
    # One encode of everything costs less than a look at each name.
    try:
        "\0".join(found.others).encode()
    except UnicodeEncodeError:
        found.others = [path for path in found.others if _keep(found, path)]


def _keep(found: Scan, path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        shown = printable(path)
        name = shown.rpartition("/")[2].removesuffix(".md")
        safe = name.replace("\\x", "-")
        found.report("unsafe-name", path, name=name, faults=["not-utf8"], safe=safe)
        return False
    return True


def folders(root: str, left_out: Collection[str] = LEFT_OUT) -> list[str]:
    """The folders `scan` looks into, absolute, the root first; those that cannot be read too.

    Args:
        root: the vault's folder.
        left_out: folders at the root that hold no notes, whatever their capitals.
    """
    root = os.path.realpath(root)
    skipped = {fold(name) for name in left_out}
    found, waiting = [root], [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                below = [
                    entry.path
                    for entry in entries
                    if entry.name[0] != "."
                    and entry.is_dir(follow_symlinks=False)
                    and not (folder == root and fold(entry.name) in skipped)
                ]
        except OSError:
            continue
        found += below
        waiting += below
    return found
