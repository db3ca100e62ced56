"""The bot as it runs: real store, renderer, lexicon and pipeline; Telegram is tests/botapi.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import time, timedelta

import pytest

from bot.answers import Answers
from bot.handlers import Desk
from bot.handlers.application import build_application, run_bot
from briefing.compose.render import Renderer
from briefing.korean.lexicon import Lexicon, load_lexicon
from briefing.model import (
    Article,
    Company,
    Entry,
    Extraction,
    Feed,
    Fetched,
    Move,
    MoveKind,
    MoveStatus,
    Person,
    Polled,
    Quote,
    QuotedBy,
    Span,
)
from briefing.pipeline import Pipeline
from briefing.store import Store
from briefing.stories.grouping import signature
from tests.botapi import BotApi
from tests.conftest import Clock

LONG_NAME = "가람미래에너지솔루션앤드첨단소재테크놀로지홀딩스"
COMPANIES = (
    Company("한빛누리전자", code="990010", aliases=("HNE", "한빛누리"), group="한빛누리그룹"),
    Company("한빛누리그룹", is_group=True),
    Company("다온모비스텍", code="990020"),
    Company("새결바이오랩", code="990030"),
    Company(LONG_NAME, code="990040"),
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(COMPANIES)


def never() -> None:
    raise AssertionError("the chat reads no articles")


@pytest.fixture
def desk(store: Store, lexicon: Lexicon, clock: Clock) -> Desk:
    renderer = Renderer(None, "Asia/Seoul")
    pipeline = Pipeline(
        store=store,
        fetcher=None,
        extractor=never,  # type: ignore[arg-type]
        lexicon=lexicon,
        renderer=renderer,
        clock=clock,
    )
    return Desk(
        subscribers=store.subscribers,
        news=Answers(pipeline.publisher, pipeline.lookups, store, lexicon, renderer),
        replies=renderer,
        clock=clock,
        popular=("한빛누리전자", "다온모비스텍"),
        digest_time=time(8),
        timezone="Asia/Seoul",
    )


class Waits:
    """Stands for sleeping: notes the seconds and goes on at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


Talking = Callable[[Desk], AbstractAsyncContextManager[None]]


@pytest.fixture
def talking(api: BotApi, waits: Waits) -> Talking:
    """Runs the bot by long polling against the server until the block ends."""

    @asynccontextmanager
    async def run(desk: Desk) -> AsyncIterator[None]:
        stop = asyncio.Event()
        application = build_application(api.token, desk, base_url=api.url, sleep=waits)
        running = asyncio.create_task(run_bot(application, stop))
        try:
            yield
        finally:
            stop.set()
            await running

    return run


@pytest.fixture
async def chat(desk: Desk, talking: Talking) -> AsyncIterator[None]:
    """The bot runs."""
    async with talking(desk):
        yield


Publish = Callable[..., Awaitable[None]]


@pytest.fixture
def publish(store: Store, clock: Clock) -> Publish:
    """Stores an article about an invented executive, as if it had been read."""
    count = 0

    async def article(company: str, person: str, words: str, *, hours_ago: float = 2) -> None:
        nonlocal count
        count += 1
        now = clock()
        published = now - timedelta(hours=hours_ago)
        first = f"{company}가 {person} 부사장을 대표이사에 선임했다."
        second = f'{person} 대표는 "{words}"라고 말했다.'
        text = f"{first} {second}"
        url = f"https://garam.example/{count}"
        said = Span(text.index(words), text.index(words) + len(words))
        extraction = Extraction(
            relevant=True,
            people=(Person(person, company, "대표이사"),),
            moves=(
                Move(
                    person, company, MoveKind.APPOINTED, "대표이사", MoveStatus.DONE, (Span(0, len(first)),)
                ),
            ),
            quotes=(
                Quote(
                    person,
                    company,
                    "대표이사",
                    words,
                    QuotedBy.EXECUTIVE,
                    True,
                    said,
                    (Span(len(first) + 1, len(text)),),
                ),
            ),
        )
        feed = Feed("https://garam.example/rss", "가람일보")
        await store.news.add_feeds([feed], now)
        (state,) = await store.news.feeds()
        entry = Entry(url, url, f"{company} 새 대표에 {person}", "가람일보", published)
        fetched = Fetched(feed.url, b"")
        await store.news.record_poll(state.id, Polled((entry,), fetched), now, now, first_window=None)
        (pending,) = await store.news.unread(now, 10)
        stored = Article(
            id=url, text=text, title=entry.title, url=url, outlet="가람일보", published=published
        )
        await store.news.record_article(pending, stored, extraction, signature(stored, extraction), None, now)

    return article
