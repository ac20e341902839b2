"""`report owner`: how a home does on the market, on one page for its owner's phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.papers import Paper, deliver, paper_options, places, printed, render
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.errors import UsageError
from brokernotes.language import N_
from brokernotes.model.days import days_after

if TYPE_CHECKING:
    from brokernotes.features.owner_report_texts import OwnerReport
    from brokernotes.storage.queries import NoteRow

FORMS = ("wechat", "png", "pdf", "html")
USUAL_DAYS = 30  # that are told (ours)


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
    from brokernotes.cli.owner_gathering import Gathering
    from brokernotes.features.owner_report_page import owner_page
    from brokernotes.features.owner_report_texts import OwnerVoice
    from brokernotes.features.paper import PHONE

    row = app.fresh.resolve(listing, ("listing",))
    last = until or app.today
    first = since or days_after(last, -USUAL_DAYS)
    if first > last:
        raise UsageError(N_("{since} is after {until}"), since=first, until=last)
    gathered = Gathering(app, row, first, last)
    report = gathered.report()
    if as_json:
        app.console.json(_json(row, report))
        return
    voice = OwnerVoice(report, gathered.voice)
    paper = Paper(texts={"wechat": voice.wechat, "html": lambda: owner_page(voice)})
    wanted = places(app, forms, output, gathered.file_name())
    made = render(app, paper, wanted, PHONE)
    files = deliver(wanted, made)
    text = printed(wanted, made)
    app.console.out.write(app.console.text(text))
    for path in files:
        (app.console.say if text else app.console.print)(app.console.text(path))


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
