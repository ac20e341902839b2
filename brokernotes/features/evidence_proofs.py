"""What evidence proves and what it does not, in sentences.

Source: research on append-only logs: a commit proves that these bytes are a descendant of those,
not the person, nor the time.
"""

from __future__ import annotations

from brokernotes.features.evidence_facts import Evidence
from brokernotes.language import N_

PROVES = {
    "in-git": N_(
        "Each entry with a commit stood in the repository, word for word, when that commit was "
        "made; anybody with a copy can look it up by the commit's id."
    ),
    "unaltered": N_("None of the entries above was changed or removed after it was committed."),
    "altered": N_(
        "Changed or removed after they were committed: {count}. What they said before is shown."
    ),
    "late": N_(
        "Written more than a day after what they tell (补录): {count}. They show what was written "
        "down afterwards, not what was written down at the time."
    ),
    "slip": N_("Slips whose number was written down: {count}. The signed paper is the proof."),
}
LIMITS = {
    "no-git": N_(
        "There is no git history here: nothing shows when an entry was written, or that it was "
        "never changed. This is only what the files say today."
    ),
    "uncommitted": N_(
        "Not committed yet: {count}. Only the files on this computer have them, and nothing shows "
        "since when."
    ),
    "imported": N_(
        "Came with their whole note, as after an import: {count}. Git's time is that of the import."
    ),
    "unnamed": N_(
        "Entries that name nobody by @: {count}. They are counted as theirs whose the note was on "
        "that day."
    ),
    "clock": N_(
        "The time: a typed time is what somebody typed, a commit's time is what a computer's clock "
        "said. A host's record of pushes is firmer."
    ),
    "person": N_(
        "The person: the name on a commit is what that computer was set to. Signatures are not "
        "looked at."
    ),
    "whole": N_(
        "That nothing was rewritten: who can rewrite the repository can rewrite it whole. Compare "
        "the commit's id with another copy."
    ),
    "outside": N_("What was said, or that the client signed: ask for the slip by its number."),
}


def proofs(evidence: Evidence) -> dict[str, dict[str, object]]:
    """What it proves: codes of `PROVES` with their params."""
    found: dict[str, dict[str, object]] = {}
    committed = [item for item in evidence.items if item.first and item.first.id]
    if committed:
        found["in-git"] = {}
        altered = len(evidence.altered)
        found["altered" if altered else "unaltered"] = {"count": altered} if altered else {}
    if evidence.late:
        found["late"] = {"count": len(evidence.late)}
    if evidence.slips:
        found["slip"] = {"count": len({str(one.entry.fields["slip"]) for one in evidence.slips})}
    return found


def limits(evidence: Evidence) -> dict[str, dict[str, object]]:
    """What it does not prove: codes of `LIMITS` with their params."""
    found: dict[str, dict[str, object]] = {}
    unnamed = sum(1 for item in evidence.items if item.agent and not item.is_named)
    if unnamed:
        found["unnamed"] = {"count": unnamed}
    if not evidence.has_history:
        return {"no-git": {}} | found | {"outside": {}}
    fresh = sum(item.is_uncommitted for item in evidence.items)
    if fresh:
        found["uncommitted"] = {"count": fresh}
    imported = sum(1 for item in evidence.items if item.first and item.first.made_note)
    if imported:
        found["imported"] = {"count": imported}
    return found | {code: {} for code in ("clock", "person", "whole", "outside")}
