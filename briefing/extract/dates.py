"""Korean expressions for days, resolved against the day of publication: 13일, 오는 14일부터 사흘간, 전날.

Korean news writes the bare day of the month for days near publication, names the month when it is
another one (지난달 30일), and counts local days as the place does (현지시간 11일), so no time zone is
ever applied.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from briefing.errors import DataError
from briefing.extract.records import record
from briefing.korean.lexicon import table
from briefing.model import Span

# A bare day of the month further ahead than this, told in the past tense, lies in the month before.
_SLACK = 1


@record(frozen=True, slots=True)
class Day:
    """A day or a stretch of days that a text names.

    Attributes:
        span: Where.
        first: The day, or the first of the stretch; None if only its end is said (25일까지).
        last: The last day of a stretch, or None.
        vague: True for words such as 이날 that only point at a day named elsewhere.
    """

    span: Span
    first: date | None
    last: date | None = None
    vague: bool = False


@cache
def _numbers(section: str) -> Mapping[str, int]:
    rows = table("calendar.toml").get(section)
    if not isinstance(rows, dict) or not all(isinstance(v, int) for v in rows.values()):
        raise DataError("briefing/data/calendar.toml", f"[{section}] must map words to whole numbers")
    return rows


_JOINT = re.compile(r"(이번|지난|다음|다다음|지지난|한|같은|하루)(달|주|해|날|전|뒤|앞서)$")


def _words(section: str) -> str:
    """Alternation of a section's words, longest first; `_` marks where a space may stand."""
    found = sorted(_numbers(section), key=len, reverse=True)
    return "|".join(_JOINT.sub(r"\1_?\2", word) for word in found)


# Sections with which an expression of a day may begin.
_BEGINNINGS = ("years", "months", "weeks", "weekdays", "days", "steps", "lengths")


@cache
def _pattern() -> re.Pattern[str]:
    length = rf"(?:{_words('lengths')}|\d{{1,2}}_?일|\d{{1,2}}박_?\d{{1,2}}일|[1-9]_?주)"
    # 10일간, 3일째, 10일 만에, 10일 전에 are lengths; 10일 간담회, 10일 전국 are days
    not_length = (
        r"(?!(?:간|동안|만에|째|치|여|분|차|짜리|마다)|_?(?:동안|만에|이상|이내|이하|가량|정도|연속|내내)"
        r"|_?(?:간|전|뒤|후|안)(?:에|의|부터|까지)?(?![가-힣]))"
    )
    local = r"(?:\((?:[^()\n]{0,40})\))?"
    clock = r"(?:_?(?:오전|오후|새벽|저녁|밤|아침|낮|점심))?(?:_?\d{1,2}시(?:_?\d{1,2}분)?(?:께|쯤|경)?)?"
    begun = [word for section in _BEGINNINGS for word in _words(section).split("|")]
    firsts = "".join(sorted({word[0] for word in (*begun, "오는", "지난", "이번", "다가오는", "돌아오는")}))
    return re.compile(
        rf"""
        (?=[\d{firsts}])(?<![\d.,/])
        (?:
          (?P<iso>(?P<iy>(?:19|20)\d\d)_?[.\-/]_?(?P<im>\d{{1,2}})_?[.\-/]_?(?P<id>\d{{1,2}})(?!\d))
        | (?:(?<![가-힣])(?P<lead>오는|지난|이번|다가오는|돌아오는)_?)?
          (?:(?P<year>(?:19|20)\d\d)년_?|(?P<yearword>{_words("years")})_?)?
          (?:(?P<month>1[0-2]|0?[1-9])월_?|(?P<monthword>{_words("months")})_)?
          (?P<day>3[01]|[12]\d|0?[1-9])
          (?:
            (?:_?[~∼～\-–,·ㆍ]_?|일_?[~∼～\-–,·ㆍ]_?|일과_?|일부터_?)
            (?:(?P<month2>1[0-2]|0?[1-9])월_?|(?P<monthword2>{_words("months")})_)?
            (?P<day2>3[01]|[12]\d|0?[1-9])일(?P<to>까지)?{not_length}
          | 일{not_length}
          )
        | (?:(?P<weekword>{_words("weeks")}|(?<![가-힣])오는|지난)_)?(?P<weekday>{_words("weekdays")})
        | (?<![가-힣])(?P<rel>{_words("days")})(?![가-힣]*날)
        | (?<![가-힣])(?P<step>{_words("steps")})(?!개)
        | (?<![가-힣])(?P<off>{_words("lengths")})_?(?P<way>뒤|후|전)(?=[인에은,]|_|$)
        )
        {local}{clock}{local}
        (?:
          부터{local}{clock}_?(?:약_)?(?P<len>{length})(?=_?(?:간|동안|일정|에_걸쳐|의|_|,|\.))
        | (?:,_|_)?(?P<len2>{length})(?=_?(?:간|동안|일정|_일정|에_걸쳐))
        | (?P<until>까지)
        )?
        """.replace("_", r"\ "),
        re.VERBOSE,
    )


def _safe(year: int, month: int, day: int) -> date | None:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None


def length_of(text: str) -> int | None:
    """Days a length lasts (사흘 = 3, 3박4일 = 4, 2주 = 14), or None."""
    plain = text.replace(" ", "")
    if plain in _numbers("lengths"):
        return _numbers("lengths")[plain]
    if match := re.fullmatch(r"(?:\d+박)?(\d{1,2})일", plain):
        return int(match[1])
    if match := re.fullmatch(r"(\d)주", plain):
        return 7 * int(match[1])
    return None


def _bare(day: date, number: int, lead: str | None, ahead: bool | None) -> date | None:
    """The day of the month a bare number means."""
    this = _safe(day.year, day.month, number)
    before = _safe(day.year, day.month - 1, number)
    after = _safe(day.year, day.month + 1, number)
    if lead in {"오는", "다가오는", "돌아오는"} or (lead is None and ahead):
        return this if this is not None and this >= day else after or this
    if lead == "지난":
        return this if this is not None and this <= day else before or this
    if this is None:
        return before
    if ahead is False and this > day + timedelta(days=_SLACK):
        return before or this
    return this


def _of_month(day: date, month: int, number: int, lead: str | None, ahead: bool | None) -> date | None:
    """A month and day without a year: the nearest one that fits the tense."""
    options = [d for y in (-1, 0, 1) if (d := _safe(day.year + y, month, number)) is not None]
    if lead == "오는" or (lead is None and ahead):
        options = [d for d in options if d >= day] or options
    elif lead == "지난" or (lead is None and ahead is False):
        options = [d for d in options if d <= day + timedelta(days=_SLACK)] or options
    return min(options, key=lambda d: abs((d - day).days), default=None)


def _dated(match: re.Match[str], day: date | None, ahead: bool | None) -> date | None:
    number = int(match["day"])
    month = int(match["month"]) if match["month"] else None
    if match["year"]:
        return _safe(int(match["year"]), month, number) if month else None
    if day is None:
        return None
    lead = match["lead"]
    if match["yearword"]:
        shift = _numbers("years")[match["yearword"]]
        return _safe(day.year + shift, month, number) if month else _bare(day, number, lead, ahead)
    if match["monthword"]:
        shift = _numbers("months")[match["monthword"].replace(" ", "")]
        return _safe(day.year, day.month + shift, number)
    if month:
        return _of_month(day, month, number, lead, ahead)
    return _bare(day, number, lead, ahead)


def _weekday(match: re.Match[str], day: date) -> date:
    number = _numbers("weekdays")[match["weekday"]]
    lead = (match["weekword"] or "").replace(" ", "")
    monday = day - timedelta(days=day.weekday())
    if lead in _numbers("weeks"):
        return monday + timedelta(days=7 * _numbers("weeks")[lead] + number)
    if lead == "오는":
        return day + timedelta(days=(number - day.weekday()) % 7 or 7)
    if lead == "지난":
        return day - timedelta(days=(day.weekday() - number) % 7 or 7)
    return min(
        (monday + timedelta(days=number + 7 * k) for k in (-1, 0, 1)), key=lambda d: abs((d - day).days)
    )


def _second(match: re.Match[str], first: date) -> date | None:
    """The end of "14~16일", "9월 30일~10월 2일"."""
    number = int(match["day2"])
    month = first.month
    if match["month2"]:
        month = int(match["month2"])
    elif match["monthword2"]:
        month = first.month + 1
    last = _safe(first.year + (month < first.month), month, number)
    if last is not None and last < first and not match["month2"]:
        last = _safe(first.year, first.month + 1, number)
    return last if last is not None and first < last else None


def _resolved(match: re.Match[str], day: date | None, anchor: date | None, ahead: bool | None) -> Day | None:
    span = Span(match.start(), match.end())
    vague = False
    last: date | None = None
    first: date | None
    if match["iso"]:
        first = (
            _safe(int(match["iy"]), int(match["im"]), int(match["id"])) if int(match["im"]) <= 12 else None
        )
    elif match["day"]:
        first = _dated(match, day, ahead)
        if first is not None and match["day2"]:
            last = _second(match, first)
    elif day is None:
        return None
    elif match["weekday"]:
        first = _weekday(match, day)
    elif match["off"]:
        # 사흘 뒤 and 사흘 전에는 count from the day told last, 사흘 전 from publication
        count = _numbers("lengths")[match["off"].replace(" ", "")]
        back = match["way"] == "전"
        goes_on = not back or match.string.startswith("에는", match.end())
        start = (anchor or day) if goes_on else day
        first = start - timedelta(days=count) if back else start + timedelta(days=count)
    elif match["rel"]:
        first = day + timedelta(days=_numbers("days")[match["rel"]])
    else:
        step = _numbers("steps")[match["step"].replace(" ", "")]
        vague = step == 0
        first = (anchor or day) + timedelta(days=step)
    if first is None:
        return None
    if match["until"] and not match["day2"]:
        return Day(span, None, first, vague)
    if length := match["len"] or match["len2"]:
        days = length_of(length)
        last = first + timedelta(days=days - 1) if days and days > 1 else last
    return Day(span, first, last, vague)


# Nothing longer stands in front of what the hint finds (다가오는 3일).
_BEFORE_HINT = 12


@cache
def _hint() -> re.Pattern[str]:
    """What every expression of a day holds: a cheap look before the dear one."""
    named = [
        word for section in ("days", "steps", "weekdays", "lengths") for word in _words(section).split("|")
    ]
    return re.compile("|".join((*"0123456789", *named)).replace("_", " "))


def find_days(
    text: str,
    day: date | None,
    *,
    start: int = 0,
    end: int | None = None,
    anchor: date | None = None,
    ahead: bool | None = None,
) -> tuple[Day, ...]:
    """Days named in `text[start:end]`, in order.

    Args:
        text: Any text; spans count code points of it.
        day: Day of publication in Asia/Seoul; without it only full dates are resolved.
        start: Where to begin.
        end: Where to stop; None for the end of the text.
        anchor: Day the text spoke of last, for 이날, 전날, 이튿날.
        ahead: True if the words lie in the future, False if in the past, None if unknown.

    Returns:
        Days that exist; an expression that names none (31일 of a month of 30) is left out.
    """
    found: list[Day] = []
    stop = len(text) if end is None else end
    hint = _hint().search(text, start, stop)
    if hint is None:
        return ()
    for match in _pattern().finditer(text, max(start, hint.start() - _BEFORE_HINT), stop):
        try:
            resolved = _resolved(match, day, anchor, ahead)
        except OverflowError:  # the calendar ends in the year 9999
            continue
        if resolved is not None:
            found.append(resolved)
            if resolved.first is not None and not match["step"]:
                anchor = resolved.first
    return tuple(found)
