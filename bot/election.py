"""Of all processes that run the bot on one database, one leads; the others stand by and take over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from briefing.errors import StoreUnavailable
from briefing.store.turns import Holding, Turn, hold

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often an election looks.

    Attributes:
        ask: Time between two tries of a process that stands by; how late it takes over at most.
        check: Time between two looks of the leader whether it still leads.
    """

    ask: timedelta = timedelta(seconds=2)
    check: timedelta = timedelta(seconds=5)


@asynccontextmanager
async def leading(
    database_url: str,
    stop: asyncio.Event,
    *,
    on_standby: Callable[[], None],
    rhythm: Rhythm = Rhythm(),
    patient: bool = False,
) -> AsyncIterator[asyncio.Event | None]:
    """Wait until this process leads, and lead for the length of the block.

    A lost connection to PostgreSQL takes the lock along. It is then taken again as soon as the database
    answers; only if another process was faster is leading over. Until that is known both may think that
    they lead, some ten seconds at worst: claims of the outbox and unique keys keep that harmless.

    Args:
        database_url: As in the settings.
        stop: Set to wait no longer.
        on_standby: Called once if another process leads.
        rhythm: How often to look.
        patient: Wait for a database that cannot be reached, too.

    Yields:
        An event that is set when another process leads; None if told to stop while waiting.

    Raises:
        SettingsError, StoreUnavailable: The lock cannot be asked for, and `patient` is False.
    """
    async with AsyncExitStack() as current:
        stands_by = unreachable = False
        while not stop.is_set():
            try:
                holding = await current.enter_async_context(hold(database_url, Turn.RUN))
            except StoreUnavailable as error:
                if not (patient or stands_by):
                    raise
                if not unreachable:
                    log.warning("the lock of running cannot be asked for: %s", error)
                unreachable = True
            else:
                unreachable = False
                if holding is not None:
                    if stands_by:
                        log.info("the process that led has ended; this one takes over")
                    async with _watched(database_url, current, holding, rhythm) as lost:
                        yield lost
                    return
                if not stands_by:
                    log.info("another process runs the bot on this database; standing by to take over")
                    stands_by = True
                    on_standby()
            await current.aclose()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), rhythm.ask.total_seconds())
    yield None


@asynccontextmanager
async def _watched(
    database_url: str, current: AsyncExitStack, holding: Holding, rhythm: Rhythm
) -> AsyncIterator[asyncio.Event]:
    lost = asyncio.Event()

    async def watch() -> None:
        held: Holding = holding
        while True:
            await asyncio.sleep(rhythm.check.total_seconds())
            if await held.still_ours():
                continue
            log.warning("the lock of running is gone (connection lost, or its file replaced)")
            again = await _again(database_url, current, rhythm)
            if again is None:
                log.error("another process leads by now; this one stops its work and stands by")
                lost.set()
                return
            log.warning("the lock of running is ours again")
            held = again

    task = asyncio.create_task(watch(), name="the lock of running")
    try:
        yield lost
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _again(database_url: str, current: AsyncExitStack, rhythm: Rhythm) -> Holding | None:
    """The lock once more, as soon as the database answers; None if another process has it."""
    while True:
        with suppress(Exception):
            # whatever closing a lost connection brings
            await current.aclose()
        try:
            return await current.enter_async_context(hold(database_url, Turn.RUN))
        except StoreUnavailable:
            await asyncio.sleep(rhythm.ask.total_seconds())
