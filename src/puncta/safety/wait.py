"""Wait: a waiting time as labels write it, in days or in calendar months."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from puncta.frozen import frozen
from puncta.messages import text

_MONTHS_PER_YEAR = 12  # numerics: the calendar


@frozen
class Wait:
    """A waiting time.

    Parameters
    ----------
    days : int
        Days, 0 or more.
    months : int
        Calendar months, 0 or more.
    """

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """First day on which the wait is over.

        Examples
        --------
        >>> Wait(months=6).after(date(2026, 10, 4))
        datetime.date(2027, 4, 4)
        >>> Wait(months=1).after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        """
        month = day.month - 1 + self.months
        year, month = day.year + month // _MONTHS_PER_YEAR, month % _MONTHS_PER_YEAR + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day.day, last)) + timedelta(days=self.days)

    @property
    def words(self) -> str:
        """The wait in words."""
        if self.months:
            return text("screen.wait.months", count=self.months)
        return text("screen.wait.days", count=self.days)


def day_words(day: date) -> str:
    """A date in words.

    Examples
    --------
    >>> day_words(date(2026, 11, 9))
    '9 Nov 2026'
    """
    months = text("screen.months").split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
