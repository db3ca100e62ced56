"""Quality floors: on articles of our own always, on the labelled corpus when it lies beside the checkout.

Floors are in data/quality_floors.toml. Lowering one is a deliberate edit there, with the reason in
the commit message.
"""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from briefing.extract import Extractor, open_extractor
from briefing.extract.jsonl import to_json
from briefing.korean.lexicon import load_lexicon, read_register
from briefing.model import Article
from briefing.stories.grouping import group

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
SHARED = ROOT.parent / "shared"
FLOORS = tomllib.loads((DATA / "quality_floors.toml").read_text(encoding="utf-8"))
SEOUL = ZoneInfo("Asia/Seoul")


def articles(rows: list[dict[str, Any]]) -> list[Article]:
    return [
        Article(
            id=row["id"],
            text=row["text"],
            title=row.get("title") or "",
            outlet=row.get("outlet") or "",
            published=datetime.fromisoformat(row["published"]).replace(tzinfo=SEOUL)
            if row.get("published")
            else None,
        )
        for row in rows
    ]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return open_extractor(load_lexicon())


def f1(gold: Counter[Any], found: Counter[Any]) -> float:
    """F1 of two bags of facts."""
    return 2 * (gold & found).total() / max(1, gold.total() + found.total())


@pytest.mark.parametrize("kind", ["moves", "activities", "quotes", "relevant"])
def test_own_articles(kind: str, extractor: Extractor) -> None:
    rows = read(DATA / "articles.jsonl")
    gold: Counter[Any] = Counter()
    found: Counter[Any] = Counter()
    for row, extraction in zip(rows, extractor.extract_batch(articles(rows)), strict=True):
        if kind == "relevant":
            gold[row["id"]] += row["relevant"]
            found[row["id"]] += extraction.relevant
            continue
        gold.update((row["id"], *fact) for fact in row[kind])
        if kind == "quotes":
            found.update((row["id"], q.speaker, q.text) for q in extraction.quotes)
        elif kind == "moves":
            found.update((row["id"], m.person, m.kind.value) for m in extraction.moves if m.status == "done")
        else:
            found.update((row["id"], a.person, a.kind.value) for a in extraction.activities)
    assert f1(gold, found) >= FLOORS["own"][kind], f"missed {gold - found}, extra {found - gold}"


# --------------------------------------------------------------------------- the corpus, when present


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "corpus" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def floors() -> Iterator[tuple[str, str, str, float]]:
    for register in ("without_register", "with_register"):
        for name, figures in FLOORS["corpus"][register].items():
            for figure, floor in figures.items():
                yield register, name, figure, floor


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], dict[str, Any]]:
    if not (SHARED / "corpus").is_dir():
        pytest.skip("no labelled corpus beside this checkout")
    score = scorer().score
    result: dict[tuple[str, str], dict[str, Any]] = {}
    for register in ("without_register", "with_register"):
        extra = read_register(SHARED / "data" / "krx_companies.csv") if register == "with_register" else ()
        # companies as written, as `execbrief extract` prints them
        desk = open_extractor(load_lexicon(extra), as_written=True)
        for name in FLOORS["corpus"][register]:
            gold = read(DATA / "blind.jsonl" if name == "blind" else SHARED / "corpus" / f"{name}.jsonl")
            pages = articles(gold)
            found = desk.extract_batch(pages)
            answers = [
                to_json(page, extraction, story)
                for page, extraction, story in zip(pages, found, group(pages, found), strict=True)
            ]
            result[register, name] = score(gold, {answer["id"]: answer for answer in answers}, {})
    return result


@pytest.mark.parametrize(("register", "name", "figure", "floor"), list(floors()))
def test_corpus(
    register: str, name: str, figure: str, floor: float, scores: dict[tuple[str, str], dict[str, Any]]
) -> None:
    value: Any = scores[register, name]
    for key in figure.split("."):
        value = value[key]
    assert value >= floor, f"{figure} on {name} ({register}) fell to {value}"
