"""What executives do with those at hand: staff, reporters, who travels along; invented people, 2026-03-10."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import done

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
