"""Where news comes from: the built-in list, an operator's own, and searches."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.collect.opml import LONGEST_LANGUAGE, read_opml
from briefing.collect.urls import unfetchable, without_credentials
from briefing.errors import DataError
from briefing.model import Feed

_BUILT_IN = "briefing/data/feeds.toml"
_OPML = frozenset({".opml", ".xml"})
_KEYS = frozenset({"url", "outlet", "title", "language", "note"})


def load_feeds(path: Path | None = None, left_out: Callable[[str], None] | None = None) -> tuple[Feed, ...]:
    """The feeds to poll.

    Args:
        path: TOML (as briefing/data/feeds.toml) or OPML, told by the file's ending; None for the
            built-in list.
        left_out: Told, in one line, of each feed of an OPML file that cannot be used.

    Raises:
        DataError: The file cannot be read or holds a feed that cannot be used.
    """
    if path is None:
        return _feeds(_toml(_built_in(), _BUILT_IN), _BUILT_IN)
    if path.suffix.lower() in _OPML:
        feeds = read_opml(_bytes(path), str(path), left_out)
    else:
        feeds = _feeds(_toml(_text(path), str(path)), str(path))
    if not feeds:
        raise DataError(str(path), "names no feed")
    return feeds


def _built_in() -> str:
    return (files("briefing") / "data" / "feeds.toml").read_text(encoding="utf-8")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(str(path), f"cannot be read: {error.strerror or error}") from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(str(path), "is not UTF-8; save it as UTF-8") from error


def _toml(text: str, name: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(name, f"is no valid TOML: {error}") from error


def _feeds(raw: Mapping[str, Any], name: str) -> tuple[Feed, ...]:
    rows = raw.get("feed")
    if not isinstance(rows, list):
        near = get_close_matches("feed", raw, n=1)
        hint = f"; did you mean [[feed]] where it says [[{near[0]}]]?" if near and near != ["feed"] else ""
        raise DataError(name, f"has no [[feed]] tables{hint}")
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
    _check_language(row, name, place)
    if (problem := unfetchable(row["url"])) is not None:
        raise DataError(name, f"{place}: {problem}")
    return Feed(**row)


def _check_language(row: Mapping[str, str], name: str, place: str) -> None:
    if len(row.get("language", "")) > LONGEST_LANGUAGE:
        raise DataError(name, f"{place}: 'language' is longer than {LONGEST_LANGUAGE} characters")


@dataclass(frozen=True, slots=True)
class SearchFeeds:
    """How to search for a company, as the list of feeds says in its table [search].

    Attributes:
        url: Address with `{query}` where the question goes, percent-encoded.
        query: The question, with `{company}` where the name goes.
        outlet: Name of the service; entries name their own outlets.
        language: BCP 47 tag of its articles.
        note: Where the address comes from, or what is odd about it.
    """

    url: str
    outlet: str
    query: str = '"{company}"'
    language: str = "ko"
    note: str = ""

    def feed(self, company: str) -> Feed:
        """The search for a company by the name readers know it by."""
        # quotation marks would end ours
        asked = self.query.replace("{company}", company.replace('"', " ").strip())
        return Feed(
            url=self.url.replace("{query}", quote(asked, safe="")),
            outlet=self.outlet,
            title=company,
            language=self.language,
            note=self.note,
        )


def load_search(path: Path | None = None) -> SearchFeeds | None:
    """How the list in force searches for companies that are followed; None if it does not.

    Args:
        path: As of `load_feeds`; OPML has no place for searches.

    Raises:
        DataError: The file cannot be read, or its table [search] cannot be used.
    """
    if path is None:
        return _search(_toml(_built_in(), _BUILT_IN), _BUILT_IN)
    if path.suffix.lower() in _OPML:
        return None
    return _search(_toml(_text(path), str(path)), str(path))


def _search(raw: Mapping[str, Any], name: str) -> SearchFeeds | None:
    table = raw.get("search")
    if table is None:
        return None
    place = "[search]"
    if not isinstance(table, dict):
        raise DataError(name, f"{place} is no table")
    if unknown := table.keys() - {field.name for field in fields(SearchFeeds)}:
        raise DataError(name, f"{place} has unknown keys: {', '.join(sorted(unknown))}")
    if wrong := [key for key, value in table.items() if not isinstance(value, str)]:
        raise DataError(name, f"{place}: {', '.join(wrong)} must be text")
    for key in ("url", "outlet"):
        if not table.get(key, "").strip():
            raise DataError(name, f"{place} has no '{key}'")
    _check_language(table, name, place)
    search = SearchFeeds(**table)
    if "{query}" not in search.url or "{company}" not in search.query:
        raise DataError(name, f"{place}: 'url' needs {{query}}, and 'query' needs {{company}}")
    if (problem := unfetchable(search.feed("x").url)) is not None:
        raise DataError(name, f"{place}: {problem}")
    return search
