"""The report of `execbrief explain`: what was read out of one article, and on what grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

from briefing.model import Activity, Article, Extraction, Fact, Move, Quote, Resolution, Span

# C0 but tabs and line ends, DEL and C1 (ECMA-48), and what changes the direction of text (UAX #9).
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)


def visible(told: str) -> str:
    """Text for a terminal, control characters written out (\\u001b): an article may clear or retitle it."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", told)


def report(article: Article, extraction: Extraction, zone: tzinfo) -> str:
    """A readable account of one extraction, facts first.

    Each fact stands on one line, under it the sentence that proves it (character offsets in
    front), how short forms were read, and the rule. Times are told in `zone`.
    """
    return visible("\n".join(_lines(article, extraction, zone)).rstrip() + "\n")


def _lines(article: Article, extraction: Extraction, zone: tzinfo) -> Iterator[str]:
    yield f"# {article.title or article.id}"
    when = article.published.astimezone(zone).isoformat() if article.published else "publication unknown"
    size = f"{len(article.text):,} characters"
    yield " · ".join(part for part in (article.outlet, when, article.url, size) if part)
    if article.headline_only:
        yield f"headline only: {article.note or 'the page gave no body'}"
    yield f"relevant: {'yes' if extraction.relevant else 'no'}"
    for name, facts in (
        ("moves", extraction.moves),
        ("activities", extraction.activities),
        ("quotes", extraction.quotes),
    ):
        yield ""
        yield f"## {name} ({len(facts)})"
        for fact in facts:
            yield from _fact(article, fact)
    yield ""
    yield f"## people ({len(extraction.people)})"
    for person in extraction.people:
        yield f"- {person.name} | {person.company or '–'} | {person.title or '–'}"
    yield ""
    yield f"## turned down ({len(extraction.rejected)})"
    for rejection in extraction.rejected:
        place = f"[{rejection.span.start}–{rejection.span.end}] " if rejection.span else ""
        yield f"- {place}{rejection.what}: {rejection.reason}"
    yield ""
    yield "## text"
    yield article.text
    for caption in article.captions:
        yield f"(caption) {caption}"


def _fact(article: Article, fact: Fact) -> Iterator[str]:
    yield "- " + " | ".join(fact_fields(fact))
    for position, span in enumerate(fact.evidence):
        yield f"    {'evidence' if position == 0 else 'also'} {_place(article, span)}"
    for resolution in fact.resolutions:
        yield "    " + _resolution(article, resolution)
    if fact.rule:
        yield f"    rule: {fact.rule}"


def fact_fields(fact: Fact) -> tuple[str, ...]:
    """What a fact says, field by field, for one line of a report."""
    match fact:
        case Move():
            status = f"{fact.status} from {fact.when}" if fact.when else fact.status
            return (fact.person, fact.company or "–", fact.kind, fact.role or "–", status)
        case Activity():
            days = str(fact.when or "–") + (f" to {fact.until}" if fact.until else "")
            extra = [f"at {fact.place}"] if fact.place else []
            extra += [f"with {', '.join(fact.companions)}"] if fact.companions else []
            extra += ["planned"] if fact.planned else []
            return (fact.person, fact.company or "–", fact.kind, fact.what, days, *extra)
        case Quote():
            kind = "strategic" if fact.strategic else "not strategic"
            said = (fact.speaker or "–", fact.company or "–", fact.title or "–", fact.by, kind)
            return (*said, *fact.topics, f"“{fact.text}”")


def _place(article: Article, span: Span) -> str:
    return f"[{span.start}–{span.end}] {' '.join(span.of(article.text).split())}"


def _resolution(article: Article, resolution: Resolution) -> str:
    line = f"“{resolution.form}” = {resolution.person}"
    if resolution.antecedent is not None:
        line += f", from {_place(article, resolution.antecedent)}"
    return line
