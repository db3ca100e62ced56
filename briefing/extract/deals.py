"""Closing deals in person: 계약서에 서명했다, 도장을 찍었다, 협약식에서 손을 맞잡았다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.occasions import word_set
from briefing.korean.lexicon import words
from briefing.model import ActivityKind

_PAPER_PARTICLES = frozenset({"을", "에", "", "은"})


@cache
def _paper() -> re.Pattern[str]:
    nouns = sorted(words("occasions.toml", "deal", "words"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, nouns))})(?:\([^)\n]*\)?)?$")


def find_deals(parse: Parse) -> list[Deed]:
    """Signing or closing in person."""
    found = []
    for clause, phrases in parse.pairs():
        if clause.form == "light":
            continue
        paper = _paper_of(clause, phrases)
        deed = _signed(parse, clause, paper) if paper is not None else _ceremony(parse, clause, phrases)
        if deed is not None:
            found.append(deed)
    return found


def _paper_of(clause: Clause, phrases: Sequence[Argument]) -> Argument | None:
    """What is signed, or None if the predicate does not tell that."""
    shown = find_idiom(clause, phrases, "paper")
    if shown is not None:
        return shown
    if clause.lemma not in lemmas("deal", "verbs") and find_idiom(clause, phrases, "ink") is None:
        return None
    own = (p for p in phrases if p.level == 0 and p.particle in _PAPER_PARTICLES)
    return next((p for p in own if _paper().search(p.head)), None)


def _signed(parse: Parse, clause: Clause, paper: Argument) -> Deed:
    start = parse.start_of(paper.span.start)
    what = parse.text[start : parse.sentence.tokens[paper.index].end].strip(" ,의")
    # whoever signs does so in person; a contract may be concluded by a company nobody names
    personal = clause.lemma in lemmas("deal", "personal")
    return told(clause, ActivityKind.DEAL, what, "signs", mutual=True, needs_name=not personal)


def _ceremony(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """협약식에서 손을 맞잡고 있다, 조인식을 가졌다."""
    signing = word_set("event", "signing")
    ceremony = [o for o in parse.occasions if o.head in signing and o.span.end <= clause.span.start]
    if not ceremony:
        return None
    signs = find_idiom(clause, phrases, "signer") is not None
    shake = find_idiom(clause, phrases, "hands") is not None or clause.lemma in lemmas("deal", "hands")
    held = clause.lemma in lemmas("event", "hold") and parse.own_occasion(phrases, {"을", "은", ""}, ceremony)
    if not (signs or shake or held):
        return None
    what = ceremony[-1].phrase
    return told(clause, ActivityKind.DEAL, what, "shakes hands on it", mutual=True, needs_name=not signs)
