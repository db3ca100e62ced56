"""Composition root: builds everything the settings ask for, and closes it in reverse order."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.administration import Administration
from bot.answers import Answers
from bot.error_ring import ErrorRing, recording_errors
from bot.handlers import Desk
from bot.settings import Settings
from briefing.collect.fetch import Fetcher
from briefing.collect.pages import Pages
from briefing.collect.sources import load_feeds, load_search
from briefing.collect.sources.apis import Source, Sources
from briefing.collect.sources.naver import NaverNews
from briefing.collect.sources.opendart import OpenDart
from briefing.compose.render import Renderer
from briefing.deliver import Pace, Sender
from briefing.extract import Extractor, open_extractor
from briefing.korean.lexicon import Lexicon, load_lexicon
from briefing.pipeline import Pipeline
from briefing.pipeline.broadcasting import Broadcaster
from briefing.pipeline.observing import Observe, unobserved
from briefing.pipeline.searches import follow_searches
from briefing.store import Store, open_store

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock, aware UTC; the only place that reads it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """Everything that is open while a command runs.

    Attributes:
        settings: What it was built from.
        clock: Tells the time, aware UTC.
        store: The database, at the newest schema.
        lexicon: Built-in companies and the imported register.
        renderer: Templates.
        fetcher: HTTP client for feeds and pages.
        sources: APIs for which the operator has keys.
        pace: The budget of messages that answers and deliveries share.
        pipeline: Runs jobs over all of these.
        answers: Answers what people ask.
        administration: Answers what those who run the bot ask.
    """

    settings: Settings
    clock: Clock
    store: Store
    lexicon: Lexicon
    renderer: Renderer
    fetcher: Fetcher
    sources: Sources
    pace: Pace
    pipeline: Pipeline
    answers: Answers
    administration: Administration

    def desk(self) -> Desk:
        """What the bot's handlers work with."""
        return Desk(
            subscribers=self.store.subscribers,
            news=self.answers,
            replies=self.renderer,
            privacy=self.store.privacy,
            clock=self.clock,
            digest_time=self.settings.digest_time,
            timezone=self.settings.timezone,
            allowed_ids=admitted(self.settings),
            admin_ids=self.settings.admin_ids,
            office=self.administration,
        )


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    sender: Sender | None = None,
    first_window: timedelta = timedelta(hours=48),
    observe: Observe = unobserved,
) -> AsyncIterator[App]:
    """Open the database and the rest; close everything on leaving, whatever happened.

    Args:
        settings: What to build.
        clock: Another clock (tests, the newsroom).
        sender: Delivers the outbox; None for commands that send nothing.
        first_window: How far back entries are read at first contact with a feed.
        observe: Counts what the pipeline does.

    Raises:
        StoreUnavailable: the database cannot be reached.
        SchemaError: the database is newer than this program.
        DataError: a data file, feed list or register is wrong.
    """
    async with AsyncExitStack() as stack:
        errors = stack.enter_context(recording_errors(ErrorRing(settings.secrets)))
        store = await stack.enter_async_context(open_store(settings.database_url))
        lexicon = load_lexicon(await store.register.companies())
        renderer = Renderer(settings.templates_dir, settings.timezone, topics=lexicon.topics)
        fetcher = await stack.enter_async_context(
            Fetcher(allow_private_network=settings.allow_private_network)
        )
        sources = open_sources(settings, fetcher)
        pace = Pace(settings.pace)
        pipeline = Pipeline(
            store=store,
            fetcher=fetcher,
            pages=Pages(fetcher, exempt=settings.robots_exempt),
            sources=sources,
            extractor=functools.partial(_extractor, lexicon),
            lexicon=lexicon,
            renderer=renderer,
            clock=clock,
            sender=sender,
            pace=pace,
            poll_at_most=timedelta(minutes=settings.poll_minutes),
            first_window=first_window,
            allowed_ids=admitted(settings),
            admin_ids=settings.admin_ids,
            search=load_search(settings.feeds_file),
            observe=observe,
        )
        answers = Answers(pipeline.publisher, pipeline.lookups, store, lexicon, renderer)
        broadcaster = Broadcaster(store, clock, admitted(settings))
        yield App(
            settings=settings,
            clock=clock,
            store=store,
            lexicon=lexicon,
            renderer=renderer,
            fetcher=fetcher,
            sources=sources,
            pace=pace,
            pipeline=pipeline,
            answers=answers,
            administration=Administration(store, renderer, broadcaster, errors, clock),
        )


def admitted(settings: Settings) -> frozenset[int]:
    """Chats and people that may use the bot, those who run it among them; empty: everybody."""
    return settings.allowed_ids | settings.admin_ids if settings.allowed_ids else frozenset()


def open_sources(settings: Settings, fetcher: Fetcher) -> Sources:
    """The APIs that the settings have keys for."""
    found: list[Source] = []
    if settings.naver_client_id and settings.naver_client_secret:
        found.append(
            NaverNews(
                fetcher,
                settings.naver_client_id,
                settings.naver_client_secret.get_secret_value(),
                base_url=settings.naver_api_url,
            )
        )
    if settings.opendart_key:
        key = settings.opendart_key.get_secret_value()
        found.append(OpenDart(fetcher, key, base_url=settings.opendart_api_url))
    return Sources(found)


def _extractor(lexicon: Lexicon) -> Extractor:
    return open_extractor(lexicon)


async def register_feeds(store: Store, feeds_file: Path | None, now: datetime) -> int:
    """Put the list in force into the database; known feeds keep their state.

    With a file its feeds and those added by hand are polled, without one the built-in feeds and
    those added by hand, save built-in ones that the operator removed; and with either, if the list
    says how to search, a search for each company that somebody follows.

    Returns:
        Number of feeds that were not polled before.

    Raises:
        DataError: the list cannot be read.
    """
    new = await store.news.use_list(load_feeds(feeds_file), "file" if feeds_file else "builtin", now)
    return new + await follow_searches(store, load_search(feeds_file), now)
