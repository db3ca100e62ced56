"""Of which company a person is: stated beside the name, or told by the sentence and the article around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from briefing.extract.bodies import (
    is_borrowed,
    is_circle,
    is_civic_body,
    is_common_body,
    is_crowd,
    is_outside,
)
from briefing.extract.coreference import Draft
from briefing.extract.document import CompanyMention, Document, Mention, tokens_in
from briefing.extract.outsiders import called_firm
from briefing.extract.particles import ENDS_IN_PARTICLE, TOPICAL
from briefing.extract.parts import is_unit_group
from briefing.extract.places import is_area, place_names, venues
from briefing.extract.spans import in_brackets
from briefing.extract.titles import RANKS, Title
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Span

_CROWD = worded(r"(?<![가-힣]){contexts.bodies.crowds}(?:들)?(?:의)?\s$")
_SPOKESMEN = listed("contexts.posts.spokesmen")
_FIRM_POSTS = listed("contexts.posts.enterprise_only")
# Sentences without end do not make the search long.
REACH = 600
LOOKED_AT = 6000
MOST_COMPANIES = 400
# 온새큐브 본사에서 [A CEO를 만나]
_VISITED = worded(r"(?<![가-힣])(?P<w>[가-힣A-Za-z0-9&]{2,12})\s{firms.seats}(?:에서|를 찾아|을 찾아)\s$")
# 10일 본사에서, 여의도 본사에서: when, or where it stands.
_NO_OWNER = re.compile(r"\d+[일월시년층]|[가-힣]{1,3}[시군구동읍면로가길]")
_NO_NAMES = listed("surnames.no_names")
# 가람슈퍼를 3년간 꾸려 온 [A 대표]
_LED = worded(
    r"(?<![가-힣A-Za-z0-9&])(?P<w>[가-힣A-Za-z0-9&]{2,14})(?:을|를)\s(?:[^\s,.]+\s){0,2}?{firms.led}"
    r"(?:\s(?:온|낸|오던))?(?:\s[가-힣]{2,4})?\s$"
)
# What joins people of one company: A 가람전자 사장과 [B 부사장].
_JOINED = re.compile(r"\s?(?:\([^()\n]{0,30}\))?\s?(?:과|와|,|·|및|이랑|하고)")
_NEAR = 25
# A body as a topic: 학부모연대는, 학부모연대가 5일
_TOPIC = re.compile(
    r"(?<![가-힣])(?P<w>[가-힣A-Za-z0-9]{3,20})(?:(?:은|는)\s|(?:이|가)\s(?=\d|지난|오는|이날))"
)
_BODY_POSTS = listed("contexts.posts.associations+contexts.posts.party")
_CIVIC = affixes("organisations.civic")
_ORGANS = affixes("contexts.bodies.organs")
_OWN_BODIES = listed("contexts.bodies.own")
_OF_BOARD = listed("contexts.bodies.board")
_CHIEFS = listed("moves.seats.chiefs")
_THE_FIRM = listed("firms.kinds_spoken_of")
_BANK_HEAD = re.compile(r"(?<![가-힣A-Za-z])([가-힣A-Za-z]{2,8}은행)장")
_ASKER = worded(
    r"(?:의)?\s(?:한\s|어느\s|[가-힣]{2,3}\s)?{speech.askers.words}(?:들)?(?:이|가|은|는|의|에게)\s"
)
_SAME_FIRM = worded(r"(?:같은|이)\s{firms.same}(?:에서|의|\s)")


@cache
def bank_endings() -> tuple[str, ...]:
    """What banks' names end in."""
    return words("contexts.toml", "posts", "banks")


def is_civil_word(word: str) -> bool:
    """True for a word that names a certain house which is no enterprise, particle or not."""
    bare = ENDS_IN_PARTICLE.sub("", word)
    return len(bare) > 2 and not is_common_body(bare) and bare not in _OF_BOARD() and is_outside(bare)


def named_like_body(name: str, document: Document) -> bool:
    """True for a firm called like a circle or a movement, as the text tells."""
    return is_borrowed(name) and called_firm(name, document.text)


def no_enterprise(name: str, document: Document, *, ranked: bool = False) -> bool:
    """True for a house that is no enterprise by its name, or by what the text calls it.

    Args:
        ranked: True if somebody has a rank there that only enterprises have: no circle has a 전무.
    """
    if named_like_body(name, document):
        return False
    return (
        is_outside(name) or name in document.outsiders or (is_circle(name) and not ranked) or is_crowd(name)
    )


def speaks_for_crowd(pool: Sequence[Title], text: str) -> bool:
    """True for who speaks for people, and has no rank of firms besides: 청원인 대표, 서포터스 회장."""
    posts = [t for t in pool if not t.prefix and t.heads[0] in _SPOKESMEN()]
    crowd = any(_CROWD().search(text, max(0, t.span.start - 12), t.span.start) for t in posts)
    return crowd and not firm_ranked(pool)


def firm_ranked(pool: Sequence[Title]) -> bool:
    """True for posts that only enterprises have."""
    return any(h in _FIRM_POSTS() for t in pool for h in t.heads)


def stated_company(companies: Mapping[str, int], shorter: Mapping[str, str]) -> str | None:
    """The company that stands beside the name most often; of a group and its short name the group."""
    counts: Counter[str] = Counter()
    for name, count in companies.items():
        counts[shorter.get(name, name)] += count
    if not counts:
        return None
    best = counts.most_common(1)[0][0]
    return f"{best}그룹" if f"{best}그룹" in counts else best


def bank_of(document: Document, first: Span | None) -> str | None:
    """The bank of a 부행장: headed in the sentence, or the one that the article is about."""
    sentence = document.sentence_at(first.start) if first is not None else None
    if sentence is not None and first is not None:
        headed = _BANK_HEAD.findall(
            document.text[max(sentence.span.start, first.start - REACH) : first.start]
        )
        if headed:
            return str(headed[-1])
    headed = _BANK_HEAD.findall(document.article.title) or _BANK_HEAD.findall(document.text[:LOOKED_AT])
    banks = Counter(c.name for c in document.companies[:MOST_COMPANIES] if c.name.endswith(bank_endings()))
    if document.subject is not None and document.subject.endswith(bank_endings()):
        return document.subject
    return banks.most_common(1)[0][0] if banks else headed[0] if headed else None


def of_same_firm(first: Span, document: Document) -> bool:
    """True if the sentence before a name speaks of 같은 회사."""
    sentence = document.sentence_at(first.start)
    return sentence is not None and bool(
        _SAME_FIRM().search(document.text, max(sentence.span.start, first.start - 40), first.start)
    )


def company_around(draft: Draft, document: Document) -> tuple[str | None, bool]:
    """The topic of the sentence before the name, or what the article is about.

    Returns:
        The company, and True if the sentence speaks of a body that is no enterprise instead.
    """
    if draft.first is None:
        return document.subject, False
    at = draft.first.start
    sentence = document.sentence_at(at)
    if sentence is not None:
        before = Span(max(sentence.span.start, at - REACH), at)
        visited = _VISITED().search(before.of(document.text))
        if visited is not None and _may_have_seat(document, visited["w"]):
            return visited["w"], False
        body = _LED().search(before.of(document.text))
        if body is not None and is_outside(body["w"]) and not _own_body(body["w"], draft):
            return None, True  # 연대를 이끄는 [A 대표]
        if (led := _led(document, before)) is not None:
            return led, False
        inside = [
            c
            for c in document.companies_in(before)
            if not _no_firm(c)
            # A 이사장(가람해운 회장)과 [B 이사]
            and not in_brackets(document.text, before.start, c.span.start)
            and not _came_from(c, sentence, at, document.text)
            and not _of_another(c, at, document)
            and not _ASKER().match(document.text, c.span.end)  # 나래증권의 한 애널리스트가 묻자
        ]
        if inside:
            joined = inside[-1].particle in {"과", "와"}
            return (inside[0] if joined else inside[-1]).name, False
        spoken = re.sub(r"\([^()]*\)", "", before.of(document.text)).split()
        if any(ENDS_IN_PARTICLE.search(word) and is_civil_word(word) for word in spoken[-8:]):
            return None, True
    if _body_alone(draft, document, at):
        return None, True
    around = spoken_of(document, at)
    return (None, True) if around in document.outsiders else (around, False)


def _body_alone(draft: Draft, document: Document, at: int) -> bool:
    """True if no firm is spoken of so far but a body of citizens or a party is: 새길당은 … [A 대표]는.

    Only where a sentence opens with the name, so that nothing beside it tells of another house.
    """
    sentence = document.sentence_at(at)
    if sentence is None or sentence.span.start != at or not {t.head for t in draft.titles} <= _BODY_POSTS():
        return False
    firms = (*document.head_companies, *document.companies_in(Span(0, at)))
    if not all(_no_firm(c) or c.name in document.outsiders for c in firms):
        return False
    topics = _TOPIC.finditer(document.text, max(0, at - REACH), at)
    return any(_is_body(m["w"]) or m["w"] in document.outsiders for m in topics)


def _is_body(word: str) -> bool:
    """True for a body of citizens or a party; not for a committee, which firms have as well."""
    if is_common_body(word) or word.endswith(_ORGANS()):
        return False
    return is_civic_body(word) or word.endswith(_CIVIC()) or (is_outside(word) and word.endswith("당"))


def _own_body(word: str, draft: Draft) -> bool:
    """위원회를 이끌던 [A 부회장]: what a firm has itself, led by somebody with a rank of firms."""
    if word in _OF_BOARD():
        return True
    ranks = RANKS - _CHIEFS() - {"회장"}  # an association's too
    return word in _OWN_BODIES() and any(t.head in ranks for t in draft.titles)


def _of_another(company: CompanyMention, at: int, document: Document) -> bool:
    """True for the company of somebody else's title (전 두레은행 대표가, [A 전무가]), not joined to it."""
    for mention in document.mentions_in(Span(max(0, company.span.start - 40), company.span.end)):
        if mention.kind == "full" and mention.name.start != at and company.span.end <= mention.span.end:
            return not _JOINED.match(document.text, mention.span.end) or at - mention.span.end > _NEAR
    return False


def _may_have_seat(document: Document, word: str) -> bool:
    """True for a word before 본사 that may be whose it is: no day, and no place."""
    if any(word in {c.name, c.span.of(document.text)} for c in document.companies):
        return True
    return _NO_OWNER.fullmatch(word) is None and word not in _NO_NAMES() and not is_area(word)


def _no_firm(company: CompanyMention) -> bool:
    """True for what is named like a company and employs nobody here: venues, places, parts of companies."""
    name = company.name
    return is_outside(name) or is_unit_group(name) or name in place_names() or _venue(company)


def _led(document: Document, before: Span) -> str | None:
    """가람슈퍼를 꾸려 온 [A 대표], 회사를 이끈 [A 회장]: the house somebody is told to lead, or None."""
    led = _LED().search(before.of(document.text))
    if led is None:
        return None
    word = led["w"]
    if word in _THE_FIRM():
        return document.subject
    known = [c for c in document.companies_in(before) if c.span.start == before.start + led.start("w")]
    return known[0].name if known and not _no_firm(known[0]) else None


def _venue(company: CompanyMention) -> bool:
    """True for a hotel or hall where something was held."""
    return company.particle in {"에서", "에", "에서는"} and company.name.endswith(venues())


def spoken_of(document: Document, at: int) -> str | None:
    """The company that is spoken of at an offset, venues and parts of companies left out."""
    paragraph = document.text.rfind("\n", 0, at) + 1
    near = document.companies_in(Span(paragraph, at))[-12:]
    for mention in reversed(near):
        topical = mention.particle in TOPICAL and not document.quoted(mention.span.start)
        if topical and not _no_firm(mention):
            return mention.name
    return document.subject


# 누리컨설팅을 거쳐 합류한, 누리전자 부사장을 지낸, 누리전자와의 합작을 이끈, 누리전자 인수를 주도한 [A 상무]
NOT_HOME = worded(
    r"(?:을|를)\s{moves.seats.left_house}|(?:와|과)의\s|의?\s{moves.seats.dealt_in}(?:을|를)\s"
    r"|의?\s(?:[가-힣A-Za-z]{1,8}\s)?[가-힣A-Za-z]{2,12}(?:을|를)\s{moves.seats.once_held}\s"
)


def _came_from(company: CompanyMention, sentence: Sentence, name: int, text: str) -> bool:
    """True for 가람전자에서 물류를 맡던 [A 부사장], 벼리펀드가 추천한 [A 이사]: not the employer."""
    if text.startswith(" 출신", company.span.end) or NOT_HOME().match(text, company.span.end, name):
        return True
    return company.particle in {"에서", "이", "가"} and any(
        t.tag == "ETM" for t in tokens_in(sentence, Span(company.span.end, name))
    )


def is_stated(document: Document, mention: Mention) -> bool:
    """True if the text names the person's company beside the name somewhere."""
    return any(
        m.company is not None and m.persona == mention.persona
        for m in (*document.mentions, *document.headline)
    )
