"""What executives did, as items: trips with their stations, hosts with their company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from briefing.compose.views import ActivityItem, Occasion, doubts_of, sources_of, titles_of
from briefing.compose.wording import activity_words, label, place_name, plain
from briefing.model import Activity, ActivityKind, MergedFact, Story


def activity_items(story: Story, facts: Sequence[MergedFact]) -> list[ActivityItem]:
    """The activities of a story, one item a person; on a trip its stations stand under it.

    Who did nothing but what another's item tells stands there as company; people who did exactly the same
    share an item (`남궁진 사장·윤서라 부사장`).
    """
    people: dict[str, list[_Act]] = defaultdict(list)
    for merged in facts:
        if isinstance(merged.fact, Activity):
            people[merged.fact.person].append((merged, merged.fact))
    if not people:
        return []
    titles = titles_of(story)
    hosts, guests = _parties(people)
    return [
        _activity_item(names, people, [g for name in names for g in guests[name]], titles) for names in hosts
    ]


_Act = tuple[MergedFact, Activity]


def _parties(people: Mapping[str, Sequence[_Act]]) -> tuple[list[list[str]], Mapping[str, Sequence[str]]]:
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


def _alike(acts: Sequence[_Act]) -> set[tuple[object, ...]]:
    return {(act.kind, plain(act.what), act.when, act.until, act.company) for _, act in acts}


def _goes_along(name: str, acts: Sequence[_Act], host: str, others: Sequence[_Act]) -> bool:
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
    return when and one.kind is other.kind and (short == long or (len(short) >= 4 and short in long))


def _activity_item(
    names: Sequence[str],
    people: Mapping[str, Sequence[_Act]],
    guests: Sequence[str],
    titles: Mapping[str, Sequence[str]],
) -> ActivityItem:
    """One item of people who did the same, told by the activities of the first, with their guests."""
    acts = people[names[0]]
    main = next((pair for pair in acts if pair[1].kind is ActivityKind.TRIP), None)
    if main is None and len(acts) == 1:
        main = acts[0]
    stations = [pair for pair in acts if pair is not main]
    stations.sort(key=lambda pair: (pair[1].when is None, pair[1].when or date.max))
    told = [pair for name in (*names, *guests) for pair in people[name]]
    along = dict.fromkeys((*(who for _, act in told for who in act.companions), *guests))
    return ActivityItem(
        who="·".join(label(name, titles.get(name, ())) for name in names),
        company=next((act.company for _, act in acts if act.company), None),
        main=_occasion(*main) if main else None,
        stations=tuple(_occasion(*pair) for pair in stations),
        companions=tuple(label(who, titles.get(who, ())) for who in along if who not in names),
        sources=sources_of(merged for merged, _ in told),
        doubts=doubts_of(merged for merged, _ in told),
    )


def _occasion(merged: MergedFact, activity: Activity) -> Occasion:
    where = place_name(activity)
    return Occasion(activity_words(merged), activity.when, activity.until, where, activity.planned)
