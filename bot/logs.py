"""Log lines for operators: one line an event, and never a secret in them."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterable
from copy import copy
from datetime import UTC, datetime, tzinfo
from types import TracebackType
from urllib.parse import quote

# A Bot API token is "<bot id>:<35 characters>"; httpx and urllib write it as part of the URL.
TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
# user:password@ in any URL; to the last @ before the path, as passwords may hold one
CREDENTIALS = re.compile(r"(?<=://)[^/?#\s]+@")
# a key in the query of a URL, as feeds of one's own may carry it
QUERY_KEY = re.compile(
    r"([?&][\w.-]*(?:key|token|secret|passw(?:or)?d|signature)=)[^&#\s\"'<>)]+", re.IGNORECASE
)
# What is shorter is no secret, and taking it out would only spoil the lines.
SHORTEST_SECRET = 4


class Redaction:
    """Takes secrets out of text: the last line of defence, behind code that writes none.

    Args:
        secrets: Exact strings to take out besides what the patterns find (bot tokens, user and
            password of URLs, keys in queries).
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]
        # as written, as in a URL, as in a repr
        forms = {
            form
            for secret in long_enough
            for form in (secret, quote(secret, safe=""), quote(secret), repr(secret)[1:-1])
        }
        # a secret that holds another one goes first
        self._secrets = tuple(sorted(forms, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        text = CREDENTIALS.sub("[credentials]@", TOKEN.sub("[token]", text))
        return QUERY_KEY.sub(r"\1[secret]", text)


def _in_zone(record: logging.LogRecord, told: Callable[[datetime], str]) -> logging.LogRecord:
    """The record, or a copy in which moments among its arguments are told as the line's own time is."""
    if not isinstance(record.args, tuple) or not any(isinstance(one, datetime) for one in record.args):
        return record
    record = copy(record)
    record.args = tuple(told(one) if isinstance(one, datetime) else one for one in record.args or ())
    return record


class Redactor(logging.Formatter):
    """A formatter that takes secrets out of the finished line.

    Working on the finished line covers messages, arguments and tracebacks alike.

    Args:
        fmt: Format of `logging.Formatter`.
        secrets: Exact strings to take out besides what the patterns find.
        zone: Times are told in it, with its offset.
    """

    def __init__(self, fmt: str, secrets: Iterable[str] = (), zone: tzinfo = UTC) -> None:
        super().__init__(fmt)
        self._zone = zone
        self._redacted = Redaction(secrets)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        """When it happened: 2026-11-26 12:07:46.153+09:00."""
        return datetime.fromtimestamp(record.created, self._zone).isoformat(" ", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets, moments in its arguments in the zone."""
        record = _in_zone(record, lambda moment: moment.astimezone(self._zone).isoformat(" ", "seconds"))
        return self._redacted(super().format(record))


class JsonLines(logging.Formatter):
    """A formatter that writes one JSON object a record, on one line, without secrets.

    Keys: time (ISO 8601, UTC, "Z"), level, logger, message, and exception where there is one
    (the traceback, its lines separated by newlines).

    Args:
        secrets: Exact strings to take out besides what the patterns find.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._redacted = Redaction(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        record = _in_zone(record, lambda moment: _utc(moment, "seconds"))
        told = {
            "time": _utc(datetime.fromtimestamp(record.created, UTC), "milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            # each value before it is quoted: a secret with a quotation mark reads otherwise afterwards
            "message": self._redacted(record.getMessage()),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        traceback = [text for text in (record.exc_text, record.stack_info) if text]
        if traceback:
            told["exception"] = self._redacted("\n".join(traceback))
        return json.dumps(told, ensure_ascii=False)


def _utc(moment: datetime, timespec: str) -> str:
    return moment.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def _without_trouble_of_telegram(record: logging.LogRecord) -> bool:
    """Takes the traceback from lines of python-telegram-bot about errors that Telegram answered.

    It shows nothing but the library's own calls; `bot` says what is wrong in a line of its own.
    """
    kind = record.exc_info[0] if record.exc_info else None
    if record.name.startswith("telegram") and kind and kind.__module__.startswith("telegram"):
        record.exc_info = record.exc_text = None
    return True


def configure_logs(
    level: str, secrets: Iterable[str] = (), zone: tzinfo = UTC, log_format: str = "text"
) -> None:
    """Send log lines of `level` and above to standard error, redacted.

    Replaces the root handlers; called once by the command line, never by a library module.

    Args:
        level: Least level, by name.
        secrets: What must never be written.
        zone: Times of `text` are told in it.
        log_format: "text" or "json" (always UTC).
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines(secrets)
        if log_format == "json"
        else Redactor("%(asctime)s %(levelname)-7s %(name)s: %(message)s", secrets, zone)
    )
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


def tell_uncaught() -> None:
    """Let exceptions that nobody catches be log lines too: Python itself would print the secrets in them."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("execbrief").critical("a bug of ours ends this", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        told = (args.exc_type, args.exc_value, args.exc_traceback)
        name = args.thread.name if args.thread else "?"
        logging.getLogger("execbrief").critical("a bug of ours ends the thread %s", name, exc_info=told)
