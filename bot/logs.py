"""Log lines for operators: one line an event, and never a secret in them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

# A Bot API token is "<bot id>:<35 characters>"; httpx and urllib write it as part of the URL.
TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
# user:password@ in any URL
CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


class Redactor(logging.Formatter):
    """A formatter that takes tokens and URL credentials out of the finished line.

    Working on the finished line covers messages, arguments and tracebacks alike.

    Args:
        fmt: Format of `logging.Formatter`.
        secrets: Exact strings to take out besides what the patterns find.
        zone: Times are told in it, with its offset.
    """

    def __init__(self, fmt: str, secrets: Iterable[str] = (), zone: tzinfo = UTC) -> None:
        super().__init__(fmt)
        self._zone = zone
        self._secrets = tuple(
            form for secret in secrets if secret for form in (secret, quote(secret, safe=""))
        )

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        """When it happened: 2026-11-26 12:07:46.153+09:00."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(" ", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return CREDENTIALS.sub("[credentials]@", TOKEN.sub("[token]", line))


def _without_trouble_of_telegram(record: logging.LogRecord) -> bool:
    """Takes the traceback from lines of python-telegram-bot about errors that Telegram answered.

    It shows nothing but the library's own calls; `bot` says what is wrong in a line of its own.
    """
    kind = record.exc_info[0] if record.exc_info else None
    if record.name.startswith("telegram") and kind and kind.__module__.startswith("telegram"):
        record.exc_info = record.exc_text = None
    return True


def configure_logs(level: str, secrets: Iterable[str] = (), zone: tzinfo = UTC) -> None:
    """Send log lines of `level` and above to standard error, redacted, with times in `zone`.

    Replaces the root handlers; called once by the command line, never by a library module.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redactor("%(asctime)s %(levelname)-7s %(name)s: %(message)s", secrets, zone))
    handler.addFilter(_without_trouble_of_telegram)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # httpx and python-telegram-bot log request URLs, with the bot token inside, at INFO and DEBUG.
    # aiosqlite logs every statement with its values at DEBUG.
    telling = ("httpx", "httpcore", "telegram", "hpack", "aiosqlite")
    for noisy in (*telling, "trafilatura", "htmldate", "courlan", "alembic", "matplotlib", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # APScheduler warns of every tick that finds its job still running, which is how it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)
