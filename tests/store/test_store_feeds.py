from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import event

from briefing.model import Failed, Feed, NotModified
from briefing.store import Brought, PollRecord, Store, open_store
from briefing.store.feeds import Origin
from briefing.store.polls import MOST_UNREAD
from tests.store.making import DAY, FEED, HOUR, NOW, OTHER_FEED, entry, polled, record_poll


async def feed_id(store: Store, feed: Feed = FEED) -> int:
    await store.news.add_feeds([feed], NOW)
    return next(state.id for state in await store.news.feeds() if state.feed.url == feed.url)


async def test_adding_feeds_again_keeps_their_state(store: Store) -> None:
    assert await store.news.add_feeds([FEED, OTHER_FEED], NOW) == 2
    first, _ = await store.news.feeds()
    await record_poll(store, first.id, polled(entry(1)), NOW + HOUR, NOW)
    renamed = replace(FEED, outlet="가람신문")
    assert await store.news.add_feeds([renamed, Feed("https://third.example/rss", "세온")], NOW + DAY) == 1
    first = (await store.news.feeds())[0]
    assert first.feed == renamed
    assert (first.etag, first.next_poll, first.last_new) == ('"v1"', NOW + HOUR, NOW)


async def test_due_feeds_longest_waiting_first(store: Store) -> None:
    await store.news.add_feeds([FEED], NOW)
    await store.news.add_feeds([OTHER_FEED], NOW - HOUR)
    due = await store.news.due_feeds(NOW)
    assert [state.feed for state in due] == [OTHER_FEED, FEED]
    assert [state.feed for state in await store.news.due_feeds(NOW, limit=1)] == [OTHER_FEED]
    assert [state.feed for state in await store.news.due_feeds(NOW - HOUR)] == [OTHER_FEED]


async def test_outcomes_of_a_poll(store: Store) -> None:
    key = await feed_id(store)
    assert await record_poll(store, key, polled(entry(1), entry(2)), NOW + HOUR, NOW) == 2
    await record_poll(store, key, Failed("HTTP 503"), NOW + 2 * HOUR, NOW + HOUR)
    await record_poll(store, key, Failed("HTTP 502"), NOW + 4 * HOUR, NOW + 2 * HOUR)
    (state,) = await store.news.feeds()
    assert (state.failures, state.last_error, state.etag) == (2, "HTTP 502", '"v1"')
    assert (state.last_success, state.next_poll) == (NOW, NOW + 4 * HOUR)
    await record_poll(store, key, NotModified(), NOW + 5 * HOUR, NOW + 4 * HOUR)
    (state,) = await store.news.feeds()
    assert (state.failures, state.last_error, state.etag) == (0, None, '"v1"')
    assert (state.last_success, state.last_new) == (NOW + 4 * HOUR, NOW)
    assert await record_poll(store, key, polled(entry(2), etag=None), NOW + DAY, NOW + DAY) == 0
    (state,) = await store.news.feeds()
    assert (state.etag, state.last_new) == (None, NOW)


async def test_entries_are_unique_by_guid_and_by_address_across_feeds(store: Store) -> None:
    first, second = await feed_id(store), await feed_id(store, OTHER_FEED)
    await record_poll(store, first, polled(entry(1), entry(1), entry(2)), NOW, NOW)
    same_guid = replace(entry(1), url="https://news.example/1-renamed")
    same_url = replace(entry(2), guid="changes-on-every-fetch")
    assert await record_poll(store, first, polled(same_guid, same_url), NOW, NOW) == 0
    other = replace(entry(3), guid="guid-1")
    assert await record_poll(store, second, polled(same_url, other), NOW, NOW) == 1
    assert (await store.counts()).entries == 3


async def test_a_changed_entry_is_taken_over_from_its_own_feed_only(store: Store) -> None:
    first, second = await feed_id(store), await feed_id(store, OTHER_FEED)
    await record_poll(store, first, polled(entry(1)), NOW, NOW)
    await record_poll(store, second, polled(entry(1, title="남의 제목")), NOW, NOW)
    await record_poll(store, first, polled(entry(1, title="[정정] 기사")), NOW, NOW + HOUR)
    (waiting,) = await store.news.unread(NOW + HOUR, 10)
    assert waiting.entry == entry(1, title="[정정] 기사")


async def test_first_contact_reads_the_last_48_hours_only(store: Store) -> None:
    key = await feed_id(store)
    # an answer without entries is no contact yet
    await record_poll(store, key, NotModified(), NOW, NOW)
    fresh, old = entry(1, published=NOW - 47 * HOUR), entry(2, published=NOW - 49 * HOUR)
    undated = [entry(number, published=None) for number in range(100, 200)]
    assert await record_poll(store, key, polled(fresh, old, *undated), NOW, NOW) == 21
    assert (await store.counts()).entries == 102
    late = entry(3, published=NOW - 47 * HOUR)
    assert await record_poll(store, key, polled(old, late), NOW, NOW) == 1


async def test_entries_from_before_the_last_answer_and_two_days_are_old(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(1)), NOW, NOW)
    later = NOW + 10 * DAY
    missed = entry(2, published=NOW - DAY), entry(3, published=NOW + DAY)
    ancient = entry(4, published=NOW - 3 * DAY)
    assert await record_poll(store, key, polled(*missed, ancient), NOW, later) == 2
    assert await record_poll(store, key, polled(entry(5, published=NOW + 7 * DAY)), NOW, later) == 0


@pytest.mark.parametrize("origin", ["search", "builtin"])
async def test_a_feed_that_comes_back_after_months_is_met_as_at_first(store: Store, origin: Origin) -> None:
    await store.news.use_list([FEED], origin, NOW)
    (state,) = await store.news.feeds()
    await record_poll(store, state.id, polled(entry(1)), NOW, NOW)
    await store.news.use_list([], origin, NOW)
    back = NOW + 90 * DAY
    await store.news.use_list([FEED], origin, back)
    brought = [entry(100 + n, published=back - n * 20 * HOUR) for n in range(100)]
    undated = [entry(300 + n, published=None) for n in range(100)]
    assert await record_poll(store, state.id, polled(*brought, *undated), back, back) == 3 + 20


async def test_of_a_flood_the_newest_are_read(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(0)), NOW, NOW)
    flood = [entry(1 + n, published=NOW - n * timedelta(minutes=5)) for n in range(MOST_UNREAD + 50)]
    (new,) = await store.news.record_polls([PollRecord(key, polled(*flood), NOW, NOW)], 2 * DAY)
    assert new == Brought(MOST_UNREAD, 50)
    waiting = {one.entry.guid for one in await store.news.unread(NOW, 1000)}
    assert waiting == {entry(0).guid} | {one.guid for one in flood[:MOST_UNREAD]}


async def test_what_one_feed_brings_keeps_no_other_waiting(store: Store) -> None:
    first, second = await feed_id(store), await feed_id(store, OTHER_FEED)
    many = [entry(n) for n in range(900)]
    await record_poll(store, first, polled(*many), NOW, NOW, first_window=None)
    later = NOW + timedelta(seconds=1)
    await record_poll(store, second, polled(entry(1000), entry(1001)), NOW, later)
    queue = await store.news.unread(later, 256)
    assert [one.feed_id for one in queue[:5]] == [first, second, first, second, first]
    assert len(queue) == 256


async def test_whom_a_server_has_asked_to_wait_is_not_made_due_before(store: Store) -> None:
    asked, down = await feed_id(store), await feed_id(store, OTHER_FEED)
    held = Failed("HTTP 429", retry_after=3 * HOUR)
    await store.news.record_polls(
        [PollRecord(asked, held, NOW + 3 * HOUR, NOW), PollRecord(down, Failed("down"), NOW + 5 * HOUR, NOW)],
        None,
    )
    assert await store.news.make_due([asked, down], NOW + HOUR) == 1
    assert [state.next_poll for state in await store.news.feeds()] == [NOW + 3 * HOUR, NOW + HOUR]


async def test_only_a_start_makes_failing_searches_of_an_api_due(store: Store) -> None:
    await store.news.use_list([FEED], "source", NOW)
    (state,) = await store.news.feeds()
    await record_poll(store, state.id, Failed("HTTP 401"), NOW + 5 * HOUR, NOW)
    await store.news.use_list([FEED, OTHER_FEED], "source", NOW)
    assert (await store.news.feeds())[0].next_poll == NOW + 5 * HOUR, "somebody follows another company"
    await store.news.use_list([FEED, OTHER_FEED], "source", NOW, afresh=True)
    assert (await store.news.feeds())[0].next_poll == NOW


async def test_lists_and_polls_in_other_orders_do_not_wait_for_each_other(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        feeds = [Feed(f"https://f{n}.example/", "신문") for n in range(40)]
        await one.news.add_feeds(feeds, NOW)
        ids = [state.id for state in await one.news.feeds()]
        for turn in range(6):
            named = [replace(feed, title=str(turn)) for feed in feeds]
            now = NOW + turn * HOUR
            failed = [PollRecord(key, Failed("down"), now + DAY, now) for key in ids]
            async with asyncio.timeout(20):
                await asyncio.gather(
                    two.news.add_feeds(named[::-1], now),
                    one.news.record_polls(failed, None),
                    two.news.make_due(ids[::-1], now),
                )


async def test_a_list_that_is_as_it_was_writes_no_row(store: Store) -> None:
    await store.news.use_list([FEED, OTHER_FEED], "builtin", NOW)
    written: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        written.append(statement)

    event.listen(store.news._db._engine.sync_engine, "before_cursor_execute", listen)
    await store.news.use_list([FEED, OTHER_FEED], "builtin", NOW)
    assert written
    writing = ("UPDATE", "INSERT", "BEGIN IMMEDIATE")
    assert not [one for one in written if one.startswith(writing) or "FOR UPDATE" in one]
    await store.news.use_list([replace(FEED, title="새 이름"), OTHER_FEED], "builtin", NOW)
    assert [one for one in written if one.startswith("UPDATE")]


async def test_first_window_can_be_opened(store: Store) -> None:
    key = await feed_id(store)
    week = [entry(number, published=NOW - number * DAY) for number in range(7)]
    assert await record_poll(store, key, polled(*week), NOW, NOW, first_window=None) == 7
    other = await feed_id(store, OTHER_FEED)
    more = [entry(10 + number, published=NOW - number * DAY) for number in range(7)]
    assert await record_poll(store, other, polled(*more), NOW, NOW, first_window=timedelta(days=3)) == 4


async def test_a_feed_that_moves_stays_the_feed_it_was(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(moved_to="https://new.example/rss"), NOW, NOW)
    assert (await store.news.feeds())[0].feed.url == "https://new.example/rss"
    assert await store.news.add_feeds([FEED], NOW) == 0
    other = await feed_id(store, OTHER_FEED)
    await record_poll(store, other, polled(moved_to="https://new.example/rss"), NOW, NOW)
    assert (await store.news.feeds())[1].feed == OTHER_FEED
    assert await store.news.remove_feed(FEED.url)
    assert not await store.news.remove_feed(FEED.url)


async def test_removing_a_feed_during_its_poll(store: Store) -> None:
    key = await feed_id(store)
    await record_poll(store, key, polled(entry(1)), NOW, NOW)
    assert await store.news.remove_feed(FEED.url)
    assert await record_poll(store, key, polled(entry(2)), NOW, NOW) == 0
    assert (await store.counts()).entries == 0


async def polled_urls(store: Store) -> set[str]:
    urls = {state.feed.url for state in await store.news.feeds()}
    assert {state.feed.url for state in await store.news.due_feeds(NOW + 30 * DAY)} == urls
    return urls


BY_HAND = Feed("https://hand.example/rss", "손수")


async def test_the_list_in_force_replaces_the_one_before(store: Store) -> None:
    assert await store.news.use_list([FEED, OTHER_FEED], "builtin", NOW) == 2
    await store.news.add_feeds([BY_HAND], NOW)
    assert await store.news.use_list([OTHER_FEED], "file", NOW) == 0
    assert await polled_urls(store) == {OTHER_FEED.url, BY_HAND.url}
    assert await store.news.origin_of(OTHER_FEED.url) == "file"
    assert await store.news.origin_of(FEED.url) is None
    assert await store.news.use_list([FEED, OTHER_FEED], "builtin", NOW) == 1
    assert await polled_urls(store) == {FEED.url, OTHER_FEED.url, BY_HAND.url}


async def test_a_feed_out_of_the_list_keeps_its_state_and_is_not_polled(store: Store) -> None:
    await store.news.use_list([FEED], "builtin", NOW)
    (state,) = await store.news.feeds()
    await record_poll(store, state.id, polled(entry(1)), NOW + DAY, NOW)
    await store.news.use_list([OTHER_FEED], "file", NOW)
    assert await record_poll(store, state.id, polled(entry(2)), NOW, NOW) == 0
    await store.news.use_list([FEED], "builtin", NOW + HOUR)
    (state,) = await store.news.feeds()
    assert (state.etag, state.next_poll) == ('"v1"', NOW + HOUR)
    assert state.last_new is None, "what it lists is met as at first"


async def test_a_removed_builtin_feed_stays_removed_until_somebody_adds_it(store: Store) -> None:
    await store.news.use_list([FEED], "builtin", NOW)
    assert await store.news.remove_feed(FEED.url)
    assert await store.news.use_list([FEED], "builtin", NOW) == 0
    assert await polled_urls(store) == set(), "removing the last feed brings nothing back"
    assert await store.news.add_feeds([FEED], NOW) == 1
    (state,) = await store.news.feeds()
    assert (state.etag, state.next_poll) == (None, NOW)
    await store.news.use_list([OTHER_FEED], "file", NOW)
    assert await polled_urls(store) == {FEED.url, OTHER_FEED.url}


async def test_a_feed_in_the_operators_file_is_polled_whatever_happened_before(store: Store) -> None:
    await store.news.use_list([FEED], "builtin", NOW)
    await store.news.remove_feed(FEED.url)
    assert await store.news.use_list([FEED], "file", NOW) == 1
    assert await polled_urls(store) == {FEED.url}


async def test_a_moved_feed_of_the_list_stays_in_force(store: Store) -> None:
    await store.news.use_list([FEED], "file", NOW)
    (state,) = await store.news.feeds()
    await record_poll(store, state.id, polled(moved_to="https://new.example/rss"), NOW, NOW)
    assert await store.news.use_list([FEED], "file", NOW) == 0
    assert await polled_urls(store) == {"https://new.example/rss"}
    assert await store.news.origin_of("https://new.example/rss") == "file"


async def test_unread_and_skips(store: Store) -> None:
    key = await feed_id(store)
    early, late = entry(1, published=NOW - 3 * HOUR), entry(2, published=NOW - 2 * HOUR)
    await record_poll(store, key, polled(late, early), NOW, NOW)
    first, second = await store.news.unread(NOW, 10)
    assert (first.entry, second.entry) == (early, late)
    assert (await store.news.unread(NOW, 1)) == (first,)
    await store.news.record_skip(first, "HTTP 503", NOW, NOW + HOUR)
    await store.news.record_skip(second, "no text", NOW, None)
    assert await store.news.unread(NOW, 10) == ()
    assert await store.news.unread(NOW + HOUR, 10) == (replace(first, attempts=1),)
    assert (await store.health(NOW)).oldest_unread is None
    assert (await store.health(NOW + DAY)).oldest_unread == NOW + HOUR


@pytest.mark.parametrize("number", [1, 5000])
async def test_many_entries_in_one_poll(store: Store, number: int) -> None:
    key = await feed_id(store)
    brought = [entry(n) for n in range(number)]
    assert await record_poll(store, key, polled(*brought), NOW, NOW, first_window=None) == number
    assert await record_poll(store, key, polled(*brought), NOW, NOW, first_window=None) == 0


async def test_text_that_databases_refuse(store: Store) -> None:
    key = await feed_id(store)
    nasty = replace(
        entry(1), title="a\x00b\ud800c 🙂", url="https://news.example/" + "가" * 5000, guid="g" * 9000
    )
    assert await record_poll(store, key, polled(nasty), NOW, NOW) == 1
    (waiting,) = await store.news.unread(NOW, 1)
    assert waiting.entry == replace(nasty, title="a\ufffdb\ufffdc 🙂")
    assert await record_poll(store, key, polled(nasty), NOW, NOW) == 0


async def test_times_come_back_aware_in_utc(store: Store) -> None:
    key = await feed_id(store)
    seoul = datetime(2025, 3, 4, 17, 30, 0, 250000, tzinfo=timezone(9 * HOUR))
    await record_poll(store, key, polled(entry(1, published=seoul)), NOW, NOW)
    (waiting,) = await store.news.unread(NOW, 1)
    published = waiting.entry.published
    assert published == seoul
    assert published is not None
    assert published.utcoffset() == timedelta(0)


async def test_two_processes_poll_feeds_with_common_entries(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        keys = [await feed_id(one), await feed_id(one, OTHER_FEED)]
        entries = [entry(number) for number in range(300)]
        numbers = await asyncio.gather(
            record_poll(one, keys[0], polled(*entries), NOW, NOW, None),
            record_poll(two, keys[1], polled(*reversed(entries)), NOW, NOW, None),
        )
        assert sum(numbers) == 300
        assert (await one.counts()).unread == 300


async def test_health_tells_the_longest_overdue_feed_and_how_feeds_are(store: Store) -> None:
    assert (await store.health(NOW)).oldest_poll is None
    key = await feed_id(store)
    assert (await store.health(NOW + HOUR)).oldest_poll == NOW, "never asked: due since it was added"
    assert (await store.health(NOW)).feeds == {"answering": 1, "failing": 0}
    await record_poll(store, key, polled(), NOW + HOUR, NOW)
    assert (await store.health(NOW + HOUR / 2)).oldest_poll is None
    assert (await store.health(NOW + DAY)).oldest_poll == NOW + HOUR
    await record_poll(store, key, Failed("HTTP 503"), NOW + DAY, NOW + HOUR)
    assert (await store.health(NOW)).feeds == {"answering": 0, "failing": 1}
