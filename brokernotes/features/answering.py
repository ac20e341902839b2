"""What a person answered to the question under a dictated line."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.features.capturing import PROPOSED, QUESTION, Verdict
from brokernotes.features.capturing_deals import with_answer
from brokernotes.features.capturing_lore import Lore
from brokernotes.features.capturing_verdict import capture
from brokernotes.light_dataclasses import NamedTuple

_YES = frozenset(
    ("是", "是的", "好", "好的", "对", "对的", "可以", "行", "嗯", "确认", "归档", "yes", "y", "ok")
)  # fmt: skip
_NO = frozenset(("不用", "不要", "不", "否", "算了", "不归档", "no", "n", "skip", "drop"))
_TO_WRITE_ANEW = ("bad-value", "contradiction")
_NUMBERED = re.compile(r"(?:^|[ ·])(?P<number>[0-9]{1,2}) (?P<name>[^·→]+?)(?= ·|[ ]*→|$)")


class Answered(NamedTuple):
    """A line with its answer.

    Attributes:
        verdict: on the line.
        accepted: whether a proposal got its yes.
        dismissed: whether the line needs no filing.
        words: of the answer that name something, kept until the line is filed.
    """

    verdict: Verdict
    accepted: bool = False
    dismissed: bool = False
    words: str = ""


def read_answer(  # noqa: PLR0913  # the parts of one line, each from elsewhere
    text: str, day: date, lore: Lore, answer: str = "", question: str = "", ticked: bool = False
) -> Answered:
    """The verdict on a line and the answer to its question.

    Args:
        text: the dictated line.
        day: it was said.
        lore: of the vault.
        answer: as typed; "": none.
        question: as it stands under the line, whose numbers the answer may name.
        ticked: whether its box was ticked, which is a yes.
    """
    accepted, words = ticked, []
    for word in re.split(r"[,，;；。]", answer):
        bare = word.strip()
        if bare.casefold() in _NO:
            return Answered(capture(text, day, lore), dismissed=True, words=bare)
        if bare.casefold() in _YES:
            accepted = True
        elif bare:
            words.append(_named(bare, question))
    said = "，".join(words)
    verdict = capture(text, day, lore, said)
    if verdict.kind == QUESTION and verdict.candidates and said.isdigit():
        at = int(said) - 1
        if 0 <= at < len(verdict.candidates):
            said = _name(verdict.candidates[at], lore)
            verdict = capture(text, day, lore, said)
    if said and verdict.code in _TO_WRITE_ANEW and verdict.said in text:
        mended = capture(text.replace(verdict.said, said, 1), day, lore)
        verdict = mended if mended.kind != QUESTION else verdict
    verdict = with_answer(verdict, said, day)
    return Answered(verdict, accepted and verdict.kind == PROPOSED, words=said)


def _named(word: str, question: str) -> str:
    """The note a number stands for in the question; the word itself where it is none."""
    if not word.isdigit() or len(word) > 2:
        return word
    for found in _NUMBERED.finditer(question):
        if found["number"] == word:
            return found["name"].strip()
    return word


def _name(ref: str, lore: Lore) -> str:
    known = lore.people.get(ref) or lore.homes.get(ref)
    return known.name if known else ref
