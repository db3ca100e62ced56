from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES

from bot.schedule import TIMETABLE, Tick, running_schedule
from briefing.errors import StoreUnavailable

NAMES = {tick.job for tick in TIMETABLE}
SOON = timedelta(milliseconds=20)


async def nothing() -> None:
    return None


def test_the_timetable_names_every_stage_once_and_forgives_a_long_delay() -> None:
    names = [tick.job for tick in TIMETABLE]
    assert names[:5] == ["poll", "read", "alerts", "digests", "deliver"]
    assert len(set(names)) == len(names)
    assert all(tick.grace >= timedelta(minutes=30) for tick in TIMETABLE)


@pytest.mark.parametrize("jobs", [{}, {"poll": nothing}, dict.fromkeys([*NAMES, "tea"], nothing)])
async def test_jobs_that_do_not_match_the_timetable_are_refused(jobs) -> None:
    with pytest.raises(ValueError, match="timetable and jobs differ"):
        async with running_schedule(jobs):
            pass


async def test_every_job_starts_at_once_and_the_settings_reach_the_scheduler() -> None:
    started = {name: asyncio.Event() for name in NAMES}

    def work(name: str):
        async def job() -> None:
            started[name].set()

        return job

    async with running_schedule({name: work(name) for name in NAMES}) as scheduler:
        at_once = {tick.job: tick.at_once for tick in TIMETABLE}
        assert {name for name, number in at_once.items() if number > 1} == {"poll"}, (
            "only it minds the others"
        )
        for job in scheduler.get_jobs():
            assert job.max_instances == at_once[job.id]
            assert job.coalesce
            assert job.misfire_grace_time >= 1800
        async with asyncio.timeout(5):
            await asyncio.gather(*(event.wait() for event in started.values()))


async def test_a_failing_job_is_logged_and_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    twice = asyncio.Event()
    runs = 0

    async def broken() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            twice.set()
        raise RuntimeError("the database is away")

    async with running_schedule({"poll": broken}, [Tick("poll", SOON)]):
        async with asyncio.timeout(5):
            await twice.wait()
    assert "poll failed" in caplog.text
    assert "the database is away" in caplog.text


async def test_a_database_that_is_away_is_told_once_and_so_is_its_return(caplog) -> None:
    caplog.set_level(logging.INFO)
    back = asyncio.Event()
    runs = 0

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs <= 4:
            raise StoreUnavailable("SQLite database x: database or disk is full")
        if runs == 6:
            back.set()

    async with running_schedule({"deliver": work}, [Tick("deliver", SOON)]):
        async with asyncio.timeout(10):
            await back.wait()
    told = [record.message for record in caplog.records if record.name == "bot.schedule"]
    assert told == [
        "deliver: SQLite database x: database or disk is full; tried again at every tick",
        "deliver: the database answers again",
    ]
    assert "Traceback" not in caplog.text


async def test_a_job_never_runs_beside_itself(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, logger="apscheduler")
    refused, thrice = asyncio.Event(), asyncio.Event()
    running = most = starts = 0

    async def slow() -> None:
        nonlocal running, most, starts
        running += 1
        starts += 1
        most = max(most, running)
        # until another tick fell due meanwhile
        await refused.wait()
        refused.clear()
        running -= 1
        if starts == 3:
            thrice.set()

    async with running_schedule({"deliver": slow}, [Tick("deliver", SOON)]) as scheduler:
        scheduler.add_listener(lambda _event: refused.set(), EVENT_JOB_MAX_INSTANCES)
        async with asyncio.timeout(5):
            await thrice.wait()
        refused.set()
        scheduler.remove_job("deliver")
    assert most == 1


async def test_what_may_finish_does_when_the_schedule_is_left() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    finished = []

    async def delivery() -> None:
        begun.set()
        await go_on.wait()
        finished.append("recorded")

    tick = Tick("deliver", timedelta(hours=1), finish=timedelta(seconds=5))
    async with running_schedule({"deliver": delivery}, [tick]):
        await begun.wait()
        asyncio.get_running_loop().call_later(0.02, go_on.set)
    assert finished == ["recorded"]


async def test_what_does_not_finish_in_its_time_is_cut_off_and_said(caplog) -> None:
    begun = asyncio.Event()

    async def stuck() -> None:
        begun.set()
        await asyncio.Event().wait()

    tick = Tick("deliver", timedelta(hours=1), finish=timedelta(seconds=0.02))
    async with running_schedule({"deliver": stuck}, [tick]):
        await begun.wait()
    assert "cut off" in caplog.text


async def test_polling_is_cancelled_at_once_and_has_ended_before_the_schedule_is_left(caplog) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def dripping() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(lambda: None)
            ended.set()

    (poll,) = [tick for tick in TIMETABLE if tick.job == "poll"]
    async with running_schedule({"poll": dripping}, [poll]):
        await begun.wait()
        left = asyncio.get_running_loop().time()
    assert ended.is_set()
    assert asyncio.get_running_loop().time() - left < 1
    assert caplog.text == ""


def test_only_what_a_cut_would_lose_may_finish() -> None:
    patience = {tick.job: tick.finish for tick in TIMETABLE}
    assert patience["poll"] == patience["read"] == timedelta(0)
    assert patience["deliver"] == max(patience.values()) == timedelta(seconds=20)
