"""Who joins what was told before: on journeys, visits and meetings; and of whom the text goes on to speak."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.model import QuotedBy
from tests.extract.reading import activities, analysed, done, quotes, told

_DAY = date(2026, 3, 10)
WHO = "도해솔 나래물산 사장"


def _done(text: str, title: str = "") -> set[str]:
    return done(text, day=_DAY, title=title)


# ---------------------------------------------------------------- journeys


def test_who_follows_on_a_journey_travels() -> None:
    text = f"{WHO}이 9일 미국으로 출국했다. 백다온 최고재무책임자(CFO)는 12일 워싱턴에서 합류한다."
    found = {(a.person, a.kind.value, a.what, a.when) for a in activities(text, day=_DAY)}
    assert ("백다온", "trip", "워싱턴", date(2026, 3, 12)) in found


@pytest.mark.parametrize(
    "text",
    [
        "백다온 부사장은 지난해 나래물산에 합류했다.",
        "백다온 부사장은 2020년 누리테크에서 합류했다.",
        "백다온 부사장은 12일 여의도에서 합류한다.",
    ],
)
def test_who_joins_a_house_travels_nowhere(text: str) -> None:
    assert "백다온:trip" not in _done(f"{WHO}이 9일 미국으로 출국했다. {text}")


def test_who_joins_without_a_journey_told_travels_nowhere() -> None:
    assert _done(f"나래물산은 미국 법인을 세웠다. {WHO}이 워싱턴에서 합류했다.") == set()


@pytest.mark.parametrize(
    "text", [f"해외에 머물고 있는 {WHO}은 조화를 보냈다.", f"{WHO}은 현재 미국에 체류하고 있다."]
)
def test_who_stays_abroad_makes_no_journey(text: str) -> None:
    assert _done(text) == set()


def test_who_speaks_of_what_another_attended_was_not_there() -> None:
    assert _done(f"{WHO}은 여민준 부사장이 참석한 회의에 대해 “짧았다”고 말했다.") == {"여민준:event"}


def test_who_stays_abroad_from_a_day_on_makes_one() -> None:
    assert _done(f"{WHO}은 8일부터 미국에 머물고 있다.") == {"도해솔:trip"}


def test_who_stayed_abroad_for_days_made_one() -> None:
    assert _done(f"{WHO}은 7일부터 사흘간 베트남에 머물렀다.") == {"도해솔:trip"}


# ---------------------------------------------------------------- visits


def test_who_goes_too_visits_the_place_told_before() -> None:
    text = f"나래물산은 12일 임직원들이 보육원을 찾는다. {WHO}도 함께 방문해 선물을 전달한다."
    found = {(a.person, a.kind.value, a.what, a.when) for a in activities(text, day=_DAY)}
    assert ("도해솔", "visit", "보육원", date(2026, 3, 12)) in found


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 해법을 함께 찾자고 했다.",
        f"{WHO}은 답을 직접 찾았다.",
        f"{WHO}은 함께 찾은 기자들에게 사과했다.",
    ],
)
def test_who_seeks_something_visits_nothing(text: str) -> None:
    assert "도해솔:visit" not in _done(f"소비자들은 9일 평택 공장을 찾았다. {text}")


# ---------------------------------------------------------------- meetings


@pytest.mark.parametrize(
    "text",
    [
        "이 자리에는 여민준 나래물산 상무도 함께했다.",
        "여민준 나래물산 상무도 자리를 함께했다.",
        "회동을 주선한 여민준 나래물산 상무도 동석했다.",
    ],
)
def test_who_sits_in_meets(text: str) -> None:
    assert "여민준:meeting" in _done(f"{WHO}이 9일 백다온 누리상사 회장과 회동했다. {text}")


def test_who_leads_firms_of_a_branch_sits_in() -> None:
    text = (
        f"{WHO}이 9일 백다온 누리상사 회장과 회동했다. 모임을 주선한 여민준 남해기자재조합 이사장도 동석했다."
    )
    assert "여민준:meeting" in _done(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO}은 9일 기자들과 만나 합병은 없다고 말했다. 여민준 나래물산 상무도 자리를 함께했다.",
        f"{WHO}이 9일 백다온 누리상사 회장과 회동했다. 여민준 나래물산 상무는 함께하지 않았다.",
        f"{WHO}이 9일 백다온 누리상사 회장과 회동했다. 여민준 나래물산 상무는 뜻을 함께했다고 말했다.",
    ],
)
def test_who_does_not_sit_in(text: str) -> None:
    assert "여민준:meeting" not in _done(text)


def test_a_text_goes_on_with_whom_it_spoke_of_before_who_sat_in() -> None:
    text = (
        f"{WHO}은 8일 광주에서 시장과 면담했다. 면담에는 여민준 상무가 배석했다. 9일에는 여수 공장을 찾았다."
    )
    assert {x for x in _done(text) if x.endswith(":visit")} == {"도해솔:visit"}


def test_a_partner_signs_for_a_house_of_investors() -> None:
    text = f"계약서에는 {WHO}과 백다온 누리캐피탈 파트너가 서명했다."
    assert _done(text) == {"도해솔:deal", "백다온:deal"}
    assert _done(f"{WHO}이 9일 간담회에 참석했다. 백다온 누리캐피탈 파트너는 전망을 설명했다.") == {
        "도해솔:event"
    }


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[인터뷰] 도해솔 나래로봇 대표", set()),
        ("나래로봇·누리벤처, 합작 논의", {"도해솔:meeting", "백다온:meeting"}),
    ],
)
def test_who_writes_an_interview_met_him(title: str, expected: set[str]) -> None:
    text = "백다온 누리벤처 대표는 초기 투자자다. 9일 성수동 사무실에서 도해솔 나래로봇 대표를 만났다."
    assert _done(text, title) == expected


# ---------------------------------------------------------------- whose words, whose house, whose post


@pytest.mark.parametrize(
    "text",
    [
        "“밤을 새운다.”\n나래물산 직원들의 하소연이다. 도해솔 대표는 웃었다.",
        "“밤을 새운다”. 물류팀 직원들의 푸념이다. 도해솔 나래물산 대표는 웃었다.",
    ],
)
def test_words_are_whose_the_sentence_behind_says(text: str) -> None:
    assert [q.by for q in quotes(text)] == [QuotedBy.UNNAMED]


def test_words_of_a_chief_stay_his() -> None:
    (quote,) = quotes("“밤을 새운다.” 도해솔 나래물산 대표의 하소연이다. 직원들은 웃었다.")
    assert quote.speaker == "도해솔"


@pytest.mark.parametrize("before", ["10일", "서울", "여의도", "이날"])
def test_a_day_or_a_place_has_no_head_office(before: str) -> None:
    document = analysed(f"나래제강은 {before} 본사에서 도해솔 회장 주재로 비상경영회의를 열었다.")
    assert [p.company for p in document.personas if p.name == "도해솔"] == ["나래제강"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("도해솔 나래물산 창업주가 9일 별세했다.", set()),
        ("9일 별세한 도해솔 나래물산 창업주의 빈소에 발길이 이어졌다.", set()),
        ("도해솔 나래물산 회장이 9일 별세했다.", {"회장"}),
        ("창업주 도해솔 나래물산 회장이 9일 별세했다.", {"회장"}),
        ("창업자 도해솔과 여민준 나래물산 회장이 9일 만났다.", set()),
        ("도해솔 나래물산 명예회장이 9일 세상을 떠났다.", {"명예회장"}),
    ],
)
def test_a_founder_without_a_post_leaves_none(text: str, roles: set[str]) -> None:
    assert {role for _, _, _, role in told(text, day=_DAY)} == roles


@pytest.mark.parametrize(
    ("aside", "actors"),
    [
        ("만찬에는 백다온 사장과 여민준 부사장이 참석했다.", {"도해솔"}),
        ("안내는 백다온 공장장이 맡았다.", {"도해솔"}),
        ("현장에는 백다온 상무도 함께했다.", {"도해솔"}),
        ("백다온 상무는 따로 남았다.", {"백다온"}),
        ("도해솔 사장과 백다온 상무는 만찬을 함께했다.", {"도해솔", "백다온"}),
    ],
)
def test_of_whom_a_sentence_without_a_subject_tells(aside: str, actors: set[str]) -> None:
    text = f"{WHO}은 7일 사내 만찬을 주재했다. {aside} 9일에는 여수 공장을 둘러봤다."
    assert {x.partition(":")[0] for x in _done(text) if x.endswith(":visit")} == actors


def test_heads_of_firms_are_no_firm() -> None:
    text = f"{WHO}은 8일 광주 공장을 찾았다. 현장에는 백다온 공장장이 동행했다. 이어 협력사 대표들과 간담회를 열었다."
    document = analysed(text, day=_DAY)
    assert {p.name: p.company for p in document.personas} == {"도해솔": "나래물산", "백다온": "나래물산"}
