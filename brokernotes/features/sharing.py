"""Who may see what of a note: one answer that every output obeys.

Seed: of a private listing (私盘) colleagues see estate, rooms, area, price and facilities;
building, floor, room and the owner's contact only its holder and the holder's supervisors.
Public listings (公盘) are everybody's. The two mixed rules draw the line by area, or by how
many private listings an agent may have. Clients' identity is their agent's in every mode.

Everything here is a function of values. What it says is done to a note's text in
`features.withholding`, before anything is searched, sorted, counted or shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.lifecycle import ACTIVE
from brokernotes.model.rules import Rules
from brokernotes.model.schema import Schema

# Entries that tell what was asked and offered (seed: the owner's mind is the holder's).
HIDDEN_VERBS = frozenset({"negotiate", "offer", "counter_offer"})

# Besides what the field table marks: the floor by halves, the key's number at the office, the
# seller of a deal, and the other names of a client, which may be the whole name (all ours).
_BESIDES: Mapping[str, frozenset[str]] = {
    "listing": frozenset({"floor_band", "key_no"}),
    "deal": frozenset({"seller"}),
    "client": frozenset({"aliases"}),
}


class Seat(NamedTuple):
    """A colleague as sharing knows them.

    Attributes:
        supervisor: id of whom they answer to; None: nobody.
        areas: that they serve, folded.
    """

    supervisor: str | None = None
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One brokerage's way of sharing.

    Attributes:
        mode: `public`, `private`, `mixed_area` or `mixed_quota`.
        quota: private listings on the market an agent may have under `mixed_quota`.
        seats: colleagues by id.
    """

    mode: str = "public"
    quota: int = 10
    seats: Mapping[str, Seat] = field(default_factory=dict)

    def chain(self, agent: str | None) -> tuple[str, ...]:
        """An agent and everybody above, nearest first; a circle of supervisors ends."""
        found: list[str] = []
        while agent is not None and agent not in found:
            found.append(agent)
            seat = self.seats.get(agent)
            agent = seat.supervisor if seat else None
        return tuple(found)

    def areas(self, agent: str | None) -> frozenset[str]:
        """Where an agent works; nothing where nobody says so."""
        seat = self.seats.get(agent) if agent is not None else None
        return seat.areas if seat else frozenset()


def house_of(rules: Rules, seats: Mapping[str, Seat] | None = None) -> House:
    """How a brokerage shares.

    Args:
        rules: of the brokerage.
        seats: colleagues by id.
    """
    settings = rules.other.get("sharing", {})
    quota = settings.get("quota")
    return House(
        mode=str(settings.get("mode") or "public"),
        quota=quota if isinstance(quota, int) else 10,
        seats=seats or {},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A note as sharing knows it.

    Attributes:
        ref: its id, else its path.
        type: of note.
        agent: id of whose it is: of a listing its holder; None: nobody's, or nobody known.
        people: ids of others who work on it: the roles of a deal.
        sharing: what the note says, `private` or `public`; None: nothing.
        status: of a listing.
        places: where a listing lies: district, neighborhood and estate, folded.
        since: the day it was entered, as ISO text; "" unknown.
        listing: of a deal: what is sold.
    """

    ref: str
    type: str
    agent: str | None = None
    people: tuple[str, ...] = ()
    sharing: str | None = None
    status: str | None = None
    places: frozenset[str] = frozenset()
    since: str = ""
    listing: Shared | None = None


class Sight(NamedTuple):
    """What one viewer may see of one note.

    Attributes:
        why: what is kept from them: `private` (a listing, or a deal on one), `client` (whose
            client it is, not what is wanted); "": nothing.
        holder: id of whom to ask; None: nobody is named.
    """

    why: str = ""
    holder: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept back."""
        return not self.why


ALL = Sight()


def sight(note: Shared, viewer: str | None, house: House, over: frozenset[str]) -> Sight:
    """What a viewer may see of a note.

    Args:
        note: the note.
        viewer: id of an agent; None: nobody in particular, who sees what everybody sees.
        house: whose rules these are.
        over: refs of listings beyond their holder's quota (`beyond_quota`).
    """
    if note.type == "client":
        return ALL if is_answerable(note, viewer, house) else Sight("client", note.agent)
    if note.type == "deal" and note.listing is not None:
        whole = is_answerable(note, viewer, house) or viewer in note.people
        above = sight(note.listing, viewer, house, over)
        return ALL if whole or above.is_whole else above
    if note.type != "listing" or is_answerable(note, viewer, house):
        return ALL
    if is_open(note, viewer, house, over):
        return ALL
    return Sight("private", note.agent)


def is_answerable(note: Shared, viewer: str | None, house: House) -> bool:
    """Whether a viewer is the one whose note it is, or stands above them."""
    return viewer is not None and viewer in house.chain(note.agent)


def is_open(note: Shared, viewer: str | None, house: House, over: frozenset[str]) -> bool:
    """Whether a listing is public for a viewer who is not answerable for it.

    What the note says comes before the mode; under `mixed_quota` only as far as the quota goes.

    Source: seed, 二、房源信息管理制度.
    """
    if note.sharing == "private":
        return house.mode == "mixed_quota" and note.ref in over
    if note.sharing == "public" or house.mode in ("public", "mixed_quota"):
        return True
    if house.mode == "mixed_area":
        return bool(note.places & house.areas(note.agent) & house.areas(viewer))
    return False


def is_plainly_public(sharing: str | None, mode: str) -> bool:
    """Whether a listing is everybody's at a glance, so that nobody's seat need be looked up.

    Args:
        sharing: what its note says; None: nothing.
        mode: of the house.
    """
    return sharing == "public" or (sharing is None and mode in ("public", "mixed_quota"))


def is_private(note: Shared, house: House, over: frozenset[str]) -> bool:
    """Whether a listing is kept from any colleague at all."""
    return note.type == "listing" and not is_open(note, None, house, over)


def counts(note: Shared) -> bool:
    """Whether a listing takes one of its holder's places under a quota."""
    return note.sharing == "private" and note.status in ACTIVE and note.agent is not None


def beyond_quota(listings: Iterable[Shared], house: House) -> frozenset[str]:
    """Refs of the private listings beyond what their holder may have; those are public.

    The ones entered first keep their place, so that a new one never opens an old one.

    Source: seed: 超出限定数量的均为公盘.
    """
    if house.mode != "mixed_quota":
        return frozenset()
    held = holdings(listings)
    return frozenset(one.ref for own in held.values() for one in own[house.quota :])


def holdings(listings: Iterable[Shared]) -> dict[str, list[Shared]]:
    """The private listings that count, by their holder's id, those entered first in front."""
    held: dict[str, list[Shared]] = {}
    for one in sorted(filter(counts, listings), key=lambda one: (one.since or "9", one.ref)):
        held.setdefault(str(one.agent), []).append(one)
    return held


def hidden_keys(note_type: str, found: Sight, schema: Schema) -> frozenset[str]:
    """The keys whose values are kept from a viewer.

    Args:
        note_type: of the note.
        found: what the viewer may see.
        schema: of the vault, for the brokerage's own fields: what is not `public: true` is kept.
    """
    if found.is_whole:
        return frozenset()
    marked = {row.key for row in schema.fields(note_type).values() if row.confidential}
    return frozenset(marked) | _BESIDES.get(note_type, frozenset())


def visible_keys(note_type: str, found: Sight, schema: Schema) -> frozenset[str]:
    """The keys whose values a viewer may see: all but `hidden_keys`."""
    return frozenset(schema.fields(note_type)) - hidden_keys(note_type, found, schema)


def hidden_log_keys(schema: Schema) -> frozenset[str]:
    """The keys of entries that tell the owner's mind."""
    return frozenset(key.id for key in schema.log_keys.values() if key.confidential)


def hides_entry(verb: str, found: Sight) -> bool:
    """Whether an entry of a private listing, or of a deal on one, is kept back as a whole."""
    return found.why == "private" and verb in HIDDEN_VERBS
