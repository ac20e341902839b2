"""What a phone did to an item, and whether the notes know of it.

Nothing beside the notes says what has been taken over: each thing a phone can do has an id of its
own, made from the item and from what was done, and the log entry written for it bears that id. So
it comes into the notes once, also on another computer and after all that was remembered is lost.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from brokernotes.features.caldav_merging import remark_of
from brokernotes.features.caldav_reading import Base, PhoneItem, written_when
from brokernotes.features.caldav_wanted import Wanted
from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.model.records import LogEntry
from brokernotes.notes.logbook import entry_ref, entry_refs
from brokernotes.notes.names import ID_ALPHABET

MOVABLE = frozenset({"promise", "followup", "revisit", "planned"})
CONTACTS = frozenset(
    {"promise", "followup", "revisit", "first_response", "satisfaction", "referral",
     "reconfirm_demand"}
)  # fmt: skip
_MIDNIGHT = "T00:00"  # how some programs write a day, having no days
_FIRST = "0"  # ids of 2020 and 2021, which no computer mints any more
_LENGTH = 9  # as minted ones have
_LONGEST = 40  # lines of one remark that are told apart by its id
_OVER = ("done", "cancelled")
_NO_MATTER = re.compile(r"[\s\\]+")


class Key(NamedTuple):
    """The parts of a key: the note, the kind of thing to do, which of them."""

    note: str
    kind: str
    occurrence: str


class Log(NamedTuple):
    """What a note's log knows of phones.

    Attributes:
        ids: of all entries.
        said: lines of the entries that came from a phone, and those under any entry, without
            what spelling changes.
        over: ids, or stamps, of plans that are ticked or called off.
        contacts: days on which somebody was spoken with, or tried to be.
    """

    ids: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    contacts: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a phone did to one item that the notes do not know yet.

    Attributes:
        key: of the item, after what the notes know of.
        move_id: of the entry that tells of its new day; "": none is due.
        moved_to: the day or time it was moved to, as `written_when` says it; "": not moved.
        is_settled: whether the notes know of the move, so that the item bears their day again.
        is_refused: whether the notes' own day stands: only they can move such a thing, or
            did so meanwhile.
        done_id: of the entry that tells it is done; "": none is due.
        remark: new lines.
        remark_id: of the entry for them; "": there are none.
        is_undone: whether it was ticked off, and no longer is.
    """

    key: str
    move_id: str = ""
    moved_to: str = ""
    is_settled: bool = False
    is_refused: bool = False
    done_id: str = ""
    remark: tuple[str, ...] = ()
    remark_id: str = ""
    is_undone: bool = False

    @property
    def is_any(self) -> bool:
        """Whether something is to be written down."""
        return bool(self.move_id or self.done_id or self.remark)


def key_parts(key: str) -> Key:
    """A key's parts; a note's path may hold slashes."""
    return Key(*("", "", *key.rsplit("/", 2))[-3:])


def phone_id(uid: str, *what: str) -> str:
    """The id of the entry for one thing a phone did to an item.

    Args:
        uid: of the item.
        what: was done.

    Returns:
        `0` and eight characters: 40 bits of a digest.
    """
    parts = "".join(f"{len(one)}:{one}" for one in (uid, *what))
    number = int.from_bytes(hashlib.sha256(parts.encode(errors="backslashreplace")).digest()[:5])
    digits = (ID_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH - 1))
    return _FIRST + "".join(digits).lower()


def read_log(entries: Iterable[LogEntry], verbs: Container[str] = ()) -> Log:
    """What a note's log knows of phones.

    Args:
        entries: of the log.
        verbs: ids of those that are contacts.
    """
    found = tuple(entries)
    said = {bare(line.strip().removeprefix("- ")) for entry in found for line in entry.children}
    said |= {bare(one.text) for one in found if one.id and is_phone_id(one.id)}
    over = (ref for ref, one in zip(entry_refs(found), found, strict=True) if one.box in _OVER)
    ids = frozenset(entry.id for entry in found if entry.id)
    contacts = {one.day for one in found if one.verb in verbs and one.box in (None, "done")}
    return Log(ids, frozenset(said) - {""}, frozenset(over), frozenset(contacts))


def tags_under(entries: Iterable[LogEntry] | None, ref: str) -> list[str]:
    """The ids of phones' doings that stand in the lines under an entry.

    Args:
        entries: of the log; None: there is none.
        ref: of the entry, its id or stamp.
    """
    found = tuple(entries or ())
    index = entry_ref(found, ref)
    words = " ".join(found[index].children).split() if index is not None else []
    return [word for word in words if is_phone_id(word)]


def is_phone_id(id_: str) -> bool:
    """Whether an entry's id says that it came from a phone."""
    return id_.startswith(_FIRST) and len(id_) == _LENGTH


def bare(line: str) -> str:
    """A line without what may differ where a log has it: spaces, and backslashes before marks."""
    return _NO_MATTER.sub("", line)


def news_of(
    item: PhoneItem, key: str, base: Base | None, wanted: Mapping[str, Wanted], log: Log
) -> News:
    """What a phone did to an item of ours.

    Args:
        item: as it stands on the server.
        key: it was written for.
        base: what we wrote last; None: not known, then no move can be told.
        wanted: what the notes have now, by key.
        log: of the note.
    """
    after, moved_to, move_id, is_settled, is_refused = _move(item, key, base, wanted, log)
    done_id = phone_id(item.uid, after, "done") if item.is_task else ""
    _, kind, occurrence = key_parts(after)
    was_done = (
        done_id in log.ids
        or (kind == "planned" and occurrence in log.over)
        or (kind in CONTACTS and after not in wanted and _day_done(item) in log.contacts)
    )
    own = wanted.get(key)
    lines = remark_of(item.description, _text(base, own), own.text if own else None)
    remark = _unfiled(item.uid, lines, log)
    return News(
        key=after,
        move_id=move_id,
        moved_to=moved_to,
        is_settled=is_settled,
        is_refused=is_refused,
        done_id=done_id if item.is_done and not was_done else "",
        remark=remark,
        remark_id=phone_id(item.uid, "said", *remark) if remark else "",
        is_undone=done_id in log.ids and not item.is_done,
    )


def _day_done(item: PhoneItem) -> date | None:
    """When it was ticked: of a contact that she logged herself that day, it tells nothing new."""
    moment = item.done_at or item.touched
    return moment.date() if moment else None


def _text(base: Base | None, wanted: Wanted | None) -> str | None:
    """The description we wrote, as far as it can be known."""
    if base is None or base.text is not None:
        return base.text if base else None
    return wanted.text if wanted is not None and wanted.digest == base.digest else None


def _move(
    item: PhoneItem, key: str, base: Base | None, wanted: Mapping[str, Wanted], log: Log
) -> tuple[str, str, str, bool, bool]:
    """The key after the move, whereto, the id of its entry, whether it is settled, or refused."""
    moved_to = written_when(item.when)
    if base is None or not moved_to or moved_to in (base.when, f"{base.when}{_MIDNIGHT}"):
        return key, "", "", False, False
    note, kind, _ = key_parts(key)
    id_ = phone_id(item.uid, key, "moved", moved_to)
    after = f"{note}/{'planned' if kind == 'planned' else 'promise'}/{id_}"
    own = wanted.get(key)
    if id_ in log.ids:
        is_followed = kind in MOVABLE and (own is None or own.is_cancelled or after in wanted)
        return after if is_followed else key, moved_to, "", True, not is_followed
    if item.is_done:  # what is over has no day
        return key, "", "", False, False
    if own is not None and not own.is_rolled and own.when == moved_to:
        return key, "", "", True, False  # the notes came to the same
    is_gone = kind == "planned" and (own is None or own.is_cancelled)
    is_changed = own is not None and not own.is_rolled and own.when != base.when
    return key, moved_to, id_, False, kind not in MOVABLE or is_gone or is_changed


def _unfiled(uid: str, lines: Sequence[str], log: Log) -> tuple[str, ...]:
    """The lines that no entry tells: none by its id, and none by its words."""
    new: list[str] = []
    at = 0
    while at < len(lines):
        ends = range(min(len(lines), at + _LONGEST), at, -1)
        end = next((end for end in ends if phone_id(uid, "said", *lines[at:end]) in log.ids), at)
        if end == at:
            end = at + 1
            words = bare(lines[at])
            if words and words not in log.said:
                new.append(lines[at])
        at = end
    return tuple(new)
