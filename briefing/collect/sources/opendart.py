"""OpenDART: disclosures on changes of representative directors and other executives.

The API: https://opendart.fss.or.kr/guide/detail.do?apiGrpCd=DS001&apiId=2019001 (the list) and
https://opendart.fss.or.kr/guide/detail.do?apiGrpCd=DS001&apiId=2019003 (a document). Which disclosures are
taken, and how their documents are read, is told in briefing/data/disclosures.toml.
"""

from __future__ import annotations

import asyncio
import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from briefing.collect.articles import headline_article
from briefing.collect.dates import SEOUL
from briefing.collect.fetch import Answer, Fetcher
from briefing.collect.sources.apis import KEY_HOLD, Hold, as_polled, json_object
from briefing.collect.sources.dart_documents import tables, unpacked
from briefing.collect.sources.dart_forms import sentences
from briefing.errors import DataError
from briefing.model import Article, Entry, Failed, Feed, FeedState, PollOutcome, Skipped

log = logging.getLogger(__name__)

OPENDART_URL = "https://opendart.fss.or.kr"
VIEWER_URL = "https://dart.fss.or.kr/dsaf001/main.do?rcpNo="
OUTLET = "DART 전자공시"
# Largest page; more pages than a poll should ever meet (a busy day has some 15).
PAGE = 100
LAST_PAGE = 60
# A question without a company may span three months.
LONGEST_SPAN = timedelta(days=80)
# The quota is one of the day or of the minute; the answer does not say which was spent.
QUOTA_HOLD = timedelta(hours=1)
MAINTENANCE = timedelta(minutes=30)

_FILE = "briefing/data/disclosures.toml"
_PATH = "/api/list.json"
_DOCUMENT = "/api/document.xml"
_NUMBER = re.compile(r"[?&]rcpNo=(\d{14})(?!\d)")
_STATUS = re.compile(r"<status>\s*(\d{3})\s*</status>")
_MESSAGE = re.compile(r"<message>\s*([^<]*)</message>")
# Between company and report in the headline of an entry.
_COMMA = ", "
_ARCHIVE = b"PK"
# Spaces, and the dots between words, of which there are three.
_BETWEEN = re.compile(r"[\sㆍ·・]+")
_OK, _NOTHING, _NO_FILE, _QUOTA, _MAINTENANCE = "000", "013", "014", "020", "800"
# not registered; not usable; not from this IP address; the account has expired
_KEY_REFUSED = frozenset({"010", "011", "012", "901"})


@dataclass(frozen=True, slots=True)
class Disclosures:
    """briefing/data/disclosures.toml.

    Attributes:
        kinds: Code and title of each kind that is asked for.
        wanted: Names of reports that are taken.
        unwanted: Names that are not, though they look wanted.
    """

    kinds: tuple[tuple[str, str], ...]
    wanted: re.Pattern[str]
    unwanted: re.Pattern[str]

    def takes(self, name: str) -> bool:
        """Whether a report of this name is taken."""
        bare = _BETWEEN.sub("", name)
        return self.wanted.search(bare) is not None and self.unwanted.search(bare) is None


@cache
def disclosures() -> Disclosures:
    """The shipped choice.

    Raises:
        DataError: A table is missing or a pattern cannot be compiled.
    """
    raw = tomllib.loads((files("briefing") / "data" / "disclosures.toml").read_text(encoding="utf-8"))
    try:
        return Disclosures(
            kinds=tuple((str(kind["code"]), str(kind["title"])) for kind in raw["kind"]),
            wanted=re.compile("|".join(raw["names"]["wanted"])),
            unwanted=re.compile("|".join(raw["names"]["unwanted"])),
        )
    except (KeyError, TypeError, re.error) as error:
        raise DataError(_FILE, f"cannot be used: {error!r}") from error


class OpenDart:
    """The list of disclosures; see `Source`.

    Args:
        fetcher: Open HTTP client.
        key: The operator's (crtfc_key).
        base_url: Where the API is.
    """

    def __init__(self, fetcher: Fetcher, key: str, *, base_url: str = OPENDART_URL) -> None:
        self._fetcher = fetcher
        self._key = key
        self._base = base_url.rstrip("/") + _PATH
        self._documents = base_url.rstrip("/") + _DOCUMENT
        self._hold = Hold()

    def feeds(self, companies: Sequence[str]) -> tuple[Feed, ...]:  # noqa: ARG002 (as `Source` asks)
        """One list a kind of disclosure, of all companies."""
        return tuple(
            Feed(
                url=f"{self._base}?{urlencode({'pblntf_ty': code, 'sort': 'date', 'page_count': PAGE})}",
                outlet=OUTLET,
                title=title,
                note="disclosures on executives",
            )
            for code, title in disclosures().kinds
        )

    def owns(self, feed: Feed) -> bool:
        """Whether the feed is a list from here."""
        return feed.url.startswith(f"{self._base}?")

    async def poll(self, state: FeedState, now: datetime) -> PollOutcome:
        """Disclosures from the day before the last poll that succeeded to today (days in Seoul)."""
        today = now.astimezone(SEOUL)
        since = max((state.last_success or now).astimezone(SEOUL) - timedelta(days=1), today - LONGEST_SPAN)
        span = {"bgn_de": f"{since:%Y%m%d}", "end_de": f"{today:%Y%m%d}"}
        rows: list[Mapping[str, Any]] = []
        for page in range(1, LAST_PAGE + 1):
            found = await self._page(state.feed, span | {"page_no": str(page)}, now)
            if isinstance(found, Failed):
                return found
            rows += [row for row in found.get("list", ()) if isinstance(row, dict)]
            if page >= _number(found.get("total_page")):
                return as_polled(_items(rows), state.feed, now)
        return as_polled(_items(rows), state.feed, now, [f"more than {LAST_PAGE} pages of disclosures"])

    async def _page(self, feed: Feed, more: Mapping[str, str], now: datetime) -> Mapping[str, Any] | Failed:
        if (held := self._hold.standing(now)) is not None:
            return held
        answer = await self._fetcher.ask(f"{feed.url}&{urlencode({'crtfc_key': self._key, **more})}")
        if isinstance(answer, Failed):
            return Failed(self._told(f"OpenDART: {answer.reason}"), retry_after=answer.retry_after)
        found = json_object(answer.body)
        status = str(found.get("status", "")) if found else ""
        if found is None or not status:
            return Failed(f"OpenDART answered {answer.status}, no list of disclosures")
        if status == _NOTHING:
            return {}
        if status == _OK and answer.status == HTTPStatus.OK and isinstance(found.get("list", []), list):
            return found
        return self._refusal(
            status, self._told(f"OpenDART answered {status} {found.get('message', '')}"), now
        )

    async def read(self, entry: Entry, now: datetime) -> Article | Skipped | None:
        """What the document of a disclosure says of persons, in sentences; None for other entries.

        Returns:
            An article of headline and summary where the document is of no form that is read, or cannot
            be read; Skipped, to be tried again, for trouble that may pass, as when the document of a
            fresh disclosure is not there yet.
        """
        number = _NUMBER.search(entry.url) if entry.url.startswith(VIEWER_URL) else None
        if number is None or entry.outlet != OUTLET or _COMMA not in entry.title:
            return None
        if (held := self._hold.standing(now)) is not None:
            return _skipped(held)
        asked = urlencode({"crtfc_key": self._key, "rcept_no": number[1]})
        answer = await self._fetcher.ask(f"{self._documents}?{asked}")
        if isinstance(answer, Failed):
            return _skipped(
                Failed(self._told(f"OpenDART: {answer.reason}"), answer.retry_after, answer.permanent), entry
            )
        if not answer.body.startswith(_ARCHIVE):
            return _skipped(self._no_document(answer, now), entry)
        # A bug that one document brings to light must not stop the others.
        try:
            return await asyncio.to_thread(_article, answer.body, number[1], entry)
        except Exception as error:
            log.exception("document %s cannot be read: a bug of ours", number[1])
            return headline_article(entry, f"our reader failed on it: {error!r}")

    def _no_document(self, answer: Answer, now: datetime) -> Failed:
        text = answer.body[:2000].decode("utf-8", "replace")
        status = _STATUS.search(text)
        if status is None:
            return Failed(f"OpenDART answered {answer.status}, no document", answer.retry_after)
        message = _MESSAGE.search(text)
        what = self._told(f"OpenDART answered {status[1]} {message[1] if message else ''}")
        return Failed(what) if status[1] in {_NOTHING, _NO_FILE} else self._refusal(status[1], what, now)

    def _refusal(self, status: str, what: str, now: datetime) -> Failed:
        if status in _KEY_REFUSED:
            reason = f"the key is refused: {what}; check EXECBRIEF_OPENDART_KEY"
            return self._hold.begin(reason, now, KEY_HOLD)
        if status == _QUOTA:
            return self._hold.begin(f"the quota is spent: {what}", now, QUOTA_HOLD)
        return Failed(what, retry_after=MAINTENANCE if status == _MAINTENANCE else None)

    def _told(self, text: str) -> str:
        """One line without the key, whatever the server or the network says of the address."""
        return " ".join(text.replace(self._key, "[key]").split())[:200]


def _article(archive: bytes, number: str, entry: Entry) -> Article | Skipped:
    documents = unpacked(archive, number)
    if isinstance(documents, Failed):
        return _skipped(documents, entry)
    company, _, report = entry.title.partition(_COMMA)
    for document in documents:
        if lines := sentences(tables(document), company, report, entry.published):
            return Article(
                id=entry.guid or entry.url,
                url=entry.url,
                outlet=entry.outlet,
                title=entry.title,
                published=entry.published,
                text="\n".join(lines),
            )
    return headline_article(entry, "the document says nothing of persons that is sure")


def _skipped(failed: Failed, entry: Entry | None = None) -> Article | Skipped:
    """To be tried again; the headline at once where that cannot help."""
    if failed.permanent and entry is not None:
        return headline_article(entry, failed.reason)
    return Skipped(failed.reason, retry=not failed.permanent, retry_after=failed.retry_after)


def _items(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    known = disclosures()
    items = []
    for row in rows:
        company, report, number, day, filer = (
            " ".join(str(row.get(name) or "").split())
            for name in ("corp_name", "report_nm", "rcept_no", "rcept_dt", "flr_nm")
        )
        if number and known.takes(report):
            items.append(
                {
                    "id": number,
                    "url": VIEWER_URL + number,
                    "title": f"{company}{_COMMA}{report}",
                    "summary": f"공시 {report}, 회사 {company}, 제출인 {filer or company}",
                    "date_published": day,
                }
            )
    return items


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
