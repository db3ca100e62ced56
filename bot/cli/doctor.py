"""doctor: what is wrong, if anything is."""

from __future__ import annotations

import asyncio
import errno
import shutil
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from pathlib import Path
from urllib.request import getproxies
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
import httpx
from telegram import Bot, WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.app import open_sources, utc_now
from bot.cli.frame import FAILED, command, counted, name_and_address, settings_and_logs
from bot.settings import Settings, with_full_names
from bot.web.address import HEALTH
from briefing.collect.fetch import Fetcher
from briefing.collect.parsing import FeedParser
from briefing.collect.sources import load_feeds
from briefing.collect.timing import trouble
from briefing.collect.urls import host_of
from briefing.compose.render import Renderer
from briefing.compose.texts import in_language
from briefing.errors import ExecbriefError
from briefing.korean.lexicon import load_lexicon
from briefing.model import Failed, FeedState, FeedTrouble, Fetched, NotModified
from briefing.store import migrate as migrate_store
from briefing.store import open_store, schema_version
from briefing.store.backup import sqlite_file
from briefing.subscribers import Language

# A clock further off than this makes digests late and conditional requests lie.
CLOCK_TOLERANCE = timedelta(seconds=60)
# Feeds asked by `doctor`: enough to tell the network from one outlet's trouble.
DOCTOR_FEEDS = 5
# Feeds in trouble named by `doctor`; when a network was down, all of them are.
TROUBLES_NAMED = 20
# Less than this is days away from a full disk, with which nothing is stored any more.
LEAST_FREE_BYTES = 500 * 2**20
MIB = 2**20
# What Telegram could not deliver longer ago is no trouble of today.
RECENT = timedelta(hours=1)
# Updates that wait: more means that nobody takes them.
MOST_PENDING = 100
# The rules of summer time change somewhere every year.
OLDEST_ZONES_YEARS = 2

# Checks that would only say again what is wrong with the database.
NEED_DATABASE = frozenset({"data", "polls"})
# Those that would with the token, or that the Bot API server does not answer.
NEED_TOKEN = frozenset({"updates"})
NEED_ANSWER = frozenset({"updates", "clock"})
# Those that would with the network, whether of now or of the polls until now; and those that ask the Bot API
# server, which may have an address without a name.
NEED_NETWORK = frozenset({"feeds", "polls", "sources"})
NEED_API = frozenset({"token", "updates", "clock"})


@click.command()
@command
async def doctor() -> int:
    """Check settings, database, disk, network, token, webhook, port, feeds, keys, clock and time zones."""
    try:
        settings = settings_and_logs("ERROR")
    except ExecbriefError as error:
        for line in str(error).splitlines():
            click.echo(f"FAIL settings: {line}")
        return FAILED
    click.echo("ok   settings")
    checks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "database": _database,
        "disk": _disk,
        "data": _data,
        "templates": _templates,
        "network": _network,
        "token": _token,
        "updates": _updates,
        "port": _port,
        "feeds": _feeds,
        "polls": _polls,
        "sources": _sources,
        "clock": _clock,
        "time zones": _zones,
    }
    failed = False
    # what another check has told already -> that check
    told: dict[str, str] = {}
    for name, check in checks.items():
        if name in told:
            click.echo(f"-    {name}: not looked at, see {told[name]}")
            continue
        try:
            click.echo(f"ok   {name}: {await check(settings)}")
        except (ExecbriefError, _CheckError) as error:
            failed = True
            if name == "token":
                silenced = NEED_ANSWER if isinstance(error, _UnreachableError) else NEED_TOKEN
                told |= dict.fromkeys(silenced, name)
            elif name == "database":
                told |= dict.fromkeys(NEED_DATABASE, name)
            elif name == "network":
                told = dict.fromkeys(_needing_names(settings), name) | told
            click.echo(f"FAIL {name}: {with_full_names(str(error))}")
    return FAILED if failed else 0


class _CheckError(Exception):
    """A check that did not pass; its text goes on the line."""


class _UnreachableError(_CheckError):
    """The Bot API server does not answer."""


async def _database(settings: Settings) -> str:
    before = await schema_version(settings.database_url)
    after = await migrate_store(settings.database_url)
    async with open_store(settings.database_url) as store:
        counts, health = await store.counts(), await store.health(utc_now())
    schema = f"schema {after}" if before == after else f"schema {before or 'none'}, now {after}"
    held = f"{counted(counts.articles, 'article')}, {counted(counts.subscribers, 'subscriber')}"
    return f"{health.where}, {schema}, {held}"


async def _disk(settings: Settings) -> str:
    """Room for a SQLite database; PostgreSQL's is its own concern."""
    path = sqlite_file(settings.database_url)
    if path is None:
        return "looked after by PostgreSQL"
    size = sum(part.stat().st_size for part in (path, Path(f"{path}-wal")) if part.exists())
    free = shutil.disk_usage(path.absolute().parent).free
    told = f"{free / MIB:,.0f} MB free in {path.absolute().parent}, the database has {size / MIB:,.1f} MB"
    if free < LEAST_FREE_BYTES:
        raise _CheckError(f"{told}; free some, or shorten KEEP_TEXT_DAYS")
    return told


async def _data(settings: Settings) -> str:
    async with open_store(settings.database_url) as store:
        imported = await store.register.companies()
    lexicon = load_lexicon(imported)
    feeds = load_feeds(settings.feeds_file)
    known = counted(len(lexicon.companies), "company", "companies")
    return f"{known} ({len(imported)} imported), {counted(len(feeds), 'feed')} listed"


async def _templates(settings: Settings) -> str:
    """Whether the operator's templates can be read, each of them."""
    renderer = Renderer(settings.templates_dir, settings.timezone)
    for language in Language:
        with in_language(language):
            renderer.commands()
            renderer.admin_commands()
    changed = renderer.check()
    return f"{changed} of your own, all can be read" if settings.templates_dir else "as they ship"


async def _network(settings: Settings) -> str:
    """Whether any host name can be looked up: one cause that would otherwise be told of each of them."""
    hosts = tuple(
        dict.fromkeys(filter(None, (_host_name(settings.telegram_api_url), *_feed_hosts(settings))))
    )
    found = await asyncio.gather(*map(_resolves, hosts))
    if any(found):
        return f"{sum(found)} of {counted(len(hosts), 'host name')} found"
    if not hosts:
        return "no host names to look up"
    if getproxies():
        return f"no host name can be looked up here ({', '.join(hosts)}); a proxy is set"
    raise _CheckError(f"no host name can be looked up ({', '.join(hosts)}): no network, or no DNS")


def _feed_hosts(settings: Settings) -> tuple[str, ...]:
    """Names of the hosts of the feeds that are looked at."""
    try:
        feeds = load_feeds(settings.feeds_file)[:DOCTOR_FEEDS]
    except ExecbriefError:
        return ()  # told by "data"
    return tuple(filter(None, (_host_name(feed.url) for feed in feeds)))


def _needing_names(settings: Settings) -> frozenset[str]:
    """Checks that a lack of host names explains; what has a number for its address is looked at."""
    api = NEED_API if _host_name(settings.telegram_api_url) is not None else frozenset()
    return api | (NEED_NETWORK if _feed_hosts(settings) else frozenset())


def _host_name(address: str) -> str | None:
    """The host of an address; None where it is a number, or there is none."""
    host = host_of(address)
    try:
        ip_address(host)
    except ValueError:
        return host or None
    return None


async def _resolves(host: str) -> bool:
    try:
        await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return True


async def _token(settings: Settings) -> str:
    token = settings.require_token()
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot") as bot:
            return f"@{bot.username}"
    except InvalidToken:
        raise _CheckError("refused by Telegram; ask @BotFather for a new one") from None
    except TelegramError as error:
        raise _UnreachableError(f"{settings.telegram_api_url} cannot be asked: {error.message}") from None


async def _updates(settings: Settings) -> str:
    """How Telegram thinks that updates reach us."""
    token = settings.require_token()
    try:
        async with Bot(token, base_url=f"{settings.telegram_api_url}/bot") as bot:
            info = await bot.get_webhook_info()
    except TelegramError as error:
        raise _CheckError(f"{settings.telegram_api_url} cannot be asked: {error.message}") from None
    waiting = counted(info.pending_update_count, "update") + " waiting"
    if settings.webhook_url is None:
        if info.url:
            return f"long polling; a webhook is set, which `execbrief run` takes away; {waiting}"
        return f"long polling, {waiting}"
    return f"webhook {settings.webhook_url}, {waiting}" + _webhook_trouble(settings.webhook_url, info)


def _webhook_trouble(ours: str, info: WebhookInfo) -> str:
    """A remark on a webhook.

    Raises:
        _CheckError: Telegram delivers elsewhere, or cannot deliver.
    """
    if not info.url:
        return "; not set yet, which `execbrief run` does"
    if info.url != ours:
        raise _CheckError("Telegram delivers elsewhere: another program sets a webhook with this token")
    failed = info.last_error_date
    if failed is not None and utc_now() - failed < RECENT:
        raise _CheckError(f"Telegram could not deliver at {failed:%H:%M} UTC: {info.last_error_message}")
    if info.pending_update_count > MOST_PENDING:
        raise _CheckError(f"{info.pending_update_count} updates wait; is `execbrief run` running?")
    return ""


async def _port(settings: Settings) -> str:
    """Whether the HTTP port is free, or already serves a running bot."""
    host, port = settings.http_host, settings.http_port
    if port is None:
        return "no HTTP port set: no health, no metrics"
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        for family, kind, protocol, _, address in found:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE and await _serves(host, port):
            return f"{host}:{port} serves a running execbrief"
        raise _CheckError(f"{host}:{port} cannot be opened: {error.strerror or error}") from None
    return f"{host}:{port} is free"


async def _serves(host: str, port: int) -> bool:
    """Whether an execbrief answers there."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    address = f"http://[{asked}]:{port}" if ":" in asked else f"http://{asked}:{port}"
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(f"{address}{HEALTH}")
        return bool(answer.json()["alive"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return False


async def _feeds(settings: Settings) -> str:
    feeds = load_feeds(settings.feeds_file)[:DOCTOR_FEEDS]
    # what is wrong -> the feeds it is wrong with
    wrong: dict[str, list[str]] = {}
    parser = FeedParser()
    async with Fetcher(allow_private_network=settings.allow_private_network) as fetcher:
        for feed in feeds:
            fetched = await fetcher.get(feed.url)
            now = utc_now()
            outcome = await parser.parse(fetched, feed, now) if isinstance(fetched, Fetched) else fetched
            match outcome:
                case Failed(reason=reason):
                    wrong.setdefault(reason, []).append(name_and_address(feed))
                case NotModified():
                    wrong.setdefault("the answer is empty", []).append(name_and_address(feed))
    if wrong:
        told = "; ".join(f"{', '.join(names)}: {reason}" for reason, names in wrong.items())
        raise _CheckError(f"{sum(map(len, wrong.values()))} of {len(feeds)} asked failed: {told}")
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


async def _zones(settings: Settings) -> str:
    """Whether the rules of time zones are there, and not years old."""
    summer, winter = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    try:
        moves = ZoneInfo("America/New_York")
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise _CheckError(f"{error}; install the package tzdata") from None
    if summer.astimezone(moves).utcoffset() == winter.astimezone(moves).utcoffset():
        raise _CheckError("the rules know no summer time; install the package tzdata")
    try:
        release = version("tzdata")
    except PackageNotFoundError:
        return "of the operating system"
    year = int(release.partition(".")[0])
    if year + OLDEST_ZONES_YEARS < utc_now().year:
        raise _CheckError(f"the rules are of {year}; update the package tzdata")
    return f"package tzdata {release}, unless the operating system has its own"
