"""What there is to say to somebody, as notes and the market around them tell it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from brokernotes.light_dataclasses import NamedTuple

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Topic(NamedTuple):
    """One thing worth saying, and why now.

    Attributes:
        code: of its sentence, worded by `features.topic_sentences`.
        params: its places; ids, numbers and dates in ISO form, so that JSON can carry them.
        day: since when there is that to say, in ISO form; "": it is not known.
        note: id, else path, of the note that tells it.
        entry: id or stamp of the log entry that tells it; "": the note's fields do.
        about: id, else path, of the home it is about, where that is another note; as typed until
            it is looked up.
        start: the ISO day before which it is too early; "": none.
        of: id, else path, of the note to whose person it is told, where a row is named by another
            of that person's notes.
    """

    code: str
    params: Mapping[str, object] = _NOTHING
    day: str = ""
    note: str = ""
    entry: str = ""
    about: str = ""
    start: str = ""
    of: str = ""


class Thread(NamedTuple):
    """Where the conversation with the person of a note stands.

    Attributes:
        since: the moment of the last effective contact, else the day the note begins, in ISO
            form; what came later was not spoken of. "": nothing to count from.
        told: the ISO day a link was last written down since, in an entry or a plan, by its target.
        words: what was written down since, so that a home named there counts as told.
        topics: what the note itself gives to say.
        awaits: whether somebody is about to look at the home, or was to.
    """

    since: str = ""
    told: Mapping[str, str] = MappingProxyType({})
    words: str = ""
    topics: tuple[Topic, ...] = ()
    awaits: bool = False


class Move(NamedTuple):
    """Something that became of a home on the market.

    Attributes:
        at: the day, or the moment where it is known, in ISO form.
        kind: `new`, `price_cut`, `price_rise` or `status`.
        old: the price, or the id of the status, before; None: there was none.
        new: the same from then on.
        side: `sale` or `lease`, of a price; "": of none.
        entry: id or stamp of the log entry that tells it.
    """

    at: str
    kind: str
    old: float | str | None = None
    new: float | str | None = None
    side: str = ""
    entry: str = ""


def is_later(moment: str, since: str) -> bool:
    """Whether something came after a moment; what may have come before it counts as told.

    Args:
        moment: a day or a moment, in ISO form.
        since: likewise; "": everything came after.
    """
    if moment[:10] != since[:10] or not since:
        return moment[:10] > since[:10]
    return len(moment) > 10 and len(since) > 10 and moment > since
