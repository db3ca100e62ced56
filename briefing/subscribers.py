"""Who is written to: subscribers, their settings and what they follow.

Frozen dataclasses like those of briefing/model.py, whose conventions hold here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from briefing.model import FactKind


class AlertLevel(StrEnum):
    """Which stories are pushed at once.

    `TOP` is what concerns heads of a company (the posts of `data/audience.toml`), `MOVES` personnel
    moves of any rank, `ALL` everything.
    """

    OFF = "off"
    TOP = "top"
    MOVES = "moves"
    ALL = "all"


ALL_KINDS = frozenset(FactKind)
ALL_DAYS = frozenset(range(1, 8))


class Language(StrEnum):
    """Languages a chat may be spoken to in; names and quotations stay as the articles have them."""

    KOREAN = "ko"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is pushed; what falls into them is sent when they end.

    Attributes:
        begins: Local wall-clock time.
        ends: Local wall-clock time; before `begins` where the hours go past midnight.
    """

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class FollowedPerson:
    """A person somebody follows.

    Attributes:
        name: As articles write it.
        company: Canonical name of the company that tells namesakes apart; None for whoever bears the name.
        since: When it was subscribed to, UTC; None: since ever.
    """

    name: str
    company: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FollowedTopic:
    """A topic whose quotations somebody follows.

    Attributes:
        topic: Its id in data/topics.toml.
        company: Canonical name of the company whose words are meant; None for all.
        since: When it was subscribed to, UTC; None: since ever.
    """

    topic: str
    company: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat that asked for news.

    Attributes:
        chat_id: Telegram chat.
        companies: Canonical names subscribed to, in order of subscription.
        timezone: IANA name.
        digest_times: Local wall-clock times of the digest, rising; none if off.
        next_digest: When it is next due, UTC; None if off.
        alerts: Which stories are pushed.
        active: False once the chat blocked the bot or was deleted; kept.
        created_at: First contact, UTC.
        last_digest: End of the period of the newest digest, UTC.
        followed_since: When each of `companies` was subscribed to, UTC, in the same order; empty:
            since ever.
        alerts_since: When the alert level was last chosen, UTC; what was read before is no alert.
        digest_days: ISO weekdays (1 is Monday) with a digest.
        on_holidays: True if it comes on Korean public holidays too.
        empty_digest: True if a digest without news is sent, too.
        quiet: Hours without alerts; None if there are none.
        kinds: Kinds of fact wanted, in digests and alerts.
        language: What the chat is spoken to in.
        thread_id: Topic of a forum that digests and alerts go to; None for the chat itself.
        paused_times: The hours the digest had before it was turned off; none while it is on.
        persons: People followed, in order of subscription.
        topics: Topics followed, in order of subscription.
    """

    chat_id: int
    companies: tuple[str, ...] = ()
    timezone: str = "Asia/Seoul"
    digest_times: tuple[time, ...] = ()
    next_digest: datetime | None = None
    alerts: AlertLevel = AlertLevel.MOVES
    active: bool = True
    created_at: datetime | None = None
    last_digest: datetime | None = None
    followed_since: tuple[datetime, ...] = ()
    alerts_since: datetime | None = None
    digest_days: frozenset[int] = ALL_DAYS
    on_holidays: bool = True
    empty_digest: bool = True
    quiet: Quiet | None = None
    kinds: frozenset[FactKind] = ALL_KINDS
    language: Language = Language.KOREAN
    thread_id: int | None = None
    paused_times: tuple[time, ...] = ()
    persons: tuple[FollowedPerson, ...] = ()
    topics: tuple[FollowedTopic, ...] = ()

    @property
    def digest_time(self) -> time | None:
        """The first hour of the digest; None if it is off."""
        return self.digest_times[0] if self.digest_times else None

    @property
    def alerts_coming(self) -> AlertLevel:
        """Of what alerts come: of nothing where only moves are to be, and are none of the kinds wanted."""
        none = self.alerts is AlertLevel.MOVES and FactKind.MOVE not in self.kinds
        return AlertLevel.OFF if none else self.alerts

    @property
    def follows_nothing(self) -> bool:
        """True for a chat without any subscription."""
        return not (self.companies or self.persons or self.topics)
