"""The settings of `brokernotes.yaml` by name, what a brokerage adds of its own aside."""

from __future__ import annotations

from brokernotes.model.enums import CLOSED
from brokernotes.model.festivals import FESTIVALS
from brokernotes.model.fields import FIELDS
from brokernotes.model.lunar import QUIET_OFFSETS
from brokernotes.model.roles import ROLES
from brokernotes.model.schema import NOTE_TYPES
from brokernotes.notes.rulebook_channels import Costs
from brokernotes.notes.rulebook_shapes import (
    FLAG,
    Checks,
    Clock,
    FreeTable,
    Group,
    Many,
    Number,
    Shape,
    Shares,
    Table,
    Text,
    Word,
    Zone,
    whole,
)


def _roles() -> Word:
    """The parts that have a share, in any spelling."""
    words: dict[str, str] = {}
    rows = {(row.note_type, row.key): row for row in FIELDS}
    for role in ROLES:
        row = rows[role.note_type, role.key]
        words.update((word, role.id) for word in (role.id, row.zh, row.en))
    return Word(words)


DAYS = whole(1, 3650)
BY_GRADE = Table(Word.choice(CLOSED["grade"]), DAYS)
EMPTY_FOLLOWUPS = (
    "same_text", "unanswered", "unanswered_minutes", "batch", "batch_minutes", "same_minute",
    "no_topic", "short",
)  # fmt: skip
SIDES = Word({"sale": "sale", "lease": "lease", "出售": "sale", "出租": "lease"})
DEMANDS = Word({"buy": "buy", "rent": "rent", "求购": "buy", "求租": "rent"})
SIGNS = Word(
    {
        "location": "location", "地段": "location", "title": "title", "产权": "title",
        "tradable": "tradable", "可交易": "tradable", "owner_firm": "owner_firm",
        "业主": "owner_firm", "price": "price", "价格": "price", "defects": "defects",
        "瑕疵": "defects",
    }
)  # fmt: skip
DORMANT = Word(
    {
        spelling: choice.id
        for choice in (*CLOSED["listing_status"], *CLOSED["client_stage"])
        if choice.id in {"past_client", "paused", "expired"} or "_by_" in choice.id
        for spelling in choice.spellings()
    }
)


QUIET_DAYS = Word.of(*QUIET_OFFSETS)
KEPT = Word(
    {word: one.id for one in FESTIVALS.values() for word in (one.id, one.label, *one.words)}
)


def root_shapes() -> dict[str, Shape]:
    """The settings by their name at the top of the file; what a brokerage adds aside."""
    from brokernotes.notes.rulebook_deals import Deals

    shares = Shares(_roles())
    return {
        "format": whole(1, 1_000_000),
        "language": Word.of("zh", "en"),
        "timezone": Zone(),
        "confidential": Word.of("plain", "sealed"),
        "cadence": Group(
            {
                "daily": whole(1, 1000),
                "min_gap": whole(0, 3650),
                "listing": Table(SIDES, BY_GRADE),
                "client": Table(DEMANDS, BY_GRADE),
                "dormant": Table(DORMANT, DAYS),
                "lease_notice": DAYS,
                "entrust_notice": Many(DAYS, alone=True),
                "first_response": whole(1, 1440),
                "feedback_days": DAYS,
                "reconfirm_rejected": whole(1, 100),
                "reconfirm_showings": whole(1, 100),
                "satisfaction": DAYS,
                "referral": DAYS,
                "topic_days": DAYS,
            }
        ),
        "quiet": Group({"hours": Many(Clock(), size=2), "days": Many(QUIET_DAYS, alone=True)}),
        "greetings": Group({"festivals": Many(KEPT, alone=True), "anniversaries": whole(0, 100)}),
        "calendar": Group(
            {
                "overdue": Word.of("roll", "keep"),
                "duration": whole(1, 1440),
                "travel": whole(0, 600),
                "confirm": Clock(),
            }
        ),
        "sharing": Group(
            {
                "mode": Word.of("public", "private", "mixed_area", "mixed_quota"),
                "quota": whole(0, 100_000),
                "neglected": whole(1, 100),
            }
        ),
        "hot": Group({"top": whole(1, 100), "days": DAYS, "new_days": DAYS}),
        "classify": Group({kind.id: Many(Text(), alone=True) for kind in NOTE_TYPES}),
        "deals": Deals(),
        "prime": Group(
            {
                "signs": Many(SIGNS, alone=True),
                "price_tolerance": Number(0, 1),
                "stale_days": DAYS,
            }
        ),
        "channels": FreeTable(Costs()),
        "answers": FreeTable(Text()),
        "match": Group(
            {
                "price_tolerance": Number(0, 1),
                "area_tolerance": Number(0, 1),
                "top": whole(1, 1000),
                "weights": FreeTable(Number(0, 1000)),
            }
        ),
        "commission": Group(
            {
                "private_holder": Number(0, 1),
                "missing": Word.of("normalise", "maintainer", "refuse"),
                "basis": Word.of("received", "due"),
                "platform": Number(0, 100),
                "first_showing_days": DAYS,
                "sale": shares,
                "lease": shares,
            }
        ),
        "empty_followups": Group({"days": DAYS, **dict.fromkeys(EMPTY_FOLLOWUPS, whole(1, 1000))}),
        "publish": Group({"verification_code": FLAG, "confirmed_days": DAYS}),
        "git": Group({"commit": Word.of("auto", "true", "false")}),
        "checks": Checks(),
    }
