"""What a home is called where others read it: estate and rooms, and typed texts made safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from brokernotes.features.matching_texts import MatchVoice
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

Values = Mapping[str, Any]

# Control characters, and those that make a text run the other way.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """A typed text as it may leave: on one line, phones masked, nothing that turns it around."""
    return mask_phones_in_text(straight(text))


def straight(text: str) -> str:
    """A typed text on one line, without what cannot be seen or turns it around."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def name_of_home(values: Values, estate: Values, voice: MatchVoice) -> str:
    """Estate and rooms; never the note's own title, in which anything may stand."""
    kind = values.get("property_type")
    where = estate.get("title") or values.get("district") or ""
    what = (
        rooms_of(values, voice)
        or (voice.words(kind, "property_type") if kind else "")
        or voice.text(N_("a home"))
    )
    return safe(f"{where} {what}")


def rooms_of(values: Values, voice: MatchVoice) -> str:
    """How many rooms a home has; empty: not known."""
    counts = [values.get(key) for key in ("bedrooms", "living_rooms", "bathrooms")]
    if counts[0] is None:
        return ""
    is_chinese = voice.language.code == "zh"
    signs = ("室", "厅", "卫") if is_chinese else (" bed", " living", " bath")
    said = [f"{count}{sign}" for count, sign in zip(counts, signs, strict=True) if count]
    return ("" if is_chinese else " ").join(said)
