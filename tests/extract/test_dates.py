"""Korean days against a day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.extract.dates import find_days

SUNDAY = date(2024, 5, 12)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("13일 만난다", "2024-05-13", None),
        ("현지시간 11일 열린", "2024-05-11", None),
        ("11일(현지시간) 열린", "2024-05-11", None),
        ("오는 14일부터 사흘간 열린다", "2024-05-14", "2024-05-16"),
        ("현지시간 14일부터 사흘간 시애틀에서", "2024-05-14", "2024-05-16"),
        ("오는 3일 연다", "2024-06-03", None),
        ("지난 28일 열었다", "2024-04-28", None),
        ("다음달 5일 찾는다", "2024-06-05", None),
        ("내달 31일 찾는다", None, None),
        ("지난달 30일 서명했다", "2024-04-30", None),
        ("지난해 12월 31일에", "2023-12-31", None),
        ("내년 1월 2일에", "2025-01-02", None),
        ("2023년 6월 1일 취임", "2023-06-01", None),
        ("전날 만났다", "2024-05-11", None),
        ("이날 만났다", "2024-05-12", None),
        ("어제(11일) 취임식을", "2024-05-11", None),
        ("14~16일 열리는", "2024-05-14", "2024-05-16"),
        ("30일부터 다음 달 2일까지", "2024-05-30", "2024-06-02"),
        ("5월 30일~6월 2일", "2024-05-30", "2024-06-02"),
        ("14일부터 16일까지", "2024-05-14", "2024-05-16"),
        ("25일까지 머문다", None, "2024-05-25"),
        ("다음 주 월요일 출국", "2024-05-13", None),
        ("오는 금요일 출국", "2024-05-17", None),
        ("9일부터 3박4일 일정으로", "2024-05-09", "2024-05-12"),
        ("사흘 뒤에 다시", "2024-05-15", None),
        ("이틀 전 만난", "2024-05-10", None),
        ("하루 앞서 열린", "2024-05-11", None),
        ("2024.05.10 열린", "2024-05-10", None),
        ("10일 간담회를 열고", "2024-05-10", None),
        ("10일 전국 영업점을", "2024-05-10", None),
        ("26일 오후 2시(미 현지시간·한국시간 27일 오전 3시)께", "2024-05-26", None),
    ],
)
def test_days_are_resolved_against_publication(text: str, first: str | None, last: str | None) -> None:
    found = find_days(text, SUNDAY)
    if first is None and last is None:
        assert not found
        return
    assert (str(found[0].first), str(found[0].last)) == (str(first), str(last))


@pytest.mark.parametrize(
    "text",
    [
        "취임 100일",
        "10일 전에 만났다",
        "10일 뒤 온다",
        "3일간 머문다",
        "10일 만에 돌아왔다",
        "1.5일치",
        "사흘 일정",
        "5월 열린다",
    ],
)
def test_lengths_and_months_name_no_day(text: str) -> None:
    assert find_days(text, SUNDAY) == ()


def test_the_tense_decides_between_months() -> None:
    assert find_days("30일 만났다", date(2024, 6, 2), ahead=False)[0].first == date(2024, 5, 30)
    assert find_days("30일 만난다", date(2024, 6, 2), ahead=True)[0].first == date(2024, 6, 30)
    assert find_days("2일 만난다", date(2024, 5, 30), ahead=True)[0].first == date(2024, 6, 2)


def test_the_day_before_counts_from_the_day_last_named() -> None:
    found = find_days("7일 연 행사에 앞서 전날 만났다. 이튿날 귀국한다", date(2025, 1, 8))
    assert [d.first for d in found] == [date(2025, 1, 7), date(2025, 1, 6), date(2025, 1, 8)]


def test_without_publication_only_full_dates_are_days() -> None:
    assert [d.first for d in find_days("13일과 2024년 3월 1일, 전날", None)] == [date(2024, 3, 1)]


@given(st.text(alphabet="0123456789일월년 ~부터까지간다음지난달오는전날(). ", max_size=60), st.dates())
def test_never_raises(text: str, day: date) -> None:
    for found in find_days(text, day):
        assert 0 <= found.span.start < found.span.end <= len(text)


def test_long_texts_without_days_end() -> None:
    assert not find_days("지난 " * 200_000, SUNDAY)
    assert not find_days("1" * 300_000, SUNDAY)
