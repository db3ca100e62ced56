"""`execbrief try` over a pipe that its writer keeps open: however it ends, it ends in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from bot.cli.sample import lines_of


@asynccontextmanager
async def trying(folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    pipe = asyncio.subprocess.PIPE
    chat = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try"),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "utf-8"},
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        # a shell ignores Ctrl-C for what it starts in the background, and whatever runs there inherits that
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        async with asyncio.timeout(120):
            yield chat
    finally:
        if chat.returncode is None:
            chat.kill()
            await chat.wait()


async def answered(chat: asyncio.subprocess.Process) -> None:
    """Ask, and wait for the answer."""
    assert chat.stdin is not None
    assert chat.stdout is not None
    chat.stdin.write(b"/list\n")
    said = b""
    while b"/subscribe" not in said:
        said += (line := await chat.stdout.readline())
        assert line, "it has ended without an answer"


async def ended(chat: asyncio.subprocess.Process) -> tuple[int, str]:
    """Exit status and standard error, with the pipe still open."""
    assert chat.stderr is not None
    told = await chat.stderr.read()
    return await chat.wait(), told.decode()


async def test_a_farewell_ends_it_whoever_holds_the_pipe(tmp_path: Path) -> None:
    async with trying(tmp_path) as chat:
        assert chat.stdin is not None
        chat.stdin.write("끝\n".encode())
        assert await ended(chat) == (0, "")


async def test_ctrl_c_ends_it_whoever_holds_the_pipe(tmp_path: Path) -> None:
    async with trying(tmp_path) as chat:
        await answered(chat)
        chat.send_signal(signal.SIGINT)
        assert await ended(chat) == (130, "")


async def test_a_question_that_raises_ends_it_whoever_holds_the_pipe(tmp_path: Path) -> None:
    async with trying(tmp_path) as chat:
        await answered(chat)
        assert chat.stdin is not None
        # nobody reads what is said any more
        chat._transport.get_pipe_transport(1).close()  # type: ignore[attr-defined]
        chat.stdin.write(b"/help\n" * 40)
        status, told = await ended(chat)
        assert status in {0, 1}
        assert "Fatal" not in told


async def test_lines_come_whole_however_they_are_cut() -> None:
    receiving, sending = os.pipe()
    try:
        lines = lines_of(receiving)
        os.write(sending, "첫째\n둘".encode()[:-1])
        assert await anext(lines) == "첫째\n".encode()
        os.write(sending, "둘".encode()[-1:] + b"\r\n\n")
        assert [await anext(lines), await anext(lines)] == ["둘\r\n".encode(), b"\n"]
        os.write(sending, b"last")
    finally:
        os.close(sending)
    assert [line async for line in lines] == [b"last"]
    os.close(receiving)
