"""The timetable, and APScheduler wired to it.

The scheduler holds a handful of fixed ticks and no state: what is due lies in the database, so a
tick that was missed, or a process that was down, is made up for by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = logging.getLogger(__name__)

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the timetable.

    Attributes:
        job: Name of the work.
        every: Time between two starts.
        grace: A start that is late by less is still made. APScheduler's own default is 1 s and
            skips what a busy moment delayed.
    """

    job: str
    every: timedelta
    grace: timedelta = timedelta(hours=1)


# How soon each stage takes up what the one before left in the database.
TIMETABLE: Final[tuple[Tick, ...]] = (
    Tick("poll", timedelta(seconds=30)),
    Tick("read", timedelta(seconds=10)),
    Tick("alerts", timedelta(seconds=15)),
    Tick("digests", timedelta(seconds=20)),
    Tick("deliver", timedelta(seconds=1)),
    Tick("recover", timedelta(minutes=1)),
)
# A tick on its way when the process is told to stop may finish; a delivery cut off is `unknown`.
FINISH_S: Final = 20.0


@asynccontextmanager
async def running_schedule(
    jobs: Mapping[str, Work],
    timetable: Sequence[Tick] = TIMETABLE,
    *,
    finish_s: float = FINISH_S,
) -> AsyncIterator[AsyncIOScheduler]:
    """Run jobs by the timetable until the block is left; then let what runs finish.

    A job never runs twice at once, starts that fell together become one, and a job that fails is
    logged and tried again at its next tick.

    Args:
        jobs: Work by name; exactly the names of the timetable.
        timetable: When.
        finish_s: Seconds to wait for running work on leaving before it is cancelled.

    Raises:
        ValueError: jobs and timetable do not name the same work.
    """
    named = {tick.job for tick in timetable}
    if named != set(jobs):
        raise ValueError(f"timetable and jobs differ: {sorted(named ^ set(jobs))}")
    running: set[asyncio.Task[None]] = set()

    async def start(name: str) -> None:
        task = asyncio.create_task(_guarded(name, jobs[name]), name=f"tick {name}")
        running.add(task)
        task.add_done_callback(running.discard)
        # The scheduler cancels its own jobs on shutdown; the work behind them finishes.
        await asyncio.shield(task)

    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick in timetable:
        scheduler.add_job(
            start,
            IntervalTrigger(seconds=tick.every.total_seconds(), timezone="UTC"),
            args=(tick.job,),
            id=tick.job,
            # at once for the first time: something may have fallen due while the process was down
            next_run_time=datetime.now(UTC),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=int(tick.grace.total_seconds()),
        )
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.pause()
        await _finish(running, finish_s)
        scheduler.shutdown(wait=False)


async def _guarded(name: str, work: Work) -> None:
    try:
        await work()
    except Exception:
        log.exception("%s failed; tried again at the next tick", name)


async def _finish(running: set[asyncio.Task[None]], seconds: float) -> None:
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=seconds)
    for task in late:
        log.warning("%s did not finish within %.0f s and is cut off", task.get_name(), seconds)
        task.cancel()
    if late:
        await asyncio.wait(late)
