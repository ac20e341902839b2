"""Problems as people read them: the place, the message, the line it is about, the mend."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from brokernotes.cli.app import App
from brokernotes.cli.width import cut, visible, width
from brokernotes.errors import NotFoundError, Problem, RefusedError, Severity
from brokernotes.features.problem_texts import worded
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.cards import mask_cards
from brokernotes.model.phones import mask_phone, mask_phones_in_text
from brokernotes.model.problems import PROBLEMS
from brokernotes.storage.reading import read_text

SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.HINT: N_("hint"),
}
INDENT = "    "
WIDEST = 100  # columns of an excerpt
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONG_NUMBER = re.compile("[0-9]{13,}")
_LINK = re.compile(r"\"?(?:\[\[[^\]]*\]\]|【【[^】]*】】|\[[^\]]*\]\([^)]*\))\"?")


class CheckPage:
    """Shows problems, file after file.

    Args:
        app: of the run.
        root: the folder whose files are shown; their paths are told as the vault's.
    """

    def __init__(self, app: App, root: str) -> None:
        self.app = app
        self.root = root
        self.path = ""
        self.lines: list[str] = []
        self.told: set[str] = set()  # codes whose origin was told

    def show(self, found: Sequence[tuple[Problem, Severity]]) -> None:
        """Print problems, which are sorted by file."""
        here = os.getcwd()  # noqa: PTH109
        folders: dict[str, str] = {}
        for one, severity in found:
            path = one.position.path
            if path not in folders:
                place = os.path.join(self.app.vault.root, path)  # noqa: PTH118
                folders[path] = os.path.relpath(place, os.path.realpath(here)).replace(os.sep, "/")
            self._show(one, severity, folders[path])

    def _show(self, found: Problem, severity: Severity, path: str) -> None:
        console = self.app.console
        found = masked_problem(found)
        words = worded(found, self.app.language, self.app.vault.rules.schema)
        at = found.position
        label = f"{self.app.text(SEVERITIES[severity])}[{found.code}]"
        message = masked_text(visible(words.message)).replace("\n", " ")
        place = f"{visible(path)}:{at.line}:{at.column}:"
        console.print(
            f"{console.styled(place, 'bold')} {console.styled(label, severity.value)} {message}"
        )
        for line in self._excerpt(found):
            console.print(line)
        if words.hint:
            console.print(INDENT + masked_text(visible(words.hint)).replace("\n", " "))
        origin = PROBLEMS[found.code].origin
        if origin and found.code not in self.told:
            self.told.add(found.code)
            line = INDENT + self.app.text(N_("Origin: {origin}"), origin=self.app.text(origin))
            console.print(console.styled(line, "dim"))

    def _excerpt(self, found: Problem) -> list[str]:
        """The source line, and a marker under what is meant; nothing for a whole file."""
        at = found.position
        if (at.line, at.column) == (1, 1) and at.end_column is None:
            return []
        self._read(at.path)
        if at.line > len(self.lines):
            return []
        line = self.lines[at.line - 1]
        start = min(at.column - 1, len(line))
        end = min(at.end_column - 1, len(line)) if at.end_column else _end_of_link(line, start)
        first = max(0, start - WIDEST)
        line = mask_cards(line[first : end + WIDEST])
        start, end = start - first, end - first
        before, marked, after = _masked(
            _shown(line[:start]), _shown(line[start:end]), _shown(line[end:])
        )
        widest = self._room()
        if first or width(before) > widest // 2:
            while width(before) > widest // 2:
                before = before[1:]
            before = "…" + before
        shown = cut(before + marked + after, widest)
        room = max(width(shown) - width(before), 1)
        marker = "^" * max(min(width(marked), room), 1)
        pointer = " " * width(before) + self.app.console.styled(marker, "bold")
        return [INDENT + shown.rstrip(), INDENT + pointer]

    def _room(self) -> int:
        """Columns of an excerpt; on a terminal none that would break the line of marks."""
        console = self.app.console
        return min(WIDEST, console.width - len(INDENT)) if console.is_terminal else WIDEST

    def _read(self, path: str) -> None:
        if path == self.path:
            return
        self.path = path
        try:
            text = read_text(self.root, path).text
        except (NotFoundError, RefusedError):
            text = ""
        self.lines = _LINE_END.split(text.removeprefix("\ufeff"))


def masked_problem(found: Problem) -> Problem:
    """A problem that does not tell a phone by what YAML would make of it."""
    value = str(found.params.get("value", ""))
    if found.code != "unquoted-code" or mask_phones_in_text(value) == value:
        return found
    return replace(found, params={**found.params, "other": mask_phone(str(found.params["other"]))})


def masked_text(text: str, beside: str = "") -> str:
    """A text without the telephone and card numbers that a note may hold.

    Args:
        text: from a note, or about it.
        beside: what is shown with it; where a card stands there, other long numbers are
            hidden too, since what rounding made of a card number is nearly the number.
    """
    hidden = mask_cards(text)
    if hidden != text or (beside and mask_cards(beside) != beside):
        hidden = _LONG_NUMBER.sub(lambda found: found[0][:4] + "*" * (len(found[0]) - 4), hidden)
    return mask_phones_in_text(hidden)


def _end_of_link(line: str, start: int) -> int:
    """Where the link ends that begins at a place; one character where there is none."""
    found = _LINK.match(line, start)
    return found.end() if found else start + 1


def _shown(text: str) -> str:
    return visible(text.replace("\t", " "))


def _masked(before: str, marked: str, after: str) -> tuple[str, str, str]:
    """The three parts of a line with telephone numbers masked, also those across parts."""
    whole = before + marked + after
    masked = mask_phones_in_text(whole)
    if masked == whole:
        return before, marked, after
    if len(masked) == len(whole):
        return (
            masked[: len(before)],
            masked[len(before) : len(before) + len(marked)],
            masked[len(before) + len(marked) :],
        )
    return mask_phones_in_text(before), mask_phones_in_text(marked), mask_phones_in_text(after)
