"""Dates as Korean feeds and pages write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
# Before the first Korean outlet went online: a date of 1970 means that the field was empty.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)

_ODD_OFFSET = re.compile(r"\s*(?:GMT|UTC|Z)?\s*([+-])(\d{1,2}):?(\d{2})?$")
_NUMERIC = re.compile(
    r"(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})\s*[일.]?"
    r"(?:\s*\([월화수목금토일]\))?"
    r"(?:[T\s,]*(?P<half>오전|오후|AM|PM)?\s*(?P<hour>\d{1,2})\s*[:시]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[:분]\s*(?P<second>\d{1,2}))?(?:[.,]\d+)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")


def parse_date(text: str | None, now: datetime | None = None) -> datetime | None:
    """A moment in UTC.

    Reads RFC 822 and ISO 8601 with any form of offset ("+09:00", "GMT+9", "Z"), and the numeric
    forms of Korean pages (2024.05.12 14:30, 2024년 5월 12일 오후 2:30, 20240512143000). Without a
    zone Asia/Seoul is meant.

    Args:
        text: As written; None and nonsense give None.
        now: Aware; a date after it becomes it, as feeds announce articles or run fast.
    """
    moment = _parse(" ".join(text.split())) if text else None
    if moment is None or moment < _EARLIEST:
        return None
    return min(moment, now.astimezone(UTC)) if now is not None else moment


def _parse(text: str) -> datetime | None:
    try:
        return _rfc822(text) if text[:1].isalpha() or re.match(r"\d{1,2}\s[A-Za-z]", text) else _numeric(text)
    except (ValueError, OverflowError, TypeError):
        return None


def _rfc822(text: str) -> datetime | None:
    zone = None
    if (match := _ODD_OFFSET.search(text)) is not None and ":" in text[: match.start()]:
        zone, text = _offset(match), text[: match.start()]
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        # "Sunday 12 May 2024" and other words before digits
        return _numeric(text)
    # Names of zones other than GMT and the American ones are unknown to it: KST, and none at all.
    return moment.replace(tzinfo=zone or moment.tzinfo or SEOUL).astimezone(UTC)


def _numeric(text: str) -> datetime | None:
    if (compact := _COMPACT.match(text)) is not None:
        return datetime(*(int(part or 0) for part in compact.groups()), tzinfo=SEOUL).astimezone(UTC)  # type: ignore[arg-type, misc]
    match = _NUMERIC.search(text)
    if match is None:
        return None
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["half"] or "").upper()
    if half in {"오후", "PM"} and hour < 12:
        hour += 12
    elif half in {"오전", "AM"} and hour == 12:
        hour = 0
    rest = text[match.end() :].strip()
    zone: timezone | ZoneInfo = SEOUL
    if rest.upper() in {"Z", "UTC", "GMT"}:
        zone = UTC
    elif match["hour"] and (offset := _ODD_OFFSET.match(rest)) is not None:
        zone = _offset(offset)
    return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)


def _offset(match: re.Match[str]) -> timezone:
    size = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(size if match[1] == "+" else -size)
