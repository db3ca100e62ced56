"""Answers to what people ask: companies found, briefings and evidence rendered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures import Pictures
from briefing.compose.render import Renderer
from briefing.compose.trend import Theme
from briefing.korean.lexicon import Lexicon
from briefing.model import Company, Part, Subscriber
from briefing.pipeline.publishing import Publisher
from briefing.store import Store

# How many names are offered when a company is not found.
SUGGESTIONS = 3
# A name that was cut to fit a button ends in this.
CUT = "…"


class Answers:
    """Implements `bot.handlers.News` over the publisher and its store.

    Args:
        publisher: Finds stories.
        store: Knows companies that only the news knows.
        lexicon: Knows companies of the built-in list and the register.
        renderer: Turns stories into messages.
    """

    def __init__(self, publisher: Publisher, store: Store, lexicon: Lexicon, renderer: Renderer) -> None:
        self._publisher = publisher
        self._store = store
        self._lexicon = lexicon
        self._renderer = renderer
        self._pictures = Pictures()

    async def find_company(self, query: str) -> Company | None:
        """The company meant: by name, alias or code, else one that stored facts name.

        A query that ends in "…" is the beginning of a name; it finds a company only if exactly
        one begins so.
        """
        return (await self.find_companies((query,))).get(query)

    async def find_companies(self, queries: Sequence[str]) -> dict[str, Company]:
        """Companies by the query that means them, see `find_company`; full names in one read."""
        found: dict[str, Company] = {}
        # query -> names under which stored facts may know it
        news: dict[str, tuple[str, str]] = {}
        for query in dict.fromkeys(queries):
            text = query.strip()
            if text.endswith(CUT):
                if company := await self._by_beginning(text.removesuffix(CUT)):
                    found[query] = company
            elif known := self._lexicon.company(text) if text else None:
                found[query] = known
            elif text:
                news[query] = (text, self._lexicon.canonical(text))
        if news:
            names = [name for pair in news.values() for name in pair]
            named = set(await self._store.news.companies_named(names))
            for query, pair in news.items():
                if stored := next((name for name in pair if name in named), None):
                    found[query] = Company(stored)
        return found

    async def _by_beginning(self, start: str) -> Company | None:
        if not start:
            return None
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
        return self._renderer.brief(await self._publisher.company_brief(company, days))

    async def trend(self, company: Company, theme: Theme) -> Part | None:
        """The picture of a company's last weeks; None if there is nothing to draw."""
        found = await self._publisher.trend(company)
        if not found.total:
            return None
        return self._renderer.trend(found, await self._pictures.trend(found, theme), theme)

    async def digest(self, subscriber: Subscriber) -> tuple[Part, ...]:
        """Messages that a digest would hold now."""
        return await self._publisher.digest(subscriber)

    async def evidence(self, story_ids: Sequence[int]) -> tuple[Part, ...]:
        """Sentences and sources behind stories; nothing if none is stored any more."""
        return self._renderer.evidence(*await self._publisher.stories_by_id(story_ids))

    async def evidence_of(self, company: Company, days: int) -> tuple[Part, ...]:
        """Sentences and sources behind a company's briefing."""
        found = await self._publisher.company_brief(company, days)
        return self._renderer.evidence(*found.stories)
