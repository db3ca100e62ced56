from __future__ import annotations

import asyncio
import itertools
from datetime import timedelta

from briefing.deliver import Pace
from briefing.deliver.pace import SWEEP_AT


class Timer:
    """Monotonic seconds that pass only while somebody sleeps; sleepers wake in the order of their times."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    async def run(self, *jobs: asyncio.Task[None]) -> None:
        """Let time pass until the jobs are done."""
        while not all(job.done() for job in jobs):
            for _ in range(5):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[0])
                self.now, future = self._sleepers.pop(0)
                future.set_result(None)


async def send_all(chats: list[int], **limits: float) -> list[tuple[int, float]]:
    """(chat, second) of each message, all wanted at once."""
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep, **limits)  # type: ignore[arg-type]
    sent: list[tuple[int, float]] = []

    async def one(chat: int) -> None:
        while (wait := await pace.turn(chat)) is not None:
            await timer.sleep(wait.total_seconds())
        sent.append((chat, timer.now - 1000.0))

    await timer.run(*[asyncio.create_task(one(chat)) for chat in chats])
    return sent


async def test_no_second_holds_more_than_thirty_messages_and_29_of_30_are_used() -> None:
    times = sorted(at for _, at in await send_all(list(range(1, 301))))
    for start in times:
        assert sum(start <= at < start + 1 for at in times) <= 30
    assert 299 / times[-1] >= 29


async def test_one_chat_gets_one_message_a_second_while_others_go_on() -> None:
    sent = await send_all([7, 7, 7, 8, 9])
    mine = [at for chat, at in sent if chat == 7]
    assert all(later - earlier >= 1 for earlier, later in itertools.pairwise(mine))
    assert max(at for chat, at in sent if chat != 7) < 0.5


async def test_a_group_gets_twenty_a_minute() -> None:
    times = sorted(at for _, at in await send_all([-5] * 45))
    for start in times:
        assert sum(start <= at < start + 60 for at in times) <= 20
    assert times[19] < 25, "the first twenty need only a second each"


async def test_a_private_chat_is_not_held_to_the_limit_of_groups() -> None:
    times = [at for _, at in await send_all([5] * 30)]
    assert max(times) < 31


async def test_retry_after_holds_only_that_chat() -> None:
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep)
    pace.hold(1, timedelta(seconds=35))
    assert await pace.turn(2) is None
    assert await pace.turn(1) == timedelta(seconds=35)
    timer.now += 35
    assert await pace.turn(1) is None


async def test_being_told_to_wait_takes_no_turn() -> None:
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep)
    pace.hold(1, timedelta(seconds=10))
    for _ in range(5):
        assert await pace.turn(1) == timedelta(seconds=10)


async def test_a_hundred_thousand_chats_are_not_remembered_for_ever() -> None:
    timer = Timer()

    async def skip(seconds: float) -> None:
        timer.now += seconds

    pace = Pace(clock=timer, sleep=skip)
    for chat in range(1, 20_001):
        assert await pace.turn(chat) is None
    assert len(pace._free_at) <= SWEEP_AT


async def test_answers_come_before_deliveries_and_share_their_budget() -> None:
    timer = Timer()
    pace = Pace(per_second=10, clock=timer, sleep=timer.sleep)
    sent: list[tuple[str, float]] = []

    async def deliver(chat: int) -> None:
        assert await pace.turn(chat) is None
        sent.append(("delivery", timer.now - 1000))

    async def answer(chat: int) -> None:
        await timer.sleep(0.55)
        assert await pace.answer(chat) is None
        sent.append(("answer", timer.now - 1000))

    jobs = [*(deliver(chat) for chat in range(1, 21)), *(answer(chat) for chat in range(101, 104))]
    await timer.run(*[asyncio.create_task(job) for job in jobs])
    answers = [at for kind, at in sent if kind == "answer"]
    assert answers[-1] < 0.55 + 0.4, "three answers, a tenth of a second each, whatever waits"
    times = [at for _, at in sent]
    assert len(times) == 23
    for start in times:
        assert sum(start <= at < start + 1 for at in times) <= 10


async def test_an_answer_of_several_messages_is_not_spaced_but_what_is_delivered_after_it_waits() -> None:
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep)
    for _ in range(3):
        task = asyncio.create_task(pace.answer(7))
        await timer.run(task)  # type: ignore[arg-type]
    assert timer.now - 1000 < 0.2
    assert await pace.chat_turn(7, timedelta(seconds=0.5)) == timedelta(seconds=1)


async def test_an_answer_waits_for_a_hold_of_its_chat_unless_it_is_long() -> None:
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep)
    pace.refused(7, timedelta(seconds=9))
    await timer.run(asyncio.create_task(pace.answer(7)))  # type: ignore[arg-type]
    assert timer.now == 1009
    pace.refused(7, timedelta(minutes=5))
    assert await pace.answer(7) == timedelta(minutes=5)
    other = asyncio.create_task(pace.answer(8))
    await timer.run(other)  # type: ignore[arg-type]
    assert other.result() is None
    assert timer.now < 1009.1


async def test_three_chats_refused_in_a_row_are_the_limit_over_all() -> None:
    timer = Timer()
    pace = Pace(clock=timer, sleep=timer.sleep)
    for chat, seconds in ((1, 8), (2, 6), (1, 9), (2, 7)):
        pace.refused(chat, timedelta(seconds=seconds))
    assert pace.all_held() == timedelta(0), "two chats may both be too fast"
    pace.accepted()
    pace.refused(3, timedelta(seconds=5))
    assert pace.all_held() == timedelta(0), "something was accepted in between"
    pace.refused(4, timedelta(seconds=5))
    pace.refused(5, timedelta(seconds=4))
    assert pace.all_held() == timedelta(seconds=4)
    assert await pace.turn(99) == timedelta(seconds=4)
    timer.now += 4
    assert await pace.turn(99) is None
    assert await pace.chat_turn(4, timedelta(0)) == timedelta(seconds=1), "each chat keeps its own wait"


async def test_who_gives_up_waiting_takes_no_turn_from_others() -> None:
    timer = Timer()
    pace = Pace(per_second=10, clock=timer, sleep=timer.sleep)
    assert await pace.turn(1) is None
    waiting = [asyncio.create_task(pace.turn(chat)) for chat in range(2, 12)]
    await asyncio.sleep(0)
    for task in waiting[:9]:
        task.cancel()
    last = waiting[9]
    await timer.run(last)  # type: ignore[arg-type]
    assert last.result() is None
    assert timer.now - 1000 < 0.25
