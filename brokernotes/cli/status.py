"""`status`: the life of a listing, one step at a time, with every note the step concerns."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.log_entries import happened
from brokernotes.cli.options import (
    common_options,
    offers,
    promise_option,
    writing_options,
)
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, pointing
from brokernotes.features.assignments import Assignment, parse_assignment
from brokernotes.features.log_making import option_value
from brokernotes.language import N_

# Every question a step may ask with yes or no, and every value it may find standing.
_QUESTIONS = ("owner", "people", "still_for_sale", "tenant_left", "offers")
_STANDING = ("price", "rent", "entrust_until", "lease_end")


@command(
    "status",
    N_(
        "Say where a listing stands and what may follow; with NEW, take that step.\n\n"
        "NEW is a status (for_sale, deposit, paused …) or what was done (deposit, sign, "
        "deposit_cancel, rescind, transfer, handover), in either language. Listing, log, deal and "
        "clients change together, or none does. A deposit and a contract make their deal's note "
        "where there is none; deposit_cancel and rescind lead back to the very status before. "
        "What is missing is asked for on a terminal, and else named all at once."
    ),
    N_(
        "Examples: `brokernotes status L-C4XB3T 定金 --buyer 李女士 --amount 10万 --sign-by +14d`, "
        "`brokernotes status L-WBCEGW 退订 --settled 退还 --reason 贷款没批下来`"
    ),
)
@click.argument("ref", metavar="LISTING", shell_complete=offers("refs"))
@click.argument("words", metavar="[NEW]...", nargs=-1, shell_complete=offers("status_words"))
@click.option(
    "--deal",
    metavar="REF",
    help=N_("The deal; else the one that fits, or a new one."),
    shell_complete=offers("refs"),
)
@click.option(
    "--buyer", metavar="REF", help=N_("Who buys or rents."), shell_complete=offers("refs")
)
@click.option("--amount", metavar="MONEY", help=N_("The deposit."))
@click.option("--price", metavar="MONEY", help=N_("The price or rent that was agreed on."))
@click.option("--sign-by", metavar="DATE", help=N_("When the contract is to be signed."))
@click.option(
    "--settled",
    metavar="WORD",
    help=N_("What became of the deposit: refunded, forfeited or doubled."),
)
@click.option("--reason", metavar="TEXT", default="", help=N_("Why."))
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help=N_("A value of the deal, or of the listing."),
    shell_complete=offers("assignments"),
)
@click.option("--at", metavar="WHEN", help=N_("When it happened; else now."))
@promise_option
@click.option("--yes/--no", "answer", default=None, help=N_("The answer to every question."))
@writing_options
@common_options
@pass_app
def status_command(
    app: App,
    ref: str,
    words: Sequence[str],
    deal: str | None,
    buyer: str | None,
    amount: str | None,
    price: str | None,
    sign_by: str | None,
    settled: str | None,
    reason: str,
    settings: Sequence[str],
    at: str | None,
    promised: str | None,
    answer: bool | None,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Say where a listing stands, or take the next step."""
    if not words:
        from brokernotes.cli.status_page import show_standing

        show_standing(app, ref, as_json=as_json)
        return
    from brokernotes.cli.status_orders import Order
    from brokernotes.cli.status_session import run_order
    from brokernotes.features.lifecycle import read_word
    from brokernotes.features.lifecycle_scene import Told

    given = {
        "buyer": buyer,
        "deposit_amount": amount,
        "agreed": price,
        "expected_signing": sign_by,
        "deposit_settlement": settled,
    }
    with pointing(app):
        book = app.vault.reader.log_book
        told = Told(
            at=happened(app, at),
            reason=reason.strip(),
            promise=option_value("next", promised, book, app.now) if promised else None,
            answers=_answers(answer),
        )
        order = Order(
            ref=ref,
            word=read_word(" ".join(words), app.vault.rules.schema, app.language.code),
            told=told,
            deal=deal,
            for_deal=tuple(_option(key, value) for key, value in given.items() if value),
            free=tuple(parse_assignment(one) for one in settings),
        )
    run_order(app, order, Flags(dry_run, commit, as_json))


def _option(key: str, value: str) -> Assignment:
    return Assignment(value, key, "=", value, 0)


def _answers(answer: bool | None) -> dict[str, bool]:
    if answer is None:
        return {}
    if not answer:
        return dict.fromkeys(_QUESTIONS, False)
    return dict.fromkeys((*_QUESTIONS, *_STANDING), True)
