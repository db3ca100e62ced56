from __future__ import annotations

from datetime import date, time

import pytest

from bot.handlers.asking import NoDay, is_greeting, is_no, is_yes, read_days, read_kind
from bot.handlers.words import (
    Question,
    WrongDate,
    read_command,
    read_hours,
    read_names,
    read_question,
    read_weekdays,
)
from briefing.findings import Days
from briefing.korean.lexicon import load_lexicon, table, words
from briefing.model import FactKind

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("한빛전자", Question("한빛전자")),
        ("  한빛전자   30일 ", Question("한빛전자", Days(30))),
        ("한빛전자 최근 2주", Question("한빛전자", Days(14))),
        ("한빛전자 지난 3개월", Question("한빛전자", Days(90))),
        ("한빛전자 한 달", Question("한빛전자", Days(30))),
        ("한빛 전자 30 일", Question("한빛 전자", Days(30))),
        ("한빛전자 7d", Question("한빛전자", Days(7))),
        ("한빛전자 오늘", Question("한빛전자", Days(1))),
        ("한빛전자 0일", Question("한빛전자", Days(1))),
        ("한빛전자 9999일", Question("한빛전자", Days(365))),
        ("한빛전자 99999999일", Question("한빛전자", Days(365))),
        (f"한빛전자 {'9' * 5000}일", Question("한빛전자", Days(365))),
        ("한빛전자 00000030일", Question("한빛전자", Days(30))),
        ("30일", Question("30일")),
        ("3년 한빛", Question("3년 한빛")),
        ("000990", Question("000990")),
        ("", Question("")),
    ],
)
def test_a_question_is_a_name_and_perhaps_a_period(text: str, question: Question) -> None:
    assert read_question(text, WEDNESDAY) == question


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("오늘", Days(1)),
        ("어제", Days(1, date(2026, 11, 24))),
        ("그저께", Days(1, date(2026, 11, 23))),
        ("이번 주", Days(3)),
        ("지난 주", Days(7, date(2026, 11, 22))),
        ("지지난주", Days(7, date(2026, 11, 15))),
        ("이번달", Days(25)),
        ("지난달", Days(31, date(2026, 10, 31))),
        ("올해", Days(329)),
        ("yesterday", Days(1, date(2026, 11, 24))),
        ("Last week", Days(7, date(2026, 11, 22))),
        ("last 2 weeks", Days(14)),
        ("최근", Days(7)),
        ("5월 11일", Days(1, date(2026, 5, 11))),
        ("5월11일자", Days(1, date(2026, 5, 11))),
        ("5.11(월)", Days(1, date(2026, 5, 11))),
        ("5/11", Days(1, date(2026, 5, 11))),
        ("2025-05-11", Days(1, date(2025, 5, 11))),
        ("2025년 5월 11일", Days(1, date(2025, 5, 11))),
        ("12월 3일", Days(1, date(2025, 12, 3))),
        ("11월 25일", Days(1)),
        ("11월", Days(25)),
        ("10월", Days(31, date(2026, 10, 31))),
        ("12월", Days(31, date(2025, 12, 31))),
        ("May 11", Days(1, date(2026, 5, 11))),
        ("Oct. 2nd, 2025", Days(1, date(2025, 10, 2))),
        ("October", Days(31, date(2026, 10, 31))),
        ("Oct 2025", Days(31, date(2025, 10, 31))),
        ("May 11 2024", Days(1, date(2024, 5, 11))),
        ("May 11, 2024", Days(1, date(2024, 5, 11))),
        ("2월 29일", Days(1, date(2024, 2, 29))),
    ],
)
def test_days_have_names(text: str, days: Days) -> None:
    assert read_days(text, WEDNESDAY) == days
    # behind what is asked about, before it, and alone
    assert read_question(f"한빛전자 {text}", WEDNESDAY) == Question("한빛전자", days)


def test_days_by_name_may_stand_first_or_alone() -> None:
    yesterday = Days(1, date(2026, 11, 24))
    assert read_question("어제 한빛전자", WEDNESDAY) == Question("한빛전자", yesterday)
    assert read_question("지난 주 한빛전자", WEDNESDAY).name == "한빛전자"
    assert read_question("어제", WEDNESDAY) == Question("", yesterday)
    assert read_question("이번 주", WEDNESDAY) == Question("", Days(3))


def test_no_shipped_name_reads_as_days() -> None:
    lexicon = load_lexicon()
    names = {
        name
        for company in lexicon.companies
        for name in (company.name, *company.aliases, *lexicon.english.get(company.name, ()))
    }
    assert "APR" in names
    assert {name for name in names if read_days(name, WEDNESDAY) is not None} == set()
    assert {name for name in names if read_question(name, WEDNESDAY) != Question(name)} == set()
    # nor behind another
    assert read_question("한빛전자 APR", WEDNESDAY) == Question("한빛전자 APR")


def test_a_month_alone_or_in_front_may_be_a_name() -> None:
    for name in ("October", "May", "May 한빛전자", "Apr.", "dec"):
        assert read_question(name, WEDNESDAY) == Question(name)


@pytest.mark.parametrize("text", ["4.0", "2.0", "0.5", "24/7", "4.99", "3/0"])
def test_what_has_no_day_of_a_month_is_no_date(text: str) -> None:
    assert read_days(text, WEDNESDAY) is None
    assert read_question(f"AI {text}", WEDNESDAY) == Question(f"AI {text}")
    assert read_question(f"{text} AI", WEDNESDAY) == Question(f"{text} AI")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2월 30일", NoDay.IMPOSSIBLE),
        ("5월 0일", NoDay.IMPOSSIBLE),
        ("13월 1일", NoDay.IMPOSSIBLE),
        ("2026-02-30", NoDay.IMPOSSIBLE),
        ("Feb 30", NoDay.IMPOSSIBLE),
        ("2026년 2월 29일", NoDay.IMPOSSIBLE),
        ("2030년 5월 1일", NoDay.TO_COME),
        ("2026.11.26", NoDay.TO_COME),
        ("2027년 5월", NoDay.TO_COME),
        ("1999년 5월 1일", NoDay.TOO_EARLY),
    ],
)
def test_a_date_that_is_no_day_to_ask_about_is_not_dropped(text: str, why: NoDay) -> None:
    assert read_days(text, WEDNESDAY) is None
    for question in (f"{text} 한빛전자", f"한빛전자 {text}"):
        assert read_question(question, WEDNESDAY) == Question(
            question, wrong=WrongDate(text, why, "한빛전자")
        )
    assert read_question(text, WEDNESDAY) == Question(text, wrong=WrongDate(text, why, ""))
    kind = read_question(f"{text} 한빛전자 인사", WEDNESDAY)
    assert kind == Question(f"{text} 한빛전자", None, FactKind.MOVE, WrongDate(text, why, "한빛전자"))


def test_a_month_ago_in_january_is_december() -> None:
    assert read_days("지난달", date(2027, 1, 3)) == Days(31, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("한빛전자 인사", Question("한빛전자", None, FactKind.MOVE)),
        ("한빛전자 행보 30일", Question("한빛전자", Days(30), FactKind.ACTIVITY)),
        ("한빛전자 30일 발언", Question("한빛전자", Days(30), FactKind.QUOTE)),
        ("어제 한빛전자 인사", Question("한빛전자", Days(1, date(2026, 11, 24)), FactKind.MOVE)),
        ("행보 한빛전자", Question("한빛전자", None, FactKind.ACTIVITY)),
        ("한빛전자 Quotes", Question("한빛전자", None, FactKind.QUOTE)),
        ("어제 인사", Question("", Days(1, date(2026, 11, 24)), FactKind.MOVE)),
        ("한빛인사", Question("한빛인사")),
        ("한빛전자 인사 알려줘", Question("한빛전자", None, FactKind.MOVE)),
        ("한빛전자 인사 행보", Question("한빛전자")),
        ("알려줘", Question("알려줘")),
    ],
)
def test_a_question_may_ask_for_one_kind_of_news(text: str, question: Question) -> None:
    assert read_question(text, WEDNESDAY) == question


def test_a_word_of_questions_stands_in_one_list() -> None:
    file = "questions.toml"
    lists = [
        ("greetings", "words"),
        ("thanks", "words"),
        ("requests", "words"),
        ("joining", "words"),
        ("fillers", "words"),
        ("whole", "words"),
    ]
    lists += [("weekdays", days) for days in table(file)["weekdays"]]
    lists += [("answers", "no"), ("answers", "yes")]
    lists += [("kinds", kind) for kind in table(file)["kinds"]]
    lists += [("periods", name, "words") for name in table(file)["periods"]]
    lists += [("counted", days) for days in table(file)["counted"]]
    lists += [("months", month) for month in table(file)["months"]]
    told = [word for keys in lists for word in words(file, *keys)]
    assert len(told) == len(set(told))
    assert all(word == word.lower() and "_" not in word for word in told)
    assert set(table(file)["kinds"]) == set(FactKind)


@pytest.mark.parametrize("text", ["안녕", "안녕하세요!!", "Hi~ ^^", "good morning", "반갑습니다."])
def test_greetings(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["안녕전자", "하이브", "hi 한빛전자", "", "!"])
def test_what_is_no_greeting(text: str) -> None:
    assert not is_greeting(text)


def test_yes_and_no() -> None:
    assert is_no("아니요")
    assert is_no("아니오.")
    assert is_no("취소")
    assert is_yes("네!")
    assert not is_no("아니요전자")
    assert read_kind("사람") is None


@pytest.mark.parametrize(
    "text", ["한빛", "30", "일", "30일째", "x일", "-3일", "2월 30일", "13월", "5.", "2027-01-01", "maybe"]
)
def test_what_is_no_period(text: str) -> None:
    assert read_days(text, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("07:30", time(7, 30)),
        ("7:30", time(7, 30)),
        ("7시", time(7)),
        ("7시 반", time(7, 30)),
        ("오후 6시 15분", time(18, 15)),
        ("저녁 7시반", time(19, 30)),
        ("오전 12시", time(0)),
        ("오후 12시", time(12)),
        ("8", time(8)),
        ("24:00", time(0)),
        ("23:59", time(23, 59)),
        ("8am", time(8)),
        ("at 8:30 PM", time(20, 30)),
        ("12 a.m.", time(0)),
        ("12pm", time(12)),
    ],
)
def test_hours(text: str, hour: time) -> None:
    assert read_hours(text) == (hour,)


@pytest.mark.parametrize(
    "text",
    ["25:00", "7:60", "8시10", "7시 20", "아침에", "", "7:3", "오전", "한빛전자", "13pm", "8 amper", "am"],
)
def test_what_is_no_hour(text: str) -> None:
    assert read_hours(text) is None


def test_days_and_hours_in_english() -> None:
    weekdays = frozenset(range(1, 6))
    assert read_weekdays("weekdays 8am") == (weekdays, "8am")
    assert read_weekdays("on weekdays at 8am") == (weekdays, "at 8am")
    assert read_weekdays("8:30 am every day") == (frozenset(range(1, 8)), "8:30 am")
    assert read_hours("8am and 6:30 pm") == (time(8), time(18, 30))
    assert read_hours("8am, 6pm") == (time(8), time(18))


def test_names_are_separated_by_commas_and_may_hold_spaces() -> None:
    assert read_names(" 한빛 전자, 다온,한빛 전자 、 새결 ,,") == ("한빛 전자", "다온", "새결")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("구독 한빛전자", ("subscribe", "한빛전자")),
        ("한빛전자 구독", ("subscribe", "한빛전자")),
        ("한빛전자 구독해줘", ("subscribe", "한빛전자")),
        ("한빛전자 구독 해지", ("unsubscribe", "한빛전자")),
        ("해지 한빛전자", ("unsubscribe", "한빛전자")),
        ("브리핑 한빛전자 30일", ("brief", "한빛전자 30일")),
        ("한빛전자 소식", ("brief", "한빛전자")),
        ("구독 목록", ("list", "")),
        ("알림 전체", ("alerts", "전체")),
        ("다이제스트 07:30", ("digest", "07:30")),
        ("도움말", ("help", "")),
        ("구독", ("subscribe", "")),
    ],
)
def test_plain_korean_commands(text: str, command: tuple[str, str]) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize("text", ["한빛전자", "한빛전자 30일", "한빛 알림", "구독자"])
def test_what_is_no_command(text: str) -> None:
    assert read_command(text) is None
