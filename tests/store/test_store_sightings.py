"""Entries seen again under other names, entries that changed, and what a feed's row remembers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from importlib.resources import files

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from briefing.model import Entry, Failed, Feed, FeedTrouble, Fetched, NotModified, Polled
from briefing.store import Brought, PollRecord, Store, migrate, open_store
from briefing.store.engine import Database, parse_url
from briefing.store.sightings import MOST_REVISIONS
from tests.store.making import (
    DAY,
    FEED,
    HOUR,
    NOW,
    OTHER_FEED,
    article,
    entry,
    extraction,
    polled,
    record_poll,
    signature,
)
from tests.store.test_store_feeds import feed_id

MIDNIGHT_IN_SEOUL = NOW.replace(hour=15, minute=0) - DAY


def renamed(one: Entry, number: int) -> Entry:
    """The same entry under another id and another address."""
    return replace(one, guid=f"fetch-{number}", url=f"https://news.example/r?session={number}")


async def test_ids_and_addresses_that_change_on_every_fetch_make_no_duplicates(store: Store) -> None:
    key = await feed_id(store)
    brought = [entry(number, published=NOW - number * HOUR - timedelta(minutes=7)) for number in range(1, 20)]
    for fetch in range(4):
        found = [renamed(one, fetch * 100 + place) for place, one in enumerate(brought)]
        new = await record_poll(store, key, polled(*found), NOW, NOW + fetch * HOUR, first_window=None)
        assert new == (19 if fetch == 0 else 0)
    assert (await store.counts()).entries == 19


async def test_one_document_that_tells_an_entry_twice_under_two_names(store: Store) -> None:
    key = await feed_id(store)
    one = entry(1, published=NOW - HOUR)
    assert await record_poll(store, key, polled(one, renamed(one, 2)), NOW, NOW) == 1


@pytest.mark.parametrize(
    "one",
    [
        entry(1, published=MIDNIGHT_IN_SEOUL, title="[인사] 산업부"),
        entry(1, published=None, title="[인사] 산업부"),
        replace(entry(1, title="[인사] 산업부"), summary=""),
    ],
)
async def test_a_column_that_repeats_its_headline_is_not_taken_for_one_entry(
    store: Store, one: Entry
) -> None:
    key = await feed_id(store)
    for number in range(3):
        new = await record_poll(store, key, polled(renamed(one, number)), NOW, NOW, first_window=None)
        assert new == 1


async def test_equal_words_in_another_feed_are_another_entry(store: Store) -> None:
    first, second = await feed_id(store), await feed_id(store, OTHER_FEED)
    records = [
        PollRecord(first, polled(entry(1)), NOW, NOW),
        PollRecord(second, polled(renamed(entry(1), 1)), NOW, NOW),
    ]
    assert await store.news.record_polls(records, None) == (Brought(1), Brought(1))


async def test_many_polls_in_one_transaction(store: Store) -> None:
    feeds = [Feed(f"https://f{number}.example/", "신문") for number in range(5)]
    await store.news.add_feeds(feeds, NOW)
    ids = [state.id for state in await store.news.feeds()]
    shared = entry(99)
    records = [
        PollRecord(ids[0], polled(entry(1), shared), NOW + HOUR, NOW),
        PollRecord(ids[1], polled(entry(2), shared), NOW + HOUR, NOW),
        PollRecord(ids[2], NotModified(), NOW + 2 * HOUR, NOW),
        PollRecord(ids[3], Failed("HTTP 500"), NOW + 3 * HOUR, NOW),
        PollRecord(12345, polled(entry(3)), NOW, NOW),
    ]
    assert await store.news.record_polls(records, None) == tuple(
        Brought(number) for number in (2, 1, 0, 0, 0)
    )
    told = [(state.failures, state.last_success, state.next_poll) for state in await store.news.feeds()]
    assert told == [
        (0, NOW, NOW + HOUR),
        (0, NOW, NOW + HOUR),
        (0, NOW, NOW + 2 * HOUR),
        (1, None, NOW + 3 * HOUR),
        (0, None, NOW),
    ]


async def test_what_a_feed_remembers(store: Store) -> None:
    key = await feed_id(store)
    answer = Fetched(FEED.url, b"", etag='"v1"')
    first = Polled((entry(1),), answer, ttl=HOUR, habit=2 * HOUR, body_key=b"k" * 16)
    await store.news.record_polls([PollRecord(key, first, NOW, NOW, patience=DAY)], None)
    (state,) = await store.news.feeds()
    assert (state.ttl, state.habit, state.body_key) == (HOUR, 2 * HOUR, b"k" * 16)
    assert (state.silent_at, state.failing_since, state.origin) == (NOW + DAY, None, "added")
    for hours in (1, 2):
        await store.news.record_polls([PollRecord(key, Failed("down"), NOW, NOW + hours * HOUR, DAY)], None)
    (state,) = await store.news.feeds()
    assert (state.failing_since, state.ttl, state.habit) == (NOW + HOUR, HOUR, 2 * HOUR)
    await store.news.record_polls([PollRecord(key, NotModified(), NOW, NOW + 3 * HOUR, DAY)], None)
    (state,) = await store.news.feeds()
    assert (state.failing_since, state.silent_at, state.body_key) == (None, NOW + DAY, b"k" * 16)
    await store.news.record_polls([PollRecord(key, polled(entry(2)), NOW, NOW + 4 * HOUR, 2 * DAY)], None)
    (state,) = await store.news.feeds()
    assert (state.ttl, state.silent_at) == (None, NOW + 4 * HOUR + 2 * DAY)


async def test_the_habit_of_undated_entries_is_learned_from_their_arrival(store: Store) -> None:
    key = await feed_id(store)
    for number in range(6):
        brought = polled(entry(number, published=None))
        await record_poll(store, key, brought, NOW, NOW + number * HOUR)
    (state,) = await store.news.feeds()
    assert state.habit == HOUR
    await record_poll(store, key, polled(entry(50, published=None)), NOW, NOW + 15 * HOUR)
    (state,) = await store.news.feeds()
    assert state.habit == timedelta(hours=3.7)


async def test_troubles_of_another_time_do_not_count_when_a_feed_comes_back(store: Store) -> None:
    await store.news.use_list([FEED], "builtin", NOW)
    (state,) = await store.news.feeds()
    await store.news.record_polls([PollRecord(state.id, Failed("down"), NOW, NOW, DAY)], None)
    await store.news.mark_reported({state.id: (FeedTrouble.FAILING, NOW)})
    await store.news.use_list([OTHER_FEED], "file", NOW)
    await store.news.use_list([FEED], "builtin", NOW + 90 * DAY)
    (state,) = await store.news.feeds()
    assert (state.failures, state.failing_since, state.reported, state.silent_at) == (0, None, None, None)
    await store.news.record_polls([PollRecord(state.id, NotModified(), NOW, NOW + 91 * DAY, DAY)], None)
    assert (await store.news.feeds())[0].silent_at == NOW + 91 * DAY, "its silence while nobody asked is none"
    assert await store.news.feeds_to_report(NOW + 90 * DAY, NOW) == ()


# ------------------------------------------------------------------ corrections


async def read(store: Store) -> None:
    for waiting in await store.news.unread(NOW + 100 * DAY, 100):
        page = article(waiting.entry.url)
        await store.news.record_article(waiting, page, extraction(), signature(), None, NOW)


async def test_a_later_date_of_change_is_read_again_and_the_same_one_is_not(store: Store) -> None:
    key = await feed_id(store)
    first = replace(entry(1), updated=NOW - timedelta(minutes=30))
    for hours, told, waits in [
        (0, first, True),
        (1, first, False),
        (2, replace(first, updated=NOW), True),
        (3, replace(first, updated=NOW), False),
        (4, replace(first, updated=None), False),
    ]:
        await record_poll(store, key, polled(told), NOW, NOW + hours * HOUR)
        waiting = await store.news.unread(NOW + 100 * DAY, 10)
        assert bool(waiting) is waits, hours
        assert all(pending.revises is (hours > 0) for pending in waiting)
        await read(store)
    assert (await store.counts()).articles == 1


async def test_an_entry_too_old_to_be_read_stays_unread_whatever_changes(store: Store) -> None:
    key = await feed_id(store)
    old = entry(1, published=NOW - 9 * DAY)
    await record_poll(store, key, polled(old), NOW, NOW)
    await record_poll(store, key, polled(replace(old, title="[정정] 기사")), NOW, NOW + HOUR)
    assert (await store.counts()).unread == 0


async def test_an_entry_is_read_again_only_so_often(store: Store) -> None:
    key = await feed_id(store)
    for number in range(MOST_REVISIONS + 5):
        await record_poll(store, key, polled(entry(1, title=f"제목 {number}")), NOW, NOW)
        await read(store)
    await record_poll(store, key, polled(entry(1, title="마지막")), NOW, NOW)
    assert (await store.counts()).unread == 0


async def test_a_second_reading_that_fails_leaves_the_first(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(1)), NOW, NOW)
    await read(store)
    await record_poll(store, key, polled(entry(1, title="[정정] 기사")), NOW, NOW)
    (waiting,) = await store.news.unread(NOW, 10)
    await store.news.record_skip(waiting, "HTTP 503", NOW, NOW + HOUR)
    assert [again.revises for again in await store.news.unread(NOW + HOUR, 10)] == [True]
    await store.news.record_skip(waiting, "no text", NOW, None)
    counts = await store.counts()
    assert (counts.unread, counts.articles, counts.facts) == (0, 1, 3)
    await record_poll(store, key, polled(entry(1, title="[재정정] 기사")), NOW, NOW)
    assert (await store.counts()).unread == 1, "the next correction is read"


async def test_a_correction_that_comes_while_its_page_is_read_is_read_too(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(1)), NOW, NOW)
    (early,) = await store.news.unread(NOW, 10)
    await record_poll(store, key, polled(entry(1, title="[정정] 기사")), NOW, NOW + HOUR)
    await store.news.record_article(early, article(), extraction(), signature(), None, NOW + HOUR)
    assert (await store.counts()).articles == 1
    (again,) = await store.news.unread(NOW + HOUR, 10)
    assert (again.entry.title, again.revises, again.attempts) == ("[정정] 기사", True, 0)
    corrected = article(title="[정정] 기사")
    await store.news.record_article(again, corrected, extraction(), signature(), None, NOW + 2 * HOUR)
    assert (await store.counts()).unread == 0


async def test_a_correction_that_comes_while_its_page_is_given_up_is_read(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(1)), NOW, NOW)
    (early,) = await store.news.unread(NOW, 10)
    later = replace(entry(1), updated=NOW)
    await record_poll(store, key, polled(later), NOW, NOW + HOUR)
    await store.news.record_skip(early, "no text", NOW + HOUR, None)
    (again,) = await store.news.unread(NOW + HOUR, 10)
    assert again.entry == later
    await store.news.record_skip(again, "no text", NOW + HOUR, None)
    assert await store.news.unread(NOW + DAY, 10) == ()


async def test_entries_that_another_feed_brings_first_are_new_to_this_one_too(store: Store) -> None:
    everything, section = await feed_id(store), await feed_id(store, OTHER_FEED)
    for day in range(3):
        now = NOW + day * DAY
        brought = [entry(10 * day + n, published=now - HOUR) for n in range(2)]
        await record_poll(store, everything, polled(*brought), now, now)
        assert await record_poll(store, section, polled(*brought), now, now + HOUR) == 0
        assert (await store.news.feeds())[1].last_new == now + HOUR
    await record_poll(store, section, polled(*brought), now, now + DAY)
    assert (await store.news.feeds())[1].last_new == now + HOUR, "the same again is nothing new"


async def test_one_guid_for_all_entries_hides_none(store: Store) -> None:
    key = await feed_id(store)
    one, two, three = (
        replace(entry(n, published=NOW - n * HOUR), guid="https://outlet.example/") for n in (1, 2, 3)
    )
    for number, brought in enumerate((one, two, three)):
        assert await record_poll(store, key, polled(brought), NOW, NOW + number * HOUR) == 1
        assert await record_poll(store, key, polled(brought), NOW, NOW + number * HOUR) == 0
    corrected = replace(two, title="[정정] 기사")
    assert await record_poll(store, key, polled(corrected), NOW, NOW + 4 * HOUR) == 0
    assert sorted(w.entry.title for w in await store.news.unread(NOW + DAY, 9)) == sorted(
        [one.title, three.title, corrected.title]
    )


# ------------------------------------------------------------------ the schema before


async def test_a_database_of_the_first_schema_is_brought_up_with_its_feeds(url: str) -> None:
    def first(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(files("briefing.store") / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    database = Database(parse_url(url))
    async with database.write() as connection:
        await connection.run_sync(first)
        columns = (
            "url, url_key, given_key, outlet, title, language, note, origin, standing, failures, added_at"
        )
        for number, failures in enumerate((0, 3)):
            values = {"url": f"https://f{number}.example/", "key": bytes([number] * 16), "failures": failures}
            row = f"(:url, :key, :key, 'o', '', 'ko', '', 'added', 'active', :failures, '{NOW:%Y-%m-%d %H:%M:%S}.000000')"
            if database.postgres:
                row = row.replace(f"'{NOW:%Y-%m-%d %H:%M:%S}.000000'", "now()")
            await connection.execute(text(f"INSERT INTO feeds ({columns}) VALUES {row}"), values)
    await database.close()
    await migrate(url)
    async with open_store(url) as store:
        well, failing = await store.news.feeds()
        assert (well.failing_since, well.habit, well.reported) == (None, None, None)
        assert failing.failing_since is not None
        assert await record_poll(store, failing.id, polled(entry(1)), NOW, NOW) == 1
