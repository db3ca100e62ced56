from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.collect.articles import headline_article, read_article
from briefing.collect.lines import clean
from briefing.collect.urls import canonical_url
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


# --------------------------------------------------------------------------- addresses


def addressed(canonical: str, at: str = "https://news.example/a?x=1", entry: Entry = ENTRY) -> str:
    got = read_article(replace(page(*BODY, head=canonical), url=at), entry)
    assert isinstance(got, Article)
    return got.url


@pytest.mark.parametrize(
    ("head", "at"),
    [
        ('<link rel="canonical" href="https://news.example/view/20240509001">', "https://news.example/a?x=1"),
        ('<link href="/view/20240509001" rel="Canonical nofollow">', "https://news.example/m/20240509001"),
        ('<link rel="canonical" href="https://kim:pw@NEWS.example:443/view/20240509001#top">', "https://news.example/"),
        ('<meta property="og:url" content="https://news.example/view/20240509001?utm_source=x&fbclid=1">', "https://news.example/a"),
        ('<link rel="canonical" href=""><meta property="og:url" content="//news.example/view/20240509001">', "https://news.example/a"),
    ],
)  # fmt: skip
def test_the_page_names_its_own_address(head: str, at: str) -> None:
    assert addressed(head, at) == "https://news.example/view/20240509001"


@pytest.mark.parametrize(
    "said",
    [
        "https://news.example/",
        "https://news.example/view",
        "https://news.example/news/articleView.html",
        "https://news.example.evil.example.org/view/1",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
def test_an_address_that_would_make_all_articles_one_is_not_believed(said: str) -> None:
    assert addressed(f'<link rel="canonical" href="{said}">') == ENTRY.url


def test_a_file_name_with_a_digit_is_no_article_where_articles_have_numbers() -> None:
    at = "https://news.example/articleView.html?idxno=123456"
    assert addressed('<link rel="canonical" href="/index2.html">', at) == ENTRY.url
    assert addressed('<link rel="canonical" href="/news/123456">', at) == "https://news.example/news/123456"


def test_a_slug_names_an_article_without_a_number() -> None:
    slug = "https://news.example/business/garam-names-new-chief"
    assert addressed(f'<link rel="canonical" href="{slug}">') == slug


def test_a_link_that_led_to_another_site_was_no_address() -> None:
    short = replace(ENTRY, url="https://s.example.org/x1")
    assert addressed("", "https://news.example/view/1?utm_source=s", short) == "https://news.example/view/1"
    assert addressed("", "https://m.news.example/1", ENTRY) == ENTRY.url, "it stayed with the outlet"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "https://d.example/news/articleViewAmp.html?idxno=7",
            "https://d.example/news/articleView.html?idxno=7",
        ),
        ("https://d.example/amp/view/7", "https://d.example/view/7"),
        ("https://d.example/mobile/news/7/", "https://d.example/news/7/"),
        ("https://d.example/view/7?outputType=amp", "https://d.example/view/7"),
        ("https://m.etnews.com/20240509000001", "https://www.etnews.com/20240509000001"),
        ("https://d.example/view/7?utm_source=rss&fbclid=a#c", "https://d.example/view/7"),
    ],
)
def test_forms_of_one_address(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "https://d.example/news/articleView.html?idxno=7",
            "https://d.example/news/articleView.html?idxno=8",
        ),
        ("https://d.example/mobile", "https://d.example/"),
        ("https://d.example/amp/8", "https://d.example/8"),
    ],
)
def test_addresses_that_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


# --------------------------------------------------------------------------- where the text is


OTHERS = "".join(
    f"<div><p>다른 기사 {number}의 첫 문단은 이렇게 길게 이어지며 여러 회사의 소식을 한꺼번에 전하고 있다.</p></div>"
    for number in range(12)
)


def at_host(host: str, inside: str) -> Article | Skipped:
    text = f"<html><body>{inside}<div class='list_wrap'>{OTHERS}</div></body></html>"
    return read_article(Fetched(f"https://{host}/1", text.encode(), "text/html"), ENTRY)


def test_an_outlets_text_is_taken_where_it_is_known_to_be() -> None:
    text = f"<div id='articletxt'>{'<br><br>'.join(BODY)}</div>"
    got = at_host("www.hankyung.com", text)
    assert isinstance(got, Article)
    assert got.text == "\n".join(BODY)
    guessed = at_host("unknown.example", text)
    assert isinstance(guessed, Article)
    assert "다른 기사" in guessed.text, "guessing fails here: this is what the place is given for"
    moved = read_article(replace(page(*BODY), url="https://www.hankyung.com/1"), ENTRY)
    assert isinstance(moved, Article)
    assert BODY[1] in moved.text, "a place that is no more costs nothing"


def test_a_page_rendered_in_the_browser_is_read_from_its_scripts() -> None:
    ld = {"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "articleBody": "\n".join(BODY)}]}
    parts = [
        {"type": "text", "content": BODY[0]},
        {"type": "image"},
        {"type": "text", "content": f"<b>{BODY[1]}</b>"},
    ]
    state = f"window.Fusion=1;Fusion.globalContent={json.dumps({'content_elements': parts})};Fusion.x=2"
    for script in (
        f'<script type="application/ld+json">{json.dumps(ld)}</script>',
        f"<script>{state}</script>",
    ):
        body = f"<html><head>{script}</head><body><div id='root'></div></body></html>"
        got = read_article(Fetched("https://news.example/1", body.encode(), "text/html"), ENTRY)
        assert isinstance(got, Article)
        assert (got.text, got.headline_only) == ("\n".join(BODY), False)


def test_lists_of_other_articles_go_wherever_they_stand() -> None:
    links = "".join(f"<li><a href='/{n}'>누리화학, {n}분기 흑자 전환에 성공했다</a></li>" for n in range(4))
    inside = f"<p>{BODY[0]}</p><div class='box'><b>관련 기사</b><ul>{links}</ul></div><p>{BODY[1]}</p>"
    text = f"<html><body><div itemprop='articleBody'>{inside}</div></body></html>"
    got = read_article(Fetched("https://news.example/1", text.encode(), "text/html"), ENTRY)
    assert isinstance(got, Article)
    assert "누리화학" not in got.text
    assert BODY[0] in got.text


def test_an_article_goes_on_after_a_box_of_other_articles() -> None:
    last = "회사는 하반기에 연구 인력 300명을 새로 뽑아 소재 개발을 앞당길 계획이라고 덧붙였다."
    more = "편 부회장은 이날 협력사 대표들과도 만나 부품 공급 계획을 자세히 논의했다고 회사는 전했다."
    box = "[관련기사]\n누리화학, 1분기 흑자\n한별전자 새 대표에 금동혁"
    assert clean(f"{BODY[0]}\n{box}\n{last}\n{more}").text == f"{BODY[0]}\n{last}\n{more}"
    teaser = "누리화학은 1분기에 영업이익 300억원을 거둬 지난해 같은 기간보다 두 배로 늘었다고 밝혔다."
    assert clean(f"{BODY[0]}\n{box}\n{teaser}\n한별전자 인사\n{teaser}").text == BODY[0]


@pytest.mark.parametrize(
    "line",
    [
        "글·사진 홍가람 기자",
        "홍가람 선임기자",
        "홍가람 산업부 기자 hong@news.example",
        "도담일보 홍가람 기자",
        "홍가람기자 hong@news.example",
        "홍가람 기자 | hong@news.example",
        "뉴욕=홍가람 특파원",
        "/홍가람 기자 hong@news.example",
        "Copyright ⓒ 도담일보. All rights reserved. 무단 전재 및 재배포, AI학습 이용 금지",
        "[ⓒ 도담일보 & news.example, 무단전재 및 재배포 금지]",
        "제보는 카카오톡 okdodam",
        "2024/05/09 10:00 송고",
        "(끝)",
        "관련기사",
        "▶ 관련 기사 보기",
        "기사 제보",
    ],
)
def test_more_lines_that_are_cut(line: str) -> None:
    assert clean(f"{BODY[0]}\n{line}").text == BODY[0]


# --------------------------------------------------------------------------- paid, gone, walled


FREE = "편승우 가람모빌리티 부회장이 9일 울산 배터리공장을 방문해 신규 라인을 점검했다. 투자는 계획대로 집행된다."


@pytest.mark.parametrize(
    "notice",
    [
        "이 기사는 유료회원 전용입니다.",
        "이 기사는 프리미엄 회원에게만 제공됩니다.",
        "로그인하시면 기사 전문을 보실 수 있습니다.",
        "구독하시면 이 기사를 계속 읽으실 수 있습니다.",
        "기사 전문은 구독자만 볼 수 있습니다.",
        "남은 기사 1,240자는 구독 후 읽을 수 있습니다.",
        "Subscribe to continue reading",
    ],
)
def test_the_free_beginning_of_a_paid_article_is_marked_and_used(notice: str) -> None:
    got = read_article(page(FREE, notice, "월 9,900원으로 시작하세요"), ENTRY)
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.note == "a paid article, of which the page shows the beginning"
    assert got.text == f"{ENTRY.title}\n{FREE}"
    told = replace(ENTRY, summary=f"{FREE} 부회장은 다음 달 미국 공장도 찾는다고 회사 관계자가 전했다.")
    longer = read_article(page(FREE, notice), told)
    assert isinstance(longer, Article)
    assert longer.text == f"{ENTRY.title}\n{told.summary}", "the feed tells more than the page"


def test_a_page_that_says_it_is_not_free_is_marked_if_it_is_short() -> None:
    script = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    )
    stub = read_article(page(FREE, head=script), ENTRY)
    assert isinstance(stub, Article)
    assert stub.headline_only
    whole = read_article(page(*(f"{number}. {FREE}" for number in range(20)), head=script), ENTRY)
    assert isinstance(whole, Article)
    assert not whole.headline_only, "some give the text away all the same"


@pytest.mark.parametrize(
    "line",
    [
        "편 부회장은 구독 서비스 회원이 100만명을 넘었다고 말했다.",
        "회사는 유료 구독자에게 새 기능을 먼저 공개하기로 했다고 밝혔다.",
        "함초아 대표는 로그인 절차를 줄이겠다고 했다.",
        "회사는 프리미엄 회원 전용 라운지를 연다고 밝혔다.",
        '함 대표는 "유료 회원에게만 제공하던 기사를 모두에게 열겠다"고 말했다.',
        "구독하면 기사 전문을 볼 수 있는 서비스를 회사는 다음 달 시작한다.",
    ],
)
def test_news_of_subscriptions_is_no_paywall(line: str) -> None:
    got = read_article(page(FREE, line, *BODY), ENTRY)
    assert isinstance(got, Article)
    assert BODY[1] in got.text
    assert line in got.text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("오류", "요청하신 기사는 삭제된 기사입니다. 이용에 불편을 드려 죄송합니다. 다시 확인해 주시기 바랍니다."),
        ("오류", "존재하지 않는 페이지입니다. 입력하신 주소가 정확한지 다시 한번 확인해 주시기 바랍니다. 감사합니다."),
        ("로그인", "서비스를 이용하시려면 로그인이 필요합니다. 아이디와 비밀번호를 입력하신 뒤 이용해 주시기 바랍니다."),
        ("Just a moment...", "This site checks the security of your connection before you may proceed any further."),
    ],
)  # fmt: skip
def test_a_page_that_is_no_article_keeps_the_headline(title: str, text: str) -> None:
    got = read_article(page(text, head=f"<title>{title}</title>"), ENTRY)
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.text == ENTRY.title
    assert got.note == "the page says that it is no article"


@pytest.mark.parametrize(
    "line",
    [
        "함초아 새솔화학 대표는 삭제된 게시물을 되살리는 서비스를 다음 달 시작한다고 밝혔다.",
        "한별전자는 로그인이 필요 없는 새 결제 서비스를 내놓았다고 금동혁 사장이 말했다.",
    ],
)
def test_a_brief_about_such_pages_is_an_article(line: str) -> None:
    got = read_article(page(line), ENTRY)
    assert isinstance(got, Article)
    assert (got.text, got.headline_only) == (line, False)


def test_a_headline_article_names_its_outlet() -> None:
    assert headline_article(Entry("g", "https://www.yna.co.kr/1", "제목", "")).outlet == "연합뉴스"
    assert (
        headline_article(Entry("g", "https://www.unknown.example/1", "제목", "")).outlet == "unknown.example"
    )


# --------------------------------------------------------------------------- charsets of old outlets

LETTERS = (
    "펲시 뷁 대표이사 편승우 부회장이 9일 울산 배터리공장을 방문해 신규 라인을 점검했다고 똠방각하가 전했다."
)


@pytest.mark.parametrize(
    ("meta", "header", "real"),
    [
        ('<meta charset="euc-kr">', "text/html", "cp949"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">',
            "text/html",
            "cp949",
        ),
        ("", "text/html; charset=EUC-KR", "cp949"),
        ("", "text/html", "cp949"),
        ('<meta charset="utf-8">', "text/html; charset=utf-8", "cp949"),
        ('<meta charset="euc-kr">', "text/html; charset=euc-kr", "utf-8"),
        ('<meta charset="euc-kr">', "text/html; charset=ISO-8859-1", "cp949"),
        ("", "text/html; charset=iso-8859-1", "cp949"),
        ("", "text/html; charset=latin1", "utf-8"),
        ("", "text/html; charset=no-such-thing", "cp949"),
        ("", "text/html; charset=windows-1252", "cp949"),
    ],
)
def test_charsets_of_pages(meta: str, header: str, real: str) -> None:
    text = f"<html><head>{meta}</head><body><article><p>{LETTERS}</p></article></body></html>"
    got = read_article(Fetched("https://news.example/1", text.encode(real), header), ENTRY)
    assert isinstance(got, Article)
    assert got.text == LETTERS


@pytest.mark.parametrize(
    ("real", "declared"), [("utf-8", "euc-kr"), ("cp949", "utf-8"), ("cp949", "iso-8859-1")]
)
def test_one_broken_letter_spoils_no_other(real: str, declared: str) -> None:
    raw = f"<article><p>{LETTERS} {LETTERS}</p></article>".encode(real)
    broken = raw[:60] + b"\xff" + raw[60:]
    got = read_article(Fetched("https://news.example/1", broken, f"text/html; charset={declared}"), ENTRY)
    assert isinstance(got, Article)
    assert "똠방각하가 전했다. 펲시" in got.text


def test_western_pages_stay_readable() -> None:
    text = "Müller übernimmt die Führung des Werks in Zürich, teilte das Unternehmen am Donnerstag mit. " * 2
    raw = f"<article><p>{text}</p></article>".encode("iso-8859-1")
    got = read_article(Fetched("https://news.example/1", raw, "text/html; charset=iso-8859-1"), ENTRY)
    assert isinstance(got, Article)
    assert "Müller übernimmt die Führung" in got.text


# --------------------------------------------------------------------------- hostile pages


def test_entities_of_a_page_are_not_expanded() -> None:
    bomb = f'<!DOCTYPE html [<!ENTITY a "{"가" * 300}"><!ENTITY b "{"&a;" * 100}">]>'
    body = f"{bomb}<html><body><article><p>{FREE} {'&b;' * 10}</p></article></body></html>"
    got = read_article(Fetched("https://news.example/1", body.encode(), "text/html"), ENTRY)
    assert isinstance(got, Article)
    assert "가가" not in got.text


@pytest.mark.parametrize(
    "inside",
    [
        "<div " + " ".join(f"a{number}='<'" for number in range(60_000)) + ">",
        "<a x='" * 100_000,
        "<" * 500_000,
        "<b>" * 200_000,
        "<!--" * 200_000,
        "<script>" * 100_000,
        '<script type="application/ld+json">' + "[" * 500_000 + "</script>",
        "ⓒ" * 300_000,
        "a@" * 200_000,
    ],
    ids=["attributes", "quotes", "brackets", "nesting", "comments", "scripts", "JSON", "notices", "mail"],
)
def test_a_hostile_page_is_read_in_bounded_time(inside: str) -> None:
    start = time.process_time()
    body = f"<html><body><article><p>{FREE}</p></article>{inside}</body></html>"
    got = read_article(Fetched("https://news.example/1", body.encode(), "text/html"), ENTRY)
    assert isinstance(got, Article)
    assert time.process_time() - start < 10


def test_a_huge_page_keeps_its_article() -> None:
    junk = "<script>var a = 1;</script><style>p{}</style><!-- x -->" * 50_000
    body = f"<html><body>{junk}<img src='data:image/png;base64,{'A' * 900_000}'><article><p>{FREE}</p></article></body></html>"
    got = read_article(Fetched("https://news.example/1", body.encode(), "text/html"), ENTRY)
    assert isinstance(got, Article)
    assert got.text == FREE
