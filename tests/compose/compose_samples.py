"""Stories about invented people and companies, as the store and grouping would hand them on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from briefing.model import (
    Activity,
    ActivityKind,
    Company,
    CompanyBrief,
    Move,
    MoveKind,
    MoveStatus,
    Period,
    Person,
    Quote,
    QuotedBy,
    Resolution,
    Source,
    Span,
    StoredFact,
    Story,
    StoryRow,
)
from briefing.stories.ranking import build_stories
from briefing.subscribers import Subscriber

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)  # 18:00 in Seoul, a Friday
FIRST = datetime(2026, 11, 27, 0, 12, tzinfo=UTC)
NEXT_MONTH = date(2026, 12, 1)
WEEK = Period(datetime(2026, 11, 20, 15, tzinfo=UTC), NOW)  # from the midnight six days before on
HANBYEOL = Company("한별전자", code="900010", market="KOSPI", aliases=("한별電",))
SUBSCRIBER = Subscriber(
    7,
    ("한별전자", "노을화학", "미르중공업"),
    digest_times=(time(18),),
    next_digest=NOW,
    last_digest=NOW - timedelta(days=1),
)

TOPICS = {"ai": "AI", "investment": "투자"}


def source(
    article: int,
    outlet: str = "새결경제",
    sentence: str = "한별전자는 27일 이사회를 열었다.",
    minutes: int = 0,
    resolutions: tuple[Resolution, ...] = (),
    url: str | None = None,
) -> Source:
    address = f"https://news.example/{article}?a=1&b=2" if url is None else url
    return Source(
        article, outlet, address, "머리기사", FIRST + timedelta(minutes=minutes), sentence, resolutions
    )


def move(
    person: str,
    kind: str = "appointed",
    role: str | None = "대표이사",
    status: str = "done",
    company: str | None = "한별전자",
    when: date | None = None,
) -> Move:
    return Move(person, company, MoveKind(kind), role, MoveStatus(status), (Span(0, 5),), when=when)


def activity(person: str, kind: str, what: str, when: date | None = None, **more: object) -> Activity:
    values: dict[str, object] = {"company": "한별전자", "title": None, **more}
    return Activity(
        person=person, kind=ActivityKind(kind), what=what, when=when, evidence=(Span(0, 5),), **values
    )  # type: ignore[arg-type]


def quote(speaker: str | None, text: str, strategic: bool = True, **more: object) -> Quote:
    values: dict[str, object] = {"company": "한별전자", "title": "사장", "by": QuotedBy.EXECUTIVE, **more}
    return Quote(
        speaker=speaker,
        text=text,
        strategic=strategic,
        span=Span(0, len(text)),
        evidence=(Span(0, 5),),
        **values,  # type: ignore[arg-type]
    )


def row(
    number: int, articles: int, outlets: tuple[str, ...], people: tuple[Person, ...], headline: str
) -> StoryRow:
    return StoryRow(number, headline, FIRST, FIRST + timedelta(hours=2), articles, outlets, people)


def replacement() -> Story:
    """A change at the top, told by nine outlets, with a long list of promotions."""
    board = "한별전자는 27일 이사회를 열고 남궁진 사장(CSO)을 대표이사로 내정했다고 밝혔다."
    outlets = (
        "새결경제",
        "나래일보",
        "온빛경제",
        "다솜뉴스",
        "큰길신문",
        "산업가온",
        "마루TV",
        "한뫼비즈",
        "여울신문",
    )
    facts = [
        StoredFact(
            812, move("남궁진", role="대표이사" if n % 2 else "대표이사 사장"), source(n, outlet, board, n)
        )
        for n, outlet in enumerate(outlets)
    ]
    facts += [
        StoredFact(
            812, move("윤서라", "departed", "부회장"), source(n, outlet, "윤서라 부회장은 용퇴한다.", n)
        )
        for n, outlet in enumerate(outlets[:4])
    ]
    names = [
        f"{surname}{given}"
        for surname in "강고노도류문"
        for given in ("가람", "누리", "다온", "라희", "미르", "보라")
    ]
    facts += [
        StoredFact(
            812, move(name, "promoted", "상무", when=NEXT_MONTH), source(1, "나래일보", f"▲ {name}", 1)
        )
        for name in names
    ]
    facts += [
        StoredFact(
            812, move("서문빛", "promoted", "부사장", when=NEXT_MONTH), source(1, "나래일보", "▲ 서문빛", 1)
        ),
        StoredFact(
            812,
            move("한도람", "retained", "경영지원실장"),
            source(1, "나래일보", "한도람 실장은 유임됐다.", 1),
        ),
    ]
    people = (Person("남궁진", "한별전자", "사장"), Person("남궁진", "한별전자", "CSO"))
    return build_stories([row(812, 9, outlets, people, "한별전자 새 대표에 남궁진")], facts)[0]


def journey() -> Story:
    """A week abroad: three stations, companions, words."""
    telling = (
        "남궁 사장은 25일 오스틴에서 '한별 개발자 포럼'을 주관했다.",
        "이어 26일 시애틀에서 투자자 설명회에 참석할 예정이다.",
    )
    resolved = (Resolution("남궁 사장", "남궁진", Span(0, 3)),)
    forum = activity(
        "남궁진",
        "event",
        "한별 개발자 포럼",
        date(2026, 11, 25),
        place="오스틴",
        companions=("차수빈", "여민구"),
    )
    plans = activity("남궁진", "event", "투자자 설명회", date(2026, 11, 26), place="시애틀", planned=True)
    later = activity(
        "남궁진", "meeting", "노을화학 최고경영자", date(2026, 11, 28), until=date(2026, 11, 30), planned=True
    )
    said = quote(
        "남궁진",
        "가전은 한 번 팔고 끝나는 사업이 아니며 고객의 시간을 돌보는 서비스로 바뀌고 있고 우리는 그 변화를 "
        "앞에서 이끌기 위해 인공지능 반도체와 소프트웨어에 앞으로 3년 동안 2조원을 더 넣겠다",
        topics=("ai", "investment"),
    )
    thanks = quote("남궁진", "먼 길을 와 주셔서 고맙습니다", strategic=False)
    facts = [
        StoredFact(
            813,
            activity("남궁진", "trip", "미국"),
            source(21, "새결경제", "남궁진 한별전자 사장이 미국 출장길에 올랐다.", 30),
        ),
        StoredFact(
            813,
            activity("남궁진", "trip", "미국 서부"),
            source(22, "나래일보", "남궁진 사장이 미국 서부로 떠났다.", 45),
        ),
        StoredFact(813, forum, source(21, "새결경제", telling[0], 30, resolved)),
        StoredFact(813, plans, source(21, "새결경제", telling[1], 30)),
        StoredFact(813, later, source(22, "나래일보", "28일부터 사흘간 노을화학 최고경영자와 만난다.", 45)),
        StoredFact(813, said, source(21, "새결경제", telling[0], 30, resolved)),
        StoredFact(813, thanks, source(21, "새결경제", telling[0], 30, resolved)),
    ]
    people = (
        Person("남궁진", "한별전자", "사장"),
        Person("남궁진", "한별전자", "최고경영자(CEO)"),
        Person("차수빈", "한별전자", "HE사업본부장"),
        Person("여민구", "한별전자", "CTO"),
    )
    return build_stories([row(813, 2, ("새결경제", "나래일보"), people, "남궁진, 미국 간다")], facts)[0]


def rumour() -> Story:
    """One outlet's guess about another company."""
    fact = StoredFact(
        814,
        move("탁현오", role="대표이사", status="rumored", company="노을화학"),
        source(31, "큰길신문", "탁현오 부사장이 유력하다.", 60),
    )
    people = (Person("탁현오", "노을화학", "부사장"),)
    return build_stories([row(814, 1, ("큰길신문",), people, "노을화학 새 대표는")], [fact])[0]


def plans() -> Story:
    """What two people are announced to do, one of it without a day, and one thing that was done."""
    told = "한별전자는 남궁진 사장이 다음 달 1일 여의도에서 기업설명회를 연다고 밝혔다."
    day = date(2026, 12, 1)
    facts = [
        StoredFact(
            816,
            activity("남궁진", "event", "기업설명회", day, place="여의도", planned=True),
            source(61, "새결경제", told, 90),
        ),
        StoredFact(
            816,
            activity("차수빈", "event", "기업설명회", day, place="여의도", planned=True),
            source(61, "새결경제", told, 90),
        ),
        StoredFact(
            816,
            activity("여민구", "meeting", "협력사", planned=True),
            source(62, "나래일보", "여민구 CTO는 협력사와 만날 예정이다.", 95),
        ),
        StoredFact(
            816,
            activity("한도람", "visit", "구미 공장", date(2026, 11, 26)),
            source(62, "나래일보", "한도람 실장은 26일 구미 공장을 찾았다.", 95),
        ),
    ]
    people = (Person("남궁진", "한별전자", "사장"), Person("여민구", "한별전자", "CTO"))
    return build_stories([row(816, 2, ("새결경제", "나래일보"), people, "한별전자 일정")], facts)[0]


def hostile_plans() -> Story:
    """Announcements of bad will: line breaks, markup and RFC 5545's own marks in every field."""
    evil = "가\r\nEND:VCALENDAR\r\nBEGIN:VEVENT;,\\ <b>&"
    fact = activity(
        "남궁진" + evil, "event", evil * 50, date(2026, 12, 1), place=evil, planned=True, company=evil
    )
    told = source(71, evil, evil * 200, 5, url="https://e.example/ a\r\nX-EVIL:1")
    return build_stories([row(817, 1, (evil,), (), evil)], [StoredFact(817, fact, told)])[0]


def hostile() -> Story:
    """What a feed of bad will or bad luck may bring: markup, emoji, other directions, no end."""
    evil = '<b>굵게</b> & "따옴표" <script>'
    arabic = "\u202eالمدير\u202c \u2067עברית"
    facts = [
        StoredFact(
            815,
            move(evil, role="사장 <i>&amp;</i>"),
            source(41, "<신문> & 친구", evil * 40, 5, url='https://e.example/"onx=1>'),
        ),
        StoredFact(
            815,
            activity(arabic, "event", "🎉" * 3000),
            source(42, arabic, "😀" * 4000, 6, url="javascript:alert(1)"),
        ),
        StoredFact(
            815, quote("왕\x00길\x07동", "가" * 4000), source(43, "", "한 줄\n두 줄\x1e셋\x1d넷", 7, url="")
        ),
        StoredFact(
            815,
            move("금길동", role=None, company=None),
            source(44, "긴 주소", "x", 8, url="https://e.example/" + "a" * 5000),
        ),
    ]
    return build_stories([row(815, 4, ("<신문> & 친구",), (), "<b>" * 1500)], facts)[0]


def brief(*stories: Story) -> CompanyBrief:
    return CompanyBrief(HANBYEOL, WEEK, stories)
