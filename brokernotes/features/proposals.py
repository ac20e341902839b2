"""A proposal: homes as a client may see them, with what fits and what does not (seed).

Only what stands in `PUBLIC` is ever read of a listing, and what a brokerage made public of its
own fields; a field that is new or confidential cannot appear by being forgotten. Logs are not
read at all, so what one buyer offered never shows in another's proposal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from brokernotes.features.advertising import lint
from brokernotes.features.matching import Match
from brokernotes.features.matching_sides import Home
from brokernotes.features.photos import Photo
from brokernotes.features.proposal_secrets import Secrets
from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.schema import Field, Schema

Values = Mapping[str, Any]

# What may be told of a listing, in the order in which it is; `acquired_on` and `only_home` only
# as what follows from them for the tax, `community` by the estate's name.
PUBLIC = (
    "community", "district", "neighborhood", "property_type", "transaction", "status",
    "price", "price_terms", "rent", "rent_terms",
    "bedrooms", "living_rooms", "bathrooms", "gross_area", "interior_area",
    "floor_band", "total_floors", "facing", "decoration", "furnishing", "year_built",
    "elevator", "lift_ratio", "structure", "title_type", "land_term", "management_fee",
    "school", "school_zone", "school_quota_used", "features", "selling_points", "defects",
    "encumbrances", "co_owned", "co_owner_consent", "hukou", "occupant", "lease_end",
    "available_from", "vacate", "lease_mode", "min_term", "pets",
    "acquired_on", "only_home", "title_checked_on", "verification_code",
)  # fmt: skip
# Colleagues do not see these of a private listing, so its buyers do not either.
NOT_OF_PRIVATE = frozenset({"floor_band"})
ESTATE_PUBLIC = ("avg_price", "avg_price_on", "year_built", "schools", "features", "character")


class Offered(NamedTuple):
    """A listing as it was fetched; its values are cut down to what may be told.

    Attributes:
        values: as the index tells them, all of them.
        estate: of its estate, likewise; `title` is its name.
        is_private: whether colleagues see only a part of it.
        match: of the client with it, judged of `public_home`.
        secrets: what no text may tell of it.
    """

    values: Values
    estate: Values
    is_private: bool
    match: Match
    secrets: Secrets = Secrets()


class Fact(NamedTuple):
    """One thing that is told of a home."""

    key: str
    label: str
    value: str


class TaxLine(NamedTuple):
    """One tax hint in words: what the rule says, and where and since when it holds."""

    text: str
    source: str


class Typed(NamedTuple):
    """A text that somebody typed and that leaves the house.

    Attributes:
        home: where it stands; empty: in what is said of all of them.
        label: of what it is.
        text: what it says.
        is_demand: whether it is what the client asks for, and so tells nothing of a home.
    """

    home: str
    label: str
    text: str
    is_demand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedHome:
    """One home, in the words of the reader.

    Attributes:
        name: estate and rooms.
        place: district and neighborhood.
        price: with its terms.
        unit_price: a ㎡; empty: not known.
        against: the estate's average, and how it compares; empty: not known.
        brief: rooms, area, floor and so on, each in a word or two.
        facts: everything else.
        points: selling points.
        fits: what suits this client. shortcomings: what does not; never empty.
        unknowns: what is still being found out.
        taxes: hints.
        tax_class: in a word; empty: a lease, or not known.
        compared: what the comparison shows, by its label.
        typed: texts that somebody typed.
        photos: of it, as they may leave the house.
    """

    ref: str
    name: str
    place: str
    price: str
    unit_price: str
    against: str
    brief: tuple[str, ...]
    facts: tuple[Fact, ...]
    points: tuple[str, ...]
    fits: tuple[str, ...]
    shortcomings: tuple[str, ...]
    unknowns: tuple[str, ...]
    taxes: tuple[TaxLine, ...]
    tax_class: str
    compared: Mapping[str, str]
    typed: tuple[Typed, ...]
    photos: tuple[Photo, ...] = ()


class Sender(NamedTuple):
    """Who proposes: name, number, firm, phone (unmasked) and city; empty: not known."""

    name: str = ""
    licence: str = ""
    firm: str = ""
    phone: str = ""
    city: str = ""


class Words(NamedTuple):
    """What the agent says in their own words, and who says it; empty: the usual words."""

    opening: str = ""
    next_step: str = ""
    sender: Sender = Sender()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Homes for a client, ready to be laid out.

    Attributes:
        language: `zh` or `en`.
        title: of the page.
        opening: the first words.
        homes: in the order they were named.
        comparison: rows of a table: a label, and a cell for each home.
        next_step: what comes next.
        sender: one line. remark: what holds for all of it.
        day: of the proposal.
        labels: of the parts, by `fits`, `shortcomings`, ….
        typed: the agent's own words.
    """

    language: str
    title: str
    opening: str
    homes: tuple[ProposedHome, ...]
    comparison: tuple[tuple[str, tuple[str, ...]], ...]
    next_step: str
    sender: str
    remark: str
    day: str
    labels: Mapping[str, str]
    typed: tuple[Typed, ...]


_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def names_of(proposal: Proposal) -> list[str]:
    """What its homes are called; of several each has its number: two may be of one estate."""
    names = [home.name for home in proposal.homes]
    if len(names) < 2:
        return names
    numbers = [*_NUMBERS, *(f"{number}." for number in range(len(_NUMBERS) + 1, len(names) + 1))]
    return [f"{number} {name}" for number, name in zip(numbers, names, strict=False)]


def public_values(values: Values, schema: Schema, *, is_private: bool) -> dict[str, Any]:
    """What of a listing's values may be told."""
    kept = frozenset(PUBLIC) | {field.key for field in own_public(schema)}
    if is_private:
        kept -= NOT_OF_PRIVATE
    return {key: value for key, value in values.items() if key in kept}


def own_public(schema: Schema) -> list[Field]:
    """The fields of a listing that the brokerage added and made public."""
    return [one for one in schema.fields("listing").values() if one.own and not one.confidential]


def public_home(home: Home, values: Values) -> Home:
    """A home as matching sees it, of what may be told alone.

    Args:
        home: as the agent's matching reads it.
        values: of `public_values`.
    """
    told = {"district", "neighborhood", "year_built"}  # also of the estate, which is public
    facts = {key: one for key, one in home.facts.items() if key in values or key in told}
    return home._replace(facts=facts, title="", path="")


# -- what may not leave

_LINE = re.compile(r"\d+\s*号(?:线|口|出口)")  # of the metro: no building's number


class Claim(NamedTuple):
    """What the advertising law keeps out: where it stands, its code, and the words."""

    typed: Typed
    code: str
    text: str


def claims(proposal: Proposal) -> list[Claim]:
    """What of the texts that somebody typed the advertising law keeps out."""
    typed = [*proposal.typed, *(one for home in proposal.homes for one in home.typed)]
    whole = "\n".join(one.text for one in typed)
    return [Claim(one, found.code, found.text) for one in typed for found in lint(one.text, whole)]


def leaks(proposal: Proposal, offered: Sequence[Offered]) -> list[Typed]:
    """The texts that tell what is confidential of a home: its door, its owner, a price in mind.

    Each names its home by the id: what it is called may be what tells.
    """
    found = []
    for home, one in zip(proposal.homes, offered, strict=True):
        named = Typed(home.ref, "", home.name)  # a link to no note is an estate's name as well
        for typed in (named, *home.typed, *proposal.typed):
            text = _LINE.sub("", typed.text)
            # A phone in a note is somebody's; in the agent's own words it may be hers.
            is_phone = typed not in proposal.typed and mask_phones_in_text(text) != text
            if is_phone or one.secrets.are_told(text, is_demand=typed.is_demand):
                found.append(typed._replace(home=home.ref))
    return list(dict.fromkeys(found))
