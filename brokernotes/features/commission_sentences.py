"""The sentences of a split by their codes, and the command that adds what is missing."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from brokernotes.language import N_
from brokernotes.model.roles import ROLE_KINDS

WAYS: Mapping[str, str] = {
    "public-all": N_("Public: whoever contributed has a share."),
    "public-own": N_("Public: the listing is marked public."),
    "private-all": N_("Private: the holder's share replaces the listing's roles."),
    "private-own": N_("Private: the listing is marked private."),
    "quota-public-shown": N_("Public: the listing was not private on {day}, at the first showing."),
    "quota-private-shown": N_("Private: the listing was private on {day}, at the first showing."),
    "quota-public-agreed": N_("Public: the listing was not private on {day}; no showing counts."),
    "quota-private-agreed": N_("Private: the listing was private on {day}; no showing counts."),
    "area-inside": N_("Public: holder and {agent}, who closed, both serve {place}."),
    "area-across": N_("Private: holder and {agent}, who closed, do not both serve {place}."),
}

LINES: Mapping[str, str] = {
    "holder": N_("holds the listing: instead of all its roles"),
    "holder-closes": N_("holds the listing and closed the deal: takes all"),
    "only-one": N_("the only one on the client's side"),
    "falls-to-maintainer": N_("nobody did this: falls to the maintainer"),
    "platform": N_("what the firm keeps, before all shares"),
}
PARTS: Mapping[str, str] = {"holder": N_("Holder"), "platform": N_("The firm")}

REMARKS: Mapping[str, str] = {
    "outstanding-buyer": N_("The buyer still owes {amount} 元; it is not shared yet."),
    "outstanding-seller": N_("The seller still owes {amount} 元; it is not shared yet."),
    "normalised": N_("Nobody was {roles}: the others share that in proportion."),
    "without-share": N_("The table has no share for {roles}."),
    "now": N_("There is no git history to ask: what the notes say now counts."),
    "lapsed": N_(
        "The showing of {day} is {days} days old: a first showing is worth its role for {limit}."
    ),
    "late-entry": N_(
        "{role}: {agent}'s {verb} of {day} was written down {days} d late (补录); "
        "`brokernotes evidence` shows what stood before."
    ),
    "changed-entry": N_(
        "{role}: {agent}'s {verb} of {day} was changed on {when} by {author}; `brokernotes "
        "evidence` shows how it stood before."
    ),
    "late-note": N_(
        "{roles}: what earned this came into git days later, with its whole note; "
        "`brokernotes evidence` tells when."
    ),
    "left": N_("{agent} left on {day}."),
}

MISSING: Mapping[str, str] = {
    "no-listing": N_("the deal names no listing that is known"),
    "no-transaction": N_("nothing says whether it is a sale or a lease"),
    "no-fee-received": N_("no fee is written down as received"),
    "no-fee-due": N_("no fee is written down as due"),
    "nothing-received": N_("the fees received are 0"),
    "nothing-due": N_("the fees due are 0"),
    "unreadable": N_("{key} cannot be read"),
    "co-broker-more": N_("the co-broker's {co_broker} 元 are more than the {amount} 元 there are"),
    "no-closing": N_("nobody closed the deal: no signing in its log says so, and no field"),
    "whose": N_("{role}: the {verb} of {day} does not say whose it is"),
    "no-role": N_("{role}: nobody, and the rules refuse a part without a name"),
    "no-maintainer": N_("nobody maintains the listing, who is to get what {roles} would"),
    "no-holder": N_("the listing is private, and nobody holds it"),
    "no-table": N_("no shares are agreed on for a {transaction}"),
    "no-share": N_("of those who contributed nobody has a share for a {transaction}"),
    "no-district": N_("the area decides, and the listing has no district"),
    "no-areas": N_("the area decides, and {agent} has no service areas"),
}

_SET = "brokernotes set {note} "
_COMMANDS: Mapping[str, str] = {
    "no-listing": _SET + "listing=REF",
    "no-transaction": _SET + "transaction=sale",
    "no-fee-received": _SET + "fee_buyer_received=AMOUNT",
    "no-fee-due": _SET + "fee_buyer_due=AMOUNT",
    "nothing-received": _SET + "fee_buyer_received=AMOUNT",
    "nothing-due": _SET + "fee_buyer_due=AMOUNT",
    "unreadable": "brokernotes edit {note}",
    "co-broker-more": _SET + "co_broker_fee=AMOUNT",
    "no-closing": _SET + "closing_agent=NAME",
    "no-holder": _SET + "agent=NAME",
    "no-district": _SET + "district=AREA",
    "no-areas": _SET + "service_areas=AREA",
}
_BY_ROLE = frozenset(("whose", "no-role", "no-maintainer"))


def command_for(code: str, params: Mapping[str, object]) -> str:
    """The command that adds what is missing; empty: it is the rules that want it.

    Args:
        code: of the missing thing.
        params: its places.
    """
    note = shlex.quote(str(params.get("note", "")))  # a path where there is no id
    if code in _BY_ROLE:
        key = ROLE_KINDS[str(params["role"])].key
        return f"brokernotes set {note} {key}=NAME"
    return _COMMANDS.get(code, "").format_map({**params, "note": note})


# Numbers made up to show the form (ours); every firm agrees on its own.
EXAMPLE: Mapping[str, int] = {
    "entry_agent": 10,
    "maintainer": 15,
    "surveyor": 5,
    "key_holder": 5,
    "exclusive_agent": 5,
    "first_showing_agent": 15,
    "closing_agent": 45,
}
