"""A calendar file as bytes: its lines, folds and components, and what is wrong with those.

Lenient on purpose: whatever can be read is read on, so that one look shows all
that is wrong. What the components say is judged in `calendar_lint`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from brokernotes.features.calendar_text import FOLD_OCTETS
from brokernotes.light_dataclasses import NamedTuple, dataclass, field

_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_CONTENT_LINE = re.compile(
    rf"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*)*):(.*)", re.DOTALL
)
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)")


class Fault(NamedTuple):
    """Something wrong with the file, still without its sentence."""

    line: int
    code: str
    params: Mapping[str, object] = {}


class Property(NamedTuple):
    """A content line; the names in capitals, the value as it stands."""

    line: int
    name: str
    params: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    line: int
    name: str
    properties: list[Property] = field(default_factory=list)
    children: list[Component] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """The properties of a name, in the file's order."""
        return [each for each in self.properties if each.name == name]

    def find(self, name: str) -> Property | None:
        """The first property of a name."""
        return next((each for each in self.properties if each.name == name), None)

    def walk(self) -> Iterator[Component]:
        """This component and all inside it."""
        waiting = [self]
        while waiting:  # not by recursion: a damaged file may open thousands
            component = waiting.pop()
            yield component
            waiting += reversed(component.children)


def read_components(data: bytes) -> tuple[Component, list[Fault]]:
    """The components of a file and what is wrong with its lines.

    Args:
        data: a whole file.

    Returns:
        A nameless component that holds the file's outermost ones, and the faults.
    """
    faults: list[Fault] = []
    if data.startswith(_BOM):
        faults.append(Fault(1, "bom"))
        data = data[len(_BOM) :]
    root = Component(0, "")
    stack = [root]
    for number, text in _unfolded(data, faults):
        found = _parse_line(number, text, faults)
        if found is None:
            continue
        if found.name == "BEGIN":
            child = Component(number, found.value.strip().upper())
            stack[-1].children.append(child)
            stack.append(child)
        elif found.name == "END":
            _close(found, stack, faults)
        elif len(stack) == 1:
            faults.append(Fault(number, "outside-calendar"))
        else:
            stack[-1].properties.append(found)
    faults += [Fault(each.line, "unclosed", {"component": each.name}) for each in stack[1:]]
    return root, faults


def _close(end: Property, stack: list[Component], faults: list[Fault]) -> None:
    name = end.value.strip().upper()
    if name not in [each.name for each in stack[1:]]:
        faults.append(Fault(end.line, "unexpected-end", {"component": name}))
        return
    while (closed := stack.pop()).name != name:
        faults.append(Fault(closed.line, "unclosed", {"component": closed.name}))


def _unfolded(data: bytes, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """Content lines with the number each begins at, and what is wrong with their bytes."""
    lines = data.split(b"\n")
    last = lines.pop()
    bare = [number for number, line in enumerate(lines, 1) if not line.endswith(b"\r")]
    if bare:
        faults.append(Fault(bare[0], "bare-lf", {"count": len(bare)}))
    if last:
        faults.append(Fault(len(lines) + 1, "last-line"))
        lines.append(last)
    pieces: list[bytes] = []
    start = 1
    for number, raw in enumerate(lines, 1):
        line = raw.removesuffix(b"\r")
        if len(line) > FOLD_OCTETS:
            faults.append(Fault(number, "long-line", {"octets": len(line)}))
        if pieces and line[:1] in (b" ", b"\t"):
            pieces.append(line[1:])
            continue
        if pieces:
            yield start, _decoded(start, pieces, faults)
        pieces, start = [line], number
    if pieces:
        yield start, _decoded(start, pieces, faults)


def _decoded(start: int, pieces: list[bytes], faults: list[Fault]) -> str:
    whole = b"".join(pieces)
    try:
        text = whole.decode()
    except UnicodeDecodeError:
        faults.append(Fault(start, "not-utf8"))
        return whole.decode(errors="replace")
    for number, piece in enumerate(pieces[1:], start + 1):
        if piece and piece[0] & 0xC0 == 0x80:  # goes on inside a character
            faults.append(Fault(number, "fold-in-character"))
    return text


def _parse_line(number: int, text: str, faults: list[Fault]) -> Property | None:
    control = _CONTROL.search(text)
    if control:
        faults.append(Fault(number, "control-character", {"code": f"U+{ord(control[0]):04X}"}))
    match = _CONTENT_LINE.fullmatch(text)
    if not match:
        faults.append(Fault(number, "not-a-property"))
        return None
    params = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(match[2])}
    return Property(number, match[1].upper(), params, match[3])
