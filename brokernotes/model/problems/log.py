"""Problems of the log: its section, its entries, and their fields."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_SECTION = (
    ProblemKind(
        code="unclosed-block",
        severity=Severity.ERROR,
        message=N_("The block that “{mark}” opens here is never closed"),
        hint=N_("Close it with “{mark}”, or remove this line; until then nothing is logged here."),
        about=N_(
            "Everything after it counts as code, math or a comment, so entries below it are not "
            "read, and an entry added at the end would vanish in it."
        ),
    ),
    ProblemKind(
        code="log-not-last",
        severity=Severity.WARNING,
        message=N_("The log section is followed by “{heading}”"),
        hint=N_("Move the log section to the end of the note."),
        fixable=True,
        about=N_(
            "New entries go to the end of the log. Where that is the end of the file, no editor "
            "and no phone can put one in the wrong place."
        ),
    ),
    ProblemKind(
        code="near-heading",
        severity=Severity.WARNING,
        message=N_("“{heading}” is read as the heading of the log"),
        hint=N_("Write “{written}”."),
        fixable=True,
        about=N_("Other programs, and links to the section, know the plain heading only."),
    ),
)

_LINES = (
    ProblemKind(
        code="not-an-entry",
        severity=Severity.WARNING,
        message=N_("“{text}” looks like an entry and is not one"),
        hint=N_("Write “- 2026-08-20 14:30 带看 …”: a list item, a date with its year, a verb."),
        about=N_("It is kept as text, but counts for no follow-up, showing or report."),
    ),
    ProblemKind(
        code="nested-entry",
        severity=Severity.WARNING,
        message=N_("This entry is indented under another one"),
        hint=N_("Move it to the start of the line."),
        fixable=True,
        about=N_(
            "It is read as an entry of its own, yet an editor that moves, folds or deletes the "
            "entry above takes it along."
        ),
    ),
    ProblemKind(
        code="entry-spelling",
        severity=Severity.HINT,
        message=N_("The entry is read, but not written as other programs expect it"),
        hint=N_("Write “{written}”."),
        fixable=True,
        about=N_(
            "One spelling of dates and times keeps entries sortable, searchable and mergeable."
        ),
    ),
    ProblemKind(
        code="unknown-verb",
        severity=Severity.WARNING,
        message=N_("“{word}” is no verb of the log"),
        hint=N_("Begin with a verb such as 带看 or 电话, or add yours under verbs: in the rules."),
        likely=N_("Did you mean {likely}?"),
        about=N_("Without its verb an entry is kept, but counts as no contact and no showing."),
    ),
    ProblemKind(
        code="bad-box",
        severity=Severity.WARNING,
        message=N_("The box “{box}” is read as planned"),
        hint=N_("Write [ ] for planned, [x] for done, [-] for cancelled."),
        fixable=True,
        about=N_("Other marks mean something else in every program."),
    ),
    ProblemKind(
        code="future-entry",
        severity=Severity.ERROR,
        message=N_("An entry of {day} has not happened yet"),
        hint=N_("Correct the date, or write [ ] before it if it is planned."),
        about=N_("A contact in the future would silence follow-ups until then; it counts as none."),
    ),
)

_IDS = (
    ProblemKind(
        code="missing-entry-id",
        severity=Severity.HINT,
        message=N_("The entry has no id"),
        hint=N_("Let `brokernotes check --fix` add one."),
        fixable=True,
        about=N_("An id keeps an entry the same one when notes are merged or its text is mended."),
    ),
    ProblemKind(
        code="duplicate-entry-id",
        severity=Severity.ERROR,
        message=N_("Another entry of this note, in line {other}, has the id {id} too"),
        hint=N_("Remove the id from the copy."),
        about=N_("Links, corrections and merges could mean either of the two."),
    ),
    ProblemKind(
        code="id-misplaced",
        severity=Severity.WARNING,
        message=N_("The id ^{id} does not stand last on its line, after a space"),
        hint=N_("Move it to the end of the line."),
        fixable=True,
        about=N_("It is read here, but Obsidian finds an entry by its id only at the line's end."),
    ),
)

_FIELDS = (
    ProblemKind(
        code="bad-log-value",
        severity=Severity.ERROR,
        message=N_("{key} cannot be “{value}”"),
        hint=N_("Write, for example: {expected}."),
        about=N_("A field that cannot be read is left out, as if it had not been typed."),
    ),
    ProblemKind(
        code="field-twice",
        severity=Severity.WARNING,
        message=N_("{key} stands twice; the first one counts"),
        hint=N_("Remove one of the two."),
        about=N_("Only a person knows which of the two was meant."),
    ),
    ProblemKind(
        code="lenient-field",
        severity=Severity.HINT,
        message=N_("The field is read, but other programs do not know this spelling"),
        hint=N_("Write {written}."),
        fixable=True,
        about=N_("Dataview reads square or round brackets and two plain colons only."),
    ),
    ProblemKind(
        code="outcome-word",
        severity=Severity.HINT,
        message=N_("“{word}” is read as the outcome"),
        hint=N_("Write {written} to say so for certain."),
        fixable=True,
        about=N_("What came of a contact decides when the next one is due."),
    ),
    ProblemKind(
        code="unknown-agent",
        severity=Severity.WARNING,
        message=N_("“@{name}” is nobody of the brokerage"),
        hint=N_("Write the name as in agents/, or add it to that note's aliases."),
        likely=N_("Did you mean @{likely}?"),
        about=N_("The entry counts for the agent of the note instead."),
    ),
    ProblemKind(
        code="lenient-link",
        severity=Severity.HINT,
        message=N_("The link is read, but other programs do not know this spelling"),
        hint=N_("Write {written}."),
        fixable=True,
        about=N_("Phones keep the full-width brackets; nothing but this tool follows such a link."),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*_SECTION, *_LINES, *_IDS, *_FIELDS)
