"""Photos as they may leave the house: without where, when and by what they were taken.

Of a JPEG only what draws it is kept, and which way is up; of PNG and WebP the parts that draw.
"""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator

from brokernotes.light_dataclasses import NamedTuple

_JPEG, _PNG, _RIFF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"
# Of PNG: what draws the picture. Everything else (text, time, EXIF, comments) is left out.
_PNG_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM"))
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"))
_WEBP_MARKS = 0x08 | 0x04 | 0x20  # of VP8X: has EXIF, XMP, a colour profile
_MARKERS = frozenset((0x01, *range(0xD0, 0xD8)))  # of JPEG, without a length


class Photo(NamedTuple):
    """A photo without what it tells beside the picture.

    Attributes:
        kind: `jpeg`, `png` or `webp`.
        data: the file.
    """

    kind: str
    data: bytes

    @property
    def uri(self) -> str:
        """As a `data:` address."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.data).decode('ascii')}"


def stripped(data: bytes) -> Photo | None:
    """A photo to send.

    Args:
        data: the file.

    Returns:
        None: it is no JPEG, PNG or WebP, or damaged.
    """
    try:
        if data.startswith(_JPEG):
            return Photo("jpeg", b"".join(_jpeg(data)))
        if data.startswith(_PNG):
            return Photo("png", b"".join(_png(data)))
        if data.startswith(_RIFF) and data[8:12] == b"WEBP":
            return Photo("webp", _webp(data))
    except (struct.error, IndexError, ValueError):
        return None
    return None


def _jpeg(data: bytes) -> Iterator[bytes]:
    up = 1
    kept: list[bytes] = []
    for marker, part in _parts(data):
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            up = _orientation(part[10:]) or up
        # APP0 says how dense it is, APP14 how colours are coded; the others, and comments, tell.
        if not (0xE1 <= marker <= 0xEF or marker == 0xFE) or marker == 0xEE:
            kept.append(part)
    yield data[:2]
    if up != 1:
        yield _upright(up)
    yield from kept
    yield b"\xff\xd9"


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG up to the end of the picture; a scan with what it draws.

    What follows the picture (a second one, a film) is left out.
    """
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError(at)
        marker = data[at + 1]
        if marker == 0xD9:
            return
        if marker == 0xFF or marker in _MARKERS:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if end > len(data):
            raise ValueError(at)
        yield marker, data[at:end]
        if end == len(data):  # its last bytes did not arrive; what did can be seen
            return
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of what is drawn."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and data[at + 1] not in _MARKERS:
            return at
        at += 2


def _orientation(tiff: bytes) -> int | None:
    try:
        return _orientation_of(tiff)
    except struct.error:  # damaged EXIF is no reason to leave the photo out
        return None


def _orientation_of(tiff: bytes) -> int | None:
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, first)
    for index in range(count):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * index)
        if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
            return int(value)
    return None


def _upright(up: int) -> bytes:
    """EXIF that says which way is up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, up, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise ValueError(at)
        if kind in _PNG_KEPT:
            yield data[at : at + 12 + length]
        at += 12 + length
        if kind == b"IEND":
            return
    raise ValueError(at)


def _webp(data: bytes) -> bytes:
    at, kept = 12, b""
    while at + 8 <= len(data):
        kind = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        whole = bytearray(data[at : at + 8 + length + length % 2])
        if kind == b"VP8X":
            whole[8] &= ~_WEBP_MARKS & 0xFF
        if kind in _WEBP_KEPT:
            kept += bytes(whole)
        at += 8 + length + length % 2
    if not kept:
        raise ValueError(at)
    return _RIFF + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept
