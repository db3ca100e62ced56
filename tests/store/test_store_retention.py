"""What is dropped after its time, and what stays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select

from briefing.model import NotModified, Part, Period, Sent
from briefing.pipeline.tidying import tidy
from briefing.store import NewEdition, Store, retention
from briefing.store.tables import editions, entries
from tests.store.making import (
    DAY,
    HOUR,
    NOW,
    SENTENCE,
    article,
    entry,
    extraction,
    pending,
    polled,
    record_poll,
    signature,
)
from tests.store.test_store_feeds import feed_id


async def titles(store: Store) -> dict[str, str]:
    """Headline and summary of the entries that are kept."""
    async with store.news._db.read() as connection:
        rows = (await connection.execute(select(entries.c.title, entries.c.summary))).all()
    return {row.title: row.summary for row in rows}


async def told(store: Store) -> set[str]:
    async with store.news._db.read() as connection:
        return set((await connection.execute(select(editions.c.edition))).scalars())


async def test_texts_go_and_facts_with_their_evidence_stay(store: Store) -> None:
    for number, when in ((1, NOW), (2, NOW + 60 * DAY)):
        (waiting,) = await pending(store, entry(number))
        url = waiting.entry.url
        await store.news.record_article(waiting, article(url), extraction(), signature(), None, when)
    (unread,) = await pending(store, entry(3))
    before = await store.news.facts(None, Period(NOW - DAY, NOW + DAY))
    await tidy(store, NOW + 91 * DAY)
    assert await store.news.article(1) is None
    assert await store.news.article(2) is not None
    after = await store.news.facts(None, Period(NOW - DAY, NOW + DAY))
    assert after == before
    assert after[0].source.sentence == SENTENCE
    assert after[0].source.url == "https://news.example/1"
    near = await store.news.candidates(["k1"], NOW, 7 * DAY)
    assert [one.article_id for one in near] == [2]
    found = await titles(store)
    assert (found["기사 1"], found["기사 2"]) == ("", "")
    assert found["기사 3"] == unread.entry.summary, "it waits to be read"
    assert (await tidy(store, NOW + 91 * DAY)).done == 0


async def test_an_article_whose_text_is_gone_can_still_be_corrected(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    await store.news.record_article(waiting, article(), extraction(), signature(), None, NOW)
    await tidy(store, NOW + 100 * DAY)
    assert await record_poll(store, waiting.feed_id, polled(entry(1)), NOW, NOW + 100 * DAY) == 0
    assert (await store.counts()).unread == 0, "an emptied summary is no correction"
    await record_poll(store, waiting.feed_id, polled(entry(1, title="[정정]")), NOW, NOW + 100 * DAY)
    (again,) = await store.news.unread(NOW + 100 * DAY, 9)
    await store.news.record_article(again, article(), extraction(), signature(), None, NOW + 100 * DAY)
    assert await store.news.article(1) is not None


async def test_entries_that_their_feed_lists_no_longer_go(store: Store) -> None:
    key = await feed_id(store)
    kept, dropped = entry(1, published=None), entry(2, published=None)
    await record_poll(store, key, polled(kept, dropped), NOW, NOW)
    for one in await store.news.unread(NOW, 9):
        await store.news.record_skip(one, "no text", NOW)
    # neither documents that stay the same nor our own downtime take anything off a list
    await record_poll(store, key, NotModified(), NOW, NOW + 300 * DAY)
    await tidy(store, NOW + 300 * DAY)
    assert len(await titles(store)) == 2
    for day in (301, 310, 320):
        await record_poll(store, key, polled(kept, entry(day, published=NOW)), NOW, NOW + day * DAY)
    await tidy(store, NOW + 320 * DAY)
    assert "기사 2" not in await titles(store)
    assert "기사 1" in await titles(store)
    assert await record_poll(store, key, polled(kept), NOW, NOW + 321 * DAY) == 0


async def test_marks_and_finished_messages_go_and_waiting_ones_stay(store: Store) -> None:
    async def write(key: str, mark: str, when: datetime) -> None:
        await store.outbox.write_editions([NewEdition(key, 7, [Part("x")], marks=(mark,))], when)

    await write("sent", "mark-1", NOW)
    (message,) = await store.outbox.claim(NOW, 9)
    await store.outbox.record(message, Sent(1), NOW)
    await write("waiting", "mark-2", NOW + HOUR)
    await tidy(store, NOW + 8 * DAY)
    assert await told(store) == {"sent", "mark-1", "waiting", "mark-2"}
    await tidy(store, NOW + 20 * DAY)
    assert await told(store) == {"sent", "waiting"}
    await tidy(store, NOW + 200 * DAY)
    assert await told(store) == {"waiting"}
    assert [one.edition for one in await store.outbox.claim(NOW + 200 * DAY, 9)] == ["waiting"]


@pytest.mark.parametrize("marks", [False, True])
async def test_editions_go_in_small_steps(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, marks: bool
) -> None:
    monkeypatch.setattr(retention, "STEP", 3)
    # of one chat, so that they could go in one statement
    new = [NewEdition(f"digest:{n}", 1, [] if marks else [Part("x")]) for n in range(1, 11)]
    await store.outbox.write_editions(new, NOW)
    while claimed := await store.outbox.claim(NOW, 20):
        for message in claimed:
            await store.outbox.record(message, Sent(1), NOW)
    most: list[int] = []

    def watch(_connection: object, cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("DELETE FROM editions"):
            most.append(cursor.rowcount)  # type: ignore[attr-defined]

    engine = store.outbox._db._engine.sync_engine
    event.listen(engine, "after_cursor_execute", watch)
    await tidy(store, NOW + 200 * DAY)
    assert await told(store) == set()
    assert sum(most) == 10
    assert max(most) <= 3


async def test_it_goes_in_small_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "STEP", 3)
    key = await feed_id(store)
    brought = [entry(n, published=NOW - 3 * DAY - n * timedelta(minutes=1)) for n in range(10)]
    await record_poll(store, key, polled(*brought), NOW, NOW)
    assert (await tidy(store, NOW + 91 * DAY)).done == 10
    assert set((await titles(store)).values()) == {""}
