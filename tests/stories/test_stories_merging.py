"""One fact of many sources: evidence, completion, conflicts, corrections, rumours. All names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.model import Activity, Fact, MergedFact, Move, MoveStatus, Resolution, StoredFact
from briefing.stories.correcting import corrected_facts, corrects
from briefing.stories.merging import merge, with_rumours
from briefing.stories.ranking import without_repeats
from tests.stories.test_stories_facts import NOW, act, move, said, story, told

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


def by(outlet: str, fact: Fact, article: int, **more: object) -> StoredFact:
    """A telling by a named outlet; further fields are the source's."""
    item = told(fact, article)
    return replace(item, source=replace(item.source, outlet=outlet, **more))  # type: ignore[arg-type]


def only(*tellings: StoredFact) -> MergedFact:
    (merged,) = merge(tellings)
    return merged


# ------------------------------------------------------------------ evidence


def test_the_most_specific_telling_is_the_evidence_and_the_earliest_stays_the_first() -> None:
    merged = only(
        told(move(role=None), 1), told(move(role="대표이사 사장"), 2), told(move(role="대표이사"), 3)
    )
    assert merged.sources[0].article_id == 1
    assert merged.best.article_id == 2


def test_of_equals_within_the_hour_the_original_outlet_is_the_evidence() -> None:
    tellings = [by("큰길신문", move(), 1), by("연합뉴스", move(), 20)]
    assert only(*tellings).best.outlet == "연합뉴스"
    late = by("연합뉴스", move(), 20, published=NOW.replace(hour=9))
    assert only(tellings[0], late).best.outlet == "큰길신문"


def test_a_sentence_that_names_the_person_proves_more_than_one_that_says_he() -> None:
    vague = by("큰길신문", move(), 1, resolutions=(Resolution("그는", "도하늘"),))
    assert only(vague, told(move(), 2)).best.article_id == 2


# ------------------------------------------------------------------ conflicts


def test_two_days_for_one_occasion_are_a_conflict_and_most_articles_decide() -> None:
    forum = [act("event", "해상풍력 포럼", day) for day in (MONDAY, TUESDAY, TUESDAY)]
    merged = only(*(told(fact, number) for number, fact in enumerate(forum, 1)))
    assert isinstance(merged.fact, Activity)
    assert merged.fact.when == TUESDAY
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.value) == ("when", MONDAY)
    assert [source.article_id for source in conflict.sources] == [1]


def test_of_as_many_the_more_specific_telling_decides() -> None:
    plain, full = (
        act("event", "해상풍력 포럼", MONDAY),
        act("event", "해상풍력 포럼", TUESDAY, place="부산 벡스코"),
    )
    merged = only(told(plain, 1), told(full, 2))
    assert isinstance(merged.fact, Activity)
    assert merged.fact.when == TUESDAY
    assert [c.value for c in merged.conflicts] == [MONDAY]


@pytest.mark.parametrize(("one", "other"), [("부사장", "사장"), ("상무", "상무보"), ("회장", "부회장")])
def test_two_ranks_for_one_person_are_one_move_in_conflict(one: str, other: str) -> None:
    tellings = [told(move(role=one), 1), told(move(role=other), 2), told(move(role=other), 3)]
    merged = only(*tellings)
    assert isinstance(merged.fact, Move)
    assert merged.fact.role == other
    assert [(c.field, c.value, len(c.sources)) for c in merged.conflicts] == [("role", one, 1)]
    both = [told(move(role=one), 1), told(move(role=other), 1)]
    assert len(merge(both)) == 2, "an article that tells both means both"
    assert len(merge([told(move(role="전략실장"), 1), told(move(role="재무실장"), 2)])) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (act("event", "포럼", MONDAY), act("event", "포럼", None)),
        (act("event", "포럼", MONDAY, until=TUESDAY), act("event", "포럼", TUESDAY)),
        (act("trip", "북미", MONDAY), act("trip", "오스틴", TUESDAY)),
        (
            act("visit", "조선소", MONDAY, place="울산"),
            act("visit", "조선소", MONDAY, place="울산 동구 조선소"),
        ),
        (move(role="사장"), move(role="대표이사 사장")),
        (move(status=MoveStatus.RUMORED), move()),
    ],
)
def test_less_is_no_contradiction(one: Fact, other: Fact) -> None:
    assert only(told(one, 1), told(other, 2)).conflicts == ()


def test_two_places_for_one_visit_are_a_conflict() -> None:
    visits = [act("visit", "공장", MONDAY, place=f"{town} 공장") for town in ("울산", "울산", "창원")]
    merged = only(*(told(fact, number) for number, fact in enumerate(visits, 1)))
    assert [(c.field, c.value) for c in merged.conflicts] == [("place", "창원 공장")]


# ------------------------------------------------------------------ corrections


@pytest.mark.parametrize(
    ("title", "answer"),
    [
        ("[정정] 미르중공업 새 대표에 도하늘", True),
        ("[고침] 경제(미르중공업 대표에…)", True),
        ("바로잡습니다", True),
        ("미르중공업, 공시 정정 요구 받아", False),
        ("실적 눈높이 고침 없는 증권가", False),
    ],
)
def test_a_correction_is_known_by_its_headline(title: str, answer: bool) -> None:
    source = told(move()).source
    assert corrects(replace(source, title=title)) is answer


def test_a_correction_outvotes_all_others_and_is_marked() -> None:
    wrong = [by(outlet, act("event", "해상풍력 포럼", MONDAY), n) for n, outlet in enumerate("가나다", 1)]
    right = by("가", act("event", "해상풍력 포럼", TUESDAY), 9, title="[정정] 도하늘, 포럼 참석")
    merged = only(*wrong, right)
    assert isinstance(merged.fact, Activity)
    assert merged.fact.when == TUESDAY
    assert merged.corrected == right.source == merged.best
    # what its own outlet told before is taken back; what others still say is a conflict
    assert [(c.value, [s.outlet for s in c.sources]) for c in merged.conflicts] == [(MONDAY, ["나", "다"])]


def test_a_correction_takes_back_the_wrong_person_of_its_own_outlet_only() -> None:
    wrong = by("가람일보", move("노지환"), 1)
    right = by("가람일보", move("유서진"), 2, title="[정정] 미르중공업 대표에 유서진")
    (merged,) = merge([wrong, right])
    assert isinstance(merged.fact, Move)
    assert (merged.fact.person, merged.corrected) == ("유서진", right.source)
    elsewhere = by("나래일보", move("노지환"), 3)
    assert {getattr(m.fact, "person", None) for m in merge([wrong, right, elsewhere])} == {"유서진", "노지환"}


def test_a_headline_alone_corrects_nothing_that_is_told_the_same() -> None:
    merged = only(by("가", move(), 1), by("가", move(), 2, title="[정정] 미르중공업 인사"))
    assert merged.corrected is None
    list_ = [by("가", move(name, role="상무"), 1) for name in ("노지환", "유서진")]
    again = [by("가", move(name, role="상무"), 2, title="[정정] 인사") for name in ("노지환", "유서진")]
    assert [m.corrected for m in merge([*list_, *again])] == [None, None]


def test_an_article_read_again_corrects_what_it_told_before() -> None:
    merged = only(by("가", move(role="사장"), 1, corrected_at=NOW), told(move(role="부사장"), 2))
    assert isinstance(merged.fact, Move)
    assert merged.fact.role == "사장"
    assert merged.corrected is not None
    assert [c.value for c in merged.conflicts] == ["부사장"]


@pytest.mark.parametrize(
    ("before", "now", "corrected"),
    [
        ((move("노지환"),), (move("유서진"),), {0}),
        ((move(role="부사장"),), (move(role="사장"),), {0}),
        ((move(company="미르건설"),), (move(company="누리소재"),), {0}),
        ((act("event", "포럼", MONDAY),), (act("event", "포럼", TUESDAY),), {0}),
        ((act("event", "포럼", MONDAY),), (act("event", "포럼", date(2026, 12, 9)),), {0}),
        ((move("노지환"), move("금보라", role="상무")), (move("유서진"), move("금보라", role="상무")), {0}),
        # told in addition, more fully, or come true
        ((move(),), (move(), said("바다 위에서 전기를 만들겠다")), set()),
        ((move(),), (move(), move("유서진", role="재무실장")), set()),
        ((move(role=None),), (move(),), set()),
        ((move(status=MoveStatus.RUMORED),), (move(),), set()),
        ((act("event", "포럼", None),), (act("event", "북미 포럼", MONDAY),), set()),
        ((said("하나"),), (said("둘"),), set()),
        ((), (move(),), set()),
    ],
)
def test_what_a_second_reading_corrects(
    before: tuple[Fact, ...], now: tuple[Fact, ...], corrected: set[int]
) -> None:
    assert corrected_facts(before, now) == corrected


# ------------------------------------------------------------------ rumours


def test_a_rumour_that_came_true_is_one_fact_that_remembers_the_rumour() -> None:
    rumour, done = told(move(status=MoveStatus.RUMORED), 1), told(move(), 2, hours=24)
    merged = only(rumour, done)
    assert isinstance(merged.fact, Move)
    assert (merged.fact.status, merged.rumoured) == (MoveStatus.DONE, rumour.source)
    assert only(rumour).rumoured is None


def test_a_rumour_and_its_confirmation_a_week_later_are_two_stories_and_one_line() -> None:
    rumour = story(1, move(status=MoveStatus.RUMORED), hours=-7 * 24)
    confirmed = story(2, move(), said("바다 위에서 전기를 만들겠다"))
    first, second = without_repeats([rumour, confirmed])
    (merged,) = first.facts
    assert isinstance(merged.fact, Move)
    assert merged.fact.status is MoveStatus.DONE
    assert merged.rumoured == rumour.facts[0].sources[0]
    assert not any(isinstance(each.fact, Move) for each in second.facts)


def test_a_confirmation_is_linked_to_a_rumour_that_was_told_before_the_period() -> None:
    rumour = told(move(status=MoveStatus.RUMORED), 1, hours=-200)
    other = told(move(role="재무실장", status=MoveStatus.RUMORED), 2, hours=-150)
    merged = merge([told(move(), 3)])
    assert [m.rumoured for m in with_rumours(merged, [other, rumour])] == [rumour.source]
    assert with_rumours(merged, [told(move(), 4, hours=-200)]) == merged, "told before, but as done"
    still = merge([told(move(status=MoveStatus.RUMORED), 3)])
    assert with_rumours(still, [rumour]) == still


def test_conflicts_and_corrections_outlive_the_merging_of_stories() -> None:
    forum = [act("event", "해상풍력 포럼", day) for day in (MONDAY, TUESDAY, TUESDAY)]
    merged = replace(story(1), facts=merge([told(fact, n) for n, fact in enumerate(forum, 1)]))
    again = story(2, act("event", "해상풍력 포럼", TUESDAY), hours=3)
    (kept,) = without_repeats([merged, again])
    assert [(c.field, c.value) for c in kept.facts[0].conflicts] == [("when", MONDAY)]
    assert len(kept.facts[0].sources) == 4
