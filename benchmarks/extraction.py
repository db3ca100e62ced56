"""Extraction time as a multiple of one plain Kiwi pass over the same text.

Two streams: articles that hold executive news, and a mixed stream in which nine of ten do not.
Texts are the labelled corpus beside the checkout when it is there (never committed), else the
articles of the sample newsroom, repeated.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.newsroom import NOW, Newsroom
from briefing.collect.articles import read_article
from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Fetcher
from briefing.extract import open_extractor
from briefing.korean.kiwi import load_analyzer
from briefing.korean.lexicon import load_lexicon
from briefing.model import Article, Entry, Fetched, Polled

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
ROUNDS = 3
BATCH = 16


def corpus_articles() -> tuple[list[Article], list[Article]]:
    """Relevant and irrelevant articles of the corpus."""
    relevant: list[Article] = []
    irrelevant: list[Article] = []
    for name in ("dev.jsonl", "realnews_dev.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            published = row.get("published")
            article = Article(
                id=row["id"],
                text=row["text"],
                title=row.get("title") or "",
                published=datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None,
            )
            (relevant if row["relevant"] else irrelevant).append(article)
    return relevant, irrelevant


async def newsroom_articles() -> tuple[list[Article], list[Article]]:
    """The sample newsroom's articles; the extractor itself says which are relevant."""
    articles: list[Article] = []
    async with Newsroom() as newsroom, Fetcher(allow_private_network=True) as fetcher:
        for feed in newsroom.feeds:
            fetched = await fetcher.get(feed.url)
            assert isinstance(fetched, Fetched)
            polled = parse_feed(fetched, feed, NOW)
            assert isinstance(polled, Polled)
            articles += [await _page(fetcher, entry) for entry in polled.entries]
    extractor = open_extractor(load_lexicon())
    marks = [found.relevant for found in extractor.extract_batch(articles)]
    return (
        [article for article, mark in zip(articles, marks, strict=True) if mark],
        [article for article, mark in zip(articles, marks, strict=True) if not mark],
    )


async def _page(fetcher: Fetcher, entry: Entry) -> Article:
    fetched = await fetcher.get(entry.url)
    assert isinstance(fetched, Fetched)
    article = read_article(fetched, entry)
    assert isinstance(article, Article)
    return article


def best(run: Callable[[], object]) -> float:
    """Seconds of the quickest of `ROUNDS` runs."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    if CORPUS.is_dir():
        relevant, irrelevant = corpus_articles()
        source = "corpus"
    else:
        relevant, irrelevant = asyncio.run(newsroom_articles())
        source = "newsroom"
    pick = random.Random(0)
    mixed = [pick.choice(relevant) for _ in range(20)] + [pick.choice(irrelevant) for _ in range(180)]
    pick.shuffle(mixed)

    analyzer = load_analyzer()
    extractor = open_extractor(load_lexicon())
    print(
        f"texts from the {source}: {len(relevant)} relevant, {len(irrelevant)} not; "
        f"mixed stream of {len(mixed)}"
    )
    for name, articles in (("relevant", relevant), ("mixed", mixed)):
        texts = [article.text for article in articles]

        def floor(texts: list[str] = texts) -> None:
            for at in range(0, len(texts), BATCH):
                analyzer.analyze(texts[at : at + BATCH])

        def ours(articles: list[Article] = articles) -> None:
            for at in range(0, len(articles), BATCH):
                extractor.extract_batch(articles[at : at + BATCH])

        kiwi, extraction = best(floor), best(ours)
        size = sum(map(len, texts))
        print(
            f"{name:9} {len(articles):4} articles {size:8,} characters  kiwi {kiwi:6.2f} s  "
            f"extraction {extraction:6.2f} s  ratio {extraction / kiwi:.2f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(f"peak resident memory {peak:.0f} MiB (two Kiwi models loaded)")


if __name__ == "__main__":
    main()
