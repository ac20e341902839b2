"""The brokerage's rules: what `brokernotes.yaml` may say, and what holds without it.

Every default names its origin: `seed` (the two documents the product implements),
`found` (public practice or law), `ours` (a choice, to be changed by whoever knows
better). `notes.rulebook` reads the file; nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.builtin_tables import BuiltinTables
from brokernotes.model.festivals import USUAL
from brokernotes.model.roles import FIRST_SHOWING_DAYS
from brokernotes.model.schema import Schema

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ANNIVERSARIES = 3  # years (ours)
FORMAT = 1  # the newest vault format this program writes

Days = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often people are followed up, in days (all ours; that grades differ is seed).

    Attributes:
        daily: computed items an agent is shown for one day.
        min_gap: days between two unprompted contacts with one person.
        listing: by `sale` or `lease`, then grade.
        client: by `buy` or `rent`, then grade.
        dormant: by listing status id, and `past_client`.
        lease_notice: days before a lease ends that its owner and tenant are asked.
        entrust_notice: days before an entrustment ends.
        reconfirm_rejected: so many homes turned down, and the demand is confirmed again.
        reconfirm_showings: so many showings without an offer, likewise.
        satisfaction: days after the handover that both sides are asked how it is.
        referral: days after the handover that they are asked whom they know.
        topic_days: days after which what was asked, promised or offered falls behind what is new.
    """

    daily: int = 15
    min_gap: int = 1
    listing: Mapping[str, Days] = field(
        default_factory=lambda: {
            "sale": {"A": 3, "B": 7, "C": 15, "D": 30},
            "lease": {"A": 2, "B": 3, "C": 7, "D": 15},
        }
    )
    client: Mapping[str, Days] = field(
        default_factory=lambda: {
            "buy": {"A": 2, "B": 7, "C": 15, "D": 30},
            "rent": {"A": 1, "B": 2, "C": 4, "D": 7},
        }
    )
    dormant: Days = field(
        default_factory=lambda: {
            "paused": 30,
            "expired": 14,
            "leased_by_us": 300,
            "leased_by_others": 300,
            "sold_by_us": 180,
            "past_client": 90,
        }
    )
    lease_notice: int = 60
    satisfaction: int = 7
    referral: int = 30
    entrust_notice: tuple[int, ...] = (14, 3)
    reconfirm_rejected: int = 3
    reconfirm_showings: int = 5
    topic_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When nobody is disturbed (ours): minutes since midnight, and named days."""

    start: int = 21 * 60
    end: int = 8 * 60 + 30
    days: tuple[str, ...] = ("除夕", "初一", "初二", "初三")


# Settings of the later features, by the section of the file they stand in.
LATER: Mapping[str, Mapping[str, object]] = {
    "sharing": {"mode": "public", "quota": 10, "neglected": 2},
    "hot": {"top": 5, "days": 7, "new_days": 14},
    "prime": {
        "signs": ("location", "title", "tradable", "owner_firm", "price", "defects"),
        "price_tolerance": 0.05,
        "stale_days": 365,
    },
    "channels": {},
    "answers": {},
    "classify": {
        "listing": ("community", "transaction", "layout"),
        "client": ("intents", "grade"),
        "deal": ("stage", "transaction"),
        "community": ("district", "neighborhood"),
        "agent": ("store", "role"),
    },
    "deals": {"city": "", "cities": {}, "papers": {}},
    "match": {"price_tolerance": 0.08, "area_tolerance": 0.1, "top": 5, "weights": {}},
    "empty_followups": {
        "days": 30,
        "same_text": 4,
        "unanswered": 4,
        "unanswered_minutes": 15,
        "batch": 5,
        "batch_minutes": 10,
        "same_minute": 3,
        "no_topic": 3,
        "short": 4,
    },
    "greetings": {"festivals": USUAL, "anniversaries": ANNIVERSARIES},
    "publish": {"verification_code": False, "confirmed_days": 30},
    "commission": {
        "private_holder": 0.5,
        "missing": "normalise",
        "basis": "received",
        "platform": 0,
        "first_showing_days": FIRST_SHOWING_DAYS,
        "sale": {},
        "lease": {},
    },
}

# Where a default comes from, by the beginning of its dotted name; the rest are ours.
ORIGINS: Mapping[str, str] = {
    "sharing.quota": "seed",
    "hot.top": "seed",
    "hot.days": "seed",
    "prime.signs": "seed",
    "classify.listing": "seed",
    "commission.private_holder": "seed",
    "publish.verification_code": "found",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One brokerage's rules.

    Attributes:
        format: version of the vault's format.
        language: of the vault, `zh` or `en`.
        timezone: IANA name; all times in notes are in it.
        confidential: `plain` or `sealed`.
        overdue: `roll` open follow-ups to today in the calendar, or `keep` them.
        duration: minutes of a showing that does not say.
        travel: minutes between two showings of one tour that are in different estates (ours).
        confirm: when showings of the next day are confirmed, minutes since midnight (ours).
        first_response: minutes within which a new client is answered (ours).
        feedback_days: days after a showing during which its feedback is asked.
        commit: `auto`, `true` or `false`.
        checks: severity by problem code, `off` included.
        schema: fields, vocabularies and verbs, the brokerage's own included.
        other: settings of later features by section, `LATER` with what the file says over it.
    """

    format: int = FORMAT
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    confidential: str = "plain"
    cadence: Cadence = field(default_factory=Cadence)
    quiet: Quiet = field(default_factory=Quiet)
    overdue: str = "roll"
    duration: int = 45
    travel: int = 15
    confirm: int = 18 * 60
    first_response: int = 15
    feedback_days: int = 7
    commit: str = "auto"
    checks: Mapping[str, str] = field(default_factory=dict)
    schema: Schema = field(default_factory=lambda: builtin_schema())
    other: Mapping[str, Mapping[str, object]] = field(default_factory=lambda: LATER)

    def classification(self, note_type: str) -> tuple[str, ...]:
        """The fields that notes of a type are classified by, the outermost first."""
        told = self.other["classify"].get(note_type)
        keys = (told,) if isinstance(told, str) else told
        if isinstance(keys, list | tuple) and keys:
            return tuple(str(key) for key in keys)
        usual = LATER["classify"][note_type]
        return usual if isinstance(usual, tuple) else ()

    @property
    def first_showing_days(self) -> int:
        """How long a first showing is worth its role."""
        told = self.other["commission"]["first_showing_days"]
        return told if isinstance(told, int) else FIRST_SHOWING_DAYS

    @property
    def festivals(self) -> tuple[str, ...]:
        """Ids of the festivals on which people are greeted."""
        told = self.other["greetings"]["festivals"]
        return tuple(map(str, told)) if isinstance(told, tuple) else USUAL

    @property
    def anniversaries(self) -> int:
        """For how many years buyers are congratulated on the day they moved in."""
        told = self.other["greetings"].get("anniversaries")
        return told if isinstance(told, int) else ANNIVERSARIES

    @property
    def answers(self) -> Mapping[str, str]:
        """How the brokerage meets objections, by their ids, as far as it says."""
        words, told = self.schema.vocabularies["objection"], self.other.get("answers", {})
        return {words.find(word) or word: str(text) for word, text in told.items()}

    @property
    def zone(self) -> ZoneInfo:
        """The vault's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.timezone)


def builtin_schema() -> Schema:
    """The field table without anything a brokerage added."""
    return Schema(BuiltinTables())
