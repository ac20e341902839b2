"""What two notes of one type share when they are alike: what `new --from` takes over.

Of a listing it is what the building and the estate decide, so another flat in it says the same;
of a client it is the wish. Never who somebody is, which door, what it costs, how it stands,
a date, or anything a brokerage keeps confidential: those are found out anew.
"""

from __future__ import annotations

from collections.abc import Mapping

ALIKE: Mapping[str, frozenset[str]] = {
    "listing": frozenset((
        "community", "district", "neighborhood", "location", "year_built", "building",
        "property_type", "transaction", "total_floors", "elevator", "lift_ratio", "structure",
        "land_term", "management_fee", "school", "school_zone",
    )),
    "client": frozenset((
        "intents", "districts", "neighborhoods", "communities", "bedrooms_min", "bedrooms_max",
        "area_min", "area_max", "purpose", "floor_pref", "decorations", "year_built_min",
        "must_have", "nice_to_have", "deal_breakers", "lifestyle", "payment", "channel",
    )),
    "community": frozenset((
        "district", "neighborhood", "schools",
    )),
    "deal": frozenset(("transaction", "template")),
    "agent": frozenset(("firm", "store")),
}  # fmt: skip
