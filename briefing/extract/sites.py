"""Which phrase names a place of work that one goes to see: 공장을, 제주 서귀포의 선과장을, 잠실점을."""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Parse
from briefing.extract.occasions import destinations, word_set
from briefing.extract.places import bare_phrase, is_place, is_region
from briefing.extract.shopping import SHORTEST, TRADE
from briefing.extract.spans import titles_in
from briefing.extract.subjects import human
from briefing.extract.titles import title_kind
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Span

# 이곳 and 다녀갔다 reach this far back for their place.
_PLACE_BACK = 240
# A company's name with its brackets is no longer than this.
_NAME = 30
_COUNTED = re.compile(
    r"(\S+)\s(?:(?:한|두|세|네|다섯|여섯|여러|몇|\d+여?)\s?(?:곳|군데|개사|개|개소)|곳곳|구석구석)$"
)
# 미국 거래처를 찾아 may be a search: only places inside a country tell a visit.
_COUNTRIES = listed("places.countries")
# What places are called after, whatever is done there: 제염소, 염색방.
KINDS = affixes("occasions.visit.kinds")
# 해법을 찾아 나섰다, 협력사 대표를 찾아: what is no place.
_SOUGHT = affixes("occasions.visit.sought")
_DAYTIME = worded(r"\d일(?:에는|엔|에)?\s|(?<![가-힣])(?:{times.hours})(?:에는|엔|에)?\s")


@cache
def _endings() -> tuple[str, ...]:
    return words("occasions.toml", "visit", "words")


def is_work_place(place: str) -> bool:
    """True if the last word of a phrase ends as names of places of work do."""
    word = place.rsplit(maxsplit=1)[-1]
    return word.endswith(_endings()) or word.removesuffix("들").removesuffix("등").endswith(_endings())


def place_of(parse: Parse, clause: Clause, phrase: Argument) -> str | None:
    """The place of work a phrase names, or None."""
    end = phrase.span.end
    start = parse.start_of(end)
    name = bare_phrase(parse.text[start:end]) or phrase.head
    counted = _COUNTED.search(parse.text[start:end])
    head = counted[1] if counted else phrase.head
    if TRADE().search(name) or _names_official(parse, phrase):
        return None
    if is_work_place(head) or _is_branch(parse, phrase) or _is_port(head):
        if head in word_set("visit", "pointing"):
            return last_place(parse, start) or name
        return name
    if clause.lemma in lemmas("visit", "board"):
        return name
    as_object = phrase.particle in {"을", "부터"}
    sought = clause.lemma in lemmas("visit", "houses") if as_object else phrase.particle != ""
    if sought and _in_region(parse, name, phrase):
        return name
    if as_object and counted and phrase.head[-1:] in "곳데":
        return name  # 스튜디오 세 곳을 돌며
    if are_people(phrase.head) and (inner := last_named(parse.text, start, phrase.span.start)):
        return inner  # 물류센터 야간 근무조를 찾아
    abroad = any(p.end == end for p in destinations(parse.document, start, end))
    if as_object and clause.lemma in lemmas("visit", "tour") and not abroad:
        return name
    plain = clause.lemma in lemmas("visit", "plain")
    if plain or (as_object and clause.lemma in lemmas("visit", "houses")):
        near = Span(max(start, end - _NAME), end)
        if any(c.span.end == end for c in parse.document.companies_in(near)):
            return name  # 고객사를 찾았다: a company as object is its house
    token = parse.document.tokens.get(phrase.span.start)
    proper = token is not None and token.tag in {"NNP", "SL"}
    if not as_object or abroad:
        return None
    if plain and (proper or _is_thing(phrase, token)):
        return name
    return name if clause.lemma in lemmas("visit", "houses") and _gone_to_see(parse, clause, phrase) else None


def _is_branch(parse: Parse, phrase: Argument) -> bool:
    """True for 잠실점을, 천안점으로: a shop called after its place."""
    tokens, at = parse.sentence.tokens, phrase.index
    if tokens[at].tag == "NNP":
        return len(tokens[at].form) >= SHORTEST and tokens[at].form.endswith("점")
    return tokens[at].form == "점" and at > 0 and tokens[at - 1].tag == "NNP"


def _is_port(head: str) -> bool:
    """True for 인천항을: the port of a town."""
    return head.endswith("항") and is_region(head.removesuffix("항"))


def _names_official(parse: Parse, phrase: Argument) -> bool:
    """True for 김 아무개 도지사를: a 지사 that is somebody; 시장 is a market here."""
    end = phrase.span.end
    if phrase.head.endswith("시장"):
        return False
    last = next((g.mentions[-1] for g in parse.groups if g.mentions[-1].span.end == end), None)
    # 평창 대관령지사를 찾아: a branch in a region, nobody's name
    return last is not None and not is_region(parse.text[last.span.start : end].split()[0])


def _gone_to_see(parse: Parse, clause: Clause, phrase: Argument) -> bool:
    """True for 구례를 찾았다, 누리랜드를 찾아 설비를 점검했다: no search, and nobody."""
    if is_region(phrase.head):
        return True
    token = parse.sentence.tokens[phrase.index]
    kind = len(phrase.head) >= SHORTEST and phrase.head.endswith(KINDS())  # 두부공방을, 제염소를
    if not (kind or token.tag == "NNP") or not _is_thing(phrase, token):
        return False  # 주가를 찾아 수익률을 확인했다
    return parse.looks_after_next(clause) or _on_a_day(parse, clause)


def _on_a_day(parse: Parse, clause: Clause) -> bool:
    """True for 오후에는 A 사장이 조립반을 찾았다: one searches on no certain day."""
    if clause.lemma not in lemmas("visit", "sought") or clause.span != parse.clauses[-1].span:
        return False  # 10일 상주를 찾아 조문했다
    return _DAYTIME().search(parse.text, parse.bounds[0], clause.span.start) is not None


def _is_thing(phrase: Argument, token: Token | None) -> bool:
    """True for a noun that may be gone to: no people, no post, nothing one looks for."""
    noun = token is not None and token.tag in {"NNG", "NNP", "XSN"}
    person = phrase.head.endswith("들") or are_people(phrase.head) or title_kind(phrase.head) is not None
    return noun and not person and not phrase.head.endswith(_SOUGHT())


def _in_region(parse: Parse, name: str, phrase: Argument) -> bool:
    """True for 경남 통영 위판장을, 제주 서귀포의 선과장을: a place of a region, whatever its kind."""
    region, *rest = name.split()
    inside = is_place(region.removesuffix("의")) and region not in _COUNTRIES()
    if not (inside and rest) or is_region(phrase.head):
        return False
    if not phrase.head.endswith(tuple(word_set("visit", "regional"))):
        return False
    titled = any(
        t.span.end == phrase.span.end for t in titles_in(parse.document, phrase.span.start, phrase.span.end)
    )
    return not titled and not are_people(phrase.head)


def are_people(head: str) -> bool:
    """True for words for people, those of one's own house too (어민들, 야간 근무조)."""
    return human(head) or head.removesuffix("들").endswith(tuple(word_set("meeting", "staff")))


def last_named(text: str, start: int, stop: int) -> str | None:
    """A stretch of text as far as the last place of work in it, or None."""
    end = start
    for match in re.finditer(r"\S+", text[start:stop]):
        if len(match[0]) > 1 and is_work_place(match[0].strip("‘’'") or "-"):
            end = start + match.end()
    return bare_phrase(text[start:end]) or None


def last_place(parse: Parse, before: int) -> str | None:
    """The place of work named last in front of an offset, in this sentence or those before."""
    found = None
    for match in _place_noun().finditer(parse.text, max(0, before - _PLACE_BACK), before):
        if not parse.document.quoted(match.start()):
            found = match
    if found is None:
        return None
    return parse.earlier_phrase(found)


@cache
def _place_noun() -> re.Pattern[str]:
    nouns = [
        w for w in words("occasions.toml", "visit", "words") if len(w) > 2 or w in word_set("visit", "short")
    ]
    return re.compile(rf"[가-힣A-Za-z0-9]*(?:{trie_pattern(nouns)})(?=[\s,.을를이가은는에의과와입]|$)")
