"""Problems of a note as a record: its keys, its values, and what they say together."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

_IDENTITY = (
    ProblemKind(
        code="unknown-type",
        severity=_ERROR,
        message=N_("“{value}” is no type of note"),
        hint=N_("Write client, listing, deal, community or agent."),
        about=N_("The type decides how every key is read. Until it is mended, the folder decides."),
    ),
    ProblemKind(
        code="missing-id",
        severity=_HINT,
        message=N_("this {type} has no id yet"),
        hint=N_("Let `brokernotes check --fix` add one."),
        fixable=True,
        about=N_(
            "An id stays the same when a note is renamed or moved, so follow-ups, calendars and "
            "links keep meaning the same person. A note made by hand gets one later."
        ),
    ),
    ProblemKind(
        code="bad-id",
        severity=_ERROR,
        message=N_("“{value}” is no id of a {type}"),
        hint=N_(
            "An id is {letter}- and six characters of 0-9 and A-Z without I, L, O and U; remove "
            "the value and let `brokernotes check --fix` add one."
        ),
        about=N_("An id that is not well formed could not be told from other words in links."),
    ),
)

_KEYS = (
    ProblemKind(
        code="unknown-key",
        severity=_HINT,
        message=N_("“{key}” is no field of a {type}"),
        hint=N_("Did you mean {likely}?"),
        about=N_(
            "The value is kept and never touched, but nothing reads it. A field of your own is "
            "declared under fields: in the rules."
        ),
    ),
    ProblemKind(
        code="key-spelling",
        severity=_WARNING,
        message=N_("“{key}” is read as `{canonical}`"),
        hint=N_("Write `{canonical}`."),
        fixable=True,
        about=N_(
            "Obsidian's views and other programs know a property by one name in the whole vault."
        ),
    ),
    ProblemKind(
        code="client-grade",
        severity=_WARNING,
        message=N_("the grade of a client is worked out, and “{value}” is not used"),
        hint=N_("To overrule it, write `grade_override`, and why in `grade_reason`."),
        about=N_(
            "A client's grade follows from urgency, motivation, money and cooperation, so it "
            "changes by itself when they do. A typed one would go stale unseen."
        ),
    ),
)

_VALUES = (
    ProblemKind(
        code="list-not-expected",
        severity=_ERROR,
        message=N_("{key} holds {count} values, and one is due"),
        hint=N_("Keep one of them."),
        about=N_("Only a person knows which of them is meant, so none is used."),
    ),
    ProblemKind(
        code="list-as-text",
        severity=_HINT,
        message=N_("{key}: {count} values are written as one text"),
        hint=N_("Write one a line, each after “- ”."),
        fixable=True,
        about=N_("They are read as several here; to Obsidian they are one word nobody searches."),
    ),
    ProblemKind(
        code="unknown-value",
        severity=_ERROR,
        message=N_("{key}: “{value}” is none of its values"),
        hint=N_("Write one of {choices}."),
        likely=N_("Did you mean {likely}? Otherwise write one of {choices}."),
        about=N_(
            "A value that means nothing to the tool matches no search and steers no follow-up. "
            "A word of your own is added under values: in the rules."
        ),
    ),
)

_TOGETHER = (
    ProblemKind(
        code="range-order",
        severity=_ERROR,
        message=N_("{value} is below {other} {limit}"),
        hint=N_("Swap or correct the two."),
        about=N_("No listing lies between a least and a most that are upside down."),
    ),
    ProblemKind(
        code="date-order",
        severity=_WARNING,
        message=N_("{key} {value} is before {other} {limit}"),
        hint=N_("Correct one of the two dates."),
        about=N_("The one cannot have come before the other, so one of the two is a slip."),
    ),
    ProblemKind(
        code="missing-field",
        severity=_ERROR,
        message=N_("{key} is missing, and {because} {value} needs it"),
        hint=N_("Fill in `{key}`, or change `{because}`."),
        about=N_(
            "A listing on the market without its price cannot be matched, and a deposit without "
            "the day of signing cannot be watched."
        ),
    ),
    ProblemKind(
        code="transaction-mismatch",
        severity=_ERROR,
        message=N_("the status {status} does not go with the transaction {value}"),
        hint=N_("Correct one of the two; the transaction counts."),
        about=N_(
            "Whether a home is for sale or for rent decides its price, its clients and its rhythm."
        ),
    ),
    ProblemKind(
        code="deposit-too-high",
        severity=_WARNING,
        message=N_("a deposit of {value} 元 is more than a fifth of the price of {price} 万元"),
        hint=N_("Agree on what the part above {limit} 元 is."),
        about=N_(
            "What exceeds 20 % of the price has no effect as a deposit: it is neither forfeited "
            "nor returned twofold (Civil Code, article 586)."
        ),
    ),
    ProblemKind(
        code="lease-deposit-too-high",
        severity=_WARNING,
        message=N_("a deposit of {value} 元 is more than a fifth of {months} months at {rent} 元"),
        hint=N_("Agree on what the part above {limit} 元 is."),
        about=N_(
            "A lease's contract is worth its rent over the whole term; what exceeds 20 % of that "
            "has no effect as a deposit (Civil Code, article 586). Without lease_months nothing "
            "is said."
        ),
    ),
    ProblemKind(
        code="deposit-above-asking",
        severity=_WARNING,
        message=N_(
            "a deposit of {value} 元 is more than a fifth of what {listing} asks; "
            "the deal says neither price nor rent"
        ),
        hint=N_("Say what was agreed on; then agree on what the part above {limit} 元 is."),
        about=N_(
            "Where a deal names no price, the deposit is measured by what its listing asks (for a "
            "lease, over the months of the deal). What exceeds 20 % of the price agreed on has no "
            "effect as a deposit (Civil Code, article 586)."
        ),
    ),
    ProblemKind(
        code="status-unlogged",
        severity=_WARNING,
        message=N_("the status is {typed_status}, and the log's last word is {logged_status}"),
        hint=N_(
            "Say it with `brokernotes status`, which moves listing, log and deal; or write the "
            "status of the log."
        ),
        about=N_(
            "Somebody typed a status without an entry. Rounds, days on the market and the status "
            "that a cancelled deposit leads back to are read from the log."
        ),
    ),
    ProblemKind(
        code="status-jump",
        severity=_WARNING,
        message=N_("{new_status} cannot follow {old_status}"),
        hint=N_("If something in between was not written down, add its entry before this one."),
        about=N_(
            "The life of a listing has steps: a deposit is called off before the home is sold "
            "elsewhere, a home that was sold is for sale again only in a new round."
        ),
    ),
    ProblemKind(
        code="status-gap",
        severity=_WARNING,
        message=N_("this change begins at {old_status}, the one before ended at {logged_status}"),
        hint=N_("Add the entry of the change that is missing between the two."),
        about=N_(
            "Two people may have changed the status on two computers, or an entry was deleted: "
            "what happened in between nobody can read any more."
        ),
    ),
    ProblemKind(
        code="round-behind",
        severity=_WARNING,
        message=N_("round {value}, but the log tells of {rounds}"),
        hint=N_("Write round: {rounds}."),
        about=N_(
            "A round begins when a home that was sold or let comes back on the market. Deals and "
            "deadlines of one round are told from those of another by its number."
        ),
    ),
    ProblemKind(
        code="deposit-seized",
        severity=_ERROR,
        message=N_("the home is under seizure ({value}) and cannot change hands"),
        hint=N_("Have the seizure lifted before any money is taken, or remove it when it is."),
        about=N_("A seized home cannot be transferred; a deposit taken on it is in danger."),
    ),
    ProblemKind(
        code="deposit-tenant",
        severity=_WARNING,
        message=N_("the home is let, and the tenant has not waived the right to buy it"),
        hint=N_("Write the day of the waiver into `tenant_waiver`."),
        about=N_(
            "A tenant may buy on equal terms; without a waiver, or a notice of 15 days, a sale can "
            "be contested (Civil Code, articles 726 and 727)."
        ),
    ),
    ProblemKind(
        code="deposit-co-owner",
        severity=_WARNING,
        message=N_("the home is co-owned, and the other owners' consent is not on record"),
        hint=N_("Write the day of the consent into `co_owner_consent`."),
        about=N_("A sale that a co-owner did not agree to can be undone."),
    ),
    ProblemKind(
        code="signing-overdue",
        severity=_WARNING,
        message=N_("the contract was to be signed on {value} and is not"),
        hint=N_("Write `signed_on`, a new `expected_signing`, or cancel the deal."),
        about=N_("Once its day has passed, a deposit is at risk for both sides."),
    ),
    ProblemKind(
        code="entrustment-ended",
        severity=_WARNING,
        message=N_("the entrustment ended on {value}, and the listing is still offered"),
        hint=N_("Renew it and write the new `entrust_until`, or change `status`."),
        about=N_("Without an entrustment nobody may offer the home, and no notice asks again."),
    ),
    ProblemKind(
        code="roles-reason",
        severity=_WARNING,
        message=N_("{key} names {value}, and the log names {other} on {day}"),
        hint=N_("Say why in `roles_reason`, or correct `{key}`."),
        about=N_(
            "Roles follow the log, and a share of the fee follows the roles. Whoever overrules it "
            "owes the colleague a reason; without one the split shows that there is none."
        ),
    ),
    ProblemKind(
        code="published-unfit",
        severity=_WARNING,
        message=N_("it is published although it may not be; reasons: {count}"),
        hint=N_("Let `brokernotes check --publishable` say which."),
        about=N_(
            "The owner's written consent, an entrustment, an inspection and a look at the register "
            "come before an advertisement, and what it says is bound by the advertising law. Only "
            "what the note itself shows is counted here."
        ),
    ),
    ProblemKind(
        code="grade-reason",
        severity=_HINT,
        message=N_("the grade {value} overrules the computed one without a reason"),
        hint=N_("Say why in `grade_reason`."),
        about=N_("Whoever takes over the client must be able to tell judgement from habit."),
    ),
)

_FOLLOWING = (
    ProblemKind(
        code="followup-far",
        severity=_WARNING,
        message=N_("`next_followup` {value} is more than {days} days ahead"),
        hint=N_("Check the year; a pause is said by the status or the stage."),
        about=N_(
            "A slip in the year would silence a client for good, so a date this far ahead does "
            "not hold back the usual follow-ups."
        ),
    ),
    ProblemKind(
        code="start-missing",
        severity=_HINT,
        message=N_("nothing says since when this {type} is known"),
        hint=N_("Write `created` with the day they came, such as 2026-08-20."),
        about=N_("Follow-ups are counted from a day; without one it is always due today."),
    ),
    ProblemKind(
        code="missing-grade",
        severity=_HINT,
        message=N_("the listing has no grade and counts as C"),
        hint=N_("Write A, B, C or D, by how easily it sells."),
        about=N_("The grade sets how often its owner is called."),
    ),
    ProblemKind(
        code="grade-too-good",
        severity=_HINT,
        message=N_("grade {value}, but these speak against a quick sale: {signs}"),
        hint=N_("`show` says what is wrong with each; grade it by how easily it sells."),
        about=N_(
            "A listing of grade A is one that sells easily. Its location, title, owner, price or "
            "flaws say otherwise; a person decides, and B to D are left alone."
        ),
    ),
    ProblemKind(
        code="grade-too-bad",
        severity=_HINT,
        message=N_("grade {value}, but all of these speak for a quick sale: {signs}"),
        hint=N_("`show` says why; grade it by how easily it sells."),
        about=N_(
            "Everything that makes a listing sell easily is known and good, so its owner should "
            "hear of it more often than once a month."
        ),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*_IDENTITY, *_KEYS, *_VALUES, *_TOGETHER, *_FOLLOWING)
