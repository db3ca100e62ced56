"""Articles whose words speak against news of executives are read in part, and lose next to nothing by it."""

from __future__ import annotations

import pytest

from briefing.errors import DataError
from briefing.extract.relevance import RelevanceWeights, article_words, marked_parts, packed, relevance
from briefing.extract.selection import Doubt, doubt
from briefing.korean.kiwi import Passage
from briefing.model import Article, QuotedBy
from tests.extract.reading import extractor

COURT = (
    "서울중앙지법 형사합의부는 12일 뇌물공여 혐의로 재판에 넘겨진 피고인들에게 징역형의 집행유예를 선고했다. "
    "재판부는 “죄질이 가볍지 않다”고 양형 이유를 밝혔다.\n"
    "검찰은 지난해 10월 노기훈 벼리전자 대표를 불구속 기소했다. 공소장에 따르면 피고인들은 공무원에게 모두 7차례 금품을 건넨 혐의를 받는다. "
    "변호인은 “공소사실을 인정할 수 없다”며 항소하겠다는 뜻을 밝혔다.\n"
    "회사는 반도체 장비를 만들어 국내외 기업에 공급하며 지난해 매출은 5조 원이다. 증권가는 신제품 출시와 해외 투자 계획이 늦어질 것으로 본다. "
    "시민단체는 이날 법원 앞에서 집회를 열고 판결을 규탄했다. “솜방망이 처벌”이라는 말도 나왔다."
)
# The same without a word of business.
TRIAL = COURT.replace(
    "회사는 반도체 장비를 만들어 국내외 기업에 공급하며 지난해 매출은 5조 원이다. 증권가는 신제품 출시와 해외 투자 계획이 늦어질 것으로 본다. ",
    "경찰은 압수수색에서 확보한 휴대전화를 포렌식해 추가 범행이 있었는지 수사하고 있다. 법원은 앞서 구속영장을 기각했다. ",
)
# Who is appointed by lists in the state.
POSTED = (
    "[인사] 나루도교육청 9월 1일자 교원\n◇ 교장 승진 ▲ 벼리초 노기훈 ▲ 솔빛중 소다인 ▲ 한뜻고 하도윤\n◇ 교감 전보 ▲ 여울초 우나래 ▲ 다솜중 표정민 "
    "▲ 늘봄고 석가람\n◇ 장학사 ▲ 중등교육과 문이든 ▲ 유아교육과 마루한\n"
    "교육감은 이번 인사에서 농산어촌 학교에 경력 교사를 먼저 배치했다고 밝혔다. 도의회에서는 순환보직이 지나치게 잦아 학생 생활지도가 흔들린다는 지적이 나왔다. "
    "교원단체는 학급당 학생 수를 줄이고 보건교사를 늘려야 한다고 요구했다. 초등학교 입학생은 올해 처음 1만 명 밑으로 떨어졌다. 학부모회는 통학버스 노선을 다시 짜 달라고 교육지원청에 건의했다."
)
BUSINESS = (
    "벼리전자는 12일 이사회를 열고 노기훈 부사장을 신임 대표이사 사장으로 선임했다고 밝혔다. 노 사장은 1996년 입사해 반도체 사업을 이끌어 왔다. "
    "노 사장은 “3년 안에 매출 5조 원을 달성하고 해외 생산 기지를 두 배로 늘리겠다”고 말했다. 그는 이날 평택 공장을 찾아 생산 라인을 점검했다. "
    "회사는 신제품 출시와 투자 계획도 함께 내놓았다. 증권가는 이번 인사로 사업 재편이 빨라질 것으로 본다. "
    "임기는 3년이며 내년 3월 주주총회에서 확정된다. 이번 인사에서 최고재무책임자에는 소다인 전무가 내정됐다. 소 전무는 “내실을 다지겠다”고 말했다."
)


def article(text: str, title: str = "") -> Article:
    return Article(id="t", text=text, title=title)


def doubt_of(page: Article) -> Doubt:
    return doubt(page, Passage(page.text))


def test_words_tell_news_of_executives_from_other_news() -> None:
    assert doubt_of(article(COURT, "‘뇌물’ 전자업체 임원들 1심 집행유예"))
    assert doubt_of(article(BUSINESS, "벼리전자 신임 대표에 노기훈")) is Doubt.NONE


def test_who_is_an_executive_is_told_all_the_same() -> None:
    found = extractor().extract(article(COURT, "‘뇌물’ 전자업체 1심 집행유예"))
    assert [(p.name, p.company, p.title) for p in found.people] == [("노기훈", "벼리전자", "대표")]
    assert not found.relevant
    assert "neither moves nor activities were looked for" in found.rejected[0].reason


def test_nothing_done_is_told_where_the_words_speak_strongly_against_it() -> None:
    doubted = article(TRIAL + "\n노기훈 대표는 선고 전날 평택 공장을 찾았다.", "전자업체 1심 집행유예")
    assert doubt_of(doubted) is Doubt.UNLIKELY
    found = extractor().extract(doubted)
    assert not found.activities
    assert [p.name for p in found.people] == ["노기훈"]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("노기훈 대표는 구속 직후 사퇴했다.", ""),
        ("벼리전자는 노기훈 대표가 물러난다고 공시했다.", ""),
        ("벼리전자 이사회는 노기훈 대표를 해임했다.", ""),
        ("노기훈 대표는 이날 평택 공장을 찾아 사과했다.", "노기훈 벼리전자 대표, 공장 찾아 사과"),
    ],
)
def test_nothing_is_left_out_where_a_word_of_moves_or_the_headline_names_it(told: str, title: str) -> None:
    doubted = article(f"{TRIAL}\n{told}", title)
    assert doubt_of(doubted)
    found = extractor().extract(doubted)
    assert [f.person for f in (*found.moves, *found.activities)] == ["노기훈"]


def test_what_an_article_is_about_stands_in_what_is_left_unread_too() -> None:
    text = (
        COURT.replace("노기훈 벼리전자 대표", "노기훈 맑은물결 대표")
        + "\n환경단체 맑은물결은 15년 전 세워졌다."
    )
    assert doubt_of(article(text))
    assert not extractor().extract(article(text)).people
    assert extractor().extract(article(text.replace("환경단체", "정수기업체"))).people


def test_every_quotation_stays_and_one_left_unread_is_nobodys() -> None:
    found = extractor().extract(article(COURT, "‘뇌물’ 전자업체 임원들 1심 집행유예"))
    assert [q.text for q in found.quotes] == [
        "죄질이 가볍지 않다",
        "공소사실을 인정할 수 없다",
        "솜방망이 처벌",
    ]
    assert all(q.by is not QuotedBy.EXECUTIVE and q.speaker is None for q in found.quotes)


def test_facts_in_sentences_with_titles_are_found() -> None:
    moved = COURT + "\n벼리전자는 이날 노기훈 대표가 사임했다고 공시했다."
    doubted = article(moved, "‘뇌물’ 전자업체 임원들 1심 집행유예")
    assert doubt_of(doubted)
    assert [(m.person, m.kind) for m in extractor().extract(doubted).moves] == [("노기훈", "departed")]


def test_nothing_but_quotations_is_told_where_the_words_leave_no_hope() -> None:
    hopeless = article(TRIAL, "‘뇌물’ 전자업체 1심 집행유예")
    assert doubt_of(hopeless) is Doubt.HOPELESS
    found = extractor().extract(hopeless)
    assert not found.people
    assert "nothing but quotations was looked for" in found.rejected[0].reason
    assert [q.text for q in found.quotes] == [
        "죄질이 가볍지 않다",
        "공소사실을 인정할 수 없다",
        "솜방망이 처벌",
    ]


def test_a_word_of_moves_beside_a_title_leaves_hope() -> None:
    told = article(TRIAL + "\n벼리전자는 이날 노기훈 대표가 사임했다고 공시했다.")
    assert doubt_of(told) is Doubt.UNLIKELY
    assert [(m.person, m.kind) for m in extractor().extract(told).moves] == [("노기훈", "departed")]
    elsewhere = article(TRIAL + "\n그는 9년 전 시장 선거에 나섰다가 사퇴했다.")
    assert doubt_of(elsewhere) is Doubt.HOPELESS


def test_lists_of_the_state_are_not_read() -> None:
    posted = article(POSTED, "나루도교육청 9월 1일자 인사")
    assert doubt_of(posted) is Doubt.HOPELESS
    found = extractor().extract(posted)
    assert not found.moves
    assert not found.people
    assert doubt_of(article(POSTED.replace("[인사]", "[부음]"))) is Doubt.NONE


@pytest.mark.parametrize(
    "text", [COURT[:200], COURT + "\n[인사] 벼리전자 <상무 승진> ▲노기훈 ▲소다인"], ids=["short", "list"]
)
def test_short_texts_and_lists_are_never_doubted(text: str) -> None:
    assert doubt_of(article(text)) is Doubt.NONE


def test_words_of_the_headline_are_weighed_apart() -> None:
    words = set(article_words(article("공장을 공장을", "공장")))
    assert words == {"^공장", "공장을"}
    assert marked_parts("^공장") == ("^공장", "^-공장")
    assert marked_parts("공장을") == ("공장", "-장을", "공장을", "-공장을")
    weights = RelevanceWeights(packed({"^공장": 2.0, "공장": -1.0}, 0.5))
    assert weights.score(["^공장"]) == pytest.approx(2.5)
    assert weights.score(["공장을"]) == pytest.approx(-0.5, abs=0.02)
    assert weights.score(["^공장", "공장"]) == pytest.approx(0.5 + 1 / 2**0.5, abs=0.02)
    assert weights.score(["낯선"]) == pytest.approx(0.5)


def test_an_empty_article_is_judged() -> None:
    assert isinstance(relevance(article("")), float)


@pytest.mark.parametrize("data", [b"", b"EBR1", packed({"가": 1.0}, 0.0)[:-1], b"XXXX" + packed({}, 0.0)[4:]])
def test_a_damaged_file_is_told(data: bytes) -> None:
    with pytest.raises(DataError, match=r"relevance\.bin"):
        RelevanceWeights(data)


def test_a_promised_move_of_who_was_no_executive_is_read() -> None:
    text = (
        COURT
        + "\n벼리전자는 9일 이사회를 열고 하도윤 변호사를 감사위원으로 뽑았다. 하도윤 변호사는 교수를 지냈다."
    )
    doubted = article(text, "벼리전자 감사위원에 하도윤 변호사 선임")
    assert doubt_of(doubted)
    assert ("하도윤", "appointed") in {(m.person, m.kind) for m in extractor().extract(doubted).moves}
