"""Meetings without a verb of meeting, places by their kind, series of days; published 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

STAFF = "윤서준 누리전자 사장과 백도현 한서화학 대표가 업계를 이끈다.\n"


def _done(text: str) -> set[str]:
    return done(text, what=True)


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        (
            "백도현 한서화학 대표가 10일 윤서준 누리전자 사장을 찾아가 협력을 요청했다.",
            {"백도현:meeting:윤서준 누리전자 사장", "윤서준:meeting:백도현 한서화학 대표"},
        ),
        (
            "윤서준 누리전자 사장은 10일 백도현 한서화학 대표 일행을 접견했다.",
            {"윤서준:meeting:백도현 한서화학 대표", "백도현:meeting:윤서준 누리전자 사장"},
        ),
        (
            "10일 서울에서 윤서준 누리전자 사장과 백도현 한서화학 대표의 비공개 회동이 이뤄졌다.",
            {"윤서준:meeting:백도현 한서화학 대표", "백도현:meeting:윤서준 누리전자 사장"},
        ),
        (
            "윤서준 누리전자 사장은 9일 단우빈 전북도지사를 찾아가 지원을 청했다.",
            {"윤서준:meeting:단우빈 전북도지사"},
        ),
        ("윤서준 누리전자 사장과 김 총리의 면담은 30분간 진행됐다.", {"윤서준:meeting:김 총리"}),
        ("윤서준 누리전자 사장과 총리가 10일 조찬을 함께했다.", {"윤서준:meeting:총리"}),
        (
            "윤서준 누리전자 사장은 10일 소액주주 대표 3명을 불러 면담했다.",
            {"윤서준:meeting:소액주주 대표 3명"},
        ),
        (
            "윤서준 누리전자 사장은 10일 국회를 찾아 산자위 의원들에게 법안 처리를 호소했다.",
            {"윤서준:meeting:산자위 의원들"},
        ),
        (
            "윤서준 누리전자 사장은 10일 대통령의 경제계 초청 오찬에서 투자 계획을 설명했다.",
            {"윤서준:meeting:대통령의 경제계 초청 오찬"},
        ),
        ("윤서준 누리전자 사장은 10일 협회 조찬에서 투자 계획을 밝혔다.", {"윤서준:event:협회 조찬"}),
    ],
)
def test_meetings_without_a_verb_of_meeting(text: str, deeds: set[str]) -> None:
    assert _done(text) == deeds


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장과 백도현 한서화학 대표의 회동이 무산됐다.",
        "윤서준 누리전자 사장과 백도현 한서화학 대표의 만남이 이뤄질지 주목된다.",
        "윤서준 누리전자 사장은 옛 은사를 찾아가 인사했다.",
        "백도현 한서화학 대표가 윤서준 누리전자 사장을 찾아가려 했으나 실패했다.",
        "윤서준 누리전자 사장은 시장에게 예산을 요청했다.",
        "윤서준 누리전자 사장이 국회를 찾은 것은 처음이라고 한다. 백도현 대표는 위원장에게 자료를 제출했다.",
    ],
)
def test_what_does_not_come_about_or_needs_nobody_there(text: str) -> None:
    assert not [a for a in activities(text) if a.kind.value == "meeting"]


def test_words_at_a_dinner_told_before_tell_of_no_second_one() -> None:
    text = "윤서준 누리전자 사장은 10일 총리를 만나 만찬을 했다. 만찬에서 윤 사장은 투자 계획을 밝혔다."
    assert done(text) == {"윤서준:meeting"}


@pytest.mark.parametrize("place", ["제염소", "자수공방", "두부공장", "누에사육장"])
def test_a_place_is_known_by_its_kind_where_something_is_looked_after(place: str) -> None:
    text = f"윤서준 누리전자 사장은 10일 {place}를 찾아 작업을 점검했다."
    assert _done(text) == {f"윤서준:visit:{place}"}


@pytest.mark.parametrize("sought", ["위험요소를", "해결책을", "품질 저하 요인을", "취약점을", "우승후보를"])
def test_what_is_sought_is_no_place(sought: str) -> None:
    assert not activities(f"윤서준 누리전자 사장은 10일 {sought} 찾아 공정을 점검했다.")


def test_days_and_places_of_a_series_are_told_each() -> None:
    text = (
        "윤서준 누리전자 사장은 지난 8일 대전 연구소를 시작으로 9일 광주, 10일 부산 사업장에서 "
        "직원들과 타운홀 미팅을 진행했다."
    )
    days = {a.when: a.what for a in activities(text) if a.kind.value == "event"}
    assert days == {
        date(2024, 5, 8): "대전 연구소 타운홀 미팅",
        date(2024, 5, 9): "광주 타운홀 미팅",
        date(2024, 5, 10): "타운홀 미팅",
    }


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장은 9일 출국해 10일 뉴욕에서 기업설명회를 열었다.",
        "윤서준 누리전자 사장은 9일 이사회에 이어 10일 부산에서 기업설명회를 열었다.",
        "윤서준 누리전자 사장은 9일부터 10일까지 부산에서 기업설명회를 열었다.",
    ],
)
def test_other_days_of_a_sentence_are_no_series(text: str) -> None:
    assert len([a for a in activities(text) if a.kind.value == "event"]) == 1


def test_who_is_there_when_papers_are_signed_signs() -> None:
    text = "누리전자와 한서화학은 10일 윤서준 사장과 백도현 대표가 참석한 가운데 업무협약을 체결했다."
    assert done(text) == {"윤서준:deal", "백도현:deal"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("윤서준 누리전자 사장은 10일 신입사원 연수에서 회사의 역사를 소개했다.", "신입사원 연수"),
        ("윤서준 누리전자 사장은 10일 1주기 추도식에서 추모사를 낭독했다.", "1주기 추도식 추모사"),
        ("윤서준 누리전자 사장은 10일 무재해 기원제에 참석했다.", "무재해 기원제"),
    ],
)
def test_further_occasions(text: str, what: str) -> None:
    assert _done(text) == {f"윤서준:event:{what}"}


def test_a_gift_is_handed_over_where_its_occasion_is_told() -> None:
    text = "누리전자는 10일 시청에서 전달식을 열었다. 윤서준 누리전자 사장은 수재민에게 써 달라며 2억원을 전달했다."
    assert _done(text) == {"윤서준:event:전달식"}
    assert not activities("누리전자는 10일 협력사에 2억원을 전달했다. 윤서준 누리전자 사장은 흐뭇해했다.")


def test_who_comes_from_talks_met_somebody() -> None:
    assert done("윤서준 누리전자 사장은 10일 비공개 회동을 마친 뒤 “결론은 없다”고 했다.") == {
        "윤서준:meeting"
    }
    text = "윤서준 누리전자 사장은 10일 총리와 만났다. 면담을 마친 윤 사장은 “유익했다”고 말했다."
    assert _done(text) == {"윤서준:meeting:총리"}


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장은 10일 저녁을 마치고 귀가했다.",
        "윤서준 누리전자 사장은 10일 면담을 마치지 못하고 자리를 떴다.",
        "윤서준 누리전자 사장은 10일 임기를 마치고 물러났다.",
    ],
)
def test_what_else_is_over_is_no_meeting(text: str) -> None:
    assert not activities(text)


def test_what_was_done_too_was_done() -> None:
    text = "윤서준 누리전자 사장은 10일 구미공장을 찾아 작업을 살펴보기도 했다."
    assert _done(text) == {"윤서준:visit:구미공장"}
    assert done("윤서준 누리전자 사장은 10일 총리를 만나기는 했지만 답을 듣지 못했다.") == {"윤서준:meeting"}


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장은 10일 구미공장을 찾기도 전에 투자를 결정했다.",
        "윤서준 누리전자 사장은 포럼에 참석하기만 하면 된다.",
        "윤서준 누리전자 사장은 구미공장을 찾기 어렵다고 했다.",
    ],
)
def test_what_was_not_done_yet(text: str) -> None:
    assert not activities(text)


def test_a_noun_that_ends_as_a_particle_does_still_tells_who() -> None:
    text = (
        "윤서준 누리전자 사장이 10일 열린 시상식에서 대상을 받았다. "
        "함께 우수상을 탄 30대 창업가 백도현 한서화학 대표는 “떨린다”고 말했다."
    )
    assert done(text) == {"윤서준:event", "백도현:event"}
    text = "10일 부스를 찾은 관람객이 백도현 한서화학 대표에게 물었다."
    assert not activities(text)


def test_a_fair_is_walked_through_and_a_booth_visited() -> None:
    who = "윤서준 누리전자 사장은 10일"
    assert done(f"{who} 서울 모터쇼를 둘러봤다.") == {"윤서준:event"}
    assert done(f"{who} 파리에서 열린 ‘테크비바 2024’를 둘러봤다.") == {"윤서준:event"}
    assert done(f"{who} 서울 모터쇼 부스를 둘러봤다.") == {"윤서준:visit"}


def test_with_whom_and_as_what_is_one_meeting() -> None:
    found = activities("배서준 벼리전자 회장은 9일 인도를 찾았다. 배 회장은 현지 임직원들과 간담회도 가졌다.")
    assert [(a.kind.value, a.what) for a in found] == [("trip", "인도"), ("meeting", "현지 임직원들")]
