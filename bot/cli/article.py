"""The article that `explain` is given: at an address or in a file, and never a feed."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import click

from bot.app import utc_now
from bot.settings import Settings
from briefing.collect.articles import read_article
from briefing.collect.charset import decode
from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Admit, Fetcher, Room
from briefing.collect.pages import Pages
from briefing.collect.urls import unfetchable
from briefing.errors import DataError
from briefing.extract.jsonl import error_line, parse_line
from briefing.model import Article, Entry, Failed, Feed, Fetched, NotModified, Polled, Skipped

A_FEED = Skipped(
    "this is a feed; give the address of one of its articles (execbrief feeds check looks at feeds)"
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# The first element of RSS, Atom and RSS 1.0, after what may stand before it.
_FEED_ROOT = re.compile(
    r"(?>\s+|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL
)
_LOOKED_AT = 20_000


class _Keeper(Fetcher):
    """A fetcher that keeps the last body it brought."""

    last: Fetched | None = None

    async def get(
        self,
        url: str,
        etag: str | None = None,
        last_modified: str | None = None,
        *,
        admit: Admit | None = None,
        room: Room | None = None,
    ) -> Fetched | NotModified | Failed:
        answer = await super().get(url, etag, last_modified, admit=admit, room=room)
        self.last = answer if isinstance(answer, Fetched) else None
        return answer


async def article_at(source: str, settings: Settings) -> Article | Skipped:
    """The article at a URL or in a file: HTML, one extract line as JSON, or plain text.

    Raises:
        click.BadParameter: An address that is none of the web.
        DataError: No such file.
    """
    if SCHEME.match(source) is None:
        return _article_file(Path(source))
    if (problem := unfetchable(source)) is not None:
        raise click.BadParameter(
            f"{problem}; give the article's address, https://…, or a file", param_hint="URL|FILE"
        )
    async with _Keeper(allow_private_network=settings.allow_private_network) as fetcher:
        pages = Pages(fetcher, exempt=settings.robots_exempt)
        article = await pages.read(Entry(guid=source, url=source, title="", outlet=""))
        return A_FEED if fetcher.last is not None and is_feed(fetcher.last, utc_now()) else article


def further_lines(source: str) -> int:
    """How many articles a file of JSON Lines has behind the first, which alone `article_at` reads."""
    path = Path(source)
    if SCHEME.match(source) or path.suffix not in {".json", ".jsonl"}:
        return 0
    return sum(bool(line.strip()) for line in path.read_bytes().splitlines()[1:])


def is_feed(fetched: Fetched, now: datetime) -> bool:
    """Whether a document is RSS, Atom or JSON Feed: by its root, whatever the server calls it."""
    text = decode(fetched.body, fetched.content_type)[:_LOOKED_AT]
    if _FEED_ROOT.match(text) is None and not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    return isinstance(parse_feed(fetched, Feed(fetched.url, ""), now), Polled)


def _article_file(path: Path) -> Article | Skipped:
    source = str(path)
    if not path.is_file():
        what = "a folder" if path.is_dir() else "no regular file" if path.exists() else "no such file"
        raise DataError(source, f"{what}; give a URL (https://…) or the path of a text, HTML or JSON file")
    body = path.read_bytes()
    if not body.strip():
        return Skipped("the file is empty; give it the text of an article")
    fetched = Fetched(url=path.absolute().as_uri(), body=body)
    if is_feed(fetched, utc_now()):
        return A_FEED
    start = body.lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or path.suffix in {".html", ".htm"}:
        return read_article(fetched, Entry(guid=source, url="", title="", outlet=""))
    if path.suffix in {".json", ".jsonl"}:
        line = parse_line(body.splitlines()[0] if body.strip() else b"", 1)
        return line if isinstance(line, Article) else Skipped(error_line(line)["error"])
    try:
        return Article(id=source, text=body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        try:
            return Article(id=source, text=body.decode("cp949"))
        except UnicodeDecodeError:
            return Skipped("neither UTF-8 nor CP949 text; save the file as UTF-8")
