"""What a database of an earlier version holds outlives the change of its tables."""

from __future__ import annotations

import re
from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from briefing.model import Period
from briefing.store import open_store, schema
from briefing.store.columns import number_of
from briefing.store.engine import Database, parse_url
from tests.store.making import DAY, NOW


def at(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("briefing.store") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def fill(url: str, *statements: str) -> None:
    """A database as version 2 left it; WHEN and HEX(…) are told in its own words."""
    database = Database(parse_url(url))
    when = "'2025-03-04 08:00:00+00:00'" if database.postgres else "'2025-03-04 08:00:00.000000'"
    octets = r"decode('\1', 'hex')" if database.postgres else r"X'\1'"
    async with database.rebuild() as connection:
        await connection.run_sync(at, "0002")
        for statement in statements:
            told = re.sub(r"HEX\((\w+)\)", octets, statement.replace("WHEN", when))
            await connection.execute(text(told))
        if database.postgres:
            for table in ("stories", "articles", "facts"):
                await connection.execute(text(f"SELECT setval('{table}_id_seq', 9)"))
    await database.close()


def of_article(number: int, relevant: str) -> list[str]:
    return [
        (
            "INSERT INTO stories (id, headline, first_published, last_published, article_count, outlets, people)"
            f" VALUES ({number}, '제목 {number}', WHEN, WHEN, 1, '[]', '[]')"
        ),
        (
            "INSERT INTO articles (id, story_id, url, url_key, outlet, title, published, dated, read_at, relevant,"
            f" headline_only) VALUES ({number}, {number}, 'https://o.example/{number}', HEX({number:032}), '가람',"
            f" '제목', WHEN, TRUE, WHEN, {relevant}, FALSE)"
        ),
        f"INSERT INTO bodies (article_id, text, captions, byline) VALUES ({number}, '글', '[]', '')",
        (
            "INSERT INTO facts (article_id, story_id, position, kind, company, person, published, read_at, sentence,"
            f" data) VALUES ({number}, {number}, 0, 'move', '다온전자', '서지안', WHEN, WHEN, '글',"
            ' \'{"company"\\:"다온전자","person"\\:"서지안","kind"\\:"promoted","role"\\:"사장","status"\\:"done"}\')'
        ),
        (
            "INSERT INTO signatures (article_id, shingles, keys, facts, terms, published)"
            f" VALUES ({number}, HEX(04), '[\"a\"]', '[]', '[]', WHEN)"
        ),
        f"INSERT INTO signature_keys (key, published, article_id) VALUES ({number_of('a')}, WHEN, {number})",
    ]


async def test_articles_of_version_2_keep_texts_facts_and_keys(url: str) -> None:
    await fill(url, *of_article(1, "TRUE"), *of_article(2, "FALSE"))
    async with open_store(url) as store:
        assert (await store.health(NOW)).schema_version == schema.NEWEST
        counts = await store.counts()
        assert (counts.articles, counts.stories, counts.facts) == (2, 1, 2), "2 tells nothing of executives"
        (told,) = await store.news.facts(None, Period(NOW - DAY, NOW))
        assert (told.story_id, told.source.article_id) == (1, 1)
        kept = await store.news.article(2)
        assert kept is not None
        assert kept.text == "글", "what refers to a table made anew is still there"
        (near,) = await store.news.candidates(["a"], NOW, DAY)
        assert (near.article_id, near.story_id) == (1, 1)
        assert await store.news.forget_signatures(NOW + 8 * DAY, 10) == 1
        assert await store.news.candidates(["a"], NOW, DAY) == ()


async def test_facts_of_before_they_were_merged_are_told_and_wait_to_be(url: str) -> None:
    rumour = of_article(3, "TRUE")[3].replace("done", "rumored").replace(", 0, 'move'", ", 1, 'move'")
    await fill(url, *of_article(1, "TRUE"), *of_article(2, "FALSE"), *of_article(3, "TRUE"), rumour)
    week = Period(NOW - DAY, NOW)
    async with open_store(url) as store:
        told = await store.news.told(["다온전자"], week, 1)
        assert [row.id for row in told.rows] == [1, 3]
        assert [one.source.article_id for one in told.facts] == [1, 3, 3]
        changed = await store.news.unmerged(1, 10)
        assert sorted(len(one.facts) for one in changed) == [1, 2]
        (found,) = await store.news.rumours_of(["서지안"], week)
        assert found.source.article_id == 3
