"""Resident memory of `execbrief run`: idle, and after reading 100 articles; the floor is a bare Kiwi.

Real processes: `execbrief run` against the Bot API double and the news site of tests/. Linux only
(reads /proc). Takes about a minute and a half, most of it waiting for the second poll.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from benchmarks.extraction import CORPUS, corpus_articles, newsroom_articles
from tests.botapi import TOKEN, BotApi
from tests.newssite import NewsSite

ARTICLES = 100
FLOOR = "import kiwipiepy, sys; kiwipiepy.Kiwi(load_multi_dict=False).tokenize(['가나다']); sys.stdin.read()"
PATIENCE_S = 240


def resident(pid: int) -> float:
    """MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS in /proc")


def bare_kiwi() -> float:
    """MiB of a Python process that has loaded Kiwi and nothing else."""
    with subprocess.Popen([sys.executable, "-c", FLOOR], stdin=subprocess.PIPE) as process:
        size = 0.0
        while process.poll() is None and (now := resident(process.pid)) != size:
            size = now
            try:
                process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                continue
        process.kill()
    return size


def read_so_far(database: Path) -> int:
    """Articles stored."""
    with sqlite3.connect(database) as connection:
        count: int = connection.execute("SELECT count(*) FROM articles").fetchone()[0]
    connection.close()
    return count


def rss(site: NewsSite, texts: list[tuple[str, str]]) -> None:
    """Publish pages and a feed of them."""
    now = format_datetime(datetime.now(UTC))
    items = []
    for number, (title, text) in enumerate(texts):
        body = "".join(f"<p>{line}</p>" for line in text.splitlines())
        page = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
        link = site.publish(f"/{number}", page)
        items.append(f"<item><title>{number}</title><link>{link}</link><pubDate>{now}</pubDate></item>")
    feed = f'<rss version="2.0"><channel><title>bench</title>{"".join(items)}</channel></rss>'
    site.publish("/rss", feed, "application/rss+xml")


async def measure(texts: list[tuple[str, str]]) -> tuple[float, float]:
    """(idle, after reading) in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.sqlite3"
        async with BotApi() as api, NewsSite() as site:
            rss(site, [])
            feeds = Path(folder) / "feeds.toml"
            feeds.write_text(f'[[feed]]\nurl = "{site.url("/rss")}"\noutlet = "bench"\n', encoding="utf-8")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                env={
                    "PATH": "/usr/bin:/bin",
                    "PYTHONPATH": str(Path(__file__).parent.parent),
                    "EXECBRIEF_TELEGRAM_TOKEN": TOKEN,
                    "EXECBRIEF_TELEGRAM_API_URL": api.url,
                    "EXECBRIEF_DATABASE_URL": f"sqlite:///{database}",
                    "EXECBRIEF_FEEDS_FILE": str(feeds),
                    "EXECBRIEF_POLL_MINUTES": "1",
                    "EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true",
                    "EXECBRIEF_LOG_LEVEL": "ERROR",
                },
                cwd=folder,
            )
            try:
                await api.until(lambda: api.called("getUpdates"))
                await asyncio.sleep(10)
                idle = resident(process.pid)
                rss(site, texts)
                async with asyncio.timeout(PATIENCE_S):
                    while read_so_far(database) < len(texts):  # noqa: ASYNC110 (another process)
                        await asyncio.sleep(1)
                await asyncio.sleep(5)
                return idle, resident(process.pid)
            finally:
                process.terminate()
                await process.wait()


def main() -> None:
    relevant, irrelevant, _ = corpus_articles() if CORPUS.is_dir() else asyncio.run(newsroom_articles())
    several = itertools.cycle([*relevant, *irrelevant])
    texts = [(f"{number} {a.title}", a.text) for number, a in zip(range(ARTICLES), several, strict=False)]
    floor = bare_kiwi()
    idle, after = asyncio.run(measure(texts))
    print(f"bare Kiwi {floor:.0f} MiB (floor)")
    print(f"run, idle {idle:.0f} MiB, ratio {idle / floor:.2f}")
    print(f"run, after {ARTICLES} articles {after:.0f} MiB, ratio {after / floor:.2f}")


if __name__ == "__main__":
    main()
