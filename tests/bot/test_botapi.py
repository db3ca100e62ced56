"""The Bot API double itself: it must refuse what Telegram refuses, else the other tests prove nothing."""

from __future__ import annotations

import httpx
import pytest

from tests.botapi import Answer, BotApi
from tests.botapi_html import HtmlError, parse, utf16


async def call(api: BotApi, method: str, token: str | None = None, **values: object) -> tuple[int, dict]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{api.url}/bot{token or api.token}/{method}", data=values)
        return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("html", "text", "kinds"),
    [
        ("<b>가</b> &lt;나&gt; &amp;", "가 <나> &", ["bold"]),
        ('<a href="https://x.example/?a=1&amp;b=2">기사</a>', "기사", ["text_link"]),
        ("<b><i>가</i></b>", "가", ["bold", "italic"]),
        ("<blockquote expandable>가</blockquote>", "가", ["blockquote"]),
        ("&nbsp;&copy;", "&nbsp;&copy;", []),
        ("😀<b>가</b>", "😀가", ["bold"]),
    ],
)
def test_html_that_telegram_reads(html: str, text: str, kinds: list[str]) -> None:
    seen, entities = parse(html)
    assert seen == text
    assert [entity.type for entity in entities] == kinds


def test_offsets_count_utf16_units() -> None:
    _, (entity,) = parse("😀<b>가😀</b>")
    assert (entity.offset, entity.length) == (2, 3)


@pytest.mark.parametrize("html", ["<b>가", "가</b>", "<b><i>가</b></i>", "<p>가</p>", "<br>", "1 < 2", "<b"])
def test_html_that_telegram_refuses(html: str) -> None:
    with pytest.raises(HtmlError, match="can't parse entities"):
        parse(html)


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({"text": "가" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": " \n"}, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        (
            {
                "text": "가",
                "reply_markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "%s"}]]}' % ("가" * 22),
            },
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_messages_that_telegram_refuses(api: BotApi, values: dict, description: str) -> None:
    status, answer = await call(api, "sendMessage", chat_id=1, **values)
    assert (status, answer["description"]) == (400, description)


async def test_the_limit_counts_the_text_after_entities_are_parsed(api: BotApi) -> None:
    html = f"<b>{'가' * 4000}</b>{'&amp;' * 96}"
    status, _ = await call(api, "sendMessage", chat_id=1, text=html, parse_mode="HTML")
    assert status == 200
    assert utf16(api.messages(1)[0].text) == 4096


async def test_tokens_and_methods(api: BotApi) -> None:
    assert (await call(api, "getMe"))[1]["result"]["username"] == "execbrief_test_bot"
    assert (await call(api, "getMe", token="1:wrong"))[0] == 401
    assert (await call(api, "fly"))[0] == 404


async def test_an_offset_confirms_updates(api: BotApi) -> None:
    api.say(1, "하나")
    api.say(1, "둘")
    _, answer = await call(api, "getUpdates")
    first, second = answer["result"]
    _, answer = await call(api, "getUpdates", offset=first["update_id"] + 1)
    assert answer["result"] == [second]
    _, answer = await call(api, "getUpdates", offset=second["update_id"] + 1)
    assert answer["result"] == []


async def test_an_edit_that_changes_nothing_is_refused(api: BotApi) -> None:
    _, sent = await call(api, "sendMessage", chat_id=1, text="가")
    edit = {"chat_id": 1, "message_id": sent["result"]["message_id"]}
    status, answer = await call(api, "editMessageText", text="가", **edit)
    assert (status, "not modified" in answer["description"]) == (400, True)
    assert (await call(api, "editMessageText", text="나", **edit))[0] == 200


async def test_scripted_answers_come_first_and_once(api: BotApi) -> None:
    api.script("sendMessage", Answer(429, "Too Many Requests: retry after 3", {"retry_after": 3}), chat_id=1)
    assert (await call(api, "sendMessage", chat_id=2, text="가"))[0] == 200
    status, answer = await call(api, "sendMessage", chat_id=1, text="가")
    assert (status, answer["parameters"]) == (429, {"retry_after": 3})
    assert (await call(api, "sendMessage", chat_id=1, text="가"))[0] == 200
