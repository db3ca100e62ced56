"""Who is who: people of one name told apart by company, and the posts a person holds as far as is told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

from briefing.findings import Mention, Namesake, Post
from briefing.korean.lexicon import table
from briefing.model import (
    Activity,
    Fact,
    MergedFact,
    Move,
    MoveKind,
    MoveStatus,
    StoredFact,
    Story,
    person_of,
)
from briefing.stories.facts import is_head, norm, post

_RANK = re.compile(r"(?:명예)?(?:부)?회장|부?사장|전무|상무보?|이사")
_PARTS = re.compile(r"[\s()（）·,/]+")
_CHIEF = re.compile(r"최고(.+)책임자")
_FORMER = re.compile(r"(?:전|前|옛)\s")
_UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})

ECHO = timedelta(days=90)
"""So long after somebody left or rose, articles go on to use the old title."""


def namesakes(
    name: str,
    facts: Sequence[StoredFact],
    mentions: Sequence[Mention],
    group_of: Callable[[str], str | None],
) -> tuple[Namesake, ...]:
    """Those who share a name, most often told first; one with no companies if nothing tells where.

    Two companies are one person's if they belong to one group, or if a story names both: somebody leaves
    one for the other. A list of moves that gives the name a post in both is no such story.

    Args:
        name: Full name.
        facts: About everyone of this name.
        mentions: Articles that name somebody so with a title.
        group_of: Business group of a company, None if it has none.
    """
    told: dict[str, set[int]] = defaultdict(set)
    stories: dict[int, set[str]] = defaultdict(set)
    raised: dict[int, set[str]] = defaultdict(set)
    story_of = {item.source.article_id: item.story_id for item in facts}
    for item in facts:
        if company := item.fact.company:
            told[company].add(item.source.article_id)
            stories[item.story_id].add(company)
            if isinstance(item.fact, Move) and item.fact.kind in _UP:
                raised[item.story_id].add(company)
    for mention in mentions:
        if company := mention.person.company:
            told[company].add(mention.source.article_id)
            if (story := story_of.get(mention.source.article_id)) is not None:
                stories[story].add(company)
    if not told:
        count = len(set(story_of) | {mention.source.article_id for mention in mentions})
        return (Namesake(name, (), count),) if count else ()
    one_person = _linked(told, stories, raised, group_of)
    together: dict[str, list[str]] = defaultdict(list)
    for company in sorted(told, key=lambda company: (-len(told[company]), company)):
        together[one_person(company)].append(company)
    found = [
        Namesake(name, tuple(companies), len(set().union(*(told[company] for company in companies))))
        for companies in together.values()
    ]
    return tuple(sorted(found, key=lambda one: (-one.told, one.companies)))


def _linked(
    companies: Iterable[str],
    stories: Mapping[int, set[str]],
    raised: Mapping[int, set[str]],
    group_of: Callable[[str], str | None],
) -> Callable[[str], str]:
    """Maps companies that are one person's to one of them."""
    leader = {company: company for company in companies}

    def find(company: str) -> str:
        while leader[company] != company:
            company = leader[company]
        return company

    first_of: dict[str, str] = {}
    for company in leader:
        if group := group_of(company):
            leader[find(company)] = find(first_of.setdefault(group, company))
    for story, named in stories.items():
        for one, other in combinations(sorted(named), 2):
            if not {one, other} <= raised.get(story, set()):
                leader[find(other)] = find(one)
    return find


def facts_of(who: Namesake, facts: Sequence[StoredFact], *, alone: bool) -> tuple[StoredFact, ...]:
    """The facts about one of those who share a name.

    Args:
        who: Which of them.
        facts: About everyone of this name.
        alone: True if nobody else has the name; then facts without a company are theirs too. Else only
            those that stand in a story about one of their companies.
    """
    own = {item.story_id for item in facts if item.fact.company in who.companies}
    return tuple(
        item
        for item in facts
        if item.fact.company in who.companies
        or (item.fact.company is None and (alone or item.story_id in own))
    )


def by_person(stories: Iterable[Story]) -> dict[str, tuple[Story, ...]]:
    """The stories of each person, by the name as `norm` writes it, with facts of that person only."""
    found: dict[str, list[Story]] = defaultdict(list)
    for story in stories:
        own: dict[str, list[MergedFact]] = defaultdict(list)
        for merged in story.facts:
            if name := person_of(merged.fact):
                own[norm(name)].append(merged)
        for name, facts in own.items():
            found[name].append(replace(story, facts=tuple(facts)))
    return {name: tuple(told) for name, told in found.items()}


def posts_held(stories: Sequence[Story], mentions: Sequence[Mention]) -> tuple[Post, ...]:
    """Posts of one person now, as far as articles tell: taken and not left, else the newest title given.

    A rumour takes no post and leaves none. A rank takes the place of the rank before.

    Args:
        stories: With facts of this person only.
        mentions: Articles that give this person a title.
    """
    moves = sorted(
        (
            (merged, merged.fact)
            for story in stories
            for merged in story.facts
            if isinstance(merged.fact, Move) and merged.fact.status is MoveStatus.DONE
        ),
        # of one article's moves the leaving comes first: posts are handed on
        key=lambda pair: (pair[0].sources[0].published, pair[1].kind is not MoveKind.DEPARTED),
    )
    held: dict[str | None, list[tuple[str, MergedFact]]] = defaultdict(list)
    left: dict[str | None, datetime] = {}
    for merged, move in moves:
        if move.kind is MoveKind.DEPARTED:
            _leave(held[move.company], move, merged.sources[-1].published, left)
        elif move.role:
            held[move.company] = [
                (role, taken) for role, taken in held[move.company] if not _replaces(move.role, role)
            ]
            held[move.company].insert(0, (move.role, merged))
            left.pop(move.company, None)
    taken = [
        (found, Post(company, (role,), since=found))
        for company, roles in held.items()
        for role, found in roles
    ]
    taken.sort(key=lambda pair: pair[0].sources[0].published, reverse=True)
    known = {company for company, roles in held.items() if roles}
    return (*(one for _, one in taken), *_mentioned(mentions, known, left))


def not_moved(facts: Iterable[Fact]) -> frozenset[str]:
    """Names of those who do or say something, and of who came along: whose ranks a line may tell."""
    told = [fact for fact in facts if not isinstance(fact, Move)]
    along = (name for fact in told if isinstance(fact, Activity) for name in fact.companions)
    return frozenset((*filter(None, map(person_of, told)), *along))


def with_risen(story: Story, moves: Mapping[str, Iterable[StoredFact]]) -> Story:
    """A story with the moves by which its people got their ranks before, told by other stories.

    Args:
        story: Its own moves are known to it.
        moves: Of people, by name, in any order; those that raise nobody are passed over.
    """
    risen = [
        item
        for name in sorted(not_moved(merged.fact for merged in story.facts))
        for item in moves.get(name, ())
        if isinstance(item.fact, Move)
        and item.fact.kind in _UP
        and item.fact.status is MoveStatus.DONE
        and item.story_id != story.id
        and story.first_published - ECHO <= item.source.published <= story.last_published
    ]
    risen.sort(key=lambda item: (item.source.published, item.source.article_id))
    return replace(story, risen=tuple(risen)) if risen else story


def bears(titles: Iterable[str | None], asked: str) -> bool:
    """Whether somebody of these titles is who is asked for: `대표이사 사장` for 사장, CEO, 대표, not 부사장.

    Args:
        titles: Of one person.
        asked: One title or several, all of which are borne.
    """
    parts = {form for title in titles for part in _PARTS.split(title or "") for form in _forms(part)}
    return all(parts.intersection(_forms(word)) for word in asked.split())


def _forms(title: str) -> set[str]:
    """A title and what else the same office is called; nothing for no title."""
    if not title:
        return set()
    forms = {norm(title)}
    if is_head(title):
        forms.add("대표")
    if (office := _CHIEF.fullmatch(title)) is not None:
        forms |= {
            short.casefold() for short, what in table("titles.toml")["chiefs"].items() if what == office[1]
        }
    return forms


def _leave(
    roles: list[tuple[str, MergedFact]], move: Move, when: datetime, left: dict[str | None, datetime]
) -> None:
    named = [pair for pair in roles if move.role and post(pair[0]) == post(move.role)]
    if named:
        roles[:] = [pair for pair in roles if pair not in named]
    elif move.role is None or _RANK.fullmatch(move.role) or not roles:
        # "배 부회장 용퇴" leaves the company, by whatever post it was told before
        roles.clear()
    if not roles:
        left[move.company] = when


def _replaces(new: str, old: str) -> bool:
    return post(new) == post(old) or bool(_RANK.fullmatch(new) and _RANK.fullmatch(old))


def _mentioned(
    mentions: Sequence[Mention], known: set[str | None], left: dict[str | None, datetime]
) -> list[Post]:
    """Titles of the newest article for each company that no move tells of."""
    newest: dict[str | None, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: one.source.published, reverse=True):
        company, title = mention.person.company, mention.person.title
        gone = left.get(company)
        if (
            company is None
            or not title
            or company in known
            or _FORMER.match(title)
            or (gone is not None and mention.source.published < gone + ECHO)
        ):
            continue
        of_company = newest[company]
        if not of_company or of_company[0].source.article_id == mention.source.article_id:
            of_company.append(mention)
    return [
        Post(company, _most_told(of_company), mention=of_company[0]) for company, of_company in newest.items()
    ]


def _most_told(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(title for title, _ in Counter(m.person.title for m in mentions).most_common() if title)
