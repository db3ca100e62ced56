"""`execbrief explain FILE --errors`: what extraction and the labels of a file tell differently.

A labelled file has the lines of `extract`'s input with the fields of its output beside them (moves,
activities, quotes, people), as ../shared/corpus has. Each difference takes a few lines: what was labelled,
what was found in the same sentence, by which rule, and what was turned down there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.explain import fact_fields
from briefing.model import Activity, Article, Extraction, Fact, Move, Quote, QuotedBy, Span

KINDS = ("moves", "activities", "quotes", "people")


@dataclass(frozen=True, slots=True)
class Difference:
    """One label or one fact that has no counterpart, or a counterpart with another field.

    Attributes:
        kind: "moves", "activities", "quotes" or "people".
        what: "missed", "extra" or "other" (same fact, other role, company or speaker).
        label: The label in one line, or "".
        fact: The fact found, or None.
        place: Where to look in the text.
    """

    kind: str
    what: str
    label: str
    fact: Fact | None
    place: Span


def differences(article: Article, found: Extraction, labels: Mapping[str, Any]) -> Iterator[Difference]:
    """Differences of one article, in the order of `KINDS`.

    Args:
        labels: The line's object; optional and rumoured labels are neither asked for nor held against a fact.
    """
    for kind, facts in (("moves", found.moves), ("activities", found.activities), ("quotes", found.quotes)):
        rows = labels.get(kind)
        if isinstance(rows, list):
            yield from _facts(kind, article, facts, [r for r in rows if isinstance(r, dict)])
    if isinstance(labels.get("people"), list):
        yield from _people(article, found, labels["people"])


def _facts(
    kind: str, article: Article, facts: Sequence[Fact], rows: Sequence[Mapping[str, Any]]
) -> Iterator[Difference]:
    left = list(facts)
    missed = []
    for row in rows:
        same = [f for f in left if _key(f) == _label_key(kind, row)]
        best = max(same, key=lambda f: not _other(f, row), default=None)
        if best is None:
            missed.append(row)
            continue
        left.remove(best)
        if _other(best, row) and not _soft(row):
            yield Difference(kind, "other", _label(row), best, best.evidence[0])
    for row in missed:
        if not _soft(row):
            yield Difference(kind, "missed", _label(row), None, _place(article, row))
    for fact in left:
        yield Difference(kind, "extra", "", fact, fact.evidence[0])


def _people(article: Article, found: Extraction, rows: Sequence[Any]) -> Iterator[Difference]:
    labelled = {_plain(r["name"]): r for r in rows if isinstance(r, dict) and r.get("name")}
    said = {_plain(p.name) for p in found.people}
    for name, row in labelled.items():
        if row.get("executive") and not row.get("executive_optional") and name not in said:
            yield Difference("people", "missed", _label(row), None, _place(article, {"person": row["name"]}))
    for person in found.people:
        known = labelled.get(_plain(person.name), {})
        if not (known.get("executive") or known.get("executive_optional")):
            told = f"{person.name} | {person.company or '–'} | {person.title or '–'}"
            yield Difference("people", "extra", told, None, _place(article, {"person": person.name}))


def _plain(text: object) -> str:
    return str(text or "").replace(" ", "")


def _key(fact: Fact) -> tuple[str, ...]:
    match fact:
        case Quote():
            return (_plain(fact.text),)
        case Move() | Activity():
            return (_plain(fact.person), fact.kind.value)


def _label_key(kind: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        (_plain(row.get("text")),) if kind == "quotes" else (_plain(row.get("person")), str(row.get("kind")))
    )


def _other(fact: Fact, row: Mapping[str, Any]) -> bool:
    """True if a fact and its label differ in what else they say."""
    match fact:
        case Quote():
            # whether somebody else has a name is no matter here
            executive = row.get("by") == "executive"
            if executive != (fact.by is QuotedBy.EXECUTIVE):
                return True
            return executive and _plain(fact.speaker) != _plain(row.get("speaker"))
        case Move():
            return _apart(fact.role, row.get("role")) or _plain(fact.company) != _plain(row.get("company"))
        case Activity():
            return bool(row.get("when")) and str(fact.when or "") != row["when"]


def _apart(one: str | None, other: object) -> bool:
    a, b = _plain(one), _plain(other)
    return a != b and not (a and b and (a in b or b in a))


def _soft(row: Mapping[str, Any]) -> bool:
    return bool(row.get("optional")) or row.get("status") == "rumored"


def _label(row: Mapping[str, Any]) -> str:
    names = ("person", "speaker", "name", "company", "kind", "role", "what", "when", "by", "title")
    told = [str(row[n]) for n in names if row.get(n)]
    return " | ".join([*told, f"“{row['text']}”"] if row.get("text") else told)


def _place(article: Article, row: Mapping[str, Any]) -> Span:
    """Where a label's evidence (or words) stand; the text's beginning if nowhere."""
    for wanted in (row.get("evidence"), row.get("text"), row.get("person")):
        at = article.text.find(wanted) if isinstance(wanted, str) and wanted else -1
        if at >= 0:
            return Span(at, at + len(str(wanted)))
    return Span(0, 0)


def told(number: int, article: Article, found: Extraction, difference: Difference) -> str:
    """A difference in a few lines, numbered."""
    fact = difference.fact
    lines = [f"[{number}] {article.id} {difference.kind} {difference.what}"]
    if difference.label:
        lines.append(f"    {'found' if difference.what == 'extra' else 'label'}  {difference.label}")
    if fact is not None:
        lines.append(f"    found  {' | '.join(fact_fields(fact))}   rule: {fact.rule}")
        lines += [f"           “{r.form}” = {r.person}" for r in fact.resolutions]
    place = _around(article.text, difference.place)
    lines.append(f"    text   {' '.join(place.of(article.text).split()) or '(not in the text)'}")
    if fact is None:
        here = [f for f in found.facts if f.evidence[0].start < place.end and place.start < f.evidence[0].end]
        lines += [f"    there  {' | '.join(fact_fields(f))}   rule: {f.rule}" for f in here]
    refused = [
        r for r in found.rejected if r.span is not None and place.start <= r.span.start < max(place.end, 1)
    ]
    lines += [f"    turned down  {r.what}: {r.reason}" for r in refused]
    return "\n".join(lines)


def _around(text: str, place: Span) -> Span:
    """A place as long as a sentence: a bare name is shown with what stands around it."""
    if place.end - place.start > 12 or place.end == 0:
        return place
    line = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    return Span(max(line, place.start - 60), min(len(text) if end < 0 else end, place.end + 60))
