"""Statements that run once an article, told to the driver directly.

SQLAlchemy prepares every execution anew, which takes longer than SQLite needs to run the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Delete, Dialect, Insert, Select, Update

_Process = Callable[[Any], Any]


class Prepared:
    """A statement compiled once a dialect, and run as SQLAlchemy would run it: types, transaction, errors.

    Args:
        statement: Without lists as parameters.
        columns: Of an INSERT or an UPDATE those that are given values, beside what the statement gives them.
    """

    def __init__(
        self, statement: Select[Any] | Insert | Update | Delete, columns: Sequence[str] = ()
    ) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._told: dict[str, _Told] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds, or returns."""
        told = self._for(connection.dialect)
        found = connection.exec_driver_sql(told.text, told.parameters(values)).all()
        return [
            tuple(
                [
                    process(field) if process else field
                    for process, field in zip(told.results, row, strict=True)
                ]
            )
            for row in found
        ]

    def run(self, connection: Connection, *values: Mapping[str, Any]) -> CursorResult[Any]:
        """Run it once for each of the values."""
        told = self._for(connection.dialect)
        given = [told.parameters(each) for each in values]
        return connection.exec_driver_sql(told.text, given if len(given) > 1 else given[0])

    def _for(self, dialect: Dialect) -> _Told:
        told = self._told.get(dialect.name)
        if told is None:
            told = self._told[dialect.name] = _Told(self._statement, self._columns, dialect)
        return told


class _Told:
    """A statement in a database's words, and how values go in and come out."""

    def __init__(
        self, statement: Select[Any] | Insert | Update | Delete, columns: list[str] | None, dialect: Dialect
    ) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
        self.text = str(compiled)
        self._fixed: dict[str, Any] = compiled.construct_params(_check=False)
        self._names: list[tuple[str, _Process | None]] = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        returned = getattr(statement, "exported_columns", ()) or ()
        self.results: list[_Process | None] = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned
        ]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        given = {**self._fixed, **values}
        return tuple([process(given[name]) if process else given[name] for name, process in self._names])
