"""Who stands in for whom, tours with days of their own, who is only meant to come; invented people."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

WHO = "도해솔 나래물산 사장"
DAY = date(2026, 3, 10)
TALKS = "9일 서울에서 장관과 업계의 조찬 간담회가 열렸다. "
FORUM = "나래물산은 9일 포럼을 열었다. "


def _done(text: str) -> set[str]:
    return done(text, day=DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{TALKS}간담회에는 {WHO}과 우재민 가람소재 대표 등이 모습을 드러냈다.",
            {"도해솔:meeting", "우재민:meeting"},
        ),
        (
            f"{TALKS}{WHO}은 미국 출장 중이어서 우재민 부사장이 대신 나왔다.",
            {"도해솔:trip", "우재민:meeting"},
        ),
        (f"{TALKS}{WHO}은 해외 일정 탓에 빠졌고 우재민 부사장이 대신 참석했다.", {"우재민:meeting"}),
        (f"{FORUM}당초 참석하려던 {WHO}은 공장 화재 수습을 위해 발길을 돌렸다.", set()),
        (f"{WHO}은 9일 광장시장을 찾으려던 일정을 태풍 소식에 거둬들였다.", set()),
        (f"{WHO}은 9일 호주 리튬 광산을 둘러보고 있어 전시장에 나오지 않았다.", {"도해솔:visit"}),
    ],
)
def test_who_is_there_and_who_is_not(text: str, expected: set[str]) -> None:
    assert _done(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 8일 여수공장을, 9일에는 울산 저유소를 차례로 찾았다.",
        f"{WHO}은 8일 여수공장과 9일 울산 저유소를 잇달아 점검했다.",
        f"{WHO}은 8일 여수공장, 9일 울산 저유소를 차례로 찾았다.",
    ],
)
def test_places_of_a_tour_have_their_own_days(text: str) -> None:
    seen = {(a.what, a.when) for a in activities(text, day=DAY)}
    assert seen == {("여수공장", date(2026, 3, 8)), ("울산 저유소", date(2026, 3, 9))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WHO}은 9일 새벽 김포공항에 나와 제설 차량과 창구를 점검했다.", {"도해솔:visit"}),
        (f"{WHO}은 9일 새벽 김포공항에 나왔다.", {"도해솔:trip"}),
        (f"{WHO}은 9일 창원의 가람소재 공장을 답방했다.", {"도해솔:visit"}),
        (f"{WHO}은 9일 김포 격납고부터 찾아 정비사 30여 명의 얘기를 들었다.", {"도해솔:visit"}),
        (f"{WHO}은 9일 서울 강서구 공급관리소에서 노사 합동 안전점검을 실시했다.", {"도해솔:visit"}),
        (f"{WHO}은 9일 익산 공장을 방문해 첫 출하 트럭을 떠나보냈다.", {"도해솔:visit"}),
        (f"{WHO}은 9일 귀국했다. 공항에는 우재민 가람소재 대표가 마중을 나왔다.", {"도해솔:trip"}),
        (f"해외 출장 중인 {WHO}은 조화를 보냈다.", set()),
        (f"{WHO}은 가람통신과의 제휴를 상반기 안에 매듭짓겠다고 예고했다.", set()),
        (f"{WHO}이 9일 목포에서 열린 ‘해상풍력 협약식’에서 협약서를 펼쳐 보이고 있다.", {"도해솔:deal"}),
        (f"{WHO}은 9일 출국했다. 네, 저는 지금 김포 항공센터에 나와 있습니다.", {"도해솔:trip"}),
        (f"{WHO}은 9일 의회 관계자들과 조찬을 갖고 참여를 보장해 달라고 요청했다.", {"도해솔:meeting"}),
        (f"{WHO}은 9일 소병렬 국회의장을 만나 규제를 풀어 달라고 요청했다.", {"도해솔:meeting"}),
        (f"{WHO}은 9일 장관에게 여수공장을 방문해 달라고 요청했다.", set()),
        (f"{WHO}은 9일 우재민 가람소재 대표에게 공장을 방문해 점검해 달라고 요청했다.", set()),
        (f"{WHO}은 9일 임직원의 배웅을 받으며 출국했다.", {"도해솔:trip"}),
        (f"9일 해외로 출국한 {WHO}은 11일 돌아온다.", {"도해솔:trip"}),
        (f"{WHO}은 9일 기념사를 통해 상생에 힘을 쓰자고 당부했다.", {"도해솔:event"}),
        (
            f"{WHO}은 9일 여수공장을 찾았다. 취재진이 동행한 가운데 직원들과 만났다.",
            {"도해솔:visit", "도해솔:meeting"},
        ),
        (
            f"{WHO}은 9일 투자설명회에서 발표한 뒤 가람소재와 공급 계약을 체결했다.",
            {"도해솔:event", "도해솔:deal"},
        ),
    ],
)
def test_going_and_meeting(text: str, expected: set[str]) -> None:
    assert _done(text) == expected


def test_another_time_is_no_part_of_whom_one_meets() -> None:
    text = f"{WHO}은 9일 나주의 전력거래소를 방문했고, 내주 초 노동조합 집행부와 상견례를 한다."
    met = next(a for a in activities(text, day=DAY) if a.kind == "meeting")
    assert (met.what, met.when) == ("노동조합 집행부", None)


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        ("의정부 공장을 방문했다", "의정부 공장"),
        ("의료기기 협약을 맺었다", "의료기기 협약"),
        ("의사 출신 창업자들을 만났다", "의사 출신 창업자들"),
        ("가람소재의 공장을 방문했다", "가람소재의 공장"),
    ],
)
def test_a_word_keeps_its_first_syllable(deed: str, what: str) -> None:
    assert {a.what for a in activities(f"{WHO}은 9일 {deed}.", day=DAY)} == {what}


def test_a_place_goes_with_its_day() -> None:
    text = f"{WHO}은 8일 부산에서 협력사 대표들을 만나고, 9일에는 울산 공장을 방문했다."
    assert [(a.kind.value, a.place) for a in activities(text, day=DAY)] == [
        ("meeting", "부산"),
        ("visit", None),
    ]


def test_a_month_in_the_name_of_a_day_of_memory_stays() -> None:
    text = f"{WHO}은 9일 6월 민주항쟁 기념식에 참석했다."
    assert {a.what for a in activities(text, day=DAY)} == {"6월 민주항쟁 기념식"}


def test_the_day_of_what_befell_a_place_is_none_of_the_visit() -> None:
    text = f"{WHO}은 2일 화재가 난 여수공장과 9일 울산 저유소를 방문했다."
    assert {(a.what, a.when) for a in activities(text, day=DAY)} == {("울산 저유소", date(2026, 3, 9))}


def test_a_time_of_the_place_leaves_the_day() -> None:
    text = f"{WHO}은 9일, 지난달 준공한 여수공장을 찾았다."
    assert {(a.what, a.when) for a in activities(text, day=DAY)} == {("여수공장", date(2026, 3, 9))}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (  # the verb in front of whom one meets is no subject
            f"{WHO}은 9일 공장을 찾았다. 오는 22일에는 가람벤처스가 여는 모임에서 후배 창업자들을 만난다.",
            {"도해솔"},
        ),
        (f"{FORUM}우재민 가람소재 대표 역시 포럼에 참석했다.", {"우재민"}),
        (
            f"{FORUM}포럼에는 {WHO} 등 그룹 경영진과 협력사협의회 회장인 우재민 가람소재 대표가 참석했다.",
            {"도해솔", "우재민"},
        ),
        (f"{FORUM}포럼에는 {WHO}과 부친인 도무현 명예회장이 참석했다.", {"도해솔", "도무현"}),
        (
            (
                "9일 신년인사회가 열렸다. 은행권에서는 채문석 나라은행장과 곽선우 다물은행장이, 보험권에서는 "
                "은성화재 우재민 사장이 참석했다."
            ),
            {"채문석", "곽선우", "우재민"},
        ),
        (
            (
                f"9일 장관과 업계의 조찬 간담회가 열렸다. {WHO}은 장관 옆에 앉았고 소민호 누리해운 회장은 아들인 "
                "소한결 전무가 대신 나왔다."
            ),
            {"도해솔", "소한결"},
        ),
        (f"{FORUM}{WHO}은 우재민 대표가 대신 나온 포럼에 참석했다.", {"도해솔"}),
        ("나래물산은 9일 여의도에서 이번 계약에 관한 기업설명회를 연다. " * 2, set()),
    ],
)
def test_who_takes_part(text: str, people: set[str]) -> None:
    assert {a.person for a in activities(text, day=DAY)} == people


def test_who_heads_a_body_is_of_it() -> None:
    text = "9일 면담에는 천명숙 전국경영자협의회장, 오호근 한국상의협의회 회장이 참석했다."
    assert {(a.person, a.company, a.title) for a in activities(text, day=DAY)} == {
        ("천명숙", "전국경영자협의회", "회장"),
        ("오호근", "한국상의협의회", "회장"),
    }


def test_the_short_name_of_a_body_is_nobody() -> None:
    text = "한국경제인연합회는 10일 명단을 냈다. 사절단은 엄기준 한경련 회장이 이끈다. 사절단은 17일 인도로 떠난다."
    assert {a.person for a in activities(text, day=DAY)} <= {"엄기준"}


def test_who_has_the_letters_of_a_body_is_somebody() -> None:
    text = "한국중소기업연합회는 9일 회의를 열었다. 한소연 대표는 9일 가람소재 공장을 방문했다."
    assert {a.person for a in activities(text, day=DAY)} == {"한소연"}
