"""What a question means: a company, perhaps with a topic or a title, a person, or nothing known.

"LG전자", "066570 30일", "LG전자 AI 2주", "LG전자 인사 어제", "조주완", "LG전자 조주완 사장", "LG전자 사장",
"AI", "주제 AI", "LG그룹 전체".
A company goes before a person, a person before a topic that nobody knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import dropwhile
from typing import Protocol

from bot.handlers.asking import without_whole
from bot.handlers.words import LONGEST_QUERY, TOPIC_WORDS, Question, read_question
from briefing.findings import Days, Namesake
from briefing.model import Company, FactKind

# Ways to part a question are tried up to this many words; names are shorter.
MOST_WORDS = 6

Find = Callable[[str], Awaitable[Company | None]]


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


async def understand(text: str, known: Known, find: Find) -> Asked:
    """What a question means.

    Args:
        text: As typed, naming something besides days and a kind of news.
        known: Topics and people.
        find: The company that goes by a name, or None.
    """
    return await meaning(read_question(text, known.today()), known, find)


async def meaning(question: Question, known: Known, find: Find) -> Asked:
    """What a question means whose days and kind of news are read already; see `understand`."""
    name, days, kind = question.name, question.days, question.kind
    if len(name) > LONGEST_QUERY:
        return NotFound(name, days)
    find = _or_whole(known, find)
    if company := await find(name):
        return AboutCompany(company, days, kind=kind)
    words = [known.plain_title(word) for word in name.split()]
    if words and words[0].lower() in TOPIC_WORDS:
        asked = await meaning(replace(question, name=" ".join(words[1:])), known, find)
        is_topic = isinstance(asked, AboutTopic) or (isinstance(asked, AboutCompany) and asked.topic)
        return asked if is_topic else NoSuchTopic(None, days, " ".join(words[1:]), name)
    topic, rest = _topic(question, known)
    if topic is not None and (company := await find(rest.name)):
        return AboutCompany(company, rest.days, topic)
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
    return NotFound(rest.name, rest.days, topic, kind if topic is None else None)


def _or_whole(known: Known, find: Find) -> Find:
    """Finds LG그룹 by `LG그룹 전체` and `LG 전체` too, and LG전자 by `LG전자 전체`."""

    async def found(name: str) -> Company | None:
        if company := await find(name):
            return company
        short = without_whole(name)
        company = await find(short) if short != name else None
        return (known.group_called(company) or company) if company else None

    return found


def _topic(question: Question, known: Known) -> tuple[str | None, Question]:
    """The topic a question ends in and the question before it; the period may stand on either side."""
    words = question.name.split()
    for size in (2, 1):
        if len(words) > size and (topic := known.topic(" ".join(words[-size:]))):
            before = read_question(" ".join(words[:-size]), known.today())
            # a period behind the topic was read already
            said = before.days if before.name != " ".join(words[:-size]) else question.days
            return topic, Question(before.name, said)
    return None, question


async def _person(words: Sequence[str], known: Known, find: Find) -> AboutPerson | None:
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
