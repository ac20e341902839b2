"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from brokernotes.cli.console import COLOURS, FORMATS
from brokernotes.errors import UsageError
from brokernotes.language import LANGUAGES, N_


def offers(name: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """What a shell offers for a parameter: a function of `cli.completion`, loaded when asked."""

    def ask(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[Any]:
        from brokernotes.cli import completion

        found: list[Any] = getattr(completion, name)(ctx, parameter, incomplete)
        return found

    return ask


class _Place(click.types.StringParamType):
    """Where something is written; a script's empty variable must not mean the working directory."""

    name = "path"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The path as it was typed.

        Raises:
            UsageError: it is empty.
        """
        if not value.strip():
            raise UsageError(
                N_("{option} names no file and no folder"), option=param.opts[-1] if param else ""
            )
        return value


PLACE = _Place()


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The root's options, also after the command's name, where people type them."""
    for option in reversed(
        (
            click.option(
                "-C",
                "--vault",
                metavar="DIR",
                expose_value=False,
                hidden=True,
                callback=_setter("vault_option"),
            ),
            click.option(
                "--agent",
                metavar="AGENT",
                expose_value=False,
                hidden=True,
                callback=_setter("agent_option"),
            ),
            click.option(
                "--as",
                metavar="AGENT",
                expose_value=False,
                hidden=True,
                callback=_view_as,
            ),
            click.option(
                "--lang",
                type=click.Choice(LANGUAGES),
                expose_value=False,
                hidden=True,
                callback=_setter("language_option"),
            ),
            click.option(
                "--no-input",
                is_flag=True,
                expose_value=False,
                hidden=True,
                callback=_setter("no_input"),
            ),
            click.option(
                "--color",
                type=click.Choice(COLOURS),
                expose_value=False,
                hidden=True,
                callback=_setter("colour_option"),
            ),
            click.option(
                "--no-pager",
                is_flag=True,
                expose_value=False,
                hidden=True,
                callback=_setter("no_pager"),
            ),
            click.option(
                "--debug", is_flag=True, expose_value=False, hidden=True, callback=_setter("debug")
            ),
        )
    ):
        function = option(function)
    return function  # fmt: skip


def _view_as(ctx: click.Context, _: click.Parameter, agent: str | None) -> None:
    """Remember whose eyes the vault is read with, where the command only shows."""
    if agent:
        from brokernotes.cli.viewing import allow

        if not ctx.resilient_parsing:
            allow(_name_below_root(ctx))
        ctx.find_root().obj.as_option = agent


def _name_below_root(ctx: click.Context) -> str:
    """The name of the command that the root group called."""
    while ctx.parent is not None and ctx.parent.parent is not None:
        ctx = ctx.parent
    return ctx.command.name or ""


def _setter(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.find_root().obj, name, value)

    return remember


def listing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--format` and `--json`, on every command that lists; the command gets `form`."""
    function = click.option(
        "--json",
        "as_json",
        is_flag=True,
        expose_value=False,
        help=N_("Short for --format json."),
        callback=lambda ctx, _, asked: ctx.params.update(form="json") if asked else None,
    )(function)
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
        help=N_("Table (tab-separated when piped), or for programs."),
        callback=lambda ctx, _, value: ctx.params.get("form") or value,
    )(function)  # fmt: skip


def entry_field_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a writer of log entries takes: `settings`, its fields."""
    return click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="KEY=VALUE",
        help=N_("A field of the entry."),
        shell_complete=offers("log_fields"),
    )(promise_option(function))


def promise_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`promised`: when to be in touch next."""
    return click.option(
        "--next", "promised", metavar="DATE", help=N_("When to be in touch next; 无: never.")
    )(function)


def writing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every writer takes: `dry_run`, `commit` (None: as the rules say), `as_json`."""
    for option in reversed(
        (
            click.option("--dry-run", is_flag=True, help=N_("Show the diff, write nothing.")),
            click.option(
                "--commit/--no-commit",
                default=None,
                help=N_("Commit the change, or leave that to you."),
            ),
            click.option("--json", "as_json", is_flag=True, help=N_("Tell the outcome as JSON.")),
        )
    ):
        function = option(function)
    return function  # fmt: skip
