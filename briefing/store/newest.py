"""The newest moves of many people, by one look at an index for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection

from briefing.model import Period
from briefing.store.tables import facts

LOOKED_AT = 60
"""Newest facts of a name that are looked through for moves."""

MOST_MOVES = 6
"""Moves of a name at most: outlets repeat one, and only the newest ranks are asked for."""

_LOOKS = 400  # of one statement; a compound SELECT of SQLite has 500 terms at most
_STEP = 16  # names are filled up to a multiple of it: few different texts, which databases know again


def newest_moves(connection: Connection, names: Sequence[str], period: Period) -> list[int]:
    """Keys of the newest moves of each name whose article was published in a period.

    Args:
        connection: Reads.
        names: As the index keeps them, each once.
        period: UTC, half-open.
    """
    dialect = connection.dialect
    bound = facts.c.published.type.dialect_impl(dialect).bind_processor(dialect)
    times = [bound(when) if bound else when for when in (period.since, period.until)]
    found: list[int] = []
    for start in range(0, len(names), _LOOKS):
        part = names[start : start + _LOOKS]
        size = -(-len(part) // _STEP) * _STEP
        # NULL finds nothing
        filled = (*times, *part, *(None for _ in range(size - len(part))))
        look = _looks(size, "?" if dialect.name == "sqlite" else "$")
        found += [row[0] for row in connection.exec_driver_sql(look, filled).all()]
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
