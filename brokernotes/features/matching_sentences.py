"""The sentences of a match: what each criterion is called, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.language import N_

LABELS: Mapping[str, str] = {
    "price": N_("price"), "rent": N_("rent"), "place": N_("place"),
    "property_type": N_("kind of property"), "bedrooms": N_("bedrooms"),
    "area": N_("area"), "must_have": N_("must have"), "deal_breakers": N_("not acceptable"),
    "school": N_("school place"), "available": N_("free in time"),
    "lease_mode": N_("whole or shared"), "pets": N_("pets"), "min_term": N_("shortest lease"),
    "loan": N_("bank loan"),
    "nice_to_have": N_("nice to have"), "facing": N_("facing"), "decoration": N_("decoration"),
    "lifestyle": N_("way of life"), "floor": N_("floor"), "year_built": N_("year built"),
    "learned": N_("learned from reactions"),
}  # fmt: skip

# Of criteria whose question is no "… not known".
UNKNOWN: Mapping[str, str] = {
    "school": N_("whether it has a school place that is free"),
    "pets": N_("whether pets are allowed"),
    "loan": N_("whether a bank lends on it"),
}

# Of words: by criterion and verdict.
OF_TERMS: Mapping[str, Mapping[str, str]] = {
    "must_have": {
        "fit": N_("has {wants}"), "miss": N_("no {wants}, which is a must"),
        "unknown": N_("whether it has {wants}, which is a must"),
    },
    "nice_to_have": {
        "fit": N_("has {wants}"), "miss": N_("no {wants}"), "unknown": N_("whether it has {wants}"),
    },
    "deal_breakers": {
        "fit": N_("no {wants}, which is not acceptable"),
        "miss": N_("has {wants}, which is not acceptable"),
        "unknown": N_("whether it has {wants}, which is not acceptable"),
    },
    "lifestyle": {
        "fit": N_("the estate is {wants}"), "miss": N_("the estate is not {wants}"),
        "unknown": N_("whether the estate is {wants}"),
    },
}  # fmt: skip

# Of words that are said of a home and are nothing it has: 朝南, 可养猫, 顶楼.
SAID_OF: Mapping[str, Mapping[str, str]] = {
    "must_have": {
        "fit": N_("“{wants}”: yes"), "miss": N_("not “{wants}”, which is a must"),
        "unknown": N_("whether “{wants}”, which is a must"),
    },
    "nice_to_have": {
        "fit": N_("“{wants}”: yes"), "miss": N_("not “{wants}”"),
        "unknown": N_("whether “{wants}”"),
    },
    "deal_breakers": {
        "fit": N_("not “{wants}”, which is not acceptable"),
        "miss": N_("“{wants}”, which is not acceptable"),
        "unknown": N_("whether “{wants}”, which is not acceptable"),
    },
}  # fmt: skip

# By whether the homes were rejected for it: one time, several times.
OF_LESSONS: Mapping[bool, Mapping[str, tuple[str, str]]] = {
    True: {
        "miss": (N_("{trait}, rejected {count} time for {objection}"),
                 N_("{trait}, rejected {count} times for {objection}")),
        "fit": (N_("avoids “{trait}”, rejected {count} time"),
                N_("avoids “{trait}”, rejected {count} times")),
        "unknown": (N_("whether {trait}, rejected {count} time for {objection}"),
                    N_("whether {trait}, rejected {count} times for {objection}")),
    },
    False: {
        "miss": (N_("{trait}, {count} time an objection ({objection})"),
                 N_("{trait}, {count} times an objection ({objection})")),
        "fit": (N_("avoids “{trait}”, {count} time an objection"),
                N_("avoids “{trait}”, {count} times an objection")),
        "unknown": (N_("whether {trait}, {count} time an objection ({objection})"),
                    N_("whether {trait}, {count} times an objection ({objection})")),
    },
}  # fmt: skip
