"""Companies that only the text itself shows: beside persons, introduced as firms, acting like firms.

Names of companies are an open class: half of those in the news have no ending that tells (누리샘,
픽셀온). What stands around a word tells instead; signs are added up, and a word with enough of them is
a company wherever the article writes it. The words are in data/firms.toml.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from briefing.extract.companies import Names, is_enterprise_name, is_public, is_unit
from briefing.extract.coreference import Reading
from briefing.extract.credibility import LIKELY
from briefing.extract.firmsigns import (
    CHIEF_OFFICERS,
    ENOUGH,
    FREE,
    LEGAL,
    WORD,
    any_of,
    introductions,
    other_signs,
)
from briefing.extract.names import RARE, fluency, shape
from briefing.extract.particles import AFTER_COMPANY, TOPIC
from briefing.extract.parts import is_function, is_part
from briefing.extract.places import all_places
from briefing.extract.titles import title_kind
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import affixes

_COUNTRIES = affixes("firms.countries")
# How far behind a topic its deed may stand.
_DEED_REACH = 140


# The word that opens a headline, which the body takes up: 온터, 조직 개편.
_HEADED = re.compile(r"(?P<w>[가-힣A-Za-z0-9&]{2,12})(?=[\s,…·])")
_AS_TOPIC = re.compile(r"(?:은|는|이|가|에서는|에서도)\s")
# A name put together of words of the dictionary is no shorter.
_COMPOUND = 4
# Beside 다솔그룹, [다솔24]는 is a house of it.
_NUMBERED = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<w>(?P<stem>[가-힣]{2,6})\d{1,3})(?=(?:은|는|이|가)\s)")
_STOP = re.compile(r"[.\n]")
_OPENS = re.compile(r"(?:^|[.!?\n”\"])\s?$")


@cache
def _deeds() -> re.Pattern[str]:
    return re.compile(any_of("deeds"))


def shown_companies(
    body: Reading, head: Reading, names: Names, signs: Sequence[tuple[str, int]]
) -> list[tuple[str, str]]:
    """Surface and name of companies that only their surroundings show.

    Those beside persons; words introduced as a firm, with a stock code or a chief in brackets; and
    unknown words that the text speaks about again and again, that do what firms do, or that open
    the headline.
    """
    given: dict[str, str] = {}
    sightings = (*body.sightings, *head.sightings)
    for s in sightings:
        told = s.title is not None and s.title.kind != "other"
        if s.company and told and len(s.surface) >= 2 and not is_public(s.company):
            given.setdefault(s.surface, s.company)
    people = {s.name for s in sightings}
    # 다솔 대표에 A씨: in a headline what stands alone before a title is rather the house
    unsure = {s.name for s in head.sightings if not s.full and s.weight < LIKELY} - {
        s.name for s in body.sightings
    }
    headline = head.text.lstrip("[('\"‘“")
    sure = sure_companies(signs)
    weights = _weights(body, headline, signs)
    for word, weight in weights.items():
        if (
            word in unsure
            and not is_public(word)
            and not any(w != word and w.startswith(word) for w in weights)
        ):
            people.discard(word)
        personal = word not in sure and (
            (shape(word) == 2 and len(word) == 3)
            or any(p.startswith(word) or word in p.split() for p in people)
        )
        if (weight >= ENOUGH or headline.startswith(word)) and not personal and word not in given:
            given[word] = names.exact(word) or word
    return list(given.items())


def sure_companies(signs: Sequence[tuple[str, int]]) -> frozenset[str]:
    """Words that one sign alone shows to be companies, told before persons are looked for."""
    return frozenset(word for word, weight in signs if weight >= ENOUGH)


def signed_words(tokens: Mapping[int, Token], text: str) -> tuple[tuple[str, int], ...]:
    """Words that a sign shows to be companies, with its weight."""
    found = (_signed, _of_two_words, _with_posts, _appointing)
    return tuple(itertools.chain.from_iterable(find(tokens, text) for find in found))


@cache
def _spaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """베르텍 코리아는, 베르텍 코리아 신임 대표에; 스튜디오 다솔은 … 선임했다: names of two words.

    Behind a pattern without which nothing is found, and which is quick.
    """
    behind = (
        rf"(?:은|는|이|가|의|을|를|에서|도)\s|\s(?:신임\s|새\s|차기\s)?(?:{any_of('chiefs')}|지사장|법인장)"
    )
    needed = rf"\s(?:{any_of('spaced_last')})(?:{behind})|(?:{any_of('spaced_first')})\s[가-힣A-Za-z0-9]"
    pattern = (
        rf"{FREE}(?P<w>(?P<first>[가-힣A-Za-z]{{2,10}})\s(?:{any_of('spaced_last')}))(?={behind})"
        rf"|(?:^|(?<=[.\n]\s)|(?<=\n))(?P<studio>(?:{any_of('spaced_first')})\s[가-힣A-Za-z0-9]{{2,10}}?)"
        rf"(?=[은는이가]\s[^.\n]{{0,60}}(?:{any_of('deeds')}))"
    )
    return re.compile(needed), re.compile(pattern)


@cache
def _before_posts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """픽셀온 신임 대표에, 픽셀온 대표를 겸임한다: nobody bears a post that is still to be taken.

    Behind a pattern without which nothing is found, and which is quick.
    """
    chiefs = any_of("chiefs")
    taken = rf"(?:신임|새|차기)\s(?:{chiefs})(?:에|에는|으로|로)\s|(?:{chiefs})[를을]\s겸"
    return re.compile(rf"\s(?:{taken})"), re.compile(rf"{FREE}{WORD}(?=\s(?:{taken}))")


def _with_posts(tokens: Mapping[int, Token], text: str) -> Iterator[tuple[str, int]]:
    needed, pattern = _before_posts()
    if needed.search(text) is None:
        return
    for match in pattern.finditer(text):
        word, start = match["w"], match.start("w")
        pieces = [t for at in range(start, match.end("w")) if (t := tokens.get(at)) is not None]
        named = all(t.tag in {"NNG", "NNP", "SL", "SN", "XPN", "XSN"} for t in pieces)
        named = named and not word.endswith(words("firms.toml", "spaced_last"))
        if named and _possible(tokens, word, start, strong=True):
            yield word, ENOUGH


@cache
def _appoints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """다솔은 누리 출신 A를 부사장으로 영입했다: who appoints, behind a pattern that is quick."""
    done = rf"[로직]\s(?:{any_of('appoints')})(?:했|한다|하기로|키로)"
    begins = r"(?:^|(?<=\n)|(?<=[.”]\s))"
    return re.compile(done), re.compile(
        rf"{begins}{WORD}(?=[은는이가]\s[^.\n]{{2,90}}[을를]\s[^.\n]{{0,30}}{done})"
    )


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(
        rf"\s(?:[가-힣A-Za-z0-9&]{{2,12}}\s)?(?:{trie_pattern(words('titles.toml', 'executive', 'words'))})"
    )


def _bears_title(text: str, word: str) -> bool:
    """True where a sentence opens with the word and a title behind it: 뇌성근 벼리전자 회장은."""
    at = text.find(word)
    while at >= 0:
        if _OPENS.search(text, max(0, at - 3), at) and _titled().match(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _appointing(tokens: Mapping[int, Token], text: str) -> Iterator[tuple[str, int]]:
    needed, pattern = _appoints()
    if needed.search(text) is None:
        return
    for match in pattern.finditer(text):
        word = match["w"]
        usual = shape(word) == 2 and fluency(word) >= RARE  # 윤하람은 곽민을 대표로 선임했다
        usual = usual or (shape(word) > 0 and _bears_title(text, word))
        if not usual and _possible(tokens, word, match.start("w"), strong=True):
            yield word, ENOUGH


def _of_two_words(tokens: Mapping[int, Token], text: str) -> Iterator[tuple[str, int]]:
    needed, pattern = _spaced()
    if needed.search(text) is None:
        return
    for match in pattern.finditer(text):
        if match["w"] is None:
            name = match["studio"].partition(" ")[2]
            if _possible(tokens, name, match.end("studio") - len(name), strong=True):
                yield match["studio"], ENOUGH
            continue
        first = tokens.get(match.start("w"))
        whole = first is not None and first.end - first.start == len(match["first"])
        branch = match["w"].endswith(_COUNTRIES())
        ordinary = whole and first is not None and first.known and not (branch and first.tag == "NNG")
        ordinary = ordinary and first is not None and first.tag not in {"NNP", "SL"}
        last = tokens.get(match.end("first") - 1) or first
        named = all(t.tag[0] not in "JE" for t in (first, last) if t is not None)
        named = named and match["first"] not in all_places() and not is_unit(match["first"])
        if (
            not ordinary
            and named
            and title_kind(match["first"]) is None
            and (branch or shape(match["first"]) < 2)
        ):
            yield match["w"], ENOUGH


def _signed(tokens: Mapping[int, Token], text: str) -> Iterator[tuple[str, int]]:
    for match, weight in (*introductions(text), *other_signs(text)):
        word = match["w"].rstrip(".-")
        if word in _kind_words():
            continue  # 대기업의 등기이사
        strong = weight >= ENOUGH
        possible = weight == LEGAL or _possible(tokens, word, match.start("w"), strong=strong)
        start = match.start("w")
        compound = strong and not possible and _compound(tokens, start, start + len(word))
        single = compound and tokens[start].end == start + len(word)
        if possible or (compound and _led_and_told(text, word, start + len(word), single=single)):
            yield word, weight


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(words("firms.toml", "kinds"))


def _compound(tokens: Mapping[int, Token], start: int, end: int) -> bool:
    """True for a stretch put together of nouns and nothing else, or one of them."""
    pieces = [t for at in range(start, end) if (t := tokens.get(at)) is not None]
    return bool(pieces) and pieces[-1].end == end and all(t.tag[:2] in {"NN", "XS"} for t in pieces)


@cache
def _appoints_somebody() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('appoints')}|승진시)(?:했|시켰|한다|하고|하며|키고|켰)")


@cache
def _led() -> re.Pattern[str]:
    return re.compile(rf"[을를]\s(?:{any_of('led')})\s[가-힣]")


@cache
def _chief_of() -> re.Pattern[str]:
    return re.compile(
        rf"의?\s(?:{any_of('chiefs')}|{any_of('board_seats')}|{CHIEF_OFFICERS})(?:\([A-Z]{{2,5}}\))?(?:로|으로|에|를|을|\s?직|\s?자리)"
    )


def _led_and_told(text: str, word: str, end: int, *, single: bool) -> bool:
    """배송 업체 새벽나루를 세운 …. 새벽나루는 …, 업체 새벽나루의 CFO로: a name of common words.

    Somebody leads it and it is told of again, or takes a post of it. A short one, or one that is a word,
    needs its head (윤하람 흙담 대표).
    """
    if is_public(word) or is_unit(word) or is_part(word) or is_function(word):
        return False
    if word in all_places() or title_kind(word.removesuffix("들")):
        return False
    if single or len(word) < _COMPOUND:
        return re.search(rf"[가-힣]\s{re.escape(word)}\s(?:{any_of('chiefs')})", text) is not None
    if _AS_TOPIC.match(text, end) and _appoints_somebody().search(
        _STOP.split(text[end : end + _DEED_REACH])[0]
    ):
        return True  # 배달앱을 운영하는 황금들녘이 A 전무를 부사장으로 승진시켰다
    if _chief_of().match(text, end):
        return True
    return _led().match(text, end) is not None and any(
        f"{word}{particle} " in text[end:] for particle in ("은", "는", "이", "가")
    )


def _weights(body: Reading, headline: str, signs: Sequence[tuple[str, int]]) -> Counter[str]:
    """Words of the body that may be companies, with the weight of their signs."""
    counts: Counter[str] = Counter()
    for word, weight in signs:
        counts[word] += weight
    ordered = list(body.tokens.values())
    for token, particle in pairwise(ordered):
        if token.known or particle.start != token.end or particle.form not in TOPIC or particle.tag[0] != "J":
            continue
        # 한국베르텍은: the unknown part may have a known one in front of it
        start = body.text.rfind(" ", max(0, token.start - 8), token.start) + 1
        whole = start > 0 and body.text[start : token.start].isalnum()
        start = start if whole else token.start
        word = body.text[start : token.end]
        if token.tag[:2] == "NN" and _possible(body.tokens, word, start, strong=False):
            reach = body.text[particle.end : particle.end + _DEED_REACH]
            counts[word] += 1 + bool(_deeds().search(_STOP.split(reach, maxsplit=1)[0]))
    for numbered in _NUMBERED.finditer(body.text) if "그룹" in body.text else ():
        if f"{numbered['stem']}그룹" in body.text:
            counts[numbered["w"]] += ENOUGH
    headed = _HEADED.search(headline)
    if headed is not None and (at := body.text.find(headed["w"])) >= 0:
        first = body.tokens.get(at)
        ordinary = first is None or first.tag in {"MAG", "MM", "NP"}
        if not ordinary and _AS_TOPIC.match(body.text, at + len(headed["w"])):
            counts[headed["w"]] += 1
    return Counter({w: n for w, n in counts.items() if not title_kind(w.removesuffix("들"))})


def _possible(tokens: Mapping[int, Token], word: str, start: int, *, strong: bool) -> bool:
    """False for ordinary words: one morpheme of the dictionary, places, public bodies, units.

    Words put together of known morphemes (누리+샘) need a strong sign.
    """
    if (
        len(word) < 2
        or word.isdigit()
        or word in all_places()
        or is_public(word)
        or is_unit(word)
        or is_part(word)
    ):
        return False
    pieces, at, end = [], start, start + len(word)
    while at < end:
        token = tokens.get(at)
        if token is None or token.end <= at or token.end > end:
            break
        pieces.append(token)
        at = token.end
    if not pieces or any(
        t.tag[0] in "JE" and t.end == end and AFTER_COMPANY.fullmatch(t.form) for t in pieces[1:]
    ):
        return False
    if any(not t.known for t in pieces) or is_enterprise_name(word):
        return pieces[0].tag not in {"MAG", "MM", "NP", "NR", "SN"}
    if len(pieces) == 1:
        return pieces[0].tag in {"NNP", "SL"}
    if strong and any(t.tag[0] in "VE" for t in pieces):
        return not word.endswith("기")  # 모아봄: the analyzer took a name for verbs
    compound = all(t.tag == "NNG" and t.end - t.start > 1 for t in pieces)
    return (
        strong
        and not compound
        and all(t.tag[:2] in {"NN", "SL", "XP", "XR", "SN", "MM", "XS"} for t in pieces)
    )
