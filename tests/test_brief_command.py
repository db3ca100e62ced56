"""`execbrief poll` and then `execbrief brief`: links and sentences in the terminal."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tests.newssite import NewsSite
from tests.test_command_line import execbrief

SENTENCE = "다온화학은 이사회를 열고 유서진 부사장을 대표이사에 선임했다."


async def test_a_briefing_as_text_has_links_and_the_sentences_that_are_asked_for(tmp_path: Path) -> None:
    async with NewsSite() as site:
        page = site.publish(
            "/1",
            f"<html><head><title>다온화학 새 대표</title></head><body><article><h1>다온화학 새 대표</h1>"
            f"<p>{SENTENCE}</p><p>회사는 새 대표가 연구 조직을 이끌어 왔다고 설명했다.</p></article></body></html>",
        )
        feed = site.publish(
            "/rss",
            f'<rss version="2.0"><channel><title>t</title><item><title>다온화학 새 대표에 유서진</title>'
            f"<link>{page}</link><pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item></channel></rss>",
            "text/xml",
        )
        (tmp_path / "feeds.toml").write_text(
            f'[[feed]]\nurl = "{feed}"\noutlet = "새결경제"\n', encoding="utf-8"
        )
        env = {"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true", "EXECBRIEF_FEEDS_FILE": "feeds.toml"}
        polled = await asyncio.to_thread(execbrief, "poll", cwd=tmp_path, env=env)
    assert polled.stdout.startswith(
        "1 new entry, 1 article read, 0 put off or skipped; in all 1 article, 1 story"
    )
    plain = await asyncio.to_thread(execbrief, "brief", "다온화학", cwd=tmp_path)
    assert f"[1] {page}" in plain.stdout
    assert SENTENCE not in plain.stdout
    told = await asyncio.to_thread(execbrief, "brief", "다온화학", "--lang", "en", cwd=tmp_path)
    assert "1 article · 1 story" in told.stdout
    assert "유서진 (Vice President) → appointed CEO" in told.stdout
    proved = await asyncio.to_thread(execbrief, "brief", "다온화학", "--evidence", cwd=tmp_path)
    assert SENTENCE in proved.stdout
