"""What git's history shows: the log is append-only, and somebody did not append."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_OPTION = "--history"

KINDS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="status-jumped",
        severity=Severity.WARNING,
        message=N_("{who} made {new_status} of {old_status} on {day} (commit {commit})"),
        hint=N_("If something in between was not written down, add its entry to the log."),
        about=N_(
            "No step of a listing's life leads from the one to the other, and the log tells of no "
            "way between them: the status was typed into the note."
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="entry-removed",
        severity=Severity.ERROR,
        message=N_("{who} removed a log entry on {day} (commit {commit}): {text}"),
        hint=N_(
            "Put the line back. If it had to go, leave `- DATE 已移除 [原因:: …] ^ID` in its place."
        ),
        about=N_(
            "A log is only added to: who found a home, who showed it and when decides over "
            "commission. An entry that stands anywhere in the vault again, and one that a line "
            "with the verb 已移除 stands for, is no longer reported. A merge that dropped a "
            "colleague's line counts as removing it."
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="entry-altered",
        severity=Severity.ERROR,
        message=N_("{who} altered a log entry on {day} (commit {commit}): it said {text}"),
        hint=N_("Put the old line back, and add a new one with [更正:: ID]."),
        about=N_(
            "What was said then stays; a correction is an entry of its own. Ticking off a plan, "
            "adding lines under an entry, an id, or another spelling of the same link or date "
            "alter nothing."
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="note-deleted",
        severity=Severity.WARNING,
        message=N_(
            "{who} deleted the note on {day} (commit {commit}); entries in its log: {count}"
        ),
        hint=N_("`git checkout {commit}^ -- PATH` brings it back."),
        about=N_(
            "Its log went along. Where the entries were moved to another note, nothing is reported."
        ),
        option=_OPTION,
    ),
)
