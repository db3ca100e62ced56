"""Many digests at one moment: two processes, kill -9 between them, a clock that is set; and equal to single ones."""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from briefing.compose.audience import next_digest
from briefing.compose.render import Renderer
from briefing.extract import Extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import (
    Activity,
    ActivityKind,
    Article,
    Entry,
    Extraction,
    Fact,
    Move,
    MoveKind,
    MoveStatus,
    Person,
    Quote,
    QuotedBy,
    Signature,
    Span,
)
from briefing.pipeline import Pipeline
from briefing.store import Store, open_store
from briefing.store.tables import deliveries, subscribers, subscriptions
from tests.store.making import DAY, HOUR, NOW, pending, set_digest

ROOT = Path(__file__).parents[2]
SEED = 20261126
COMPANIES = ("가람전자", "나래화학", "다온소재", "라온건설", "마루제약", "새결통신", "여울해운", "한뫼금융")
PEOPLE = ("강이솔", "문가온", "서다온", "장나래", "표하람", "허도담")
HERE = Span(0, 5)


def no_extractor() -> Extractor:
    raise AssertionError("these tests store extractions themselves")


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def desk(store: Store, clock: Clock) -> Pipeline:
    return Pipeline(
        store=store,
        fetcher=None,
        extractor=no_extractor,
        lexicon=load_lexicon(),
        renderer=Renderer(None, "Asia/Seoul"),
        clock=clock,
    )


def fact(chance: random.Random) -> Fact:
    person, company = chance.choice(PEOPLE), chance.choice(COMPANIES)
    match chance.randrange(3):
        case 0:
            kind = chance.choice(list(MoveKind))
            role = chance.choice(("대표이사", "부사장", "상무"))
            return Move(person, company, kind, role, MoveStatus.DONE, (HERE,))
        case 1:
            what = chance.choice(("미국 출장", "인재 포럼", "협력사 간담회"))
            return Activity(person, company, ActivityKind.EVENT, what, NOW.date(), (HERE,))
    words = chance.choice(
        ("배터리 투자를 두 배로 늘리겠다", "내년에는 배당을 더 하겠다", "조직을 다시 짜겠다")
    )
    return Quote(person, company, "사장", words, QuotedBy.EXECUTIVE, True, HERE, (HERE,))


async def read_some(store: Store, chance: random.Random, articles: int) -> None:
    """Articles of which one in three goes on with a story, told by companies and people that recur."""
    entries = [Entry(f"g{n}", f"https://news.example/{n}", "제목", "가람일보", NOW) for n in range(articles)]
    stories: list[int] = []
    for number, waiting in enumerate(await pending(store, *entries)):
        facts = [fact(chance) for _ in range(chance.randint(1, 3))]
        found = Extraction(
            True,
            tuple(Person(name, COMPANIES[0], "사장") for name in PEOPLE),
            tuple(one for one in facts if isinstance(one, Move)),
            tuple(one for one in facts if isinstance(one, Activity)),
            tuple(one for one in facts if isinstance(one, Quote)),
        )
        at = NOW - chance.randrange(1, 40) * HOUR
        url = waiting.entry.url
        page = Article(url, "가람정밀은 이사회를 열었다.", url, f"신문{number % 5}", f"제목 {number}", at)
        mark = Signature((f"k{number}",), (1, 2, 3), (), (), at)
        joined = chance.choice(stories) if stories and chance.random() < 1 / 3 else None
        _, story = await store.news.record_article(waiting, page, found, mark, joined, at)
        assert story is not None
        stories.append(story)


async def subscribed(store: Store, number: int, chance: random.Random, due: datetime = NOW) -> None:
    """Subscribers who follow one to five companies and had their last digest a while ago."""
    people, follows = [], []
    for chat in range(1, number + 1):
        last = chance.choice((None, due - DAY, due - DAY, due - 30 * HOUR))
        row = {"chat_id": chat, "timezone": "Asia/Seoul", "digest_times": "08:00", "next_digest": due}
        people.append(
            {**row, "last_digest": last, "alerts": "off", "active": True, "created_at": due - 9 * DAY}
        )
        names = chance.sample(COMPANIES, chance.randint(1, 5))
        follows += [
            {"chat_id": chat, "kind": "company", "name": name, "company": "", "created_at": due - 9 * DAY}
            for name in names
        ]
    async with store.subscribers._db.write() as connection:
        await connection.execute(insert(subscribers), people)
        await connection.execute(insert(subscriptions), follows)


async def written(store: Store) -> list[tuple[int, str, str]]:
    """(chat, edition, text) of everything in the outbox."""
    query = select(deliveries).order_by(deliveries.c.id)
    async with store.outbox._db.read() as connection:
        rows = await connection.execute(query)
        return [(row.chat_id, row.edition, row.content["html"]) for row in rows]


@pytest.mark.parametrize("seed", [SEED, SEED + 1, SEED + 2])
async def test_a_digest_composed_with_others_is_the_one_composed_alone(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await read_some(store, chance, 40)
        await subscribed(store, 60, chance)
        pipeline = desk(store, Clock(NOW))
        alone = {}
        for one in await store.subscribers.due(NOW, 100):
            alone[one.chat_id] = [part.html for part in await pipeline.publisher.digest(one)]
        assert (await pipeline.compose_due()).done == 60
        together: dict[int, list[str]] = {}
        for chat, _, text in await written(store):
            together.setdefault(chat, []).append(text)
    assert together == alone
    assert len({tuple(texts) for texts in alone.values()}) > 20, "they differ, or equality proves nothing"
    assert sum("\n•" in texts[0] for texts in alone.values()) > 50, "they tell something"


async def run_two(url: str) -> list[str]:
    """Two processes that begin at the same time; what each said."""
    command = (sys.executable, "-m", "tests.store.composing_child", url)
    pipe = asyncio.subprocess.PIPE
    both = [
        await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe) for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    ended = await asyncio.gather(*(process.communicate(b"go\n") for process in both))
    assert all(process.returncode == 0 for process in both)
    return [output.decode().strip() for output, _ in ended]


async def test_two_processes_composing_at_once_write_each_digest_once(url: str) -> None:
    chance = random.Random(SEED)
    async with open_store(url) as store:
        await read_some(store, chance, 10)
        await subscribed(store, 1200, chance)
        said = await run_two(url)
        done, problems = zip(*(map(int, line.split()) for line in said), strict=True)
        times = Counter((chat, edition) for chat, edition, _ in await written(store))
        assert len(times) == 1200
        assert set(times.values()) == {1}
        assert sum(done) == 1200
        assert problems == (0, 0)
        assert await store.subscribers.due(NOW, 10) == ()


async def test_kill_in_the_middle_of_composing_leaves_whole_batches(url: str) -> None:
    chance = random.Random(SEED)
    async with open_store(url) as store:
        await read_some(store, chance, 10)
        await subscribed(store, 1200, chance)
        command = (sys.executable, "-m", "tests.store.composing_child", url)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
        assert process.stdout is not None
        assert process.stdin is not None
        await process.stdout.readline()
        process.stdin.write(b"go\n")
        async with asyncio.timeout(60):
            while len(await store.subscribers.due(NOW, 1200)) == 1200:  # noqa: ASYNC110 (another process)
                await asyncio.sleep(0.01)
        process.kill()
        await process.wait()
        left = {one.chat_id for one in await store.subscribers.due(NOW, 1200)}
        had = {chat for chat, _, _ in await written(store)}
        assert had, "killed too early to show anything"
        assert had == set(range(1, 1201)) - left, "a digest and the next due time are one transaction"
        # an hour later another process makes up for it: once, and it says that it is late
        assert (await desk(store, Clock(NOW + HOUR)).compose_due()).done == len(left)
        texts = {chat: text for chat, _, text in await written(store)}
        assert len(texts) == len(await written(store)) == 1200
        assert {chat for chat, text in texts.items() if "지연 발송" in text} == left


@pytest.mark.parametrize("zone", ["Asia/Seoul", "Europe/Berlin", "America/New_York"])
async def test_a_clock_that_is_set_sends_no_digest_twice(tmp_path: Path, zone: str) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await store.subscribers.ensure(1, NOW, (time(8),), zone)
        await store.subscribers.subscribe(1, COMPANIES[0], NOW)
        due = next_digest((time(8),), zone, NOW)
        await set_digest(store, 1, (time(8),), due)
        clock = Clock(due)
        pipeline = desk(store, clock)
        # on time; set back before the hour, and the hour comes again; set forward by half a day; and right again
        seen = []
        for moment in (
            due,
            due - timedelta(minutes=30),
            due,
            due + timedelta(minutes=30),
            due + 12 * HOUR,
            due + HOUR,
            due + DAY,
            due + DAY - HOUR,
            due + DAY,
        ):
            clock.now = moment
            seen.append((await pipeline.compose_due()).done)
        assert seen == [1, 0, 0, 0, 0, 0, 1, 0, 0]
        # set forward by three days by mistake: one digest comes early, and no other is lost, or one doubled
        for days, done in ((4, 1), (1, 0), (2, 0), (3, 1), (4, 1), (5, 1)):
            clock.now = due + days * DAY + HOUR
            assert (await pipeline.compose_due()).done == done
        editions = [edition for _, edition, _ in await written(store)]
        assert len(editions) == len(set(editions)) == 6


async def test_two_hours_of_summer_time_are_one_hour_of_digests(tmp_path: Path) -> None:
    """Berlin, 26 October 2025: half past two comes twice."""
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await store.subscribers.ensure(1, NOW, (time(2, 30),), "Europe/Berlin")
        await store.subscribers.subscribe(1, COMPANIES[0], NOW)
        clock = Clock(datetime.fromisoformat("2025-10-25T12:00:00+00:00"))
        await set_digest(store, 1, (time(2, 30),), next_digest((time(2, 30),), "Europe/Berlin", clock.now))
        pipeline = desk(store, clock)
        done = 0
        for _ in range(36 * 2):
            clock.now += timedelta(minutes=30)
            done += (await pipeline.compose_due()).done
        assert done == 1
        clock.now = datetime.fromisoformat("2025-10-27T01:30:00+00:00")
        assert (await pipeline.compose_due()).done == 1


async def test_a_clock_that_was_a_year_ahead_does_not_end_digests_for_a_year(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await store.subscribers.ensure(1, NOW, (time(8),))
        await store.subscribers.subscribe(1, COMPANIES[0], NOW)
        await set_digest(store, 1, (time(8),), next_digest((time(8),), "Asia/Seoul", NOW))
        clock = Clock(NOW + 365 * DAY)
        pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 1
        clock.now = NOW
        assert (await pipeline.compose_due()).done == 0
        mended = await store.subscribers.get(1)
        assert mended is not None
        assert mended.next_digest == next_digest((time(8),), "Asia/Seoul", NOW)
        assert mended.last_digest == NOW - DAY, "or what comes would be before the last digest for a year"
        # this one's digest came early; all others come
        for days in (1, 2, 3):
            clock.now = NOW + days * DAY
            assert (await pipeline.compose_due()).done == (days > 1)


@pytest.mark.parametrize("restarted", [True, False])
async def test_digests_go_on_after_a_clock_that_was_days_ahead(
    url: str, restarted: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_store(url) as store:
        daily = next_digest((time(8),), "Asia/Seoul", NOW)
        for chat in (1, 2, 3):
            await store.subscribers.ensure(chat, NOW, (time(8),))
            await store.subscribers.subscribe(chat, COMPANIES[0], NOW)
            await set_digest(store, chat, (time(8),), daily)
        # Tuesday now: this one has Mondays only, which is no mistake
        weekly = next_digest((time(8),), "Asia/Seoul", NOW, days=frozenset({1}))
        await store.subscribers.change(
            3, lambda one: replace(one, digest_days=frozenset({1}), next_digest=weekly)
        )
        clock = Clock(NOW)
        pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 0
        # the clock jumps by three days; both have a digest early, and one then chooses another hour
        clock.now = NOW + 3 * DAY
        assert (await pipeline.compose_due()).done == 2
        chosen = next_digest((time(9),), "Asia/Seoul", clock.now)
        await set_digest(store, 2, (time(9),), chosen)
        clock.now = NOW + timedelta(minutes=5)
        if restarted:
            pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 0
        assert "2 digests were due later" in caplog.text
        due = {chat: await store.subscribers.get(chat) for chat in (1, 2, 3)}
        assert [one and one.next_digest for one in due.values()] == [daily, daily + HOUR, weekly]
        assert [one and one.last_digest for one in due.values()] == [clock.now - DAY, clock.now - DAY, None]
        # nobody gets the digest of tomorrow again, whoever has another hour now gets that one; then all go on
        for days, done in ((1, 1), (2, 2), (3, 2), (4, 2)):
            clock.now = NOW + days * DAY
            assert (await pipeline.compose_due()).done == done, f"day {days}"


async def test_a_clock_that_was_some_hours_ahead_costs_no_news(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        await store.subscribers.ensure(1, NOW, (time(8),))
        await store.subscribers.subscribe(1, COMPANIES[0], NOW)
        await set_digest(store, 1, (time(8),), NOW + 14 * HOUR)
        clock = Clock(NOW + 20 * HOUR)
        pipeline = desk(store, clock)
        assert (await pipeline.compose_due()).done == 1
        clock.now = NOW
        assert (await pipeline.compose_due()).done == 0
        one = await store.subscribers.get(1)
        assert one is not None
        # the next one goes on where this one ended
        assert one.last_digest == NOW


async def test_timetables_are_looked_at_once_an_hour(tmp_path: Path) -> None:
    """Another process may have had the wrong clock; but who looks at all subscribers does so seldom."""
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        clock = Clock(NOW)
        pipeline = desk(store, clock)
        await pipeline.compose_due()
        await store.subscribers.ensure(1, NOW, (time(8),))
        await set_digest(store, 1, (time(8),), NOW + 9 * DAY)
        for minutes, days in ((59, 9), (60, 0)):
            clock.now = NOW + timedelta(minutes=minutes)
            await pipeline.compose_due()
            one = await store.subscribers.get(1)
            assert one is not None
            assert one.next_digest is not None
            assert (one.next_digest - NOW).days == days
