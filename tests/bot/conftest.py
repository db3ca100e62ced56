"""The bot as it runs: real store, renderer, lexicon and pipeline; Telegram is tests/botapi.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.administration import Administration
from bot.answers import Answers
from bot.error_ring import ErrorRing, recording_errors
from bot.handlers import Desk
from bot.handlers.application import build_application, run_bot
from briefing.compose.render import Renderer
from briefing.korean.lexicon import Lexicon, load_lexicon
from briefing.model import (
    Activity,
    ActivityKind,
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
from briefing.pipeline.broadcasting import Broadcaster
from briefing.store import Store
from briefing.stories.grouping import signature
from tests.botapi import BotApi
from tests.conftest import Clock
from tests.store.making import record_poll

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
    return replace(load_lexicon(COMPANIES), popular=(COMPANIES[0], COMPANIES[2]))


def never() -> None:
    raise AssertionError("the chat reads no articles")


@pytest.fixture
def desk(store: Store, lexicon: Lexicon, clock: Clock, errors: ErrorRing) -> Desk:
    renderer = Renderer(None, "Asia/Seoul", topics=lexicon.topics)
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
        privacy=store.privacy,
        clock=clock,
        digest_time=time(8),
        timezone="Asia/Seoul",
        office=Administration(store, renderer, Broadcaster(store, clock, frozenset()), errors, clock),
    )


@pytest.fixture
def errors() -> Iterator[ErrorRing]:
    with recording_errors(ErrorRing()) as ring:
        yield ring


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
Record = Callable[[str, str, Extraction, float], Awaitable[None]]


@pytest.fixture
def record(store: Store, clock: Clock) -> Record:
    """Stores an article with its title, text and facts, so many hours old, as if it had been read."""
    count = 0

    async def article(title: str, text: str, extraction: Extraction, hours_ago: float) -> None:
        nonlocal count
        count += 1
        now = clock()
        published = now - timedelta(hours=hours_ago)
        url = f"https://garam.example/{count}"
        feed = Feed("https://garam.example/rss", "가람일보")
        await store.news.add_feeds([feed], now)
        (state,) = await store.news.feeds()
        entry = Entry(url, url, title, "가람일보", published)
        fetched = Fetched(feed.url, b"")
        await record_poll(store, state.id, Polled((entry,), fetched), now, now, first_window=None)
        (pending,) = await store.news.unread(now, 10)
        stored = Article(id=url, text=text, title=title, url=url, outlet="가람일보", published=published)
        await store.news.record_article(pending, stored, extraction, signature(stored, extraction), None, now)

    return article


@pytest.fixture
def publish(record: Record) -> Publish:
    """Stores an article about an invented executive who takes a post and says something."""

    async def article(
        company: str, person: str, words: str, *, hours_ago: float = 2, topics: tuple[str, ...] = ()
    ) -> None:
        first = f"{company}가 {person} 부사장을 대표이사에 선임했다."
        second = f'{person} 대표는 "{words}"라고 말했다.'
        text = f"{first} {second}"
        said = Span(text.index(words), text.index(words) + len(words))
        whole, sentence = Span(len(first) + 1, len(text)), Span(0, len(first))
        done, by = MoveStatus.DONE, QuotedBy.EXECUTIVE
        move = Move(person, company, MoveKind.APPOINTED, "대표이사", done, (sentence,))
        quote = Quote(person, company, "대표이사", words, by, True, said, (whole,), topics=topics)
        people = (Person(person, company, "대표이사"),)
        extraction = Extraction(relevant=True, people=people, moves=(move,), quotes=(quote,))
        await record(f"{company} 새 대표에 {person}", text, extraction, hours_ago)

    return article


@pytest.fixture
def announce(record: Record) -> Publish:
    """Stores an article about what an invented executive is going to do."""

    async def article(
        company: str, person: str, what: str, when: date | None, *, hours_ago: float = 2, planned: bool = True
    ) -> None:
        text = f"{person} {company} 사장은 {when} {what}에 참석할 예정이다."
        act = Activity(
            person, company, ActivityKind.EVENT, what, when, (Span(0, len(text)),), planned=planned
        )
        extraction = Extraction(relevant=True, people=(Person(person, company, "사장"),), activities=(act,))
        await record(f"{person}, {what} 간다", text, extraction, hours_ago)

    return article


@pytest.fixture
def promote(record: Record) -> Publish:
    """Stores a notice that promotes many people at once."""

    async def article(company: str, names: Sequence[str], role: str, *, hours_ago: float = 2) -> None:
        text = f"{company} 인사 {role} 승진 {' '.join(names)}"
        whole = (Span(0, len(text)),)
        moves = tuple(Move(name, company, MoveKind.PROMOTED, role, MoveStatus.DONE, whole) for name in names)
        await record(f"[인사] {company}", text, Extraction(relevant=True, moves=moves), hours_ago)

    return article
