"""Run as a program: write every digest that is due at NOW, once told to begin."""

from __future__ import annotations

import asyncio
import sys

from briefing.compose.render import Renderer
from briefing.extract import Extractor
from briefing.korean.lexicon import Lexicon
from briefing.pipeline import Pipeline
from briefing.store import open_store
from tests.store.making import NOW


def no_extractor() -> Extractor:
    raise AssertionError("nothing is read here")


async def main(url: str) -> None:
    async with open_store(url) as store:
        pipeline = Pipeline(
            store=store,
            fetcher=None,
            extractor=no_extractor,
            lexicon=Lexicon((), (), {}, {}, frozenset(), (), ()),
            renderer=Renderer(),
            clock=lambda: NOW,
        )
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        report = await pipeline.compose_due()
        print(report.done, len(report.problems), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
