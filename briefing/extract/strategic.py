"""Strategic or ceremonial, and which topics words touch."""

from __future__ import annotations

import math
import re
from functools import cache

from briefing.errors import DataError
from briefing.extract.document import Document
from briefing.extract.records import record
from briefing.extract.spans import between
from briefing.extract.wordscores import WordScores
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import table, trie_branches
from briefing.korean.wordlists import worded
from briefing.model import Span

FILE = "strategic.toml"
_NUMBER = worded(r"\d[\d.,]*\s?{strategic.numbers.units}|{strategic.numbers.words}")
# Words that say what is spoken of; names of people and places are left out.
CONTENT = frozenset({"NNG", "VV", "VA", "XR", "MAG", "NP", "IC", "VX", "SL", "VCN"})
# With particles, endings, affixes and predicates they tell how it is spoken.
_GRAMMAR = frozenset({"NP", "NNB", "MM", "IC"})


@record(frozen=True, slots=True)
class Wording:
    """The morphemes that the decision looks at, as dictionary form and tag (감사/NNG).

    Attributes:
        words: Content words of the quotation.
        around: Content words of its sentence in front of it.
        behind: Content words of its sentence behind it, which tell how it was said.
        forms: Endings, particles, affixes, predicates and pronouns of the quotation.
    """

    words: tuple[str, ...]
    around: tuple[str, ...]
    behind: tuple[str, ...]
    forms: frozenset[str]


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for key, row in table("topics.toml").items():
        stems = sorted(str(row["stems"]).split(), key=len, reverse=True)
        pattern = "|".join(
            rf"(?<![A-Za-z]){re.escape(s)}(?![A-Za-z])" if s.isascii() else re.escape(s) for s in stems
        )
        rows.append((key, re.compile(pattern, re.IGNORECASE)))
    return tuple(rows)


def topics_of(words: str) -> tuple[str, ...]:
    """Ids of data/topics.toml that the words touch, most often touched first."""
    counts = [(len(pattern.findall(words)), key) for key, pattern in _topics()]
    return tuple(key for n, key in sorted(counts, key=lambda c: -c[0]) if n)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table(FILE).get("cues")
    if not isinstance(rows, dict):
        raise DataError(f"briefing/data/{FILE}", "[cues] is missing")
    return tuple((name, _stem_pattern(str(stems).split())) for name, stems in rows.items())


def _stem_pattern(stems: list[str]) -> re.Pattern[str]:
    """Stems that begin a word, and after `*` stems that stand anywhere; `_` is a space."""
    inside = [s[1:].replace("_", " ") for s in stems if s.startswith("*")]
    begins = [s.replace("_", " ") for s in stems if not s.startswith("*")]
    branches = trie_branches(begins, not_behind="[가-힣A-Za-z]"), trie_branches(inside)
    return re.compile("|".join(b for b in branches if b))


def features(document: Document, span: Span) -> dict[str, float]:
    """How often each group of cues occurs, length, numbers, business words nearby."""
    text = document.text
    words = span.of(text)
    sentence = document.sentence_at(span.start)
    around = sentence.span if sentence else span
    outside = (
        text[max(around.start, span.start - 120) : span.start]
        + " "
        + text[span.end : min(around.end, span.end + 60)]
    )
    values: dict[str, float] = {"bias": 1.0}
    for name, pattern in _cues():
        where = outside if name == "setting" else words
        values[name] = min(2.0, math.sqrt(len(pattern.findall(where))))
    values["number"] = min(2.0, math.sqrt(len(_NUMBER().findall(words))))
    near = text[max(0, span.start - 160) : span.start] + " " + text[span.end : span.end + 100]
    values["near"] = min(3.0, math.sqrt(len(dict(_cues())["business"].findall(near))))
    values["length"] = max(-1.0, math.log1p(len(words)) - 3.5)
    values["short"] = float(len(words) < 15)
    return values


def wording(document: Document, span: Span) -> Wording:
    """The morphemes of a quotation and of what stands around it."""
    sentence = document.sentence_at(span.start)
    before = between(sentence.tokens, sentence.span.start, span.start) if sentence else ()
    inside: list[Token] = []
    first, last = document.sentence_index(span.start), document.sentence_index(span.end - 1)
    for part in document.sentences[max(0, first) : last + 1]:
        inside.extend(between(part.tokens, span.start, span.end))
    ended = document.sentences[last] if last >= 0 else None
    after = between(ended.tokens, span.end, ended.span.end) if ended else ()
    around, behind = (
        tuple(_key(t) for t in beside if t.tag in CONTENT and not document.quoted(t.start))
        for beside in (before, after)
    )
    return Wording(
        words=tuple(_key(t) for t in inside if t.tag in CONTENT),
        around=around,
        behind=behind,
        forms=frozenset(_key(t) for t in inside if t.tag[0] in "EJVX" or t.tag in _GRAMMAR),
    )


def _key(token: Token) -> str:
    return f"{token.form}/{token.tag}"


@cache
def _weights() -> dict[str, float]:
    rows = table(FILE).get("weights", {})
    if not all(isinstance(v, int | float) for v in rows.values()):
        raise DataError(f"briefing/data/{FILE}", "[weights] must be numbers")
    return {k: float(v) for k, v in rows.items()}


def strategic_score(document: Document, span: Span) -> float:
    """Above zero for words on the business."""
    weights = _weights()
    cues = sum(weights.get(name, 0.0) * value for name, value in features(document, span).items())
    said = wording(document, span)
    return cues + WordScores.shipped().score(said.words, said.around, said.behind, said.forms)


def is_strategic(document: Document, span: Span) -> bool:
    """True for words on the business; False for ceremony, thanks, condolence, personal and legal defence."""
    return strategic_score(document, span) > 0
