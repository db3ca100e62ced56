"""Briefings say the same whether what they tell lies merged or has to be merged for them."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from briefing.compose.render import Renderer
from briefing.korean.lexicon import load_lexicon
from briefing.model import Company, Extraction, MoveStatus, Period, Person
from briefing.pipeline.merging import merge_changed
from briefing.pipeline.publishing import Publisher
from briefing.store import Store, open_store
from briefing.store.engine import CHECKPOINT_EVERY
from briefing.store.tables import story_companies
from briefing.stories.rules import merging_rules
from tests.newsdesk import Newsdesk, item, rss
from tests.store.making import DAY, HOUR, NOW, article, entry, extraction, pending, signature
from tests.test_corrections import RIGHT
from tests.test_corrections import article as page

COMPANIES = ("다온전자", "세온중공업", "미루반도체")


def told(chance: random.Random) -> Extraction:
    """What an article may tell: one or two companies, sure or rumoured, with or without date and role."""
    company, person = chance.choice(COMPANIES), chance.choice(("서지안", "남궁솔", "도하늘"))
    found = extraction(company, person)
    move, act, quote = found.moves[0], found.activities[0], found.quotes[0]
    if chance.random() < 0.4:
        move = replace(move, status=MoveStatus.RUMORED, role=None)
    if chance.random() < 0.4:
        move = replace(move, role=chance.choice(("사장", "부사장", "대표이사")))
    if chance.random() < 0.5 and act.when is not None:
        act = replace(act, when=act.when + timedelta(days=chance.randrange(3)), until=None, place="울산 공장")
    if chance.random() < 0.3:
        quote = replace(quote, company=chance.choice(COMPANIES))
    kept = chance.random()
    return replace(
        found,
        people=(Person(person, company, "사장"),),
        moves=(move,) if kept < 0.8 else (),
        activities=(act,) if kept > 0.3 else (),
        quotes=(quote,) if chance.random() < 0.6 else (),
    )


async def fill(store: Store, chance: random.Random) -> None:
    homes: list[int | None] = [None] * 9
    for number, waiting in enumerate(await pending(store, *(entry(number) for number in range(70)))):
        place = chance.randrange(len(homes))
        title = chance.choice(("제목", "[정정] 제목"))
        sheet = article(
            f"https://news.example/{number}",
            outlet=chance.choice(("가람일보", "누리경제", "세온통신")),
            title=title,
            published=NOW - place * DAY - chance.randrange(30) * HOUR,
        )
        _, homes[place] = await store.news.record_article(
            waiting, sheet, told(chance), signature(), homes[place], NOW
        )


async def test_merged_or_not_the_stories_are_the_same(tmp_path: Path) -> None:
    lexicon = load_lexicon()
    for seed in range(6):
        async with open_store(f"sqlite:///{tmp_path / f'{seed}.sqlite3'}") as store:
            publisher = Publisher(store, lexicon, Renderer(), lambda: NOW)
            await fill(store, random.Random(seed))
            asked = [
                (names, Period(NOW - days * DAY, NOW))
                for names in (COMPANIES[:1], COMPANIES[1:])
                for days in (2, 5, 30)
            ]
            before = [await publisher.stories(*one) for one in asked]
            trend = await publisher.trend(Company(COMPANIES[0]))
            assert await merge_changed(store, 1000) > 9
            found = await store.news.told(COMPANIES[:1], asked[2][1], merging_rules())
            assert len(found.merged) > 3
            assert [await publisher.stories(*one) for one in asked] == before, f"seed {seed}"
            assert await publisher.trend(Company(COMPANIES[0])) == trend
            assert any(one.rumoured for stories in before for story in stories for one in story.facts)


async def test_a_round_of_reading_leaves_nothing_to_merge(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", page(RIGHT))
    desk.site.publish("/rss", rss(item(1, desk.clock() - HOUR, "가람정밀 사장에 유서진", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    assert await desk.store.news.unmerged(merging_rules(), 10) == ()
    week = Period(desk.clock() - 7 * DAY, desk.clock() + HOUR)
    (fact,) = await desk.store.news.facts(None, week)
    assert fact.fact.company is not None
    assert len((await desk.store.news.told([fact.fact.company], week, merging_rules())).merged) == 1


async def test_the_log_of_sqlite_moves_into_the_file_while_articles_come_in(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    async with open_store(f"sqlite:///{path}") as store:
        for waiting in await pending(store, *(entry(number) for number in range(CHECKPOINT_EVERY + 1))):
            sheet = article(waiting.entry.url)
            await store.news.record_article(waiting, sheet, extraction(), signature(), None, NOW)
        await store._db.close()
        # the file alone, as if the log were lost
        shutil.copy(path, tmp_path / "alone.sqlite3")
    with sqlite3.connect(tmp_path / "alone.sqlite3") as alone:
        (kept,) = alone.execute("SELECT count(*) FROM articles").fetchone()
    assert kept >= CHECKPOINT_EVERY


async def two_stories(store: Store) -> dict[str, int]:
    """Company -> its story, the first one's the newer."""
    found = {}
    for number, waiting in enumerate(await pending(store, entry(1), entry(2))):
        sheet = article(f"https://news.example/{number}", published=NOW - number * DAY)
        told_of = extraction(COMPANIES[number])
        _, story = await store.news.record_article(waiting, sheet, told_of, signature(), None, NOW)
        assert story is not None
        found[COMPANIES[number]] = story
    return found


DAMAGE = {
    "a fact": ("UPDATE facts SET data = '{broken' WHERE story_id = ? AND kind = 'move'", 2),
    "its time": ("UPDATE facts SET read_at = 'yesterday' WHERE story_id = ?", 1),
}


@pytest.mark.parametrize("where", DAMAGE)
async def test_a_story_that_cannot_be_read_is_named_and_the_others_are_merged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    path = tmp_path / "news.sqlite3"
    statement, merged = DAMAGE[where]
    async with open_store(f"sqlite:///{path}") as store:
        found = await two_stories(store)
        bad = found[COMPANIES[0]]
        with closing(sqlite3.connect(path)) as database:
            database.execute(statement, (bad,))
            database.commit()
        assert await merge_changed(store, 100) == merged
        assert f"story {bad}" in caplog.text
        kept = await store.news.told(list(COMPANIES[1:]), Period(NOW - 9 * DAY, NOW + DAY), merging_rules())
        assert set(kept.merged) == {found[COMPANIES[1]]}
        # it is told once, and holds up nobody later
        caplog.clear()
        assert await merge_changed(store, 100) == 0
        assert "story" not in caplog.text


CUT = {
    "cut off": "substr(merged, 1, 40)",
    "noise": "x'00ff'",
    "gone": "NULL",
    "other": "x'789c8b8e0500011500b9'",
}


@pytest.mark.parametrize("how", CUT)
async def test_merged_facts_that_are_damaged_are_read_one_by_one_and_merged_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    path, week = tmp_path / "news.sqlite3", Period(NOW - 9 * DAY, NOW + DAY)
    async with open_store(f"sqlite:///{path}") as store:
        publisher = Publisher(store, load_lexicon(), Renderer(), lambda: NOW)
        bad = (await two_stories(store))[COMPANIES[0]]
        await merge_changed(store, 100)
        before = await publisher.stories(COMPANIES, week)
        assert len(before) == 2
        with closing(sqlite3.connect(path)) as database:
            database.execute(f"UPDATE story_companies SET merged = {CUT[how]} WHERE story_id = ?", (bad,))
            database.commit()
        assert await publisher.stories(COMPANIES, week) == before
        assert f"story {bad}: merged facts of {COMPANIES[0]} are damaged" in caplog.text
        assert await merge_changed(store, 100) == 1
        told = await store.news.told(COMPANIES, week, merging_rules())
        assert (len(told.merged), told.facts) == (2, ())


async def test_where_the_facts_are_damaged_too_the_other_stories_are_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path, week = tmp_path / "news.sqlite3", Period(NOW - 9 * DAY, NOW + DAY)
    async with open_store(f"sqlite:///{path}") as store:
        found = await two_stories(store)
        bad = found[COMPANIES[0]]
        # the other one is not merged either, and read in the same statement
        with closing(sqlite3.connect(path)) as database:
            for table, damage in (
                ("story_companies", "rules = 9, merged = x'00'"),
                ("facts", "read_at = '?'"),
            ):
                database.execute(f"UPDATE {table} SET {damage} WHERE story_id = ?", (bad,))
            database.commit()
        told = await store.news.told(COMPANIES, week, 9)
        assert {one.story_id for one in told.facts} == {found[COMPANIES[1]]}
        assert [row.id for row in told.rows] == [found[COMPANIES[1]]]
        assert f"story {bad}: its facts cannot be read" in caplog.text


async def test_what_is_damaged_is_told_while_the_database_cannot_be_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.store.engine.BUSY_SECONDS", 0)
    path, week = tmp_path / "news.sqlite3", Period(NOW - 9 * DAY, NOW + DAY)
    async with open_store(f"sqlite:///{path}") as store:
        await two_stories(store)
        await merge_changed(store, 100)
        with closing(sqlite3.connect(path)) as database:
            database.execute("UPDATE story_companies SET merged = x'00'")
            database.commit()
            database.execute("BEGIN IMMEDIATE")
            told = await store.news.told(COMPANIES, week, merging_rules())
        assert len(told.facts) == 6
        assert "could not be marked to be merged anew" in caplog.text


async def test_what_other_rules_merged_is_merged_again_the_newest_news_first(store_of_many: Store) -> None:
    rules = merging_rules()
    await merge_changed(store_of_many, 1000)
    async with store_of_many.news._db.write() as connection:
        await connection.execute(update(story_companies).values(rules=5))
        newest = select(story_companies.c.id).order_by(story_companies.c.last_published.desc())
        order = list((await connection.execute(newest)).scalars())
    first = await store_of_many.news.unmerged(rules, 4)
    assert [one.id for one in first] == order[:4]


async def test_a_story_that_cannot_be_merged_does_not_keep_those_of_other_rules_waiting(
    store_of_many: Store,
) -> None:
    rules = merging_rules()
    await merge_changed(store_of_many, 1000)
    async with store_of_many.news._db.write() as connection:
        keys = list((await connection.execute(select(story_companies.c.id))).scalars())
        for older, some in ((4, keys[:2]), (5, keys[2:4]), (rules + 1, keys[4:6])):
            rows = story_companies.c.id.in_(some)
            await connection.execute(update(story_companies).where(rows).values(rules=older))
    over = set(keys[:2])
    store_of_many.news.pass_over(
        [one for one in await store_of_many.news.unmerged(rules, 9) if one.id in over]
    )
    assert {one.id for one in await store_of_many.news.unmerged(rules, 9)} == set(keys[2:6])
    assert {one.id for one in await store_of_many.news.unmerged(rules, 2)} == set(keys[2:4])
    assert await merge_changed(store_of_many, 1000) == 4


async def test_what_other_rules_merged_is_found_by_an_index(store_of_many: Store) -> None:
    asked: list[tuple[str, object]] = []

    def watch(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith("SELECT") and "WHERE story_companies" in statement:
            asked.append((statement, values))

    rules = merging_rules()
    await merge_changed(store_of_many, 1000)
    database = store_of_many.news._db
    async with database.write() as connection:
        some = story_companies.c.id.in_([1, 2])
        await connection.execute(update(story_companies).where(some).values(rules=rules + 1))
    assert database._threaded is not None
    event.listen(database._threaded, "before_cursor_execute", watch)
    await store_of_many.news.unmerged(rules, 4)
    plans = []
    async with database.read() as db:
        for statement, values in asked:
            found = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            plans.append("; ".join(row.detail for row in found))
    # what is new, the two sets, what is merged by the other one, and that there are no more sets
    assert len(plans) == 5
    assert all(
        "SEARCH story_companies USING" in plan and "ix_story_companies_rules" in plan for plan in plans
    )
    assert not any("TEMP B-TREE" in plan for plan in plans), plans


@pytest.fixture
async def store_of_many(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{tmp_path / 'many.sqlite3'}") as store:
        for number, waiting in enumerate(await pending(store, *(entry(number) for number in range(12)))):
            sheet = article(f"https://news.example/{number}", published=NOW - (number * 7 % 12) * HOUR)
            await store.news.record_article(waiting, sheet, extraction(), signature(), None, NOW)
        yield store
