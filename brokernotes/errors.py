"""What can go wrong: problems are collected, errors are raised.

Bad data is a value (`Problem`), misuse is an exception:

* BrokernotesError (1)
  + RefusedError (1)            a rule or the file's shape forbids it
  + UsageError (2)              an option, query or value cannot be read
    + ArgumentError (2)         … because of a certain place in it
  + VaultError (3)              no vault, broken rules, or a newer format
  + NotFoundError (4)           no such note, entry or agent, or more than one
  + ChangedMeanwhileError (5)   somebody else wrote first, or a conflict stands in the file
  + NoKeyError (6)              a sealed value without its key
  + SystemRefusedError (74)     the system would not read or write

The number is the exit code. Messages are English source strings with `{name}`
places; the command line translates them (see `brokernotes.language`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from brokernotes.light_dataclasses import dataclass, field

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """How much a problem matters: errors lose meaning, warnings may, hints help."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file of the vault.

    Attributes:
        path: relative to the vault, with `/`.
        line: 1-based; lines end with LF, CRLF or CR only.
        column: 1-based code points; a byte order mark is not counted.
        end_column: one past the last code point, on the same line.
    """

    path: str
    line: int
    column: int
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a note a person should look at; `model.problems` words it.

    Attributes:
        code: stable, catalogued in `model.problems.PROBLEMS`.
        params: the places of the code's message and hint.
    """

    position: Position
    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    severity: Severity = Severity.ERROR


class FieldError(Exception):
    """A text that is not a value of the kind asked for.

    Attributes:
        code: of the problem it makes.
        offset: code points from the start of the text to what is wrong.
        length: code points that are wrong; None: to the end.
        params: the places of the code's message.
    """

    def __init__(
        self, code: str, /, *, offset: int = 0, length: int | None = None, **params: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.length = length
        self.params = params


class BrokernotesError(Exception):
    """Root of what the command line answers with a sentence and an exit code.

    Args:
        message: English source string with `{name}` places.
        hint: what to do about it, likewise.
        params: what stands in the places.
    """

    exit_code = 1

    def __init__(self, message: str, /, *, hint: str = "", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.params = params

    def __str__(self) -> str:
        return self.message.format_map(self.params) if self.params else self.message


class RefusedError(BrokernotesError):
    """A rule, or the shape of the file, forbids what was asked; nothing was written.

    Attributes:
        reasons: lines that say why, each a sentence in the reader's language.
    """

    def __init__(
        self, message: str, /, *, hint: str = "", reasons: tuple[str, ...] = (), **params: object
    ) -> None:
        super().__init__(message, hint=hint, **params)
        self.reasons = reasons


class UsageError(BrokernotesError):
    """An option, a query or a value that cannot be read."""

    exit_code = 2


class ArgumentError(UsageError):
    """An argument with something wrong at a place in it.

    Attributes:
        argument: as typed.
        start: of what is wrong, code points.
        end: one past it.
    """

    def __init__(
        self,
        message: str,
        argument: str,
        span: tuple[int, int],
        /,
        *,
        hint: str = "",
        **params: object,
    ) -> None:
        super().__init__(message, hint=hint, **params)
        self.argument = argument
        self.start, self.end = span


class VaultError(BrokernotesError):
    """No vault here, rules that cannot be read, or a format newer than this program."""

    exit_code = 3


class NotFoundError(BrokernotesError):
    """No note, entry or agent of that name, or more than one; `candidates` says which."""

    exit_code = 4

    def __init__(
        self, message: str, /, *, hint: str = "", candidates: tuple[str, ...] = (), **params: object
    ) -> None:
        super().__init__(message, hint=hint, **params)
        self.candidates = candidates


class AmbiguousError(NotFoundError):
    """More than one note answers to a REF.

    Attributes:
        ref: as typed.
        paths: of the notes a person may choose from; empty: only a path tells them apart.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        ref: str,
        paths: tuple[str, ...] = (),
        hint: str = "",
        candidates: tuple[str, ...] = (),
        **params: object,
    ) -> None:
        super().__init__(message, hint=hint, candidates=candidates, ref=ref, **params)
        self.ref = ref
        self.paths = paths


class ChangedMeanwhileError(BrokernotesError):
    """The file is no longer what was read, or holds a conflict; nothing was written."""

    exit_code = 5


class NoKeyError(BrokernotesError):
    """A sealed value whose key is not on this machine."""

    exit_code = 6


class SystemRefusedError(BrokernotesError):
    """The system refused to read or write: full, read-only, no permission."""

    exit_code = 74
