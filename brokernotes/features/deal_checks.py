"""What is wrong in one deal: its days, its papers' order, its fees, its end.

Each check is a function over the note, the rules and the day; `DEAL_CHECKS` lists them. What
concerns several notes (two deals on one listing, a seller who does not own it) stands in
`features.vault_checks`; whether a listing's status goes with its deal is `features.lifecycle`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from brokernotes.errors import Problem
from brokernotes.features.corrections import counting
from brokernotes.features.deals_fees import Fee, fees_of, yuan
from brokernotes.features.milestones import Milestone, milestones, next_step
from brokernotes.model.milestones import BEFORE, order_of, template_of
from brokernotes.model.problems import problem
from brokernotes.model.rules import Rules
from brokernotes.notes.note import Note

Found = Iterator[Problem | date]  # a date: from then on the check must be asked again

_CLOSING = frozenset({"signed", "closing"})
_PAYABLE = _CLOSING | {"completed"}


def check_deal(note: Note, rules: Rules, today: date) -> tuple[list[Problem], date | None]:
    """What is wrong in a deal, and the day from which it must be asked again.

    Args:
        note: of a deal.
        rules: of the brokerage.
        today: for what depends on it.
    """
    steps = milestones(note.record, rules, today)
    problems: list[Problem] = []
    stale: date | None = None
    for check in DEAL_CHECKS:
        for found in check(note, steps, rules, today):
            if isinstance(found, Problem):
                problems.append(found)
            elif stale is None or found < stale:
                stale = found
    return problems, stale


def check_step_order(note: Note, steps: list[Milestone], rules: Rules, _today: date) -> Found:
    """Find a step dated before one that it cannot do without."""
    order = order_of(template_of(note.record), rules.other["deals"])
    place = {step: index for index, step in enumerate(order)}
    by_id = {one.step.id: one for one in steps}
    for first, then in BEFORE:
        earlier, later = by_id.get(first), by_id.get(then)
        if earlier is None or later is None or place.get(first, 99) > place.get(then, 99):
            continue
        begin, end = note.record.day(earlier.step.field), note.record.day(later.step.field)
        if begin and end and end < begin:
            yield problem(
                "date-order",
                note.at(later.step.field),
                key=later.step.field,
                value=end.isoformat(),
                other=earlier.step.field,
                limit=begin.isoformat(),
            )


def check_open_steps(note: Note, steps: list[Milestone], _rules: Rules, today: date) -> Found:
    """Find steps whose day passed in silence, falls on a day off, or that nobody has dated."""
    stage = note.record.text("stage")
    if stage not in _PAYABLE:
        return
    dated = [one for one in steps if one.is_open and note.record.day(one.step.field)]
    for one in dated:
        day = note.record.day(one.step.field)
        assert day is not None
        at = note.at(one.step.field)
        if day < today:
            yield problem("step-late", at, step=one.step.id, value=day.isoformat())
            continue
        yield day + timedelta(days=1)
        if one.step.office:
            yield from _closed_day(note, one, day)
    for one in steps:
        if one.is_open and one.deadline is not None:
            if one.deadline < today:
                params = {"step": one.step.id, "value": one.deadline.isoformat()}
                yield problem("step-after-term", note.at("signed_on"), **params)
            else:
                yield one.deadline + timedelta(days=1)
    waiting = next_step(steps)
    if (
        stage in _CLOSING
        and waiting is not None
        and not any(one.is_open and one.day for one in steps)
    ):
        yield problem("step-undated", note.at("stage"), step=waiting.step.id)


def _closed_day(note: Note, one: Milestone, day: date) -> Found:
    from brokernotes.model.working_days import is_known, is_working_day, next_working_day

    at, params = note.at(one.step.field), {"step": one.step.id, "value": day.isoformat()}
    if not is_working_day(day):
        following = next_working_day(day).isoformat()
        yield problem("step-closed-day", at, **params, office=one.step.office, next=following)
    elif not is_known(day):
        yield problem("step-day-unknown", at, **params, year=day.year)


def check_log_days(note: Note, steps: list[Milestone], _rules: Rules, _today: date) -> Found:
    """Find a step that the log has on another day than the front matter."""
    for one in steps:
        if not one.is_done or one.entry is None:
            continue
        said = note.record.day(one.step.field)
        if said is not None and said != one.entry.day:
            yield problem(
                "step-other-day",
                note.at(one.step.field),
                key=one.step.field,
                value=said.isoformat(),
                day=one.entry.day.isoformat(),
            )


def check_end(note: Note, _steps: list[Milestone], _rules: Rules, today: date) -> Found:
    """Find a deal that ended without saying why, or that ended and did not."""
    record = note.record
    stage = record.text("stage")
    if stage == "cancelled":
        has_reason = "cancel_reason" in record.values or any(
            entry.is_happened and "reason" in entry.fields
            for entry in counting(record.entries, today)
        )
        if not has_reason and "cancel_reason" not in record.invalid:
            yield problem("cancel-reason", note.at("stage"))
    elif stage is not None and "cancelled_on" in record.values:
        yield problem("cancelled-stage", note.at("cancelled_on"), value=note.typed("stage"))


def check_fees(note: Note, _steps: list[Milestone], _rules: Rules, today: date) -> Found:
    """Find fees that cannot be, are late, or that nobody will be reminded of."""
    for fee in fees_of(note.record):
        due, received = f"fee_{fee.side}_due", f"fee_{fee.side}_received"
        if fee.received and fee.due is None:
            yield problem("fee-without-due", note.at(received), key=due)
        elif fee.due is not None and fee.received > fee.due:
            params = {"received": yuan(fee.received), "due": yuan(fee.due)}
            yield problem("fee-above-due", note.at(received), **params)
        elif fee.open:
            yield from _open_fee(note, fee, today)


def _open_fee(note: Note, fee: Fee, today: date) -> Found:
    due = f"fee_{fee.side}_due"
    if fee.due_on is None:
        if note.record.text("stage") in _PAYABLE and f"{due}_on" not in note.record.invalid:
            yield problem("fee-undated", note.at(due), open=yuan(fee.open), key=f"{due}_on")
    elif fee.is_late(today):
        at = note.at(f"{due}_on")
        yield problem("fee-late", at, open=yuan(fee.open), value=fee.due_on.isoformat())
    else:
        yield fee.due_on + timedelta(days=1)


Check = Callable[[Note, list[Milestone], Rules, date], Found]

DEAL_CHECKS: tuple[Check, ...] = (
    check_step_order,
    check_open_steps,
    check_log_days,
    check_end,
    check_fees,
)
