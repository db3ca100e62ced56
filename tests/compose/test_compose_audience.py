"""Which hours, days and facts a subscriber asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from briefing.compose.audience import concerns_top, digest_after, is_top, next_digest, quiet_until
from briefing.model import Move, MoveKind, MoveStatus, Person, Quote, QuotedBy, Span
from briefing.subscribers import Quiet, Subscriber

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # Thursday
        ("2026-11-26T07:59", "2026-11-26T08:00"),
        ("2026-11-26T08:00", "2026-11-26T18:30"),
        ("2026-11-26T18:30", "2026-11-27T08:00"),
        # over a weekend
        ("2026-11-27T18:30", "2026-11-30T08:00"),
        # 1 January 2027 is a Friday and a holiday
        ("2026-12-31T18:30", "2027-01-04T08:00"),
    ],
)
def test_several_hours_on_working_days_only(after: str, expected: str) -> None:
    subscriber = Subscriber(
        1,
        digest_times=(time(8), time(18, 30)),
        digest_days=frozenset({1, 2, 3, 4, 5}),
        on_holidays=False,
    )
    assert digest_after(subscriber, seoul(after)) == seoul(expected)


def test_a_substitute_holiday_is_a_holiday() -> None:
    # 3 October 2026 is a Saturday; Monday stands in for it
    friday = seoul("2026-10-02T09:00")
    weekdays = frozenset({1, 2, 3, 4, 5})
    assert next_digest([time(8)], "Asia/Seoul", friday, days=weekdays, on_holidays=False) == seoul(
        "2026-10-06T08:00"
    )
    assert next_digest([time(8)], "Asia/Seoul", friday, days=weekdays) == seoul("2026-10-05T08:00")


def test_no_hour_or_no_day_is_no_digest() -> None:
    now = seoul("2026-11-26T09:00")
    assert next_digest([], "Asia/Seoul", now) is None
    assert next_digest([time(8)], "Asia/Seoul", now, days=frozenset()) is None


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-11-26T21:59", None),
        ("2026-11-26T22:00", "2026-11-27T07:00"),
        ("2026-11-27T03:00", "2026-11-27T07:00"),
        ("2026-11-27T06:59", "2026-11-27T07:00"),
        ("2026-11-27T07:00", None),
    ],
)
def test_quiet_hours_past_midnight(now: str, ends: str | None) -> None:
    quiet = Quiet(time(22), time(7))
    assert quiet_until(quiet, "Asia/Seoul", seoul(now)) == (seoul(ends) if ends else None)


def test_quiet_hours_within_a_day_and_none() -> None:
    noon = Quiet(time(12), time(13, 30))
    assert quiet_until(noon, "Asia/Seoul", seoul("2026-11-26T12:30")) == seoul("2026-11-26T13:30")
    assert quiet_until(noon, "Asia/Seoul", seoul("2026-11-26T13:30")) is None
    assert quiet_until(Quiet(time(9), time(9)), "Asia/Seoul", seoul("2026-11-26T09:00")) is None
    assert quiet_until(None, "Asia/Seoul", seoul("2026-11-26T09:00")) is None


def test_quiet_hours_end_by_the_wall_clock_when_summer_time_begins() -> None:
    # Berlin, 29 March 2026: 02:00 becomes 03:00
    now = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert quiet_until(Quiet(time(22), time(7)), "Europe/Berlin", now) == datetime(2026, 3, 29, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "title", ["대표이사 사장", "부회장", "은행장", "Global CEO", "이사회 의장", "각자대표"]
)
def test_posts_of_the_top(title: str) -> None:
    assert is_top(title)


@pytest.mark.parametrize("title", ["부사장", "HE사업본부장(부사장)", "상무", "국가대표 감독", "", None])
def test_posts_below_the_top(title: str | None) -> None:
    assert not is_top(title)


def test_a_fact_concerns_the_top_by_its_own_post_or_one_told_beside_it() -> None:
    move = Move("서지안", "한별전자", MoveKind.APPOINTED, "대표이사", MoveStatus.DONE, ())
    assert concerns_top(move, ())
    assert not concerns_top(replace(move, role="상무"), ())
    quote = Quote("서지안", "한별전자", None, "…", QuotedBy.EXECUTIVE, True, Span(0, 1), ())
    assert concerns_top(quote, [Person("서지안", "한별전자", "사장")])
    assert not concerns_top(quote, [Person("도하준", "한별전자", "사장")])
