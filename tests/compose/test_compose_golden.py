"""Every kind of message as a subscriber sees it. `EXECBRIEF_GOLDEN=write pytest …` writes the files anew: read the diff."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.compose.editions import alert_editions, digest_edition
from briefing.compose.markup import parse
from briefing.compose.render import Renderer, to_markdown, to_text
from briefing.compose.trend import Theme, Trend, Week
from briefing.findings import Agenda, Mention, MovesBrief, Namesake, PersonBrief, Post, TitleBrief, TopicBrief
from briefing.model import Company, CompanyBrief, Part, Period, Person, Story, person_of
from briefing.stories.persons import posts_held
from briefing.stories.ranking import rank
from briefing.subscribers import AlertLevel, Subscriber
from tests.compose.compose_samples import (
    HANBYEOL,
    NOW,
    SUBSCRIBER,
    TOPICS,
    WEEK,
    brief,
    hostile,
    hostile_plans,
    journey,
    plans,
    replacement,
    rumour,
    source,
)

GOLDEN = Path(__file__).parent / "golden"
RENDERER = Renderer(topics=TOPICS)
STORIES = rank((replacement(), journey(), rumour()), NOW, SUBSCRIBER.companies)
EVERYTHING = Subscriber(8, ("한별전자",), alerts=AlertLevel.ALL)


NAMESAKES = (Namesake("남궁진", ("한별전자",), 11), Namesake("남궁진", ("노을화학", "노을정밀"), 2))
TODAY = Period(NOW.replace(hour=0) - timedelta(hours=9), NOW)
JUST_BEFORE = NOW - timedelta(seconds=1)


def person(*stories: Story) -> PersonBrief:
    """What is known of one name in these stories, found as the pipeline finds it."""
    own = [replace(s, facts=tuple(m for m in s.facts if person_of(m.fact) == "남궁진")) for s in stories]
    told = Mention(Person("남궁진", "노을화학", "사외이사"), source(51, "여울신문", "", -90 * 24 * 60))
    posts = posts_held(own, [told])
    return PersonBrief(Namesake("남궁진", ("한별전자", "노을화학"), 12), posts, tuple(own), NOW)


def holders() -> TitleBrief:
    """Who holds a title: one by a move, one by what an article calls them."""
    (moved, *_), called = (
        person(replacement(), journey()).posts,
        Mention(Person("윤서라", "한별전자", "영업본부장(사장)"), source(52, "여울신문", "", -24 * 60)),
    )
    held = Post("한별전자", ("영업본부장", "사장"), mention=called)
    return TitleBrief(
        HANBYEOL,
        "사장",
        ((Namesake("남궁진", ("한별전자",), 12), moved), (Namesake("윤서라", ("한별전자",), 2), held)),
        NOW,
    )


def announced() -> Story:
    """Of `plans` what lies ahead, as the pipeline hands it on."""
    return replace(plans(), facts=tuple(m for m in plans().facts if getattr(m.fact, "planned", False)))


def alert(story, subscriber=SUBSCRIBER) -> Sequence[Part]:
    return RENDERER.alert(alert_editions(subscriber, [story], NOW, {})[0])


# Invented weeks of a busy company, the present one not over.
TREND = Trend(
    "한별전자",
    tuple(
        Week(date(2026, 9, 7) + number * timedelta(weeks=1), counts)
        for number, counts in enumerate(
            [
                *((0, 2, 1), (1, 3, 0), (0, 1, 2), (0, 4, 3), (2, 2, 1), (0, 0, 0)),
                *((0, 3, 4), (1, 5, 2), (0, 2, 2), (0, 4, 6), (3, 3, 1), (40, 4, 1)),
            ]
        )
    ),
    NOW.date(),
)
GROUP = Company("한별그룹", is_group=True)

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
    "brief_planned": lambda: RENDERER.brief(brief(plans())),
    "brief_topic": lambda: RENDERER.brief(replace(brief(replacement(), journey()), topic="ai")),
    "brief_topic_empty": lambda: RENDERER.brief(replace(brief(replacement()), topic="ai")),
    "person": lambda: RENDERER.person(person(replacement(), journey())),
    "person_empty": lambda: RENDERER.person(PersonBrief(Namesake("남궁진", (), 1), (), (), NOW)),
    "holders": lambda: RENDERER.holders(holders()),
    "topic": lambda: RENDERER.topic(TopicBrief("ai", WEEK, (journey(),), JUST_BEFORE)),
    "topic_empty": lambda: RENDERER.topic(TopicBrief("ai", WEEK, (), JUST_BEFORE)),
    "namesakes": lambda: (RENDERER.namesakes(NAMESAKES),),
    "names": lambda: RENDERER.names(replacement()),
    "moves": lambda: RENDERER.moves(MovesBrief(TODAY, (replacement(), rumour()))),
    "moves_empty": lambda: RENDERER.moves(MovesBrief(TODAY, ())),
    "calendar": lambda: RENDERER.agenda(Agenda("한별전자", NOW.date(), (announced(),), NOW)),
    "calendar_empty": lambda: RENDERER.agenda(Agenda("한별전자", NOW.date(), (), NOW)),
    "brief_group": lambda: RENDERER.brief(replace(brief(plans(), rumour()), company=GROUP)),
    "trend": lambda: (RENDERER.trend(TREND, b"", Theme.LIGHT),),
    "person_hostile": lambda: RENDERER.person(person(hostile())),
    "calendar_hostile": lambda: RENDERER.agenda(Agenda("<b>&", NOW.date(), (hostile_plans(),), NOW)),
}


def shown(parts: Sequence[Part]) -> str:
    blocks = []
    for part in parts:
        file = "\n[그림]" if part.picture is not None else ""
        file += f"\n[파일 {part.attachment.name}]" if part.attachment else ""
        keys = file + "".join("\n" + " ".join(f"[{button.label}]" for button in row) for row in part.keyboard)
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
        assert parsed.units <= (1024 if part.attachment or part.picture is not None else 4096)
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
