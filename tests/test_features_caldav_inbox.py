"""What a phone made that belongs to no note: lines of the inbox."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.caldav_inbox import (
    InboxLine,
    is_still_to_do,
    line_of,
    to_do,
    with_lines,
)
from brokernotes.features.caldav_reading import read_item
from brokernotes.features.inbox_lines import read_inbox
from tests.caldav_items import ZONE
from tests.caldav_rig import made

TODAY = date(2026, 11, 21)
LINE = InboxLine("2026-11-23 问物业", ("找小陈",), "0abcdefgh")


def item(*lines, kind="VTODO"):
    return read_item(made(kind, "PHONE", *lines).encode(), ZONE)


def test_it_reads_as_one_would_have_dictated_it():
    found = line_of(item("SUMMARY:问  物业", "DUE:20261123T070000Z", "DESCRIPTION:a\\n\\nb",
                         "LOCATION:东门"))  # fmt: skip

    assert (found.text, found.children) == ("2026-11-23 15:00 问 物业", ("a", "b", "东门"))


def test_what_is_still_to_be_done_does_not_read_as_if_it_had_happened():
    now = datetime(2026, 11, 21, 15)
    todo, late, ahead, done = (
        item("SUMMARY:a", *lines)
        for lines in ((), ("DUE;VALUE=DATE:20261120",), ("DUE;VALUE=DATE:20261123",),
                      ("STATUS:COMPLETED", "COMPLETED:20261120T020000Z"))
    )  # fmt: skip

    assert [is_still_to_do(one, now) for one in (todo, late, ahead, done)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert to_do(line_of(todo), "要做：").text == "要做：a"
    assert to_do(line_of(late), "要做：").text == "2026-11-20 要做：a"
    assert line_of(done).text == "2026-11-20 10:00 a"


def test_what_was_changed_on_the_phone_is_another_line():
    tags = {
        line_of(item(f"SUMMARY:{title}", *more)).tag
        for title, more in (("a", ()), ("b", ()), ("a", ("STATUS:COMPLETED",)))
    }

    assert len(tags) == 3


def test_it_stands_before_what_is_filed_and_once():
    before = "- 旧的\n\n## 已归档\n\n- ~~更旧的~~\n"
    after = with_lines(before, [LINE], "来自手机日历")

    assert after == (
        "- 旧的\n- 2026-11-23 问物业\n  - 找小陈\n  - 来自手机日历 0abcdefgh\n\n"
        "## 已归档\n\n- ~~更旧的~~\n"
    )
    assert with_lines(after, [LINE], "来自手机日历") == after


@given(
    st.lists(st.sampled_from(["- a", "", "# x", "## 已归档", "- ~~b~~", "  - kind"])).map(
        "\n".join
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_nothing_that_stands_there_is_lost_and_the_line_is_read_as_one(text, newline, ends):
    before = text.replace("\n", newline) + (newline if ends else "")
    after = with_lines(before, [LINE], "von")
    kept = [line for line in before.splitlines() if line.strip()]
    own = [line for line in after.splitlines() if line.strip()]

    for line in ("- 2026-11-23 问物业", "  - 找小陈", "  - von 0abcdefgh"):
        own.remove(line)
    assert own == kept
    assert [one.text for one in read_inbox(after, TODAY)].count(LINE.text) == 1


def test_what_a_program_wrote_with_tags_is_read_without():
    found = line_of(
        item("SUMMARY:问物业", "DESCRIPTION:<html><body>一<br>二 &amp; 三</body></html>")
    )

    assert found.children == ("一", "二 & 三")
