"""What a question means: a company, perhaps with a topic or a title, a person, or nothing known.

"LG전자", "066570 30일", "LG전자 AI 2주", "LG전자 인사 어제", "조주완", "LG전자 조주완 사장", "LG전자 사장",
"AI", "주제 AI", "LG그룹 전체".
A company goes before a person, a person before a topic that nobody knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import dropwhile
from typing import Protocol

from bot.handlers.asking import without_whole
from bot.handlers.phrasing import plainer
from bot.handlers.words import LONGEST_QUERY, MOST_NAMES, TOPIC_WORDS, Question, read_question
from briefing.findings import Days, Namesake
from briefing.model import Company, FactKind

# Ways to part a question are tried up to this many words; names are shorter.
MOST_WORDS = 6

Find = Callable[[Sequence[str]], Awaitable[Mapping[str, Company]]]
"""Companies by the name that means them, in one read."""
Called = Callable[[str], Awaitable[Company | None]]


class Known(Protocol):
    """Who and what can be asked about."""

    def today(self) -> date:
        """The day by which "어제" is known."""
        ...

    def topic(self, query: str) -> str | None:
        """Id of the topic people call so."""
        ...

    def covers(self, company: Company) -> Sequence[str]:
        """Canonical names a company stands for: itself, a group its members."""
        ...

    def is_title(self, word: str) -> bool:
        """Whether a word is a post or rank."""
        ...

    def plain_title(self, word: str) -> str:
        """A title without courtesy (사장님: 사장); any other word as it is."""
        ...

    def group_called(self, company: Company) -> Company | None:
        """The group that a company's name may mean as well (LG그룹 for LG), or None."""
        ...

    async def people(self, query: str) -> tuple[Namesake, ...]:
        """Those who go by this name, with or without a title behind it; most often told first."""
        ...


@dataclass(frozen=True, slots=True)
class AboutCompany:
    """A company over some days; with a topic, words on it only; with a kind, news of that kind only."""

    company: Company
    days: Days
    topic: str | None = None
    kind: FactKind | None = None


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """One person, or several who share the name.

    Attributes:
        found: Them.
        elsewhere: The company that was asked for, if none of them is told of there; else None.
    """

    found: tuple[Namesake, ...]
    elsewhere: Company | None = None


@dataclass(frozen=True, slots=True)
class AboutTitle:
    """Who holds a title at a company: `LG전자 사장`."""

    company: Company
    title: str


@dataclass(frozen=True, slots=True)
class AboutTopic:
    """Words on a topic (an id) of whatever company: `AI`, `주제 AI`."""

    topic: str
    days: Days


@dataclass(frozen=True, slots=True)
class NoSuchTopic:
    """A company, and words behind it that name neither topic nor person; None: what was called a topic.

    Attributes:
        typed: All of it: perhaps the name of one company, misspelt.
    """

    company: Company | None
    days: Days
    word: str
    typed: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing goes by this name; a topic, kind or period asked for beside it is kept."""

    name: str
    days: Days
    topic: str | None = None
    kind: FactKind | None = None


Asked = AboutCompany | AboutPerson | AboutTitle | AboutTopic | NoSuchTopic | NotFound


class Companies:
    """The companies that a question may name, read together and each name once.

    Args:
        find: Reads them.
    """

    def __init__(self, find: Find) -> None:
        self._find = find
        self._seen: dict[str, Company | None] = {}

    async def read(self, names: Iterable[str]) -> None:
        """Look up those of the names that have not been looked up."""
        new = tuple(dict.fromkeys(name for name in names if name not in self._seen))
        if new:
            found = await self._find(new)
            self._seen.update((name, found.get(name)) for name in new)

    async def called(self, name: str) -> Company | None:
        """The company that goes by a name, or None."""
        await self.read((name,))
        return self._seen[name]


def names_in(text: str) -> tuple[str, ...]:
    """What may be a company's name in a question: all of it, its beginnings, its words."""
    words = text.split()
    beginnings = range(1, len(words)) if len(words) <= MOST_WORDS else ()
    return (text, *(" ".join(words[:size]) for size in beginnings), *words[:MOST_NAMES])


async def understand(text: str, known: Known, find: Find) -> Asked:
    """What a question means.

    Args:
        text: As typed, naming something besides days and a kind of news.
        known: Topics and people.
        find: Companies by name.
    """
    return await meaning(read_question(text, known.today()), known, Companies(find))


async def meaning(question: Question, known: Known, companies: Companies) -> Asked:
    """What a question means whose days and kind of news are read already; see `understand`.

    What its words alone do not mean it may mean as a sentence: `LG전자의 사장은 누구?`.
    """
    asked = await _literally(question, known, companies)
    if not isinstance(asked, NoSuchTopic | NotFound) or len(question.name) > LONGEST_QUERY:
        return asked
    ways = plainer(question.name, known.is_title)
    for way in ways:
        again = read_question(way, known.today())
        days = again.days if again.days is not None else question.days
        read = replace(again, days=days, kind=again.kind or question.kind)
        if read.name and not isinstance(
            found := await _literally(read, known, companies), NoSuchTopic | NotFound
        ):
            return found
    if isinstance(asked, NotFound) and ways and asked.name == question.name:
        # what is asked back is the name, without what asks
        return replace(asked, name=read_question(ways[0], known.today()).name or asked.name)
    return asked


async def _literally(question: Question, known: Known, companies: Companies) -> Asked:
    name, days, kind = question.name, question.days or Days(), question.kind
    if len(name) > LONGEST_QUERY:
        return NotFound(name, days)
    await companies.read(names_in(name))
    find = _or_whole(known, companies)
    if company := await find(name):
        return AboutCompany(company, days, kind=kind)
    words = [known.plain_title(word) for word in name.split()]
    if words and words[0].lower() in TOPIC_WORDS:
        asked = await _literally(replace(question, name=" ".join(words[1:])), known, companies)
        is_topic = isinstance(asked, AboutTopic) or (isinstance(asked, AboutCompany) and asked.topic)
        return asked if is_topic else NoSuchTopic(None, days, " ".join(words[1:]), name)
    topic, rest = _topic(question, known)
    if topic is not None and (company := await find(rest.name)):
        return AboutCompany(company, rest.days or Days(), topic)
    if len(words) <= MOST_WORDS:
        if (found := await _person(words, known, find)) is not None:
            return found
        if alone := known.topic(name):
            return AboutTopic(alone, days)
        for size in range(len(words) - 1, 0, -1):
            if company := await find(" ".join(words[:size])):
                behind = " ".join(words[size:])
                if all(map(known.is_title, words[size:])):
                    return AboutTitle(company, behind)
                return NoSuchTopic(company, days, behind, name)
    return NotFound(rest.name, rest.days or Days(), topic, kind if topic is None else None)


def _or_whole(known: Known, companies: Companies) -> Called:
    """Finds LG그룹 by `LG그룹 전체` and `LG 전체` too, and LG전자 by `LG전자 전체`."""

    async def found(name: str) -> Company | None:
        if company := await companies.called(name):
            return company
        short = without_whole(name)
        company = await companies.called(short) if short != name else None
        return (known.group_called(company) or company) if company else None

    return found


def _topic(question: Question, known: Known) -> tuple[str | None, Question]:
    """The topic a question ends in and the question before it; the period may stand on either side."""
    words = question.name.split()
    for size in (2, 1):
        if len(words) > size and (topic := known.topic(" ".join(words[-size:]))):
            before = read_question(" ".join(words[:-size]), known.today())
            # a period behind the topic was read already
            return topic, Question(before.name, before.days or question.days)
    return None, question


async def _person(words: Sequence[str], known: Known, find: Called) -> AboutPerson | None:
    """A person by name, or by company and name."""
    if found := await known.people(" ".join(words)):
        return AboutPerson(found)
    for size in range(1, len(words)):
        company = await find(" ".join(words[:size]))
        # LG전자 사장 조주완
        name = dropwhile(known.is_title, words[size:])
        if company is None or not (found := await known.people(" ".join(name))):
            continue
        names = set(known.covers(company))
        there = tuple(one for one in found if names.intersection(one.companies))
        return AboutPerson(there or found, None if there else company)
    return None
