"""Problems of deals: their steps, fees and ends."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

_STEPS = (
    ProblemKind(
        code="step-late",
        severity=_WARNING,
        message=N_("{step} was planned for {value}, and nothing says that it happened"),
        hint=N_("`brokernotes deal REF done {step}` if it did, else plan another day."),
        about=N_(
            "A day alone is a plan. That a step happened is said by an entry of its verb in the "
            "deal's log, so that a day that passed in silence is asked about."
        ),
    ),
    ProblemKind(
        code="step-closed-day",
        severity=_WARNING,
        message=N_("{step} is planned for {value}, when the {office} is closed"),
        hint=N_("The next working day is {next}; some offices open on Saturdays, so ask."),
        about=N_(
            "Banks, tax and registry offices keep working days: no weekends and holidays, but the "
            "Saturdays and Sundays that are worked for a holiday."
        ),
    ),
    ProblemKind(
        code="step-day-unknown",
        severity=_HINT,
        message=N_("whether offices are open on {value} is not known: holidays of {year} are not"),
        hint=N_("Look again when they have been announced, usually in the November before."),
        about=N_("Until then weekdays count as working days, except the festivals of the law."),
    ),
    ProblemKind(
        code="step-undated",
        severity=_HINT,
        message=N_("no step of this deal has a day; the next is {step}"),
        hint=N_("`brokernotes deal REF plan {step} 下周三` puts it into due and the calendar."),
        about=N_("Between signing and handover nothing else reminds anybody of a deal."),
    ),
    ProblemKind(
        code="step-after-term",
        severity=_WARNING,
        message=N_("{step} was to be done by {value}, and nothing says that it happened"),
        hint=N_("`brokernotes deal REF done {step}` if it did."),
        about=N_(
            "A lease is to be filed within 30 days of its signing (Measures for the Administration "
            "of Commodity House Leasing, article 14)."
        ),
    ),
    ProblemKind(
        code="step-other-day",
        severity=_WARNING,
        message=N_("{key} says {value}, but the log has it on {day}"),
        hint=N_("Write {day}, or correct the entry with a new one."),
        about=N_("Once a step has happened, its day is the day it happened; the log counts."),
    ),
)

_END = (
    ProblemKind(
        code="cancel-reason",
        severity=_WARNING,
        message=N_("the deal is cancelled, and nobody says why"),
        hint=N_("Write `cancel_reason`, or an entry with [原因:: …] in the log."),
        about=N_("Why deals fall through is what the next one learns from, and what disputes ask."),
    ),
    ProblemKind(
        code="cancelled-stage",
        severity=_WARNING,
        message=N_("the deal has the day it was cancelled, and its stage is {value}"),
        hint=N_("Set the stage to cancelled, or clear `cancelled_on`."),
        about=N_("Only the stage counts, so its steps and fees are still watched."),
    ),
)

_FEES = (
    ProblemKind(
        code="fee-above-due",
        severity=_ERROR,
        message=N_("{received} yuan were received, and only {due} are due"),
        hint=N_("Correct the one or the other; what is due is what was agreed after discount."),
        about=N_("Commission is shared out of what was received, so it must be right to the cent."),
    ),
    ProblemKind(
        code="fee-without-due",
        severity=_WARNING,
        message=N_("a fee was received, and {key} does not say how much is due"),
        hint=N_("Write `{key}`, even if all of it is paid."),
        about=N_("What is still open cannot be told from what was paid."),
    ),
    ProblemKind(
        code="fee-undated",
        severity=_HINT,
        message=N_("{open} yuan are open, and nothing says by when"),
        hint=N_("Write `{key}`."),
        about=N_("Without a day nobody is reminded of it."),
    ),
    ProblemKind(
        code="fee-late",
        severity=_WARNING,
        message=N_("{open} yuan were to be paid by {value} and are not"),
        hint=N_("Write what was received, or the new day that was agreed."),
        about=N_("It stands in due, too, until all of it is received."),
    ),
)

_BETWEEN = (
    ProblemKind(
        code="deal-seller",
        severity=_WARNING,
        message=N_("the seller is not the owner that {listing} names"),
        hint=N_("Correct the deal's seller or the listing's owner."),
        about=N_(
            "Whoever signs must own the home. After 过户 the listing's owner is the buyer, and "
            "this is not asked any more."
        ),
    ),
    ProblemKind(
        code="deal-one-side",
        severity=_ERROR,
        message=N_("{name} is buyer and seller of one deal"),
        hint=N_("Correct buyer or seller."),
        about=N_("Reports, fees and follow-ups tell the two sides apart."),
    ),
)

KINDS: tuple[ProblemKind, ...] = (*_STEPS, *_END, *_FEES, *_BETWEEN)
