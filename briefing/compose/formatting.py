"""Dates, names, quotations and stray characters as a reader should see them. Pure functions of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefing.compose.texts import text

LONGEST_URL = 1800
"""Telegram accepts more, but no news address needs it."""

_SPACES = re.compile(r"\s+")
# U+2066–2069 and U+202A–202E turn the direction of everything after them; one left open garbles a message.
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # emoji are built with these
# Every block that Unicode writes from right to left, assigned or not (DerivedBidiClass.txt, @missing).
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_SENTENCE_END = re.compile(r"[.!?。](?=\s|$)")
_CLAUSE_END = re.compile(
    r"(?:으며|며|면서|지만|는데|니까|아서|어서|해서|하고|되고|이고|없고|있고|하되|려고|도록|때문에|위해|통해),?(?=\s)"
)


# Names and posts recur in message after message; long texts are few.
@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Text from outside made safe for a line: no breaks, no control characters, direction contained."""
    if text.isprintable() and not _RIGHT_TO_LEFT.search(text):
        # nearly always: nothing to leave out, no space but the plain one
        return _SPACES.sub(" ", text).strip() if "  " in text else text.strip()
    kept = "".join(
        " " if unicodedata.category(char) in {"Zl", "Zp"} or char in "\n\r\t\v\f" else char
        for char in _DIRECTION.sub("", text)
        if char in "\n\r\t\v\f"
        or char in _JOINERS
        or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    line = _SPACES.sub(" ", kept).strip()
    if any(unicodedata.bidirectional(char) in {"R", "AL"} for char in line):
        # First-strong isolate (Unicode TR9): Hebrew or Arabic inside does not turn what follows.
        return f"\u2068{line}\u2069"
    return line


def usable_address(url: str) -> bool:
    """Whether an address from outside may stand as a link: http or https, a host, no space, no end of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    fits = len(url) <= LONGEST_URL and not any(char.isspace() for char in url)
    return fits and parts.scheme in {"http", "https"} and bool(parts.netloc)


@lru_cache(maxsize=4096)
def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word with `…`; shorter text as it is."""
    text = clean(text)
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    return head[: space if space > limit // 2 else limit - 1].rstrip(" ,·") + "…"


def some(names: Sequence[str], most: int, limit: int, unit: str, between: str = ", ") -> str:
    """The first names of a list and how many more there are (`차수빈, 여민구 외 3명`); no name is cut in two.

    Args:
        names: All of them.
        most: How many are shown at most.
        limit: How many characters they may take together; the first is shown in any case.
        unit: What is counted (명, 곳).
        between: What stands between two.
    """
    shown: list[str] = []
    for name in names[:most]:
        part = clip(name, min(limit, 60))
        if shown and len(between.join((*shown, part))) > limit:
            break
        shown.append(part)
    more = len(names) - len(shown)
    told = between.join(shown)
    return text("line.more", names=told, count=more, unit=unit) if more else told


def cut_quote(text: str, limit: int = 110) -> str:
    """A quotation of at most about `limit` characters, ended at a sentence or clause; its words never change.

    The last sentence end is preferred, then the last clause end, then the last word; ` …` shows the cut.
    """
    text = clean(text)
    if len(text) <= limit:
        return text
    head = text[:limit]
    for pattern, least in ((_SENTENCE_END, limit // 2), (_CLAUSE_END, limit // 3)):
        ends = [match.end() for match in pattern.finditer(text) if least <= match.end() <= limit]
        if ends:
            return text[: ends[-1]].rstrip(",") + " …"
    space = head.rfind(" ")
    return head[: space if space > 0 else limit].rstrip(" ,") + " …"


def day(value: date, near: date, weekday: bool = True, *, year: bool | None = None) -> str:
    """`5.11(토)`, `May 11 (Sat)`; with the year where it is not the reader's (`2023.5.11(목)`).

    Args:
        value: The day.
        near: A day of the reader's time, whose year need not be said.
        weekday: Whether to add the day of the week.
        year: Whether to say the year; None: where it is needed.
    """
    with_year = _needs_year(value, near) if year is None else year
    short = text(
        "day.short_year" if with_year else "day.short",
        year=value.year,
        month=text("day.months").split()[value.month - 1],
        day=value.day,
    )
    return text("day.with_weekday", day=short, weekday=weekday_name(value)) if weekday else short


def weekday_name(value: date) -> str:
    """`토`, `Sat`."""
    return text("day.weekdays").split()[value.weekday()]


def _needs_year(value: date, near: date) -> bool:
    return value.year != near.year and abs((value - near).days) > 60


def days(first: date, last: date | None, near: date, weekday: bool = True) -> str:
    """`5.14(화)–16(목)`, `4.30(화)–5.2(목)`, or one day; of two years both are said or none."""
    if last is None or last <= first:
        return day(first, near, weekday)
    if weekday and (first.year, first.month) == (last.year, last.month):
        return f"{day(first, near)}–{text('day.with_weekday', day=last.day, weekday=weekday_name(last))}"
    said = _needs_year(first, near) or _needs_year(last, near)
    shown = (
        day(first, near, weekday, year=said),
        day(last, near, weekday, year=said and first.year != last.year),
    )
    return "–".join(shown)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day a moment falls on in a zone."""
    return moment.astimezone(zone).date()


def period_days(since: datetime, until: datetime, zone: ZoneInfo) -> tuple[int, date, date]:
    """The days a half-open period touches: how many, the first and the last, both included.

    A period of seven days ends today and begins with the midnight six days before.
    """
    first, last = local_day(since, zone), local_day(until - timedelta(microseconds=1), zone)
    last = max(first, last)
    return (last - first).days + 1, first, last


def period_words(
    since: datetime, until: datetime, zone: ZoneInfo, *, past: bool = False, today: date | None = None
) -> str:
    """A period as its reader counts it: `최근 7일 (5.6–5.12)`, `5.12(일)`, `5.11 18:30–5.12 18:30`.

    One that ended before today (`past`) is told by its days alone: `4.29(월)–5.5(일)`; with the year where
    it is not that of `today`.
    """
    count, first, last = period_days(since, until, zone)
    near = today or last
    begins = since.astimezone(zone)
    if begins.time() != time():
        # 24h, or a time: whole days would promise more than was looked at
        whole = days(first, last, last, weekday=False).split("–")
        ends = until - timedelta(seconds=1)
        return f"{whole[0]} {clock(since, zone)}–{whole[-1]} {clock(ends, zone)}"
    if count == 1:
        return day(last, near)
    if past:
        return days(first, last, near)
    return text("day.last", count=count, days=days(first, last, last, weekday=False))


def reported_words(
    since: datetime, until: datetime, zone: ZoneInfo, *, past: bool = False, today: date | None = None
) -> str:
    """The same for what was published in a period, whenever it happened: `5.11(토) 보도` of past days.

    Up to today (`최근 7일 (5.6–5.12)`) nobody takes it for the days on which it happened.
    """
    said = period_words(since, until, zone, past=past, today=today)
    single = period_days(since, until, zone)[0] == 1 and since.astimezone(zone).time() == time()
    return text("day.reported", days=said) if past or single else said


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """`09:12` on the wall of a zone."""
    return moment.astimezone(zone).strftime("%H:%M")
