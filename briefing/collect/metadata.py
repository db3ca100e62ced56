"""What a page says of its article, in meta elements and in scripts that describe it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing.collect.dates import parse_date
from briefing.collect.plaintext import plain_text
from briefing.collect.urls import canonical_url, host_of

_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "article.created",
    "pubdate",
    "date",
    "dc.date",
    "dc.date.issued",
)
_ARTICLE_TYPES = frozenset({"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle"})
_FUSION = re.compile(r"Fusion\.globalContent\s*=\s*")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{4}")
# A path segment as long as this is an article's title, if it does not end like a file's name.
_SLUG = 16


@dataclass(frozen=True, slots=True)
class About:
    """What a page says.

    Attributes:
        title: Headline, may be empty.
        outlet: Name of the site, may be empty.
        summary: Description as plain text, may be empty.
        published: When, UTC, or None.
        addresses: Addresses the page names as its own, best first.
        free: False if it says that the text has to be paid for, True if not, None if it does not say.
        body: Text of the article as its scripts hold it, a paragraph a line, may be empty.
    """

    title: str
    outlet: str
    summary: str
    published: datetime | None
    addresses: tuple[str, ...]
    free: bool | None
    body: str


def about(root: Any, scripts: Iterable[str], url: str) -> About:
    """Read metadata.

    Args:
        root: The parsed page.
        scripts: Bodies of scripts that describe the article.
        url: Where the page was found; what it names is relative to it.
    """
    meta = _meta(root)
    articles = [node for script in scripts for node in _articles(script)]
    told = _first(articles, "headline")
    heading = root.findtext(".//h1") or root.findtext(".//title") or ""
    dates = (*(meta[name] for name in _DATE_NAMES if name in meta), _first(articles, "datePublished"))
    links = [
        link.get("href", "")
        for link in root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    return About(
        title=plain_text(meta.get("og:title") or told or heading),
        outlet=plain_text(meta.get("og:site_name", "")),
        summary=plain_text(meta.get("og:description") or meta.get("description") or ""),
        published=next(filter(None, map(parse_date, dates)), None),
        addresses=tuple(_joined(url, said.strip()) for said in (*links, meta.get("og:url", "")) if said),
        free=_free(articles),
        body=max((_body(node) for node in articles), key=len, default=""),
    )


def _joined(url: str, said: str) -> str:
    try:
        return canonical_url(urljoin(url, said))
    except ValueError:
        return ""


def own_address(addresses: Iterable[str], url: str) -> str | None:
    """The first address a page may rightly call its own; None if there is none.

    It has to stay on the outlet's site, and to name an article: pages that all name the front page, or
    one address without its number, would make all articles one.

    Args:
        addresses: Canonical forms of what the page says.
        url: Where it was found.
    """
    number = _NUMBER if _NUMBER.search(_path(url)) else _DIGIT
    return next(
        (said for said in addresses if same_site(said, url) and _names_an_article(said, number)), None
    )


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one outlet."""
    return _site(one) == _site(other)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def _names_an_article(address: str, number: re.Pattern[str]) -> bool:
    """Whether it holds a number as the page's address does, or a title."""
    if number.search(_path(address)):
        return True
    last = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return len(last) >= _SLUG and "." not in last


def _site(url: str) -> str:
    """Host without the parts that vary inside an outlet (www, m, news, biz)."""
    host = host_of(url)
    labels = host.split(".")
    # co.kr, or.kr, com.au … are registries of two labels
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return host if labels[-1].isdigit() or ":" in host else ".".join(labels[-keep:])


def _meta(root: Any) -> dict[str, str]:
    """Name or property of each meta element to its content; the first wins."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name, element.get("content").strip())
    return found


def _articles(script: str) -> Iterator[Mapping[str, Any]]:
    """Articles that a script describes, in the terms of schema.org."""
    fusion = _FUSION.search(script)
    try:
        # control characters inside of strings are common
        decoder = json.JSONDecoder(strict=False)
        document, _ = decoder.raw_decode(script[fusion.end() :] if fusion else script.strip().rstrip(";"))
    except (ValueError, RecursionError):
        return
    if fusion:
        if isinstance(document, dict):
            yield {"articleBody": "\n".join(_fusion_texts(document))}
        return
    nodes = document if isinstance(document, list) else [document]
    for node in nodes:
        graph = node.get("@graph") if isinstance(node, dict) else None
        for one in graph if isinstance(graph, list) else [node]:
            if isinstance(one, dict) and not _ARTICLE_TYPES.isdisjoint(_types(one)):
                yield one


def _types(node: Mapping[str, Any]) -> set[str]:
    said = node.get("@type")
    return {str(name).lower() for name in (said if isinstance(said, list) else [said])}


def _fusion_texts(document: Mapping[str, Any]) -> Iterator[str]:
    elements = document.get("content_elements")
    for element in elements if isinstance(elements, list) else ():
        if isinstance(element, dict) and element.get("type") == "text":
            yield plain_text(str(element.get("content") or ""))


def _first(nodes: Iterable[Mapping[str, Any]], name: str) -> str:
    return next((node[name] for node in nodes if isinstance(node.get(name), str)), "")


def _free(nodes: Iterable[Mapping[str, Any]]) -> bool | None:
    """`isAccessibleForFree`, as a truth value or in words ("False")."""
    said = {str(node.get("isAccessibleForFree", "")).lower() for node in nodes}
    return False if "false" in said else True if "true" in said else None


def _body(node: Mapping[str, Any]) -> str:
    said = node.get("articleBody")
    return plain_text(said, paragraphs=True) if isinstance(said, str) else ""
