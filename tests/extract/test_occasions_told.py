"""Occasions, places and turns of talk as news tells them; invented people, published on Sunday 2024-05-12."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.extract.bodies import is_civic_body
from briefing.model import QuotedBy
from tests.extract.reading import activities, analysed, done, extractor, quotes

LEAD = "윤서준 누리전자 사장과 백도현 누리전자 부사장이 회사를 이끈다.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("윤서준 누리전자 사장은 10일 서울에서 기자간담회를 열었다.", {"윤서준:event"}),
        (
            (
                "산업부 장관과 소재 업계 대표들이 10일 서울에서 조찬 간담회를 열었다.\n"
                "간담회에는 윤서준 누리전자 사장, 백도현 한서화학 대표가 참석했다."
            ),
            {"윤서준:meeting", "백도현:meeting"},
        ),
        (
            (
                "누리전자 대회의실에서 10일 간담회가 열렸다. 윤서준 누리전자 사장이 간담회에 참석했다.\n"
                "누리전자 노조의 문태오 위원장은 “춥다”고 했다."
            ),
            {"윤서준:event"},
        ),
        (
            (
                "방한한 에이나르 왕세자가 10일 밤 국내 총수들을 만났다.\n"
                "이 자리에는 윤서준 누리전자 회장과 백도현 한서화학 회장이 참석했다."
            ),
            {"윤서준:meeting", "백도현:meeting"},
        ),
    ],
)
def test_whether_people_met_or_attended(text: str, found: set[str]) -> None:
    assert done(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "윤서준 누리전자 사장은 10일 경남 통영 굴 선별장을 찾았다.",
        "윤서준 누리전자 사장은 10일 제주 서귀포의 한라봉 밭을 찾았다.",
        "윤서준 누리전자 사장은 10일 전남 장흥댐을 살폈다.",
        "윤서준 누리전자 사장은 10일 여수항에 정박한 컨테이너선에 올라 선원들을 격려했다.",
    ],
)
def test_a_place_of_a_region_is_visited(text: str) -> None:
    assert done(text) == {"윤서준:visit"}


@pytest.mark.parametrize(
    "text",
    [
        "윤 사장은 10일 부산 새 회장을 찾았다.",
        "윤 사장은 10일 미국 대체 시장의 활로를 찾았다.",
        "윤 사장은 회장 자리에 올랐다.",
        "10일에는 윤 사장이 웃고, 전국 지사장이 모이는 전략회의가 열린다.",
    ],
)
def test_what_is_no_visit_and_no_presence(text: str) -> None:
    assert activities(LEAD + text) == ()


def test_everybody_in_the_picture_takes_part() -> None:
    text = (
        "10일 서울 호텔에서 열린 ‘소재 포럼’에 참석한 인사들이 기념촬영을 하고 있다. "
        "왼쪽부터 윤서준 누리전자 사장, 문태오 산업부 장관, 백도현 한서화학 대표."
    )
    assert [(a.person, a.what, a.when) for a in activities(text)] == [
        ("윤서준", "‘소재 포럼’", date(2024, 5, 10)),
        ("백도현", "‘소재 포럼’", date(2024, 5, 10)),
    ]


def test_both_sides_of_several_meetings_of_one_sentence() -> None:
    text = (
        "윤서준 누리전자 사장은 10일 서울에서 강연했다. 전날 밤 입국했다.\n"
        "이날 오전에는 백도현 한서화학 회장, 도은재 다솔 대표를 잇달아 만났다."
    )
    met = {(a.person, a.when) for a in activities(text) if a.kind.value == "meeting"}
    assert met == {(name, date(2024, 5, 10)) for name in ("윤서준", "백도현", "도은재")}


def test_days_back_are_counted_from_the_day_told() -> None:
    text = "윤서준 누리전자 사장은 9일 평택 공장을 찾았다. 사흘 전에는 백도현 누리전자 부사장이 천안 공장을 찾았다."
    assert [(a.person, a.when) for a in activities(text)] == [
        ("윤서준", date(2024, 5, 9)),
        ("백도현", date(2024, 5, 6)),
    ]


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        (
            (
                "누리전자의 정기 총회가 10일 본사에서 끝났다.\n윤서준 누리전자 사장은 “값을 내린다”고 했다.\n"
                "한서화학의 백도현 대표가 발언권을 얻어 “늦었다”고 따졌다."
            ),
            "",
            {"윤서준:event", "백도현:event"},
        ),
        (
            "윤서준 누리전자 사장은 10일 소재협회 추계 세미나 연단에서 “값을 내린다”고 말했다.",
            "",
            {"윤서준:event"},
        ),
        (
            "10일 독일 베를린. 전시관 앞에 줄이 섰다.\n윤서준 누리전자 사장은 “소음을 줄였다”고 했다.",
            "[IFA 2024] 조용한 냉장고",
            {"윤서준:event"},
        ),
        (
            "10일 독일 베를린의 한 호텔. 기자들이 모였다.\n윤서준 누리전자 사장은 “소음을 줄였다”고 했다.",
            "[IFA 2024] 조용한 냉장고",
            set(),
        ),
        (
            (
                "누리전자가 10일 밤 유튜브 생방송으로 사과했다.\n"
                "방송에는 윤서준 누리전자 사장과 개발을 맡은 백도현 누리전자 이사가 나왔다."
            ),
            "",
            {"윤서준:event", "백도현:event"},
        ),
        (
            "누리전자 윤서준 사장은 말이 없었다. 이 회사 사장은 10일 유튜브 생방송에 나와 사과했다.",
            "",
            {"윤서준:event"},
        ),
    ],
)
def test_who_is_at_the_occasion_of_the_article(text: str, title: str, found: set[str]) -> None:
    assert done(text, title=title) == found


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # whose words: the topic's, not of who is only told of
        ("윤 사장은 전임 백도현 부사장이 인수를 추진하다 접은 일과 관련해 “미룬 것”이라고 했다.", ["윤서준"]),
        # questions
        ("백 부사장은 “접는다”고 했다. “현금이 버티느냐”는 질문이 날아들었다.", ["백도현", None]),
        ("백 부사장은 “접는다”고 했다. “그럼 누가 버느냐”는 추궁이 이어지자 “아무도 못 번다”고 했다.", ["백도현", None, "백도현"]),
        ("“값이 싼 업체와 붙어볼 만한가.” 마지막 질문은 부사장에게 돌아갔다. 백 부사장은 “그렇다”고 했다.", [None, "백도현"]),
        ("백 부사장은 “판단이 짧았다”고 했다. “그럼 철수하는 건가요?” 한 점주가 되묻자 윤 사장이 끼어들었다. “철수합니다.”", ["백도현", None, "윤서준"]),
        ("윤 사장은 “값을 내린다”고 했다. “더는 못 미룬다”는 말이 나오자 임원들이 고개를 숙였다.", ["윤서준", "윤서준"]),
        # reactions and answers
        ("윤 사장은 “물러난다”고 했다. 채팅창은 “잘 갔다”라는 반응과 “너무 늦었다”는 비난으로 갈렸다.", ["윤서준", None, None]),
        ("윤 사장이 나왔다. 한 주주는 “왜 늦었느냐”고 따졌다. 이에 “서면이 늦게 왔다”고 반박했다.", [None, "윤서준"]),
        ("윤 사장이 나왔다. 노조는 떠났다. 채용 규모를 묻자 “20명”이라는 답이 돌아왔다.", ["윤서준"]),
        ("윤 사장은 “줄인다”고 했다. 백 부사장이 “줄이는 게 아니라 거둔다”고 거들자 “저보다 점잖다”며 웃었다.", ["윤서준", "백도현", "윤서준"]),
    ],
)  # fmt: skip
def test_whose_turn_it_is(text: str, speakers: list[str | None]) -> None:
    found = quotes(LEAD + text)
    assert [q.speaker if q.by is QuotedBy.EXECUTIVE else None for q in found] == speakers


@pytest.mark.parametrize(
    ("text", "person", "company"),
    [
        ("누리전자가 10일 실적을 냈다.\n한서증권의 한 애널리스트가 묻자 재무담당 도은재 상무는 “줄인다”고 했다.", "도은재", "누리전자"),
        ("수의사 출신 도은재 누리전자 대표는 “줄인다”고 했다.", "도은재", "누리전자"),
        ("10일 국회 국정감사장. 의원들이 물었다. 여당과 야당이 맞섰다.\n증인석에 선 다솔 도은재 대표는 “줄인다”고 했다.", "도은재", None),
    ],
)  # fmt: skip
def test_who_is_an_executive_and_of_which_house(text: str, person: str, company: str | None) -> None:
    persona = next(p for p in analysed(text).personas if p.name == person)
    assert persona.executive
    assert company in {None, persona.company}


def test_places_and_those_who_buy_or_suffer_are_no_executives() -> None:
    text = (
        LEAD + "고양시 한 아파트 입주자대표는 “춥다”고 했다. 한국희귀병환우회 문태오 회장은 “비싸다”고 했다."
    )
    assert [q.by for q in quotes(text)] == [QuotedBy.UNNAMED, QuotedBy.OTHER]
    assert is_civic_body("한국게임이용자협회")
    assert not is_civic_body("한국게임산업협회")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "도해솔 나래전자 사장은 9일 벡스코에서 개막한 게임 전시회 ‘별무리 2026’을 찾았다.",
            "게임 전시회 ‘별무리 2026’",
        ),
        (
            "도해솔 나래전자 사장은 9일 토크콘서트 '청년의 내일'에서 “도전하라”고 말했다.",
            "토크콘서트 '청년의 내일'",
        ),
        ("도해솔 나래전자 사장은 9일 열린 '화학산업전'에서 '내일의 소재'를 주제로 강연했다.", "화학산업전"),
    ],
)
def test_an_occasion_bears_the_name_behind_its_noun(text: str, what: str) -> None:
    assert f"도해솔:event:{what}" in done(text, day=date(2026, 3, 10), what=True)


def test_what_is_done_at_an_occasion_is_not_its_name() -> None:
    text = "윤서준 누리전자 사장은 10일 국정감사 ‘증인 출석’에 참석했다."
    assert done(text, what=True) == {"윤서준:event:국정감사"}


def test_who_came_to_an_occasion_met_nobody_there() -> None:
    text = "9일 개점식에는 도해솔 나래식품 대표와 백다온 누리커피 대표도 함께했다."
    assert done(text, day=date(2026, 3, 10)) == {"도해솔:event", "백다온:event"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # chosen there: quoted on the post, unless the speech is told
        (
            (
                "나래전자는 9일 주주총회를 열고 안건을 의결했다. 도해솔 부사장은 대표이사 사장에 선임됐다. "
                "도 대표는 “해외 매출을 두 배로 늘리겠다”고 말했다."
            ),
            set(),
        ),
        ("나래전자는 9일 주주총회를 열었다. 도해솔 대표는 “배당을 늘리겠다”고 말했다.", {"도해솔"}),
        # written elsewhere
        (
            (
                "도해솔 나래그룹 회장은 9일 시무식에서 “속도를 높이자”고 밝혔다. "
                "계열사 대표들도 이날 신년 메시지를 내놨다. 백다온 나래에너지 대표는 “증설을 정하겠다”고 말했다."
            ),
            {"도해솔"},
        ),
        # asked by the paper, not by the house that holds it
        (
            (
                "도해솔 나래바이오 대표는 9일 기자간담회를 열고 “내년 흑자로 돌아선다”고 밝혔다. "
                "백다온 할스턴파마 사업개발총괄은 “우리에게 없던 조각”이라고 말했다."
            ),
            {"도해솔"},
        ),
    ],
)
def test_who_is_quoted_need_not_be_at_the_occasion(text: str, expected: set[str]) -> None:
    found = extractor().extract(analysed(text, day=date(2026, 3, 10)).article)
    assert {a.person for a in found.activities if a.kind.value == "event"} == expected
