"""The newest moves of many people, by one look at an index for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection

from briefing.model import Period
from briefing.store.driver import binding, filled, mark_of
from briefing.store.tables import facts

LOOKED_AT = 60
"""Newest facts of a name that are looked through for moves."""

MOST_MOVES = 6
"""Moves of a name at most: outlets repeat one, and only the newest ranks are asked for."""

_LOOKS = 400  # of one statement; a compound SELECT of SQLite has 500 terms at most


def newest_moves(connection: Connection, names: Sequence[str], period: Period) -> list[int]:
    """Keys of the newest moves of each name whose article was published in a period.

    Args:
        connection: Reads.
        names: As the index keeps them, each once.
        period: UTC, half-open.
    """
    dialect = connection.dialect
    bound = binding(facts.c.published, dialect)
    times = bound(period.since), bound(period.until)
    found: list[int] = []
    for start in range(0, len(names), _LOOKS):
        part = filled(names[start : start + _LOOKS], _LOOKS)
        look = _looks(len(part), mark_of(dialect))
        found += [row[0] for row in connection.exec_driver_sql(look, (*times, *part)).all()]
    return found


@lru_cache
def _looks(names: int, mark: str) -> str:
    """The look at so many names. Parameters: first and last moment, then the names."""
    return " UNION ALL ".join(
        f"SELECT id FROM (SELECT id FROM (SELECT id, kind, published FROM facts"  # noqa: S608
        f" WHERE person = {mark}{3 + name} AND published >= {mark}1 AND published < {mark}2"
        f" ORDER BY published DESC LIMIT {LOOKED_AT}) AS told{name} WHERE kind = 'move'"
        f" ORDER BY published DESC LIMIT {MOST_MOVES}) AS look{name}"
        for name in range(names)
    )
