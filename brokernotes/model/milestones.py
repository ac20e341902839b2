"""The steps of a deal: their order by kind of deal, where they happen, what papers they want.

A step has one date in the deal's note: the day it is planned for until it happened, then
the day it happened. Which of the two it is, `features.milestones` tells from the log.

Sources: the three orders are domain.md's (**ours**, distilled from public practice; a city's own
order goes into `brokernotes.yaml`, and none is built in, since none could be sourced). Papers
carry their origin each: **found** in law or public practice as named, else **ours**.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    from brokernotes.model.records import Record

LEASE_FILING_DAYS = 30  # found: 商品房屋租赁管理办法, article 14

_FIELDS = {"deposit": "deposit_date", "signed": "signed_on"}
_VERBS = {"signed": "sign"}


class Step(NamedTuple):
    """One step of a deal.

    Attributes:
        id: in the vocabulary `deal_step`.
        who: must be there or act: `buyer`, `seller`, `bank`; in this order.
        office: `bank`, `tax` or `registry`, which open on working days only; None: any day.
        papers: ids in the vocabulary `paper` that are wanted beforehand.
        proof: id of the paper that the step ends in; None: nothing is handed out.
        origin: of the papers: `seed`, `found` or `ours`.
        source: of what was found.
    """

    id: str
    who: tuple[str, ...]
    office: str | None = None
    papers: tuple[str, ...] = ()
    proof: str | None = None
    origin: str = "ours"
    source: str = ""

    @property
    def field(self) -> str:
        """The key of its date in a deal's note."""
        return _FIELDS.get(self.id, f"{self.id}_on")

    @property
    def verb(self) -> str:
        """Id of the verb whose entry in the deal's log says that it happened."""
        return _VERBS.get(self.id, self.id)


_BOTH = ("buyer", "seller")

STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step("deposit", _BOTH, None, ("deposit_agreement",), "deposit_receipt", "seed",
             "有效状态转为定金状态: 签订定金协议"),
        Step("signed", _BOTH, None, ("id_cards", "title_deed", "brokerage_contract", "disclosure"),
             "contract", "found", "房地产经纪管理办法, articles 16, 21, 22"),
        Step("net_signing", _BOTH, "registry", ("id_cards", "title_deed", "contract"),
             "filed_contract"),
        Step("fund_supervision", _BOTH, "bank", ("filed_contract", "id_cards"),
             "supervision_papers"),
        Step("bank_interview", ("buyer", "bank"), "bank",
             ("id_cards", "household_register", "marriage_papers", "income_proof",
              "bank_statements", "filed_contract", "down_payment_proof"),
             "loan_contract", "found", "public checklists of loan papers; the last two ours"),
        Step("loan_approval", ("bank",), "bank", (), "loan_letter"),
        Step("tax_payment", _BOTH, "tax", ("id_cards", "title_deed", "filed_contract"),
             "tax_receipts"),
        Step("transfer", _BOTH, "registry",
             ("application", "id_cards", "title_deed", "filed_contract", "tax_receipts"),
             "new_title", "found",
             "不动产登记暂行条例 article 16, 实施细则 article 38, 契税法 article 11"),
        Step("mortgage_registration", ("buyer", "bank"), "registry",
             ("application", "id_cards", "new_title", "loan_contract", "mortgage_contract"),
             "mortgage_proof", "found", "不动产登记暂行条例实施细则 article 66"),
        Step("loan_release", ("bank",), "bank", ("mortgage_proof",), "release_proof"),
        Step("handover", _BOTH, None, (), "handover_sheet", "found",
             "public handover lists: fees, keys, meters"),
        Step("hukou_moved", ("seller",), "registry", (), "hukou_proof"),
        Step("balance_payment", _BOTH, None, (), "balance_receipt"),
        Step("first_rent", ("buyer",), None, ("contract",), "rent_receipt"),
        Step("registration", _BOTH, "registry", ("contract", "id_cards", "title_deed"),
             "registration_proof", "found", "商品房屋租赁管理办法 articles 14, 15, 17"),
    )
}  # fmt: skip

_LOAN_STEPS = frozenset(
    {"bank_interview", "loan_approval", "mortgage_registration", "loan_release"}
)
_SALE = (
    "deposit", "signed", "net_signing", "fund_supervision", "bank_interview", "loan_approval",
    "tax_payment", "transfer", "mortgage_registration", "loan_release", "handover",
    "hukou_moved", "balance_payment",
)  # fmt: skip

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "sale_loan": _SALE,
    "sale_cash": tuple(step for step in _SALE if step not in _LOAN_STEPS),
    "lease": ("deposit", "signed", "first_rent", "registration", "handover"),
}
# What must come before what, whatever the city, so that the first has happened once the second has.
# An order of the brokerage's own that has them the other way is taken at its word.
BEFORE: tuple[tuple[str, str], ...] = (
    ("signed", "net_signing"),  # ours
    ("bank_interview", "loan_approval"),  # ours
    ("loan_approval", "loan_release"),  # ours
    ("net_signing", "transfer"),  # ours
    ("tax_payment", "transfer"),  # found: 契税法, article 11
    ("transfer", "mortgage_registration"),  # ours
    ("mortgage_registration", "loan_release"),  # ours
)
FIXED = ("deposit", "signed")  # the listing's status changes with them; no order may lack them
# With these the listing or its people change as well, so `status` takes a deal over them.
OF_STATUS = frozenset({*FIXED, "transfer", "handover"})


def template_of(deal: Record) -> str:
    """The template a deal follows: as it says, else by what it is about.

    Args:
        deal: its note; one that is still to be made may have no id.

    Returns:
        A key of `TEMPLATES`; a sale that says nothing is taken to need a loan, since a step too
        many is skipped and a step too few is forgotten.
    """
    named = deal.text("template")
    if named is not None and named in TEMPLATES:
        return named
    transaction = deal.text("transaction")
    is_lease = transaction == "lease" or (
        transaction != "sale" and "rent" in deal.values and "price" not in deal.values
    )
    return "lease" if is_lease else "sale_loan"


def order_of(template: str, settings: Mapping[str, object]) -> tuple[str, ...]:
    """The steps of a template, in the order of the brokerage's city.

    Args:
        template: a key of `TEMPLATES`.
        settings: the section `deals` of the rules.
    """
    cities = settings.get("cities")
    city = cities.get(settings.get("city")) if isinstance(cities, Mapping) else None
    own = city.get(template) if isinstance(city, Mapping) else None
    if isinstance(own, Sequence) and not isinstance(own, str) and own:
        return tuple(str(step) for step in own)
    return TEMPLATES[template]


def steps_before(step: str, order: Sequence[str]) -> frozenset[str]:
    """The steps of an order that must have happened before one of them could.

    Args:
        step: id.
        order: of the deal.
    """
    place = {one: index for index, one in enumerate(order)}
    found: set[str] = set()
    waiting = [step]
    while waiting:
        then = waiting.pop()
        for first, other in BEFORE:
            is_so = place.get(first, len(place)) < place.get(other, -1)
            if other == then and is_so and first not in found:
                found.add(first)
                waiting.append(first)
    return frozenset(found)


def papers_of(step: Step, settings: Mapping[str, object]) -> tuple[str, ...]:
    """The papers a step wants, as the brokerage says, else as built in.

    Args:
        step: which.
        settings: the section `deals` of the rules.
    """
    own = settings.get("papers")
    said = own.get(step.id) if isinstance(own, Mapping) else None
    if isinstance(said, Sequence) and not isinstance(said, str):
        return tuple(str(paper) for paper in said)
    return step.papers
