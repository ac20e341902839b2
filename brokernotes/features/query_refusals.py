"""What is said of a query that cannot be read."""

from __future__ import annotations

from brokernotes.errors import ArgumentError
from brokernotes.features.query_values import Refusal
from brokernotes.features.spoken_numbers import hint_of_share
from brokernotes.language import N_
from brokernotes.model.query_keys import query_fields
from brokernotes.model.query_tree import Test
from brokernotes.model.schema import Schema


def refused(text: str, refusal: Refusal) -> ArgumentError:
    """What is said of a value that cannot be read.

    Args:
        text: the query.
        refusal: of the value.
    """
    field, test, error = refusal.field, refusal.test, refusal.error
    from brokernotes.model.problems import PROBLEMS

    kind = PROBLEMS[error.code]
    params = {"value": test.value, **error.params, "key": test.key, "type": field.note_type}
    if error.code == "implausible" and field.low is not None:
        params["low"] = field.low
    is_whole = test.is_quoted or (error.length is None and error.offset == 0)
    start = test.value_span[0] + (0 if test.is_quoted else error.offset)
    end = test.value_span[1] if is_whole or error.length is None else start + error.length
    likely = params.get("likely")
    hint = N_("Did you mean {likely}?") if likely else kind.hint
    hint = hint_of_share(error, test.value) or hint
    if error.code == "bad-date":
        hint = N_("Write a day such as 2026-08-20, 今天 or -30d, or a month such as 2026-08.")
    return ArgumentError(kind.message, text, (start, max(end, start + 1)), hint=hint, **params)


def unknown_key(text: str, schema: Schema, types: tuple[str, ...], test: Test) -> ArgumentError:
    """What is said of a key that notes of these types do not have.

    Args:
        text: the query.
        schema: of the vault's rules.
        types: of the notes that are asked for.
        test: of the key.
    """
    from brokernotes.notes.likeness import likely_key

    rows = [row for one in types for row in query_fields(schema, one).values()]
    likely = likely_key(test.key, rows)
    hint = (
        N_("Did you mean {likely}?") if likely else N_('Quote it to search for the text: "{typed}"')
    )
    return ArgumentError(
        N_("{type} notes have no field {key}")
        if len(types) == 1
        else N_("no note has a field {key}"),
        text,
        test.key_span,
        hint=hint,
        type=types[0],
        key=test.key,
        likely=likely,
        typed=text[test.key_span[0] : test.value_span[1]],
    )
