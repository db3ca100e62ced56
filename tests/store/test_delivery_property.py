"""Delivery under every interleaving that hypothesis thinks of: accepted once or not at all, none lost, in order.

The outbox is real, on SQLite and PostgreSQL, and so are courier, recorder and pace. Of Telegram there is a model
that holds every call until the test says how it ends, and remembers what it accepted. A process that is killed
writes nothing more, whatever its code would still do.

    EXECBRIEF_TEST_DELIVERY_EXAMPLES=2000 pytest tests/store/test_delivery_property.py --hypothesis-seed=1
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from briefing.deliver import Courier, Pace
from briefing.model import (
    Attempt,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Part,
    Rejected,
    SendOutcome,
    Sent,
    TopicLost,
    Unknown,
)
from briefing.store import migrate
from briefing.store.engine import Database, parse_url
from briefing.store.outbox import OutboxStore
from briefing.store.sending import Recovered
from briefing.store.tables import deliveries, editions
from tests.store.conftest import administer, create, server_url
from tests.store.making import NOW

T = TypeVar("T")
EXAMPLES = int(os.environ.get("EXECBRIEF_TEST_DELIVERY_EXAMPLES", "20"))
STEPS = 50
CHATS = (1, 2, -3)
# Longer than anybody waits for an answer, shorter than a claim is left alone.
PATIENCE_S = 60
# What takes longer waits for something that never comes.
HANGS_S = 60
ACCEPTING = ("sent", "accepted, then silence", "accepted, then a bug")
REFUSING = (
    "429 and how long",
    "429",
    "502",
    "no connection",
    "silence",
    "blocked",
    "refused",
    "topic",
    "migrated",
)
# What happened over all examples of a run, printed with -s.
seen: Counter[str] = Counter()


class KilledError(Exception):
    """Nothing of this process runs any more."""


class Process:
    """One process: its claims bear its name, and once killed it reaches neither database nor Telegram."""

    def __init__(self, world: World, name: str) -> None:
        self._world = world
        self.name = name
        self.alive = True
        self.stop = asyncio.Event()
        self.task: asyncio.Task[dict[str, int]] | None = None
        self._outbox = OutboxStore(world.database, name)
        self._courier = Courier(self, self, world.now, world.pace(), in_flight=3)

    def start(self) -> None:
        if self.task is None or self.task.done():
            self.stop = asyncio.Event()
            self.task = asyncio.create_task(self._courier.deliver(self.stop))

    async def _reach(self, work: Callable[[], Awaitable[T]]) -> T:
        if not self.alive:
            raise KilledError
        self._world.busy += 1
        try:
            return await work()
        finally:
            self._world.busy -= 1
            self._world.changed.set()

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        return await self._reach(lambda: self._outbox.claim(now, limit))

    async def begin(self, claimed: Sequence[Outgoing], now: datetime) -> frozenset[int]:
        return await self._reach(lambda: self._outbox.begin(claimed, now))

    async def record_all(self, attempts: Sequence[Attempt]) -> None:
        await self._reach(lambda: self._outbox.record_all(attempts))

    async def recover(self) -> Recovered:
        return await self._reach(lambda: self._outbox.recover(self._world.now()))

    async def send(self, message: Outgoing) -> SendOutcome:
        if not self.alive:
            raise KilledError
        ending: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._world.calls[message.id, self.name] = (message, ending)
        try:
            how = await ending
        finally:
            self._world.calls.pop((message.id, self.name), None)
        if how in ACCEPTING:
            self._world.accept(message)
        return outcome(how, message)


def outcome(how: str, message: Outgoing) -> SendOutcome:
    match how:
        case "sent":
            return Sent(1)
        case "accepted, then silence" | "silence":
            return Unknown("read timeout")
        case "429 and how long":
            return Later("429", timedelta(seconds=7), limited=True)
        case "429":
            return Later("429", limited=True)
        case "502" | "no connection":
            return Later(how)
        case "blocked":
            return Gone("blocked")
        case "refused":
            return Rejected("too long")
        case "topic":
            return TopicLost()
        case "migrated":
            return Migrated(message.chat_id - 1000)
    raise RuntimeError("a bug in the sender")


class World:
    """Telegram, the clock, and whatever the processes share."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.moment = NOW
        self.seconds = 1000.0
        self.busy = 0
        self.changed = asyncio.Event()
        self.calls: dict[tuple[int, str], tuple[Outgoing, asyncio.Future[str]]] = {}
        self.accepted: list[Outgoing] = []
        self.moved: dict[int, int] = {}
        self.said: dict[int, set[str]] = {}

    def now(self) -> datetime:
        return self.moment

    def pace(self) -> Pace:
        async def sleep(seconds: float) -> None:
            self.seconds += seconds
            await asyncio.sleep(0)

        return Pace(1e6, 0, 1000, clock=lambda: self.seconds, sleep=sleep)

    def accept(self, message: Outgoing) -> None:
        self.accepted.append(message)

    async def quiet(self) -> None:
        """Until every process waits for Telegram or has ended."""
        spins = 0
        while spins < 30:
            if self.busy:
                self.changed.clear()
                await self.changed.wait()
                spins = 0
            await asyncio.sleep(0)
            spins += 1

    async def clear(self) -> None:
        async with self.database.write() as connection:
            await connection.execute(delete(deliveries))
            await connection.execute(delete(editions))

    async def rows(self) -> dict[int, Any]:
        async with self.database.read() as connection:
            return {row.id: row for row in await connection.execute(select(deliveries))}


class Delivery(RuleBasedStateMachine):
    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self.runner = runner
        self.number = itertools.count(1)
        self.world = self.run(self._open(database))
        self.processes = [self.run(self._process()), self.run(self._process())]

    @staticmethod
    async def _open(database: Database) -> World:
        world = World(database)
        await world.clear()
        return world

    async def _process(self) -> Process:
        return Process(self.world, f"process {next(self.number)}")

    def run(self, work: Any) -> Any:
        async def soon() -> Any:
            async with asyncio.timeout(HANGS_S):
                return await work

        return self.runner.run(soon())

    def after(self, act: Callable[[], object]) -> None:
        """Do something in the loop, and let everybody go on as far as they can."""

        async def do() -> None:
            act()
            await self.world.quiet()

        self.run(do())

    @rule(chat=st.sampled_from(CHATS), parts=st.integers(1, 3), which=st.integers(0, 1))
    def write(self, chat: int, parts: int, which: int) -> None:
        chat = self.world.moved.get(chat, chat)
        key = f"edition {next(self.number)}"
        texts = [Part(f"{key}/{part}") for part in range(parts)]
        writer = OutboxStore(self.world.database, "writer")
        self.run(writer.write_edition(key, chat, texts, self.world.now()))
        self.start(which)

    @rule(which=st.integers(0, 1))
    def start(self, which: int) -> None:
        self.after(self.processes[which].start)

    @precondition(lambda self: self.world.calls)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        self.answer(data, "sent")

    @precondition(lambda self: self.world.calls)
    @rule(data=st.data(), how=st.sampled_from(ACCEPTING[1:]))
    def accept_and_lose_the_answer(self, data: st.DataObject, how: str) -> None:
        self.answer(data, how)

    @precondition(lambda self: self.world.calls)
    @rule(data=st.data(), how=st.sampled_from(REFUSING))
    def refuse(self, data: st.DataObject, how: str) -> None:
        self.answer(data, how)

    def answer(self, data: st.DataObject, how: str) -> None:
        number, (message, ending) = data.draw(
            st.sampled_from(sorted(self.world.calls.items(), key=lambda c: c[0]))
        )
        if how == "migrated":
            if message.chat_id != CHATS[-1]:
                how = "sent"
            else:
                self.world.moved[message.chat_id] = message.chat_id - 1000
        self._said(message, how)
        note(f"{number}: {how}")
        self.after(lambda: ending.set_result(how))

    def _said(self, message: Outgoing, how: str) -> None:
        seen[how] += 1
        self.world.said.setdefault(message.id, set()).add(how)

    @precondition(lambda self: self.world.calls)
    @rule(which=st.integers(0, 1), arrived=st.lists(st.booleans(), min_size=3, max_size=3))
    def kill(self, which: int, arrived: list[bool]) -> None:
        """Of what was on its way, some had reached Telegram."""
        process = self.processes[which]
        seen["kill -9"] += 1
        process.alive = False
        mine = [message for (_, name), (message, _) in self.world.calls.items() if name == process.name]
        for message, reached in zip(mine, itertools.cycle(arrived), strict=False):
            seen["on its way at kill -9"] += 1
            if reached:
                self.world.accept(message)

        async def end() -> None:
            if process.task is not None:
                process.task.cancel()
                await asyncio.wait({process.task})
                if not process.task.cancelled():
                    process.task.exception()
            await self.world.quiet()

        self.run(end())
        self.processes[which] = self.run(self._process())

    @precondition(lambda self: self.world.calls)
    @rule(which=st.integers(0, 1), cut=st.booleans())
    def leave(self, which: int, cut: bool) -> None:
        """An orderly end, or one that is cut off because it took too long; the same process starts again."""
        process = self.processes[which]
        if process.task is None or process.task.done():
            return
        seen["cut off" if cut else "stopped"] += 1
        if not cut:
            self.after(process.stop.set)
            return
        for (number, name), (message, _) in self.world.calls.items():
            if name == process.name:
                self._said(message, "silence")
                note(f"{number} is cut off")

        async def end() -> None:
            assert process.task is not None
            process.task.cancel()
            await asyncio.wait({process.task})
            await self.world.quiet()

        self.run(end())

    @rule(seconds=st.integers(1, PATIENCE_S), which=st.integers(0, 1))
    def wait(self, seconds: int, which: int) -> None:
        self.world.moment += timedelta(seconds=seconds)
        self.world.seconds += seconds
        self.start(which)

    @rule(minutes=st.sampled_from((-60, -3, 2, 10)), accepted=st.booleans())
    def wait_long(self, minutes: int, accepted: bool) -> None:
        """By then every call has ended, one way or the other; or the clock of the machine is set back."""
        if minutes < 0:
            seen["clock set back"] += 1
            self.world.moment += timedelta(minutes=minutes)
            return
        self._end_all("accepted, then silence" if accepted else "silence")
        self.world.moment += timedelta(minutes=minutes)
        self.world.seconds += 60 * minutes

    @rule(which=st.integers(0, 1))
    def recover(self, which: int) -> None:
        seen["made unknown"] += self.run(self.processes[which].recover()).unknown

    def _end_all(self, how: str) -> None:
        while self.world.calls:
            message, ending = next(iter(self.world.calls.values()))
            self._said(message, how)
            self.after(lambda ending=ending: ending.set_result(how))  # type: ignore[misc]

    @invariant()
    def nothing_twice(self) -> None:
        times = Counter((message.edition, message.part) for message in self.world.accepted)
        assert all(count == 1 for count in times.values()), times

    def teardown(self) -> None:
        """All troubles end; whatever is left is delivered."""
        for _ in range(200):
            self._end_all("sent")
            # beyond whatever the clock was set back by
            self.world.moment += timedelta(days=1)
            self.world.seconds += 86_400
            self.recover(0)
            self.start(0)
            if not self.world.calls:
                break
        self.nothing_twice()
        rows = self.run(self.world.rows())
        accepted = [message.id for message in self.world.accepted]
        seen["messages"] += len(rows)
        seen["accepted"] += len(accepted)
        for number, row in rows.items():
            if number in accepted:
                assert row.status in {"sent", "unknown"}, row
            else:
                assert row.status in {"unknown", "gone", "rejected"}, row
            if row.status == "rejected":
                assert "refused" in self.world.said[number]
            if row.status == "gone":
                chat = {other for other, one in rows.items() if one.chat_id == row.chat_id}
                assert any("blocked" in self.world.said.get(other, ()) for other in chat)
        for chat in {row.chat_id for row in rows.values()}:
            mine = [number for number in accepted if rows[number].chat_id == chat]
            assert mine == sorted(mine), f"chat {chat} was written to out of order"

        async def end() -> None:
            for process in self.processes:
                if process.task is not None and not process.task.done():
                    process.task.cancel()
                    await asyncio.wait({process.task})

        self.run(end())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[asyncio.Runner, Database]]:
    with asyncio.Runner() as runner:
        name = f"execbrief_property_{os.getpid()}"
        url = f"sqlite:///{tmp_path / 'outbox.sqlite3'}"
        if request.param == "postgresql":
            runner.run(create(name))
            url = server_url(name)
        try:
            runner.run(migrate(url))
            opened = Database(parse_url(url))
            yield runner, opened
            runner.run(opened.close())
        finally:
            if request.param == "postgresql":
                runner.run(administer(f"DROP DATABASE {name} WITH (FORCE)"))


def test_every_message_is_accepted_at_most_once_and_none_is_lost(
    database: tuple[asyncio.Runner, Database],
) -> None:
    seen.clear()
    run_state_machine_as_test(
        lambda: Delivery(*database),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=EXAMPLES <= 20,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    print(dict(seen))  # noqa: T201 (the counts of a long run)
    assert seen["accepted"] > EXAMPLES, "a model that accepts nothing proves nothing"
