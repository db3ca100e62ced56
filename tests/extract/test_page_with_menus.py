"""A raw page, menus and captions and all: one of our own, and the seed article where it is present."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from briefing.model import ActivityKind, QuotedBy
from tests.extract.reading import activities, quotes

SEED = Path(__file__).parents[3] / "shared" / "seed" / "metroseoul-20240512.txt"

PAGE = """새벽일보 경제 산업 정치 사회 오피니언
로그인
회원가입

    경제

  • 증권
  • 은행
  • 오늘의 운세

산업>재계

단태율 가온전기 사장, 日출장…'전력망 인재' 찾아 나서

단태율 사장 닷새간 日 출장
"전력 데이터 300억 시간이 우리의 무기"
인재 채용 및 최고경영자 서밋 참여

단태율 가온전기 사장(왼쪽)이 현지시간 8일 일본 나고야에서 열린 '가온전기 동아시아 테크 콘퍼런스'를 주관하며 참석자들과 이야기를 나누고 있다. /가온전기

단태율 가온전기 최고경영자(CEO)가 전력망 산업의 격전지인 일본 출장길에 올랐다.

9일 가온전기에 따르면 단태율 사장은 ▲전문인재 확보 ▲투자자 기업설명회 ▲최고경영자 서밋 등을 소화한다.

단 사장은 첫 일정으로 8일(현지시각) 나고야에서 '동아시아 테크 콘퍼런스'를 주관했다. 노해람 전력망사업본부장(부사장)과 구본슬 CTO(최고기술책임자)가 함께 했다.

◆단태율 사장, 인재 확보 직접 나서

이 자리에서 단 사장은 "전력망은 앞으로 소프트웨어가 움직일 것"이라며 "이 변화는 가온전기에 새로운 사업 기회"라고 말했다.

단 사장은 또 10일(현지시각) 도쿄 소재 기관투자사 임원들을 만나 기업설명회도 주관한다.

끝으로 단 CEO는 현지시간 11일부터 이틀간 오사카에서 열리는 '전력 CEO 서밋'에 참석한다.

트위터 페이스북 카카오스토리
"""


def test_a_page_of_our_own_gives_exactly_its_quotes() -> None:
    found = quotes(PAGE)
    assert [(q.text, q.speaker, q.by) for q in found] == [
        ("전력망은 앞으로 소프트웨어가 움직일 것", "단태율", QuotedBy.EXECUTIVE),
        ("이 변화는 가온전기에 새로운 사업 기회", "단태율", QuotedBy.EXECUTIVE),
    ]


def test_a_page_of_our_own_gives_the_activities_of_its_person() -> None:
    found = [a for a in activities(PAGE, day=date(2024, 5, 9)) if a.person == "단태율"]
    kinds = [(a.kind, a.when, a.until) for a in found if a.kind is not ActivityKind.TRIP]
    assert kinds == [
        (ActivityKind.EVENT, date(2024, 5, 8), None),
        (ActivityKind.EVENT, date(2024, 5, 10), None),
        (ActivityKind.EVENT, date(2024, 5, 11), date(2024, 5, 12)),
    ]
    assert [a.what for a in found if a.kind is ActivityKind.TRIP] == ["일본 출장"]
    assert "노해람" in found[0].companions
    assert [a.planned for a in found if a.kind is ActivityKind.EVENT] == [False, True, True]


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not here")
def test_the_seed_article() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = quotes(text)
    assert [q.speaker for q in found] == ["조주완"] * 4
    assert {q.company for q in found} == {"LG전자"}
    done = [a for a in activities(text) if a.person == "조주완"]
    assert [a.kind for a in done if "출장" in a.what] == [ActivityKind.TRIP]
    events = [(a.when, a.until) for a in done if a.kind is ActivityKind.EVENT]
    assert events == [
        (date(2024, 5, 11), None),
        (date(2024, 5, 13), None),
        (date(2024, 5, 14), date(2024, 5, 16)),
    ]
    assert len(done) == 4
