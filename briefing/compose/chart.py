"""The picture of `/trend`: bars of a company's weeks, drawn with matplotlib.

Importing this module imports matplotlib (half a second, some 30 MB), so whoever draws imports it then, and
away from the event loop. Only the object API is used and nothing is kept: several threads may draw at once.

Everything is placed in pixels, the origin at the lower left as matplotlib has it: at 72 dots an inch a point
of type is a pixel. Sizes are chosen for a phone, which shows the 1080 pixels at about a third: 30 pixels are
the smallest type.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from briefing.compose.texts import text
from briefing.compose.trend import Kind, Theme, Trend, short_day, text_bars

WIDTH: Final = 1080
TALLEST: Final = 1350
"""Width to height 4:5, which a phone held upright shows whole."""

FONT: Final = Path(str(files("briefing.data") / "fonts" / "execbrief-gothic.ttf"))

_DPI: Final = 72
_MARGIN: Final = 48
_NAME_SIZES: Final = (76, 68, 60, 52)
_LINE_HEIGHT: Final = 1.18
_SUBTITLE: Final = 36
_HEADING: Final = 42
_SMALL: Final = 30
# height above the bars of a panel: its heading and the number on its highest bar
_ABOVE: Final = 120
_BETWEEN: Final = 26
_FOOT: Final = 118
_LOWEST_PANEL: Final = 70
# A fact is no higher than this, so that one lonely fact is no tower.
_HIGHEST_FACT: Final = 64
_STUB: Final = 5
_EDGE: Final = 5
_LOWEST_HATCHED: Final = 24
_BAR_SHARE: Final = 0.72
# Size of the numbers by how many digits the longest one of the picture has.
_NUMBERS: Final = {1: 40, 2: 40, 3: 38, 4: 31}
_SMALLEST_NUMBER: Final = 26


@dataclass(frozen=True, slots=True)
class _Palette:
    """Colours; those of the kinds are after Okabe and Ito, which the colour-blind tell apart too."""

    paper: str
    ink: str
    faint: str
    line: str
    kinds: Mapping[Kind, str]


_PALETTES: Final = {
    Theme.LIGHT: _Palette(
        paper="#FFFFFF",
        ink="#15191E",
        faint="#5A6572",
        line="#C9D0D8",
        kinds={Kind.MOVES: "#0072B2", Kind.ACTIVITIES: "#D55E00", Kind.QUOTES: "#00845F"},
    ),
    Theme.DARK: _Palette(
        paper="#17212B",
        ink="#F3F6F9",
        faint="#A3B1BF",
        line="#3A4856",
        kinds={Kind.MOVES: "#56B4E9", Kind.ACTIVITIES: "#F0A030", Kind.QUOTES: "#43D0A2"},
    ),
}
# Each kind has a hatch of its own besides its colour.
_HATCHES: Final = {Kind.MOVES: None, Kind.ACTIVITIES: "/", Kind.QUOTES: "-"}
_HATCH_LINE: Final = 4


def draw_trend(trend: Trend, theme: Theme = Theme.LIGHT) -> bytes:
    """The picture as PNG: 1080 pixels wide, at most 1350 high, the higher the more there is to show.

    A panel a kind, all to one scale, so that a fact is as high in each; a number on every bar; the present
    week hollow, because it is not over. The same chart as text (`trend.text_bars`) lies in the PNG under
    "Description".

    Args:
        trend: At least one week; `until` is today.
        theme: Light or dark paper.
    """
    drawing = _Drawing(_PALETTES[theme])
    try:
        return drawing.png(trend)
    finally:
        drawing.close()


@lru_cache(maxsize=1)
def glyphs() -> frozenset[int]:
    """Code points that the font has."""
    return frozenset(FT2Font(str(FONT)).get_charmap())


def drawable(text: str) -> str:
    """Text composed (NFC) and without characters that the font lacks, which would be drawn as boxes."""
    kept = "".join(char for char in unicodedata.normalize("NFC", text) if ord(char) in glyphs())
    return " ".join(kept.split())


class _Drawing:
    """One picture while it is drawn."""

    def __init__(self, palette: _Palette) -> None:
        self._palette = palette
        self._figure = Figure(figsize=(WIDTH / _DPI, TALLEST / _DPI), dpi=_DPI, facecolor=palette.paper)
        self._canvas = FigureCanvasAgg(self._figure)

    def close(self) -> None:
        """Let go of figure and pixels now; they refer to each other and would wait for the collector.

        Texts keep the renderer they were drawn with, so each is taken out by itself.
        """
        for artist in self._figure.get_children():
            if artist is not self._figure.patch:
                artist.remove()
        self._figure.clear()
        self._canvas.__dict__.pop("renderer", None)

    def png(self, trend: Trend) -> bytes:
        """Everything, from the top down."""
        size, lines = self._name_lines(drawable(trend.name) or text("trend.nameless"))
        head = _MARGIN + round(len(lines) * size * _LINE_HEIGHT) + round(_SUBTITLE * 1.5) + 20
        fixed = head + len(Kind) * _ABOVE + (len(Kind) - 1) * _BETWEEN + _FOOT
        highest = [max(week.of(kind) for week in trend.weeks) for kind in Kind]
        unit, rooms = _scale(highest, TALLEST - fixed)
        height = fixed + sum(rooms)
        self._figure.set_size_inches(WIDTH / _DPI, height / _DPI)

        top = float(height - _MARGIN)
        for line in lines:
            self._text(_MARGIN, top, line, size, va="top")
            top -= size * _LINE_HEIGHT
        first, last = short_day(trend.weeks[0].monday), short_day(trend.until)
        told = text("trend.told", count=len(trend.weeks), first=first, last=last)
        self._text(_MARGIN, top - 4, told, _SUBTITLE, self._palette.faint, va="top")

        bottom = float(height - head)
        for kind, room in zip(Kind, rooms, strict=True):
            bottom -= _ABOVE + room
            self._panel(trend, kind, bottom, room, unit)
            bottom -= _BETWEEN
        self._days([week.monday for week in trend.weeks], bottom + _BETWEEN)
        return self._finished(trend)

    def _finished(self, trend: Trend) -> bytes:
        out = io.BytesIO()
        # the same numbers give the same bytes: no date, no version
        told = {"Software": None, "Title": trend.name, "Description": text_bars(trend)}
        self._canvas.print_png(out, metadata=told)  # type: ignore[no-untyped-call]
        return out.getvalue()

    def _name_lines(self, name: str) -> tuple[int, list[str]]:
        """Size and lines of the name: as large as fits one line, else two smaller lines, the rest cut."""
        room = WIDTH - 2 * _MARGIN
        for size in _NAME_SIZES:
            if self._width(name, size) <= room:
                return size, [name]
        size = _NAME_SIZES[-1]
        first = self._start(name, size, room)
        rest = name[len(first) :].lstrip()
        if self._width(rest, size) > room:
            rest = self._start(rest, size, room - self._width("…", size)) + "…"
        return size, [first.rstrip(), rest]

    def _start(self, text: str, size: int, room: float) -> str:
        """The longest start of a text that fits, up to a space if that loses less than half of it."""
        fits = next((n for n in range(len(text), 1, -1) if self._width(text[:n], size) <= room), 1)
        if fits == len(text):
            return text
        space = text.rfind(" ", 0, fits + 1)
        return text[: space if space > fits // 2 else fits]

    def _width(self, text: str, size: int) -> float:
        properties = FontProperties(fname=str(FONT), size=size)
        renderer = self._canvas.get_renderer()  # type: ignore[no-untyped-call]
        width, _, _ = renderer.get_text_width_height_descent(text, properties, ismath=False)
        return float(width)

    def _panel(self, trend: Trend, kind: Kind, bottom: float, room: int, unit: float) -> None:
        """One kind: heading with mark and total, a base line, bars with their numbers."""
        middle = bottom + room + _ABOVE - _HEADING + 17
        self._bar(kind, _MARGIN, middle - 19, (38, 38))
        self._text(_MARGIN + 56, middle, kind.label, _HEADING, va="center")
        total, colour = text("trend.total", count=trend.total_of(kind)), self._palette.kinds[kind]
        self._text(WIDTH - _MARGIN, middle, total, _HEADING, colour, ha="right", va="center")
        slot = (WIDTH - 2 * _MARGIN) / len(trend.weeks)
        wide = slot * _BAR_SHARE
        digits = len(str(max(count for week in trend.weeks for count in week.counts)))
        size = _NUMBERS.get(digits, _SMALLEST_NUMBER)
        for number, week in enumerate(trend.weeks):
            left = _MARGIN + number * slot + (slot - wide) / 2
            above = bottom + 9
            if count := week.of(kind):
                high = max(count * unit, _STUB)
                self._bar(kind, left, bottom, (wide, high), hollow=week is trend.weeks[-1])
                self._text(left + wide / 2, above + high, str(count), size, ha="center")
            else:
                self._text(left + wide / 2, above, "0", _SMALL, self._palette.faint, ha="center")
        self._line(bottom - 1)

    def _days(self, mondays: Sequence[date], bottom: float) -> None:
        """Every other week by its Monday, counted from the present one, which is named."""
        slot = (WIDTH - 2 * _MARGIN) / len(mondays)
        last = len(mondays) - 1
        for number, monday in enumerate(mondays):
            middle = _MARGIN + (number + 0.5) * slot
            if number == last:
                self._text(
                    WIDTH - _MARGIN + 8, bottom - 14, text("trend.this_week"), _SMALL, va="top", ha="right"
                )
            elif (last - number) % 2 == 0:
                self._text(middle, bottom - 14, short_day(monday), _SMALL, va="top", ha="center")
        foot = text("trend.foot")
        self._text(_MARGIN, bottom - 66, foot, _SMALL, self._palette.faint, va="top")

    def _bar(
        self, kind: Kind, left: float, bottom: float, size: tuple[float, float], *, hollow: bool = False
    ) -> None:
        colour, paper = self._palette.kinds[kind], self._palette.paper
        # in a low bar the lines of a hatch would hide it
        hatched = not hollow and size[1] >= _LOWEST_HATCHED
        # the edge is drawn half outside of a rectangle
        bar = Rectangle(
            (left + _EDGE / 2, bottom + _EDGE / 2),
            size[0] - _EDGE,
            max(size[1] - _EDGE, 0),
            facecolor=paper if hollow else colour,
            edgecolor=colour,
            linewidth=_EDGE,
            hatch=_HATCHES[kind] if hatched else None,
            transform=IdentityTransform(),
        )
        bar.set_hatchcolor(paper)
        bar.set_hatch_linewidth(_HATCH_LINE)
        self._figure.add_artist(bar)

    def _line(self, height: float) -> None:
        ends = (_MARGIN, WIDTH - _MARGIN)
        line = Line2D(
            ends, (height, height), color=self._palette.line, linewidth=3, transform=IdentityTransform()
        )
        self._figure.add_artist(line)

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: str | None = None,
        *,
        ha: Literal["left", "center", "right"] = "left",
        va: Literal["bottom", "center", "top"] = "bottom",
    ) -> None:
        self._figure.add_artist(
            Text(
                x,
                y,
                text,
                color=colour or self._palette.ink,
                fontproperties=FontProperties(fname=str(FONT), size=size),
                horizontalalignment=ha,
                verticalalignment=va,
                # a dollar sign in a name is no formula
                parse_math=False,
                transform=IdentityTransform(),
            )
        )


def _scale(highest: Sequence[int], most: int) -> tuple[float, list[int]]:
    """Pixels a fact, the same in all panels, and the room for the bars of each panel.

    A panel whose bars would be low keeps `_LOWEST_PANEL`; what is left the others share by their need.

    Args:
        highest: The largest number of each panel.
        most: Pixels for the bars of all panels together.
    """
    low: set[int] = set()
    while True:
        need = sum(high for place, high in enumerate(highest) if place not in low)
        unit = (most - _LOWEST_PANEL * len(low)) / need if need else _HIGHEST_FACT
        unit = min(unit, _HIGHEST_FACT)
        lower = {place for place, high in enumerate(highest) if high * unit < _LOWEST_PANEL} - low
        if not lower:
            return unit, [max(int(high * unit), _LOWEST_PANEL) for high in highest]
        low |= lower
