"""The element of a page that holds the article, as lines of text."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from trafilatura.settings import DEFAULT_CONFIG

from briefing.collect.outlets import outlets
from briefing.collect.urls import host_of

# Fewer letters and digits than this are a notice or a login wall; personnel notices of two lines have
# as many.
SHORTEST_BODY = 30
# So many links of at least so many characters, and no text beside them, are a list of other articles.
LIST_LINKS = 3
HEADLINE = 8
LINKED_SHARE = 0.8

_WHITE = re.compile(r"[^\S\n]+")
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "td", "th", "tr", "ul"}
)
_NEVER_TEXT = ("script", "style", "noscript", "template", "iframe", "svg", "form", "button", "nav", "aside")
_NEVER_DROPPED = frozenset({"html", "body", "article", "main"})
_LISTS = frozenset({"ul", "ol", "dl", "div", "section", "table", "p"})


@cache
def _settings() -> Any:
    """trafilatura's settings with a lower bar: it mistrusts texts under 250 letters and falls back to
    the whole page, but a Korean personnel notice or brief is whole at 100."""
    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST_BODY))
    return settings


def enough(text: str) -> bool:
    """Whether a text may be an article."""
    return sum(map(str.isalnum, text)) >= SHORTEST_BODY


def without_surroundings(root: Any) -> tuple[str, ...]:
    """Remove from a page what is never the article; give back the picture captions."""
    known = outlets()
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
            element.tag not in _NEVER_DROPPED
            and any(name in known.drop or name.startswith(known.drop_prefixes) for name in names)
        ):
            doomed.append(element)
    for element in (*doomed, *_lists_of_links(root)):
        if element.getparent() is not None:
            element.drop_tree()
    return tuple(dict.fromkeys(captions))


def _lists_of_links(root: Any) -> list[Any]:
    """Elements that hold headlines of other articles and next to nothing else."""
    found: list[Any] = []
    # element -> characters, of these inside links, links; children are met before their parents
    counts: dict[Any, tuple[int, int, int]] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        size = len((element.text or "").strip())
        linked = links = 0
        for child in element:
            inner = counts.pop(child, (0, 0, 0))
            size += inner[0] + len((child.tail or "").strip())
            linked, links = linked + inner[1], links + inner[2]
        if element.tag == "a":
            linked, links = size, int(size >= HEADLINE)
        counts[element] = (size, linked, links)
        if element.tag in _LISTS and links >= LIST_LINKS and linked >= LINKED_SHARE * size:
            found.append(element)
    return found


def body_of(root: Any, url: str, told: str) -> str:
    """The main text, a paragraph a line; empty if there is none.

    Taken where the outlet is known to keep it (briefing/data/outlets.toml), or where the page says it
    is, or where trafilatura finds it; failing these where common systems keep it, or from what the
    page's scripts hold.

    Args:
        root: The page without its surroundings.
        url: Where it was found.
        told: Text of the article in the page's scripts, may be empty.
    """
    known = outlets()
    text = _at(root, known.bodies_of(host_of(url)))
    if enough(text):
        return text
    marked = root.xpath('//*[@itemprop="articleBody"]')
    if len(marked) == 1 and enough(text := _lines(marked[0])):
        # The outlet says itself where its text is; nothing is lost to guessing.
        return text
    text = _guessed(root, url)
    if enough(text):
        return text
    return next((text for text in (_at(root, known.common_bodies), told) if enough(text)), text)


def _at(root: Any, places: tuple[str, ...]) -> str:
    """The text of the first place that holds enough."""
    for place in places:
        text = "\n".join(_lines(element) for element in root.xpath(place))
        if enough(text):
            return text
    return ""


def _guessed(root: Any, url: str) -> str:
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
