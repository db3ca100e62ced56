"""Settings: what is wrong is named, with a remedy, and no secret leaks."""

from __future__ import annotations

import io
import logging
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.logs import Redactor
from bot.settings import load_settings, with_full_names
from briefing.errors import SettingsError

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("EXECBRIEF_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_need_nothing() -> None:
    settings = load_settings()
    assert settings.database_url == "sqlite+aiosqlite:///execbrief.sqlite3"
    assert str(settings.zone) == "Asia/Seoul"


def test_every_wrong_setting_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_TIMEZONE", "Asia/Seol")
    monkeypatch.setenv("EXECBRIEF_DIGEST_TIME", "25:00")
    monkeypatch.setenv("EXECBRIEF_ALLOWED_IDS", "1, two")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert "EXECBRIEF_TIMEZONE" in lines[0]
    assert "Asia/Seoul" in lines[0]
    assert "08:00" in lines[1]
    assert "12345" in lines[2]


def test_a_setting_of_a_later_version_is_refused_not_ignored(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("EXECBRIEF_QUEUE_URL=redis://queue.example\n", encoding="utf-8")
    with pytest.raises(
        SettingsError, match="EXECBRIEF_QUEUE_URL: work on several machines is not in this version"
    ):
        load_settings()


@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_misspelt_setting_is_refused_with_the_nearest_name(
    where: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if where == "environment":
        monkeypatch.setenv("EXECBRIEF_POLL_MINUTE", "3")
    else:
        (tmp_path / ".env").write_text("execbrief_poll_minute=3\nOTHER=1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"EXECBRIEF_POLL_MINUTE: .*EXECBRIEF_POLL_MINUTES"):
        load_settings()


def test_an_unknown_setting_is_told_together_with_wrong_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_QQQQ", "secret")
    monkeypatch.setenv("EXECBRIEF_QUEUE_URL", "redis://queue.example")
    monkeypatch.setenv("EXECBRIEF_LOG_LEVEL", "loud")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert [line.partition(":")[0].removeprefix("EXECBRIEF_") for line in str(caught.value).splitlines()] == [
        "QQQQ",
        "QUEUE_URL",
        "LOG_LEVEL",
    ]
    assert "secret" not in str(caught.value)


def test_settings_of_the_test_suite_and_empty_ones_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_TEST_POSTGRES", "postgresql://h/n")
    monkeypatch.setenv("EXECBRIEF_WEBHOOK_URL", "")
    assert load_settings().poll_minutes == 1440


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "EXECBRIEF_DIGEST_TIME 08:00\n",
            ".env:1: EXECBRIEF_DIGEST_TIME: no = after the name; write NAME=value",
        ),
        (
            "# mine\n\n\nEXECBRIEF_DIGEST_TIME\n",
            ".env:4: EXECBRIEF_DIGEST_TIME: no = after the name; write NAME=value",
        ),
        (
            'OTHER\nEXECBRIEF_TELEGRAM_TOKEN="123:secret\n',
            ".env:2: EXECBRIEF_TELEGRAM_TOKEN: the value cannot be read; write NAME=value",
        ),
    ],
)
def test_a_line_of_env_that_sets_nothing_is_named(
    text: str, said: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == said
    assert not caplog.records, "told once"


def test_a_byte_order_mark_hides_no_setting(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("EXECBRIEF_POLL_MINUTES=7\n", encoding="utf-8-sig")
    assert load_settings().poll_minutes == 7


@pytest.mark.parametrize("value", ["08:00+09:00", "08:00Z", "08:00:30", "08", "24:00", "8시", "٠٨:٠٠"])
def test_a_digest_time_is_hours_and_minutes_only(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_DIGEST_TIME", value)
    with pytest.raises(SettingsError, match=r"EXECBRIEF_DIGEST_TIME: .*08:00"):
        load_settings()


def test_missing_token_says_where_to_get_one() -> None:
    with pytest.raises(SettingsError, match="@BotFather"):
        load_settings().require_token()


def test_short_hour_and_id_lists_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_DIGEST_TIME", "7:30")
    monkeypatch.setenv("EXECBRIEF_ALLOWED_IDS", "12, -100345")
    settings = load_settings()
    assert settings.digest_time.isoformat() == "07:30:00"
    assert settings.allowed_ids == {12, -100345}


@pytest.mark.parametrize(
    "token", ["abc", "123456789", "123456789:AA", f'"{TOKEN}"', f"bot{TOKEN}", TOKEN.replace(":", " ")]
)
def test_a_token_of_impossible_shape_is_refused_without_showing_it(token: str) -> None:
    settings = load_settings(telegram_token=token)
    with pytest.raises(SettingsError, match="EXECBRIEF_TELEGRAM_TOKEN is no bot token") as refused:
        settings.require_token()
    assert token not in str(refused.value)


@pytest.mark.parametrize("token", [TOKEN, f"{TOKEN}/test"])
def test_tokens_of_both_kinds_of_server_are_taken(token: str) -> None:
    assert load_settings(telegram_token=token).require_token() == token


def test_token_never_shows_in_settings_or_log_lines() -> None:
    settings = load_settings(telegram_token=TOKEN)
    assert TOKEN not in repr(settings)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redactor("%(message)s"))
    log = logging.getLogger("test.redaction")
    log.addHandler(handler)
    log.propagate = False
    try:
        raise ValueError(f"GET https://api.example/bot{TOKEN}/getMe")
    except ValueError:
        log.exception("POST %s and https://user:pass@db.example/x", f"https://api.example/bot{TOKEN}/x")
    finally:
        log.removeHandler(handler)
    assert TOKEN not in stream.getvalue()
    assert "user:pass" not in stream.getvalue()
    assert stream.getvalue().count("[token]") == 2


@pytest.mark.parametrize("given", ["ID", "SECRET"])
def test_half_of_a_key_is_refused_with_the_name_of_the_other_half(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(f"EXECBRIEF_NAVER_CLIENT_{given}", "geheim")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    lacking = {"ID": "SECRET", "SECRET": "ID"}[given]
    assert str(caught.value) == (
        f"EXECBRIEF_NAVER_CLIENT_{lacking} is not set; Naver gives id and secret together"
    )


def test_keys_of_sources_are_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXECBRIEF_NAVER_CLIENT_ID", "id")
    monkeypatch.setenv("EXECBRIEF_NAVER_CLIENT_SECRET", "geheim-1")
    monkeypatch.setenv("EXECBRIEF_OPENDART_KEY", " geheim-2 ")
    settings = load_settings()
    assert settings.secrets == ("geheim-1", "geheim-2")
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ALLOW_PRIVATE_NETWORK", "ja", "'ja' is neither true nor false; write one of them"),
        ("POLL_MINUTES", "x", "'x' is not a whole number"),
        ("POLL_MINUTES", "0", "0 is too small; the least is 1"),
        ("POLL_MINUTES", "1441", "1441 is too large; the most is 1440"),
        ("DIGEST_TIME", "9", "'9' is not a time of day; write it as 08:00 (the zone is EXECBRIEF_TIMEZONE)"),
    ],
)
def test_what_is_wrong_with_a_value_is_told_in_plain_words(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"EXECBRIEF_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value) == f"EXECBRIEF_{name}: {told}"


SECRET = "s" * 32
HOOK = {"webhook_url": "https://bot.example/hook", "webhook_secret": SECRET, "http_port": 8080}


def test_a_whole_webhook_is_taken() -> None:
    settings = load_settings(**HOOK)
    assert settings.http_host == "127.0.0.1"
    assert SECRET in settings.secrets


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"webhook_secret": None}, "WEBHOOK_SECRET is not set"),
        ({"http_port": None}, "HTTP_PORT is not set"),
        ({"webhook_url": None}, "WEBHOOK_SECRET is set without EXECBRIEF_WEBHOOK_URL"),
        ({"webhook_secret": "short"}, "16 to 256"),
        ({"webhook_secret": "with spaces and ümlauts"}, "16 to 256"),
        ({"webhook_url": "http://bot.example/hook"}, "must start with https://"),
        ({"webhook_url": "https://bot.example:8080/hook"}, "port 8080 is none that Telegram delivers to"),
        ({"webhook_url": "https://u:p@bot.example/hook"}, "takes neither user and password"),
        ({"webhook_url": "https://bot.example/hook?x=1"}, "nor anything behind"),
        ({"webhook_url": "https:///hook"}, "names no host"),
        ({"webhook_url": "https://bot.example:x/hook"}, "is no address"),
        ({"webhook_url": "https://bot.example/metrics"}, "/metrics is taken"),
        ({"http_port": 70000}, "70000 is too large"),
        ({"log_format": "xml"}, "must be text or json"),
    ],
)
def test_half_a_webhook_is_refused_with_what_is_missing(changed: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**{**HOOK, **changed})
    assert told in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_bot_api_server_of_ones_own_may_deliver_by_plain_http_to_any_port() -> None:
    own = {"telegram_api_url": "http://127.0.0.1:8081", "webhook_url": "http://127.0.0.1:9000/hook"}
    assert load_settings(**{**HOOK, **own}).webhook_url == "http://127.0.0.1:9000/hook"


def test_settings_are_named_as_they_are_set() -> None:
    assert with_full_names("DATABASE_URL names no file; see FEEDS_FILE") == (
        "EXECBRIEF_DATABASE_URL names no file; see EXECBRIEF_FEEDS_FILE"
    )
    kept = "EXECBRIEF_DATABASE_URL, MY_DATABASE_URL, DATABASE_URLS and timezone"
    assert with_full_names(kept) == kept


def test_log_lines_tell_the_time_with_its_zone() -> None:
    line = logging.LogRecord("n", logging.INFO, "f", 1, "m", None, None)
    line.created = datetime(2026, 11, 25, 23, 30, tzinfo=UTC).timestamp()
    shown = Redactor("%(asctime)s %(message)s", zone=timezone(timedelta(hours=9))).format(line)
    assert shown == "2026-11-26 08:30:00.000+09:00 m"
