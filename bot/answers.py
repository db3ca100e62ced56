"""Answers to what people ask: companies found, briefings and evidence rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache

from bot.pictures import Pictures
from briefing.compose.render import Renderer
from briefing.compose.texts import text
from briefing.compose.translation import topics
from briefing.compose.trend import Theme
from briefing.findings import Days, Namesake
from briefing.korean.lexicon import Lexicon, nearest_names, words
from briefing.model import Company, FactKind, Part, Period, Quote
from briefing.pipeline.lookups import Lookups
from briefing.pipeline.publishing import Publisher
from briefing.store import Store
from briefing.subscribers import Subscriber

# How many names are offered when a company is not found.
SUGGESTIONS = 3
# With one letter every second name would begin so.
FEWEST_OF_A_BEGINNING = 2
# Companies offered to begin with: how far back news counts, how long the list holds, how many are looked at.
POPULAR_PERIOD = timedelta(days=7)
POPULAR_FOR = timedelta(minutes=10)
MOST_POPULAR = 60
# Letters of a name that near ones are looked for, and how many names are compared.
FEWEST_LETTERS, MOST_LETTERS = 3, 4
FEW_NAMES, MANY_NAMES = 200, 1000
# Letters of a post that may end a longer one: 본부장 in 영업본부장.
LEAST_OF_A_POST = 3
# Days of words on a topic, of all companies; every one of them is read.
MOST_TOPIC_DAYS = 31
# A name that was cut to fit a button ends in this.
CUT = "…"


class Answers:
    """Implements `bot.handlers.News` over the publisher and its store.

    Args:
        publisher: Finds stories.
        lookups: Finds people, moves and announced occasions.
        store: Knows companies that only the news knows.
        lexicon: Knows companies of the built-in list and the register.
        renderer: Turns stories into messages.
    """

    def __init__(
        self, publisher: Publisher, lookups: Lookups, store: Store, lexicon: Lexicon, renderer: Renderer
    ) -> None:
        self._publisher = publisher
        self._lookups = lookups
        self._store = store
        self._lexicon = lexicon
        self._renderer = renderer
        self._pictures = Pictures()
        self._popular: tuple[datetime, tuple[str, ...]] | None = None

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
            elif known := self._lexicon.asked(text) if text else None:
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

    async def popular(self) -> tuple[str, ...]:
        """Companies to begin with: well-known ones in the news first; looked up every few minutes."""
        now = self._publisher.now()
        if self._popular is None or now - self._popular[0] > POPULAR_FOR:
            told = await self._store.news.most_told(Period(now - POPULAR_PERIOD, now), MOST_POPULAR)
            known = [company.name for company in self._lexicon.popular]
            news = [name for name in told if name in known] or list(told)
            self._popular = (now, tuple(dict.fromkeys((*news, *known))))
        return self._popular[1]

    async def companies_starting(self, start: str, most: int) -> tuple[Company, ...]:
        """Companies whose name or alias begins so, well-known ones first, groups last, short before long."""
        told = [Company(name) for name in await self._store.news.companies_beginning(start, most)]
        return self._known_starting(start, told)[:most]

    def _known_starting(self, start: str, more: Iterable[Company] = ()) -> tuple[Company, ...]:
        """The same of those that the news need not be asked for, and of more, in that order."""
        key, english = start.casefold(), self._lexicon.english
        known = {company.name: place for place, company in enumerate(self._lexicon.popular)}
        found = {
            company.name: company
            for company in self._lexicon.companies
            if any(
                name.casefold().startswith(key)
                for name in (company.name, *company.aliases, *english.get(company.name, ()))
            )
        }
        for company in more:
            found.setdefault(company.name, company)

        def rank(company: Company) -> tuple[int, bool, int, str]:
            return known.get(company.name, len(known)), company.is_group, len(company.name), company.name

        return tuple(sorted(found.values(), key=rank))

    async def people_starting(self, start: str, most: int) -> tuple[Namesake, ...]:
        """People whose name begins so, in alphabetical order."""
        found: list[Namesake] = []
        for name in await self._store.news.people_beginning(start, most):
            found += await self._lookups.namesakes(name)
        return tuple(found[:most])

    async def suggest(self, query: str) -> tuple[Company, ...]:
        """Nearest names, then those that begin so (하나), at most three."""
        found = {company.name: company for company in self._lexicon.suggest(query, SUGGESTIONS)}
        start = " ".join(query.split())
        if len(found) < SUGGESTIONS and len(start) >= FEWEST_OF_A_BEGINNING:
            for company in self._known_starting(start):
                found.setdefault(company.name, company)
        return tuple(found.values())[:SUGGESTIONS]

    async def suggest_people(self, query: str) -> tuple[str, ...]:
        """People whose name differs by a sign or two, nearest first, at most three."""
        name = "".join(query.split())
        if not FEWEST_LETTERS <= len(name) <= MOST_LETTERS:
            return ()
        near: tuple[str, ...] = ()
        # the family name is seldom misspelt; with one letter more there are few to compare
        for start, most in ((name[:2], FEW_NAMES), (name[:1], MANY_NAMES)):
            told = await self._store.news.people_beginning(start, most)
            near = tuple(dict.fromkeys((*near, *nearest_names(name, told, SUGGESTIONS))))
        return near[:SUGGESTIONS]

    @property
    def topics(self) -> Mapping[str, str]:
        """Topic id -> label."""
        return topics(self._lexicon.topics)

    def today(self) -> date:
        """The day it is where briefings are told."""
        return self._publisher.now().astimezone(self._renderer.zone).date()

    def topic(self, query: str) -> str | None:
        """Id of the topic people call so."""
        return self._lexicon.topic(query)

    def group_called(self, company: Company) -> Company | None:
        """The group that a company's name may mean as well."""
        return self._lexicon.group_called(company)

    def covers(self, company: Company) -> tuple[str, ...]:
        """Canonical names a company stands for."""
        return self._lexicon.members(company)

    async def people(self, query: str) -> tuple[Namesake, ...]:
        """Those who go by this name; a title behind it and spaces inside a Korean name do no harm.

        A query that ends in "…" is the beginning of a name; it finds somebody only if exactly one
        name begins so.
        """
        words_ = query.split()
        if not words_:
            return ()
        if query.endswith(CUT):
            names = await self._store.news.people_beginning(query.removesuffix(CUT), 2)
            return await self._lookups.namesakes(names[0]) if len(names) == 1 else ()
        ways = [" ".join(words_), "".join(words_)]
        if len(words_) > 1 and words_[-1] in _titles():
            ways += [" ".join(words_[:-1]), "".join(words_[:-1])]
        known = await self._store.news.people_named(tuple(dict.fromkeys(ways)))
        return await self._lookups.namesakes(known[0]) if known else ()

    def is_title(self, word: str) -> bool:
        """Whether a word is a post or rank: 사장, CEO, 영업본부장."""
        titles = _titles()
        longer = (word[start:] for start in range(1, len(word) - LEAST_OF_A_POST + 1))
        return word.upper() in titles or any(end in titles for end in longer)

    def plain_title(self, word: str) -> str:
        """A title without courtesy: 사장 for 사장님; any other word as it is."""
        for courtesy in words("titles.toml", "courtesy", "behind"):
            if word.endswith(courtesy) and self.is_title(short := word.removesuffix(courtesy)):
                return short
        return word

    async def holders(self, company: Company, title: str) -> tuple[Part, ...]:
        """Messages about who holds a title at a company."""
        return self._renderer.holders(await self._lookups.holders(company, title))

    async def on_topic(self, topic: str, days: Days) -> tuple[Part, ...]:
        """Messages about words on a topic, of whatever company, over a month at most."""
        days = days.at_most(MOST_TOPIC_DAYS)
        period = self._lookups.days(days, self._renderer.zone)
        return self._renderer.topic(await self._lookups.topic(topic, period), cut=days.cut)

    async def person(self, who: Namesake) -> tuple[Part, ...]:
        """Messages about a person."""
        return self._renderer.person(await self._lookups.person(who))

    def namesakes(self, found: Sequence[Namesake]) -> Part:
        """Asks which of several people of one name is meant."""
        return self._renderer.namesakes(found)

    async def moves(self, days: Days, *, everything: bool = False) -> tuple[Part, ...]:
        """Messages about the moves of all companies, from midnight on."""
        period = self._lookups.days(days, self._renderer.zone)
        return self._renderer.moves(await self._lookups.moves(period), everything=everything, cut=days.cut)

    async def agenda(self, companies: Sequence[Company]) -> tuple[Part, ...]:
        """A list of announced occasions and a calendar file."""
        several = len(companies) > 1 or any(company.is_group for company in companies)
        title = companies[0].name if len(companies) == 1 else text("followed.companies", count=len(companies))
        found = await self._lookups.agenda(companies, title, self._renderer.zone)
        return self._renderer.agenda(found, show_company=several)

    async def names(self, story_ids: Sequence[int]) -> tuple[Part, ...]:
        """Everybody of folded lists; nothing if there are none."""
        return self._renderer.names(*await self._publisher.stories_by_id(story_ids))

    async def digest_all(self, subscriber: Subscriber, period: Period) -> tuple[Part, ...]:
        """All stories of a digest."""
        return await self._publisher.digest_all(subscriber, period)

    async def brief(
        self,
        company: Company,
        days: Days,
        topic: str | None = None,
        *,
        kind: FactKind | None = None,
        everything: bool = False,
    ) -> tuple[Part, ...]:
        """Messages of a company's briefing over some days."""
        found = await self._publisher.company_brief(company, days)
        asked = replace(found, topic=topic, kind=kind)
        return self._renderer.brief(asked, everything=everything, cut=days.cut)

    async def topics_told(self, company: Company, days: Days) -> frozenset[str]:
        """Ids of topics on which a company's briefing has words."""
        found = await self._publisher.company_brief(company, days)
        facts = (merged.fact for story in found.stories for merged in story.facts)
        return frozenset(topic for fact in facts if isinstance(fact, Quote) for topic in fact.topics)

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

    async def evidence_of(self, company: Company, days: Days) -> tuple[Part, ...]:
        """Sentences and sources behind a company's briefing."""
        found = await self._publisher.company_brief(company, days)
        return self._renderer.evidence(*found.stories)


@cache
def _titles() -> frozenset[str]:
    return frozenset((*words("titles.toml", "executive", "words"), *words("titles.toml", "staff", "words")))
