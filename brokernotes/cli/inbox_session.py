"""The lines of the inbox on their way: read, decided with or without a person, and filed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime

from brokernotes.cli.app import App
from brokernotes.cli.dictation import lore_of
from brokernotes.cli.filing import Filing, Made
from brokernotes.cli.inbox_words import Words
from brokernotes.errors import (
    BrokernotesError,
    ChangedMeanwhileError,
    NotFoundError,
    SystemRefusedError,
)
from brokernotes.features.answering import Answered, read_answer
from brokernotes.features.capturing import CERTAIN, PROPOSED, QUESTION, Verdict
from brokernotes.features.capturing_lore import Lore
from brokernotes.features.inbox_lines import (
    FILE_NAMES,
    Line,
    Outcome,
    archived_line,
    read_inbox,
    rewrite,
)
from brokernotes.features.vault_checks import is_copy
from brokernotes.language import N_, language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.days import days_after
from brokernotes.storage.reading import Source, read_text

DISMISSED = "dismissed"
_LATER = 1  # days


@dataclass(slots=True)
class Item:
    """One line and what is decided about it.

    Attributes:
        path: of the inbox file.
        line: as it stands.
        day: it was said.
        answered: what becomes of it.
        chosen: whether it shall be filed.
        made: what was filed.
    """

    path: str
    line: Line
    day: date
    answered: Answered
    chosen: bool = False
    made: list[Made] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """On the line."""
        return self.answered.verdict

    @property
    def kind(self) -> str:
        """What becomes of it: of the verdict, unless a person decided."""
        if self.answered.dismissed:
            return DISMISSED
        return CERTAIN if self.chosen else self.verdict.kind


class Session:
    """One run over the inbox.

    Args:
        app: of the run.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        app.fresh  # noqa: B018  # what is wrong with the rules is said first
        self.sources = list(_inboxes(app))
        self.items: list[Item] = []
        self._lore: Lore | None = None
        self._takes_all = False
        for source in self.sources:
            lines = read_inbox(source.text, app.today)
            fallback = _day_of(source, app)
            self.items += [self._item(source.path, line, fallback) for line in lines]
        self.words = Words(app, self.lore, app.language) if self.items else None

    @property
    def lore(self) -> Lore:
        """What lines are read against; fetched once."""
        if self._lore is None:
            self._lore = lore_of(self.app, days_after(self.app.today, -_LATER))
        return self._lore

    def _item(self, path: str, line: Line, fallback: date) -> Item:
        day = line.day or fallback
        answered = read_answer(line.text, day, self.lore, line.answer, line.question, line.ticked)
        chosen = answered.accepted and answered.verdict.kind == PROPOSED
        return Item(path, line, day, answered, chosen)

    # -- deciding

    def choose_certain(self) -> None:
        """Every certain line shall be filed, and what becomes certain by that."""
        self._takes_all = True
        for item in self.items:
            item.chosen = item.chosen or item.verdict.kind == CERTAIN

    def of_kind(self, kind: str) -> list[Item]:
        """The lines of a kind that are not decided yet."""
        return [
            item for item in self.items
            if item.verdict.kind == kind and not item.chosen and not item.answered.dismissed
        ]  # fmt: skip

    def answer(self, item: Item, answer: str) -> bool:
        """Read a line again with what a person answered; whether that said anything."""
        said = "，".join(filter(None, (item.answered.words, answer)))
        question = ""
        if item.verdict.kind == QUESTION and self.words:
            question = self.words.question_line(item.verdict, "")
        answered = read_answer(item.line.text, item.day, self.lore, said, question)
        if answered.verdict == item.verdict and not answered.dismissed:
            return False
        item.answered, item.chosen = answered, answered.accepted
        return True

    # -- filing

    def file(self) -> Filing:
        """Everything that was chosen, and the inbox without it, as one draft.

        Raises:
            ChangedMeanwhileError: the inbox is no longer what was read.
        """
        filing = Filing(self.app)
        for source in self.sources:
            if read_text(self.app.vault.root, source.path).data != source.data:
                raise ChangedMeanwhileError(
                    N_("{path} changed meanwhile; nothing was written"),
                    hint=N_("Run `brokernotes inbox` again."),
                    path=source.path,
                )
        outcomes: dict[str, list[Outcome]] = {source.path: [] for source in self.sources}
        self._file_chosen(filing)
        self._lore = filing.overlay(self.lore)
        for item in self.items:
            outcomes[item.path].append(self._outcome(item))
        draft = filing.finish()
        today, code = self.app.today, self.app.vault.rules.language
        for source in self.sources:
            of_file = outcomes[source.path]

            def again(text: str, of_file: list[Outcome] = of_file) -> str:
                return rewrite(text, of_file, today, code)

            draft.change(source, again(source.text), again)
        return filing

    def _file_chosen(self, filing: Filing) -> None:
        """File line after line, each read against what those before it make of the vault.

        What one line files may settle another that stands above it, so that is repeated until
        nothing more is certain; a second run then finds nothing to do.
        """
        before = -1
        while before != filing.count:
            before = filing.count
            for item in self.items:
                if item.made or item.answered.dismissed:
                    continue
                if filing.count:
                    self._read_again(item, filing)
                if item.chosen and item.verdict.actions:
                    self._carry_out(item, filing)

    def _read_again(self, item: Item, filing: Filing) -> None:
        line, before = item.line, item.verdict
        item.answered = read_answer(
            line.text, item.day, filing.overlay(self.lore), item.answered.words,
            ticked=item.answered.accepted,
        )  # fmt: skip
        if item.verdict != before:
            is_settled = item.verdict.kind == CERTAIN and (self._takes_all or item.chosen)
            item.chosen = is_settled or item.answered.accepted

    def _carry_out(self, item: Item, filing: Filing) -> None:
        twin = self._twin(item)
        if twin:
            item.made.extend(twin.made)
            return
        try:
            for index, action in enumerate(item.verdict.actions):
                children = item.line.children if index == 0 else ()
                item.made.append(filing.carry_out(action, children))
        except BrokernotesError as error:
            if isinstance(error, ChangedMeanwhileError) or item.made:
                raise
            item.chosen = False
            said = self.app.text(error.message, **error.params)
            refused = Verdict(kind=QUESTION, code="refused", said=said, day=item.day)
            item.answered = item.answered._replace(verdict=refused)

    def _twin(self, item: Item) -> Item | None:
        """The same line in the file that this one's file is a copy of, once it is filed."""
        said = item.line.text, item.line.children, item.day
        for other in self.items:
            is_elsewhere = other.made and other.path != item.path
            if is_elsewhere and (other.line.text, other.line.children, other.day) == said:
                return other
        return None

    def _outcome(self, item: Item) -> Outcome:
        line, answered = item.line, item.answered
        if answered.dismissed:
            return Outcome(line.raw, archived_line(line, line.answer or answered.words, []))
        if item.made:
            links = list(dict.fromkeys(made.link for made in item.made))
            return Outcome(line.raw, archived_line(line, answered.words, links))
        if item.verdict.kind == CERTAIN:
            return Outcome(line.raw, None, line.question)
        voice = Words(self.app, self.lore, language(self.app.vault.rules.language))
        return Outcome(line.raw, None, voice.question_line(item.verdict, answered.words))


def _inboxes(app: App) -> Iterator[Source]:
    """The inbox files of the vault: its language's first, copies that a sync program made last."""
    vault = app.vault
    there = {name.casefold(): name for name in os.listdir(vault.root)}  # noqa: PTH208
    code = vault.rules.language
    copies = sorted(filter(_is_copy, there))
    for name in (FILE_NAMES[code], *FILE_NAMES.values(), *copies):
        found = there.pop(name.casefold(), None)
        if found is None:
            continue
        try:
            source = read_text(vault.root, found)
        except NotFoundError:
            continue
        for problem in source.problems:
            if problem.code == "unreadable":
                reason = problem.params["reason"]
                raise SystemRefusedError(
                    N_("cannot read {path}: {reason}"), path=found, reason=reason
                )
        refuse_conflict(source)
        yield source


def refuse_conflict(source: Source) -> None:
    """Make sure that no merge conflict stands in an inbox.

    Raises:
        ChangedMeanwhileError: one does.
    """
    if _has_conflict(source.text):
        raise ChangedMeanwhileError(
            N_("a merge conflict stands in {path}; nothing was written"),
            hint=N_("Keep one side, remove the lines of <<<<<<< and >>>>>>>, then try again."),
            path=source.path,
        )


def _is_copy(name: str) -> bool:
    stems = tuple(own.removesuffix(".md") for own in FILE_NAMES.values())
    return name.endswith(".md") and name.startswith(stems) and is_copy(name)


def _has_conflict(text: str) -> bool:
    lines = text.splitlines()
    return any(one.startswith("<<<<<<< ") for one in lines) and any(
        one.startswith(">>>>>>> ") for one in lines
    )


def _day_of(source: Source, app: App) -> date:
    """The day an inbox was last written, for lines that say no day; never one to come."""
    zone = app.vault.rules.zone
    written = datetime.fromtimestamp(source.stamp[1] / 1e9, zone).date()
    return min(written, app.today)
