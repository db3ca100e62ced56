"""Vectors of Kiwi's dictionary words, recovered from the similarities its language model gives.

The model that comes with kiwipiepy knows for every morpheme how similar it is to every other one (cosines
of 256 dimensions). The rows of a few hundred morphemes determine all vectors up to a rotation: nothing is
downloaded.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from kiwipiepy import Kiwi

# Another dictionary gives other rows: vectors are kept for the kiwipiepy and the model they come from.
VERSIONS = tuple(f"{name}-{version(name)}" for name in ("kiwipiepy", "kiwipiepy_model"))
CACHE = Path(__file__).parents[1] / ".cache" / f"word_vectors-{'-'.join(VERSIONS)}.npz"
DIMENSIONS = 256
ANCHORS = 400  # more than DIMENSIONS, so that they span the space
_MARKS = ("-R", "-I")

Array = np.ndarray[Any, np.dtype[np.float64]]


def word_vectors() -> tuple[dict[str, int], Array]:
    """Row by morpheme (감사/NNG), and vectors of length one around their mean; kept in .cache."""
    if CACHE.exists():
        kept = np.load(CACHE)
        return {str(w): int(i) for w, i in zip(kept["words"], kept["rows"], strict=True)}, kept["vectors"]
    kiwi = Kiwi(load_multi_dict=False)
    entries = kiwi.most_similar_morphemes("감사", top_n=10_000_000)
    entries.sort(key=lambda e: e.id)
    row = {e.id: n for n, e in enumerate(entries)}
    common = [e.id for e in entries if e.tag[:2] in {"NN", "VV", "VA", "MA", "XR"}]
    anchors = sorted(int(i) for i in np.random.default_rng(0).choice(common, ANCHORS, replace=False))
    similar = np.zeros((len(anchors), len(entries)))
    for n, anchor in enumerate(anchors):
        for other in kiwi.most_similar_morphemes(anchor, top_n=10_000_000):
            similar[n, row[other.id]] = 1.0 if other.id == anchor else other.score
    gram = similar[:, [row[a] for a in anchors]]
    values, axes = np.linalg.eigh((gram + gram.T) / 2)
    values, axes = values[-DIMENSIONS:], axes[:, -DIMENSIONS:]
    vectors = similar.T @ axes / np.sqrt(values)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: dict[str, int] = {}
    for entry in entries:
        tag = entry.tag
        for mark in _MARKS:
            tag = tag.removesuffix(mark)
        rows.setdefault(f"{entry.form}/{tag}", row[entry.id])
    CACHE.parent.mkdir(exist_ok=True)
    np.savez(CACHE, words=list(rows), rows=list(rows.values()), vectors=vectors.astype(np.float32))
    return rows, vectors.astype(np.float32)
