"""feeds and companies: the lists the news desk works from."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from bot.app import App, open_app, register_feeds, utc_now
from bot.cli.frame import (
    FAILED,
    command,
    counted,
    name_and_address,
    name_of,
    print_rows,
    printable,
    progress_bar,
    settings_and_logs,
)
from bot.settings import PREFIX
from briefing.collect.addresses import refusal
from briefing.collect.opml import write_opml
from briefing.collect.parsing import FeedParser
from briefing.collect.sources import load_feeds
from briefing.collect.timing import patience
from briefing.collect.urls import host_of, unfetchable, without_credentials
from briefing.korean.lexicon import read_register
from briefing.model import Failed, Feed, FeedState, Fetched, NotModified, PollOutcome


@click.group()
def feeds() -> None:
    """Feeds: list, add, remove, check, import and export."""


@feeds.command("list")
@command
async def list_feeds() -> None:
    """Feeds, when each is next due, last trouble."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        states = await app.store.news.feeds()
    rows = [
        (
            state.feed.outlet,
            state.feed.title,
            without_credentials(state.feed.url),
            state.next_poll.astimezone(settings.zone).strftime("%m-%d %H:%M %Z")
            if state.next_poll
            else "now",
            str(state.failures),
            state.last_error or "",
        )
        for state in states
    ]
    print_rows(("outlet", "title", "address", "next poll", "failures", "last trouble"), rows)


@feeds.command()
@click.argument("url")
@click.option("--outlet", help="Name readers know the outlet by; default: as it was, else the host.")
@click.option("--title", help="Section or feed name; default: as it was.")
@command
async def add(url: str, outlet: str | None, title: str | None) -> int:
    """Add a feed, or give a known one another outlet or title."""
    url = url.strip()
    if (problem := unfetchable(url)) is not None:
        raise click.BadParameter(f"{problem}; give the feed's address, https://…", param_hint="URL")
    settings = settings_and_logs("WARNING")
    # a name may lead to such an address, too: that is looked at when it is fetched
    if not settings.allow_private_network and (reason := refused(host_of(url))) is not None:
        raise click.BadParameter(
            f"{without_credentials(url)} has a {reason} address; set {PREFIX}ALLOW_PRIVATE_NETWORK=true to "
            "have such feeds fetched",
            param_hint="URL",
        )
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        known = await _as_known(app, url)
        if known is None and await app.store.news.origin_of(url) is not None:
            shown = without_credentials(url)
            click.echo(
                f"execbrief: {shown} has moved; give its present address, see execbrief feeds list",
                err=True,
            )
            return FAILED
        feed = known or Feed(url, host_of(url), "")
        said = replace(
            feed,
            outlet=feed.outlet if outlet is None else outlet.strip() or host_of(url),
            title=feed.title if title is None else title.strip(),
        )
        new = await app.store.news.add_feeds([said], utc_now())
    if new:
        click.echo("added; it is asked at the next poll")
    else:
        kept = said == known
        click.echo(f"known already; outlet and title {'stay as they are' if kept else 'updated'}")
    return 0


def refused(host: str) -> str | None:
    """What kind of address a host is that is not connected to; None if it is a name or a public address."""
    if host == "localhost" or host.endswith(".localhost"):
        return "loopback"
    try:
        return refusal(ipaddress.ip_address(host))
    except ValueError:
        return None


async def _as_known(app: App, url: str) -> Feed | None:
    """What is known of the feed at an address: of one that is polled, or stands in the list in force."""
    listed = load_feeds(app.settings.feeds_file)
    polled = [state.feed for state in await app.store.news.feeds()]
    return next((feed for feed in (*polled, *listed) if feed.url == url), None)


@feeds.command()
@click.argument("url")
@command
async def remove(url: str) -> int:
    """Remove a feed; articles already read stay."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        url = _as_stored({state.feed.url for state in await app.store.news.feeds()}, url)
        origin = await app.store.news.origin_of(url)
        in_file = settings.feeds_file and url in {feed.url for feed in load_feeds(settings.feeds_file)}
        gone = not in_file and origin not in {None, "file"} and await app.store.news.remove_feed(url)
    shown = without_credentials(url)
    if gone:
        click.echo("removed")
        return 0
    if origin is None:
        click.echo(f"execbrief: no feed has the address {shown}; see execbrief feeds list", err=True)
    else:
        click.echo(f"execbrief: {shown} stands in {settings.feeds_file}; take it out of that file", err=True)
    return FAILED


def _as_stored(stored: Collection[str], url: str) -> str:
    """The address of the one feed that `feeds list` shows as this; itself if none or several are."""
    meant = [known for known in stored if without_credentials(known) == url]
    return meant[0] if len(meant) == 1 and url not in stored else url


@feeds.command()
@click.argument("urls", nargs=-1, metavar="[URL …]")
@command
async def check(urls: tuple[str, ...]) -> int:
    """Fetch each feed and tell what is wrong; nothing is stored."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        states = await app.store.news.feeds()
        if urls:
            known = {state.feed.url: state for state in states}
            wanted = [_as_stored(known, url) for url in urls]
            states = tuple(
                known.get(url, FeedState(0, Feed(url, without_credentials(url)))) for url in wanted
            )
        failed = False
        parser = FeedParser()
        # All at once, the fetcher keeps the pace; told in the order of the list.
        asked = [asyncio.create_task(_looked_at(app, parser, state)) for state in states]
        for state, looking in zip(states, asked, strict=True):
            well, line = await looking
            failed = failed or not well
            # a feed without title is one of several of its outlet
            name = name_of(state.feed) if well and state.feed.title else name_and_address(state.feed)
            click.echo(f"{'ok  ' if well else 'FAIL'} {name}: {printable(line)}")
    return FAILED if failed else 0


async def _asked(app: App, parser: FeedParser, state: FeedState, now: datetime) -> PollOutcome:
    """What a feed or search brings."""
    if (source := app.sources.of(state.feed)) is not None:
        return await source.poll(state, now)
    async with parser.admitted() as room:
        fetched = await app.fetcher.get(state.feed.url, room=room)
        return await parser.parse(fetched, state.feed, now) if isinstance(fetched, Fetched) else fetched


async def _looked_at(app: App, parser: FeedParser, state: FeedState) -> tuple[bool, str]:
    """Whether a feed can be used now, and one line on it."""
    now = utc_now()
    outcome = await _asked(app, parser, state, now)
    match outcome:
        case Failed(reason=reason):
            return False, reason
        case NotModified():
            return False, "the answer is empty"
    found = [counted(len(outcome.entries), "entry", "entries")]
    dates = [entry.published for entry in outcome.entries if entry.published]
    if len(dates) < len(outcome.entries):
        found.append(f"{len(outcome.entries) - len(dates)} without date")
    if outcome.fetched.moved_to:
        found.append(f"moved to {without_credentials(outcome.fetched.moved_to)}")
    if outcome.problems:
        found.append(f"{len(outcome.problems)} unusable: {outcome.problems[0]}")
    if not outcome.entries:
        # a search may well find nothing
        return state.origin in {"search", "source"}, ", ".join(["a feed, but nothing in it", *found[1:]])
    if dates and now - max(dates) > patience(state, outcome):
        age = counted((now - max(dates)).days, "day")
        return False, ", ".join([f"silent, its newest entry is {age} old", *found])
    return True, ", ".join(found)


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
async def import_feeds(file: Path) -> None:
    """Add the feeds of an OPML or TOML file."""
    wanted = load_feeds(file, lambda line: click.echo(f"execbrief: {printable(line)}", err=True))
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        new = await app.store.news.add_feeds(wanted, utc_now())
    click.echo(f"{counted(len(wanted), 'feed')} in {file}: {new} added, {len(wanted) - new} known already")


@feeds.command()
@click.argument("file", type=click.File("wb"), default="-")
@command
async def export(file: click.File) -> None:
    """Feeds as OPML, to a file or standard output; searches are left out."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        # A search is made for who follows a company; imported, it would be polled for ever. That of an
        # API is nothing without its key, which is not exported.
        states = [s for s in await app.store.news.feeds() if s.origin not in {"search", "source"}]
    file.write(write_opml([state.feed for state in states]))  # type: ignore[attr-defined]
    secret = sum(without_credentials(state.feed.url) != state.feed.url for state in states)
    if secret:
        click.echo(
            f"execbrief: {secret} of the exported addresses {'holds' if secret == 1 else 'hold'} "
            "a user name or password; keep the file to yourself",
            err=True,
        )


@click.group()
def companies() -> None:
    """Companies: import a full register, list what is known."""


@companies.command("import")
@click.argument("csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
async def import_register(csv: Path) -> None:
    """Take a company register (CSV) in place of the stored one."""
    register = read_register(csv)
    async with open_app(settings_and_logs("WARNING")) as app:
        with progress_bar("companies"):
            stored = await app.store.register.replace(register)
    number = counted(stored, "company", "companies")
    click.echo(f"{number} imported from {csv}; a running bot knows them after a restart")


@companies.command("list")
@click.argument("query", default="")
@command
async def list_companies(query: str) -> None:
    """Companies known, built-in and imported; QUERY narrows by name, alias, group or code."""
    async with open_app(settings_and_logs("WARNING")) as app:
        known = app.lexicon.companies
    rows: list[tuple[str, ...]] = []
    for company in known:
        words = (company.name, company.code or "", company.group or "", *company.aliases)
        if query and not any(query.lower() in word.lower() for word in words):
            continue
        rows.append(
            (
                company.code or "",
                company.name,
                company.market or "",
                company.group or "",
                ", ".join(company.aliases),
                ", ".join(company.representatives),
            )
        )
    print_rows(("code", "name", "market", "group", "also called", "representatives"), rows)
    click.echo(f"{len(rows)} of {counted(len(known), 'company', 'companies')}", err=True)
