"""The picture: its size, its bars, its letters, both papers. A glyph that is missing is a warning, and so an error."""

from __future__ import annotations

import gc
import io
import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.ft2font import FT2Font
from PIL import Image

from briefing.compose.chart import FONT, TALLEST, WIDTH, draw_trend, drawable, glyphs
from briefing.compose.trend import Theme, Trend, text_bars
from tests.compose.test_compose_trend import ROWS, made

BLUE = {Theme.LIGHT: (0x00, 0x72, 0xB2), Theme.DARK: (0x56, 0xB4, 0xE9)}
PAPER = {Theme.LIGHT: (255, 255, 255), Theme.DARK: (0x17, 0x21, 0x2B)}
LONG = "가람미래에너지솔루션앤드첨단소재테크놀로지홀딩스인터내셔널코퍼레이션 아시아퍼시픽"
USUAL = made([(0, 3, 1), (3, 2, 0), (1, 0, 2), *[(0, 1, 0)] * 8, (2, 2, 1)])


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def column(image: Image.Image, x: int, colour: tuple[int, int, int]) -> int:
    """How many pixels of a column have a colour."""
    return sum(image.getpixel((x, y)) == colour for y in range(image.height))


def middle_of(week: int) -> int:
    """The middle of a week's bar, 12 weeks between margins of 48."""
    return round(48 + (week + 0.5) * (WIDTH - 96) / 12)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(
    "trend",
    [
        USUAL,
        made(ROWS),
        made([(9999, 9999, 9999)] * 12, LONG),
        made([(0, 0, 0)] * 11 + [(0, 0, 1)]),
        made([(0, 12345, 1)] * 12),
        made([(0, 0, 0)] * 12),
    ],
    ids=["usual", "unlike", "four digits", "one fact", "five digits", "none"],
)
def test_it_is_as_wide_as_a_phone_wants_and_not_blank(trend: Trend, theme: Theme) -> None:
    image = opened(draw_trend(trend, theme))
    assert image.width == WIDTH
    assert WIDTH * 0.6 <= image.height <= TALLEST
    assert image.getpixel((1, 1)) == PAPER[theme]
    colours = image.getcolors(maxcolors=1_000_000)
    assert colours is not None
    ink = sum(count for count, colour in colours if colour != PAPER[theme])
    assert ink > 0.01 * image.width * image.height


@pytest.mark.parametrize("theme", list(Theme))
def test_bars_are_as_high_as_their_numbers(theme: Theme) -> None:
    image = opened(draw_trend(USUAL, theme))
    three, one, none = (column(image, middle_of(week), BLUE[theme]) for week in (1, 2, 3))
    # anti-aliasing takes a pixel at either end
    assert three == pytest.approx(3 * one, abs=4)
    assert one > 20
    assert none == 0


def test_the_present_week_is_hollow() -> None:
    image = opened(draw_trend(USUAL))
    edge, whole = (column(image, middle_of(week), BLUE[Theme.LIGHT]) for week in (11, 1))
    assert 0 < edge < whole / 4


def test_nothing_is_drawn_into_the_margins_or_over_the_edge() -> None:
    for trend in (USUAL, made([(9999, 9999, 9999)] * 12, LONG), made(ROWS, "W" * 60)):
        image = opened(draw_trend(trend))
        for x in (0, 10, 20, WIDTH - 20, WIDTH - 1):
            assert column(image, x, PAPER[Theme.LIGHT]) == image.height
        for y in (0, 10, image.height - 10, image.height - 1):
            assert {image.getpixel((x, y)) for x in range(WIDTH)} == {PAPER[Theme.LIGHT]}


def test_the_kinds_are_told_apart_without_colour() -> None:
    """Bars of the three kinds, in shades of grey: plain, striped upwards, striped level."""
    image = opened(draw_trend(made([(5, 5, 5)] * 12))).convert("L")
    x = middle_of(4)
    # runs of one shade along the middle of a bar, by panel
    shades = [image.getpixel((x, y)) for y in range(300, image.height - 120)]
    aside = [image.getpixel((x + 7, y)) for y in range(300, image.height - 120)]
    third = len(shades) // 3
    changes = [
        sum(a != b for a, b in itertools.pairwise(part))
        for part in (shades[:third], shades[third : 2 * third], shades[2 * third :])
    ]
    assert changes[0] < changes[1]
    assert changes[0] < changes[2]
    # level stripes are the same further right, rising ones are not
    assert shades[third : 2 * third] != aside[third : 2 * third]


def test_light_and_dark_differ_in_colours_only() -> None:
    light, dark = (opened(draw_trend(USUAL, theme)) for theme in Theme)
    assert light.size == dark.size
    assert light.tobytes() != dark.tobytes()
    x = middle_of(1)
    assert column(light, x, BLUE[Theme.LIGHT]) == pytest.approx(column(dark, x, BLUE[Theme.DARK]), abs=2)


def test_the_same_numbers_give_the_same_bytes_from_any_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = set(pool.map(draw_trend, [USUAL] * 8))
    assert drawn == {draw_trend(USUAL)}


def test_the_picture_says_in_words_what_it_shows() -> None:
    image = Image.open(io.BytesIO(draw_trend(made(ROWS))))
    assert image.info["Description"] == text_bars(made(ROWS))
    assert image.info["Title"] == "한별전자"


# ---------------------------------------------------------------------- letters


def test_the_font_has_every_letter_a_label_can_hold() -> None:
    syllables = {chr(code) for code in range(ord("가"), ord("힣") + 1)}
    ascii_letters = {chr(code) for code in range(0x20, 0x7F)}
    labels = set("주별 임원 소식 · 최근 12주 (2.19–5.12) 인사 행보 전략 발언 1,234건 이번 주…")
    for letters in (syllables, ascii_letters, labels):
        assert {ord(letter) for letter in letters} <= glyphs()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("漢字상사 🚀", "상사"),
        ("한별전자".encode().decode(), "한별전자"),
        ("\u1112\u1161\u11ab\u1107\u1167\u11af", "한별"),  # decomposed, as macOS writes names
        ("\u2068한별\u2069\n전자", "한별전자"),
    ],
)
def test_what_the_font_lacks_is_left_out_rather_than_boxed(name: str, shown: str) -> None:
    assert drawable(name) == shown
    assert draw_trend(made(ROWS, name)) is not None


def test_a_name_of_nothing_the_font_has_and_formulas_are_drawn() -> None:
    assert opened(draw_trend(made(ROWS, "漢字🚀"))).width == WIDTH
    assert opened(draw_trend(made(ROWS, r"$\frac{1}{0} A&B <b>"))).width == WIDTH


def test_the_font_is_small_renamed_and_has_its_licence_beside_it() -> None:
    assert FONT.stat().st_size < 2_500_000
    # "Nanum" is reserved by the licence for the font as its makers published it
    assert FT2Font(str(FONT)).family_name == "Execbrief Gothic"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT.parent / "OFL.txt").read_text(encoding="utf-8")


# ---------------------------------------------------------------------- what it costs


def test_pixels_are_released_at_once_and_settings_stay() -> None:
    before = dict(mpl.rcParams)
    draw_trend(USUAL)
    gc.collect()
    gc.disable()
    try:
        draw_trend(USUAL)
        draw_trend(USUAL, Theme.DARK)
        held = [thing for thing in gc.get_objects() if type(thing).__name__ == "RendererAgg"]
    finally:
        gc.enable()
    assert held == []
    assert dict(mpl.rcParams) == before


def test_a_start_without_pictures_loads_no_matplotlib_and_drawing_no_pyplot() -> None:
    script = """
import sys, bot.__main__, bot.app, bot.cli.sample, bot.cli.service, briefing.compose.render
assert not {"matplotlib", "PIL"} & set(sys.modules), "loaded at the start"
from tests.compose.test_compose_trend import ROWS, made
from briefing.compose.chart import draw_trend
draw_trend(made(ROWS))
assert "matplotlib" in sys.modules and "matplotlib.pyplot" not in sys.modules
"""
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)
