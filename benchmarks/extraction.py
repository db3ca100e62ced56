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
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiwipiepy import Kiwi

from bot.newsroom import NOW, Newsroom
from briefing.collect.articles import read_article
from briefing.collect.feeds import parse_feed
from briefing.collect.fetch import Fetcher
from briefing.extract import open_extractor
from briefing.extract.gate import passes
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


def peak_memory() -> int:
    """MiB at most in a fresh process that extracts every text once."""
    done = subprocess.run(
        [sys.executable, "-c", "from benchmarks.extraction import extract_all; print(extract_all())"],
        check=True,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.split()[-1])


def extract_all() -> int:
    """Extract every text once; the peak resident memory of this process in MiB."""
    relevant, irrelevant = articles()
    extractor = open_extractor(load_lexicon())
    for at in range(0, len(relevant) + len(irrelevant), BATCH):
        extractor.extract_batch([*relevant, *irrelevant][at : at + BATCH])
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size // (1024 if sys.platform != "darwin" else 1024**2)


def articles() -> tuple[list[Article], list[Article]]:
    """Relevant and irrelevant articles: the corpus, else the newsroom."""
    return corpus_articles() if CORPUS.is_dir() else asyncio.run(newsroom_articles())


def main() -> None:
    relevant, irrelevant = articles()
    pick = random.Random(0)
    mixed = [pick.choice(relevant) for _ in range(20)] + [pick.choice(irrelevant) for _ in range(180)]
    pick.shuffle(mixed)
    kiwi = Kiwi(load_multi_dict=False)
    extractor = open_extractor(load_lexicon())
    print(
        f"texts from the {'corpus' if CORPUS.is_dir() else 'newsroom'}: {len(relevant)} relevant, "
        f"{len(irrelevant)} not; mixed stream of {len(mixed)}"
    )
    print("floor: one plain pass, kiwi.tokenize(text) for each text; in brackets kiwi.tokenize(list)")
    passed = sum(map(passes, relevant)), sum(map(passes, irrelevant))
    print(f"gate passes {passed[0]} of {len(relevant)}, {passed[1]} of {len(irrelevant)}")
    for name, stream in (("relevant", relevant), ("mixed", mixed)):
        texts = [article.text for article in stream]

        def plain(texts: list[str] = texts) -> None:
            for text in texts:
                kiwi.tokenize(text)

        def batched(texts: list[str] = texts) -> None:
            list(kiwi.tokenize(texts))

        def ours(stream: list[Article] = stream) -> None:
            for at in range(0, len(stream), BATCH):
                extractor.extract_batch(stream[at : at + BATCH])

        floor, threads, extraction = best(plain), best(batched), best(ours)
        print(
            f"{name:9} {len(stream):4} articles {sum(map(len, texts)):8,} characters  "
            f"kiwi {floor:5.2f} s ({threads:.2f})  extraction {extraction:5.2f} s  "
            f"ratio {extraction / floor:.2f} ({extraction / threads:.2f})"
        )
    print(f"peak resident memory of extraction alone {peak_memory()} MiB")


if __name__ == "__main__":
    main()
