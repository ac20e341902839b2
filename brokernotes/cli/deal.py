"""`deal`: how far a deal is, which step comes next, what it still wants, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.writers import Flags, pointing
from brokernotes.errors import UsageError
from brokernotes.language import N_

_ACTIONS = {"done": "done", "办好": "done", "plan": "plan", "定在": "plan",
            "cancel": "cancel", "取消": "cancel"}  # fmt: skip


@command(
    "deal",
    N_(
        "Show how far a deal is: its steps with their days, what is late and what comes next, the "
        "papers still missing, the offers with the gap between them, and the fees. Without a REF, "
        "the deals that are under way.\n\n"
        "`deal REF done STEP [TEXT]` says that a step has happened: an entry in the deal's log, "
        "and its day. `deal REF plan STEP WHEN` sets or moves its day; `+10wd` counts working "
        "days, `tax_payment+3wd` from another step; with an hour it is an appointment. "
        "`deal REF cancel WHY` ends a deal that is only an offer. Deposit, signing, transfer and "
        "handover change the listing or its people as well, so `status` does them.\n\n"
        "A REF is a deal, or a listing or client with one deal."
    ),
    N_(
        "Examples: `brokernotes deal D-Q1GYNF done 缴税 契税九万 --on 昨天`, "
        "`brokernotes deal 郑小姐 plan 过户 '缴税+3个工作日'`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("ref", metavar="[REF]", required=False, shell_complete=offers("refs"))
@click.argument(
    "words",
    metavar="[done|plan|cancel STEP TEXT]...",
    nargs=-1,
    shell_complete=offers("deal_words"),
)
@click.option("--on", metavar="WHEN", help=N_("When the step happened; else now."))
@writing_options
@common_options
@pass_app
def deal_command(
    app: App,
    ref: str | None,
    words: Sequence[str],
    on: str | None,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Show a deal, or say how it went on."""
    action = _ACTIONS.get(words[0].lower()) if words else None
    if words and action is None:
        raise UsageError(
            N_("{word} is neither done, plan nor cancel"),
            hint=N_("`brokernotes deal REF` alone shows the deal."),
            word=words[0],
        )
    if on is not None and action != "done":
        raise UsageError(N_("--on goes with done"), hint=N_("`plan STEP WHEN` says when it will."))
    if action is None and (dry_run or commit is not None):
        raise UsageError(N_("nothing is written here, so there is nothing to try or to commit"))
    flags = Flags(dry_run, commit, as_json)
    if ref is None:
        from brokernotes.cli.deal_list import show_deals

        show_deals(app, as_json=as_json)
    elif action is None:
        from brokernotes.cli.deal_page import show_deal

        show_deal(app, ref, as_json=as_json)
    else:
        from brokernotes.cli import deal_plans, deal_steps

        with pointing(app):
            if action == "done":
                deal_steps.do_step(app, ref, words[1:], on, flags)
            elif action == "plan":
                deal_plans.plan_step(app, ref, words[1:], flags)
            else:
                deal_steps.cancel_deal(app, ref, " ".join(words[1:]), flags)
