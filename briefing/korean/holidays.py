"""Korean public holidays, substitute days and elections included, by the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _calendar() -> HolidayBase:
    # half a second to import, and only digests that leave out holidays want it
    from holidays import country_holidays  # noqa: PLC0415

    return country_holidays("KR")


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday in Korea (https://pypi.org/project/holidays/, country KR).

    Sundays that are no holiday besides are none.
    """
    return day in _calendar()
