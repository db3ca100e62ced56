"""poll, brief, extract, explain: the news desk without Telegram."""

from __future__ import annotations

import functools
import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.app import App, open_app, register_feeds, utc_now
from bot.cli.article import article_at, further_lines
from bot.cli.explain import report, visible
from bot.cli.frame import (
    FAILED,
    command,
    counted,
    name_of,
    print_rows,
    progress_bar,
    settings_and_logs,
    stderr,
)
from bot.cli.labels import KINDS, differences, told
from bot.cli.lookups import Finding, look_up, rendered
from briefing.collect.urls import without_credentials
from briefing.compose.render import to_markdown, to_text
from briefing.compose.texts import in_language
from briefing.errors import DataError
from briefing.extract import open_extractor
from briefing.extract.jsonl import parse_line
from briefing.findings import TitleBrief
from briefing.korean.lexicon import Lexicon, load_lexicon, read_register
from briefing.model import Article, Part, Period, Skipped
from briefing.pipeline.publishing import THIS_SECOND, last_days
from briefing.store.turns import Turn, hold
from briefing.subscribers import Language

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


def parse_since(value: str, now: datetime, zone: ZoneInfo) -> Period:
    """The period that `--since` asks for: "7d", "24h", "2w", "30" (days), or an ISO date or date-time.

    Days are those of the zone, today included: "7d" begins with the midnight six days ago. Hours count back
    from now.

    Args:
        value: As typed.
        now: Aware; the period ends with this second.
        zone: Where a date begins at midnight, and of times without an offset.

    Raises:
        click.BadParameter: it is none of these, or does not lie in the past.
    """
    value = value.strip()
    if match := PERIOD.fullmatch(value.lower()):
        unit = UNITS[match["unit"]]
        if unit >= DAY and (count := int(match["count"]) * (unit // DAY)):
            return last_days(count, now, zone)
        start = now - int(match["count"]) * unit
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
    async with open_app(settings) as app, hold(settings.database_url, Turn.POLL) as ours:
        if ours is None:
            click.echo("execbrief: another poll is running on this database; nothing was asked", err=True)
            return FAILED
        await register_feeds(app.store, settings.feeds_file, utc_now())
        before = {state.id: state.failures for state in await app.store.news.feeds()}
        # told once, in the table below
        logging.getLogger("briefing.pipeline.outage").addFilter(lambda line: line.levelno != logging.WARNING)
        with progress_bar("feeds") as update:
            polled = await app.pipeline.poll_due(update, everything=everything)
        with progress_bar("articles") as update:
            read = await app.pipeline.read_unread(update)
        counts = await app.store.counts()
        after = await app.store.news.feeds()
    click.echo(
        f"{counted(polled.done, 'new entry', 'new entries')}, {counted(read.done, 'article')} read, "
        f"{read.skipped} put off or skipped; in all {counted(counts.articles, 'article')}, "
        f"{counted(counts.stories, 'story', 'stories')}, {counted(counts.facts, 'fact')}"
    )
    failures = [
        (name_of(state.feed), without_credentials(state.feed.url), state.last_error or "")
        for state in after
        if state.failures > before.get(state.id, 0)
    ]
    if failures:
        title = f"{counted(len(failures), 'feed')} failed"
        print_rows(("feed", "address", "what went wrong"), failures, title=title, to=stderr)
    # asked again later each time they fail
    waiting = [
        state.next_poll
        for state in after
        if state.failures and state.failures <= before.get(state.id, 0) and state.next_poll is not None
    ]
    if waiting:
        first, last = (
            f"{when.astimezone(settings.zone):%m-%d %H:%M %Z}" for when in (min(waiting), max(waiting))
        )
        click.echo(
            f"{counted(len(waiting), 'feed')} that failed before not asked: "
            f"next tries from {first} to {last}; execbrief poll --all asks them now",
            err=True,
        )
    return FAILED if failures or polled.problems else 0


@click.command()
@click.argument("words", metavar="QUERY", nargs=-1, required=True)
@click.option("--since", help="7d, 24h, 2w or an ISO date (its midnight); 7d if QUERY names no period.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "md", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option("--evidence", is_flag=True, help="Add the sentence that proves each fact (json always has it).")
@click.option(
    "--lang",
    type=click.Choice([language.value for language in Language]),
    default=Language.KOREAN.value,
    show_default=True,
    help="Language of labels; names and quotations stay as the articles have them.",
)
@command
async def brief(words: tuple[str, ...], since: str | None, form: str, evidence: bool, lang: str) -> int:
    """Briefing from the database: a company (name, alias or stock code), a person, a chat's question.

    QUERY may be several words, with or without quotation marks. It may name a topic and a period
    ("LG전자 AI 30일"), a person ("조주완", "LG전자 조주완"), or be one of "/moves", "/moves 7일",
    "/calendar LG전자".
    """
    settings = settings_and_logs("WARNING")
    period = parse_since(since, utc_now(), settings.zone) if since else None
    async with open_app(settings) as app:
        found = await look_up(app, " ".join(words), period)
        if isinstance(found, str):
            click.echo(f"execbrief: {found}", err=True)
            return FAILED
        with in_language(Language(lang)):
            click.echo(_printed(app, found, form, evidence=evidence))
    return 0


def _printed(app: App, found: Finding, form: str, *, evidence: bool) -> str:
    if form == "json":
        return json.dumps(app.renderer.to_json(found), ensure_ascii=False, indent=2)
    forms: dict[str, Callable[[Part], str]] = {
        "text": functools.partial(to_text, links=True),
        "md": to_markdown,
        "html": lambda part: part.html,
    }
    parts = tuple(part for part in rendered(app, found) if part.attachment is None)
    # a line on who holds a title has its article beside it
    if evidence and not isinstance(found, TitleBrief):
        parts += app.renderer.evidence(*found.stories)
    return "\n\n".join(forms[form](part) for part in parts)


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
    article = await article_at(source, settings)
    if more := further_lines(source):
        click.echo(
            f"execbrief: the first of {counted(more + 1, 'line')}; for the others: "
            f"execbrief extract {source}, or one at a time: sed -n 2p {source} > one.json",
            err=True,
        )
    if isinstance(article, Skipped):
        click.echo(f"execbrief: {source}: {article.reason}", err=True)
        return FAILED
    if published is not None:
        try:
            article = replace(article, published=published.replace(tzinfo=settings.zone).astimezone(UTC))
        except OverflowError:  # 0001-01-01 in Seoul is of the year before in UTC
            raise click.BadParameter(
                "no day of a newspaper; give one like 2026-11-24", param_hint="--published"
            ) from None
    extraction = open_extractor(lexicon).extract(article)
    click.echo(report(article, extraction, settings.zone))
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
        click.echo(counted(0, "difference"))
        return status
    extractor = open_extractor(lexicon, as_written=True)
    shown = 0
    for article, labels in labelled:
        found = extractor.extract(article)
        for difference in differences(article, found, labels):
            if kind is None or difference.kind == kind:
                shown += 1
                click.echo(visible(told(shown, article, found, difference)) + "\n")
            if shown == limit:
                return status
    click.echo(counted(shown, "difference"))
    return status
