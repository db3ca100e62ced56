"""Weeks of a company: what is counted, in which week, and the same numbers as text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.compose.markup import utf16
from briefing.compose.render import Renderer
from briefing.compose.trend import (
    LOOKBACK,
    WEEK,
    Kind,
    Theme,
    Trend,
    Week,
    count_weeks,
    monday_of,
    text_bars,
    trend_period,
)
from briefing.model import (
    Activity,
    ActivityKind,
    Company,
    Fact,
    Move,
    MoveKind,
    MoveStatus,
    Quote,
    QuotedBy,
    Source,
    Span,
    StoredFact,
    StoryRow,
)
from briefing.stories.ranking import REPEAT_WINDOW, build_stories
from tests.botapi_html import parse

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # a Wednesday, noon in Seoul
HANBYEOL = Company("한별전자")
EVIDENCE = (Span(0, 5),)


def move(person: str, company: str = "한별전자") -> Move:
    return Move(person, company, MoveKind.APPOINTED, "대표이사", MoveStatus.DONE, EVIDENCE)


def activity(person: str, what: str, when: date | None = None) -> Activity:
    return Activity(person, "한별전자", ActivityKind.EVENT, what, when, EVIDENCE)


def quote(text: str, *, strategic: bool = True, by: QuotedBy = QuotedBy.EXECUTIVE) -> Quote:
    return Quote("남궁솔", "한별전자", "대표이사", text, by, strategic, Span(0, 2), EVIDENCE)


def counted(*told: tuple[Fact, datetime], company: Company = HANBYEOL, together: bool = False) -> Trend:
    """The trend of facts told at these moments, a story each or all in one."""
    rows, stored = [], []
    for number, (fact, published) in enumerate(told, 1):
        story = 1 if together else number
        source = Source(number, "가람일보", f"https://garam.example/{number}", "머리기사", published, "문장.")
        stored.append(StoredFact(story, fact, source))
        if not (together and rows):
            rows.append(StoryRow(story, "머리기사", published, published, 1, ("가람일보",)))
    return count_weeks(build_stories(rows, stored), company, NOW)


def weeks_of(trend: Trend, kind: Kind) -> dict[date, int]:
    return dict(trend.told(kind))


def made(rows: list[tuple[int, int, int]], name: str = "한별전자") -> Trend:
    last = date(2026, 3, 2)
    first = last - (len(rows) - 1) * WEEK
    return Trend(name, tuple(Week(first + n * WEEK, row) for n, row in enumerate(rows)), date(2026, 3, 4))


# ---------------------------------------------------------------------- weeks


def test_twelve_weeks_from_monday_the_present_one_last() -> None:
    trend = counted()
    assert [week.monday.weekday() for week in trend.weeks] == [0] * 12
    assert trend.weeks[-1].monday == date(2026, 3, 2)
    assert trend.weeks[0].monday == date(2025, 12, 15)
    assert trend.until == date(2026, 3, 4)
    assert trend.total == 0


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 3, 1, 14, 59, 59, tzinfo=UTC), date(2026, 2, 23)),  # Sunday 23:59:59 in Seoul
        (datetime(2026, 3, 1, 15, 0, tzinfo=UTC), date(2026, 3, 2)),  # Monday 00:00 in Seoul, Sunday in UTC
        (datetime(2025, 12, 31, 15, 0, tzinfo=UTC), date(2025, 12, 29)),  # New Year's Day
    ],
)
def test_a_week_begins_at_midnight_in_seoul(moment: datetime, monday: date) -> None:
    assert monday_of(moment) == monday
    assert list(weeks_of(counted((move("남궁솔"), moment)), Kind.MOVES)) == [monday]


def test_the_period_begins_early_enough_to_know_what_was_told_before() -> None:
    period = trend_period(NOW)
    assert period.since == datetime(2025, 12, 14, 15, 0, tzinfo=UTC) - LOOKBACK
    assert period.until > NOW
    assert LOOKBACK >= REPEAT_WINDOW


def test_what_was_first_told_before_the_first_week_is_not_counted() -> None:
    before = datetime(2025, 12, 14, 14, 0, tzinfo=UTC)
    trend = counted((move("남궁솔"), before), (move("남궁솔"), before + timedelta(days=2)), together=True)
    assert trend.total == 0


# ---------------------------------------------------------------------- what is counted


def test_many_outlets_on_one_appointment_are_one_in_the_week_of_the_first() -> None:
    sunday = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    trend = counted((move("남궁솔"), sunday + timedelta(days=1)), (move("남궁솔"), sunday), together=True)
    assert weeks_of(trend, Kind.MOVES) == {date(2026, 2, 23): 1}


def test_people_who_went_to_one_occasion_together_are_one_activity() -> None:
    trend = counted(
        (activity("남궁솔", "북미 테크 콘퍼런스"), NOW),
        (activity("윤서라", "북미 테크 콘퍼런스"), NOW),
        (activity("윤서라", "기업설명회"), NOW),
        together=True,
    )
    assert trend.weeks[-1].of(Kind.ACTIVITIES) == 2


def test_only_strategic_words_of_executives_count() -> None:
    trend = counted(
        (quote("공장을 늘리겠다"), NOW),
        (quote("모두 고맙습니다", strategic=False), NOW),
        (quote("업계는 어렵다", by=QuotedBy.UNNAMED), NOW),
    )
    assert trend.weeks[-1].counts == (0, 0, 1)


def test_facts_of_another_company_in_the_same_story_do_not_count() -> None:
    told = ((move("남궁솔"), NOW), (move("윤서라", "노을화학"), NOW))
    assert counted(*told, together=True).total == 1
    group = Company("한별그룹", is_group=True)
    assert counted(*told, together=True, company=group).total == 2


# ---------------------------------------------------------------------- the numbers as text


ROWS = [(0, 3, 1234), (12, 0, 0), (1, 1, 1), *[(0, 0, 0)] * 8, (2, 40, 7)]


def test_the_bars_of_the_terminal_tell_every_number() -> None:
    trend = made(ROWS)
    head, *lines = text_bars(trend).splitlines()
    assert head.split("  ")[0] == "주"
    assert re.split(r"\s{2,}", head) == ["주", "인사", "행보", "전략 발언"]
    assert len(lines) == 12
    assert lines[0].startswith("12.15 ")
    assert lines[-1].startswith("이번 주 ")
    numbers = [tuple(int(n) for n in re.findall(r"\d+", line[9:])) for line in lines]
    # Hangul is two cells wide, so the last line's name is three characters shorter
    numbers[-1] = tuple(int(n) for n in re.findall(r"\d+", lines[-1]))
    assert numbers == ROWS


def test_the_longest_bar_is_the_largest_number_and_none_is_lost() -> None:
    lines = text_bars(made([(1, 10, 5)])).splitlines()
    assert [len(re.findall(ink, lines[1])) for ink in "█▓░"] == [1, 6, 3]


def test_text_bars_fit_a_narrow_terminal() -> None:
    from rich.cells import cell_len

    text = text_bars(made([(9999, 9999, 9999)] * 12))
    assert max(cell_len(line) for line in text.splitlines()) <= 45


def test_the_caption_says_the_same_numbers() -> None:
    caption = Renderer().trend(made(ROWS), b"png", Theme.LIGHT).html
    text, entities = parse(caption)
    assert text.splitlines() == [
        "한별전자 · 최근 12주 (12.15–3.4)",
        "인사 15건 · 행보 44건 · 전략 발언 1,242건",
        "주별 (그 주 월요일)",
        "인사 — 12.22 12건, 12.29 1건, 3.2 2건",
        "행보 — 12.15 3건, 12.29 1건, 3.2 40건",
        "전략 발언 — 12.15 1234건, 12.29 1건, 3.2 7건",
    ]
    assert [entity.type for entity in entities] == ["bold", "blockquote"]


def test_the_longest_caption_fits_under_a_picture() -> None:
    part = Renderer().trend(made([(9999, 9999, 9999)] * 12, "가" * 200), b"png", Theme.DARK)
    text, _ = parse(part.html)
    assert utf16(text) <= 1024
    assert text.count("9999건") == 36


def test_the_button_turns_the_paper() -> None:
    for theme, label, other in ((Theme.LIGHT, "어둡게", "dark"), (Theme.DARK, "밝게", "light")):
        turn, look = Renderer().trend(made(ROWS), b"png", theme).keyboard[0]
        assert turn.label == label
        assert turn.action is not None
        assert turn.action.args == ("한별전자", other)
        assert look.action is not None
        assert look.action.name == "brief"
