"""How an inbox looks on a terminal: each line as dictated, below it what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.width import cut, visible, wrap
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.inbox_session import Item
    from brokernotes.cli.inbox_words import Words

MARK_COLUMNS = 3
MOST_LINES = 4  # of one text
INDENT = "  "


class InboxPage:
    """Prints lines for a person who is to say yes or no to them.

    Args:
        app: of the run.
        words: in the person's language.
    """

    def __init__(self, app: App, words: Words) -> None:
        self.console = app.console
        self.words = words

    def print(self, items: Iterable[Item]) -> None:
        """Print each line and what it comes to."""
        with self.console.paged():
            for item in items:
                self._print_text(item.line.text, self.words.mark(item.kind), "bold")
                for told, style in self._told(item):
                    self._print_text(told, "", style)

    def _told(self, item: Item) -> Iterable[tuple[str, str]]:
        """What would be filed and what is asked, each with its style."""
        verdict = item.verdict
        if item.answered.dismissed:
            return
        for action in verdict.actions:
            yield self.words.action(action), ""
        if verdict.code and not item.chosen:
            yield self.words.asked(verdict), "dim"

    def _print_text(self, text: str, mark: str, style: str) -> None:
        console = self.console
        room = max(console.width - MARK_COLUMNS, MARK_COLUMNS)
        text = cut(mask_phones_in_text(text), room * (MOST_LINES + 1))
        parts = wrap(visible(" ".join(text.split())), room, INDENT)
        if len(parts) > MOST_LINES:
            parts = [*parts[: MOST_LINES - 1], cut(parts[MOST_LINES - 1] + "…", room)]
        for part in parts:
            console.print(f"{mark:<{MARK_COLUMNS}}{console.styled(part, style)}")
            mark = ""
