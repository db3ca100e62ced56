"""No text makes extraction raise, and what it gives lies where it says."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import Article, Extraction
from tests.extract.reading import extractor

# Whole texts through the analyzer take milliseconds each; the same ones every time.
SETTINGS = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
FRAGMENTS = (
    "표가람", "사공 은", "남궁혁", "마르쿠스 베버(Markus Weber)", "金泰俊", "표 대표", "그는", "본인은", "벼리전자", "㈜다솔", "(주)",
    "누리은행", "대표이사 사장", "부회장", "CFO", "최고인사책임자(CHO)", "전 ", "신임 ", "이 회사 ", "은 ", "이 ", "을 ", "에게 ", "에서 ",
    "선임했다", "선임됐다.", "내정된 ", "물러난다.", "지휘봉을 잡는다.", "해임안은 부결됐다.", "바통은 ", "빈자리를 ", "승진", "연임", "후임으로 ",
    "A에서 B로 변경됐다", "출국했다.", "만났다.", "참석해 ", "둘러봤다.", "서명했다.", "13일 ", "오는 ", "지난달 30일 ", "현지시간 11일 ", "내년 2월 30일 ",
    "“", "”", "\"", "『", "』", "「", "‘", "’", "라고 말했다.", "며 ", "이라는 설명이다.", "고 했다", "◇", "△", "▲", "▶", "■", "<", ">", "[인사]", "【",
    "】", "(", ")", "（", "→", "=", "·", ",", "/", "〃", "이상 ", "\n", "\r\n", "\t", "　", "\u200b", "\x00", "\ud800", "😀", "…", "...", "1." * 3,
)  # fmt: skip


def read(text: str, title: str = "") -> Extraction:
    article = Article(id="t", text=text, title=title)
    found = extractor().extract(article)
    for fact in found.facts:
        assert fact.evidence
        for span in fact.evidence:
            assert 0 <= span.start <= span.end <= len(text)
    for quote in found.quotes:
        assert quote.text in text
    for rejection in found.rejected:
        assert rejection.span is None or 0 <= rejection.span.start <= rejection.span.end <= len(text)
    return found


@SETTINGS
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join), st.sampled_from(FRAGMENTS))
def test_korean_fragments_glued_at_random(text: str, title: str) -> None:
    read(text, title)


@SETTINGS
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text(text: str, title: str) -> None:
    read(text, title)


@SETTINGS
@given(st.text(alphabet="“”\"'‘’「」『』()（）[]<>◇△▲\n .가다은", max_size=200))
def test_unbalanced_marks(text: str) -> None:
    read(f"벼리전자 표가람 대표는 {text} 라고 말했다.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 5000,
        "." * 40_000,
        "“" * 20_000,
        "(" * 20_000,
        "가" * 50_000,
        "벼리전자 표가람 대표는 " * 3000,
        "직위 : 상무\n" * 2000,
        "가는 " * 10_000 + "다",
        "a.b" * 10_000 + "@",
        "\x00\x01\x02\ud800\udfff" * 100,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_hostile_texts_end(text: str) -> None:
    """Each took minutes or raised when a pattern looked at what it had seen before."""
    read(text, text[:200])


def test_a_fact_is_found_behind_hostile_text() -> None:
    found = read(
        "." * 3000 + "\n" + "“" * 30 + "\n벼리전자는 12일 이사회를 열고 표가람 부사장을 대표이사로 선임했다."
    )
    assert [(m.person, m.role) for m in found.moves] == [("표가람", "대표이사")]
