"""Run as a program: compose every digest that is due at a moment and deliver until nothing is left."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime

from bot.sender import open_sender
from briefing.compose.render import Renderer
from briefing.deliver import Pace
from briefing.extract import Extractor
from briefing.korean.lexicon import Lexicon
from briefing.pipeline import Pipeline
from briefing.store import open_store
from tests.botapi import TOKEN

PER_SECOND = 200


def no_extractor() -> Extractor:
    raise AssertionError("nothing is read here")


async def main(url: str, api: str, now: datetime) -> None:
    async with open_store(url) as store, open_sender(TOKEN, api) as sender:
        pipeline = Pipeline(
            store=store,
            fetcher=None,
            extractor=no_extractor,
            lexicon=Lexicon((), (), {}, {}, frozenset(), (), ()),
            renderer=Renderer(),
            clock=lambda: now,
            sender=sender,
            pace=Pace(PER_SECOND),
        )
        await pipeline.compose_due()
        report = await pipeline.deliver(asyncio.Event())
        print(report.done, flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])))
