"""What several articles together say of one fact, and what weighs most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import (
    Activity,
    ActivityKind,
    Fact,
    Move,
    MoveKind,
    MoveStatus,
    Person,
    Quote,
    QuotedBy,
    Source,
    Span,
    StoredFact,
    Story,
    StoryRow,
)
from briefing.stories.facts import identity, same_fact
from briefing.stories.merging import merge
from briefing.stories.ranking import build_stories, fact_weight, post_weight, rank, without_repeats
from briefing.stories.weights import weights

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
SPAN = (Span(0, 1),)
OUTLETS = ("새결경제", "나래일보", "온빛경제", "큰길신문")


def move(
    person: str = "도하늘", kind: str = "appointed", role: str | None = "대표이사", **more: object
) -> Move:
    values: dict[str, object] = {"company": "미르중공업", "status": MoveStatus.DONE, **more}
    return Move(person=person, kind=MoveKind(kind), role=role, evidence=SPAN, **values)  # type: ignore[arg-type]


def act(kind: str, what: str, when: date | None = None, person: str = "도하늘", **more: object) -> Activity:
    values: dict[str, object] = {"company": "미르중공업", **more}
    return Activity(person=person, kind=ActivityKind(kind), what=what, when=when, evidence=SPAN, **values)  # type: ignore[arg-type]


def said(text: str, speaker: str | None = "도하늘", **more: object) -> Quote:
    values: dict[str, object] = {
        "company": "미르중공업",
        "title": None,
        "by": QuotedBy.EXECUTIVE,
        "strategic": True,
        **more,
    }
    return Quote(speaker=speaker, text=text, span=SPAN[0], evidence=SPAN, **values)  # type: ignore[arg-type]


def told(fact: Fact, article: int = 1, story: int = 1, hours: float = 0) -> StoredFact:
    when = NOW + timedelta(hours=hours, minutes=article)
    outlet = OUTLETS[article % len(OUTLETS)]
    return StoredFact(
        story, fact, Source(article, outlet, f"https://n.example/{article}", "제목", when, "문장.")
    )


WORDS = "바다 위에서 전기를 만드는 회사로 바뀌어야 한다"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (move(), move(role="대표이사 사장")),
        (move(), move(role="CEO")),
        (move(), move(role="최고경영자(CEO)")),
        (move(), move(role=None)),
        (move(role="사장"), move(role="대표이사 사장")),
        (move(role="법인장"), move(role="북미법인장")),
        (move(role="영업본부장(부사장)"), move(role="영업본부장")),
        (move(), move(company=None)),
        (move(company="㈜미르중공업"), move()),
        (move(), move(status=MoveStatus.RUMORED)),
        (move(kind="appointed", role="상무"), move(kind="promoted", role="상무")),
        (move(kind="departed", role="부회장"), move(kind="departed", role="대표이사")),
        (act("trip", "미국"), act("trip", "미국 서부", date(2026, 11, 25))),
        (act("trip", "북미", date(2026, 11, 25)), act("trip", "오스틴", date(2026, 11, 26))),
        (
            act("event", "북미 해상풍력 포럼", date(2026, 11, 25)),
            act("event", "해상풍력 포럼", date(2026, 11, 25)),
        ),
        (act("event", "행사", date(2026, 11, 25)), act("event", "해상풍력 포럼", date(2026, 11, 25))),
        (act("event", "제24기 정기 주주총회"), act("event", "정기 주주총회", date(2026, 11, 25))),
        (act("deal", "업무협약서"), act("deal", "업무협약(MOU)", date(2026, 11, 25))),
        (act("deal", "업무협약"), act("event", "협약 체결식", date(2026, 11, 25))),
        (said(WORDS), said(WORDS + "고 거듭 생각하게 된다")),
        (said(WORDS), said(WORDS.replace("만드는", "만들어내는"))),
        (said(WORDS), said(WORDS, speaker=None)),
    ],
)
def test_tellings_of_one_fact_are_seen_as_one(one: Fact, other: Fact) -> None:
    assert same_fact(one, other)
    assert same_fact(other, one)
    assert len(merge([told(one, 1), told(other, 2)])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (move(), move(person="봉지안")),
        (move(), move(company="미르건설")),
        (move(), move(kind="departed")),
        (move(kind="promoted", role="사장"), move(kind="appointed", role="대표이사")),
        (move(role="전략실장"), move(role="재무실장")),
        (act("trip", "미국", date(2026, 11, 1)), act("trip", "베트남", date(2026, 11, 20))),
        (
            act("event", "해상풍력 포럼", date(2026, 11, 25)),
            act("event", "해상풍력 포럼", date(2026, 11, 28)),
        ),
        (act("event", "포럼", date(2026, 11, 25)), act("meeting", "포럼", date(2026, 11, 25))),
        (act("deal", "업무협약", date(2026, 11, 24)), act("event", "체결식", date(2026, 11, 25))),
        (act("deal", "업무협약"), act("event", "정기 주주총회")),
        (act("visit", "울산 조선소"), act("visit", "거제 공장")),
        (said(WORDS), said("수주보다 이익이 먼저라는 원칙을 지키겠다")),
        (said("맞다"), said("맞다고 본다")),
        (said(WORDS), said(WORDS, speaker="봉지안")),
        (move(), act("event", "대표이사")),
    ],
)
def test_different_facts_stay_apart(one: Fact, other: Fact) -> None:
    assert not same_fact(one, other)
    assert len(merge([told(one, 1), told(other, 2)])) == 2


def test_identity_is_equal_for_usual_variants_and_tells_kinds_apart() -> None:
    assert (
        identity(move())
        == identity(move(role="대표이사 사장"))
        == identity(move(kind="promoted", role="CEO"))
    )
    assert identity(move()) != identity(move(kind="departed"))
    assert identity(act("trip", "미국")) == identity(act("trip", " 미국 "))
    assert len({identity(fact) for fact in (move(), act("event", "포럼"), said(WORDS))}) == 3


def test_ten_outlets_make_one_fact_with_ten_sources_earliest_first() -> None:
    (merged,) = merge([told(move(), article, hours=-article) for article in range(10)])
    assert [source.article_id for source in merged.sources] == list(range(9, -1, -1))


def test_an_article_that_tells_a_fact_twice_is_one_source() -> None:
    (merged,) = merge([told(move(), 1), told(move(role="CEO"), 1)])
    assert len(merged.sources) == 1


def test_the_fullest_telling_wins_and_takes_what_it_lacks_from_the_others() -> None:
    bare = act("event", "해상풍력 포럼", None, companions=("금보라",), place=None, company="미르중공업")
    full = act(
        "event",
        "북미 해상풍력 포럼",
        date(2026, 11, 25),
        place="오스틴",
        company=None,
        companions=("위나래", "금보라"),
        planned=True,
    )
    (merged,) = merge([told(bare, 1), told(full, 2)])
    fact = merged.fact
    assert isinstance(fact, Activity)
    assert (fact.what, fact.when, fact.place, fact.company) == (
        "북미 해상풍력 포럼",
        date(2026, 11, 25),
        "오스틴",
        "미르중공업",
    )
    assert fact.companions == ("위나래", "금보라")
    assert not fact.planned, "one article saw it happen"


def test_a_period_never_ends_before_it_begins() -> None:
    ended = act("trip", "미국", None, until=date(2026, 11, 20), place="오스틴", title="사장")
    (merged,) = merge([told(ended, 1), told(act("trip", "미국", date(2026, 11, 25)), 2)])
    assert isinstance(merged.fact, Activity)
    assert merged.fact.until is None


def test_rumoured_and_done_is_done() -> None:
    rumour = move(status=MoveStatus.RUMORED, role="대표이사 사장")
    (merged,) = merge([told(rumour, 1), told(move(), 2, hours=1)])
    assert isinstance(merged.fact, Move)
    assert merged.fact.status is MoveStatus.DONE
    assert merged.sources[0].article_id == 1


def test_a_missing_role_does_not_glue_two_posts_together() -> None:
    merged = merge([told(move(role="전략실장"), 1), told(move(role=None), 2), told(move(role="재무실장"), 3)])
    assert sorted(str(each.fact.role) for each in merged if isinstance(each.fact, Move)) == [
        "재무실장",
        "전략실장",
    ]


FACTS = st.sampled_from(
    [
        move(),
        move(role=None),
        move(kind="departed"),
        move(person="봉지안"),
        act("trip", "미국"),
        act("event", "포럼"),
        said(WORDS),
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(FACTS, st.integers(1, 6)), max_size=30))
def test_merging_loses_no_source_and_repeats_no_fact(items: list[tuple[Fact, int]]) -> None:
    stored = [told(fact, article) for fact, article in items]
    merged = merge(stored)
    assert {source.article_id for each in merged for source in each.sources} == {
        article for _, article in items
    }
    for each in merged:
        assert list(each.sources) == sorted(each.sources, key=lambda source: source.published)
    assert merge(stored[::-1]) == merged or len(merge(stored[::-1])) == len(merged)


# ------------------------------------------------------------------ ranking


def row(number: int, outlets: int = 1, hours: float = 0, people: tuple[Person, ...] = ()) -> StoryRow:
    at = NOW + timedelta(hours=hours)
    return StoryRow(number, "제목", at, at, outlets, OUTLETS[:outlets], people)


def story(
    number: int, *facts: Fact, outlets: int = 1, hours: float = 0, people: tuple[Person, ...] = ()
) -> Story:
    stored = [told(fact, number * 100 + place, number, hours) for place, fact in enumerate(facts)]
    return build_stories([row(number, outlets, hours, people)], stored)[0]


def order(*stories: Story, companies: tuple[str, ...] = (), at: datetime = NOW) -> list[int]:
    return [each.id for each in rank(stories, at, companies)]


def test_posts_weigh_as_readers_expect() -> None:
    ladder = ["그룹 회장", "대표이사 사장", "부사장", "상무", "상무보"]
    values = [post_weight(title) for title in ladder]
    assert values == sorted(values, reverse=True)
    assert len(set(values)) == len(values)
    assert post_weight("부회장") < post_weight("회장")
    assert post_weight("대한협회 이사장") < post_weight("사장")
    assert post_weight(None) == weights().post_default


def test_post_kind_outlets_freshness_and_subscription_decide() -> None:
    chief, junior = story(1, move(role="대표이사")), story(2, move(role="상무"))
    assert order(junior, chief) == [1, 2]
    change, speech = story(1, move(role="대표이사")), story(2, said(WORDS, title="대표이사"))
    assert order(speech, change) == [1, 2]
    wide, narrow = story(1, move(), outlets=4), story(2, move())
    assert order(narrow, wide) == [1, 2]
    fresh, stale = story(1, move()), story(2, move(), hours=-48)
    assert order(stale, fresh) == [1, 2]
    mine, other = story(1, move(role="상무")), story(2, move(role="부사장", company="미르건설"))
    assert order(mine, other) == [2, 1]
    assert order(other, mine, companies=("미르중공업",)) == [1, 2]
    rumour = story(3, move(role="대표이사", status=MoveStatus.RUMORED))
    assert order(rumour, chief) == [1, 3]


def test_a_post_told_elsewhere_in_the_story_counts() -> None:
    people = (Person("도하늘", "미르중공업", "회장"),)
    assert fact_weight(act("visit", "조선소"), people) > fact_weight(act("visit", "조선소"))


def test_facts_of_a_story_stand_weightiest_first() -> None:
    made = story(1, move("금보라", "promoted", "상무"), said(WORDS), move("도하늘", role="대표이사"))
    assert next(getattr(each.fact, "person", None) for each in made.facts) == "도하늘"


def test_rows_without_facts_and_facts_without_rows() -> None:
    made = build_stories([row(1)], [told(move(), 1, story=2)])
    assert [each.facts for each in made] == [()]
    assert order(*made) == [1]


def test_a_briefing_says_a_fact_once_however_many_stories_tell_it() -> None:
    rumour = story(1, move(status=MoveStatus.RUMORED), hours=-120)
    confirmed = story(2, move(), said(WORDS), outlets=3)
    repeated = story(3, move(role="CEO"), hours=1)
    first, second = without_repeats([rumour, confirmed, repeated])
    assert (first.id, second.id) == (1, 2)
    assert isinstance(first.facts[0].fact, Move)
    assert first.facts[0].fact.status is MoveStatus.DONE
    assert len(first.facts[0].sources) == 3
    assert [type(each.fact) for each in second.facts] == [Quote]
    assert first.article_count + second.article_count == 1 + 3 + 1
    assert first.last_published == repeated.last_published


def test_a_repeat_a_month_later_is_another_fact() -> None:
    stories = [story(1, act("trip", "미국"), hours=-24 * 30), story(2, act("trip", "미국"))]
    assert without_repeats(stories) == tuple(stories)


@settings(deadline=None)
@given(st.lists(st.tuples(st.lists(FACTS, max_size=4), st.integers(-400, 0)), max_size=6))
def test_without_repeats_loses_no_source_and_no_article(drawn: list[tuple[list[Fact], int]]) -> None:
    stories = [story(number, *facts, hours=hours) for number, (facts, hours) in enumerate(drawn, 1)]
    kept = without_repeats(stories)

    def sources(told: tuple[Story, ...] | list[Story]) -> set[int]:
        return {source.article_id for each in told for merged in each.facts for source in merged.sources}

    assert sources(kept) == sources(stories)
    assert sum(each.article_count for each in kept) == sum(each.article_count for each in stories)
    assert [each.id for each in kept] == sorted(each.id for each in kept)
    assert without_repeats(kept) == kept or len(without_repeats(kept)) <= len(kept)


def test_weights_do_not_depend_on_headlines() -> None:
    one = story(1, move())
    assert order(one, replace(one, id=2, headline="회장 대표이사 사장")) == [1, 2]
