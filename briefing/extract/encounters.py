"""Meeting a counterpart, and closing deals in person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.deeds import Deed, Predicate, adverbs, find_predicates
from briefing.extract.document import Document
from briefing.extract.groups import Group
from briefing.extract.occasions import phrase_start, word_set
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import words
from briefing.model import ActivityKind

_REACH = 80
_SHARED = frozenset({"과의", "와의", "과도", "와도", "과는", "와는", "과", "와", "하고"})


@cache
def _partner() -> re.Pattern[str]:
    return re.compile(
        r"(?P<np>[^\s,“”\"]+(?: [^\s,“”\"]+){0,4}?)(?P<p>과의|와의|과도|와도|과는|와는|과|와|을|를|하고|에게)"
        rf"(?:{adverbs()}|\s[가-힣]{{1,4}}[히게]|(?:\s[^\s,]+){{0,3}}?\s?[^\s,]*(?:에서|도)){{0,2}}\s?$"
    )


def find_meetings(document: Document, sentence: Sentence, groups: Sequence[Group]) -> list[Deed]:
    """Meeting somebody who is named or described; reporters and mere listeners do not count."""
    deeds = []
    for p in find_predicates(document, sentence, "meeting", "verbs", "stems"):
        low = max(sentence.span.start, p.span.start - _REACH)
        partner = _partner().search(document.text[low : p.span.start])
        if partner is not None:
            if (deed := _with_partner(document, sentence, groups, p, low, partner)) is not None:
                deeds.append(deed)
            continue
        together = [
            g for g in groups if g.role == "subject" and len(g.mentions) > 1 and g.end <= p.span.start
        ]
        if together and p.stem[:2] in word_set("meeting", "verbs", "mutual"):
            deeds.append(Deed(ActivityKind.MEETING, p.span, p.end, p.stem, f"meet ({p.stem})", p.adnominal))
    return deeds


def _with_partner(  # noqa: PLR0917
    document: Document,
    sentence: Sentence,
    groups: Sequence[Group],
    p: Predicate,
    low: int,
    partner: re.Match[str],
) -> Deed | None:
    text = document.text
    last = partner["np"].split()[-1]
    if last in word_set("meeting", "press") or last.removesuffix("들") in word_set("meeting", "press"):
        return None
    shared = partner["p"] in _SHARED
    if not shared and p.stem[:2] not in word_set("meeting", "verbs", "direct"):
        return None
    beside = [
        g for g in groups
        if g.role in {"with", "object"}
        and low <= g.mentions[0].span.start
        and g.mentions[-1].span.end <= p.span.start
    ]  # fmt: skip
    if not beside and p.stem[:2] in word_set("meeting", "verbs", "welcome"):
        return None
    if beside:
        what = text[beside[0].mentions[0].span.start : beside[0].mentions[-1].span.end]
    else:
        stop = low + partner.end("np")
        what = text[phrase_start(document, sentence.tokens, stop) : stop].strip(" ,·의") or partner["np"]
    mutual = bool(beside)
    return Deed(ActivityKind.MEETING, p.span, p.end, what, f"meets ({p.stem})", p.adnominal, mutual=mutual)


@cache
def _signed() -> re.Pattern[str]:
    nouns = "|".join(
        re.escape(n) for n in sorted(words("occasions.toml", "deal", "words"), key=len, reverse=True)
    )
    return re.compile(rf"(?P<noun>(?:{nouns})(?:\([^)\n]*\))?)(?:을|를|에|에도)?{adverbs()}$")


def find_deals(document: Document, sentence: Sentence) -> list[Deed]:
    """Signing or closing in person."""
    text = document.text
    deeds = []
    for p in find_predicates(document, sentence, "deal", "verbs"):
        low = max(sentence.span.start, p.span.start - 40)
        match = _signed().search(text[low : p.span.start])
        if match is None:
            continue
        start = phrase_start(document, sentence.tokens, low + match.start("noun"))
        what = text[start : low + match.end("noun")].strip(" ,의")
        deeds.append(
            Deed(ActivityKind.DEAL, p.span, p.end, what, "signs", p.adnominal, mutual=True, needs_name=True)
        )
    return deeds
