"""What polls brought: entries found, changed, waiting to be read; how each feed is doing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from briefing.model import Entry, Failed, NotModified, PendingEntry, Polled, PollOutcome
from briefing.store.columns import key_of
from briefing.store.engine import Database
from briefing.store.feeds import IN_LIST, known_by
from briefing.store.sightings import EntryRow, changed_meanwhile, new_rows, take_over_changes
from briefing.store.tables import entries, feeds

MOST_UNREAD = 200
"""New entries of one poll of one feed that are read, the newest; the rest is kept as old."""

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


@dataclass(frozen=True, slots=True)
class Brought:
    """What was new in one poll.

    Attributes:
        unread: New entries that wait to be read.
        left_out: New entries beyond `MOST_UNREAD`, which are never read.
    """

    unread: int = 0
    left_out: int = 0


class PollStore:
    """Recording side of feeds, and the entries they brought."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def record_polls(
        self, polls: Sequence[PollRecord], first_window: timedelta | None
    ) -> tuple[Brought, ...]:
        """Keep what polls of different feeds brought, all in one transaction.

        Validators and entries are kept together, so that a crash never makes a server answer "not
        modified" about entries that were lost. An entry is new if neither its guid is known in its
        feed, nor its canonical address in any feed, nor its words and moment in its feed. A known
        entry of the feed with another headline or summary, or a later date of change, takes them
        over and, if it has been read, waits to be read again.

        Args:
            polls: At most one a feed.
            first_window: Entries published so long before the feed last answered (before now, if it
                brings entries for the first time) are kept as old and never read; None reads everything.

        Returns:
            What was new in each poll.
        """

        def record(connection: Connection) -> tuple[Brought, ...]:
            known = _locked(connection, sorted({poll.feed_id for poll in polls}))
            brought: list[EntryRow] = []
            for poll in polls:
                feed = known.get(poll.feed_id)
                if feed is not None and isinstance(poll.outcome, Polled):
                    brought += _entry_rows(feed, poll.outcome.entries, poll.now, first_window)
            left = take_over_changes(
                connection, brought, {feed_id: row.last_success for feed_id, row in known.items()}
            )
            wanted = new_rows(left.rows)
            left_out = {} if first_window is None else _cap(wanted)
            unread = self._insert(connection, wanted)
            changes: list[dict[str, Any]] = []
            for poll in polls:
                feed = known.get(poll.feed_id)
                if feed is not None:
                    changes.append(_feed_changes(feed, poll, left.fresh.get(poll.feed_id, 0)))
                    if moved_to := _moved_to(poll.outcome):
                        _move(connection, poll.feed_id, moved_to)
            if changes:
                connection.execute(_UPDATE_FEED, changes)
            return tuple(
                Brought(unread.get(poll.feed_id, 0), left_out.get(poll.feed_id, 0)) for poll in polls
            )

        return await self._db.write_at_once(record)

    def _insert(self, connection: Connection, rows: Sequence[EntryRow]) -> dict[int, int]:
        """Insert what is new; by feed how many of the rows inserted are unread."""
        unread: dict[int, int] = {}
        if rows:
            # In the order of a unique key, so that two processes with common entries never wait for
            # each other.
            ordered = sorted(rows, key=lambda row: bytes(row["url_key"]))
            inserted = connection.execute(
                self._db.insert(entries)
                .on_conflict_do_nothing()
                .returning(entries.c.feed_id, entries.c.status),
                ordered,
            )
            for feed_id, status in inserted:
                unread[feed_id] = unread.get(feed_id, 0) + (status == "unread")
        return unread

    async def unread(self, now: datetime, limit: int) -> tuple[PendingEntry, ...]:
        """Entries that wait to be read, by turns of feeds.

        The first of every feed, longest waiting first, then the second of every feed, and so on; of
        one poll the earliest published first. What one feed brings, however much, delays no other.
        """
        turn = func.row_number().over(
            partition_by=entries.c.feed_id, order_by=(entries.c.due, entries.c.published, entries.c.id)
        )
        waiting = (
            select(entries.c.id, turn.label("turn"))
            .where(entries.c.status == "unread", entries.c.due <= now)
            .subquery()
        )
        query = (
            select(entries)
            .join(waiting, waiting.c.id == entries.c.id)
            .order_by(waiting.c.turn, entries.c.due, entries.c.published, entries.c.id)
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
                    content_key=row.content_key,
                )
                for row in await connection.execute(query)
            )

    async def record_skip(
        self, pending: PendingEntry, reason: str, now: datetime, retry_at: datetime | None = None
    ) -> None:
        """Keep why an entry was not read; it waits again until `retry_at`, or never if that is None.

        An entry that was to be read again and cannot be stays read as it was. One that its feed has
        told differently since it was handed out waits on.
        """
        changes: dict[str, Any] = {"reason": reason, "updated_at": now, "attempts": entries.c.attempts + 1}
        waiting = update(entries).where(entries.c.id == pending.id, entries.c.status == "unread")
        async with self._db.write() as connection:
            if retry_at is not None:
                await connection.execute(waiting.values(changes | {"due": retry_at}))
                return
            if again := await connection.run_sync(changed_meanwhile, pending, now):
                await connection.execute(waiting.values(again))
                return
            read_before = waiting.where(entries.c.article_id.is_not(None))
            await connection.execute(read_before.values(changes | {"status": "read"}))
            await connection.execute(waiting.values(changes | {"status": "skipped"}))


_CHANGED = (
    *("next_poll", "failures", "last_error", "failing_since", "last_success", "last_new", "silent_at"),
    *("etag", "last_modified", "habit_s", "ttl_s", "body_key", "document_at", "held_until"),
)
# One statement for every outcome, so that a hundred feeds are one call to the driver.
_UPDATE_FEED = (
    update(feeds)
    .where(feeds.c.id == bindparam("feed"))
    .values({name: bindparam(f"new_{name}", type_=feeds.c[name].type) for name in _CHANGED})
)


def _locked(connection: Connection, feed_ids: Sequence[int]) -> dict[int, Row[Any]]:
    """The feeds among these that are polled, locked until the transaction ends."""
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(feed_ids), IN_LIST):
        query = select(feeds).where(
            feeds.c.id.in_(feed_ids[start : start + IN_LIST]), feeds.c.standing == "active"
        )
        rows = connection.execute(query.order_by(feeds.c.id).with_for_update())
        found |= {row.id: row for row in rows}
    return found


def _feed_changes(feed: Row[Any], poll: PollRecord, fresh: int) -> dict[str, Any]:
    """All columns that polls change, as they are after this one."""
    now = poll.now
    new: dict[str, Any] = {name: feed._mapping[name] for name in _CHANGED}
    new["next_poll"] = poll.next_poll
    match poll.outcome:
        case Failed(reason=reason, retry_after=retry_after):
            new |= {"failures": feed.failures + 1, "last_error": reason}
            new["held_until"] = poll.next_poll if retry_after else None
            new["failing_since"] = feed.failing_since or now
        case Polled(fetched=fetched, ttl=ttl, habit=habit, body_key=body_key):
            new |= _healthy(now)
            new |= {"etag": fetched.etag, "last_modified": fetched.last_modified, "body_key": body_key}
            new["ttl_s"] = _seconds(ttl)
            new["habit_s"] = _seconds(habit) or _learned(feed, fresh, now)
            new["document_at"] = now
            if fresh:
                new["last_new"] = now
        case NotModified():
            new |= _healthy(now)
    if poll.patience is not None:
        new["silent_at"] = max(new["last_new"] or feed.added_at, feed.added_at) + poll.patience
    return {"feed": feed.id} | {f"new_{name}": value for name, value in new.items()}


def _healthy(now: datetime) -> Mapping[str, Any]:
    healthy = {"failures": 0, "last_error": None, "failing_since": None, "last_success": now}
    return healthy | {"held_until": None}


def _seconds(time: timedelta | None) -> int | None:
    return None if time is None else min(int(time.total_seconds()), 2**31 - 1)


def _learned(feed: Row[Any], fresh: int, now: datetime) -> int | None:
    """The habit in seconds of a feed whose entries bear no dates: from when they arrived."""
    known: int | None = feed.habit_s
    if not fresh or feed.last_new is None:
        return known
    newest: float = (now - feed.last_new).total_seconds() / fresh
    learned = newest if known is None else known + _NEWEST_GAP * (newest - known)
    return round(learned)


def _entry_rows(
    feed: Row[Any], brought: Iterable[Entry], now: datetime, window: timedelta | None
) -> list[EntryRow]:
    """Rows of what a feed brought, each guid and address once; with a window the old ones as `old`."""
    rows: list[EntryRow] = []
    guids: set[bytes] = set()
    urls: set[bytes] = set()
    first = feed.last_new is None
    answered = now if first else feed.last_success or now
    undated = 0
    for entry in brought:
        row = _entry_row(feed.id, entry, now)
        if row["guid_key"] in guids or row["url_key"] in urls:
            continue
        if window is not None:
            undated += entry.published is None
            if entry.published is None:
                too_old = first and undated > UNDATED_AT_FIRST
            else:
                too_old = entry.published < answered - window
            row["status"] = "old" if too_old else "unread"
        rows.append(row)
        guids.add(row["guid_key"])
        urls.add(row["url_key"])
    return rows


def _cap(rows: Iterable[EntryRow]) -> dict[int, int]:
    """Make `old` what a feed brings beyond `MOST_UNREAD`, the earliest published; by feed how many."""
    of_feed: dict[int, list[EntryRow]] = {}
    for row in rows:
        if row["status"] == "unread":
            of_feed.setdefault(row["feed_id"], []).append(row)
    left_out: dict[int, int] = {}
    for feed_id, unread in of_feed.items():
        # those without a date in feed order, as if they were of this moment
        newest = sorted(unread, key=lambda row: row["published"] or row["found_at"], reverse=True)
        for row in newest[MOST_UNREAD:]:
            row["status"] = "old"
            left_out[feed_id] = left_out.get(feed_id, 0) + 1
    return left_out


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
        "listed_at": now,
    }


def _moved_to(outcome: PollOutcome) -> str | None:
    match outcome:
        case Polled(fetched=fetched):
            return fetched.moved_to
        case NotModified(moved_to=moved_to):
            return moved_to
    return None


def _move(connection: Connection, feed_id: int, url: str) -> None:
    """Give a feed its new address, unless another feed has that already."""
    key = key_of(url)
    taken = select(feeds.c.id).where(known_by(key), feeds.c.id != feed_id)
    if connection.execute(taken).first() is None:
        connection.execute(update(feeds).where(feeds.c.id == feed_id).values(url=url, url_key=key))
