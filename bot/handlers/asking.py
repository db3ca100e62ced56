"""Periods, kinds of news and small talk as people type them; their words are data/questions.toml. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
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
# 5월 11일, 2026년 5월, 5.11(토), 5/11, 2026-05-11; without spaces.
_DATE: Final = re.compile(
    r"(?:(?P<year>\d{4})(?:년|[./-]))?(?P<month>\d{1,2})(?:월|[./-])"
    r"(?:(?P<day>\d{1,2})(?:일자?)?\.?(?:\([월화수목금토일]\))?)?"
)
# May 11, May 11 2026, May 11, 2026; without spaces.
_ENGLISH_DATE: Final = re.compile(
    r"(?P<name>[a-z]{3,9})\.?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?)?(?:,?(?P<year>\d{4}))?"
)
# No article is older, and no button names an earlier day.
EARLIEST_YEAR: Final = 2000
# From one 29 February to the next, at most.
_LEAP_YEARS: Final = 8
# What people put behind a word: "안녕하세요!!", "hi~ ^^".
MARKS: Final = " \t\r\n!?.,~…^ㅎㅋ♡♥☺-"
# A letter of a word or a digit; single consonants and vowels of Hangul make none.
_WORD: Final = re.compile(r"[^\W_ㄱ-ㆎ]")


class NoDay(StrEnum):
    """Why a date cannot be asked about: the calendar has none, it is to come, nothing is so old."""

    IMPOSSIBLE = "impossible"
    TO_COME = "to_come"
    TOO_EARLY = "too_early"


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


@cache
def _months() -> dict[str, int]:
    return {word: int(month) for month in table(_FILE)["months"] for word in words(_FILE, "months", month)}


@cache
def _whole_months() -> frozenset[str]:
    return frozenset(words(_FILE, "months", month)[-1] for month in table(_FILE)["months"])


def read_kind(word: str) -> FactKind | None:
    """The kind of news that a word asks for: `인사`, `행보`, `발언`; None for another word."""
    return _kinds().get(word.lower())


def read_days(text: str, today: date) -> Days | None:
    """Days of "30일", "2주", "어제", "지난주", "5월 11일", "5.11", "5월"; None if the text is no period.

    A date without its year is the latest that is not to come.

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
        found = _read_date(compact, today)
        return found if isinstance(found, Days) else None
    count = match["count"].lstrip("0")
    if len(count) > _DIGITS:
        return Days(MOST_DAYS, cut=True)
    return Days(max(int(count or 0) * _UNIT_DAYS[match["unit"]], 1)).at_most(MOST_DAYS)


def is_day_name(text: str) -> bool:
    """Whether words name days (`어제`, `5월 11일`), which may stand alone or before what is asked about, too.

    `October` may not: somebody may be called so.
    """
    compact = "".join(text.lower().split())
    return compact in _periods() or (compact.rstrip(".") not in _months() and _dated(compact) is not None)


def no_day(text: str, today: date) -> NoDay | None:
    """Why a date (`2월 30일`, `2030년 5월 1일`) is no day that can be asked about; None for other words."""
    found = _read_date("".join(text.lower().split()), today)
    return found if isinstance(found, NoDay) else None


def _dated(compact: str) -> tuple[int | None, int, int | None] | None:
    """Year, month and day of a date as far as they are told, possible or not; None for what is none."""
    if match := _DATE.fullmatch(compact):
        if match["day"] is None and not compact.endswith("월"):
            return None  # 5. and 5/ are no months
        month, surely = int(match["month"]), match["year"] is not None or "월" in compact
    elif match := _ENGLISH_DATE.fullmatch(compact):
        # APR is a company
        if compact.rstrip(".") in _months().keys() - _whole_months():
            return None
        month, surely = _months().get(match["name"], 0), match["name"] in _months()
    else:
        return None
    year, day = (int(match[part]) if match[part] else None for part in ("year", "day"))
    # 4.0 and 24/7 are no dates
    possible = 1 <= month <= 12 and (day is None or 1 <= day <= 31)
    return (year, month, day) if possible or surely else None


def _read_date(compact: str, today: date) -> Days | NoDay | None:
    found = _dated(compact)
    if found is None:
        return None
    year, month, day = found
    years = range(today.year, today.year - _LEAP_YEARS - 1, -1) if year is None else (year,)
    days = [one for one in (_day(of, month, 1 if day is None else day) for of in years) if one is not None]
    if not days:
        return NoDay.IMPOSSIBLE
    first = next((one for one in days if one <= today), None)
    if first is None:
        return NoDay.TO_COME
    if first.year < EARLIEST_YEAR:
        return NoDay.TOO_EARLY
    return _until(first, first if day else first.replace(day=monthrange(first.year, month)[1]), today)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # 2월 30일


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
    return _until(first, last, today)


def _until(first: date, last: date, today: date) -> Days:
    last = min(last, today)
    return Days((last - first).days + 1, None if last == today else last).at_most(MOST_DAYS)


def is_greeting(text: str) -> bool:
    """Whether a message says hello and nothing else."""
    return _said(text) in words(_FILE, "greetings", "words")


def is_thanks(text: str) -> bool:
    """Whether a message says thanks and nothing else: `정말 고마워요`."""
    said = text.split()
    while len(said) > 1 and (is_yes(said[0]) or _said(said[0]) in words(_FILE, "fillers", "words")):
        said = said[1:]
    return _said(" ".join(said)) in words(_FILE, "thanks", "words")


def says_nothing(text: str) -> bool:
    """Whether a message holds no word: `ㅋㅋㅋ`, `???`, `👍`."""
    return _WORD.search(text) is None


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


def split_joined(text: str) -> tuple[str, ...]:
    """Names that particles join: `카카오랑 LG 전자`; the text alone where none does."""
    names: list[list[str]] = [[]]
    *said, last = text.split() or [""]
    for word in said:
        bare = without_joining(word)
        names[-1].append(bare)
        if bare != word:
            names.append([])
    names[-1].append(last)
    return tuple(map(" ".join, names))


def without_whole(name: str) -> str:
    """A name without the word that says that all of a group is meant: `LG그룹 전체`."""
    *rest, last = name.split() or [""]
    return " ".join(rest) if rest and last.lower() in words(_FILE, "whole", "words") else name


def is_everything(text: str) -> bool:
    """Whether all is meant: `/unsubscribe 전체`."""
    return _said(text) in words(_FILE, "whole", "words")


def is_no(text: str) -> bool:
    """Whether a message turns down what the bot has asked, or what somebody has begun."""
    return _said(text) in words(_FILE, "answers", "no")


def is_yes(text: str) -> bool:
    """Whether a message agrees and says nothing else."""
    return _said(text) in words(_FILE, "answers", "yes")


def _said(text: str) -> str:
    return "".join(text.rstrip(MARKS).lower().split())
