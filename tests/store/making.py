"""Invented news for the tests of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from briefing.model import (
    Activity,
    ActivityKind,
    Article,
    Entry,
    Extraction,
    Feed,
    Fetched,
    Move,
    MoveKind,
    MoveStatus,
    PendingEntry,
    Person,
    Polled,
    PollOutcome,
    Quote,
    QuotedBy,
    Resolution,
    Signature,
    Span,
)
from briefing.store import PollRecord, Store

NOW = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

FEED = Feed("https://news.example/rss", "가람일보", "산업")
OTHER_FEED = Feed("https://press.example/rss", "누리경제", "기업")

TEXT = '다온전자가 서지안 부사장을 사장으로 승진시켰다. 서 사장은 "배터리 투자를 두 배로 늘리겠다"고 말했다.'
SENTENCE = TEXT[: TEXT.index(".") + 1]
QUOTED = "배터리 투자를 두 배로 늘리겠다"


def entry(number: int, *, published: datetime | None = NOW - HOUR, title: str = "") -> Entry:
    return Entry(
        guid=f"guid-{number}",
        url=f"https://news.example/{number}",
        title=title or f"기사 {number}",
        outlet="가람일보",
        published=published,
        summary=f"요약 {number}",
    )


def polled(*brought: Entry, etag: str | None = '"v1"', moved_to: str | None = None) -> Polled:
    return Polled(brought, Fetched(FEED.url, b"", etag=etag, moved_to=moved_to))


def extraction(company: str = "다온전자", person: str = "서지안") -> Extraction:
    sentence = Span(0, len(SENTENCE))
    start = TEXT.index(QUOTED)
    span = Span(start, start + len(QUOTED))
    second = Span(len(SENTENCE) + 1, len(TEXT))
    resolved = (Resolution("서 사장", person, Span(5, 8)),)
    return Extraction(
        relevant=True,
        people=(Person(person, company, "사장"),),
        moves=(
            Move(person, company, MoveKind.PROMOTED, "사장", MoveStatus.DONE, (sentence,), rule="active"),
        ),
        activities=(
            Activity(
                person,
                company,
                ActivityKind.TRIP,
                "독일",
                date(2025, 3, 7),
                (sentence, second),
                until=date(2025, 3, 9),
                companions=("남궁솔",),
                planned=True,
            ),
        ),
        quotes=(
            Quote(
                person,
                company,
                "사장",
                QUOTED,
                QuotedBy.EXECUTIVE,
                True,
                span,
                (second,),
                topics=("invest",),
                resolutions=resolved,
            ),
        ),
    )


def article(url: str = "https://news.example/1", *, outlet: str = "가람일보", **fields: object) -> Article:
    known: dict[str, object] = {"published": NOW - HOUR, "title": f"{outlet} 기사", "captions": ("사진",)}
    return Article(id=url, url=url, text=TEXT, outlet=outlet, **{**known, **fields})  # type: ignore[arg-type]


def signature(*keys: str, shingles: tuple[int, ...] = (1, 2, 2**32 - 1)) -> Signature:
    return Signature(keys or ("k1",), shingles, ("f1",), ("독일",), NOW)


async def record_poll(
    store: Store,
    feed_id: int,
    outcome: PollOutcome,
    next_poll: datetime,
    now: datetime,
    first_window: timedelta | None = 2 * DAY,
) -> int:
    """Keep what one poll brought; the number of new entries to be read."""
    (new,) = await store.news.record_polls([PollRecord(feed_id, outcome, next_poll, now)], first_window)
    return new.unread


async def pending(store: Store, *entries: Entry, feed: Feed = FEED) -> tuple[PendingEntry, ...]:
    """Entries as they wait after a poll."""
    await store.news.add_feeds([feed], NOW)
    (state,) = [state for state in await store.news.feeds() if state.feed.url == feed.url]
    await record_poll(store, state.id, polled(*entries), NOW + HOUR, NOW, first_window=None)
    guids = {entry.guid for entry in entries}
    return tuple(
        found
        for found in await store.news.unread(NOW, 1000)
        if found.feed_id == state.id and found.entry.guid in guids
    )


async def set_digest(store: Store, chat_id: int, hours: Sequence[time], due: datetime | None) -> None:
    """Have a digest come at these local hours, next when it is due, UTC."""
    await store.subscribers.change(
        chat_id, lambda kept: replace(kept, digest_times=tuple(hours), next_digest=due)
    )
