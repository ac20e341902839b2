"""How `due` looks on a terminal: rows by class, the brief under each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.width import cut, pad, visible, wrap
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.ranking import DueItem

TITLE_COLUMNS = 48
WHEN_COLUMNS = 13
INDENT = "  "


class DuePage:
    """Prints rows of what is due for a person's eyes.

    Args:
        app: of the run.
        explain: whether the rule behind each date is told.
    """

    def __init__(self, app: App, *, explain: bool) -> None:
        self.app = app
        self.console = app.console
        self.explain = explain
        self.shows_agent = app.agent is None
        self.names: dict[str, str] = {}

    def print(self, items: Sequence[DueItem], *, left: int = 0) -> None:
        """Print the rows, and how many were left out."""
        if not items:
            self.console.print(self.app.text(N_("Nothing is due. Everybody has been heard.")))
            return
        agents = {item.agent for item in items if item.agent}
        self.names = dict(self.app.vault.queries.titles(agents))
        for item in items:
            self._item(item)
        if left:
            language = self.app.language
            self.console.print(
                self.console.styled(
                    language.plural(N_("{count} more row"), N_("{count} more rows"), left), "dim"
                )
            )

    def _item(self, item: DueItem) -> None:
        from brokernotes.features import reasons

        language, schema = self.app.language, self.app.vault.rules.schema
        sentence = reasons.item_reason(item, language, self.app.today, schema)
        if item.first is None:
            self.console.print(self.console.styled(sentence, "dim"))
            return
        style = "error" if item.is_overdue else ("bold" if not item.computed else "")
        title = cut(visible(item.title), TITLE_COLUMNS)
        agent = self.names.get(item.agent or "", "") if self.shows_agent else ""
        head = self.console.styled(pad(self._when(item), WHEN_COLUMNS), style) + "  "
        head += self.console.styled(title, "bold")
        if agent:
            head += self.console.styled(f"  {agent}", "dim")
        self.console.print(head)
        self._lines([sentence], "")
        self._lines(reasons.brief(item, language, self.app.today, schema), "dim")
        if self.explain:
            rules = (reasons.explain(one, language, schema) for one in item.reasons)
            self._lines([f"· {line}" for lines in rules for line in lines], "dim")

    def _lines(self, lines: Sequence[str], style: str) -> None:
        margin = " " * (WHEN_COLUMNS + 2)
        for line in lines:
            for part in wrap(visible(line), self.console.width - len(margin), INDENT):
                self.console.print(margin + self.console.styled(part, style))

    def _when(self, item: DueItem) -> str:
        if item.at is not None and item.due == self.app.today:
            return item.at.strftime("%H:%M")
        if item.overdue_days:
            return self.app.language.plural(
                N_("{count} day late"), N_("{count} days late"), item.overdue_days
            )
        if item.due == self.app.today:
            return self.app.text(N_("today"))
        shown = item.at or item.due
        return shown.strftime("%m-%d %H:%M" if item.at else "%m-%d")
