"""Entries that their feed tells differently later."""

from __future__ import annotations

from briefing.model import Move, Period
from tests.newsdesk import DAY, HOUR, NOW, Newsdesk, item, rss

WRONG = "가람정밀은 노지환 부사장을 사장으로 승진시켰다고 2일 밝혔다."
RIGHT = "가람정밀은 유서진 부사장을 사장으로 승진시켰다고 2일 밝혔다."


def article(text: str) -> str:
    return f"<html><body><article><p>{text}</p><p>회사는 새 공장의 준공도 앞두고 있다고 덧붙였다.</p></article></body></html>"


async def people_told(desk: Newsdesk) -> set[str]:
    period = Period(NOW - DAY, desk.clock() + DAY)
    return {fact.fact.person for fact in await desk.store.news.facts(None, period)}  # type: ignore[union-attr]


async def test_a_correction_reaches_the_story(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 사장에 노지환", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    assert await people_told(desk) == {"노지환"}
    desk.clock.now += HOUR
    desk.site.publish("/a", article(RIGHT))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "[정정] 가람정밀 사장에 유서진", link, "고침")))
    assert (await desk.pipeline.poll_due(everything=True)).done == 0, "it is no new entry"
    assert (await desk.pipeline.read_unread()).done == 1
    assert await people_told(desk) == {"유서진"}
    counts = await desk.store.counts()
    assert (counts.entries, counts.articles, counts.stories, counts.unread) == (1, 1, 1, 0)
    (row,) = await desk.store.news.story_rows([1])
    assert (row.headline, row.article_count) == ("[정정] 가람정밀 사장에 유서진", 1)
    assert [person.name for person in row.people] == ["유서진"]


async def test_what_a_correction_leaves_as_it_was_is_no_news_again(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    period = Period(NOW - DAY, NOW + 2 * DAY)
    (before,) = await desk.store.news.facts(None, period)
    desk.clock.now += 3 * HOUR
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사 (종합)", link, "둘째 판")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    (after,) = await desk.store.news.facts(None, period)
    assert after.source.title == "가람정밀 인사 (종합)"
    assert after.source.read_at == before.source.read_at


async def test_a_corrected_page_that_is_gone_takes_no_fact_away(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    desk.site.publish("/a", status=404)
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사 2", link, "둘째 판")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    assert await people_told(desk) == {"노지환"}


async def test_a_headline_that_changes_at_every_fetch_is_not_read_for_ever(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article(WRONG))
    for number in range(20):
        desk.site.publish("/rss", rss(item(1, NOW - HOUR, f"조회 {number}", link)))
        await desk.pipeline.poll_due(everything=True)
        await desk.pipeline.read_unread()
    assert sum(request.path == "/a" for request in desk.site.requests) == 6


async def test_a_corrected_rank_is_marked_and_told_again(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article("가람정밀은 노지환 전무를 부사장으로 승진시켰다고 2일 밝혔다."))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    desk.clock.now += HOUR
    desk.site.publish("/a", article("가람정밀은 노지환 전무를 사장으로 승진시켰다고 2일 밝혔다."))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "[정정] 가람정밀 인사", link, "고침")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    (story,) = await desk.pipeline.publisher.stories(None, Period(NOW - DAY, NOW + DAY))
    (merged,) = story.facts
    assert isinstance(merged.fact, Move)
    assert merged.fact.role == "사장"
    assert merged.corrected is not None
    assert merged.corrected.read_at == desk.clock(), "it is news to the next digest"


async def test_an_article_that_becomes_relevant_by_a_correction_gets_a_story(desk: Newsdesk) -> None:
    await desk.feed()
    link = desk.site.publish("/a", article("가람정밀은 새 공장을 짓는다고 2일 밝혔다."))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀", link, "첫 판")))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    assert (await desk.store.counts()).stories == 0
    desk.site.publish("/a", article(RIGHT))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 인사", link, "둘째 판")))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    assert (await desk.store.counts()).stories == 1
    assert await people_told(desk) == {"유서진"}


async def test_a_confirmation_remembers_the_rumour_of_another_story(desk: Newsdesk) -> None:
    await desk.feed()
    rumour = desk.site.publish("/a", article("가람정밀 차기 대표이사에 노지환 부사장이 유력하다고 알려졌다."))
    desk.site.publish("/rss", rss(item(1, NOW - HOUR, "가람정밀 차기 대표 노지환 유력", rumour)))
    await desk.pipeline.poll_due()
    await desk.pipeline.read_unread()
    desk.clock.now += 9 * DAY
    done = desk.site.publish(
        "/b", article("가람정밀은 이사회를 열어 노지환 부사장을 대표이사로 선임했다고 밝혔다.")
    )
    desk.site.publish("/rss", rss(item(2, desk.clock() - HOUR, "가람정밀 대표이사에 노지환 선임", done)))
    await desk.pipeline.poll_due(everything=True)
    await desk.pipeline.read_unread()
    assert (await desk.store.counts()).stories == 2
    now = desk.clock()
    (story,) = await desk.pipeline.publisher.stories(None, Period(now - DAY, now + DAY))
    (merged,) = [merged for merged in story.facts if isinstance(merged.fact, Move)]
    assert merged.rumoured is not None
    assert merged.rumoured.published == NOW - HOUR
