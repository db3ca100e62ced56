"""Who gets what when: digests at a subscriber's local hour, alerts as stories come in.

Pure functions; the clock is an argument and what was sent before is told by the edition's key, which the
outbox keeps unique for each chat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from briefing.compose.audience import Interests, concerns_top, kind_of
from briefing.compose.views import worth_telling
from briefing.model import (
    Activity,
    Edition,
    EditionKind,
    Fact,
    MergedFact,
    Move,
    MoveKind,
    MoveStatus,
    Period,
    Quote,
    Story,
)
from briefing.subscribers import ALL_KINDS, AlertLevel, Subscriber

DIGEST_PERIOD = timedelta(days=1)
"""What the first digest of a subscriber covers."""

LONGEST_PERIOD = timedelta(days=7)
"""A digest after a long silence goes back no further."""

ALERT_FRESH = timedelta(hours=36)
"""What was published before is no alert; feeds that give only a day (00:00) stay in."""

ALERT_MEMORY = timedelta(days=7)
"""So long a chat counts as told of a fact: outlets follow each other within days."""

MOST_ALERTS = 5
"""More stories than this at once come in one edition."""

MARK_CHARS = 150

WAYS: Final = {
    MoveKind.APPOINTED: "in",
    MoveKind.PROMOTED: "in",
    MoveKind.DEPARTED: "out",
    MoveKind.RETAINED: "stay",
}
"""Outlets call one move an appointment or a promotion."""

LATE_AFTER = timedelta(minutes=30)
"""From here a digest says that it comes late."""


def digest_period(subscriber: Subscriber, now: datetime) -> Period:
    """What a digest composed at `now` covers: since the last one, a day for the first, a week at most.

    A last one that is yet to come was composed by a wrong clock, and says nothing.
    """
    last = subscriber.last_digest
    since = now - DIGEST_PERIOD if last is None or last > now else last
    return Period(max(since, now - LONGEST_PERIOD), now)


def shared(subscriber: Subscriber) -> Subscriber:
    """A subscriber without what is personal: of two that are equal after this the digests are equal.

    Whatever else a subscriber has or comes to have counts as a difference.
    """
    return replace(
        subscriber,
        chat_id=0,
        created_at=None,
        followed_since=(),
        alerts_since=None,
        alerts=AlertLevel.OFF,
        quiet=None,
        thread_id=None,
        persons=tuple(replace(one, since=None) for one in subscriber.persons),
        topics=tuple(replace(one, since=None) for one in subscriber.topics),
    )


def digest_key(due: datetime) -> str:
    """The key of the edition that was due at an aware time."""
    return f"digest:{due.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def digest_edition(
    subscriber: Subscriber, stories: Sequence[Story], now: datetime, told: Set[str] = frozenset()
) -> Edition:
    """The digest that is due for a subscriber.

    The key holds the moment the digest was due, so a second process or a restart composes the same key,
    and a digest moved to a later hour of the day still comes.

    Args:
        subscriber: With `next_digest` the time it was due (or None when asked for by hand: then `now`).
        stories: Stories of the period about what the subscriber follows, weightiest first.
        now: Aware time of composing.
        told: Marks of facts this chat was alerted of (`alert_marks`): they are named, not told again.
    """
    due = subscriber.next_digest or now
    fresh: list[Story] = []
    alerted: list[Story] = []
    if not told and subscriber.kinds == ALL_KINDS:
        fresh = [story for story in stories if any(worth_telling(merged.fact) for merged in story.facts)]
        stories = ()
    for story in stories:
        facts = tuple(merged for merged in story.facts if kind_of(merged.fact) in subscriber.kinds)
        if not any(worth_telling(merged.fact) for merged in facts):
            continue
        new = tuple(merged for merged in facts if marks_of(merged, story.id)[0] not in told)
        if any(worth_telling(merged.fact) for merged in new):
            # a story as it is stays the same object, and its line can be shared
            fresh.append(story if new == story.facts else replace(story, facts=new))
        else:
            alerted.append(story if facts == story.facts else replace(story, facts=facts))
    return Edition(
        key=digest_key(due),
        chat_id=subscriber.chat_id,
        kind=EditionKind.DIGEST,
        period=digest_period(subscriber, now),
        companies=subscriber.companies,
        stories=tuple(fresh),
        late=now - due > LATE_AFTER,
        alerted=tuple(alerted),
        timezone=subscriber.timezone,
        persons=tuple(dict.fromkeys((one.name, one.company) for one in subscriber.persons)),
        topics=tuple(dict.fromkeys((one.topic, one.company) for one in subscriber.topics)),
    )


def alert_marks(fact: Fact, published: datetime, story_id: int) -> tuple[str, ...]:
    """Keys under which a chat is told a fact, the fact's own first.

    Coarse on purpose: outlets word posts and occasions differently, and quote different sentences of one
    speech. So posts and words are left out; companies tell namesakes apart, and stories the speeches of a
    day. Who is told that something is done need not be told that it is rumoured.
    """
    match fact:
        case Move(person=person, company=company, kind=kind, status=status):
            what = f"{WAYS[kind]}:{person}:{company or ''}"
            rumour = f"rumour:{what}"[:MARK_CHARS]
            return (rumour,) if status is MoveStatus.RUMORED else (f"move:{what}"[:MARK_CHARS], rumour)
        case Activity(person=person, company=company, kind=kind, when=when):
            day = when or published.date()
            return (f"activity:{kind}:{day}:{person}:{company or ''}"[:MARK_CHARS],)
        case Quote(speaker=speaker):
            return (f"quote:{story_id}:{speaker}"[:MARK_CHARS],)


def alert_editions(
    subscriber: Subscriber,
    stories: Sequence[Story],
    now: datetime,
    covers: Mapping[str, Sequence[str]],
    told: Set[str] = frozenset(),
) -> tuple[Edition, ...]:
    """Alerts for one subscriber about stories that have just come in, weightiest first.

    A story is alerted if it holds a fact that the subscriber asked for, that was first read after they
    asked, that is fresh, and that they have not been told. Many at once come in one message.

    Args:
        subscriber: Who may want them.
        stories: Facts merged.
        now: Aware time of composing.
        covers: For subscriptions to groups, the canonical names they cover; others cover themselves.
        told: Marks of facts this chat has been told (`alert_marks`).
    """
    interests = Interests.of(subscriber, covers)
    known = set(told)
    alerts: list[Edition] = []
    for story in stories:
        wanted = tuple(merged for merged in story.facts if _wanted(merged, story, subscriber))
        new = [
            merged
            for merged in wanted
            if _alerted(merged, subscriber, interests, now) and marks_of(merged, story.id)[0] not in known
        ]
        if not new:
            continue
        # what the message shows beside the news is told, too
        shown = (*new, *(merged for merged in wanted if merged not in new))
        marks = tuple(dict.fromkeys(mark for merged in shown for mark in marks_of(merged, story.id)))
        known.update(marks)
        told_of = (merged.fact.company for merged in story.facts if interests.since(merged.fact) is not None)
        alerts.append(
            Edition(
                key=f"alert:{marks[0]}:{now.date()}",
                chat_id=subscriber.chat_id,
                kind=EditionKind.ALERT,
                period=Period(story.first_published, now),
                companies=tuple(dict.fromkeys(name for name in told_of if name)),
                stories=(story if wanted == story.facts else replace(story, facts=wanted),),
                marks=marks,
            )
        )
    return tuple(alerts) if len(alerts) <= MOST_ALERTS else (_together(alerts),)


def _wanted(merged: MergedFact, story: Story, subscriber: Subscriber) -> bool:
    """Whether a fact is of a kind and level that this subscriber wants to be alerted of."""
    fact = merged.fact
    if not subscriber.active or not worth_telling(fact) or kind_of(fact) not in subscriber.kinds:
        return False
    match subscriber.alerts:
        case AlertLevel.OFF:
            return False
        case AlertLevel.TOP if not concerns_top(fact, story.people):
            return False
        case AlertLevel.MOVES if not isinstance(fact, Move):
            return False
    return True


def _alerted(merged: MergedFact, subscriber: Subscriber, interests: Interests, now: datetime) -> bool:
    """Whether a fact is news for this subscriber: asked for before, fresh, and in no digest yet."""
    asked = interests.since(merged.fact)
    first = min((source.read_at for source in merged.sources if source.read_at), default=now)
    if subscriber.digest_times and subscriber.last_digest is not None and merged.corrected is None:
        # the digest that covers this moment has told it
        asked = max(asked, subscriber.last_digest) if asked is not None else None
    return asked is not None and first >= asked and merged.sources[0].published >= now - ALERT_FRESH


def marks_of(merged: MergedFact, story_id: int) -> tuple[str, ...]:
    """Keys under which a chat is told a merged fact, its own first; a correction has one more."""
    marks = alert_marks(merged.fact, merged.sources[0].published, story_id)
    if merged.corrected is None:
        return marks
    # a chat that was told otherwise is told the correction; and who is told the correction, the fact
    return (f"corrected:{marks[0]}"[:MARK_CHARS], *marks)


def _together(alerts: Sequence[Edition]) -> Edition:
    """One edition in place of many."""
    return replace(
        alerts[0],
        period=Period(min(alert.period.since for alert in alerts), alerts[0].period.until),
        companies=tuple(dict.fromkeys(name for alert in alerts for name in alert.companies)),
        stories=tuple(story for alert in alerts for story in alert.stories),
        marks=tuple(dict.fromkeys(mark for alert in alerts for mark in alert.marks)),
    )
