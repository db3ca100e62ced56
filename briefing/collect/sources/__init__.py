"""Where news comes from: the built-in list, an operator's own, and searches."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from briefing.collect.opml import read_opml
from briefing.collect.urls import unfetchable, without_credentials
from briefing.errors import DataError
from briefing.model import Feed

_BUILT_IN = "briefing/data/feeds.toml"
_KEYS = frozenset({"url", "outlet", "title", "language", "note"})


def load_feeds(path: Path | None = None) -> tuple[Feed, ...]:
    """The feeds to poll.

    Args:
        path: TOML (as briefing/data/feeds.toml) or OPML, told by the file's ending; None for the
            built-in list.

    Raises:
        DataError: The file cannot be read or holds a feed that cannot be used.
    """
    if path is None:
        text = (files("briefing") / "data" / "feeds.toml").read_text(encoding="utf-8")
        return _from_toml(text, _BUILT_IN)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read: {error.strerror or error}") from error
    if path.suffix.lower() in {".opml", ".xml"}:
        feeds = read_opml(data, str(path))
    else:
        try:
            feeds = _from_toml(data.decode("utf-8-sig"), str(path))
        except UnicodeDecodeError as error:
            raise DataError(str(path), "is not UTF-8; save it as UTF-8") from error
    if not feeds:
        raise DataError(str(path), "names no feed")
    return feeds


def _from_toml(text: str, name: str) -> tuple[Feed, ...]:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(name, f"is no valid TOML: {error}") from error
    rows = raw.get("feed")
    if not isinstance(rows, list):
        raise DataError(name, "has no [[feed]] tables")
    feeds: dict[str, Feed] = {}
    for number, row in enumerate(rows, start=1):
        feed = _feed(row, name, number)
        if feed.url in feeds:
            raise DataError(name, f"[[feed]] {number} repeats the address {without_credentials(feed.url)}")
        feeds[feed.url] = feed
    return tuple(feeds.values())


def _feed(row: Any, name: str, number: int) -> Feed:
    place = f"[[feed]] {number}"
    if not isinstance(row, dict):
        raise DataError(name, f"{place} is no table")
    if unknown := row.keys() - _KEYS:
        raise DataError(name, f"{place} has unknown keys: {', '.join(sorted(unknown))}")
    if wrong := [key for key, value in row.items() if not isinstance(value, str)]:
        raise DataError(name, f"{place}: {', '.join(wrong)} must be text")
    for key in ("url", "outlet"):
        if not row.get(key, "").strip():
            raise DataError(name, f"{place} has no '{key}'")
    if (problem := unfetchable(row["url"])) is not None:
        raise DataError(name, f"{place}: {problem}")
    return Feed(**row)


def google_news_feed(query: str) -> Feed:
    """A Google News search in Korean; its links lead to Google, its entries name their outlets.

    Args:
        query: What to look for, a company's name for example.
    """
    asked = urlencode({"q": query, "hl": "ko", "gl": "KR", "ceid": "KR:ko"})
    return Feed(
        url=f"https://news.google.com/rss/search?{asked}",
        outlet="Google 뉴스",
        title=query,
        note="search feed, made from the query",
    )
