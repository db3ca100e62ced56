"""From stored facts to briefings and the outbox: the jobs that write."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.compose.audience import quiet_until
from briefing.compose.editions import (
    ALERT_MEMORY,
    alert_editions,
    marks_of,
)
from briefing.compose.render import DigestMemo, Renderer
from briefing.compose.texts import in_language
from briefing.compose.trend import Trend, count_weeks, trend_period
from briefing.findings import Days
from briefing.korean.lexicon import Lexicon
from briefing.model import (
    Company,
    CompanyBrief,
    Edition,
    MergedFact,
    Move,
    Part,
    Period,
    Quote,
    StoredFact,
    Story,
    person_of,
)
from briefing.pipeline.asking import companies_in
from briefing.pipeline.digests import DigestRound
from briefing.pipeline.jobs import Report
from briefing.pipeline.sharing import RUMOUR_MEMORY
from briefing.store import NewEdition, Store
from briefing.stories.merging import with_rumours
from briefing.stories.persons import ECHO, not_moved, with_risen
from briefing.stories.ranking import build_stories, rank, without_repeats
from briefing.stories.rules import merging_rules
from briefing.subscribers import Subscriber

log = logging.getLogger(__name__)

# Facts read this long ago still count for alerts after a downtime.
ALERT_WINDOW = timedelta(hours=12)
# A look at what was read goes back a little further than the last one: a fact's time is taken before
# its transaction ends.
OVERLAP = timedelta(minutes=5)
# Followers whose alerts are written in one transaction.
ALERT_BATCH = 500
# Periods are half-open; what is published this very second belongs to a period that ends now.
THIS_SECOND = timedelta(seconds=1)


def last_days(count: int, now: datetime, zone: ZoneInfo) -> Period:
    """The last `count` days of a zone, today included: from a midnight to this second."""
    return period_of(Days(count), now, zone)


def period_of(days: Days, now: datetime, zone: ZoneInfo) -> Period:
    """Days of a zone from a midnight on: to this second, or to the midnight that ends the last of them."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)

    today = now.astimezone(zone).date()
    last = days.last or today
    ends = now + THIS_SECOND if last >= today else midnight(last + timedelta(days=1))
    return Period(midnight(last - timedelta(days=days.count - 1)), ends)


class Publisher:
    """Finds stories, answers for companies, writes digests and alerts to the outbox.

    Args:
        store: The open database.
        lexicon: Companies and groups.
        renderer: Templates.
        clock: Tells the time, aware UTC.
        allowed_ids: Chats that may be written to; empty: all.
    """

    def __init__(
        self,
        store: Store,
        lexicon: Lexicon,
        renderer: Renderer,
        clock: Callable[[], datetime],
        allowed_ids: frozenset[int] = frozenset(),
    ) -> None:
        self._store = store
        self._lexicon = lexicon
        self._renderer = renderer
        self._clock = clock
        self._allowed_ids = allowed_ids
        self._looked_at: datetime | None = None

    def now(self) -> datetime:
        """The time by the publisher's clock, aware UTC."""
        return self._clock()

    async def stories(self, companies: Sequence[str] | None, period: Period) -> tuple[Story, ...]:
        """Stories with facts of these companies (None: all) in a period, weightiest first."""
        if companies is None:
            return await self.stories_of(await self._store.news.facts(None, period), None)
        stories = await self._with_rises(await self._with_rumours(await self._told_of(companies, period)))
        return rank(stories, self._clock(), companies)

    async def _told_of(self, companies: Sequence[str], period: Period) -> tuple[Story, ...]:
        """Stories with facts of these companies published in a period, each fact in one of them, by key."""
        told = await self._store.news.told(companies, period, merging_rules())
        return without_repeats(build_stories(told.rows, told.facts, told.merged))

    async def stories_of(
        self,
        told: Sequence[StoredFact],
        companies: Sequence[str] | None,
        keep: Callable[[MergedFact], bool] | None = None,
    ) -> tuple[Story, ...]:
        """Stories with these facts only, weightiest first for a reader of `companies` (None: of all).

        Args:
            told: Facts as stored.
            companies: Canonical names.
            keep: Of the merged facts keeps those; stories left without a fact are left out. None: all.
        """
        rows = await self._store.news.story_rows(sorted({fact.story_id for fact in told}))
        stories = await self._with_rumours(without_repeats(build_stories(rows, told)))
        if keep is not None:
            left = (replace(story, facts=tuple(filter(keep, story.facts))) for story in stories)
            stories = tuple(story for story in left if story.facts)
        return rank(await self._with_rises(stories), self._clock(), companies or ())

    async def _with_rumours(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """The stories, their moves linked to rumours of stories before them."""
        moves = [
            (merged.fact.person, merged.sources[0].published)
            for story in stories
            for merged in story.facts
            if isinstance(merged.fact, Move) and merged.rumoured is None
        ]
        if not moves:
            return tuple(stories)
        first, last = min(when for _, when in moves), max(when for _, when in moves)
        persons = [person for person, _ in moves]
        before = await self._store.news.rumours_of(persons, Period(first - RUMOUR_MEMORY, last))
        if not before:
            return tuple(stories)
        return tuple(replace(story, facts=with_rumours(story.facts, before)) for story in stories)

    async def _with_rises(self, stories: Sequence[Story]) -> tuple[Story, ...]:
        """The stories with the ranks their people got before, as other stories tell; one read for all."""
        persons = not_moved(merged.fact for story in stories for merged in story.facts)
        if not persons:
            return tuple(stories)
        first = min(story.first_published for story in stories)
        last = max(story.last_published for story in stories)
        moves = await self._store.news.moves_of(persons, Period(first - ECHO, last + THIS_SECOND))
        by_name: dict[str, list[StoredFact]] = defaultdict(list)
        for move in moves:
            by_name[person_of(move.fact) or ""].append(move)
        return tuple(with_risen(story, by_name) for story in stories) if moves else tuple(stories)

    async def stories_by_id(self, story_ids: Sequence[int]) -> tuple[Story, ...]:
        """Stories that are still stored, weightiest first."""
        return await self.stories_of(await self._store.news.story_facts(story_ids), None)

    async def company_brief(self, company: Company, days: Days) -> CompanyBrief:
        """What is known of a company and, for a group, of its members, over some days."""
        return await self.brief_of(company, period_of(days, self._clock(), self._renderer.zone))

    async def brief_of(self, company: Company, period: Period) -> CompanyBrief:
        """What is known of a company and, for a group, of its members, in a period."""
        stories = await self.stories(self._lexicon.members(company), period)
        return CompanyBrief(company, period, stories, now=self._clock())

    async def trend(self, company: Company) -> Trend:
        """How much was told of a company and, for a group, of its members, week by week up to now."""
        now = self._clock()
        told = await self._store.news.told(self._lexicon.members(company), trend_period(now), merging_rules())

        def count() -> Trend:
            stories = without_repeats(build_stories(told.rows, told.facts, told.merged))
            return count_weeks(stories, company, now)

        # a quarter of a busy group is thousands of facts to merge; others are answered meanwhile
        return await asyncio.to_thread(count)

    def covers(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
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
        edition = await self._digest_edition(subscriber)
        return self.render_digest(edition, self.covers(edition.companies))

    async def _digest_edition(self, subscriber: Subscriber, period: Period | None = None) -> Edition:
        if period is None:
            return await self.digest_round().edition(subscriber)
        edition = await DigestRound(self._store, self, period.until).edition(subscriber, period.since)
        return replace(edition, period=period)

    async def digest_all(self, subscriber: Subscriber, period: Period) -> tuple[Part, ...]:
        """All of a digest of that period, also what its message left out."""
        edition = await self._digest_edition(subscriber, period)
        return self._renderer.digest(edition, covers=self.covers(edition.companies), everything=True)

    def render_digest(
        self, edition: Edition, covers: Mapping[str, Sequence[str]], memo: DigestMemo | None = None
    ) -> tuple[Part, ...]:
        """Messages of a digest; `memo` keeps lines for others of the same day."""
        return self._renderer.digest(edition, covers=covers, memo=memo)

    def digest_round(self) -> DigestRound:
        """Composes digests that are due now, many together."""
        return DigestRound(self._store, self, self._clock())

    async def write_digest(self, subscriber: Subscriber) -> Report:
        """Write a digest that is due to the outbox, and when the next one is."""
        return await self.digest_round().write([subscriber])

    async def write_alerts(self) -> Report:
        """Alert followers of what has come in since the last look; a fact once a chat, whatever restarts.

        What a chat has been told lies in the database; the moment of the last look only spares work.
        """
        now = self._clock()
        horizon = now - ALERT_WINDOW
        if self._looked_at is not None and self._looked_at > now:
            # the clock was set back; marks keep what was told from being told again
            self._looked_at = None
        since = max(horizon, self._looked_at - OVERLAP) if self._looked_at else horizon
        news = self._store.news
        until = now + THIS_SECOND
        if not await news.facts(None, Period(since, until), by_read_time=True):
            self._looked_at = now
            return Report()
        # Stories are built from all that is recent, so that a late outlet joins what it repeats.
        stories = await self.stories_of(
            await news.facts(None, Period(horizon, until), by_read_time=True), None
        )
        fresh = [story for story in stories if _read_since(story, since)]
        followers = await self._followers(fresh)
        total = Report()
        for start in range(0, len(followers), ALERT_BATCH):
            total += await self._alert_some(followers[start : start + ALERT_BATCH], fresh, now)
        self._looked_at = now
        return total

    async def _followers(self, stories: Sequence[Story]) -> tuple[Subscriber, ...]:
        told = [merged.fact for story in stories for merged in story.facts]
        quotes = [fact for fact in told if isinstance(fact, Quote)]
        found = await self._store.subscribers.followers(
            self._following({fact.company for fact in told if fact.company}),
            {name for fact in told if (name := person_of(fact))},
            {topic for fact in quotes for topic in fact.topics},
        )
        return tuple(subscriber for subscriber in found if self.allowed(subscriber))

    async def _alert_some(
        self, followers: Sequence[Subscriber], stories: Sequence[Story], now: datetime
    ) -> Report:
        covers = self.covers(companies_in(followers))
        marks = {mark for story in stories for merged in story.facts for mark in marks_of(merged, story.id)}
        chats = [follower.chat_id for follower in followers]
        told = await self._store.outbox.told(chats, now - ALERT_MEMORY, tuple(marks))
        # the loop answers people meanwhile
        new, problems = await asyncio.to_thread(self._compose_alerts, followers, stories, covers, told, now)
        written = await self._store.outbox.write_editions(new, now) if new else 0
        return Report(done=written, problems=tuple(problems))

    def _compose_alerts(
        self,
        followers: Sequence[Subscriber],
        stories: Sequence[Story],
        covers: Mapping[str, Sequence[str]],
        told: Mapping[int, frozenset[str]],
        now: datetime,
    ) -> tuple[list[NewEdition], list[str]]:
        new: list[NewEdition] = []
        problems: list[str] = []
        # of the stories of this round thousands get the same message
        rendered: dict[tuple[object, ...], tuple[Part, ...]] = {}
        for follower in followers:
            try:
                known = told.get(follower.chat_id, frozenset())
                for alert in alert_editions(follower, stories, now, covers, known):
                    seen = (
                        follower.language,
                        alert.companies,
                        alert.period,
                        tuple((story.id, tuple(map(id, story.facts))) for story in alert.stories),
                    )
                    if seen not in rendered:
                        with in_language(follower.language):
                            rendered[seen] = self._renderer.alert(alert)
                    new.append(
                        NewEdition(
                            alert.key,
                            alert.chat_id,
                            rendered[seen],
                            marks=alert.marks,
                            not_before=quiet_until(follower.quiet, follower.timezone, now),
                            thread_id=follower.thread_id,
                            subscribers_only=True,
                        )
                    )
            except Exception as error:
                log.exception("alerts of chat %d failed", follower.chat_id)
                problems.append(f"chat {follower.chat_id}: {error!r}")
        return new, problems

    def allowed(self, subscriber: Subscriber) -> bool:
        """Whether this chat may be written to."""
        return not self._allowed_ids or subscriber.chat_id in self._allowed_ids


def _read_since(story: Story, since: datetime) -> bool:
    return any(
        source.read_at is not None and source.read_at >= since
        for merged in story.facts
        for source in merged.sources
    )
