"""Articles that share index keys with a new one, found in bounded time.

This runs once an article, so it speaks to the driver directly: with some hundred parameters a statement of
SQLAlchemy takes longer to make than to run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from briefing.model import Candidate, Signature
from briefing.store.codec import unpack_shingles
from briefing.store.columns import second_of, week_of
from briefing.store.driver import filled, mark_of

PER_KEY = 16
"""Newest articles of a week looked at for one key, so that one which half the press shares costs no more."""

OF_A_STORY = 4
"""Candidates of one story at most; the tie to a story is that of its three nearest articles."""

CANDIDATES = 16
"""Candidates returned at most, those that share most keys first."""

_LOOKS = 480  # of one statement; a compound SELECT of SQLite has 500 terms at most

# Lists go in one parameter, or the text would change with their length.
_LISTED = {"sqlite": "IN (SELECT value FROM json_each(?1))", "postgresql": "= ANY($1::bigint[])"}


def find_candidates(
    connection: Connection, keys: Sequence[int], around: datetime, window: timedelta, limit: int
) -> tuple[Candidate, ...]:
    """See `ArticleStore.candidates`.

    Args:
        keys: Numbers of the keys, each once.
    """
    dialect = connection.dialect.name
    since, until = second_of(around - window), second_of(around + window)
    newest = connection.exec_driver_sql("SELECT MAX(week) FROM signature_keys").scalar()
    if newest is None:
        return ()
    # a new article is of today: nothing has been published in the weeks to come
    weeks = range(week_of(since), min(week_of(until), newest) + 1)
    if not weeks:
        return ()
    at_once = max(1, _LOOKS // len(weeks))
    shared: dict[int, int] = {}
    homes: dict[int, int] = {}
    for start in range(0, len(keys), at_once):
        part = filled(keys[start : start + at_once], at_once)
        # what is counted in several parts must be counted whole
        most = limit * OF_A_STORY if len(keys) <= at_once else None
        look = _shared(len(part), len(weeks), most, mark_of(connection.dialect))
        for article_id, count, story_id in connection.exec_driver_sql(
            look, (since, until, *weeks, *part)
        ).all():
            shared[article_id] = shared.get(article_id, 0) + count
            homes[article_id] = story_id
    best = sorted([(-count, -article_id) for article_id, count in shared.items()])[: limit * OF_A_STORY]
    seen: dict[int, int] = {}
    chosen: list[int] = []
    for _, negative in best:
        home = homes[-negative]
        if seen.get(home, 0) < OF_A_STORY:
            seen[home] = seen.get(home, 0) + 1
            chosen.append(-negative)
            if len(chosen) == limit:
                break
    if not chosen:
        return ()
    told = "SELECT article_id, shingles, facts, terms, published FROM signatures"
    told += f" WHERE article_id {_LISTED[dialect]}"
    rows = connection.exec_driver_sql(told, (_list(dialect, chosen),)).all()
    # read in one go, which is faster than twice an article
    lists = json.loads(f"[{','.join([f'{row[2]},{row[3]}' for row in rows])}]")
    found = {
        row[0]: Candidate(row[0], homes[row[0]], _signature(row[1], lists[2 * n], lists[2 * n + 1], row[4]))
        for n, row in enumerate(rows)
    }
    return tuple(found[article_id] for article_id in chosen if article_id in found)


def _list(dialect: str, ids: list[int]) -> Any:
    return json.dumps(ids) if dialect == "sqlite" else ids


@lru_cache
def _shared(keys: int, weeks: int, most: int | None, mark: str) -> str:
    """The look at so many keys in so many weeks: articles, the looks that found each, its story.

    With `most` those only that most looks found, the newest of equals.

    Parameters: the first and the last second, the weeks, the keys.
    """
    looks = (
        "SELECT article_id FROM (SELECT article_id FROM signature_keys"  # noqa: S608
        f" WHERE week = {mark}{3 + week} AND key = {mark}{3 + weeks + key}"
        f" AND second >= {mark}1 AND second <= {mark}2"
        f" ORDER BY second DESC, article_id DESC LIMIT {PER_KEY}) AS look{week}_{key}"
        for week in range(weeks)
        for key in range(keys)
    )
    counted = f"SELECT article_id, COUNT(*) AS times FROM ({' UNION ALL '.join(looks)}) AS looks"  # noqa: S608
    counted += " GROUP BY article_id"
    if most is not None:
        counted += f" ORDER BY COUNT(*) DESC, article_id DESC LIMIT {most}"
    return (
        f"SELECT found.article_id, found.times, articles.story_id FROM ({counted}) AS found"  # noqa: S608
        " JOIN articles ON articles.id = found.article_id WHERE articles.story_id IS NOT NULL"
    )


def _signature(
    shingles: bytes, facts: list[str], terms: list[str], published: datetime | str | None
) -> Signature:
    """Columns of `signatures`, the times as the drivers give them; keys have done their work."""
    moment: datetime | None
    if isinstance(published, str):  # SQLite
        moment = datetime.fromisoformat(published).replace(tzinfo=UTC)
    else:
        moment = published.astimezone(UTC) if published else None
    return Signature(
        keys=(),
        shingles=unpack_shingles(shingles),
        facts=tuple(facts),
        terms=tuple(terms),
        published=moment,
    )
