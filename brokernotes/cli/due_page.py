"""How `due` looks on a terminal: rows by class, the brief under each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.briefing import briefs
from brokernotes.cli.due_telling import due_voice
from brokernotes.cli.width import cut, pad, visible, width, wrap
from brokernotes.features import reasons
from brokernotes.features.reason_sentences import NOTICES
from brokernotes.features.topic_sentences import lines_of, source_line
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.briefs import Brief
    from brokernotes.features.ranking import DueItem
    from brokernotes.model.occurrences import Occurrence

WHEN_COLUMNS = 13
LEAST_TITLE = 16  # columns; whose and how gives way to it
MOST_LINES = 4  # of one text; `show` has all of it
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
        self.voice = due_voice(app)

    def print(
        self,
        items: Sequence[DueItem],
        *,
        left: int = 0,
        is_part: bool = False,
        waiting: Sequence[Occurrence] = (),
    ) -> None:
        """Print the rows, and how many were left out.

        Args:
            items: the rows.
            left: how many there are besides.
            is_part: whether only some notes were asked about.
            waiting: what waits for another day, since somebody else is in touch with its person.
        """
        if items or not waiting:  # "everybody has been heard" is not true of who waits
            self._rows(items, left=left, is_part=is_part)
        if waiting:
            language, last = self.app.language, max(one.due for one in waiting)
            line = language.plural(
                N_("{count} waits for another day: `due --until {date}` says why"),
                N_("{count} wait for another day: `due --until {date}` says why"),
                len(waiting),
                date=last.isoformat(),
            )
            self.console.print(self.console.styled(line, "dim"))

    def _rows(self, items: Sequence[DueItem], *, left: int, is_part: bool) -> None:
        if not items:
            said = N_("Nothing is due. Everybody has been heard.")
            if is_part:
                said = N_("Nothing is due about the notes you asked for.")
            elif not self.app.vault.queries.counts().keys() & {"client", "listing"}:
                said = N_("There is no client and no listing yet; `brokernotes new` makes one.")
            self.console.print(self.app.text(said))
            return
        agents = {item.agent for item in items if item.agent}
        self.names = dict(self.app.vault.queries.titles(agents))
        for item, brief in zip(items, briefs(self.app, items), strict=True):
            self._item(item, brief)
        if left:
            language = self.app.language
            self.console.print(
                self.console.styled(
                    language.plural(N_("{count} more row"), N_("{count} more rows"), left), "dim"
                )
            )

    def _item(self, item: DueItem, brief: Brief) -> None:
        sentence = reasons.item_reason(item, self.voice)
        if item.first is None:
            self.console.print(self.console.styled(sentence, "dim"))
            return
        self._head(item)
        is_mine = item.agent is not None and item.agent == self.app.agent
        topics = lines_of(brief, self.voice)
        lines = [sentence, *reasons.brief(item, self.voice, topics)]
        said = dict.fromkeys((sentence, *topics) if brief.topics else (sentence,))
        for line in lines:
            told = line if is_mine else mask_phones_in_text(line)
            self._lines([told], "" if line in said else "dim")
        if self.explain:
            from brokernotes.features.reason_explaining import explain

            rules = [line for one in item.reasons for line in explain(one, self.voice)]
            rules += [source_line(topic, self.voice) for topic in brief.topics]
            self._lines((f"· {line}" for line in dict.fromkeys(rules)), "dim")

    def _head(self, item: DueItem) -> None:
        """When, what it is about, how to reach the person, and whose it is."""
        style = "error" if item.is_overdue else ("bold" if not item.computed else "")
        notes = [self._channel(item)]
        if self.shows_agent:
            notes.append(self.names.get(item.agent or "", ""))
        note = "  ".join(visible(one) for one in notes if one)
        room = self.console.width - WHEN_COLUMNS - 2
        note = cut(note, max(room - LEAST_TITLE - 2, 1)) if note else ""
        title = cut(
            visible(reasons.title(item, self.voice)), room - width(note) - 2 if note else room
        )
        head = self.console.styled(pad(self._when(item), WHEN_COLUMNS), style) + "  "
        head += self.console.styled(title, "bold")
        if note:
            head += self.console.styled(f"  {note}", "dim")
        self.console.print(head)

    def _channel(self, item: DueItem) -> str:
        return reasons.channel_word(item.channel, self.voice) if item.channel else ""

    def _lines(self, lines: Iterable[str], style: str) -> None:
        margin = " " * (WHEN_COLUMNS + 2)
        room = self.console.width - len(margin)
        for line in lines:
            parts = wrap(visible(line), room, INDENT)
            if len(parts) > MOST_LINES:
                parts = [*parts[: MOST_LINES - 1], cut(parts[MOST_LINES - 1] + "…", room)]
            for part in parts:
                self.console.print(margin + self.console.styled(part, style))

    def _when(self, item: DueItem) -> str:
        if item.at is not None and item.due == self.app.today:
            return item.at.strftime("%H:%M")
        # A notice is given before what it announces, which is not late yet.
        if item.overdue_days and item.kind not in NOTICES:
            return self.app.language.plural(
                N_("{count} day late"), N_("{count} days late"), item.overdue_days
            )
        if item.due <= self.app.today:
            return self.app.text(N_("today"))
        shown = item.at or item.due
        return shown.strftime("%m-%d %H:%M" if item.at else "%m-%d")
