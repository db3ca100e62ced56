"""Run as a program: one whole round of polling over real HTTP, until it is killed or done."""

from __future__ import annotations

import asyncio
import sys

from briefing.collect.fetch import Fetcher
from briefing.compose.render import Renderer
from briefing.extract import Extractor
from briefing.korean.lexicon import Lexicon
from briefing.pipeline import Pipeline
from briefing.store import open_store
from tests.store.making import NOW


def no_extractor() -> Extractor:
    raise AssertionError("nothing is read here")


async def main(url: str) -> None:
    async with open_store(url) as store, Fetcher(allow_private_network=True, per_host=8) as fetcher:
        pipeline = Pipeline(
            store=store,
            fetcher=fetcher,
            extractor=no_extractor,
            lexicon=Lexicon((), (), {}, {}, frozenset(), (), ()),
            renderer=Renderer(),
            clock=lambda: NOW,
        )
        report = await pipeline.poll_due(everything=True)
        print("done", report.done, flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
