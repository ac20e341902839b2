from __future__ import annotations

import pytest

from brokernotes.model.alike import ALIKE
from brokernotes.model.fields import FIELDS
from brokernotes.model.schema import NOTE_TYPES, Kind

NEVER = {Kind.DATE, Kind.DATETIME, Kind.PHONE, Kind.BIRTHDAY, Kind.CONSENT, Kind.PUBLISHED}


@pytest.mark.parametrize("note_type", [kind.id for kind in NOTE_TYPES])
def test_what_is_taken_over_is_in_the_table_and_nobodys_secret(note_type):
    rows = {row.key: row for row in FIELDS if row.note_type == note_type}

    assert ALIKE[note_type] <= rows.keys()
    for key in ALIKE[note_type]:
        assert rows[key].kind not in NEVER
        assert rows[key].confidential in (None, "location")
        assert not key.startswith(("price", "rent", "budget", "room", "owner", "status", "stage"))
