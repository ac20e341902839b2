"""Texts as YAML writes them, and what YAML would make of them without quotes.

Obsidian reads YAML 1.2 and prints back what JavaScript made of it; PyYAML and
many other tools read YAML 1.1. What is written here is a text to both, save
numbers, true, false and dates, which stay bare for the fields that mean them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.notes.block import Value
from brokernotes.notes.strict import NULLS

_TRUE_FALSE = frozenset(("true", "True", "TRUE", "false", "False", "FALSE"))
_FLOAT = lazy_pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OTHER_BASE = lazy_pattern(r"0o[0-7]+|0x[0-9a-fA-F]+")
_INFINITE = lazy_pattern(r"[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN")

# YAML 1.1 also takes these for booleans, and two symbols for merges and defaults.
_OLD_WORDS = frozenset(
    spelling
    for word in ("yes", "no", "on", "off")
    for spelling in (word, word.capitalize(), word.upper())
) | {"=", "<<"}
_BASE_60_OR_2 = lazy_pattern(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?0b[01_]+")
_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?")
_ISO_DATE = lazy_pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")

_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`")
_FLOW_INDICATORS = frozenset(",[]{}:?-，")  # more than must be: readers differ inside brackets
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FORBIDDEN = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"  # by YAML, or taken for a line end
_UNWRITABLE = lazy_pattern(f"[{_FORBIDDEN}]")
_TO_ESCAPE = lazy_pattern(f'["\\\\{_FORBIDDEN}]')


def resolves_to_other(text: str) -> str | None:
    """What an unquoted text becomes once a YAML 1.2 program has read and written it.

    Args:
        text: a scalar as it stands in the file, without quotes.

    Returns:
        The number, bool or null as JavaScript prints it (an empty text for null); None
        when the text comes back as it was.

    Source: YAML 1.2.2, section 10.3.2 (core schema); ECMAScript, Number::toString. Found:
        Obsidian's Properties turn 02158881234 into 2158881234 and lose digits beyond 2^53.
    """
    if not text or text[0] not in "0123456789+-.~nNtTfF":
        return None
    if text[0] != "0" and len(text) <= 15 and text.isdecimal() and text.isascii():
        return None  # a number of up to 2^53, as most are
    other = _resolved(text)
    return None if other == text else other


def is_number_bool_or_null(text: str) -> bool:
    """Whether an unquoted text is a number, true, false or nothing to YAML 1.2."""
    return (
        text in NULLS
        or text in _TRUE_FALSE
        or _FLOAT.fullmatch(text) is not None
        or _OTHER_BASE.fullmatch(text) is not None
        or _INFINITE.fullmatch(text) is not None
    )


def _resolved(text: str) -> str:
    if text in NULLS:
        return ""
    if text in _TRUE_FALSE:
        return text.lower()
    if _FLOAT.fullmatch(text):
        return _print_number(float(text))
    if _OTHER_BASE.fullmatch(text):
        try:
            return _print_number(float(int(text[2:], 8 if text[1] == "o" else 16)))
        except OverflowError:
            return ".inf"
    if _INFINITE.fullmatch(text):
        return text.lower().lstrip("+")
    return text


def _print_number(number: float) -> str:
    """A number as JavaScript prints it: decimals from 1e-6 up to 1e21, else an exponent."""
    if number in (float("inf"), float("-inf")):
        return ".inf" if number > 0 else "-.inf"
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = whole + fraction
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def needs_quotes(text: str) -> bool:
    """Whether a text must be quoted to come back as it is.

    Args:
        text: of one scalar that stands behind `key: ` or `- `.
    """
    first = text[:1]
    if text in NULLS or text != text.strip() or first in _INDICATORS:
        return True
    if (first in "-?:" and text[1:2] in ("", " ")) or first == "\ufeff":
        return True
    if ": " in text or text[-1] == ":" or " #" in text or _UNWRITABLE.search(text):
        return True
    # Links are found in quotes by every tool; braces and percents are template code to some.
    if "[[" in text or "{{" in text or "<%" in text:
        return True
    return resolves_to_other(text) is not None or _is_other_in_yaml_1_1(text)


def _is_other_in_yaml_1_1(text: str) -> bool:
    if text in _OLD_WORDS or _BASE_60_OR_2.fullmatch(text):
        return True
    if "_" in text and _FLOAT.fullmatch(text.replace("_", "")):
        return True
    return _DATE.fullmatch(text) is not None and not _is_date(text)


def _is_date(text: str) -> bool:
    """Whether a text like a date is one; PyYAML gives up the whole note over 2026-13-45."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return _ISO_DATE.fullmatch(text) is not None


def render_scalar(text: str, *, quote: bool = False) -> str:
    """A text as YAML, bare where that is safe.

    Args:
        text: any text; what no file can hold (lone surrogates) is not looked for.
        quote: in double quotes even if bare is safe, as for telephone numbers.
    """
    return render_double(text) if quote or needs_quotes(text) else text


def render_double(text: str) -> str:
    """A text in double quotes."""
    return f'"{_TO_ESCAPE.sub(_escape, text)}"'


def can_be_single(text: str) -> bool:
    """Whether single quotes, which know no escapes, can hold a text."""
    return _UNWRITABLE.search(text) is None


def render_single(text: str) -> str:
    """A text in single quotes; see `can_be_single`."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def render_in_flow(text: str, *, quote: bool = False) -> str:
    """One item of a list written as `[a, b]`."""
    return render_scalar(text, quote=quote or not _FLOW_INDICATORS.isdisjoint(text))


def render_pair(key: str, value: Value, *, quote: bool = False, newline: str = "\n") -> str:
    """A key and its value in the strict form, with the line break behind it.

    Args:
        key: as it shall be spelled.
        value: a list becomes lines indented by two; None leaves `key:`; an empty list is `[]`.
        quote: texts in double quotes even if bare is safe.
        newline: LF or CRLF.
    """
    head = f"{render_scalar(key)}:"
    if value is None:
        return head + newline
    if isinstance(value, str):
        return f"{head} {render_scalar(value, quote=quote)}{newline}"
    if not value:
        return f"{head} []{newline}"
    lines = [head, *(f"  - {render_scalar(item, quote=quote)}" for item in value)]
    return "".join(line + newline for line in lines)


def render_block(
    pairs: Iterable[tuple[str, Value]], *, quoted: Collection[str] = (), newline: str = "\n"
) -> str:
    """Front matter for a new note, delimiters included.

    Args:
        pairs: keys and values in their order.
        quoted: keys whose texts are always in double quotes.
        newline: LF or CRLF.
    """
    lines = (render_pair(key, value, quote=key in quoted, newline=newline) for key, value in pairs)
    return f"---{newline}{''.join(lines)}---{newline}"


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}"
