"""What is stored of a chat: given out whole, erased whole, in every table there is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Table, func, insert, select
from sqlalchemy.types import Date, LargeBinary, String, Text, Time

from briefing.model import Gone, Later, Migrated, Part, Rejected, SendOutcome, Sent, TopicLost, Unknown
from briefing.store import NewEdition, Store, open_store
from briefing.store.columns import Json, SafeText, UtcDateTime
from briefing.store.privacy import LEFT_OUT, tables_of_chats
from briefing.store.tables import metadata
from tests.store.making import HOUR, NOW, set_digest

ME, OTHER = 77, 78


def value_of(column: Any, chat_id: int) -> Any:
    """Something that fits the column's type, so that tables of later versions are filled too."""
    if column.name == "chat_id":
        return chat_id
    for kind, value in (
        (UtcDateTime, NOW),
        (Json, {"html": "글"}),
        (Time, time(8)),
        (Date, NOW.date()),
        (Boolean, True),
        (LargeBinary, b"x" * 16),
    ):
        if isinstance(column.type, kind):
            return value
    if isinstance(column.type, String | Text | SafeText):
        return "pending" if column.name == "status" else "off" if column.name == "alerts" else "x"
    return 1


def row_of(table: Table, chat_id: int) -> Mapping[str, Any]:
    generated = table.autoincrement_column
    return {
        column.name: value_of(column, chat_id)
        for column in table.c
        if column is not generated or column.name == "chat_id"
    }


async def fill(store: Store, *chats: int) -> None:
    """A row of every table for every chat."""
    async with store._db.write() as connection:
        for chat_id in chats:
            for table in tables_of_chats():
                await connection.execute(insert(table), [dict(row_of(table, chat_id))])


async def sizes(store: Store, chat_id: int) -> dict[str, int]:
    async with store._db.read() as connection:
        return {
            table.name: (
                await connection.execute(
                    select(func.count()).select_from(table).where(table.c.chat_id == chat_id)
                )
            ).scalar_one()
            for table in metadata.sorted_tables
            if "chat_id" in table.c
        }


def test_every_table_that_could_hold_something_of_a_chat_says_so_by_its_column() -> None:
    mine = {table.name for table in tables_of_chats()}
    assert {"subscribers", "subscriptions", "editions", "deliveries"} <= mine
    for table in metadata.sorted_tables:
        named = {
            column.name for column in table.c if re.search(r"(chat|user|person|member)_id$", column.name)
        }
        assert named <= {"chat_id"}, f"{table.name}: export and forget would not see {named}"
        parents = {key.column.table.name for key in table.foreign_keys}
        assert table.name in mine or not parents & mine, (
            f"{table.name} hangs on a chat's table, has no chat_id"
        )


def test_what_an_export_leaves_out_exists() -> None:
    known = {f"{table.name}.{column.name}" for table in tables_of_chats() for column in table.c}
    assert known >= LEFT_OUT


async def test_forgetting_empties_every_table_and_leaves_others_alone(store: Store) -> None:
    await fill(store, ME, OTHER)
    assert set((await sizes(store, ME)).values()) == {1}
    forgotten = await store.privacy.forget(ME)
    assert forgotten.rows == {table.name: 1 for table in tables_of_chats()}
    assert forgotten.waiting == 1
    assert set((await sizes(store, ME)).values()) == {0}
    assert set((await sizes(store, OTHER)).values()) == {1}
    assert not await store.privacy.forget(ME)


async def test_an_export_holds_every_column_of_the_chat_and_nothing_of_others(store: Store) -> None:
    await fill(store, ME, OTHER)
    told = await store.privacy.export(ME)
    assert set(told) == {table.name for table in tables_of_chats()}
    for table in tables_of_chats():
        (row,) = told[table.name]
        shown = {column.name for column in table.c if f"{table.name}.{column.name}" not in LEFT_OUT}
        assert set(row) == shown, table.name
        assert row["chat_id"] == ME
    assert all(rows == () for rows in (await store.privacy.export(12345)).values())


async def test_times_are_told_as_they_were_kept(store: Store) -> None:
    await store.subscribers.ensure(ME, NOW, (time(7, 30),))
    await store.subscribers.subscribe(ME, "다온전자", NOW + HOUR)
    told = await store.privacy.export(ME)
    assert told["subscribers"][0]["digest_times"] == "07:30"
    assert told["subscriptions"][0]["created_at"] == NOW + HOUR
    assert told["subscriptions"][0]["name"] == "다온전자"


async def test_what_waits_is_not_sent(store: Store) -> None:
    await store.subscribers.ensure(ME, NOW)
    await store.outbox.write_edition("digest:1", ME, (Part("하나"), Part("둘")), NOW)
    forgotten = await store.privacy.forget(ME)
    assert forgotten.waiting == 2
    assert await store.outbox.claim(NOW, 10) == ()


@pytest.mark.parametrize(
    "outcome",
    [Sent(5), Later("429"), Gone("blocked"), Migrated(-9), TopicLost(), Rejected("no"), Unknown("?")],
    ids=lambda outcome: type(outcome).__name__,
)
async def test_a_message_on_its_way_ends_without_leaving_anything(store: Store, outcome: SendOutcome) -> None:
    await store.subscribers.ensure(ME, NOW)
    await store.outbox.write_edition("digest:1", ME, (Part("하나"), Part("둘")), NOW)
    (sending,) = await store.outbox.claim(NOW, 10)
    await store.outbox.begin([sending], NOW)
    forgotten = await store.privacy.forget(ME)
    assert (forgotten.rows["deliveries"], forgotten.waiting) == (2, 1)
    assert not await store.outbox.record(sending, outcome, NOW)
    assert (await store.outbox.recover(NOW + timedelta(days=1))).unknown == 0
    for chat_id in (ME, -9):
        assert set((await sizes(store, chat_id)).values()) == {0}


async def test_what_was_being_composed_meanwhile_is_not_written(store: Store) -> None:
    await store.subscribers.ensure(ME, NOW)
    await set_digest(store, ME, (time(8),), NOW)
    await store.privacy.forget(ME)
    late = [
        NewEdition("alert:1", ME, (Part("소식"),), marks=("move:가:in",), subscribers_only=True),
        NewEdition("digest:1", ME, (Part("요약"),), next_digest=NOW + HOUR, due=NOW),
    ]
    assert await store.outbox.write_editions(late, NOW) == 0
    assert set((await sizes(store, ME)).values()) == {0}


async def test_afterwards_the_chat_begins_anew(store: Store) -> None:
    await store.subscribers.ensure(ME, NOW, (time(7, 30),))
    await store.outbox.write_edition("digest:1", ME, (Part("하나"),), NOW)
    await store.privacy.forget(ME)
    fresh = await store.subscribers.ensure(ME, NOW + HOUR, (time(8),))
    assert (fresh.created_at, fresh.digest_time, fresh.companies) == (NOW + HOUR, time(8), ())
    assert await store.outbox.write_edition("digest:1", ME, (Part("하나"),), NOW), "nothing is remembered"


async def test_forgetting_while_everything_else_goes_on_never_hangs(store: Store, url: str) -> None:
    """Outcomes, claims and new editions of the same chats at the same time, from a second process."""
    chats = range(1, 9)

    async def deliver(other: Store) -> None:
        for _ in range(12):
            for message in await other.outbox.claim(NOW, 10):
                outcome = Gone("blocked") if message.chat_id % 2 else Sent(1)
                await other.outbox.record(message, outcome, NOW)

    async def compose(moment: datetime) -> None:
        for number in range(6):
            editions = [
                NewEdition(f"alert:{number}", chat, (Part("가"), Part("나")), subscribers_only=True)
                for chat in chats
            ]
            await store.outbox.write_editions(editions, moment)

    for chat in chats:
        await store.subscribers.ensure(chat, NOW)
    async with open_store(url, owner="two") as other, asyncio.timeout(60):
        await asyncio.gather(
            compose(NOW), deliver(store), deliver(other), *(store.privacy.forget(chat) for chat in chats)
        )
        for chat in chats:
            await store.privacy.forget(chat)
            assert set((await sizes(store, chat)).values()) == {0}
