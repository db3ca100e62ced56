"""Fairs gone round, places where something is held, and who goes along; invented people, 2026-03-10."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

WHO = "도해솔 나래물산 사장"
FAIR = "기술 전시회 CES 2026이 9일(현지시간) 라스베이거스에서 개막했다. "
DAY = date(2026, 3, 10)


def _done(text: str) -> set[str]:
    return done(text, day=DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FAIR}{WHO}은 이날 경쟁사 부스를 차례로 둘러봤다.", {"도해솔:event", "도해솔:visit"}),
        (f"{FAIR}{WHO}은 이날 2시간가량 전시장을 돌았다.", {"도해솔:event"}),
        (
            f"{FAIR}{WHO}은 이날 로봇관을 찾아 부스를 살펴봤다. 관람에는 우재민 부사장이 함께했다.",
            {"도해솔:event", "도해솔:visit", "우재민:event"},
        ),
        # no fair was told of
        (f"{WHO}은 9일 구미 공장 전시관을 둘러봤다.", {"도해솔:visit"}),
    ],
)
def test_who_goes_round_a_fair_takes_part_in_it(text: str, expected: set[str]) -> None:
    assert _done(text) == expected


def test_whoever_opens_it_the_fair_is_called_by_its_name() -> None:
    text = f"CES 2026이 9일 개막한 가운데 경영진이 행사장을 찾았다. {WHO}은 이날 경쟁사 부스를 둘러봤다."
    assert "도해솔:event:CES 2026" in done(text, day=DAY, what=True)


def test_a_hall_is_the_occasion_told_before() -> None:
    text = f"'2026 서울모터쇼'가 9일 고양에서 개막했다. {WHO}은 이날 행사장을 찾았다."
    assert done(text, day=DAY, what=True) == {"도해솔:event:2026 서울모터쇼"}


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("한국시리즈 3차전이 열린 수원야구장을 찾아 선수단을 응원했다", "한국시리즈 3차전"),
        ("플레이오프 2차전이 열린 잠실야구장을 방문해 선수단을 격려했다", "플레이오프 2차전"),
        ("개막식이 열린 부산 벡스코를 찾았다", "개막식"),
    ],
)
def test_who_goes_where_it_is_held_goes_to_it(place: str, what: str) -> None:
    assert done(f"{WHO}은 9일 {place}.", day=DAY, what=True) == {f"도해솔:event:{what}"}


@pytest.mark.parametrize("led", ["주재한 이날 회의에는", "직접 주재한 이 회의에는", "주재한 회의에는"])
def test_who_presides_at_the_conference_told_before(led: str) -> None:
    text = f"나래물산은 9일 본사에서 상반기 전략회의를 열었다. {WHO}이 {led} 임원 60여 명이 참석했다."
    assert done(text, day=DAY, what=True) == {"도해솔:event:상반기 전략회의"}


def test_a_house_of_mourning_is_a_place() -> None:
    assert _done(f"9일 서울 나래병원 장례식장에는 {WHO}이 찾아 유족을 위로했다.") == {"도해솔:visit"}
    told = f"9일 이천 장례식장에 곽민우 명예회장의 빈소가 차려졌다. {WHO}이 조문했다. "
    assert _done(f"{told}우재민 나래건설 부회장도 나란히 향을 올렸다.") == {"도해솔:visit", "우재민:visit"}
    assert "도해솔:event" in _done(f"{WHO}은 9일 장례식에 참석했다.")


def test_the_day_of_a_funeral_is_not_that_of_the_death() -> None:
    text = f"지난 5일 별세한 우재민 나래물산 명예회장의 영결식이 9일 엄수됐다. {WHO}은 추도사를 했다."
    assert {a.when for a in activities(text, day=DAY)} == {date(2026, 3, 9)}


TRIP = f"{WHO}이 9일 미국으로 출국했다. "


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{TRIP}11일에는 조지아 공장을 둘러볼 예정이다. 우재민 부사장이 동행했다.", "trip"),
        (f"{TRIP}10일에는 조지아 공장을 둘러봤다. 이 자리에는 우재민 부사장이 함께했다.", "visit"),
        (f"{WHO}은 9일 베트남 하노이 공장을 찾았다. 우재민 부사장이 동행했다.", "visit"),
        (f"{WHO}은 9일 런던에서 기업설명회를 열었다. 이번 IR에는 우재민 부사장이 동행했다.", "event"),
    ],
)
def test_what_somebody_came_along_on(text: str, kind: str) -> None:
    assert f"우재민:{kind}" in _done(text)


def test_members_of_a_delegation_listed_with_what_they_make() -> None:
    text = (
        "다음 달 2일 출발하는 폴란드 경제사절단에 기업인 30명이 동행한다. 중소기업 중에는 로봇 업체 퀵봇의 "
        "도해솔 대표, 화장품을 만드는 나래코스의 우재민 대표 등이 포함됐다."
    )
    assert _done(text) == {"도해솔:trip", "우재민:trip"}


def test_everybody_heard_at_a_forum_in_quotation_marks() -> None:
    text = (
        f"9일 서울에서 열린 '모빌리티 포럼'에서 전문가들은 규제 완화를 주문했다. {WHO}의 생각은 달랐다. 도 사장은 "
        "“표준이 먼저”라고 했다. 우재민 하늘로 대표는 “시장이 먼저”라고 주장했다."
    )
    assert _done(text) == {"도해솔:event", "우재민:event"}


def test_who_speaks_for_another_house_was_not_at_its_opening_of_the_year() -> None:
    text = (
        f"재계 총수들이 9일 신년사를 냈다. {WHO}은 본사 시무식에서 “기본으로 돌아가자”고 당부했다. 유통업계에선 "
        "우재민 태강유통 회장이 “시간을 얻는 기업만 살아남는다”고 했다."
    )
    assert _done(text) == {"도해솔:event"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WHO}은 9일 보스턴에서 파트너링 미팅 30여 건을 소화했다.", {"도해솔:meeting"}),
        (f"{WHO}은 9일 투자자 면담 20여 차례를 가졌다.", {"도해솔:meeting"}),
        (f"{WHO}은 9일 우재민 노조위원장과 2시간 넘게 독대한 끝에 접점을 찾았다.", {"도해솔:meeting"}),
        (f"{WHO}은 9일 열린 가맹점주 간담회에 참석해 “상생하겠다”고 했다.", {"도해솔:meeting"}),
        # looked back on, but of these days
        (f"{WHO}은 앞서 5일 시무식에서 “구조를 바꾸겠다”고 밝힌 바 있다.", {"도해솔:event"}),
        (f"{WHO}은 지난 1월 시무식에서 “구조를 바꾸겠다”고 밝힌 바 있다.", set()),
    ],
)
def test_talks_and_what_was_said_of_late(text: str, expected: set[str]) -> None:
    assert _done(text) == expected
