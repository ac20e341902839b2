"""What is to be known before a showing in words: a sentence for each finding, what to bring."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.language import N_

SENTENCES: Mapping[str, str] = {
    "reserved": N_("{title} is reserved: a deposit is paid"),
    "off-market": N_("{title} is not on offer: {status}"),
    "clash-client": N_("{name} has {what} from {time} to {until} already"),
    "clash-agent": N_("{name} is out from {time} to {until} already: {what}"),
    "clash-listing": N_("{name} is shown from {time} to {until} already: {what}"),
    "viewing-times": N_("{name} looks at homes {text}"),
    "weekend-only": N_("{name} has time at weekends only"),
    "no-contact": N_("{name} is not to be contacted unasked"),
    "not-until": N_("{name} asked not to be contacted before {date}"),
    "call-times": N_("what suits {name}: {text}"),
    "quiet-hours": N_("nobody is disturbed from {start} to {end}"),
    "colleague-was": N_("a colleague was in touch with {name} on {date}"),
    "colleague-will": N_("a colleague is to be in touch with {name} on {date}"),
    "rest-day": N_("{date} is {name}'s day off"),
}

# Said of one home, after its title.
OF_HOME: Mapping[str, str] = {
    "requirements": N_("“{text}”"),
    "short-notice": N_("that is shorter notice than they ask for"),
    "entrustment-over": N_("the entrustment ended on {date}: have it renewed first"),
    "no-entrustment": N_("there is no written entrustment"),
    "ask-owner": N_("agree with the owner first ({name})"),
    "ask-owner-unnamed": N_("agree with the owner first"),
    "ask-holder": N_("agree through {name}, who holds it"),
    "ask-tenant": N_("a tenant lives there, ask them first"),
    "key-at": N_("key: {where}"),
    "key-lent": N_("the key was lent on {date} ({who}): get it back"),
    "key-lent-unnamed": N_("the key was lent on {date}: get it back"),
    "no-way-in": N_("nobody lives there, and no key is noted"),
    "slip-signed": N_("showing slip {slip} is signed"),
    "seen": N_("seen on {date} already: a second showing?"),
}

# What she takes along to every showing (seed).
BRING = (
    N_("shoe covers"),
    N_("listing sheets"),
    N_("business cards"),
    N_("showing slip to sign"),
    N_("the client's ID"),
)
