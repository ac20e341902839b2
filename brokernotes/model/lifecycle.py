"""The life of a listing: its statuses, and which may follow which.

One table says it all: `STEPS`. A step is what a broker does (a deposit is paid, a contract
signed, an owner pauses), from some statuses to others, with what it cannot do without. A change
of status is legal when some step makes it.
"""

from __future__ import annotations

from collections.abc import Iterable

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.enums import ACTIVE_STATUSES, CLOSED

STATUSES: tuple[str, ...] = tuple(choice.id for choice in CLOSED["listing_status"])
ACTIVE: frozenset[str] = ACTIVE_STATUSES  # 有效 (seed)
CLOSED_BY_US: frozenset[str] = frozenset({"sold_by_us", "leased_by_us"})  # 我售 我租 (seed)
CLOSED_BY_OTHERS: frozenset[str] = frozenset({"sold_by_others", "leased_by_others"})  # 他售 他租
SOLD: frozenset[str] = frozenset({"sold_by_us", "sold_by_others"})  # the home has a new owner
LEASED: frozenset[str] = frozenset({"leased_by_us", "leased_by_others"})  # the owner stays
RESTING: frozenset[str] = frozenset({"paused", "expired"})  # 暂缓 (seed) 到期 (ours)
BOUND: frozenset[str] = CLOSED_BY_US | {"deposit"}  # a deal stands behind these

Status = str | None  # None: nobody has said yet


class Step(NamedTuple):
    """What happens to a listing, as a row of the table.

    Attributes:
        kind: id of the step.
        old: statuses it starts from.
        new: statuses it may lead to.
        needs: what must be known, by the names of `NEEDS`; some statuses need less.
        verb: of the log entry that tells of it beside the change of status; None: that alone.
        adds_round: whether a new round of business begins.
        origin: `seed`, `found` or `ours`.
    """

    kind: str
    old: frozenset[Status]
    new: frozenset[str]
    needs: tuple[str, ...] = ()
    verb: str | None = None
    adds_round: bool = False
    origin: str = "seed"

    def makes(self, old: Status, new: str) -> bool:
        """Whether this step leads from the one status to the other."""
        return old in self.old and new in self.new and old != new


def _set(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


_ACTIVE: frozenset[Status] = frozenset(ACTIVE)
_RESTING: frozenset[Status] = frozenset(RESTING)

STEPS: tuple[Step, ...] = (
    # What is first said of a listing. A deposit and a contract need their deal here as well.
    Step("begin", _set(None), frozenset(STATUSES) - BOUND, origin="ours"),
    Step("offer", _ACTIVE, ACTIVE),
    Step(
        "deposit",
        _ACTIVE | {None},
        frozenset({"deposit"}),
        ("deal", "buyer", "deposit_amount", "expected_signing"),
        "deposit",
    ),
    Step(
        "sign",
        _ACTIVE | {"deposit", None},
        CLOSED_BY_US,
        ("deal", "buyer", "signed_on"),
        "sign",
    ),
    # 退订: the seed has it once the day of signing is past; people do it any day (ours).
    Step(
        "cancel",
        _set("deposit"),
        ACTIVE | {"paused"},
        ("reason", "settled"),
        "deposit_cancel",
    ),
    # 解约: a contract called off before the home changed hands, such as for a lost loan (ours).
    Step("rescind", frozenset(CLOSED_BY_US), ACTIVE, ("reason",), "rescind", origin="ours"),
    Step("rest", _ACTIVE, RESTING),
    Step("lose", _ACTIVE | _RESTING, CLOSED_BY_OTHERS),
    Step("resume", _RESTING, ACTIVE, ("terms", "entrustment")),
    # Every end of a round is the beginning of the next (seed).
    Step("relet", frozenset(LEASED), ACTIVE, ("terms", "entrustment"), adds_round=True),
    Step("resell", frozenset(SOLD), ACTIVE, ("owner", "terms", "entrustment"), adds_round=True),
)

NEEDS: frozenset[str] = frozenset(need for step in STEPS for need in step.needs)


def steps_between(old: Status, new: str) -> tuple[Step, ...]:
    """The steps that lead from one status to another; none: the change is illegal.

    After 我售 and 我租 there are two ways back to 有效: the contract was called off (same round),
    or it was fulfilled and a new round begins.
    """
    return tuple(step for step in STEPS if step.makes(old, new))


def is_legal(old: Status, new: str | None) -> bool:
    """Whether a status may follow another; the same status always does, none never follows."""
    if old == new:
        return True
    return new is not None and bool(steps_between(old, new))


def legal_next(status: Status) -> tuple[str, ...]:
    """The statuses that may follow one, in the order of the field table."""
    return tuple(new for new in STATUSES if new != status and is_legal(status, new))


def step_of(kind: str) -> Step:
    """A step by its id.

    Raises:
        KeyError: there is none.
    """
    for step in STEPS:
        if step.kind == kind:
            return step
    raise KeyError(kind)


def active_of(transaction: str | None) -> str | None:
    """The 有效 status that goes with a transaction; None: nothing is said of it."""
    return _STATUS_OF_TRANSACTION.get(transaction or "")


def transaction_of(status: Status) -> str | None:
    """`sale`, `lease` or `both`, as a status says; None: it says nothing of that."""
    return _TRANSACTION_OF_STATUS.get(status or "")


_STATUS_OF_TRANSACTION = {"sale": "for_sale", "lease": "for_lease", "both": "sale_or_lease"}
_TRANSACTION_OF_STATUS = {
    **{status: transaction for transaction, status in _STATUS_OF_TRANSACTION.items()},
    "sold_by_us": "sale",
    "sold_by_others": "sale",
    "leased_by_us": "lease",
    "leased_by_others": "lease",
}


def status_before(
    changes: Iterable[tuple[Status, Status]], current: Status, among: Iterable[str] = ACTIVE
) -> str | None:
    """The last status of some before the current one, as the changes of a log tell it.

    Args:
        changes: old and new status of each, in the order they happened.
        current: the status that is to be left; what it was changed from counts.
        among: statuses that are meant.

    Returns:
        None where the log does not tell.
    """
    wanted = frozenset(among)
    for old, new in reversed(list(changes)):
        if new == current and old in wanted:
            return old
        if new in wanted and new != current:
            return new
        if old in wanted:
            return old
    return None
