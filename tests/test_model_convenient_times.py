from datetime import date

import pytest

from brokernotes.model.convenient_times import suits

SATURDAY, WEDNESDAY = date(2026, 11, 21), date(2026, 11, 25)


@pytest.mark.parametrize(
    ("times", "day", "at", "fits"),
    [
        (["双休"], SATURDAY, "10:00", True),
        (["双休"], WEDNESDAY, "10:00", False),
        (["周三下午"], WEDNESDAY, "15:00", True),
        (["周三下午"], WEDNESDAY, "10:00", False),
        (["19点以后"], WEDNESDAY, "19:00", True),
        (["19点以后"], WEDNESDAY, "18:59", False),
        (["晚上7点后"], WEDNESDAY, "18:30", False),
        (["晚上7点后"], WEDNESDAY, "19:30", True),
        (["20:30以前"], WEDNESDAY, "20:29", True),
        (["20:30以前"], WEDNESDAY, "20:30", False),
        (["10:00-20:00"], WEDNESDAY, "10:00", True),
        (["10:00-20:00"], WEDNESDAY, "09:59", False),
        (["9点到11点", "14:00-16:00"], WEDNESDAY, "15:00", True),
        (["9点到11点", "14:00-16:00"], WEDNESDAY, "12:00", False),
        (["after 18"], WEDNESDAY, "17:00", False),
        (["before 12:00"], WEDNESDAY, "11:00", True),
        (["weekend", "evening"], SATURDAY, "19:00", True),
        (["随时", "孩子睡了"], WEDNESDAY, "03:00", True),
        ([], WEDNESDAY, "03:00", True),
    ],
)
def test_what_people_say_of_their_time(times, day, at, fits):
    assert suits(times, day, [int(at[:2]) * 60 + int(at[3:])]) is fits


def test_without_a_time_only_the_day_counts():
    assert suits(["周三下午"], WEDNESDAY, []) is True
    assert suits(["周三下午"], SATURDAY, []) is False
