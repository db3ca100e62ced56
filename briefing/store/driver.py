"""Statements that run once an article, and how values are told to the driver directly.

SQLAlchemy prepares every execution anew, which takes longer than SQLite needs to run the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, CursorResult, Delete, Dialect, Insert, Select, Update

Process = Callable[[Any], Any]
"""A value as Python has it -> as the driver takes it, or the way back."""

_STEP = 16  # see `filled`


def mark_of(dialect: Dialect) -> str:
    """What stands before the number of a parameter in SQL."""
    return "?" if dialect.name == "sqlite" else "$"


def binding(column: Column[Any], dialect: Dialect) -> Process:
    """How the values of a column are given to the driver."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def filled(values: Sequence[Any], most: int) -> tuple[Any, ...]:
    """The values, with NULLs up to one of few lengths: few different texts, which databases know again.

    Args:
        values: Are looked for; NULL finds nothing.
        most: Length that is not exceeded, at least that of the values.
    """
    size = min(-(-len(values) // _STEP) * _STEP, most)
    return (*values, *(None for _ in range(size - len(values))))


def _as_it_is(value: Any) -> Any:
    return value


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
        self._names: list[tuple[str, Process | None]] = [
            (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in compiled.positiontup
        ]
        returned = getattr(statement, "exported_columns", ()) or ()
        self.results: list[Process | None] = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned
        ]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        given = {**self._fixed, **values}
        return tuple([process(given[name]) if process else given[name] for name, process in self._names])
