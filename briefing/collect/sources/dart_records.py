"""Rows and blocks of a table as records: what stands under, or behind, each label."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from briefing.collect.sources.dart_documents import Cell, Table
from briefing.collect.sources.dart_names import names_in
from briefing.collect.sources.dart_words import Forms, forms

Record = dict[str, list[str]]
"""Field (see [labels] of disclosures.toml, and `heading`) to the cells that it has."""

# Labels that stand side by side over columns, each with its own.
_SIDES = ("before", "after")


def records_of(table: Table) -> list[Record]:
    """The records of a table, in its order.

    A table has columns where a row of labels stands over rows of values, and pairs where labels stand
    before their values; it may have both, one under the other.
    """
    return _Reading(forms(), table).records


def _is_one_cell(row: tuple[Cell, ...]) -> bool:
    return len(set(map(id, row))) == 1


class _Reading:
    """One table while it is read."""

    def __init__(self, known: Forms, table: Table) -> None:
        self.records: list[Record] = []
        self._known = known
        self._rows = table.rows
        self._heading = table.heading
        at = 0
        while at < len(self._rows):
            row = self._rows[at]
            if _is_one_cell(row) and not known.label(row[0]):
                self._heading = row[0].text
                at += 1
            elif (column := self._column_of("name", row)) is not None and self._is_header(at, column):
                at = self._columns(at, column)
            elif all(self._column_of(side, row) is not None for side in _SIDES):
                at = self._sides(at)
            else:
                self._pairs(row)
                at += 1

    def _column_of(self, field: str, row: Iterable[Cell]) -> int | None:
        return next((at for at, cell in enumerate(row) if self._known.label(cell) == field), None)

    def _below(self, at: int, column: int) -> int:
        """The first row below whose cell in a column is another."""
        cell = self._rows[at][column]
        while at < len(self._rows) and column < len(self._rows[at]) and self._rows[at][column] is cell:
            at += 1
        return at

    def _person(self, at: int, column: int) -> bool:
        """Whether a cell may name persons, or nobody."""
        if at >= len(self._rows) or column >= len(self._rows[at]):
            return False
        cell = self._rows[at][column]
        return not self._known.label(cell) and names_in(cell.text, self._known.naming) is not None

    def _is_header(self, at: int, column: int) -> bool:
        """Whether the label of names stands over names, not before one."""
        return self._person(self._below(at, column), column)

    def _columns(self, at: int, column: int) -> int:
        labels = self._rows[at]
        first = at = self._below(at, column)
        while self._person(at, column) and not self._known.label(self._rows[at][0]):
            if _is_one_cell(self._rows[at]):
                break
            record: Record = {"heading": [self._heading]}
            seen: set[int] = set()
            # the lowest row of labels knows best
            for label, upper, cell in zip(self._rows[first - 1], labels, self._rows[at], strict=False):
                field = self._known.label(label) or self._known.label(upper)
                if not label.text and not record.get("what"):
                    # a column without a label, in front: 선임 | 김가람
                    field = "what"
                if field and id(cell) not in seen:
                    record.setdefault(field, []).append(cell.text)
                seen.add(id(cell))
            self.records.append(record)
            at += 1
        return at

    def _sides(self, at: int) -> int:
        """Labels of both sides over, or before, their lists."""
        row = self._rows[at]
        columns = {side: self._column_of(side, row) or 0 for side in _SIDES}
        below = at + 1
        over = below < len(self._rows) and all(
            column < len(self._rows[below]) and not self._known.label(self._rows[below][column])
            for column in columns.values()
        )
        if abs(columns["after"] - columns["before"]) == 1 and over:
            self.records.append({side: [self._rows[below][at].text] for side, at in columns.items()})
            return below + 1
        self._pairs(row)
        return below

    def _pairs(self, row: Iterable[Cell]) -> None:
        cells = list({id(cell): cell for cell in row}.values())
        for at, cell in enumerate(cells):
            field = self._known.label(cell)
            if not field:
                continue
            values = takewhile(lambda after: not self._known.label(after), cells[at + 1 :])
            value = next((after for after in values if not self._is_post(after, field)), None)
            self._record(field).setdefault(field, []).extend([value.text] if value is not None else [])

    def _is_post(self, cell: Cell, field: str) -> bool:
        """Whether a post stands between a label and its names: 변경전 | 대표이사 | 김가람."""
        return field in _SIDES and self._known.naming.is_title("".join(cell.text.split()))

    def _record(self, field: str) -> Record:
        """The record that a field belongs to: a person's begins with what comes first, name or deed."""
        last = self.records[-1] if self.records else None
        begins = last is None or (
            field in {"name", "what"} and (field in last or not last.keys().isdisjoint(_SIDES))
        )
        if last is None or begins:
            last = {"heading": [self._heading]}
            self.records.append(last)
        return last
