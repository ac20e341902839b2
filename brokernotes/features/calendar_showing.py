"""What she needs in her hand on the way to a showing: the homes, their keys, what to bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brokernotes.errors import FieldError
from brokernotes.features.agreeing import is_told
from brokernotes.features.calendar_view import Subject, View
from brokernotes.features.showing_sentences import BRING, OF_HOME
from brokernotes.features.showings import entrustment_over, lent_to, signed_slip
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.money import render_money
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.records import LogEntry
from brokernotes.model.values import parse_location

BOX, TICKED = "☐", "☑"
_DOOR = ("building", "unit", "room")
_AMOUNTS = ("price", "rent", "gross_area")
ESTATE_FACTS = ("schools", "features", "plans")
LONGEST_FACTS = 90  # characters; a phone shows few lines


class Visited(NamedTuple):
    """A listing on the way, as far as the reader may know it.

    Attributes:
        listing: the note.
        place: for maps: the estate, at `full` with the door.
        pin: latitude and longitude of the estate; None: not known.
        door: building, unit and room; "" unless the reader may know.
    """

    listing: Subject
    place: str
    pin: tuple[float, float] | None
    door: str


def visited(occurrence: Occurrence, view: View) -> list[Visited]:
    """The listings a plan leads to, in its order."""
    found: dict[str, Visited] = {}
    for name in (occurrence.note, *occurrence.links):
        subject = view.find_subject(name)
        if subject is not None and subject.type == "listing" and subject.ref not in found:
            found[subject.ref] = _visited(subject, view)
    return list(found.values())


def showing_lines(occurrence: Occurrence, view: View) -> Iterator[str]:
    """The homes with facts and keys, then what to bring.

    Args:
        occurrence: a planned showing.
        view: who reads it.
    """
    language, params = view.language, occurrence.params
    if "stops" in params:
        yield language.text(N_("stop {stop} of {stops}"), **params) + (
            language.text(N_(", the next at {then}"), **params) if "then" in params else ""
        )
    for stop in visited(occurrence, view):
        yield _facts(stop, view)
        yield from _estate(stop, view)
        yield from _checks(stop, occurrence, view)
    if params.get("stop", 1) != 1:
        return  # what to bring stands at the first stop: a phone shows few lines
    yield from _client(occurrence, view)
    yield language.text(N_("Bring:"))
    for thing in BRING:
        yield f"{BOX} {language.text(thing)}"


def _visited(listing: Subject, view: View) -> Visited:
    name = listing.values.get("community")
    community = view.find_subject(str(name)) if name else None
    door = ""
    if view.detail == "full" and view.may_open(listing):
        door = "-".join(str(listing.values[key]) for key in _DOOR if listing.values.get(key))
    title = community.title if community else str(name or "")
    return Visited(listing, f"{title} {door}".strip(), _pin(community), door)


def _pin(community: Subject | None) -> tuple[float, float] | None:
    """The estate's place on the map; a listing's own would tell the door."""
    if community is None or "location" not in community.values:
        return None
    try:
        place = parse_location(str(community.values["location"]))
    except FieldError:
        return None
    return place.latitude, place.longitude


def _facts(stop: Visited, view: View) -> str:
    """The home in one line: title, door, price or rent, area."""
    values, fields = stop.listing.values, view.rules.schema.fields("listing")
    words = [stop.listing.title, *([stop.door] if stop.door else [])]
    for key in _AMOUNTS:
        amount, field = values.get(key), fields.get(key)
        if isinstance(amount, int | float) and field is not None:
            words.append(render_money(amount, field.unit or ""))
    return view.language.text(N_(", ")).join(words)


def _estate(stop: Visited, view: View) -> Iterator[str]:
    """What she is asked about the estate: schools, what is near, what is planned (seed)."""
    community = view.find_subject(str(stop.listing.values.get("community") or ""))
    if community is None:
        return
    language = view.language
    joint = language.text(N_(", "))
    vocabularies, fields = view.rules.schema.vocabularies, view.rules.schema.fields("community")
    words: list[str] = []
    for key in ESTATE_FACTS:
        said = community.values.get(key)
        if not said:
            continue
        field = fields[key]
        terms = said if isinstance(said, list | tuple) else [said]
        if field.choices:
            terms = [vocabularies[field.choices].label(str(one), language.code) for one in terms]
        words += [str(one) for one in terms]
    if words:
        text = joint.join(dict.fromkeys(words))
        yield text if len(text) <= LONGEST_FACTS else text[: LONGEST_FACTS - 1].rstrip() + "…"


def _checks(stop: Visited, occurrence: Occurrence, view: View) -> Iterator[str]:
    """What must be settled before she stands at the door."""
    values, language = stop.listing.values, view.language
    vocabularies = view.rules.schema.vocabularies
    log = view.log_of(stop.listing.ref)
    ended = entrustment_over(values, occurrence.due)
    if ended is not None:
        yield f"{BOX} " + language.text(OF_HOME["entrustment-over"], date=ended)
    lent = lent_to(log, view.today)
    if lent is not None:
        # What a log says is for those who may read the note.
        who = lent.agent or (lent.text if view.may_open(stop.listing) else "")
        sentence = OF_HOME["key-lent" if who else "key-lent-unnamed"]
        yield f"{BOX} " + language.text(sentence, date=lent.day, who=who)
    elif keys := values.get("keys"):
        where = vocabularies["keys"].label(str(keys), language.code)
        number = (
            values.get("key_no") if view.detail == "full" and view.may_open(stop.listing) else ""
        )
        yield f"{BOX} " + language.text(N_("key: {where}"), where=f"{where} {number or ''}".strip())
    if values.get("occupant") in ("owner", "tenant"):
        who = vocabularies["occupant"].label(str(values["occupant"]), language.code)
        mark = TICKED if _is_told(log, occurrence) else BOX
        yield f"{mark} " + language.text(N_("agreed with the {who}"), who=who)
    if wanted := values.get("showing_requirements"):
        yield f"{BOX} {wanted}"
    if slip := _slip(stop, occurrence, view):
        yield f"{TICKED} " + language.text(OF_HOME["slip-signed"], slip=slip)


def _slip(stop: Visited, occurrence: Occurrence, view: View) -> str | None:
    """The slip the client has signed for this home already: a second look needs no other."""
    client = view.find_subject(occurrence.note)
    if client is None or client.type != "client":
        return None

    def ref_of(link: str) -> str | None:
        subject = view.find_subject(link)
        return subject.ref if subject else None

    return signed_slip(view.log_of(client.ref), ref_of, stop.listing.ref, view.today)


def _client(occurrence: Occurrence, view: View) -> Iterator[str]:
    """Whether the client confirmed the time."""
    subject = view.find_subject(occurrence.note)
    if subject is not None and subject.type == "client":
        mark = TICKED if _is_told(view.log_of(subject.ref), occurrence) else BOX
        yield f"{mark} " + view.language.text(N_("confirmed with the client"))


def _is_told(log: Sequence[LogEntry], occurrence: Occurrence) -> bool:
    at = occurrence.at
    return is_told(log, occurrence.due, at.hour * 60 + at.minute if at else None)
