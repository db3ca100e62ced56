"""Learned weights of words, by hash: what a word says for or against business (data/strategic.bin).

The file holds numbers only: for each word of Kiwi's dictionary a hash and two weights (inside the quotation,
in front of it), and the same for endings and particles. `python -m benchmarks.strategic_weights` makes it.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files

from briefing.errors import DataError

FILE = "strategic.bin"
MAGIC = b"EBW1"
_HEAD = struct.Struct("<4sII3f")
_STEPS = 127  # a weight is a whole number of steps up to the largest one


def word_hash(word: str) -> int:
    """Hash of a morpheme written as form and tag."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


class _Table:
    """Weights by hash, in columns."""

    def __init__(self, hashes: array[int], columns: tuple[tuple[array[int], float], ...]) -> None:
        self._hashes = hashes
        self._columns = columns

    def mean(self, words: Iterable[str], column: int) -> float:
        """Sum of the weights of known words, divided by the square root of their number."""
        weights, step = self._columns[column]
        total = known = 0
        for word in words:
            key = word_hash(word)
            at = bisect_left(self._hashes, key)
            if at < len(self._hashes) and self._hashes[at] == key:
                total += weights[at]
                known += 1
        return total * step / math.sqrt(known) if known else 0.0


class WordScores:
    """The weights of one file."""

    def __init__(self, data: bytes) -> None:
        where = f"briefing/data/{FILE}"
        if len(data) < _HEAD.size:
            raise DataError(where, "is cut off")
        magic, words, forms, *steps = _HEAD.unpack_from(data)
        if magic != MAGIC or len(data) != _HEAD.size + words * 6 + forms * 5:
            raise DataError(where, "is no table of word weights")
        at = _HEAD.size
        columns: list[array[int]] = []
        for kind, count in (("I", words), ("b", words), ("b", words), ("I", forms), ("b", forms)):
            column = array(kind)
            size = count * column.itemsize
            column.frombytes(data[at : at + size])
            if kind == "I" and sys.byteorder == "big":
                column.byteswap()
            columns.append(column)
            at += size
        self._words = _Table(columns[0], ((columns[1], steps[0]), (columns[2], steps[1])))
        self._forms = _Table(columns[3], ((columns[4], steps[2]),))

    @staticmethod
    @cache
    def shipped() -> WordScores:
        """The weights that come with the package."""
        return WordScores((files("briefing") / "data" / FILE).read_bytes())

    def score(self, words: Iterable[str], around: Iterable[str], forms: Collection[str]) -> float:
        """What the words of a quotation say together: above zero for business."""
        return self._words.mean(words, 0) + self._words.mean(around, 1) + self._forms.mean(forms, 0)


def packed(words: Mapping[str, tuple[float, float]], forms: Mapping[str, float]) -> bytes:
    """The file's bytes for weights by word (inside, in front) and by ending."""
    rows = sorted((word_hash(w), *both) for w, both in words.items())
    endings = sorted((word_hash(w), weight) for w, weight in forms.items())
    columns = [[r[1] for r in rows], [r[2] for r in rows], [e[1] for e in endings]]
    steps = [max((abs(v) for v in c), default=0.0) / _STEPS or 1.0 for c in columns]
    inside, front, ending = (
        struct.pack(f"<{len(c)}b", *(round(v / s) for v in c)) for c, s in zip(columns, steps, strict=True)
    )
    return b"".join(
        (
            _HEAD.pack(MAGIC, len(rows), len(endings), *steps),
            struct.pack(f"<{len(rows)}I", *(r[0] for r in rows)),
            inside,
            front,
            struct.pack(f"<{len(endings)}I", *(e[0] for e in endings)),
            ending,
        )
    )
