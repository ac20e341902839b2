"""Clients as contacts of a phone (vCard), so that a name in the calendar is one search away.

Calendars call a client by salutation, for the screen may be seen by others. So the contact's
name begins with it: 李女士 in the calendar finds 李女士 李静 浦东三房 in the address book, and the
phone shows the same when she rings. Identity only: nothing of what she wants, or of the log.

Written by hand: ten lines of a format whose folding and escaping are those of the calendar,
with the same bytes each time. Read back in tests by programs that are not ours.

Source: RFC 6350 (4.0) and RFC 2426 (3.0); what phones show, found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from brokernotes.errors import FieldError
from brokernotes.features.calendar import uid
from brokernotes.features.calendar_text import escape_text, one_line, render_line
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.phones import dialled, parse_phone

VERSIONS = ("4.0", "3.0")
_MOBILE = re.compile(r"1[0-9]{10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A client as an address book has them.

    Attributes:
        ref: id of the note, else its path.
        title: what the note is called.
        salutation: what she is called to her face; "": not said.
        name: her whole name; "": not known.
        phones: as typed, with labels.
        url: where the note opens.
    """

    ref: str
    title: str
    salutation: str = ""
    name: str = ""
    phones: Sequence[str] = ()
    url: str = ""


def render_cards(
    contacts: Iterable[Contact], *, version: str, language: str, category: str
) -> bytes:
    """The bytes of a .vcf file, one card after the other in the order of their UIDs.

    Args:
        contacts: in any order; one without a phone is left out.
        version: one of `VERSIONS`.
        language: `zh` or `en`, part of PRODID.
        category: the word for all of them, so that the phone can tell them from friends.

    Returns:
        UTF-8 with CRLF.
    """
    cards = {}
    for contact in contacts:
        numbers = list(_numbers(contact.phones))
        if numbers:
            identity = uid(f"{contact.ref}/contact")
            lines = _lines(contact, numbers, identity, version, language, category)
            cards[identity] = b"".join(map(render_line, lines))
    return b"".join(cards[identity] for identity in sorted(cards))


def full_name(contact: Contact) -> str:
    """What the phone shows: salutation, whole name, and what else the title says, each once."""
    words: list[str] = []
    for text in (contact.salutation, contact.name, contact.title):
        words += [word for word in one_line(text).split() if word not in words]
    return " ".join(words)


def _lines(  # noqa: PLR0913 - one card and all that its bytes depend on
    contact: Contact,
    numbers: list[tuple[str, str]],
    identity: str,
    version: str,
    language: str,
    category: str,
) -> Iterator[str]:
    shown = escape_text(full_name(contact))
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    yield f"PRODID:-//brokernotes//vcard 1//{language.upper()}"
    yield f"UID:{identity}"
    yield f"FN:{shown}"
    yield f"N:{shown};;;;"  # iPhones show this one, put together by their own rules
    if contact.salutation:
        yield f"NICKNAME:{escape_text(one_line(contact.salutation))}"
    for number, label in numbers:
        kind = "cell" if _MOBILE.fullmatch(number) else "voice"
        kind = kind.upper() if version == "3.0" else kind
        name = f"item{numbers.index((number, label)) + 1}."
        yield f"{name if label else ''}TEL;TYPE={kind}:{number}"
        if label:
            yield f"{name}X-ABLabel:{escape_text(label)}"
    yield f"CATEGORIES:{escape_text(category)}"
    yield f"NOTE:{escape_text(contact.ref)}"
    if contact.url:
        yield f"URL:{contact.url}"
    yield "END:VCARD"


def _numbers(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each number once, as it is dialled, with its label; what is masked or none is left out."""
    seen = set()
    for text in texts:
        try:
            phone = parse_phone(str(text))
        except FieldError:
            continue  # `check` tells of it
        if phone.identifies and phone.number not in seen:
            seen.add(phone.number)
            yield dialled(str(text)), one_line(phone.label)
