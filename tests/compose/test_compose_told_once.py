"""Ranks that change, occasions with two names, long trips, and whom a sentence means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from briefing.compose.activities import activity_items
from briefing.compose.render import Renderer, to_text
from briefing.compose.texts import in_language
from briefing.compose.translation import occasion
from briefing.model import (
    Activity,
    CompanyBrief,
    Edition,
    EditionKind,
    MergedFact,
    Period,
    Person,
    Resolution,
    StoredFact,
    Story,
)
from briefing.subscribers import Language
from tests.compose.compose_samples import FIRST, HANBYEOL, TOPICS, activity, move, quote, source

DAY = date(2026, 11, 27)
RENDERER = Renderer(topics=TOPICS)
WORDS = "가전의 시간을 돌보는 서비스로 바꾸겠다"


def story(number: int, *facts: MergedFact, people: tuple[Person, ...] = ()) -> Story:
    told = [found.published for merged in facts for found in merged.sources]
    return Story(number, "머리기사", min(told), max(told), len(facts), ("새결경제",), facts, people)


def told(fact: object, article: int, days: int = 0, sentence: str = "", **more: object) -> MergedFact:
    found = source(article, sentence=sentence or "한별전자는 27일 밝혔다.", **more)  # type: ignore[arg-type]
    found = replace(found, published=found.published + timedelta(days=days))
    return MergedFact(fact, (found,))  # type: ignore[arg-type]


def brief(*stories: Story, topic: str | None = None) -> str:
    period = Period(FIRST - timedelta(days=8), FIRST + timedelta(days=8))
    (part,) = RENDERER.brief(CompanyBrief(HANBYEOL, period, stories, topic=topic))
    return to_text(part)


OLD = (Person("남궁진", "한별전자", "부사장"),)
SPEECH = quote("남궁진", WORDS, title="부사장", topics=("ai",))


def risen(days: int, when: date | None = None, status: str = "done") -> Story:
    return story(1, told(move("남궁진", "promoted", "사장", status, when=when), 1, days), people=OLD)


@pytest.mark.parametrize("topic", [None, "ai"])
def test_words_after_a_promotion_are_told_with_the_new_rank(topic) -> None:
    said = story(2, told(SPEECH, 2, 3), people=OLD)
    shown = brief(risen(0), said, topic=topic)
    assert "• 남궁진 사장 · AI" in shown
    assert "남궁진 부사장 · AI" not in shown


def test_words_before_a_promotion_keep_the_rank_of_their_day() -> None:
    said = story(2, told(SPEECH, 2, 0), people=OLD)
    assert "• 남궁진 부사장 · AI" in brief(risen(3), said)


def test_a_promotion_that_holds_later_or_is_a_rumour_changes_no_rank() -> None:
    said = story(2, told(SPEECH, 2, 1), people=OLD)
    assert "• 남궁진 부사장 · AI" in brief(risen(0, date(2027, 1, 1)), said)
    assert "• 남궁진 부사장 · AI" in brief(risen(0, status="rumored"), said)


def told_elsewhere(days: int, role: str = "사장") -> tuple[StoredFact, ...]:
    """A promotion as another story tells it."""
    raised = told(move("남궁진", "promoted", role), 1, days)
    return (StoredFact(1, raised.fact, raised.sources[0]),)


def test_a_line_of_a_digest_and_an_alert_tell_the_rank_got_in_another_story() -> None:
    said = story(2, told(SPEECH, 2, 3), people=OLD)
    visit = story(3, told(activity("남궁진", "visit", "여수공장", DAY), 3, 3), people=OLD)
    for told_now in (said, visit):
        alone = replace(told_now, risen=told_elsewhere(0))
        period = Period(FIRST, FIRST + timedelta(days=4))
        edition = Edition("k", 7, EditionKind.DIGEST, period, ("한별전자",), (alone,))
        for parts in (RENDERER.digest(edition), RENDERER.alert(edition)):
            shown = to_text(parts[0])
            assert "남궁진 사장" in shown
            assert "부사장" not in shown


def test_whoever_is_called_by_a_higher_rank_has_risen_since() -> None:
    said = replace(story(2, told(SPEECH, 2, 3), people=OLD), risen=told_elsewhere(0, "상무"))
    assert "• 남궁진 부사장 · AI" in brief(said)


def test_a_post_beside_the_rank_stays() -> None:
    people = (*OLD, Person("남궁진", "한별전자", "HE사업본부장"))
    shown = brief(risen(0), story(2, told(SPEECH, 2, 3), people=people))
    assert "• 남궁진 사장 · AI" not in shown
    assert "• 남궁진 HE사업본부장(사장) · AI" in shown


def test_an_occasion_of_two_stories_under_two_names_is_told_once() -> None:
    full = activity(
        "남궁진", "event", "한별(HB) 최고경영자 서밋", DAY, place="시애틀", companions=("차수빈",)
    )
    short = activity("남궁진", "event", "HB 서밋", DAY, companions=("여민구",))
    shown = brief(story(1, told(short, 1)), story(2, told(full, 2)))
    assert shown.count("서밋") == 1
    assert "한별(HB) 최고경영자 서밋" in shown
    assert "보도 2건" in shown
    assert "차수빈" in shown
    assert "여민구" in shown


def test_occasions_of_two_days_or_without_one_stay_two() -> None:
    one = activity("남궁진", "event", "한별 개발자 포럼", DAY)
    later = activity("남궁진", "event", "개발자 포럼", DAY + timedelta(days=1))
    assert brief(story(1, told(one, 1)), story(2, told(later, 2))).count("포럼") == 2
    undated = activity("남궁진", "trip", "미국", None)
    again = activity("남궁진", "trip", "미국", None)
    assert brief(story(1, told(undated, 1)), story(2, told(again, 2))).count("미국 출장") == 2


def test_who_came_along_in_the_shorter_telling_is_told_with_its_source() -> None:
    full = activity("남궁진", "event", "직원들 간담회", DAY, companions=("차수빈",))
    short = activity("남궁진", "event", "간담회", DAY, companions=("여민구",))
    (item,) = activity_items(story(1, told(full, 1), told(short, 2)), (told(full, 1), told(short, 2)), DAY)
    assert item.companions == ("차수빈", "여민구")
    assert item.sources.count == 2


def test_a_trip_lasts_until_what_happens_on_it() -> None:
    trip = activity("남궁진", "trip", "미국", DAY)
    forum = activity("남궁진", "event", "투자자 설명회", DAY + timedelta(days=2))
    last = activity("남궁진", "event", "서밋", DAY + timedelta(days=3), until=DAY + timedelta(days=5))
    facts = (told(trip, 1), told(forum, 1), told(last, 1))
    (item,) = activity_items(story(1, *facts), facts, DAY)
    assert item.main is not None
    assert (item.main.when, item.main.until) == (DAY, DAY + timedelta(days=5))
    short = replace(trip, until=DAY + timedelta(days=3))
    facts = (told(short, 1), told(forum, 1))
    (item,) = activity_items(story(1, *facts), facts, DAY)
    assert item.main is not None
    assert item.main.until == DAY + timedelta(days=3)


def test_a_visit_of_nothing_is_told_by_its_place_or_says_that_none_is_known() -> None:
    there = activity("남궁진", "visit", "방문", DAY, place="구미 공장")
    shown = brief(story(1, told(there, 1)))
    assert "남궁진 구미 공장 방문" in shown
    assert "—" not in shown
    assert "방문(장소 보도 없음)" in brief(story(1, told(replace(there, place=None), 1)))


def test_who_visited_nothing_beside_another_came_along() -> None:
    facts = (
        told(activity("남궁진", "visit", "구미 공장", DAY), 1),
        told(activity("남궁진", "visit", "협력사 생산라인", DAY), 1),
        told(activity("차수빈", "visit", "방문", DAY), 1),
    )
    (item,) = activity_items(story(1, *facts), facts, DAY)
    assert item.companions == ("차수빈",)
    another_day = replace(facts[2].fact, when=DAY - timedelta(days=1))  # type: ignore[type-var]
    facts = (*facts[:2], told(another_day, 1))
    assert len(activity_items(story(1, *facts), facts, DAY)) == 2


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("탁현오", "탁현오와 회동"),
        ("노을화학 최고경영자", "노을화학 최고경영자와 회동"),
        ("탁현오 노을화학 부회장", "탁현오 노을화학 부회장과 회동"),
        ("협력사", "협력사 회동"),
        ("탁현오 회담", "탁현오 회담"),
    ],
)
def test_two_names_in_a_row_are_kept_apart(what, said) -> None:
    met = activity("남궁진", "meeting", what, DAY)
    assert f"남궁진 {said}" in brief(story(1, told(met, 1)))


def test_the_particle_is_not_told_in_english() -> None:
    with in_language(Language.ENGLISH):
        assert occasion("탁현오와 회동") == "meeting with 탁현오"


@pytest.mark.parametrize(
    ("sentence", "footnote"),
    [
        ("그는 26일 시애틀에서 설명회를 열었다.", "그는 = 남궁진"),
        ("이어 26일 시애틀에서 설명회를 열었다.", "(생략) = 남궁진"),
        ("남궁진 사장은 설명회를 열었다.", None),
    ],
)
def test_evidence_says_whom_a_pronoun_means(sentence, footnote) -> None:
    act: Activity = activity("남궁진", "event", "설명회", DAY)
    (part,) = RENDERER.evidence(story(1, told(act, 1, sentence=sentence)))
    shown = to_text(part)
    assert (footnote in shown) if footnote else (" = " not in shown)


def test_what_extraction_has_resolved_is_said_once() -> None:
    act = activity("남궁진", "event", "설명회", DAY)
    resolved = (Resolution("그는", "남궁진"),)
    (part,) = RENDERER.evidence(
        story(1, told(act, 1, sentence="그는 설명회를 열었다.", resolutions=resolved))
    )
    assert to_text(part).count("= 남궁진") == 1
