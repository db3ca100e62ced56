"""feeds and companies: the lists the news desk works from."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.app import open_app, register_feeds, utc_now
from bot.cli.frame import FAILED, command, progress_bar, settings_and_logs
from briefing.collect.feeds import parse_feed
from briefing.collect.opml import write_opml
from briefing.collect.sources import load_feeds
from briefing.korean.lexicon import read_register
from briefing.model import Failed, Feed, FeedState, Fetched, NotModified


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
    table = Table("outlet", "title", "address", "next poll", "failures", "last trouble")
    for state in states:
        due = state.next_poll.astimezone(settings.zone).strftime("%m-%d %H:%M") if state.next_poll else "now"
        table.add_row(
            state.feed.outlet,
            state.feed.title,
            state.feed.url,
            due,
            str(state.failures),
            state.last_error or "",
        )
    _print(table)


@feeds.command()
@click.argument("url")
@click.option("--outlet", default="", help="Name readers know the outlet by; default: the host.")
@click.option("--title", default="", help="Section or feed name.")
@command
async def add(url: str, outlet: str, title: str) -> None:
    """Add a feed."""
    if not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url!r} is no address of a feed; it starts with http:// or https://")
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        host = url.split("/")[2].rsplit("@", 1)[-1]
        new = await app.store.news.add_feeds([Feed(url, outlet or host, title)], utc_now())
    click.echo("added; it is asked at the next poll" if new else "known already; outlet and title updated")


@feeds.command()
@click.argument("url")
@command
async def remove(url: str) -> int:
    """Remove a feed; articles already read stay."""
    async with open_app(settings_and_logs("WARNING")) as app:
        gone = await app.store.news.remove_feed(url)
    if gone:
        click.echo("removed")
        return 0
    click.echo(f"execbrief: no feed has the address {url}; see execbrief feeds list", err=True)
    return FAILED


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
            states = tuple(known.get(url, FeedState(0, Feed(url, url))) for url in urls)
        failed = 0
        for state in states:
            fetched = await app.fetcher.get(state.feed.url)
            outcome = parse_feed(fetched, state.feed, utc_now()) if isinstance(fetched, Fetched) else fetched
            name = f"{state.feed.outlet} {state.feed.title}".strip()
            match outcome:
                case Failed(reason=reason):
                    failed += 1
                    click.echo(f"FAIL {name}: {reason}")
                case NotModified():
                    failed += 1
                    click.echo(f"FAIL {name}: the answer is empty")
                case _:
                    dated = sum(entry.published is not None for entry in outcome.entries)
                    moved = f", moved to {outcome.fetched.moved_to}" if outcome.fetched.moved_to else ""
                    trouble = (
                        f", {len(outcome.problems)} unusable: {outcome.problems[0]}"
                        if outcome.problems
                        else ""
                    )
                    click.echo(f"ok   {name}: {len(outcome.entries)} entries, {dated} dated{moved}{trouble}")
    return FAILED if failed else 0


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
async def import_feeds(file: Path) -> None:
    """Add the feeds of an OPML or TOML file."""
    wanted = load_feeds(file)
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        new = await app.store.news.add_feeds(wanted, utc_now())
    click.echo(f"{len(wanted)} feeds in {file}: {new} added, {len(wanted) - new} known already")


@feeds.command()
@click.argument("file", type=click.File("wb"), default="-")
@command
async def export(file: click.File) -> None:
    """Feeds as OPML, to a file or standard output."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        states = await app.store.news.feeds()
    file.write(write_opml([state.feed for state in states]))  # type: ignore[attr-defined]


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
    click.echo(f"{stored} companies imported from {csv}; a running bot knows them after a restart")


@companies.command("list")
@click.argument("query", default="")
@command
async def list_companies(query: str) -> None:
    """Companies known, built-in and imported; QUERY narrows by name, alias, group or code."""
    async with open_app(settings_and_logs("WARNING")) as app:
        known = app.lexicon.companies
    table = Table("code", "name", "market", "group", "also called", "representatives")
    shown = 0
    for company in known:
        words = (company.name, company.code or "", company.group or "", *company.aliases)
        if query and not any(query.lower() in word.lower() for word in words):
            continue
        shown += 1
        table.add_row(
            company.code or "",
            company.name,
            company.market or "",
            company.group or "",
            ", ".join(company.aliases),
            ", ".join(company.representatives),
        )
    _print(table)
    click.echo(f"{shown} of {len(known)} companies")


def _print(table: Table) -> None:
    # Without a terminal rich folds at 80 columns, which breaks addresses in a pipe.
    console = Console()
    console.print(table, width=None if console.is_terminal else 240)
