"""Entries seen again: by guid, by address, or by their words and moment; and what changed in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from briefing.model import PendingEntry
from briefing.store.driver import Prepared
from briefing.store.feeds import IN_LIST
from briefing.store.tables import entries

EntryRow = dict[str, Any]

MOST_REVISIONS = 5
"""Times one entry is read again; some feeds change a headline at every fetch."""

LISTED_EVERY = timedelta(days=7)
"""How far behind the truth the time at which an entry was last listed may be."""

_SEOUL = timezone(timedelta(hours=9))
_LOOKED_AT = (
    *(entries.c.id, entries.c.feed_id, entries.c.guid_key, entries.c.url_key, entries.c.content_key),
    *(entries.c.published, entries.c.status, entries.c.revised_at, entries.c.revisions),
    *(entries.c.found_at, entries.c.listed_at),
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What feeds brought that was not known.

    Attributes:
        rows: Entries that no feed has brought.
        fresh: By feed the entries it has not brought before, whoever else has.
    """

    rows: list[EntryRow]
    fresh: dict[int, int]


def take_over_changes(
    connection: Connection, brought: Sequence[EntryRow], answered: Mapping[int, datetime | None]
) -> Unknown:
    """Update the known entries among what feeds brought; the rows that are not known.

    Args:
        connection: In a transaction that writes.
        brought: Entries of several feeds.
        answered: When each feed last answered before; what another feed has brought since is new to it.
    """
    by_feed: dict[int, list[EntryRow]] = {}
    for row in brought:
        by_feed.setdefault(row["feed_id"], []).append(row)
    of_url = _by_url(connection, [row["url_key"] for row in brought])
    left: list[EntryRow] = []
    fresh: dict[int, int] = {}
    listed: set[int] = set()
    changes: list[tuple[int, dict[str, Any]]] = []
    for feed_id, rows in by_feed.items():
        known = _Known(_of_feed(connection, feed_id, rows))
        last = answered.get(feed_id)
        for row in rows:
            entry = known.find(row) or of_url.get(row["url_key"])
            if entry is None:
                left.append(known.distinct(row))
                fresh[feed_id] = fresh.get(feed_id, 0) + 1
                continue
            if (entry.listed_at or entry.found_at) < row["found_at"] - LISTED_EVERY:
                listed.add(entry.id)
            if entry.feed_id != feed_id:
                fresh[feed_id] = fresh.get(feed_id, 0) + (last is None or entry.found_at > last)
            elif changed := _changes(entry, row):
                changes.append((entry.id, changed))
    if listed:
        _still_listed(connection, listed, max(row["found_at"] for row in brought))
    for entry_id, changed in changes:
        connection.execute(update(entries).where(entries.c.id == entry_id).values(changed))
    return Unknown(left, fresh)


_HANDED_OUT = Prepared(
    select(entries.c.content_key, entries.c.revised_at, entries.c.revisions)
    .where(entries.c.id == bindparam("entry"))
    .with_for_update()
)


def changed_meanwhile(connection: Connection, pending: PendingEntry, now: datetime) -> dict[str, Any]:
    """What makes an entry wait again, if its feed has told it differently since it was handed out."""
    rows = _HANDED_OUT.rows(connection, {"entry": pending.id})
    if not rows or pending.content_key is None:
        return {}
    ((content_key, revised_at, revisions),) = rows
    if revisions >= MOST_REVISIONS:
        return {}
    if content_key == pending.content_key and revised_at == pending.entry.updated:
        return {}
    return {"status": "unread", "due": now, "attempts": 0, "revisions": revisions + 1}


def new_rows(rows: Iterable[EntryRow]) -> list[EntryRow]:
    """The rows without those that repeat an address, or words and moment inside a feed."""
    urls: set[bytes] = set()
    told: set[tuple[int, bytes, datetime]] = set()
    kept: list[EntryRow] = []
    for row in rows:
        moment = _moment(row["published"], row["summary"])
        mark = (row["feed_id"], row["content_key"], moment) if moment else None
        if row["url_key"] in urls or mark in told:
            continue
        urls.add(row["url_key"])
        if mark:
            told.add(mark)
        kept.append(row)
    return kept


class _Known:
    """Entries of one feed, found by guid first, then by words and moment."""

    def __init__(self, found: Sequence[Row[Any]]) -> None:
        self._by_guid = {row.guid_key: row for row in found}
        self._by_words = {(row.content_key, row.published): row for row in found if row.published}

    def find(self, row: EntryRow) -> Row[Any] | None:
        known = self._by_guid.get(row["guid_key"])
        if known is not None and not _another(known, row):
            return known
        moment = _moment(row["published"], row["summary"])
        return self._by_words.get((row["content_key"], moment)) if moment else None

    def distinct(self, row: EntryRow) -> EntryRow:
        """A new entry; with its address as guid if its own guid is another entry's."""
        if row["guid_key"] not in self._by_guid:
            return row
        return row | {"guid": row["url"], "guid_key": row["url_key"]}


def _another(known: Row[Any], row: EntryRow) -> bool:
    """Whether an entry only bears the guid of a known one: some feeds give one guid to all."""
    dated = known.published is not None and row["published"] is not None
    return dated and known.published != row["published"] and bool(known.url_key != row["url_key"])


def _moment(published: datetime | None, summary: str) -> datetime | None:
    """When an entry was published, if that and its words tell it from every other.

    A column repeats its headline ("[인사] 산업부"), so that a day alone, or a headline alone, tells nothing.
    """
    if published is None or not summary:
        return None
    return None if published.astimezone(_SEOUL).time() == time(0) else published


def _changes(known: Row[Any], row: EntryRow) -> dict[str, Any]:
    """The columns of a known entry that its feed tells differently now; empty if none."""
    revised = row["revised_at"]
    later = revised is not None and (known.revised_at is None or revised > known.revised_at)
    if row["content_key"] == known.content_key and not later:
        return {}
    changed = {name: row[name] for name in ("title", "summary", "content_key", "updated_at")}
    changed["revised_at"] = revised or known.revised_at
    if known.status == "read" and known.revisions < MOST_REVISIONS:
        changed |= {"status": "unread", "due": row["due"], "attempts": 0, "revisions": known.revisions + 1}
    return changed


def _of_feed(connection: Connection, feed_id: int, rows: Sequence[EntryRow]) -> list[Any]:
    found: list[Any] = []
    # two lists in one statement
    for start in range(0, len(rows), IN_LIST // 2):
        part = rows[start : start + IN_LIST // 2]
        same = or_(
            entries.c.guid_key.in_([row["guid_key"] for row in part]),
            entries.c.content_key.in_([row["content_key"] for row in part]),
        )
        query = select(*_LOOKED_AT).where(entries.c.feed_id == feed_id, same)
        found += connection.execute(query).all()
    return found


def _by_url(connection: Connection, url_keys: Sequence[bytes]) -> dict[bytes, Any]:
    found: dict[bytes, Any] = {}
    for start in range(0, len(url_keys), IN_LIST):
        same = entries.c.url_key.in_(url_keys[start : start + IN_LIST])
        for row in connection.execute(select(*_LOOKED_AT).where(same)):
            found[row.url_key] = row
    return found


def _still_listed(connection: Connection, entry_ids: Collection[int], now: datetime) -> None:
    """Note that feeds list these still. What another transaction holds is noted at a later poll."""
    ids = sorted(entry_ids)
    for start in range(0, len(ids), IN_LIST):
        part = select(entries.c.id).where(entries.c.id.in_(ids[start : start + IN_LIST]))
        free = connection.execute(part.order_by(entries.c.id).with_for_update(skip_locked=True))
        held = update(entries).where(entries.c.id.in_(free.scalars().all()))
        connection.execute(held.values(listed_at=now))
