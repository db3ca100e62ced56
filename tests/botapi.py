"""A Bot API server on loopback: what Telegram does with our calls, and what it may answer.

    async with BotApi() as api:
        application = build_application(api.token, desk, base_url=api.url)
        ...
        api.say(CHAT, "/brief 한빛전자")
        message = await api.next_message(CHAT)
        api.press(message, "30일")

Real HTTP with keep-alive, long polling with offsets, HTML as Telegram parses it, its limits and
its error texts. `script` puts answers of other kinds in front: 429, 403, 400, 5xx, silence.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Self

from tests.botapi_form import File, read_form
from tests.botapi_html import Entity, HtmlError, parse, utf16
from tests.botapi_webhook import Deliveries

TOKEN = "123456789:test-token-of-an-invented-bot-00000"
BOT = {"id": 123456789, "is_bot": True, "first_name": "execbrief", "username": "execbrief_test_bot"}
MOST_UNITS = 4096
MOST_CAPTION_UNITS = 1024
MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
# a process under test may take long to start on a busy machine
PATIENCE_S = 60


@dataclass(frozen=True)
class Answer:
    """A scripted answer.

    status, description, parameters: as the Bot API writes errors.
    body: raw bytes in place of JSON (a proxy's error page).
    stall: accept the call (the message is delivered if `deliver`), never answer.
    drop: close the connection without an answer.
    """

    status: int = 200
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    body: bytes | None = None
    stall: bool = False
    drop: bool = False
    deliver: bool = False


def too_many(seconds: int) -> Answer:
    return Answer(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def blocked() -> Answer:
    return Answer(403, "Forbidden: bot was blocked by the user")


def migrate(new_chat_id: int) -> Answer:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return Answer(400, text, {"migrate_to_chat_id": new_chat_id})


@dataclass(frozen=True)
class Message:
    """A message as a person sees it."""

    chat_id: int
    message_id: int
    text: str
    html: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[dict[str, str], ...], ...]
    thread_id: int | None = None
    edits: int = 0
    reply_to: int | None = None
    file: File | None = None
    picture: bytes | None = None

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.buttons for button in row]

    @property
    def links(self) -> list[str]:
        return [entity.url for entity in self.entities if entity.url]


class BotApi:
    """The server. Chats with a positive id are private, others supergroups, unless `chats` says otherwise."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        # methods called with a token that is not (any more) ours
        self.refused: list[str] = []
        self.refusal_delay_s = 0.0
        self.sent: list[Message] = []
        self.menu: list[dict[str, str]] = []
        # menus by language and chat; None: of all chats
        self.menus_in: dict[tuple[str, int | None], list[dict[str, str]]] = {}
        # menus of single chats
        self.menus: dict[int, list[dict[str, str]]] = {}
        self.answered_queries: list[str] = []
        # what a press was answered with for the eyes of whoever pressed
        self.notices: list[str] = []
        # (chat, user) -> status; whoever is not here is an ordinary member
        self.members: dict[tuple[int, int], str] = {}
        self.unreachable_chats: set[int] = set()
        # chat -> "group", "channel", …; others by their sign
        self.kinds: dict[int, str] = {}
        # (chat, topic) -> why nothing can be written there: "message thread not found", "TOPIC_CLOSED"
        self.lost_topics: dict[tuple[int, int], str] = {}
        # what presses opened, and what inline queries were answered with
        self.opened: list[str] = []
        self.inline_answers: list[dict[str, Any]] = []
        self.deleted: list[int] = []
        self._updates: deque[dict[str, Any]] = deque()
        self._scripts: dict[tuple[str, int | None], deque[Answer]] = defaultdict(deque)
        self._seen: dict[int, int] = defaultdict(int)
        self._last_update = 100
        self._last_message = 500
        self._changed = asyncio.Condition()
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self.revoked = False
        # where updates go while a webhook is set
        self.hook = Deliveries(self._updates, self._notify)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        await self.hook.delete()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    # ------------------------------------------------------------------ what people do

    def say(self, chat_id: int, text: str, by: int | None = None, **more: Any) -> int:
        """A person writes in a chat; without `by` the one whose id is the chat's without its sign.

        Returns the id of the message.
        """
        message = {**self._message(chat_id), "from": self._person(by or chat_id), "text": text, **more}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.update({"message": message})
        return int(message["message_id"])

    def press(self, message: Message, label: str, by: int | None = None) -> None:
        """A person presses a button of a message."""
        data = next(b["callback_data"] for row in message.buttons for b in row if b["text"] == label)
        self.press_data(message, data, by)

    def press_data(self, message: Message, data: str, by: int | None = None, **more: Any) -> None:
        self._last_update += 1
        shown = {
            **self._message(message.chat_id),
            "message_id": message.message_id,
            "from": BOT,
            **_content(message),
            **more,
        }
        query = {
            "id": str(self._last_update),
            "from": self._person(by or message.chat_id),
            "chat_instance": "1",
            "message": shown,
            "data": data,
        }
        self.update({"callback_query": query})

    def revoke(self) -> None:
        """The token is refused from now on."""
        self.revoked = True
        self._notify()

    def update(self, content: dict[str, Any]) -> None:
        self._last_update += 1
        self._updates.append({"update_id": self._last_update, **content})
        self.hook.arrived.set()
        self._notify()

    def script(self, method: str, *answers: Answer, chat_id: int | None = None) -> None:
        """The next calls of a method (to a chat) get these answers."""
        self._scripts[method, chat_id].extend(answers)

    # ------------------------------------------------------------------ what people see

    async def next_message(self, chat_id: int) -> Message:
        """The oldest message of a chat not taken yet; waits for it."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            while len(mine := self.messages(chat_id)) <= self._seen[chat_id]:
                await self._changed.wait()
        self._seen[chat_id] += 1
        return mine[self._seen[chat_id] - 1]

    async def until(self, true: Any) -> None:
        """Wait until a condition over this server's state holds."""
        async with asyncio.timeout(PATIENCE_S), self._changed:
            while not true():
                await self._changed.wait()

    def messages(self, chat_id: int) -> list[Message]:
        """As they are now: edited ones in their newest version."""
        return [message for message in self.sent if message.chat_id == chat_id]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [values for name, values in self.calls if name == method]

    # ------------------------------------------------------------------ HTTP

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1].partition("?")[0]
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        values, files = read_form(headers.get("content-type", ""), body)
        method = path.rsplit("/", 1)[-1]
        answer = await self._answer(path, method, values, files)
        if answer.stall:
            await asyncio.Event().wait()
        if answer.drop:
            return False
        content = answer.body
        if content is None:
            told: dict[str, Any] = {"ok": answer.status == 200}
            if answer.status == 200:
                told["result"] = answer.parameters["result"]
            else:
                told |= {"error_code": answer.status, "description": answer.description}
                if answer.parameters:
                    told["parameters"] = answer.parameters
            content = json.dumps(told, ensure_ascii=False).encode()
        writer.write(
            f"HTTP/1.1 {answer.status} X\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        return True

    async def _answer(self, path: str, method: str, values: dict[str, Any], files: dict[str, File]) -> Answer:
        if not path.startswith("/bot"):
            return Answer(404, "Not Found")
        if path != f"/bot{self.token}/{method}" or self.revoked:
            self.refused.append(method)
            self._notify()
            await asyncio.sleep(self.refusal_delay_s)
            return Answer(401, "Unauthorized")
        self.calls.append((method, values))
        self._notify()
        chat_id = values.get("chat_id")
        for key in ((method, chat_id), (method, None)):
            if self._scripts[key]:
                scripted = self._scripts[key].popleft()
                if scripted.deliver:
                    await self._do(method, values, files)
                return scripted
        return await self._do(method, values, files)

    async def _do(self, method: str, values: dict[str, Any], files: dict[str, File]) -> Answer:
        match method:
            case "getMe":
                return _ok(BOT)
            case "getUpdates":
                return await self._get_updates(values)
            case "sendMessage":
                return self._send(values)
            case "sendDocument":
                return self._send(values, document=files["document"])
            case "sendPhoto":
                return self._send(values, files["photo"].data if "photo" in files else None)
            case "editMessageText":
                return self._edit(values)
            case "editMessageMedia":
                media = values.pop("media")
                picture = files.get(media["media"].removeprefix("attach://"))
                return self._edit({**values, **media}, picture.data if picture else None)
            case "answerCallbackQuery":
                self.answered_queries.append(str(values["callback_query_id"]))
                if "text" in values:
                    self.notices.append(str(values["text"]))
                if "url" in values:
                    self.opened.append(str(values["url"]))
                self._notify()
                return _ok(True)
            case "setMyCommands":
                scope = values.get("scope") or {}
                if code := values.get("language_code"):
                    self.menus_in[code, scope.get("chat_id")] = values["commands"]
                elif scope.get("type") == "chat":
                    if scope["chat_id"] in self.unreachable_chats:
                        return Answer(400, "Bad Request: chat not found")
                    self.menus[scope["chat_id"]] = values["commands"]
                else:
                    self.menu = values["commands"]
                self._notify()
                return _ok(True)
            case "setWebhook":
                await self.hook.set(values)
                return _ok(True)
            case "getWebhookInfo":
                return _ok(self.hook.info())
            case "answerInlineQuery":
                return self._answer_inline(values)
            case "deleteMessage":
                self.sent = [m for m in self.sent if m.message_id != int(values["message_id"])]
                self.deleted.append(int(values["message_id"]))
                self._notify()
                return _ok(True)
            case "getChatMember":
                place = int(values["chat_id"]), int(values["user_id"])
                return _ok({"user": self._person(place[1]), **standing(self.members.get(place, "member"))})
            case "deleteWebhook":
                await self.hook.delete()
                return _ok(True)
        return Answer(404, "Not Found: method not found")

    async def _get_updates(self, values: dict[str, Any]) -> Answer:
        if self.hook.url:
            text = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            return Answer(409, text)
        offset = int(values.get("offset", 0))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(float(values.get("timeout", 0))), self._changed:
                while not self._updates and not self.revoked:
                    await self._changed.wait()
        if self.revoked:
            return Answer(401, "Unauthorized")
        return _ok(list(self._updates)[: int(values.get("limit", 100))])

    def _send(
        self, values: dict[str, Any], picture: bytes | None = None, document: File | None = None
    ) -> Answer:
        chat_id = int(values["chat_id"])
        if chat_id in self.unreachable_chats:
            return Answer(400, "Bad Request: chat not found")
        read = self._read(values, picture, document)
        if isinstance(read, Answer):
            return read
        self._last_message += 1
        topic = values.get("message_thread_id")
        if topic is not None and (lost := self.lost_topics.get((chat_id, int(topic)))):
            return Answer(400, f"Bad Request: {lost}")
        answers = (values.get("reply_parameters") or {}).get("message_id")
        message = Message(
            chat_id,
            self._last_message,
            *read,
            thread_id=topic,
            reply_to=answers,
            file=document,
            picture=picture,
        )
        self.sent.append(message)
        self._notify()
        return _ok({**self._message(chat_id), "message_id": message.message_id, **_content(message)})

    def _answer_inline(self, values: dict[str, Any]) -> Answer:
        results = values["results"]
        if len(results) > 50 or len({result["id"] for result in results}) < len(results):
            return Answer(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            if not 0 < len(result["id"].encode()) <= 64:
                return Answer(400, "Bad Request: RESULT_ID_INVALID")
            content = {**result["input_message_content"], "reply_markup": result.get("reply_markup")}
            read = self._read({**content, "text": content["message_text"]}, None)
            if isinstance(read, Answer):
                return read
        self.inline_answers.append(values)
        self._notify()
        return _ok(True)

    def _edit(self, values: dict[str, Any], picture: bytes | None = None) -> Answer:
        place = next((i for i, m in enumerate(self.sent) if m.message_id == int(values["message_id"])), None)
        if place is None:
            return Answer(400, "Bad Request: message to edit not found")
        read = self._read(values, picture)
        if isinstance(read, Answer):
            return read
        before = self.sent[place]
        if before.picture is not None and picture is None:
            return Answer(400, "Bad Request: there is no text in the message to edit")
        text, source, entities, buttons = read
        same = (text, entities, buttons, picture) == (
            before.text,
            before.entities,
            before.buttons,
            before.picture,
        )
        if same:
            return Answer(400, "Bad Request: message is not modified: specified new message content ...")
        self.sent[place] = replace(
            before,
            text=text,
            html=source,
            entities=entities,
            buttons=buttons,
            edits=before.edits + 1,
            picture=picture,
        )
        self._notify()
        after = self.sent[place]
        return _ok({**self._message(after.chat_id), "message_id": after.message_id, **_content(after)})

    def _read(self, values: dict[str, Any], picture: bytes | None, document: File | None = None) -> Any:
        """(text or caption, html, entities, buttons), or why Telegram does not take the message."""
        captioned = picture is not None or document is not None
        source = str(values.get("caption" if captioned else "text", ""))
        try:
            text, entities = parse(source) if values.get("parse_mode") == "HTML" else (source, [])
        except HtmlError as error:
            return Answer(400, str(error))
        if picture is not None and not picture.startswith((b"\x89PNG", b"\xff\xd8")):
            return Answer(400, "Bad Request: IMAGE_PROCESS_FAILED")
        if document is not None and not document.data:
            return Answer(400, "Bad Request: file must be non-empty")
        if captioned and utf16(text) > MOST_CAPTION_UNITS:
            return Answer(400, "Bad Request: message caption is too long")
        if not text.strip() and not captioned:
            return Answer(400, "Bad Request: message text is empty")
        if utf16(text) > MOST_UNITS:
            return Answer(400, "Bad Request: message is too long")
        markup = values.get("reply_markup") or {}
        buttons = tuple(tuple(row) for row in markup.get("inline_keyboard", ()))
        if sum(len(row) for row in buttons) > MOST_BUTTONS:
            return Answer(400, "Bad Request: too many inline keyboard buttons")
        for button in (button for row in buttons for button in row):
            if not button["text"].strip():
                return Answer(400, "Bad Request: text buttons are unallowed in the inline keyboard")
            if len(button.get("callback_data", "").encode()) > MOST_DATA_BYTES:
                return Answer(400, "Bad Request: BUTTON_DATA_INVALID")
        return text.strip(), source, tuple(entities), buttons

    # ------------------------------------------------------------------ the rest

    def _message(self, chat_id: int) -> dict[str, Any]:
        self._last_message += 1
        kind = self.kinds.get(chat_id, "private" if chat_id > 0 else "supergroup")
        chat = {"id": chat_id, "type": kind, "title": "방", "first_name": "가"}
        return {"message_id": self._last_message, "date": 1_700_000_000, "chat": chat}

    @staticmethod
    def _person(chat_id: int) -> dict[str, Any]:
        return {"id": abs(chat_id), "is_bot": False, "first_name": "가"}

    def _notify(self) -> None:
        async def wake() -> None:
            async with self._changed:
                self._changed.notify_all()

        task = asyncio.get_running_loop().create_task(wake())
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)


def standing(status: str) -> dict[str, Any]:
    """What getChatMember tells of a status, with all that its kind has to have."""
    if status == "creator":
        return {"status": status, "is_anonymous": False}
    if status == "administrator":
        rights = (
            *(
                "can_be_edited",
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_promote_members",
            ),
            *("can_manage_video_chats", "can_restrict_members", "can_change_info", "can_invite_users"),
            *("can_post_stories", "can_edit_stories", "can_delete_stories"),
        )
        return {"status": status, **dict.fromkeys(rights, True)}
    return {"status": status, **({"until_date": 0} if status == "kicked" else {})}


def _content(message: Message) -> dict[str, Any]:
    """What a message holds, as the Bot API tells it."""
    if message.picture is None:
        return {"text": message.text}
    size = {"file_id": "f", "file_unique_id": "u", "width": 1080, "height": 1080}
    return {"photo": [size], "caption": message.text}


def _ok(result: Any) -> Answer:
    return Answer(parameters={"result": result})
