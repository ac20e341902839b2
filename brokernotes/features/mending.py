"""Mending a note where what was meant is certain: `check --fix`.

Each kind of problem has its mend, a few characters to replace. Whatever a mend
proposes is read again, and stays only if the problem is gone, nothing else is
reported, and everything else still says the same. So a mend may be simple: what
it did not think of is not applied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from brokernotes.errors import Position, Problem, RefusedError
from brokernotes.features.checking import check_note
from brokernotes.features.mending_meaning import Change, Comparison, same_meaning
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.rules import Rules
from brokernotes.notes.mending import MENDED_IN_BLOCK, mend_block
from brokernotes.notes.names import Randomness
from brokernotes.notes.note import Note, NoteReader
from brokernotes.notes.value_edits import Edit

_CONFLICT = "conflict-marker"
_IN_CONFLICT = RefusedError(N_("a merge conflict stands in it; choose a side first"))
_MOST_TRIED_ALONE = 100  # each is read again; a note with more of one kind is mended in bulk
_MOST_ROUNDS = 20  # of one kind: a nested entry may hide another, but not many


@dataclass(slots=True)
class Tools:
    """What mending needs beside the note.

    Attributes:
        reader: of the vault.
        rules: of the brokerage.
        today: for checks that depend on it.
        moment: with its zone, for new entry ids.
        random: for new ids.
        taken: note ids that are there already; new ones are added.
        lost: by entry id, the lines of entries that a stale editor saved over.
    """

    reader: NoteReader
    rules: Rules
    today: date
    moment: datetime
    random: Randomness
    taken: set[str]
    lost: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: str, text: str) -> tuple[Note, list[Problem]]:
        """A text as a note, with everything that is wrong in it alone."""
        note = self.reader.read(path, text)
        return note, [*note.problems, *check_note(note, self.rules, self.today)[0]]


Mend = Callable[[Note, Problem, Tools], Iterable[Edit]]


class Step(NamedTuple):
    """How problems of one code are mended.

    Attributes:
        mend: what to replace; raises `RefusedError` or gives nothing where it is not certain.
        change: what may differ in meaning afterwards.
    """

    mend: Mend
    change: Change = Change.NOTHING


class Mended(NamedTuple):
    """A note after mending.

    Attributes:
        text: the whole note; the very same where nothing was certain.
        left: problems of the kinds asked for that are still there.
        done: how many of each code are gone.
        refused: why the file's shape forbids a mend, by code.
    """

    text: str
    left: tuple[Problem, ...]
    done: Mapping[str, int]
    refused: Mapping[str, RefusedError]


class Asked(NamedTuple):
    """What is to be mended in a note.

    Attributes:
        codes: of the problems to mend.
        beyond: what only the vault as a whole shows about this note, such as links by alias.
        only: the place of the one problem to mend; None: all of them.
    """

    codes: Collection[str]
    beyond: Sequence[Problem] = ()
    only: Position | None = None


def mend_note(path: str, text: str, tools: Tools, asked: Asked) -> Mended:
    """Mend what is certain in one note.

    Args:
        path: relative to the vault.
        text: the whole note.
        tools: reader, rules, clock and chance.
        asked: what is to be mended.

    Returns:
        The note, what is left, and what was done.
    """
    return _Mending(path, text, tools, asked).run()


class _Mending:
    """One note under way."""

    def __init__(self, path: str, text: str, tools: Tools, asked: Asked) -> None:
        self.path = path
        self.tools = tools
        self.codes, _, self.only = asked
        self.beyond = [one for one in asked.beyond if one.code in asked.codes]
        self.note, self.problems = tools.read(path, text)
        self.done: Counter[str] = Counter()
        self.refused: dict[str, RefusedError] = {}

    def run(self) -> Mended:
        from brokernotes.features.mending_steps import STEPS

        if any(one.code == _CONFLICT for one in self.problems):
            left = [one for one in self.problems if one.code in self.codes]
            refused = dict.fromkeys((one.code for one in (*self.beyond, *left)), _IN_CONFLICT)
            return Mended(self.note.text, (*self.beyond, *left), {}, refused)
        first_text, before = self.note.text, Counter(one.code for one in self.problems)
        # What the vault knows is placed in the text as it was, so it comes first, from the
        # end on, so that the places before it stay.
        beyond = sorted(self.beyond, key=lambda one: one.position, reverse=True)
        self.beyond = [one for one in beyond if not self._mends(STEPS[one.code], [one])]
        for code in FRAME:
            self._mend_code(code, STEPS[code])
        if any(one.code in MENDED_IN_BLOCK and one.code in self.codes for one in self.problems):
            self._mend_block()
        for code, step in STEPS.items():
            if code not in BEYOND and code not in FRAME:
                self._mend_code(code, step)
        after = Counter(one.code for one in self.problems)
        if any(after[code] > before[code] for code in after) and not self._was_unread(before):
            self.note, self.problems = self.tools.read(self.path, first_text)
            self.done.clear()
        left = [one for one in self.problems if one.code in self.codes]
        return Mended(self.note.text, (*self.beyond, *left), dict(self.done), self.refused)

    @staticmethod
    def _was_unread(before: Counter[str]) -> bool:
        """Whether front matter was hidden: once it is read, its own problems turn up."""
        return any(before[code] for code in FRAME)

    def _is_asked(self, found: Problem) -> bool:
        return self.only is None or found.position == self.only

    def _mend_block(self) -> None:
        """Front matter that YAML cannot read; its own module reads it again."""
        text = mend_block(self.note.text, self.tools.reader.schema.known_spellings, self.codes)
        if text != self.note.text:
            self._accept(text, Change.NOTHING, MENDED_IN_BLOCK)

    def _mend_code(self, code: str, step: Step) -> None:
        if code not in self.codes:
            return
        for _ in range(_MOST_ROUNDS):
            found = [one for one in self.problems if one.code == code and self._is_asked(one)]
            if not found or not self._mends(step, found):
                return

    def _mends(self, step: Step, found: Sequence[Problem]) -> bool:
        """Mend some problems, all at once or each alone; whether anything was."""
        proposed = [edits for one in found if (edits := self._edits(step, one))]
        if not proposed:
            return False
        code = found[0].code
        renamed = _renamed(found[0]) if step.change is Change.LINK else None
        together = _without_overlaps(edit for edits in proposed for edit in edits)
        if self._accept(edited(self.note.text, together), step.change, {code}, renamed):
            return True
        if len(proposed) == 1 or len(proposed) > _MOST_TRIED_ALONE:
            return False
        # From the end, so that the places before it stay.
        tried = [
            self._accept(edited(self.note.text, edits), step.change, {code})
            for edits in sorted(proposed, reverse=True)
        ]
        return any(tried)

    def _edits(self, step: Step, found: Problem) -> list[Edit]:
        try:
            return sorted(step.mend(self.note, found, self.tools))
        except RefusedError as error:
            self.refused[found.code] = error
            return []

    def _accept(
        self,
        text: str,
        change: Change,
        codes: Collection[str],
        renamed: tuple[str, str] | None = None,
    ) -> bool:
        """Take a text over if it says the same with fewer problems of these codes."""
        if text == self.note.text:
            return False
        note, problems = self.tools.read(self.path, text)
        before = Counter(one.code for one in self.problems)
        after = Counter(one.code for one in problems)
        is_beyond = not BEYOND.isdisjoint(codes)
        gone = {code: before[code] - after[code] for code in codes if before[code] > after[code]}
        if not gone and not is_beyond:
            return False
        if change is not Change.FRAME and any(
            after[code] > before[code] and code not in self._may_follow() for code in after
        ):
            return False
        schema = self.tools.reader.schema
        if not same_meaning(self.note, note, Comparison(schema, change, renamed)):
            return False
        self.note, self.problems = note, problems
        self.done.update(gone or dict.fromkeys(codes, 1))
        return True

    def _may_follow(self) -> Collection[str]:
        """Codes whose finding another one hid, and which are mended after it."""
        from brokernotes.features.mending_steps import FOLLOWING

        return FOLLOWING & set(self.codes)


FRAME = ("bad-delimiter", "front-matter-not-first", "unclosed-front-matter")
BEYOND = frozenset(("link-by-id", "link-by-alias", "entry-missing", "copied-note", "duplicate-id"))


def _renamed(found: Problem) -> tuple[str, str]:
    """What a link by detour said, and what it says by name."""
    return str(found.params["target"]), str(found.params["name"])


def edited(text: str, edits: Sequence[Edit]) -> str:
    """A text with some edits, which do not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def difference(old: str, new: str) -> Iterator[Edit]:
    """The one stretch in which two texts differ, as an edit; nothing where they are equal."""
    if old == new:
        return
    start = 0
    most = min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield start, len(old) - end, new[start : len(new) - end]
