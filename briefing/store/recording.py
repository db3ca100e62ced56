"""Recording an article: it, its facts and people, its place in a story, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import (
    Article,
    Extraction,
    Fact,
    PendingEntry,
    Signature,
)
from briefing.store.codec import (
    encode_fact,
    fact_kind,
    fact_person,
    pack_shingles,
)
from briefing.store.columns import key_of, number_of
from briefing.store.engine import Database
from briefing.store.revising import revise
from briefing.store.sightings import changed_meanwhile
from briefing.store.tables import (
    INDEXED_CHARS,
    articles,
    bodies,
    entries,
    facts,
    people,
    signature_keys,
    signatures,
    stories,
)


class ArticleRecorder:
    """Writing side of articles, facts and stories."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def record_article(  # noqa: PLR0917
        self,
        pending: PendingEntry,
        article: Article,
        extraction: Extraction,
        signature: Signature,
        story_id: int | None,
        now: datetime,
    ) -> tuple[int, int]:
        """Keep an article with everything read out of it, in one transaction, and mark its entry read.

        Recording the same entry, or another entry with the same canonical article address, again
        changes nothing but the entry's mark; unless the entry is read again because its feed tells it
        differently now: then this reading replaces the one before.

        Args:
            story_id: Story to join; None, or a story that is no more, starts one.
            now: When it was read; also its date if neither article nor entry has one.

        Returns:
            Keys of the article and of its story, the existing ones if it was known.
        """
        told = pending.entry
        article = replace(
            article,
            url=article.url or told.url,
            outlet=article.outlet or told.outlet,
            title=article.title or told.title,
        )
        url_key = key_of(article.url)
        published = article.published or told.published
        async with self._db.write() as connection:
            if self._db.postgres:
                # One process at a time per address: the look and the insert below are then one step.
                lock = {"key": int.from_bytes(url_key[:8], "big", signed=True)}
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), lock)
            facets = _Facets(article, extraction, published or now, now)
            known = await _known(connection, pending.id, url_key)
            if known is not None:
                article_id, story_id = known
                if pending.revises:
                    await revise(
                        connection,
                        article_id,
                        article,
                        relevant=extraction.relevant,
                        body=facets.body(article_id),
                        found=facets.facts(article_id, story_id),
                        named=facets.people(article_id),
                        signature=_signature_row(article_id, signature),
                        keyed=facets.keyed(article_id, signature),
                    )
                await _mark_read(connection, pending, article_id, now)
                return known
            story_id = await self._join_story(connection, story_id, article, extraction, facets.published)
            row = {
                "story_id": story_id,
                "url": article.url,
                "url_key": url_key,
                "outlet": article.outlet,
                "title": article.title,
                "published": facets.published,
                "dated": published is not None,
                "read_at": now,
                "relevant": extraction.relevant,
                "headline_only": article.headline_only,
            }
            inserted = await connection.execute(insert(articles).values(row).returning(articles.c.id))
            article_id = int(inserted.scalar_one())
            await connection.execute(insert(bodies), facets.body(article_id))
            if rows := facets.facts(article_id, story_id):
                await connection.execute(insert(facts), rows)
            if rows := facets.people(article_id):
                await connection.execute(insert(people), rows)
            await connection.execute(insert(signatures), _signature_row(article_id, signature))
            if rows := facets.keyed(article_id, signature):
                await connection.execute(insert(signature_keys), rows)
            await _mark_read(connection, pending, article_id, now)
        return article_id, story_id

    async def _join_story(
        self,
        connection: AsyncConnection,
        story_id: int | None,
        article: Article,
        extraction: Extraction,
        published: datetime,
    ) -> int:
        """Add an article to a story, or start one; the key of the story."""
        story = None
        if story_id is not None:
            locked = select(stories).where(stories.c.id == story_id).with_for_update()
            story = (await connection.execute(locked)).first()
        persons = [[person.name, person.company, person.title] for person in extraction.people]
        if story is None:
            row = {
                "headline": article.title,
                "first_published": published,
                "last_published": published,
                "article_count": 1,
                "outlets": _add_outlet([], article.outlet, published),
                "people": _without_repetition(persons),
            }
            inserted = await connection.execute(insert(stories).values(row).returning(stories.c.id))
            return int(inserted.scalar_one())
        earlier = published < story.first_published
        changed = {
            "headline": article.title if earlier else story.headline,
            "first_published": min(published, story.first_published),
            "last_published": max(published, story.last_published),
            "article_count": story.article_count + 1,
            "outlets": _add_outlet(story.outlets, article.outlet, published),
            "people": _without_repetition([*story.people, *persons]),
        }
        await connection.execute(update(stories).where(stories.c.id == story.id).values(changed))
        return int(story.id)


class _Facets:
    """The rows of one article in the tables around `articles`."""

    def __init__(
        self, article: Article, extraction: Extraction, published: datetime, read_at: datetime
    ) -> None:
        self.article = article
        self.extraction = extraction
        self.published = published.astimezone(UTC)
        self.read_at = read_at

    def body(self, article_id: int) -> dict[str, Any]:
        return {
            "article_id": article_id,
            "text": self.article.text,
            "captions": list(self.article.captions),
            "byline": self.article.byline,
        }

    def facts(self, article_id: int, story_id: int) -> list[dict[str, Any]]:
        return [
            {
                "article_id": article_id,
                "story_id": story_id,
                "position": position,
                "kind": fact_kind(fact),
                "company": _indexed(fact.company),
                "person": _indexed(fact_person(fact)),
                "published": self.published,
                "read_at": self.read_at,
                "sentence": _sentence(fact, self.article),
                "data": encode_fact(fact),
            }
            for position, fact in enumerate(self.extraction.facts)
        ]

    def keyed(self, article_id: int, signature: Signature) -> list[dict[str, Any]]:
        return [
            {"key": number, "published": self.published, "article_id": article_id}
            for number in sorted({number_of(key) for key in signature.keys})
        ]

    def people(self, article_id: int) -> list[dict[str, Any]]:
        return [
            {
                "article_id": article_id,
                "position": position,
                "name": _indexed(person.name),
                "company": person.company,
                "title": person.title,
                "published": self.published,
            }
            for position, person in enumerate(self.extraction.people)
        ]


async def _known(connection: AsyncConnection, entry_id: int, url_key: bytes) -> tuple[int, int] | None:
    """Keys of the article that this entry or address has already led to."""
    keys = select(articles.c.id, articles.c.story_id)
    of_entry = keys.join(entries, entries.c.article_id == articles.c.id).where(entries.c.id == entry_id)
    for query in (of_entry, keys.where(articles.c.url_key == url_key)):
        row = (await connection.execute(query)).first()
        if row is not None:
            return row.id, row.story_id
    return None


async def _mark_read(
    connection: AsyncConnection, pending: PendingEntry, article_id: int, now: datetime
) -> None:
    """Mark an entry read; one that its feed has told differently meanwhile waits to be read again."""
    read = {"status": "read", "article_id": article_id, "reason": None, "updated_at": now}
    read |= await changed_meanwhile(connection, pending, now)
    waiting = or_(entries.c.article_id.is_(None), entries.c.status == "unread")
    await connection.execute(update(entries).where(entries.c.id == pending.id, waiting).values(read))


def _signature_row(article_id: int, signature: Signature) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "shingles": pack_shingles(signature.shingles),
        "keys": list(signature.keys),
        "facts": list(signature.facts),
        "terms": list(signature.terms),
        "published": signature.published,
    }


def _sentence(fact: Fact, article: Article) -> str:
    return fact.evidence[0].of(article.text) if fact.evidence else ""


def _indexed(name: str | None) -> str | None:
    return None if name is None else name[:INDEXED_CHARS]


def _add_outlet(known: list[list[str]], outlet: str, published: datetime) -> list[list[str]]:
    """Outlets with the time of their first article, in order of that time."""
    first = {name: when for name, when in known}  # noqa: C416
    when = published.astimezone(UTC).isoformat()
    if outlet:
        first[outlet] = min(first.get(outlet, when), when)
    return [[name, when] for name, when in sorted(first.items(), key=lambda item: item[1])]


def _without_repetition(persons: Iterable[list[str | None]]) -> list[list[str | None]]:
    return list({tuple(person): person for person in persons}.values())
