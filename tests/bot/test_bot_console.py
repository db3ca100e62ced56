"""The chat in the terminal: same handlers, no network, readable text."""

from __future__ import annotations

import io
import re
import socket
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.cli.sample import sample_settings
from bot.console import Offers, run_console
from bot.console_files import in_one_line
from bot.console_html import to_terminal


async def shown(desk, *questions: str) -> str:
    out = io.StringIO()
    await run_console(desk, questions, file=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the console has no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


async def test_each_question_is_printed_and_answered(desk, publish, clock) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    clock.advance(minutes=1)
    text = await shown(desk, "/brief 한빛누리전자", "/subscribe 한빛누리전자", "/digest")
    brief, subscribed, digest = text.split("> /")[1:]
    assert "남궁솔" in brief
    assert "https://garam.example/1" in brief
    assert "구독했어요" in subscribed
    assert "남궁솔" in digest


async def test_plain_output_has_no_markup_and_no_escape_codes(desk, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "A & B <b>로 간다")
    text = await shown(desk, "한빛누리전자")
    assert "\x1b" not in text
    assert "<b>로" in text
    assert "&amp;" not in text
    assert "<a " not in text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


async def test_a_terminal_gets_styles_and_no_color_turns_them_off(desk, monkeypatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    styled, plain = Terminal(), Terminal()
    await run_console(desk, ["/start"], file=styled)
    monkeypatch.setenv("NO_COLOR", "1")
    await run_console(desk, ["/start"], file=plain)
    assert "\x1b[1m" in styled.getvalue()
    assert "\x1b" not in plain.getvalue()


async def test_what_does_not_fit_goes_on_below_its_words(desk, publish, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    await publish("한빛누리전자", "남궁솔", "공장을 크게 늘리고 배당도 두 배로 하며 인력을 더 뽑겠다")
    lines = (await shown(desk, "한빛누리전자")).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("• ") and "남궁솔" in line)
    assert lines[first + 1].startswith("  ")


async def test_a_file_is_a_line_with_what_is_in_it(desk, announce) -> None:
    await announce("한빛누리전자", "남궁솔", "누리 개발자 대회", date(2026, 3, 12))
    await announce("한빛누리전자", "위나래", "누리 설명회", date(2026, 3, 16))
    text = await shown(desk, "/calendar 한빛누리전자")
    assert "[파일] 한빛누리전자-일정.ics · 일정 2건, 3.12(목)–3.16(월)" in text


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("가.png", b"12345", "가.png · 5바이트"),
        ("가.json", b"{}", "가.json · 2바이트"),
        ("가.ics", b"BEGIN:VCALENDAR", "가.ics · 읽을 수 없는 일정, 15바이트"),
        ("가.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "가.ics · 일정 없음"),
    ],
)
def test_files_of_other_kinds_are_told_by_their_size(name: str, data: bytes, line: str) -> None:
    assert in_one_line(name, data) == line


async def test_buttons_are_numbered_and_a_number_presses_one(desk, store) -> None:
    text = await shown(desk, "/start", "2", "/list")
    assert "1[한빛누리전자]" in text
    assert "2[다온모비스텍]" in text
    assert (await store.subscribers.get(1)).companies == ("다온모비스텍",)


async def test_a_setting_edits_its_message(desk) -> None:
    text = await shown(desk, "/alerts", "4")
    assert "✓ 인사만" in text.split("> 4")[0]
    assert "✓ 전체" in text.split("> 4")[1]


async def test_ones_own_data_is_given_out_and_erased(desk, store) -> None:
    text = await shown(desk, "/subscribe 한빛누리전자", "/export", "/forget", "1", "/export")
    told = text.split("> ")[2]
    assert re.search(r"\[파일\] execbrief-export\.json · [\d,]+바이트", told)
    assert "파일에는 설정, 구독 1건이 들어 있고" in told
    # no names of fields to readers of Korean
    assert set(re.findall(r"[A-Za-z]{4,}", told)) == {"export", "forget", "execbrief", "json"}
    assert "(바뀐 메시지)\n모두 지웠어요." in text
    assert text.rstrip().endswith("저장된 정보가 없어요. /start 로 언제든 시작할 수 있어요.")
    assert await store.subscribers.get(1) is None


async def test_who_sits_at_the_terminal_of_the_newsroom_runs_it(desk, store) -> None:
    assert "알아듣지 못했어요" in await shown(desk, "/stats")
    mine = replace(desk, admin_ids=sample_settings(Path("x")).admin_ids)
    text = await shown(mine, "/start", "/stats", "/broadcast 오늘 <밤> 점검\n내일 만나요", "1")
    assert "구독자 1명" in text
    assert "1명에게 보내기 시작했어요" in text
    (waiting,) = await store.outbox.claim(desk.clock(), 10)
    assert waiting.content.html == "오늘 &lt;밤&gt; 점검\n내일 만나요"


async def test_a_number_without_a_button_and_a_stock_code_are_questions(desk, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    text = await shown(desk, "7", "990010")
    assert "‘7’" in text
    assert "남궁솔" in text


async def test_lines_keep_to_the_width_of_the_terminal(desk, publish, monkeypatch) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "50")
    await publish(
        "한빛누리전자", "남궁솔", "공장을 크게 늘리고 배당도 두 배로 하며 인력을 더 뽑아 새 시장으로 가겠다"
    )
    text = await shown(desk, "/help", "한빛누리전자")
    assert max(cell_len(line) for line in text.splitlines()) <= 50


async def test_a_chat_shows_the_hint_answers_and_ends(desk, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    out = io.StringIO()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("한빛누리전자\r\r/quit\r")
        await run_console(desk, None, companies=("한빛누리전자",), file=out)
    text = out.getvalue()
    assert "Ctrl-D" in text
    assert "회사" in text
    assert "남궁솔" in text


async def test_ctrl_d_ends_the_chat(desk) -> None:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("\x04")
        await run_console(desk, None, file=io.StringIO())


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/s", ["/start", "/subscribe"]),
        ("한빛", ["한빛누리전자", "한빛누리그룹"]),
        ("/brief 한빛누리전", ["한빛누리전자"]),
        ("hn", ["HNE"]),
        ("/brief ", []),
    ],
)
def test_what_is_completed(line: str, offered: list[str]) -> None:
    commands = (("start", "처음"), ("subscribe", "구독"), ("brief", "보기"))
    offers = Offers(commands, ("한빛누리전자", "한빛누리그룹", "HNE"))
    found = offers.get_completions(Document(line), CompleteEvent())
    assert [completion.text for completion in found] == offered


def test_html_becomes_styled_text() -> None:
    text = to_terminal(
        '<b>가</b> <a href="https://x.example/">나</a>\n<blockquote>다\n라</blockquote>&lt;', addresses=False
    )
    assert text.plain == "가 나\n▎ 다\n▎ 라<"
    assert text.spans[0].style.bold
    link = next(span.style for span in text.spans if span.style.link)
    assert link.link == "https://x.example/"
    assert link.underline


def test_addresses_are_written_out_where_links_cannot_be_pressed() -> None:
    text = to_terminal('<a href="https://x.example/?a=1&amp;b=2">나</a>', addresses=True)
    assert text.plain == "나 <https://x.example/?a=1&b=2>"
