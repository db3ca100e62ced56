"""Alerts and digests over a real database: told once, to those who asked, whatever restarts or breaks."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from briefing.compose.audience import next_digest
from briefing.compose.render import Renderer
from briefing.extract import Extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import (
    Article,
    Entry,
    Extraction,
    Feed,
    Fetched,
    Later,
    Move,
    MoveKind,
    MoveStatus,
    Part,
    Person,
    Polled,
    Quote,
    QuotedBy,
    Signature,
    Span,
)
from briefing.pipeline import AlertFollowers, Pipeline
from briefing.pipeline.observing import Event
from briefing.store import Store, open_store
from briefing.store.tables import subscribers
from briefing.subscribers import AlertLevel
from tests.store.making import NOW, record_poll, set_digest

COMPANY = "가람정밀"
FEED = Feed("https://news.example/rss", "가람일보")
numbers = itertools.count(1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def no_extractor() -> Extractor:
    raise AssertionError("these tests store extractions themselves")


def pipeline(store: Store, clock: Clock, **more: object) -> Pipeline:
    return Pipeline(
        store=store,
        fetcher=None,
        extractor=no_extractor,
        lexicon=load_lexicon(),
        renderer=Renderer(None, "Asia/Seoul"),
        clock=clock,
        **more,  # type: ignore[arg-type]
    )


@asynccontextmanager
async def desk(tmp_path: Path) -> AsyncIterator[tuple[Store, Clock]]:
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        yield store, Clock()


def move(person: str, status: MoveStatus = MoveStatus.DONE, role: str = "대표이사") -> Move:
    return Move(person, COMPANY, MoveKind.APPOINTED, role, status, (Span(0, 5),))


def words(person: str) -> Quote:
    said = Span(0, 5)
    return Quote(person, COMPANY, "대표", "투자를 늘리겠다", QuotedBy.EXECUTIVE, True, said, (said,))


async def read(
    store: Store,
    clock: Clock,
    *facts: Move | Quote,
    story: int | None = None,
    published: datetime | None = None,
) -> int:
    """An article with these facts, as reading leaves it; returns its story."""
    number = next(numbers)
    url = f"https://news.example/{number}"
    await store.news.add_feeds([FEED], clock())
    (state,) = await store.news.feeds()
    entry = Entry(f"g{number}", url, "제목", "가람일보", clock())
    polled = Polled((entry,), Fetched(FEED.url, b""))
    await record_poll(store, state.id, polled, clock(), clock(), first_window=None)
    (pending,) = [one for one in await store.news.unread(clock(), 100) if one.entry.guid == entry.guid]
    found = Extraction(
        True,
        tuple(Person(f.person, COMPANY, "부사장") for f in facts if isinstance(f, Move)),
        tuple(f for f in facts if isinstance(f, Move)),
        (),
        tuple(f for f in facts if isinstance(f, Quote)),
    )
    article = Article(url, "가람정밀은 이사회를 열었다.", url, "가람일보", "제목", published or clock())
    mark = Signature((f"k{number}",), (1, 2, 3), (), (), clock())
    _, story_id = await store.news.record_article(pending, article, found, mark, story, clock())
    return story_id


async def follower(store: Store, clock: Clock, chat: int = 1, level: AlertLevel = AlertLevel.MOVES) -> None:
    await store.subscribers.ensure(chat, clock(), (time(8),))
    await store.subscribers.subscribe(chat, COMPANY, clock())
    await store.subscribers.set_alerts(chat, level, clock())


async def waiting(store: Store) -> int:
    return (await store.counts()).outbox.get("pending", 0)


async def test_one_move_told_by_stories_that_were_not_joined_is_alerted_once(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        for role in ("대표이사", "대표이사 사장", "대표", "대표이사"):
            await read(store, clock, move("유서진", role=role))
        desk_now = pipeline(store, clock)
        for _ in range(4):
            await desk_now.run(AlertFollowers())
            clock.now += timedelta(seconds=15)
        assert await waiting(store) == 1
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 1, "a restart tells nothing again"


async def test_a_move_that_joins_an_older_story_is_still_alerted(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        desk_now = pipeline(store, clock)
        story = await read(store, clock, words("유서진"))
        await desk_now.run(AlertFollowers())
        assert await waiting(store) == 0, "only moves were asked for"
        clock.now += timedelta(minutes=20)
        await read(store, clock, move("유서진"), story=story)
        await desk_now.run(AlertFollowers())
        assert await waiting(store) == 1


async def test_a_new_subscriber_is_not_told_what_was_read_before(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await read(store, clock, move("유서진"))
        clock.now += timedelta(minutes=10)
        await follower(store, clock)
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 0
        clock.now += timedelta(minutes=10)
        await read(store, clock, move("노지환"))
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 1


async def test_a_rumour_and_its_confirmation_are_two_alerts_but_not_the_other_way(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        desk_now = pipeline(store, clock)
        await read(store, clock, move("유서진", MoveStatus.RUMORED))
        await desk_now.run(AlertFollowers())
        clock.now += timedelta(hours=13)
        await read(store, clock, move("유서진"))
        await desk_now.run(AlertFollowers())
        clock.now += timedelta(hours=13)
        await read(store, clock, move("유서진", MoveStatus.RUMORED))
        await desk_now.run(AlertFollowers())
        assert await waiting(store) == 2


async def test_old_news_is_no_alert_but_a_day_without_a_time_is_news(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        await read(store, clock, move("유서진"), published=NOW - timedelta(days=3))
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 0
        midnight = NOW - timedelta(hours=18)
        await read(store, clock, move("노지환"), published=midnight)
        await pipeline(store, clock).run(AlertFollowers())
        assert await waiting(store) == 1


async def test_chats_off_the_list_are_not_written_to(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock, chat=1)
        await follower(store, clock, chat=2)
        for chat in (1, 2):
            await set_digest(store, chat, (time(8),), clock())
        await read(store, clock, move("유서진"))
        desk_now = pipeline(store, clock, allowed_ids=frozenset({2}))
        await desk_now.run(AlertFollowers())
        await desk_now.compose_due()
        sent = await store.outbox.claim(clock(), 10)
        assert {message.chat_id for message in sent} == {2}
        assert await store.subscribers.due(clock(), 10) == ()


async def test_a_digest_moved_to_a_later_hour_of_the_day_still_comes(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        desk_now = pipeline(store, clock)
        for hour in (8, 18):
            due = next_digest((time(hour),), "Asia/Seoul", clock())
            await set_digest(store, 1, (time(hour),), due)
            clock.now = due
            assert (await desk_now.compose_due()).done == 1
            assert (await desk_now.compose_due()).done == 0


async def test_a_digest_switched_off_in_between_is_not_sent_and_nothing_loops(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await follower(store, clock)
        await set_digest(store, 1, (time(8),), clock())
        (seen,) = await store.subscribers.due(clock(), 10)
        await set_digest(store, 1, (), None)
        report = await pipeline(store, clock).publisher.write_digest(seen)
        assert report.done == 0
        assert await waiting(store) == 0
        # a row that is due without an hour (written by an older version, or by hand) is put right
        await set_digest(store, 1, (), clock())
        await pipeline(store, clock).compose_due()
        assert await store.subscribers.due(clock(), 10) == ()


async def test_one_bad_subscriber_does_not_keep_the_others_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk(tmp_path) as (store, clock):
        for chat in (1, 2):
            await follower(store, clock, chat=chat)
            await set_digest(store, chat, (time(8),), clock() - timedelta(minutes=chat == 1))
        async with store.subscribers._db.write() as connection:
            bad = update(subscribers).where(subscribers.c.chat_id == 1)
            await connection.execute(bad.values(timezone="Mars/Olympus"))
        report = await pipeline(store, clock).compose_due()
        assert report.done == 1
        assert [message.chat_id for message in await store.outbox.claim(clock(), 10)] == [2]
        assert "digest of chat 1 failed" in caplog.text
        (later,) = await store.subscribers.due(clock() + timedelta(hours=1), 10)
        assert later.chat_id == 1


async def test_who_follows_nothing_gets_no_digest(tmp_path: Path) -> None:
    async with desk(tmp_path) as (store, clock):
        await store.subscribers.ensure(1, clock(), (time(8),))
        await set_digest(store, 1, (time(8),), clock())
        await pipeline(store, clock).compose_due()
        assert await waiting(store) == 0
        assert await store.subscribers.due(clock(), 10) == ()


async def test_messages_that_hang_are_ended_told_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk(tmp_path) as (store, clock):
        counted: Counter[tuple[Event, str]] = Counter()

        def observe(event: Event, outcome: str, number: int) -> None:
            counted[event, outcome] += number

        news = pipeline(store, clock, observe=observe)
        for chat in (1, 2, 3):
            await store.outbox.write_edition("digest:1", chat, (Part("글"),), clock())
        first, second, third = await store.outbox.claim(clock(), 9)
        await store.outbox.record(first, Later("500"), clock())
        await store.outbox.record(second, Later("500"), clock())
        await store.outbox.begin([third], clock())
        clock.now += timedelta(days=7)
        await news.recover()
        await news.recover()
    assert counted == {(Event.DELIVERIES, "given_up"): 2, (Event.DELIVERIES, "unknown"): 1}
    told = [line for line in caplog.messages if "messages" in line]
    assert [line.split(" messages ")[0] for line in told] == ["1", "2"]
    assert "were tried for a week and are given up" in told[1]
