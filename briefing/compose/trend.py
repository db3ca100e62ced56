"""How much was told of a company, week by week: the numbers behind the picture of `/trend`.

Pure, and without matplotlib: the caption, the bars of the terminal and the picture (`chart.py`) say the same
numbers because they are made of the same `Trend`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as wall_time
from enum import StrEnum
from typing import Final
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from briefing.compose import formatting
from briefing.compose.activities import same_occasion
from briefing.compose.texts import text
from briefing.compose.views import about, worth_telling
from briefing.model import Activity, Company, Fact, MergedFact, Move, Period, Quote, Story

WEEKS: Final = 12
SEOUL: Final = ZoneInfo("Asia/Seoul")
WEEK: Final = timedelta(days=7)

LOOKBACK: Final = timedelta(days=10)
"""What was first told this long before the first week and is told again in it is no news of that week.

As long as `briefing.stories.ranking.REPEAT_WINDOW`, within which tellings are one fact.
"""

BAR_CELLS: Final = 6
_COLUMN: Final = BAR_CELLS + 6  # a space, four digits, a space between columns


class Kind(StrEnum):
    """The kinds of fact as readers know them, in the order of a briefing."""

    MOVES = "move"
    ACTIVITIES = "activity"
    QUOTES = "quote"

    @property
    def label(self) -> str:
        """What readers call it."""
        return text(f"kind.{self.value}")


# Told apart without colour.
_INK: Final = {Kind.MOVES: "█", Kind.ACTIVITIES: "▓", Kind.QUOTES: "░"}


class Theme(StrEnum):
    """Paper of a picture; phones are set to one or the other."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Week:
    """Facts first told in one week.

    Attributes:
        monday: Its first day, in Asia/Seoul.
        counts: Facts by kind, in the order of `Kind`.
    """

    monday: date
    counts: tuple[int, ...]

    def of(self, kind: Kind) -> int:
        """Facts of one kind."""
        return self.counts[tuple(Kind).index(kind)]

    @property
    def total(self) -> int:
        """Facts of all kinds."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Trend:
    """Weeks of a company, oldest first; the last one is the present week, not over yet.

    Attributes:
        name: The company.
        weeks: At least one, none left out, those without facts included.
        until: Today, in Asia/Seoul.
    """

    name: str
    weeks: tuple[Week, ...]
    until: date

    @property
    def total(self) -> int:
        """Facts of all weeks and kinds."""
        return sum(week.total for week in self.weeks)

    def total_of(self, kind: Kind) -> int:
        """Facts of one kind in all weeks."""
        return sum(week.of(kind) for week in self.weeks)

    def told(self, kind: Kind) -> tuple[tuple[date, int], ...]:
        """Mondays of the weeks with facts of a kind, and how many."""
        return tuple((week.monday, count) for week in self.weeks if (count := week.of(kind)))


def monday_of(moment: datetime) -> date:
    """The Monday of the week in which a moment falls in Asia/Seoul."""
    day = moment.astimezone(SEOUL).date()
    return day - timedelta(days=day.weekday())


def trend_period(now: datetime, weeks: int = WEEKS) -> Period:
    """The time whose facts `count_weeks` needs: the weeks, the present one included, and `LOOKBACK`.

    Args:
        now: Aware time.
        weeks: How many.
    """
    first = datetime.combine(monday_of(now) - (weeks - 1) * WEEK, wall_time(), SEOUL)
    return Period(first.astimezone(UTC) - LOOKBACK, now + timedelta(seconds=1))


def count_weeks(stories: Sequence[Story], company: Company, now: datetime, weeks: int = WEEKS) -> Trend:
    """Facts of a company by week and kind, each counted once, in the week of its first telling.

    Counted is what a briefing would say: ten outlets on one appointment are one fact, five people on one
    trip are one activity.

    Args:
        stories: Facts merged, of the time of `trend_period`.
        company: A group counts everything its stories tell.
        now: Aware time; its week is the last one.
        weeks: How many.
    """
    counted: Counter[tuple[date, Kind]] = Counter(
        (monday_of(merged.sources[0].published), _kind(merged.fact))
        for story in stories
        for merged in _said(about(story, company))
    )
    last = monday_of(now)
    mondays = [last - back * WEEK for back in range(weeks - 1, -1, -1)]
    return Trend(
        company.name,
        tuple(Week(monday, tuple(counted[monday, kind] for kind in Kind)) for monday in mondays),
        now.astimezone(SEOUL).date(),
    )


def _said(facts: Sequence[MergedFact]) -> Iterator[MergedFact]:
    """The facts of a story that a briefing says; of people at one occasion those told first."""
    occasions: list[Activity] = []
    for merged in sorted(facts, key=lambda merged: merged.sources[0].published):
        fact = merged.fact
        if isinstance(fact, Activity):
            if any(same_occasion(fact, other) for other in occasions):
                continue
            occasions.append(fact)
        if worth_telling(fact):
            yield merged


def _kind(fact: Fact) -> Kind:
    if isinstance(fact, Move):
        return Kind.MOVES
    return Kind.QUOTES if isinstance(fact, Quote) else Kind.ACTIVITIES


def short_day(day: date) -> str:
    """`5.6`: weeks are named by their Monday, and twelve of them need no year."""
    return formatting.day(day, day, weekday=False)


def text_bars(trend: Trend) -> str:
    """The chart as lines of text, a week a line, every kind with an ink of its own; at most 45 cells wide."""
    most = max((count for week in trend.weeks for count in week.counts), default=0)
    lines = [_line(text("trend.week"), (kind.label for kind in Kind))]
    for week in trend.weeks:
        name = text("trend.this_week") if week is trend.weeks[-1] else short_day(week.monday)
        lines.append(_line(name, (_bar(kind, week.of(kind), most) for kind in Kind)))
    return "\n".join(lines)


def _line(name: str, columns: Iterable[str]) -> str:
    return "".join((_padded(name, 9), *(_padded(text, _COLUMN) for text in columns))).rstrip()


def _bar(kind: Kind, count: int, most: int) -> str:
    if not count:
        return "0"
    return f"{_INK[kind] * max(round(count / most * BAR_CELLS), 1)} {count}"


def _padded(text: str, cells: int) -> str:
    """Text filled up with spaces; Hangul takes two cells of a terminal."""
    return text + " " * (cells - sum(2 if east_asian_width(char) in "WF" else 1 for char in text))
