"""By which titles a story knows its people: at which house, the newest rank only, nobody by two of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from briefing.compose.wording import label, plain, post_label, short_title, wording
from briefing.model import Fact, Move, MoveKind, MoveStatus, Person, Story, person_of

SEOUL: Final = ZoneInfo("Asia/Seoul")
_PARTS = re.compile(r"[\s()（）·,/]+")
_FORMER = re.compile(r"(?:전|前|옛)\s")
_HEAD = re.compile(r"(?:각자|공동|신임)?(?:대표이사|대표|CEO)")
_UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})


@dataclass(frozen=True, slots=True)
class _Told:
    title: str
    company: str | None
    count: int
    newest: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A rank that somebody has got by a settled move.

    Attributes:
        rank: The rank.
        company: Where, without spaces and marks.
        told: When the move was last told, UTC.
        when: Day from which it holds, or None.
    """

    rank: str
    company: str
    told: datetime
    when: date | None


def rises_of(stories: Iterable[Story]) -> Mapping[str, tuple[Rise, ...]]:
    """Ranks got by the moves of stories, by name, earliest told first."""
    found: dict[str, list[Rise]] = defaultdict(list)
    for story in stories:
        moves = [
            *((merged.fact, merged.sources[0].published) for merged in story.facts),
            *((item.fact, item.source.published) for item in story.risen),
        ]
        for fact, told in moves:
            if isinstance(fact, Move) and fact.kind in _UP and fact.status is MoveStatus.DONE:
                rank = next((part for part in _parts(fact.role or "")[::-1] if part in wording().ranks), "")
                if rank:
                    found[fact.person].append(Rise(rank, plain(fact.company), told, fact.when))
    return {name: tuple(sorted(rises, key=lambda rise: rise.told)) for name, rises in found.items()}


class Titles:
    """The titles of a story's people.

    Args:
        story: Whose articles tell them.
        rises: Ranks got by moves that other stories tell, too; None: those that this one knows.
    """

    def __init__(self, story: Story, rises: Mapping[str, Sequence[Rise]] | None = None) -> None:
        self._rises = rises_of((story,)) if rises is None else rises
        told: dict[str, list[tuple[str | None, str]]] = defaultdict(list)
        for person in story.people:
            if person.title:
                told[person.name].append((person.company, person.title))
        dated = [(merged.sources[-1].published, merged.fact) for merged in story.facts]
        for _, fact in sorted(dated, key=lambda pair: pair[0]):
            if not isinstance(fact, Move) and fact.title and (name := person_of(fact)):
                told[name].append((fact.company, fact.title))
        self._pairs = told
        # counted when they are asked for: most of a story's people are in no line of a briefing
        self._counts: dict[str, tuple[_Told, ...]] = {}
        self._taken = _roles(m.fact for m in story.facts)

    def now(self, name: str, company: str | None = None, at: datetime | None = None) -> tuple[str, ...]:
        """Titles of a person at a house (None: where they are told of most), most often told first.

        Of several ranks the newest stays: the one that a move of the story gives, else the one told last.
        With `at` (UTC), a rank got before it takes the place of one that articles go on to tell.
        """
        own = self._at(name, company)
        current = [one for one in own if not _FORMER.match(one.title)] or own
        risen = self._risen(name, company, at) if at is not None else ""
        newest = _newest_rank(current, (risen,) if risen else self._taken.get(name, ()))
        titles = tuple(one.title for one in newest)
        old = {rank for title in titles if (rank := rank_of(title))}
        # who is called by a higher one has risen again
        if risen and old and max(map(_step, old)) < _step(risen):
            return (*(title for title in titles if not rank_of(title)), risen)
        return titles

    def _risen(self, name: str, company: str | None, at: datetime) -> str:
        """The rank that somebody has got at a house by a day, as far as moves tell; "" for none."""
        day = at.astimezone(SEOUL).date()
        house = plain(company)
        got = [
            rise
            for rise in self._rises.get(name, ())
            if rise.told <= at and (rise.when is None or rise.when <= day) and rise.company in {"", house}
        ]
        return got[-1].rank if got else ""

    def before(self, name: str, company: str | None, taken: Collection[str]) -> tuple[str, ...]:
        """Titles that a person held at a house before they took posts there, most often told first."""
        gained = {part for role in taken for part in _parts(role)}
        held = [left for one in self._at(name, company) if (left := _without(one.title, taken))]
        ranks = {rank for title in held if (rank := rank_of(title))}
        if len(ranks) > 1:
            held = [title for title in held if rank_of(title) not in gained] or held
        return tuple(dict.fromkeys(held))

    def elsewhere(self, name: str, company: str | None) -> str:
        """`노을화학 부사장`: house and title of a person known at another house only; "" for nobody."""
        told = self._of(name)
        if company is None or not told or self._at(name, company):
            return ""
        house = max(told, key=lambda one: one.count).company
        there = self.now(name, house)
        return f"{house} {post_label(there)}" if house and there else ""

    def companion(self, name: str, company: str | None, at: datetime | None = None) -> str:
        """`윤서라 부사장`, or `노을화학 윤서라 부사장` for somebody who came along from another house."""
        told = self._of(name)
        if company is None or not told or self._at(name, company):
            return label(name, self.now(name, company, at))
        house = max(told, key=lambda one: one.count).company or ""
        there = self.now(name, house)
        said = not house or any(house in title for title in there)
        return label(name if said else f"{house} {name}", there)

    def _of(self, name: str) -> tuple[_Told, ...]:
        """All titles of a person, most often told first."""
        if name not in self._counts:
            self._counts[name] = _counted(self._pairs.get(name, ()))
        return self._counts[name]

    def _at(self, name: str, company: str | None) -> list[_Told]:
        told = self._of(name)
        if company is None:
            houses: dict[str, int] = defaultdict(int)
            for one in told:
                if one.company:
                    houses[plain(one.company)] += one.count
            most = max(houses, key=lambda house: houses[house], default="")
        else:
            most = plain(company)
        return [one for one in told if not one.company or plain(one.company) == most]


def people_once(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person of a house once, with the newest of their ranks.

    Args:
        people: In the order in which they were read; a person stands there once a title.
    """
    found: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people:
        found[person.name, plain(person.company)].append(person)
    once = []
    for told in found.values():
        titled = _counted([(one.company, one.title) for one in told if one.title])
        titles = [one.title for one in _newest_rank(titled, ())]
        once.append(Person(told[0].name, told[0].company, post_label(titles) or None))
    return tuple(once)


def _step(rank: str) -> int:
    """How high a rank stands; 0 for one that no ladder has."""
    return wording().ladder.index(rank) + 1 if rank in wording().ladder else 0


def rank_of(title: str) -> str:
    """The rank that a title is or ends in (`생산본부장 전무`, `HE사업본부장(사장)`); "" for none."""
    parts = _parts(title)
    last = parts[-1] if parts else ""
    return last if last in wording().ranks else ""


def _roles(facts: Iterable[Fact]) -> Mapping[str, tuple[str, ...]]:
    """Parts of the posts that people take by what is settled."""
    taken: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for fact in facts:
        if isinstance(fact, Move) and fact.kind in _UP and fact.status is MoveStatus.DONE and fact.role:
            taken[fact.person] += _parts(fact.role)
    return taken


def _counted(pairs: Sequence[tuple[str | None, str]]) -> tuple[_Told, ...]:
    found: dict[tuple[str, str], _Told] = {}
    for number, (company, title) in enumerate(pairs):
        said = _without_house(title.strip(), company)
        before = found.get((plain(company), said))
        count = before.count + 1 if before else 1
        found[plain(company), said] = _Told(said, company, count, number)
    return tuple(sorted(found.values(), key=lambda one: -one.count))


def _newest_rank(told: Sequence[_Told], taken: Collection[str]) -> list[_Told]:
    ranked = [one for one in told if rank_of(one.title)]
    if len({rank_of(one.title) for one in ranked}) < 2:
        return list(told)
    newest = max(ranked, key=lambda one: (rank_of(one.title) in taken, one.newest))
    return [one for one in told if rank_of(one.title) in {"", rank_of(newest.title)}]


def _without(title: str, taken: Collection[str]) -> str:
    """What of a title was held before posts were taken: `전무` of `구매본부장 전무` before 구매본부장."""
    roles = {plain(short_title(role)) for role in taken}
    heads = any(_HEAD.match(role) for role in taken)
    if plain(short_title(title)) in roles or (heads and _HEAD.fullmatch(short_title(title))):
        return ""
    for role in taken:
        if title.startswith(role):
            return title[len(role) :].strip(" ()") or ""
    return title


def _without_house(title: str, company: str | None) -> str:
    """`회장` for `SK회장` of SK그룹: what the article writes together."""
    name = company or ""
    for size in range(len(name), 1, -1):
        if title.startswith(name[:size]) and title[size:].strip() in wording().ranks:
            return title[size:].strip()
    return title


def _parts(title: str) -> tuple[str, ...]:
    return tuple(part for part in _PARTS.split(title) if part)
