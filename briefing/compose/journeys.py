"""What belongs to a trip, and what lies ahead: by days, places and who told it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from briefing.compose.wording import activity_phrase, plain, returned, wording
from briefing.korean.lexicon import words
from briefing.model import Activity, ActivityKind, MergedFact

SEOUL: Final = ZoneInfo("Asia/Seoul")
"""Days of facts are days there (briefing/model.py)."""

USUAL_TRIP: Final = timedelta(days=7)
"""So long a trip lasts at most whose end nobody tells."""

LONG_TRIP: Final = timedelta(days=14)
"""What happened so long before the return from a trip belongs to it."""

AROUND: Final = timedelta(days=3)
"""A trip without a day goes on so long before and after it was told, as far as other articles tell."""

ONE_DAY: Final = timedelta(days=1)
"""Departure is told by the day in Seoul, a station by the day abroad: they may differ by one."""

UNDATED_AHEAD: Final = timedelta(days=14)
"""An announced occasion without a day counts as ahead for so long after it was last told."""

Act = tuple[MergedFact, Activity]

_SEPARATORS: Final = re.compile(r"[\W_]+")


def acts_of(facts: Sequence[MergedFact]) -> list[Act]:
    """The activities among facts."""
    return [(merged, merged.fact) for merged in facts if isinstance(merged.fact, Activity)]


def without_echoes(acts: Sequence[Act]) -> list[Act]:
    """One person's activities without those that another of the same day tells more fully.

    `간담회` beside `직원들 간담회`, `MS CEO 서밋` beside `마이크로소프트(MS) CEO 서밋` is one occasion told
    twice: sources and companions of both are told with the fuller one.
    """
    said = [plain(activity_phrase(merged)) for merged, _ in acts]
    echoes: dict[int, list[Act]] = {}
    home: dict[int, int] = {}
    for number, (_, mine) in enumerate(acts):
        fuller = [
            other
            for other, (_, theirs) in enumerate(acts)
            if other != number
            and (len(said[other]), -other) > (len(said[number]), -number)
            and mine.when in {None, theirs.when}
            and (mine.place is None or theirs.place is None or mine.place == theirs.place)
            and (said[other].endswith(said[number]) or _same_name(mine, theirs))
        ]
        if fuller:
            home[number] = max(fuller, key=lambda other: (len(said[other]), -other))
    for number, first in home.items():
        last = first
        while last in home:
            last = home[last]
        echoes.setdefault(last, []).append(acts[number])
    return [_joined(act, echoes.get(number, ())) for number, act in enumerate(acts) if number not in home]


def _same_name(short: Activity, long: Activity) -> bool:
    """Whether all words of an occasion's name stand in another's of the same kind and day."""
    mine, theirs = _words(short.what), _words(long.what)
    return short.kind is long.kind and short.when is not None and len(mine) > 1 and mine <= theirs


def _words(what: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _SEPARATORS.split(what) if word)


def _joined(act: Act, echoes: Sequence[Act]) -> Act:
    """An activity with sources, companions and place of those that told it less fully."""
    if not echoes:
        return act
    merged, activity = act
    told = [activity, *(echo for _, echo in echoes)]
    sources = {source.article_id: source for one, _ in (*echoes, act) for source in one.sources}
    fact = replace(
        activity,
        companions=tuple(dict.fromkeys(name for one in told for name in one.companions)),
        place=next((one.place for one in told if one.place), None),
        until=next((one.until for one in told if one.until), None),
        planned=all(one.planned for one in told),
    )
    in_order = tuple(sorted(sources.values(), key=lambda source: (source.published, source.article_id)))
    return replace(merged, fact=fact, sources=in_order, proof=merged.best), fact


def told_once(stories: Sequence[Sequence[MergedFact]]) -> list[tuple[MergedFact, ...]]:
    """The facts of stories of which none tells an occasion that another tells more fully.

    Without a day an occasion of another story is one of its own: people travel twice to one country.
    """
    people: dict[tuple[str, str | None], list[tuple[int, Act]]] = defaultdict(list)
    for place, facts in enumerate(stories):
        for act in acts_of(facts):
            if act[1].when is not None:
                people[act[1].person, act[1].company].append((place, act))
    instead: dict[int, MergedFact | None] = {}
    for told in people.values():
        if len({place for place, _ in told}) < 2:
            continue
        kept = {_key(merged): merged for merged, _ in without_echoes([act for _, act in told])}
        instead |= {id(merged): kept.get(_key(merged)) for _, (merged, _) in told}
    return [
        tuple(left for merged in facts if (left := instead.get(id(merged), merged)) is not None)
        for facts in stories
    ]


def _key(merged: MergedFact) -> int:
    """Knows an activity again after others were joined to it: by the sentence that proves it best."""
    fact = merged.fact
    told = [getattr(fact, name, None) for name in ("what", "kind", "when", "until")]
    return hash((merged.best.article_id, merged.best.sentence, *told))


def announced(act: Act) -> bool:
    """Whether an activity is told as something to come: in words, or by a day after its last telling."""
    merged, activity = act
    return activity.planned or (activity.when is not None and activity.when > _last_told(merged))


def ahead(act: Act, today: date) -> bool:
    """Whether an announced activity is to come, or going on, on a day; one without a day for a while."""
    merged, activity = act
    if not announced(act):
        return False
    if activity.when is None:
        return _last_told(merged) + UNDATED_AHEAD >= today
    return (activity.until or activity.when) >= today


def on_trip(trip: Act, act: Act) -> bool:
    """Whether an activity happens on a trip of the same person: within its days, not at home meanwhile.

    A trip lasts from its day to its last day, or a week where only its beginning is told; a fortnight up to
    the return where that is told; around the day it was told where no day is. An occasion without a day is of
    the trip if one article tells both.
    """
    (merged, journey), (other, activity) = trip, act
    if merged is other or (_domestic(activity) and not _to_korea(journey)):
        return False
    together = bool(_articles(merged) & _articles(other))
    if activity.when is None:
        return together
    first = journey.when
    if first is not None and returned(merged):
        return first - LONG_TRIP <= activity.when <= first
    if first is None:
        told = merged.sources[0].published.astimezone(SEOUL).date()
        return abs(activity.when - told) <= (USUAL_TRIP if together else AROUND)
    if activity.kind is ActivityKind.TRIP and journey.until is None and not together:
        return False
    last = journey.until or first + USUAL_TRIP
    return first - ONE_DAY <= activity.when <= last


def stations_of(acts: Sequence[Act]) -> tuple[Act | None, list[Act]]:
    """The first trip among a person's activities and what happens on it; None if nobody travels."""
    trip = next((act for act in acts if act[1].kind is ActivityKind.TRIP), None)
    return trip, [act for act in acts if trip is not None and on_trip(trip, act)]


def _last_told(merged: MergedFact) -> date:
    return max(source.published for source in merged.sources).astimezone(SEOUL).date()


def _articles(merged: MergedFact) -> set[int]:
    return {source.article_id for source in merged.sources}


@cache
def _home() -> tuple[str, ...]:
    return words("places.toml", "domestic")


def _to_korea(journey: Activity) -> bool:
    return _domestic(journey) or any(word in journey.what for word in wording().trips.home)


def _domestic(activity: Activity) -> bool:
    """Whether place or destination is Korean: 구미 공장, 서울 강서구."""
    goes = activity.kind in {ActivityKind.TRIP, ActivityKind.VISIT}
    where = activity.place or (activity.what if goes else "")
    return any(word.startswith(_home()) for word in where.split())
