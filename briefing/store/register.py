"""The imported company register."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from briefing.model import Company
from briefing.store.engine import Database
from briefing.store.tables import companies


class RegisterStore:
    """The register as it was last imported."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def replace(self, register: Iterable[Company]) -> int:
        """Put these companies in place of all stored ones, in one transaction; their number."""
        rows = [
            {
                "position": position,
                "name": company.name,
                "code": company.code,
                "market": company.market,
                "aliases": list(company.aliases),
                "group_name": company.group,
                "representatives": list(company.representatives),
                "is_group": company.is_group,
            }
            for position, company in enumerate(register)
        ]
        async with self._db.write() as connection:
            await connection.execute(delete(companies))
            if rows:
                await connection.execute(insert(companies), rows)
        return len(rows)

    async def companies(self) -> tuple[Company, ...]:
        """All of them, in the order of the import."""
        async with self._db.read() as connection:
            rows = await connection.execute(select(companies).order_by(companies.c.position))
            return tuple(
                Company(
                    name=row.name,
                    code=row.code,
                    market=row.market,
                    aliases=tuple(row.aliases),
                    group=row.group_name,
                    representatives=tuple(row.representatives),
                    is_group=row.is_group,
                )
                for row in rows
            )
