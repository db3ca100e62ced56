"""An article that is read again, because its feed tells it differently now: the correction replaces it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from briefing.model import Article
from briefing.store.tables import articles, bodies, facts, people, signature_keys, signatures, stories

Rows = Sequence[dict[str, Any]]


async def revise(
    connection: AsyncConnection,
    article_id: int,
    article: Article,
    *,
    relevant: bool,
    body: dict[str, Any],
    found: Rows,
    named: Rows,
    signature: dict[str, Any],
    keyed: Rows,
) -> None:
    """Put what was read now in place of what was read before; the article stays in its story.

    A fact of the same kind, person and company as before keeps the time it was read, so that no digest
    tells it again; a fact that is new with the correction is news. A page that has become unreadable
    takes nothing away but the headline.
    """
    old = (await connection.execute(select(articles).where(articles.c.id == article_id))).one()
    if article.title and article.title != old.title:
        retitled = update(articles).where(articles.c.id == article_id)
        await connection.execute(retitled.values(title=article.title))
        headed = update(stories).where(stories.c.id == old.story_id, stories.c.headline == old.title)
        await connection.execute(headed.values(headline=article.title))
    if article.headline_only and not old.headline_only:
        return
    before = select(facts.c.kind, facts.c.person, facts.c.company, facts.c.read_at)
    read_at = {
        (row.kind, row.person, row.company): row.read_at
        for row in await connection.execute(before.where(facts.c.article_id == article_id))
    }
    for table in (facts, people, signature_keys, signatures, bodies):
        await connection.execute(delete(table).where(table.c.article_id == article_id))
    await connection.execute(insert(bodies), body)
    # the date stays the first one, wherever it is kept
    dated = {"published": old.published}
    kept = [
        row
        | dated
        | {"read_at": read_at.get((row["kind"], row["person"], row["company"]), row["read_at"])}
        | {"story_id": old.story_id}
        for row in found
    ]
    for table, rows in ((facts, kept), (people, [row | dated for row in named])):
        if rows:
            await connection.execute(insert(table), rows)
    await connection.execute(insert(signatures), signature)
    if keyed:
        await connection.execute(insert(signature_keys), [row | dated for row in keyed])
    state = {"relevant": relevant, "headline_only": article.headline_only}
    await connection.execute(update(articles).where(articles.c.id == article_id).values(state))
    await _rename_people(connection, old.story_id)


async def _rename_people(connection: AsyncConnection, story_id: int) -> None:
    """Make the people of a story those of its articles as they are now."""
    query = (
        select(people.c.name, people.c.company, people.c.title)
        .join(articles, articles.c.id == people.c.article_id)
        .where(articles.c.story_id == story_id)
        .order_by(people.c.article_id, people.c.position)
    )
    told = dict.fromkeys((row.name, row.company, row.title) for row in await connection.execute(query))
    named = [list(person) for person in told]
    await connection.execute(update(stories).where(stories.c.id == story_id).values(people=named))
