"""Feed lists as OPML 2.0, the form in which feed readers exchange them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlsplit
from xml.parsers import expat

from briefing.collect.charset import decode
from briefing.collect.urls import unfetchable
from briefing.errors import DataError
from briefing.model import Feed

# OPML has no attribute for the outlet apart from the feed's title; a namespace of ours has.
_NAMESPACE = "urn:execbrief:opml"
_OUTLET = "execbrief:outlet"
# RFC 5646, 4.4.1: a language tag has up to 35 characters.
LONGEST_LANGUAGE = 35


def read_opml(
    data: bytes, name: str = "OPML", left_out: Callable[[str], None] | None = None
) -> tuple[Feed, ...]:
    """Feeds of an OPML document, those of nested outlines too, each address once.

    Reads what Miniflux, RSS-to-Telegram-Bot and `write_opml` export. An outline whose address cannot
    be fetched (file:, no host) is passed over.

    Args:
        data: The document.
        name: How the operator knows it, for messages.
        left_out: Told of each outline that is passed over, in one line.

    Raises:
        DataError: It is no OPML, is cut off, or declares entities.
    """
    feeds: dict[str, Feed] = {}
    seen_opml = False
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise DataError(
            name, "declares XML entities, which a feed list has no need of", parser.CurrentLineNumber
        )

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal seen_opml
        seen_opml = seen_opml or tag.lower() == "opml"
        if tag.lower() != "outline":
            return
        said = {key.lower(): value.strip() for key, value in attributes.items()}
        url = said.get("xmlurl", "")
        if (problem := unfetchable(url)) is not None:
            if url and left_out is not None:
                left_out(f"{name}:{parser.CurrentLineNumber}: left out: {problem}")
            return
        title = said.get("title") or said.get("text") or ""
        feeds.setdefault(
            url,
            Feed(
                url=url,
                outlet=said.get(_OUTLET) or title or urlsplit(url).hostname or url,
                title=said.get("title", "") if _OUTLET in said else "",
                language=_language(said.get("language", "")),
                note=said.get("description", ""),
            ),
        )

    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    text = decode(data).lstrip()
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    try:
        parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003, RUF100 - a positional-only parameter
    except expat.ExpatError as error:
        raise DataError(
            name, f"is no well-formed XML: {expat.ErrorString(error.code)}", error.lineno
        ) from error
    if not seen_opml:
        raise DataError(name, "is XML, but no OPML: it has no <opml> element")
    return tuple(feeds.values())


def _language(said: str) -> str:
    """The tag itself, or that of Korean where there is none that can be one."""
    return said if said and len(said) <= LONGEST_LANGUAGE else "ko"


def write_opml(feeds: Sequence[Feed]) -> bytes:
    """An OPML 2.0 document in UTF-8, one group an outlet; `read_opml` reads it back unchanged."""
    groups: dict[str, list[Feed]] = {}
    for feed in feeds:
        groups.setdefault(feed.outlet, []).append(feed)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:execbrief="{_NAMESPACE}">',
        "  <head><title>execbrief</title></head>",
        "  <body>",
    ]
    for outlet, members in groups.items():
        lines.append(f"    <outline {_attributes(text=outlet)}>")
        for feed in members:
            said = _attributes(
                type="rss",
                text=feed.title or outlet,
                title=feed.title,
                xmlUrl=feed.url,
                language=feed.language,
                description=feed.note,
            )
            lines.append(f"      <outline {said} {_OUTLET}={_quoted(outlet)}/>")
        lines.append("    </outline>")
    lines += ["  </body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


def _attributes(**values: str) -> str:
    return " ".join(f"{key}={_quoted(value)}" for key, value in values.items() if value)


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'
