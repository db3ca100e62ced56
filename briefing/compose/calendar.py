"""Announced occasions as a calendar file (RFC 5545), written by icalendar."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from icalendar import Calendar, Event

from briefing.compose.formatting import clean, clip, usable_address
from briefing.compose.planned import PlannedItem
from briefing.compose.texts import text
from briefing.compose.translation import occasion, person
from briefing.compose.wording import plain
from briefing.findings import Agenda

PRODUCT: Final = "-//execbrief//announced occasions//KO"
TEXT_CHARS: Final = 300


def to_ics(items: Sequence[PlannedItem], agenda: Agenda) -> bytes:
    """A calendar of the occasions that have a day, each as an event of whole days.

    An event keeps its UID when its date is corrected, so importing the file again moves it. It is tentative
    and blocks no time: it is somebody else's plan, as an outlet told it.

    Args:
        items: Occasions; those without a day are left out.
        agenda: Gives the calendar's name and the moment it was made.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(text("calendar.name", title=agenda.title)))
    seen: Counter[str] = Counter()
    for item in items:
        if item.when is None:
            continue
        key = f"{item.story}|{item.kind}|{plain(''.join(item.people))}|{plain(item.what)}"
        seen[key] += 1
        source = item.sources.first
        event = Event()
        event.add("uid", f"{_digest(f'{key}|{seen[key]}')}@execbrief")
        event.add("dtstamp", agenda.now)
        event.add("last-modified", max(found.published for found in item.sources.all))
        event.add("dtstart", item.when)
        last = item.until if item.until is not None and item.until > item.when else item.when
        # the end of an all-day event is the day after
        event.add("dtend", last + timedelta(days=1))
        event.add(
            "summary", clean(" ".join(filter(None, (item.company, person(item.who), occasion(item.what)))))
        )
        if item.place:
            event.add("location", clean(item.place))
        said = [clip(source.sentence, TEXT_CHARS), clean(source.outlet)]
        if usable_address(source.url):
            said.append(source.url)
            event.add("url", source.url)
        event.add("description", "\n".join(filter(None, said)))
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
