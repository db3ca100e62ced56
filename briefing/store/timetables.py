"""When digests are due, of all who have chosen the same hours and days at once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, exists, func, literal, select, update

from briefing.store.columns import UtcDateTime
from briefing.store.engine import Database
from briefing.store.subscribers import days_of, hours_of
from briefing.store.tables import editions, subscribers

log = logging.getLogger(__name__)

_CHOSEN = (
    subscribers.c.timezone,
    subscribers.c.digest_times,
    subscribers.c.digest_days,
    subscribers.c.on_holidays,
)
_DUE = subscribers.c.next_digest.is_not(None) & subscribers.c.active


@dataclass(frozen=True, slots=True)
class Timetable:
    """Hours and days of digests that active subscribers have chosen.

    Attributes:
        digest_times: Local wall-clock times; none where it is off.
        timezone: IANA name.
        digest_days: ISO weekdays.
        on_holidays: Whether Korean public holidays have one.
        latest: When the last of these subscribers is due, UTC.
        chat_id: One of them, for messages.
        stored: The settings as they are stored.
    """

    digest_times: tuple[time, ...]
    timezone: str
    digest_days: frozenset[int]
    on_holidays: bool
    latest: datetime
    chat_id: int
    stored: tuple[Any, ...]


class TimetableStore:
    """Reads and mends when digests are due."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def timetables(self) -> tuple[Timetable, ...]:
        """Every timetable of an active subscriber with a digest to come; looks at all subscribers.

        One that cannot be read is logged and left out.
        """
        latest = func.max(subscribers.c.next_digest, type_=UtcDateTime).label("latest")
        one = func.min(subscribers.c.chat_id).label("chat_id")
        query = select(*_CHOSEN, latest, one).where(_DUE).group_by(*_CHOSEN)

        def read(connection: Connection) -> list[Row[Any]]:
            return list(connection.execute(query))

        return tuple(filter(None, map(_timetable, await self._db.read_at_once(read))))

    async def bring_back(
        self,
        timetable: Timetable,
        due: datetime | None,
        leeway: timedelta,
        had: tuple[str, datetime] | None = None,
    ) -> int:
        """Make digests of a timetable due at `due` (None: never) that are due more than `leeway` later.

        Args:
            timetable: Hours and days.
            due: When they are due by these, UTC.
            leeway: How much later is right, too.
            had: Key of the edition that is due at `due`, and when the one after it is due: who has had the
                one and waits for the other is left alone.

        Returns:
            How many were.
        """
        same = [column == value for column, value in zip(_CHOSEN, timetable.stored, strict=True)]
        later: list[ColumnElement[bool]] = [] if due is None else [subscribers.c.next_digest > due + leeway]
        if had is not None:
            key, following = had
            of_chat = (editions.c.chat_id == subscribers.c.chat_id) & (editions.c.edition == key)
            later.append((subscribers.c.next_digest != following) | ~exists().where(of_chat))
        statement = update(subscribers).where(_DUE, *same, *later).values(next_digest=due)
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount

    async def end_periods(self, now: datetime) -> int:
        """Have periods of last digests that lie ahead end now, or a day ago if more than a day ahead.

        By how much the clock was wrong is not known. Below a day, no more news is missed than it was; above,
        none is by a digest that comes daily, and some is told again.

        Returns:
            How many did.
        """
        ended, day = subscribers.c.last_digest, timedelta(days=1)
        right = case((ended > now + day, literal(now - day, UtcDateTime)), else_=literal(now, UtcDateTime))
        statement = update(subscribers).where(ended > now).values(last_digest=right)
        async with self._db.write() as connection:
            return (await connection.execute(statement)).rowcount


def _timetable(row: Row[Any]) -> Timetable | None:
    try:
        hours, days = hours_of(row.digest_times), days_of(row.digest_days)
    except ValueError as error:
        log.warning("the timetable of chat %d cannot be read: %s", row.chat_id, error)
        return None
    stored = tuple(row[: len(_CHOSEN)])
    return Timetable(hours, row.timezone, days, row.on_holidays, row.latest, row.chat_id, stored)
