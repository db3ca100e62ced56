"""What the pipeline tells whoever counts its work; `bot.metrics` does."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Event(StrEnum):
    """Something that was done, with the outcomes or kinds it is told by."""

    POLLS = "polls"
    """new, nothing_new, unchanged (the server said so), failed"""
    ENTRIES = "entries"
    """new (to be read), left_out (too many at once)"""
    ARTICLES = "articles"
    """read, headline (no more of it to be had), put_off, skipped"""
    FACTS = "facts"
    """move, activity, quote, of articles as they are read"""
    STORIES = "stories"
    """told: an article that tells something of executives began one; joined: it went to a known one"""
    ALERTS = "alerts"
    """written: editions put into the outbox"""
    DIGESTS = "digests"
    """written: editions put into the outbox"""
    DELIVERIES = "deliveries"
    """sent, later, gone, migrated, rejected, unknown; given_up (tried for a week)"""


OUTCOMES: dict[Event, tuple[str, ...]] = {
    Event.POLLS: ("new", "nothing_new", "unchanged", "failed"),
    Event.ENTRIES: ("new", "left_out"),
    Event.ARTICLES: ("read", "headline", "put_off", "skipped"),
    Event.FACTS: ("move", "activity", "quote"),
    Event.STORIES: ("told", "joined"),
    Event.ALERTS: ("written",),
    Event.DIGESTS: ("written",),
    Event.DELIVERIES: ("sent", "later", "gone", "migrated", "rejected", "unknown", "given_up"),
}
"""All outcomes there are, so that what counts can be bounded and begin at nothing."""

Observe = Callable[[Event, str, int], None]
"""Takes an event, its outcome or kind, and how many."""


def unobserved(event: Event, outcome: str, number: int) -> None:
    """Counts nothing."""
