"""docs/briefings.md shows the golden files as they are. `EXECBRIEF_GOLDEN=write pytest …` brings it up to date."""

from __future__ import annotations

import os
import re
from pathlib import Path

from briefing.compose.render import to_text
from briefing.model import Part
from tests.compose.test_compose_golden import GOLDEN, MESSAGES

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
