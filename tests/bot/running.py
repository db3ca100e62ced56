"""`execbrief run` as a process of its own."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.botapi import TOKEN, BotApi
from tests.newssite import NewsSite

ME = 77
WRONG = "999999999:ZZbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>가람</title></channel></rss>'
# Generous for a start on a busy machine, far below what waiting for a feed would take on top.
PATIENCE_S = 60


@asynccontextmanager
async def running(
    tmp_path: Path,
    api: BotApi,
    feed: str,
    token: str = TOKEN,
    database: str | None = None,
    **more: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(f'[[feed]]\nurl = "{feed}"\noutlet = "가람일보"\n', encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=tmp_path,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "EXECBRIEF_TELEGRAM_TOKEN": token,
            "EXECBRIEF_TELEGRAM_API_URL": api.url,
            "EXECBRIEF_DATABASE_URL": database or f"sqlite:///{tmp_path / 'run.sqlite3'}",
            "EXECBRIEF_LOG_LEVEL": "DEBUG",
            "EXECBRIEF_FEEDS_FILE": str(feeds),
            "EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true",
            **{f"EXECBRIEF_{name.upper()}": value for name, value in more.items()},
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> tuple[float, str]:
    """Seconds until the process is gone, and what it wrote."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(PATIENCE_S):
        _, stderr = await process.communicate()
    return loop.time() - began, stderr.decode()


async def asked(site: NewsSite) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not site.requests:  # noqa: ASYNC110 (another process asks)
            await asyncio.sleep(0.01)


def only_error(text: str) -> str:
    assert "Traceback" not in text
    (error,) = [line for line in text.splitlines() if line.startswith("execbrief: ")]
    return error


async def until_said(process: asyncio.subprocess.Process, pattern: str) -> str:
    """The log up to the first line that a pattern is found in; waits for it."""
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(PATIENCE_S):
        async for line in process.stderr:
            said += line.decode()
            if re.search(pattern, line.decode()):
                return said
    raise AssertionError(f"ended without saying {pattern!r}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
