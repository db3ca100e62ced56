"""From feeds and pages to stored facts: the jobs that read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, zip_longest

from briefing.collect.articles import headline_article
from briefing.collect.feeds import document_key
from briefing.collect.fetch import Fetcher
from briefing.collect.pages import Pages
from briefing.collect.parsing import FeedParser
from briefing.collect.sources.apis import Sources
from briefing.collect.timing import next_poll, patience
from briefing.collect.urls import host_of
from briefing.errors import StoreError
from briefing.extract import Extractor
from briefing.model import (
    Article,
    Extraction,
    Failed,
    Feed,
    FeedState,
    Fetched,
    NotModified,
    PendingEntry,
    Polled,
    PollOutcome,
    Rejection,
    Skipped,
)
from briefing.pipeline.jobs import Report
from briefing.pipeline.ledger import Ledger
from briefing.pipeline.observing import Event, Observe, unobserved
from briefing.store import Brought, PollRecord, Store
from briefing.stories.correcting import corrected_facts
from briefing.stories.grouping import WINDOW, assign, signature

log = logging.getLogger(__name__)

# A page that cannot be fetched is tried again after 5, 20, 80 … minutes, then its headline is used.
RETRY_FIRST = timedelta(minutes=5)
RETRY_FACTOR = 4
READ_ATTEMPTS = 4
# An article is compared with those of `WINDOW` around it; feeds bring some late, hardly any later than this.
COMPARED = timedelta(days=35)
FORGET_EVERY = timedelta(hours=6)
FORGET_BATCH = 200


def by_turns_of_hosts(queue: Sequence[PendingEntry], count: int) -> tuple[PendingEntry, ...]:
    """The first entries of a queue, one of each host by turns: what one host delays is little of a batch.

    Args:
        queue: Longest waiting first.
        count: How many are taken at most.
    """
    hosts: dict[str, list[PendingEntry]] = {}
    for pending in queue:
        hosts.setdefault(host_of(pending.entry.url), []).append(pending)
    rounds = zip_longest(*hosts.values())
    taken = (pending for turn in rounds for pending in turn if pending is not None)
    return tuple(islice(taken, count))


class Intake:
    """Polls feeds and reads pages.

    Args:
        store: The open database.
        fetcher: Open HTTP client.
        pages: Reads pages through it; None for one of its own.
        sources: APIs that are polled like feeds, and asked for what stands behind their entries.
        extractor: Makes the extractor on first need (loading Kiwi takes a second or two); called
            once, in a thread.
        clock: Tells the time, aware UTC.
        poll_at_most: Longest time between two polls of a healthy feed whose server asks for none.
        first_window: How far back entries are read at first contact with a feed.
        observe: Counts what is done.
        failed: Told each feed that fails, why, and when it is asked again (UTC).
    """

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        pages: Pages | None,
        sources: Sources,
        extractor: Callable[[], Extractor],
        clock: Callable[[], datetime],
        poll_at_most: timedelta,
        first_window: timedelta,
        observe: Observe = unobserved,
        failed: Callable[[Feed, str, datetime], None],
    ) -> None:
        self._store = store
        self._failed = failed
        self._observe = observe
        self._fetcher = fetcher
        self._pages = pages or Pages(fetcher)
        self._parser = FeedParser()
        self._sources = sources
        self._forgot_at: datetime | None = None
        self._searches: tuple[Feed, ...] | None = None
        self._make_extractor = extractor
        self._extractor: Extractor | None = None
        self._extractor_lock = asyncio.Lock()
        self._clock = clock
        self._poll_at_most = poll_at_most
        self._ledger = Ledger(store, first_window)

    async def list_searches(self) -> None:
        """Make the searches of other sources those that the companies followed today ask for."""
        searches = self._sources.feeds(await self._store.subscribers.companies())
        if searches != self._searches:
            # at the start of the process the keys may be others
            afresh = self._searches is None
            await self._store.news.use_list(searches, "source", self._clock(), afresh=afresh)
            self._searches = searches

    async def poll(self, state: FeedState) -> Report:
        """Ask one feed and record what it brought and when to ask again."""
        try:
            outcome = await self._asked(state)
        except Exception as error:
            log.exception("feed %s %s cannot be asked: a bug of ours", state.feed.outlet, state.feed.title)
            outcome = Failed(f"asking it failed: {error!r}")
        try:
            due, new = await self._kept(state, outcome)
        except StoreError:
            raise
        except Exception as error:
            log.exception("feed %s %s cannot be recorded: a bug of ours", state.feed.outlet, state.feed.title)
            outcome = Failed(f"recording it failed: {error!r}")
            due, new = await self._kept(state, outcome)
        match outcome:
            case Failed(reason=reason):
                self._observe(Event.POLLS, "failed", 1)
                self._failed(state.feed, reason, due)
                return Report(problems=(f"{state.feed.outlet} {state.feed.title}: {reason}",))
            case NotModified():
                self._observe(Event.POLLS, "unchanged", 1)
                return Report()
        self._observe(Event.POLLS, "new" if new.unread or new.left_out else "nothing_new", 1)
        self._observe(Event.ENTRIES, "new", new.unread)
        self._observe(Event.ENTRIES, "left_out", new.left_out)
        for problem in outcome.problems:
            log.info("feed %s: %s", state.feed.outlet, problem)
        if new.left_out:
            total = new.unread + new.left_out
            log.warning(
                "feed %s: %d new entries at once; the %d oldest are not read",
                *(state.feed.outlet, total, new.left_out),
            )
        return Report(done=new.unread)

    async def _kept(self, state: FeedState, outcome: PollOutcome) -> tuple[datetime, Brought]:
        """Record what a feed brought; when it is due again, and what was new."""
        now = self._clock()
        due = next_poll(state, outcome, now, self._poll_at_most)
        record = PollRecord(state.id, outcome, due, now, patience(state, outcome))
        return due, await self._ledger.record(record)

    async def _asked(self, state: FeedState) -> PollOutcome:
        source = self._sources.of(state.feed)
        if source is not None:
            return await source.poll(state, self._clock())
        async with self._parser.admitted() as room:
            fetched = await self._fetcher.get(state.feed.url, state.etag, state.last_modified, room=room)
            if not isinstance(fetched, Fetched):
                return fetched
            return await self._parsed(fetched, state, self._clock())

    async def _parsed(self, fetched: Fetched, state: FeedState, now: datetime) -> PollOutcome:
        key = document_key(fetched)
        if key == state.body_key and fetched.moved_to is None:
            # A server without validators sends the same document again and again.
            return NotModified(fetched.fresh_for)
        # A bug that one feed brings to light must not stop the others, nor be met again every tick.
        try:
            outcome = await self._parser.parse(fetched, state.feed, now)
        except Exception as error:
            log.exception("feed %s %s cannot be parsed: a bug of ours", state.feed.outlet, state.feed.title)
            return Failed(f"our parser failed on it: {error!r}")
        return replace(outcome, body_key=key) if isinstance(outcome, Polled) else outcome

    async def read(self, entries: Sequence[PendingEntry]) -> Report:
        """Read the pages of entries and record their articles; a bad one stops no other."""
        pages = await asyncio.gather(*(self._page(pending) for pending in entries))
        articles: list[tuple[PendingEntry, Article]] = []
        skipped = 0
        for pending, page in zip(entries, pages, strict=True):
            if isinstance(page, Skipped):
                skipped += 1
                self._observe(Event.ARTICLES, "put_off" if page.retry else "skipped", 1)
                await self._skip(pending, page)
            else:
                articles.append((pending, page))
        if not articles:
            return Report(skipped=skipped)
        extractions = await self.extract([article for _, article in articles])
        done = 0
        for (pending, article), extraction in zip(articles, extractions, strict=True):
            try:
                await self._record(pending, article, extraction)
                done += 1
            except StoreError:
                raise
            except Exception as error:
                log.exception("article %s cannot be recorded: a bug of ours", article.url)
                again = pending.attempts + 1 < READ_ATTEMPTS
                self._observe(Event.ARTICLES, "put_off" if again else "skipped", 1)
                await self._skip(pending, Skipped(f"recording failed: {error!r}", retry=again))
        return Report(done=done, skipped=skipped + len(articles) - done)

    async def _page(self, pending: PendingEntry) -> Article | Skipped:
        page: Article | Skipped | None
        try:
            page = await self._sources.read(pending.entry, self._clock())
            if page is None:
                page = await self._pages.read(pending.entry)
        except Exception as error:
            log.exception("page %s cannot be read: a bug of ours", pending.entry.url)
            page = Skipped(f"our reader failed on it: {error!r}", retry=True)
        if isinstance(page, Skipped) and (not page.retry or pending.attempts + 1 >= READ_ATTEMPTS):
            # The headline is still news.
            return headline_article(pending.entry, page.reason)
        return page

    async def _skip(self, pending: PendingEntry, page: Skipped) -> None:
        wait = max(RETRY_FIRST * RETRY_FACTOR**pending.attempts, page.retry_after or timedelta())
        now = self._clock()
        await self._store.news.record_skip(
            pending, page.reason, now, retry_at=now + wait if page.retry else None
        )

    async def extract(self, articles: Sequence[Article]) -> tuple[Extraction, ...]:
        """Facts of each article, off the event loop; loads the extractor on first use."""
        async with self._extractor_lock:
            if self._extractor is None:
                self._extractor = await asyncio.to_thread(self._make_extractor)
        try:
            return await asyncio.to_thread(self._extractor.extract_batch, articles)
        except Exception:
            log.exception("extraction of a batch failed, its articles are taken one by one: a bug of ours")
        return tuple([await self._extract_alone(self._extractor, article) for article in articles])

    @staticmethod
    async def _extract_alone(extractor: Extractor, article: Article) -> Extraction:
        try:
            return await asyncio.to_thread(extractor.extract, article)
        except Exception as error:
            log.exception("article %s cannot be extracted: a bug of ours", article.url)
            return Extraction(rejected=(Rejection("article", f"the extractor failed: {error!r}"),))

    async def _record(self, pending: PendingEntry, article: Article, extraction: Extraction) -> None:
        now = self._clock()
        mark = signature(article, extraction)
        story_id = None
        if extraction.relevant:
            near = await self._store.news.candidates(mark.keys, article.published or now, WINDOW)
            story_id = assign(mark, near)
        corrected: frozenset[int] = frozenset()
        if pending.revises:
            before = await self._store.news.told_before(pending.id)
            corrected = corrected_facts(before, extraction.facts)
        await self._store.news.record_article(
            pending, article, extraction, mark, story_id, now, corrected=corrected
        )
        self._observe(Event.ARTICLES, "headline" if article.headline_only else "read", 1)
        for kind, facts in (
            ("move", extraction.moves),
            ("activity", extraction.activities),
            ("quote", extraction.quotes),
        ):
            self._observe(Event.FACTS, kind, len(facts))
        if extraction.relevant:
            self._observe(Event.STORIES, "told" if story_id is None else "joined", 1)

    async def forget_signatures(self) -> None:
        """Take old articles out of what new ones are compared with, once a while."""
        now = self._clock()
        if self._forgot_at is not None and now - self._forgot_at < FORGET_EVERY:
            return
        self._forgot_at = now
        gone = FORGET_BATCH
        while gone == FORGET_BATCH:
            gone = await self._store.news.forget_signatures(now - COMPARED, FORGET_BATCH)
