"""Moves told in prose, on invented people and companies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.model import Article, Extraction, MoveKind, MoveStatus
from tests.extract.reading import extractor, told


def read(text: str, title: str = "") -> Extraction:
    return extractor().extract(
        Article(id="t", text=text, title=title, published=datetime(2026, 3, 10, tzinfo=UTC))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "한빛나래전자 이사회는 14일 최고재무책임자(CFO)인 윤서진 부사장을 신임 대표이사로 선임했다.",
            {("윤서진", "한빛나래전자", "appointed", "대표이사")},
        ),
        (
            "세진누리중공업 노준혁 상무가 전무로, 배은혜 상무보가 상무로 각각 승진했다.",
            {
                ("노준혁", "세진누리중공업", "promoted", "전무"),
                ("배은혜", "세진누리중공업", "promoted", "상무"),
            },
        ),
        (
            "온누리홀딩스 이사회는 10일 문태성 대표를 해임하고 후임에 조아라 최고운영책임자를 앉혔다.",
            {("문태성", "온누리홀딩스", "departed", "대표"), ("조아라", "온누리홀딩스", "appointed", "대표")},
        ),
        (
            "임기 만료를 앞둔 최수정 라온나래증권 대표가 3연임에 성공했다.",
            {("최수정", "라온나래증권", "retained", "대표")},
        ),
        (
            "가온나래은행장에 정하늘 부행장이 내정됐다.",
            {("정하늘", "가온나래은행", "appointed", "은행장")},
        ),
        (
            "도담나래식품은 강현수 대표 대신 이재호 부사장을 새 대표로 내정했다.",
            {("강현수", "도담나래식품", "departed", "대표"), ("이재호", "도담나래식품", "appointed", "대표")},
        ),
        (
            "황보라 이든나래제약 회장이 3일 별세했다. 향년 82세.",
            {("황보라", "이든나래제약", "departed", "회장")},
        ),
        (
            "나래전자는 재무본부장에 박희경, 영업본부장에 조한솔, 연구소장에 사공진영 상무를 각각 선임했다.",
            {
                ("박희경", "나래전자", "appointed", "재무본부장"),
                ("조한솔", "나래전자", "appointed", "영업본부장"),
                ("사공진영", "나래전자", "appointed", "연구소장"),
            },
        ),
        (
            "독일 로봇 업체 베르홀름은 신임 대표로 마르쿠스 바이저(Markus Weiser) 전 베르홀름 차이나 부사장을 임명했다.",
            {("마르쿠스 바이저", "베르홀름", "appointed", "대표")},
        ),
    ],
)
def test_moves_in_many_wordings(text: str, expected: set[tuple[str, str | None, str, str | None]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "주주들은 가온나래전자 장현우 회장의 사퇴를 요구했다.",
        "가온나래전자 장현우 회장은 2015년 대표이사에 취임해 회사를 키웠다.",
        "가온나래전자 장현우 회장은 취임 100일을 맞아 공장을 찾았다.",
        "나래당은 곽도윤 의원을 원내대표로 선출했다.",
        "프로축구 나래FC는 곽도윤 감독을 선임했다.",
        "나래대병원은 곽도윤 교수를 신임 병원장에 임명했다.",
        "국가대표 곽도윤은 상무에서 이사한 뒤 인사를 나눴다.",
    ],
)
def test_demands_careers_and_other_worlds_are_no_moves(text: str) -> None:
    assert told(text) == set()


def test_a_failed_vote_to_dismiss_keeps_the_post() -> None:
    (move,) = read("나래홀딩스 주총에서 해임안이 부결돼 문태성 대표는 자리를 지켰다.").moves
    assert (move.person, move.kind) == ("문태성", MoveKind.RETAINED)


def test_a_rumour_is_marked() -> None:
    (move,) = read("나래은행 차기 행장에 곽도윤 부행장이 유력한 것으로 알려졌다.").moves
    assert (move.person, move.role, move.status) == ("곽도윤", "행장", MoveStatus.RUMORED)


def test_a_short_form_is_resolved_and_shown() -> None:
    text = "나래전자 곽도윤 부사장은 재무통이다. 나래전자는 3일 곽 부사장을 사장으로 승진시켰다."
    (move,) = read(text).moves
    assert (move.person, move.role) == ("곽도윤", "사장")
    assert move.evidence[0].of(text) == "나래전자는 3일 곽 부사장을 사장으로 승진시켰다."
    assert move.resolutions[0].form == "곽 부사장"
    assert move.rule


def test_what_is_not_taken_says_why() -> None:
    rejected = read("가온나래전자 장현우 회장은 2015년 대표이사에 취임했다.").rejected
    assert any("2015년" in r.reason for r in rejected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "생활용품 업체 다솔은 12일 이사회를 열어 표가람 부사장을 대표이사로 선임했다.",
            ("표가람", "다솔", "appointed", "대표이사"),
        ),
        (
            "벼리전자 곽선우 대표는 경영 일선에서 손을 떼기로 했다.",
            ("곽선우", "벼리전자", "departed", "대표"),
        ),
        (
            "벼리전자 곽선우 대표는 상임고문으로 물러앉는다.",
            ("곽선우", "벼리전자", "appointed", "상임고문"),
        ),
        (
            "벼리전자 곽선우 상무도 전무로 한 계단 올라섰다.",
            ("곽선우", "벼리전자", "promoted", "전무"),
        ),
        (
            "벼리전자는 도은재 대표를 해임했다. 바통은 곽선우 부사장이 이어받는다.",
            ("곽선우", "벼리전자", "appointed", "대표"),
        ),
        (
            "벼리전자 사외이사로는 가온은행 사장을 지낸 곽선우 전 부행장이 들어왔다.",
            ("곽선우", "벼리전자", "appointed", "사외이사"),
        ),
        (
            "벼리전자 CFO에는 곽선우 상무가 회사에 들어왔다.",
            ("곽선우", "벼리전자", "appointed", "CFO"),
        ),
        (
            "곽선우 가온은행 부행장이 벼리전자 최고재무책임자(CFO)로 간다.",
            ("곽선우", "벼리전자", "appointed", "최고재무책임자(CFO)"),
        ),
        (
            "벼리전자가 대표이사로 내정한 인물은 이번에도 재무통인 곽선우 부사장이었다.",
            ("곽선우", "벼리전자", "appointed", "대표이사"),
        ),
        (
            "벼리전자는 “이사회 결의로 곽선우 사내이사가 신임 대표이사로 선임됐다”고 발표했다.",
            ("곽선우", "벼리전자", "appointed", "대표이사"),
        ),
        (
            "벼리전자는 곽선우 최고재무책임자(CFO)를 신규 선임했다.",
            ("곽선우", "벼리전자", "appointed", "최고재무책임자(CFO)"),
        ),
        (
            "가온은행 출신 곽선우 부사장이 벼리전자의 대표 자리까지 꿰찼다.",
            ("곽선우", "벼리전자", "appointed", "대표"),
        ),
        (
            "해솔상공회의소는 20일 총회를 열어 곽선우 벼리전자 대표를 제9대 회장으로 뽑았다.",
            ("곽선우", "해솔상공회의소", "appointed", "회장"),
        ),
    ],
)
def test_forms_of_moves(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "벼리전자 주주총회에서 곽선우 부사장을 사내이사로 선임하는 안건이 찬성 46.2%에 그쳐 부결됐다.",
        "의장을 맡은 벼리전자 곽선우 대표는 주주들에게 고개를 숙였다.",
        "벼리전자 곽선우 전 회장이 3일 별세했다.",
        "도은재 사장을 물러나게 하려던 벼리전자 곽선우 부회장은 말을 아꼈다.",
        "차기 대표 후보로 뽑혔던 벼리전자 곽선우 본부장이 후보직을 내던졌다.",
        # who goes somewhere comes to no post, whatever post the sentence speaks of
        "벼리전자 대표는 곽선우 부사장이 19일 공항에 갔다고 전했다.",
        "벼리전자 회장은 곽선우 부사장이 부산 공장에 왔다고 말했다.",
        "벼리전자 전무는 곽선우 사장이 서울로 돌아왔다고 밝혔다.",
        "벼리전자 대표는 곽선우 부사장이 협상에 나서 타결했다고 밝혔다.",
    ],
)
def test_no_move(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a house to each, one verb behind them all
        (
            "나래그룹은 2일 인사를 냈다. 나래화학은 도윤재 상무가, 나래로직스는 외부에서 데려온 피재만 전 한들익스프레스 부사장이 각각 운전대를 잡는다.",
            {("도윤재", "나래화학", "appointed", None), ("피재만", "나래로직스", "appointed", None)},
        ),
        (
            "도윤재 부사장은 나래화학 대표를, 배도연 전무는 나래전자 대표를 각각 맡는다.",
            {("도윤재", "나래화학", "appointed", "대표"), ("배도연", "나래전자", "appointed", "대표")},
        ),
        # without a verb
        ("나래전자 신임 대표는 도윤재 부사장이다.", {("도윤재", "나래전자", "appointed", "대표")}),
        # onto a board, at the house whose board it is
        (
            "벼리파트너스의 주은태 부대표는 기타비상무이사로 나래푸드 이사회에 들어간다.",
            {("주은태", "나래푸드", "appointed", "기타비상무이사")},
        ),
        (
            "나래정밀 주주총회에서 벼리파트너스가 제안한 배도연 전무가 사외이사로 뽑혔다.",
            {("배도연", "나래정밀", "appointed", "사외이사")},
        ),
        # who proposed or bought is not where the office is
        (
            "사모펀드 벼리파트너스가 지난해 인수한 나래푸드의 새 사령탑으로 도윤재 전 한들제과 대표를 낙점했다.",
            {("도윤재", "나래푸드", "appointed", None)},
        ),
        # kept and not kept
        (
            "벼리파트너스가 낸 나래정밀 소병학 대표이사 해임안은 출석 의결권 3분의 2에 못 미쳐 통과되지 못했다.",
            {("소병학", "나래정밀", "retained", "대표이사")},
        ),
        ("나래증권 예상우 대표는 연임에 실패했다.", {("예상우", "나래증권", "departed", "대표")}),
        # a subject waits for the verb that names its post
        (
            "나래가스 주영길 사장은 모회사인 나래에너지로 복귀해 안전총괄 부회장을 맡는다.",
            {("주영길", "나래에너지", "appointed", "안전총괄 부회장")},
        ),
        # nobody's title of their own
        (
            "나래전자는 이사회를 열어 국지훈(51)을 신임 대표로 뽑았다.",
            {("국지훈", "나래전자", "appointed", "대표")},
        ),
        # ranks
        (
            "나래전자는 인사를 냈다. 마동수 센터장은 부사장으로 승진했다. 엄재희 그룹장도 같은 직급으로 올랐다.",
            {("마동수", "나래전자", "promoted", "부사장"), ("엄재희", "나래전자", "promoted", "부사장")},
        ),
        (
            "나래전자 전무 승진자 중에는 곽윤태 창원공장장이 눈에 띈다.",
            {("곽윤태", "나래전자", "promoted", "전무")},
        ),
    ],
)
def test_posts_told_in_roundabout_ways(
    text: str, expected: set[tuple[str, str | None, str, str | None]]
) -> None:
    assert told(text, "나래 임원 인사") == expected


@pytest.mark.parametrize(
    "text",
    [
        "나래전자 배도연 사장은 10년째 회사를 이끌고 있다.",
        "나래전자는 배도연 대표가 이끈다.",
        "나래전자 배도연 사장은 1위 자리를 지켰다.",
        "나래전자 배도연 사장은 해외 출장을 마치고 본사로 복귀했다.",
        "나래전자 배도연 대표에게 물러날 뜻이 있느냐는 질문이 나왔다.",
        "나래전자 배도연 회장은 작고한 부친을 떠올렸다.",
    ],
)
def test_leading_and_remembering_are_no_moves(text: str) -> None:
    assert not read(text, "나래 임원 인사").moves


def test_who_reports_is_not_whom_it_is_about() -> None:
    text = "(서울=나래통신) 홍가을 기자 = 온라인 유통업체 마루손은 15일 표가람 부사장을 대표로 선임했다고 밝혔다."
    assert told(text) == {("표가람", "마루손", "appointed", "대표")}


@pytest.mark.parametrize(
    ("text", "company", "title"),
    [
        ("석민재 전 누리테크 대표가 도란로봇의 고문으로 자리를 옮긴다.", "누리테크", "전 누리테크 대표"),
        ("도란로봇은 11일 전 누리테크 대표 석민재를 고문으로 영입했다.", "누리테크", "전 누리테크 대표"),
        ("도란로봇은 11일 석민재(전 누리테크 대표)를 부사장으로 영입했다.", "누리테크", "전 누리테크 대표"),
        (
            "도란로봇은 석민재 전 누리테크 부사장을 CTO로 선임했다. 석 신임 CTO는 로봇을 20년 만들었다.",
            "누리테크",
            "전 누리테크 부사장",
        ),
        ("도란로봇은 11일 석민재 한빛대 교수를 사외이사로 선임했다.", "도란로봇", "사외이사"),
        ("도란로봇은 11일 신임 CTO에 석민재 전 한빛대 교수를 선임했다.", "도란로봇", "CTO"),
        ("도란로봇은 11일 석민재 누리경제연구원 연구위원을 전략실장으로 영입했다.", "도란로봇", "전략실장"),
        ("누리테크 대표를 지낸 석민재 씨가 도란로봇 사장에 선임됐다.", "도란로봇", "사장"),
        ("도란로봇은 새 대표이사에 석민재 전 도란로봇 부사장을 선임했다.", "도란로봇", "대표이사"),
        ("도란로봇은 석민재 누리테크 부사장을 대표로 선임했다.", "누리테크", "부사장"),
    ],
)
def test_no_title_held_elsewhere_becomes_one_of_the_new_house(text: str, company: str, title: str) -> None:
    extraction = read(text)
    assert [(p.name, p.company, p.title) for p in extraction.people] == [("석민재", company, title)]
    assert [(m.person, m.company) for m in extraction.moves] == [("석민재", "도란로봇")]


def test_a_post_taken_is_the_title_of_who_speaks() -> None:
    text = "도란로봇은 신임 대표에 석민재 전 누리테크 사장을 내정했다. 석 내정자는 “로봇을 만든다”고 말했다."
    quote = read(text).quotes[0]
    assert (quote.speaker, quote.company, quote.title) == ("석민재", "도란로봇", "대표")


def test_a_headline_joins_no_former_title_to_the_post_taken() -> None:
    people = read("도란로봇이 11일 밝혔다.", "도란로봇, 석민재 전 누리테크 대표 고문 영입").people
    assert all((p.company, p.title) != ("도란로봇", "대표 고문") for p in people)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("도란로봇 새 대표에 피서연", ("피서연", "도란로봇", "appointed", "대표")),
        ("도란로봇 신임 사장에 한가람", ("한가람", "도란로봇", "appointed", "사장")),
        ("누리전자, 신임 CFO에 김민수", ("김민수", "누리전자", "appointed", "CFO")),
        ("도란로봇 새 대표에 피서연\n이 기사는 유료입니다.", ("피서연", "도란로봇", "appointed", "대표")),
        ("도란로봇 피서연 대표 사임", ("피서연", "도란로봇", "departed", "대표")),
    ],
)
def test_headlines_alone_tell_moves(text: str, expected: tuple[str, str, str, str]) -> None:
    assert told(text, text.partition("\n")[0]) == {expected}
