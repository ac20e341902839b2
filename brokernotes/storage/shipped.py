"""Files that come with the program: the demo brokerage and the note templates."""

from __future__ import annotations

import os

from brokernotes.errors import SystemRefusedError
from brokernotes.language import N_

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def shipped_folder(name: str) -> str:
    """The folder of a kind of shipped files: in the wheel, or in the source tree.

    Args:
        name: `vault` or `templates`.

    Raises:
        SystemRefusedError: the installation is not whole.
    """
    for folder in (
        os.path.join(_PACKAGE, "_data", name),
        os.path.join(os.path.dirname(_PACKAGE), name),
    ):
        if os.path.isdir(folder):
            return folder
    raise SystemRefusedError(
        N_("the files {name} that come with brokernotes are missing"),
        hint=N_("Install brokernotes again."),
        name=name,
    )


def read_shipped(name: str) -> dict[str, str]:
    """Every text file of a kind, by path relative to its folder, with `/`."""
    top = shipped_folder(name)
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if file.startswith("."):
                continue
            path = os.path.join(folder, file)
            with open(path, encoding="utf-8", newline="") as stream:
                found[os.path.relpath(path, top).replace(os.sep, "/")] = stream.read()
    return found
