"""How alike two bodies are, from a few numbers each: one-permutation MinHash over character shingles.

One hash a shingle instead of one a shingle and position: P. Li, A. Owen, C.-H. Zhang, "One Permutation
Hashing", NIPS 2012. Bands for the index: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from operator import eq

BINS = 64
ROWS = 4  # of a band; 16 bands of 4 meet with even odds at a resemblance of about 0.5
SHINGLE = 6  # letters; Korean words have two or three, so about a word and a half
EMPTY = 2**32 - 1  # no hash is so large; every value fits 32 bits without sign

_LETTERS = re.compile(r"[\W_]+")
_MASK = (1 << 64) - 1


def _mixed(text: str) -> int:
    """64 well-mixed bits of a short text, the same on every machine and in every process."""
    value = zlib.crc32(text.encode("utf-8", "surrogatepass")) + 0x9E3779B97F4A7C15
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def sketch(text: str) -> tuple[int, ...]:
    """The 64 smallest hashes, one a bin; `EMPTY` where a short text leaves a bin empty."""
    letters = _LETTERS.sub("", text)
    bins = [EMPTY] * BINS
    for start in range(max(len(letters) - SHINGLE + 1, 0)):
        value = _mixed(letters[start : start + SHINGLE])
        place, rest = value % BINS, value >> 33
        if bins[place] == EMPTY or rest < bins[place]:
            bins[place] = rest
    return tuple(bins)


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated Jaccard similarity of two sketches, 0 to 1; 0 if one has too little to compare."""
    alike = list(map(eq, one, other))
    # a bin that both leave empty tells nothing
    nothing = sum(a == b == EMPTY for a, b in zip(one, other, strict=False)) if EMPTY in one else 0
    pairs = len(alike) - nothing
    return (sum(alike) - nothing) / pairs if pairs >= BINS // 4 else 0.0


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
