"""What lies ahead: announced occasions, apart from what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.journeys import Act, acts_of, ahead, stations_of, without_echoes
from briefing.compose.titles import Titles
from briefing.compose.views import NO_DOUBTS, Doubts, Sources, doubts_of, sources_of
from briefing.compose.wording import activity_phrase, label, place_name, plain
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
        doubts: What was corrected or is contradicted.
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
    doubts: Doubts = NO_DOUBTS


def parted(facts: Sequence[MergedFact], today: date) -> tuple[tuple[MergedFact, ...], tuple[MergedFact, ...]]:
    """Facts of a story, and those of them that lie ahead.

    Somebody on a trip keeps its coming stations with the trip, and so does who comes along to one. What was
    announced for a day that is over lies ahead no more.

    Args:
        facts: Merged facts of one story.
        today: The reader's day.
    """
    people: dict[str, list[Act]] = defaultdict(list)
    for act in acts_of(facts):
        people[act[1].person].append(act)
    stays: list[Act] = []
    for acts in people.values():
        trip, stations = stations_of(acts)
        under_way = stations if trip is not None and not ahead(trip, today) else []
        stays += [act for act in acts if act in under_way or not ahead(act, today)]
    kept = {id(merged) for merged, _ in stays}
    apart = {
        id(merged)
        for acts in people.values()
        for merged, act in acts
        if id(merged) not in kept and not any(_same(act, other) for _, other in stays)
    }
    return (
        tuple(merged for merged in facts if id(merged) not in apart),
        tuple(merged for merged in facts if id(merged) in apart),
    )


def _same(one: Activity, other: Activity) -> bool:
    short, long = sorted((plain(one.what), plain(other.what)), key=len)
    return one.kind is other.kind and one.when == other.when and short in long


def planned_items(story: Story, facts: Sequence[MergedFact]) -> list[PlannedItem]:
    """Announced occasions of a story, people of one occasion together."""
    if not facts:
        return []
    titles = Titles(story)
    together: dict[tuple[object, ...], list[tuple[MergedFact, Activity]]] = defaultdict(list)
    people: dict[str, list[Act]] = defaultdict(list)
    for merged, act in acts_of(facts):
        people[act.person].append((merged, act))
    for acts in people.values():
        for merged, act in without_echoes(acts):
            together[act.kind, plain(act.what), act.when, act.until, act.company].append((merged, act))
    items = []
    for told in together.values():
        merged, act = told[0]
        last_told = sources_of(found for found, _ in told).all[-1].published
        names = dict.fromkeys(other.person for _, other in told)
        along = dict.fromkeys(
            name
            for _, other in told
            for name in other.companions
            if name not in names and name not in act.what
        )
        items.append(
            PlannedItem(
                who="·".join(label(name, titles.now(name, act.company, last_told)) for name in names),
                company=act.company,
                what=activity_phrase(merged),
                when=act.when,
                until=act.until,
                place=place_name(act),
                sources=sources_of(found for found, _ in told),
                story=story.id,
                kind=act.kind,
                people=tuple(names),
                companions=tuple(titles.companion(name, act.company, last_told) for name in along),
                doubts=doubts_of(found for found, _ in told),
            )
        )
    return items


def by_day(items: Iterable[PlannedItem]) -> list[PlannedItem]:
    """Soonest first; those without a day last."""
    return sorted(items, key=lambda item: (item.when is None, item.when or date.max, item.until or date.min))
