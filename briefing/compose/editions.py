"""Who gets what when: digests at a subscriber's local hour, alerts as stories come in.

Pure functions; the clock is an argument and what was sent before is told by the edition's key, which the
outbox keeps unique for each chat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.compose.views import worth_telling
from briefing.model import AlertLevel, Edition, EditionKind, Move, Period, Story, Subscriber

DIGEST_PERIOD = timedelta(days=1)
"""What the first digest of a subscriber covers."""

LONGEST_PERIOD = timedelta(days=7)
"""A digest after a long silence goes back no further."""

LATE_AFTER = timedelta(minutes=30)
"""From here a digest says that it comes late."""


def next_digest(local: time, timezone: str, after: datetime) -> datetime:
    """The next moment a wall clock in `timezone` shows `local`.

    On a day whose clock skips that time (summer time begins) the digest comes as much later as the clock
    jumped; on a day that has it twice it comes the first time only.

    Args:
        local: Wall-clock time, naive.
        timezone: IANA name.
        after: Aware time; the answer lies strictly after it.

    Returns:
        Aware UTC datetime.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: No such zone.
    """
    zone = ZoneInfo(timezone)
    # A zone may leave out a whole day (Samoa, 2011-12-30), so look two days ahead at most three times.
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        moment = datetime.combine(day, local.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)
        if moment > after:
            return moment
        day += timedelta(days=1)


def digest_period(subscriber: Subscriber, now: datetime) -> Period:
    """What a digest composed at `now` covers: since the last one, a day for the first, a week at most."""
    since = subscriber.last_digest or now - DIGEST_PERIOD
    return Period(max(since, now - LONGEST_PERIOD), now)


def digest_edition(subscriber: Subscriber, stories: Sequence[Story], now: datetime) -> Edition:
    """The digest that is due for a subscriber.

    The key holds the local day the digest was due, so a second process or a restart composes the same key.

    Args:
        subscriber: With `next_digest` the time it was due (or None when asked for by hand: then `now`).
        stories: Stories of the period about the subscriber's companies, weightiest first.
        now: Aware time of composing.
    """
    due = subscriber.next_digest or now
    day = due.astimezone(ZoneInfo(subscriber.timezone)).date()
    return Edition(
        key=f"digest:{day.isoformat()}",
        chat_id=subscriber.chat_id,
        kind=EditionKind.DIGEST,
        period=digest_period(subscriber, now),
        companies=subscriber.companies,
        stories=tuple(story for story in stories if any(worth_telling(m.fact) for m in story.facts)),
        late=now - due > LATE_AFTER,
    )


def wants_alert(subscriber: Subscriber, story: Story, companies: Sequence[str]) -> bool:
    """Whether a story is pushed to a subscriber at once.

    Args:
        subscriber: Who may want it.
        story: The story, facts merged.
        companies: Canonical names the subscriptions cover (groups spread out).
    """
    if not subscriber.active or subscriber.alerts is AlertLevel.OFF:
        return False
    asked = set(companies)
    facts = [m.fact for m in story.facts if m.fact.company in asked and worth_telling(m.fact)]
    if subscriber.alerts is AlertLevel.MOVES:
        return any(isinstance(fact, Move) for fact in facts)
    return bool(facts)


def alert_editions(
    story: Story,
    subscribers: Sequence[Subscriber],
    now: datetime,
    covers: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Edition, ...]:
    """Alerts about one story, one a chat; the outbox drops those whose key a chat has had.

    Args:
        story: The story, facts merged.
        subscribers: Followers of its companies.
        now: Aware time of composing.
        covers: For subscriptions to groups, the canonical names they cover; others cover themselves.
    """
    told = tuple(dict.fromkeys(merged.fact.company for merged in story.facts if merged.fact.company))
    editions = []
    for subscriber in subscribers:
        covered = {
            member for name in subscriber.companies for member in (name, *(covers or {}).get(name, ()))
        }
        if wants_alert(subscriber, story, tuple(covered)):
            editions.append(
                Edition(
                    key=f"alert:{story.id}",
                    chat_id=subscriber.chat_id,
                    kind=EditionKind.ALERT,
                    period=Period(story.first_published, now),
                    companies=tuple(name for name in told if name in covered),
                    stories=(story,),
                )
            )
    return tuple(editions)
