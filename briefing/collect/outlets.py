"""briefing/data/outlets.toml, validated and ready for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.errors import DataError

_FILE = "briefing/data/outlets.toml"


@dataclass(frozen=True, slots=True)
class Links:
    """How addresses of one article vary.

    Attributes:
        tracking: Names of query parameters to drop, lower case.
        tracking_prefixes: Beginnings of such names.
        amp_segments: Last path segments of AMP pages.
        aggregators: Hosts of search services whose entries belong to other outlets.
        desktop: Mobile host to the host that serves the same paths.
    """

    tracking: frozenset[str]
    tracking_prefixes: tuple[str, ...]
    amp_segments: frozenset[str]
    aggregators: frozenset[str]
    desktop: Mapping[str, str]

    def is_tracking(self, name: str) -> bool:
        """Whether a query parameter says nothing about which article is meant."""
        name = name.lower()
        return name in self.tracking or name.startswith(self.tracking_prefixes)


@dataclass(frozen=True, slots=True)
class Outlets:
    """What outlets put around their articles.

    Attributes:
        links: How addresses vary.
        names: Domain to the name readers know an outlet by.
        legacy_tls: Hosts whose servers OpenSSL 3 refuses unless told otherwise.
        drop: Classes and ids of elements that are no article, lower case.
        drop_prefixes: Beginnings of such names.
        caption_tags: Elements with the words under a picture.
        caption_classes: Classes of the same.
        copyright, byline, dateline, caption, end, debris: One pattern each for a line.
    """

    links: Links
    names: Mapping[str, str]
    legacy_tls: frozenset[str]
    drop: frozenset[str]
    drop_prefixes: tuple[str, ...]
    caption_tags: frozenset[str]
    caption_classes: frozenset[str]
    copyright: re.Pattern[str]
    byline: re.Pattern[str]
    dateline: re.Pattern[str]
    caption: re.Pattern[str]
    end: re.Pattern[str]
    debris: re.Pattern[str]

    def name_of(self, host: str) -> str:
        """The outlet behind a host by its own or a parent domain's name; empty if it is not known."""
        labels = host.split(".")
        domains = (".".join(labels[at:]) for at in range(len(labels) - 1))
        return next((self.names[domain] for domain in domains if domain in self.names), "")


@cache
def outlets() -> Outlets:
    """The shipped patterns.

    Raises:
        DataError: A list is missing or a pattern cannot be compiled.
    """
    raw = tomllib.loads((files("briefing") / "data" / "outlets.toml").read_text(encoding="utf-8"))
    links, page, lines = (_table(raw, name) for name in ("links", "page", "lines"))
    tracking = _words(links, "tracking")
    drop = _words(page, "drop")
    desktop = _table(links, "desktop")
    return Outlets(
        links=Links(
            tracking=frozenset(word for word in tracking if not word.endswith("*")),
            tracking_prefixes=_prefixes(tracking),
            amp_segments=frozenset(_words(links, "amp_segments")),
            aggregators=frozenset(_words(links, "aggregators")),
            desktop={str(mobile): str(host) for mobile, host in desktop.items()},
        ),
        names={str(domain): str(name) for domain, name in _table(raw, "names").items()},
        legacy_tls=frozenset(_words(_table(raw, "tls"), "legacy")),
        drop=frozenset(word for word in drop if not word.endswith("*")),
        drop_prefixes=_prefixes(drop),
        caption_tags=frozenset(_words(page, "captions")),
        caption_classes=frozenset(_words(page, "caption_classes")),
        copyright=_pattern(lines, "copyright"),
        byline=_pattern(lines, "byline"),
        dateline=_pattern(lines, "dateline"),
        caption=_pattern(lines, "caption"),
        end=_pattern(lines, "end"),
        debris=_pattern(lines, "debris"),
    )


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = raw.get(name)
    if not isinstance(value, dict):
        raise DataError(_FILE, f"table [{name}] is missing")
    return value


def _words(table: Mapping[str, Any], name: str) -> list[str]:
    value = table.get(name)
    if not isinstance(value, str) or not value.split():
        raise DataError(_FILE, f"'{name}' must be a text of words separated by spaces")
    return value.lower().split()


def _prefixes(words: list[str]) -> tuple[str, ...]:
    return tuple(word[:-1] for word in words if word.endswith("*"))


def _pattern(table: Mapping[str, Any], name: str) -> re.Pattern[str]:
    values = table.get(name)
    if not isinstance(values, list) or not values:
        raise DataError(_FILE, f"'{name}' must be a list of regular expressions")
    for value in values:
        try:
            re.compile(value)
        except (re.error, TypeError) as error:
            raise DataError(
                _FILE, f"'{name}' holds {value!r}, which is no regular expression: {error}"
            ) from error
    return re.compile("|".join(f"(?:{value})" for value in values), re.IGNORECASE)
