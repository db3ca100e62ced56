"""What executives did, as items: trips with their stations, hosts with their company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.compose.journeys import Act, acts_of, ahead, announced, stations_of, without_echoes
from briefing.compose.texts import text
from briefing.compose.titles import Rise, Titles
from briefing.compose.translation import occasion
from briefing.compose.views import ActivityItem, Occasion, doubts_of, sources_of
from briefing.compose.wording import activity_phrase, bare, label, place_name, plain, returned
from briefing.model import Activity, ActivityKind, MergedFact, Story


def activity_items(
    story: Story,
    facts: Sequence[MergedFact],
    today: date,
    rises: Mapping[str, Sequence[Rise]] | None = None,
) -> list[ActivityItem]:
    """The activities of a story, one item a person; what happens on a trip stands under it, the rest apart.

    Who did nothing but what another's item tells stands there as company; people who did exactly the same
    share an item (`남궁진 사장·윤서라 부사장`).

    Args:
        story: Whose people have titles.
        facts: Facts of it.
        today: The reader's day, by which an announced occasion is to come or over.
        rises: As of `Titles`.
    """
    people: dict[str, list[Act]] = defaultdict(list)
    for act in acts_of(facts):
        people[act[1].person].append(act)
    people = defaultdict(list, {name: without_echoes(acts) for name, acts in people.items()})
    if not people:
        return []
    hosts, guests = _parties(people)
    told = _Telling(story, today, rises)
    return [
        item
        for names in hosts
        for item in _items(names, people, [guest for name in names for guest in guests[name]], told)
    ]


def _parties(people: Mapping[str, Sequence[Act]]) -> tuple[list[list[str]], Mapping[str, Sequence[str]]]:
    """Who has an item (several names: one item together), in the order told, and who goes along with whom."""
    hosts: list[list[str]] = []
    guests: dict[str, list[str]] = defaultdict(list)
    most_first = sorted(
        people, key=lambda name: (-len(people[name]), -sum(len(a.companions) for _, a in people[name]))
    )
    for name in most_first:
        acts = people[name]
        same = next((names for names in hosts if _alike(people[names[0]]) == _alike(acts)), None)
        host = next(
            (names[0] for names in hosts if _goes_along(name, acts, names[0], people[names[0]])), None
        )
        if host is not None:
            guests[host].append(name)
        elif same is not None:
            same.append(name)
        else:
            hosts.append([name])
    told = list(people)
    return sorted(hosts, key=lambda names: told.index(names[0])), guests


def _alike(acts: Sequence[Act]) -> set[tuple[object, ...]]:
    return {(act.kind, plain(act.what), act.when, act.until, act.company) for _, act in acts}


def _goes_along(name: str, acts: Sequence[Act], host: str, others: Sequence[Act]) -> bool:
    """Whether all that one person did is told by another's activities, of whom there is more to tell.

    Of two with equally much, the one whom the other's activity names as company goes along; if each names
    the other neither does.
    """
    if name == host or len(others) < len(acts):
        return False
    if len(others) == len(acts):
        named = any(name in act.companions for _, act in others)
        if not named or any(host in act.companions for _, act in acts):
            return False
    return all(any(same_occasion(mine, theirs) for _, theirs in others) for _, mine in acts)


def same_occasion(one: Activity, other: Activity) -> bool:
    """Whether two people's activities of one story are one: what one did and the others came along to."""
    short, long = sorted((plain(one.what), plain(other.what)), key=len)
    when = one.when == other.when or one.when is None or other.when is None
    if one.kind is not other.kind or not when:
        return False
    # somebody told to have come, and nobody says where to
    if bare(one) and one.when is not None and one.when == other.when:
        return True
    return short == long or (len(short) >= 4 and short in long)


def _items(
    names: Sequence[str], people: Mapping[str, Sequence[Act]], guests: Sequence[str], told: _Telling
) -> list[ActivityItem]:
    """The items of people who did the same: a trip with what happened on it, and what else they did."""
    acts = people[names[0]]
    trip, stations = stations_of(acts)
    rest = [act for act in acts if act is not trip and act not in stations]
    groups = [_Group(trip, stations)] if trip else []
    if rest:
        groups.append(_Group(rest[0], []) if len(rest) == 1 else _Group(None, rest))
    return [told.item(names, group, guests, people) for group in groups]


@dataclass(frozen=True, slots=True)
class _Group:
    """Activities of one item: what it is named by, and what stands below."""

    main: Act | None
    below: Sequence[Act]

    @property
    def acts(self) -> list[Act]:
        return [*([self.main] if self.main else []), *self.below]


class _Telling:
    """How a story calls its people, on a reader's day."""

    def __init__(self, story: Story, today: date, rises: Mapping[str, Sequence[Rise]] | None = None) -> None:
        self.titles = Titles(story, rises)
        self._names = {person.name for person in story.people}
        self._today = today

    def name_of(self, told: str) -> str:
        """The person whom a companion's name means: `윤서라 부사장` is 윤서라."""
        return next((name for name in self._names if told.startswith(f"{name} ")), told)

    def occasion(self, act: Act) -> Occasion:
        """An activity, with whether it is to come."""
        merged, activity = act
        state = "" if not announced(act) else "planned" if ahead(act, self._today) else "reported"
        where, what = place_name(activity), activity_phrase(merged)
        if bare(activity):
            # a visit of nothing: the place is what there is to tell
            told = f"{where} {what}" if where else text("line.no_place", what=occasion(what))
            return Occasion(told, activity.when, activity.until, None, state)
        return Occasion(what, activity.when, activity.until, where, state)

    def journey(self, trip: Act, stations: Sequence[Act]) -> Occasion:
        """A trip, which lasts at least until what is told to happen on it does."""
        told = self.occasion(trip)
        if trip[1].kind is not ActivityKind.TRIP or told.when is None or told.until is not None:
            return told
        last = max((act.until or act.when for _, act in stations if act.when), default=told.when)
        return replace(told, until=last) if last > told.when and not returned(trip[0]) else told

    def item(
        self, names: Sequence[str], group: _Group, guests: Sequence[str], people: Mapping[str, Sequence[Act]]
    ) -> ActivityItem:
        """The item of a group of the first one's activities, with those who did the same and came along."""
        others = [
            act
            for name in (*names[1:], *guests)
            for act in people[name]
            if any(same_occasion(act[1], mine) for _, mine in group.acts)
        ]
        came = {act.person for _, act in others}
        told = [*group.acts, *others]
        along = (*(name for _, act in told for name in act.companions), *(g for g in guests if g in came))
        company = next((act.company for _, act in group.acts if act.company), None)
        last_told = sources_of(merged for merged, _ in group.acts).all[-1].published
        below = sorted(group.below, key=lambda act: (act[1].when is None, act[1].when or date.max))
        return ActivityItem(
            who="·".join(label(name, self.titles.now(name, company, last_told)) for name in names),
            company=company,
            main=self.journey(group.main, below) if group.main else None,
            stations=tuple(dict.fromkeys(self.occasion(act) for act in below)),
            companions=tuple(
                self.titles.companion(name, company, last_told)
                for name in dict.fromkeys(map(self.name_of, along))
                # whom the line names as met came along with nobody
                if name not in names and not any(name in act.what for _, act in group.acts)
            ),
            sources=sources_of(merged for merged, _ in told),
            doubts=doubts_of(merged for merged, _ in told),
        )
