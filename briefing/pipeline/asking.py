"""What a subscriber follows as questions to the database, and the facts that answer them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from briefing.model import Period, Quote, StoredFact, person_of
from briefing.stories.facts import norm
from briefing.subscribers import Subscriber


class Kind(StrEnum):
    """Kinds of subscriptions."""

    # they stand in millions of keys, and Enum hashes in Python
    __hash__ = str.__hash__

    COMPANY = "company"
    PERSON = "person"
    TOPIC = "topic"


class Ask(NamedTuple):
    """One thing followed. A tuple, which is hashed and compared in C.

    Attributes:
        kind: What it is.
        name: Canonical name of a company, name of a person, id of a topic.
        within: Of people and topics: companies they are restricted to; none for no restriction.
    """

    kind: Kind
    name: str
    within: tuple[str, ...] = ()


Placed = tuple[int, StoredFact]


class News(Protocol):
    """Where facts are read from; `briefing.store` has them."""

    async def facts(
        self, companies: Sequence[str] | None, period: Period, *, by_read_time: bool = False
    ) -> tuple[StoredFact, ...]:
        """Facts of these companies (None: all)."""
        ...

    async def facts_of(self, persons: Sequence[str], period: Period) -> tuple[StoredFact, ...]:
        """Facts of everyone who bears one of these names, read in a period."""
        ...

    async def quotes(self, period: Period) -> tuple[StoredFact, ...]:
        """All quotations read in a period."""
        ...


def companies_in(subscribers: Iterable[Subscriber]) -> set[str]:
    """Names of companies and groups in whatever these subscribers follow."""
    return {
        name
        for one in subscribers
        for name in (
            *one.companies,
            *(person.company for person in one.persons),
            *(topic.company for topic in one.topics),
        )
        if name is not None
    }


def asks_of(one: Subscriber, covers: Mapping[str, Sequence[str]]) -> tuple[Ask, ...]:
    """What a subscriber follows, groups taken apart into their companies.

    Args:
        covers: Group -> canonical names of the companies it stands for.
    """

    def within(company: str | None) -> tuple[str, ...]:
        return () if company is None else tuple(sorted({company, *covers.get(company, ())}))

    companies = [_company(name) for asked in one.companies for name in covers.get(asked, (asked,))]
    asks = (
        *companies,
        *(Ask(Kind.PERSON, person.name, within(person.company)) for person in one.persons),
        *(Ask(Kind.TOPIC, topic.topic, within(topic.company)) for topic in one.topics),
    )
    return tuple(dict.fromkeys(asks))


@lru_cache(maxsize=8192)
def _company(name: str) -> Ask:
    return Ask(Kind.COMPANY, name)


async def read_asked(news: News, asks: Collection[Ask], period: Period) -> dict[Ask, tuple[Placed, ...]]:
    """Facts read in a period, by what asks for them; one query a kind, earliest published first.

    Each stands with its place in the order of the store, which also orders the facts of one article.
    """
    by_kind: dict[Kind, list[Ask]] = defaultdict(list)
    for ask in sorted(asks):
        by_kind[ask.kind].append(ask)
    found: dict[Ask, tuple[Placed, ...]] = {}
    if companies := by_kind[Kind.COMPANY]:
        told = await news.facts([ask.name for ask in companies], period, by_read_time=True)
        of_company = _grouped(told, lambda fact: fact.fact.company or "")
        found |= {ask: tuple(of_company.get(ask.name, ())) for ask in companies}
    if persons := by_kind[Kind.PERSON]:
        told = await news.facts_of(sorted({ask.name for ask in persons}), period)
        of_person = _grouped(told, lambda fact: norm(person_of(fact.fact) or ""))
        found |= {ask: _within(ask, of_person.get(norm(ask.name), ())) for ask in persons}
    if topics := by_kind[Kind.TOPIC]:
        told = await news.quotes(period)
        for ask in topics:
            on_it = (
                (place, one)
                for place, one in enumerate(told)
                if isinstance(one.fact, Quote) and ask.name in one.fact.topics
            )
            found[ask] = _within(ask, on_it)
    return found


def companies_of(asks: Iterable[Ask], told: Iterable[StoredFact]) -> tuple[str, ...]:
    """Companies a reader of these cares for: those followed, and those of people and topics followed."""
    asked = list(asks)
    names = dict.fromkeys(ask.name for ask in asked if ask.kind is Kind.COMPANY)
    if len(names) < len(asked):
        names |= dict.fromkeys(fact.fact.company for fact in told if fact.fact.company)
    return tuple(names)


def _grouped(told: Iterable[StoredFact], key: Callable[[StoredFact], str]) -> dict[str, list[Placed]]:
    groups: dict[str, list[Placed]] = defaultdict(list)
    for place, fact in enumerate(told):
        groups[key(fact)].append((place, fact))
    return groups


def _within(ask: Ask, told: Iterable[Placed]) -> tuple[Placed, ...]:
    return tuple(one for one in told if not ask.within or one[1].fact.company in ask.within)
