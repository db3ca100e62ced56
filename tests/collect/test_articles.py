from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.collect.articles import clean, headline_article, read_article
from briefing.model import Article, Entry, Fetched, Skipped

ENTRY = Entry("g", "https://news.example/a", "가람모빌리티 인사", "도담일보")
BODY = (
    "편승우 가람모빌리티 부회장이 9일 울산 배터리공장을 방문해 신규 라인을 점검했다.",
    '편 부회장은 "올해 투자는 계획대로 집행한다"고 말했다.',
)


def page(*paragraphs: str, head: str = "", after: str = "") -> Fetched:
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    text = f"<html><head>{head}</head><body><div class='gnb'><a href='/'>정치</a></div><article>{inside}</article>{after}</body></html>"
    return Fetched("https://news.example/a?x=1", text.encode(), "text/html; charset=utf-8")


def test_body_without_menu_byline_caption_copyright_and_related_list() -> None:
    got = read_article(
        page(
            "편 부회장이 설비를 살펴보고 있다. /가람모빌리티",
            *BODY,
            "홍가람 기자 hong@news.example",
            "ⓒ 도담일보, 무단 전재 및 재배포 금지",
            after="<ul class='related-news'><li>다른 기사 제목이 여기에 길게 있다</li></ul>",
        ),
        ENTRY,
    )
    assert isinstance(got, Article)
    assert got.text == "\n".join(BODY)
    assert got.byline == "홍가람 기자 hong@news.example"
    assert got.captions == ("편 부회장이 설비를 살펴보고 있다. /가람모빌리티",)
    assert not got.headline_only


def test_the_page_fills_in_what_the_feed_does_not_say() -> None:
    head = (
        '<meta property="og:title" content="페이지 제목"><meta property="og:site_name" content="온새미경제">'
        '<meta property="article:published_time" content="2024-05-09T10:00:00+09:00">'
        '<link rel="canonical" href="/a/1?utm_source=x">'
    )
    got = read_article(page(*BODY, head=head), Entry("", "", "", ""))
    assert isinstance(got, Article)
    assert (got.title, got.outlet, got.url) == ("페이지 제목", "온새미경제", "https://news.example/a/1")
    assert got.published == datetime(2024, 5, 9, 1, tzinfo=UTC)


def test_a_canonical_link_to_another_site_is_not_believed() -> None:
    got = read_article(page(*BODY, head='<link rel="canonical" href="https://evil.example.org/x">'), ENTRY)
    assert isinstance(got, Article)
    assert got.url == ENTRY.url


def test_personnel_lists_keep_their_lines() -> None:
    got = read_article(
        page(
            "◇ 새솔화학<br>◇ 사장 승진<br>▲ 소재본부장 도유찬",
            "◇ 전무 승진<br>▲ 공장장 금동혁 ▲ 연구소장 위채민",
        ),
        ENTRY,
    )
    assert isinstance(got, Article)
    assert got.text.splitlines() == [
        "◇ 새솔화학",
        "◇ 사장 승진",
        "▲ 소재본부장 도유찬",
        "◇ 전무 승진",
        "▲ 공장장 금동혁 ▲ 연구소장 위채민",
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x00\x01", b"<" * 5000, b"<p>" * 3000, b"plain"])
def test_too_little_text_falls_back_to_the_headline(body: bytes) -> None:
    got = read_article(Fetched("https://news.example/a", body, "text/html"), ENTRY)
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.text == ENTRY.title
    assert isinstance(read_article(Fetched("https://news.example/a", body), Entry("", "", "", "")), Skipped)


def test_a_pdf_is_no_page() -> None:
    got = read_article(
        Fetched("https://news.example/a.pdf", b"%PDF", "application/pdf"), Entry("", "", "", "")
    )
    assert got == Skipped("the page is application/pdf, not text")


def test_headline_and_summary() -> None:
    got = headline_article(
        Entry("g", "u", "제목", "도담일보", summary="(서울=도담일보) 홍가람 기자 = 첫 문장이다.")
    )
    assert got.text == "제목\n첫 문장이다."


@pytest.mark.parametrize(
    "line",
    [
        *BODY,
        "함초아 대표는 기자 간담회에서 신사업을 설명했다.",
        "회사는 기자재 공장을 짓고 있다.",
        "▲ 소재본부장 도유찬",
        "[인사] 새솔화학",
        "매출은 1조원/영업이익은 900억원이다.",
        "관련 기사를 본 편 부회장은 말을 아꼈다.",
        "저작권 사업을 키운다고 회사는 밝혔다.",
    ],
)
def test_sentences_that_are_not_cut(line: str) -> None:
    assert clean(f"{BODY[0]}\n{line}").text.endswith(line)


def test_a_notice_glued_to_the_last_paragraph_takes_only_itself() -> None:
    long = " ".join(BODY * 2)
    assert clean(f"{long} ⓒ 도담일보 무단 전재 및 재배포 금지").text == long


@pytest.mark.parametrize(
    "line",
    [
        "<저작권자ⓒ 도담일보, 무단전재 및 재배포 금지>",
        "홍가람·김도담 기자 hong@news.example",
        "홍가람 기자",
        "[사진=가람모빌리티 제공]",
        "입력 2024-05-09 10:00",
        "공장 전경. (사진=가람모빌리티 제공)",
    ],
)
def test_lines_that_are_cut(line: str) -> None:
    assert clean(f"{BODY[0]}\n{line}\n{BODY[1]}").text == "\n".join(BODY)
