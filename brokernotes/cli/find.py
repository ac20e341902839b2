"""`find`: notes by what stands in them, with the line that says it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.find_telling import tell_find
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.language import N_


@command(
    "find",
    N_(
        "Find notes by any text in them: names, fields and every line of the log. Each WORD must "
        "stand in the note; quote a phrase, put - before a word that must not. Names are found by "
        "their pinyin too, whole or by first letters, and phones however they are spaced.\n\n"
        "What is called so comes first, then who has it in a field, then in the log, newest first."
    ),
    N_("Examples: `brokernotes find 学区 电梯`, `brokernotes find ygxc --kind listing --json`"),
    cls=FreeWordsCommand,
)
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option(
    "--kind", metavar="KIND", shell_complete=offers("kinds"), help=N_("Only notes of this kind.")
)
@click.option("-n", "limit", type=click.IntRange(1), metavar="N", help=N_("At most N notes."))
@click.option("--reveal", is_flag=True, help=N_("Show phones unmasked."))
@listing_options
@common_options
@pass_app
def find_command(
    app: App, words: Sequence[str], kind: str | None, limit: int | None, reveal: bool, form: str
) -> None:
    """Find notes by any text in them."""
    tell_find(app, words, kind=kind, limit=limit, reveal=reveal, form=form)
