"""The list of feeds: which are polled, by whose wish, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import Feed, FeedState, FeedTrouble
from briefing.store.columns import key_of
from briefing.store.engine import Database
from briefing.store.tables import entries, feeds

IN_LIST = 1000
"""Values in one IN list; SQLite takes 32,766 variables a statement, PostgreSQL 32,767."""


Origin = Literal["builtin", "file", "search", "source"]
"""What keeps a list of feeds: the shipped list, the operator's file, what subscribers follow."""


class FeedStore:
    """Aggregate of feeds."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def add_feeds(self, sources: Sequence[Feed], now: datetime) -> int:
        """Take feeds that somebody adds by hand; new ones are due at once.

        A known address keeps its state and takes the new outlet, title, language and note. A feed
        that has moved is still known by the address it was given by. One that was removed comes back.

        Returns:
            The number of feeds that were not polled before.
        """
        async with self._db.write() as connection:
            known = await _known(connection, sources)
            return sum([await self._take(connection, source, "added", now, known) for source in sources])

    async def use_list(
        self, sources: Sequence[Feed], origin: Origin, now: datetime, *, afresh: bool = False
    ) -> int:
        """Make a list the one in force: its feeds are polled, those it replaces no longer.

        The built-in list and the operator's file replace each other; searches replace earlier
        searches, those of APIs (`source`) earlier ones of APIs. Feeds added by hand stay what they
        are. A built-in feed or a search that was removed by hand stays removed; a feed in the
        operator's own file is polled whatever happened before. What leaves the list keeps its state
        for the day it returns, but what it lists then is met as at first contact.

        Args:
            sources: The whole list.
            origin: Which list it is.
            now: Aware.
            afresh: Make those of the list that fail due at once, because a key may be another.

        Returns:
            The number of feeds that were not polled before.
        """
        listed = {key_of(source.url) for source in sources}
        replaced = ("builtin", "file") if origin in {"builtin", "file"} else (origin,)
        of_lists = select(feeds.c.id, feeds.c.given_key, feeds.c.url_key).where(
            feeds.c.origin.in_(replaced), feeds.c.standing == "active"
        )
        # Nearly always as it was, and then the write lock is not needed to see that.
        async with self._db.read() as connection:
            known = await _known(connection, sources, lock=False)
            said = [_said(known.get(key_of(one.url)), one, origin, now, afresh=afresh) for one in sources]
            in_force = await connection.execute(of_lists)
            if not any(said) and all(row.given_key in listed or row.url_key in listed for row in in_force):
                return 0
        async with self._db.write() as connection:
            known = await _known(connection, sources, also=feeds.c.origin.in_(replaced))
            new = sum(
                [await self._take(connection, source, origin, now, known, afresh) for source in sources]
            )
            gone = sorted(
                row.id
                for row in await connection.execute(of_lists)
                if row.given_key not in listed and row.url_key not in listed
            )
            for start in range(0, len(gone), IN_LIST):
                part = feeds.c.id.in_(gone[start : start + IN_LIST])
                await connection.execute(update(feeds).where(part).values(standing="unlisted"))
        return new

    async def _take(  # noqa: PLR0917
        self,
        connection: AsyncConnection,
        source: Feed,
        origin: str,
        now: datetime,
        known_rows: Mapping[bytes, Row[Any]],
        afresh: bool = False,
    ) -> bool:
        """Insert or update one feed; whether it was not polled before and is now."""
        known = known_rows.get(key_of(source.url))
        said = _said(known, source, origin, now, afresh=afresh)
        if known is None:
            added = await connection.execute(
                self._db.insert(feeds).values(said).on_conflict_do_nothing().returning(feeds.c.id)
            )
            return added.first() is not None
        if said:
            await connection.execute(update(feeds).where(feeds.c.id == known.id).values(said))
        return said.get("standing") == "active"

    async def origin_of(self, url: str) -> str | None:
        """builtin, file, search, source or added, of the feed polled under this address; or None."""
        query = select(feeds.c.origin).where(known_by(key_of(url)), feeds.c.standing == "active")
        async with self._db.read() as connection:
            return (await connection.execute(query)).scalar()

    async def remove_feed(self, url: str) -> bool:
        """Poll a feed no longer and forget its entries; articles and facts stay.

        The address is remembered as removed, so that the built-in list does not bring it back.

        Args:
            url: The address it was given by, or its present one.

        Returns:
            False if no such feed is polled.
        """
        forgotten = {"etag": None, "last_modified": None, "failures": 0, "last_error": None}
        forgotten |= {"last_success": None, "last_new": None, "next_poll": None, "body_key": None}
        forgotten |= {"habit_s": None, "ttl_s": None, "failing_since": None, "silent_at": None}
        forgotten |= {"reported": None, "reported_since": None, "held_until": None, "document_at": None}
        async with self._db.write() as connection:
            gone = await connection.execute(
                update(feeds)
                .where(known_by(key_of(url)), feeds.c.standing == "active")
                .values(standing="removed", **forgotten)
                .returning(feeds.c.id)
            )
            ids = gone.scalars().all()
            await connection.execute(delete(entries).where(entries.c.feed_id.in_(ids)))
        return bool(ids)

    async def feeds(self) -> tuple[FeedState, ...]:
        """The feeds that are polled, in the order in which they became known."""
        query = select(feeds).where(feeds.c.standing == "active").order_by(feeds.c.id)
        async with self._db.read() as connection:
            rows = await connection.execute(query)
            return tuple(_feed_state(row) for row in rows)

    async def due_feeds(self, now: datetime, limit: int | None = None) -> tuple[FeedState, ...]:
        """Feeds whose next poll has come, longest waiting first."""
        query = (
            select(feeds)
            .where(feeds.c.standing == "active", or_(feeds.c.next_poll.is_(None), feeds.c.next_poll <= now))
            .order_by(feeds.c.next_poll, feeds.c.id)
            .limit(limit)
        )
        async with self._db.read() as connection:
            return tuple(_feed_state(row) for row in await connection.execute(query))

    async def failing_since_any_answered(self) -> tuple[FeedState, ...]:
        """Feeds that began to fail after the last success of any feed."""
        polled = feeds.c.standing == "active"
        last = select(func.max(feeds.c.last_success)).where(polled).scalar_subquery()
        query = select(feeds).where(
            polled, feeds.c.failures > 0, or_(last.is_(None), feeds.c.failing_since > last)
        )
        async with self._db.read() as connection:
            return tuple(_feed_state(row) for row in await connection.execute(query.order_by(feeds.c.id)))

    async def make_due(self, feed_ids: Collection[int], now: datetime) -> int:
        """Make those of these feeds that still fail due at once; their number.

        One whose server has asked to be left alone until a later time is due then.
        """
        ids = sorted(feed_ids)
        made: list[dict[str, Any]] = []
        async with self._db.write() as connection:
            for start in range(0, len(ids), IN_LIST):
                later = select(feeds.c.id, feeds.c.held_until).where(
                    feeds.c.id.in_(ids[start : start + IN_LIST]),
                    *(feeds.c.failures > 0, feeds.c.next_poll > now),
                    or_(feeds.c.held_until.is_(None), feeds.c.held_until < feeds.c.next_poll),
                )
                locked = await connection.execute(later.order_by(feeds.c.id).with_for_update())
                made += [{"feed": row.id, "due": max(now, row.held_until or now)} for row in locked]
            if made:
                due = bindparam("due", type_=feeds.c.next_poll.type)
                of_feed = update(feeds).where(feeds.c.id == bindparam("feed"))
                await connection.execute(of_feed.values(next_poll=due), made)
        return len(made)

    async def feeds_to_report(self, now: datetime, failing_since: datetime) -> tuple[FeedState, ...]:
        """Feeds that administrators may have to be told of: in trouble, or told and perhaps well again.

        Args:
            now: Feeds that were to bring something before are silent.
            failing_since: Feeds that have failed from then on, or longer, are failing.
        """
        troubled = or_(
            feeds.c.failing_since <= failing_since, feeds.c.silent_at <= now, feeds.c.reported.is_not(None)
        )
        query = select(feeds).where(feeds.c.standing == "active", troubled).order_by(feeds.c.id)
        async with self._db.read() as connection:
            return tuple(_feed_state(row) for row in await connection.execute(query))

    async def mark_reported(self, troubles: Mapping[int, tuple[FeedTrouble | None, datetime | None]]) -> None:
        """Keep what administrators know of feeds, by their keys, and since when that had lasted.

        Without a trouble all is well.
        """
        rows = [
            {"feed": feed_id, "told": trouble, "since": since if trouble else None}
            for feed_id, (trouble, since) in sorted(troubles.items())
        ]
        if not rows:
            return
        since = bindparam("since", type_=feeds.c.reported_since.type)
        noted = update(feeds).where(feeds.c.id == bindparam("feed"))
        async with self._db.write() as connection:
            await connection.execute(noted.values(reported=bindparam("told"), reported_since=since), rows)


def _said(
    known: Row[Any] | None, source: Feed, origin: str, now: datetime, *, afresh: bool
) -> dict[str, Any]:
    """The columns of a feed that a list changes, all of them if it is not known; empty if none."""
    said: dict[str, Any] = {
        "outlet": source.outlet,
        "title": source.title,
        "language": source.language,
        "note": source.note,
    }
    if known is None:
        key = key_of(source.url)
        said |= {"url": source.url, "url_key": key, "given_key": key, "origin": origin}
        return said | {"standing": "active", "next_poll": now, "failures": 0, "added_at": now}
    stays_removed = known.standing == "removed" and origin in {"builtin", "search", "source"}
    if known.standing != "active" and not stays_removed:
        # its troubles of another time count no more, nor does its silence while nobody asked
        said |= {"standing": "active", "next_poll": now, "added_at": now, "silent_at": None}
        said |= {"failures": 0, "failing_since": None, "last_error": None, "reported": None}
        said |= {"reported_since": None, "held_until": None}
        # and what came meanwhile is no news: its first contact begins anew
        said |= {"last_new": None, "last_success": None}
    elif afresh and known.failures and not stays_removed:
        said |= {"next_poll": now}
    # what was added by hand does not go when a list that has it too goes, nor what is listed when
    # nobody follows the company any more
    if known.standing != "active" or (known.origin != "added" and origin != "search"):
        said["origin"] = origin
    return {name: value for name, value in said.items() if known._mapping[name] != value}


async def _known(
    connection: AsyncConnection,
    sources: Sequence[Feed],
    *,
    also: ColumnElement[bool] | None = None,
    lock: bool = True,
) -> dict[bytes, Row[Any]]:
    """The feeds of these addresses, by the keys of both; locked, with others, in one order everywhere."""
    keys = [key_of(source.url) for source in sources]
    ids: set[int] = set()
    if also is not None:
        ids |= set((await connection.execute(select(feeds.c.id).where(also))).scalars())
    # two lists in one statement
    for start in range(0, len(keys), IN_LIST // 2):
        part = keys[start : start + IN_LIST // 2]
        either = or_(feeds.c.given_key.in_(part), feeds.c.url_key.in_(part))
        ids |= set((await connection.execute(select(feeds.c.id).where(either))).scalars())
    ordered = sorted(ids)
    by_url: dict[bytes, Row[Any]] = {}
    by_given: dict[bytes, Row[Any]] = {}
    for start in range(0, len(ordered), IN_LIST):
        part_of = select(feeds).where(feeds.c.id.in_(ordered[start : start + IN_LIST])).order_by(feeds.c.id)
        for row in await connection.execute(part_of.with_for_update() if lock else part_of):
            by_url[row.url_key] = row
            by_given[row.given_key] = row
    # the address a feed was given by goes before the present one of another
    return by_url | by_given


def known_by(key: bytes) -> ColumnElement[bool]:
    """The feed of this address, the one it was given by or its present one."""
    return or_(feeds.c.given_key == key, feeds.c.url_key == key)


def _feed_state(row: Row[Any]) -> FeedState:
    return FeedState(
        id=row.id,
        feed=Feed(row.url, row.outlet, row.title, row.language, row.note),
        etag=row.etag,
        last_modified=row.last_modified,
        next_poll=row.next_poll,
        failures=row.failures,
        last_error=row.last_error,
        last_success=row.last_success,
        last_new=row.last_new,
        origin=row.origin,
        habit=_time(row.habit_s),
        ttl=_time(row.ttl_s),
        failing_since=row.failing_since,
        silent_at=row.silent_at,
        reported=FeedTrouble(row.reported) if row.reported else None,
        body_key=row.body_key,
        reported_since=row.reported_since,
    )


def _time(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
