"""At the level `full`, whom to ring: a `tel:` line for each number the reader may know.

Phones make a call of it with one tap. It stands apart from the texts of notes, in which what
looks like a phone stays masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brokernotes.errors import FieldError
from brokernotes.features.calendar_view import Subject, View
from brokernotes.language import N_
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.phones import dialled, parse_phone


def phone_lines(occurrence: Occurrence, view: View) -> Iterator[str]:
    """Who is rung at which number: clients of one's own, owners of listings one may open.

    Args:
        occurrence: what is to be done; of a plan also whom its links name.
        view: who reads it.
    """
    if view.detail != "full":
        return
    told: set[str] = set()
    for who, number in _numbers(occurrence, view):
        if number not in told:  # the owner's, on the listing and on a note of their own
            told.add(number)
            yield view.language.text(N_("{who} tel:{number}"), who=who, number=number)


def _numbers(occurrence: Occurrence, view: View) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for name in (occurrence.note, *occurrence.links):
        subject = view.find_subject(name)
        if subject is None or subject.ref in seen:
            continue
        seen.add(subject.ref)
        if subject.type == "client" and view.may_call(subject):
            who = view.person(subject.ref, subject.title)
            yield from _readable(who, subject.values.get("phone", ()))
        elif subject.type == "listing" and view.may_open(subject):
            owner = subject.values.get("owner_name")
            who = str(owner or view.language.text(N_("Owner")))
            yield from _readable(who, subject.values.get("owner_phone", ()))
            yield from _owners(subject, seen, view)


def _owners(listing: Subject, seen: set[str], view: View) -> Iterator[tuple[str, str]]:
    """The owners that are clients with notes of their own."""
    links = listing.values.get("owner") or ()
    for name in links if isinstance(links, list) else [links]:
        owner = view.find_subject(str(name))
        if owner is None or owner.type != "client" or owner.ref in seen:
            continue
        seen.add(owner.ref)
        if view.may_call(owner):
            who = view.person(owner.ref, owner.title)
            yield from _readable(who, owner.values.get("phone", ()))


def _readable(who: str, values: object) -> Iterator[tuple[str, str]]:
    texts: Iterable[object] = values if isinstance(values, list) else [values] if values else []
    for text in texts:
        try:
            phone = parse_phone(str(text))
        except FieldError:
            continue  # `check` tells of it
        if not phone.identifies:
            continue
        name = f"{who} ({phone.label})" if phone.label else who
        yield name, dialled(str(text))
