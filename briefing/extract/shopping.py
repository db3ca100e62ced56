"""What executives buy at a market, which is a visit: 망원시장에서 과일을 산 뒤."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Parse, deed_words, find_idiom
from briefing.extract.endings import ending_set
from briefing.extract.places import AROUND
from briefing.korean.wordlists import affixes, worded

# The name of a market or shop has so many syllables: 잠실점.
SHORTEST = 3
_MARKETS = affixes("occasions.visit.markets")
# What is traded, not where: 중국 시장, 배터리 시장.
TRADE = worded(r"(?:{places.countries}|{occasions.visit.trade})\s?시장(?:$|\s)")


def bought_at(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> str | None:
    """망원시장에서 과일을 산 뒤, 자갈치시장에서 장을 보며: the market, where no stock is bought."""
    if find_idiom(clause, phrases, "shops") is None:
        if clause.lemma not in lemmas("visit", "buys") or clause.form != "verb":
            return None
        wares = deed_words("visit", "wares")
        if not any(p.level == 0 and p.particle == "을" and p.head not in wares for p in phrases):
            return None
        if not _once(parse, clause):
            return None
    at = next((p for p in phrases if p.level == 0 and p.particle == "에서"), None)
    if at is None or not at.head.endswith(_MARKETS()) or len(at.head) < SHORTEST:
        return None
    place = parse.noun_phrase(at.span.end, AROUND)
    return None if TRADE().search(place) else place


def _once(parse: Parse, clause: Clause) -> bool:
    """True for 과일을 산 뒤 이야기를 나눴다; not for 새벽마다 사 온다고 설명했다, 사 매장에서 판다."""
    if "마다 " in parse.text[parse.bounds[0] : clause.span.start]:
        return False
    if any(c.first > clause.last and c.lemma in lemmas("visit", "resells") for c in parse.clauses):
        return False
    behind = parse.sentence.tokens[clause.last + 1 :]
    said = next((n for n, t in enumerate(behind) if t.form in ending_set("reported")), len(behind))
    now = [t.form for t in behind[:2]] == ["고", "있"]  # 과일을 사고 있다, below a photograph
    return now or any(t.tag == "EP" for t in behind[:said])
