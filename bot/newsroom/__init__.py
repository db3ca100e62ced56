"""The sample newsroom of `execbrief try`: three invented outlets on a loopback port.

Outlets, reporters, companies and people are invented, except in the three articles on LG전자, which
restate in our own words the publicly known facts of its CEO's trip of May 2024. The articles lie in
articles/*.toml, one file an outlet, and are rendered into pages and feeds by templates/*.j2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from importlib.resources import files
from types import TracebackType
from typing import Any, Self

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.newsroom.server import Request, Response, page, serve
from briefing.errors import DataError
from briefing.model import Feed

KST = timezone(timedelta(hours=9))
# The newsroom's clock stands here when it opens; its articles are of the week before.
NOW = datetime(2024, 5, 12, 18, 0, tzinfo=KST)
OUTLETS = ("dodam", "onsaemi", "gaon")
_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the newsroom.

    Attributes:
        slug: Last part of its address.
        title: Headline.
        published: Aware, Asia/Seoul.
        section: Desk.
        reporter: Invented byline.
        paragraphs: The text.
        caption: Words under its picture, may be empty.
    """

    slug: str
    title: str
    published: datetime
    section: str
    reporter: str
    paragraphs: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet.

    Attributes:
        key: First part of its addresses.
        name: As readers know it.
        feed_kind: rss or atom.
        encoding: Charset of its feed and pages.
        sections: Its menu.
        pieces: Its articles, newest first.
    """

    key: str
    name: str
    feed_kind: str
    encoding: str
    sections: tuple[str, ...]
    pieces: tuple[Piece, ...]


class Newsroom:
    """Serves the outlets on 127.0.0.1 while it is open (`async with`)."""

    def __init__(self) -> None:
        self.outlets = tuple(_load(key) for key in OUTLETS)
        self._stack = AsyncExitStack()
        self._base = ""
        self._bodies: Mapping[str, tuple[bytes, str]] = {}

    async def __aenter__(self) -> Self:
        self._base = await self._stack.enter_async_context(serve(self._answer))
        self._bodies = dict(_rendered(self.outlets, self._base))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """The outlets' feeds, to be polled."""
        return tuple(
            Feed(
                url=f"{self._base}/{outlet.key}/feed.xml",
                outlet=outlet.name,
                title="전체",
                note="sample newsroom, invented",
            )
            for outlet in self.outlets
        )

    async def _answer(self, request: Request) -> Response:
        found = self._bodies.get(request.path)
        if found is None:
            return Response(404, "없는 페이지입니다.".encode(), {"Content-Type": "text/plain; charset=utf-8"})
        body, content_type = found
        return page(body, content_type, request)


def _load(key: str) -> Outlet:
    name = f"bot/newsroom/articles/{key}.toml"
    raw = tomllib.loads((files("bot.newsroom") / "articles" / f"{key}.toml").read_text(encoding="utf-8"))
    try:
        pieces = [_piece(row) for row in raw["article"]]
        return Outlet(
            key=key,
            name=raw["name"],
            feed_kind=raw["feed"],
            encoding=raw["encoding"],
            sections=tuple(raw["sections"]),
            pieces=tuple(sorted(pieces, key=lambda piece: piece.published, reverse=True)),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(name, f"is incomplete: {error}") from error


def _piece(row: Mapping[str, Any]) -> Piece:
    return Piece(
        slug=row["slug"],
        title=row["title"],
        published=row["published"],
        section=row["section"],
        reporter=row["reporter"],
        paragraphs=tuple(part.strip() for part in row["text"].split("\n\n") if part.strip()),
        caption=row.get("caption", ""),
    )


def _rendered(outlets: tuple[Outlet, ...], base: str) -> list[tuple[str, tuple[bytes, str]]]:
    """Path to body and content type of every feed and page."""
    environment = Environment(
        loader=PackageLoader("bot.newsroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rfc822"] = format_datetime
    made: list[tuple[str, tuple[bytes, str]]] = []
    for outlet in outlets:
        home = f"{base}/{outlet.key}"
        feed = (f"{outlet.feed_kind}.xml.j2", _FEED_TYPES[outlet.feed_kind], None)
        documents: dict[str, tuple[str, str, Piece | None]] = {f"/{outlet.key}/feed.xml": feed}
        for piece in outlet.pieces:
            documents[f"/{outlet.key}/{piece.slug}"] = ("page.html.j2", "text/html", piece)
        for path, (template, kind, shown) in documents.items():
            text = environment.get_template(template).render(outlet=outlet, home=home, piece=shown)
            # What the charset lacks goes as a character reference, as old newspaper systems do.
            body = text.encode(outlet.encoding, errors="xmlcharrefreplace")
            made.append((path, (body, f"{kind}; charset={outlet.encoding}")))
    return made
