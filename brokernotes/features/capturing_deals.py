"""What a dictated 定金, 签约 or 退订 says of the deal: how much, by when, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from brokernotes.errors import UsageError
from brokernotes.features.capturing import Append, Verdict
from brokernotes.features.capturing_lore import plain
from brokernotes.features.capturing_times import match_promise
from brokernotes.features.lifecycle import read_word
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Schema
from brokernotes.model.spoken import match_amount
from brokernotes.model.verbs import DEEDS

_SIGNING = re.compile("签约|签合同|sign", re.IGNORECASE)
_SETTLED = (
    ("doubled", re.compile("双倍|double", re.IGNORECASE)),
    ("forfeited", re.compile("没收|不退|forfeit|kept", re.IGNORECASE)),
    ("refunded", re.compile("退还|退了|退回|已退|全退|退定|refund|returned", re.IGNORECASE)),
)
_LEAST_YUAN = 1000
_WHY = re.compile("(?:因为|原因是?[ :：]?|because(?: of)?)(?P<why>.+)", re.IGNORECASE)


def word_of(entry: LogEntry, schema: Schema) -> str | None:
    """The status or deed that an entry tells of; None: it tells of none.

    Args:
        entry: that happened; what is only planned changes nothing.
        schema: for the words of statuses.
    """
    if not entry.is_happened:
        return None
    if entry.verb in DEEDS:
        return entry.verb
    if entry.verb == "status" and entry.text.split():
        try:
            return read_word(entry.text.split()[0].strip("，,。;；"), schema, "zh")
        except UsageError:
            return None
    return None


def deal_values(entry: LogEntry) -> Iterator[tuple[str, str]]:
    """Keys and values of the deal, as the words of an entry say them.

    Args:
        entry: with the words of the line, and the day it names as `next`.
    """
    said = plain(entry.text)
    if entry.verb == "deposit":
        amount = _amount(said)
        if amount is not None:
            yield "deposit_amount", f"{amount:g}" if amount < 100_000 else str(amount)
        day = entry.fields.get("next")
        if isinstance(day, datetime):
            day = day.date()
        if isinstance(day, date) and _SIGNING.search(said):
            yield "expected_signing", day.isoformat()
    elif entry.verb == "deposit_cancel":
        for id_, pattern in _SETTLED:
            if pattern.search(said):
                yield "deposit_settlement", id_
                break


def reason_of(entry: LogEntry) -> str:
    """Why something was called off, in the words of the line."""
    given = entry.fields.get("reason")
    if isinstance(given, str):
        return given
    why = _WHY.search(entry.text)
    return (why["why"] if why else entry.text).strip(" ，,。;；")


def _amount(said: str) -> int | float | None:
    """The first amount of money, in 元: with its unit, or too high to be 万 or a count."""
    for at in range(len(said)):
        if at and (said[at - 1].isdecimal() or said[at - 1] in ".零一二两三四五六七八九十百千万"):
            continue
        amount = match_amount(said, at)
        if amount is not None and (amount.is_yuan or amount.number >= _LEAST_YUAN):
            return amount.number
    return None


def with_answer(verdict: Verdict, said: str, day: date) -> Verdict:
    """A verdict on a deal with what a person added: 10万, 下周五签约, 因为贷款没批.

    Args:
        verdict: on the line.
        said: the answer's words.
        day: the line was said.
    """
    words = " ".join(word for word in said.split("，") if _is_of_deal(word))
    if not words or not any(_is_deed(action) for action in verdict.actions):
        return verdict
    actions = tuple(
        action._replace(entry=_added(action.entry, words, day))
        if isinstance(action, Append) and _is_deed(action)
        else action
        for action in verdict.actions
    )
    return replace(verdict, actions=actions)


def _is_deed(action: object) -> bool:
    return isinstance(action, Append) and action.entry.verb in DEEDS and action.entry.is_happened


def _is_of_deal(word: str) -> bool:
    said = plain(word)
    patterns = (_SIGNING, _WHY, *(pattern for _, pattern in _SETTLED))
    return _amount(said) is not None or any(pattern.search(said) for pattern in patterns)


def _added(entry: LogEntry, words: str, day: date) -> LogEntry:
    fields = dict(entry.fields)
    said = plain(words)
    for at in range(len(said)):
        promise = match_promise(said, at, len(said), day)
        if promise is not None and _SIGNING.search(said):
            fields["next"] = promise.value
            break
    return replace(entry, text=f"{entry.text} {words}".strip(), fields=fields)
