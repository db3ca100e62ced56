"""A Bot API without a network: the transport of `execbrief try`.

python-telegram-bot calls it like Telegram; what the bot sends is kept and shown on a screen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from http import HTTPStatus
from typing import Any, Final

from telegram.request import BaseRequest, RequestData

from bot.console_files import in_one_line
from briefing.compose.markup import parse

# The one chat of a console: a private one, whose id is its user's.
CHAT_ID: Final = 1
PERSON: Final = {"id": CHAT_ID, "is_bot": False, "first_name": "나", "language_code": "ko"}
BOT: Final = {"id": 2, "is_bot": True, "first_name": "execbrief", "username": "execbrief_bot"}
CHAT: Final = {"id": CHAT_ID, "type": "private", "first_name": "나"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message the bot has sent.

    Attributes:
        message_id: Its id.
        html: Telegram HTML; of a picture its caption.
        buttons: Rows of (label, callback data or None, address or None).
        edited: True if it takes the place of an earlier version.
        file: The file that came with it and what is in it, in one line; "" for none.
        picture: PNG, or None.
    """

    message_id: int
    html: str
    buttons: tuple[tuple[tuple[str, str | None, str | None], ...], ...] = ()
    edited: bool = False
    file: str = ""
    picture: bytes | None = None


class ConsoleRequest(BaseRequest):
    """Answers Bot API calls in the process.

    Args:
        show: Called with every message sent or edited.
        clock: Tells the time, aware UTC.
    """

    def __init__(self, show: Callable[[Shown], None], clock: Callable[[], datetime]) -> None:
        self._show = show
        self._clock = clock
        self._next_id = 0
        self._messages: dict[int, Shown] = {}

    @property
    def read_timeout(self) -> float | None:
        """None: nothing is waited for."""
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 (given by the interface)
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_more_timeouts: Any,
    ) -> tuple[int, bytes]:
        """Answer one call; what a console has no use for is answered with true."""
        call = url.rsplit("/", 1)[-1]
        values: dict[str, Any] = dict(request_data.parameters) if request_data else {}
        picture = _picture(request_data)
        match call:
            case "getMe":
                return _ok(BOT)
            case "sendMessage":
                return _ok(self._send(values, str(values.get("text", ""))))
            case "sendPhoto":
                return _ok(self._send(values, str(values.get("caption", "")), picture))
            case "sendDocument":
                files = request_data.multipart_data if request_data else None
                return _ok(self._send_file(values, files or {}))
            case "editMessageText" | "editMessageReplyMarkup":
                return self._edit(values, values.get("text"))
            case "editMessageMedia":
                return self._edit(values, _object(values["media"]).get("caption"), picture)
            case "answerCallbackQuery":
                if values.get("text"):
                    # what Telegram shows above the chat for a moment
                    self._show(Shown(0, escape(str(values["text"]))))
                return _ok(True)
            case _:
                return _ok(True)

    def next_id(self) -> int:
        """A new message or update id."""
        self._next_id += 1
        return self._next_id

    def message(self, message_id: int, text: str, *, of_bot: bool) -> dict[str, Any]:
        """A message as the Bot API writes it."""
        return {
            "message_id": message_id,
            "date": int(self._clock().timestamp()),
            "chat": CHAT,
            "from": BOT if of_bot else PERSON,
            "text": text,
        }

    def sent(self, message_id: int) -> dict[str, Any]:
        """A message of the bot as it is now, its words without markup; "…" for one nobody knows."""
        shown = self._messages.get(message_id)
        text = parse(shown.html).text if shown else ""
        return self.message(message_id, text or "…", of_bot=True)

    def _send(self, values: dict[str, Any], html: str, picture: bytes | None = None) -> dict[str, Any]:
        shown = Shown(self.next_id(), html, _buttons(values), picture=picture)
        self._messages[shown.message_id] = shown
        self._show(shown)
        return self.message(shown.message_id, shown.html, of_bot=True)

    def _send_file(self, values: dict[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
        name, data, *_ = files.get("document", ("?", b""))
        caption = str(values.get("caption", ""))
        shown = Shown(self.next_id(), caption, _buttons(values), file=in_one_line(name, data))
        self._messages[shown.message_id] = shown
        self._show(shown)
        return self.message(shown.message_id, shown.html, of_bot=True)

    def _edit(
        self, values: dict[str, Any], html: str | None, picture: bytes | None = None
    ) -> tuple[int, bytes]:
        before = self._messages.get(int(values.get("message_id", 0)))
        if before is None:
            return _refuse("Bad Request: message to edit not found")
        after = Shown(
            before.message_id,
            before.html if html is None else str(html),
            _buttons(values),
            edited=True,
            picture=picture or before.picture,
        )
        if (after.html, after.buttons, after.picture) == (before.html, before.buttons, before.picture):
            return _refuse("Bad Request: message is not modified")
        self._messages[after.message_id] = after
        self._show(after)
        return _ok(self.message(after.message_id, after.html, of_bot=True))


def _buttons(values: dict[str, Any]) -> tuple[tuple[tuple[str, str | None, str | None], ...], ...]:
    markup = _object(values.get("reply_markup") or {})
    return tuple(
        tuple((button["text"], button.get("callback_data"), button.get("url")) for button in row)
        for row in markup.get("inline_keyboard", ())
    )


def _object(value: dict[str, Any] | str) -> dict[str, Any]:
    """A value that python-telegram-bot hands over as it is or as JSON."""
    read: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return read


def _picture(data: RequestData | None) -> bytes | None:
    """The one file that came with a call, or None."""
    files = (data.multipart_data or {}) if data else {}
    return next((content for _, content, _ in files.values() if isinstance(content, bytes)), None)


def _ok(result: object) -> tuple[int, bytes]:
    return HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode()


def _refuse(description: str) -> tuple[int, bytes]:
    status = HTTPStatus.BAD_REQUEST
    return status, json.dumps({"ok": False, "error_code": status, "description": description}).encode()
