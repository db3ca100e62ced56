from __future__ import annotations

from datetime import time

import pytest

from bot.handlers.words import Question, read_command, read_days, read_hours, read_names, read_question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("한빛전자", Question("한빛전자", 7)),
        ("  한빛전자   30일 ", Question("한빛전자", 30)),
        ("한빛전자 최근 2주", Question("한빛전자", 14)),
        ("한빛전자 지난 3개월", Question("한빛전자", 90)),
        ("한빛전자 한 달", Question("한빛전자", 30)),
        ("한빛 전자 30 일", Question("한빛 전자", 30)),
        ("한빛전자 7d", Question("한빛전자", 7)),
        ("한빛전자 오늘", Question("한빛전자", 1)),
        ("한빛전자 0일", Question("한빛전자", 1)),
        ("한빛전자 9999일", Question("한빛전자", 365)),
        ("한빛전자 99999999일", Question("한빛전자", 365)),
        (f"한빛전자 {'9' * 5000}일", Question("한빛전자", 365)),
        ("한빛전자 00000030일", Question("한빛전자", 30)),
        ("30일", Question("30일", 7)),
        ("3년 한빛", Question("3년 한빛", 7)),
        ("000990", Question("000990", 7)),
        ("", Question("", 7)),
    ],
)
def test_a_question_is_a_name_and_perhaps_a_period(text: str, question: Question) -> None:
    assert read_question(text) == question


@pytest.mark.parametrize("text", ["한빛", "30", "일", "30일째", "x일", "-3일"])
def test_what_is_no_period(text: str) -> None:
    assert read_days(text) is None


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
    ],
)
def test_hours(text: str, hour: time) -> None:
    assert read_hours(text) == (hour,)


@pytest.mark.parametrize("text", ["25:00", "7:60", "아침에", "", "7:3", "오전", "한빛전자"])
def test_what_is_no_hour(text: str) -> None:
    assert read_hours(text) is None


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
