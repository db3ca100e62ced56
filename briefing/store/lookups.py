"""Questions across stories: a person's facts and titles, a period's moves, what companies announce."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, and_, desc, func, select, type_coerce, union, union_all

from briefing.findings import Mention
from briefing.model import Period, Person, Quote, QuotedBy, Source, StoredFact
from briefing.store.articles import ArticleStore, read_facts, stored_facts
from briefing.store.feeds import IN_LIST
from briefing.store.prefixes import begins
from briefing.store.tables import INDEXED_CHARS, articles, facts, people

# Parts of one query; SQLite takes 500.
COMPANIES_AT_ONCE = 100


class LookupStore(ArticleStore):
    """Reads articles and facts by other doors than company and period."""

    async def latest_facts_of(self, person: str, limit: int) -> tuple[StoredFact, ...]:
        """The newest facts about everyone of this name, at most `limit`; earliest published first."""
        query = stored_facts().where(facts.c.person == person[:INDEXED_CHARS])
        return await self._newest(query, limit)

    async def mentions(self, name: str, limit: int) -> tuple[Mention, ...]:
        """The newest articles that name somebody with a title, at most `limit` titles; newest first."""
        return await self._mentions(_mentions().where(people.c.name == name).limit(limit))

    async def _mentions(self, query: Select[Any]) -> tuple[Mention, ...]:
        async with self._db.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Mention(
                Person(row.name, row.company, row.title),
                Source(row.id, row.outlet, row.url, row.headline, row.published, ""),
            )
            for row in rows
        )

    async def latest_facts_at(
        self, companies: Sequence[str], since: datetime, limit: int
    ) -> tuple[StoredFact, ...]:
        """The newest facts about people of these companies from `since` on, at most `limit`, oldest first.

        However many facts a company has, only its newest are read, by their index.
        """
        names = sorted({name[:INDEXED_CHARS] for name in companies})

        def read(connection: Connection) -> tuple[StoredFact, ...]:
            told: list[StoredFact] = []
            for start in range(0, len(names), COMPANIES_AT_ONCE):
                # databases merge these without sorting what each of them would find
                newest = union_all(
                    *(
                        select(facts.c.id, facts.c.published).where(
                            facts.c.company == name,
                            facts.c.person.is_not(None),
                            facts.c.story_id.is_not(None),
                            facts.c.published >= since,
                        )
                        for name in names[start : start + COMPANIES_AT_ONCE]
                    )
                )
                ids = newest.order_by(desc("published"), desc("id")).limit(limit).subquery()
                told += read_facts(connection, stored_facts().where(facts.c.id.in_(select(ids.c.id))))
            told.sort(key=lambda fact: (fact.source.published, fact.source.article_id))
            return tuple(told[-limit:])

        return await self._db.read_at_once(read)

    async def moves_at(
        self, persons: Sequence[str], companies: Sequence[str], limit: int
    ) -> tuple[StoredFact, ...]:
        """Of the newest `limit` moves of people of these names those at these companies, oldest first."""
        wanted = sorted({name[:INDEXED_CHARS] for name in persons})[:IN_LIST]
        told = await self._newest(
            stored_facts().where(facts.c.kind == "move", facts.c.person.in_(wanted)), limit
        )
        # asked for too, a database might read all of a company's facts
        return tuple(item for item in told if item.fact.company in companies)

    async def mentions_at(
        self, persons: Sequence[str], companies: Sequence[str], each: int
    ) -> tuple[Mention, ...]:
        """Titles that the newest articles give people of these names at these companies, newest first.

        Args:
            each: Titles of one name at one company at most.
        """
        houses = sorted({name[:INDEXED_CHARS] for name in companies})[:IN_LIST]
        wanted = sorted(set(persons))[:IN_LIST]
        place = func.row_number().over(
            partition_by=(people.c.name, people.c.company),
            order_by=(people.c.published.desc(), people.c.article_id.desc(), people.c.position),
        )
        placed = (
            select(people.c.article_id, people.c.position, place.label("place"))
            .where(people.c.name.in_(wanted), people.c.company.in_(houses), people.c.title.is_not(None))
            .subquery()
        )
        query = _mentions().join(
            placed,
            and_(placed.c.article_id == people.c.article_id, placed.c.position == people.c.position),
        )
        return await self._mentions(query.where(placed.c.place <= each))

    async def titles_at(self, persons: Sequence[str], companies: Sequence[str]) -> tuple[Person, ...]:
        """Each title that articles give people of these names at these companies, once."""
        houses = sorted({name[:INDEXED_CHARS] for name in companies})[:IN_LIST]
        wanted = sorted(set(persons))[:IN_LIST]
        query = (
            select(people.c.name, people.c.company, people.c.title)
            .where(people.c.name.in_(wanted), people.c.company.in_(houses), people.c.title.is_not(None))
            .distinct()
        )
        async with self._db.read() as connection:
            return tuple(Person(*row) for row in (await connection.execute(query)).all())

    async def people_named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the names that stored articles give to an executive, in the order asked."""
        wanted = sorted({name[:INDEXED_CHARS] for name in names})[:IN_LIST]
        query = union(
            select(facts.c.person).where(facts.c.person.in_(wanted)),
            select(people.c.name).where(people.c.name.in_(wanted)),
        )
        async with self._db.read() as connection:
            found = set((await connection.execute(query)).scalars())
        return tuple(dict.fromkeys(name for name in names if name[:INDEXED_CHARS] in found))

    async def people_beginning(self, start: str, limit: int) -> tuple[str, ...]:
        """Names of executives in stored articles that begin so, in alphabetical order."""
        query = select(people.c.name).where(begins(people.c.name, start, postgres=self._db.postgres))
        async with self._db.read() as connection:
            found = await connection.execute(query.distinct().order_by(people.c.name).limit(limit))
            return tuple(found.scalars())

    async def moves(self, period: Period, limit: int) -> tuple[StoredFact, ...]:
        """Moves of all companies published in a period, the newest `limit`; earliest first."""
        when = facts.c.published
        query = stored_facts().where(facts.c.kind == "move", when >= period.since, when < period.until)
        return await self._newest(query, limit)

    async def words_on(
        self, topic: str, period: Period, limit: int
    ) -> tuple[tuple[StoredFact, ...], datetime | None]:
        """Strategic words of executives on a topic (an id) published in a period; earliest first.

        Returns:
            The newest `limit`, and if there may be others, when the earliest of these was published.
        """
        when = facts.c.published
        # as the JSON of a quote has it; what else holds that text is left out below
        data = type_coerce(facts.c.data, Text)
        marks = (f'"{topic}"', '"strategic":true', f'"by":"{QuotedBy.EXECUTIVE}"')
        query = stored_facts().where(
            facts.c.kind == "quote",
            when >= period.since,
            when < period.until,
            *(data.contains(mark, autoescape=True) for mark in marks),
        )
        told = await self._newest(query, limit)
        on_it = tuple(item for item in told if isinstance(item.fact, Quote) and topic in item.fact.topics)
        return on_it, told[0].source.published if len(told) == limit else None

    async def activities(self, companies: Sequence[str], since: datetime) -> tuple[StoredFact, ...]:
        """Activities of companies published from `since` on, earliest first."""
        names = sorted({name[:INDEXED_CHARS] for name in companies})
        told: list[StoredFact] = []
        for start in range(0, len(names), IN_LIST):
            part = names[start : start + IN_LIST]
            query = stored_facts().where(facts.c.kind == "activity", facts.c.company.in_(part))
            told += await self._select(query.where(facts.c.published >= since))
        return tuple(sorted(told, key=lambda fact: (fact.source.published, fact.source.article_id)))

    async def _newest(self, query: Select[Any], limit: int) -> tuple[StoredFact, ...]:
        newest = query.order_by(None).order_by(
            facts.c.published.desc(), facts.c.article_id.desc(), facts.c.position.desc()
        )
        told = await self._db.read_at_once(lambda connection: read_facts(connection, newest.limit(limit)))
        return told[::-1]


def _mentions() -> Select[Any]:
    """Titles that articles give people, newest first."""
    return (
        select(
            people.c.name,
            people.c.company,
            people.c.title,
            articles.c.id,
            articles.c.outlet,
            articles.c.url,
            articles.c.title.label("headline"),
            articles.c.published,
        )
        .join(articles, articles.c.id == people.c.article_id)
        .order_by(people.c.published.desc(), people.c.article_id.desc(), people.c.position)
    )
