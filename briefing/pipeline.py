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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.collect.articles import headline_article, read_article
from briefing.collect.feeds import next_poll, parse_feed
from briefing.collect.fetch import Fetcher
from briefing.compose.editions import alert_editions, digest_edition, digest_period, next_digest
from briefing.compose.render import Renderer
from briefing.deliver import Pace, Sender, deliver_once
from briefing.extract import Extractor
from briefing.korean.lexicon import Lexicon
from briefing.model import (
    Article,
    Company,
    CompanyBrief,
    Edition,
    Entry,
    Extraction,
    Failed,
    FeedState,
    Fetched,
    NotModified,
    Part,
    PendingEntry,
    Period,
    PollOutcome,
    Rejection,
    Skipped,
    StoredFact,
    Story,
    Subscriber,
)
from briefing.store import Store
from briefing.stories.grouping import WINDOW, assign, signature
from briefing.stories.ranking import build_stories, rank, without_repeats

log = logging.getLogger(__name__)

# A page that cannot be fetched is tried again after 5, 20, 80 … minutes, then its headline is used.
RETRY_FIRST = timedelta(minutes=5)
RETRY_FACTOR = 4
READ_ATTEMPTS = 4
# Older stories are no news any more when they are first read (first contact with a feed, downtime).
ALERT_FRESH = timedelta(hours=12)
# Periods are half-open; what is published this very second belongs to a period that ends now.
THIS_SECOND = timedelta(seconds=1)
# Pages read together: one Kiwi batch, and little memory.
READ_BATCH = 16


@dataclass(frozen=True, slots=True)
class PollFeed:
    """Ask one feed for news."""

    feed: FeedState


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """Read the pages of some entries."""

    entries: tuple[PendingEntry, ...]


@dataclass(frozen=True, slots=True)
class AlertFollowers:
    """Write alerts on fresh stories to the outbox."""


@dataclass(frozen=True, slots=True)
class ComposeDigest:
    """Write one subscriber's digest to the outbox."""

    subscriber: Subscriber


@dataclass(frozen=True, slots=True)
class DeliverBatch:
    """Send what is due in the outbox.

    A crash leaves what was claimed and not yet sent as `unknown`, so a batch is about a second's work.
    """

    limit: int = 30


Job = PollFeed | ReadEntries | AlertFollowers | ComposeDigest | DeliverBatch


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did, for log lines, progress bars and `poll`'s table.

    Attributes:
        done: Entries found, articles recorded, messages written or sent.
        skipped: Entries that held no article, messages not accepted.
        problems: One line each, for an operator.
    """

    done: int = 0
    skipped: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: Report) -> Report:
        """Both together."""
        return Report(self.done + other.done, self.skipped + other.skipped, (*self.problems, *other.problems))


class Pipeline:
    """Runs jobs over a store.

    Args:
        store: The open database.
        fetcher: Open fetcher; None where nothing is collected.
        extractor: Makes the extractor on first need (loading Kiwi takes a second or two);
            called once, in a thread.
        lexicon: Companies and their names.
        renderer: Templates.
        clock: Tells the time, aware UTC.
        sender: Delivers messages; None where nothing is sent.
        poll_minutes: Minutes between two polls of a healthy feed.
        first_window: How far back entries are read at first contact with a feed.
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
        poll_minutes: int = 10,
        first_window: timedelta = timedelta(hours=48),
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._make_extractor = extractor
        self._extractor: Extractor | None = None
        self._extractor_lock = asyncio.Lock()
        self._lexicon = lexicon
        self._renderer = renderer
        self._clock = clock
        self._sender = sender
        self._poll_minutes = poll_minutes
        self._first_window = first_window
        self._pace = Pace()
        self._alerted: set[int] = set()

    async def run(self, job: Job) -> Report:
        """Do one job.

        Raises:
            StoreError: the database failed; the job changed nothing and may be repeated.
        """
        match job:
            case PollFeed(feed):
                return await self._poll(feed)
            case ReadEntries(entries):
                return await self._read(entries)
            case AlertFollowers():
                return await self._alert()
            case ComposeDigest(subscriber):
                return await self._digest(subscriber)
            case DeliverBatch(limit):
                return await self._deliver(limit)

    # ------------------------------------------------------------------ rounds of jobs

    async def poll_due(
        self, progress: Callable[[int, int], None] | None = None, *, everything: bool = False
    ) -> Report:
        """Poll every feed that is due, side by side; the fetcher keeps the pace.

        Args:
            progress: Called with (feeds done, feeds due) as feeds finish.
            everything: Ask every feed, due or not.
        """
        news = self._store.news
        due = await (news.feeds() if everything else news.due_feeds(self._clock()))
        return await self._side_by_side([PollFeed(feed) for feed in due], progress)

    async def read_unread(self, progress: Callable[[int, int], None] | None = None) -> Report:
        """Read entries until none is due, in batches.

        Args:
            progress: Called with (entries done, entries known so far).
        """
        total = Report()
        done = 0
        waiting = (await self._store.counts()).unread
        while batch := await self._store.news.unread(self._clock(), READ_BATCH):
            total += await self.run(ReadEntries(batch))
            done += len(batch)
            if progress:
                progress(done, max(done, waiting))
        return total

    async def compose_due(self) -> Report:
        """Write every digest that is due, what fell into a downtime included."""
        total = Report()
        while due := await self._store.subscribers.due(self._clock(), 100):
            for subscriber in due:
                total += await self.run(ComposeDigest(subscriber))
        return total

    async def _side_by_side(self, jobs: Sequence[Job], progress: Callable[[int, int], None] | None) -> Report:
        total = Report()
        for done, finished in enumerate(asyncio.as_completed([self.run(job) for job in jobs]), start=1):
            total += await finished
            if progress:
                progress(done, len(jobs))
        return total

    # ------------------------------------------------------------------ poll

    async def _poll(self, state: FeedState) -> Report:
        assert self._fetcher is not None, "this pipeline was opened without a fetcher"
        fetched = await self._fetcher.get(state.feed.url, etag=state.etag, last_modified=state.last_modified)
        now = self._clock()
        outcome: PollOutcome = (
            await self._parsed(fetched, state, now) if isinstance(fetched, Fetched) else fetched
        )
        due = next_poll(state, outcome, now, self._poll_minutes)
        new = await self._store.news.record_poll(state.id, outcome, due, now, first_window=self._first_window)
        match outcome:
            case Failed(reason=reason):
                log.warning("feed %s: %s; next try %s", state.feed.outlet, reason, due.isoformat())
                return Report(problems=(f"{state.feed.outlet} {state.feed.title}: {reason}",))
            case NotModified():
                return Report()
        for problem in outcome.problems:
            log.info("feed %s: %s", state.feed.outlet, problem)
        return Report(done=new)

    @staticmethod
    async def _parsed(fetched: Fetched, state: FeedState, now: datetime) -> PollOutcome:
        # A bug that one feed brings to light must not stop the others, nor be met again every tick.
        try:
            return await asyncio.to_thread(parse_feed, fetched, state.feed, now)
        except Exception as error:
            log.exception("feed %s cannot be parsed: a bug of ours", state.feed.url)
            return Failed(f"our parser failed on it: {error!r}")

    # ------------------------------------------------------------------ read

    async def _read(self, entries: Sequence[PendingEntry]) -> Report:
        pages = await asyncio.gather(*(self._page(pending) for pending in entries))
        articles: list[tuple[PendingEntry, Article]] = []
        skipped = 0
        for pending, page in zip(entries, pages, strict=True):
            if isinstance(page, Skipped):
                skipped += 1
                await self._skip(pending, page)
            else:
                articles.append((pending, page))
        if not articles:
            return Report(skipped=skipped)
        extractions = await self.extract([article for _, article in articles])
        for (pending, article), extraction in zip(articles, extractions, strict=True):
            await self._record(pending, article, extraction)
        return Report(done=len(articles), skipped=skipped)

    async def _page(self, pending: PendingEntry) -> Article | Skipped:
        assert self._fetcher is not None, "this pipeline was opened without a fetcher"
        fetched = await self._fetcher.get(pending.entry.url)
        match fetched:
            case Fetched():
                page = await self._article(fetched, pending.entry)
            case NotModified():
                page = Skipped("the page is empty")
            case Failed(reason=reason, permanent=permanent):
                page = Skipped(reason, retry=not permanent)
        if isinstance(page, Skipped) and (not page.retry or pending.attempts + 1 >= READ_ATTEMPTS):
            # The headline is still news.
            return headline_article(pending.entry)
        return page

    @staticmethod
    async def _article(fetched: Fetched, entry: Entry) -> Article | Skipped:
        try:
            return await asyncio.to_thread(read_article, fetched, entry)
        except Exception as error:
            log.exception("page %s cannot be read: a bug of ours", entry.url)
            return Skipped(f"our reader failed on it: {error!r}")

    async def _skip(self, pending: PendingEntry, page: Skipped) -> None:
        wait = RETRY_FIRST * RETRY_FACTOR**pending.attempts
        now = self._clock()
        await self._store.news.record_skip(
            pending.id, page.reason, now, retry_at=now + wait if page.retry else None
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
        await self._store.news.record_article(pending, article, extraction, mark, story_id, now)

    # ------------------------------------------------------------------ compose

    async def stories(self, companies: Sequence[str] | None, period: Period) -> tuple[Story, ...]:
        """Stories with facts of these companies (None: all) in a period, weightiest first."""
        told = await self._store.news.facts(companies, period)
        return await self._stories_of(told, companies)

    async def _stories_of(
        self, told: Sequence[StoredFact], companies: Sequence[str] | None
    ) -> tuple[Story, ...]:
        rows = await self._store.news.story_rows(sorted({fact.story_id for fact in told}))
        stories = without_repeats(build_stories(rows, told))
        return rank(stories, self._clock(), companies or ())

    async def stories_by_id(self, story_ids: Sequence[int]) -> tuple[Story, ...]:
        """Stories that are still stored, weightiest first."""
        return await self._stories_of(await self._store.news.story_facts(story_ids), None)

    async def company_brief(self, company: Company, days: int) -> CompanyBrief:
        """What is known of a company and, for a group, of its members, over the last `days`."""
        now = self._clock()
        period = Period(now - timedelta(days=days), now + THIS_SECOND)
        return CompanyBrief(company, period, await self.stories(self._lexicon.members(company), period))

    def _covers(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Each group among the names -> canonical names of the companies it stands for."""
        covers: dict[str, tuple[str, ...]] = {}
        for name in names:
            company = self._lexicon.company(name)
            if company is not None and company.is_group:
                covers[name] = self._lexicon.members(company)
        return covers

    def _following(self, companies: Iterable[str]) -> tuple[str, ...]:
        """Names a subscriber may have chosen to follow these companies: themselves and their groups."""
        names: dict[str, None] = {}
        for name in companies:
            names[name] = None
            known = self._lexicon.company(name)
            if known is not None and known.group:
                names[known.group] = None
        return tuple(names)

    async def digest(self, subscriber: Subscriber) -> tuple[Part, ...]:
        """Messages of what a digest would hold now: everything read since the last one."""
        return self._render_digest(await self._digest_edition(subscriber))

    async def _digest_edition(self, subscriber: Subscriber) -> Edition:
        now = self._clock()
        covers = self._covers(subscriber.companies)
        names = tuple({name: None for one in subscriber.companies for name in covers.get(one, (one,))})
        stories: tuple[Story, ...] = ()
        if names:
            period = digest_period(subscriber, now)
            told = await self._store.news.facts(names, period, by_read_time=True)
            stories = await self._stories_of(told, names)
        return digest_edition(subscriber, stories, now)

    def _render_digest(self, edition: Edition) -> tuple[Part, ...]:
        return self._renderer.digest(edition, covers=self._covers(edition.companies))

    async def _digest(self, subscriber: Subscriber) -> Report:
        now = self._clock()
        edition = await self._digest_edition(subscriber)
        following = (
            next_digest(subscriber.digest_time, subscriber.timezone, now)
            if subscriber.digest_time is not None
            else None
        )
        written = await self._store.outbox.write_edition(
            edition.key,
            edition.chat_id,
            self._render_digest(edition),
            now,
            next_digest=following,
            period_end=edition.period.until,
        )
        return Report(done=int(written))

    async def _alert(self) -> Report:
        """Alert followers of every fresh story; a story is alerted once per chat, whatever restarts."""
        now = self._clock()
        fresh = await self._store.news.facts(None, Period(now - ALERT_FRESH, now + THIS_SECOND))
        unseen = [fact for fact in fresh if fact.story_id not in self._alerted]
        written = 0
        for story in await self._stories_of(unseen, None):
            companies = {merged.fact.company for merged in story.facts if merged.fact.company}
            followers = await self._store.subscribers.followers(self._following(companies))
            covers = self._covers({name for follower in followers for name in follower.companies})
            for edition in alert_editions(story, followers, now, covers):
                written += await self._store.outbox.write_edition(
                    edition.key, edition.chat_id, self._renderer.alert(edition), now
                )
            self._alerted.add(story.id)
        return Report(done=written)

    # ------------------------------------------------------------------ deliver

    async def _deliver(self, limit: int) -> Report:
        assert self._sender is not None, "this pipeline was opened without a sender"
        outcomes = await deliver_once(self._store.outbox, self._sender, self._clock, limit, pace=self._pace)
        return Report(
            done=outcomes.get("sent", 0),
            skipped=sum(outcomes.values()) - outcomes.get("sent", 0),
        )
