"""poll, brief, extract, explain: the news desk without Telegram."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.app import App, open_app, register_feeds, utc_now
from bot.cli.explain import report
from bot.cli.frame import FAILED, command, print_rows, progress_bar, settings_and_logs, stderr
from bot.cli.labels import KINDS, differences, told
from bot.cli.lookups import Finding, look_up, rendered
from bot.settings import Settings
from briefing.collect.articles import read_article
from briefing.collect.fetch import Fetcher
from briefing.collect.pages import Pages
from briefing.compose.render import to_markdown, to_text
from briefing.errors import DataError
from briefing.extract import open_extractor
from briefing.extract.jsonl import error_line, parse_line
from briefing.korean.lexicon import Lexicon, load_lexicon, read_register
from briefing.model import (
    Article,
    Entry,
    Fetched,
    Part,
    Period,
    Skipped,
)

PERIOD = re.compile(r"(?P<count>[0-9]{1,4})\s*(?P<unit>[hdw시일주]|시간|주일)?")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
UNITS = {
    "h": HOUR,
    "시": HOUR,
    "시간": HOUR,
    "d": DAY,
    "일": DAY,
    "w": WEEK,
    "주": WEEK,
    "주일": WEEK,
    None: DAY,
}
# Periods are half-open; what is published this very second belongs to a period that ends now.
THIS_SECOND = timedelta(seconds=1)


def parse_since(value: str, now: datetime, zone: ZoneInfo) -> Period:
    """The period that `--since` asks for: "7d", "24h", "2w", "30" (days), or an ISO date or date-time.

    Args:
        value: As typed.
        now: Aware; the period ends with this second.
        zone: Where a date begins at midnight, and of times without an offset.

    Raises:
        click.BadParameter: it is none of these, or does not lie in the past.
    """
    value = value.strip()
    if match := PERIOD.fullmatch(value.lower()):
        start = now - int(match["count"]) * UNITS[match["unit"]]
    else:
        try:
            start = datetime.fromisoformat(value)
            start = (start if start.tzinfo else start.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise click.BadParameter(
                f"{value!r} is not a period; write 7d, 24h, 2w or 2026-11-01", param_hint="--since"
            ) from None
    if start >= now:
        raise click.BadParameter(
            f"{value} does not lie in the past; --since looks back", param_hint="--since"
        )
    return Period(start, now + THIS_SECOND)


@click.command()
@click.option("--all", "everything", is_flag=True, help="Ask every feed, due or not.")
@command
async def poll(everything: bool) -> int:
    """One round: fetch the feeds that are due, read, group, store."""
    settings = settings_and_logs("WARNING")
    async with open_app(settings) as app:
        await register_feeds(app.store, settings.feeds_file, utc_now())
        with progress_bar("feeds") as update:
            polled = await app.pipeline.poll_due(update, everything=everything)
        with progress_bar("articles") as update:
            read = await app.pipeline.read_unread(update)
        counts = await app.store.counts()
    click.echo(
        f"{polled.done} new entries, {read.done} articles read, {read.skipped} put off or skipped; "
        f"in all {counts.articles} articles, {counts.stories} stories, {counts.facts} facts"
    )
    if polled.problems:
        failures = [(name, reason) for name, _, reason in (item.partition(": ") for item in polled.problems)]
        title = f"{len(failures)} feeds failed"
        print_rows(("feed", "what went wrong"), failures, title=title, to=stderr)
        return FAILED
    return 0


@click.command()
@click.argument("query")
@click.option("--since", help="7d, 24h, 2w or an ISO date (its midnight); 7d if QUERY names no period.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "md", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@command
async def brief(query: str, since: str | None, form: str) -> int:
    """Briefing from the database: a company (name, alias or stock code), a person, a chat's question.

    QUERY may name a topic and a period ("LG전자 AI 30일"), a person ("조주완", "LG전자 조주완"), or be
    one of "/moves", "/moves 7일", "/calendar LG전자".
    """
    settings = settings_and_logs("WARNING")
    period = parse_since(since, utc_now(), settings.zone) if since else None
    async with open_app(settings) as app:
        found = await look_up(app, query, period)
        if isinstance(found, str):
            click.echo(f"execbrief: {found}", err=True)
            return FAILED
        click.echo(_printed(app, found, form))
    return 0


def _printed(app: App, found: Finding, form: str) -> str:
    if form == "json":
        return json.dumps(app.renderer.to_json(found), ensure_ascii=False, indent=2)
    forms: dict[str, Callable[[Part], str]] = {
        "text": to_text,
        "md": to_markdown,
        "html": lambda part: part.html,
    }
    return "\n\n".join(forms[form](part) for part in rendered(app, found) if part.attachment is None)


@click.command()
@click.argument("source", metavar="URL|FILE")
@click.option(
    "--published", type=click.DateTime(["%Y-%m-%d"]), help="Publication day, if the page does not say."
)
@click.option(
    "--companies",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Company register (CSV) to know besides the built-in companies.",
)
@click.option("--errors", is_flag=True, help="FILE is labelled JSON Lines: show only what differs.")
@click.option("--kind", type=click.Choice(KINDS), help="With --errors: one kind only.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="With --errors: how many."
)
@command
async def explain(  # noqa: PLR0917
    source: str,
    published: datetime | None,
    companies: Path | None,
    errors: bool,
    kind: str | None,
    limit: int,
) -> int:
    """One article: text, facts, evidence, what was turned down and why."""
    settings = settings_and_logs("WARNING")
    lexicon = load_lexicon(read_register(companies) if companies else ())
    if errors:
        return _errors(Path(source), lexicon, kind, limit)
    article = await _article(source, settings)
    if isinstance(article, Skipped):
        click.echo(f"execbrief: {source}: {article.reason}", err=True)
        return FAILED
    if published is not None:
        article = replace(article, published=published.replace(tzinfo=settings.zone).astimezone(UTC))
    extraction = open_extractor(lexicon).extract(article)
    click.echo(report(article, extraction))
    return 0


def _errors(path: Path, lexicon: Lexicon, kind: str | None, limit: int) -> int:
    """The first differences between the labels of a file and what is found; some are no failure.

    Lines that are no articles are, as with `extract`: each is named, wherever the limit ends the others.
    """
    if not path.is_file():
        raise DataError(str(path), "no such file; --errors takes a file of labelled JSON Lines")
    labelled: list[tuple[Article, dict[str, Any]]] = []
    status = 0
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        article = parse_line(line, number) if line.strip() else None
        if isinstance(article, Article):
            labelled.append((article, json.loads(line.decode("utf-8-sig"))))
        elif article is not None:
            click.echo(f"execbrief: {path}:{number}: {article.error}", err=True)
            status = FAILED
    if not labelled:
        click.echo("0 differences")
        return status
    extractor = open_extractor(lexicon, as_written=True)
    shown = 0
    for article, labels in labelled:
        found = extractor.extract(article)
        for difference in differences(article, found, labels):
            if kind is None or difference.kind == kind:
                shown += 1
                click.echo(told(shown, article, found, difference) + "\n")
            if shown == limit:
                return status
    click.echo(f"{shown} differences")
    return status


async def _article(source: str, settings: Settings) -> Article | Skipped:
    """The article at a URL or in a file: HTML, one extract line as JSON, or plain text."""
    if source.startswith(("http://", "https://")):
        async with Fetcher(allow_private_network=settings.allow_private_network) as fetcher:
            pages = Pages(fetcher, exempt=settings.robots_exempt)
            return await pages.read(Entry(guid=source, url=source, title="", outlet=""))
    return _article_file(Path(source))


def _article_file(path: Path) -> Article | Skipped:
    source = str(path)
    if not path.is_file():
        raise DataError(
            source, "no such file; give a URL (https://…) or the path of a text, HTML or JSON file"
        )
    body = path.read_bytes()
    start = body.lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")) or path.suffix in {".html", ".htm"}:
        return read_article(
            Fetched(url=path.as_uri() if path.is_absolute() else source, body=body),
            Entry(guid=source, url="", title="", outlet=""),
        )
    if path.suffix in {".json", ".jsonl"}:
        line = parse_line(body.splitlines()[0] if body.strip() else b"", 1)
        return line if isinstance(line, Article) else Skipped(error_line(line)["error"])
    try:
        return Article(id=source, text=body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        try:
            return Article(id=source, text=body.decode("cp949"))
        except UnicodeDecodeError:
            return Skipped("neither UTF-8 nor CP949 text; save the file as UTF-8")
