"""Which days are worked, and how to count them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from hub.network.model import Calendar

_DAY: Final = timedelta(days=1)


def is_working_day(calendar: Calendar, day: date) -> bool:
    """Whether a day is worked: its weekday is, and it is no day off."""
    return day.isoweekday() in calendar.working_weekdays and day not in calendar.holidays


def working_day_from(calendar: Calendar, day: date) -> date:
    """The day itself, when it is worked, else the next one that is. The calendar has a working weekday."""
    while not is_working_day(calendar, day):
        day += _DAY
    return day


def working_days_after(calendar: Calendar, day: date, count: int) -> date:
    """The day that lies `count` worked days after `day`; with 0, the first worked day that is not before it.

    What leaves on a day off of the calendar is not on the way any sooner: one day after it is the first worked day.
    """
    if count == 0:
        return working_day_from(calendar, day)
    for _ in range(count):
        day = working_day_from(calendar, day + _DAY)
    return day


def working_days_before(calendar: Calendar, day: date, count: int) -> date:
    """The day that lies `count` worked days before `day`; with 0, the day itself."""
    for _ in range(count):
        day -= _DAY
        while not is_working_day(calendar, day):
            day -= _DAY
    return day
