"""What the pipeline tells of its work is what it did."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from briefing.model import Outgoing, SendOutcome, Sent, Unknown
from briefing.pipeline import AlertFollowers, DeliverBatch
from briefing.pipeline.observing import OUTCOMES, Event
from briefing.store import Store
from briefing.subscribers import AlertLevel
from tests.newsdesk import HOUR, NOW, item, open_newsdesk, rss

PAGE = (
    "<html><head><title>다온화학 대표이사에 유서진</title></head><body><article>"
    "<p>다온화학은 2일 이사회를 열고 유서진 부사장을 대표이사에 선임했다고 밝혔다. 유서진 신임 대표는 회사에서 오래 일했다.</p>"
    "<p>유서진 대표는 “배터리 소재 투자를 두 배로 늘리겠다”고 말했다. 회사는 올해 공장을 새로 짓는다고 설명했다.</p>"
    "</article></body></html>"
)


class OneThenDoubt:
    """Telegram takes the first message; of the others nobody knows."""

    def __init__(self) -> None:
        self.sent = 0

    async def send(self, message: Outgoing) -> SendOutcome:
        self.sent += 1
        return Sent(1) if self.sent == 1 else Unknown("ReadTimeout")


async def follow(store: Store, chat_id: int) -> None:
    before = NOW - HOUR
    await store.subscribers.ensure(chat_id, before)
    await store.subscribers.subscribe(chat_id, "다온화학", before)
    await store.subscribers.set_alerts(chat_id, AlertLevel.ALL, before)


async def test_counts_are_what_was_done(tmp_path: Path) -> None:
    counted: Counter[tuple[Event, str]] = Counter()

    def observe(event: Event, outcome: str, number: int) -> None:
        assert outcome in OUTCOMES[event], "an outcome that nobody would count"
        counted[event, outcome] += number

    def polls() -> dict[str, int]:
        return {outcome: counted[Event.POLLS, outcome] for outcome in OUTCOMES[Event.POLLS]}

    async with open_newsdesk(tmp_path, observe=observe, sender=OneThenDoubt()) as desk:
        desk.site.publish("/1", PAGE, "text/html; charset=utf-8")
        desk.site.publish("/2", PAGE.replace("배터리", "전지"), "text/html; charset=utf-8")
        first = rss(
            item(1, NOW - HOUR, "다온화학 대표이사에 유서진"), item(2, NOW - HOUR, "다온화학 새 대표 유서진")
        )
        desk.site.publish("/rss", first, "application/rss+xml")
        await desk.feed()
        await desk.pipeline.poll_due()
        assert polls() == {"new": 1, "nothing_new": 0, "unchanged": 0, "failed": 0}
        assert counted[Event.ENTRIES, "new"] == 2
        await desk.pipeline.read_unread()
        counts = await desk.store.counts()
        assert counted[Event.ARTICLES, "read"] == counts.articles == 2
        facts = sum(counted[Event.FACTS, kind] for kind in OUTCOMES[Event.FACTS])
        assert facts == counts.facts
        assert counted[Event.FACTS, "move"] >= 2
        assert counted[Event.STORIES, "told"] == counts.stories
        assert counted[Event.STORIES, "told"] + counted[Event.STORIES, "joined"] == 2
        for chat_id in (7, 8):
            await follow(desk.store, chat_id)
        await desk.pipeline.run(AlertFollowers())
        assert counted[Event.ALERTS, "written"] == 2
        await desk.pipeline.run(DeliverBatch())
        assert (counted[Event.DELIVERIES, "sent"], counted[Event.DELIVERIES, "unknown"]) == (1, 1)
        await desk.pipeline.poll_due(everything=True)
        desk.site.publish("/rss", "gone", "text/plain", status=503)
        await desk.pipeline.poll_due(everything=True)
        # what is followed is searched for as well, where nobody answers
        assert polls()["failed"] == 1 + 2
        assert sum(polls().values()) == 1 + 2 * 2
