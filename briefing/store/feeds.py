"""Feeds and their entries: what to poll, what a poll brought, what waits to be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import Entry, Failed, Feed, FeedState, PendingEntry, Polled, PollOutcome
from briefing.store.columns import key_of
from briefing.store.engine import Database
from briefing.store.tables import entries, feeds

FIRST_WINDOW = timedelta(hours=48)
"""Entries older than this are not read when a feed brings entries for the first time."""

UNDATED_AT_FIRST = 20
"""Entries without a date that are read at first contact, in feed order; a feed may list 500."""

IN_LIST = 1000
"""Values in one IN list; SQLite takes 32,766 variables a statement, PostgreSQL 32,767."""


class FeedStore:
    """Aggregate of feeds and entries."""

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
            return sum([await self._take(connection, source, "added", now) for source in sources])

    async def use_list(
        self, sources: Sequence[Feed], origin: Literal["builtin", "file", "source"], now: datetime
    ) -> int:
        """Make a list the one in force: its feeds are polled, those of another list no longer.

        The built-in list and the operator's file take each other's place. The searches of other
        sources (`source`) are a list beside them; one that fails is due at once when its list is
        put in force again, because its key may be another.

        Feeds added by hand stay what they are. A built-in feed that was removed by hand stays
        removed; a feed in the operator's own file is polled whatever happened before. What leaves
        the list keeps its state for the day it returns.

        Args:
            sources: The whole list.
            origin: Which list it is.
            now: Aware.

        Returns:
            The number of feeds that were not polled before.
        """
        listed = {key_of(source.url) for source in sources}
        async with self._db.write() as connection:
            new = sum([await self._take(connection, source, origin, now) for source in sources])
            of_lists = select(feeds.c.id, feeds.c.given_key, feeds.c.url_key).where(
                feeds.c.origin.in_(("source",) if origin == "source" else ("builtin", "file")),
                feeds.c.standing == "active",
            )
            gone = [
                row.id
                for row in await connection.execute(of_lists)
                if row.given_key not in listed and row.url_key not in listed
            ]
            for start in range(0, len(gone), IN_LIST):
                part = feeds.c.id.in_(gone[start : start + IN_LIST])
                await connection.execute(update(feeds).where(part).values(standing="unlisted"))
        return new

    async def _take(self, connection: AsyncConnection, source: Feed, origin: str, now: datetime) -> bool:
        """Insert or update one feed; whether it was not polled before and is now."""
        key = key_of(source.url)
        said: dict[str, Any] = {
            "outlet": source.outlet,
            "title": source.title,
            "language": source.language,
            "note": source.note,
        }
        columns = (feeds.c.id, feeds.c.origin, feeds.c.standing, feeds.c.failures)
        query = select(*columns).where(_known_by(key)).with_for_update()
        known = (await connection.execute(query)).first()
        if known is None:
            row = {"url": source.url, "url_key": key, "given_key": key, "origin": origin, **said}
            row |= {"standing": "active", "next_poll": now, "failures": 0, "added_at": now}
            added = await connection.execute(
                self._db.insert(feeds).values(row).on_conflict_do_nothing().returning(feeds.c.id)
            )
            return added.first() is not None
        stays_removed = known.standing == "removed" and origin in {"builtin", "source"}
        new = known.standing != "active" and not stays_removed
        if new or (origin == "source" and known.failures and not stays_removed):
            said |= {"standing": "active", "next_poll": now}
        # what was added by hand does not go when a list that has it too goes
        if known.origin != "added" or known.standing != "active":
            said["origin"] = origin
        await connection.execute(update(feeds).where(feeds.c.id == known.id).values(said))
        return new

    async def origin_of(self, url: str) -> str | None:
        """builtin, file, source or added, of the feed polled under this address; None if there is none."""
        query = select(feeds.c.origin).where(_known_by(key_of(url)), feeds.c.standing == "active")
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
        forgotten |= {"last_success": None, "last_new": None, "next_poll": None}
        async with self._db.write() as connection:
            gone = await connection.execute(
                update(feeds)
                .where(_known_by(key_of(url)), feeds.c.standing == "active")
                .values(standing="removed", **forgotten)
                .returning(feeds.c.id)
            )
            ids = gone.scalars().all()
            await connection.execute(delete(entries).where(entries.c.feed_id.in_(ids)))
        return bool(ids)

    async def feeds(self, *, searches: bool = True) -> tuple[FeedState, ...]:
        """The feeds that are polled, in the order in which they became known.

        Args:
            searches: Whether searches of other sources are among them.
        """
        query = select(feeds).where(feeds.c.standing == "active").order_by(feeds.c.id)
        query = query if searches else query.where(feeds.c.origin != "source")
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

    async def record_poll(
        self,
        feed_id: int,
        outcome: PollOutcome,
        next_poll: datetime,
        now: datetime,
        first_window: timedelta | None = FIRST_WINDOW,
    ) -> int:
        """Keep what a poll brought, in one transaction.

        Validators and entries are kept together, so that a crash never makes the server answer "not
        modified" about entries that were lost. An entry is new if neither its guid is known in this
        feed nor its canonical address in any feed. A known entry of this feed with another headline or
        summary takes them over.

        Args:
            feed_id: Key of the feed; if it is polled no longer, nothing happens.
            outcome: What the poll brought.
            next_poll: When the feed is due again.
            now: Time of the poll.
            first_window: Entries published longer ago than this are kept as old and never read, if
                the feed brings entries for the first time; None reads everything.

        Returns:
            The number of new entries that wait to be read.
        """
        async with self._db.write() as connection:
            query = select(feeds.c.url_key, feeds.c.failures, feeds.c.last_new).where(
                feeds.c.id == feed_id, feeds.c.standing == "active"
            )
            feed = (await connection.execute(query.with_for_update())).first()
            if feed is None:
                return 0
            changes: dict[str, Any] = {"next_poll": next_poll}
            unread = 0
            if isinstance(outcome, Failed):
                changes |= {"failures": feed.failures + 1, "last_error": outcome.reason}
            else:
                changes |= {"failures": 0, "last_error": None, "last_success": now}
            if isinstance(outcome, Polled):
                fetched = outcome.fetched
                changes |= {"etag": fetched.etag, "last_modified": fetched.last_modified}
                first = feed.last_new is None
                stored, unread = await self._add_entries(
                    connection, feed_id, outcome.entries, now, first_window if first else None
                )
                if stored:
                    changes["last_new"] = now
                if fetched.moved_to:
                    changes |= await _new_address(connection, feed_id, fetched.moved_to)
            await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(changes))
        return unread

    async def _add_entries(
        self,
        connection: AsyncConnection,
        feed_id: int,
        brought: Iterable[Entry],
        now: datetime,
        window: timedelta | None,
    ) -> tuple[int, int]:
        """Insert what is new and update what changed; (rows inserted, of these unread)."""
        rows: dict[bytes, dict[str, Any]] = {}
        seen: set[bytes] = set()
        undated = 0
        for entry in brought:
            row = _entry_row(feed_id, entry, now)
            if row["guid_key"] in rows or row["url_key"] in seen:
                continue
            if window is not None:
                undated += entry.published is None
                too_old = (
                    undated > UNDATED_AT_FIRST if entry.published is None else entry.published < now - window
                )
                row["status"] = "old" if too_old else "unread"
            rows[row["guid_key"]] = row
            seen.add(row["url_key"])
        await _take_over_changes(connection, feed_id, rows)
        if not rows:
            return 0, 0
        # In the order of a unique key, so that two feeds with common entries never wait for each other.
        new = sorted(rows.values(), key=lambda row: bytes(row["url_key"]))
        inserted = await connection.execute(
            self._db.insert(entries).on_conflict_do_nothing().returning(entries.c.status), new
        )
        statuses = inserted.scalars().all()
        return len(statuses), statuses.count("unread")

    async def unread(self, now: datetime, limit: int) -> tuple[PendingEntry, ...]:
        """Entries that wait to be read, longest waiting first, of one poll the earliest published first."""
        query = (
            select(entries)
            .where(entries.c.status == "unread", entries.c.due <= now)
            .order_by(entries.c.due, entries.c.published, entries.c.id)
            .limit(limit)
        )
        async with self._db.read() as connection:
            return tuple(
                PendingEntry(
                    id=row.id,
                    feed_id=row.feed_id,
                    entry=Entry(row.guid, row.url, row.title, row.outlet, row.published, row.summary),
                    attempts=row.attempts,
                )
                for row in await connection.execute(query)
            )

    async def record_skip(
        self, entry_id: int, reason: str, now: datetime, retry_at: datetime | None = None
    ) -> None:
        """Keep why an entry was not read; it waits again until `retry_at`, or never if that is None."""
        changes: dict[str, Any] = {"reason": reason, "updated_at": now, "attempts": entries.c.attempts + 1}
        changes |= {"status": "skipped"} if retry_at is None else {"due": retry_at}
        async with self._db.write() as connection:
            await connection.execute(
                update(entries).where(entries.c.id == entry_id, entries.c.status == "unread").values(changes)
            )


def _known_by(key: bytes) -> ColumnElement[bool]:
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
    )


def _entry_row(feed_id: int, entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "feed_id": feed_id,
        "guid": entry.guid,
        "guid_key": key_of(entry.guid),
        "url": entry.url,
        "url_key": key_of(entry.url),
        "title": entry.title,
        "outlet": entry.outlet,
        "published": entry.published,
        "summary": entry.summary,
        "content_key": key_of(entry.title, entry.summary),
        "status": "unread",
        "due": now,
        "attempts": 0,
        "found_at": now,
        "updated_at": now,
    }


async def _take_over_changes(
    connection: AsyncConnection, feed_id: int, rows: dict[bytes, dict[str, Any]]
) -> None:
    """Update known entries of this feed; takes every known entry, by guid or address, out of `rows`."""
    by_url = {row["url_key"]: guid_key for guid_key, row in rows.items()}
    guid_keys, url_keys = list(rows), list(by_url)
    for start in range(0, len(guid_keys), IN_LIST):
        part = slice(start, start + IN_LIST)
        of_feed = (entries.c.feed_id == feed_id) & entries.c.guid_key.in_(guid_keys[part])
        columns = (
            entries.c.id,
            entries.c.feed_id,
            entries.c.guid_key,
            entries.c.url_key,
            entries.c.content_key,
        )
        known = (await connection.execute(select(*columns).where(of_feed))).all()
        same_url = select(*columns).where(entries.c.url_key.in_(url_keys[part]))
        known = [*known, *(await connection.execute(same_url)).all()]
        for row in known:
            ours = rows.pop(row.guid_key, None) if row.feed_id == feed_id else None
            if ours is None and row.url_key in by_url:
                ours = rows.pop(by_url[row.url_key], None)
            if ours is None or row.feed_id != feed_id or row.content_key == ours["content_key"]:
                continue
            changed = {name: ours[name] for name in ("title", "summary", "content_key", "updated_at")}
            await connection.execute(update(entries).where(entries.c.id == row.id).values(changed))


async def _new_address(connection: AsyncConnection, feed_id: int, url: str) -> dict[str, Any]:
    """The columns of a moved feed; none if another feed has that address already."""
    key = key_of(url)
    taken = select(feeds.c.id).where(
        or_(feeds.c.url_key == key, feeds.c.given_key == key), feeds.c.id != feed_id
    )
    if (await connection.execute(taken)).first() is not None:
        return {}
    return {"url": url, "url_key": key}
