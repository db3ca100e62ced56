"""Periods, kinds of news and small talk as people type them; their words are data/questions.toml. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from briefing.errors import DataError
from briefing.findings import MOST_DAYS, Days
from briefing.korean.lexicon import table, words
from briefing.model import FactKind

_FILE: Final = "questions.toml"
_UNITS: Final = frozenset({"day", "week", "month", "year"})
_UNIT_DAYS: Final = {
    "일": 1, "일간": 1, "d": 1, "day": 1, "days": 1,
    "주": 7, "주일": 7, "주간": 7, "w": 7, "week": 7, "weeks": 7,
    "개월": 30, "달": 30, "m": 30, "month": 30, "months": 30,
    "년": 365, "y": 365,
}  # fmt: skip
# A count with more digits is past the longest period in any unit.
_DIGITS: Final = 4
_COUNTED: Final = re.compile(
    r"(?P<count>\d+)\s*(?P<unit>" + "|".join(sorted(_UNIT_DAYS, key=len, reverse=True)) + r")",
    re.IGNORECASE,
)
LATELY: Final = ("최근", "지난", "last")
# What people put behind a word: "안녕하세요!!", "hi~ ^^".
_MARKS: Final = " \t\r\n!?.,~…^ㅎㅋ♡♥☺-"


@dataclass(frozen=True, slots=True)
class _Named:
    unit: str
    back: int


@cache
def _periods() -> dict[str, _Named]:
    """Days by name.

    Raises:
        DataError: questions.toml is wrong.
    """
    found: dict[str, _Named] = {}
    for name, row in table(_FILE)["periods"].items():
        unit, back = row.get("unit"), row.get("back")
        if unit not in _UNITS or not isinstance(back, int) or back < 0:
            raise DataError(f"briefing/data/{_FILE}", f"[periods.{name}] needs a unit and a count `back`")
        found |= dict.fromkeys(words(_FILE, "periods", name, "words"), _Named(unit, back))
    return found


@cache
def _counted() -> dict[str, int]:
    return {word: int(days) for days in table(_FILE)["counted"] for word in words(_FILE, "counted", days)}


@cache
def _kinds() -> dict[str, FactKind]:
    return {word: kind for kind in FactKind for word in words(_FILE, "kinds", kind.value)}


def read_kind(word: str) -> FactKind | None:
    """The kind of news that a word asks for: `인사`, `행보`, `발언`; None for another word."""
    return _kinds().get(word.lower())


def read_days(text: str, today: date) -> Days | None:
    """Days of "30일", "2주", "한 달", "7d", "어제", "지난주"; None if the text is no period.

    Args:
        text: As typed.
        today: The reader's day, by which "지난주" is known.
    """
    compact = "".join(text.lower().split())
    if compact in _periods():
        return _days_of(_periods()[compact], today)
    if compact in _counted():
        return Days(_counted()[compact])
    for word in LATELY:
        compact = compact.removeprefix(word)
    if compact in _counted():
        return Days(_counted()[compact])
    match = _COUNTED.fullmatch(compact)
    if match is None:
        return None
    count = match["count"].lstrip("0")
    if len(count) > _DIGITS:
        return Days(MOST_DAYS)
    return Days(min(max(int(count or 0) * _UNIT_DAYS[match["unit"]], 1), MOST_DAYS))


def is_day_name(text: str) -> bool:
    """Whether words name days (`어제`, `이번 주`), which may stand before what is asked about, too."""
    return "".join(text.lower().split()) in _periods()


def _days_of(named: _Named, today: date) -> Days:
    match named.unit:
        case "day":
            first = last = today - timedelta(days=named.back)
        case "week":
            first = today - timedelta(days=today.weekday() + 7 * named.back)
            last = first + timedelta(days=6)
        case "month":
            months = today.year * 12 + today.month - 1 - named.back
            first = date(months // 12, months % 12 + 1, 1)
            last = first.replace(day=monthrange(first.year, first.month)[1])
        case _:
            first = date(today.year - named.back, 1, 1)
            last = date(first.year, 12, 31)
    last = min(last, today)
    return Days(min((last - first).days + 1, MOST_DAYS), None if last == today else last)


def is_greeting(text: str) -> bool:
    """Whether a message says hello and nothing else."""
    return _said(text) in words(_FILE, "greetings", "words")


def is_thanks(text: str) -> bool:
    """Whether a message says thanks and nothing else."""
    return _said(text) in words(_FILE, "thanks", "words")


def without_request(asked: list[str]) -> list[str]:
    """Words of a question without what only asks at their end: `LG전자 인사 알려줘`."""
    while len(asked) > 1 and _said(asked[-1]) in words(_FILE, "requests", "words"):
        asked = asked[:-1]
    return asked


def without_joining(name: str) -> str:
    """A name without the particle that joins it to the next: `삼성전자랑`; the name itself without one."""
    for ending in words(_FILE, "joining", "words"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def is_no(text: str) -> bool:
    """Whether a message turns down what the bot has asked, or what somebody has begun."""
    return _said(text) in words(_FILE, "answers", "no")


def is_yes(text: str) -> bool:
    """Whether a message agrees and says nothing else."""
    return _said(text) in words(_FILE, "answers", "yes")


def _said(text: str) -> str:
    return "".join(text.rstrip(_MARKS).lower().split())
