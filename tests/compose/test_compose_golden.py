"""Every kind of message as a subscriber sees it. `EXECBRIEF_GOLDEN=write pytest …` writes the files anew: read the diff."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.compose.editions import alert_editions, digest_edition
from briefing.compose.markup import parse
from briefing.compose.render import Renderer, to_markdown, to_text
from briefing.model import AlertLevel, CompanyBrief, Part, Subscriber
from briefing.stories.ranking import rank
from tests.compose.compose_samples import (
    HANBYEOL,
    NOW,
    SUBSCRIBER,
    TOPICS,
    WEEK,
    brief,
    hostile,
    journey,
    replacement,
    rumour,
)

GOLDEN = Path(__file__).parent / "golden"
RENDERER = Renderer(topics=TOPICS)
STORIES = rank((replacement(), journey(), rumour()), NOW, SUBSCRIBER.companies)
EVERYTHING = Subscriber(8, ("한별전자",), alerts=AlertLevel.ALL)


def alert(story, subscriber=SUBSCRIBER) -> Sequence[Part]:
    return RENDERER.alert(alert_editions(subscriber, [story], NOW, {})[0])


MESSAGES = {
    "brief": lambda: RENDERER.brief(brief(replacement(), journey())),
    "brief_trip": lambda: RENDERER.brief(brief(journey())),
    "brief_empty": lambda: RENDERER.brief(brief()),
    "brief_hostile": lambda: RENDERER.brief(brief(hostile())),
    "digest": lambda: RENDERER.digest(digest_edition(SUBSCRIBER, STORIES, NOW)),
    "digest_empty": lambda: RENDERER.digest(digest_edition(SUBSCRIBER, (), NOW)),
    "alert_moves": lambda: alert(replacement()),
    "alert_trip": lambda: alert(journey(), EVERYTHING),
    "alert_rumour": lambda: alert(rumour()),
    "evidence": lambda: RENDERER.evidence(journey()),
}


def shown(parts: Sequence[Part]) -> str:
    blocks = []
    for part in parts:
        keys = "".join("\n" + " ".join(f"[{button.label}]" for button in row) for row in part.keyboard)
        blocks.append(part.html + keys)
    return "\n\n— — —\n\n".join(blocks) + "\n"


def check(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("EXECBRIEF_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs from its golden file"


@pytest.mark.parametrize("name", MESSAGES)
def test_message_reads_as_its_golden_file(name: str) -> None:
    parts = MESSAGES[name]()
    for part in parts:
        parsed = parse(part.html)
        assert parsed.problems == ()
        assert parsed.units <= 4096
        assert parsed.entities <= 100
    check(f"{name}.html", shown(parts))


def test_briefing_as_text_and_markdown() -> None:
    (part,) = RENDERER.brief(brief(replacement(), journey()))
    check("brief.txt", to_text(part, links=True) + "\n")
    check("brief.md", to_markdown(part) + "\n")


def test_briefing_as_values_tells_every_fact_and_source() -> None:
    values = RENDERER.to_json(CompanyBrief(HANBYEOL, WEEK, (journey(),)))
    (story,) = values["stories"]
    trip = next(fact for fact in story["facts"] if fact.get("kind") == "trip")
    assert [source["outlet"] for source in trip["sources"]] == ["새결경제", "나래일보"]
    assert {fact["type"] for fact in story["facts"]} == {"activity", "quote"}
    assert values["company"]["code"] == "900010"
