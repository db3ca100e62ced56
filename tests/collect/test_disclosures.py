"""Documents of disclosures: an API on loopback, documents in the manner of the forms, invented people."""

from __future__ import annotations

import io
import json
import logging
import time
import tracemalloc
import zipfile
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.newsroom.server import Request, Response, serve
from briefing.collect.fetch import Fetcher
from briefing.collect.sources.apis import Sources
from briefing.collect.sources.dart_documents import tables
from briefing.collect.sources.dart_forms import sentences
from briefing.collect.sources.dart_names import names_in
from briefing.collect.sources.dart_words import forms
from briefing.collect.sources.opendart import VIEWER_URL, OpenDart
from briefing.model import Article, Entry, FeedState, Polled, Skipped
from tests.extract.reading import extractor

NOW = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
NUMBER = "20260303800001"
MIB = 1024 * 1024
EXCHANGE = "대표이사(대표집행임원)변경(안내공시)"
OUTSIDE = "사외이사의선임ㆍ해임또는중도퇴임에관한신고"


def entry(report: str = EXCHANGE, company: str = "가람전자") -> Entry:
    return Entry(
        guid=NUMBER,
        url=VIEWER_URL + NUMBER,
        title=f"{company}, {report}",
        outlet="DART 전자공시",
        published=datetime(2026, 3, 2, 15, tzinfo=UTC),
        summary=f"공시 {report}, 회사 {company}, 제출인 {company}",
    )


def archive(*documents: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as opened:
        for number, document in enumerate(documents):
            opened.writestr(f"{NUMBER}{f'_{number:05}' if number else ''}.xml", document)
    return packed.getvalue()


def exchange(before: str, after: str, *more: tuple[str, str], charset: str = "euc-kr") -> bytes:
    """A form of the exchange: HTML, the labels of one item beside each other."""
    said = f'<meta content="text/html; charset={charset}" http-equiv="Content-Type">' if charset else ""
    rest = "".join(f'<tr><td colspan="2">{label}</td><td>{value}</td></tr>' for label, value in more)
    return (
        f"<html><head>{said}<STYLE>.xforms * {{ font-size: 10px; }}</STYLE></head><body><div class='xforms'>"
        "<div class='xforms_title'>대표이사(대표집행임원) 변경</div><table>"
        f"<tr><td rowspan='2'><span>1. 변경내용</span></td><td>변경전 대표이사</td><td>{before}</td></tr>"
        f"<tr><td>변경후 대표이사</td><td><span class='xforms_input'>{after}</span></td></tr>{rest}"
        "</table></div></body></html>"
    ).encode("cp949" if charset == "euc-kr" else "utf-8")


def markup(*sections: tuple[str, Iterable[Iterable[str]]]) -> str:
    """A form in DART's own markup: headings and the tables under them."""
    body = "".join(
        f"<P>{heading}</P><TABLE><COLGROUP><COL WIDTH='90'/></COLGROUP><TBODY>"
        + "".join(f"<TR>{''.join(f'<TE>{cell}</TE>' for cell in row)}</TR>" for row in rows)
        + "</TBODY></TABLE>"
        for heading, rows in sections
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><DOCUMENT><DOCUMENT-NAME ACODE="00760">신고</DOCUMENT-NAME>'
        "<COMPANY-NAME>가람전자</COMPANY-NAME><BODY><COVER><TABLE><TR><TD>회 사 명</TD><TD>가람 R&D</TD></TR>"
        "<TR><TD>대 표 이 사</TD><TD>김 가 람</TD></TR><TR><TD>(성 명)</TD><TD>문서영</TD></TR></TABLE></COVER>"
        f"<SECTION-1><TITLE ATOC='Y'>선임ㆍ해임 또는 중도퇴임에 관한 신고</TITLE>{body}</SECTION-1></BODY></DOCUMENT>"
    )


class Dart:
    """OpenDART: what it answers for a document, and how often it was asked."""

    def __init__(self) -> None:
        self.body: bytes = b""
        self.status = 200
        self.asked: list[dict[str, str]] = []

    def refuses(self, status: str, message: str) -> None:
        said = f"<result><status>{status}</status><message>{message}</message></result>"
        self.body = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{said}'.encode()

    async def answer(self, request: Request) -> Response:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.target).query).items()}
        if request.path != "/api/document.xml":
            return Response(200, json.dumps({"status": "013"}).encode())
        self.asked.append(query)
        return Response(self.status, self.body, {"Content-Type": "application/x-msdownload"})


@pytest.fixture
def api() -> Dart:
    return Dart()


@pytest.fixture
async def dart(api: Dart) -> AsyncIterator[OpenDart]:
    async with serve(api.answer) as url, Fetcher(allow_private_network=True) as fetcher:
        yield OpenDart(fetcher, "geheim", base_url=url)


def moves(article: Article) -> set[tuple[str, str | None, str, str | None]]:
    return {
        (move.person, move.company, move.kind.value, move.role) for move in extractor().extract(article).moves
    }


# --------------------------------------------------------------------------- forms


async def test_who_is_new_and_who_has_gone_is_told(api: Dart, dart: OpenDart) -> None:
    api.body = archive(
        exchange(
            "김가람", "이나래", ("2. 변경사유", "대표이사 사임에 따른 신규선임"), ("3. 변경일", "2026-03-03")
        )
    )
    got = await dart.read(entry(), NOW)
    assert got == Article(
        id=NUMBER,
        url=VIEWER_URL + NUMBER,
        outlet="DART 전자공시",
        title=f"가람전자, {EXCHANGE}",
        published=datetime(2026, 3, 2, 15, tzinfo=UTC),
        text="회사 가람전자는 2026년 3월 3일 이나래 대표이사를 선임했다고 공시했다.\n"
        "회사 가람전자는 2026년 3월 3일 김가람 대표이사가 사임했다고 공시했다.",
    )
    assert moves(got) == {
        ("이나래", "가람전자", "appointed", "대표이사"),
        ("김가람", "가람전자", "departed", "대표이사"),
    }
    assert api.asked == [{"crtfc_key": "geheim", "rcept_no": NUMBER}]


@pytest.mark.parametrize("charset", ["euc-kr", ""], ids=["EUC-KR as declared", "UTF-8 undeclared"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("김가람, 박서준(각자대표이사)", "박서준, 이나래(각자대표이사)"),
        ("각자 대표이사 김 가 람<br>각자 대표이사 박 서 준", "박서준<br>이나래"),
        ("1. 김가람 2. 박서준", "1) 박서준 (재직) 2) 이나래 (신규)"),
        ("김가람ㆍ박서준", "이나래 및 박서준 대표이사"),
    ],
)
async def test_of_several_only_those_who_change_are_told(
    api: Dart, dart: OpenDart, before: str, after: str, charset: str
) -> None:
    api.body = archive(exchange(before, after, ("3. 변경일자", "2026년 03월 03일"), charset=charset))
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Article)
    assert moves(got) == {
        ("이나래", "가람전자", "appointed", "대표이사"),
        ("김가람", "가람전자", "departed", "대표이사"),
    }
    assert "박서준" not in got.text


def told(document: bytes | str, report: str = EXCHANGE, company: str = "가람전자") -> list[str]:
    body = document.encode() if isinstance(document, str) else document
    return list(sentences(tables(body), company, report, entry().published))


def test_what_the_rows_of_persons_say_is_better_known_than_the_lists() -> None:
    document = exchange(
        "김가람, 박서준, 한지우",
        "박서준, 이나래",
        ("3. 변경일", "2026-03-03"),
    ).decode("cp949")
    people = (
        "<table><tr><td colspan='3'>4. 세부내역</td></tr><tr><td>성명</td><td>구분</td><td>주요경력</td></tr>"
        "<tr><td>이나래</td><td>신규선임</td><td>(전) 누리화학 대표이사</td></tr>"
        "<tr><td>박서준</td><td>재선임</td><td>-</td></tr><tr><td>김가람</td><td>해임</td><td></td></tr>"
        "<tr><td>한지우</td><td>임기만료</td><td></td></tr></table>"
    )
    assert told(document + people) == [
        "회사 가람전자는 2026년 3월 3일 이나래 대표이사를 선임했다고 공시했다.",
        "회사 가람전자는 2026년 3월 3일 박서준 대표이사를 재선임했다고 공시했다.",
        "회사 가람전자는 2026년 3월 3일 김가람 대표이사를 해임했다고 공시했다.",
        "회사 가람전자는 2026년 3월 3일 한지우 대표이사가 임기 만료로 퇴임했다고 공시했다.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "reason", "expected"),
    [
        ("-", "이나래", "신규 설립", ["회사 가람전자는 이나래 대표이사를 선임했다고 공시했다."]),
        ("김가람", "공석", "사망", ["회사 가람전자는 김가람 대표이사가 물러났다고 공시했다."]),
        ("김가람", "김가람", "재선임", ["회사 가람전자는 김가람 대표이사를 재선임했다고 공시했다."]),
        ("김가람", "김가람", "각자 대표이사 체제로 변경", []),
        ("김가람 외 1명", "이나래", "", []),
        ("김가람 박서준", "이나래", "", []),
        ("홍보팀 문의", "이나래1", "", []),
        (
            "Hamish Dunbar",
            "마이클 존슨",
            "",
            ["마이클 존슨 대표이사를 선임", "Hamish Dunbar 대표이사가 물러났다"],
        ),
    ],
)
def test_what_is_not_sure_is_not_said(before: str, after: str, reason: str, expected: list[str]) -> None:
    lines = told(exchange(before, after, ("2. 변경사유", reason)))
    assert len(lines) == len(expected)
    assert all(want in line for want, line in zip(expected, lines, strict=True))


def test_both_sides_may_stand_over_their_columns() -> None:
    document = "<table><tr><th>구분</th><th>변경전</th><th>변경후</th></tr><tr><td>대표이사</td><td>김가람</td><td>이나래</td></tr></table>"
    assert told(document, "대표이사변경") == [
        "회사 가람전자는 이나래 대표이사를 선임했다고 공시했다.",
        "회사 가람전자는 김가람 대표이사가 물러났다고 공시했다.",
    ]


def test_a_correction_tells_what_holds_now_and_not_what_was_corrected() -> None:
    comparison = (
        "<table><tr><td>정정항목</td><td>정 정 전</td><td>정 정 후</td></tr>"
        "<tr><td>변경후 대표이사</td><td>이나례</td><td>이나래</td></tr></table>"
    )
    document = comparison + exchange("김가람", "이나래").decode("cp949")
    assert [line.split()[2] for line in told(document, "[기재정정]대표이사변경")] == ["이나래", "김가람"]


def test_executives_of_subsidiaries_are_not_those_of_the_company() -> None:
    document = exchange("김가람", "이나래")
    assert told(document, "대표이사변경(종속회사의주요경영사항)") == []
    assert told(document, "대표이사변경(자회사의 주요경영사항)") == []
    assert len(told(document, "대표이사변경")) == 2


def test_a_day_of_last_year_is_left_out() -> None:
    lines = told(exchange("김가람", "이나래", ("3. 변경일", "2025-12-31")))
    assert lines[0] == "회사 가람전자는 이나래 대표이사를 선임했다고 공시했다."
    assert "2027년 1월 1일" in told(exchange("김가람", "이나래", ("변경(예정)일", "20270101")))[0]


def test_outside_directors_come_and_go_in_dart_markup() -> None:
    document = markup(
        (
            "1. 선임 <주1>",
            [
                ("성 명", "출생연월", "재선임 여부", "선임일", "주요경력"),
                ("정다온", "1970.01", "신규선임", "2026년 03월 03일", "누리대&cr;교수"),
                ("서로운", "1961.01", "해당", "2026년 03월 03일", "(전) 누리화학 대표이사"),
            ],
        ),
        ("2. 해임", [("성명", "해임사유"), ("-", "-")]),
        ("3. 중도퇴임", [("성명", "퇴임일", "중도퇴임사유"), ("한 결", "2026.03.01", "일신상의 사유")]),
        ("4. 현황", [("이사총수", "7"), ("사외이사수", "3")]),
    )
    lines = told(document, OUTSIDE)
    assert lines == [
        "회사 가람전자는 2026년 3월 3일 정다온 사외이사를 선임했다고 공시했다.",
        "회사 가람전자는 2026년 3월 3일 서로운 사외이사를 재선임했다고 공시했다.",
        "회사 가람전자는 2026년 3월 1일 한결 사외이사가 사임했다고 공시했다.",
    ]
    assert told(document, OUTSIDE.replace("사외", "독립"))[0].endswith(
        "정다온 독립이사를 선임했다고 공시했다."
    )


def test_blocks_of_labels_and_values_are_read_like_rows() -> None:
    document = markup(
        (
            "임원의 변경",
            [
                ("구분", "선임", "성명", "정다온"),
                ("직위", "부사장", "선임일", "2026-03-03"),
                ("구분", "사임", "성명", "한지우"),
                ("직위", "전무", "사유", "일신상의 사유"),
            ],
        )
    )
    assert told(document, "임원변경") == [
        "회사 가람전자는 2026년 3월 3일 정다온 부사장을 선임했다고 공시했다.",
        "회사 가람전자는 한지우 전무가 사임했다고 공시했다.",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("성명", "구분"), ("정다온", "사임 및 선임")],
        [("성명", "구분"), ("정다온", "선임 부결")],
        [("성명", "구분"), ("정다온", "선임"), ("정다온", "사임")],
        [("성명", "구분"), ("정다온", "")],
        [("성명", "구분"), ("정다온 외 2인", "선임")],
        [("성명", "직위", "구분"), ("정다온", "고문", "선임")],
        [("성명", "주요경력", "비고"), ("정다온", "누리화학 대표이사 선임", "")],
    ],
    ids=["both", "voted down", "twice", "no deed", "others", "no post", "career"],
)
def test_rows_that_contradict_themselves_are_left_out(rows: list[tuple[str, ...]]) -> None:
    assert told(markup(("내역", rows)), "임원선임ㆍ해임") == []


def test_auditors_are_told_by_the_name_of_the_report_or_by_the_row() -> None:
    rows = [
        ("성명", "직위", "구분"),
        ("정다온", "감사위원회 위원", "중도퇴임"),
        ("한지우", "상근감사", "선임"),
    ]
    assert told(markup(("내역", rows)), "감사ㆍ감사위원회위원중도퇴임") == [
        "회사 가람전자는 한지우 상근감사를 선임했다고 공시했다.",
        "회사 가람전자는 정다온 감사위원이 물러났다고 공시했다.",
    ]
    assert told(markup(("중도퇴임", [("성명", "사유"), ("한지우", "-")])), "감사중도퇴임") == [
        "회사 가람전자는 한지우 감사가 물러났다고 공시했다."
    ]


@pytest.mark.parametrize(
    "post", ["대표이사", "대표집행임원", "사외이사", "독립이사", "감사", "상근감사", "감사위원", "부사장"]
)
def test_every_sentence_of_the_data_is_read_by_the_extractor(post: str) -> None:
    kinds = {"enters": "appointed", "stays": "retained", "leaves": "departed"}
    deeds = [deed for deed in forms().deeds if deed.effect in kinds]
    for deed in deeds:
        word = next(word for word, found in forms().deed_of.items() if found == deed)
        rows = [("성명", "직위", "구분", "변경일"), ("정다온", post, word, "2026-03-03")]
        (line,) = told(markup(("내역", rows)), "임원변경", "누리화학")
        article = Article(id="t", text=line, title="누리화학, 임원변경", published=NOW)
        assert moves(article) == {("정다온", "누리화학", kinds[deed.effect], post)}, line


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("김 가 람", ("김가람",)),
        ("남궁 민", ("남궁민",)),
        ("김가람(1970년생) / 이나래", ("김가람", "이나래")),
        ("Hamish Dunbar", ("Hamish Dunbar",)),
        ("다니엘 베이커", ("다니엘 베이커",)),
        ("다니엘 박, 존 스미스", ("다니엘 박", "존 스미스")),
        ("-", ()),
        ("해당사항 없음", ()),
        ("", ()),
        ("대표이사김가람외", None),
        ("김가람 외", None),
        ("대표이사" * 4 + "다", None),
    ],
)
def test_names_in_cells(cell: str, names: tuple[str, ...] | None) -> None:
    assert names_in(cell, forms().naming) == names


# --------------------------------------------------------------------------- documents


def test_markup_that_no_parser_likes_has_its_tables() -> None:
    text = (
        "<DOCUMENT><BODY><TABLE><TR><TD>변경전 대표이사<TE/><TE>김가람 & 가람 <주2></TE></TR>"
        "<TR><TU ROWSPAN='99999999'>a</TU><TH COLSPAN=3>b</TH><TR><TD COLSPAN='-1'>c</BODY>"
    )
    (table,) = tables(text.encode("cp949"))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["변경전 대표이사", "", "김가람 & 가람 <주2>"],
        ["a", "b", "b", "b"],
        ["c"],
    ]


def test_documents_of_nothing_have_no_tables() -> None:
    for body in (b"", b"\x00\xff" * 100, b"<", b"<TABLE>" * 5000, b"<td colspan=9>" * 5000):
        assert sentences(tables(body), "가람전자", EXCHANGE, NOW) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<table><tr><td>" * 40_000,
        (b"<table>" + b"<tr><td>\xec\x84\xb1\xeb\xaa\x85</td><td>x</td></tr>" * 60) * 250,
        b"<table>" + b"<tr><td colspan=40 rowspan=40>" + b"<td>x" * 100_000,
        b"<table><tr><td>" + "대표이사신규선임".encode() * 20_000,
        b"<table><tr><td/" * 40_000,
        b"<table></table>" * 40_000,
    ],
    ids=["deep", "deep and wide", "spans", "long cell", "cut tags", "many tables"],
)
def test_hostile_documents_take_seconds_at_most(body: bytes) -> None:
    began = time.process_time()
    assert told(body) == []
    assert time.process_time() - began < 5


async def test_the_main_document_comes_first_and_pictures_are_passed_over(api: Dart, dart: OpenDart) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as opened:
        opened.writestr("logo.jpg", bytes(99))
        opened.writestr(f"{NUMBER}_00760.xml", exchange("김가람", "오하늘"))
        opened.writestr(f"{NUMBER}.xml", exchange("김가람", "이나래"))
    api.body = packed.getvalue()
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Article)
    assert "이나래" in got.text
    assert "오하늘" not in got.text


async def test_a_document_of_no_known_form_leaves_the_headline(api: Dart, dart: OpenDart) -> None:
    api.body = archive(b"<html><p>No table</p></html>")
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Article)
    assert got.headline_only
    assert got.text == f"가람전자, {EXCHANGE}\n공시 {EXCHANGE}, 회사 가람전자, 제출인 가람전자"
    assert got.note == "the document says nothing of persons that is sure"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (archive(bytes(300 * MIB)), "larger than 8,388,608 bytes"),
        (archive(*[bytes(3 * MIB)] * 3), "larger than 8,388,608 bytes"),
        (archive(*[b"<p>"] * 21), "more than 20 files"),
        (archive(bytes(MIB), method=zipfile.ZIP_LZMA), "not unpacked"),
        (b"PK\x03\x04" + bytes(5 * MIB), "larger than 4,194,304 bytes"),
    ],
    ids=["bomb", "sum", "files", "LZMA", "archive"],
)
async def test_what_is_too_large_is_never_unpacked(api: Dart, dart: OpenDart, body: bytes, said: str) -> None:
    api.body = body
    tracemalloc.start()
    got = await dart.read(entry(), NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(got, Article)
    assert got.headline_only
    assert said in got.note
    assert peak < 40 * MIB


async def test_an_encrypted_archive_is_not_unpacked(api: Dart, dart: OpenDart) -> None:
    body = bytearray(archive(b"<p>"))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    api.body = bytes(body)
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Article)
    assert "not unpacked" in got.note


WHOLE = archive(exchange("김가람", "이나래"))


@pytest.mark.parametrize(
    "body", [WHOLE[:-30], WHOLE[: len(WHOLE) // 2], WHOLE[:40] + bytes(20) + WHOLE[60:], b"PK"]
)
async def test_a_broken_archive_is_tried_again(api: Dart, dart: OpenDart, body: bytes) -> None:
    api.body = body
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Skipped)
    assert got.retry
    assert "broken" in got.reason


# --------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("status", "wait"),
    [("013", None), ("014", None), ("800", timedelta(minutes=30)), ("100", None), ("900", None)],
)
async def test_an_error_is_tried_again_and_holds_nothing_else(
    api: Dart, dart: OpenDart, status: str, wait: timedelta | None
) -> None:
    api.refuses(status, "조회된 데이타가 없습니다. crtfc_key=geheim")
    got = await dart.read(entry(), NOW)
    assert got == Skipped(
        f"OpenDART answered {status} 조회된 데이타가 없습니다. crtfc_key=[key]", retry=True, retry_after=wait
    )
    await dart.read(entry(), NOW)
    assert len(api.asked) == 2


@pytest.mark.parametrize(
    ("status", "said"),
    [("020", "the quota is spent"), ("010", "the key is refused"), ("901", "the key is refused")],
)
async def test_a_spent_quota_holds_lists_and_documents_alike(
    api: Dart, dart: OpenDart, status: str, said: str
) -> None:
    api.refuses(status, "요청 제한을 초과하였습니다.")
    got = await dart.read(entry(), NOW)
    assert isinstance(got, Skipped)
    assert said in got.reason
    assert got.retry_after == timedelta(hours=1)
    later = await dart.read(entry(), NOW + timedelta(minutes=59))
    assert later == replace(got, retry_after=timedelta(minutes=1))
    assert len(api.asked) == 1
    state = FeedState(1, dart.feeds(())[0])
    assert not isinstance(await dart.poll(state, NOW + timedelta(minutes=59)), Polled)
    api.body = WHOLE
    assert isinstance(await dart.read(entry(), NOW + timedelta(hours=1)), Article)


async def test_other_answers_and_no_connection_tell_no_key(
    api: Dart, dart: OpenDart, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "briefing")
    api.status, api.body = 502, b"<html>bad gateway geheim</html>"
    got = await dart.read(entry(), NOW)
    assert got == Skipped("OpenDART answered 502, no document", retry=True)
    async with serve(api.answer) as gone:
        pass
    async with Fetcher(allow_private_network=True) as fetcher:
        away = OpenDart(fetcher, "geheim", base_url=gone)
        lost = await away.read(entry(), NOW)
    assert isinstance(lost, Skipped)
    assert lost.retry
    assert "geheim" not in lost.reason + caplog.text


@pytest.mark.parametrize(
    "other",
    [
        replace(entry(), url="https://www.yna.co.kr/view/1"),
        replace(entry(), outlet="연합뉴스"),
        replace(entry(), url=VIEWER_URL + "1"),
        replace(entry(), url=f"https://elsewhere.example/?rcpNo={NUMBER}"),
    ],
)
async def test_pages_of_others_are_read_as_pages(api: Dart, dart: OpenDart, other: Entry) -> None:
    assert await Sources([dart]).read(other, NOW) is None
    assert api.asked == []
