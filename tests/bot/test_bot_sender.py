"""Every way a send can end, against a Bot API server on loopback."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.sender import TelegramSender, open_sender, outcome_of
from bot.transport import api_request, bot_url
from briefing.model import (
    Action,
    Attachment,
    Button,
    Gone,
    Later,
    Migrated,
    Outgoing,
    Part,
    Rejected,
    SendOutcome,
    Sent,
    TopicLost,
    Unknown,
)
from tests.botapi import TOKEN, Answer, BotApi, blocked, migrate, too_many

CHAT = 42


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@asynccontextmanager
async def sender_to(url: str, request: HTTPXRequest | None = None) -> AsyncIterator[TelegramSender]:
    request = request or api_request(read_timeout_s=0.3)
    await request.initialize()
    yield TelegramSender(ExtBot(TOKEN, base_url=bot_url(url), request=request, get_updates_request=request))
    await request.shutdown()


def message(html: str = "안녕", *rows: tuple[Button, ...], chat_id: int = CHAT) -> Outgoing:
    return Outgoing(1, chat_id, "digest:1", 0, Part(html, rows))


async def send(api: BotApi, *answers: Answer) -> SendOutcome:
    api.script("sendMessage", *answers)
    async with sender_to(api.url) as sender:
        return await sender.send(message())


async def test_a_message_arrives_with_its_styles_links_and_buttons(api: BotApi) -> None:
    row = (Button("30일", Action("brief", ("한빛전자", "30"))), Button("기사", url="https://news.example/1"))
    async with open_sender(api.token, api.url) as sender:
        outcome = await sender.send(message('<b>한빛</b> <a href="https://news.example/2">가람</a>', row))
    (seen,) = api.messages(CHAT)
    assert outcome == Sent(seen.message_id)
    assert seen.text == "한빛 가람"
    assert seen.links == ["https://news.example/2"]
    assert [b.get("callback_data") or b["url"] for b in seen.buttons[0]] == [
        "b|한빛전자|30",
        "https://news.example/1",
    ]
    assert api.called("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


def calendar(caption: str = "<b>일정</b> 1건") -> Outgoing:
    file = Attachment("한빛전자-일정.ics", "BEGIN:VCALENDAR\r\n가나다".encode(), "text/calendar")
    return Outgoing(
        1, CHAT, "digest:1", 0, Part(caption, ((Button("도움말", Action("help")),),), attachment=file)
    )


async def test_a_file_arrives_whole_with_its_caption_and_buttons(api: BotApi) -> None:
    async with open_sender(api.token, api.url) as sender:
        outcome = await sender.send(calendar())
    (seen,) = api.messages(CHAT)
    assert outcome == Sent(seen.message_id)
    assert seen.file is not None
    assert seen.file.name == "한빛전자-일정.ics"
    assert seen.file.media_type == "text/calendar"
    assert seen.file.data == "BEGIN:VCALENDAR\r\n가나다".encode()
    assert (seen.text, seen.labels) == ("일정 1건", ["도움말"])
    assert [entity.type for entity in seen.entities] == ["bold"]


async def test_what_telegram_says_of_a_file_is_an_outcome_too(api: BotApi) -> None:
    api.script("sendDocument", too_many(35), blocked())
    async with open_sender(api.token, api.url) as sender:
        assert await sender.send(calendar()) == Later("429", timedelta(seconds=35), limited=True)
        assert isinstance(await sender.send(calendar()), Gone)
        assert isinstance(await sender.send(calendar("가" * 1025)), Rejected)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (too_many(35), Later("429", timedelta(seconds=35), limited=True)),
        (blocked(), Gone("Forbidden: bot was blocked by the user")),
        (
            Answer(403, "Forbidden: bot was kicked from the group chat"),
            Gone("Forbidden: bot was kicked from the group chat"),
        ),
        (Answer(400, "Bad Request: chat not found"), Gone("Chat not found")),
        (Answer(403, "Forbidden: user is deactivated"), Gone("Forbidden: user is deactivated")),
        (
            Answer(400, "Bad Request: not enough rights to send text messages to the chat"),
            Gone("Not enough rights to send text messages to the chat"),
        ),
        (migrate(-100777), Migrated(-100777)),
        (Answer(400, "Bad Request: message is too long"), Rejected("Message is too long")),
        (Answer(500, "Internal Server Error"), Later("Internal Server Error")),
        (Answer(401, "Unauthorized"), Later("Telegram refuses the bot token", timedelta(minutes=5))),
    ],
    ids=lambda value: getattr(value, "description", None) or None,
)
async def test_what_telegram_says_decides(api: BotApi, answer: Answer, outcome: SendOutcome) -> None:
    assert await send(api, answer) == outcome


async def test_an_error_page_of_a_proxy_means_later(api: BotApi) -> None:
    outcome = await send(api, Answer(502, body=b"<html>Bad Gateway</html>"))
    assert isinstance(outcome, Later)
    assert outcome.after is None


async def test_a_success_that_cannot_be_read_is_unknown(api: BotApi) -> None:
    assert isinstance(await send(api, Answer(200, body=b"<html>hello</html>", deliver=True)), Unknown)


async def test_an_answer_that_never_comes_is_unknown(api: BotApi) -> None:
    assert await send(api, Answer(stall=True, deliver=True)) == Unknown("ReadTimeout")
    assert len(api.messages(CHAT)) == 1


async def test_a_connection_lost_after_sending_is_unknown(api: BotApi) -> None:
    assert await send(api, Answer(drop=True, deliver=True)) == Unknown("RemoteProtocolError")


async def test_a_refused_connection_means_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with sender_to(f"http://127.0.0.1:{port}") as sender:
        assert await sender.send(message()) == Later("ConnectError")


async def test_a_name_that_does_not_resolve_means_later() -> None:
    async with sender_to("http://bot-api.invalid") as sender:
        assert await sender.send(message()) == Later("ConnectError")


async def test_a_connection_that_is_never_accepted_means_later() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        # fills the queue of connections nobody accepts; the next one hangs
        waiting = []
        for _ in range(4):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", port))
            waiting.append(client)
        request = HTTPXRequest(connect_timeout=0.3, read_timeout=0.3)
        async with sender_to(f"http://127.0.0.1:{port}", request) as sender:
            assert await sender.send(message()) == Later("ConnectTimeout")
        for client in waiting:
            client.close()


async def test_a_full_pool_means_later(api: BotApi) -> None:
    import asyncio

    request = HTTPXRequest(connection_pool_size=1, pool_timeout=0.1, read_timeout=5)
    api.script("sendMessage", Answer(stall=True))
    async with sender_to(api.url, request) as sender:
        first = asyncio.create_task(sender.send(message()))
        await api.until(lambda: api.called("sendMessage"))
        assert await sender.send(message()) == Later("PoolTimeout")
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


async def test_a_chat_the_bot_never_met_is_gone(api: BotApi) -> None:
    api.unreachable_chats.add(CHAT)
    assert await send(api) == Gone("Chat not found")


async def test_a_button_that_cannot_be_encoded_is_rejected_and_nothing_sent(api: BotApi) -> None:
    async with sender_to(api.url) as sender:
        outcome = await sender.send(message("안녕", (Button("?", Action("fly")),)))
    assert outcome == Rejected("keyboard: no button does 'fly'")
    assert api.called("sendMessage") == []


async def test_the_token_is_in_no_outcome_and_no_log(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="bot")
    caplog.set_level("INFO", logger="briefing")
    async with sender_to("http://127.0.0.1:9") as sender:
        said = repr(await sender.send(message()))
    api.revoked = True
    said += repr(await send(api))
    assert TOKEN not in said
    assert not [
        r for r in caplog.records if r.name.startswith(("bot", "briefing")) and TOKEN in r.getMessage()
    ]


def errors_of(base: type[BaseException]) -> list[type[BaseException]]:
    return [kind for sub in base.__subclasses__() for kind in (sub, *errors_of(sub))]


SAFE_TO_REPEAT = {
    "ConnectError",
    "ConnectTimeout",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
    "LocalProtocolError",
}


@pytest.mark.parametrize("kind", errors_of(httpx.TransportError), ids=lambda kind: kind.__name__)
def test_every_transport_error_of_httpx_is_either_surely_unsent_or_unknown(
    kind: type[httpx.TransportError],
) -> None:
    # wrapped as HTTPXRequest.do_request of python-telegram-bot 22 does it
    error: TelegramError = (
        TimedOut() if issubclass(kind, httpx.TimeoutException) else NetworkError(f"httpx.{kind.__name__}: x")
    )
    error.__cause__ = kind("x")
    assert isinstance(outcome_of(error), Later if kind.__name__ in SAFE_TO_REPEAT else Unknown)


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_lost_topic_is_no_lost_chat_and_the_general_one_cannot_be_lost(api: BotApi, why: str) -> None:
    async with open_sender(api.token, api.url) as sender:
        for thread_id, kind in ((9, TopicLost), (None, Rejected)):
            api.script("sendMessage", Answer(400, f"Bad Request: {why}"))
            message = Outgoing(1, -1001, "digest:1", 0, Part("하나"), thread_id=thread_id)
            assert isinstance(await sender.send(message), kind)


def test_a_wait_of_a_year_is_asked_about_again_after_a_day() -> None:
    assert outcome_of(RetryAfter(365 * 86400)) == Later("429", timedelta(days=1), limited=True)
