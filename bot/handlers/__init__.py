"""What the bot answers: one module a group of commands; update in, store call, reply out.

`Desk` is everything the handlers need; they get it by closure when `application.build_application`
registers them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Protocol

from bot.questions import Known
from bot.standings import Standings
from briefing.compose.trend import Theme
from briefing.findings import Days, Namesake
from briefing.model import Company, FactKind, Part, Period
from briefing.pipeline.broadcasting import Broadcast, Standing
from briefing.store.privacy import Forgotten
from briefing.store.subscribers import SubscriberStore
from briefing.subscribers import Subscriber


class News(Known, Protocol):
    """Answers about the news, rendered."""

    @property
    def topics(self) -> Mapping[str, str]:
        """Topic id -> label."""
        ...

    async def brief(
        self,
        company: Company,
        days: Days,
        topic: str | None = None,
        *,
        kind: FactKind | None = None,
        everything: bool = False,
    ) -> tuple[Part, ...]:
        """Briefing on a company over some days; at least one message.

        With a topic (an id) words on it only, with a kind only news of it; `everything` leaves nothing out.
        """
        ...

    async def topics_told(self, company: Company, days: Days) -> frozenset[str]:
        """Ids of topics on which a company's briefing over some days has words."""
        ...

    async def person(self, who: Namesake) -> tuple[Part, ...]:
        """Posts, moves, activities and words of a person; at least one message."""
        ...

    async def holders(self, company: Company, title: str) -> tuple[Part, ...]:
        """Who holds a title at a company; at least one message."""
        ...

    async def on_topic(self, topic: str, days: Days) -> tuple[Part, ...]:
        """Words on a topic (an id) of all companies' executives, over a month at most; some messages."""
        ...

    def namesakes(self, found: Sequence[Namesake]) -> Part:
        """Asks which of several people of one name is meant."""
        ...

    async def moves(self, days: Days, *, everything: bool = False) -> tuple[Part, ...]:
        """Personnel moves of all companies, of some days; at least one message."""
        ...

    async def agenda(self, companies: Sequence[Company]) -> tuple[Part, ...]:
        """Announced occasions of companies as a list and a calendar file; at least one message."""
        ...

    async def names(self, story_ids: Sequence[int]) -> tuple[Part, ...]:
        """Everybody of the lists that a story's lines fold; nothing if there are none."""
        ...

    async def digest_all(self, subscriber: Subscriber, period: Period) -> tuple[Part, ...]:
        """All stories of a digest of that period; at least one message."""
        ...

    async def trend(self, company: Company, theme: Theme) -> Part | None:
        """Picture of a company's last weeks; None if there is nothing to draw."""
        ...

    async def digest(self, subscriber: Subscriber) -> tuple[Part, ...]:
        """What this subscriber's digest would hold now; at least one message."""
        ...

    async def evidence(self, story_ids: Sequence[int]) -> tuple[Part, ...]:
        """Sentences and links behind stories; nothing if none is stored any more."""
        ...

    async def evidence_of(self, company: Company, days: Days) -> tuple[Part, ...]:
        """Sentences and links behind a company's briefing; nothing if there are no stories."""
        ...

    async def find_company(self, query: str) -> Company | None:
        """The company of the register or of stored facts that goes by this name.

        A query that ends in "…" is a name cut to fit a button: the one company whose name
        starts with the rest.
        """
        ...

    async def find_companies(self, queries: Sequence[str]) -> dict[str, Company]:
        """Companies by the query that means them, as `find_company` finds them, in one go."""
        ...

    async def popular(self) -> tuple[str, ...]:
        """Canonical names offered to those who follow none: those in the news first."""
        ...

    async def companies_starting(self, start: str, most: int) -> tuple[Company, ...]:
        """Companies whose name or alias begins so, well-known ones first."""
        ...

    async def people_starting(self, start: str, most: int) -> tuple[Namesake, ...]:
        """People whose name begins so, in alphabetical order."""
        ...

    async def suggest(self, query: str) -> tuple[Company, ...]:
        """Companies with the nearest names, best first, a few."""
        ...

    async def suggest_people(self, query: str) -> tuple[str, ...]:
        """Names of people nearest to a misspelt one, best first, a few."""
        ...


class OwnData(Protocol):
    """What is stored of a chat; `briefing.store.privacy.PrivacyStore` keeps it."""

    async def export(self, chat_id: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Everything stored of a chat: table -> rows, each column -> value."""
        ...

    async def forget(self, chat_id: int) -> Forgotten:
        """Erase everything of a chat, what waits to be sent included."""
        ...


class Office(Protocol):
    """Answers to those who run the bot; `bot.administration.Administration` gives them."""

    async def stats(self) -> tuple[Part, ...]:
        """Figures of today; at least one message."""
        ...

    async def feeds(self) -> tuple[Part, ...]:
        """Feeds in trouble; at least one message."""
        ...

    def errors(self) -> tuple[Part, ...]:
        """The last warnings and errors; at least one message."""
        ...

    async def recipients(self) -> int:
        """How many chats a broadcast would reach now."""
        ...

    async def standing(self, broadcast: Broadcast) -> Standing:
        """What has been decided about a broadcast."""
        ...

    async def send(self, broadcast: Broadcast) -> int:
        """Write it to everybody who has not got it; the number of chats written to now."""
        ...

    async def cancel(self, broadcast: Broadcast) -> None:
        """Decide that it is not sent."""
        ...


class Replies(Protocol):
    """Texts of the chat; `briefing.compose.render.Renderer` keeps them."""

    def chat(self, name: str, **values: object) -> Part:
        """The reply of template templates/chat/NAME.html.j2, without a keyboard."""
        ...

    def commands(self) -> tuple[tuple[str, str], ...]:
        """The command menu: (command without slash, description)."""
        ...

    def admin_commands(self) -> tuple[tuple[str, str], ...]:
        """What those who run the bot find in their menu besides."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the handlers need.

    Attributes:
        subscribers: Who asked for what.
        news: Answers about the news.
        replies: Texts.
        privacy: What is stored of a chat.
        clock: Tells the time, aware UTC.
        digest_time: Local hour of the digest for new subscribers.
        timezone: IANA name for new subscribers.
        allowed_ids: Chats and users that may use the bot; empty: everybody.
        max_companies: Most subscriptions of one chat.
        admin_ids: People who run the bot, and chats that are told of its troubles.
        office: Answers to those who run the bot; None where there is nobody.
        standings: Who is an administrator of which chat, remembered for a moment.
    """

    subscribers: SubscriberStore
    news: News
    replies: Replies
    privacy: OwnData
    clock: Callable[[], datetime]
    digest_time: time
    timezone: str
    allowed_ids: frozenset[int] = frozenset()
    max_companies: int = 100
    admin_ids: frozenset[int] = frozenset()
    office: Office | None = None
    standings: Standings = field(default_factory=Standings)
