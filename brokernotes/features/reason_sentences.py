"""The sentences of why something is due, by the code of the reason."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.features.ranking import OVERFLOW
from brokernotes.language import N_

SENTENCES: Mapping[str, str] = {
    "promise": N_("promised to be in touch on {date}"),
    "promise-at": N_("promised to be in touch on {date} at {time}"),
    "next-followup": N_("next follow-up set for {date}"),
    "planned": N_("{verb} planned for {date}"),
    "planned-at": N_("{verb} planned for {date} at {time}"),
    "cancelled": N_("{verb} of {date} called off"),
    "cancelled-at": N_("{verb} of {date} at {time} called off"),
    "confirm-client": N_("confirm with the client: {verb} of {date}"),
    "confirm-client-at": N_("confirm with the client: {verb} of {date} at {time}"),
    "confirm-owner": N_("tell the owner: {verb} of {date}"),
    "confirm-owner-at": N_("tell the owner: {verb} of {date} at {time}"),
    "confirm-tenant": N_("ask the tenant: {verb} of {date}"),
    "confirm-tenant-at": N_("ask the tenant: {verb} of {date} at {time}"),
    "feedback": N_("no feedback yet on the {verb} of {date}"),
    "signing": N_("signing expected on {date}"),
    "milestone": N_("{step} planned for {date}"),
    "milestone-by": N_("{step} is to be done by {date}"),
    "fee-buyer": N_("the buyer's fee of {open} yuan is due on {date}"),
    "fee-seller": N_("the seller's fee of {open} yuan is due on {date}"),
    "entrustment-end": N_("the entrustment ends on {date}"),
    "lease-end": N_("the lease ends on {date}"),
    "take-down": N_("{state}: take down the advertisement on {platform}"),
    "first-response": N_("inquired on {date}, not answered yet"),
    "first-response-at": N_("inquired on {date} at {time}, not answered yet"),
    "neglected": N_(
        "private and long overdue (every {days} days): propose to share it, or to have help"
    ),
    "retention": N_("personal data is kept until {date}: ask for consent anew, or erase it"),
    "birthday": N_("birthday on {date}"),
    "birthday-lunar": N_("birthday on {date}, {lunar}"),
    "birthday-age": N_("birthday on {date}, turns {age}"),
    "birthday-lunar-age": N_(
        "birthday on {date}, {lunar}, turns {age} ({nominal} as China counts)"
    ),
    "revisit-lease": N_("let until {lease_end}: let again, or sell?"),
}

# One day and several, as English has them.
COUNTED: Mapping[str, tuple[str, str]] = {
    "revisit": (
        N_("grade {grade} listing {market}: revisit every day"),
        N_("grade {grade} listing {market}: revisit every {count} days"),
    ),
    "revisit-own": (
        N_("revisit every day, as this note says"),
        N_("revisit every {count} days, as this note says"),
    ),
    "revisit-dormant": (
        N_("{state}: ask the owner every day"),
        N_("{state}: ask the owner every {count} days"),
    ),
    "followup": (
        N_("grade {grade} client {market}: follow up every day"),
        N_("grade {grade} client {market}: follow up every {count} days"),
    ),
    "followup-unknown": (
        N_("not known whether to buy or to rent: follow up every day (grade {grade})"),
        N_("not known whether to buy or to rent: follow up every {count} days (grade {grade})"),
    ),
    "followup-own": (
        N_("follow up every day, as this note says"),
        N_("follow up every {count} days, as this note says"),
    ),
    "followup-dormant": (
        N_("{state}: be in touch every day"),
        N_("{state}: be in touch every {count} days"),
    ),
    "reconfirm-rejected": (
        N_("{count} home turned down: confirm the demand again"),
        N_("{count} homes turned down: confirm the demand again"),
    ),
    "reconfirm-showings": (
        N_("{count} showing and no offer: confirm the demand again"),
        N_("{count} showings and no offer: confirm the demand again"),
    ),
    "satisfaction": (
        N_("{count} day after the handover of {date}: ask how it is going"),
        N_("{count} days after the handover of {date}: ask how it is going"),
    ),
    "referral": (
        N_("{count} day after the handover of {date}: ask whom they know"),
        N_("{count} days after the handover of {date}: ask whom they know"),
    ),
    "anniversary": (
        N_("{count} year since the handover of {date}: congratulate"),
        N_("{count} years since the handover of {date}: congratulate"),
    ),
    "festival": (
        N_("{festival} on {date}: {count} client likes to be greeted"),
        N_("{festival} on {date}: {count} clients like to be greeted"),
    ),
    OVERFLOW: (N_("{count} more"), N_("{count} more")),
}

MARKETS: Mapping[str, str] = {
    "sale": N_("for sale"),
    "lease": N_("for lease"),
    "buy": N_("to buy"),
    "rent": N_("to rent"),
}

ORIGINS: Mapping[str, str] = {
    "seed": N_("the textbook says so"),
    "found": N_("public practice or law"),
    "ours": N_("a default of this program, not the textbook's"),
    "rules": N_("set in brokernotes.yaml"),
    "note": N_("this note says so"),
}

# Why something waits although its day has come: by whether a colleague is the cause, and whether
# the contact is still to come. What a colleague talks about, and even who it is, is theirs.
WAITS: Mapping[tuple[bool, bool], str] = {
    (True, False): N_("a colleague was in touch with this person on {date}: it waits for {due}"),
    (True, True): N_(
        "a colleague is to be in touch with this person on {date}: it waits for {due}"
    ),
    (False, False): N_("this person was contacted on {date} already: it waits for {due}"),
    (False, True): N_("this person is to be contacted on {date} already: it waits for {due}"),
}

# Of somebody who has not answered on several days.
OTHER_WAY = N_("no answer by {ways} on {count} days since {date}: try another way, or another time")
OTHER_TIME = N_("no answer by {ways} on {count} days since {date}: try another time of the day")
GONE: Mapping[str, str] = {
    "followup": N_("out of reach for a month: propose to pause this client"),
    "revisit": N_("out of reach for a month: the owner is unconfirmed, do not publish"),
}

WISH = N_("asked not to be contacted before {date}")

NOTICES = frozenset({"entrustment_end", "lease_end"})  # told days before what they announce
DEADLINES = NOTICES | {"signing", "milestone", "fee"}  # money at risk: the days left are told, too

# What stands behind a date that a note itself gives, by the name of its rule.
NOTED: Mapping[str, str] = {
    "next": N_("the newest entry with a next date: {value}"),
    "next_followup": N_("next_followup of this note: {value}"),
    "planned": N_("a planned entry: {value}"),
    "expected_signing": N_("expected_signing of this deal: {value}"),
    "milestone": N_("the day of this step in the deal: {value}"),
    "lease_filing": N_("a lease is to be filed within {value} days, by law"),
    "fee_due_on": N_("the day the deal says the fee is due: {value}"),
    "retention_until": N_("`retention_until` of this note: {value}"),
    "birthday": N_("birthday of this note: {value}"),
    "published": N_("published on {value}, and off the market"),
    "cadence_days": N_("cadence_days of this note: {value}"),
}
