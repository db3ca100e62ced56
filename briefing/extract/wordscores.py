"""Learned weights of words, by hash: what a word says for or against business (data/strategic.bin).

The file holds numbers only: for each word of Kiwi's dictionary a hash and three weights (inside the
quotation, in front of it, behind it), and for endings and particles a hash and one weight.
`python -m benchmarks.strategic_weights` makes it.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from briefing.errors import DataError

FILE = "strategic.bin"
MAGIC = b"EBW2"
_HEAD = struct.Struct("<4sII4f")
_STEPS = 127  # a weight is a whole number of steps up to the largest one


def word_hash(word: str) -> int:
    """Hash of a morpheme written as form and tag."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


class WordRows:
    """Rows of words in a table sorted by hash.

    Args:
        hashes: Of the rows in order, four bytes each, little-endian.
    """

    def __init__(self, hashes: bytes) -> None:
        self._hashes = array("I", hashes)
        if sys.byteorder == "big":
            self._hashes.byteswap()
        # few words come again and again
        self.row = lru_cache(maxsize=20_000)(self._row)

    def _row(self, word: str) -> int | None:
        """The row of a word, or None."""
        key = word_hash(word)
        at = bisect_left(self._hashes, key)
        return at if at < len(self._hashes) and self._hashes[at] == key else None

    def rows(self, words: Iterable[str]) -> list[int]:
        """Rows of the words that are known, each as often as it is given."""
        return [row for word in words if (row := self.row(word)) is not None]


class _Table:
    """Weights by hash, in columns."""

    def __init__(self, rows: WordRows, columns: tuple[tuple[array[int], float], ...]) -> None:
        self._rows = rows
        self._columns = columns

    def mean(self, words: Iterable[str], column: int) -> float:
        """Sum of the weights of known words, divided by the square root of their number."""
        weights, step = self._columns[column]
        rows = self._rows.rows(words)
        return sum(weights[row] for row in rows) * step / math.sqrt(len(rows)) if rows else 0.0


class WordScores:
    """The weights of one file."""

    def __init__(self, data: bytes) -> None:
        where = f"briefing/data/{FILE}"
        if len(data) < _HEAD.size:
            raise DataError(where, "is cut off")
        magic, words, forms, *steps = _HEAD.unpack_from(data)
        if magic != MAGIC or len(data) != _HEAD.size + words * 7 + forms * 5:
            raise DataError(where, "is no table of word weights")
        at = _HEAD.size
        parts: list[bytes] = []
        for size in (words * 4, words, words, words, forms * 4, forms):
            parts.append(data[at : at + size])
            at += size
        columns = tuple((array("b", part), step) for part, step in zip(parts[1:4], steps, strict=False))
        self._words = _Table(WordRows(parts[0]), columns)
        self._forms = _Table(WordRows(parts[4]), ((array("b", parts[5]), steps[3]),))

    @staticmethod
    @cache
    def shipped() -> WordScores:
        """The weights that come with the package."""
        return WordScores((files("briefing") / "data" / FILE).read_bytes())

    def score(
        self, words: Iterable[str], around: Iterable[str], behind: Iterable[str], forms: Collection[str]
    ) -> float:
        """What the words of a quotation and around it say together: above zero for business."""
        said = (self._words.mean(place, n) for n, place in enumerate((words, around, behind)))
        return sum(said) + self._forms.mean(forms, 0)


def packed(words: Mapping[str, tuple[float, float, float]], forms: Mapping[str, float]) -> bytes:
    """The file's bytes for weights by word (inside, in front, behind) and by ending."""
    rows = sorted((word_hash(w), *places) for w, places in words.items())
    endings = sorted((word_hash(w), weight) for w, weight in forms.items())
    columns = [[row[n] for row in rows] for n in (1, 2, 3)] + [[weight for _, weight in endings]]
    steps = [max((abs(v) for v in c), default=0.0) / _STEPS or 1.0 for c in columns]
    *places, ending = (
        struct.pack(f"<{len(c)}b", *(round(v / s) for v in c)) for c, s in zip(columns, steps, strict=True)
    )
    return b"".join(
        (
            _HEAD.pack(MAGIC, len(rows), len(endings), *steps),
            struct.pack(f"<{len(rows)}I", *(row[0] for row in rows)),
            *places,
            struct.pack(f"<{len(endings)}I", *(e[0] for e in endings)),
            ending,
        )
    )
