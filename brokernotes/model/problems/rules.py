"""Problems of the brokerage's rules, `brokernotes.yaml`."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

# What YAML, or the guard before it, makes of the file.
FILE: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="rules-syntax",
        severity=Severity.ERROR,
        message=N_("the rules cannot be read from here on"),
        hint=N_(
            "Look for a missing space after a colon, a quote or bracket left open, a tab, "
            "or lines that are not indented alike."
        ),
        about=N_(
            "One setting that cannot be read leaves the others in force; its own default holds "
            "until it is mended."
        ),
    ),
    ProblemKind(
        code="rules-not-a-pair",
        severity=Severity.ERROR,
        message=N_("`{text}` is not a line of the form KEY: VALUE"),
        hint=N_("The colon is the half-width one, and a space follows it."),
        about=N_("A Chinese keyboard types a wide colon, which joins key and value to one word."),
    ),
    ProblemKind(
        code="rules-too-big",
        severity=Severity.ERROR,
        message=N_("the rules have {size} bytes, more than {limit}; none of them was read"),
        about=N_("Rules are a page or two. A larger file is a mistake or an attack."),
    ),
    ProblemKind(
        code="rules-too-deep",
        severity=Severity.ERROR,
        message=N_("the rules nest deeper than {limit} levels here"),
        about=N_("No setting lies that deep, and deep nesting is how a file stops a program."),
    ),
    ProblemKind(
        code="rules-yaml-feature",
        severity=Severity.ERROR,
        message=N_("anchors, aliases and tags such as {text} are not read in the rules"),
        hint=N_("Write the value out where it is wanted."),
        about=N_("Anchors can grow a small file to gigabytes, and tags can call programs."),
    ),
    ProblemKind(
        code="rules-control-character",
        severity=Severity.WARNING,
        message=N_("the invisible character {name} is read as a space"),
        hint=N_("Delete it; it often comes with pasted text."),
        about=N_("YAML takes some invisible characters for line ends and forbids others."),
    ),
)

# A key that is wrong.
KEYS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="rules-unknown-key",
        severity=Severity.ERROR,
        message=N_("`{key}` is not a setting"),
        hint=N_("Known here: {known}."),
        about=N_("A misspelt setting would otherwise be ignored, and nobody would notice."),
    ),
    ProblemKind(
        code="rules-duplicate-key",
        severity=Severity.ERROR,
        message=N_("`{key}` stands here a second time; the first one, in line {line}, holds"),
        about=N_("Programs differ in which of two equal keys they obey."),
    ),
    ProblemKind(
        code="rules-key-without-effect",
        severity=Severity.WARNING,
        message=N_("`{key}` has no effect on a field of kind {kind}"),
        about=N_("Units and limits belong to numbers, values to enum and term, link to links."),
    ),
    ProblemKind(
        code="rules-unknown-code",
        severity=Severity.ERROR,
        message=N_("no problem has the code `{code}`"),
        hint=N_("Known and like it: {known}."),
        about=N_("Severities are set by the code that `check` prints in square brackets."),
    ),
    ProblemKind(
        code="rules-format-newer",
        severity=Severity.ERROR,
        message=N_("the vault has format {format}, newer than {known}: it is only read"),
        hint=N_("Install a newer brokernotes to write in this vault."),
        about=N_("An older program that writes in a newer format could destroy what it misreads."),
    ),
)

# A value that is wrong.
VALUES: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="rules-not-a-map",
        severity=Severity.ERROR,
        message=N_("`{key}` holds settings of its own, KEY: VALUE, one a line and indented"),
        about=N_("The value that stands here is not used."),
    ),
    ProblemKind(
        code="rules-not-a-list",
        severity=Severity.ERROR,
        message=N_("`{key}` is a list: [one, another], or one a line after `- `"),
        about=N_("The value that stands here is not used."),
    ),
    ProblemKind(
        code="rules-list-length",
        severity=Severity.ERROR,
        message=N_("`{key}` has {wanted} values, not {count}"),
        about=N_("The list that stands here is not used."),
    ),
    ProblemKind(
        code="rules-not-one-value",
        severity=Severity.ERROR,
        message=N_("`{key}` is one value, not a list or a map"),
        about=N_("What stands here is not used."),
    ),
    ProblemKind(
        code="rules-choice",
        severity=Severity.ERROR,
        message=N_("`{key}` is one of {choices}, not `{value}`"),
        about=N_("The default holds until it is mended."),
    ),
    ProblemKind(
        code="rules-whole-number",
        severity=Severity.ERROR,
        message=N_("`{key}` is a whole number from {low} to {high}, not `{value}`"),
        about=N_("The default holds until it is mended."),
    ),
    ProblemKind(
        code="rules-number",
        severity=Severity.ERROR,
        message=N_("`{key}` is a number from {low} to {high}, not `{value}`"),
        about=N_("The default holds until it is mended."),
    ),
    ProblemKind(
        code="rules-shares-sum",
        severity=Severity.ERROR,
        message=N_("the shares of `{key}` add up to {total}, not to 100"),
        hint=N_("What the firm keeps itself is `commission.platform`, and comes before."),
        about=N_("Money that belongs to nobody, or to two, is shared by nobody: no table is used."),
    ),
    ProblemKind(
        code="rules-clock",
        severity=Severity.ERROR,
        message=N_('`{key}` is a time such as "21:00", not `{value}`'),
        about=N_("The default holds until it is mended."),
    ),
    ProblemKind(
        code="rules-month",
        severity=Severity.ERROR,
        message=N_("`{key}` is a month or a day such as 2026-01 or 2026-01-15, not `{value}`"),
        about=N_("What the channel costs is left out of the report until it is mended."),
    ),
    ProblemKind(
        code="rules-needs",
        severity=Severity.ERROR,
        message=N_("`{key}` does not say {needs}"),
        hint=N_("Write `monthly: 1800` and `from: 2026-01`, and `until` where it has ended."),
        about=N_("Without what is paid a month, and since when, a channel's cost is not known."),
    ),
    ProblemKind(
        code="rules-period",
        severity=Severity.ERROR,
        message=N_("`{key}` ends on {last}, before it begins on {first}"),
        about=N_("What the channel costs is left out of the report until it is mended."),
    ),
    ProblemKind(
        code="rules-timezone",
        severity=Severity.ERROR,
        message=N_("`{value}` is not a time zone this computer knows"),
        hint=N_("Zones are named after cities, such as Asia/Shanghai or Europe/London."),
        about=N_("All times in notes are in this zone; a wrong one moves every appointment."),
    ),
)

# What a brokerage adds of its own.
OWN: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="rules-own-name",
        severity=Severity.ERROR,
        message=N_("`{name}` cannot name it: a to z, 0 to 9 and _, a letter first"),
        hint=N_("Give the Chinese word as label; the name is for programs."),
        about=N_("Keys and ids stand in files, queries and databases, where other letters fail."),
    ),
    ProblemKind(
        code="rules-own-reserved",
        severity=Severity.ERROR,
        message=N_("`{key}` is what the program itself knows notes by; it cannot be redefined"),
        about=N_("Without these keys a note would have no identity."),
    ),
    ProblemKind(
        code="rules-own-kind",
        severity=Severity.ERROR,
        message=N_("`{key}` is {kind} here but {other} in {type}; it is not used"),
        hint=N_("Choose another name, or the same kind."),
        about=N_("Obsidian gives a property one type in the whole vault, whatever the note."),
    ),
    ProblemKind(
        code="rules-own-replaces",
        severity=Severity.WARNING,
        message=N_("`{key}` is also a built-in field of {type}; the definition here holds"),
        hint=N_("Delete it here if the built-in one says the same."),
        about=N_(
            "A newer program may bring a field you already had. Yours stays, but features that "
            "know the built-in one may misread it."
        ),
    ),
    ProblemKind(
        code="rules-own-without-values",
        severity=Severity.ERROR,
        message=N_("`{key}` is an enum without values; any word is accepted"),
        hint=N_("List its values, or make it a term or a text."),
        about=N_("A closed vocabulary without words would refuse everything."),
    ),
    ProblemKind(
        code="rules-word-taken",
        severity=Severity.WARNING,
        message=N_("`{word}` already means {other}, and keeps that meaning"),
        hint=N_("Choose another word."),
        about=N_("A word in a note can mean only one thing."),
    ),
)

# The order of a deal's steps.
DEALS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="rules-step-twice",
        severity=Severity.ERROR,
        message=N_("`{key}` has the step {value} twice"),
        hint=N_("Delete one of them; a step has one date in a deal."),
        about=N_("The order that stands here is not used."),
    ),
    ProblemKind(
        code="rules-step-missing",
        severity=Severity.ERROR,
        message=N_("`{key}` lacks {steps}"),
        hint=N_("Every order has deposit and signing; what a deal skips, its note says."),
        about=N_(
            "A listing's status changes with these two, whatever the city. The order that stands "
            "here is not used."
        ),
    ),
    ProblemKind(
        code="rules-city-without-order",
        severity=Severity.ERROR,
        message=N_("`deals.cities` has no order for {city}, only for: {known}"),
        hint=N_("Write the city's order under `deals.cities`, or delete the city."),
        about=N_("No city's order is built in; the general one holds until it is mended."),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*FILE, *KEYS, *VALUES, *OWN, *DEALS)
