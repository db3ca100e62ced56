"""A file that a terminal cannot show, told in one line: its name and what is in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar

from briefing.compose.formatting import day as day_said
from briefing.compose.texts import text


def in_one_line(name: str, data: bytes) -> str:
    """`LG전자-일정.ics · 일정 2건, 5.13(월)–5.16(목)`; the size where the contents are of no known kind."""
    return f"{name} · {_contents(name, data)}"


def _contents(name: str, data: bytes) -> str:
    if not name.endswith(".ics"):
        return text("console.bytes", count=len(data))
    try:
        events = Calendar.from_ical(data).walk("VEVENT")
    except ValueError:
        return text("console.bad_calendar", count=len(data))
    if not events:
        return text("console.no_events")
    first = min(_day(event.decoded("DTSTART")) for event in events)
    # the end of an all-day event is the day after
    last = max(_day(event.decoded("DTEND")) - timedelta(days=1) for event in events)
    span = _shown(first) if first >= last else f"{_shown(first)}–{_shown(last)}"
    return text("console.events", count=len(events), span=span)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _shown(day: date) -> str:
    return day_said(day, day)
