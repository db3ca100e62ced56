"""How alike two bodies are, from a few numbers each: one-permutation MinHash over character shingles.

One hash a shingle instead of one a shingle and position: P. Li, A. Owen, C.-H. Zhang, "One Permutation
Hashing", NIPS 2012. Bands for the index: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq
from zlib import crc32

BINS = 64
ROWS = 4  # of a band; 16 bands of 4 meet with even odds at a resemblance of about 0.5
SHINGLE = 6  # letters; Korean words have two or three, so about a word and a half
EMPTY = 2**32 - 1  # no hash is so large; every value fits 32 bits without sign

_LETTERS = re.compile(r"[\W_]+")
_MASK = (1 << 64) - 1
_START, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


def _mixed(text: str) -> int:
    """64 well-mixed bits of a short text, the same on every machine and in every process."""
    value = crc32(text.encode("utf-8", "surrogatepass")) + _START
    value = ((value ^ (value >> 30)) * _FIRST) & _MASK
    value = ((value ^ (value >> 27)) * _SECOND) & _MASK
    return value ^ (value >> 31)


def sketch(text: str) -> tuple[int, ...]:
    """The 64 smallest hashes, one a bin; `EMPTY` where a short text leaves a bin empty."""
    # takes a tenth of a second, which commands that read no article need not spend
    import numpy as np  # noqa: PLC0415

    letters = _LETTERS.sub("", text)
    count = len(letters) - SHINGLE + 1
    if count <= 0:
        return (EMPTY,) * BINS
    points = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    lengths = 1 + (points >= 0x80).astype(np.intp) + (points >= 0x800) + (points >= 0x10000)
    ends = [0, *np.cumsum(lengths).tolist()]
    octets = letters.encode("utf-8", "surrogatepass")
    sums = [crc32(octets[start:end]) for start, end in zip(ends, ends[SHINGLE:], strict=False)]
    # `_mixed` of every shingle at once; numpy's unsigned numbers wrap as the mask does
    values = np.array(sums, dtype=np.uint64) + np.uint64(_START)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_FIRST)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_SECOND)
    values ^= values >> np.uint64(31)
    bins = np.full(BINS, EMPTY, dtype=np.uint64)
    np.minimum.at(bins, (values % np.uint64(BINS)).astype(np.intp), values >> np.uint64(33))
    return tuple(bins.tolist())


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two sketches, 0 to 1; 0 if one has too little to compare."""
    alike = sum(map(eq, one, other))
    # a bin that both leave empty tells nothing
    nothing = list(zip(one, other, strict=False)).count((EMPTY, EMPTY)) if EMPTY in one else 0
    pairs = min(len(one), len(other)) - nothing
    return (alike - nothing) / pairs if pairs >= BINS // 4 else 0.0


def bands(values: Sequence[int]) -> tuple[str, ...]:
    """Index keys of which two texts of resemblance ≥ 0.5 probably share one; none for empty bands."""
    keys = []
    for band in range(len(values) // ROWS):
        rows = values[band * ROWS : (band + 1) * ROWS]
        if EMPTY not in rows:
            keys.append(f"b{band}:{_mixed(' '.join(map(str, rows))) & 0xFFFFFFFF:08x}")
    return tuple(keys)


def short_hash(text: str) -> str:
    """Eight hexadecimal digits that stand for a text in keys and terms."""
    return f"{_mixed(text) & 0xFFFFFFFF:08x}"
