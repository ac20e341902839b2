"""`deal REF done` and `cancel`: a step's day, its log entry, and the deal's stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal, find_deal, read_deal
from brokernotes.cli.deal_page import joined, label
from brokernotes.cli.deal_writing import DealChange, write_change
from brokernotes.cli.log_entries import author_of, happened
from brokernotes.cli.writers import (
    Flags,
    conclude,
    open_note,
    outcome,
    tell,
    writing,
)
from brokernotes.errors import ArgumentError, RefusedError, UsageError
from brokernotes.features.milestones import Milestone, stage_after
from brokernotes.language import N_
from brokernotes.model.milestones import FIXED, OF_STATUS, order_of, steps_before, template_of
from brokernotes.model.records import LogEntry
from brokernotes.notes.convert import likely_word
from brokernotes.notes.logbook import entry_refs
from brokernotes.storage.drafts import Draft

if TYPE_CHECKING:
    from brokernotes.model.milestones import Step

# -- done


def do_step(app: App, ref: str, words: Sequence[str], on: str | None, flags: Flags) -> None:
    """Say that a step has happened.

    Args:
        app: of the run.
        ref: of the deal, its listing or a client.
        words: the step, then what there is to say of it.
        on: when it was; None: now.
        flags: of the command.

    Raises:
        RefusedError: the step is `status`'s, or not one of this deal.
    """
    moment = happened(app, on)
    with writing(app):
        deal = deal_of(app, ref)
        one, text = step_of(app, deal, words)
        if one.is_done and (one.entry is not None or one.step.id in FIXED):
            _say_done(app, deal, one, flags)
            return
        refuse_of_status(app, deal, one.step)
        refuse_stage(app, deal)
        entry = LogEntry(
            day=moment.day, minutes=moment.minutes, verb=one.step.verb, line=0,
            agent=author_of(app, deal.opened), text=text,
        )  # fmt: skip
        fields = [f"{one.step.field}={moment.day.isoformat()}"]
        stage = stage_after(deal.record, deal.steps, one.step.id)
        if stage is not None:
            fields.append(f"stage={stage}")
        ticked = open_entries(deal, one.step)
        same_day = [ref for ref, other in ticked if other.day == moment.day]
        if same_day and not text:  # the appointment itself says all there is to say
            change = DealChange(tuple(fields), None, ((same_day[0], "x"),))
        else:
            change = DealChange(tuple(fields), entry, tuple((ref, "-") for ref, _ in ticked))
        _warn_of_order(app, deal, one)
        write_change(app, deal, change, flags, N_("{step} done: {title}"), one.step)


def _say_done(app: App, deal: Deal, one: Milestone, flags: Flags) -> None:
    step = label(app, "deal_step", one.step.id)
    day = one.day.isoformat() if one.day else ""
    app.console.say(app.text(N_("{step} is done already ({day}); nothing changed"),
                             step=step, day=day))  # fmt: skip
    draft = Draft(app.vault, app.now)
    tell(app, flags, draft, outcome(app, conclude(app, draft, flags, ""), deal.row), [])


def _warn_of_order(app: App, deal: Deal, done: Milestone) -> None:
    """Say which steps that must come before this one nobody has dated: likely they are done."""
    order = order_of(template_of(deal.record), app.vault.rules.other["deals"])
    before = steps_before(done.step.id, order)
    lacking = [
        label(app, "deal_step", one.step.id)
        for one in deal.steps
        if one.step.id in before and one.is_open and one.day is None
    ]
    if lacking:
        app.console.say(
            app.text(
                N_("{steps} must come before, and count as done; nobody has said when"),
                steps=joined(app, lacking),
            )
        )


# -- cancel


def cancel_deal(app: App, ref: str, reason: str, flags: Flags) -> None:
    """End a deal that is only an offer.

    Args:
        app: of the run.
        ref: of the deal, its listing or a client.
        reason: why.
        flags: of the command.

    Raises:
        UsageError: no reason.
        RefusedError: a deposit is down or the contract signed, or it is over.
    """
    if not reason.strip():
        raise UsageError(N_("say why the deal came to nothing"),
                         hint=N_("Write it behind `deal REF cancel`."))  # fmt: skip
    with writing(app):
        deal = deal_of(app, ref)
        stage = deal.record.text("stage")
        if stage == "cancelled":
            app.console.say(app.text(N_("{title} says so already; nothing changed"),
                                     title=deal.row.title))  # fmt: skip
            draft = Draft(app.vault, app.now)
            tell(app, flags, draft, outcome(app, conclude(app, draft, flags, ""), deal.row), [])
            return
        if stage not in (None, "offer"):
            raise RefusedError(
                N_("the deal is at {stage}, and the listing's status goes with it"),
                hint=N_("`brokernotes status {listing} …` takes both back, with the reason."),
                stage=label(app, "deal_stage", stage),
                listing=deal.listing.ref if deal.listing else "LISTING",
            )
        fields = ("stage=cancelled", f"cancelled_on={app.today.isoformat()}",
                  f"cancel_reason={reason}")  # fmt: skip
        write_change(app, deal, DealChange(fields), flags, N_("deal cancelled: {title}"))


# -- what they share


def deal_of(app: App, ref: str) -> Deal:
    """The deal a REF means, as it stands on the disk."""
    row = find_deal(app, ref)
    return read_deal(app, row, open_note(app, row))


def step_of(app: App, deal: Deal, words: Sequence[str]) -> tuple[Milestone, str]:
    """The step that the first words name, and what follows.

    Raises:
        UsageError: none, or this deal has none such.
    """
    known = " · ".join(label(app, "deal_step", one.step.id) for one in deal.steps)
    if not words:
        raise UsageError(N_("say which step"), hint=N_("Steps are: {steps}."), steps=known)
    schema = app.vault.rules.schema
    for count in range(min(len(words), 5), 0, -1):  # `deposit and first rent`
        typed = " ".join(words[:count])
        id_ = schema.vocabularies["deal_step"].find(typed)
        if id_ is not None:
            break
    else:
        likely = likely_word(words[0], schema.vocabularies["deal_step"].spellings())
        raise ArgumentError(
            N_("“{word}” is no step of a deal"), words[0], (0, len(words[0])),
            hint=N_("Did you mean {likely}?") if likely else N_("Steps are: {steps}."),
            word=words[0], likely=likely, steps=known,
        )  # fmt: skip
    found = next((one for one in deal.steps if one.step.id == id_), None)
    if found is None:
        raise RefusedError(
            N_("{step} is no step of this deal ({template})"),
            hint=N_("Steps are: {steps}."),
            step=label(app, "deal_step", id_),
            template=label(app, "deal_template", template_of(deal.record)),
            steps=known,
        )
    return found, " ".join(words[count:])


def refuse_of_status(app: App, deal: Deal, step: Step) -> None:
    """Leave a step that changes listing and people as well to the command that does all of it."""
    if step.id in OF_STATUS:
        word = app.vault.rules.schema.verbs[step.verb].label(app.language.code)
        raise RefusedError(
            N_("{step} changes the listing or its people, too"),
            hint=N_("`brokernotes status {listing} {verb}` does all of it in one step."),
            step=label(app, "deal_step", step.id),
            verb=word.lower() if word.isascii() else word,
            listing=deal.listing.ref if deal.listing else "LISTING",
        )


def refuse_stage(app: App, deal: Deal) -> None:
    """Leave a deal alone that is called off; after the handover 尾款 may still be open."""
    stage = deal.record.text("stage")
    if stage == "cancelled":
        raise RefusedError(
            N_("the deal is {stage}"),
            hint=N_("`brokernotes set {ref} stage=…` opens it again."),
            stage=label(app, "deal_stage", stage),
            ref=deal.row.ref,
        )


def open_entries(deal: Deal, step: Step) -> list[tuple[str, LogEntry]]:
    """Planned entries of a step's verb that are still open, with what names them."""
    entries = deal.record.entries
    return [
        (ref, entry)
        for ref, entry in zip(entry_refs(entries), entries, strict=True)
        if entry.is_open and entry.verb == step.verb
    ]
