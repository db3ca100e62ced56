"""Recording an article: it, its facts and people, its place in a story, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, text, update

from briefing.model import Article, Extraction, Fact, Move, MoveStatus, PendingEntry, Signature, person_of
from briefing.store.changed import mark_changed
from briefing.store.codec import (
    encode_fact,
    fact_kind,
    pack_shingles,
)
from briefing.store.columns import key_of, number_of, second_of, week_of
from briefing.store.driver import Prepared
from briefing.store.engine import Database
from briefing.store.inserting import insert_rows
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
        corrected: Set[int] = frozenset(),
    ) -> tuple[int, int | None]:
        """Keep an article with everything read out of it, in one transaction, and mark its entry read.

        Recording the same entry, or another entry with the same canonical article address, again
        changes nothing but the entry's mark; unless the entry is read again because its feed tells it
        differently now: then this reading replaces the one before.

        Args:
            story_id: Story to join; None, or a story that is no more, starts one if the article is
                relevant. What tells nothing of executives belongs to no story and is never compared.
            corrected: Positions, among the facts of the extraction, of those that contradict what the
                article told before.
            now: When it was read; also its date if neither article nor entry has one.

        Returns:
            Keys of the article and of its story (None: of none), the existing ones if it was known.
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
        facets = _Facets(article, extraction, signature, published or now, now)
        postgres = self._db.postgres

        def record(connection: Connection) -> tuple[int, int | None]:
            if postgres:
                # One process at a time per address: the look and the insert below are then one step.
                lock = {"key": int.from_bytes(url_key[:8], "big", signed=True)}
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), lock)
            known = _known(connection, pending.id, url_key)
            if known is None:
                keys = _enter(connection, facets, story_id, url_key, dated=published is not None)
            else:
                keys = known
                if pending.revises:
                    keys = known[0], _reread(connection, facets, known, story_id, corrected)
            _mark_read(connection, pending, keys[0], now)
            return keys

        return await self._db.write_at_once(record)


def _enter(
    connection: Connection, facets: _Facets, story_id: int | None, url_key: bytes, *, dated: bool
) -> tuple[int, int | None]:
    """Everything of an article that is not known yet; its key and its story's."""
    article, relevant = facets.article, facets.extraction.relevant
    home = _join_story(connection, story_id, facets) if relevant or story_id is not None else None
    row = {
        "story_id": home,
        "url": article.url,
        "url_key": url_key,
        "outlet": article.outlet,
        "title": article.title,
        "published": facets.published,
        "dated": dated,
        "read_at": facets.read_at,
        "relevant": relevant,
        "headline_only": article.headline_only,
    }
    ((article_id,),) = _NEW_ARTICLE.rows(connection, row)
    insert_rows(connection, bodies, [facets.body(article_id)])
    if rows := facets.facts(article_id, home):
        insert_rows(connection, facts, rows)
        if home is not None:
            mark_changed(connection, home, [row["company"] for row in rows], facets.published)
    insert_rows(connection, people, facets.people(article_id))
    if home is not None:
        insert_rows(connection, signatures, [facets.signature(article_id)])
        insert_rows(connection, signature_keys, facets.keyed(article_id))
    return article_id, home


def _reread(
    connection: Connection,
    facets: _Facets,
    known: tuple[int, int | None],
    story_id: int | None,
    corrected: Set[int],
) -> int | None:
    """The reading that replaces an earlier one; a story for what has become relevant by it."""
    article_id, home = known
    if home is None and facets.extraction.relevant:
        home = _join_story(connection, story_id, facets)
        connection.execute(update(articles).where(articles.c.id == article_id).values(story_id=home))
    revise(
        connection,
        article_id,
        facets.article,
        relevant=facets.extraction.relevant,
        body=facets.body(article_id),
        found=facets.facts(article_id, home),
        named=facets.people(article_id),
        signature=facets.signature(article_id) if home is not None else None,
        keyed=facets.keyed(article_id),
        corrected=corrected,
    )
    return home


def _join_story(connection: Connection, story_id: int | None, facets: _Facets) -> int:
    """Add an article to a story, or start one; the key of the story."""
    article, published = facets.article, facets.published
    known = [] if story_id is None else _STORY.rows(connection, {"story": story_id})
    persons = [[person.name, person.company, person.title] for person in facets.extraction.people]
    if not known:
        row = {
            "headline": article.title,
            "first_published": published,
            "last_published": published,
            "article_count": 1,
            "outlets": _add_outlet([], article.outlet, published),
            "people": _without_repetition(persons),
        }
        ((new_id,),) = _NEW_STORY.rows(connection, row)
        return int(new_id)
    ((key, headline, first, last, count, outlets, people_told),) = known
    changed = {
        "story": key,
        "headline": article.title if published < first else headline,
        "first_published": min(published, first),
        "last_published": max(published, last),
        "article_count": count + 1,
        "outlets": _add_outlet(outlets, article.outlet, published),
        "people": _without_repetition([*people_told, *persons]),
    }
    _GROWN.run(connection, changed)
    return int(key)


class _Facets:
    """The rows of one article in the tables around `articles`."""

    def __init__(
        self,
        article: Article,
        extraction: Extraction,
        signature: Signature,
        published: datetime,
        read_at: datetime,
    ) -> None:
        self.article = article
        self.extraction = extraction
        self._signature = signature
        self.published = published.astimezone(UTC)
        self.read_at = read_at

    def body(self, article_id: int) -> dict[str, Any]:
        return {
            "article_id": article_id,
            "text": self.article.text,
            "captions": list(self.article.captions),
            "byline": self.article.byline,
        }

    def facts(self, article_id: int, story_id: int | None) -> list[dict[str, Any]]:
        return [
            {
                "article_id": article_id,
                "story_id": story_id,
                "position": position,
                "kind": fact_kind(fact),
                "company": _indexed(fact.company),
                "person": _indexed(person_of(fact)),
                "published": self.published,
                "read_at": self.read_at,
                "sentence": _sentence(fact, self.article),
                "rumoured": isinstance(fact, Move) and fact.status is MoveStatus.RUMORED,
                "data": encode_fact(fact),
            }
            for position, fact in enumerate(self.extraction.facts)
        ]

    def keyed(self, article_id: int) -> list[dict[str, Any]]:
        second = second_of(self.published)
        return [
            {"week": week_of(second), "key": number, "second": second, "article_id": article_id}
            for number in sorted({number_of(key) for key in self._signature.keys})
        ]

    def signature(self, article_id: int) -> dict[str, Any]:
        return {
            "article_id": article_id,
            "shingles": pack_shingles(self._signature.shingles),
            "keys": list(self._signature.keys),
            "facts": list(self._signature.facts),
            "terms": list(self._signature.terms),
            "published": self._signature.published,
            "week": week_of(second_of(self.published)),
        }

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


def _known(connection: Connection, entry_id: int, url_key: bytes) -> tuple[int, int | None] | None:
    """Keys of the article that this entry has already led to, else of the one at this address."""
    rows = _LED_TO.rows(connection, {"entry": entry_id, "address": url_key})
    article = max(rows, key=lambda row: row[0] == row[2], default=None)
    return None if article is None else (article[0], article[1])


_OF_ENTRY = select(entries.c.article_id).where(entries.c.id == bindparam("entry")).scalar_subquery()
_LED_TO = Prepared(
    select(articles.c.id, articles.c.story_id, _OF_ENTRY.label("of_entry")).where(
        or_(articles.c.id == _OF_ENTRY, articles.c.url_key == bindparam("address"))
    )
)
_NEW_ARTICLE = Prepared(
    insert(articles).returning(articles.c.id),
    (
        "story_id",
        "url",
        "url_key",
        "outlet",
        "title",
        "published",
        "dated",
        "read_at",
        "relevant",
        "headline_only",
    ),
)
_OF_STORY = ("headline", "first_published", "last_published", "article_count", "outlets", "people")
_NEW_STORY = Prepared(insert(stories).returning(stories.c.id), _OF_STORY)
_GROWN = Prepared(update(stories).where(stories.c.id == bindparam("story")), _OF_STORY)
_STORY = Prepared(
    select(stories.c.id, *(stories.c[name] for name in _OF_STORY))
    .where(stories.c.id == bindparam("story"))
    .with_for_update()
)
_MARKED = (
    update(entries)
    .where(
        entries.c.id == bindparam("entry"),
        or_(entries.c.article_id.is_(None), entries.c.status == "unread"),
    )
    .values(status="read", article_id=bindparam("article"), reason=None, updated_at=bindparam("now"))
)
_READ = Prepared(_MARKED)


def _mark_read(connection: Connection, pending: PendingEntry, article_id: int, now: datetime) -> None:
    """Mark an entry read; one that its feed has told differently meanwhile waits to be read again."""
    again = changed_meanwhile(connection, pending, now)
    values = {"entry": pending.id, "article": article_id, "now": now}
    if again:
        connection.execute(_MARKED.values(again), values)
    else:
        _READ.run(connection, values)


def _sentence(fact: Fact, article: Article) -> str:
    """The sentence that proves a fact; of an entry of a list also the heading that says what it tells."""
    if not fact.evidence:
        return ""
    told = fact.evidence[0].of(article.text)
    if isinstance(fact, Move) and fact.rule.startswith("list") and len(fact.evidence) > 1:
        return f"{fact.evidence[1].of(article.text)} … {told}"
    return told


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
