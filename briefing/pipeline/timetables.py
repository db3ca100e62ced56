"""Digests that a wrong clock has put off, brought back once the clock is right."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from briefing.compose.audience import next_digest
from briefing.compose.editions import digest_key
from briefing.pipeline.digests import DIGEST_AGAIN
from briefing.store import Store
from briefing.store.timetables import Timetable

log = logging.getLogger(__name__)

# Before this year was no execbrief: a machine that says so has no clock yet.
NO_CLOCK = datetime(2020, 1, 1, tzinfo=UTC)
# All subscribers are looked at, so not in every round: at the first one, when the clock has gone back between
# two, and every so often, because another process may have been the one with the wrong clock.
LOOK_EVERY = timedelta(hours=1)


class Timetables:
    """Compares when digests are due with what their subscribers have chosen.

    Args:
        store: The open database.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked: datetime | None = None
        self._last_round: datetime | None = None

    async def mend(self, now: datetime) -> int:
        """Bring back digests that are due later than their timetable says; call it in every round.

        A digest that came early by the wrong clock does not come again: its key holds the moment it was due.

        Returns:
            How many were mended. None by a clock that is itself wrong, as on a machine without one before it
            has asked for the time.
        """
        last, self._last_round = self._last_round, now
        went_back = last is not None and now < last
        if went_back:
            self._looked = None
        if now < NO_CLOCK:
            return 0
        if self._looked is not None and now < self._looked + LOOK_EVERY:
            return 0
        kept = self._store.timetables
        mended = 0
        for timetable in await kept.timetables():
            due = _due(timetable, now)
            # one that failed is due again a little later than it was
            if due is None or timetable.latest > due + DIGEST_AGAIN:
                following = due and _due(timetable, due)
                had = (digest_key(due), following) if due and following else None
                mended += await kept.bring_back(timetable, due, DIGEST_AGAIN, had)
        await kept.end_periods(now)
        self._looked = now
        if mended:
            log.warning("%d digests were due later than asked for, by a clock that was wrong; mended", mended)
        return mended


def _due(timetable: Timetable, after: datetime) -> datetime | None:
    """When the next digest of a timetable is due after an aware time, UTC; None for never."""
    try:
        return next_digest(
            timetable.digest_times,
            timetable.timezone,
            after,
            days=timetable.digest_days,
            on_holidays=timetable.on_holidays,
        )
    except Exception:
        # composing meets it then, and tries again in its own way
        log.exception("the timetable of chat %d cannot be read", timetable.chat_id)
        return after + DIGEST_AGAIN
