"""Items as they are remembered, through JSON and back."""

import json

from brokernotes.features.caldav_held import held_shape, read_held
from tests.caldav_items import held, wanted_item


def test_what_is_remembered_is_what_was_known():
    for base in (wanted_item().base, None):
        one = held(wanted_item(), base=base, data="带看\r\n".encode())
        shape = json.loads(json.dumps(held_shape(one)))
        assert read_held(one.calendar, one.href, shape) == one


def test_what_somebody_spoiled_is_not_known():
    found = read_held("followups", "/x.ics", {"base": [1], "data": 7, "read": "yes"})

    assert (found.base, found.is_read, found.key) == (None, False, "")
