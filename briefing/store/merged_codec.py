"""Merged facts to and from bytes: JSON, compressed, because several articles quote the same sentences."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from briefing.model import Conflict, MergedFact, Source
from briefing.store.codec import decode_fact, decode_resolution, encode_fact, encode_resolution, fact_kind

_LEVEL = 1  # a third of the size already; higher ones take longer and save little


def pack_merged(facts: Sequence[MergedFact]) -> bytes:
    """Facts of one story with all their sources, each article and each source told once."""
    articles: dict[int, int] = {}
    told: list[list[Any]] = []
    sources: dict[int, int] = {}
    listed: list[list[Any]] = []

    def place(source: Source | None) -> int | None:
        """Where a source stands in `listed`."""
        if source is None:
            return None
        if id(source) not in sources:
            if source.article_id not in articles:
                articles[source.article_id] = len(told)
                published = source.published.isoformat()
                told.append([source.article_id, source.outlet, source.url, source.title, published])
            sources[id(source)] = len(listed)
            listed.append(
                [
                    articles[source.article_id],
                    source.sentence,
                    [encode_resolution(one) for one in source.resolutions],
                    _iso(source.corrected_at),
                    # facts of one article may have been read at different times
                    _iso(source.read_at),
                ]
            )
        return sources[id(source)]

    def conflict(one: Conflict) -> list[Any]:
        day = one.value.isoformat() if isinstance(one.value, date) else None
        return [one.field, day or one.value, day is not None, [place(source) for source in one.sources]]

    whole = [
        [
            fact_kind(merged.fact),
            encode_fact(merged.fact),
            [place(source) for source in merged.sources],
            place(merged.proof),
            [conflict(one) for one in merged.conflicts],
            place(merged.corrected),
            place(merged.rumoured),
        ]
        for merged in facts
    ]
    data = json.dumps([told, listed, whole], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(data.encode("utf-8", "surrogatepass"), _LEVEL)


@lru_cache(maxsize=2048)
def unpack_merged(data: bytes | None) -> tuple[MergedFact, ...]:
    """The facts back; those that are asked for again and again (some 10 KB each) stay unpacked.

    Raises:
        ValueError: This is nothing that `pack_merged` gave, or nothing at all.
    """
    if data is None:
        raise ValueError("nothing is kept")
    try:
        return _unpacked(data)
    except (zlib.error, LookupError, TypeError, AttributeError) as error:
        raise ValueError(repr(error)) from error


def _unpacked(data: bytes) -> tuple[MergedFact, ...]:
    told, listed, whole = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    published = [datetime.fromisoformat(article[4]) for article in told]
    sources = []
    for at, sentence, resolutions, corrected_at, read_at in listed:
        article_id, outlet, url, title, _ = told[at]
        sources.append(
            Source(
                article_id,
                outlet,
                url,
                title,
                published[at],
                sentence,
                tuple([decode_resolution(one) for one in resolutions]) if resolutions else (),
                _moment(read_at),
                _moment(corrected_at),
            )
        )

    def source(place: int | None) -> Source | None:
        return None if place is None else sources[place]

    return tuple(
        [
            MergedFact(
                decode_fact(kind, fact),
                tuple([sources[place] for place in places]),
                source(proof),
                tuple(
                    [
                        Conflict(
                            field,
                            date.fromisoformat(value) if is_day else value,
                            tuple([sources[place] for place in by]),
                        )
                        for field, value, is_day, by in conflicts
                    ]
                ),
                source(corrected),
                source(rumoured),
            )
            for kind, fact, places, proof, conflicts, corrected, rumoured in whole
        ]
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)
