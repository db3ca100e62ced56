from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefing.collect.timing import habit_of, next_poll, patience, trouble
from briefing.model import (
    Entry,
    Failed,
    Feed,
    FeedState,
    FeedTrouble,
    Fetched,
    NotModified,
    Polled,
    PollOutcome,
)

NOW = datetime(2024, 5, 12, 9, 0, tzinfo=UTC)
FEED = Feed("https://news.example/rss", "도담일보")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def state(feed_id: int = 7, **fields: object) -> FeedState:
    return FeedState(feed_id, FEED, **fields)  # type: ignore[arg-type]


def polled(**fields: object) -> Polled:
    return Polled((), Fetched(FEED.url, b"", fresh_for=fields.pop("fresh_for", None)), **fields)  # type: ignore[arg-type]


def wait(outcome: PollOutcome, at_most: timedelta = DAY, **fields: object) -> timedelta:
    return next_poll(state(**fields), outcome, NOW, at_most) - NOW


def entries(*ages: timedelta) -> list[Entry]:
    return [
        Entry(str(number), f"https://n/{number}", "제목", "", NOW - age) for number, age in enumerate(ages)
    ]


def test_the_habit_is_the_mean_gap_of_the_newest_fifty() -> None:
    hourly = [number * HOUR for number in range(50)]
    assert habit_of(entries(*hourly)) == HOUR
    assert habit_of(entries(*hourly, *(DAY * 100 + age for age in hourly))) == HOUR, (
        "what was long ago tells nothing"
    )
    assert habit_of(entries(HOUR, 2 * HOUR)) is None
    assert habit_of([Entry("g", "u", "t", "") for _ in range(9)]) is None
    assert habit_of(entries(HOUR, HOUR, HOUR)) is None, "one moment is no habit"
    assert habit_of(entries(*(number * timedelta(seconds=1) for number in range(9)))) == MINUTE


@pytest.mark.parametrize(
    ("habit", "shortest", "longest"),
    [
        (MINUTE, 5 * MINUTE, 5.5 * MINUTE),
        (HOUR, 30 * MINUTE, 33 * MINUTE),
        (DAY, 12 * HOUR, 13.2 * HOUR),
        (30 * DAY, 21.8 * HOUR, DAY),
        (None, 15 * MINUTE, 16.5 * MINUTE),
    ],
)
@pytest.mark.parametrize("remembered", [True, False])
def test_a_healthy_feed_is_asked_by_its_own_frequency(
    habit: timedelta | None, shortest: timedelta, longest: timedelta, remembered: bool
) -> None:
    for feed_id in range(50):
        if remembered:
            waited = wait(NotModified(), feed_id=feed_id, habit=habit)
        else:
            waited = wait(polled(habit=habit), feed_id=feed_id)
        assert shortest <= waited <= longest


def test_feeds_of_one_frequency_spread_out() -> None:
    assert len({wait(NotModified(), feed_id=number) for number in range(20)}) > 15
    assert len({wait(Failed("down"), feed_id=number, failures=5) for number in range(20)}) > 15


@pytest.mark.parametrize("at_most", [MINUTE, 10 * MINUTE])
def test_the_operators_longest_wait_holds_whatever_the_habit(at_most: timedelta) -> None:
    for habit in (MINUTE, DAY, None):
        waited = wait(NotModified(), at_most, habit=habit)
        assert min(at_most * 0.9, 5 * MINUTE) <= waited <= at_most


def test_ttl_and_max_age_are_a_floor_and_a_day_the_ceiling() -> None:
    assert wait(polled(fresh_for=40 * MINUTE), MINUTE) == 40 * MINUTE
    assert wait(polled(ttl=9 * DAY)) == DAY
    assert wait(NotModified(40 * MINUTE), MINUTE) == 40 * MINUTE
    assert wait(NotModified(), MINUTE, ttl=50 * MINUTE) == 50 * MINUTE, "a 304 has no ttl: the last one holds"
    assert wait(polled(), MINUTE, ttl=50 * MINUTE) <= MINUTE, "a document without one lifts it"


def test_failures_back_off_to_a_day_and_never_stop() -> None:
    waits = [wait(Failed("down"), failures=failures) for failures in range(50)]
    assert 10 * MINUTE <= waits[0] <= 11 * MINUTE
    assert waits[0] < waits[1] < waits[4]
    assert timedelta(hours=21) < waits[-1] <= DAY
    assert wait(Failed("busy", retry_after=3 * HOUR)) == 3 * HOUR
    assert wait(Failed("busy", retry_after=90 * DAY)) == DAY
    assert wait(Failed("gone", permanent=True), failures=400) <= DAY


def test_a_feed_that_fails_is_asked_once_more_when_the_day_is_full() -> None:
    """Else the backoff would let the report come up to a day late."""
    since = NOW - 20 * HOUR
    assert wait(Failed("down"), failures=7, failing_since=since) == 4 * HOUR
    assert wait(Failed("down"), failures=8, failing_since=NOW - DAY) > 20 * HOUR
    assert wait(Failed("busy", retry_after=9 * HOUR), failures=7, failing_since=since) >= 9 * HOUR


def test_failing_for_a_day_is_trouble() -> None:
    assert trouble(state(failures=9, failing_since=NOW - 23 * HOUR), NOW) is None
    assert trouble(state(failures=9, failing_since=NOW - DAY), NOW) is FeedTrouble.FAILING
    assert trouble(state(reported=FeedTrouble.FAILING, last_success=NOW), NOW) is None


def test_silence_is_trouble_only_if_the_feed_has_answered_since() -> None:
    silent = {"last_new": NOW - 9 * DAY, "silent_at": NOW - DAY}
    assert trouble(state(**silent, last_success=NOW - HOUR), NOW) is FeedTrouble.SILENT
    assert trouble(state(**silent, last_success=NOW - 2 * DAY), NOW) is None, "we were down, not the feed"
    assert trouble(state(silent_at=NOW + HOUR, last_success=NOW), NOW) is None
    told = state(**silent, failing_since=NOW - HOUR, failures=1, reported=FeedTrouble.SILENT)
    assert trouble(told, NOW) is FeedTrouble.SILENT, "one failure does not make it well"


def test_patience_follows_the_habit() -> None:
    assert patience(state(habit=MINUTE), NotModified()) == 4 * DAY, "a long weekend is no silence"
    assert patience(state(habit=MINUTE), polled(habit=3 * DAY)) == 30 * DAY
    assert patience(state(), NotModified()) == 14 * DAY
    assert patience(state(origin="search"), NotModified()) == 60 * DAY
