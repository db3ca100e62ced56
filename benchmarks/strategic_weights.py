"""Fits the weights of briefing/data/strategic.toml on labelled quotes and prints left-out-slice figures.

    python -m benchmarks.strategic_weights [CORPUS_FOLDER] [--write]

Logistic regression over a handful of cue groups (no words of the corpus are kept), numpy only.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from pathlib import Path

import numpy as np

from briefing.extract.companies import Names
from briefing.extract.reading import build_document
from briefing.extract.strategic import features
from briefing.korean.kiwi import load_analyzer
from briefing.korean.lexicon import load_lexicon
from briefing.model import Article, Span

OWN = Path(__file__).parents[1] / "tests" / "data" / "blind.jsonl"  # articles of our own
DATA = Path(__file__).parents[1] / "briefing" / "data" / "strategic.toml"


def samples(folder: Path) -> list[tuple[str, dict[str, float], bool]]:
    """(slice, features, strategic) of every labelled executive quote."""
    analyzer, names = load_analyzer(), Names(load_lexicon())
    rows = []
    files = [folder / name for name in ("dev.jsonl", "real_dev.jsonl", "realnews_dev.jsonl")]
    for path in (*files, OWN):
        articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        articles = [a for a in articles if any(q["by"] == "executive" for q in a["quotes"])]
        sentences = analyzer.analyze([t for a in articles for t in (a["text"], a.get("title") or "")])
        for i, a in enumerate(articles):
            day = datetime.fromisoformat(a["published"]).astimezone() if a.get("published") else None
            article = Article(id=a["id"], text=a["text"], title=a.get("title") or "", published=day)
            document = build_document(article, sentences[2 * i], sentences[2 * i + 1], names)
            for quote in a["quotes"]:
                at = a["text"].find(quote["text"])
                if quote["by"] == "executive" and at >= 0 and not quote.get("optional"):
                    span = Span(at, at + len(quote["text"]))
                    rows.append(
                        (
                            path.stem[:2] + a["id"].split("-")[0],
                            features(document, span),
                            bool(quote["strategic"]),
                        )
                    )
    return rows


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 1.0, ceremonial: float = 1.6) -> np.ndarray:
    """Weights by Newton's method; `ceremonial` weighs the rarer side."""
    w = np.zeros(x.shape[1])
    c = np.where(y > 0, 1.0, ceremonial)
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 0.01
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (c * (p - y)) + penalty * w
        hessian = (x * (c * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    return w


def ceremonial_f1(said: np.ndarray, y: np.ndarray) -> float:
    tp = int(((said <= 0) & (y == 0)).sum())
    wrong = int(((said <= 0) & (y == 1)).sum() + ((said > 0) & (y == 0)).sum())
    return 2 * tp / (2 * tp + wrong) if tp else 0.0


def main() -> None:
    folder = Path(next((a for a in sys.argv[1:] if not a.startswith("-")), "../shared/corpus"))
    rows = samples(folder)
    names = list(rows[0][1])
    slices = np.array([r[0] for r in rows])
    x = np.array([[r[1][n] for n in names] for r in rows])
    y = np.array([float(r[2]) for r in rows])
    for ridge in (0.3, 0.5, 1.0, 3.0):
        for weight in (1.0, 1.5, 2.0):
            said = np.zeros(len(y))
            for left_out in sorted(set(slices)):
                mask = slices == left_out
                said[mask] = x[mask] @ fit(x[~mask], y[~mask], ridge, weight)
            groups = {g: np.char.startswith(slices, g) for g in ("de", "re", "bl")}
            parts = " ".join(f"{g}={ceremonial_f1(said[m], y[m]):.2f}" for g, m in groups.items())
            print(f"ridge {ridge} ceremonial x{weight}: left-out F1 {ceremonial_f1(said, y):.3f}  {parts}")
    ridge, weight = 0.5, 1.7
    w = fit(x, y, ridge, weight)
    lines = "\n".join(f"{n} = {v:.2f}" for n, v in zip(names, w, strict=True))
    print(lines)
    if "--write" in sys.argv:
        text = DATA.read_text(encoding="utf-8")
        text = re.sub(r"\n\[weights\].*", "", text, flags=re.DOTALL).rstrip() + f"\n\n[weights]\n{lines}\n"
        DATA.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
