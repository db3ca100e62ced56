"""Answers across stories, from stored facts: a person, the moves of a period, announced occasions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.findings import (
    Agenda,
    Days,
    Mention,
    MovesBrief,
    Namesake,
    PersonBrief,
    Post,
    TitleBrief,
    TopicBrief,
)
from briefing.korean.lexicon import Lexicon
from briefing.model import Activity, Company, MergedFact, Move, Period, StoredFact, Story, person_of
from briefing.pipeline.publishing import Publisher, period_of
from briefing.store import Store
from briefing.stories.facts import norm
from briefing.stories.merging import cluster, merge_again
from briefing.stories.persons import bears, by_person, facts_of, namesakes, posts_held

# The newest facts and titles of a name that are looked at; a screen shows a few of them.
FACTS_OF_A_NAME = 1000
TITLES_OF_A_NAME = 500
# Who was told of within this is asked for by title.
TITLED_WITHIN = timedelta(days=365)
# People shown who hold a title.
MOST_HOLDERS = 12
# Newest titles looked at of each who may hold one, at each company.
TITLES_OF_A_HOLDER = 20
# A season's day of moves: the largest groups announce some hundreds of people.
MOST_MOVES = 4000
# Of a topic in a month; a screen shows a dozen people's.
MOST_WORDS = 1000
# What is announced further ahead than this is told again in between.
ANNOUNCED_WITHIN = timedelta(days=180)
# An occasion without a date is no longer ahead after this.
UNDATED_WITHIN = timedelta(days=14)


class Lookups:
    """Finds people, moves and announced occasions.

    Args:
        store: The open database.
        lexicon: Companies and groups.
        publisher: Makes stories of facts.
        clock: Tells the time, aware UTC.
    """

    def __init__(
        self, store: Store, lexicon: Lexicon, publisher: Publisher, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._lexicon = lexicon
        self._publisher = publisher
        self._clock = clock

    async def namesakes(self, name: str) -> tuple[Namesake, ...]:
        """Those who share a name, most often told first; nothing if no article knows the name."""
        facts, mentions = await self._of_name(name)
        return namesakes(name, facts, mentions, self._group_of)

    async def person(self, who: Namesake) -> PersonBrief:
        """What is known of one of `namesakes`."""
        facts, mentions = await self._of_name(who.name)
        alone = len(namesakes(who.name, facts, mentions, self._group_of)) == 1
        stories = await self._publisher.stories_of(facts_of(who, facts, alone=alone), None)
        own = [one for one in mentions if one.person.company in who.companies]
        return PersonBrief(who, posts_held(stories, own), stories, self._clock())

    async def holders(self, company: Company, title: str) -> TitleBrief:
        """Who holds a title at a company and was told of within a year, last told first.

        Args:
            company: A group stands for its members.
            title: 사장, CEO, 영업본부장; several words are all borne.
        """
        houses = self._lexicon.members(company)
        told = await self._store.news.latest_facts_at(houses, self._clock() - TITLED_WITHIN, FACTS_OF_A_NAME)
        borne: dict[str, set[str | None]] = {}
        where: dict[str, Counter[str]] = defaultdict(Counter)
        articles: dict[str, set[int]] = defaultdict(set)
        for item in reversed(told):
            fact = item.fact
            if (name := person_of(fact)) is not None and fact.company is not None:
                borne.setdefault(name, set()).add(fact.role if isinstance(fact, Move) else fact.title)
                where[name][fact.company] += 1
                articles[name].add(item.source.article_id)
        for person in await self._store.news.titles_at(tuple(borne), houses):
            borne[person.name].add(person.title)
        names = [name for name, titles in borne.items() if bears(titles, title)]
        posts = await self._posts_at(names, houses)
        held: list[tuple[Namesake, Post]] = []
        for name in names:
            # 사장 and CEO may be told as two posts
            if bears([one for post in posts[name] for one in post.titles], title):
                own = next((post for post in posts[name] if bears(post.titles, title)), posts[name][0])
                companies = tuple(company for company, _ in where[name].most_common())
                held.append((Namesake(name, companies, len(articles[name])), own))
        shown = tuple(held[:MOST_HOLDERS])
        return TitleBrief(company, title, shown, self._clock(), more=len(held) - len(shown))

    async def _posts_at(self, names: Sequence[str], houses: Sequence[str]) -> dict[str, tuple[Post, ...]]:
        """The posts that people of these names hold at these companies, which are one or of one group.

        So people of one name at them are one person. Few reads, however many people.
        """
        if not names:
            return {}
        news = self._store.news
        moves = await news.moves_at(names, houses, MOST_MOVES)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for one in await news.mentions_at(names, houses, TITLES_OF_A_HOLDER):
            mentions[one.person.name].append(one)
        own = by_person(await self._publisher.stories_of(moves, None))
        return {name: posts_held(own.get(norm(name), ()), mentions[name]) for name in names}

    async def _of_name(self, name: str) -> tuple[tuple[StoredFact, ...], tuple[Mention, ...]]:
        news = self._store.news
        return (
            await news.latest_facts_of(name, FACTS_OF_A_NAME),
            await news.mentions(name, TITLES_OF_A_NAME),
        )

    def _group_of(self, company: str) -> str | None:
        known = self._lexicon.company(company)
        return (known.name if known.is_group else known.group) if known else None

    def days(self, days: Days, zone: ZoneInfo) -> Period:
        """The period that some days of a zone are."""
        return period_of(days, self._clock(), zone)

    async def moves(self, period: Period) -> MovesBrief:
        """Personnel moves of all companies published in a period."""
        told = await self._store.news.moves(period, MOST_MOVES)
        return MovesBrief(period, await self._publisher.stories_of(told, None), self._clock())

    async def topic(self, topic: str, period: Period) -> TopicBrief:
        """Words on a topic (an id) published in a period, of whatever company."""
        told, reached = await self._store.news.words_on(topic, period, MOST_WORDS)
        stories = await self._publisher.stories_of(told, None)
        return TopicBrief(topic, period, stories, self._clock(), reached)

    async def agenda(self, companies: Sequence[Company], title: str, zone: ZoneInfo) -> Agenda:
        """What executives of these companies are announced to do from today on.

        Args:
            companies: A group stands for its members.
            title: Whom it is about, in words.
            zone: Where today is today.
        """
        now = self._clock()
        today = now.astimezone(zone).date()
        names = {name: None for company in companies for name in self._lexicon.members(company)}
        told = await self._store.news.activities(tuple(names), now - ANNOUNCED_WITHIN)

        def ahead(merged: MergedFact) -> bool:
            fact = merged.fact
            if not isinstance(fact, Activity):
                return False
            if fact.when is None:
                return fact.planned and merged.sources[-1].published >= now - UNDATED_WITHIN
            return (fact.until or fact.when) >= today and (fact.planned or fact.when > today)

        stories = await self._publisher.stories_of(told, tuple(names), ahead)
        return Agenda(title, today, _each_once(stories), now)


def _each_once(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories with each occasion in the one that told it first, however long ago that was.

    What is announced far ahead is told again weeks later; a briefing of a few days need not see that.
    """
    order = sorted(stories, key=lambda story: (story.first_published, story.id))
    tellings = [(story.id, merged) for story in order for merged in story.facts]
    kept: dict[int, list[MergedFact]] = {}
    for same in cluster(tellings, lambda pair: pair[1].fact):
        home, merged = same[0]
        kept.setdefault(home, []).append(
            merged if len(same) == 1 else merge_again([found for _, found in same])
        )
    return tuple(replace(story, facts=tuple(kept[story.id])) for story in stories if story.id in kept)
