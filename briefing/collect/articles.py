"""Page bytes to an article: the text somebody wrote, without what the outlet put around it."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import etree, html  # type: ignore[import-untyped]
from trafilatura.settings import DEFAULT_CONFIG

from briefing.collect.charset import decode
from briefing.collect.dates import parse_date
from briefing.collect.outlets import Outlets, outlets
from briefing.collect.plaintext import plain_text
from briefing.collect.urls import canonical_url, host_of
from briefing.model import Article, Entry, Fetched, Skipped

# Fewer letters and digits than this are a notice or a login wall; personnel notices of two lines have
# as many.
SHORTEST_BODY = 30
# A longer line that holds a copyright notice holds something else too.
LONGEST_NOTICE = 120
_WHITE = re.compile(r"[^\S\n]+")
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
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
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)
_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "svg", "form", "button", "nav", "aside")


@cache
def _settings() -> Any:
    """trafilatura's settings with a lower bar: it mistrusts texts under 250 letters and falls back to
    the whole page, but a Korean personnel notice or brief is whole at 100."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_BODY))
    return settings


@dataclass(frozen=True, slots=True)
class _Cleaned:
    text: str
    captions: tuple[str, ...]
    byline: str


def read_article(fetched: Fetched, entry: Entry) -> Article | Skipped:
    """The article of a page.

    Args:
        fetched: The page.
        entry: What the feed says of it; its title, date, outlet and address win over the page's.

    Returns:
        The article; one of headline and summary only if the page holds too little text and the
        entry has a headline; Skipped if there is neither. Nothing is raised, whatever the page.
    """
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind and not (kind.startswith("text/") or kind.endswith(("html", "xml", "octet-stream"))):
        return _headline_or(entry, f"the page is {kind}, not text")
    text = decode(fetched.body, fetched.content_type)
    try:
        root = html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return _headline_or(entry, f"the page cannot be parsed: {error}")
    meta = _meta(root)
    known = outlets()
    captions = _take_apart(root, known)
    body = _body(root, fetched.url)
    cleaned = clean(body)
    title = entry.title or plain_text(meta.get("og:title", "") or _title(root))
    if sum(map(str.isalnum, cleaned.text)) < SHORTEST_BODY:
        return _headline_or(entry, "the page holds no article text")
    return Article(
        id=entry.guid or entry.url or fetched.url,
        url=_address(root, meta, fetched, entry),
        outlet=entry.outlet or plain_text(meta.get("og:site_name", "")),
        title=title,
        published=entry.published or _published(meta, text),
        text=cleaned.text,
        captions=tuple(dict.fromkeys((*captions, *cleaned.captions))),
        byline=cleaned.byline,
    )


def headline_article(entry: Entry, note: str = "") -> Article:
    """An article of headline and summary, for pages that cannot be read.

    Args:
        entry: What the feed says.
        note: Why the page cannot be read, one line for an operator.
    """
    lines = clean(entry.summary).text
    text = lines if lines.startswith(entry.title) else "\n".join(filter(None, (entry.title, lines)))
    return Article(
        id=entry.guid or entry.url,
        url=entry.url,
        outlet=entry.outlet,
        title=entry.title,
        published=entry.published,
        text=text,
        headline_only=True,
        note=note,
    )


def _headline_or(entry: Entry, reason: str) -> Article | Skipped:
    return headline_article(entry, reason) if entry.title else Skipped(reason)


# --------------------------------------------------------------------------- lines


def clean(text: str) -> _Cleaned:
    """Cut copyright notices, reporter lines, captions and page machinery out of a text.

    Args:
        text: Paragraphs separated by newlines.

    Returns:
        The rest, and the captions and the byline that were cut.
    """
    known = outlets()
    kept: list[str] = []
    captions: list[str] = []
    byline = dateline = ""
    for raw in text.splitlines():
        line = _WHITE.sub(" ", raw).strip()
        if not line or known.debris.search(line):
            continue
        if kept and known.end.search(line):
            break
        if (notice := known.copyright.search(line)) is not None:
            # A notice at the end of a paragraph must not take the paragraph with it.
            line = line[: line.rfind("다.", 0, notice.start()) + 2] if len(line) > LONGEST_NOTICE else ""
            if len(line) > 2:
                kept.append(line)
            continue
        if known.byline.search(line):
            byline = byline or line
            continue
        if known.caption.search(line):
            captions.append(line)
            continue
        if (lead := known.dateline.match(line)) is not None:
            dateline = dateline or lead[0].strip(" =")
            line = line[lead.end() :].strip()
        if line:
            kept.append(line)
    return _Cleaned("\n".join(kept), tuple(captions), byline or dateline)


# --------------------------------------------------------------------------- elements


def _take_apart(root: Any, known: Outlets) -> tuple[str, ...]:
    """Remove what is never the article; give back the picture captions."""
    captions: list[str] = []
    doomed: list[Any] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
        if element.tag in known.caption_tags or not known.caption_classes.isdisjoint(names):
            words = " ".join(element.text_content().split())
            if words:
                captions.append(words)
            doomed.append(element)
        elif element.tag in _NEVER_TEXT or (
            element.tag not in {"html", "body", "article", "main"}
            and any(name in known.drop or name.startswith(known.drop_prefixes) for name in names)
        ):
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()
    return tuple(dict.fromkeys(captions))


def _body(root: Any, url: str) -> str:
    """The main text, a paragraph a line."""
    marked = root.xpath('//*[@itemprop="articleBody"]')
    if len(marked) == 1:
        # The outlet says itself where its text is; nothing is lost to guessing.
        return _lines(marked[0])
    try:
        found = trafilatura.extract(
            root,
            url=url or None,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            config=_settings(),
        )
    except Exception:  # noqa: BLE001, RUF100 - whatever a page does to the library is the page's fault
        found = None
    return found or ""


def _lines(element: Any) -> str:
    """Text of an element with a newline where the page breaks lines."""
    parts: list[str] = []

    def walk(node: Any) -> None:
        block = node.tag in _BLOCKS
        if block:
            parts.append("\n")
        if isinstance(node.tag, str):
            parts.append(_WHITE.sub(" ", (node.text or "").replace("\n", " ")))
            for child in node:
                walk(child)
                parts.append(_WHITE.sub(" ", (child.tail or "").replace("\n", " ")))
        if block:
            parts.append("\n")

    try:
        walk(element)
    except RecursionError:
        return str(element.text_content())
    return "".join(parts)


# --------------------------------------------------------------------------- metadata


def _meta(root: Any) -> dict[str, str]:
    """Name or property of each meta element to its content; the first wins."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            found.setdefault(name, element.get("content").strip())
    return found


def _title(root: Any) -> str:
    found = root.findtext(".//h1") or root.findtext(".//title")
    return found or ""


def _published(meta: dict[str, str], text: str) -> datetime | None:
    said = next((meta[name] for name in _DATE_NAMES if name in meta), None)
    if said is None and (match := _JSON_DATE.search(text)) is not None:
        said = match[1]
    return parse_date(said)


def _address(root: Any, meta: dict[str, str], fetched: Fetched, entry: Entry) -> str:
    """The page's own name for itself, if it stays on its host; else the entry's address."""
    links = root.xpath('//link[@rel="canonical"]/@href')
    for said in (*links, meta.get("og:url", "")):
        address = canonical_url(urljoin(fetched.url, str(said)))
        deep = len(urlsplit(address).path) > 1
        if said and deep and _site(address) == _site(fetched.url):
            return address
    return entry.url or canonical_url(fetched.url)


def _site(url: str) -> str:
    """Host without the parts that vary inside an outlet (www, m, news, biz)."""
    labels = host_of(url).split(".")
    # co.kr, or.kr, com.au … are registries of two labels
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return host_of(url) if labels[-1].isdigit() or ":" in host_of(url) else ".".join(labels[-keep:])
