"""run, doctor, migrate: what an operator keeps running and looks at."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import click
from sqlalchemy.engine import make_url
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.app import open_app, open_sources, register_feeds, utc_now
from bot.cli.frame import FAILED, command, counted, name_and_address, settings_and_logs
from bot.handlers.application import build_application, check_token, run_bot
from bot.schedule import running_schedule
from bot.sender import open_sender
from bot.settings import Settings, with_full_names
from briefing.collect.fetch import Fetcher
from briefing.collect.parsing import FeedParser
from briefing.collect.sources import load_feeds
from briefing.collect.timing import trouble
from briefing.compose.render import Renderer
from briefing.errors import ExecbriefError
from briefing.korean.lexicon import load_lexicon
from briefing.model import Failed, FeedState, FeedTrouble, Fetched, NotModified
from briefing.pipeline import AlertFollowers
from briefing.pipeline.tidying import tidy
from briefing.store import Store, open_store
from briefing.store import migrate as migrate_store

log = logging.getLogger("execbrief")

# A clock further off than this makes digests late and conditional requests lie.
CLOCK_TOLERANCE = timedelta(seconds=60)
# Seconds that opening the database has to end when told to stop.
CANCEL_S = 3
# Feeds asked by `doctor`: enough to tell the network from one outlet's trouble.
DOCTOR_FEEDS = 5
# Feeds in trouble named by `doctor`; when a network was down, all of them are.
TROUBLES_NAMED = 20


@click.command()
@command
async def run() -> int:
    """The bot and its scheduler, until Ctrl-C or SIGTERM."""
    settings = settings_and_logs()
    token = settings.require_token()
    stop, answering = asyncio.Event(), asyncio.Event()
    service = asyncio.create_task(_serve(settings, token, stop, answering))

    def end() -> None:
        stop.set()
        # While the database is being opened, or Telegram asked for the first time, nobody waits for
        # `stop`, and nothing has begun that would have to be finished.
        if not answering.is_set():
            service.cancel()
            # A thread that waits for a locked SQLite file cannot be cancelled.
            last = threading.Timer(CANCEL_S, os._exit, (0,))
            last.daemon = True
            last.start()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end)
    try:
        await service
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    log.info("stopped")
    return 0


async def _serve(settings: Settings, token: str, stop: asyncio.Event, answering: asyncio.Event) -> None:
    """Open everything, make sure of the token, then answer and work by the timetable until `stop`.

    Args:
        settings: What to build.
        token: Bot token.
        stop: Set to end.
        answering: Set once `stop` is heeded.

    Raises:
        ExecbriefError: what `open_app` raises; Telegram refuses the token.
    """
    async with (
        open_sender(token, settings.telegram_api_url, settings.pace) as sender,
        open_app(settings, sender=sender) as app,
    ):
        await register_feeds(app.store, settings.feeds_file, utc_now())
        application = build_application(token, app.desk(), base_url=settings.telegram_api_url, pace=app.pace)
        # Nothing is polled or delivered for a bot that Telegram does not know.
        await check_token(application)
        answering.set()
        pipeline = app.pipeline
        jobs: dict[str, Callable[[], Awaitable[object]]] = {
            "poll": pipeline.poll_due,
            "read": pipeline.read_unread,
            "alerts": lambda: pipeline.run(AlertFollowers()),
            "digests": pipeline.compose_due,
            "deliver": lambda: pipeline.deliver(stop),
            "recover": lambda: _recover(app.store),
            "tidy": lambda: tidy(app.store, utc_now(), timedelta(days=settings.keep_text_days)),
        }
        async with running_schedule(jobs):
            try:
                await run_bot(application, stop)
            finally:
                # also where the bot ends by itself: delivery begins nothing more
                stop.set()


async def _recover(store: Store) -> None:
    if stranded := await store.outbox.recover(utc_now()):
        log.warning(
            "%d messages were being sent when a process ended; whether they arrived is unknown, "
            "so they are not sent again",
            stranded,
        )


@click.command()
@command
async def migrate() -> None:
    """Bring the database to the newest schema."""
    settings = settings_and_logs("WARNING")
    click.echo(f"schema version {await migrate_store(settings.database_url)}")


@click.command()
@command
async def doctor() -> int:
    """Check settings, database, token, feeds, keys of other sources and clock."""
    try:
        settings = settings_and_logs("ERROR")
    except ExecbriefError as error:
        for line in str(error).splitlines():
            click.echo(f"FAIL settings: {line}")
        return FAILED
    click.echo("ok   settings")
    checks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "database": _database,
        "data": _data,
        "token": _token,
        "feeds": _feeds,
        "polls": _polls,
        "sources": _sources,
        "clock": _clock,
    }
    failed = False
    for name, check in checks.items():
        try:
            click.echo(f"ok   {name}: {await check(settings)}")
        except (ExecbriefError, _CheckError) as error:
            failed = True
            click.echo(f"FAIL {name}: {with_full_names(str(error))}")
    return FAILED if failed else 0


class _CheckError(Exception):
    """A check that did not pass; its text goes on the line."""


async def _database(settings: Settings) -> str:
    version = await migrate_store(settings.database_url)
    async with open_store(settings.database_url) as store:
        counts = await store.counts()
    place = make_url(settings.database_url).render_as_string(hide_password=True)
    held = f"{counted(counts.articles, 'article')}, {counted(counts.subscribers, 'subscriber')}"
    return f"{place}, schema {version}, {held}"


async def _data(settings: Settings) -> str:
    async with open_store(settings.database_url) as store:
        imported = await store.register.companies()
    lexicon = load_lexicon(imported)
    feeds = load_feeds(settings.feeds_file)
    Renderer(settings.templates_dir, settings.timezone, topics=lexicon.topics).commands()
    known = counted(len(lexicon.companies), "company", "companies")
    return f"{known} ({len(imported)} imported), {counted(len(feeds), 'feed')} listed"


async def _token(settings: Settings) -> str:
    token = settings.require_token()
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot") as bot:
            return f"@{bot.username}"
    except InvalidToken:
        raise _CheckError("refused by Telegram; ask @BotFather for a new one") from None
    except TelegramError as error:
        raise _CheckError(f"{settings.telegram_api_url} cannot be asked: {error.message}") from None


async def _feeds(settings: Settings) -> str:
    feeds = load_feeds(settings.feeds_file)[:DOCTOR_FEEDS]
    wrong: list[str] = []
    parser = FeedParser()
    async with Fetcher(allow_private_network=settings.allow_private_network) as fetcher:
        for feed in feeds:
            fetched = await fetcher.get(feed.url)
            now = utc_now()
            outcome = await parser.parse(fetched, feed, now) if isinstance(fetched, Fetched) else fetched
            match outcome:
                case Failed(reason=reason):
                    wrong.append(f"{name_and_address(feed)}: {reason}")
                case NotModified():
                    wrong.append(f"{name_and_address(feed)}: the answer is empty")
    if wrong:
        raise _CheckError(f"{len(wrong)} of {len(feeds)} asked failed: " + "; ".join(wrong))
    return f"{len(feeds)} asked, all answered (execbrief feeds check asks every feed)"


async def _polls(settings: Settings) -> str:
    """What the polls until now found, of every feed and search."""
    async with open_store(settings.database_url) as store:
        states = await store.news.feeds()
    now = utc_now()
    wrong = [line for line in (_trouble_line(state, now, settings) for state in states) if line is not None]
    if wrong:
        more = [f"{len(wrong) - TROUBLES_NAMED} more: execbrief feeds list"] * (len(wrong) > TROUBLES_NAMED)
        raise _CheckError(
            f"{len(wrong)} of {counted(len(states), 'feed')} in trouble: "
            + "; ".join([*wrong[:TROUBLES_NAMED], *more])
        )
    asked = sum(state.last_success is not None for state in states)
    return f"{counted(len(states), 'feed')} in the database, {asked} polled so far, none in trouble"


def _trouble_line(state: FeedState, now: datetime, settings: Settings) -> str | None:
    """What is wrong with a feed by its polls; None if nothing is."""

    def told(when: datetime | None) -> str:
        return f"{when.astimezone(settings.zone):%Y-%m-%d %H:%M %Z}" if when else "it was added"

    if state.failures:
        reason = state.last_error or "no reason kept"
        return f"{name_and_address(state.feed)} has failed since {told(state.failing_since)}: {reason}"
    if trouble(state, now) is FeedTrouble.SILENT:
        return f"{name_and_address(state.feed)} answers, but has brought nothing since {told(state.last_new)}"
    return None


async def _sources(settings: Settings) -> str:
    """Ask each source that has a key one question, about a company that is always in the news."""
    asked = 0
    async with Fetcher(allow_private_network=settings.allow_private_network) as fetcher:
        sources = open_sources(settings, fetcher)
        for feed in sources.feeds(("삼성전자",)):
            source = sources.of(feed)
            assert source is not None, "its own feed"
            outcome = await source.poll(FeedState(0, feed), utc_now())
            if isinstance(outcome, Failed):
                raise _CheckError(f"{feed.outlet}: {outcome.reason}")
            asked += 1
    return (
        f"{counted(asked, 'search', 'searches')} asked, all answered"
        if asked
        else "no keys of other sources set"
    )


async def _clock(settings: Settings) -> str:
    import httpx  # noqa: PLC0415 (only doctor asks a server for the time)

    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.head(settings.telegram_api_url)
        told = parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
    except (httpx.HTTPError, KeyError, ValueError):
        raise _CheckError(f"no time to compare with: {settings.telegram_api_url} gave none") from None
    off = abs(utc_now() - told)
    if off > CLOCK_TOLERANCE:
        raise _CheckError(
            f"{off.total_seconds():.0f} s off the Bot API server's; set up time synchronisation"
        )
    local = datetime.now(settings.zone)
    return f"{local:%Y-%m-%d %H:%M} {settings.timezone}, {off.total_seconds():.0f} s off the Bot API server's"
