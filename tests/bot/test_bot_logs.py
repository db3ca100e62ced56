"""Log lines: each secret that can be set is tried to be leaked, in text and as JSON."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.logs import JsonLines, Redactor
from bot.settings import Settings, load_settings

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
PASSWORD = 'p@ss"wörd/ü'
QUOTED = "p%40ss%22w%C3%B6rd%2F%C3%BC"
SECRETS = {
    "telegram_token": TOKEN,
    "webhook_secret": "hook-secret-0123456789",
    "naver_client_secret": "navergeheim",
    "opendart_key": "dartgeheim0123456789",
}
# what is known, whatever it stands in; and what is a secret because of where it stands
KNOWN = (*SECRETS.values(), PASSWORD, QUOTED)
FEED = "https://feeduser:feed@pass@feeds.example/rss?api_key=clave-de-consulta&n=3"
LEAKED = (*KNOWN, "feeduser", "feed@pass", "clave-de-consulta")


def settings() -> Settings:
    return load_settings(
        **SECRETS,
        naver_client_id="id",
        database_url=f"postgresql://news:{QUOTED}@db.example/news",
        webhook_url="https://bot.example/hook",
        http_port=8080,
    )


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("EXECBRIEF_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


FORMATTERS: list[Callable[[tuple[str, ...]], logging.Formatter]] = [
    lambda secrets: Redactor("%(asctime)s %(name)s %(message)s", secrets),
    JsonLines,
]


def test_moments_in_a_line_are_told_in_its_zone() -> None:
    moment = datetime(2026, 11, 26, 3, 7, 46, tzinfo=UTC)
    record = logging.LogRecord("feeds", logging.WARNING, "", 1, "feed %s: next try %s", ("가", moment), None)
    seoul = Redactor("%(asctime)s %(message)s", zone=ZoneInfo("Asia/Seoul")).format(record)
    assert seoul.endswith("+09:00 feed 가: next try 2026-11-26 12:07:46+09:00")
    line = json.loads(JsonLines().format(record))
    assert line["message"] == "feed 가: next try 2026-11-26T03:07:46Z"
    assert line["time"].endswith("Z")
    assert record.args == ("가", moment), "other handlers get it as it was"


@pytest.mark.parametrize("formatter", FORMATTERS, ids=["text", "json"])
@pytest.mark.parametrize("secret", KNOWN)
def test_no_secret_gets_through(formatter: Callable[..., logging.Formatter], secret: str) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter(settings().secrets))
    log = logging.getLogger("test.leak")
    log.addHandler(handler)
    log.propagate = False
    try:
        log.error("GET https://api.example/bot%s/getMe, %s", TOKEN, [secret])
        log.error("feed %s: %s", FEED, secret)
        try:
            raise ValueError(f"{secret} at {FEED}")
        except ValueError:
            log.exception("an exception holds it")
    finally:
        log.removeHandler(handler)
    said = stream.getvalue()
    assert said.count("\n") >= 3, "something was written"
    if formatter is JsonLines:
        # as whoever collects the lines will read them
        said += "".join(str(json.loads(line)) for line in said.splitlines())
    for leaked in LEAKED:
        assert leaked not in said
    assert "feeds.example/rss" in said, "what is no secret stays"
    assert "n=3" in said


def test_settings_do_not_show_their_secrets() -> None:
    for secret in (*SECRETS.values(), PASSWORD, QUOTED):
        assert secret not in repr(settings())
        assert secret not in str(settings())


def test_a_json_line_is_one_object_with_utc_time() -> None:
    record = logging.LogRecord("execbrief.x", logging.WARNING, "f", 1, "둘\n줄 %d", (3,), None)
    record.created = 1_800_000_000.25
    line = JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line) == {
        "time": "2027-01-15T08:00:00.250Z",
        "level": "WARNING",
        "logger": "execbrief.x",
        "message": "둘\n줄 3",
    }


def test_a_short_password_spoils_no_lines() -> None:
    record = logging.LogRecord("n", logging.INFO, "f", 1, "a banana", None, None)
    assert Redactor("%(message)s", ["a"]).format(record) == "a banana"


CRASH = """
import sys, threading
from bot.logs import configure_logs, tell_uncaught
tell_uncaught()
configure_logs("INFO", ["geheim-geheim"], log_format=sys.argv[1])
thread = threading.Thread(target=lambda: 1 / len("geheim-geheim"[13:]) )
thread.start(); thread.join()
raise RuntimeError("it holds geheim-geheim")
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_exceptions_that_nobody_catches_are_redacted_lines(form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASH, form],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "RuntimeError" in done.stderr
    if form == "json":
        assert len([json.loads(line) for line in done.stderr.splitlines()]) == 2
        assert "geheim-geheim" not in "".join(
            json.loads(line)["message"] for line in done.stderr.splitlines()
        )
    # the source line of a traceback is read from a file; `-c` has none
    assert "it holds [secret]" in done.stderr
    assert "geheim-geheim" not in done.stderr
