"""Digests that are due at one time, composed together and written many to a transaction.

A hundred thousand subscribers follow some three thousand companies, and hardly two of them the same ten.
So what is shared lies below the digest: facts are read once for a company, stories are built once for each
set of companies that have something to do with each other, a line is rendered once for all who get it. Only
the putting together is done for each subscription, and once for all who have the same (`shared`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from briefing.compose.audience import digest_after
from briefing.compose.editions import ALERT_MEMORY, digest_edition, digest_period, shared
from briefing.compose.render import DigestMemo
from briefing.compose.texts import in_language
from briefing.model import (
    Edition,
    Part,
    Period,
)
from briefing.pipeline.asking import (
    Ask,
    asks_of,
    companies_in,
)
from briefing.pipeline.jobs import Report
from briefing.pipeline.sharing import Recent, SharedNews
from briefing.store import NewEdition, Store
from briefing.subscribers import Subscriber

log = logging.getLogger(__name__)

# Subscribers read, composed and written at a time: some megabytes, and a transaction of a tenth of a second.
BATCH = 500
# A digest that failed is tried again after this.
DIGEST_AGAIN = timedelta(minutes=15)

NOTHING: frozenset[str] = frozenset()


class Desk(Protocol):
    """What a round asks of the publisher."""

    def covers(self, names: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Each group among the names -> canonical names of the companies it stands for."""
        ...

    def render_digest(
        self, edition: Edition, covers: Mapping[str, Sequence[str]], memo: DigestMemo
    ) -> tuple[Part, ...]:
        """Messages of a digest."""
        ...

    def allowed(self, subscriber: Subscriber) -> bool:
        """Whether this chat may be written to."""
        ...


@dataclass(frozen=True, slots=True)
class _Digest:
    """What all who have the same subscription get."""

    key: str
    until: datetime
    parts: tuple[Part, ...]


class DigestRound:
    """Composes and writes digests due at `now`; one object serves one round.

    Args:
        store: Facts in, editions out.
        desk: Companies of groups, and templates.
        now: The moment the round stands at, aware UTC.
    """

    def __init__(self, store: Store, desk: Desk, now: datetime) -> None:
        self._store = store
        self._desk = desk
        self._now = now
        self._news = SharedNews(store, now)
        self._memo = DigestMemo()
        self._covers: dict[str, tuple[str, ...]] = {}
        self._looked_up: set[str] = set()
        self._next: dict[tuple[object, ...], datetime | None] = {}
        self._digests: Recent[tuple[Subscriber, frozenset[str]], _Digest] = Recent()

    async def write(self, due: Sequence[Subscriber]) -> Report:
        """Write the digests of some subscribers, and when each is due next, in one transaction.

        Returns:
            Digests written, and a problem for each that could not be composed: it is tried again later.

        Raises:
            StoreError: the database failed; nothing of this batch was written.
        """
        wanted = [one for one in due if one.next_digest is not None and one.digest_times]
        for one in due:
            # chosen off between two looks
            if one.next_digest is not None and not one.digest_times:
                await self._store.subscribers.postpone_digest(one.chat_id, one.next_digest, None)
        covers = self._covering(companies_in(wanted))
        asked = [(asks_of(one, covers), self._period(one).since) for one in wanted]
        await self._news.fetch(asked)
        chats = [one.chat_id for one in wanted]
        told = await self._store.outbox.told(chats, self._now - ALERT_MEMORY, surely=True)
        # the loop answers people meanwhile
        new, failed = await asyncio.to_thread(self._compose, wanted, asked, covers, told)
        written = await self._store.outbox.write_editions(new, self._now) if new else 0
        for one, _ in failed:
            if one.next_digest is not None:
                again = self._now + DIGEST_AGAIN
                await self._store.subscribers.postpone_digest(one.chat_id, one.next_digest, again)
        return Report(
            done=written, problems=tuple(f"chat {one.chat_id}: {problem}" for one, problem in failed)
        )

    async def edition(self, one: Subscriber, since: datetime | None = None) -> Edition:
        """One subscriber's digest as it is at this moment, what was alerted included.

        Args:
            since: Begin of the period, UTC; None: as for the digest that is due.
        """
        asks = asks_of(one, self._desk.covers(companies_in([one])))
        since = since or self._period(one).since
        await self._news.fetch([(asks, since)])
        return digest_edition(one, await asyncio.to_thread(self._news.stories, asks, since), self._now)

    def _covering(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        unknown = set(names) - self._looked_up
        self._covers |= self._desk.covers(unknown)
        self._looked_up |= unknown
        return self._covers

    def _compose(
        self,
        subscribers: Sequence[Subscriber],
        asked: Sequence[tuple[Sequence[Ask], datetime]],
        covers: Mapping[str, Sequence[str]],
        told: Mapping[int, frozenset[str]],
    ) -> tuple[list[NewEdition], list[tuple[Subscriber, str]]]:
        new: list[NewEdition] = []
        failed: list[tuple[Subscriber, str]] = []
        for one, (asks, since) in zip(subscribers, asked, strict=True):
            try:
                digest = self._digest(one, asks, since, covers, told.get(one.chat_id, NOTHING))
                following = self._following(one)
            except Exception as error:
                # One subscriber's bad row must not keep everybody behind it waiting.
                log.exception("digest of chat %d failed; tried again in a while", one.chat_id)
                failed.append((one, repr(error)))
                continue
            parts = digest.parts if self._desk.allowed(one) else ()
            new.append(
                NewEdition(
                    digest.key,
                    one.chat_id,
                    parts,
                    following,
                    digest.until,
                    due=one.next_digest,
                    thread_id=one.thread_id,
                )
            )
        return new, failed

    def _following(self, one: Subscriber) -> datetime | None:
        """When the next digest is due; of thousands with the same timetable it is found once."""
        timetable = (one.digest_times, one.timezone, one.digest_days, one.on_holidays)
        if timetable not in self._next:
            self._next[timetable] = digest_after(one, self._now)
        return self._next[timetable]

    def _digest(
        self,
        one: Subscriber,
        asks: Sequence[Ask],
        since: datetime,
        covers: Mapping[str, Sequence[str]],
        told: frozenset[str],
    ) -> _Digest:
        alike = shared(one)
        digest = self._digests.get((alike, told))
        if digest is None:
            stories = self._news.stories(asks, since)
            edition = digest_edition(alike, stories, self._now, told)
            something = edition.stories or edition.alerted or one.empty_digest
            said = something and not one.follows_nothing
            with in_language(one.language):
                parts = self._desk.render_digest(edition, covers, self._memo) if said else ()
            digest = _Digest(edition.key, edition.period.until, parts)
            self._digests.put((alike, told), digest)
        return digest

    def _period(self, one: Subscriber) -> Period:
        return digest_period(one, self._now)
