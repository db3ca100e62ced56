"""Quality floors: on articles of our own always, on the labelled corpus when it lies beside the checkout.

Floors are in data/quality_floors.toml. Lowering one is a deliberate edit there, with the reason in
the commit message.
"""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
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
    return open_extractor(load_lexicon(), as_written=True)


def tally(kind: str, row: dict[str, Any], answer: dict[str, Any]) -> tuple[int, int, int]:
    """Right, extra and missed facts of one article; optional and rumoured labels count neither way."""
    key: Callable[[dict[str, Any]], Any] = {
        "moves": lambda r: (plain(r["person"]), r["kind"]),
        "activities": lambda r: (plain(r["person"]), r["kind"]),
        "quotes": lambda r: (plain(r["text"]), plain(r["speaker"])),
        "people": lambda r: plain(r["name"]),
    }[kind]
    labels, found = row.get(kind, []), answer[kind]
    if kind == "quotes":
        labels = [r for r in labels if r.get("by", "executive") == "executive"]
        found = [r for r in found if r["by"] == "executive"]
    if kind == "people":
        labels = [r for r in labels if r["executive"] or r.get("executive_optional")]
    soft = Counter(key(r) for r in labels if is_soft(r))
    firm = Counter(key(r) for r in labels if not is_soft(r))
    said = Counter(key(r) for r in found)
    extra = said - firm - soft
    if kind == "activities":  # one occasion told twice is no error, as in score.py
        extra = Counter({k: n for k, n in extra.items() if k not in firm and k not in soft})
    return (firm & said).total(), extra.total(), (firm - said).total()


def strict(row: dict[str, Any], answer: dict[str, Any]) -> tuple[int, int, int]:
    """Moves right in person, kind, role and company; what else was said; what else was asked for."""
    firm = [m for m in row["moves"] if not is_soft(m)]
    left = list(answer["moves"])
    right = 0
    for label in firm:
        same = next((m for m in left if agrees(label, m)), None)
        if same is not None:
            left.remove(same)
            right += 1
    soft = [(plain(m["person"]), m["kind"]) for m in row["moves"] if is_soft(m)]
    extra = [m for m in left if (plain(m["person"]), m["kind"]) not in soft]
    return right, len(extra), len(firm) - right


def ceremonial(row: dict[str, Any], answer: dict[str, Any]) -> tuple[int, int, int]:
    """Ceremonial quotes told as such, strategic ones told so too, ceremonial ones told as strategic.

    Of quotes of executives that were found, as in score.py.
    """
    labels = {
        plain(q["text"]): q["strategic"] for q in row["quotes"] if q["by"] == "executive" and not is_soft(q)
    }
    said = [
        (labels[plain(q["text"])], q["strategic"])
        for q in answer["quotes"]
        if q["by"] == "executive" and plain(q["text"]) in labels
    ]
    return said.count((False, False)), said.count((True, False)), said.count((False, True))


def agrees(label: dict[str, Any], move: dict[str, Any]) -> bool:
    a, b = plain(label["role"]), plain(move["role"])
    return (
        plain(label["person"]) == plain(move["person"])
        and (label["kind"] == move["kind"] or {label["kind"], move["kind"]} == {"appointed", "promoted"})
        and (a == b or bool(a and b and (a in b or b in a)))
        and plain(label["company"]) == plain(move["company"])
    )


COUNTED = {"moves_strict": strict, "ceremonial": ceremonial}


def is_soft(label: dict[str, Any]) -> bool:
    return bool(label.get("optional") or label.get("executive_optional") or label.get("status") == "rumored")


def plain(name: str | None) -> str:
    return (name or "").replace(" ", "")


@pytest.fixture(scope="module")
def answers(extractor: Extractor) -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Rows of our own sets, each with what `execbrief extract` prints for it."""
    result = {}
    for name in FLOORS["own"]:
        rows = read(DATA / f"{name}.jsonl")
        pages = articles(rows)
        found = extractor.extract_batch(pages)
        result[name] = [(row, to_json(p, e, "")) for row, p, e in zip(rows, pages, found, strict=True)]
    return result


@pytest.mark.parametrize(
    ("name", "kind", "floor"), [(n, k, f) for n, figures in FLOORS["own"].items() for k, f in figures.items()]
)
def test_own_sets(
    name: str, kind: str, floor: float, answers: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]
) -> None:
    right = extra = missed = 0
    for row, answer in answers[name]:
        if kind == "relevant":
            if row.get("relevant_optional"):
                continue
            counts = (
                row["relevant"] and answer["relevant"],
                answer["relevant"] and not row["relevant"],
                row["relevant"] and not answer["relevant"],
            )
        else:
            counts = COUNTED.get(kind, partial(tally, kind))(row, answer)
        right, extra, missed = right + counts[0], extra + counts[1], missed + counts[2]
    f1 = 2 * right / max(1, 2 * right + extra + missed)
    assert f1 >= floor, f"F1 {f1:.3f}: {right} right, {extra} extra, {missed} missed"


def test_texts_without_executives(extractor: Extractor) -> None:
    """Politics, courts, sport, culture, schools, markets: four of five texts hold a title, none an executive."""
    pages = articles(read(DATA / "irrelevant.jsonl"))
    told = {
        page.id: [*found.moves, *found.activities, *found.people]
        for page, found in zip(pages, extractor.extract_batch(pages), strict=True)
        if found.moves or found.activities or found.people
    }
    assert len(told) <= FLOORS["irrelevant"]["most"], told


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
            gold = read(SHARED / "corpus" / f"{name}.jsonl")
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
