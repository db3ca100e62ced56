"""Namesakes told apart, and posts as far as articles tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefing.findings import Mention
from briefing.model import Move, MoveKind, MoveStatus, Person, Source, Span, StoredFact, StoryRow
from briefing.stories.persons import bears, facts_of, namesakes, posts_held
from briefing.stories.ranking import build_stories

DAY = datetime(2026, 3, 1, tzinfo=UTC)
GROUPS = {"다온물산": "다온그룹", "다온화학": "다온그룹"}


def source(article: int, days: int) -> Source:
    return Source(article, "가람일보", f"https://e.example/{article}", "", DAY + timedelta(days=days), "문장")


def move(
    company: str | None,
    role: str | None,
    kind: str = "appointed",
    *,
    story: int,
    days: int = 0,
    status: str = "done",
) -> StoredFact:
    fact = Move("남궁솔", company, MoveKind(kind), role, MoveStatus(status), (Span(0, 1),))
    return StoredFact(story, fact, source(story * 10 + days, days))


def mention(company: str | None, title: str, article: int = 900, days: int = 0) -> Mention:
    return Mention(Person("남궁솔", company, title), source(article, days))


def told_apart(*facts: StoredFact, mentions: tuple[Mention, ...] = ()) -> list[tuple[str, ...]]:
    return [one.companies for one in namesakes("남궁솔", facts, mentions, GROUPS.get)]


def test_two_companies_without_a_common_story_are_two_people() -> None:
    facts = (
        move("가람전자", "대표", story=1),
        move("가람전자", "대표", story=1, days=1),
        move("새결", "상무", story=2),
    )
    assert told_apart(*facts) == [("가람전자",), ("새결",)]


def test_companies_of_one_group_are_one_person() -> None:
    assert told_apart(move("다온물산", "사장", story=1), move("다온화학", "상무", story=2)) == [
        ("다온물산", "다온화학")
    ]


def test_who_leaves_one_for_the_other_is_one_person() -> None:
    facts = (move("가람전자", "상무", "departed", story=1), move("새결", "대표", story=1))
    assert told_apart(*facts) == [("가람전자", "새결")]


def test_a_page_of_moves_of_many_companies_makes_nobody_the_same() -> None:
    assert len(told_apart(move("가람전자", "상무", story=1), move("새결", "상무", story=1))) == 2


def test_a_title_alone_makes_a_person_and_an_unknown_name_none() -> None:
    assert told_apart(mentions=(mention("가람전자", "사장"),)) == [("가람전자",)]
    assert told_apart(move(None, "사장", story=1)) == [()]
    assert told_apart() == []


def test_facts_without_a_company_belong_to_the_only_one_or_to_the_story() -> None:
    facts = (
        move("가람전자", "대표", story=1),
        move(None, "부사장", story=1, days=1),
        move("새결", "상무", story=2),
        move(None, "고문", story=3),
    )
    first, second = namesakes("남궁솔", facts, (), GROUPS.get)
    roles = [[item.fact.role for item in facts_of(who, facts, alone=False)] for who in (first, second)]
    assert sorted(map(sorted, roles)) == [["대표", "부사장"], ["상무"]]
    alone = facts_of(first, facts[:2] + facts[3:], alone=True)
    assert [item.fact.role for item in alone] == ["대표", "부사장", "고문"]


def held(*facts: StoredFact, mentions: tuple[Mention, ...] = ()) -> list[tuple[str | None, tuple[str, ...]]]:
    ids = sorted({fact.story_id for fact in facts})
    rows = [StoryRow(number, "", DAY, DAY, 1, ()) for number in ids]
    return [(post.company, post.titles) for post in posts_held(build_stories(rows, facts), mentions)]


def test_a_post_is_held_from_its_taking_to_its_leaving() -> None:
    taken = move("가람전자", "대표이사", story=1)
    assert held(taken) == [("가람전자", ("대표이사",))]
    assert held(taken, move("가람전자", "대표이사", "departed", story=2, days=400)) == []
    assert held(taken, move("가람전자", "사장", "departed", story=2, days=400)) == []
    assert held(taken, move("가람전자", None, "departed", story=2, days=400)) == []


def test_leaving_one_post_keeps_the_other() -> None:
    facts = (move("가람전자", "대표이사", story=1), move("가람전자", "이사회 의장", story=1))
    left = move("가람전자", "대표이사", "departed", story=2, days=30)
    assert held(*facts, left) == [("가람전자", ("이사회 의장",))]


def test_a_rank_takes_the_place_of_the_rank_before() -> None:
    facts = (
        move("가람전자", "상무", "promoted", story=1),
        move("가람전자", "전무", "promoted", story=2, days=365),
    )
    assert held(*facts) == [("가람전자", ("전무",))]


def test_a_rumour_takes_and_leaves_nothing() -> None:
    taken = move("가람전자", "대표이사", story=1)
    assert held(taken, move("가람전자", "대표이사", "departed", story=2, days=30, status="rumored")) != []
    assert held(move("새결", "대표이사", story=3, status="rumored")) == []


def test_a_return_after_leaving_counts() -> None:
    facts = (
        move("가람전자", "대표이사", story=1),
        move("가람전자", "대표이사", "departed", story=2, days=100),
        move("가람전자", "회장", story=3, days=500),
    )
    assert held(*facts) == [("가람전자", ("회장",))]


def test_without_a_move_the_newest_title_is_told() -> None:
    titles = (
        mention("가람전자", "부사장", 1, 0),
        mention("가람전자", "사장", 2, 30),
        mention("가람전자", "CEO", 2, 30),
    )
    assert held(mentions=titles) == [("가람전자", ("사장", "CEO"))]


def test_the_old_title_in_articles_on_a_leaving_is_no_post_and_neither_is_a_former_one() -> None:
    left = move("가람전자", "대표이사", "departed", story=1)
    assert held(left, mentions=(mention("가람전자", "사장", 5, 3),)) == []
    assert held(left, mentions=(mention("가람전자", "고문", 5, 120),)) == [("가람전자", ("고문",))]
    assert held(mentions=(mention("가람전자", "전 사장", 5, 3),)) == []


@pytest.mark.parametrize(
    ("titles", "asked"),
    [
        (["대표이사 사장"], "사장"),
        (["대표이사 사장"], "CEO"),
        (["사장(CEO)"], "대표"),
        (["영업본부장", "부사장"], "부사장 영업본부장"),
        (["최고재무책임자"], "cfo"),
        (["CFO"], "최고재무책임자"),
    ],
)
def test_one_office_has_several_names(titles: list[str | None], asked: str) -> None:
    assert bears(titles, asked)


@pytest.mark.parametrize(
    ("titles", "asked"),
    [
        (["부사장"], "사장"),
        (["명예회장"], "회장"),
        (["영업본부장"], "본부장"),
        ([None], "사장"),
        (["사장"], "사장 CTO"),
    ],
)
def test_a_title_is_not_any_that_ends_in_it(titles: list[str | None], asked: str) -> None:
    assert not bears(titles, asked)
