"""The same message for a terminal and as Markdown."""

from __future__ import annotations

import re

from briefing.compose.markup import Piece, parse
from briefing.model import Part

_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*)([#+\-]|\d+[.)])(?=\s)")


def to_text(part: Part, links: bool = False) -> str:
    """A part without markup.

    Args:
        part: Telegram HTML.
        links: Number the links and list their addresses below, one a line.
    """
    lines: list[str] = []
    addresses: dict[str, int] = {}
    for piece in parse(part.html).pieces:
        text = piece.text
        if "blockquote" in piece.tags:
            text = "\n".join(f"  {line}" if line else line for line in text.split("\n"))
        if links and piece.href:
            text += f" [{addresses.setdefault(piece.href, len(addresses) + 1)}]"
        lines.append(text)
    out = "".join(lines)
    if addresses:
        out += "\n\n" + "\n".join(f"[{number}] {address}" for address, number in addresses.items())
    return out


def to_markdown(part: Part) -> str:
    """A part as Markdown (CommonMark): bold, links, quotations, items as a list; text escaped."""
    out = []
    for line in "".join(_marked(piece) for piece in parse(part.html).pieces).split("\n"):
        if line.startswith("• "):
            out.append(f"- {line[2:]}  ")
        elif line.startswith("> ") or not line.strip():
            out.append(line)
        else:
            # two spaces at the end keep the line break
            out.append(f"{_LINE_START.sub(_escaped_start, line)}  ")
    return "\n".join(out).strip()


def _escaped_start(match: re.Match[str]) -> str:
    mark = match.group(2)
    return match.group(1) + (f"\\{mark}" if len(mark) == 1 else f"{mark[:-1]}\\{mark[-1]}")


def _marked(piece: Piece) -> str:
    text = _MARKDOWN.sub(r"\\\1", piece.text)
    bare = text.strip()
    if bare:
        around = text.split(bare, 1)
        inner = bare
        if "b" in piece.tags:
            inner = f"**{inner}**"
        if "i" in piece.tags:
            inner = f"*{inner}*"
        if piece.href:
            inner = f"[{inner}](<{piece.href.replace('<', '%3C').replace('>', '%3E')}>)"
        text = around[0] + inner + around[1]
    if "blockquote" in piece.tags:
        text = "\n".join(f"> {line}" if line else line for line in text.split("\n"))
    return text
