"""Who does what at occasions, at tables and over papers; invented people, published 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.reading import activities, done

FORUM = "20일 부산 투자포럼에 참석한다."


@pytest.mark.parametrize(
    ("before", "people"),
    [
        (
            (
                "윤서준 누리전자 회장은 올해 배당을 늘렸다. 백도현 한서화학 대표는 새 공장을 짓는다. "
                "채이든 가온물산 사장은 공채를 시작했다. "
            ),
            {"윤서준", "백도현", "채이든"},
        ),
        (
            "윤서준 누리전자 회장은 올해 배당을 늘렸다. 백도현 한서화학 대표는 새 공장을 짓는다. ",
            {"윤서준", "백도현"},
        ),
        (  # those who were named together last, and nobody before them
            "채이든 가온물산 사장은 공채를 시작했다. 윤서준 누리전자 회장과 백도현 한서화학 대표는 10일 만났다. ",
            {"윤서준", "백도현"},
        ),
    ],
)
def test_all_of_them_are_all_who_were_named(before: str, people: set[str]) -> None:
    found = {a.person for a in activities(f"{before}이들은 모두 {FORUM}") if a.what == "부산 투자포럼"}
    assert found == people


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "백도현 한서화학 대표는 11일 윤서준 누리전자 회장에게 합작을 제안했다. "
            "윤 회장은 흔쾌히 답했고 두 사람은 의향서에 서명했다."
        ),
        (
            "윤서준 누리전자 회장은 10일 백도현 한서화학 대표를 만났다. "
            "백 대표는 증설을 요청했고 두 사람은 11일 의향서에 서명했다."
        ),
    ],
)
def test_two_people_behind_one_of_them_are_both(sentence: str) -> None:
    found = {f for f in done(sentence, what=True) if ":deal:" in f}
    assert found == {"윤서준:deal:의향서", "백도현:deal:의향서"}


@pytest.mark.parametrize(
    ("kin", "after", "deed"),
    [
        ("형제는", "11일 합작 계약서에 서명했다.", "deal:합작 계약서"),
        ("부부는", "11일 부산 관광포럼에 참석했다.", "event:부산 관광포럼"),
        ("모녀는", "11일 부산 관광포럼에 참석했다.", "event:부산 관광포럼"),
        ("부자는", "11일 프랑스로 출국했다.", "trip:프랑스 출국"),
    ],
)
def test_two_of_a_family_are_those_named_last(kin: str, after: str, deed: str) -> None:
    before = "윤하준 누리호텔 회장은 지분을 넘겼다. 윤하람 누리리조트 대표는 지분을 샀다. "
    assert done(f"{before}{kin} {after}", what=True) == {f"윤하준:{deed}", f"윤하람:{deed}"}


def test_two_of_a_family_are_those_named_together() -> None:
    text = (
        "윤서준 누리전자 회장과 윤하준 누리호텔 사장은 형제다. 백도현 한서화학 대표는 배당을 늘렸다. "
        "형제는 11일 부산 투자포럼에 참석했다."
    )
    assert done(text) == {"윤서준:event", "윤하준:event"}


def test_other_people_are_nobody_named() -> None:
    before = "윤하준 누리호텔 회장은 지분을 넘겼다. 윤하람 누리리조트 대표는 지분을 샀다. "
    assert not done(f"{before}전문가는 11일 부산 관광포럼에 참석했다.")


@pytest.mark.parametrize(
    "text",
    [
        "11일 국정감사에 출석하지 않은 윤서준 누리전자 회장이 사과문을 냈다.",
        "국정감사에 출석하지 않은 윤서준 누리전자 회장은 12일 사과문을 냈다.",
        "윤서준 누리전자 회장은 11일 투자포럼에 참석하기로 돼 있었다.",
        "윤서준 누리전자 회장은 11일 한서시장과 만나기로 돼 있었으나 일정이 밀렸다.",
        "윤서준 누리전자 회장은 11일 총리와의 만찬에 나오지 않았다.",
        "윤서준 누리전자 회장은 11일 헝가리 대사를 만나지 않고 서울에 머물렀다.",
    ],
)
def test_what_was_not_done_is_not_told(text: str) -> None:
    assert not done(text)


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "11일 8년 전 건조한 여객선의 선장을 만났다.",
            {("윤서준", "여객선의 선장", date(2024, 5, 11))},
        ),
        (
            "11일 부산에서 8년 전 건조한 여객선의 선주인 백도현 한서상선 사장을 만났다.",
            {
                ("윤서준", "백도현 한서상선 사장", date(2024, 5, 11)),
                ("백도현", "윤서준 누리해운 회장", date(2024, 5, 11)),
            },
        ),
        ("8년 전 여객선의 선장을 만났다.", set()),
    ],
)
def test_the_date_of_a_modifying_verb_is_not_that_of_the_deed(
    sentence: str, facts: set[tuple[str, str, date | None]]
) -> None:
    found = activities(f"윤서준 누리해운 회장은 {sentence}")
    assert {(a.person, a.what, a.when) for a in found} == facts


@pytest.mark.parametrize("day", ["이틀 뒤에는", "12일에는"])
def test_the_other_side_signs_with_an_omitted_subject(day: str) -> None:
    text = (
        "윤서준 누리전자 회장은 10일 독일 뮌헨에 도착했다. "
        f"{day} 백도현 한서화학 대표와 합작 계약서에 서명했다."
    )
    signed = {(a.person, a.what, a.when) for a in activities(text) if a.kind.value == "deal"}
    day_of_it = date(2024, 5, 12)
    assert signed == {("윤서준", "합작 계약서", day_of_it), ("백도현", "합작 계약서", day_of_it)}


@pytest.mark.parametrize(
    "what",
    ["객실을 사들이는 계약을", "계약을"],
)
def test_the_other_side_may_stand_before_what_modifies_the_paper(what: str) -> None:
    text = f"윤서준 누리호텔 회장은 10일 베트남으로 떠났다. 11일에는 현지 여행사 CEO와 {what} 맺었다."
    assert "윤서준:deal:계약" in done(text, what=True)


@pytest.mark.parametrize(
    ("sentence", "met"),
    [
        ("7일 만나 조건을 맞췄고 11일 계약서에 서명했다.", date(2024, 5, 7)),
        ("7일 만난 데 이어 11일 계약서에 서명했다.", date(2024, 5, 7)),
        ("11일 만나 계약서에 서명했다.", None),
    ],
)
def test_who_met_on_another_day_did_not_meet_to_sign(sentence: str, met: date | None) -> None:
    found = activities(f"윤서준 누리전자 회장과 백도현 한서화학 대표는 {sentence}")
    signed = {(a.person, a.when) for a in found if a.kind.value == "deal"}
    assert signed == {("윤서준", date(2024, 5, 11)), ("백도현", date(2024, 5, 11))}
    meetings = {(a.person, a.when) for a in found if a.kind.value == "meeting"}
    assert meetings == ({("윤서준", met), ("백도현", met)} if met else set())


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "한서시와 세계배터리포럼을 열기로 하는 의정서에 서명했다.",
            {"윤서준:deal:의정서"},
        ),
        (
            "백도현 한서화학 대표와 기술포럼을 열기로 한 협약에 서명했다.",
            {"윤서준:deal:협약", "백도현:deal:협약"},
        ),
    ],
)
def test_what_a_paper_says_has_not_taken_place(sentence: str, facts: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 11일 {sentence}", what=True) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("‘공장을 둘러보며 적은 글’을 책으로 냈다.", set()),
        ("'협력사를 방문하며 배운 것'을 주제로 글을 썼다.", set()),
        ("공대에서 ‘거래처를 실사하며 느낀 것’을 주제로 강연했다.", {"윤서준:event"}),
        ("'세계 공장을 둘러보고 깨달은 것'이라는 제목으로 특강을 했다.", {"윤서준:event"}),
    ],
)
def test_titles_between_single_marks_tell_no_deed(sentence: str, facts: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 11일 {sentence}") == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 오전 긴급 대책회의에 들어갔다.", {"윤서준:event:긴급 대책회의"}),
        ("11일 사장단 회의에 들어가 비용 절감을 주문했다.", {"윤서준:event:사장단 회의"}),
        ("11일 오전 수요 사장단 회의에 들어가기 전 기자들과 만났다.", set()),
        ("다음 달 두바이 에너지포럼에 참석한다.", {"윤서준:event:두바이 에너지포럼"}),
        ("다음 주 서울 소재기술전에 나온다.", {"윤서준:event:서울 소재기술전"}),
        ("11일 강변에 벚나무 120여 그루를 심었다.", {"윤서준:event:벚나무 120여 그루를 심었다"}),
        ("11일 본사 뜰에 감나무 한 그루를 심었다.", {"윤서준:event:감나무 한 그루를 심었다"}),
    ],
)
def test_events_and_what_they_are_called(sentence: str, facts: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 {sentence}", what=True) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "부산 문화축제는 20일 열린다. 축하 공연은 윤서준 누리엔터 대표가 맡는다.",
            {"윤서준:event:부산 문화축제"},
        ),
        (
            "부산 투자포럼이 20일 열린다. 기조연설은 윤서준 누리전자 회장이 맡는다.",
            {"윤서준:event:기조연설"},
        ),
    ],
)
def test_whoever_is_given_a_part_is_there(text: str, facts: set[str]) -> None:
    assert done(text, what=True) == facts


@pytest.mark.parametrize(
    ("seats", "facts"),
    [
        ("물러난 사외이사의 자리는", set()),
        ("임기가 끝난 감사의 자리는", set()),
        ("앞줄의 귀빈 자리는", {"백도현:event"}),
    ],
)
def test_seats_on_a_board_are_filled_by_nobody_present(seats: str, facts: set[str]) -> None:
    text = f"누리전자 주주총회가 11일 열렸다. {seats} 백도현 한서화학 대표 등 3명이 채웠다."
    assert done(text) == facts


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("11일 산업전시회에는 협력사 30개사가 나왔다.", set()),
        ("11일 산업전시회에는 로봇 20대가 나왔다.", set()),
        ("11일 투자설명회에는 하반기 전망이 나왔다.", set()),
        ("11일 산업전시회에는 직접 나왔다.", {"윤서준:event"}),
    ],
)
def test_what_comes_out_somewhere_is_no_person(sentence: str, facts: set[str]) -> None:
    assert done(f"윤서준 누리전자 회장은 9일 배당을 늘렸다. {sentence}") == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            (
                "한서상공회의소는 11일 임시 의원총회를 열고 윤서준 누리전자 회장을 새 회장으로 뽑았다. "
                "윤 회장은 당선 인사에서 “회원사와 자주 만나겠다”고 말했다."
            ),
            {"윤서준:event:임시 의원총회"},
        ),
        (
            (
                "한서상공회의소는 11일 총회를 열어 윤서준 누리전자 회장을 추대했다. "
                "윤 회장은 수락 인사에서 젊은 협회를 약속했다."
            ),
            {"윤서준:event:총회"},
        ),
        ("윤서준 누리전자 회장은 11일 취임 인사에서 “새로 뛰겠다”고 했다.", set()),
    ],
)
def test_who_is_chosen_speaks_at_the_assembly(text: str, facts: set[str]) -> None:
    assert done(text, what=True) == facts
