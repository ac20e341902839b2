"""The wire to a calendar server (CalDAV, RFC 4791), over the `caldav` library.

The library speaks HTTP, knows how each server wants a password, and reads XML; what is asked, and
what an answer means to us, stands here, so that a run in which nothing happened costs one request
a collection (RFC 6578). Nothing of a request is ever logged: it holds a password and people's
names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urljoin, urlsplit
from xml.sax.saxutils import escape

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.storage.caldav_answers import (
    CAL,
    DAV,
    MISSING,
    Changes,
    Collection,
    Fetched,
    Home,
    answers,
    components,
    etags,
    has_calendar,
    inner,
    is_calendar,
    is_cut,
    path_of,
    same_place,
    words,
)
from brokernotes.storage.caldav_line import MULTI, CalendarLine

AT_ONCE = 100  # items fetched with one request
_XMLNS = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_XML = '<?xml version="1.0" encoding="utf-8"?>'
_XML_TYPE = "application/xml; charset=utf-8"
_CHANGED = 412


class ItemRefusedError(Exception):
    """The server refuses one item; the others are none the worse.

    Attributes:
        status: of its answer.
        reason: in its words, short; "": it says nothing.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}".strip())
        self.status = status
        self.reason = reason


class ItemChangedError(Exception):
    """Somebody changed the item since it was read, or one lies at its address already."""


class CalendarServer(CalendarLine):
    """What a calendar server is asked, as one user; its `Args` are those of the line."""

    # -- what there is

    def home(self) -> Home:
        """Find where the user's calendars are, and which there are.

        Raises:
            RefusedError: there is no calendar server at the address.
        """
        body = f"<propfind {_XMLNS}><prop><current-user-principal/><C:calendar-home-set/>" \
            "<resourcetype/></prop></propfind>"  # fmt: skip
        at = self.url
        for _ in range(4):  # the address, .well-known, the principal, the home
            found = self._properties(at, body)
            if found is None:
                if at != self.url or urlsplit(at).path.strip("/"):
                    break
                at = urljoin(self.url, "/.well-known/caldav")
                continue
            home = inner(found, CAL + "calendar-home-set")
            if home:
                return Home(home, self._collections(home))
            if has_calendar(found):
                folder = at.rstrip("/").rpartition("/")[0] + "/"
                return Home(same_place(folder), self._collections(same_place(at), depth=0))
            principal = inner(found, DAV + "current-user-principal")
            if not principal or same_place(principal) == same_place(at):
                break
            at = urljoin(self.url, principal)
        raise RefusedError(
            N_("there is no calendar server at {url}"),
            hint=N_("Give the address a phone is given, or that of your calendars there."),
            url=self.url,
        )

    def make(self, home: str, name: str, title: str, component: str) -> Collection:
        """Make a collection for events, or for tasks.

        Args:
            home: where the user's calendars are.
            name: last part of its address.
            title: as people see it.
            component: `VEVENT` or `VTODO`.

        Raises:
            RefusedError: the server makes none.
        """
        href = urljoin(home.rstrip("/") + "/", quote(name) + "/")
        body = (
            f"{_XML}<C:mkcalendar {_XMLNS}><set><prop>"
            f"<displayname>{escape(title)}</displayname>"
            f'<C:supported-calendar-component-set><C:comp name="{component}"/>'
            "</C:supported-calendar-component-set></prop></set></C:mkcalendar>"
        )
        status, _, reason, _ = self.ask("MKCALENDAR", href, body, {"Content-Type": _XML_TYPE})
        if status not in (200, 201, 204):
            raise RefusedError(
                N_("the server makes no calendar “{title}”: {status} {reason}"),
                hint=N_("Make it there by hand, with exactly this name, then try again."),
                title=title,
                status=status,
                reason=reason,
            )
        return Collection(href, title, frozenset({component}))

    def changes(self, collection: str, token: str) -> Changes | None:
        """What is new in a collection since a token.

        Args:
            collection: its address.
            token: of the last time; "": tell all.

        Returns:
            None: the collection is not there any more.
        """
        found: dict[str, str | None] = {}
        last = token
        while True:
            body = (
                f"{_XML}<sync-collection {_XMLNS}><sync-token>{escape(last)}</sync-token>"
                "<sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
            )
            status, tree, _, _ = self.ask("REPORT", collection, body, {"Content-Type": _XML_TYPE})
            if status != MULTI or tree is None:
                break
            before, last = last, tree.findtext(DAV + "sync-token") or ""
            found |= etags(tree, collection)
            if last == before or not is_cut(tree):
                return Changes(last, found, not token)
        if token:
            return self.changes(collection, "")  # it forgot the token, as it may
        return self._listed(collection)  # whatever it says of a question it does not know

    def _listed(self, collection: str) -> Changes | None:
        """The same from a server without sync tokens."""
        body = f"{_XML}<propfind {_XMLNS}><prop><getetag/></prop></propfind>"
        headers = {"Content-Type": _XML_TYPE, "Depth": "1"}
        status, tree, _, _ = self.ask("PROPFIND", collection, body, headers)
        if status in MISSING:
            return None
        if status != MULTI or tree is None:
            raise self.unexpected(status)
        return Changes("", etags(tree, collection), True)

    def fetch(self, collection: str, hrefs: Sequence[str]) -> dict[str, Fetched]:
        """Items as they stand there, by address; what is gone is left out."""
        found: dict[str, Fetched] = {}
        for start in range(0, len(hrefs), AT_ONCE):
            asked = hrefs[start : start + AT_ONCE]
            body = (
                f"{_XML}<C:calendar-multiget {_XMLNS}><prop><getetag/><C:calendar-data/></prop>"
                + "".join(f"<href>{escape(path_of(href))}</href>" for href in asked)
                + "</C:calendar-multiget>"
            )
            headers = {"Content-Type": _XML_TYPE, "Depth": "1"}
            status, tree, _, _ = self.ask("REPORT", collection, body, headers)
            if status != MULTI or tree is None:
                raise self.unexpected(status)
            for href, props in answers(tree):
                data = props.get(CAL + "calendar-data")
                if data is not None and data.text:
                    etag = props.get(DAV + "getetag")
                    text = (etag.text or "") if etag is not None else ""
                    found[same_place(href)] = Fetched(text, data.text.encode())
        return found

    # -- what is changed

    def put(self, href: str, data: bytes, etag: str | None) -> str:
        """Put an item at an address.

        Args:
            href: the address.
            data: of the item.
            etag: the version it replaces; None: nothing may be there yet.

        Returns:
            Its version now; "": the server does not say.

        Raises:
            ItemChangedError: another version stands there.
            ItemRefusedError: the server does not take it.
        """
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        headers |= {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
        status, _, reason, given = self.ask("PUT", href, data, headers)
        self._settle(status, reason)
        return given.get("etag", "")

    def delete(self, href: str, etag: str) -> None:
        """Take an item away; one that is gone already is no matter.

        Raises:
            ItemChangedError: another version stands there.
            ItemRefusedError: the server keeps it.
        """
        status, _, reason, _ = self.ask("DELETE", href, "", {"If-Match": etag} if etag else {})
        if status not in MISSING:
            self._settle(status, reason)

    def _settle(self, status: int, reason: str) -> None:
        if status == _CHANGED:
            raise ItemChangedError
        if status not in (200, 201, 202, 204):
            raise ItemRefusedError(status, reason)

    # -- asking

    def _properties(self, url: str, body: str) -> Any:
        headers = {"Content-Type": _XML_TYPE, "Depth": "0"}
        status, tree, _, _ = self.ask("PROPFIND", url, _XML + body, headers)
        return tree if status == MULTI else None

    def _collections(self, home: str, depth: int = 1) -> list[Collection]:
        body = f"{_XML}<propfind {_XMLNS}><prop><resourcetype/><displayname/>" \
            "<C:supported-calendar-component-set/></prop></propfind>"  # fmt: skip
        headers = {"Content-Type": _XML_TYPE, "Depth": str(depth)}
        status, tree, _, _ = self.ask("PROPFIND", home, body, headers)
        if status != MULTI or tree is None:
            raise self.unexpected(status)
        return [
            Collection(href, words(props.get(DAV + "displayname")), components(props))
            for href, props in answers(tree)
            if is_calendar(props.get(DAV + "resourcetype"))
        ]
