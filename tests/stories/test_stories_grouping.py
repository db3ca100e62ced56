"""Which articles join. The articles are ours; people, companies and places in them are invented."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Candidate, Extraction, Move, MoveKind, MoveStatus, Span
from briefing.stories import minhash
from briefing.stories.grouping import JOIN, WINDOW, assign, group, signature, strength
from briefing.stories.terms import persons, prose, salient, stem

DAY = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)

WIRE = """(서울=새결통신) 문가온 기자 = 미르중공업이 6년 만에 최고경영자(CEO)를 바꾼다.

미르중공업은 26일 이사회를 열어 해양플랜트사업본부장인 도하늘 부사장을 사장으로 승진시키고 신임 CEO에 내정했다고 밝혔다. 도 사장은 내년 3월 정기 주주총회를 거쳐 대표이사로 선임된다. 2020년부터 회사를 이끌어 온 봉지안 부회장은 고문으로 물러난다.

1996년 입사한 도 사장은 용접 연구실을 시작으로 오슬로지사장, 특수선사업부장을 거쳤다. 해상 풍력 설치선을 연 매출 1조2000억원 규모로 키운 주역으로 꼽힌다.

회사 측은 "조선 중심의 사업 구조를 해상 에너지 중심으로 바꿀 적임자"라고 설명했다. 미르중공업은 이날 부사장 3명을 포함해 모두 37명 규모의 정기 임원 인사도 단행했다.

gaon@saegyeol.example
"""
REPRINT = WIRE.replace("(서울=새결통신) 문가온 기자 = ", "[나래일보 온라인뉴스부] ").replace(
    "gaon@saegyeol.example", ""
)
REWRITE = """미르중공업의 새 선장은 '풍력맨'이다. 26일 이사회가 차기 CEO로 뽑은 도하늘 사장은 해상 풍력 설치선을 조 단위 사업으로 일군 인물이다.

6년 동안 회사를 맡았던 봉지안 부회장은 고문이 된다. 이번 인사에서 승진한 임원은 37명으로 지난해보다 5명 적다. 오슬로지사장을 지낸 도 사장은 특수선사업부도 이끌었다.
"""
SHORT = "미르중공업은 26일 도하늘 부사장(해양플랜트사업본부장)을 사장으로 승진 발령하고 CEO로 내정했다. 봉지안 부회장은 고문을 맡는다. 승진자는 모두 37명이다."
FOLLOW_UP = """도하늘 미르중공업 CEO 내정자가 27일 임직원에게 편지를 보냈다. 전날 이사회에서 사장 승진과 함께 차기 최고경영자로 낙점된 지 하루 만이다.

도 사장은 "바다 위에서 전기를 만드는 회사로 바뀌어야 한다"고 적었다. 봉지안 부회장은 다음 달 고문으로 위촉된다.
"""
SISTER = """건설사 미르건설이 26일 이사회를 열어 도하람 주택사업본부장(부사장)을 신임 대표이사로 내정했다.

도 내정자는 1995년 입사해 공무팀장과 현장소장을 거쳤다. 내년 3월 정기 주주총회를 거쳐 정식 선임된다. 5년간 회사를 이끈 남시우 대표는 고문으로 물러난다. 미르중공업과는 지분 관계가 없다.
"""
PRODUCT = """미르중공업이 26일 1만4000톤급 해상 풍력 설치선 '바람마루호'를 울산 조선소에서 진수했다.

길이 148m의 이 배는 15㎿급 발전기 다섯 기를 한 번에 싣는다. 미르중공업 관계자는 "용접 연구실에서 4년간 다듬은 기술"이라고 말했다.
"""
CONTRACT_A = """누리소재가 칠레 광산기업 살바로와 탄산리튬 공급을 위한 업무협약(MOU)을 체결했다고 10일 밝혔다.

협약에 따라 누리소재는 2028년부터 7년간 매년 탄산리튬 2만톤을 우선 공급받는다. 전기차 약 40만대에 들어갈 양극재를 만들 수 있는 양이다. 양사는 현지에 제련 공장을 함께 짓는 방안도 검토한다.

금보라 누리소재 대표는 체결식에서 "원료 공급망을 넓히겠다"고 말했다.
"""
CONTRACT_B = """다온머티리얼즈가 호주 광산기업 웨스트릿지와 수산화리튬 공급을 위한 업무협약(MOU)을 맺었다고 10일 밝혔다.

협약에 따라 다온머티리얼즈는 2029년부터 10년간 매년 수산화리튬 3만톤을 우선 공급받는다. 전기차 약 65만대에 들어갈 양극재를 만들 수 있는 양이다. 양사는 현지에 제련 공장을 함께 짓는 방안도 검토한다.

위나래 다온머티리얼즈 대표는 체결식에서 "원료 공급망을 넓히겠다"고 말했다.
"""


def article(text: str, title: str = "", hours: float = 0.0, name: str = "x") -> Article:
    return Article(id=name, text=text, title=title, published=DAY + timedelta(hours=hours))


def labels(*articles: Article) -> tuple[str, ...]:
    return group(articles, [Extraction()] * len(articles))


EVENT = (
    article(WIRE, "미르중공업 신임 CEO에 도하늘 해양플랜트사업본부장"),
    article(REPRINT, "미르중공업, 새 수장에 도하늘", 1),
    article(REWRITE, "'풍력맨' 도하늘, 미르중공업의 키를 잡다", 5),
    article(SHORT, "[단신] 미르重 CEO에 도하늘", 2),
    article(FOLLOW_UP, '도하늘 "바다에서 전기 만든다"…내정 하루 만에 첫 메시지', 25),
)
OTHERS = (
    article(SISTER, "미르건설 새 대표에 도하람 부사장", 1),
    article(PRODUCT, "미르중공업, 풍력 설치선 진수", 3),
    article(CONTRACT_A, "누리소재, 칠레 리튬 공급 협약", 4),
    article(CONTRACT_B, "다온머티리얼즈, 호주 리튬 공급 협약", 4),
)


def test_reprint_rewrite_short_version_and_follow_up_are_one_story_and_neighbours_are_not() -> None:
    found = labels(*EVENT, *OTHERS)
    assert len(set(found[: len(EVENT)])) == 1
    assert len(set(found[len(EVENT) :]) | {found[0]}) == len(OTHERS) + 1


def test_the_order_of_the_lines_does_not_matter() -> None:
    articles = (*EVENT, *OTHERS)
    backwards = labels(*articles[::-1])[::-1]
    pairs = [(a == b) for a in backwards for b in backwards]
    forwards = labels(*articles)
    assert pairs == [(a == b) for a in forwards for b in forwards]


def test_articles_find_their_story_one_by_one() -> None:
    """As in production: candidates by shared key inside the window, oldest first."""
    stored: list[Candidate] = []
    stories = []
    for number, one in enumerate(sorted((*EVENT, *OTHERS), key=lambda each: each.published or DAY), 1):
        sig = signature(one, Extraction())
        near = [c for c in stored if set(c.signature.keys) & set(sig.keys)]
        story = assign(sig, near) or number
        stored.append(Candidate(number, story, sig))
        stories.append((one in EVENT, story))
    assert len({story for in_event, story in stories if in_event}) == 1
    assert len({story for _, story in stories}) == len(OTHERS) + 1


def test_the_same_words_a_year_later_are_another_story() -> None:
    later = signature(article(WIRE, "미르중공업 신임 CEO", 24 * 365), Extraction())
    assert strength(signature(EVENT[0], Extraction()), later) == 0.0
    assert assign(later, [Candidate(1, 1, signature(EVENT[0], Extraction()))]) is None


def test_a_company_or_a_person_alone_joins_nothing() -> None:
    def of(text: str) -> tuple[str, ...]:
        return labels(
            article(text + " 미르중공업 도하늘 사장이 말했다."),
            article(PRODUCT.replace("관계자", "도하늘 사장")),
        )

    first, second = of("내년 여름 축구단 유니폼 색깔을 푸른빛으로 바꾸기로 했다.")
    assert first != second


def test_a_fact_in_common_joins_texts_that_share_few_words() -> None:
    fact = Move("도하늘", "미르중공업", MoveKind.APPOINTED, "대표이사", MoveStatus.DONE, (Span(0, 3),))
    one = signature(
        article("도하늘 사장이 미르중공업 지휘봉을 잡는다. 노조는 반겼다."), Extraction(True, moves=(fact,))
    )
    other = signature(article("미르중공업 인사. ▲ 대표이사 도하늘 사장"), Extraction(True, moves=(fact,)))
    assert set(one.facts) == set(other.facts)
    assert set(one.keys) & set(other.keys)
    assert strength(one, other) >= JOIN


def test_an_undated_article_can_join() -> None:
    undated = Article(id="u", text=REPRINT, title="미르중공업, 새 수장에 도하늘")
    assert len(set(labels(EVENT[0], undated))) == 1


def test_menus_of_a_raw_page_do_not_make_two_articles_alike() -> None:
    menu = (
        "\n".join(("홈", "로그인", "회원가입", "산업", "재계", "전기전자", "오피니언", "포토", "한줄뉴스"))
        * 6
    )
    assert "회원가입" not in prose(menu + "\n" + PRODUCT)
    one, other = (
        signature(article(f"{menu}\n{text}\n{menu}"), Extraction()) for text in (PRODUCT, CONTRACT_A)
    )
    assert strength(one, other) < JOIN


def test_one_near_article_does_not_pull_in_one_unlike_the_rest_of_the_story() -> None:
    near = Candidate(1, 7, signature(EVENT[4], Extraction()))
    far = [Candidate(n, 7, signature(each, Extraction())) for n, each in enumerate(OTHERS[1:3], 2)]
    new = signature(EVENT[3], Extraction())
    assert assign(new, [near]) == 7
    assert assign(new, [near, *far]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "가",
        "   \n\n",
        "\x00",
        "12345 67890",
        "'" * 5000,
        "▲" * 3000,
        "가나다라" * 9000,
        "\ud800도하늘 사장" * 9,
    ],
)
def test_no_text_is_too_odd(text: str) -> None:
    odd = article(text, text)
    assert signature(odd, Extraction()) == signature(odd, Extraction())
    assert len(labels(odd, EVENT[0], odd)) == 3


@settings(deadline=None)
@given(st.lists(st.text(max_size=300), max_size=5))
def test_every_line_gets_a_label(texts: list[str]) -> None:
    assert len(labels(*(article(text) for text in texts))) == len(texts)


def test_a_signature_stays_small_and_the_window_is_a_week() -> None:
    sig = signature(article(WIRE * 30), Extraction())
    assert len(sig.keys) < 150
    assert len(sig.terms) <= 80
    assert len(sig.shingles) == 64
    assert all(0 <= value < 2**32 for value in sig.shingles)
    assert timedelta(days=7) == WINDOW


# ------------------------------------------------------------------ the pieces


def test_resemblance_estimates_the_share_of_common_shingles() -> None:
    words = [f"{a}{b}{c}" for a in "가나다라마바사" for b in "아자차카타파하" for c in "거너더러머버서"]
    whole, half = " ".join(words), " ".join(words[: len(words) // 2])
    assert minhash.resemblance(minhash.sketch(whole), minhash.sketch(whole)) == 1.0
    assert 0.3 < minhash.resemblance(minhash.sketch(whole), minhash.sketch(half)) < 0.7
    assert minhash.resemblance(minhash.sketch(half), minhash.sketch(" ".join(words[len(words) // 2 :]))) < 0.1


def test_sketches_are_the_same_in_every_process() -> None:
    assert minhash.short_hash("가나다라마바") == "cd1a9bc6"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("도하늘 사장은 말했다", ["도하늘"]),
        ("차기 CEO로 내정된 도하늘 부사장이", ["도하늘"]),
        ("도하늘 미르중공업 대표와 봉지안 전 부회장", ["도하늘", "봉지안"]),
        ("남궁가람 상무, 위나래(48) 전무", ["남궁가람", "위나래"]),
        ("신임 대표이사 사장을 이사회 의장이", []),
        ("이날 회사 측은 지난해 대표 상품을", []),
    ],
)
def test_names_stand_beside_titles(text: str, names: list[str]) -> None:
    assert sorted(persons(text)) == sorted(names)


def test_particles_go_but_words_stay() -> None:
    assert [stem(word) for word in ("이사회에서", "리튬을", "바다", "회의")] == [
        "이사회",
        "리튬",
        "바다",
        "회의",
    ]


def test_terms_tell_names_numbers_and_quotations_apart() -> None:
    terms = salient("제목", prose(WIRE))
    assert {"P:도하늘", "P:봉지안", "C:미르중공업", "n:37명", "O:move"} <= set(terms)
    assert not any(term.lower().startswith(("n:26", "n:3월")) for term in terms)
    assert sum(term.lower().startswith("q:") for term in terms) == 2
    assert not any("gaon" in term.lower() or "문가온" in term for term in terms)


def test_a_sketch_keeps_the_smallest_hash_of_each_bin() -> None:
    text = "다온전자는 AI 🚀 공장을 2027년까지 café 옆에 짓는다. " * 3
    letters = re.sub(r"[\W_]+", "", text)
    bins = [minhash.EMPTY] * minhash.BINS
    for start in range(len(letters) - minhash.SHINGLE + 1):
        value = minhash._mixed(letters[start : start + minhash.SHINGLE])
        bins[value % minhash.BINS] = min(bins[value % minhash.BINS], value >> 33)
    assert minhash.sketch(text) == tuple(bins)
    assert minhash.sketch("다섯글자뿐") == (minhash.EMPTY,) * minhash.BINS
