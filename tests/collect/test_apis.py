"""Naver's search and OpenDART against servers that speak their documented formats."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.newsroom.server import Request, Response, serve
from briefing.collect.fetch import Fetcher
from briefing.collect.sources.apis import Sources, until_tomorrow
from briefing.collect.sources.naver import NaverNews
from briefing.collect.sources.opendart import OpenDart, disclosures
from briefing.model import Entry, Failed, FeedState, Polled

NOW = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)  # 10:00 in Seoul
HOUR = timedelta(hours=1)


class Api:
    """An API server: gives what `answers` says, page by page, and logs what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], Request]] = []
        self.status = 200
        self.body: Any = {}
        self.pages: dict[str, Any] = {}

    async def answer(self, request: Request) -> Response:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.target).query).items()}
        self.asked.append((query, request))
        page = query.get("start") or query.get("page_no") or ""
        body = self.pages.get(page, self.body)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Response(self.status, data, {"Content-Type": "application/json;charset=UTF-8"})


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def base(api: Api) -> AsyncIterator[str]:
    async with serve(api.answer) as url:
        yield url


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(allow_private_network=True) as open_fetcher:
        yield open_fetcher


@pytest.fixture
def naver(base: str, fetcher: Fetcher) -> NaverNews:
    return NaverNews(fetcher, "id-of-ours", "geheim", base_url=base)


@pytest.fixture
def dart(base: str, fetcher: Fetcher) -> OpenDart:
    return OpenDart(fetcher, "geheim", base_url=base)


def state(source: NaverNews | OpenDart, companies: tuple[str, ...] = ("가람전자",)) -> FeedState:
    return FeedState(1, source.feeds(companies)[0])


def item(number: int, minutes_ago: int = 0, **more: str) -> dict[str, str]:
    when = NOW + timedelta(hours=9) - timedelta(minutes=minutes_ago)
    return {
        "title": f"<b>가람전자</b>, 새 대표에 유서진 &amp; {number}",
        "originallink": f"https://www.yna.co.kr/view/{number}",
        "link": f"https://n.news.naver.com/mnews/article/001/{number}",
        "description": "<b>가람전자</b>는 유서진 부사장을 대표이사로 &quot;선임&quot;했다.",
        "pubDate": when.strftime("%a, %d %b %Y %H:%M:%S +0900"),
        **more,
    }


def found(*items: dict[str, str]) -> dict[str, Any]:
    return {"lastBuildDate": "", "total": len(items), "start": 1, "display": len(items), "items": list(items)}


# --------------------------------------------------------------------------- Naver


async def test_naver_brings_entries_like_any_feed(api: Api, naver: NaverNews) -> None:
    other = item(2, 5, originallink="", link="https://n.news.naver.com/mnews/article/001/2")
    api.body = found(item(1, 3), other, item(3, 9, originallink="https://unknown.example/3"))
    got = await naver.poll(state(naver), NOW)
    assert isinstance(got, Polled)
    assert got.entries[0] == Entry(
        guid="https://www.yna.co.kr/view/1",
        url="https://www.yna.co.kr/view/1",
        title="가람전자, 새 대표에 유서진 & 1",
        outlet="연합뉴스",
        published=NOW - timedelta(minutes=3),
        summary='가람전자는 유서진 부사장을 대표이사로 "선임"했다.',
    )
    assert [(entry.url, entry.outlet) for entry in got.entries[1:]] == [
        ("https://n.news.naver.com/mnews/article/001/2", ""),
        ("https://unknown.example/3", ""),
    ]
    ((query, request),) = api.asked
    assert request.path == "/v1/search/news.json"
    assert query == {"query": '"가람전자"', "display": "100", "start": "1", "sort": "date"}
    assert request.headers["x-naver-client-id"] == "id-of-ours"
    assert request.headers["x-naver-client-secret"] == "geheim"


async def test_naver_reads_on_to_where_the_last_poll_ended(api: Api, naver: NaverNews) -> None:
    api.pages = {
        "1": found(*(item(number, number) for number in range(100))),
        "101": found(*(item(number, number) for number in range(100, 200))),
        "201": found(*(item(number, number) for number in range(200, 300))),
    }
    since = replace(state(naver), last_success=NOW - timedelta(minutes=90))
    got = await naver.poll(since, NOW)
    assert isinstance(got, Polled)
    assert len(got.entries) == 200, "an hour more than needed: articles reach the index late"
    assert [query["start"] for query, _ in api.asked] == ["1", "101"]
    api.asked.clear()
    first = await naver.poll(state(naver), NOW)
    assert isinstance(first, Polled)
    assert len(api.asked) == 1, "at first contact one page is enough"


async def test_naver_tells_of_more_news_than_it_gives(api: Api, naver: NaverNews) -> None:
    for start in range(1, 1001, 100):
        api.pages[str(start)] = found(*(item(number) for number in range(start, start + 100)))
    got = await naver.poll(replace(state(naver), last_success=NOW - 5 * HOUR), NOW)
    assert isinstance(got, Polled)
    assert len(got.entries) == 1000
    assert got.problems == ("more than 1000 articles since the last poll",)


async def test_naver_with_nothing_found(api: Api, naver: NaverNews) -> None:
    api.body = found()
    got = await naver.poll(state(naver), NOW)
    assert isinstance(got, Polled)
    assert got.entries == ()


@pytest.mark.parametrize(
    ("status", "body", "said", "wait"),
    [
        (
            401,
            {"errorMessage": "NID AUTH Result Invalid (1000) : Authentication failed.", "errorCode": "024"},
            "the key is refused: Naver answered 401 024 NID AUTH",
            HOUR,
        ),
        (403, {"errorMessage": "", "errorCode": "011"}, "the key is refused", HOUR),
        (
            429,
            {"errorMessage": "Query limit exceeded", "errorCode": "010"},
            "the quota of the day is spent: Naver answered 429 010 Query limit exceeded",
            timedelta(hours=14, minutes=5),
        ),
        (
            429,
            {"errorMessage": "Rate limit exceeded", "errorCode": "012"},
            "asked too fast",
            timedelta(minutes=1),
        ),
        (
            401,
            b"<result><errorMessage>Scope Status Invalid</errorMessage><errorCode>024</errorCode></result>",
            "024 Scope Status Invalid",
            HOUR,
        ),
    ],
    ids=["expired key", "no permission", "quota", "speed", "error as XML"],
)
async def test_naver_refuses_and_is_left_alone(
    api: Api, naver: NaverNews, status: int, body: Any, said: str, wait: timedelta
) -> None:
    api.status, api.body = status, body
    got = await naver.poll(state(naver), NOW)
    assert isinstance(got, Failed)
    assert said in got.reason
    assert "geheim" not in got.reason
    assert got.retry_after == wait
    # another company's search does not spend a question on the same answer
    other = replace(state(naver, ("누리화학",)), id=2)
    later = NOW + wait - timedelta(seconds=1)
    assert await naver.poll(other, later) == Failed(got.reason, retry_after=timedelta(seconds=1))
    assert len(api.asked) == 1
    api.status, api.body = 200, found(item(1))
    assert isinstance(await naver.poll(other, NOW + wait), Polled)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, {"errorMessage": "Incorrect query request", "errorCode": "SE01"}, "400 SE01 Incorrect query"),
        (500, {"errorMessage": "System Error", "errorCode": "SE99"}, "500 SE99 System Error"),
        (200, b"<html>maintenance</html>", "Naver answered 200, no answer of the search"),
        (200, b"[" * 100_000, "no answer of the search"),
        (503, b"", "Naver answered 503"),
        (200, {"items": "?"}, "no answer of the search"),
    ],
)
async def test_naver_in_trouble_fails_one_search(
    api: Api, naver: NaverNews, status: int, body: Any, said: str
) -> None:
    api.status, api.body = status, body
    got = await naver.poll(state(naver), NOW)
    assert isinstance(got, Failed)
    assert said in got.reason
    await naver.poll(state(naver), NOW)
    assert len(api.asked) == 2, "the others are still asked"


async def test_a_page_that_fails_loses_nothing(api: Api, naver: NaverNews) -> None:
    api.pages = {"1": found(*(item(number) for number in range(100))), "101": b"broken"}
    assert isinstance(await naver.poll(replace(state(naver), last_success=NOW - HOUR), NOW), Failed)


def test_naver_shares_a_days_questions_among_its_searches(naver: NaverNews) -> None:
    naver.feeds(tuple(f"회사{number}" for number in range(500)))
    polled = naver._polled([], naver.feeds(("가람전자",) * 500)[0], NOW)
    assert isinstance(polled, Polled)
    assert polled.ttl is not None
    assert timedelta(days=1) / polled.ttl * 500 <= 20_000


@pytest.mark.parametrize("odd", [{"title": None}, {"pubDate": "어제"}, {"originallink": "javascript:1"}, {}])
async def test_naver_with_odd_items_loses_no_other(api: Api, naver: NaverNews, odd: dict[str, Any]) -> None:
    api.body = found({**item(1), **odd}, item(2))
    api.body["items"].append("no item")
    got = await naver.poll(state(naver), NOW)
    assert isinstance(got, Polled)
    assert "https://www.yna.co.kr/view/2" in [entry.url for entry in got.entries]
    assert "None" not in repr([(entry.title, entry.summary) for entry in got.entries])


# --------------------------------------------------------------------------- OpenDART


def row(number: int, report: str = "대표이사변경", **more: str) -> dict[str, str]:
    return {
        "corp_code": "00123456",
        "corp_name": "가람전자",
        "stock_code": "012345",
        "corp_cls": "Y",
        "report_nm": f"{report}            ",
        "rcept_no": f"202603038{number:05}",
        "flr_nm": "가람전자",
        "rcept_dt": "20260303",
        "rm": "유",
        **more,
    }


def listed(*rows: dict[str, str], page: int = 1, pages: int = 1) -> dict[str, Any]:
    return {
        "status": "000",
        "message": "정상",
        "page_no": page,
        "page_count": 100,
        "total_count": len(rows),
        "total_page": pages,
        "list": list(rows),
    }


async def test_disclosures_bring_entries_like_any_feed(api: Api, dart: OpenDart) -> None:
    api.body = listed(row(1), row(2, "단일판매ㆍ공급계약체결"), row(3, "[기재정정]대표이사변경"))
    got = await dart.poll(state(dart), NOW)
    assert isinstance(got, Polled)
    assert got.entries[0] == Entry(
        guid="20260303800001",
        url="https://dart.fss.or.kr/dsaf001/main.do?rcpNo=20260303800001",
        title="가람전자, 대표이사변경",
        outlet="DART 전자공시",
        published=datetime(2026, 3, 2, 15, tzinfo=UTC),
        summary="공시 대표이사변경, 회사 가람전자, 제출인 가람전자",
    )
    assert [entry.title for entry in got.entries[1:]] == ["가람전자, [기재정정]대표이사변경"]
    ((query, request),) = api.asked
    assert request.path == "/api/list.json"
    assert query == {
        "crtfc_key": "geheim",
        "pblntf_ty": "I",
        "sort": "date",
        "page_count": "100",
        "page_no": "1",
        "bgn_de": "20260302",
        "end_de": "20260303",
    }


async def test_disclosures_are_read_to_the_last_page_and_from_the_last_good_poll(
    api: Api, dart: OpenDart
) -> None:
    api.pages = {str(page): listed(row(page), page=page, pages=3) for page in (1, 2, 3)}
    # 15:30 UTC is the next day in Seoul
    since = replace(state(dart), last_success=datetime(2026, 2, 20, 15, 30, tzinfo=UTC))
    got = await dart.poll(since, NOW)
    assert isinstance(got, Polled)
    assert len(got.entries) == 3
    assert {query["bgn_de"] for query, _ in api.asked} == {"20260220"}
    long_ago = replace(state(dart), last_success=NOW - timedelta(days=900))
    await dart.poll(long_ago, NOW)
    assert api.asked[-1][0]["bgn_de"] == "20251213", "the API answers for three months at most"


@pytest.mark.parametrize(
    ("status", "message", "said", "wait"),
    [
        ("010", "등록되지 않은 키입니다.", "the key is refused: OpenDART answered 010 등록되지", HOUR),
        ("901", "개인정보 보유기간이 만료되어 사용할 수 없는 키입니다.", "the key is refused", HOUR),
        ("020", "요청 제한을 초과하였습니다.", "the quota is spent: OpenDART answered 020", HOUR),
    ],
    ids=["unknown key", "expired key", "quota"],
)
async def test_opendart_refuses_and_is_left_alone(
    api: Api, dart: OpenDart, status: str, message: str, said: str, wait: timedelta
) -> None:
    api.body = {"status": status, "message": message}
    got = await dart.poll(state(dart), NOW)
    assert isinstance(got, Failed)
    assert said in got.reason
    assert got.retry_after == wait
    assert isinstance(await dart.poll(state(dart), NOW + wait / 2), Failed)
    assert len(api.asked) == 1
    api.body = listed(row(1))
    assert isinstance(await dart.poll(state(dart), NOW + wait), Polled)


@pytest.mark.parametrize(
    ("code", "body", "said"),
    [
        (200, {"status": "800", "message": "시스템 점검 중"}, "OpenDART answered 800 시스템 점검 중"),
        (200, {"status": "100", "message": "crtfc_key=geheim"}, "OpenDART answered 100 crtfc_key=[key]"),
        (200, {"status": "000", "list": {}}, "OpenDART answered 000"),
        (502, b"<html>bad gateway</html>", "OpenDART answered 502, no list of disclosures"),
    ],
)
async def test_opendart_in_trouble(api: Api, dart: OpenDart, code: int, body: Any, said: str) -> None:
    api.status, api.body = code, body
    got = await dart.poll(state(dart), NOW)
    assert isinstance(got, Failed)
    assert said in got.reason
    assert "geheim" not in got.reason


async def test_a_day_without_disclosures_is_no_trouble(api: Api, dart: OpenDart) -> None:
    api.body = {"status": "013", "message": "조회된 데이타가 없습니다."}
    got = await dart.poll(state(dart), NOW)
    assert isinstance(got, Polled)
    assert got.entries == ()


async def test_no_connection_tells_no_key(fetcher: Fetcher) -> None:
    async with serve(Api().answer) as gone:
        pass
    dart = OpenDart(fetcher, "geheim", base_url=gone)
    got = await dart.poll(state(dart), NOW)
    assert isinstance(got, Failed)
    assert "geheim" not in got.reason


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("대표이사(대표집행임원)변경(안내공시)", True),
        ("대표집행임원변경", True),
        ("독립이사의선임ㆍ해임또는중도퇴임에관한신고", True),
        ("사외이사의 선임·해임 또는 중도퇴임에 관한 신고", True),
        ("감사ㆍ감사위원회위원중도퇴임", True),
        ("임원ㆍ주요주주특정증권등소유상황보고서", False),
        ("임원ㆍ주요주주특정증권등거래계획보고서", False),
        ("주식매수선택권부여에관한신고", False),
        ("주주총회소집결의", False),
        ("최대주주변경", False),
    ],
)
def test_which_disclosures_are_taken(name: str, taken: bool) -> None:
    assert disclosures().takes(name) is taken


# --------------------------------------------------------------------------- both


def test_addresses_hold_no_key_and_are_told_apart(naver: NaverNews, dart: OpenDart) -> None:
    sources = Sources([naver, dart])
    feeds = sources.feeds(("가람전자", "누리화학"))
    assert [feed.title for feed in feeds] == ["가람전자", "누리화학", "거래소공시", "기타공시"]
    assert "geheim" not in repr(feeds)
    assert [sources.of(feed) for feed in feeds] == [naver, naver, dart, dart]
    assert Sources().of(feeds[0]) is None


def test_quotas_begin_anew_after_midnight_in_seoul() -> None:
    assert until_tomorrow(datetime(2026, 3, 3, 14, 59, 30, tzinfo=UTC)) == timedelta(minutes=5, seconds=30)
    assert until_tomorrow(datetime(2026, 3, 3, 15, 0, tzinfo=UTC)) == timedelta(hours=24, minutes=5)
