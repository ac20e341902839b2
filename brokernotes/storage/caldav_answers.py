"""What a calendar server's answers mean: addresses, versions, properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from brokernotes.light_dataclasses import NamedTuple

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
MISSING = (404, 410)
_CUT = 507  # of the collection itself: there is more


class Collection(NamedTuple):
    """A calendar on the server.

    Attributes:
        href: its address there, ending with `/`.
        name: as people see it.
        components: what it takes; empty: the server does not say, so anything.
    """

    href: str
    name: str
    components: frozenset[str]

    def takes(self, component: str) -> bool:
        """Whether it may hold events, or tasks."""
        return not self.components or component in self.components


class Home(NamedTuple):
    """Where somebody's calendars are: its address, and those there are."""

    href: str
    collections: list[Collection]


class Changes(NamedTuple):
    """What is new in a collection.

    Attributes:
        token: to ask with next time; "": the server has none.
        etags: of what is there, by address; None: it is gone.
        is_whole: whether it is all there is, so that what is missing is gone.
    """

    token: str
    etags: dict[str, str | None]
    is_whole: bool


class Fetched(NamedTuple):
    """An item as it stands there."""

    etag: str
    data: bytes


def same_place(href: str) -> str:
    """An address on the server as it can be compared: servers escape as they like."""
    return unquote(urlsplit(href).path)


def path_of(href: str) -> str:
    """An address without the server's name."""
    parts = urlsplit(href)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def answers(tree: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and properties of each thing an answer tells of; those it lacks are left out."""
    for response in tree.iter(DAV + "response"):
        href = response.findtext(DAV + "href")
        props: dict[str, Any] = {}
        for status in response.findall(DAV + "propstat"):
            if " 200" in (status.findtext(DAV + "status") or ""):
                for prop in status.findall(DAV + "prop"):
                    props |= {child.tag: child for child in prop}
        if href:
            yield href.strip(), props


def etags(tree: Any, collection: str) -> dict[str, str | None]:
    """The version of each item of a collection, by address; None: it is gone."""
    own = same_place(collection).rstrip("/")
    found: dict[str, str | None] = {}
    for response in tree.iter(DAV + "response"):
        href = (response.findtext(DAV + "href") or "").strip()
        place = same_place(href)
        if href.endswith("/") or not place.startswith(f"{own}/") or "/../" in place:
            continue  # no item of it; a server that names others' addresses is not believed
        href = path_of(href)
        status = response.findtext(DAV + "status") or ""
        if any(f" {code}" in status for code in MISSING):
            found[href] = None
            continue
        etag = next(response.iter(DAV + "getetag"), None)
        found[href] = (etag.text or "") if etag is not None else ""
    return found


def is_cut(tree: Any) -> bool:
    """Whether the answer was too long, and the rest is to be asked for with its token."""
    statuses = (each.findtext(DAV + "status") or "" for each in tree.iter(DAV + "response"))
    return any(f" {_CUT}" in status for status in statuses)


def inner(tree: Any, name: str) -> str:
    """The address inside a property; "": it has none."""
    for found in tree.iter(name):
        href = found.findtext(DAV + "href")
        if href:
            return str(href).strip()
    return ""


def has_calendar(tree: Any) -> bool:
    """Whether an answer is about a calendar."""
    return any(is_calendar(each) for each in tree.iter(DAV + "resourcetype"))


def is_calendar(kind: Any) -> bool:
    """Whether a resource type is a calendar's."""
    return kind is not None and kind.find(CAL + "calendar") is not None


def components(props: dict[str, Any]) -> frozenset[str]:
    """What a collection takes; empty: it does not say."""
    found = props.get(CAL + "supported-calendar-component-set")
    names: Iterable[Any] = found if found is not None else ()
    return frozenset(str(each.get("name", "")).upper() for each in names) - {""}


def words(found: Any) -> str:
    """The text of a property; "": it has none."""
    return (found.text or "").strip() if found is not None else ""
