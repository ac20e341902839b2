"""Problems of the vault as a folder: its files, their names and their ids."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

# What the file system holds, found before any note is parsed.
FILES: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="not-utf8",
        severity=Severity.ERROR,
        message=N_("byte {byte} is not UTF-8; the file looks like {encoding}"),
        hint=N_("Save the file as UTF-8; until then it is read as far as it goes, never written."),
        about=N_(
            "Notes are UTF-8. An old Windows editor saves Chinese as GBK, and writing such a file "
            "would destroy what could not be read."
        ),
    ),
    ProblemKind(
        code="nul-byte",
        severity=Severity.ERROR,
        message=N_("NUL byte, {count} in the file"),
        hint=N_("Restore the note from git or a backup, or delete the NUL bytes."),
        about=N_(
            "A NUL is what a crash, a full disk or a broken sync leaves in place of text. "
            "Other programs take such a file for binary."
        ),
    ),
    ProblemKind(
        code="file-too-big",
        severity=Severity.ERROR,
        message=N_("the file has {size} bytes, more than the {limit} a note may have"),
        hint=N_("Move what is not a note (pictures, exports) into files of its own."),
        about=N_("A file this big is not read, so that one of them cannot stop all the others."),
    ),
    ProblemKind(
        code="folder-as-note",
        severity=Severity.WARNING,
        message=N_("a folder is named like a note"),
        hint=N_("Rename the folder without .md."),
        about=N_("Links to it look like links to a note that does not exist."),
    ),
    ProblemKind(
        code="outside-link",
        severity=Severity.WARNING,
        message=N_("a symbolic link leads out of the vault and is not followed"),
        hint=N_("Put the file itself into the vault."),
        about=N_(
            "Whoever shares the vault could have any file of this computer read, or overwritten, "
            "through a link."
        ),
    ),
    ProblemKind(
        code="symlink-skipped",
        severity=Severity.HINT,
        message=N_("a symbolic link is not read; what it points at is read under its own name"),
        about=N_("Read twice, one client or listing would count as two."),
    ),
    ProblemKind(
        code="cloud-placeholder",
        severity=Severity.WARNING,
        message=N_("the note is in the cloud and not on this computer"),
        hint=N_("Download it in the Finder or Explorer; it counts as there, not as deleted."),
        about=N_("Sync programs leave a stub in place of a file they moved to the cloud."),
    ),
    ProblemKind(
        code="unreadable",
        severity=Severity.ERROR,
        message=N_("the system does not let it be read: {reason}"),
        hint=N_("Check its permissions and whether another program holds it."),
        about=N_("What cannot be read is missing from every list, so it is said aloud."),
    ),
)

NAMES: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="unsafe-name",
        severity=Severity.WARNING,
        message=N_("the name “{name}” does not work on every system"),
        hint=N_("Rename it, for instance to “{safe}”."),
        about=N_(
            "Windows cannot store some names (? : * | or NUL), others break links or differ "
            "between a Mac and a PC; a colleague's clone would lack the note."
        ),
    ),
    ProblemKind(
        code="name-collision",
        severity=Severity.WARNING,
        message=N_("{other} has the same name"),
        hint=N_("Rename one of them, so that links by name are certain."),
        about=N_(
            "Links name the file without its folder, and macOS and Windows do not tell capital "
            "letters or accents written in two ways apart."
        ),
    ),
)

IDS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="duplicate-id",
        severity=Severity.ERROR,
        message=N_("{other} has the id {id} too, and keeps it"),
        hint=N_("`brokernotes check --fix --only duplicate-id` gives this one another."),
        asked=True,
        about=N_(
            "Two notes with one id are one and the same in calendars, links and commands, so "
            "nothing is written to either by its id until one of them has another."
        ),
    ),
    ProblemKind(
        code="copied-note",
        severity=Severity.ERROR,
        message=N_("the note looks like a copy of {other}: both have the id {id}"),
        hint=N_(
            "Carry over what only the copy says, then delete it; if it is a note of its own, "
            "`brokernotes check --fix --only copied-note` gives it an id."
        ),
        asked=True,
        about=N_(
            "Cloud programs make such copies when two devices save at once. What was written into "
            "the copy is missed by whoever opens the other."
        ),
    ),
    ProblemKind(
        code="shared-phone",
        severity=Severity.WARNING,
        message=N_("{other} has the telephone number {phone} too"),
        hint=N_("If they are one person, make one note of the two."),
        about=N_(
            "Either one client has two notes, and is called twice, or a family shares a number, "
            "and whoever calls should know who answers."
        ),
    ),
    ProblemKind(
        code="property-twice",
        severity=Severity.WARNING,
        message=N_("{other} is the same home"),
        hint=N_("Make one note of the two; a home keeps its note through all its deals."),
        about=N_(
            "Community, building, unit and room agree. With two notes its owner hears from two "
            "people, and its history is in halves."
        ),
    ),
    ProblemKind(
        code="deposit-without-deal",
        severity=Severity.ERROR,
        message=N_("a deposit is down on this listing, and no open deal names it"),
        hint=N_(
            "Make the deal's note: amount, buyer, `expected_signing`, and a link to the listing."
        ),
        about=N_("Only the deal says by when the contract must be signed, so nobody would watch."),
    ),
    ProblemKind(
        code="deal-against-status",
        severity=Severity.ERROR,
        message=N_("the deal is open, and its listing {other} is {listing_status}"),
        hint=N_(
            "`brokernotes status` moves both: 定金, 签约, or 退订 and 解约 if it was called off."
        ),
        about=N_(
            "A deposit makes the listing 定金, a contract 我售 or 我租, until the home has changed "
            "hands. A listing that is still offered would be sold twice."
        ),
    ),
    ProblemKind(
        code="offer-on-gone",
        severity=Severity.WARNING,
        message=N_("the offer is open, and its listing {other} is {listing_status}"),
        hint=N_("`brokernotes deal REF cancel WHY` ends it; then the buyer is free for others."),
        about=N_(
            "The home went to somebody else. Whoever offered for it wants to hear so, and is "
            "looking on. A home that is let can still be sold, so an offer to buy it stays."
        ),
    ),
    ProblemKind(
        code="two-open-deals",
        severity=Severity.ERROR,
        message=N_("{other} is an open deal of the same listing"),
        hint=N_("Call one of the two off: `brokernotes status LISTING 退订 --deal REF`."),
        about=N_("Two deposits on one home are a fraud or a mistake; either must not stand."),
    ),
    ProblemKind(
        code="entry-missing",
        severity=Severity.WARNING,
        message=N_("a log entry that was written here is gone: {text}"),
        hint=N_("`brokernotes check --fix` puts it back; if it was meant to go, commit the note."),
        fixable=True,
        about=N_(
            "An editor that had the note open may have saved its old text over the entry. Entries "
            "are remembered until a commit holds them."
        ),
    ),
)

LINKS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="dead-link",
        severity=Severity.ERROR,
        message=N_("the link to “{target}” leads nowhere"),
        hint=N_("Did you mean [[{likely}]]?"),
        about=N_(
            "A listing without its community inherits nothing, and a showing of a home that "
            "cannot be found counts for none."
        ),
    ),
    ProblemKind(
        code="ambiguous-link",
        severity=Severity.ERROR,
        message=N_("the link to “{target}” may mean {candidates}"),
        hint=N_("Link to one of them by its file name or id."),
        about=N_("Rather than guess, the link is taken for neither."),
    ),
    ProblemKind(
        code="link-by-id",
        severity=Severity.HINT,
        message=N_("“{target}” is found by its id only; the note is called “{name}”"),
        hint=N_("Write [[{name}]]."),
        fixable=True,
        about=N_("The note was renamed outside Obsidian, which no longer follows the link."),
    ),
    ProblemKind(
        code="link-by-alias",
        severity=Severity.HINT,
        message=N_("“{target}” is another name of “{name}”"),
        hint=N_("Write [[{name}|{target}]]."),
        fixable=True,
        about=N_(
            "It is found here as long as no other note has the name; Obsidian looks for files."
        ),
    ),
    ProblemKind(
        code="link-type",
        severity=Severity.WARNING,
        message=N_("{key} leads to “{target}”, which is a {type}; it should be a {wanted}"),
        hint=N_("Link to the right note."),
        about=N_("A link to another kind of note says nothing there, and nothing follows from it."),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*FILES, *NAMES, *IDS, *LINKS)
