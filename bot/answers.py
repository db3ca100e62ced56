"""Answers to what people ask: companies found, briefings and evidence rendered."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.compose.render import Renderer
from briefing.korean.lexicon import Lexicon
from briefing.model import Company, Part, Subscriber
from briefing.pipeline import Pipeline
from briefing.store import Store

# How many names are offered when a company is not found.
SUGGESTIONS = 3
# A name that was cut to fit a button ends in this.
CUT = "…"


class Answers:
    """Implements `bot.handlers.News` over the pipeline and its store.

    Args:
        pipeline: Finds stories.
        store: Knows companies that only the news knows.
        lexicon: Knows companies of the built-in list and the register.
        renderer: Turns stories into messages.
    """

    def __init__(self, pipeline: Pipeline, store: Store, lexicon: Lexicon, renderer: Renderer) -> None:
        self._pipeline = pipeline
        self._store = store
        self._lexicon = lexicon
        self._renderer = renderer

    async def find_company(self, query: str) -> Company | None:
        """The company meant: by name, alias or code, else one that stored facts name.

        A query that ends in "…" is the beginning of a name; it finds a company only if exactly
        one begins so.
        """
        query = query.strip()
        if query.endswith(CUT):
            return await self._by_beginning(query.removesuffix(CUT))
        if not query:
            return None
        if known := self._lexicon.company(query):
            return known
        name = self._lexicon.canonical(query)
        named = await self._store.news.companies_named((query, name))
        return Company(named[0]) if named else None

    async def _by_beginning(self, start: str) -> Company | None:
        found = {
            company.name: company for company in self._lexicon.companies if company.name.startswith(start)
        }
        for name in await self._store.news.companies_beginning(start, 2):
            found.setdefault(name, Company(name))
        return next(iter(found.values())) if len(found) == 1 else None

    async def suggest(self, query: str) -> tuple[Company, ...]:
        """Nearest names, best first, at most three."""
        return self._lexicon.suggest(query, SUGGESTIONS)

    async def brief(self, company: Company, days: int) -> tuple[Part, ...]:
        """Messages of a company's briefing over the last `days`."""
        return self._renderer.brief(await self._pipeline.company_brief(company, days))

    async def digest(self, subscriber: Subscriber) -> tuple[Part, ...]:
        """Messages that a digest would hold now."""
        return await self._pipeline.digest(subscriber)

    async def evidence(self, story_ids: Sequence[int]) -> tuple[Part, ...]:
        """Sentences and sources behind stories; nothing if none is stored any more."""
        return self._renderer.evidence(*await self._pipeline.stories_by_id(story_ids))

    async def evidence_of(self, company: Company, days: int) -> tuple[Part, ...]:
        """Sentences and sources behind a company's briefing."""
        found = await self._pipeline.company_brief(company, days)
        return self._renderer.evidence(*found.stories)
