"""Words that tell a personnel move, and how they take their arguments: 선임했다, 선임된, 지휘봉을 잡는다."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.errors import DataError
from briefing.korean.lexicon import table
from briefing.model import MoveKind, Span

FILE = "moves.toml"
FRAMES = frozenset({"subject", "object", "recipient"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb of a move.

    Attributes:
        span: Where it stands, as far as its stem.
        kind: What happens.
        frame: Where the person stands: "subject", "object" or "recipient" (에게) of this form, or
            "after" for the person that the verb modifies (선임된 A 사장).
        form: "passive", "active", "causative", "resolved", "ceremony", "headline" or "phrase".
        post: True if the phrase is a move only with a post in front of it.
        rule: Name for `execbrief explain`.
    """

    span: Span
    kind: MoveKind
    frame: str
    form: str
    post: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Noun:
    kind: MoveKind
    frame: str


@cache
def _nouns() -> dict[str, _Noun]:
    nouns: dict[str, _Noun] = {}
    for row in _rows("noun"):
        for word in row["words"].split():
            nouns[word] = _Noun(_kind(row), _frame(row))
    return nouns


@cache
def _noun_pattern() -> re.Pattern[str]:
    tails: dict[str, str] = table(FILE)["tails"]
    longest_first = sorted(_nouns(), key=len, reverse=True)
    # An order of preference: a resolution before a plain verb, a passive before an active.
    order = ("resolved", "passive", "causative", "active", "ceremony", "headline")
    return re.compile(
        rf"(?P<noun>{'|'.join(longest_first)})"
        "(?:" + "|".join(f"(?P<{name}>{tails[name]})" for name in order) + ")",
        re.MULTILINE,
    )


@dataclass(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    kind: MoveKind
    frame: str
    post: bool
    name: str


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            re.compile(row["pattern"], re.MULTILINE),
            _kind(row),
            _frame(row),
            row["post"] == "required",
            row["name"],
        )
        for row in _rows("phrase")
    )


@cache
def context(name: str) -> re.Pattern[str]:
    """A pattern of data/moves.toml [context]."""
    return re.compile(table(FILE)["context"][name])


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table(FILE)[name]
    return rows


def _kind(row: dict[str, Any]) -> MoveKind:
    try:
        return MoveKind(row["kind"])
    except ValueError:
        raise DataError(FILE, f"{row['kind']!r} is no kind of move; use {', '.join(MoveKind)}") from None


def _frame(row: dict[str, Any]) -> str:
    if row["frame"] not in FRAMES:
        raise DataError(FILE, f"{row['frame']!r} is no frame; use {', '.join(sorted(FRAMES))}")
    return str(row["frame"])


def has_predicate(text: str) -> bool:
    """True if the text holds any of the words; a cheap look before the work."""
    return _noun_pattern().search(text) is not None or any(p.pattern.search(text) for p in _phrases())


def find_predicates(text: str, span: Span) -> list[Predicate]:
    """Predicates of a stretch of text, in order, none overlapping (the longer reading wins).

    Cheapest for a whole article at once; what stands at a line end counts as a headline's form.
    """
    found: list[Predicate] = []
    for match in _noun_pattern().finditer(text, span.start, span.end):
        predicate = _from_noun(match, text)
        if predicate is not None:
            found.append(predicate)
    for phrase in _phrases():
        found.extend(
            Predicate(
                Span(*match.span()),
                phrase.kind,
                _turned(phrase, text, match.end()),
                "phrase",
                phrase.post,
                phrase.name,
            )
            for match in phrase.pattern.finditer(text, span.start, span.end)
        )
    found.sort(key=lambda p: (p.span.start, p.form != "phrase", -p.span.end))
    kept: list[Predicate] = []
    for predicate in found:
        if kept and predicate.span.start < kept[-1].span.end:
            # 다시 선임했다: the phrase begins earlier and says more than the noun inside it
            continue
        kept.append(predicate)
    return kept


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(table(FILE)["tails"]["passive"])


def _turned(phrase: _Phrase, text: str, end: int) -> str:
    """다시 선임됐다: what was the object is the subject."""
    return "subject" if phrase.frame == "object" and _passive().match(text, end) else phrase.frame


def _from_noun(match: re.Match[str], text: str) -> Predicate | None:
    word = match["noun"]
    noun = _nouns()[word]
    start, end = match.span("noun")
    before = text[start - 1] if start else " "
    # 신규선임, 승진선임 are welcome; 부선임, 책임선임 are ranks
    if "가" <= before <= "힣" and before not in "재규신및":
        return None
    form = str(match.lastgroup)
    if form == "noun" or (form != "resolved" and context("topic").match(text, end)):
        return None
    frame = noun.frame
    if form == "passive":
        frame = "subject"
    elif form == "causative":
        frame = "object"
    elif form in {"resolved", "headline", "ceremony"}:
        frame = "any"
    return Predicate(Span(start, match.end()), noun.kind, frame, form, False, f"{word} ({form})")
