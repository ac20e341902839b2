"""How far a deal is: which steps are done, planned, late or next, and which papers are missing.

One rule says whether a step is done, the same for a phone, Obsidian and the command line: **an
entry of its verb in the deal's own log**, ticked or without a box (ours). The date in the front
matter alone is a plan, whether it is past or not, so a day that came and went is asked about and
never taken for done. What must come before a step that happened has happened as well; the stage
stands for the first two steps, which `status` takes, and 完成 for all that have a day not after the
handover: 尾款 and 备案 often follow it, and are watched until they happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from brokernotes.features.agenda import MONEY_AT_RISK, Agenda, rule
from brokernotes.features.corrections import counting
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.milestones import (
    FIXED,
    LEASE_FILING_DAYS,
    STEPS,
    Step,
    order_of,
    papers_of,
    steps_before,
    template_of,
)
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.rules import Rules
from brokernotes.model.schema import Schema

_WATCHED = ("deposit", "signed", "closing", "completed")
_SIGNED = frozenset({"signed", "closing", "completed"})
_AT_LEAST: Mapping[str, frozenset[str]] = {"deposit": _SIGNED | {"deposit"}, "signed": _SIGNED}


class Milestone(NamedTuple):
    """One step of one deal.

    Attributes:
        step: which.
        day: it happened on, or is planned for; None: nobody has said.
        is_done: whether it happened.
        is_needed: whether this deal has it at all.
        entry: of the log that says it happened, or plans it; None: there is none.
        deadline: the last day the law leaves for it; None: it leaves any.
        missing: papers that are wanted and not in hand: before it beforehand, after it the proof.
    """

    step: Step
    day: date | None
    is_done: bool
    is_needed: bool
    entry: LogEntry | None
    missing: tuple[str, ...]
    deadline: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.is_needed and not self.is_done

    def is_late(self, today: date) -> bool:
        """Whether its day has passed, and nothing says that it happened."""
        return self.is_open and self.day is not None and self.day < today


def milestones(
    deal: Record, rules: Rules, today: date, listing: Mapping[str, object] | None = None
) -> list[Milestone]:
    """The steps of a deal in their order, those it does not need included.

    Args:
        deal: its note.
        rules: of the brokerage.
        today: entries that lie ahead have not happened.
        listing: values of the listing that bear on the deal; None: not known.

    Returns:
        First the steps of its template, then others that its note has a day for.
    """
    settings = rules.other["deals"]
    order = order_of(template_of(deal), settings)
    steps = [STEPS[id_] for id_ in order]
    steps += [s for s in STEPS.values() if s.id not in order and s.field in deal.values]
    entries = _by_verb(deal, today)
    in_hand = {_paper(word, rules.schema) for word in deal.texts("papers")}
    skipped = set(deal.texts("steps_skipped"))
    if listing is not None and listing.get("hukou") == "none":
        skipped.add("hukou_moved")
    passed = _passed(deal, order, entries)
    return [
        _milestone(
            deal,
            today,
            step,
            entries.get(step.verb, ()),
            (step.id not in skipped, step.id in passed),
            [
                paper
                for paper in (_paper(word, rules.schema) for word in papers_of(step, settings))
                if paper not in in_hand
            ],
            step.proof not in in_hand,
        )
        for step in steps
    ]


def _passed(
    deal: Record, order: Sequence[str], entries: Mapping[str, Sequence[LogEntry]]
) -> set[str]:
    """The steps that have happened, whatever their own entries say."""
    stage = deal.text("stage") or ""
    passed = {id_ for id_, stages in _AT_LEAST.items() if stage in stages}
    if stage == "completed":
        end = deal.day("handover_on") or date.max
        days = ((step.id, deal.day(step.field)) for step in STEPS.values())
        passed |= {id_ for id_, day in days if day is not None and day <= end}
    told = {
        id_ for id_ in order if any(entry.is_happened for entry in entries.get(STEPS[id_].verb, ()))
    }
    return passed.union(*(steps_before(id_, order) for id_ in passed | told))


def _by_verb(deal: Record, today: date) -> dict[str, list[LogEntry]]:
    """The entries that may tell of a step: what counts, and did not lie ahead or fall through."""
    found: dict[str, list[LogEntry]] = {}
    for entry in counting(deal.entries, today) if deal.entries else ():
        if entry.is_open or (entry.is_happened and entry.day <= today):
            found.setdefault(entry.verb, []).append(entry)
    return found


def _milestone(  # noqa: PLR0913  # what one step is made of
    deal: Record,
    today: date,
    step: Step,
    entries: Sequence[LogEntry],
    needed_passed: tuple[bool, bool],
    wanted: Sequence[str],
    lacks_proof: bool,
) -> Milestone:
    is_needed, is_passed = needed_passed
    happened = max((e for e in entries if e.is_happened), key=lambda e: e.moment, default=None)
    planned = min((e for e in entries if e.is_open), key=lambda e: e.moment, default=None)
    day = deal.day(step.field)
    if happened is not None or is_passed:
        if happened is None and day is not None and day > today:
            day = None  # what was planned for later has happened before, nobody has said when
        proof = (step.proof,) if step.proof and lacks_proof else ()
        return Milestone(step, happened.day if happened else day, True, is_needed, happened, proof)
    day = day or (planned.day if planned else None)
    if step.id == "signed" and day is None:
        day = deal.day("expected_signing")
    deadline = _deadline(deal, step)
    return Milestone(step, day, False, is_needed, planned, tuple(wanted), deadline)


def _deadline(deal: Record, step: Step) -> date | None:
    """By when a lease is to be filed; it is the one step with a term for all of China."""
    signed = deal.day("signed_on")
    is_open = deal.text("stage") != "completed"  # leases of years ago are nobody's task
    if step.id != "registration" or signed is None or not is_open or template_of(deal) != "lease":
        return None
    return days_after(signed, LEASE_FILING_DAYS)


def _paper(word: str, schema: Schema) -> str:
    """The id of a paper, in whatever words it is named."""
    return schema.vocabularies["paper"].find(word) or word


def next_step(steps: Iterable[Milestone]) -> Milestone | None:
    """The first step that is still to be done; None: all are."""
    return next((one for one in steps if one.is_open), None)


def stage_after(deal: Record, steps: Iterable[Milestone], done: str) -> str | None:
    """The stage of a signed deal once a step is done: 完成 when no other is open.

    Args:
        deal: its note.
        steps: of it.
        done: id of the step.

    Returns:
        None where the stage stays.
    """
    stage = deal.text("stage")
    if stage not in ("signed", "closing"):
        return None
    if not any(one.is_open and one.step.id != done for one in steps):
        return "completed"
    return "closing" if stage == "signed" else None


def is_watched(deal: Record) -> bool:
    """Whether a deal may have steps to watch: a deposit is down, or more."""
    return deal.text("stage") in _WATCHED


def add_milestones(agenda: Agenda) -> None:
    """The day of each step that is planned and not done, until it is, or another day is set.

    Signing is a kind of its own, and a step with an open entry of that day stands as that.
    """
    deal = agenda.record
    if not is_watched(deal):
        return
    listing = listing_of(agenda)
    for one in milestones(deal, agenda.rules, agenda.today, listing):
        if not one.is_open or one.step.id in FIXED:
            continue
        if one.day is None:
            if one.deadline is not None:
                _add_deadline(agenda, one, one.deadline, round_of(listing))
            continue
        if one.entry is not None and one.entry.is_open and one.entry.day == one.day:
            continue
        params: dict[str, object] = {"step": one.step.id, "date": one.day.isoformat()}
        if one.missing:
            params["papers"] = list(one.missing)
        agenda.add(
            "milestone",
            f"{one.step.field}-{round_of(listing)}",
            one.day,
            weight=MONEY_AT_RISK,
            reason="milestone",
            params=params,
            rule=rule("milestone", one.day.isoformat(), "note"),
        )


def _add_deadline(agenda: Agenda, one: Milestone, last: date, current: int) -> None:
    """A step that the law wants done, and that nobody has planned."""
    agenda.add(
        "milestone",
        f"{one.step.field}-{current}",
        last,
        weight=MONEY_AT_RISK,
        reason="milestone-by",
        params={"step": one.step.id, "date": last.isoformat(), "papers": list(one.missing)},
        rule=rule("lease_filing", LEASE_FILING_DAYS, "found"),
    )


def listing_of(agenda: Agenda) -> Mapping[str, object]:
    """What bears on a deal of its listing's values."""
    near = agenda.neighbours
    return near.values.get(near.ids.get(agenda.record.text("listing") or "", ""), {})


def round_of(listing: Mapping[str, object]) -> int:
    """The round of business a listing is in."""
    current = listing.get("round")
    return current if isinstance(current, int) else 1
