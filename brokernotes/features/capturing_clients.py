"""A new client as dictated: 新客 王女士 12000001111 求租 两房 6000."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing import (
    CERTAIN,
    PROPOSED,
    QUESTION,
    Append,
    NewClient,
    Verdict,
)
from brokernotes.features.capturing_demand import PHONE, Demand
from brokernotes.features.capturing_lore import Lore, plain
from brokernotes.model.records import LogEntry

_NEW = re.compile("(?:新增?客户?|新客源|new (?:client|lead|customer))[ ::,，、]*")


def read_new_client(text: str, day: date, lore: Lore) -> Verdict | None:
    """The verdict on a line that begins with 新客; None: it does not.

    Args:
        text: of the line, or an answer before it.
        day: it was said.
        lore: of the vault.
    """
    found = _NEW.match(plain(text).lstrip())
    if not found:
        return None
    lead = len(text) - len(text.lstrip())
    reading = Demand(text, day, lore)
    reading.read(found.end() + lead)
    reading.settle_amounts()
    if not {"salutation", "phone"} & reading.values.keys():
        return Verdict(kind=QUESTION, code="who", day=day)
    if reading.intents and not {"buy", "rent"} & set(reading.intents):
        reading.keep_words(found.end() + lead)  # of a home to sell nothing is a demand
    labels = lore.schema.vocabularies["intent"]
    values = {key: list(value) for key, value in reading.values.items()}
    if reading.intents:
        values["intents"] = [labels.label(one, lore.book.language) for one in reading.intents]
    ordered = {key: values[key] for key in lore.schema.fields("client") if key in values}
    joined = tuple((key, "、".join(items)) for key, items in ordered.items())
    action = NewClient(_title(ordered, lore.book.language), joined, day, " ".join(reading.rest))
    if lore.is_made(action):
        return Verdict(kind=CERTAIN, actions=(action,), day=day)
    doubt = _doubt(ordered, lore)
    return _known(reading, lore) or Verdict(
        kind=PROPOSED if doubt else CERTAIN, code=doubt, actions=(action,), day=day,
        said="、".join(ordered.get("salutation", [])),
    )  # fmt: skip


def _doubt(values: dict[str, list[str]], lore: Lore) -> str:
    if not values:
        return "no-intent"
    named = [lore.names.find(plain(word), 0) for word in values.get("salutation", [])]
    if "phone" not in values and any(one and one[0].people for one in named):
        return "same-name"
    return "" if "intents" in values else "no-intent"


def _known(reading: Demand, lore: Lore) -> Verdict | None:
    """A client who has the phone already: what was said goes into that log, after a yes."""
    phones = set(reading.values.get("phone", ()))
    people = [one for one in lore.people.values() if phones & set(one.phones)]
    if not people:
        return None
    text = _NEW.sub("", reading.text.strip(), count=1) if reading.text.isascii() else reading.text
    text = re.sub("^[ ]*新增?客户?(?:源)?[ ::,，、]*", "", text)
    text = " ".join(PHONE.sub("", text).split())
    entry = LogEntry(
        day=reading.day, verb="followup", line=0, fields={"from": "client"}, text=text.strip()
    )
    return Verdict(
        kind=PROPOSED, code="known-phone", candidates=(people[0].ref,),
        actions=(Append(people[0].ref, entry),), day=reading.day,
    )  # fmt: skip


def _title(values: dict[str, list[str]], language: str) -> str:
    """李女士 浦东两房: how the client is addressed and the want in a word."""
    who = (values.get("salutation") or ["客户" if language == "zh" else "Client"])[0]
    place = (
        values.get("districts") or values.get("neighborhoods") or values.get("intents") or [""]
    )[0]
    rooms = (values.get("bedrooms_min") or [""])[0]
    if language == "zh":
        count = (
            "一两三四五六七八九"[int(rooms) - 1] if rooms.isdigit() and 0 < int(rooms) < 10 else ""
        )
        want = f"{place}{count}房" if count else place
    else:
        want = f"{place} {rooms} bed".strip() if rooms else place
    return f"{who} {want}".strip()
