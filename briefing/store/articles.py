"""Articles, their facts and the stories they tell, found by index."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    Text,
    delete,
    func,
    or_,
    select,
    type_coerce,
)

from briefing.model import Article, Candidate, Fact, Period, Person, Source, StoredFact, StoryRow
from briefing.store.candidates import CANDIDATES, find_candidates
from briefing.store.codec import decode_fact
from briefing.store.columns import number_of, second_of, week_of
from briefing.store.feeds import IN_LIST
from briefing.store.newest import newest_moves
from briefing.store.prefixes import begins
from briefing.store.recording import ArticleRecorder
from briefing.store.revising import forget_keys
from briefing.store.tables import (
    INDEXED_CHARS,
    articles,
    bodies,
    entries,
    facts,
    signatures,
    stories,
)

log = logging.getLogger(__name__)


class ArticleStore(ArticleRecorder):
    """Aggregate of articles, facts and stories."""

    async def candidates(
        self, keys: Sequence[str], around: datetime, window: timedelta, limit: int = CANDIDATES
    ) -> tuple[Candidate, ...]:
        """Articles that share a key and were published within `window` of `around`.

        The work is bounded whatever the size of the database: the newest `PER_KEY` articles of each key in
        each week.

        Returns:
            At most `limit`, those that share most keys first, then the newest; their signatures without
            the keys, which have done their work.
        """
        numbers = sorted({number_of(key) for key in keys})
        if not numbers:
            return ()
        return await self._db.read_at_once(
            lambda connection: find_candidates(connection, numbers, around, window, limit)
        )

    async def forget_signatures(self, before: datetime, limit: int) -> int:
        """Take articles published before a moment out of what new ones are compared with.

        Whole weeks only; the articles, their facts and their stories stay.

        Args:
            before: Aware time.
            limit: Articles taken out in one transaction at most.

        Returns:
            How many were.
        """
        week = week_of(second_of(before))
        old = select(signatures.c.article_id, signatures.c.week, signatures.c["keys"], articles.c.published)
        old = old.join(articles, articles.c.id == signatures.c.article_id)
        old = old.where(signatures.c.week < week).order_by(signatures.c.week).limit(limit)

        def forget(connection: Connection) -> int:
            rows = connection.execute(old).all()
            for row in rows:
                forget_keys(connection, row.article_id, row.published, row[2])
            gone = [row.article_id for row in rows]
            for start in range(0, len(gone), IN_LIST):
                part = gone[start : start + IN_LIST]
                connection.execute(delete(signatures).where(signatures.c.article_id.in_(part)))
            return len(gone)

        return await self._db.write_at_once(forget)

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
        return await self._select_in(query, facts.c.company, names)

    async def facts_of(self, persons: Sequence[str], period: Period) -> tuple[StoredFact, ...]:
        """Facts about everyone of these names whose article was read in a period, earliest first."""
        when = facts.c.read_at
        query = stored_facts().where(when >= period.since, when < period.until)
        return await self._select_in(
            query, facts.c.person, sorted({name[:INDEXED_CHARS] for name in persons})
        )

    async def quotes(self, period: Period) -> tuple[StoredFact, ...]:
        """All quotations whose article was read in a period, earliest published first."""
        when = facts.c.read_at
        query = stored_facts().where(facts.c.kind == "quote", when >= period.since, when < period.until)
        return await self._select(query)

    async def person_facts(self, person: str, period: Period) -> tuple[StoredFact, ...]:
        """Facts about everyone of this name whose article was published in a period, earliest first."""
        when = facts.c.published
        query = stored_facts().where(facts.c.person == person[:INDEXED_CHARS])
        return await self._select(query.where(when >= period.since, when < period.until))

    async def told_before(self, entry_id: int) -> tuple[Fact, ...]:
        """Facts of the article that an entry led to when it was read last; none if it was not."""
        query = select(facts.c.kind, facts.c.data).join(entries, entries.c.article_id == facts.c.article_id)
        query = query.where(entries.c.id == entry_id).order_by(facts.c.position)
        async with self._db.read() as connection:
            return tuple(decode_fact(row.kind, row.data) for row in await connection.execute(query))

    async def rumours_of(self, persons: Sequence[str], period: Period) -> tuple[StoredFact, ...]:
        """Rumoured moves of these persons whose article was published in a period, earliest first."""
        when = facts.c.published
        query = stored_facts().where(facts.c.rumoured, when >= period.since, when < period.until)
        names = sorted({name[:INDEXED_CHARS] for name in persons})
        return await self._select_in(query, facts.c.person, names)

    async def moves_of(self, persons: Collection[str], period: Period) -> tuple[StoredFact, ...]:
        """The newest moves of everyone of these names published in a period, earliest first.

        Bounded for each name (`newest_moves`): who is told of every day costs no more than others.
        """
        names = sorted({name[:INDEXED_CHARS] for name in persons})
        if not names:
            return ()

        ids = await self._db.read_at_once(lambda connection: newest_moves(connection, names, period))
        return await self._select_in(stored_facts(), facts.c.id, ids)

    async def story_facts(self, story_ids: Sequence[int]) -> tuple[StoredFact, ...]:
        """All facts of these stories, earliest published first."""
        return await self._select_in(stored_facts(), facts.c.story_id, story_ids)

    async def companies_named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the names that stored facts give as a company, in the order asked."""
        wanted = {name[:INDEXED_CHARS] for name in names}
        query = select(facts.c.company).where(facts.c.company.in_(wanted)).distinct()
        async with self._db.read() as connection:
            found = set((await connection.execute(query)).scalars())
        return tuple(dict.fromkeys(name for name in names if name in found))

    async def most_told(self, period: Period, limit: int) -> tuple[str, ...]:
        """Companies by the number of facts published in a period, most first, then by name."""
        when = facts.c.published
        query = select(facts.c.company).where(
            when >= period.since, when < period.until, facts.c.company.is_not(None)
        )
        query = query.group_by(facts.c.company).order_by(func.count().desc(), facts.c.company).limit(limit)
        async with self._db.read() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def companies_beginning(self, start: str, limit: int) -> tuple[str, ...]:
        """Companies of stored facts whose name begins so, or so in capitals, in alphabetical order."""
        ways = [begins(facts.c.company, one, postgres=self._db.postgres) for one in {start, start.upper()}]
        query = select(facts.c.company).where(or_(*ways))
        async with self._db.read() as connection:
            found = await connection.execute(query.distinct().order_by(facts.c.company).limit(limit))
            return tuple(found.scalars())

    async def story_rows(self, story_ids: Sequence[int]) -> tuple[StoryRow, ...]:
        """These stories, by key; unknown keys are left out."""

        def read(connection: Connection) -> tuple[StoryRow, ...]:
            rows: list[StoryRow] = []
            for start in range(0, len(story_ids), IN_LIST):
                part = story_ids[start : start + IN_LIST]
                query = select(stories).where(stories.c.id.in_(part)).order_by(stories.c.id)
                rows += [story_row(row) for row in connection.execute(query)]
            return tuple(rows)

        return await self._db.read_at_once(read)

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
        return await self._db.read_at_once(lambda connection: read_facts(connection, query))

    async def _select_in(
        self, query: Select[Any], column: Column[Any], values: Sequence[str] | Sequence[int]
    ) -> tuple[StoredFact, ...]:
        """What the query finds where a column has one of these values, earliest published first."""

        def read(connection: Connection) -> tuple[StoredFact, ...]:
            told: list[StoredFact] = []
            for start in range(0, len(values), IN_LIST):
                told += read_facts(connection, query.where(column.in_(values[start : start + IN_LIST])))
            return tuple(sorted(told, key=lambda fact: (fact.source.published, fact.source.article_id)))

        return await self._db.read_at_once(read)


def stored_facts() -> Select[Any]:
    """Facts of stories, for `read_facts`; articles that tell nothing of executives belong to none."""
    return (
        select(
            facts.c.story_id,
            facts.c.kind,
            # decoded in `read_facts`, where one that is damaged does not spoil the others
            type_coerce(facts.c.data, Text).label("data"),
            facts.c.sentence,
            articles.c.id,
            articles.c.outlet,
            articles.c.url,
            articles.c.title,
            articles.c.published,
            facts.c.read_at,
            facts.c.corrected_at,
        )
        .join(articles, articles.c.id == facts.c.article_id)
        .where(facts.c.story_id.is_not(None))
        .order_by(facts.c.published, facts.c.article_id, facts.c.position)
    )


def read_facts(
    connection: Connection, query: Select[Any], values: Mapping[str, Any] | None = None
) -> tuple[StoredFact, ...]:
    """What a query made of `stored_facts` finds, in its order.

    Args:
        values: Of its parameters.
    """
    told: list[StoredFact] = []
    for row in connection.execute(query, values).all():
        try:
            told.append(_stored_fact(row))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # one bad row must not keep everybody else's news back
            log.warning(
                "story %s: a fact of article %s cannot be read and is left out: %r",
                row.story_id,
                row.id,
                error,
            )
    return tuple(told)


def _stored_fact(row: Row[Any]) -> StoredFact:
    fact = decode_fact(row.kind, json.loads(row.data))
    source = Source(
        article_id=row.id,
        outlet=row.outlet,
        url=row.url,
        title=row.title,
        published=row.published,
        sentence=row.sentence,
        resolutions=fact.resolutions,
        read_at=row.read_at,
        corrected_at=row.corrected_at,
    )
    return StoredFact(row.story_id, fact, source)


def story_row(row: Row[Any]) -> StoryRow:
    """A row that has the columns of `stories`."""
    return StoryRow(
        id=row.id,
        headline=row.headline,
        first_published=row.first_published,
        last_published=row.last_published,
        article_count=row.article_count,
        outlets=tuple(outlet for outlet, _ in row.outlets),
        people=tuple(Person(*person) for person in row.people),
    )
