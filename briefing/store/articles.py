"""Articles, their facts and the stories they tell, found by index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, TextClause, bindparam, select, text

from briefing.model import (
    Article,
    Candidate,
    Period,
    Person,
    Signature,
    Source,
    StoredFact,
    StoryRow,
)
from briefing.store.codec import (
    decode_fact,
    unpack_shingles,
)
from briefing.store.columns import UtcDateTime, number_of
from briefing.store.feeds import IN_LIST
from briefing.store.recording import ArticleRecorder
from briefing.store.tables import (
    INDEXED_CHARS,
    articles,
    bodies,
    facts,
    signatures,
    stories,
)

PER_KEY = 64
"""Newest articles looked at for one key, so that a key half the press shares costs no more than others."""

CANDIDATES = 256
"""Candidates returned at most, those that share most keys first."""

_KEYS_A_QUERY = 100  # terms of a compound SELECT; SQLite takes 500


class ArticleStore(ArticleRecorder):
    """Aggregate of articles, facts and stories."""

    async def candidates(
        self, keys: Sequence[str], around: datetime, window: timedelta, limit: int = CANDIDATES
    ) -> tuple[Candidate, ...]:
        """Articles that share a key and were published within `window` of `around`.

        The work is bounded whatever the size of the database: the newest `PER_KEY` articles of each key.

        Returns:
            At most `limit`, those that share most keys first, then the newest.
        """
        numbers = sorted({number_of(key) for key in keys})
        if not numbers:
            return ()
        shared: dict[int, int] = {}
        async with self._db.read() as connection:
            for start in range(0, len(numbers), _KEYS_A_QUERY):
                part = numbers[start : start + _KEYS_A_QUERY]
                values: dict[str, Any] = {f"key{n}": key for n, key in enumerate(part)}
                values |= {"since": around - window, "until": around + window}
                look = _newest_of_keys(len(part))
                for article_id in (await connection.execute(look, values)).scalars():
                    shared[article_id] = shared.get(article_id, 0) + 1
            best = sorted(shared, key=lambda article_id: (-shared[article_id], -article_id))[:limit]
            if not best:
                return ()
            query = select(signatures, articles.c.story_id).join(
                articles, articles.c.id == signatures.c.article_id
            )
            rows = await connection.execute(query.where(signatures.c.article_id.in_(best)))
            found = {row.article_id: _candidate(row) for row in rows}
        return tuple(found[article_id] for article_id in best if article_id in found)

    async def facts(
        self, companies: Sequence[str] | None, period: Period, *, by_read_time: bool = False
    ) -> tuple[StoredFact, ...]:
        """Facts told in a period.

        Args:
            companies: Canonical names; None for all.
            by_read_time: Take the period as the time the article was read, not published. A digest
                asks so, else an article read late would fall between two digests.

        Returns:
            Earliest published first, then in the order of the article.
        """
        when = facts.c.read_at if by_read_time else facts.c.published
        query = stored_facts().where(when >= period.since, when < period.until)
        if companies is None:
            return await self._select(query)
        names = sorted({name[:INDEXED_CHARS] for name in companies})
        told: list[StoredFact] = []
        for start in range(0, len(names), IN_LIST):
            part = names[start : start + IN_LIST]
            told += await self._select(query.where(facts.c.company.in_(part)))
        return tuple(sorted(told, key=lambda fact: (fact.source.published, fact.source.article_id)))

    async def person_facts(self, person: str, period: Period) -> tuple[StoredFact, ...]:
        """Facts about everyone of this name whose article was published in a period, earliest first."""
        when = facts.c.published
        query = stored_facts().where(facts.c.person == person[:INDEXED_CHARS])
        return await self._select(query.where(when >= period.since, when < period.until))

    async def story_facts(self, story_ids: Sequence[int]) -> tuple[StoredFact, ...]:
        """All facts of these stories, earliest published first."""
        told: list[StoredFact] = []
        for start in range(0, len(story_ids), IN_LIST):
            part = story_ids[start : start + IN_LIST]
            told += await self._select(stored_facts().where(facts.c.story_id.in_(part)))
        return tuple(sorted(told, key=lambda fact: (fact.source.published, fact.source.article_id)))

    async def companies_named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the names that stored facts give as a company, in the order asked."""
        wanted = {name[:INDEXED_CHARS] for name in names}
        query = select(facts.c.company).where(facts.c.company.in_(wanted)).distinct()
        async with self._db.read() as connection:
            found = set((await connection.execute(query)).scalars())
        return tuple(dict.fromkeys(name for name in names if name in found))

    async def companies_beginning(self, start: str, limit: int) -> tuple[str, ...]:
        """Companies of stored facts whose name begins so, in alphabetical order."""
        query = select(facts.c.company).where(facts.c.company.startswith(start, autoescape=True))
        async with self._db.read() as connection:
            found = await connection.execute(query.distinct().order_by(facts.c.company).limit(limit))
            return tuple(found.scalars())

    async def story_rows(self, story_ids: Sequence[int]) -> tuple[StoryRow, ...]:
        """These stories, by key; unknown keys are left out."""
        rows: list[StoryRow] = []
        async with self._db.read() as connection:
            for start in range(0, len(story_ids), IN_LIST):
                part = story_ids[start : start + IN_LIST]
                query = select(stories).where(stories.c.id.in_(part)).order_by(stories.c.id)
                rows += [_story_row(row) for row in await connection.execute(query)]
        return tuple(rows)

    async def article(self, article_id: int) -> Article | None:
        """A stored article with its text; None if there is no such article or its text is gone."""
        query = select(articles, bodies).join(bodies, bodies.c.article_id == articles.c.id)
        async with self._db.read() as connection:
            row = (await connection.execute(query.where(articles.c.id == article_id))).first()
        if row is None:
            return None
        return Article(
            id=row.url,
            url=row.url,
            text=row.text,
            outlet=row.outlet,
            title=row.title,
            published=row.published if row.dated else None,
            captions=tuple(row.captions),
            byline=row.byline,
            headline_only=row.headline_only,
        )

    async def _select(self, query: Select[Any]) -> tuple[StoredFact, ...]:
        async with self._db.read() as connection:
            return tuple(stored_fact(row) for row in await connection.execute(query))


@lru_cache(maxsize=_KEYS_A_QUERY)
def _newest_of_keys(number: int) -> TextClause:
    """The look at that many keys; as text, because composing it from parts costs more than running it."""
    looks = (
        "SELECT article_id FROM (SELECT article_id FROM signature_keys"  # noqa: S608
        f" WHERE key = :key{n} AND published >= :since AND published <= :until"
        f" ORDER BY published DESC, article_id DESC LIMIT {PER_KEY}) AS look{n}"
        for n in range(number)
    )
    times = (bindparam("since", type_=UtcDateTime), bindparam("until", type_=UtcDateTime))
    return text(" UNION ALL ".join(looks)).bindparams(*times)


def _candidate(row: Row[Any]) -> Candidate:
    signature = Signature(
        keys=tuple(row._mapping["keys"]),  # `row.keys` is a method of Row
        shingles=unpack_shingles(row.shingles),
        facts=tuple(row.facts),
        terms=tuple(row.terms),
        published=row.published,
    )
    return Candidate(row.article_id, row.story_id, signature)


def stored_facts() -> Select[Any]:
    """Facts with where they were read, earliest published first; each row is read by `stored_fact`."""
    return (
        select(
            facts.c.story_id,
            facts.c.kind,
            facts.c.data,
            facts.c.sentence,
            articles.c.id,
            articles.c.outlet,
            articles.c.url,
            articles.c.title,
            articles.c.published,
            facts.c.read_at,
        )
        .join(articles, articles.c.id == facts.c.article_id)
        .order_by(facts.c.published, facts.c.article_id, facts.c.position)
    )


def stored_fact(row: Row[Any]) -> StoredFact:
    """A row of `stored_facts` as a fact."""
    fact = decode_fact(row.kind, row.data)
    source = Source(
        article_id=row.id,
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        published=row.published,
        sentence=row.sentence,
        resolutions=fact.resolutions,
        read_at=row.read_at,
    )
    return StoredFact(row.story_id, fact, source)


def _story_row(row: Row[Any]) -> StoryRow:
    return StoryRow(
        id=row.id,
        headline=row.headline,
        first_published=row.first_published,
        last_published=row.last_published,
        article_count=row.article_count,
        outlets=tuple(outlet for outlet, _ in row.outlets),
        people=tuple(Person(*person) for person in row.people),
    )
