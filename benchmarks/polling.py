"""Polling 1,000 feeds of which a tenth has changed: our time ÷ a bare loop of httpx and feedparser.

Server, bare loop and execbrief run in a process each, both clients with the same concurrency over the
same server. Ours also checks addresses, parses defensively, and stores; the bare loop only fetches
(conditionally) and parses. Memory is told after each of the ten rounds; Linux only (reads /proc).

    python -m benchmarks polling
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import feedparser
import httpx

from benchmarks.memory import resident
from bot.newsroom.server import Request, Response, page, serve
from briefing.collect.fetch import Fetcher
from briefing.compose.render import Renderer
from briefing.extract import Extractor
from briefing.korean.lexicon import load_lexicon
from briefing.model import Feed
from briefing.pipeline import Pipeline
from briefing.store import open_store

FEEDS = 1000
ENTRIES = 30
ROUNDS = 10
CONCURRENCY = 20
TARGET = 1.3
_SUMMARY = "가람정밀이 새 공장을 짓는다고 밝혔다. 회사는 내년 상반기에 첫 제품을 낼 계획이라고 덧붙였다. " * 4


# ------------------------------------------------------------------ the server


def document(feed: int, version: int, now: datetime) -> bytes:
    """A feed with one more entry in each version."""
    newest = ENTRIES + version
    items = "".join(
        f"<item><title>소식 {feed}-{number}</title><link>https://news.example/{feed}/{number}</link>"
        f"<guid isPermaLink='false'>{feed}-{number}</guid>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=20 * (newest - number)))}</pubDate>"
        f"<description><![CDATA[<p>{_SUMMARY}</p>]]></description></item>"
        for number in range(newest, newest - ENTRIES, -1)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>bench</title>'
    return f"{head}{items}</channel></rss>".encode()


async def server() -> None:
    """Serve until standard input ends; a line with a number begins that round."""
    now = datetime.now(UTC)
    turn = 0
    made: dict[tuple[int, int], bytes] = {}

    async def answer(request: Request) -> Response:
        feed = int(request.path.removeprefix("/"))
        # a tenth changes in each round, another tenth in the next
        version = (turn + 9 - feed % 10) // 10
        body = made.get((feed, version))
        if body is None:
            body = made[feed, version] = document(feed, version, now)
            made.pop((feed, version - 1), None)
        etag = hashlib.md5(f"{feed}.{version}".encode()).hexdigest()
        if request.headers.get("if-none-match") == f'"{etag}"':
            return Response(304, b"", {"ETag": f'"{etag}"'})
        answered = page(body, "application/rss+xml", request)
        return Response(200, body, {**answered.headers, "ETag": f'"{etag}"'})

    async with serve(answer) as base:
        for feed in range(FEEDS):
            made[feed, 0] = document(feed, 0, now)
        print(base, flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            turn = int(line)
            # made ahead, so that no client pays for it
            for feed in range(FEEDS):
                version = (turn + 9 - feed % 10) // 10
                if (feed, version) not in made:
                    made[feed, version] = document(feed, version, now)
                    made.pop((feed, version - 1), None)
            print("ready", flush=True)


# ------------------------------------------------------------------ the two clients


async def rounds(poll: Callable[[], Awaitable[int]]) -> None:
    """Poll once for each line of standard input; tell seconds, entries and MiB."""
    pid = os.getpid()
    print("open", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        start, busy = time.perf_counter(), time.process_time()
        found = await poll()
        told = [time.perf_counter() - start, time.process_time() - busy, found, resident(pid)]
        print(json.dumps(told), flush=True)


async def bare(base: str) -> None:
    etags: dict[str, str] = {}
    at_once = asyncio.Semaphore(CONCURRENCY)
    limits = httpx.Limits(max_connections=CONCURRENCY, max_keepalive_connections=CONCURRENCY)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def one(url: str) -> int:
            async with at_once:
                headers = {"If-None-Match": etags[url]} if url in etags else {}
                answer = await client.get(url, headers=headers)
            if answer.status_code == 304:
                return 0
            etags[url] = answer.headers["ETag"]
            return len(feedparser.parse(answer.content).entries)

        async def poll() -> int:
            return sum(await asyncio.gather(*(one(f"{base}/{number}") for number in range(FEEDS))))

        await rounds(poll)


def _no_extractor() -> Extractor:
    raise AssertionError("nothing is read here")


async def ours(base: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            open_store(f"sqlite:///{Path(folder) / 'bench.sqlite3'}") as store,
            Fetcher(allow_private_network=True, per_host=CONCURRENCY, total=CONCURRENCY) as fetcher,
        ):
            await store.news.add_feeds(
                [Feed(f"{base}/{number}", "bench") for number in range(FEEDS)], datetime.now(UTC)
            )
            pipeline = Pipeline(
                store=store,
                fetcher=fetcher,
                extractor=_no_extractor,
                lexicon=load_lexicon(),
                renderer=Renderer(),
                clock=lambda: datetime.now(UTC),
            )

            async def poll() -> int:
                report = await pipeline.poll_due(everything=True)
                assert not report.problems, report.problems[:3]
                return report.done

            await rounds(poll)


# ------------------------------------------------------------------ the measurement


class Program:
    """One of the above in a process of its own, a line in, a line out."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.polling", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.first = self._read()

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a process of the benchmark ended; see its error above")
        return line.strip()

    def say(self, line: str) -> str:
        """Its answer to a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._read()

    def end(self) -> None:
        """Close its input and wait."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)


def main() -> None:
    site = Program("server")
    clients = {"bare": Program("bare", site.first), "ours": Program("ours", site.first)}
    told: dict[str, list[list[float]]] = {"bare": [], "ours": []}
    for turn in range(ROUNDS + 1):
        site.say(str(turn))
        # the order changes, so that neither always meets a warm server
        for name in sorted(clients, reverse=bool(turn % 2)):
            told[name].append(json.loads(clients[name].say("poll")))
    for program in (*clients.values(), site):
        program.end()
    print(f"{FEEDS} feeds, {FEEDS // 10} changed a round, {CONCURRENCY} at once, {ROUNDS} rounds; times in s")
    for name, found in told.items():
        later = found[1:]
        wall = statistics.median(one[0] for one in later)
        busy = statistics.median(one[1] for one in later)
        memory = [f"{one[3]:.0f}" for one in found]
        print(f"{name}: first contact {found[0][0]:.2f}; a round {wall:.2f} (processor {busy:.2f})")
        print(f"{name}: MiB after each round {' '.join(memory)}")
    ratio = statistics.median(
        mine[0] / theirs[0] for mine, theirs in zip(told["ours"][1:], told["bare"][1:], strict=True)
    )
    busy = statistics.median(
        mine[1] / theirs[1] for mine, theirs in zip(told["ours"][1:], told["bare"][1:], strict=True)
    )
    new = int(sum(one[2] for one in told["ours"][1:]))
    print(f"ours / bare {ratio:.2f} (target at most {TARGET}), by processor time {busy:.2f}")
    print(f"{new} new entries stored")
    settled, last = told["ours"][2][3], told["ours"][-1][3]
    print(f"memory of ours from round 2 to round {ROUNDS}: {last - settled:+.1f} MiB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        programs = {"server": server, "bare": bare, "ours": ours}
        asyncio.run(programs[sys.argv[1]](*sys.argv[2:]))
    else:
        main()
