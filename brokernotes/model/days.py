"""Days of the week, and days so many later: the calendar has a first day and a last one."""

from __future__ import annotations

from datetime import date, timedelta

# As `date.weekday` counts them, by their ids.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def days_after(day: date, days: int) -> date:
    """A day so many days later, or the last one there is.

    Args:
        day: the day.
        days: how many; fewer than 0: before it.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
