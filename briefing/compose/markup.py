"""Telegram's HTML, read and measured: what a person sees, its length in UTF-16 units, its entities.

Source: https://core.telegram.org/bots/api#html-style. Only the tags our templates use are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

MAX_UNITS = 4096
"""Length of a message in UTF-16 code units, after entities are parsed (Bot API, sendMessage)."""

MAX_CAPTION_UNITS = 1024
"""The same for the caption of a file (Bot API, sendDocument)."""

MAX_ENTITIES = 100
"""Formatted places in one message; Telegram drops the rest silently."""

TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and the tags around it, outermost first; `href` is the link it stands in."""

    text: str
    tags: tuple[str, ...] = ()
    href: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.open: list[tuple[str, str]] = []
        self.entities = 0
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.problems.append(f"<{tag}> is not a tag of Telegram")
            return
        self.entities += 1
        self.open.append((tag, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            self.problems.append(f"</{tag}> closes nothing that is open")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        href = next((address for tag, address in reversed(self.open) if tag == "a"), "")
        self.pieces.append(Piece(data, tuple(tag for tag, _ in self.open), href))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A message as Telegram would read it.

    Attributes:
        pieces: Runs of text in order.
        entities: Number of formatted places.
        problems: What Telegram would refuse, one line each; empty for a good message.
    """

    pieces: tuple[Piece, ...]
    entities: int
    problems: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a person reads."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def units(self) -> int:
        """Length in UTF-16 code units."""
        return utf16(self.text)


def parse(html: str) -> Parsed:
    """Reads a message; never raises, what is wrong stands in `problems`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    problems = [*reader.problems, *(f"<{tag}> is not closed" for tag, _ in reader.open)]
    return Parsed(tuple(reader.pieces), reader.entities, tuple(problems))


def utf16(text: str) -> int:
    """Length in UTF-16 code units: characters beyond the basic plane (most emoji) count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
