"""The chat in the terminal: the same handlers over a Bot API without a network."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console
from rich.text import Text
from telegram import Update

from bot.console_api import CHAT_ID, PERSON, ConsoleRequest, Shown
from bot.console_html import QUOTE_MARK, to_terminal
from bot.console_pictures import PictureFolder, words_of
from bot.handlers import Desk
from bot.handlers.application import App, build_application
from briefing.compose import texts

# Not a token: no network is ever asked, but python-telegram-bot wants its form.
TOKEN: Final = "1:console"  # noqa: S105
# Wider lines tire the eye; a phone shows about 40 characters.
WIDEST: Final = 88
MARK: Final = re.compile(r"\s*(?:[•·–] )?")
FAREWELL: Final = frozenset({"/quit", "/exit", "quit", "exit", "끝"})
NAMES_OFFERED: Final = 12


class Screen:
    """Shows messages, numbers the buttons of the last answer.

    Args:
        file: Where to; None is standard output. Styles only on a terminal without NO_COLOR.
        pictures: Keeps the pictures that are shown; None keeps none.
    """

    def __init__(self, file: TextIO | None = None, pictures: PictureFolder | None = None) -> None:
        # rich takes NO_COLOR literally and keeps bold and links; who sets it wants plain text
        terminal = False if os.environ.get("NO_COLOR") else None
        width = min(Console(file=file).width, WIDEST)
        self._console = Console(file=file, highlight=False, width=width, force_terminal=terminal)
        self._pictures = pictures
        self.presses: list[tuple[int, str]] = []

    def ask(self, question: str) -> None:
        """Write a question as if it had been typed."""
        self._console.print(Text(f"> {question}", style="bold"))

    def forget_buttons(self) -> None:
        """Number the buttons of the next answer from 1."""
        self.presses = []

    def show(self, shown: Shown) -> None:
        """Write a message and its buttons."""
        self._console.print()
        if shown.edited:
            self._console.print(Text(texts.text("console.edited"), style="dim"))
        if shown.picture is not None:
            self._picture(shown.picture)
        plain = not self._console.is_terminal
        for line in to_terminal(shown.html, addresses=plain).split("\n", allow_blank=True):
            self._line(line)
        if shown.file:
            self._line(Text(texts.text("console.file", file=shown.file), style="cyan"))
        for row in shown.buttons:
            self._console.print(self._row(shown.message_id, row))

    def line(self, text: str) -> None:
        """Write a line of the console itself."""
        self._console.print(Text(text, style="dim"))

    def blank(self) -> None:
        """Write an empty line."""
        self._console.print()

    def _picture(self, png: bytes) -> None:
        """Write what a picture shows as text, and where it was kept."""
        for line in words_of(png).splitlines():
            self._console.print(Text(line), no_wrap=True)
        if self._pictures is not None:
            try:
                kept = texts.text("console.picture", path=self._pictures.keep(png))
            except OSError as error:
                kept = texts.text("console.no_picture", error=error)
            self._console.print(Text(kept, style="dim"), soft_wrap=True)

    def _line(self, line: Text) -> None:
        """Write a line; what does not fit goes on below its own words, not below its mark."""
        mark = MARK.match(line.plain)
        indent = " " * (mark.end() if mark else 0)
        if line.plain.startswith(QUOTE_MARK):
            indent = QUOTE_MARK
        start, rest = line[: len(indent)], line[len(indent) :]
        for wrapped in rest.wrap(self._console, self._console.width - len(indent)) or [Text()]:
            wrapped.rstrip()
            self._console.print(start + wrapped)
            start = Text(indent, style=line.style)

    def _row(self, message_id: int, row: Iterable[tuple[str, str | None, str | None]]) -> Text:
        cells = []
        for label, data, address in row:
            if data is None:
                cells.append(Text(f"[{label}] {address or ''}"))
                continue
            self.presses.append((message_id, data))
            number = Text(f"{len(self.presses)}", style="dim")
            cells.append(number.append_text(Text(f"[{label}]", style="bold cyan")))
        return Text("  ").join(cells)


class Chat:
    """One person talking to the bot.

    Args:
        application: With all handlers and `request` as its transport.
        request: The transport.
        screen: Shows what the bot sends.
    """

    def __init__(self, application: App, request: ConsoleRequest, screen: Screen) -> None:
        self._application = application
        self._request = request
        self._screen = screen

    async def say(self, text: str) -> None:
        """Send a line; a number presses that button of the last answer."""
        presses = self._screen.presses
        if text.isdecimal() and not text.startswith("0") and int(text) <= len(presses):
            await self._press(*presses[int(text) - 1])
            return
        if presses and text.isdecimal() and len(text) <= len(str(len(presses))) + 1:
            # no answer of the bot's, so the buttons stay
            self._screen.line(texts.text("console.no_button", count=len(presses)))
            return
        message = self._request.message(self._request.next_id(), text, of_bot=False)
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        await self._process({"message": message})

    async def _press(self, message_id: int, data: str) -> None:
        message = self._request.sent(message_id)
        query = {
            "id": str(self._request.next_id()),
            "from": PERSON,
            "chat_instance": str(CHAT_ID),
            "message": message,
            "data": data,
        }
        await self._process({"callback_query": query})

    async def _process(self, content: dict[str, Any]) -> None:
        before = list(self._screen.presses)
        self._screen.forget_buttons()
        update = Update.de_json({"update_id": self._request.next_id(), **content}, self._application.bot)
        await self._application.process_update(update)
        if not self._screen.presses:
            # an answer without buttons; those before stay in reach
            self._screen.presses.extend(before)
        self._screen.blank()


class Offers(Completer):
    """Completes commands, and company names anywhere in the line.

    Args:
        commands: (command without slash, description).
        companies: Names.
    """

    def __init__(self, commands: Sequence[tuple[str, str]], companies: Sequence[str]) -> None:
        self._commands = commands
        self._companies = companies

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What the word before the cursor may become."""
        del complete_event
        before = document.text_before_cursor
        if before.startswith("/") and " " not in before:
            for command, description in self._commands:
                if command.startswith(before[1:]):
                    yield Completion(f"/{command}", -len(before), display_meta=description)
            return
        word = before.rsplit(" ", 1)[-1]
        if not word:
            return
        near = [name for name in self._companies if name.casefold().startswith(word.casefold())]
        for name in near[:NAMES_OFFERED]:
            yield Completion(name, -len(word))


async def run_console(
    desk: Desk,
    questions: Sequence[str] | AsyncIterable[str] | None,
    *,
    companies: Sequence[str] = (),
    file: TextIO | None = None,
    pictures: Path | None = None,
) -> None:
    """Answer questions in the terminal.

    Args:
        desk: What the handlers need.
        questions: Lines to answer, one after another; None opens a chat.
        companies: Names to complete in a chat.
        file: Where to write; None is standard output.
        pictures: Folder in which to keep pictures; None shows their bars only.
    """
    screen = Screen(file, PictureFolder(pictures) if pictures else None)
    request = ConsoleRequest(screen.show, desk.clock)
    application = build_application(TOKEN, desk, request=request, updates_request=request)
    async with application:
        chat = Chat(application, request, screen)
        if questions is None:
            await _talk(chat, screen, Offers(_commands(desk), companies))
            return
        async for question in _one_by_one(questions):
            screen.ask(question)
            await chat.say(question.strip())


async def _one_by_one(questions: Sequence[str] | AsyncIterable[str]) -> AsyncIterator[str]:
    if isinstance(questions, AsyncIterable):
        async for question in questions:
            yield question
        return
    for question in questions:
        yield question


def _commands(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The menu of whoever sits at the terminal."""
    runs_it = desk.office is not None and CHAT_ID in desk.admin_ids
    return (*desk.replies.commands(), *(desk.replies.admin_commands() if runs_it else ()))


async def _talk(chat: Chat, screen: Screen, offers: Offers) -> None:
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(),
        completer=offers,
        complete_while_typing=True,
        bottom_toolbar=texts.text("console.hint"),
    )
    screen.line(texts.text("console.hint"))
    await chat.say("/start")
    while True:
        try:
            line = (await session.prompt_async("> ")).strip()
        except KeyboardInterrupt:
            # clears the line, as in a shell
            continue
        except EOFError:
            return
        if line in FAREWELL:
            return
        if line:
            await chat.say(line)
