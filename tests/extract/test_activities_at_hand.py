"""What executives do with those at hand: staff, reporters, who travels along; invented people, 2026-03-10."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

WHO = "도해솔 나래물산 사장"
LED = "도해솔 나래물산 사장이 9일 구미 공장을 찾아 설비를 점검했다. "


def _done(text: str) -> set[str]:
    return done(text, day=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{WHO}은 9일 현장 직원들과의 간담회에서 “희망퇴직은 없다”고 밝혔다.", "meeting"),
        (f"{WHO}은 9일 출입기자들과의 간담회에서 “희망퇴직은 없다”고 밝혔다.", "event"),
    ],
)
def test_with_whom_a_round_table_is(text: str, kind: str) -> None:
    assert _done(text) == {f"도해솔:{kind}"}


@pytest.mark.parametrize("outlet", ["지디넷코리아와", "누리뉴스와", "한빛경제와", "가온신문과", "본지와"])
def test_an_interview_is_no_meeting(outlet: str) -> None:
    assert not _done(f"{WHO}은 9일 서울 본사에서 {outlet} 만나 “내년에 상장한다”고 말했다.")


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}과 우재민 해원노조 위원장, 단우빈 육상노조 위원장은 9일 본사에서 합의문에 서명했다.",
        f"{WHO}은 9일 현지 유통사와 판권 계약을 마무리 지었다.",
        f"{WHO}은 9일 미국에서 공급 계약을 매듭지었다.",
        f"{WHO}이 9일 현지 업체와 인수 협상을 마무리했다.",
    ],
)
def test_deals_settled(text: str) -> None:
    assert "도해솔:deal" in _done(text)


def test_a_house_settles_without_a_person() -> None:
    assert not _done(f"나래물산은 9일 공급 계약을 마무리했다. {WHO}은 “기쁘다”고 말했다.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                f"{WHO}이 9일 인천국제공항으로 들어왔다. 이날 우재민 미주총괄 사장이 같은 비행기로 들어왔고, "
                "단우빈 대외협력실장은 입국장에서 일행을 맞았다."
            ),
            {"도해솔:trip", "우재민:trip"},
        ),
        (
            f"{WHO}이 9일 미국 출장을 마치고 인천공항에 도착했다. 우재민 부사장은 귀국길에 동행했다.",
            {"도해솔:trip", "우재민:trip"},
        ),
        (
            f"{WHO}은 7일 새너제이의 데이터센터를 둘러봤으며 12일 서울로 돌아온다.",
            {"도해솔:visit", "도해솔:trip"},
        ),
        (f"{WHO}은 7일 여수 공장을 둘러봤으며 이날 저녁 서울로 돌아왔다.", {"도해솔:visit"}),
        (f"{LED}이 자리에는 우재민 본부장도 함께했다.", {"도해솔:visit", "우재민:visit"}),
        (
            "나래항공이 9일 포항공항에서 취항식을 열었다. 첫 편은 만석이었다. 도해솔 대표는 조종사 정복 차림으로 나타났다.",
            {"도해솔:event"},
        ),
        (f"{WHO}이 9일 무너진 아파트 공사장을 찾아 유족에게 고개를 숙였습니다.", {"도해솔:visit"}),
        (f"9일 찾아간 공장에서 {WHO}은 줄자를 허리에 차고 있었다.", set()),
        (
            (
                f"{WHO}은 9일 타운홀 미팅에서 “값을 내린다”고 말했다. 우재민 나래물산 전 대표는 "
                "사회관계망서비스에 “즐거웠다”고 적었다."
            ),
            {"도해솔:event"},
        ),
    ],
)
def test_who_is_there(text: str, expected: set[str]) -> None:
    assert _done(text) == expected


@pytest.mark.parametrize(
    ("told", "again", "kind"),
    [
        ("독일 총리가 9일 국내 기업인들과 오찬을 함께했다.", "오찬에는", "meeting"),
        ("경제단체장들이 9일 여당 대표와 면담하고 법 개정을 요청했다.", "이날 면담에는", "meeting"),
        ("나래협회는 9일 국세청장 초청 간담회를 개최했다.", "이날 간담회에는", "meeting"),
        ("나래협회는 9일 출입기자 간담회를 개최했다.", "이날 간담회에는", "event"),
        ("데이지 로 CEO는 9일 상공회의소가 연 만찬에서 기조연설을 했다.", "만찬에는", "event"),
    ],
)
def test_talks_told_again_by_their_noun(told: str, again: str, kind: str) -> None:
    assert f"도해솔:{kind}" in _done(f"{told} {again} {WHO}과 우재민 가람제지 대표가 참석했다.")


@pytest.mark.parametrize(
    ("led", "along"),
    [
        ("대통령이 9일 가람제지 평택 공장을 방문했다.", f"이 자리에는 {WHO}도 동행했다."),
        (
            "한보라 산업부 장관은 9일 창원의 터빈 공장을 찾았다.",
            f"현장에는 {WHO}과 협력사 대표들이 함께했다.",
        ),
        ("나래물산 경영진은 9일 여수 건설 현장을 찾았다.", f"이번 점검에는 {WHO}이 나섰다."),
    ],
)
def test_executives_go_with_officials_and_with_their_party(led: str, along: str) -> None:
    assert _done(f"{led} {along}") == {"도해솔:visit"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WHO}은 9일 부산지점에서 지역 고객사와 오찬 간담회를 했다.", ["meeting"]),
        (f"나래포럼 둘째 날인 9일에는 {WHO}과 우재민 가람제지 대표가 대담을 진행했다.", ["event"]),
        (f"국정감사 증인으로 채택된 {WHO}은 9일 국회에 나와 “수수료를 내리겠다”고 약속했다.", ["event"]),
        (f"나래그룹 추모식이 9일 열렸다. {WHO}과 임직원 200여명이 고인을 기렸다.", ["event"]),
        (f"{WHO}은 9일 협력사 대표 15명을 본사로 초청해 애로사항을 들었다.", ["meeting"]),
        (f"{WHO}은 9일 강원도 평창 대관령지사를 찾아 제설 준비 상황을 점검했다.", ["visit"]),
        (f"{WHO}이 9일 인천항을 찾았다.", ["visit"]),
        (f"14일부터 박람회가 열린다. {WHO}도 자리를 함께한다.", ["event"]),
        (f"나래물산은 9일 시무식을 열었다. {WHO}은 신년사에서 “고객부터 묻자”고 말했다.", ["event"]),
        (f"우재민 노조위원장은 9일 기자회견을 열었다. {WHO}은 담화문에서 “투자가 멈춘다”고 했다.", []),
        (f"9일 과외 플랫폼 다온클래스를 운영하는 다온이 투자를 받았다. {WHO}은 “처음 봤다”고 했다.", []),
        (
            f"◆ 우재민 가람제지 대표는 9일 서울포럼에서 강연했다.\n◆ {WHO}은 “10년 뒤를 보자”고 당부했다.",
            [],
        ),
        (
            (
                "9일 열린 ‘서울포럼’에서 강연을 맡은 우재민 가람제지 대표는 “전기가 든다”고 말했다. "
                f"{WHO}은 “기업이 만들게 해야 한다”고 주장했다."
            ),
            ["event"],
        ),
    ],
)
def test_one_deed_or_none(text: str, expected: list[str]) -> None:
    found = activities(text, day=date(2026, 3, 10))
    assert [str(a.kind.value) for a in found if a.person == "도해솔"] == expected


def test_a_vague_time_borrows_no_day() -> None:
    text = f"10일 업계에 따르면 {WHO}은 지난주 울산 공장을 찾아 설비를 점검했다."
    assert [a.when for a in activities(text, day=date(2026, 3, 10))] == [None]


def test_who_comes_on_stage_later_is_at_the_forum() -> None:
    text = (
        "우재민 가람제지 대표는 9일 서울포럼에서 기조연설을 했다. "
        f"이어 무대에 오른 {WHO}은 “내년에 시작한다”고 말했다."
    )
    assert [a.what for a in activities(text, day=date(2026, 3, 10)) if a.person == "도해솔"] == ["서울포럼"]
