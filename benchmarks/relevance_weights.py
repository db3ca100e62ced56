"""Fits how much an article looks like news of executives, and prints what that stops with sets left out.

    python -m benchmarks.relevance_weights [--corpus FOLDER] [--write] [FILE …]

Reads the labelled corpus and the JSON Lines files given, or else those of tests/data/labelled and of
benchmarks/data/quotes, and the texts without executives of tests/data/irrelevant.jsonl and
benchmarks/data/other_news.jsonl. tests/data/heldout is never learned from. Writes
briefing/data/relevance.bin.

A logistic regression with numpy over parts of words (`briefing.extract.relevance`). There are ten times as
many parts as articles, so it is solved by articles: the weights are a sum of their rows.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.logistic import LABELLED, QUOTES, ROOT, asked_files
from benchmarks.word_vectors import Array
from briefing.extract.relevance import article_words, marked_parts, packed
from briefing.extract.selection import DOUBTFUL
from briefing.model import Article

TARGET = ROOT / "briefing" / "data" / "relevance.bin"
# Texts without labels: nothing in them is news of executives.
OTHER_NEWS = (LABELLED.parent / "irrelevant.jsonl", ROOT / "benchmarks" / "data" / "other_news.jsonl")
RIDGE = 0.1
BIAS = 0.05  # square of the column of ones: hardly penalised beside rows of length 1
IRRELEVANT = 4.0  # weight of the rarer side
SELDOM = 4  # parts in fewer articles are left out
FOLDS = 12


@dataclass(frozen=True, slots=True)
class Example:
    """An article: its set, the parts of its words, its label and how many facts are labelled."""

    group: str
    parts: Counter[str]
    relevant: bool
    facts: int


def examples(path: Path) -> list[Example]:
    """Examples of one file."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(id=row["id"], text=row["text"], title=row.get("title") or "")
        parts = Counter(part for word in article_words(article) for part in marked_parts(word))
        quoted = sum(q.get("by") == "executive" for q in row.get("quotes", ()))
        facts = len(row.get("moves", ())) + len(row.get("activities", ())) + quoted
        found.append(Example(path.stem, parts, row.get("relevant", False), facts))
    return found


def fit(kernel: Array, y: Array, weight: Array) -> Array:
    """Weights of the examples by Newton's method with a ridge.

    Args:
        kernel: Products of their rows.
        y: 1.0 or 0.0 for each.
        weight: Of each.
    """
    dual = np.zeros(len(y))
    for _ in range(25):
        said = kernel @ dual
        p = 1 / (1 + np.exp(-np.clip(said, -30, 30)))
        curve = np.maximum(weight * p * (1 - p), 1e-6)
        step = np.linalg.solve(kernel + np.diag(RIDGE / curve), said - weight * (p - y) / curve) - dual
        dual = dual + step
        if np.abs(kernel @ step).max() < 1e-3:
            break
    return dual


def report(rows: list[Example], said: Array) -> None:
    """Prints, for each set, how much of it is doubted."""
    total: Counter[str] = Counter()
    for group in sorted({r.group for r in rows}):
        mine: Counter[str] = Counter()
        for row, score in zip(rows, said, strict=True):
            if row.group == group:
                side = "relevant" if row.relevant else "irrelevant"
                mine.update({side: 1, f"{side} doubted": int(score < DOUBTFUL), "facts": row.facts})
                mine["facts doubted"] += row.facts * int(score < DOUBTFUL)
        total += mine
        print(f"{group:20} {shares(mine)}")
    print(f"{'all':20} {shares(total)}")


def shares(counts: Counter[str]) -> str:
    """Doubted of all, for each kind."""
    return "  ".join(
        f"{kind} {counts[f'{kind} doubted']}/{counts[kind]}" for kind in ("irrelevant", "relevant", "facts")
    )


def main() -> None:
    """Fits, prints, and writes if asked to."""
    files, given = asked_files(sys.argv[1:])
    files += [Path(a) for a in given] or [
        *sorted(LABELLED.glob("*.jsonl")),
        *sorted(QUOTES.glob("*.jsonl")),
        *OTHER_NEWS,
    ]
    rows = [row for path in files if path.exists() for row in examples(path)]
    often = Counter(part for row in rows for part in row.parts)
    columns = {part: n for n, part in enumerate(sorted(p for p, count in often.items() if count >= SELDOM))}
    matrix = np.zeros((len(rows), len(columns)), np.float32)
    for n, row in enumerate(rows):
        known = {columns[part]: count for part, count in row.parts.items() if part in columns}
        if known:
            matrix[n, list(known)] = np.array(list(known.values())) / np.sqrt(sum(known.values()))
    kernel = (matrix @ matrix.T).astype(float) + BIAS
    y = np.array([float(row.relevant) for row in rows])
    weight = np.where(y == 1, 1.0, IRRELEVANT)
    print(f"{len(rows)} articles, {int(y.sum())} relevant; {len(columns)} parts of words")
    groups = sorted({row.group for row in rows})
    fold = dict(zip(groups, np.random.default_rng(7).permutation(len(groups)) % FOLDS, strict=True))
    of_row = np.array([fold[row.group] for row in rows])
    said = np.zeros(len(rows))
    for n in range(FOLDS):
        left, kept = of_row == n, of_row != n
        said[left] = kernel[np.ix_(left, kept)] @ fit(kernel[np.ix_(kept, kept)], y[kept], weight[kept])
    print(f"sets left out, doubted (under {DOUBTFUL}) of all:")
    report(rows, said)
    if "--write" in sys.argv:
        dual = fit(kernel, y, weight)
        weights = dual @ matrix
        data = packed({p: float(weights[n]) for p, n in columns.items()}, float(BIAS * dual.sum()))
        TARGET.write_bytes(data)
        print(f"{TARGET.name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
