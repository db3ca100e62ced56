"""docs/briefings.md shows the golden files as they are. `EXECBRIEF_GOLDEN=write pytest …` brings it up to date."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image

from briefing.compose.chart import draw_trend
from briefing.compose.render import to_text
from briefing.compose.trend import Theme, text_bars
from briefing.model import Part
from tests.compose.test_compose_golden import GOLDEN, MESSAGES, TREND

PAGE = Path(__file__).parent.parent.parent / "docs" / "briefings.md"
BLOCK = re.compile(r"<!-- (\w+) -->\n```\n(.*?)\n```\n", re.DOTALL)
# Bad input is for the tests; a reader of the page learns nothing from it.
NOT_SHOWN = {name for name in MESSAGES if name.endswith("_hostile")} | {"brief_topic_empty"}


def golden(name: str) -> str:
    return to_text(Part((GOLDEN / f"{name}.html").read_text(encoding="utf-8"))).rstrip("\n")


def test_the_page_shows_every_kind_of_message_as_its_golden_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("EXECBRIEF_GOLDEN") == "write":
        page = BLOCK.sub(lambda m: f"<!-- {m[1]} -->\n```\n{golden(m[1])}\n```\n", page)
        PAGE.write_text(page, encoding="utf-8")
    shown = dict(BLOCK.findall(page))
    assert set(shown) == set(MESSAGES) - NOT_SHOWN
    for name, text in shown.items():
        assert text == golden(name), f"docs/briefings.md shows {name} differently"


@pytest.mark.parametrize("theme", Theme)
def test_the_page_shows_the_picture_of_the_same_numbers(theme: Theme) -> None:
    path = PAGE.parent / "pictures" / f"trend-{theme.value}.png"
    drawn = draw_trend(TREND, theme)
    if os.environ.get("EXECBRIEF_GOLDEN") == "write":
        path.write_bytes(drawn)
    assert f"](pictures/{path.name})" in PAGE.read_text(encoding="utf-8")
    kept, now = (Image.open(io.BytesIO(png)) for png in (path.read_bytes(), drawn))
    assert kept.size == now.size
    assert kept.info["Description"] == now.info["Description"] == text_bars(TREND)
