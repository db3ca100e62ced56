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

from briefing.errors import StoreUnavailable

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
        at_once: Runs at the same time; more than one only for work that minds those before it.
        finish: How long a run on its way may go on once the schedule is left; then it is cancelled.
            Nothing: the next start of the process repeats it.
    """

    job: str
    every: timedelta
    grace: timedelta = timedelta(hours=1)
    finish: timedelta = timedelta(0)
    at_once: int = 1


# A message that is cut off while being sent stays `unknown`.
DELIVERY_FINISH: Final = timedelta(seconds=20)
# Short transactions.
WRITING_FINISH: Final = timedelta(seconds=2)
# How soon each stage takes up what the one before left in the database.
TIMETABLE: Final[tuple[Tick, ...]] = (
    # a round that waits for a slow server must not keep the feeds of others waiting
    Tick("poll", timedelta(seconds=30), at_once=20),
    Tick("read", timedelta(seconds=10)),
    Tick("alerts", timedelta(seconds=15), finish=WRITING_FINISH),
    Tick("digests", timedelta(seconds=20), finish=WRITING_FINISH),
    Tick("deliver", timedelta(seconds=1), finish=DELIVERY_FINISH),
    Tick("recover", timedelta(minutes=1), finish=WRITING_FINISH),
    # in small transactions, each of which may be the last
    Tick("tidy", timedelta(days=1)),
)


@asynccontextmanager
async def running_schedule(
    jobs: Mapping[str, Work],
    timetable: Sequence[Tick] = TIMETABLE,
) -> AsyncIterator[AsyncIOScheduler]:
    """Run jobs by the timetable until the block is left; then give what runs the time to finish it has.

    On return nothing of it runs any more, so what the jobs work with may be closed.

    A job runs `at_once` times at the same time at most, once if its line does not say otherwise;
    starts that fell together become one, and a job that fails is logged and tried again at its next tick;
    a database that is away is logged once a job, and once more when it is back.

    Args:
        jobs: Work by name; exactly the names of the timetable.
        timetable: When.

    Raises:
        ValueError: jobs and timetable do not name the same work.
    """
    named = {tick.job for tick in timetable}
    if named != set(jobs):
        raise ValueError(f"timetable and jobs differ: {sorted(named ^ set(jobs))}")
    running: dict[asyncio.Task[None], timedelta] = {}
    waiting: set[str] = set()
    leaving = False

    async def start(tick: Tick) -> None:
        if leaving:
            return
        task = asyncio.create_task(_guarded(tick.job, jobs[tick.job], waiting), name=f"tick {tick.job}")
        running[task] = tick.finish
        task.add_done_callback(running.pop)
        # The scheduler cancels its own jobs on shutdown; the work behind them may finish. And a run
        # that is cut off is no error of the scheduler.
        await asyncio.wait({task})

    scheduler = AsyncIOScheduler(timezone="UTC")
    for tick in timetable:
        scheduler.add_job(
            start,
            IntervalTrigger(seconds=tick.every.total_seconds(), timezone="UTC"),
            args=(tick,),
            id=tick.job,
            # at once for the first time: something may have fallen due while the process was down
            next_run_time=datetime.now(UTC),
            max_instances=tick.at_once,
            coalesce=True,
            misfire_grace_time=int(tick.grace.total_seconds()),
        )
    scheduler.start()
    try:
        yield scheduler
    finally:
        leaving = True
        scheduler.pause()
        await asyncio.gather(*(_finish(task, patience) for task, patience in running.items()))
        scheduler.shutdown(wait=False)


async def _guarded(name: str, work: Work, waiting: set[str]) -> None:
    """One run of a job, whatever becomes of it.

    Args:
        name: Of the job.
        work: The job.
        waiting: Jobs whose last run did not reach the database; kept here.
    """
    try:
        await work()
    except StoreUnavailable as error:
        # a line when it begins and one when it is over, not a traceback a second while it lasts
        if name not in waiting:
            log.warning("%s: %s; tried again at every tick", name, error)
        waiting.add(name)
    except Exception:
        log.exception("%s failed; tried again at the next tick", name)
    else:
        if name in waiting:
            waiting.discard(name)
            log.warning("%s: the database answers again", name)


async def _finish(task: asyncio.Task[None], patience: timedelta) -> None:
    if patience:
        await asyncio.wait({task}, timeout=patience.total_seconds())
    if task.done():
        return
    if patience:
        seconds = patience.total_seconds()
        log.warning("%s did not finish within %.0f s and is cut off", task.get_name(), seconds)
    task.cancel()
    await asyncio.wait({task})
