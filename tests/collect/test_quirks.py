"""Feeds as they are: each file of tests/data/feeds beside what is to be read from it (*.answer.json)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.collect.feeds import parse_feed
from briefing.collect.sources import SearchFeeds
from briefing.model import Feed, Fetched, Polled

DATA = Path(__file__).parents[1] / "data" / "feeds"
NOW = datetime(2026, 9, 23, 0, 0, tzinfo=UTC)
FEED = Feed("https://news.example/section/rss", "도담일보")
GOOGLE = SearchFeeds("https://news.google.com/rss/search?q={query}", "Google 뉴스").feed("한별전자")
FILES = sorted(path.name for path in DATA.iterdir() if not path.name.endswith(".answer.json"))


def read(name: str) -> dict[str, object]:
    feed = GOOGLE if name == "google_news.xml" else FEED
    got = parse_feed(Fetched(feed.url, (DATA / name).read_bytes(), "text/xml"), feed, NOW)
    assert isinstance(got, Polled), got
    return {
        "ttl_minutes": got.ttl.total_seconds() / 60 if got.ttl else None,
        "problems": list(got.problems),
        "entries": [
            {
                "guid": entry.guid,
                "url": entry.url,
                "title": entry.title,
                "outlet": entry.outlet,
                "published": entry.published.isoformat() if entry.published else None,
                "updated": entry.updated.isoformat() if entry.updated else None,
                "summary": entry.summary,
            }
            for entry in got.entries
        ],
    }


@pytest.mark.parametrize("name", FILES)
def test_a_feed_is_read_as_its_answer_says(name: str) -> None:
    answer = DATA / f"{name.partition('.')[0]}.answer.json"
    assert read(name) == json.loads(answer.read_text(encoding="utf-8"))
