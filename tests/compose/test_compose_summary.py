"""A story in one line: nothing that its facts do not say."""

from dataclasses import replace

import pytest

from briefing.compose.summary import heading, summary
from briefing.model import MergedFact, Story
from tests.compose.compose_samples import journey, move, quote, replacement, rumour, source


def story(*facts: object) -> Story:
    merged = tuple(MergedFact(fact, (source(n),)) for n, fact in enumerate(facts))  # type: ignore[arg-type]
    return replace(replacement(), facts=merged)


def said(*facts: object) -> str:
    return summary(story(*facts).facts, story(*facts))


def test_a_post_that_one_left_and_another_took_has_changed_hands() -> None:
    assert said(move("남궁진"), move("윤서라", "departed")) == "대표이사 교체"
    assert heading(story(move("남궁진"), move("윤서라", "departed")).facts) == "대표이사 교체"


@pytest.mark.parametrize(
    "other",
    [
        move("윤서라", "departed", "부회장"),
        move("윤서라", "departed", company="노을화학"),
        move("윤서라", "departed", status="rumored"),
        move("윤서라", "appointed"),
        move("남궁진", "departed"),
    ],
)
def test_nothing_changes_hands_unless_both_halves_are_told(other: object) -> None:
    assert "교체" not in said(move("남궁진"), other)


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (replacement(), "남궁진 대표이사 사장 내정 외 39명"),
        (journey(), "남궁진 사장(CEO) 미국 출장 외 일정 3건"),
        (rumour(), "탁현오 대표이사 선임 유력"),
        (story(quote("남궁진", "투자를 늘리겠다")), "남궁진 사장(CSO) 발언"),
        (story(quote("남궁진", "고맙습니다", strategic=False)), ""),
    ],
)
def test_a_story_in_one_line(told: Story, line: str) -> None:
    assert summary(told.facts, told) == line
