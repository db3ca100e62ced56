"""Marks in `story_companies` of what has to be merged anew (see briefing/store/merged.py)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

from briefing.store.driver import Prepared
from briefing.store.tables import story_companies


def mark_changed(
    connection: Connection, story_id: int, companies: Iterable[str | None], published: datetime
) -> None:
    """Note that an article of a story has added to what it tells of companies, or taken from it.

    Args:
        companies: As indexed; None is passed over.
        published: Of the article.
    """
    rows = [
        {"story": story_id, "company": name, "published": published}
        for name in sorted({name for name in companies if name is not None})
    ]
    if rows:
        _CHANGED[connection.dialect.name].run(connection, *rows)


def _changed(dialect: Any) -> Any:
    known = story_companies.c
    new = dialect.insert(story_companies).values(
        story_id=bindparam("story"),
        company=bindparam("company"),
        first_published=bindparam("published"),
        last_published=bindparam("published"),
        changes=1,
        rules=0,
    )
    new = new.inline()  # nobody asks for its key
    first, last = new.excluded.first_published, new.excluded.last_published
    return new.on_conflict_do_update(
        index_elements=[known.story_id, known.company],
        set_={
            "first_published": case((first < known.first_published, first), else_=known.first_published),
            "last_published": case((last > known.last_published, last), else_=known.last_published),
            "changes": known.changes + 1,
            "rules": 0,
            "merged": None,
        },
    )


_CHANGED = {"sqlite": Prepared(_changed(sqlite)), "postgresql": Prepared(_changed(postgresql))}
