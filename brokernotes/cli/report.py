"""`report`: what the notes say as a whole; one module `cli.report_…` a report, loaded late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.texts import TranslatedGroup, command
from brokernotes.errors import FieldError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import fold


class Report(NamedTuple):
    """One report.

    Attributes:
        module: of `brokernotes.cli`; its command is called `run`, declared by `cli.texts.command`
            with the options it takes (`listing_options`, `period_options`, a REF, …).
        zh: what it is called in Chinese.
        line: what it tells, in one line.
        also: further names that are read.
    """

    module: str
    zh: str
    line: str
    also: tuple[str, ...] = ()


# In the order they are listed.
REPORTS: Mapping[str, Report] = {
    "sources": Report(
        "report_sources",
        "来源",
        N_("Where clients and listings come from, and what that costs."),
        ("来源渠道", "渠道"),
    ),
    "owner": Report(
        "report_owner",
        "业主汇报",
        N_("How a home does on the market, on one page for its owner's phone."),
        ("业主", "业主报告"),
    ),
    "commission": Report(
        "report_commission",
        "分佣",
        N_("What each colleague gets of the deals of a period."),
        ("业绩",),
    ),
    "receivables": Report(
        "report_receivables",
        "应收",
        N_("Fees due and not there, by age; deposits past their signing."),
        ("应收款", "欠款"),
    ),
    "swap-routes": Report(
        "report_swap_routes", "换房路线", N_("Where the owners of an estate buy next."), ("连环单",)
    ),
    "showings": Report(
        "report_showings",
        "带看",
        N_("What was shown, how it was received, and what came of it."),
    ),
    "late-entries": Report(
        "report_late_entries", "补录", N_("What was written down more than a day late."), ("留盘",)
    ),
    "empty-followups": Report(
        "report_empty_followups",
        "空跟进",
        N_("Follow-ups that look alike or say nothing: a list to talk about."),
    ),
}


class _Reports(TranslatedGroup):
    """Reports by name in either language, loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every report."""
        return list(REPORTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a report by its name or an unambiguous beginning of it."""
        found = _named(cmd_name)
        if len(found) != 1:
            return None
        module = import_module(f"brokernotes.cli.{REPORTS[found[0]].module}")
        run: click.Command = module.run
        return run

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the report that the first word names."""
        name = args[0]
        found = _named(name)
        app: App = ctx.find_root().obj
        if len(found) > 1:
            raise click.UsageError(
                app.text(N_("{name} may be {names}"), name=name, names=", ".join(found)), ctx
            )
        if not found and not name.startswith("-"):
            from brokernotes.notes.convert import likely_word

            words = [word for key, one in REPORTS.items() for word in (key, one.zh, *one.also)]
            likely = likely_word(name, words)
            hint = app.text(N_("; did you mean {name}?"), name=likely) if likely else ""
            raise click.UsageError(app.text(N_("there is no report {name}"), name=name) + hint, ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The reports, in English, in Chinese where the word begins so; else the options."""
        app: App = ctx.find_root().obj
        return [
            CompletionItem(word, help=app.text(one.line))
            for name, one in REPORTS.items()
            for word in (name, one.zh)
            if word.startswith(incomplete) and (incomplete or word == name)
        ] or super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the reports without loading them."""
        app: App = ctx.find_root().obj
        is_chinese = app.language.code == "zh"
        with formatter.section(app.text(N_("Reports"))):
            formatter.write_dl(
                [
                    (f"{one.zh} {name}" if is_chinese else name, app.text(one.line))
                    for name, one in REPORTS.items()
                ]
            )


def _named(word: str) -> list[str]:
    """The reports a word may name."""
    wanted = _folded(word)
    spelled = {name: {*map(_folded, (name, one.zh, *one.also))} for name, one in REPORTS.items()}
    exact = [name for name, words in spelled.items() if wanted in words]
    if exact or not wanted:
        return exact
    return [name for name, words in spelled.items() if any(one.startswith(wanted) for one in words)]


def _folded(word: str) -> str:
    return fold(word).replace("-", "")


@command(
    "report",
    N_(
        "Tell what the notes say as a whole. Without a name: which reports there are; each has its "
        "own `--help`."
    ),
    N_("Examples: `brokernotes report`, `brokernotes report 换房路线 --format csv`"),
    cls=_Reports,
    invoke_without_command=True,
    subcommand_metavar="[NAME] [ARGS]...",
)
@listing_options
@common_options
@pass_app
@click.pass_context
def report_command(ctx: click.Context, app: App, form: str) -> None:
    """List the reports, or hand over to one."""
    if ctx.invoked_subcommand is not None:
        # `report --json NAME` says the same as `report NAME --json`.
        ctx.default_map = {ctx.invoked_subcommand: {"form": form}}
        return
    rows = [
        {"name": name, "zh": one.zh, "tells": app.text(one.line)} for name, one in REPORTS.items()
    ]
    columns = [
        Column("name", app.text(N_("Name"))),
        Column("zh", app.text(N_("In Chinese"))),
        Column("tells", app.text(N_("What it tells")), least=20),
    ]
    app.console.rows(rows, columns, form)


# -- what reports share


def period_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--since` and `--until`; the report gets both as days or None, see `period`."""
    for option in (
        click.option(
            "--until", metavar="DATE", callback=_day(1), help=N_("Only up to that day, or period.")
        ),
        click.option(
            "--since",
            metavar="DATE",
            callback=_day(0),
            help=N_("Only from that day, or period, on."),
        ),
    ):
        function = option(function)
    return function


def _day(end: int) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    def read(ctx: click.Context, _: click.Parameter, value: str | None) -> date | None:
        if value is None:
            return None
        return _end_of_period(ctx.find_root().obj, value, end)

    return read


def _end_of_period(app: App, text: str, end: int) -> date:
    """The first or last day of what is typed; a day without a year is the last such day.

    Raises:
        UsageError: it is neither a day nor a period.
    """
    found = _read_period(app, text, app.now)
    day = found[end]
    if found[0] == found[1] > app.today:
        # `9月3日` is the same day of another year where the clock is another; `+3d` is not.
        other = _read_period(app, text, app.now - timedelta(days=400))[end]
        if (other.month, other.day) == (day.month, day.day) and other != day:
            is_leap_day = (day.month, day.day) == (2, 29)
            return other if is_leap_day else day.replace(year=day.year - 1)
    return day


def _read_period(app: App, text: str, now: datetime) -> tuple[date, date]:
    from brokernotes.model.periods import parse_period

    try:
        found = parse_period(text, now)
    except FieldError as error:
        raise UsageError(
            N_("{value} is no day or period such as 2026-11-25, 2026-11, -30d or 上个月"),
            value=text,
        ) from error
    return (
        (found.date(), found.date()) if isinstance(found, datetime) else (found.first, found.last)
    )
