"""Naver's news search: one search a followed company.

The API: https://developers.naver.com/docs/serviceapi/search/news/news.md, its errors:
https://developers.naver.com/docs/common/openapiguide/errorcode.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from briefing.collect.dates import parse_date
from briefing.collect.fetch import Answer, Fetcher
from briefing.collect.outlets import outlets
from briefing.collect.sources.apis import KEY_HOLD, Hold, as_polled, json_object, until_tomorrow
from briefing.collect.urls import host_of
from briefing.model import Entry, Failed, Feed, FeedState, Polled, PollOutcome

NAVER_URL = "https://openapi.naver.com"
# 25,000 questions a day are granted (and 10 a second; the fetcher asks two); a fifth is left for restarts
# and second pages.
DAILY = 20_000
# Largest page, and the last position one may begin at.
PAGE = 100
LAST_START = 1000
# An article may reach the index this long after its date.
OVERLAP = timedelta(hours=1)
SPEED_HOLD = timedelta(minutes=1)

_PATH = "/v1/search/news.json"
_QUOTA, _SPEED = "010", "012"
_ERROR_CODE = re.compile(r"<errorCode>\s*(\w+)\s*</errorCode>")
_ERROR_TEXT = re.compile(r"<errorMessage>\s*([^<]*)</errorMessage>")
_KEY_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class NaverNews:
    """The search; see `Source`.

    Args:
        fetcher: Open HTTP client.
        client_id: Of the operator's application.
        client_secret: Likewise.
        base_url: Where the API is.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        client_id: str,
        client_secret: str,
        *,
        base_url: str = NAVER_URL,
    ) -> None:
        self._fetcher = fetcher
        self._headers = {"X-Naver-Client-Id": client_id, "X-Naver-Client-Secret": client_secret}
        self._base = base_url.rstrip("/") + _PATH
        self._hold = Hold()
        self._searches = 1

    def feeds(self, companies: Sequence[str]) -> tuple[Feed, ...]:
        """One search a company, for its name as it is written."""
        self._searches = max(1, len(companies))
        asked = {"display": PAGE, "sort": "date"}
        return tuple(
            Feed(
                url=f"{self._base}?{urlencode({'query': _phrase(company), **asked})}",
                outlet="네이버 뉴스",
                title=company,
                note="search of a followed company",
            )
            for company in companies
        )

    def owns(self, feed: Feed) -> bool:
        """Whether the feed is a search here."""
        return feed.url.startswith(f"{self._base}?")

    async def poll(self, state: FeedState, now: datetime) -> PollOutcome:
        """Newest articles back to the last poll that succeeded, at first contact one page.

        A page that fails fails the poll, so that the next one begins where the last good one ended.
        """
        since = state.last_success - OVERLAP if state.last_success else now
        items: list[Mapping[str, Any]] = []
        for start in range(1, LAST_START + 1, PAGE):
            found = await self._page(state.feed, start, now)
            if isinstance(found, Failed):
                return found
            items += found
            oldest = parse_date(str(found[-1].get("pubDate", "")), now) if found else None
            if len(found) < PAGE or oldest is None or oldest <= since:
                return self._polled(items, state.feed, now)
        return self._polled(items, state.feed, now, f"more than {len(items)} articles since the last poll")

    async def read(self, entry: Entry, now: datetime) -> None:
        """Nothing: articles found here are read at their outlets."""

    async def _page(self, feed: Feed, start: int, now: datetime) -> list[Mapping[str, Any]] | Failed:
        if (held := self._hold.standing(now)) is not None:
            return held
        answer = await self._fetcher.ask(f"{feed.url}&start={start}", headers=self._headers)
        if isinstance(answer, Failed):
            return Failed(f"Naver: {answer.reason}", retry_after=answer.retry_after)
        found = json_object(answer.body)
        items = found.get("items") if found else None
        if answer.status == HTTPStatus.OK and isinstance(items, list):
            return [item for item in items if isinstance(item, dict)]
        return self._refusal(answer, found or {}, now)

    def _refusal(self, answer: Answer, found: Mapping[str, Any], now: datetime) -> Failed:
        text = answer.body[:2000].decode("utf-8", "replace")
        code = str(found.get("errorCode") or _first(_ERROR_CODE, text))
        said = str(found.get("errorMessage") or _first(_ERROR_TEXT, text))
        what = " ".join(f"Naver answered {answer.status} {code} {said}"[:200].split())
        if answer.status in _KEY_REFUSED:
            remedy = "check EXECBRIEF_NAVER_CLIENT_ID and EXECBRIEF_NAVER_CLIENT_SECRET"
            return self._hold.begin(f"the key is refused: {what}; {remedy}", now, KEY_HOLD)
        if code == _SPEED:
            return self._hold.begin(f"asked too fast: {what}", now, SPEED_HOLD)
        if code == _QUOTA or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = answer.retry_after or until_tomorrow(now)
            return self._hold.begin(f"the quota of the day is spent: {what}", now, wait)
        return Failed(what if code or said else f"{what}, no answer of the search")

    def _polled(
        self, items: Sequence[Mapping[str, Any]], feed: Feed, now: datetime, *problems: str
    ) -> Polled | Failed:
        told = [
            {
                "id": "",
                "url": str(item.get("originallink") or item.get("link") or ""),
                "title": str(item.get("title") or ""),
                "summary": str(item.get("description") or ""),
                "date_published": str(item.get("pubDate") or ""),
            }
            for item in items
        ]
        # so many searches as there are share the day's questions
        ttl = timedelta(days=1) * self._searches / DAILY
        polled = as_polled(told, feed, now, problems, ttl)
        if isinstance(polled, Failed):
            return polled
        known = outlets()
        named = tuple(replace(entry, outlet=known.name_of(host_of(entry.url))) for entry in polled.entries)
        return replace(polled, entries=named)


def _phrase(company: str) -> str:
    """Quotation marks ask for the words as they stand."""
    return f'"{company.replace(chr(34), " ")}"'


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1].strip() if match else ""
