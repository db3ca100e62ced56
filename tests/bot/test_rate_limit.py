"""Token buckets: how much is answered in a time, who is told, what is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rate_limit import PER_CHAT, PER_USER, Rate, RateLimit, TooFast
from tests.conftest import Clock

ME = ("user", 1)
ROOM = ("chat", -5)


@pytest.fixture
def limit(clock: Clock) -> RateLimit:
    return RateLimit(clock, Rate(burst=3, per_minute=6), Rate(burst=4, per_minute=6))


def answered(limit: RateLimit, times: int, *keys, cost: float = 1) -> int:
    return sum(limit.take(keys or (ME,), cost) is None for _ in range(times))


def test_a_burst_is_answered_and_then_one_every_ten_seconds(limit, clock) -> None:
    assert answered(limit, 9) == 3
    assert limit.take([ME]) == TooFast(timedelta(seconds=10), first=False)
    clock.advance(seconds=9)
    assert answered(limit, 1) == 0
    clock.advance(seconds=1)
    assert answered(limit, 5) == 1


def test_one_is_told_once_and_again_only_after_an_answer(limit, clock) -> None:
    answered(limit, 3)
    assert [limit.take([ME]).first for _ in range(3)] == [True, False, False]
    clock.advance(seconds=10)
    assert answered(limit, 1) == 1
    assert [limit.take([ME]).first for _ in range(2)] == [True, False]


def test_what_costs_more_than_is_left_is_answered_and_paid_off(limit, clock) -> None:
    assert answered(limit, 3, cost=5) == 1
    assert limit.take([ME]).wait == timedelta(seconds=30), "two of debt, and one to go"
    clock.advance(seconds=30)
    assert answered(limit, 5) == 1


def test_what_costs_little_is_answered_often(limit) -> None:
    assert answered(limit, 50, cost=0.25) == 12


def test_a_chat_is_full_though_its_people_are_not_and_they_pay_nothing_then(limit) -> None:
    for person in range(4):
        assert limit.take([("user", person), ROOM]) is None
    assert limit.take([("user", 9), ROOM]) is not None
    assert answered(limit, 9, ("user", 9)) == 3, "nothing was taken from the person"


def test_one_person_does_not_use_up_another(limit) -> None:
    answered(limit, 9)
    assert answered(limit, 3, ("user", 2)) == 3


def test_a_clock_set_back_gives_nothing_away(limit, clock) -> None:
    answered(limit, 3)
    clock.advance(hours=-1)
    assert answered(limit, 3) == 0
    clock.advance(seconds=10)
    assert answered(limit, 3) == 1


def test_of_too_many_keys_those_used_longest_ago_are_forgotten(clock) -> None:
    limit = RateLimit(clock, Rate(1, 1), most_keys=100)
    for person in range(1000):
        limit.take([("user", person)])
    assert len(limit) == 100
    assert limit.take([("user", 999)]) is not None, "the newest are remembered"
    assert limit.take([("user", 0)]) is None


@given(st.lists(st.tuples(st.floats(0, 30), st.sampled_from([0.25, 1.0, 2.0, 5.0])), max_size=60))
def test_never_more_than_the_bucket_and_what_has_come_back(steps: list[tuple[float, float]]) -> None:
    clock = Clock()
    limit = RateLimit(clock)
    paid = passed = 0.0
    for wait, cost in steps:
        clock.advance(seconds=wait)
        passed += wait
        if limit.take([ME], cost) is None:
            paid += cost
        assert paid <= PER_USER.burst + passed / 60 * PER_USER.per_minute + 4 + 1e-6, (
            "debt is under one answer"
        )
    assert PER_CHAT.per_minute == 20, "as Telegram takes into a group"
