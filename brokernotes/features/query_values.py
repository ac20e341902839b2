"""Values of a query: numbers and days in any spelling, phones by their digits, none and any."""

from __future__ import annotations

from datetime import datetime

from brokernotes.errors import FieldError
from brokernotes.features.spoken_numbers import read_number
from brokernotes.language import N_
from brokernotes.light_dataclasses import replace
from brokernotes.model.query_tree import Condition, Span, Test
from brokernotes.model.schema import Field, Kind, Schema
from brokernotes.model.source_text import narrow

UNSET = frozenset(("none", "无", "空", "未填", "unset"))
SET = frozenset(("any", "有", "已填", "set"))
ORDERED = frozenset((Kind.NUMBER, Kind.INT, Kind.DATE, Kind.DATETIME))
_FEWEST_DIGITS = 3  # of a phone: fewer would say too much about too many
_BOUNDS = {"to": ("以内", "以下", "之内"), "from": ("及以上", "以上")}
_ORDERS = {">": "after", ">=": "from", "<": "before", "<=": "to"}


class Refusal(Exception):
    """A value that cannot be read; put into words only if nobody else can read it either."""

    def __init__(self, field: Field, test: Test, error: FieldError) -> None:
        super().__init__(error.code)
        self.field = field
        self.test = test
        self.error = error


class Unread(Exception):
    """What is wrong with a test, its place, and what stands in the message."""

    def __init__(self, message: str, span: Span, /, hint: str = "", **params: object) -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint
        self.params = params


class ValueReader:
    """Reads the values of one query.

    Args:
        schema: of the vault's rules.
        now: the present moment in the vault's zone, without offset.
        language: of the words a message offers.
    """

    def __init__(self, schema: Schema, now: datetime, language: str) -> None:
        self._schema = schema
        self._now = now
        self._language = language

    def presence(self, field: Field, value: str) -> str | None:
        """`unset` or `set`, unless the word is a value of the field."""
        word = value.strip().lower()
        if word not in UNSET and word not in SET:
            return None
        vocabulary = self._schema.vocabulary(field)
        is_value = vocabulary is not None and vocabulary.find(word) is not None
        if is_value or (field.kind is Kind.BOOL and word in ("无", "有")):
            return None
        return "unset" if word in UNSET else "set"

    def phone(self, field: Field, test: Test) -> Condition:
        """A test of a phone number: part of its digits, or all of them."""
        from brokernotes.model.phones import parse_phone

        try:
            phone = parse_phone(test.value)
        except FieldError as error:
            raise Refusal(field, test, error) from error
        if len(phone.number) < _FEWEST_DIGITS or "*" in phone.number:
            raise Unread(
                N_("{label} is asked for by at least {count} digits"),
                test.value_span,
                label=field.label(self._language),
                count=_FEWEST_DIGITS,
            )
        return Condition(field.key, "phone" if test.operator == "=" else "digits", phone.number)

    def ordered(self, field: Field, test: Test) -> Condition:
        """A test of what has an order: a number or a day, or a span of them.

        Raises:
            Refusal: it is no such value.
            Unread: it is no such span.
        """
        value = test.value.strip()
        is_span = test.operator in (":", "=")
        ends = _ends(narrow(value)) if is_span else None
        if ends is None and field.kind in (Kind.NUMBER, Kind.INT):
            return self._number(field, test)
        is_day = field.kind in (Kind.DATE, Kind.DATETIME)
        if ends is None:
            return self._day(field, test)
        low, high = ends
        first = last = None
        at = test.value_span[0] + (test.value.find(value) if not test.is_quoted else 0)
        if low:
            part = replace(test, value=low, value_span=(at, at + len(low)))
            first = self._limits(field, part)[0] if is_day else self._amount(field, part)
        if high:
            start = at + value.rfind(high)
            part = replace(test, value=high, value_span=(start, start + len(high)))
            last = self._limits(field, part)[1] if is_day else self._amount(field, part)
        if first is None and last is None:
            raise Unread(N_("a span needs one of its ends"), test.value_span)
        if first is None or last is None:
            return Condition(
                field.key, "to" if first is None else "from", last if first is None else first
            )
        if is_day and "T" in str(first) and "T" not in str(last):
            last = f"{last}T23:59"
        if first > last:  # type: ignore[operator]
            raise Unread(N_("{low} is above {high}"), test.value_span, low=low, high=high)
        return Condition(field.key, "between", (first, last))

    def _number(self, field: Field, test: Test) -> Condition:
        if test.operator not in (":", "="):
            return Condition(field.key, _ORDERS[test.operator], self._amount(field, test))
        for how, words in _BOUNDS.items():
            said = test.value.rstrip()
            word = next((one for one in words if said.endswith(one)), None)
            if word is not None:
                limit = said.removesuffix(word).rstrip()
                return Condition(field.key, how, self._amount(field, replace(test, value=limit)))
        try:
            return Condition(field.key, "is", self._amount(field, test))
        except _TwoAmounts as span:  # 300-400, 300至400
            return Condition(field.key, "between", span.ends)

    def _day(self, field: Field, test: Test) -> Condition:
        first, last = self._limits(field, test)
        match test.operator:
            case ">=":
                return Condition(field.key, "from", first)
            case "<":
                return Condition(field.key, "before", first)
            case ">":
                return Condition(field.key, "after", last)
            case "<=":
                return Condition(field.key, "to", last)
        return Condition(
            field.key,
            "is" if first == last else "between",
            first if first == last else (first, last),
        )

    def _limits(self, field: Field, test: Test) -> tuple[str, str]:
        """The first and the last day of a value, or its moment twice, in ISO form."""
        from brokernotes.model.periods import parse_period

        try:
            period = parse_period(test.value, self._now)
        except FieldError as error:
            raise Refusal(field, test, error) from error
        if isinstance(period, datetime):
            if field.kind is Kind.DATE:
                return period.date().isoformat(), period.date().isoformat()
            moment = period.isoformat(timespec="minutes")
            return moment, moment
        return period.first.isoformat(), period.last.isoformat()

    def _amount(self, field: Field, test: Test) -> int | float:
        # A limit may lie below what is plausible for a value; far above it, units were mixed up.
        is_price = field.unit in ("万元", "元/月")
        wide = replace(field, low=None, high=field.high if is_price else None)
        try:
            found: int | float = read_number(  # type: ignore[assignment]
                wide,
                test.value,
                lambda typed: self._convert(wide, typed),
            )
        except FieldError as error:
            if error.code == "range-in-value":
                raise _TwoAmounts((error.params["low"], error.params["high"])) from error
            raise Refusal(field, test, error) from error
        return int(found) if isinstance(found, float) and found.is_integer() else found

    def converted(self, field: Field, test: Test) -> object:
        """A choice, or yes and no, as the index holds it."""
        try:
            found = self._convert(field, test.value)
        except FieldError as error:
            raise Refusal(field, test, error) from error
        return int(found) if isinstance(found, bool) else found

    def _convert(self, field: Field, value: str) -> object:
        from zoneinfo import ZoneInfo

        from brokernotes.notes.convert import converter

        # Values of a query carry no offset, so any zone will do.
        return converter(field, self._schema, ZoneInfo("UTC"), self._language)(value)


class _TwoAmounts(Exception):
    """Two amounts stand where one was looked for."""

    def __init__(self, ends: tuple[object, object]) -> None:
        super().__init__()
        self.ends = ends


def _ends(value: str) -> tuple[str, str] | None:
    """The two ends of a span, either may be empty; None: it is none."""
    for mark in ("..", "…", "～", "~", "至", "到"):
        low, found, high = value.partition(mark)
        if found:
            return low.strip(), high.strip(" .…")
    return None
