"""`execbrief try`: the whole bot in a terminal, over the sample newsroom."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import click

from bot.app import Clock, open_app
from bot.cli.frame import command, progress_bar
from bot.console import FAREWELL, run_console
from bot.console_api import CHAT_ID
from bot.logs import configure_logs
from bot.newsroom import NOW, Newsroom
from bot.settings import Settings

log = logging.getLogger(__name__)

# Bytes of a pipe.
READ_AT_ONCE = 65536
# Asked where there is nobody to type.
SAMPLE_QUESTIONS = ("/brief LG전자", "/subscribe LG전자", "/digest")


def sample_settings(database: Path) -> Settings:
    """Settings of the sample newsroom: defaults, whatever the environment or .env say.

    Whoever sits at the terminal runs the bot, too.
    """
    values = {name: field.get_default() for name, field in Settings.model_fields.items()}
    values |= {"database_url": f"sqlite+aiosqlite:///{database}", "allow_private_network": True}
    values |= {"admin_ids": frozenset({CHAT_ID})}
    return Settings(_env_file=None, **values)


def newsroom_clock(monotonic: Callable[[], float] = time.monotonic) -> Clock:
    """A clock that starts at the newsroom's hour and runs on from there."""
    start = monotonic()

    def now() -> datetime:
        return NOW + timedelta(seconds=monotonic() - start)

    return now


async def lines_of(descriptor: int) -> AsyncIterator[bytes]:
    """Lines of a pipe or file as they come, with their ends; whoever leaves off leaves nothing locked.

    Args:
        descriptor: Open for reading; stays so.
    """
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[bytes]()

    def read() -> None:
        try:
            begun = b""
            # not through a buffer, whose lock the interpreter wants when it ends, whoever waits holding it
            while came := os.read(descriptor, READ_AT_ONCE):
                *whole, begun = (begun + came).split(b"\n")
                for line in whole:
                    loop.call_soon_threadsafe(lines.put_nowait, line + b"\n")
            if begun:
                loop.call_soon_threadsafe(lines.put_nowait, begun)
            loop.call_soon_threadsafe(lines.put_nowait, b"")
        except OSError as error:
            log.warning("no more can be read: %s", error)
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(lines.put_nowait, b"")
        except RuntimeError:
            # the loop has ended first
            return

    # not one of the executor's, which asyncio would wait for where the other end never closes
    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line


async def _piped(descriptor: int) -> AsyncIterator[str]:
    """Questions of a pipe or file, up to a farewell; where it has none, the questions of the sample."""
    some = False
    async for line in lines_of(descriptor):
        text = line.decode("utf-8-sig", "replace").strip()
        if text in FAREWELL:
            return
        if text:
            some = True
            yield text
    if not some:
        for question in SAMPLE_QUESTIONS:
            yield question


@click.command("try")
@click.argument("questions", nargs=-1, metavar='["/brief LG전자" …]')
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder in which to keep the pictures that the bot sends.",
)
@command
async def try_(questions: tuple[str, ...], pictures: Path | None) -> None:
    """The bot in the terminal over a sample newsroom: no token, no network.

    With QUESTIONS answers each and exits; without, opens a chat, or answers each line of a pipe.
    """
    configure_logs("WARNING")
    asked: Sequence[str] | AsyncIterable[str] | None = questions or None
    if not questions and not sys.stdin.isatty():
        asked = _piped(sys.stdin.fileno())
    with tempfile.TemporaryDirectory(prefix="execbrief-") as folder:
        settings = sample_settings(Path(folder) / "newsroom.sqlite3")
        async with (
            Newsroom() as newsroom,
            open_app(settings, clock=newsroom_clock(), first_window=timedelta(days=30)) as app,
        ):
            await app.store.news.add_feeds(newsroom.feeds, app.clock())
            with progress_bar("feeds") as update:
                await app.pipeline.poll_due(update)
            with progress_bar("articles") as update:
                await app.pipeline.read_unread(update)
            await run_console(
                app.desk(),
                asked,
                companies=tuple(company.name for company in app.lexicon.companies),
                pictures=pictures,
            )
