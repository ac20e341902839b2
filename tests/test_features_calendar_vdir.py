from datetime import date
from zoneinfo import ZoneInfo

from brokernotes.features.calendar import CalendarItem, render_calendar, uid
from brokernotes.features.calendar_blocks import read_blocks
from brokernotes.features.calendar_lint import lint
from brokernotes.features.calendar_vdir import is_ours, split_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
ITEMS = [
    CalendarItem(key=key, start=date(2026, 11, 21), summary=f"跟进 {key}") for key in ("a", "b")
]


def whole(items=ITEMS):
    return render_calendar(
        items,
        name="跟进",
        today=date(2026, 11, 20),
        zone=SHANGHAI,
        language="zh",
        detail="normal",
        previous=None,
    )


def test_each_item_is_a_calendar_of_its_own_with_the_same_bytes() -> None:
    files = split_calendar(whole(), zone=SHANGHAI, language="zh")

    assert files.keys() == {uid("a"), uid("b")}
    for name, data in files.items():
        assert not lint(data)
        assert read_blocks(data)[name] == read_blocks(whole())[name]
        assert b"NAME" not in data.replace(b"TZNAME", b"")


def test_a_zone_that_is_utc_needs_no_definition() -> None:
    (data, _) = split_calendar(whole(), zone=ZoneInfo("UTC"), language="zh").values()

    assert b"VTIMEZONE" not in data


def test_an_item_that_somebody_touched_is_still_ours_and_a_foreign_one_never_is() -> None:
    data = split_calendar(whole(), zone=SHANGHAI, language="zh")[uid("a")]
    foreign = data.replace(b"X-BN-DIGEST", b"X-OTHER")

    assert is_ours(data, uid("a"))
    assert is_ours(data.replace("跟进".encode(), "改过".encode()), uid("a"))
    assert not is_ours(data, uid("b"))
    assert not is_ours(foreign, uid("a"))
    assert not is_ours(b"", uid("a"))
