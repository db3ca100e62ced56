"""Going somewhere: journeys abroad (출장, 출국, 방한) and visits to places of work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefing.errors import DataError
from briefing.extract.deeds import Deed, adverbs, ends_in, find_predicates
from briefing.extract.document import Document
from briefing.extract.occasions import destinations, phrase_start, word_set
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import table, trie_pattern, words
from briefing.model import ActivityKind, Span

# 이곳 and 다녀갔다 reach this far back for their place.
_PLACE_BACK = 240
_BEFORE_LEAVING = re.compile(r"(?:에|하기) ?(?:앞서|앞선|앞두고)|(?:하기)? ?(?:전|앞)")
# 출장비, 출국장, 입국자: other words; 출장 소감, 출국 인파: talk about the journey.
_OTHER = re.compile(
    r"(?:장|자|지|비|용|소|객|세|증|카드|금지|정지|심사|수속|신고|허가)|\s?(?:소감|목적|당시|직전|직후|인파|경험|성과|기자|현장)"
)
_GOING = re.compile(r"(?:했|한|할|하|해|길|에|행|,|\(|$|\s?(?:예정|일정|했|한다|할))")
_DIRECTED = re.compile(r"(?:[가-힣]*(?:시|주|현|성))?(?:으로|로|에|을|를|행)(?:\s|$)")
_COUNTED = re.compile(r"(\S+)\s(?:한|두|세|네|다섯|여러|몇|\d+)\s?(?:곳|군데|개사|개)(?:을|를)\s?(?:\S+\s)?$")
_WHERE = re.compile(r"(\S+)에서 (?:\S+ ){0,8}$")
_INSPECTION = re.compile(r"점검(?:에|을|이|은|단|반|회|표|결과)")
_INSPECTED = re.compile(r"에\s?(?:나섰|나서|나선)|을\s?(?:했|벌였|벌이|실시|진행|마치|마친)")


@cache
def _of_country() -> Mapping[str, str]:
    rows = table("occasions.toml")["trip"].get("visits")
    if not isinstance(rows, dict):
        raise DataError("briefing/data/occasions.toml", "[trip] visits must map words to countries")
    return rows


def find_trips(document: Document, sentence: Sentence) -> list[Deed]:
    """Leaving for, arriving in, coming back from another country."""
    text = document.text
    deeds = []
    for p in find_predicates(document, sentence, "trip", "nouns"):
        behind = text[p.span.end : min(sentence.span.end, p.span.end + 8)]
        country = _of_country().get(p.stem)
        if _BEFORE_LEAVING.match(behind) or (_OTHER.match(behind) and not p.stem.endswith("길")):
            continue
        if (country or "국" in p.stem) and not _GOING.match(behind):
            continue
        places = destinations(document, max(sentence.span.start, p.span.start - 40), p.span.start)
        noun = p.stem.removesuffix("길")
        what = f"{text[places[-1].start : places[-1].end]} {noun}" if places and not country else noun
        deeds.append(Deed(ActivityKind.TRIP, p.span, p.end, what, f"journey ({p.stem})", p.adnominal))
    for p in find_predicates(document, sentence, "trip", "verbs", "stems"):
        if p.stem in word_set("trip", "nouns"):
            continue
        places = destinations(document, max(sentence.span.start, p.span.start - 36), p.span.start)
        if not places:
            continue
        gap = text[places[-1].end : p.span.start]
        if len(gap) > 14 or not _DIRECTED.match(gap) or (p.stem[0] in "올오" and "길" not in gap):
            continue
        what = text[places[-1].start : places[-1].end]
        deeds.append(Deed(ActivityKind.TRIP, p.span, p.end, what, "goes to", p.adnominal))
    for match in _airport().finditer(text, sentence.span.start, sentence.span.end):
        if not document.quoted(match.start()):
            span = Span(*match.span("verb"))
            deeds.append(Deed(ActivityKind.TRIP, span, span.end + 1, "입국", "arrives"))
    return deeds


@cache
def _airport() -> re.Pattern[str]:
    airports = trie_pattern(words("occasions.toml", "trip", "airports"))
    return re.compile(rf"{airports}(?:에|으로|로|을 통해) (?P<verb>도착|내렸|내린|들어왔|입국)")


def _last_place(document: Document, sentence: Sentence, before: int) -> str | None:
    """The place of work named last in front of an offset, in this sentence or those before."""
    low = max(0, before - _PLACE_BACK)
    found = None
    for match in _place_noun().finditer(document.text, low, before):
        if not document.quoted(match.start()):
            found = match
    if found is None:
        return None
    at = document.sentence_at(found.start()) or sentence
    return document.text[phrase_start(document, at.tokens, found.end()) : found.end()].strip(" ,‘’'의")


@cache
def _place_noun() -> re.Pattern[str]:
    nouns = [
        w for w in words("occasions.toml", "visit", "words") if len(w) > 2 or w in {"공장", "매장", "농가"}
    ]
    return re.compile(rf"[가-힣A-Za-z0-9]*(?:{trie_pattern(nouns)})(?=[\s,.을를이가은는에의과와입]|$)")


@cache
def _object() -> re.Pattern[str]:
    return re.compile(rf"(?P<np>\S+?)(?:을|를|에|까지|에서|\s){adverbs()}$")


def find_visits(document: Document, sentence: Sentence) -> list[Deed]:
    """Going to see a place of work."""
    text = document.text
    deeds = []
    for p in find_predicates(document, sentence, "visit", "verbs", "stems"):
        low = max(sentence.span.start, p.span.start - 70)
        before = text[low : p.span.start]
        if _INSPECTION.match(text, p.span.start) and not _INSPECTED.match(text, p.span.end):
            continue
        match = _COUNTED.search(before) or _object().search(before)
        if p.stem.startswith("다녀") and (match is None or not ends_in("visit", "words").search(match[1])):
            if place := _last_place(document, sentence, p.span.start):
                deeds.append(
                    Deed(ActivityKind.VISIT, p.span, p.end, place, "visits", p.adnominal, needs_name=True)
                )
            continue
        if match is None:
            continue
        np = match[1].rstrip(",’'”\"")
        if ends_in("visit", "words").search(np):
            stop = low + match.start(1) + len(np)
        elif p.stem.replace(" ", "_") in word_set("visit", "verbs", "looking"):
            # 공장에서 라인을 살폈다: the place stands with 에서
            where = _WHERE.search(before)
            if where is None or not ends_in("visit", "words").search(where[1]):
                continue
            stop = low + where.end(1)
        else:
            continue
        start = phrase_start(document, sentence.tokens, stop)
        what = text[start:stop].strip(" ,‘’'의")
        if np in {"이곳", "그곳"}:
            what = _last_place(document, sentence, start) or what
        deeds.append(Deed(ActivityKind.VISIT, p.span, p.end, what or np, "visits", p.adnominal))
    return deeds
