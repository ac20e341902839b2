"""For whom a calendar is made: language, level of detail, and what notes say of a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from brokernotes.features.briefs import Brief
from brokernotes.features.sharing import House, Shared, house_of, sight
from brokernotes.language import Language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import Rules
from brokernotes.model.schema import fold

DETAILS = ("minimal", "normal", "full")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A note as calendars speak of it.

    Attributes:
        ref: its id, else its path.
        type: of note.
        title: what people call it.
        values: by key, as JSON speaks of them; of listings and communities, at `full` of clients.
    """

    ref: str
    type: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Who reads a calendar, and how much of it.

    Attributes:
        today: in the vault's zone.
        rules: of the brokerage: zone, quiet hours, words.
        language: of the texts.
        vault: its name, for addresses that Obsidian opens.
        agent: id of who asks; None: nobody in particular.
        detail: `minimal`: what and whom, no word of the notes, no place, no link. `normal`:
            reason, last contact, brief, checklist, place. `full`: also the door and the key's
            number, except of a listing that is private to the reader, and phones of owners and of
            the reader's own clients.
        reveals: whether phones in texts are shown.
        salutations: of clients, by id or path.
        agents: names by id.
        house: how the brokerage shares; None: as the rules say, with nobody above anybody.
        over: refs of listings beyond their holder's quota, which are public.
        find_subject: the note of an id, a path or a link's target; None: no such note.
        briefs: what to say to the person of a row, by its key.
        log_of: the log of a note by its id, else its path; asked of planned showings only.
    """

    today: date
    rules: Rules
    language: Language
    vault: str
    agent: str | None = None
    detail: str = "normal"
    reveals: bool = False
    salutations: Mapping[str, str] = field(default_factory=dict)
    agents: Mapping[str, str] = field(default_factory=dict)
    house: House | None = None
    over: frozenset[str] = frozenset()
    briefs: Mapping[str, Brief] = field(default_factory=dict)
    find_subject: Callable[[str], Subject | None] = lambda _: None
    log_of: Callable[[str], Sequence[LogEntry]] = lambda _: ()

    def masked(self, text: str) -> str:
        """A text from notes with what looks like a phone hidden."""
        return text if self.reveals else mask_phones_in_text(text)

    def person(self, ref: str, title: str) -> str:
        """What a note is called in a list: a client by salutation, the rest by title."""
        return self.salutations.get(ref) or title

    def may_call(self, client: Subject) -> bool:
        """Whether the reader may know the phone of a client.

        Everybody's calendar tells no phone, unless phones are asked for.

        Source: seed; the rule is `features.sharing`.
        """
        holder = self.find_subject(str(client.values.get("agent", "")))
        note = Shared(ref=client.ref, type="client", agent=holder.ref if holder else None)
        if self.reveals and (self.agent is None or holder is None):
            return True
        return sight(note, self.agent, self.house or house_of(self.rules), self.over).is_whole

    def may_open(self, listing: Subject) -> bool:
        """Whether the reader may know the door of a listing.

        Source: seed; the rule is `features.sharing`.
        """
        values = listing.values
        holder = self.find_subject(str(values.get("agent", "")))
        estate = self.find_subject(str(values.get("community", "")))
        inherited = estate.values if estate else {}
        places = (
            values.get("district") or inherited.get("district"),
            values.get("neighborhood") or inherited.get("neighborhood"),
            estate.title if estate else values.get("community"),
        )
        note = Shared(
            ref=listing.ref,
            type="listing",
            agent=holder.ref if holder else None,
            sharing=values.get("sharing"),
            status=values.get("status"),
            places=frozenset(fold(str(place)) for place in places if place),
        )
        return sight(note, self.agent, self.house or house_of(self.rules), self.over).is_whole
