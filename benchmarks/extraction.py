"""Extraction time as a multiple of one plain Kiwi pass over the same text.

Three streams: articles that hold executive news, a mixed stream in which nine of ten do not, and the same
without those of the nine that name an executive all the same (court cases, gifts, interviews: their people
have to be read, so no gate may stop them).
Texts are the labelled corpus beside the checkout when it is there (never committed), else the
articles of the sample newsroom, repeated.
"""

from __future__ import annotations

import asyncio
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
from briefing.model import Article, Entry, Fetched, Polled, QuotedBy

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
ROUNDS = 5
BATCH = 16


def corpus_articles() -> tuple[list[Article], list[Article], list[Article]]:
    """Relevant and irrelevant articles of the corpus, and those irrelevant that label no executive."""
    relevant: list[Article] = []
    irrelevant: list[Article] = []
    nobody: list[Article] = []
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
            if not row["relevant"] and not any(person["executive"] for person in row.get("people", ())):
                nobody.append(article)
    return relevant, irrelevant, nobody


async def newsroom_articles() -> tuple[list[Article], list[Article], list[Article]]:
    """The sample newsroom's articles; the extractor itself says which are relevant and name an executive."""
    articles: list[Article] = []
    async with Newsroom() as newsroom, Fetcher(allow_private_network=True) as fetcher:
        for feed in newsroom.feeds:
            fetched = await fetcher.get(feed.url)
            assert isinstance(fetched, Fetched)
            polled = parse_feed(fetched, feed, NOW)
            assert isinstance(polled, Polled)
            articles += [await _page(fetcher, entry) for entry in polled.entries]
    extractor = open_extractor(load_lexicon())
    read = list(zip(articles, extractor.extract_batch(articles), strict=True))
    return (
        [article for article, found in read if found.relevant],
        [article for article, found in read if not found.relevant],
        [article for article, found in read if not found.relevant and not found.people],
    )


async def _page(fetcher: Fetcher, entry: Entry) -> Article:
    fetched = await fetcher.get(entry.url)
    assert isinstance(fetched, Fetched)
    article = read_article(fetched, entry)
    assert isinstance(article, Article)
    return article


def best(runs: Sequence[Callable[[list[Article]], object]], stream: list[Article]) -> list[float]:
    """Seconds that each of the runs takes for a stream in batches, the quickest of `ROUNDS` for each batch.

    The runs take turns at every batch: a machine that is slow for a while is so for all of them. The
    quickest of whole passes would hold what else the machine did in these seconds.
    """
    batches = [stream[at : at + BATCH] for at in range(0, len(stream), BATCH)]
    least = [[math.inf] * len(batches) for _ in runs]
    for _ in range(ROUNDS):
        for n, batch in enumerate(batches):
            for run, seconds in zip(runs, least, strict=True):
                start = time.perf_counter()
                run(batch)
                seconds[n] = min(seconds[n], time.perf_counter() - start)
    return [sum(seconds) for seconds in least]


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
    relevant, irrelevant, _ = articles()
    extractor = open_extractor(load_lexicon())
    for at in range(0, len(relevant) + len(irrelevant), BATCH):
        extractor.extract_batch([*relevant, *irrelevant][at : at + BATCH])
    return peak_of_this_process()


def peak_of_this_process() -> int:
    """Peak resident memory in MiB; Linux' ru_maxrss of a child begins at what its parent had at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size // (1024 if sys.platform != "darwin" else 1024**2)


def gate_losses(relevant: list[Article], irrelevant: list[Article]) -> str:
    """What stopping and reading in part cost, against the reading of every sentence."""
    extractor = open_extractor(load_lexicon())
    lost = whole = articles = 0
    for n, article in enumerate((*relevant, *irrelevant)):
        full = extractor.extract_document(extractor.document(article))
        found = extractor.extract(article)
        articles += n < len(relevant) and full.relevant and not found.relevant
        for name in ("moves", "activities"):
            whole += len(getattr(full, name))
            lost += max(0, len(getattr(full, name)) - len(getattr(found, name)))
        said = {(q.text, q.speaker) for q in found.quotes}
        quotes = [q for q in full.quotes if q.by is QuotedBy.EXECUTIVE]
        whole += len(quotes)
        lost += sum((q.text, q.speaker) not in said for q in quotes)
    return f"articles {articles} of {len(relevant)}, facts {lost} of {whole} ({lost / max(1, whole):.2%})"


def long_texts(kiwi: Kiwi, relevant: list[Article]) -> Iterator[str]:
    """Long inputs: seconds, their ratio to a plain Kiwi pass, and that of twice the length to the length."""
    extractor = open_extractor(load_lexicon())
    page = "\n".join(article.text for article in relevant[:60])
    names = [
        f"{a}{b}{c}" for a in "김이박최정강조윤장임" for b in "서도하민지유준현태은" for c in "우진호연성훈"
    ]
    rows = (names * 10)[:5000]
    texts = {
        "articles, 1 MB": (page * (1 + 350_000 // len(page)))[:350_000],
        "5,000 names on one line": "[인사] 가람전자 <상무 승진> " + " ".join(f"▲{n}" for n in rows),
        "5,000 names in rows": "[인사] 가람전자\n<상무 승진>\n" + "\n".join(f"▲영업담당 {n}" for n in rows),
        "one sentence without an end": "가람전자 김서우 대표는 시장을 넓히고 " * 9000,
    }
    for name, text in texts.items():
        half = Article("half", text[: len(text) // 2])
        start = time.perf_counter()
        extractor.extract(half)
        middle = time.perf_counter()
        extractor.extract(Article("whole", text))
        end = time.perf_counter()
        kiwi.tokenize(text)
        floor = time.perf_counter() - end
        yield (
            f"{name:28} {len(text):8,} characters {end - middle:6.2f} s  kiwi {floor:5.2f} s  "
            f"twice the length takes {(end - middle) / (middle - start):.1f} times as long"
        )


def articles() -> tuple[list[Article], list[Article], list[Article]]:
    """Articles: relevant, irrelevant, irrelevant without an executive; of the corpus, else the newsroom."""
    return corpus_articles() if CORPUS.is_dir() else asyncio.run(newsroom_articles())


def mixed_stream(relevant: list[Article], others: list[Article]) -> list[Article]:
    """200 articles drawn from both, one in ten relevant, the same in every run."""
    pick = random.Random(0)
    mixed = [pick.choice(relevant) for _ in range(20)] + [pick.choice(others) for _ in range(180)]
    pick.shuffle(mixed)
    return mixed


def main() -> None:
    relevant, irrelevant, nobody = articles()
    mixed, plain_mix = mixed_stream(relevant, irrelevant), mixed_stream(relevant, nobody)
    kiwi = Kiwi(load_multi_dict=False)
    extractor = open_extractor(load_lexicon())
    print(
        f"texts from the {'corpus' if CORPUS.is_dir() else 'newsroom'}: {len(relevant)} relevant, "
        f"{len(irrelevant)} not, {len(nobody)} of them without an executive; mixed streams of {len(mixed)}"
    )
    print("floor: one plain pass, kiwi.tokenize(text) for each text; in brackets kiwi.tokenize(list)")
    kinds = (("relevant", relevant), ("irrelevant", irrelevant), ("without executive", nobody))
    passed = [f"{sum(map(passes, kind))} of {len(kind)} {name}" for name, kind in kinds]
    print(f"gate passes {', '.join(passed)}")

    def plain(batch: list[Article]) -> None:
        for article in batch:
            kiwi.tokenize(article.text)

    def batched(batch: list[Article]) -> None:
        list(kiwi.tokenize([article.text for article in batch]))

    for name, stream in (("relevant", relevant), ("mixed", mixed), ("mixed, no executive", plain_mix)):
        floor, threads, extraction = best((plain, batched, extractor.extract_batch), stream)
        print(
            f"{name:19} {len(stream):4} articles {sum(len(a.text) for a in stream):8,} characters  "
            f"kiwi {floor:5.2f} s ({threads:.2f})  extraction {extraction:5.2f} s  "
            f"ratio {extraction / floor:.2f} ({extraction / threads:.2f})"
        )
    print(f"lost by reading in part: {gate_losses(relevant, irrelevant)}")
    for line in long_texts(kiwi, relevant):
        print(line)
    print(f"peak resident memory of extraction alone {peak_memory()} MiB")


if __name__ == "__main__":
    main()
