"""Commands whose arguments are words people type: `log … 降价 -5万`, `list listings -地铁`.

After the first positional, what is no known long option (or `-n N`) is a word, so
a word may begin with `-`. `--` ends the options.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from brokernotes.cli.texts import TranslatedCommand

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_OPTION = re.compile("--[a-z][a-z-]*")
SHORT_WITH_VALUE = ("-n", "-o", "-C")


class FreeWordsCommand(TranslatedCommand):
    """A command that takes words as they are typed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options first and the words behind `--`, then parse as always."""
        options, words = self._sorted(ctx, list(args))
        return super().parse_args(ctx, [*options, "--", *words] if words else options)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Options, and after the first word what may be left out: `-status:定金`."""
        found = super().shell_complete(ctx, incomplete)
        words = next(
            (one for one in reversed(self.params) if isinstance(one, click.Argument)), None
        )
        first = next(one for one in self.params if isinstance(one, click.Argument))
        if words is None or incomplete[:2] == "--" or ctx.params.get(first.name or "") is None:
            return found
        return [*words.shell_complete(ctx, incomplete), *found]

    def _sorted(self, ctx: click.Context, args: list[str]) -> tuple[list[str], list[str]]:
        takes_value = {
            name: not (param.is_flag or param.count)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            for name in (*param.opts, *param.secondary_opts)
        }
        options: list[str] = []
        words: list[str] = []
        while args:
            word = args.pop(0)
            if word == "--":
                words.extend(args)
                break
            name = word.partition("=")[0] if word.startswith("--") else word
            is_short = not word.startswith("--")
            known = name in takes_value and (not is_short or not words or name in SHORT_WITH_VALUE)
            if not known and words and not is_short:
                _refuse_slip(ctx, name, list(takes_value))
            if not known and (words or not _looks_like_option(word)):
                words.append(word)
            elif known and takes_value[name] and "=" not in word:
                if not args and ctx.resilient_parsing:
                    break  # a shell asks what may follow
                if not args:
                    return [*options, word], []  # Click says that its value is missing
                options.extend((word, args.pop(0)))
            else:
                options.append(word)
        return options, words


def _refuse_slip(ctx: click.Context, name: str, options: list[str]) -> None:
    """Refuse a word that is an option but for a slip of the keys; another one is text.

    Raises:
        NoSuchOption: it is.
    """
    from brokernotes.cli.likely_options import likely_option

    if ctx.resilient_parsing or not _OPTION.fullmatch(name):
        return
    if likely_option(name, options) is not None:
        raise click.NoSuchOption(name, ctx=ctx)


def _looks_like_option(word: str) -> bool:
    """Whether a word is meant for an option; none is spelled with Chinese."""
    return word.startswith("-") and word[1:2].isascii() and word != "-"
