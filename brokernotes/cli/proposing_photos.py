"""Photos on their way into a paper: found in the notes, without what they tell, and made small."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.errors import SystemRefusedError
from brokernotes.features.photos import Photo, stripped
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.body_links import read_links
from brokernotes.notes.log_sections import plain_title
from brokernotes.storage.attachments import read_attachments

if TYPE_CHECKING:
    from brokernotes.notes.note import Note
    from brokernotes.storage.queries import NoteRow

# A page that is sent in a chat stays small (all ours).
MOST_OF_HOME, MOST_OF_ALL = 5, 20
SMALL = 300_000  # bytes of a photo that goes as it is
LARGE = 1_000_000  # bytes of one that does not go where no browser makes it smaller
SIDE = 1200  # px of the longer side of one that is made smaller

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)$")
# Photos that may be shown stand under such a heading, never with the owner's affairs or in the log.
_SHOWN = re.compile(
    "卖点|亮点|照片|图片|实景|strengths|selling points|highlights|photos|pictures", re.IGNORECASE
)

Say = Callable[..., None]


class Found(NamedTuple):
    """A photo of a note: what the note calls it."""

    target: str
    photo: Photo


class Album:
    """The photos of the homes in one paper.

    Args:
        app: of the run.
        homes: how many there are.
        say: tells the agent a message with places.
    """

    def __init__(self, app: App, homes: int, say: Say) -> None:
        self._app = app
        self._most = max(1, min(MOST_OF_HOME, MOST_OF_ALL // max(homes, 1)))
        self._say = say

    def of(self, row: NoteRow, note: Note) -> list[Found]:
        """The photos that a note shows under its strengths, without where and when."""
        targets = list(_embedded(note))
        found = []
        root = self._app.vault.root
        for one in read_attachments(root, row.path, targets[: self._most]):
            photo = stripped(one.data) if one.data is not None else None
            if photo is None:
                left_out = N_(
                    "{file} is left out: no JPEG, PNG or WebP of up to 30 MB, or not there"
                )
                self._say(left_out, file=one.target)
            else:
                found.append(Found(one.target, photo))
        if len(targets) > self._most:
            self._say(
                N_("the first {count} photos of {listing} are shown"),
                count=self._most,
                listing=row.title,
            )
        return found

    def small(self, homes: Sequence[Sequence[Found]]) -> list[tuple[Photo, ...]]:
        """The photos of each home, small enough to be sent."""
        large = [one for home in homes for one in home if len(one.photo.data) > SMALL]
        made = dict(zip(map(id, large), self._shrunk(large), strict=True))
        return [
            tuple(
                photo for one in home
                if (photo := made.get(id(one), one.photo)) is not None
            )
            for home in homes
        ]  # fmt: skip

    def _shrunk(self, large: Sequence[Found]) -> list[Photo | None]:
        """Each made smaller by a browser; without one the largest are left out, which is said."""
        if not large:
            return []
        from brokernotes.storage.browsers import Printer, find_browser

        if find_browser(self._app.environ) is None:
            return [self._as_it_is(one) for one in large]
        try:
            made = Printer(self._app.environ).shrunk([one.photo.uri for one in large], SIDE)
        except SystemRefusedError:  # a page can be made without it
            return [self._as_it_is(one) for one in large]
        photos = []
        for one, data in zip(large, made, strict=True):
            photo = stripped(data) if data else None
            if photo is None:
                self._say(N_("{file} is left out: it is damaged"), file=one.target)
            elif len(photo.data) > len(one.photo.data):
                photo = one.photo
            photos.append(photo)
        return photos

    def _as_it_is(self, one: Found) -> Photo | None:
        if len(one.photo.data) <= LARGE:
            return one.photo
        self._say(
            N_("{file} is left out: over 1 MB, and no browser here makes it smaller"),
            file=one.target,
        )
        return None


def _embedded(note: Note) -> Iterator[str]:
    """What a listing embeds where photos may be shown, in its order."""
    is_shown, is_code = False, False
    body = note.text[note.block.body_offset :]
    for number, line in enumerate(re.split(r"\r\n|\r|\n", body)):
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        if is_code:
            continue
        heading = _HEADING.match(line)
        if heading:
            is_shown = bool(_SHOWN.search(plain_title(heading[1])))
        elif is_shown:
            yield from (one.target for one in read_links(line, number) if one.is_embed)
