"""Closing deals in person: 계약서에 서명했다, 도장을 찍었다, 협약식에서 손을 맞잡았다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, deed_words, find_idiom, told
from briefing.extract.document import Mention
from briefing.extract.occasions import word_set
from briefing.extract.places import bare_phrase
from briefing.extract.records import record
from briefing.extract.titles import title_kind
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, listed
from briefing.model import ActivityKind

_PAPER_PARTICLES = frozenset({"을", "에", "", "은"})
# 제주지사와 협약을 맺었다: with an official on the other side a person signs.
_SIDES = affixes("occasions.meeting.officials")
# 이름을 올렸다 and the like need their paper beside them.
_NO_INK = listed("occasions.deal.no_ink")
_PARTNERS = affixes("occasions.deal.partners")
# 업무협약 5건을 맺었다
_COUNTED = re.compile(r"\s(?:\d+|여러|세|네|두|다섯)\s?[건개]$")
# A paper is told of so many characters before it is signed.
_BACK = 160


@record(frozen=True, slots=True)
class Paper:
    """What the text told to be signed.

    Attributes:
        what: As written.
        told: Where the sentence ends that told it.
    """

    what: str
    told: int


@cache
def _paper() -> re.Pattern[str]:
    nouns = sorted(words("occasions.toml", "deal", "words"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, nouns))})(?:\([^)\n]*\)?)?$")


def find_deals(parse: Parse, before: Paper | None = None) -> list[Deed]:
    """Signing or closing in person.

    Args:
        parse: The sentence.
        before: The paper told of last.
    """
    found = []
    for clause, phrases in parse.pairs():
        if clause.form == "light":
            continue
        paper = _paper_of(clause, phrases)
        deed = (
            _signed(parse, clause, phrases, paper) if paper is not None else _ceremony(parse, clause, phrases)
        )
        deed = deed or _settles(parse, clause, phrases)
        if deed is None and before is not None and 0 <= parse.bounds[0] - before.told <= _BACK:
            deed = _signs_it(clause, phrases, before)
        if deed is not None:
            found.append(deed)
    return found


# Of phrases in front of what modifies the paper: CEO와 [객실을 사들이는] 계약을 맺었다.
_MODIFYING = 2
_PROMISED = "겠"


def _settles(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """현지 유통사와 판권 계약을 마무리 짓는다: closed by whoever is named, without a word of the hand."""
    if clause.form != "verb" or clause.passive or clause.adnominal or clause.unreal:
        return None
    if parse.text.startswith(_PROMISED, clause.span.end):
        return None  # 제휴를 매듭짓겠다고 예고했다
    if clause.lemma not in lemmas("deal", "settles") and find_idiom(clause, phrases, "settles") is None:
        return None
    talks = deed_words("deal", "talks")
    own = (p for p in phrases if p.level == 0 and p.particle == "을")
    closed = next((p for p in own if p.head in talks or _paper().search(p.head)), None)
    if closed is None or any(
        p.level == 0 and p.particle == "이" and not parse.names_person(p) for p in phrases
    ):
        return None
    return told(clause, ActivityKind.DEAL, _phrase(parse, closed), "settles it", mutual=True, needs_name=True)


def signs_for_house(deed: Deed, mention: Mention) -> bool:
    """True for a partner of a house of investors who signs its paper."""
    title = mention.title or ""
    return deed.kind is ActivityKind.DEAL and mention.company is not None and title.endswith(_PARTNERS())


def find_paper(parse: Parse) -> Paper | None:
    """What a sentence tells to be signed or concluded, whoever does it, or None."""
    for clause, phrases in reversed(tuple(parse.pairs())):
        if clause.lemma in lemmas("deal", "verbs") or clause.lemma in lemmas("deal", "closes"):
            own = (p for p in phrases if p.level == 0 and p.particle in _PAPER_PARTICLES)
            paper = next((p for p in own if _paper().search(p.head)), None)
            if paper is not None:
                return Paper(_phrase(parse, paper), parse.bounds[1])
    return None


def _signs_it(clause: Clause, phrases: Sequence[Argument], paper: Paper) -> Deed | None:
    """펜을 들었다, 서명은 A 회장이 했다: the paper told before."""
    if clause.form != "verb" or clause.passive:
        return None
    ink = find_idiom(clause, phrases, "ink")
    bare = clause.lemma in lemmas("deal", "personal") and not any(
        p.level == 0 and p.particle in {"을", "에"} for p in phrases
    )
    if (ink is None or ink.head in _NO_INK()) and not bare:
        return None
    return told(clause, ActivityKind.DEAL, paper.what, "signs it", mutual=True, needs_name=True)


def _phrase(parse: Parse, paper: Argument) -> str:
    start = parse.start_of(paper.span.start)
    return bare_phrase(parse.text[start : parse.sentence.tokens[paper.index].end], " ,의")


def _paper_of(clause: Clause, phrases: Sequence[Argument]) -> Argument | None:
    """What is signed, or None if the predicate does not tell that."""
    shown = find_idiom(clause, phrases, "paper")
    if shown is not None:
        return shown
    if clause.lemma not in lemmas("deal", "verbs") and find_idiom(clause, phrases, "ink") is None:
        return None
    own = (p for p in phrases if p.level == 0 and p.particle in _PAPER_PARTICLES)
    return next((p for p in own if _paper().search(_COUNTED.sub("", p.words))), None)


def _signed(parse: Parse, clause: Clause, phrases: Sequence[Argument], paper: Argument) -> Deed:
    what = _phrase(parse, paper)
    # whoever signs does so in person, and with a person; a company nobody names may conclude a contract
    personal = clause.lemma in lemmas("deal", "personal") or any(
        # CEO와 만나 협약을 맺었다: the other side stands with the verb before
        p.level <= _MODIFYING
        and p.particle == "와"
        and (p.head.endswith(_SIDES()) or title_kind(p.head) is not None)
        for p in phrases
    )
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
