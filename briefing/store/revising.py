"""An article that is read again, because its feed tells it differently now: the correction replaces it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from briefing.model import Article
from briefing.store.changed import mark_changed
from briefing.store.columns import number_of, second_of, week_of
from briefing.store.inserting import insert_rows
from briefing.store.tables import articles, bodies, facts, people, signature_keys, signatures, stories

Rows = Sequence[dict[str, Any]]


def revise(
    connection: Connection,
    article_id: int,
    article: Article,
    *,
    relevant: bool,
    body: dict[str, Any],
    found: Rows,
    named: Rows,
    signature: dict[str, Any] | None,
    keyed: Rows,
    corrected: Set[int],
) -> None:
    """Put what was read now in place of what was read before; the article stays in its story.

    A fact of the same kind, person and company as before keeps the time it was read, so that no digest
    tells it again; a fact that is new with the correction, or is corrected, is news. A page that has become
    unreadable takes nothing away but the headline.

    Args:
        signature: None for an article that belongs to no story and is never compared.
        corrected: Positions of the facts that contradict what the article told before.
    """
    old = connection.execute(select(articles).where(articles.c.id == article_id)).one()
    if old.story_id is not None:
        # before its merged facts, as recording does, or two processes would wait for each other
        connection.execute(select(stories.c.id).where(stories.c.id == old.story_id).with_for_update())
    told = select(facts.c.kind, facts.c.person, facts.c.company, facts.c.read_at, facts.c.corrected_at)
    earlier = {
        (row.kind, row.person, row.company): row
        for row in connection.execute(told.where(facts.c.article_id == article_id))
    }
    if old.story_id is not None:
        companies = [*(company for _, _, company in earlier), *(row["company"] for row in found)]
        mark_changed(connection, old.story_id, companies, old.published)
    if article.title and article.title != old.title:
        retitled = update(articles).where(articles.c.id == article_id)
        connection.execute(retitled.values(title=article.title))
        headed = update(stories).where(stories.c.id == old.story_id, stories.c.headline == old.title)
        connection.execute(headed.values(headline=article.title))
    if article.headline_only and not old.headline_only:
        return
    marked = select(signatures.c["keys"]).where(signatures.c.article_id == article_id)
    forget_keys(connection, article_id, old.published, connection.execute(marked).scalar() or ())
    for table in (facts, people, signatures, bodies):
        connection.execute(delete(table).where(table.c.article_id == article_id))
    insert_rows(connection, bodies, [body])
    # the date stays the first one, wherever it is kept
    dated = {"published": old.published}
    kept = []
    for row in found:
        before = earlier.get((row["kind"], row["person"], row["company"]))
        if row["position"] in corrected:
            times = {"corrected_at": row["read_at"]}
        else:
            times = {"read_at": before.read_at, "corrected_at": before.corrected_at} if before else {}
        kept.append(row | dated | {"story_id": old.story_id, "corrected_at": None} | times)
    for table, rows in ((facts, kept), (people, [row | dated for row in named])):
        insert_rows(connection, table, rows)
    if signature is not None:
        second = second_of(old.published)
        filed = {"week": week_of(second)}
        insert_rows(connection, signatures, [signature | filed])
        insert_rows(connection, signature_keys, [row | filed | {"second": second} for row in keyed])
    state = {"relevant": relevant, "headline_only": article.headline_only}
    connection.execute(update(articles).where(articles.c.id == article_id).values(state))
    if old.story_id is not None:
        _rename_people(connection, old.story_id)


def forget_keys(connection: Connection, article_id: int, published: datetime, keys: Sequence[str]) -> None:
    """Take the keys of an article out of the index.

    Args:
        published: As `articles` has it; keys are filed under that time.
        keys: As its signature names them.
    """
    second = second_of(published)
    filed = {"week": week_of(second), "second": second, "article_id": article_id}
    rows = [{f"{name}_": value for name, value in filed.items()} | {"key_": number_of(key)} for key in keys]
    if rows:
        columns = signature_keys.c
        same = [columns[name] == bindparam(f"{name}_") for name in (*filed, "key")]
        connection.execute(delete(signature_keys).where(*same), rows)


def _rename_people(connection: Connection, story_id: int) -> None:
    """Make the people of a story those of its articles as they are now."""
    query = (
        select(people.c.name, people.c.company, people.c.title)
        .join(articles, articles.c.id == people.c.article_id)
        .where(articles.c.story_id == story_id)
        .order_by(people.c.article_id, people.c.position)
    )
    told = dict.fromkeys((row.name, row.company, row.title) for row in connection.execute(query))
    named = [list(person) for person in told]
    connection.execute(update(stories).where(stories.c.id == story_id).values(people=named))
