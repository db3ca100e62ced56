"""Learned weights for deeds that no rule tells: what words say for each kind (data/deeds.bin).

The file holds numbers only: for each word of Kiwi's dictionary a hash and one weight for each place it may
stand in and each kind of activity, the same for endings and particles, and for signs such as "the occasion
was named just before". `python -m benchmarks.deed_weights` makes it.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Any, Final

import numpy as np

from briefing.errors import DataError
from briefing.extract.wordscores import WordRows, word_hash
from briefing.model import ActivityKind

FILE: Final = "deeds.bin"
MAGIC: Final = b"EBD1"
KINDS: Final = tuple(ActivityKind)
_HEAD: Final = struct.Struct("<4sI")
# A weight is a whole number of steps up to the largest one of its place.
_STEPS: Final = 127

Array = np.ndarray[Any, np.dtype[Any]]


class DeedWeights:
    """The weights of one file.

    Attributes:
        places: Where words may stand, as the file names them.
    """

    def __init__(self, data: bytes) -> None:
        where = f"briefing/data/{FILE}"
        try:
            magic, size = _HEAD.unpack_from(data)
            head = json.loads(data[_HEAD.size : _HEAD.size + size])
            self.places: tuple[str, ...] = tuple(head["places"])
            self._signs = {name: n for n, name in enumerate(head["signs"])}
            self._told = np.array(list(head["signs"].values()), dtype=float)
            self._steps = np.array(head["steps"])
            words, forms = int(head["words"]), int(head["forms"])
        except (struct.error, ValueError, KeyError, TypeError):
            raise DataError(where, "is no table of deeds' weights") from None
        shape = (words, len(self.places), len(KINDS))
        at = _HEAD.size + size
        if magic != MAGIC or len(data) != at + 4 * words + math.prod(shape) + forms * (4 + len(KINDS)):
            raise DataError(where, "is cut off, or no table of deeds' weights")
        self._words = WordRows(data[at : at + 4 * words])
        at += words * 4
        self._weights = np.frombuffer(data, "i1", math.prod(shape), at).reshape(shape)
        at += self._weights.size
        self._forms = WordRows(data[at : at + 4 * forms])
        at += forms * 4
        self._endings = np.frombuffer(data, "i1", forms * len(KINDS), at).reshape(forms, len(KINDS))

    @staticmethod
    @cache
    def shipped() -> DeedWeights:
        """The weights that come with the package."""
        return DeedWeights((files("briefing") / "data" / FILE).read_bytes())

    def scores(
        self, words: Mapping[str, Sequence[str]], forms: Collection[str], signs: Mapping[str, float]
    ) -> dict[ActivityKind, float]:
        """What all says together for each kind: above zero for more likely than not.

        Args:
            words: By place, morphemes as form and tag (악수/NNG); places the file lacks say nothing.
            forms: Endings and particles.
            signs: By name; names the file lacks say nothing.
        """
        known = [n for n in signs if n in self._signs]
        total = np.array([signs[n] for n in known]) @ self._told[[self._signs[n] for n in known]]
        for number, place in enumerate(self.places):
            rows = self._words.rows(words.get(place, ()))
            if rows:
                total += self._weights[rows, number].sum(axis=0) * (
                    self._steps[number] / math.sqrt(len(rows))
                )
        rows = self._forms.rows(forms)
        if rows:
            total += self._endings[rows].sum(axis=0) * (self._steps[-1] / math.sqrt(len(rows)))
        return dict(zip(KINDS, total.tolist(), strict=True))


def packed(
    places: Sequence[str], words: Mapping[str, Array], forms: Mapping[str, Array], signs: Mapping[str, Array]
) -> bytes:
    """The file's bytes.

    Args:
        places: Names of the places.
        words: By word, weights of shape (places, kinds).
        forms: By ending, weights of shape (kinds,).
        signs: By name, the same.
    """
    by_hash = sorted(((word_hash(w), rows) for w, rows in words.items()), key=itemgetter(0))
    by_form = sorted(((word_hash(w), row) for w, row in forms.items()), key=itemgetter(0))
    weights = np.array([rows for _, rows in by_hash]).reshape(-1, len(places), len(KINDS))
    endings = np.array([row for _, row in by_form]).reshape(-1, len(KINDS))
    largest = [np.abs(weights[:, i]).max(initial=0.0) for i in range(len(places))]
    steps = np.array([*largest, np.abs(endings).max(initial=0.0)]) / _STEPS
    steps[steps == 0] = 1.0
    head = json.dumps(
        {
            "places": list(places),
            "signs": {name: [round(float(v), 4) for v in row] for name, row in signs.items()},
            "steps": steps.tolist(),
            "words": len(by_hash),
            "forms": len(by_form),
        }
    ).encode()
    return b"".join(
        (
            _HEAD.pack(MAGIC, len(head)),
            head,
            np.array([h for h, _ in by_hash], "<u4").tobytes(),
            np.rint(weights / steps[None, :-1, None]).astype("i1").tobytes(),
            np.array([h for h, _ in by_form], "<u4").tobytes(),
            np.rint(endings / steps[-1]).astype("i1").tobytes(),
        )
    )
