from __future__ import annotations

from datetime import timedelta

from bot.newsroom import NOW, Newsroom
from briefing.collect.articles import read_article
from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Fetcher
from briefing.model import Article, Fetched, Polled


async def test_every_article_is_read_through_feed_and_page_as_it_was_written() -> None:
    async with Newsroom() as newsroom, Fetcher(allow_private_network=True) as fetcher:
        read: dict[str, Article] = {}
        for feed in newsroom.feeds:
            fetched = await fetcher.get(feed.url)
            assert isinstance(fetched, Fetched)
            polled = parse_feed(fetched, feed, NOW)
            assert isinstance(polled, Polled)
            assert polled.problems == ()
            for entry in polled.entries:
                page = await fetcher.get(entry.url)
                assert isinstance(page, Fetched)
                article = read_article(page, entry)
                assert isinstance(article, Article)
                read[article.title] = article
        pieces = [(outlet, piece) for outlet in newsroom.outlets for piece in outlet.pieces]
    assert len(pieces) == len(read) >= 14
    for outlet, piece in pieces:
        article = read[piece.title]
        assert article.text == "\n".join("\n".join(piece.paragraphs).split("\n"))
        assert article.outlet == outlet.name
        assert article.published == piece.published
        assert article.byline.startswith(piece.reporter)
        assert article.captions == ((piece.caption,) if piece.caption else ())
        assert NOW - timedelta(days=7) < piece.published < NOW
    assert {outlet.encoding for outlet in newsroom.outlets} == {"utf-8", "euc-kr"}
    assert {outlet.feed_kind for outlet in newsroom.outlets} == {"rss", "atom"}
