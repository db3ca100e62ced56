"""Queries that must not look at everything there is: /stats and what is dropped, by SQLite's own plan."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Select, event, text
from sqlalchemy.dialects import sqlite

from briefing.model import Period
from briefing.pipeline.tidying import tidy
from briefing.store import open_store, statistics
from briefing.store.tables import metadata
from tests.store.making import DAY, NOW

TODAY = Period(NOW - timedelta(hours=9), NOW + timedelta(hours=15))
# As many rows as there are feeds, or chats.
SMALL = {"feeds", "subscribers"}
# Indexes of what waits only; those are read whole.
PARTIAL = {
    str(index.name)
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
QUERIES = {
    **statistics._queries(TODAY, NOW),
    **{f"outbox {number}": query for number, query in enumerate(statistics._outbox(TODAY))},
}


def looked_through(plan: list[str]) -> list[str]:
    """Steps of a plan that read a large table, or an index of it, from end to end."""
    scans = [step for step in plan if step.startswith("SCAN ") and step.split()[1] not in SMALL]
    return [step for step in scans if step.split()[-1] not in PARTIAL]


@pytest.mark.parametrize("name", QUERIES)
async def test_figures_are_found_by_an_index(tmp_path: Path, name: str) -> None:
    query: Select[tuple[object]] = QUERIES[name]
    compiled = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store, store.news._db.read() as db:
        plan = [row.detail for row in await db.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert plan
    assert looked_through(plan) == []


async def test_names_that_begin_so_are_found_by_an_index(tmp_path: Path) -> None:
    asked: list[tuple[str, object]] = []
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:

        def watch(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
            if statement.startswith("SELECT"):
                asked.append((statement, values))

        engine = store.news._db._engine.sync_engine
        event.listen(engine, "before_cursor_execute", watch)
        await store.news.people_beginning("서지", 9)
        await store.news.companies_beginning("다온", 9)
        event.remove(engine, "before_cursor_execute", watch)
        plans = []
        async with store.news._db.read() as db:
            for statement, values in asked:
                found = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
                plans.append("; ".join(row.detail for row in found))
    persons, companies = plans
    assert persons == "SEARCH people USING COVERING INDEX ix_people_name_published (name>? AND name<?)"
    assert companies.startswith("SEARCH facts USING COVERING INDEX ix_facts_company_")
    assert companies.endswith("(company>? AND company<?)")


async def test_what_is_dropped_is_found_by_an_index(tmp_path: Path) -> None:
    """Marks among the digests of half a year, messages among those that wait."""
    asked: list[tuple[str, object]] = []
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:

        def watch(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
            if statement.startswith("SELECT") and (
                "FROM editions" in statement or "FROM deliveries" in statement
            ):
                asked.append((statement, values))

        engine = store.outbox._db._engine.sync_engine
        event.listen(engine, "before_cursor_execute", watch)
        await tidy(store, NOW + 200 * DAY)
        event.remove(engine, "before_cursor_execute", watch)
        plans = []
        async with store.news._db.read() as db:
            for statement, values in asked:
                found = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
                plans.append("; ".join(row.detail for row in found))
    assert len(plans) == 3
    marks, messages, editions = plans
    assert "ix_editions_marks" in marks
    assert "ix_deliveries_finished_at" in messages
    assert "ix_editions_created_at" in editions
    assert not any("TEMP B-TREE" in plan for plan in plans), plans


async def test_the_newest_facts_of_a_group_are_found_without_sorting_all_of_them(tmp_path: Path) -> None:
    asked: list[tuple[str, object]] = []
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:

        def watch(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
            if "FROM facts" in statement:
                asked.append((statement, values))

        engine = store.news._db._threaded
        assert engine is not None
        event.listen(engine, "before_cursor_execute", watch)
        await store.news.latest_facts_at([f"회사{number}" for number in range(50)], NOW - DAY, 1000)
        event.remove(engine, "before_cursor_execute", watch)
        ((statement, values),) = asked
        async with store.news._db.read() as db:
            found = await db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
            plan = [row.detail for row in found]
    assert sum("ix_facts_company_published (company=? AND published>?)" in step for step in plan) == 50
    # what is left to sort are the facts found
    assert sum("TEMP B-TREE" in step for step in plan) <= 1, plan
