"""One run against a calendar server: what stands there, beside what the notes have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from brokernotes.cli.app import App
from brokernotes.cli.caldav_account import Account, ask_password
from brokernotes.cli.caldav_notes import NotesSide
from brokernotes.features.caldav_held import Held, held_shape, read_held
from brokernotes.features.caldav_inbox import line_of
from brokernotes.features.caldav_news import (
    Log,
    News,
    news_of,
    phone_id,
)
from brokernotes.features.caldav_plan import UID_START
from brokernotes.features.caldav_reading import FILED, PhoneItem, read_item, written_when
from brokernotes.features.caldav_wanted import Wanted
from brokernotes.features.calendar_items import FOLLOWUPS, calendar_title
from brokernotes.language import N_, language
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.storage.caldav import CalendarServer
from brokernotes.storage.caldav_answers import Collection, Fetched, same_place
from brokernotes.storage.caldav_state import CaldavState, Shelf


class Trouble(NamedTuple):
    """Something that could not be done with one item; the others are done.

    Attributes:
        calendar: of ours, in which it stands.
        title: of the item, or what is known of it.
        said: why, as a source string.
        params: what stands in its places.
        is_warning: whether the run did all it could without it.
    """

    calendar: str
    title: str
    said: str
    params: Mapping[str, object]
    is_warning: bool = False


class Session:
    """What one run knows.

    Args:
        app: of the run.
        account: whose calendars, and where.
        chosen: which of the calendars.
        detail: how much of the notes they tell.

    Attributes:
        server: the wire.
        held: what stands there, by calendar and address.
        notes: what the notes have.
        deleted: items that were there and are gone, though the notes have them.
        troubles: what could not be done.
        made: calendars that were made.
        missing: calendars that are not there.
    """

    def __init__(self, app: App, account: Account, chosen: Sequence[str], detail: str) -> None:
        self.app = app
        self.account = account
        self.chosen = tuple(chosen)
        self.notes = NotesSide(app, detail)
        self.server = CalendarServer(account.url, account.user, lambda: ask_password(app, account))
        self.state = CaldavState(app.vault.cache, account.name)
        self.held: dict[str, dict[str, Held]] = {
            name: {href: read_held(name, href, one) for href, one in shelf.items.items()}
            for name, shelf in self.state.shelves.items()
        }
        self.deleted: list[tuple[str, Wanted]] = []
        self.troubles: list[Trouble] = []
        self.made: list[str] = []
        self.missing: list[str] = []

    # -- what stands there

    def connect(self, *, makes: bool) -> None:
        """Find the collections, and what changed in them since the last time.

        Args:
            makes: whether collections that are not there are made.
        """
        collections: list[Collection] | None = None
        for name in self.chosen:
            shelf = self.state.shelves.setdefault(name, Shelf())
            known = self.held.setdefault(name, {})
            changes = self.server.changes(shelf.href, shelf.token) if shelf.href else None
            if changes is None:
                if collections is None:
                    home = self.server.home()
                    self.state.home, collections = home.href, home.collections
                found = self._find(name, collections)
                shelf.href, shelf.token = found.href if found else "", ""
                shelf.name = found.name if found else ""
                known.clear()
                if found is None:
                    self._make(name, shelf, makes=makes)
                    continue
                changes = self.server.changes(shelf.href, "")
            if changes is not None:
                self._take(name, shelf, changes.etags, is_whole=changes.is_whole)
                shelf.token = changes.token
        self._tell_copies()

    def _tell_copies(self) -> None:
        """Take a copy of an item of ours, which a phone gave a UID of its own, for the phone's."""
        own = {one.key for one in self.all_held() if one.uid.startswith(UID_START)}
        for held in list(self.all_held()):
            if held.key in own and not held.uid.startswith(UID_START):
                self.set_held(replace(held, key="", base=None))

    def _make(self, name: str, shelf: Shelf, *, makes: bool) -> None:
        if not makes:
            self.missing.append(name)
            return
        title = self.title(name)
        made = self.server.make(self.state.home, self._slug(name), title, component_of(name))
        shelf.href, shelf.name = made.href, title
        self.made.append(name)

    def title(self, name: str) -> str:
        """What people see a calendar called."""
        agent = self.account.agent
        own = self.app.vault.queries.titles([agent]).get(agent, agent)
        return calendar_title(name, self.app.language, own)

    def _slug(self, name: str) -> str:
        return f"bn-{self.account.agent.lower()}-{name}"

    def _find(self, name: str, collections: Sequence[Collection]) -> Collection | None:
        """The collection of a calendar: by its address, else by its name in either language."""
        takes = [one for one in collections if one.takes(component_of(name))]
        slug = self._slug(name)
        for one in takes:
            if _last_part(one) == slug:
                return one
        agent = self.account.agent
        own = self.app.vault.queries.titles([agent]).get(agent, agent)
        titles = {calendar_title(name, language(code), own) for code in ("zh", "en")}
        made = re.compile(rf"bn-.+-{name}")  # for another agent, of the same name perhaps
        free = (one for one in takes if not made.fullmatch(_last_part(one)))
        return next((one for one in free if one.name in titles), None)

    def _take(
        self, name: str, shelf: Shelf, etags: Mapping[str, str | None], *, is_whole: bool
    ) -> None:
        """Take over what changed in a collection."""
        known = self.held[name]
        by_place = {same_place(href): href for href in known}
        there = {same_place(href): etag for href, etag in etags.items()}
        gone = [place for place, etag in there.items() if etag is None]
        if is_whole:
            gone += [place for place in by_place if place not in there]
        for place in gone:
            held = known.pop(by_place.get(place, ""), None)
            own = self.notes.wanted.get(held.key) if held is not None else None
            if own is not None and not own.is_cancelled:
                self.deleted.append((name, own))
        changed = [
            href
            for href, etag in etags.items()
            if etag is not None
            and self._is_new(known.get(by_place.get(same_place(href), "")), etag)
        ]
        self.take_fetched(name, changed, self.server.fetch(shelf.href, changed))

    @staticmethod
    def _is_new(held: Held | None, etag: str) -> bool:
        return held is None or not etag or held.etag != etag

    def take_fetched(self, name: str, hrefs: Sequence[str], fetched: Mapping[str, Fetched]) -> None:
        """Take over items as they stand there now."""
        known = self.held[name]
        by_place = {same_place(href): href for href in known}
        for href in hrefs:
            found = fetched.get(same_place(href))
            own = by_place.get(same_place(href), href)
            before = known.get(own)
            if found is None:
                known.pop(own, None)
            elif before is None or before.data != found.data:
                known[own] = self._read(name, own, found, before)
            else:
                known[own] = replace(before, etag=found.etag)

    def _read(self, name: str, href: str, found: Fetched, before: Held | None) -> Held:
        item = read_item(found.data, self.notes.view.rules.zone)
        held = Held(calendar=name, href=href, etag=found.etag, data=found.data)
        if item is None:
            return held
        key, base = item.key, item.base
        if before is not None and not key:
            key = before.key
        if before is not None and before.base is not None:
            is_same = base is None or base.digest == before.base.digest
            base = before.base if is_same else base
        key = key or self.notes.by_uid.get(item.uid, "") or _own_uid(item.uid)
        own = self.notes.wanted.get(key)
        if item.is_cancelled and own is not None and not own.is_cancelled:
            self.deleted.append((name, own))  # what is called off there is hidden there
            base = base._replace(digest="") if base else None  # so that it is written again
        return replace(
            held,
            uid=item.uid,
            component=item.object.component,
            key=key,
            base=base,
            when=written_when(item.when),
        )

    # -- what a phone did

    def item(self, held: Held) -> PhoneItem | None:
        """An item as it stands there; None: it cannot be read."""
        return read_item(held.data, self.notes.view.rules.zone) if held.uid else None

    def all_held(self) -> Iterator[Held]:
        """Every item of the chosen calendars."""
        for name in self.chosen:
            yield from self.held.get(name, {}).values()

    def news(self, held: Held) -> News | None:
        """What a phone did to an item of ours that the notes do not know; None: it is not ours."""
        key = self.key_of(held)
        if not key:
            return None
        is_moved = held.base is not None and held.when and held.when != held.base.when
        if held.is_read and not is_moved:
            return News(key=key)
        item = self.item(held)
        return (
            news_of(item, key, held.base, self.notes.wanted, self.notes.log(key) or Log())
            if item
            else None
        )

    def key_of(self, held: Held) -> str:
        """The item of the notes that one stands for; of a plan that a phone made, that plan."""
        if held.key or not held.uid:
            return held.key
        id_ = made_id(held.uid)
        found = next((key for key in self.notes.wanted if key.endswith(f"/planned/{id_}")), "")
        if found or not held.is_read:
            return found
        item = self.item(held)
        return self.notes.from_inbox.get(line_of(item).tag, "") if item else ""

    def set_held(self, held: Held) -> None:
        """Remember something of an item."""
        self.held[held.calendar][held.href] = held

    def trouble(self, calendar: str, title: str, said: str, **params: object) -> None:
        """Note what could not be done."""
        self.troubles.append(Trouble(calendar, title, said, params))

    def note_unreadable(self) -> None:
        """Warn of the items that cannot be read, of each version once: nobody may mend them."""
        for held in list(self.all_held()):
            if held.uid or held.is_told:
                continue
            address = urljoin(self.account.url, held.href)
            said = N_("it cannot be read, and is left alone")
            self.troubles.append(Trouble(held.calendar, address, said, {}, is_warning=True))
            self.set_held(replace(held, is_told=True))

    def keep(self) -> None:
        """Remember all of it."""
        for name, items in self.held.items():
            self.state.shelves[name].items = {href: held_shape(one) for href, one in items.items()}
        self.state.keep()


def _last_part(collection: Collection) -> str:
    return same_place(collection.href).rstrip("/").rpartition("/")[2]


def component_of(name: str) -> str:
    """What stands in a calendar: events, or tasks."""
    return "VTODO" if name == FOLLOWUPS else "VEVENT"


def made_id(uid: str) -> str:
    """The id of the entry for an item that a phone made."""
    return phone_id(uid, "made")


def _own_uid(uid: str) -> str:
    """What one of ours stands for that no longer says it: nothing of today, but no phone's own."""
    return uid if uid.startswith(UID_START) else ""


def is_marked(item: PhoneItem) -> str:
    """What stands in the notes for an item that a phone made; "": nothing yet."""
    return item.object.text(FILED)
