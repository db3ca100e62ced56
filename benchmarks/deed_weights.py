"""Fits what tells deeds that no rule knows, and prints what they bring on sets left out.

    python -m benchmarks.deed_weights [--corpus FOLDER] [--write] [FILE …]

Reads the labelled corpus and the JSON Lines files given, or else those of tests/data/labelled.
tests/data/heldout is never learned from. Writes briefing/data/deeds.bin.

One logistic regression a kind of activity with numpy, over signs, means of word vectors (`word_vectors.py`)
by the place of words, and endings. An example is a person and a sentence in which he does something
(`briefing.extract.likelydeeds`); it is one of a kind if a label of that person and kind has its evidence
there.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.logistic import CORPUS_FILES, LABELLED, ROOT, asked_files, bag, fit, mean
from benchmarks.word_vectors import Array, word_vectors
from briefing.extract import Extractor, open_extractor
from briefing.extract.activities import find_activities
from briefing.extract.deedweights import KINDS, packed
from briefing.extract.likelydeeds import CONTENT, LIKELY, TOLD, Candidate, Guesses
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import load_lexicon
from briefing.model import ActivityKind, Article

TARGET = ROOT / "briefing" / "data" / "deeds.bin"
# Slice of the corpus whose facts are not labelled (its README).
UNLABELLED = "F-"
# How much each place may say, against one for signs, and the endings; chosen by figures with sets left out.
PLACES = {
    "verbs": 0.5,
    "object": 0.5,
    "goal": 0.5,
    "scene": 0.5,
    "beside": 0.5,
    "all": 0.7,
    "verbs there": 0.4,
}
FORMS = 1.0
BIAS = 3.0
# Weight of an example for which no rule finds anything: such the product asks about.
SILENT = 2.0
CORPUS = 3.0  # weight of the corpus, which is most like what the product meets
SELDOM = 8  # endings that occur less often are left out
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Example:
    """What a person does in a sentence.

    Attributes:
        group: Set it comes from.
        article: Its article, with the set.
        person: Name, without spaces.
        candidate: All that weighs.
        known: Kinds that rules find there.
        kinds: Kinds that labels tell there.
    """

    group: str
    article: str
    person: str
    candidate: Candidate
    known: frozenset[ActivityKind]
    kinds: frozenset[ActivityKind]


@dataclass(frozen=True, slots=True)
class Labels:
    """What is labelled in an article, and what rules find there: person and kind, how often."""

    firm: Counter[tuple[str, str]]
    soft: frozenset[tuple[str, str]]
    ruled: Counter[tuple[str, str]]


def plain(name: str) -> str:
    """A name without spaces."""
    return name.replace(" ", "")


def examples(path: Path, extractor: Extractor, labels: dict[str, Labels]) -> Iterator[Example]:
    """Examples of one file; what its articles label is added to `labels`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if path.stem == "dev" and row["id"].startswith(UNLABELLED):
            continue
        day = datetime.fromisoformat(row["published"]).astimezone() if row.get("published") else None
        article = Article(id=row["id"], text=row["text"], title=row.get("title") or "", published=day)
        document = extractor.document(article)
        seen: list[tuple[Sentence, Candidate, frozenset[ActivityKind]]] = []
        guesses = Guesses(watch=lambda *what, into=seen: into.append(what))
        found, _ = find_activities(document, extractor.lexicon, guesses=guesses)
        told = row.get("activities", [])
        name = f"{path.stem} {row['id']}"
        labels[name] = Labels(
            Counter((plain(a["person"]), a["kind"]) for a in told if not a.get("optional")),
            frozenset((plain(a["person"]), a["kind"]) for a in told if a.get("optional")),
            Counter((plain(a.person), str(a.kind)) for a in found),
        )
        for sentence, candidate, known in seen:
            person = plain(document.persona_of(candidate.mention).name)
            words = sentence.span.of(document.text).strip()
            kinds = frozenset(
                ActivityKind(a["kind"])
                for a in told
                if plain(a["person"]) == person and _shows(words, (a.get("evidence") or "").strip())
            )
            yield Example(path.stem, name, person, candidate, known, kinds)


def _shows(sentence: str, evidence: str) -> bool:
    return bool(evidence) and (sentence in evidence or evidence in sentence)


class Design:
    """Examples as rows of one matrix: signs, words by place, endings."""

    def __init__(self, rows: list[Example]) -> None:
        self.rows = rows
        self.index, self.vectors = word_vectors()
        self.signs = sorted({name for r in rows for name in r.candidate.signs})
        often = Counter(form for r in rows for form in r.candidate.forms)
        self.forms = {f: n for n, f in enumerate(sorted(f for f, count in often.items() if count >= SELDOM))}
        sign = np.array([[r.candidate.signs.get(name, 0.0) for name in self.signs] for r in rows])
        sign[:, self.signs.index("bias")] = BIAS
        self.matrix = np.hstack(
            [
                sign,
                *(self._at(place) * share for place, share in PLACES.items()),
                np.array([bag(self.forms, r.candidate.forms) for r in rows]) * FORMS,
            ]
        )
        self.y = np.array([[float(kind in r.kinds) for kind in KINDS] for r in rows])
        self.weight = np.array([1.0 if r.known else SILENT for r in rows])
        self.weight *= np.array([CORPUS if r.group in CORPUS_FILES else 1.0 for r in rows])

    def _at(self, place: str) -> Array:
        """What stands in a place, of each example."""
        return np.array([mean(self.vectors, self.index, r.candidate.words.get(place, [])) for r in self.rows])

    def fit(self, train: Array) -> Array:
        """Weights by column and kind, by Newton's method with a ridge."""
        return np.stack(
            [
                fit(
                    self.matrix[train], self.y[train, k], self.weight[train],
                    turns=7, enough=1e-3, least=1e-5,
                )
                for k in range(len(KINDS))
            ],
            axis=1,
        )  # fmt: skip

    def packed(self, w: Array) -> bytes:
        """The file's bytes."""
        n, size = len(self.signs), self.vectors.shape[1]
        signs = {name: w[i] * (BIAS if name == "bias" else 1.0) for i, name in enumerate(self.signs)}
        parts = [
            self.vectors @ w[n + i * size : n + (i + 1) * size] * share
            for i, share in enumerate(PLACES.values())
        ]
        endings = w[n + len(PLACES) * size :] * FORMS
        words = {
            word: np.stack([part[row] for part in parts])
            for word, row in self.index.items()
            if word.rpartition("/")[2] in CONTENT
        }
        return packed(list(PLACES), words, {f: endings[i] for f, i in self.forms.items()}, signs)


# --------------------------------------------------------------------------- figures


def f1(right: int, extra: int, missed: int) -> float:
    """F1 of counts."""
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def report(design: Design, said: Array, labels: dict[str, Labels], likely: float) -> str:
    """What rules find, and rules and guesses together: F1 of all sets, then of each that gains or loses."""
    guessed: dict[str, dict[tuple[str, str], float]] = {}
    for row, scores in zip(design.rows, said, strict=True):
        best = int(scores.argmax())
        if KINDS[best] not in TOLD:
            continue
        if scores[best] > likely and not row.known and row.candidate.refused is None:
            guessed.setdefault(row.article, {})[row.person, str(KINDS[best])] = float(scores[best])
    before: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    for name, told in labels.items():
        own = counts.setdefault(name.split()[0], Counter())
        new = {k for k in guessed.get(name, {}) if k not in told.ruled}
        right = (told.firm & told.ruled).total()
        extra = sum(n for k, n in told.ruled.items() if k not in told.firm and k not in told.soft)
        missed = (told.firm - told.ruled).total()
        before.update(right=right, extra=extra, missed=missed)
        hit = sum(k in told.firm for k in new)
        wrong = sum(k not in told.firm and k not in told.soft for k in new)
        own.update(right=right + hit, extra=extra + wrong, missed=missed - hit, hit=hit, wrong=wrong)
        own.update(was_right=right, was_extra=extra, was_missed=missed)
    total = sum(counts.values(), Counter())
    sets = " ".join(
        f"{name} {f1(c['was_right'], c['was_extra'], c['was_missed']):.3f}->"
        f"{f1(c['right'], c['extra'], c['missed']):.3f}(+{c['hit']}/{c['wrong']})"
        for name, c in sorted(counts.items())
        if c["hit"] or c["wrong"]
    )
    return (
        f"over {likely:+.1f}: {f1(before['right'], before['extra'], before['missed']):.4f} -> "
        f"{f1(total['right'], total['extra'], total['missed']):.4f} (+{total['hit']} right, "
        f"+{total['wrong']} wrong)  {sets}"
    )


def main() -> None:
    """Fits, prints, and writes if asked to."""
    files, given = asked_files(sys.argv[1:])
    files += [Path(a) for a in given] or sorted(LABELLED.glob("*.jsonl"))
    extractor = open_extractor(load_lexicon(), as_written=True)
    labels: dict[str, Labels] = {}
    rows = [e for path in files if path.exists() for e in examples(path, extractor, labels)]
    design = Design(rows)
    counts = ", ".join(f"{int(n)} {kind}" for kind, n in zip(KINDS, design.y.sum(axis=0), strict=True))
    print(f"{len(rows)} examples of {len(labels)} articles: {counts}")
    groups = sorted({r.group for r in rows})
    fold = dict(zip(groups, np.random.default_rng(7).permutation(len(groups)) % FOLDS, strict=True))
    of_row = np.array([fold[r.group] for r in rows])
    said = np.zeros(design.y.shape)
    for n in range(FOLDS):
        said[of_row == n] = design.matrix[of_row == n] @ design.fit(of_row != n)
    print("sets left out, rules -> rules and guesses:")
    for likely in (LIKELY - 0.5, LIKELY, LIKELY + 0.5):
        print(report(design, said, labels, likely))
    if "--write" in sys.argv:
        data = design.packed(design.fit(np.full(len(rows), True)))
        TARGET.write_bytes(data)
        print(f"{TARGET.name}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
