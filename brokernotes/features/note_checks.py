"""What is wrong in one note that reading it does not show: values that contradict each other.

Each check is a function over one note; `CHECKS` and `DATED_CHECKS` list those of each type.
What depends on the day says from when on it must be asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from brokernotes.errors import Position, Problem
from brokernotes.features.deposit_height import check_deposit_height
from brokernotes.features.lifecycle_checks import check_status_log, check_tenant
from brokernotes.features.sharing_checks import check_held_back
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.problems import problem
from brokernotes.model.records import Record
from brokernotes.model.schema import NOTE_TYPES
from brokernotes.notes.names import name_problems, safe_name
from brokernotes.notes.note import Note

FAR_DAYS = 400  # ours: a next_followup beyond is taken for a slip in the year

Found = Iterator[Problem]

RANGES = {
    "client": (
        ("budget_min", "budget_max"),
        ("rent_min", "rent_max"),
        ("bedrooms_min", "bedrooms_max"),
        ("area_min", "area_max"),
    ),
    "listing": (("floor", "total_floors"),),
}
_DATES = {
    "listing": (("entrust_from", "entrust_until"),),
    "deal": (
        ("deposit_date", "expected_signing"),
        ("deposit_date", "signed_on"),
        ("signed_on", "transfer_on"),
        ("signed_on", "handover_on"),
    ),
    "agent": (("joined", "left"),),
}
# What a status or stage cannot do without (seed: what the market must know; ours: the rest).
_SALE, _LEASE = ("price", "gross_area", "community"), ("rent", "gross_area", "community")
_REQUIRED = {
    ("listing", "status", "for_sale"): _SALE,
    ("listing", "status", "for_lease"): _LEASE,
    ("listing", "status", "sale_or_lease"): ("price", *_LEASE),
    ("deal", "stage", "deposit"): ("listing", "buyer", "deposit_amount", "expected_signing"),
    ("deal", "stage", "signed"): ("listing", "buyer", "signed_on"),
    ("deal", "stage", "closing"): ("listing", "buyer", "signed_on"),
    ("deal", "stage", "completed"): ("listing", "buyer", "signed_on"),
    ("deal", "stage", "cancelled"): ("cancelled_on",),
}
_STATUS_OF = {"client": "stage", "listing": "status", "deal": "stage"}
_GOES_WITH = {
    "for_sale": ("sale", "both"),
    "for_lease": ("lease", "both"),
    "sale_or_lease": ("both",),
}
_COUNTED = ACTIVE_STATUSES | {"paused", "expired"}


class DatedCheck(NamedTuple):
    """Problems that hold on some days, and the next day on which that may change."""

    problems: list[Problem]
    stale_from: date | None = None


def check_ranges(note: Note) -> Found:
    """Find a least that is above its most."""
    record = note.record
    for low, high in RANGES.get(record.type, ()):
        if low not in record.values or high not in record.values:
            continue
        least, most = record.number(low), record.number(high)
        if least is not None and most is not None and most < least:
            yield problem(
                "range-order", note.at(high), key=high, value=most, other=low, limit=least
            )


def check_date_order(note: Note) -> Found:
    """Find a date before the one it follows."""
    record = note.record
    for first, then in _DATES.get(record.type, ()):
        begin, end = record.day(first), record.day(then)
        if begin and end and end < begin:
            yield problem(
                "date-order",
                note.at(then),
                key=then,
                value=end.isoformat(),
                other=first,
                limit=begin.isoformat(),
            )


def check_required(note: Note) -> Found:
    """Find what the status or stage cannot do without."""
    record = note.record
    because = _STATUS_OF.get(record.type)
    status = record.text(because) if because else None
    if because is None or status is None:
        return
    for key in _REQUIRED.get((record.type, because, status), ()):
        if key not in record.values and key not in record.invalid:
            value = note.typed(because)
            yield problem("missing-field", note.at(because), key=key, because=because, value=value)


def check_transaction(note: Note) -> Found:
    """Find a status that contradicts the transaction."""
    record = note.record
    status, transaction = record.text("status"), record.text("transaction")
    if status in _GOES_WITH and transaction and transaction not in _GOES_WITH[status]:
        yield problem(
            "transaction-mismatch",
            note.at("transaction"),
            key="transaction",
            value=note.typed("transaction"),
            status=note.typed("status"),
        )


def check_deposit(note: Note) -> Found:
    """Find what endangers a deposit beside its height: a seizure, a co-owner."""
    record = note.record
    if record.text("status") != "deposit":
        return
    burdens = record.texts("encumbrances")
    if "seizure" in burdens:
        at = note.at("encumbrances", burdens.index("seizure") if _is_list(note) else None)
        yield problem("deposit-seized", at, key="encumbrances", value=_seizure_word(note))
    if record.text("transaction") == "lease":
        return
    if record.flag("co_owned") and "co_owner_consent" not in record.values:
        yield problem("deposit-co-owner", note.at("co_owned"), key="co_owner_consent")


def _is_list(note: Note) -> bool:
    return isinstance(note.block.values.get(note.spelled("encumbrances")), list)


def _seizure_word(note: Note) -> str:
    raw = note.block.values.get(note.spelled("encumbrances"))
    if isinstance(raw, list):
        return raw[note.record.texts("encumbrances").index("seizure")]
    return raw or ""


def check_grades(note: Note) -> Found:
    """Find a grade nobody gave, and one without its reason."""
    record = note.record
    values = record.values
    if record.type == "listing" and record.text("status") in ACTIVE_STATUSES:
        if "grade" not in values and "grade" not in record.invalid:
            yield problem("missing-grade", _first_line(note))
    elif record.type == "client" and "grade_override" in values and "grade_reason" not in values:
        at = note.at("grade_override")
        yield problem("grade-reason", at, value=note.typed("grade_override"))


def check_name(note: Note) -> Found:
    """Find a file name that some system cannot store or some link cannot say."""
    name = note.record.name
    faults = name_problems(name)
    if faults:
        yield problem(
            "unsafe-name",
            _first_line(note),
            name=name,
            faults=[fault.value for fault in faults],
            safe=safe_name(name) or "note",
        )


def check_leftovers(note: Note) -> Found:
    """Find conflict markers and template code in the body."""
    for code, found in (
        ("conflict-marker", note.log.conflicts),
        ("template-leftover", note.log.leftovers),
    ):
        for one in found:
            at = Position(note.path, one.line, one.column, one.end_column)
            yield problem(code, at, text=one.text)


def check_start(note: Note) -> Found:
    """Find a client or listing whose follow-ups have nothing to count from."""
    record = note.record
    if record.entries or not _is_counted(record):
        return
    if any(key in record.values for key in ("created", "inquired_at", "listed")):
        return
    yield problem("start-missing", _first_line(note), type=record.type)


def _is_counted(record: Record) -> bool:
    """Whether somebody said that the note is to be followed up."""
    if record.type == "client":
        stage = record.text("stage")
        return stage is not None and stage not in ("inactive", "under_contract", "closing")
    return record.type == "listing" and record.text("status") in _COUNTED


_ALL = tuple(kind.id for kind in NOTE_TYPES)
_CHECKS: tuple[tuple[Callable[[Note], Found], tuple[str, ...]], ...] = (
    (check_ranges, ("client", "listing")),
    (check_date_order, ("listing", "deal", "agent")),
    (check_required, ("listing", "deal")),
    (check_transaction, ("listing",)),
    (check_deposit, ("listing",)),
    (check_deposit_height, ("deal",)),
    (check_status_log, ("listing",)),
    (check_grades, ("client", "listing")),
    (check_name, _ALL),
    (check_leftovers, _ALL),
    (check_start, ("client", "listing")),
    (check_held_back, ("listing",)),
)
CHECKS = {type_: [check for check, types in _CHECKS if type_ in types] for type_ in _ALL}


def check_future(note: Note, today: date) -> DatedCheck:
    """Find entries that say they happened and lie ahead."""
    ahead = [entry for entry in note.record.entries if entry.day > today and entry.is_happened]
    if not ahead:
        return DatedCheck([])
    problems = [
        problem(
            "future-entry",
            Position(note.path, entry.line, entry.column, entry.column + 10),
            day=entry.day.isoformat(),
        )
        for entry in ahead
    ]
    return DatedCheck(problems, min(entry.day for entry in ahead))


def check_next_followup(note: Note, today: date) -> DatedCheck:
    """Find a next follow-up so far ahead that it is a slip."""
    day = note.record.day("next_followup")
    if day is None or (day - today).days <= FAR_DAYS:
        return DatedCheck([])
    far = problem("followup-far", note.at("next_followup"), value=day.isoformat(), days=FAR_DAYS)
    return DatedCheck([far], day - timedelta(days=FAR_DAYS))


def check_signing(note: Note, today: date) -> DatedCheck:
    """Find a deposit whose day of signing has passed."""
    record = note.record
    day = record.day("expected_signing")
    if day is None or record.text("stage") != "deposit":
        return DatedCheck([])
    if "signed_on" in record.values:
        return DatedCheck([])
    if day >= today:
        return DatedCheck([], day + timedelta(days=1))
    overdue = problem("signing-overdue", note.at("expected_signing"), value=day.isoformat())
    return DatedCheck([overdue])


def check_entrustment(note: Note, today: date) -> DatedCheck:
    """Find a listing that is still offered although its entrustment has ended."""
    record = note.record
    day = record.day("entrust_until")
    if day is None or record.text("status") not in ACTIVE_STATUSES:
        return DatedCheck([])
    if day >= today:
        return DatedCheck([], day + timedelta(days=1))
    ended = problem("entrustment-ended", note.at("entrust_until"), value=day.isoformat())
    return DatedCheck([ended])


def check_published(note: Note, today: date) -> DatedCheck:
    """Find a listing that is advertised although its own note shows that it may not be.

    What other notes and the clock say is left to `check --publishable`, so that no listing
    becomes a problem by lying still.
    """
    record = note.record
    if "published" not in record.values:
        return DatedCheck([])
    if record.text("status") not in ACTIVE_STATUSES:
        return DatedCheck([])  # taking it down is due
    from brokernotes.features.publishable import own_obstacles

    found = own_obstacles(note, today)
    if not found:
        return DatedCheck([])
    days = [record.day(key) for key in ("publish_consent", "inspected_on", "title_checked_on")]
    ahead = [day for day in days if day is not None and day > today]
    unfit = problem("published-unfit", note.at("published"), count=len(found))
    return DatedCheck([unfit], min(ahead, default=None))


def check_first_refusal(note: Note, today: date) -> DatedCheck:
    """Find a sale to which a tenant may still object."""
    return DatedCheck(*check_tenant(note, today))


_DATED: tuple[tuple[Callable[[Note, date], DatedCheck], tuple[str, ...]], ...] = (
    (check_future, _ALL),
    (check_next_followup, _ALL),
    (check_signing, ("deal",)),
    (check_first_refusal, ("listing",)),
    (check_entrustment, ("listing",)),
    (check_published, ("listing",)),
)
DATED_CHECKS = {type_: [check for check, types in _DATED if type_ in types] for type_ in _ALL}


def _first_line(note: Note) -> Position:
    return Position(note.path, 1, 1)
