"""extract: JSON Lines in, JSON Lines out; a process of its own that loads nothing of the bot."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from bot.cli.frame import FAILED, command, counted, progress_bar
from briefing.extract import open_extractor
from briefing.extract.jsonl import BadLine, error_line, parse_line, to_json
from briefing.korean.lexicon import Lexicon, load_lexicon, read_register
from briefing.model import Article, Extraction
from briefing.stories.grouping import group

# Lines analysed together: enough for Kiwi's threads, little to hold.
EXTRACT_BATCH = 64


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
@click.option(
    "--companies",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Company register (CSV) to know besides the built-in companies.",
)
@command
async def extract(file: Any, companies: Path | None) -> int:
    """JSON Lines of articles in, JSON Lines of facts out (docs/commands.md)."""
    lexicon = load_lexicon(read_register(companies) if companies else ())
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # programs read it, whatever the console shows
    return _extract(file, sys.stdout, lexicon)


def _extract(lines: Any, out: TextIO, lexicon: Lexicon) -> int:
    parsed: list[Article | BadLine] = []
    # as given, a number or none at all: whoever asks looks its articles up by them
    ids: list[str | int | None] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            parsed.append(item := parse_line(line, number))
            if isinstance(item, Article):
                ids.append(json.loads(line.decode("utf-8-sig")).get("id"))
    articles = [item for item in parsed if isinstance(item, Article)]
    found: list[Extraction] = []
    with progress_bar("articles") as update:
        # Companies as the article writes them: who compares with the article needs no alias table.
        # Loading Kiwi takes seconds; without an article there is no need of it.
        extractor = open_extractor(lexicon, as_written=True) if articles else None
        for start in range(0, len(articles), EXTRACT_BATCH):
            assert extractor is not None, "opened where there are articles"
            found += extractor.extract_batch(articles[start : start + EXTRACT_BATCH])
            update(len(found), len(articles))
    answers = iter(
        {**to_json(article, extraction, story), "id": given}
        for given, article, extraction, story in zip(
            ids, articles, found, group(articles, found), strict=True
        )
    )
    bad = len(parsed) - len(articles)
    for item in parsed:
        answer = next(answers) if isinstance(item, Article) else error_line(item)
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
    out.flush()
    if bad:
        # the lines themselves may have gone into a file
        what = f'{bad} of {counted(len(parsed), "line")} could not be read; see "error" in the output'
        click.echo(f"execbrief: {what}", err=True)
    return FAILED if bad else 0
