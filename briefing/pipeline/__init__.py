"""The one place where the stages meet: each job is I/O in, a pure step, one transaction out.

    PollFeed       fetch a feed      -> parse            -> record entries and when to poll next
    ReadEntries    fetch the pages   -> extract, group   -> record articles, facts, stories
    AlertFollowers stored stories    -> compose, render  -> outbox
    ComposeDigest  stored stories    -> compose, render  -> outbox and the next due time
    DeliverBatch   claim from outbox -> send             -> record the outcome

Every job may be repeated: unique keys in the store make a second run harmless. What is due lives
in the database, so a job that a crash swallowed is found again by the next round.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from briefing.collect.fetch import Fetcher
from briefing.collect.pages import Pages
from briefing.collect.sources import SearchFeeds
from briefing.collect.sources.apis import Sources
from briefing.collect.timing import LONGEST_WAIT
from briefing.compose.render import Renderer
from briefing.deliver import Courier, Pace, Sender
from briefing.extract import Extractor
from briefing.korean.lexicon import Lexicon
from briefing.model import FeedState
from briefing.pipeline.digests import BATCH
from briefing.pipeline.intake import Intake, by_turns_of_hosts
from briefing.pipeline.jobs import (
    AlertFollowers,
    ComposeDigest,
    DeliverBatch,
    Job,
    PollFeed,
    ReadEntries,
    Report,
)
from briefing.pipeline.lookups import Lookups
from briefing.pipeline.merging import AFTER_BATCH, BACKLOG, merge_changed
from briefing.pipeline.observing import Event, Observe, unobserved
from briefing.pipeline.outage import Outage
from briefing.pipeline.publishing import Publisher
from briefing.pipeline.searches import follow_searches
from briefing.pipeline.timetables import Timetables
from briefing.pipeline.watch import Watch
from briefing.store import Store

__all__ = [
    "AlertFollowers",
    "ComposeDigest",
    "DeliverBatch",
    "Job",
    "Pipeline",
    "PollFeed",
    "ReadEntries",
    "Report",
]

log = logging.getLogger(__name__)

# Pages read together: one Kiwi batch, and little memory. They are taken from a longer queue by turns of
# hosts, so that the pages of one slow or far-spaced host do not fill a batch and hold up all others.
READ_BATCH = 16
READ_QUEUE = 256


class Pipeline:
    """Runs jobs over a store; `publisher` and `lookups` answer questions about what it holds.

    Args:
        store: The open database.
        fetcher: Open fetcher; None where nothing is collected.
        pages: Reads pages through the fetcher; None for a reader without exemptions from robots.txt.
        sources: APIs that are polled like feeds; None for none.
        extractor: Makes the extractor on first need (loading Kiwi takes a second or two);
            called once, in a thread.
        lexicon: Companies and their names.
        renderer: Templates.
        clock: Tells the time, aware UTC.
        sender: Delivers messages; None where nothing is sent.
        pace: How fast; None for Telegram's free limits.
        poll_at_most: Longest time between two polls of a healthy feed whose server asks for none.
        first_window: How far back entries are read at first contact with a feed.
        allowed_ids: Chats that may be written to; empty: all.
        admin_ids: Chats that are told of feeds in trouble.
        search: Makes the search feeds of the companies that are followed; None: there are none.
        observe: Counts what is done.
    """

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher | None,
        extractor: Callable[[], Extractor],
        lexicon: Lexicon,
        renderer: Renderer,
        clock: Callable[[], datetime],
        sender: Sender | None = None,
        pace: Pace | None = None,
        pages: Pages | None = None,
        sources: Sources | None = None,
        poll_at_most: timedelta = LONGEST_WAIT,
        first_window: timedelta = timedelta(hours=48),
        allowed_ids: frozenset[int] = frozenset(),
        admin_ids: frozenset[int] = frozenset(),
        search: SearchFeeds | None = None,
        observe: Observe = unobserved,
    ) -> None:
        self._store = store
        self._observe = observe
        self._clock = clock
        self._outage = Outage(store)
        self._sender = sender
        self._pace = pace or Pace()
        self._intake = (
            Intake(
                store=store,
                fetcher=fetcher,
                pages=pages,
                sources=sources or Sources(),
                extractor=extractor,
                clock=clock,
                poll_at_most=poll_at_most,
                first_window=first_window,
                observe=observe,
                failed=self._outage.failed,
            )
            if fetcher
            else None
        )
        self._search = search
        self._watch = Watch(store, renderer, clock, admin_ids)
        self._timetables = Timetables(store)
        # Feeds that are being asked: a slow host must not make a later round ask it twice.
        self._asked: set[int] = set()
        self._choosing = asyncio.Lock()
        self.publisher = Publisher(store, lexicon, renderer, clock, allowed_ids)
        self.lookups = Lookups(store, lexicon, self.publisher, clock)

    async def run(self, job: Job) -> Report:
        """Do one job.

        Raises:
            StoreError: the database failed; the job changed nothing and may be repeated.
        """
        match job:
            case PollFeed(feed):
                return await self._reading().poll(feed)
            case ReadEntries(entries):
                return await self._reading().read(entries)
            case AlertFollowers():
                written = await self.publisher.write_alerts()
                self._observe(Event.ALERTS, "written", written.done)
                return written
            case ComposeDigest(subscriber):
                written = await self.publisher.write_digest(subscriber)
                self._observe(Event.DIGESTS, "written", written.done)
                return written
            case DeliverBatch(limit):
                return await self._deliver(limit)

    def _reading(self) -> Intake:
        assert self._intake is not None, "this pipeline was opened without a fetcher"
        return self._intake

    # ------------------------------------------------------------------ rounds of jobs

    async def poll_due(
        self, progress: Callable[[int, int], None] | None = None, *, everything: bool = False
    ) -> Report:
        """Poll every feed that is due, side by side; the fetcher keeps the pace.

        May be called while an earlier call is still waiting for slow servers: what that one asks is
        left to it. Searches are brought in line with what is followed first; afterwards administrators
        are told of feeds whose trouble has lasted, or is over.

        Args:
            progress: Called with (feeds done, feeds due) as feeds finish.
            everything: Ask every feed, due or not.
        """
        await self._reading().list_searches()
        news = self._store.news
        if self._search is not None:
            await follow_searches(self._store, self._search, self._clock())
        async with self._choosing:
            # What ends while the list is read would be listed as it was before it was asked.
            busy = frozenset(self._asked)
            due = await (news.feeds() if everything else news.due_feeds(self._clock()))
            await self._outage.suspect()
            if not everything and (probe := await self._outage.probe(self._clock())) is not None:
                due = (*due, probe) if probe.id not in {feed.id for feed in due} else due
            mine = [feed for feed in due if feed.id not in busy]
            self._asked.update(feed.id for feed in mine)
        ended = await self._side_by_side(mine, progress)
        # Whatever became of one feed says nothing about the others.
        await self._outage.over(self._clock())
        await self._outage.tell(answered=any(isinstance(one, Report) and not one.problems for one in ended))
        await self._watch.report()
        total = Report()
        for report in ended:
            if isinstance(report, BaseException):
                raise report
            total += report
        return total

    async def read_unread(self, progress: Callable[[int, int], None] | None = None) -> Report:
        """Read entries until none is due, in batches.

        Args:
            progress: Called with (entries done, entries known so far).
        """
        total = Report()
        done = 0
        waiting = (await self._store.counts()).unread if progress else 0
        while queue := await self._store.news.unread(self._clock(), READ_QUEUE):
            batch = by_turns_of_hosts(queue, READ_BATCH)
            total += await self.run(ReadEntries(batch))
            await merge_changed(self._store, AFTER_BATCH)
            done += len(batch)
            if progress:
                progress(done, max(done, waiting))
        await merge_changed(self._store, BACKLOG)
        await self._reading().forget_signatures()
        return total

    async def compose_due(self) -> Report:
        """Write every digest that is due, what fell into a downtime included."""
        total = Report()
        seen: set[int] = set()
        now = self._clock()
        composing = self.publisher.digest_round()
        try:
            await self._timetables.mend(now)
        except Exception:
            # whatever it met keeps no digest waiting
            log.exception("when digests are due could not be compared with what was asked for")
        while due := await self._store.subscribers.due(now, BATCH):
            fresh = [subscriber for subscriber in due if subscriber.chat_id not in seen]
            if not fresh:
                # What did not move on would be met again for ever; the next tick looks again.
                break
            seen.update(subscriber.chat_id for subscriber in fresh)
            written = await composing.write(fresh)
            self._observe(Event.DIGESTS, "written", written.done)
            total += written
        return total

    async def _side_by_side(
        self, mine: Sequence[FeedState], progress: Callable[[int, int], None] | None
    ) -> list[Report | BaseException]:
        """Ask feeds that are in `_asked`; each leaves it as soon as it is done with."""
        left = {feed.id for feed in mine}

        async def one(feed: FeedState) -> Report:
            try:
                return await self.run(PollFeed(feed))
            finally:
                left.discard(feed.id)
                self._asked.discard(feed.id)
                if progress:
                    progress(len(mine) - len(left), len(mine))

        # An outage reaches the caller only after every job has ended: none runs on behind its back.
        try:
            return await asyncio.gather(*(one(feed) for feed in mine), return_exceptions=True)
        finally:
            # those that were cut off before they began
            self._asked -= left

    async def deliver(self, stop: asyncio.Event) -> Report:
        """Send what is due until nothing is, page after page of the outbox.

        Args:
            stop: Once set, nothing more is begun.

        Raises:
            StoreError: the database failed; what was sent and could not be recorded becomes unknown.
        """
        assert self._sender is not None, "this pipeline was opened without a sender"
        return _delivered(await self._courier(self._sender).deliver(stop))

    async def recover(self) -> None:
        """Put an end to messages that hang: without a sender behind them, or tried for a week."""
        ended = await self._store.outbox.recover(self._clock())
        if ended.unknown:
            log.warning(
                "%d messages were being sent when a process ended; whether they arrived is unknown, "
                "so they are not sent again",
                ended.unknown,
            )
        if ended.given_up:
            log.warning("%d messages were tried for a week and are given up", ended.given_up)
        self._observe(Event.DELIVERIES, "unknown", ended.unknown)
        self._observe(Event.DELIVERIES, "given_up", ended.given_up)

    async def _deliver(self, limit: int) -> Report:
        assert self._sender is not None, "this pipeline was opened without a sender"
        return _delivered(await self._courier(self._sender).once(limit))

    def _courier(self, sender: Sender) -> Courier:
        def tried(outcome: str) -> None:
            self._observe(Event.DELIVERIES, outcome, 1)

        return Courier(self._store.outbox, sender, self._clock, self._pace, observe=tried)


def _delivered(outcomes: dict[str, int]) -> Report:
    sent = outcomes.get("sent", 0)
    return Report(done=sent, skipped=sum(outcomes.values()) - sent)
