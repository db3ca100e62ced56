"""Pictures drawn off the event loop, one at a time, and kept for a while."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

from briefing.compose.texts import spoken
from briefing.compose.trend import Theme, Trend
from briefing.subscribers import Language

# Some 50 KB each. People look at a picture on both papers, and a group looks at the same one.
KEPT: Final = 16


class Pictures:
    """Draws pictures; what was drawn lately is not drawn again.

    A picture depends on nothing but its numbers and the language, so the newest ones are kept until others
    push them out; no picture is ever out of date.

    Args:
        kept: How many.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._drawn: OrderedDict[tuple[Trend, Theme, Language], bytes] = OrderedDict()
        # The drawing holds some tens of megabytes while it lasts; many at once are of no use to two cores.
        self._turn = asyncio.Lock()

    async def trend(self, trend: Trend, theme: Theme) -> bytes:
        """The picture of a company's weeks as PNG."""
        key = (trend, theme, spoken())
        if key not in self._drawn:
            async with self._turn:
                if key not in self._drawn:
                    self._drawn[key] = await asyncio.to_thread(_draw, trend, theme)
        self._drawn.move_to_end(key)
        png = self._drawn[key]
        while len(self._drawn) > self._kept:
            self._drawn.popitem(last=False)
        return png


def _draw(trend: Trend, theme: Theme) -> bytes:
    # only here, so that a start, and a bot that nobody asks for pictures, does without matplotlib
    from briefing.compose.chart import draw_trend  # noqa: PLC0415

    return draw_trend(trend, theme)
