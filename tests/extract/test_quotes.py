"""Who says what, with invented people and companies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import DataError
from briefing.extract.quotes import find_quotes
from briefing.extract.wordscores import WordScores, packed
from briefing.model import QuotedBy
from tests.extract.reading import analysed, extractor, quotes

INTRO = "윤서준 누리전자 사장과 백도현 누리전자 부사장이 12일 행사에 참석했다.\n"


def _said(text: str, title: str = "") -> list[tuple[str, str | None]]:
    return [(q.text, q.speaker) for q in quotes(text, title=title) if q.by is QuotedBy.EXECUTIVE]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("윤 사장은 “공장을 늘린다”고 말했다.", "윤서준"),
        ("윤 사장은 “시장이 크다”며 “공장을 늘린다”고 말했다.", "윤서준"),
        ("“공장을 늘린다”고 윤 사장은 말했다.", "윤서준"),
        ("“공장을 늘린다”는 것이 윤 사장의 설명이다.", "윤서준"),
        ("“공장을 늘린다”는 게 백 부사장의 생각이다.", "백도현"),
        ("윤 사장은 무대에 올랐다. 이어 “공장을 늘린다”고 덧붙였다.", "윤서준"),
        ("기자가 “공장을 늘리느냐”고 묻자 백 부사장은 “늘린다”고 답했다.", "백도현"),
        ("윤 사장은 말이 없었다. 투자 계획을 묻자 “공장을 늘린다”고만 했다.", "윤서준"),
        ("“공장을 늘리겠습니다.” 백 부사장은 이렇게 말했다.", "백도현"),
        ("윤 사장이 “공장을 늘린다”고 하자 백 부사장이 웃었다.", "윤서준"),
    ],
)
def test_the_executive_who_speaks(text: str, speaker: str) -> None:
    found = _said(INTRO + text)
    assert found
    assert {name for _, name in found} == {speaker}


@pytest.mark.parametrize(
    "text",
    [
        "회사 관계자는 “공장을 늘린다”고 말했다.",
        "누리전자는 “공장을 늘린다”고 밝혔다.",
        "업계에서는 “공장을 늘릴 것”이라는 전망이 나온다.",
        "노조는 “공장을 늘리지 말라”고 요구했다.",
        "한 직원은 “공장이 좁다”고 했다.",
        "배달 라이더는 “공장 앞길이 막힌다”고 했다.",
        "“공장을 늘린다”는 것이 회사 측 설명이다.",
        "주민 여러 명은 “공장을 늘리지 말라”고 외쳤다.",
    ],
)
def test_words_of_others_are_not_put_into_an_executives_mouth(text: str) -> None:
    found = quotes(INTRO + "윤 사장은 말이 없었다. " + text)
    assert [q.by for q in found] == [QuotedBy.UNNAMED]


@pytest.mark.parametrize(
    "text",
    [
        "올해 표어는 “고르고 끝낸다”로 정했다.",
        "벽에는 “더 크게, 더 멀리”라는 문구가 걸렸다.",
        "윤 사장은 신제품 “누리 나인”을 공개했다.",
        "이른바 “누리 효과”라고 불리는 현상이다.",
        "\n◇“공장을 늘려 시장을 잡는다”\n",
        "윤 사장은 “원팀”을 강조했다.",
        "노조원들이 “납품단가 인하 철회”라고 쓴 팻말을 들었다.",
        "둘이서는 “회원 3만 명의 선택”이라고 광고했다.",
        "화면에는 윤 사장이 고른 “천천히 가자”라는 문장이 떠 있었다.",
        "\n누리전자 윤 사장 “공장을 늘린다”…매출 두 배로\n",
    ],
)
def test_slogans_titles_terms_and_subheads_are_no_quotes(text: str) -> None:
    assert quotes(INTRO + text) == ()


def test_an_interview_is_answered_by_the_person_interviewed() -> None:
    text = (
        "누리전자의 윤서준 사장을 지난 8일 만났다.\n\n―공장을 왜 늘리나.\n“주문이 밀려서다.”\n\n"
        "―노조는 뭐라고 하나.\n“반긴다. 다만 쉬는 날을 늘려 달라고 한다.”\n"
    )
    assert [name for _, name in _said(text)] == ["윤서준", "윤서준"]


def test_a_name_of_the_headline_only() -> None:
    found = _said("사장이 12일 취임했다. 윤 사장은 “공장을 늘린다”고 말했다.", "누리전자 윤서준 사장 취임")
    assert found == [("공장을 늘린다", "윤서준")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("글쓴이는 맹준 대표다. 맹 대표는 “다시 짠다”고 썼다.", "맹준"),
        ("설명은 우연 최고기술책임자(CTO)가 맡았다. 우 CTO는 “수율이 올랐다”고 했다.", "우연"),
        ("옹지석 누리상사 대표가 왔다. 옹 대표는 “규정을 고쳤다”고 맞받았다.", "옹지석"),
        ("전봉구 가람중공업 사장이 왔다. 마주친 전 사장은 “값을 올린다”고 말했다.", "전봉구"),
        ("누리의 아스트리드 린 CEO가 왔다. 린 CEO 역시 “바다가 깊다”고 화답했다.", "아스트리드 린"),
        ("누리의 해미시 던바 최고경영자가 왔다. 던바 CEO는 “값이 오른다”고 했다.", "해미시 던바"),
        ("누리의 카트린 폰 벨로 CEO가 왔다. 폰 벨로 CEO는 “문이 없다”고 했다.", "카트린 폰 벨로"),
        ("마상혁 회장 대신 마리안 사장이 나왔다. 마 사장은 “팔지 않는다”고 말했다.", "마리안"),
    ],
)
def test_a_short_form_shows_the_full_name_it_stands_for(text: str, speaker: str) -> None:
    assert [name for _, name in _said(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“버틴 회사만 남는다.” 창업자인 윤 사장의 말이다.", "윤서준"),
        ("백 부사장은 “값을 내린다”고 했다. 이 회사 사장은 “더 내린다”고 말했다.", "윤서준"),
        ("백 부사장은 “값을 내린다”고 했다. 축사는 맞수인 윤 사장이다. 그는 “마지막”이라고 했다.", "윤서준"),
        ("백 부사장은 “값을 내린다”고 했다. 또 다른 창업자, 윤 사장. “더 내립니다.”", "윤서준"),
        ("윤 사장은 비행기를 탔다. 동승한 백 부사장은 잤다.\n그는 “값을 내린다”고 했다.", "윤서준"),
        ("백 부사장이 왔다. 윤 사장의 방한은 처음이다. 그는 “값을 내린다”고 했다.", "윤서준"),
        ("▶ 인터뷰 : 단태율 / 누리에코 대표이사\n- “땅속은 늘 13도입니다.”", "단태율"),
        ("[단태율/누리에코 대표이사 : “제 잘못입니다.”]", "단태율"),
        ("\n<단태율 / 누리에코 대표> “로봇에게 맡기겠습니다.”", "단태율"),
        ("\n◆“공매도보다 무서운 것은 공수표”=윤서준 누리전자 사장, 약속을 지켰다며.", "윤서준"),
        ("윤 사장은 “아이를 낳은 동료를 축하한다”로 시작했다.", "윤서준"),
        ("윤 사장은 “남는 것은 이야기”라는 말도 보탰다.", "윤서준"),
        ("윤 사장의 대답은 간단했다. “안 판다.”", "윤서준"),
        ("윤 사장은 공장을 봤다. 직원들이 “덥다”고 하소연하자 그 자리에서 “바꾸자”고 지시했다.", "윤서준"),
        ("그는 “공장을 늘린다”고 했다. 업계는 그를 불도저라 부른다. “멈추면 진다”는 게 소신이다.", "백도현"),
        ("윤 사장이 물러난다. 마지막 편지엔 “여러분이 옳았다”고 적혀 있었다.", "윤서준"),
        ("윤 사장이 “춥죠?”라고 묻자 객석이 웃었다. “저도 춥습니다.”", "윤서준"),
        ("호랑이로 통하는 윤 사장이지만 이날은 “고맙다”며 웃었다.", "윤서준"),
        ("\n◆백도현 부사장=“내년 봄에 문을 엽니다.”", "백도현"),
        ("― 언제 짓나.\n(백도현) “내년 봄이다. 땅은 샀다.”", "백도현"),
        ("“재료를 아끼면 그날로 끝”이라는 것이 서른 해를 버틴 윤 사장의 지론이다.", "윤서준"),
        (
            "“기술이 곧 밥”이라는 것은 땅을 파고 관을 묻는 일에 반평생을 바친 윤 사장의 오랜 소신이다.",
            "윤서준",
        ),
        ("누리반도체 창업자인 곽두레 전 회장은 “이사회가 나를 내쫓았다”고 말했다.", "곽두레"),
        ("“값이 그대로”라는 지적에 윤 사장은 “계약이 길어서”라고 해명했다.", "윤서준"),
    ],
)
def test_where_else_a_speaker_is_named(text: str, speaker: str) -> None:
    assert _said(INTRO + text)[-1][1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "곳곳에서 “지난해에도 그랬다”는 고성이 나왔다.",
        "“검색팀은 어떻게 됩니까”라는 글이 화면에 떴다.",
        "공감을 많이 받은 글은 “회식비로 술을 사 주세요”였다.",
        "“이제 돈 받고 판다.” 굴을 키우는 60대 부부의 말이다.",
        "누리전자 노조 울산지부는 성명을 내고 “동의할 수 없다”고 반발했다.",
        "노조 측 반응은 차가웠다. “꼬리를 자른다”는 것이다.",
        "노측은 “더는 못 참는다”고 목소리를 높였다.",
        "연구원 사이에서는 “윤 사장과 회의하려면 운동화를 신어라”는 농담이 돈다.",
        "\n[유족 대표/음성변조 : “우리 애가 돌아옵니까.”]",
        "\n◆“월급봉투부터 봐 달라”=한 노조 간부, 국회 앞에서.",
        "이용자들의 평가는 “서른 줄로 늘었으니 합격”과 “두 달이면 떠난다”로 갈렸다.",
    ],
)
def test_words_of_the_crowd(text: str) -> None:
    found = quotes(INTRO + "윤 사장은 말이 없었다. " + text)
    assert found
    assert {q.by for q in found} == {QuotedBy.UNNAMED}


def test_a_former_president_is_no_president_of_that_name() -> None:
    text = "전봉구 가람중공업 사장과 같은 회사 전 사장은 자리를 떴다. 가람중공업은 “값을 올린다”고 밝혔다."
    assert _said(text) == []


def test_evidence_is_the_sentence_and_the_place_that_resolves_the_name() -> None:
    text = INTRO + "윤 사장은 “공장을 늘린다”고 말했다."
    quote = quotes(text)[0]
    assert quote.evidence[0].of(text) == "윤 사장은 “공장을 늘린다”고 말했다."
    assert quote.resolutions[0].form == "윤 사장"
    assert quote.resolutions[0].antecedent is not None
    assert quote.resolutions[0].antecedent.of(text) == "윤서준"
    assert quote.span.of(text) == quote.text


def test_business_is_strategic_and_thanks_are_not() -> None:
    business, thanks = quotes(
        INTRO + "윤 사장은 “내년 매출을 두 배로 늘리고 새 공장에 3조원을 투자하겠다”고 말했다. "
        "백 부사장은 “이 자리를 빌려 깊이 감사드린다”고 인사했다."
    )
    assert business.strategic
    assert {"investment", "performance"} <= set(business.topics)
    assert not thanks.strategic


@pytest.mark.parametrize(
    ("text", "strategic"),
    [
        ("시상식에서 윤 사장은 “이 상은 밤을 새운 동료들의 것”이라며 눈물을 훔쳤다.", False),
        ("빈소를 찾은 윤 사장은 “친형님처럼 아껴 주신 분이었다”고 회고했다.", False),
        ("윤 사장은 “우리는 냉장고가 아니라 식탁의 시간을 판다”고 말했다.", True),
        ("손실을 묻자 윤 사장은 “재고를 비우느라 값을 너무 내렸다”고 인정했다.", True),
        ("공로패를 받은 윤 사장은 “회사에 진 빚을 갚고 떠난다”고 했다.", False),
    ],
)
def test_words_that_no_group_of_cues_lists(text: str, strategic: bool) -> None:
    assert [q.strategic for q in quotes(INTRO + text)] == [strategic]


def test_word_weights_are_packed_and_read_back() -> None:
    data = packed({"감사/NNG": (-2.0, 0.5, 0.0), "매출/NNG": (1.0, 0.25, -0.75)}, {"겠/EP": 0.5})
    scores = WordScores(data)
    assert scores.score(["감사/NNG"], [], [], ()) == pytest.approx(-2.0, abs=0.02)
    said = scores.score(["감사/NNG", "매출/NNG", "모름/NNG"], ["매출/NNG"], ["매출/NNG"], {"겠/EP"})
    assert said == pytest.approx(-1 / 2**0.5 + 0.25 - 0.75 + 0.5, abs=0.02)
    with pytest.raises(DataError):
        WordScores(data[:-1])


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='윤서준 사장은이“”"‘’고며라는 말했다.\n누리전자,()[]▲?·\x00\ud800a1', max_size=120))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    document = analysed(text)
    for quote in extractor().extract(document.article).quotes:
        assert quote.span.of(text) == quote.text


def test_a_long_line_of_quotes_is_read_to_its_end() -> None:
    line = INTRO.strip() + " 윤 사장은 “공장을 늘린다”며 “시장이 크다”고 말했다. 이어 “끝”이라고 했다."
    document = analysed(line * 1500)
    found, _ = find_quotes(document, extractor().lexicon)
    assert len(found) == 3 * 1500


def test_who_alone_spoke_in_the_sentence_before_is_meant() -> None:
    """Somebody present beside another is meant by 그는 only where nobody else is told of."""
    text = (
        "누리물산 염도인 대표는 자리를 지켰다. 배석한 인예인 CFO가 마이크를 넘겨받았다. "
        "그는 “자사주의 절반을 태우겠다”고 말했다."
    )
    assert [(q.speaker, q.text) for q in quotes(text)] == [("인예인", "자사주의 절반을 태우겠다")]


def test_what_somebody_answers_is_not_his() -> None:
    objection, answer = quotes(INTRO + "“값이 그대로”라는 지적에 윤 사장은 “계약이 길어서”라고 해명했다.")[
        -2:
    ]
    assert (objection.by, answer.speaker) == (QuotedBy.UNNAMED, "윤서준")


def test_words_printed_on_a_thing_are_no_speech() -> None:
    assert quotes("누리물산 염도인 대표가 왔다. 공책 표지에는 “마지막 한 장까지”라고 찍혀 있었다.") == ()


INTERVIEW = "벼리전자 하도윤 대표가 28일 강연했다.\n"


@pytest.mark.parametrize(
    "said",
    [
        "하 대표는 사회를 맡은 방송인 우나래가 “칩은 실수였느냐”고 묻자 “비싼 수업료였다”고 답했다. 그는 “내년에 다시 낸다”고 했다.",
        "경영학과 3학년 우나래 씨가 “두렵지 않으셨느냐”고 묻자 그는 “내년에 다시 낸다”고 했다.",
        "우나래 한빛대 교수가 수율을 묻자 그는 “내년에 다시 낸다”고 했다.",
        "하 대표는 오후에 학생들을 만났다. 사회는 우나래 교수가 봤다.\n그는 “내년에 다시 낸다”고 했다.",
        "하 대표는 투자를 늘린다. 공동대표를 맡던 우나래 사장은 기술에 전념한다.\n그는 “내년에 다시 낸다”고 했다.",
    ],
)
def test_he_is_whom_the_text_is_about_not_who_only_asks_or_comes_by(said: str) -> None:
    assert {q.text: q.speaker for q in quotes(INTERVIEW + said)}["내년에 다시 낸다"] == "하도윤"


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("하 대표는 오후에 공장을 찾았다. 우나래 벼리부품 대표가 수행했다. 그는 “안 판다”고 했다.", "하도윤"),
        ("대상은 우나래 벼리부품 대표에게 돌아갔다. 그는 “안 판다”고 했다.", "우나래"),
    ],
)
def test_he_is_who_was_given_something_and_not_who_only_comes_along(said: str, who: str) -> None:
    assert {q.text: q.speaker for q in quotes(INTERVIEW + said)}["안 판다"] == who


def test_he_is_who_asks_where_nobody_else_is_told_of() -> None:
    said = "벼리전자 하도윤 대표가 강연했다. 이어 우나래 다솔전자 대표가 연단에 올랐다. 그는 “내년에 다시 낸다”고 했다."
    assert [q.speaker for q in quotes(said)] == ["우나래"]
