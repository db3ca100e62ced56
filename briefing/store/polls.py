"""What polls brought: entries found, changed, waiting to be read; how each feed is doing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import Entry, Failed, NotModified, PendingEntry, Polled, PollOutcome
from briefing.store.columns import key_of
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST, known_by
from briefing.store.sightings import EntryRow, new_rows, take_over_changes
from briefing.store.tables import entries, feeds

FIRST_WINDOW = timedelta(hours=48)
"""Entries older than this are not read when a feed brings entries for the first time."""

UNDATED_AT_FIRST = 20
"""Entries without a date that are read at first contact, in feed order; a feed may list 500."""

# How much the newest gap between undated entries counts against those before it.
_NEWEST_GAP = 0.3


@dataclass(frozen=True, slots=True)
class PollRecord:
    """What is to be kept of one poll.

    Attributes:
        feed_id: Database key of the feed; if it is polled no longer, nothing is kept.
        outcome: What the poll brought.
        next_poll: When the feed is due again, UTC.
        now: Time of the poll, UTC.
        patience: How long after its last new entry the feed counts as silent; None: never.
    """

    feed_id: int
    outcome: PollOutcome
    next_poll: datetime
    now: datetime
    patience: timedelta | None = None


class PollStore:
    """Recording side of feeds, and the entries they brought."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def record_poll(
        self,
        feed_id: int,
        outcome: PollOutcome,
        next_poll: datetime,
        now: datetime,
        first_window: timedelta | None = FIRST_WINDOW,
    ) -> int:
        """Keep what one poll brought; see `record_polls`. The number of new entries to be read."""
        (unread,) = await self.record_polls([PollRecord(feed_id, outcome, next_poll, now)], first_window)
        return unread

    async def record_polls(
        self, polls: Sequence[PollRecord], first_window: timedelta | None = FIRST_WINDOW
    ) -> tuple[int, ...]:
        """Keep what polls of different feeds brought, all in one transaction.

        Validators and entries are kept together, so that a crash never makes a server answer "not
        modified" about entries that were lost. An entry is new if neither its guid is known in its
        feed, nor its canonical address in any feed, nor its words and moment in its feed. A known
        entry of the feed with another headline or summary, or a later date of change, takes them
        over and, if it has been read, waits to be read again.

        Args:
            polls: At most one a feed.
            first_window: Entries published longer ago than this are kept as old and never read, if
                the feed brings entries for the first time; None reads everything.

        Returns:
            For each poll the number of new entries that wait to be read.
        """
        async with self._db.write() as connection:
            known = await _locked(connection, sorted({poll.feed_id for poll in polls}))
            brought: list[EntryRow] = []
            for poll in polls:
                feed = known.get(poll.feed_id)
                if feed is not None and isinstance(poll.outcome, Polled):
                    window = first_window if feed.last_new is None else None
                    brought += _entry_rows(poll.feed_id, poll.outcome.entries, poll.now, window)
            left = await take_over_changes(connection, brought)
            stored, unread = await self._insert(connection, new_rows(left))
            changes: list[dict[str, Any]] = []
            for poll in polls:
                feed = known.get(poll.feed_id)
                if feed is not None:
                    changes.append(_feed_changes(feed, poll, stored.get(poll.feed_id, 0)))
                    if moved_to := _moved_to(poll.outcome):
                        await _move(connection, poll.feed_id, moved_to)
            if changes:
                await connection.execute(_UPDATE_FEED, changes)
        return tuple(unread.get(poll.feed_id, 0) for poll in polls)

    async def _insert(
        self, connection: AsyncConnection, rows: Sequence[EntryRow]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """Insert what is new; by feed the rows inserted, and how many of them are unread."""
        stored: dict[int, int] = {}
        unread: dict[int, int] = {}
        if rows:
            # In the order of a unique key, so that two processes with common entries never wait for
            # each other.
            ordered = sorted(rows, key=lambda row: bytes(row["url_key"]))
            inserted = await connection.execute(
                self._db.insert(entries)
                .on_conflict_do_nothing()
                .returning(entries.c.feed_id, entries.c.status),
                ordered,
            )
            for feed_id, status in inserted:
                stored[feed_id] = stored.get(feed_id, 0) + 1
                unread[feed_id] = unread.get(feed_id, 0) + (status == "unread")
        return stored, unread

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
                    entry=Entry(
                        row.guid, row.url, row.title, row.outlet, row.published, row.summary, row.revised_at
                    ),
                    attempts=row.attempts,
                    revises=row.article_id is not None,
                )
                for row in await connection.execute(query)
            )

    async def record_skip(
        self, entry_id: int, reason: str, now: datetime, retry_at: datetime | None = None
    ) -> None:
        """Keep why an entry was not read; it waits again until `retry_at`, or never if that is None.

        An entry that was to be read again and cannot be stays read as it was.
        """
        changes: dict[str, Any] = {"reason": reason, "updated_at": now, "attempts": entries.c.attempts + 1}
        waiting = update(entries).where(entries.c.id == entry_id, entries.c.status == "unread")
        async with self._db.write() as connection:
            if retry_at is not None:
                await connection.execute(waiting.values(changes | {"due": retry_at}))
                return
            read_before = waiting.where(entries.c.article_id.is_not(None))
            await connection.execute(read_before.values(changes | {"status": "read"}))
            await connection.execute(waiting.values(changes | {"status": "skipped"}))


_CHANGED = (
    *("next_poll", "failures", "last_error", "failing_since", "last_success", "last_new", "silent_at"),
    *("etag", "last_modified", "habit_s", "ttl_s", "body_key"),
)
# One statement for every outcome, so that a hundred feeds are one call to the driver.
_UPDATE_FEED = (
    update(feeds)
    .where(feeds.c.id == bindparam("feed"))
    .values({name: bindparam(f"new_{name}", type_=feeds.c[name].type) for name in _CHANGED})
)


async def _locked(connection: AsyncConnection, feed_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The feeds among these that are polled, locked until the transaction ends."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(feed_ids), IN_LIST):
        query = select(feeds).where(
            feeds.c.id.in_(feed_ids[start : start + IN_LIST]), feeds.c.standing == "active"
        )
        rows = await connection.execute(query.order_by(feeds.c.id).with_for_update())
        found |= {row.id: row for row in rows}
    return found


def _feed_changes(feed: Row[Any], poll: PollRecord, stored: int) -> dict[str, Any]:
    """All columns that polls change, as they are after this one."""
    now = poll.now
    new: dict[str, Any] = {name: feed._mapping[name] for name in _CHANGED}
    new["next_poll"] = poll.next_poll
    match poll.outcome:
        case Failed(reason=reason):
            new |= {"failures": feed.failures + 1, "last_error": reason}
            new["failing_since"] = feed.failing_since or now
        case Polled(fetched=fetched, ttl=ttl, habit=habit, body_key=body_key):
            new |= _healthy(now)
            new |= {"etag": fetched.etag, "last_modified": fetched.last_modified, "body_key": body_key}
            new["ttl_s"] = _seconds(ttl)
            new["habit_s"] = _seconds(habit) or _learned(feed, stored, now)
            if stored:
                new["last_new"] = now
        case NotModified():
            new |= _healthy(now)
    if poll.patience is not None:
        new["silent_at"] = max(new["last_new"] or feed.added_at, feed.added_at) + poll.patience
    return {"feed": feed.id} | {f"new_{name}": value for name, value in new.items()}


def _healthy(now: datetime) -> Mapping[str, Any]:
    return {"failures": 0, "last_error": None, "failing_since": None, "last_success": now}


def _seconds(time: timedelta | None) -> int | None:
    return None if time is None else min(int(time.total_seconds()), 2**31 - 1)


def _learned(feed: Row[Any], stored: int, now: datetime) -> int | None:
    """The habit in seconds of a feed whose entries bear no dates: from when they arrived."""
    known: int | None = feed.habit_s
    if not stored or feed.last_new is None:
        return known
    newest: float = (now - feed.last_new).total_seconds() / stored
    learned = newest if known is None else known + _NEWEST_GAP * (newest - known)
    return round(learned)


def _entry_rows(
    feed_id: int, brought: Iterable[Entry], now: datetime, window: timedelta | None
) -> list[EntryRow]:
    """Rows of what a feed brought, each guid and address once; with a window the old ones as `old`."""
    rows: list[EntryRow] = []
    guids: set[bytes] = set()
    urls: set[bytes] = set()
    undated = 0
    for entry in brought:
        row = _entry_row(feed_id, entry, now)
        if row["guid_key"] in guids or row["url_key"] in urls:
            continue
        if window is not None:
            undated += entry.published is None
            too_old = (
                undated > UNDATED_AT_FIRST if entry.published is None else entry.published < now - window
            )
            row["status"] = "old" if too_old else "unread"
        rows.append(row)
        guids.add(row["guid_key"])
        urls.add(row["url_key"])
    return rows


def _entry_row(feed_id: int, entry: Entry, now: datetime) -> EntryRow:
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
        "revised_at": entry.updated,
        "revisions": 0,
    }


def _moved_to(outcome: PollOutcome) -> str | None:
    match outcome:
        case Polled(fetched=fetched):
            return fetched.moved_to
        case NotModified(moved_to=moved_to):
            return moved_to
    return None


async def _move(connection: AsyncConnection, feed_id: int, url: str) -> None:
    """Give a feed its new address, unless another feed has that already."""
    key = key_of(url)
    taken = select(feeds.c.id).where(known_by(key), feeds.c.id != feed_id)
    if (await connection.execute(taken)).first() is None:
        await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(url=url, url_key=key))
