"""`plan`: what is going to happen, tours of several homes in the order of the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.free_words import FreeWordsCommand
from brokernotes.cli.log_entries import append, author_of, notes_and_text, read_piped
from brokernotes.cli.options import common_options, offers, writing_options
from brokernotes.cli.texts import command
from brokernotes.cli.verb_list import verbs_option
from brokernotes.cli.writers import Flags, may_ask, name_of, open_note, pointing, writing
from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.log_making import (
    Moment,
    find_verb,
    option_value,
    parse_moment_option,
    planned_entries,
)
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.notes.log_writing import child_lines

if TYPE_CHECKING:
    from brokernotes.cli.tour_telling import Told
    from brokernotes.model.verbs import Verb


class _Order(NamedTuple):
    """What `plan` was asked for."""

    ref: str
    verb: Verb
    words: list[str]
    more: str
    moment: Moment
    place: str | None
    duration: str | None
    in_order: bool


@command(
    "plan",
    N_(
        "Write down what is going to happen, as open entries in the log of a note.\n\n"
        "Words after VERB are notes as long as they name one exactly (id, file name, title or "
        "alias, or a listing by its estate and rooms); the rest is text. There is "
        "one entry a note, each beginning when the one before is over.\n\n"
        "A tour of several homes goes from where people meet (an estate that --place names, else "
        "the first home) always to the nearest that is left, with `calendar.travel` minutes "
        "between two estates; --in-order keeps the order typed. What must be agreed on first, "
        "where the keys are and what speaks against it is said. When the client, the agent or a "
        "home is taken at that time, or a home is reserved or not on offer, you are asked, and "
        "without a terminal it is refused: --force plans it all the same."
    ),
    N_(
        "Examples: `brokernotes plan C-BYY1MQ 带看 L-C4XB3T L-S25VY0 --at '明天 15:00' "
        "--place 东门`, `brokernotes plan L-C4XB3T 实勘 带相机 --at +3d`"
    ),
    cls=FreeWordsCommand,
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.argument(
    "words", metavar="VERB [REF]... [TEXT]...", nargs=-1, required=True,
    shell_complete=offers("plan_words"),
)  # fmt: skip
@click.option("--at", metavar="WHEN", required=True, help=N_("When it begins."))
@click.option("--place", metavar="TEXT", help=N_("Where to meet."))
@click.option("--duration", metavar="MINUTES", help=N_("How long each takes."))
@click.option("--in-order", is_flag=True, help=N_("Keep the homes in the order typed."))
@click.option("--force", is_flag=True, help=N_("Plan it although something speaks against it."))
@verbs_option
@writing_options
@common_options
@pass_app
def plan_command(
    app: App,
    ref: str,
    words: Sequence[str],
    at: str,
    place: str | None,
    duration: str | None,
    in_order: bool,
    force: bool,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
) -> None:
    """Write down what is going to happen."""
    flags = Flags(dry_run, commit, as_json)
    with pointing(app):
        verb, count = find_verb(words, app.vault.rules.schema)
        said, more = read_piped(app, words[count:])
        moment = parse_moment_option(at, app.now, "--at")
        if moment.is_before(app.now):
            raise UsageError(
                N_("{when} is past"),
                hint=N_("`brokernotes log` writes down what has happened."),
                when=moment.shown,
            )
        order = _Order(ref, verb, said, more, moment, place, duration, in_order)
        against = _plan(app, order, flags, force=force)
        if against:
            first, *others = [mask_phones_in_text(one.message) for one in against]
            _say(app, others)
            if not (may_ask(app) and _is_wanted(app, first)):
                raise RefusedError(
                    N_("{said}"),
                    hint=N_("Nothing was planned; `--force` plans it all the same."),
                    said=first,
                )
            # Asked without the lock: others may write meanwhile.
            _plan(app, order, flags, force=True)


def _plan(app: App, order: _Order, flags: Flags, *, force: bool) -> list[Told]:
    """Write the entries, unless something speaks against it: that is returned."""
    from brokernotes.cli.tour_telling import Telling
    from brokernotes.cli.tours import Tour

    with writing(app) as vault:
        fields: dict[str, object] = {"place": order.place} if order.place else {}
        if order.duration:
            book = vault.reader.log_book
            fields["duration"] = option_value("duration", order.duration, book, app.now)
        row = vault.resolve(order.ref)
        opened = open_note(app, row)
        links, text = notes_and_text(app, order.words)
        length = fields.get("duration", vault.rules.duration)
        assert isinstance(length, int)
        tour = Tour(app, opened, order.verb.id, order.moment, length)
        stops = tour.stops(links, order.place, in_order=order.in_order)
        telling = Telling(app, order.moment)
        told = telling.told(tour.findings(stops))
        against = [one for one in told if one.is_against]
        if against and not force:
            return against
        shared = LogEntry(
            day=order.moment.day,
            minutes=order.moment.minutes,
            verb=order.verb.id,
            line=0,
            agent=author_of(app, opened),
            fields=fields,
            text=" ".join(text),
            children=child_lines(order.more),
        )
        names = [name_of(stop.row) for stop in stops]
        entries = planned_entries(shared, names, [stop.begin for stop in stops])
        brings = order.verb.id in SHOWING_VERBS
        append(app, opened, entries, flags, N_("planned: {verb} {title}"),
               lambda ids: telling.shape(stops, told, ids, brings=brings))  # fmt: skip
        if not flags.as_json:
            bring = [telling.bring()] if brings else []
            _say(app, [*telling.lines(told), *bring])
        return []


def _say(app: App, lines: Iterable[str]) -> None:
    for line in lines:
        app.console.say(app.console.text(mask_phones_in_text(line)))


def _is_wanted(app: App, first: str) -> bool:
    _say(app, [first])
    return click.confirm(app.text(N_("Plan it all the same?")), default=False, err=True)
