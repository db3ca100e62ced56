"""What questions across stories find, before rendering: people, moves of all companies, announced occasions.

Frozen dataclasses like those of briefing/model.py, whose conventions hold here too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from briefing.model import Company, MergedFact, Period, Person, Source, Story

DEFAULT_DAYS: Final = 7
MOST_DAYS: Final = 365
ALL_COMPANIES: Final = "-"
"""Stands for a company in buttons that are about none in particular."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days that are asked about, of the reader's zone.

    Attributes:
        count: How many, 1–365.
        last: The last of them; None for today, up to this second.
        cut: Whether more were asked for than there are answers about.
    """

    count: int = DEFAULT_DAYS
    last: date | None = None
    cut: bool = field(default=False, compare=False)

    def at_most(self, most: int) -> Days:
        """These days, or the last `most` of them."""
        return self if self.count <= most else replace(self, count=most, cut=True)

    @property
    def args(self) -> tuple[str, ...]:
        """As a button carries them: `("7",)`, `("7", "2026-11-22")`."""
        return (str(self.count),) if self.last is None else (str(self.count), self.last.isoformat())


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that names a person with a title; its source has no sentence."""

    person: Person
    source: Source


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of those who share a name.

    Attributes:
        name: The name.
        companies: Where they are told to work, most often told first; empty if nothing tells.
        told: Number of articles.
    """

    name: str
    companies: tuple[str, ...]
    told: int


@dataclass(frozen=True, slots=True)
class Post:
    """A post a person holds as far as stored articles tell.

    Attributes:
        company: Where, or None.
        titles: Title or titles, most telling first.
        since: The move by which it was taken, or None.
        mention: Without a move, the newest article that gives the title.
    """

    company: str | None
    titles: tuple[str, ...]
    since: MergedFact | None = None
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class TitleBrief:
    """Who holds a title at a company as far as stored articles tell, before rendering.

    Attributes:
        company: Where; a group stands for its members.
        title: As asked.
        held: Those last told of, each with the post that has the title; companies and articles are those
            of the company asked for, or its group's.
        now: When it was asked, UTC.
        more: How many others hold it.
    """

    company: Company
    title: str
    held: tuple[tuple[Namesake, Post], ...]
    now: datetime
    more: int = 0


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """What is known of a person, before rendering.

    Attributes:
        who: Name and companies.
        posts: Held now as far as is told.
        stories: With facts of this person only.
        now: When it was asked, UTC.
    """

    who: Namesake
    posts: tuple[Post, ...]
    stories: tuple[Story, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class MovesBrief:
    """Personnel moves of all companies in a period; stories hold moves only, weightiest first.

    Attributes:
        now: When it was asked, UTC; None: at the end of the period.
    """

    period: Period
    stories: tuple[Story, ...]
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class TopicBrief:
    """Words of all companies' executives on a topic in a period; stories hold such words only.

    Attributes:
        topic: Its id.
        now: When it was asked, UTC.
        reached: Where there were too many words, when the earliest of those looked at was published, UTC.
    """

    topic: str
    period: Period
    stories: tuple[Story, ...]
    now: datetime
    reached: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What companies' executives are announced to do, before rendering.

    Attributes:
        title: Whom it is about, in words.
        today: The reader's day; what ended before is left out.
        stories: With such occasions only.
        now: When it was asked, UTC.
    """

    title: str
    today: date
    stories: tuple[Story, ...]
    now: datetime
