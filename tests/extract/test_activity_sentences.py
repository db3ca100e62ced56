"""Activities told by the build of a sentence: clefts, lists, shared verbs, chairs; published 2024-05-12."""

from __future__ import annotations

import pytest

from tests.extract.reading import activities, done

STAFF = "윤서준 누리전자 사장과 백도현 한서화학 대표가 업계를 이끈다.\n"


def _done(text: str) -> set[str]:
    return done(text, what=True)


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        (
            "윤서준 누리전자 사장이 11일 오후 찾은 곳은 구미의 누리전자 연구소였다.",
            "visit:구미의 누리전자 연구소",
        ),
        ("윤서준 누리전자 사장이 취임 뒤 처음 방문한 곳은 구미 2공장이다.", "visit:구미 2공장"),
        ("윤서준 누리전자 사장이 10일 향한 곳은 인도 뭄바이였다.", "trip:인도 뭄바이"),
        ("윤서준 누리전자 사장이 첫 출장지로 택한 곳은 베트남이다.", "trip:베트남"),
        ("윤서준 누리전자 사장이 다음 주 방문할 곳은 인도 뭄바이다.", "trip:인도 뭄바이"),
        ("윤서준 누리전자 사장이 10일 만난 사람은 백도현 한서화학 대표였다.", "meeting:백도현 한서화학 대표"),
        ("윤서준 누리전자 사장이 10일 참석한 행사는 협력사 기술포럼이었다.", "event:협력사 기술포럼"),
    ],
)
def test_what_was_done_may_be_told_by_its_noun(text: str, deed: str) -> None:
    assert f"윤서준:{deed}" in _done(text)


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장이 즐겨 찾는 곳은 구미 2공장이다.",
        "윤서준 누리전자 사장이 돌파구를 찾은 곳은 베트남이었다.",
        "윤서준 누리전자 사장이 투자처로 택한 곳은 베트남이다.",
        "윤서준 누리전자 사장이 1998년 처음 찾은 곳은 구미 공장이었다.",
        "관광객이 가장 많이 찾은 곳은 경주 박물관이었다. 윤서준 누리전자 사장이 웃었다.",
    ],
)
def test_what_is_sought_or_done_by_others_is_no_deed(text: str) -> None:
    assert not activities(text)


def test_who_came_to_meet_somebody_is_told_by_a_noun_too() -> None:
    text = "윤서준 누리전자 사장을 10일 만난 사람은 백도현 한서화학 대표였다."
    assert done(text) == {"백도현:meeting"}


@pytest.mark.parametrize(
    "people",
    [
        "윤서준 누리전자 사장, 설계를 맡은 한서건축 백도현 대표, 시공을 맡은 동해건설 곽선우 부회장이",
        "윤서준 누리전자 사장과 설계를 맡은 한서건축 백도현 대표, 공동 투자사인 동해건설 곽선우 부회장이",
        "윤서준 누리전자 사장, 한서건축을 이끄는 백도현 대표, 곽선우 동해건설 부회장과 경북도지사가",
    ],
)
def test_a_list_goes_on_behind_what_is_told_of_one(people: str) -> None:
    assert done(f"{people} 10일 착공식에 참석했다.") == {"윤서준:event", "백도현:event", "곽선우:event"}
    assert done(f"{people} 10일 구미공장을 둘러봤다.") == {"윤서준:visit", "백도현:visit", "곽선우:visit"}


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장의 후임, 설계를 맡은 백도현 한서건축 대표가 10일 착공식에 참석했다.",
        "윤서준 누리전자 사장에게서 표를 받은, 설계를 맡은 백도현 한서건축 대표가 10일 착공식에 참석했다.",
        "윤서준 누리전자 사장이 불참하면서, 설계를 맡은 백도현 한서건축 대표가 10일 착공식에 참석했다.",
    ],
)
def test_whom_a_comma_does_not_list_is_not_there(text: str) -> None:
    assert done(text) == {"백도현:event"}


@pytest.mark.parametrize(
    "told",
    [
        "윤서준 사장이 저장 기술을, 백도현 대표가 온실을 소개했다.",
        "윤서준 사장이 개회사를, 백도현 대표가 축사를 했다.",
        "윤서준 사장은 소재 전망을, 백도현 대표는 투자 전략을 발표했다.",
    ],
)
def test_one_verb_tells_of_two(told: str) -> None:
    assert done(f"{STAFF}10일 서울에서 열린 산업포럼에서 {told}") == {"윤서준:event", "백도현:event"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("누리전자는 10일 윤서준 사장 주재로 비상경영회의를 열었다.", "비상경영회의"),
        ("누리전자는 10일 윤서준 사장의 주재로 비상경영회의를 가졌다.", "비상경영회의"),
        ("누리전자는 10일 윤서준 사장 주재하에 긴급 임원회의를 소집했다.", "긴급 임원회의"),
        ("누리전자는 10일 윤서준 사장 주재 사장단 회의에서 투자 계획을 확정했다.", "사장단 회의"),
    ],
)
def test_who_presides_is_there_though_the_company_holds_it(text: str, what: str) -> None:
    found = activities(text)
    assert {(a.person, a.what, a.planned) for a in found} == {("윤서준", what, False)}


@pytest.mark.parametrize(
    "text",
    [
        "누리전자는 10일 윤서준 사장 지시로 비상경영회의를 열었다.",
        "누리전자는 10일 윤서준 사장 없이 비상경영회의를 열었다.",
        "누리전자는 10일 윤서준 사장 대신 노조 주재로 회의를 열었다.",
    ],
)
def test_who_does_not_preside_is_not_told_to_be_there(text: str) -> None:
    assert not activities(text)


@pytest.mark.parametrize(
    "absence",
    ["모습을 드러내지 않았다.", "이날 자리하지 않았다.", "끝내 얼굴을 비치지 않았다.", "함께하지 못했다."],
)
def test_who_does_not_show_up_is_away(absence: str) -> None:
    start = "누리전자는 10일 정기 주주총회를 열었다. 지난 주총까지 의장을 맡았던 윤서준 회장은 "
    assert not activities(start + absence)


def test_the_last_noun_alone_means_the_occasion_told_before() -> None:
    text = (
        "시청은 10일 지역 기업 대표들을 초청해 오찬 간담회를 열었다. 간담회에는 윤서준 누리전자 사장이 참석했다. "
        "한서화학에서는 백도현 대표가 나왔다."
    )
    assert _done(text) == {"윤서준:meeting:오찬 간담회", "백도현:meeting:오찬 간담회"}


def test_an_omitted_subject_behind_two_people_is_whom_the_text_speaks_of() -> None:
    text = (
        "윤서준 누리전자 사장이 10일 백도현 한서화학 대표를 만났다. 두 사람은 공급 단가를 논의했다. "
        "오후에는 경주의 시험장에 들러 설비를 살펴봤다."
    )
    assert {a.person for a in activities(text) if a.kind.value == "visit"} == {"윤서준"}


def test_who_sits_in_at_talks_meets() -> None:
    talks = "윤서준 누리전자 사장은 10일 백도현 한서화학 대표를 만났다. "
    assert "곽선우:meeting" in done(talks + "누리전자 곽선우 전무도 이날 회의에 자리했다.")
    assert "곽선우:meeting" in done(talks + "누리전자 곽선우 전무도 첫날 회의에 자리했다.")
    assert "윤서준:event" in done(talks + "이날 행사에서 윤 사장은 40분간 강연했다.")
    assert done("윤서준 누리전자 사장은 10일 총리와의 만찬에 참석했다.") == {"윤서준:meeting"}
    assert done("윤서준 누리전자 사장은 10일 협회 만찬에 참석했다.") == {"윤서준:event"}


def test_an_adverb_between_does_not_make_the_counterpart_act() -> None:
    text = "게리 딕슨 메타스 회장은 10일 윤서준 누리전자 사장, 백도현 한서화학 대표와 잇달아 만났다."
    assert _done(text) >= {"게리 딕슨:meeting:윤서준 누리전자 사장, 백도현 한서화학 대표"}


def test_who_shares_a_talk_on_stage_is_there_too() -> None:
    text = "윤서준 누리전자 사장은 백도현 한서화학 대표와 나눈 대담에서 “투자를 늘리겠다”고 말했다."
    assert done(text) == {"윤서준:event", "백도현:event"}


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("공장을 함께 둘러보고 협력을 논의했다.", {"윤서준", "백도현"}),
        ("대책을 함께 마련한 뒤 구미공장을 찾았다.", {"윤서준"}),
        ("주식을 함께 보유한 구미공장을 찾았다.", {"윤서준"}),
    ],
)
def test_what_two_do_together_both_do(text: str, people: set[str]) -> None:
    found = activities(f"윤서준 누리전자 사장은 10일 백도현 한서화학 대표와 {text}")
    assert {a.person for a in found if a.kind.value == "visit"} == people


def test_a_seat_at_talks_that_are_told_before() -> None:
    text = f"{STAFF}10일 서울에서 만찬이 열렸다. 윤서준 사장과 백도현 대표가 자리를 같이했다."
    assert done(text) == {"윤서준:meeting", "백도현:meeting"}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("10일 구미 2공장에 들어선 윤서준 누리전자 사장은 안전모를 고쳐 썼다.", "visit:구미 2공장"),
        ("윤서준 누리전자 사장과 수뇌부가 10일 여수 화학단지에 집결했다.", "visit:여수 화학단지"),
        ("윤서준 누리전자 사장은 10일 공장 준공 기념 식수를 했다.", "event:공장 준공 기념 식수"),
        ("윤서준 누리전자 사장은 10일 KBS 예능 프로그램에 출연했다.", "event:KBS 예능 프로그램"),
    ],
)
def test_further_places_and_occasions(text: str, deed: str) -> None:
    assert f"윤서준:{deed}" in _done(text)


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장은 시장에 들어선 지 3년 만에 흑자를 냈다.",
        "윤서준 누리전자 사장은 2년 만에 경영 일선에 들어섰다.",
        "윤서준 누리전자 사장은 10일 백도현 한서화학 대표와 잇달아 충돌했다.",
    ],
)
def test_a_market_is_no_place_to_enter(text: str) -> None:
    assert not activities(text)


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장 측은 10일 기자회견을 열어 의혹을 부인했다.",
        "윤서준 누리전자 사장이 세운 재단이 10일 장학금 전달식을 열었다.",
        "윤서준 누리전자 사장은 10일 구미공장에서 기자와 만나 “힘들었다”고 돌아봤다.",
        "윤서준 누리전자 사장은 10일 구미 야드에서 “힘들었다”고 돌아봤다.",
    ],
)
def test_what_others_do_and_what_is_only_said_is_no_deed(text: str) -> None:
    assert not activities(text)


def test_what_is_done_there_is_one() -> None:
    assert _done("윤서준 누리전자 사장은 10일 사고 현장에서 “죄송하다”고 말했다.") == {
        "윤서준:visit:사고 현장"
    }
    assert done("윤서준 누리전자 사장은 10일 구미 야드에서 라인을 돌아봤다.") == {"윤서준:visit"}
    assert done("윤서준 누리전자 사장이 이끄는 사절단이 10일 폴란드로 출국했다.") == {"윤서준:trip"}
