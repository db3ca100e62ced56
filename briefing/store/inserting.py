"""Inserting rows by the driver's own hand: what an article leaves in five tables at once.

SQLAlchemy prepares every execution anew, which takes longer than SQLite needs to run the statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from briefing.store.driver import Process, binding, mark_of


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows as SQLAlchemy would: the same types, in the same transaction.

    Args:
        rows: Column -> value, all with the same columns; none is fine.
    """
    if not rows:
        return
    names = tuple(rows[0])
    told = _told(table, names, connection.dialect)
    values = [tuple([process(row[name]) for name, process in told.columns]) for row in rows]
    connection.exec_driver_sql(told.text, values if len(values) > 1 else values[0])


class _Told:
    """An INSERT of some columns, and how their values are given to the driver."""

    def __init__(self, table: Table, names: tuple[str, ...], dialect: Dialect) -> None:
        mark = mark_of(dialect)
        marks = ", ".join(f"{mark}{number}" for number in range(1, len(names) + 1))
        self.text = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        self.columns: tuple[tuple[str, Process], ...] = tuple(
            (name, binding(table.c[name], dialect)) for name in names
        )


@lru_cache
def _told(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Told:
    return _Told(table, names, dialect)
