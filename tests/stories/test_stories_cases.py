"""What joins and what stays apart, by the cases that are easily taken for each other. All of it is invented."""

from __future__ import annotations

import pytest

from briefing.extract import Extractor, open_extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import Article, Candidate
from briefing.stories.grouping import assign, group, signature
from tests.stories.test_stories_grouping import article

TRIP = """주하람 다솜전자 사장이 9일 미국으로 출국했다. 주 사장은 10일 오스틴에서 열리는 '다솜 개발자 콘퍼런스'에서 기조연설을 하고 고객사 경영진 20여 명을 만난다.

다솜전자는 이번 출장에서 차량용 반도체 설계 인력 300명 채용 계획도 공개한다. 귀국은 14일이다."""
TRIP_AGAIN = """주하람 다솜전자 사장이 15일 베트남 하이퐁 가전 공장을 찾는다. 지난주 미국 출장에서 돌아온 지 하루 만이다.

주 사장은 하이퐁에서 세탁기 새 생산라인을 점검하고 현지 직원 1200명과 간담회를 연다."""
TRIP_SHORT = (
    "다솜전자 주하람 사장, 9일 미국 출국. 10일 오스틴 '다솜 개발자 콘퍼런스' 기조연설. 고객사 20여 곳 면담."
)
TRIP_REWRITE = """다솜전자를 이끄는 주하람 사장이 미국 고객사를 만나러 9일 비행기에 올랐다. 목적지는 오스틴으로, 10일 '다솜 개발자 콘퍼런스' 기조연설자로 무대에 선다.

회사는 현지에서 차량용 반도체 설계 인력 300명을 뽑을 계획이다."""
TRIP_AFTER = """주하람 다솜전자 사장이 10일 오스틴 '다솜 개발자 콘퍼런스' 기조연설에서 "차 안의 모든 반도체를 우리 손으로 설계하겠다"고 말했다.

전날 출국한 주 사장은 설계 인력 300명을 현지에서 채용하겠다는 계획도 내놓았다."""

YEAR = """노을그룹 피도윤 회장은 2일 신년사에서 "올해는 수소 사업을 그룹의 둘째 기둥으로 세우는 해"라고 말했다.

피 회장은 울산 수소 단지에 1조5000억원을 들이겠다고 밝혔다. 시무식은 서울 본사에서 열렸다."""
LAST_YEAR = """노을그룹 피도윤 회장은 2일 신년사에서 "올해는 위기를 넘기는 체력을 기르는 해"라고 말했다.

피 회장은 비용을 8% 줄이겠다고 밝혔다. 시무식은 서울 본사에서 열렸다."""
OTHER_YEAR = """마루지주 은가비 회장은 2일 신년사에서 "올해는 본업의 경쟁력을 되찾는 해"라고 말했다.

은 회장은 물류 거점 세 곳을 새로 짓겠다고 밝혔다. 시무식은 서울 본사에서 열렸다."""

MOVES_A = """새얼전자는 28일 정기 임원 인사를 단행했다고 밝혔다. 이번 인사에서 부사장 4명, 전무 11명, 상무 39명 등 모두 54명이 승진했다.

인공지능 연구소장 탁이든 전무가 부사장에 올랐다. 회사는 기술 인재를 앞세웠다고 설명했다."""
MOVES_B = """새얼화학은 28일 정기 임원 인사를 단행했다고 밝혔다. 이번 인사에서 부사장 1명, 전무 3명, 상무 9명 등 모두 13명이 승진했다.

전지소재사업부장 방해솔 전무가 부사장에 올랐다. 회사는 성과주의 원칙을 지켰다고 설명했다."""

RUMOUR = """누리해운 차기 대표이사에 견우빈 부사장이 유력한 것으로 알려졌다. 업계에 따르면 누리해운은 이달 말 이사회에서 후임을 정한다.

현 황보석 대표는 세 번째 임기를 마치고 물러날 뜻을 굳힌 것으로 전해졌다."""
CONFIRMED = """누리해운이 26일 이사회를 열어 견우빈 부사장을 신임 대표이사로 선임했다. 임기는 3년이다.

견 대표는 컨테이너선 운항본부장과 싱가포르 법인장을 지냈다. 그는 "친환경 선박 12척을 제때 띄우겠다"고 했다."""

MORNING = """함초롬 빛솔중공업 대표가 6일 오전 거제 조선소를 찾아 안전 점검을 했다. 함 대표는 크레인 14기의 작동 상태를 살피고 협력사 직원들에게 안전모를 건넸다.

회사는 올해 안전 예산을 3200억원으로 늘렸다."""
AFTERNOON = """함초롬 빛솔중공업 대표가 6일 오후 서울에서 노르웨이 선사 하르빅과 액화천연가스 운반선 6척의 건조 계약을 맺었다. 계약 금액은 2조1000억원이다.

하르빅은 2029년까지 배를 넘겨받는다."""

SAME = {
    "reprint": (article(TRIP, "주하람 사장 미국행"), article(TRIP.replace("\n\n", "\n"), "다솜전자 사장 출국", 2)),
    "short": (article(TRIP, "주하람 사장 미국행"), article(TRIP_SHORT, "[단신] 다솜전자 사장 출국", 1)),
    "rewritten": (article(TRIP, "주하람 사장 미국행"), article(TRIP_REWRITE, "다솜전자, 오스틴서 인재 찾는다", 5)),
    "follow-up": (article(TRIP, "주하람 사장 미국행"), article(TRIP_AFTER, '주하람 "차 안 반도체 우리 손으로"', 26)),
}  # fmt: skip
APART = {
    "another trip": (article(TRIP, "주하람 사장 미국행"), article(TRIP_AGAIN, "주하람 사장 하이퐁행", 24 * 6)),
    "another trip, told late": (article(TRIP_AFTER, "주하람 연설"), article(TRIP_AGAIN, "하이퐁행", 24 * 4)),
    "last year's address": (article(LAST_YEAR, "노을그룹 신년사", -24 * 365), article(YEAR, "노을그룹 신년사")),
    "another group's address": (article(YEAR, "노을그룹 신년사"), article(OTHER_YEAR, "마루지주 신년사", 1)),
    "a sister company": (article(MOVES_A, "새얼전자 정기 인사"), article(MOVES_B, "새얼화학 정기 인사", 1)),
    "a rumour": (article(RUMOUR, "누리해운 대표 견우빈 유력"), article(CONFIRMED, "누리해운 대표에 견우빈", 24 * 7)),
    "a visit and a deal": (article(MORNING, "함초롬 대표 안전 점검"), article(AFTERNOON, "빛솔중공업 6척 수주", 6)),
}  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return open_extractor(load_lexicon())


def both_ways(extractor: Extractor, one: Article, other: Article) -> set[bool]:
    """Whether two articles are one story, as a batch and as they arrive."""
    found = extractor.extract_batch([one, other])
    first, second = (signature(*pair) for pair in zip((one, other), found, strict=True))
    shared = set(first.keys) & set(second.keys)
    labels = group([one, other], found)
    return {labels[0] == labels[1], bool(shared) and assign(second, [Candidate(1, 1, first)]) == 1}


@pytest.mark.parametrize("case", SAME)
def test_tellings_of_one_event_join(extractor: Extractor, case: str) -> None:
    assert both_ways(extractor, *SAME[case]) == {True}


@pytest.mark.parametrize("case", APART)
def test_what_is_easily_mistaken_stays_apart(extractor: Extractor, case: str) -> None:
    assert both_ways(extractor, *APART[case]) == {False}
