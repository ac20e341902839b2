"""`report owner`: how a home does on the market, on one page for its owner's phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.papers import Paper, deliver, paper_options, places, printed, render
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.errors import RefusedError, UsageError
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.history import Span
    from brokernotes.features.matching_texts import MatchVoice
    from brokernotes.features.owner_report import Comparable, Point, Situation
    from brokernotes.features.owner_report_texts import OwnerReport
    from brokernotes.features.sharing import Sight
    from brokernotes.storage.queries import NoteRow

FORMS = ("wechat", "png", "pdf", "html")
USUAL_DAYS = 30  # that are told (ours)
_CLOSED = frozenset({"signed", "closing", "completed"})
_DEAL_KEYS = ("listing", "transaction", "stage", "price", "rent", "signed_on")
_HOME_KEYS = ("community", "status", "price", "rent", "bedrooms", "gross_area", "sharing")
_BY_OTHERS = {"sale": "sold_by_others", "lease": "leased_by_others"}
_ON_OFFER = {"sale": ("for_sale", "sale_or_lease"), "lease": ("for_lease", "sale_or_lease")}


@command(
    "owner",
    N_(
        "Tell the owner of LISTING how it does: showings and clients, what they said and did not "
        "like, how the price went, deals in the estate to compare, and advice on the price with "
        "its reasons. WeChat text; with -o a long picture, a PDF or a page.\n\n"
        "It covers the last 30 days, or from --since. Clients are counted and never named; what "
        "they offered, and what you know of the owner's mind, is not in it."
    ),
    N_(
        "Examples: `brokernotes report 业主汇报 L-C4XB3T --since 2026-08`, "
        "`brokernotes report 业主 L-C4XB3T -o 汇报.html`"
    ),
)
@click.argument("listing", metavar="LISTING", shell_complete=offers("refs"))
@period_options
@paper_options(FORMS)
@click.option("--json", "as_json", is_flag=True, help=N_("For programs."))
@common_options
@pass_app
def run(
    app: App,
    listing: str,
    since: date | None,
    until: date | None,
    forms: Sequence[str],
    output: str | None,
    as_json: bool,
) -> None:
    """Report to an owner."""
    from brokernotes.features.owner_report_texts import OwnerVoice
    from brokernotes.features.paper import PHONE

    row = app.fresh.resolve(listing, ("listing",))
    last = until or app.today
    first = since or last - timedelta(days=USUAL_DAYS)
    if first > last:
        raise UsageError(N_("{since} is after {until}"), since=first, until=last)
    gathered = _Gathering(app, row, first, last)
    report = gathered.report()
    if as_json:
        app.console.json(_json(row, report))
        return
    voice = OwnerVoice(report, gathered.voice)
    paper = Paper(name=gathered.file_name(), texts={"wechat": voice.wechat, "html": voice.page})
    wanted = places(app, forms, output, paper.name)
    made = render(app, paper, wanted, PHONE)
    files = deliver(app, wanted, made)
    text = printed(wanted, made)
    app.console.out.write(app.console.text(text))
    for path in files:
        (app.console.say if text else app.console.print)(app.console.text(path))


class _Gathering:
    """What a report is made of.

    Args:
        app: of the run.
        row: the listing.
        first, last: days that are told.
    """

    def __init__(self, app: App, row: NoteRow, first: date, last: date) -> None:
        from brokernotes.cli.proposing import Proposing
        from brokernotes.sharing_map import SharingFacts

        self._app = app
        self._row = row
        self._first, self._last = first, last
        self._queries = app.fresh.queries
        self._values = self._queries.values(row)
        self._facts = SharingFacts(app.fresh)
        self._proposing = Proposing(app, row, [])
        self.voice: MatchVoice = self._proposing.voice
        self._side = self._chosen_side()

    def _chosen_side(self) -> str:
        status, transaction = self._values.get("status"), self._values.get("transaction")
        if status in ("for_lease", "leased_by_us", "leased_by_others") or transaction == "lease":
            return "lease"
        return "sale"

    def file_name(self) -> str:
        """Of files in a folder."""
        from brokernotes.notes.names import safe_name

        words = (self._app.text(N_("Owner report")), self._name(), self._last.isoformat())
        return safe_name(" ".join(words))

    def report(self) -> OwnerReport:
        """The report.

        Raises:
            RefusedError: the listing is not on the market.
        """
        from brokernotes.features.owner_report import advice_on
        from brokernotes.features.owner_report_texts import OwnerReport

        situation = self._situation()
        return OwnerReport(
            name=self._name(),
            owner=self._owner(),
            first=self._first.isoformat(),
            last=self._last.isoformat(),
            situation=situation,
            advice=advice_on(situation, self._last),
            sender=self._proposing.signature(self._values.get("agent")),
            day=self._app.today.isoformat(),
        )

    def _situation(self) -> Situation:
        from brokernotes.features.matching import RESERVED
        from brokernotes.features.owner_report import (
            Situation,
            echo_of,
            yardstick_of,
        )
        from brokernotes.model.enums import ACTIVE_STATUSES

        values, side = self._values, self._side
        self._refuse_outsider()
        if values.get("status") not in (*ACTIVE_STATUSES, RESERVED):
            raise RefusedError(
                N_("{listing} is not on the market, so there is nothing to report to its owner"),
                listing=self._row.title,
            )
        told = values.get("listed") or values.get("created")
        start = date.fromisoformat(str(told)[:10]) if told else None
        price = values.get("price" if side == "sale" else "rent")
        known = self.voice.schema.vocabularies["objection"].by_id
        comparables = tuple(
            sorted(
                (*self._deals(), *self._sold_by_others()),
                key=lambda one: (one.day or date.min, one.price),
                reverse=True,
            )
        )
        return Situation(
            side=side,
            price=price,
            days=max((self._last - start).days, 0) if start else None,
            echo=echo_of(
                self._app.vault.encounters.about(self._row), self._first, self._last, known
            ),
            curve=self._curve(start, price),
            comparables=comparables,
            rivals=tuple(sorted(self._rivals())),
            yardstick=yardstick_of(values, self._estate(), comparables, side, self._last),
        )

    def _refuse_outsider(self) -> None:
        """Whoever may not see the owner does not report to them."""
        seen = self._sight(self._row.n)
        if self._app.agent is not None and seen is not None and not seen.is_whole:
            holder = self._queries.titles([seen.holder]).get(seen.holder) if seen.holder else None
            raise RefusedError(
                N_("{listing} is private: {holder}, who holds it, reports to the owner"),
                listing=self._row.title,
                holder=holder or "–",
            )

    def _curve(self, start: date | None, price: float | None) -> tuple[Point, ...]:
        """How the price went: as the log tells, else as git knows."""
        from brokernotes.features.owner_report import Point, curve_of

        entries = self._app.vault.open(self._row.path).note.record.entries
        told = [one for one in entries if one.day <= self._last]
        logged = curve_of(told, start, price, self._side)
        if len(logged) > 1:
            return logged
        found = [
            Point(max(one.since, start or one.since), one.number)
            for one in self._spans()
            if one.number is not None and (one.until is None or start is None or one.until > start)
        ]
        return tuple(found) if len(found) > 1 else logged

    def _spans(self) -> list[Span]:
        """What git knows of the price; without git nothing."""
        from brokernotes.errors import BrokernotesError
        from brokernotes.features.history import spans_of

        key = "price" if self._side == "sale" else "rent"
        try:
            return spans_of(self._app.vault.history.of(self._row), key, self._last)
        except BrokernotesError:  # no repository, or no history of this note: it is no matter
            return []

    def _estate(self) -> dict[str, Any]:
        return self._proposing.estate(self._values)

    def _name(self) -> str:
        from brokernotes.features.proposal_making import name_of_home

        return name_of_home(self._values, self._estate(), self.voice)

    def _owner(self) -> str:
        """How the owner's own client note says to address them."""
        for target in self._values.get("owner") or ():
            n = self._queries.resolve(target).n
            if n is not None:
                said = self._queries.values(self._queries.note(n)).get("salutation")
                if said:
                    return str(said)
        return ""

    # -- to compare

    def _deals(self) -> Iterator[Comparable]:
        from brokernotes.features.owner_report import Comparable
        from brokernotes.storage.query import Ask

        key = "price" if self._side == "sale" else "rent"
        for _, deal in self._queries.listed(Ask(type="deal", keys=_DEAL_KEYS)):
            signed = deal.get("signed_on")
            if deal.get("stage") not in _CLOSED or not deal.get(key) or not signed:
                continue
            n = self._queries.resolve(deal.get("listing") or "").n
            if n is None or not self._may_see(n):
                continue
            home = self._queries.values(self._queries.note(n))
            day = date.fromisoformat(str(signed)[:10])
            if self._is_alike(home) and day <= self._last:
                yield Comparable(day, home.get("bedrooms"), home.get("gross_area"), deal[key])

    def _others(self, statuses: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Listings of the estate in some statuses, that whoever asks may see."""
        from brokernotes.storage.query import Ask

        for row, home in self._queries.listed(Ask(type="listing", keys=_HOME_KEYS)):
            is_one = row.n != self._row.n and home.get("status") in statuses
            if is_one and self._is_alike(home) and self._may_see(row.n):
                yield home

    def _sold_by_others(self) -> Iterator[Comparable]:
        from brokernotes.features.owner_report import Comparable

        key = "price" if self._side == "sale" else "rent"
        for home in self._others((_BY_OTHERS[self._side],)):
            if home.get(key):
                yield Comparable(
                    None, home.get("bedrooms"), home.get("gross_area"), home[key], is_deal=False
                )

    def _rivals(self) -> Iterator[float]:
        key = "price" if self._side == "sale" else "rent"
        for home in self._others(_ON_OFFER[self._side]):
            if home.get(key) and home.get("bedrooms") == self._values.get("bedrooms"):
                yield home[key]

    def _is_alike(self, home: dict[str, Any]) -> bool:
        estate = self._values.get("community")
        other = home.get("community")
        return bool(estate and other) and self._id(estate) == self._id(other)

    def _id(self, target: Any) -> str:
        return self._queries.id_of(str(target)) or str(target)

    def _may_see(self, n: int) -> bool:
        seen = self._sight(n)
        return seen is not None and (seen.is_whole or self._app.agent is None)

    def _sight(self, n: int) -> Sight | None:
        """What whoever asks may see of a listing; None: it is none."""
        from brokernotes.features.sharing import sight

        facts = self._facts
        shared = facts.listings.get(n)
        if shared is None:
            return None
        return sight(shared, self._app.agent, facts.house, facts.over)


def _json(row: NoteRow, report: OwnerReport) -> dict[str, Any]:
    situation, advice = report.situation, report.advice
    echo, yardstick = situation.echo, situation.yardstick
    return {
        "id": row.id,
        "path": row.path,
        "since": report.first,
        "until": report.last,
        "showings": echo.showings,
        "clients": echo.clients,
        "came_again": echo.again,
        "reactions": dict(echo.reactions),
        "objections": dict(echo.objections),
        "days_on_market": situation.days,
        "price": situation.price,
        "curve": [{"day": one.day.isoformat(), "price": one.price} for one in situation.curve],
        "comparables": [
            {
                "day": one.day.isoformat() if one.day else None,
                "bedrooms": one.bedrooms,
                "gross_area": one.area,
                "price": one.price,
                "deal": one.is_deal,
            }
            for one in situation.comparables
        ],
        "rivals": list(situation.rivals),
        "yardstick": (
            {**yardstick._asdict(), "price": round(yardstick.price, 1)} if yardstick else None
        ),
        "advice": {
            "kind": advice.kind,
            "gap": None if advice.gap is None else round(advice.gap, 4),
            **({"low": advice.low, "high": advice.high} if advice.kind == "lower" else {}),
        },
    }
