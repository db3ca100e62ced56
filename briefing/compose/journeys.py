"""What belongs to a trip, and what lies ahead: by days, places and who told it."""

from __future__ import annotations

from collections.abc import Sequence
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


def acts_of(facts: Sequence[MergedFact]) -> list[Act]:
    """The activities among facts."""
    return [(merged, merged.fact) for merged in facts if isinstance(merged.fact, Activity)]


def without_echoes(acts: Sequence[Act]) -> list[Act]:
    """One person's activities without those that another of the same day tells more fully.

    `간담회` beside `직원들 간담회` is one occasion told twice.
    """
    said = [plain(activity_phrase(merged)) for merged, _ in acts]

    def echoed(number: int) -> bool:
        _, mine = acts[number]
        return any(
            said[other].endswith(said[number])
            and (len(said[other]), -other) > (len(said[number]), -number)
            and mine.when in {None, theirs.when}
            and (mine.place is None or mine.place == theirs.place)
            for other, (_, theirs) in enumerate(acts)
            if other != number
        )

    return [act for number, act in enumerate(acts) if not echoed(number)]


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
