"""A number as a field reads it, in digits or as it is spoken: 480, 480万, 四百八十万."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from brokernotes.errors import FieldError
from brokernotes.language import N_
from brokernotes.model.schema import Field, Kind
from brokernotes.model.spoken_values import in_digits, is_share

_Read = TypeVar("_Read")
# What is said of the number that was read, rather than that there is none.
_OF_THE_NUMBER = frozenset(("implausible", "out-of-range", "range-in-value"))


def read_number(row: Field, text: str, read: Callable[[str], _Read]) -> _Read:
    """What `read` makes of a text, or of the digits of what it says.

    Args:
        row: of the field table.
        text: as typed.
        read: reads a value of the row; raises FieldError.

    Raises:
        FieldError: neither can be read; positions in `text`.
    """
    try:
        return read(text)
    except FieldError as refused:
        said = in_digits(text) if row.kind in (Kind.NUMBER, Kind.INT) else None
        if said is None:
            raise
        try:
            return read(said)
        except FieldError as error:
            if error.code not in _OF_THE_NUMBER:
                raise refused from None
            error.offset, error.length = 0, None
            raise


def hint_of_share(error: FieldError, value: str) -> str:
    """What is advised of 5成 where an amount is due; empty: something else is wrong."""
    if error.code != "bad-money" or not is_share(value):
        return ""
    return N_("“{value}” is a share of something; write what it comes to, such as 260万.")
