"""What lies ahead: announced occasions, apart from what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.views import Sources, sources_of, titles_of
from briefing.compose.wording import activity_words, label, place_name, plain
from briefing.model import Activity, ActivityKind, MergedFact, Story


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One announced occasion.

    Attributes:
        who: `남궁진 사장(CEO)`; several people of one occasion together.
        company: Theirs, or None.
        what: `투자자 설명회 참석`, without 예정, which its heading says.
        when: First day; None where only the occasion is told.
        until: Last day, or None.
        place: Where, or None.
        sources: Where it was read.
        story: Id of its story.
        kind: Of the activity.
        people: Names of those in `who`.
        companions: Further people told to come along, with posts.
    """

    who: str
    company: str | None
    what: str
    when: date | None
    until: date | None
    place: str | None
    sources: Sources
    story: int
    kind: ActivityKind
    people: tuple[str, ...]
    companions: tuple[str, ...] = ()


def parted(facts: Sequence[MergedFact], today: date) -> tuple[tuple[MergedFact, ...], tuple[MergedFact, ...]]:
    """Facts of a story, and those of them that lie ahead and stand alone.

    Somebody on a trip keeps the coming stations with the trip, and so does who comes along to one.

    Args:
        facts: Merged facts of one story.
        today: The reader's day.
    """
    of_person: dict[str, list[Activity]] = defaultdict(list)
    for merged in facts:
        if isinstance(merged.fact, Activity):
            of_person[merged.fact.person].append(merged.fact)
    under_way = [
        act for acts in of_person.values() if not all(_ahead(act, today) for act in acts) for act in acts
    ]
    alone = {
        person
        for person, acts in of_person.items()
        if all(_ahead(act, today) and not any(_same(act, other) for other in under_way) for act in acts)
    }
    ahead = tuple(m for m in facts if isinstance(m.fact, Activity) and m.fact.person in alone)
    rest = tuple(m for m in facts if not isinstance(m.fact, Activity) or m.fact.person not in alone)
    return rest, ahead


def _ahead(act: Activity, today: date) -> bool:
    return act.planned and (act.when is None or (act.until or act.when) >= today)


def _same(one: Activity, other: Activity) -> bool:
    short, long = sorted((plain(one.what), plain(other.what)), key=len)
    return one.kind is other.kind and one.when == other.when and short in long


def planned_items(story: Story, facts: Sequence[MergedFact]) -> list[PlannedItem]:
    """Announced occasions of a story, people of one occasion together."""
    if not facts:
        return []
    titles = titles_of(story)
    together: dict[tuple[object, ...], list[tuple[MergedFact, Activity]]] = defaultdict(list)
    for merged in facts:
        if isinstance(act := merged.fact, Activity):
            together[act.kind, plain(act.what), act.when, act.until, act.company].append((merged, act))
    items = []
    for told in together.values():
        merged, act = told[0]
        names = dict.fromkeys(other.person for _, other in told)
        along = dict.fromkeys(name for _, other in told for name in other.companions if name not in names)
        items.append(
            PlannedItem(
                who="·".join(label(name, titles.get(name, ())) for name in names),
                company=act.company,
                what=activity_words(merged).removesuffix("예정").strip() or activity_words(merged),
                when=act.when,
                until=act.until,
                place=place_name(act),
                sources=sources_of(found for found, _ in told),
                story=story.id,
                kind=act.kind,
                people=tuple(names),
                companions=tuple(label(name, titles.get(name, ())) for name in along),
            )
        )
    return items


def by_day(items: Iterable[PlannedItem]) -> list[PlannedItem]:
    """Soonest first; those without a day last."""
    return sorted(items, key=lambda item: (item.when is None, item.when or date.max, item.until or date.min))
