"""Telegram's HTML as styled text for a terminal."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from rich.style import Style
from rich.text import Text

# https://core.telegram.org/bots/api#html-style
STYLES: Final = {
    "b": Style(bold=True),
    "strong": Style(bold=True),
    "i": Style(italic=True),
    "em": Style(italic=True),
    "u": Style(underline=True),
    "ins": Style(underline=True),
    "s": Style(strike=True),
    "strike": Style(strike=True),
    "del": Style(strike=True),
    "code": Style(color="cyan"),
    "pre": Style(color="cyan"),
    "blockquote": Style(dim=True),
}
QUOTE_MARK: Final = "▎ "


def to_terminal(html: str, *, addresses: bool) -> Text:
    """Styled text of a message.

    Args:
        html: Telegram HTML.
        addresses: Write a link's address behind its words, where the terminal cannot open it.
    """
    reader = _Reader(addresses=addresses)
    reader.feed(html)
    reader.close()
    return reader.text


class _Reader(HTMLParser):
    def __init__(self, *, addresses: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._addresses = addresses
        self._open: list[tuple[str, Style, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") if tag == "a" else None
        style = Style(underline=True, link=address) if address else STYLES.get(tag, Style())
        self._open.append((tag, style, address))
        if tag == "blockquote":
            if self.text.plain and not self.text.plain.endswith("\n"):
                self.text.append("\n")
            self.text.append(QUOTE_MARK, self._style())

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                address = self._open.pop(place)[2]
                if address and self._addresses:
                    self.text.append(f" <{address}>")
                return

    def handle_data(self, data: str) -> None:
        if any(tag == "blockquote" for tag, _, _ in self._open):
            data = data.replace("\n", f"\n{QUOTE_MARK}")
        self.text.append(data, self._style())

    def _style(self) -> Style:
        style = Style()
        for _, more, _ in self._open:
            style += more
        return style
