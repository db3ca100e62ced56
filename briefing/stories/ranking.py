"""What matters most: stories out of rows and facts, weighed by briefing/data/weights.toml."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from operator import is_

from briefing.model import (
    Fact,
    MergedFact,
    Move,
    MoveStatus,
    Person,
    Quote,
    StoredFact,
    Story,
    StoryRow,
    person_of,
)
from briefing.stories.merging import cluster, merge, merge_again
from briefing.stories.weights import weights

REPEAT_WINDOW = timedelta(days=10)
"""How far apart the tellings of one fact in different stories may lie."""


def build_stories(
    rows: Sequence[StoryRow],
    stored: Sequence[StoredFact],
    merged: Mapping[int, Sequence[MergedFact]] | None = None,
) -> tuple[Story, ...]:
    """Stories with their facts merged, in the order of `rows`; a row without facts gives a story without.

    Args:
        rows: What the store knows of each story.
        stored: Facts of these stories, in any order; of others are passed over.
        merged: Key of a story -> its facts as `merge` left them; the others are merged now.
    """
    known = merged or {}
    tellings: dict[int, list[StoredFact]] = defaultdict(list)
    for fact in stored:
        tellings[fact.story_id].append(fact)
    return tuple(
        Story(
            id=row.id,
            headline=row.headline,
            first_published=row.first_published,
            last_published=row.last_published,
            article_count=row.article_count,
            outlets=row.outlets,
            facts=_by_weight(known[row.id] if row.id in known else merge(tellings[row.id]), row.people),
            people=row.people,
        )
        for row in rows
    )


def _by_weight(facts: Sequence[MergedFact], people: Sequence[Person]) -> tuple[MergedFact, ...]:
    """Weightiest first; equals stay in order of telling."""
    return tuple(sorted(facts, key=lambda merged: -fact_weight(merged.fact, people)))


def without_repeats(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The same stories with each fact in one of them only: where it was told first.

    A rumour and its confirmation, or a report that grouping kept apart, are two stories but one line of a
    briefing. Sources and what later tellings add go to the first story; a story left without facts
    leaves its articles and outlets to the one that took them. Facts told more than `REPEAT_WINDOW` apart
    stay apart: next year's reappointment is another fact.

    Returns:
        Stories in the order given, less those that had nothing of their own.
    """
    order = sorted(
        range(len(stories)), key=lambda number: (stories[number].first_published, stories[number].id)
    )
    all_facts = [(number, merged) for number in order for merged in stories[number].facts]
    kept: dict[int, list[MergedFact]] = {number: [] for number in order}
    heir: dict[int, int] = {}
    for tellings in cluster(all_facts, lambda pair: pair[1].fact, lambda a, b: _near(a[1], b[1])):
        home = tellings[0][0]
        merged = tellings[0][1] if len(tellings) == 1 else merge_again([fact for _, fact in tellings])
        kept[home].append(merged)
        heir.update({number: home for number, _ in tellings if number != home})
    grown = {number: stories[number] for number in order if kept[number] or not stories[number].facts}
    for number in order:
        if number in grown:
            # most stories stay as they were
            if not _same(kept[number], stories[number].facts):
                facts = _by_weight(kept[number], stories[number].people)
                grown[number] = replace(grown[number], facts=facts)
        else:
            home = heir[number]
            while home not in grown:
                home = heir[home]
            grown[home] = _joined(grown[home], stories[number])
    return tuple(grown[number] for number in range(len(stories)) if number in grown)


def _same(kept: Sequence[MergedFact], facts: Sequence[MergedFact]) -> bool:
    return len(kept) == len(facts) and all(map(is_, kept, facts))


def _near(one: MergedFact, other: MergedFact) -> bool:
    """Whether some source of one lies within `REPEAT_WINDOW` of some source of the other (earliest first)."""
    gap = max(
        other.sources[0].published - one.sources[-1].published,
        one.sources[0].published - other.sources[-1].published,
    )
    return gap <= REPEAT_WINDOW


def _joined(story: Story, other: Story) -> Story:
    return replace(
        story,
        article_count=story.article_count + other.article_count,
        last_published=max(story.last_published, other.last_published),
        outlets=tuple(dict.fromkeys((*story.outlets, *other.outlets))),
        people=tuple(dict.fromkeys((*story.people, *other.people))),
    )


@lru_cache(maxsize=4096)
def post_weight(title: str | None) -> float:
    """Weight of a post by the words in it (회장·대표 > 부사장 > 상무); the default for none."""
    if title:
        shown = title.upper()
        for word, value in weights().posts:
            if word in shown:
                return value
    return weights().post_default


def fact_weight(fact: Fact, people: Sequence[Person] = ()) -> float:
    """Weight of a fact: post of the person times kind.

    Args:
        fact: The fact.
        people: Executives named around it, for posts that the fact itself does not tell.
    """
    name = person_of(fact)
    titles = [person.title for person in people if person.name == name]
    if isinstance(fact, Move):
        titles.append(fact.role)
        kind = weights().kinds[fact.kind.value]
        if fact.status is MoveStatus.RUMORED:
            kind *= weights().kinds.get("rumored", 1.0)
    elif isinstance(fact, Quote):
        titles.append(fact.title)
        kind = weights().kinds["quote"] if fact.strategic else weights().kinds.get("ceremonial", 0.3)
    else:
        titles.append(fact.title)
        kind = weights().kinds[fact.kind.value]
    return max(map(post_weight, titles), default=weights().post_default) * kind


def story_weight(story: Story, now: datetime, companies: Sequence[str] = ()) -> float:
    """Weight of a story for a reader: its weightiest fact, a share of the others, outlets, freshness.

    Args:
        story: The story.
        now: Aware time it is read at.
        companies: Canonical names the reader asked for; none means all.
    """
    asked = set(companies)

    def of(merged: MergedFact) -> float:
        value = fact_weight(merged.fact, story.people)
        return value if not asked or merged.fact.company in asked else value * weights().unrelated

    values = sorted(map(of, story.facts), reverse=True)
    further = sum(values[1 : 1 + weights().further_facts]) * weights().further_share
    base = (values[0] if values else 0.0) + further
    base += weights().per_doubling * math.log2(max(len(story.outlets), 1))
    hours = max((now - story.last_published).total_seconds() / 3600, 0.0)
    return float(base * 0.5 ** (hours / weights().half_life_hours))


def rank(stories: Sequence[Story], now: datetime, companies: Sequence[str] = ()) -> tuple[Story, ...]:
    """Stories, weightiest first for a reader of `companies`; among equals the newer, then the older id."""
    return tuple(
        sorted(
            stories,
            key=lambda story: (
                -story_weight(story, now, companies),
                -story.last_published.timestamp(),
                story.id,
            ),
        )
    )
