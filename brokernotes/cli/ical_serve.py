"""`ical serve`: the calendars as subscriptions, at secret addresses on this machine."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from brokernotes.cli.ending import EndedError, ended_by_signals
from brokernotes.cli.feed_book import FEEDS, FeedBook, Reader, colleagues
from brokernotes.cli.full_detail import FULL, say_where_it_stands
from brokernotes.cli.ical import PORT
from brokernotes.errors import BrokernotesError, RefusedError, UsageError
from brokernotes.features.calendar_items import ALL, calendar_title
from brokernotes.features.feeds import ENDING, METHODS, Answer, FeedKey, answer, find_feed, refusal
from brokernotes.language import N_
from brokernotes.storage.feed_server import FeedServer, base_url, is_loopback
from brokernotes.storage.feeds import FeedShelf, FeedTokens

if TYPE_CHECKING:
    from brokernotes.cli.app import App


def serve(app: App, *, host: str, port: int, url: str | None, detail: str, everyone: bool) -> None:
    """Serve until told to stop."""
    tokens = FeedTokens(app.vault.cache)
    readers = readers_of(app, everyone=everyone)
    shelf = FeedShelf(app.vault.cache, time.time)
    book = FeedBook(app, readers, shelf, detail, everyone=everyone)
    responder = _Responder(app, book, tokens)
    with (
        contextlib.suppress(EndedError, BrokenPipeError),
        ended_by_signals(),
        FeedServer(host, port, responder.respond) as server,
    ):
        base = _base(url) or base_url(host, server.port)
        is_first = tokens.ensure(book.keys, base)
        _say_beginning(app, base, len(book.keys), host=host, url=url)
        if detail == FULL:
            say_where_it_stands(app, (base,))
        _tell_where_addresses_are(app, tokens, readers, is_first=is_first)
        server.serve_forever()


def show(app: App, *, url: str | None, everyone: bool, rotate: bool, as_json: bool) -> None:
    """Print the addresses, or make new ones and print these; a running server heeds them."""
    tokens = FeedTokens(app.vault.cache)
    if app.vault.cache is None:
        raise RefusedError(
            N_("the addresses cannot be kept: there is no folder for the vault's caches"),
            hint=N_("`brokernotes ical serve` prints them each time it begins."),
        )
    readers = readers_of(app, everyone=everyone)
    keys = FeedBook(app, readers, FeedShelf(None, time.time), "normal").keys
    if rotate:
        tokens.rotate(keys, _base(url))
    else:
        tokens.ensure(keys, _base(url))
    print_addresses(app, tokens, readers, as_json=as_json)


def readers_of(app: App, *, everyone: bool) -> list[Reader]:
    """For whom calendars are served: who is asking, else all; or each colleague.

    Raises:
        RefusedError: nobody has a note with an id.
        UsageError: it is asked for one agent and for each.
    """
    queries = app.fresh.queries
    if not everyone:
        agent = app.agent
        name = queries.titles([agent]).get(agent, agent) if agent else None
        return [Reader(agent=agent or "", name=name, sees_own=bool(app.as_option))]
    if app.agent_option or app.as_option:
        raise UsageError(N_("--all-agents does not go with --agent or --as"))
    found = colleagues(app.fresh, app.today)
    if not found:
        raise RefusedError(N_("no colleague has a note with an id, so nobody has a calendar"))
    return found


def print_addresses(
    app: App, tokens: FeedTokens, readers: Sequence[Reader], *, as_json: bool = False
) -> None:
    """The address of each calendar, as it is pasted into a phone or a program."""
    base = tokens.base or base_url("127.0.0.1", PORT)
    rows = list(_addresses(app, tokens.all(), readers, base))
    if as_json:
        app.console.json(rows)
        return
    for row in rows:
        if row["calendar"] == ALL:
            app.console.print(app.text(N_("{calendar}: all in one"), calendar=row["title"]))
        else:
            app.console.print(str(row["title"]))
        app.console.print(f"  {row['url']}")
        app.console.print(f"  {row['webcal']}")


def _addresses(
    app: App, tokens: Mapping[tuple[str, str], str], readers: Sequence[Reader], base: str
) -> Iterator[dict[str, str | None]]:
    for reader in readers:
        for calendar in FEEDS:
            url = f"{base}/{tokens[reader.agent, calendar]}/{calendar}{ENDING}"
            yield {
                "agent": reader.agent or None,
                "calendar": calendar,
                "title": calendar_title(calendar, app.language, reader.name),
                "url": url,
                "webcal": "webcal:" + url.partition(":")[2],
            }


class _Responder:
    """Decides every answer and says in a line what it was: no address, no name, no token."""

    def __init__(self, app: App, book: FeedBook, tokens: FeedTokens) -> None:
        self._app = app
        self._book = book
        self._tokens = tokens
        self._zone = app.vault.rules.zone
        self._said = ""

    def respond(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """The answer to one request."""
        key, given = self._decided(method, target, headers)
        what = f"{method} {key.calendar}{ENDING}" if key else method
        # Of a method that is none, nothing is repeated: anybody may send anything.
        self._say(f"{what if method in METHODS else '-'} {given.status} {len(given.body)}")
        return given

    def _decided(
        self, method: str, target: str, headers: Mapping[str, str]
    ) -> tuple[FeedKey | None, Answer]:
        if method not in METHODS:
            return None, refusal(405)
        key = None
        try:
            known = {FeedKey(*name): token for name, token in self._tokens.all().items()}
            key = find_feed(target, known)
            feed = self._book.feed(key) if key else None
            if feed is None:
                return None, refusal(404)
            given = answer(headers, feed)
        except (BrokernotesError, OSError) as error:
            self._complain(error)
            return key, refusal(503)
        self._said = ""
        return key, given

    def _complain(self, error: BrokernotesError | OSError) -> None:
        """Say why there is no calendar, once for as long as it is so."""
        said = self._app.explained(error)
        if said != self._said:
            self._said = said
            self._say(said)

    def _say(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
            self._app.console.say(f"{datetime.now(self._zone):%m-%d %H:%M:%S}  {text}")


def _base(url: str | None) -> str | None:
    """What addresses begin with where a proxy stands in front.

    Raises:
        UsageError: it is no such address.
    """
    if url is None:
        return None
    if not url.startswith(("http://", "https://")):
        raise UsageError(
            N_("--url is {url}, which does not begin with http:// or https://"), url=url
        )
    return url.rstrip("/")


def _say_beginning(app: App, base: str, count: int, *, host: str, url: str | None) -> None:
    if not is_loopback(host) and url is None:
        app.console.say(
            app.text(
                N_(
                    "Beyond this computer the addresses and calendars travel unencrypted: whoever "
                    "is on the same network can read them. Put a proxy that speaks HTTPS in front, "
                    "and say its address with --url."
                )
            )
        )
    app.console.say(
        app.text(
            N_("serving {calendars} at {base}, Ctrl-C ends it"),
            calendars=app.language.plural(N_("{count} calendar"), N_("{count} calendars"), count),
            base=base,
        )
    )


def _tell_where_addresses_are(
    app: App, tokens: FeedTokens, readers: Sequence[Reader], *, is_first: bool
) -> None:
    """Print the addresses the first time, to a person; a log must not hold them."""
    if app.vault.cache is None or (is_first and app.console.is_terminal):
        print_addresses(app, tokens, readers)
        said = N_("Whoever has an address can read its calendar; --rotate makes new ones.")
    else:
        said = N_("`brokernotes ical serve --show` prints the addresses.")
    app.console.say(app.text(said))
