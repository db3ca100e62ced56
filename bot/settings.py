"""Settings, read once from the environment and `.env`, frozen afterwards."""

from __future__ import annotations

import logging
import os
import re
from datetime import time
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.web.address import webhook_url_problem
from briefing.errors import SettingsError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PREFIX = "EXECBRIEF_"
# Settings of the test suite and the benchmarks, which the program itself does not read.
TEST_PREFIXES = (PREFIX + "TEST_", PREFIX + "BENCH_")
# Editors on Windows begin a file with a byte order mark, which would hide the first setting.
ENV_ENCODING = "utf-8-sig"

# Named in the design, not built yet. Ignoring them silently would run a bot that the operator did
# not ask for, so they are refused with a remedy.
NOT_YET = {
    "QUEUE_URL": "work on several machines is not in this version; unset it to work in one process",
}


# "123456789:" and 35 characters; more lenient, as Telegram promises nothing. "/test" asks its test servers.
TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]{30,}(?:/test)?")


class Settings(BaseSettings):
    """All settings; each is the environment variable `EXECBRIEF_<NAME>` or a line of `.env`.

    Attributes are documented by `Field(description=…)`; a test compares them with
    `.env.example` and docs/settings.md.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding=ENV_ENCODING,
        env_ignore_empty=True,
        # other programs' lines may stand in the same .env; our own names are checked by load_settings
        extra="ignore",
        frozen=True,
    )

    telegram_token: SecretStr | None = Field(None, description="Bot token from @BotFather; needed by `run`.")
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Bot API server; a self-hosted one works the same way."
    )
    # may hold a password, so it has no place in a repr
    database_url: str = Field(
        "sqlite+aiosqlite:///execbrief.sqlite3",
        repr=False,
        description="SQLAlchemy URL: sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    feeds_file: Path | None = Field(
        None, description="TOML or OPML list used in place of the built-in feeds."
    )
    templates_dir: Path | None = Field(None, description="Folder whose templates take the place of ours.")
    timezone: str = Field("Asia/Seoul", description="IANA time zone of new subscribers and of dates shown.")
    digest_time: time = Field(time(8, 0), description="Local time of the daily digest for new subscribers.")
    poll_minutes: int = Field(
        1440, ge=1, le=1440, description="Longest time in minutes between two polls of a healthy feed."
    )
    pace: int = Field(
        30, ge=1, le=1000, description="Messages a second over all chats; above 30 Telegram takes a fee."
    )
    keep_text_days: int = Field(
        90, ge=14, le=36500, description="Days for which texts of articles are kept; facts and links stay."
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Ids of those who run the bot, comma-separated; empty: nobody."
    )
    allowed_ids: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Chat or user ids that may use the bot, comma-separated; empty: everybody."
    )
    naver_client_id: str | None = Field(None, description="Client id of a Naver application; see docs.")
    naver_client_secret: SecretStr | None = Field(None, description="Its client secret.")
    naver_api_url: str = Field("https://openapi.naver.com", description="Server of Naver's search API.")
    opendart_key: SecretStr | None = Field(None, description="Key of OpenDART (crtfc_key).")
    opendart_api_url: str = Field("https://opendart.fss.or.kr", description="Server of OpenDART's API.")
    robots_exempt: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Hosts whose robots.txt is not asked for, comma-separated; * for all."
    )
    allow_private_network: bool = Field(
        False, description="Let feeds and articles be fetched from private and loopback addresses."
    )
    webhook_url: str | None = Field(
        None, description="Address at which Telegram delivers updates; without one they are polled."
    )
    webhook_secret: SecretStr | None = Field(None, description="What Telegram proves itself with there.")
    http_port: int | None = Field(
        None, ge=1, le=65535, description="Port of webhook, /healthz, /readyz and /metrics; empty: none."
    )
    http_host: str = Field("127.0.0.1", description="Address on which that port is opened.")
    ready_poll_minutes: int = Field(
        15, ge=1, le=1440, description="A feed overdue for longer than this many minutes: not ready."
    )
    ready_outbox_minutes: int = Field(
        15, ge=1, le=1440, description="A message overdue for longer than this many minutes: not ready."
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    log_format: str = Field("text", description="text or json (one object a line, times in UTC).")

    @field_validator("telegram_token", "naver_client_secret", "opendart_key", "webhook_secret")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().strip():
            return None
        return value and SecretStr(value.get_secret_value().strip())

    @field_validator("telegram_api_url", "naver_api_url", "opendart_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with https:// (or http:// for a server of your own)")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError):
            raise ValueError(
                f"no time zone is called {value!r}; use an IANA name such as Asia/Seoul"
            ) from None
        return value

    @field_validator("digest_time", mode="before")
    @classmethod
    def _clock_time(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        # no seconds and no offset: subscribers choose a minute, in a zone of their own
        match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value.strip())
        if match is None:
            raise ValueError(
                f"{value!r} is not a time of day; write it as 08:00 (the zone is {PREFIX}TIMEZONE)"
            )
        return time(int(match[1]), int(match[2]))

    @field_validator("allowed_ids", "admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            try:
                return frozenset(int(part) for part in value.replace(";", ",").split(",") if part.strip())
            except ValueError:
                raise ValueError(
                    f"{value!r} is not a list of ids; write numbers with commas: 12345,-10067890"
                ) from None
        return value

    @field_validator("robots_exempt", mode="before")
    @classmethod
    def _hosts(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        hosts = [part.strip().lower() for part in value.replace(";", ",").split(",") if part.strip()]
        for host in hosts:
            if host != "*" and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) is None:
                raise ValueError(f"{host!r} is no host name; write them with commas: a.co.kr,b.com")
        return frozenset(hosts)

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @field_validator("log_format")
    @classmethod
    def _format(cls, value: str) -> str:
        if value.lower() not in {"text", "json"}:
            raise ValueError("must be text or json")
        return value.lower()

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        # https://core.telegram.org/bots/api#setwebhook, secret_token; short ones can be guessed
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("must be 16 to 256 letters, digits, _ or -; make one with: openssl rand -hex 32")
        return value

    @model_validator(mode="after")
    def _whole_webhook(self) -> Self:
        if self.webhook_url is None:
            if self.webhook_secret is not None:
                raise ValueError(
                    f"{PREFIX}WEBHOOK_SECRET is set without {PREFIX}WEBHOOK_URL; unset it to use long polling"
                )
            return self
        if problem := webhook_url_problem(self.webhook_url, self.telegram_api_url):
            raise ValueError(f"{PREFIX}WEBHOOK_URL: {problem}")
        if self.webhook_secret is None:
            raise ValueError(
                f"{PREFIX}WEBHOOK_SECRET is not set; without it anybody could pose as Telegram. "
                "Make one with: openssl rand -hex 32"
            )
        if self.http_port is None:
            raise ValueError(f"{PREFIX}HTTP_PORT is not set; it is where {PREFIX}WEBHOOK_URL has to lead")
        return self

    @model_validator(mode="after")
    def _both_of_naver(self) -> Self:
        if (self.naver_client_id is None) != (self.naver_client_secret is None):
            lacking = "NAVER_CLIENT_SECRET" if self.naver_client_secret is None else "NAVER_CLIENT_ID"
            raise ValueError(f"{PREFIX}{lacking} is not set; Naver gives id and secret together")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be printed."""
        held = (self.telegram_token, self.webhook_secret, self.naver_client_secret, self.opendart_key)
        own = tuple(secret.get_secret_value() for secret in held if secret is not None)
        return own + passwords_in(self.database_url)

    @cached_property
    def zone(self) -> ZoneInfo:
        """`timezone` as an object."""
        return ZoneInfo(self.timezone)

    def require_token(self) -> str:
        """The bot token.

        Raises:
            SettingsError: none is set, or what is set can be none: nobody needs to be asked for that.
        """
        if self.telegram_token is None:
            raise SettingsError(
                f"{PREFIX}TELEGRAM_TOKEN is not set. Ask @BotFather for a token and put it into .env "
                "(see .env.example), or look around without one: execbrief try"
            )
        token = self.telegram_token.get_secret_value()
        if TOKEN_SHAPE.fullmatch(token) is None:
            # never shown: it may be half of one
            raise SettingsError(
                f"{PREFIX}TELEGRAM_TOKEN is no bot token: one is digits, a colon and 35 letters, digits, "
                "- or _, as @BotFather gave it; copy it whole, without spaces and quotation marks"
            )
        return token


def load_settings(env_file: Path | None = None, **overrides: Any) -> Settings:
    """Read the environment and `.env` once.

    Args:
        env_file: Another file in place of `.env` in the current folder.
        overrides: Values that win over both (tests, `execbrief try`).

    Raises:
        SettingsError: a value cannot be used, or a name beginning with EXECBRIEF_ is unknown or
            belongs to a later version; the message holds every wrong setting with its remedy, and
            no secret.
    """
    try:
        lines = _malformed(env_file or Path(".env")) + _unknown(env_file or Path(".env"))
        settings = Settings(_env_file=env_file, **overrides) if env_file else Settings(**overrides)
    except ValidationError as error:
        for item in error.errors():
            problem = _problem(item)
            name = PREFIX + "_".join(str(part) for part in item["loc"][:1]).upper()
            # a problem of several settings together names them itself
            lines.append(f"{name}: {problem}" if item["loc"] else problem)
        raise SettingsError("\n".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{env_file or '.env'}: not UTF-8 text; save the file as UTF-8") from None
    if lines:
        raise SettingsError("\n".join(lines))
    return settings


def _problem(item: ErrorDetails) -> str:
    """What is wrong with a value, and what to write."""
    match item["type"]:
        case "bool_parsing" | "bool_type":
            return f"{item['input']!r} is neither true nor false; write one of them"
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return f"{item['input']!r} is not a whole number"
        case "greater_than_equal":
            return f"{item['input']} is too small; the least is {item['ctx']['ge']}"
        case "less_than_equal":
            return f"{item['input']} is too large; the most is {item['ctx']['le']}"
    return item["msg"].removeprefix("Value error, ")


def passwords_in(database_url: str) -> tuple[str, ...]:
    """Passwords of a database URL, as written and as meant (percent-decoded)."""
    # as SQLAlchemy reads it (engine/url.py); importing it here would cost `extract` a quarter of a second
    found = re.findall(r"^[^:]+://[^:/]*:([^@]*)@|[?&]password=([^&]*)", database_url)
    given = [one or other for one, other in found]
    return tuple({form: None for password in given for form in (password, unquote(password)) if form})


def with_full_names(message: str) -> str:
    """A message with settings named as they are set: what is below `bot` knows no prefix."""
    names = "|".join(sorted(map(str.upper, Settings.model_fields), key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9_])(?=(?:{names})(?![A-Za-z0-9_]))", PREFIX, message)


def _unknown(env_file: Path) -> list[str]:
    """A line for each setting given, in environment or file, that `Settings` does not have."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    return [
        f"{name}: {_why_not(name, known)}"
        for name in sorted(_given(env_file))
        if name not in known and not name.startswith(TEST_PREFIXES)
    ]


def _why_not(name: str, known: list[str]) -> str:
    if (later := NOT_YET.get(name.removeprefix(PREFIX))) is not None:
        return later
    # TOKN is meant for TELEGRAM_TOKEN: a name is known by its last words, too
    ends: dict[str, str] = {}
    for full in known:
        words = full.removeprefix(PREFIX).split("_")
        for start in range(len(words)):
            ends.setdefault("_".join(words[start:]), full)
    near = get_close_matches(name.removeprefix(PREFIX), ends, n=1)
    return f"no such setting; did you mean {ends[near[0]]}?" if near else "no such setting (docs/settings.md)"


def _malformed(env_file: Path) -> list[str]:
    """A line for each line of the file that sets nothing; never with what may be a secret in it."""
    from dotenv.parser import parse_stream  # noqa: PLC0415 (comes with pydantic-settings; only needed here)

    if not env_file.is_file():
        return []
    # it warns at every reading, and names no file
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    found: list[str] = []
    with env_file.open(encoding=ENV_ENCODING) as stream:
        for item in parse_stream(stream):
            text = item.original.string
            # other programs may name a variable without setting it
            if not item.error and (item.value is not None or not (item.key or "").upper().startswith(PREFIX)):
                continue
            line = item.original.line + text[: len(text) - len(text.lstrip())].count("\n")
            name = re.match(r"(?:export\s+)?([A-Za-z_]\w*)", text.lstrip())
            wrong = "the value cannot be read" if "=" in text else "no = after the name"
            found.append(f"{env_file}:{line}: {name[1] + ': ' if name else ''}{wrong}; write NAME=value")
    return found


def _given(env_file: Path) -> set[str]:
    """Names of ours that are set to something, in capitals: pydantic-settings does not mind the case."""
    from dotenv import dotenv_values  # noqa: PLC0415 (comes with pydantic-settings; only needed here)

    values: dict[str, str | None] = dict(os.environ)
    if env_file.is_file():
        values |= dotenv_values(env_file, encoding=ENV_ENCODING)
    return {name.upper() for name, value in values.items() if value and name.upper().startswith(PREFIX)}
