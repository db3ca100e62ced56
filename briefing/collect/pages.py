"""Pages of entries, read politely: as robots.txt allows, one after another, at the outlet itself."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urljoin

from briefing.collect.articles import headline_article, read_article
from briefing.collect.charset import decode
from briefing.collect.fetch import Answer, Fetcher
from briefing.collect.google_links import (
    EXCHANGE_PATH,
    address_in,
    address_of,
    exchange_in,
    is_google_link,
)
from briefing.collect.robots import ALL, LONGEST_DELAY_S, Robots
from briefing.collect.urls import canonical_url, host_of
from briefing.model import Article, Entry, Failed, Fetched, NotModified, Skipped

log = logging.getLogger(__name__)

EVERY_HOST = "*"


class Pages:
    """Reads the pages that entries point to.

    Args:
        fetcher: Open HTTP client.
        exempt: Hosts whose robots.txt is not asked for, because the operator has their permission; a
            domain stands for all hosts under it, `*` for every host.
        monotonic: Seconds that only grow, by which copies of robots.txt age.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        exempt: Collection[str] = (),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetcher = fetcher
        self._exempt = frozenset(exempt)
        self._robots = Robots(fetcher, monotonic=monotonic)

    async def read(self, entry: Entry) -> Article | Skipped:
        """The article of an entry.

        Returns:
            The article, of headline and summary only where the page may not be read or holds no whole
            text; Skipped, to be tried again, for trouble that may pass. Nothing is raised.
        """
        fetched: Fetched | NotModified | Failed
        if is_google_link(entry.url):
            found = await self._outlets_page(entry)
            if isinstance(found, Failed):
                return _skipped(found)
            entry, fetched = found
        else:
            fetched = await self._fetcher.get(entry.url, admit=self._admit)
        match fetched:
            case Fetched():
                return await self._article(fetched, entry)
            case NotModified():
                return _headline(entry, "the page is empty")
            case Failed(permanent=True, reason=reason):
                return _headline(entry, reason)
            case Failed():
                return _skipped(fetched)

    async def _admit(self, url: str) -> Failed | None:
        """Ask robots.txt, and have the fetcher keep the pause it wishes."""
        rules = ALL if self._is_exempt(host_of(url)) else await self._robots.rules_for(url)
        if isinstance(rules, Failed):
            return rules
        if not rules.allow(url):
            return Failed(
                f"robots.txt of {host_of(url)} does not allow it (EXECBRIEF_ROBOTS_EXEMPT)", permanent=True
            )
        self._fetcher.keep_gap(host_of(url), min(rules.delay_s or 0.0, LONGEST_DELAY_S))
        return None

    def _is_exempt(self, host: str) -> bool:
        labels = host.split(".")
        domains = {".".join(labels[at:]) for at in range(len(labels))}
        return EVERY_HOST in self._exempt or not self._exempt.isdisjoint(domains)

    async def _outlets_page(self, entry: Entry) -> tuple[Entry, Fetched | NotModified | Failed] | Failed:
        """The page behind a search service's link, and the entry with its address.

        Where the address cannot be found out, the entry as it is and why.
        """
        address = address_in(entry.url)
        if address is None:
            page = await self._fetcher.get(entry.url, admit=self._admit)
            if isinstance(page, Failed) and not page.permanent:
                return page
            if isinstance(page, Fetched) and not is_google_link(page.url):
                # the service sent us on by itself
                return replace(entry, url=canonical_url(page.url)), page
            address = await self._exchanged(page) if isinstance(page, Fetched) else None
            if address is None:
                why = page.reason if isinstance(page, Failed) else "the service does not tell the address"
                return entry, Failed(why, permanent=True)
        fetched = await self._fetcher.get(address, admit=self._admit)
        return replace(entry, url=canonical_url(address)), fetched

    async def _exchanged(self, page: Fetched) -> str | None:
        exchange = exchange_in(decode(page.body, page.content_type))
        if exchange is None:
            return None
        answer = await self._fetcher.ask(
            urljoin(page.url, EXCHANGE_PATH), form=exchange.form(), admit=self._admit
        )
        if not isinstance(answer, Answer) or answer.status != HTTPStatus.OK:
            return None
        return address_of(answer.body.decode("utf-8", "replace"))

    @staticmethod
    async def _article(fetched: Fetched, entry: Entry) -> Article | Skipped:
        # A bug that one page brings to light must not stop the others.
        try:
            return await asyncio.to_thread(read_article, fetched, entry)
        except Exception as error:
            log.exception("page %s cannot be read: a bug of ours", entry.url)
            return _headline(entry, f"our reader failed on it: {error!r}")


def _skipped(failed: Failed) -> Skipped:
    return Skipped(failed.reason, retry=not failed.permanent, retry_after=failed.retry_after)


def _headline(entry: Entry, reason: str) -> Article | Skipped:
    """The headline is still news."""
    return headline_article(entry, reason) if entry.title else Skipped(reason)
