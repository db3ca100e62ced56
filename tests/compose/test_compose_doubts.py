"""What a message says where sources contradict each other, correct themselves, or guessed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from briefing.compose.editions import alert_editions, digest_edition
from briefing.compose.render import Renderer, to_text
from briefing.model import MergedFact, Story
from briefing.stories.ranking import build_stories
from tests.compose.compose_samples import (
    NOW,
    SUBSCRIBER,
    StoredFact,
    activity,
    brief,
    move,
    row,
    source,
)

RENDERER = Renderer()
WRONG, RIGHT = "한별전자는 27일 구도윤 사장을 승진시켰다.", "한별전자는 27일 구도윤 부사장 승진을 알렸다."


def ranks(corrected: bool = False) -> Story:
    """Three outlets on one promotion, of which one has another rank; the second may be a correction."""
    told = [
        StoredFact(5, move("구도윤", "promoted", "사장"), source(1, "새결경제", WRONG, 0)),
        StoredFact(5, move("구도윤", "promoted", "부사장"), source(2, "나래일보", RIGHT, 5)),
        StoredFact(5, move("구도윤", "promoted", "부사장"), source(3, "온빛경제", RIGHT, 9)),
    ]
    if corrected:
        told[2] = replace(told[2], source=replace(told[2].source, title="[정정] 한별전자 구도윤 승진"))
    return build_stories([row(5, 3, ("새결경제", "나래일보", "온빛경제"), (), "한별전자 승진")], told)[0]


def rumoured() -> Story:
    """A change at the top that was a rumour a week ago."""
    told = [StoredFact(6, move("남궁진"), source(4, "큰길신문", "한별전자는 남궁진 사장을 선임했다.", 0))]
    story = build_stories([row(6, 1, ("큰길신문",), (), "한별전자 대표 교체")], told)[0]
    before = replace(source(2, "나래일보"), published=NOW - timedelta(days=8))
    return replace(story, facts=tuple(replace(merged, rumoured=before) for merged in story.facts))


def forum() -> Story:
    days = (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 2))
    told = [
        StoredFact(7, activity("남궁진", "event", "전자산업 포럼", day), source(n, f"매체{n}", "문장", n))
        for n, day in enumerate(days, 1)
    ]
    return build_stories([row(7, 3, ("매체1",), (), "포럼")], told)[0]


def text(*stories: Story) -> str:
    (part,) = RENDERER.brief(brief(*stories))
    return to_text(part)


def test_a_brief_says_who_tells_otherwise() -> None:
    told = text(ranks(), forum())
    assert "구도윤 → 부사장 승진 · 11.27 보도 3건\n  보도 엇갈림: 사장 새결경제" in told
    assert "12.1(화) 남궁진 전자산업 포럼 · 보도 3건\n  보도 엇갈림: 12.2(수) 매체3" in told
    assert "정정" not in told


def test_a_brief_marks_what_was_corrected() -> None:
    assert "구도윤 → 부사장 승진 · 정정 · 11.27 보도 3건" in text(ranks(corrected=True))


def test_a_brief_says_that_a_rumour_came_before() -> None:
    assert "남궁진 → 대표이사 선임 · 앞서 11.19 유력 보도 · 11.27 큰길신문 보도" in text(rumoured())


def test_nothing_is_said_where_there_is_no_doubt() -> None:
    told = text(replace(rumoured(), facts=(replace(rumoured().facts[0], rumoured=None),)))
    assert not any(word in told for word in ("정정", "엇갈림", "앞서"))


def test_a_digest_says_it_in_a_word() -> None:
    (part,) = RENDERER.digest(digest_edition(SUBSCRIBER, (ranks(corrected=True), forum()), NOW))
    corrected, contested = [line for line in to_text(part).splitlines() if line.startswith("•")]
    assert corrected.endswith("보도 3건 · 정정 · 보도 엇갈림")
    assert contested.endswith("보도 3건 · 보도 엇갈림")


def test_a_correction_is_an_alert_to_those_who_were_told_otherwise_once() -> None:
    follower = replace(SUBSCRIBER, followed_since=(NOW - timedelta(days=9),) * 3)
    (first,) = alert_editions(follower, [ranks()], NOW, {})
    assert alert_editions(follower, [ranks()], NOW, {}, set(first.marks)) == ()
    (second,) = alert_editions(follower, [ranks(corrected=True)], NOW, {}, set(first.marks))
    assert "정정" in to_text(RENDERER.alert(second)[0])
    told = {*first.marks, *second.marks}
    assert alert_editions(follower, [ranks(corrected=True)], NOW, {}, told) == ()


def test_the_evidence_is_the_best_sentence() -> None:
    story = ranks(corrected=True)
    (merged,) = story.facts
    assert isinstance(merged, MergedFact)
    assert merged.best.article_id == 3
    assert RIGHT in to_text(RENDERER.evidence(story)[0])
