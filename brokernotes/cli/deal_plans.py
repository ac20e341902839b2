"""`deal REF plan`: the day a step is to happen, and its appointment where an hour was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal
from brokernotes.cli.deal_page import label
from brokernotes.cli.deal_steps import (
    deal_of,
    open_entries,
    refuse_of_status,
    refuse_stage,
    step_of,
)
from brokernotes.cli.deal_writing import DealChange, write_change
from brokernotes.cli.log_entries import author_of
from brokernotes.cli.writers import Flags, writing
from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.log_making import moment_of
from brokernotes.features.milestones import Milestone
from brokernotes.features.step_days import parse_step_day
from brokernotes.language import N_
from brokernotes.model.records import LogEntry


def plan_step(app: App, ref: str, words: Sequence[str], flags: Flags) -> None:
    """Set or move the day of a step.

    Args:
        app: of the run.
        ref: of the deal, its listing or a client.
        words: the step, then when.
        flags: of the command.

    Raises:
        UsageError: no day, or one that is past.
        RefusedError: the step is `status`'s, or has happened.
    """
    with writing(app):
        deal = deal_of(app, ref)
        one, typed = step_of(app, deal, words)
        if not typed:
            raise UsageError(N_("say when {step} is to be"),
                             hint=N_("Such as 下周三, 2026-11-27 9:30 or +10个工作日."),
                             step=label(app, "deal_step", one.step.id))  # fmt: skip
        if one.is_done:
            raise RefusedError(
                N_("{step} has happened"),
                hint=N_("Correct its entry in the log with `brokernotes log … --set corrects=ID`."),
                step=label(app, "deal_step", one.step.id),
            )
        if one.step.id == "deposit":
            refuse_of_status(app, deal, one.step)
        refuse_stage(app, deal)
        when = _when(app, deal, one, typed)
        moment = moment_of(when)
        if moment.is_before(app.now):
            raise UsageError(
                N_("{when} is past"),
                hint=N_("`deal REF done STEP --on WHEN` says that it happened."),
                when=moment.shown,
            )
        key = "expected_signing" if one.step.id == "signed" else one.step.field
        entry = None
        if moment.minutes is not None:
            entry = LogEntry(
                day=moment.day, minutes=moment.minutes, verb=one.step.verb, line=0, box="planned",
                agent=author_of(app, deal.opened),
            )  # fmt: skip
        moved = [(ref, other) for ref, other in open_entries(deal, one.step)
                 if entry is not None or other.day != moment.day]  # fmt: skip
        change = DealChange(
            (f"{key}={moment.day.isoformat()}",), entry, tuple((ref, "-") for ref, _ in moved)
        )
        write_change(app, deal, change, flags, N_("{step} planned: {title}"), one.step, moment)


def _when(app: App, deal: Deal, one: Milestone, typed: str) -> date | datetime:
    """The day that is meant; on what office days bear, something is said."""
    days = {other.step.id: other.day for other in deal.steps}
    find = app.vault.rules.schema.vocabularies["deal_step"].find
    found = parse_step_day(typed, app.now, days, find)
    when = found.when
    day = moment_of(when).day
    if one.step.office is None:
        return when
    from brokernotes.model.working_days import is_known, is_working_day, next_working_day

    if not is_working_day(day):
        following = next_working_day(day)
        if found.is_interval:
            app.console.say(
                app.text(N_("{day} is no working day; the next is {next}"),
                         day=day.isoformat(), next=following.isoformat())
            )  # fmt: skip
            day, when = following, _on(following, when)
        else:
            app.console.say(
                app.text(
                    N_("{day} is no working day, and is written as you say; the next is {next}"),
                    day=day.isoformat(),
                    next=following.isoformat(),
                )
            )
    if not is_known(day):
        app.console.say(
            app.text(N_("the holidays of {year} are not known; only weekends and festivals count"),
                     year=day.year)
        )  # fmt: skip
    return when


def _on(day: date, when: date | datetime) -> date | datetime:
    return datetime.combine(day, when.time()) if isinstance(when, datetime) else day
