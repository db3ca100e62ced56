"""Reads texts with the real extractor, loaded once for all tests of this folder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from briefing.extract import Extractor, open_extractor
from briefing.extract.activities import find_activities
from briefing.extract.document import Document
from briefing.extract.quotes import find_quotes
from briefing.korean.lexicon import load_lexicon
from briefing.model import Activity, Article, Quote

# Person, company, kind and role of a move.
Told = tuple[str, str | None, str, str | None]

SEOUL = timezone(timedelta(hours=9))


@cache
def extractor() -> Extractor:
    return open_extractor(load_lexicon())


def analysed(text: str, *, day: date | None = date(2024, 5, 12), title: str = "") -> Document:
    published = datetime(day.year, day.month, day.day, 9, tzinfo=SEOUL) if day else None
    return extractor().document(Article(id="t", text=text, title=title, published=published))


def quotes(text: str, *, title: str = "") -> tuple[Quote, ...]:
    return find_quotes(analysed(text, title=title), extractor().lexicon)[0]


def told(text: str, title: str = "", *, day: date = date(2026, 3, 10)) -> set[Told]:
    """The moves that an article of a day tells."""
    published = datetime(day.year, day.month, day.day, tzinfo=UTC)
    article = Article(id="t", text=text, title=title, published=published)
    return {(m.person, m.company, m.kind.value, m.role) for m in extractor().extract(article).moves}


def done(text: str, *, day: date | None = date(2024, 5, 12), title: str = "", what: bool = False) -> set[str]:
    """The activities of a text as `곽선우:event`, with what they are about as `곽선우:event:포럼`."""
    return {
        f"{a.person}:{a.kind.value}" + (f":{a.what}" if what else "")
        for a in activities(text, day=day, title=title)
    }


def activities(text: str, *, day: date | None = date(2024, 5, 12), title: str = "") -> tuple[Activity, ...]:
    return find_activities(analysed(text, day=day, title=title), extractor().lexicon)[0]
