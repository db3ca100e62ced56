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
