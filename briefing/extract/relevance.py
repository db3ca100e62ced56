"""How much an article looks like news of executives, by the beginnings and ends of its words.

Learned weights (data/relevance.bin): numbers by hash of a word's part, one for the headline and one for the
text. `python -m benchmarks.relevance_weights` makes the file. No morphemes take part, so that an article can
be judged before the analyzer runs; a word costs one look into a cache.
"""

from __future__ import annotations

import math
import re
import struct
from array import array
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from briefing.errors import DataError
from briefing.extract.wordscores import WordRows, word_hash
from briefing.model import Article

FILE = "relevance.bin"
MAGIC = b"EBR1"
_HEAD = struct.Struct("<4sI2f")
# A weight is a whole number of steps up to the largest one.
_STEPS = 127
# More than the parts of any article's words.
_KNOWN = 1 << 32
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
# Characters that are looked at: what an article is about stands in its beginning.
_LOOKED_AT = 2000
# Parts of the headline are other ones than those of the text.
_HEADLINE = "^"


def word_parts(word: str) -> tuple[str, ...]:
    """The first two and three and the last two and three characters of a word, ends marked with a hyphen."""
    ends = (word[:2], "-" + word[-2:])
    return (*ends, word[:3], "-" + word[-3:]) if len(word) > 2 else ends


def article_words(article: Article) -> list[str]:
    """Each word of headline and text once, those of the headline marked."""
    headline = [_HEADLINE + word for word in set(_WORD.findall(article.title))]
    return [*headline, *set(_WORD.findall(article.text, 0, _LOOKED_AT))]


def marked_parts(word: str) -> tuple[str, ...]:
    """The parts of a word as `article_words` gives it, with the mark of the headline."""
    if word.startswith(_HEADLINE):
        return tuple(_HEADLINE + part for part in word_parts(word[1:]))
    return word_parts(word)


class RelevanceWeights:
    """The weights of one file."""

    def __init__(self, data: bytes) -> None:
        where = f"briefing/data/{FILE}"
        if len(data) < _HEAD.size:
            raise DataError(where, "is cut off")
        magic, parts, step, bias = _HEAD.unpack_from(data)
        if magic != MAGIC or len(data) != _HEAD.size + parts * 5:
            raise DataError(where, "is no table of weights of relevance")
        self._step, self._bias = float(step), float(bias)
        self._rows = WordRows(data[_HEAD.size : _HEAD.size + parts * 4])
        self._weights = array("b", data[_HEAD.size + parts * 4 :])
        # most words come again and again
        self._of = lru_cache(maxsize=20_000)(self._word)

    @staticmethod
    @cache
    def shipped() -> RelevanceWeights:
        """The weights that come with the package."""
        return RelevanceWeights((files("briefing") / "data" / FILE).read_bytes())

    def _word(self, word: str) -> int:
        """Weight of a word in steps and how many of its parts are known, in one number: `sum` adds both."""
        rows = self._rows.rows(marked_parts(word))
        return sum(self._weights[row] for row in rows) * _KNOWN + len(rows)

    def score(self, words: Iterable[str]) -> float:
        """What words (`article_words`) say together: above 0 for more likely relevant than not."""
        total, known = divmod(sum(map(self._of, words)), _KNOWN)
        return self._bias + (total * self._step / math.sqrt(known) if known else 0.0)


def relevance(article: Article) -> float:
    """How much an article looks like news of executives: log odds, above 0 for more likely than not."""
    return _relevance(article.title, article.text)


@lru_cache(maxsize=32)  # asked twice of an article, one right behind the other
def _relevance(title: str, text: str) -> float:
    return RelevanceWeights.shipped().score(article_words(Article(id="", text=text, title=title)))


def packed(weights: Mapping[str, float], bias: float) -> bytes:
    """The file's bytes for weights by part and what holds without any."""
    rows = sorted((word_hash(part), weight) for part, weight in weights.items())
    step = max((abs(weight) for _, weight in rows), default=0.0) / _STEPS or 1.0
    return b"".join(
        (
            _HEAD.pack(MAGIC, len(rows), step, bias),
            struct.pack(f"<{len(rows)}I", *(key for key, _ in rows)),
            struct.pack(f"<{len(rows)}b", *(round(weight / step) for _, weight in rows)),
        )
    )
