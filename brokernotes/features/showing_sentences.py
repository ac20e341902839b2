"""The sentences of what is to be known before a showing, by the code of the finding."""

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
    "rest-day": N_("{date} is {name}'s day off"),
}

# Said of one home, after its title.
OF_HOME: Mapping[str, str] = {
    "requirements": N_("“{text}”"),
    "short-notice": N_("that is shorter notice than they ask for"),
    "ask-owner": N_("agree with the owner first ({name})"),
    "ask-owner-unnamed": N_("agree with the owner first"),
    "ask-tenant": N_("a tenant lives there, ask them first"),
    "key-at": N_("key: {where}"),
    "key-lent": N_("the key was lent on {date} ({who}): get it back"),
    "no-way-in": N_("nobody lives there, and no key is noted"),
    "seen": N_("seen on {date} already: a second showing?"),
}
