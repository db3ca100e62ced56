"""Feed bytes to entries."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from briefing.collect.charset import decode
from briefing.collect.dates import parse_date
from briefing.collect.fencing import fenced
from briefing.collect.mending import mended
from briefing.collect.outlets import outlets
from briefing.collect.plaintext import plain_text, without_absurd_references
from briefing.collect.timing import habit_of
from briefing.collect.urls import canonical_url, host_of
from briefing.model import Entry, Failed, Feed, Fetched, Polled

# Names that feedparser gives to the dates of an entry, best first.
_DATES = ("published", "created", "updated")
# What an entry may bring; headlines run to 200 characters, and 8,000 is the length of address that
# servers are asked to bear (RFC 9110, 4.1).
_TITLE_CHARACTERS = 500
_SUMMARY_CHARACTERS = 4000
_GUID_CHARACTERS = 1000
_LINK_CHARACTERS = 8000
# Raw text looked at to get there, mark-up included.
_RAW_CHARACTERS = 20_000
_HTML = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<[A-Za-z_]")
_SPACES = re.compile(r"\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+", re.IGNORECASE)
# An address broken over lines is put together again; a blank inside a line belongs to it.
_BREAK_IN_LINK = re.compile(r"[ \t]*[\r\n]\s*")
_SPACE_IN_LINK = re.compile(r"\s")
_MINUTES = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class _Item:
    """What RSS, Atom and JSON Feed have in common."""

    guid: str
    link: str
    title: str
    date: str
    summary: str
    source: str
    updated: str = ""


def parse_feed(fetched: Fetched, feed: Feed, now: datetime) -> Polled | Failed:
    """Entries of an RSS, Atom or JSON feed.

    Args:
        fetched: The answer.
        feed: Whose it is; its outlet is the entries' unless an entry names its own source.
        now: Aware; later dates become it.

    Returns:
        Entries in feed order, unique by guid and by canonical address (the newest of a kind), their
        texts cut to what an entry needs; one line for each item that could not be used;
        Failed if the document is no feed.
    """
    text = decode(fetched.body, fetched.content_type).strip()
    bare = replace(fetched, body=b"")
    if text.startswith("{"):
        found = _json_items(text)
        if found is None:
            return Failed("the answer is JSON, but no JSON Feed")
        return _polled(found, None, bare, feed, now)
    text = fenced(mended(without_absurd_references(_without_prolog(text))))
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": fetched.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version") and not parsed.entries:
        looks = "a web page" if _HTML.search(text[:4096]) else "no RSS or Atom"
        return Failed(f"the answer is {looks}, not a feed")
    return _polled(_xml_items(parsed.entries), _ttl(parsed.feed), bare, feed, now)


def document_key(fetched: Fetched) -> bytes:
    """16 bytes that stand for a document: the same bytes from the same address bring nothing new."""
    return hashlib.blake2b(
        fetched.url.encode("utf-8", "replace") + b"\0" + fetched.body, digest_size=16
    ).digest()


def _without_prolog(text: str) -> str:
    """The document from its first element on.

    What stands before it is the XML declaration, which would contradict the UTF-8 we hand over,
    and declarations of entities, which a few hundred bytes can make into hundreds of megabytes.
    Without declarations nothing is expanded. Comments may hold a decoy of either.
    """
    at = 0
    while True:
        # a pattern that may be empty always matches
        at = _SPACES.match(text, at).end()  # type: ignore[union-attr]
        if text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        elif (doctype := _DOCTYPE.match(text, at)) is not None:
            inner = doctype.end() if text.startswith("[", doctype.end()) else -1
            behind = doctype.end() if inner < 0 else text.find("]", inner)
            end = text.find(">", behind) + 1 if behind >= 0 else -1
        else:
            break
        if end <= at:  # never closed
            break
        at = end
    element = _ELEMENT.search(text, at)
    return text[element.start() :] if element else ""


def _polled(
    items: Iterable[_Item], ttl: timedelta | None, fetched: Fetched, feed: Feed, now: datetime
) -> Polled:
    kept: dict[str, Entry] = {}
    by_url: dict[str, str] = {}
    problems: list[str] = []
    found: list[Entry] = []
    for number, item in enumerate(items, start=1):
        made = _entry(item, fetched.url, feed, now)
        if isinstance(made, str):
            problems.append(f"item {number}: {made}")
        else:
            found.append(made)
    for made in _with_guids_of_their_own(found):
        twin = made.guid if made.guid in kept else by_url.get(made.url)
        if twin is not None and twin in kept:
            if not _newer(made, kept[twin]):
                continue
            by_url.pop(kept.pop(twin).url, None)
        kept[made.guid] = made
        by_url[made.url] = made.guid
    entries = tuple(kept.values())
    return Polled(entries, fetched, tuple(problems), ttl, habit_of(entries))


def _with_guids_of_their_own(found: Sequence[Entry]) -> Iterator[Entry]:
    """Entries as they are, those of other addresses under one guid with their address as guid."""
    addresses: dict[str, set[str]] = {}
    for entry in found:
        addresses.setdefault(entry.guid, set()).add(entry.url)
    for entry in found:
        yield entry if len(addresses[entry.guid]) == 1 else replace(entry, guid=entry.url)


def _newer(one: Entry, other: Entry) -> bool:
    return one.published is not None and (other.published is None or one.published > other.published)


def _entry(item: _Item, base: str, feed: Feed, now: datetime) -> Entry | str:
    title = plain_text(item.title[:_RAW_CHARACTERS])[:_TITLE_CHARACTERS]
    link = _SPACE_IN_LINK.sub("%20", _BREAK_IN_LINK.sub("", item.link.strip()))
    if not link:
        return f"no link ({title[:60] or 'no title either'})"
    if len(link) > _LINK_CHARACTERS:
        return f"its link is longer than {_LINK_CHARACTERS:,} characters ({link[:80]}…)"
    address = canonical_url(urljoin(base, link))
    if urlsplit(address).scheme not in {"http", "https"}:
        return f"its link is no web address ({link[:80]})"
    summary = plain_text(item.summary[:_RAW_CHARACTERS], paragraphs=True)
    outlet = feed.outlet
    if host_of(feed.url) in outlets().links.aggregators:
        # The headline ends in " - outlet", and the description only repeats it as a link.
        head, dash, tail = title.rpartition(" - ")
        outlet = item.source or (tail if dash else outlet)
        title = head if dash and tail == outlet else title
        summary = ""
    if not title and not summary:
        return f"neither title nor text ({address})"
    published, updated = parse_date(item.date, now), parse_date(item.updated)
    return Entry(
        guid=_bounded_guid(item.guid.strip()) or address,
        url=address,
        title=title or summary.partition("\n")[0][:120],
        outlet=outlet,
        published=published,
        summary=summary[:_SUMMARY_CHARACTERS],
        # a change that lies ahead would be a new one at every fetch
        updated=updated if published and updated and published < updated <= now else None,
    )


def _bounded_guid(guid: str) -> str:
    """The guid itself, or its beginning and a hash: a beginning alone may be that of many."""
    if len(guid) <= _GUID_CHARACTERS:
        return guid
    rest = hashlib.blake2b(guid.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{guid[:_GUID_CHARACTERS]}…{rest}"


def _xml_items(entries: Iterable[Mapping[str, Any]]) -> Iterator[_Item]:
    for entry in entries:
        content = entry.get("content") or [{}]
        source = entry.get("source") or {}
        yield _Item(
            guid=_text(entry.get("id")),
            link=_text(entry.get("link")) or _first_link(entry),
            title=_text(entry.get("title")),
            # asked by `in`, because feedparser answers `get` for one date with another
            date=next((said for key in _DATES if key in entry and (said := _text(entry[key]).strip())), ""),
            summary=_text(entry.get("summary")) or _text(content[0].get("value")),
            source=plain_text(_text(source.get("title"))[:_RAW_CHARACTERS])[:_TITLE_CHARACTERS],
            updated=_text(entry["updated"]) if "updated" in entry and "published" in entry else "",
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first_link(entry: Mapping[str, Any]) -> str:
    links = (link for link in entry.get("links") or () if link.get("rel", "alternate") == "alternate")
    return next((_text(link.get("href")) for link in links if link.get("href")), "")


def _json_items(text: str) -> list[_Item] | None:
    """Items of a JSON Feed (jsonfeed.org/version/1.1), or None."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = document.get("items")
    if "jsonfeed.org" not in _text(document.get("version")) or not isinstance(items, list):
        return None
    return [
        _Item(
            guid=str(item.get("id") or ""),
            link=_text(item.get("url")) or _text(item.get("external_url")),
            title=_text(item.get("title")),
            date=_text(item.get("date_published")) or _text(item.get("date_modified")),
            summary=_text(item.get("summary"))
            or _text(item.get("content_text"))
            or _text(item.get("content_html")),
            source="",
            updated=_text(item.get("date_modified")) if item.get("date_published") else "",
        )
        for item in items
        if isinstance(item, dict)
    ]


def _ttl(channel: Mapping[str, Any]) -> timedelta | None:
    """RSS 2.0 `ttl` is in minutes."""
    match = _MINUTES.search(_text(channel.get("ttl")))
    return timedelta(minutes=min(int(match[0]), 10**6)) if match and int(match[0]) else None
