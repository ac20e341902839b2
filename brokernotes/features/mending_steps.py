"""The mends, one for each code, in the order in which they are tried."""

from __future__ import annotations

from brokernotes.features import mending_frame as frame
from brokernotes.features import mending_ids as ids
from brokernotes.features import mending_links as links
from brokernotes.features import mending_log as log
from brokernotes.features import mending_values as values
from brokernotes.features.mending import Step
from brokernotes.features.mending_meaning import Change

STEPS: dict[str, Step] = {
    # What only the vault shows, placed in the text as it was.
    "link-by-id": Step(links.by_name, Change.LINK),
    "link-by-alias": Step(links.by_name, Change.LINK),
    "copied-note": Step(ids.new_note_id, Change.NEW_ID),
    "duplicate-id": Step(ids.new_note_id, Change.NEW_ID),
    "entry-missing": Step(ids.put_back, Change.ENTRY),
    # Front matter that is not read at all.
    "bad-delimiter": Step(frame.bare_delimiter, Change.FRAME),
    "front-matter-not-first": Step(frame.to_the_top, Change.FRAME),
    "unclosed-front-matter": Step(frame.close, Change.FRAME),
    # Keys and values.
    "key-spelling": Step(values.canonical_key),
    "unquoted-code": Step(values.quoted),
    "full-width": Step(values.narrowed),
    "list-as-text": Step(values.as_list),
    "range-in-value": Step(values.as_range, Change.VALUE),
    "unset-word": Step(values.cleared),
    # The log.
    "near-heading": Step(log.plain_heading),
    "nested-entry": Step(log.to_line_start),
    "bad-box": Step(log.empty_box),
    "entry-spelling": Step(log.as_written),
    "lenient-field": Step(log.as_written),
    "lenient-link": Step(log.as_written),
    "outcome-word": Step(log.as_written, Change.OUTCOME),
    "id-misplaced": Step(log.id_to_end),
    # Last, when everything that may hold an id is read.
    "missing-id": Step(ids.add_note_id, Change.IDS),
    "missing-entry-id": Step(ids.add_entry_id, Change.IDS),
    "log-not-last": Step(log.to_the_end),
}

FOLLOWING = frozenset(
    ("entry-spelling", "lenient-field", "lenient-link", "outcome-word", "missing-entry-id",
     "missing-id", "key-spelling", "unquoted-code", "full-width", "list-as-text", "id-misplaced")
)  # fmt: skip
