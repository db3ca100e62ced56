"""What the fits of learned weights share: files, rows of a matrix, a logistic regression with numpy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.word_vectors import Array

ROOT = Path(__file__).parents[1]
LABELLED = ROOT / "tests" / "data" / "labelled"
QUOTES = Path(__file__).parent / "data" / "quotes"  # articles of which only the quotes are labelled
CORPUS_FILES = ("dev", "real_dev", "realnews_dev")
RIDGE = 1.0


def asked_files(arguments: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Files of the corpus, beside the checkout or in `--corpus FOLDER`, and what else is asked for."""
    rest = [a for a in arguments if a != "--write"]
    corpus = ROOT.parent / "shared" / "corpus"
    if "--corpus" in rest:
        at = rest.index("--corpus")
        corpus = Path(rest[at + 1])
        del rest[at : at + 2]
    return [corpus / f"{name}.jsonl" for name in CORPUS_FILES], rest


def mean(vectors: Array, index: Mapping[str, int], words: Sequence[str]) -> Array:
    """Sum of the vectors of known words, divided by the square root of their number."""
    known = [index[w] for w in words if w in index]
    return vectors[known].sum(axis=0) / np.sqrt(len(known)) if known else np.zeros(vectors.shape[1])


def bag(columns: Mapping[str, int], forms: Collection[str]) -> Array:
    """One over the square root of their number in the columns of known forms."""
    row = np.zeros(len(columns))
    known = [columns[f] for f in forms if f in columns]
    if known:
        row[known] = 1 / np.sqrt(len(known))
    return row


def fit(x: Array, y: Array, weight: Array, *, turns: int, enough: float, least: float) -> Array:
    """Weights of the columns by Newton's method with a ridge.

    Args:
        x: Examples as rows.
        y: 1.0 or 0.0 for each.
        weight: Of each.
        turns: At most so many steps.
        enough: A step that changes no weight by more ends it.
        least: Curvature of an example is never taken for less.
    """
    w = np.zeros(x.shape[1])
    for _ in range(turns):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        root = x * np.sqrt(np.maximum(weight * p * (1 - p), least))[:, None]
        curve = root.T @ root
        curve[np.diag_indices_from(curve)] += RIDGE
        step = np.linalg.solve(curve, x.T @ (weight * (p - y)) + RIDGE * w)
        w = w - step
        if np.abs(step).max() < enough:
            break
    return w
