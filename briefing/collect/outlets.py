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
_SELECTOR = re.compile(r"(?P<tag>[a-z0-9]+)?(?:#(?P<id>[\w-]+))?(?:\.(?P<class>[\w-]+))?")


@dataclass(frozen=True, slots=True)
class Links:
    """How addresses of one article vary.

    Attributes:
        tracking: Names of query parameters to drop, lower case.
        tracking_prefixes: Beginnings of such names.
        amp_segments: Last path segments of AMP pages.
        variants: Patterns of paths of one article's other forms, each with what takes their place.
        aggregators: Hosts of search services whose entries belong to other outlets.
        desktop: Mobile host to the host that serves the same paths.
    """

    tracking: frozenset[str]
    tracking_prefixes: tuple[str, ...]
    amp_segments: frozenset[str]
    variants: tuple[tuple[re.Pattern[str], str], ...]
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
        bodies: Domain to the places (XPath) where its outlet keeps its texts.
        common_bodies: Places where systems that many outlets use keep them.
        wall: Pattern of a page that says it is no article.
        copyright, byline, dateline, caption, end, aside, paywall, debris: One pattern each for a line.
    """

    links: Links
    names: Mapping[str, str]
    legacy_tls: frozenset[str]
    drop: frozenset[str]
    drop_prefixes: tuple[str, ...]
    caption_tags: frozenset[str]
    caption_classes: frozenset[str]
    bodies: Mapping[str, tuple[str, ...]]
    common_bodies: tuple[str, ...]
    wall: re.Pattern[str]
    copyright: re.Pattern[str]
    byline: re.Pattern[str]
    dateline: re.Pattern[str]
    caption: re.Pattern[str]
    end: re.Pattern[str]
    aside: re.Pattern[str]
    paywall: re.Pattern[str]
    debris: re.Pattern[str]

    def name_of(self, host: str) -> str:
        """The outlet behind a host by its own or a parent domain's name; empty if it is not known."""
        return next((self.names[domain] for domain in _domains(host) if domain in self.names), "")

    def bodies_of(self, host: str) -> tuple[str, ...]:
        """Places where the outlet behind a host keeps its texts; none if it is not known."""
        return next((self.bodies[domain] for domain in _domains(host) if domain in self.bodies), ())


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
            variants=tuple(
                (_compiled(pattern, "variants"), str(instead))
                for pattern, instead in _table(links, "variants").items()
            ),
            aggregators=frozenset(_words(links, "aggregators")),
            desktop={str(mobile): str(host) for mobile, host in desktop.items()},
        ),
        names={str(domain): str(name) for domain, name in _table(raw, "names").items()},
        legacy_tls=frozenset(_words(_table(raw, "tls"), "legacy")),
        drop=frozenset(word for word in drop if not word.endswith("*")),
        drop_prefixes=_prefixes(drop),
        caption_tags=frozenset(_words(page, "captions")),
        caption_classes=frozenset(_words(page, "caption_classes")),
        bodies={
            str(domain): tuple(map(_xpath, str(places).split()))
            for domain, places in _table(page, "bodies").items()
        },
        common_bodies=tuple(map(_xpath, str(page.get("common_bodies", "")).split())),
        wall=_pattern(page, "wall"),
        copyright=_pattern(lines, "copyright"),
        byline=_pattern(lines, "byline"),
        dateline=_pattern(lines, "dateline"),
        caption=_pattern(lines, "caption"),
        end=_pattern(lines, "end"),
        aside=_pattern(lines, "aside"),
        paywall=_pattern(lines, "paywall"),
        debris=_pattern(lines, "debris"),
    )


def _domains(host: str) -> list[str]:
    """A host and the domains it lies in, nearest first, without the top one."""
    labels = host.split(".")
    return [".".join(labels[at:]) for at in range(len(labels) - 1)]


def _xpath(selector: str) -> str:
    """XPath of a selector of one element: tag, #id and .class, each at most once (div#text.body)."""
    match = _SELECTOR.fullmatch(selector)
    if match is None or not selector:
        raise DataError(_FILE, f"{selector!r} is no selector like #id, tag.class or tag#id.class")
    tests = [f"@id='{match['id']}'"] if match["id"] else []
    if match["class"]:
        tests.append(f"contains(concat(' ', normalize-space(@class), ' '), ' {match['class']} ')")
    return f"//{match['tag'] or '*'}" + "".join(f"[{test}]" for test in tests)


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


def _compiled(value: Any, name: str) -> re.Pattern[str]:
    try:
        return re.compile(value, re.IGNORECASE)
    except (re.error, TypeError) as error:
        raise DataError(
            _FILE, f"'{name}' holds {value!r}, which is no regular expression: {error}"
        ) from error


def _pattern(table: Mapping[str, Any], name: str) -> re.Pattern[str]:
    values = table.get(name)
    if not isinstance(values, list) or not values:
        raise DataError(_FILE, f"'{name}' must be a list of regular expressions")
    for value in values:
        _compiled(value, name)
    return re.compile("|".join(f"(?:{value})" for value in values), re.IGNORECASE)
