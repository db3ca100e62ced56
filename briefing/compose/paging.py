"""A rendered template becomes messages within Telegram's limits, never cut inside an item.

A template marks where a message may be parted: `{{ SECTION }}` before a heading, `{{ ITEM }}` before an item;
an empty line stands before a heading, and before an item whose mark ends its line.
Everything from one mark to the next stays together; a heading stays with its first item and is said again,
with `(계속)`, where its section goes on in the next message.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from briefing.compose.markup import MAX_ENTITIES, MAX_UNITS, parse, utf16
from briefing.compose.texts import text

SECTION = "\x1d"
ITEM = "\x1e"


@dataclass(frozen=True, slots=True)
class _Block:
    html: str
    section: str  # heading it stands under, "" before the first
    heads: bool = False
    apart: bool = False  # an empty line before it
    units: int = 0
    entities: int = 0


def pages(rendered: str) -> tuple[str, ...]:
    """The messages of a rendered template, each of at most 4,096 units and 100 entities; at least one.

    Args:
        rendered: Template output with marks.
    """
    blocks = _blocks(rendered)
    fits = sum(block.units for block in blocks) <= MAX_UNITS
    if fits and sum(block.entities for block in blocks) <= MAX_ENTITIES:
        return (_joined(blocks),)
    out: list[list[_Block]] = [[]]
    units = entities = 0
    for number, block in enumerate(blocks):
        # a heading is measured with the item it announces
        with_next = blocks[number + 1] if block.heads and number + 1 < len(blocks) else None
        more_units = block.units + (with_next.units if with_next else 0)
        more_entities = block.entities + (with_next.entities if with_next else 0)
        if out[-1] and (units + more_units > MAX_UNITS or entities + more_entities > MAX_ENTITIES):
            out.append([])
            units = entities = 0
            if block.section and not block.heads:
                again = _measured(block.section + text("line.continued"), block.section, heads=True)
                out[-1].append(again)
                units, entities = again.units, again.entities
        out[-1].append(block)
        units += block.units
        entities += block.entities
    return tuple(_joined(page) for page in out)


def _blocks(rendered: str) -> list[_Block]:
    blocks: list[_Block] = []
    section = ""
    for chunk in rendered.replace(SECTION, "\x00" + SECTION).replace(ITEM, "\x00" + ITEM).split("\x00"):
        block = _block(chunk, section)
        if block is None:
            continue
        section = block.section
        blocks.append(block)
    return blocks or [_measured("…", "")]


# Thousands of digests of one morning are made of the same lines.
@lru_cache(maxsize=4096)
def _block(chunk: str, section: str) -> _Block | None:
    """A mark and what follows it up to the next one, under a heading; None if there is nothing."""
    body = chunk.lstrip(SECTION + ITEM)
    html = body.strip("\n")
    if not html.strip():
        return None
    heads = chunk.startswith(SECTION)
    return _measured(html, html if heads else section, heads, apart=heads or body.startswith("\n"))


def _measured(html: str, section: str, heads: bool = False, apart: bool = False) -> _Block:
    units, entities = _size(html)
    units += 2  # the line breaks that join it to what stands before
    most = MAX_UNITS - 200
    if units > most or entities > MAX_ENTITIES - 5:
        # No template of ours comes here; an operator's may. Better without markup than not delivered.
        shown = _shortened(parse(html).text, most - 4)
        return _Block(escape(shown, quote=False), section, heads, apart, most, 0)
    return _Block(html, section, heads, apart, units, entities)


def _size(html: str) -> tuple[int, int]:
    """Units and entities of a piece of markup."""
    if "<" not in html and "&" not in html:
        return utf16(html), 0
    parsed = parse(html)
    return parsed.units, parsed.entities


def _shortened(text: str, units: int) -> str:
    kept = text[:units]
    while utf16(kept) > units:
        kept = kept[: len(kept) - max((utf16(kept) - units) // 2, 1)]
    return kept.rstrip() + "…" if len(kept) < len(text) else kept


def _joined(page: list[_Block]) -> str:
    pieces = [page[0].html]
    for block in page[1:]:
        pieces += ("\n\n" if block.apart else "\n", block.html)
    return "".join(pieces)
