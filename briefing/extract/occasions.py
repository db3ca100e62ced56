"""Nouns of occasions, counterparts, destinations and places in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from briefing.extract.dates import find_days
from briefing.extract.document import Document
from briefing.extract.particles import AFTER_OCCASION, OCCASION_ENDS
from briefing.extract.places import abroad, is_area, is_place, venues
from briefing.extract.records import record
from briefing.extract.spans import between
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.lexicon import trie_branches, words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Span

DATA = "occasions.toml"
_PHRASE = frozenset(
    {
        "NNG",
        "NNP",
        "NNB",
        "NR",
        "SN",
        "SL",
        "SH",
        "XSN",
        "XPN",
        "MM",
        "SSO",
        "SSC",
        "SS",
        "SP",
        "SW",
        "SY",
        "JKG",
        "XR",
    }
)
_SHORT_NAME = re.compile(r"\([A-Z][A-Za-z0-9 ]{1,11}\)")
# 산업포럼이 주최한: an organisation that bears the name.
_HOST = worded(r"(?:이|가) (?:\S+ )?{occasions.held.hosts}")
_SERVICE = worded(r"[’'”\"]?(?:을|를)\s(?:\S+\s)?{occasions.held.runs}")
_PART = worded(
    r"\s{occasions.held.parts}(?=(?:장)?(?:에서|에|을|를|의|은|는|이|가|도|으로|로)[는도의]?(?:\s|$|[,.]))"
)
# 세미나 연단에서: where somebody stands is no part of the name.
_STAND = worded(r"(?P<of>의)?\s{occasions.held.stands}(?=에서|에|으로)")
_AFTER = listed("occasions.held.after")
# …에서 열린, 10일 개막한: the adjective 열린 (마음, 공간) has nothing of the kind in front.
_HELD = worded(
    r"(?:에서|일|일부터|일까지|간|요일|날|전날|오전|오후|저녁|밤|\))\s{occasions.held.adnominal}\s"
)
_HELD_VERB = worded(r"{occasions.held.adnominal}\s")
# The longest of what stands before the verb, with the space.
_TIME = 4
_SHORTEST = 3
_BARE = "회의"
_OTHERS = affixes("occasions.event.others")
_HOUSES = affixes("occasions.visit.mourning")
_NO_NAMES = affixes("occasions.held.no_names")
_NO_OCCASION = affixes("occasions.held.no_occasion")
_BREAKS = frozenset(",▲△▷▶◆◇■□●○※】〕］")
# 열린 ‘…’: what is held is an occasion whatever its name.
_MARKS = re.compile("[‘'「『<〈《]")
_HELD_NAME = worded(
    r"{occasions.held.named} "
    r"(?P<mark>[‘'「『<〈《])(?P<name>[^’'」』>〉》\n]{2,40})[’'」』>〉》]"
)
# ‘…’에서 신작을 공개한다: so is what something is shown at.
_SHOWN_AT = worded(
    r"[‘'](?P<name>[^’'\n]{2,30})[’'](?=(?:\s{occasions.held.parts})?에서\s[^.\n“”\"]{0,30}?{occasions.held.shown})"
)
# ‘파트너스 데이’를 열고
_HELD_BY = worded(
    r"[‘'](?P<name>[^’'\n]{2,40})[’'](?=(?:을|를)\s(?:\S+\s){0,2}?(?:{occasions.held.opened}|열 ))"
)
# 게임 전시회 ‘하늘쇼’를: the name behind the noun
_CALLED = re.compile(r"(?:\s?[‘「『<〈《]|\s')(?P<name>[^’'「」』<>〉《》\n]{2,40})[’'」』>〉》](?=[가-힣])")
# ‘과학 토크’가 열렸다
_TOOK_PLACE = worded(
    r"[‘'](?P<name>[^’'\n]{2,40})[’'](?=(?:이|가|은|는)\s(?:\S+\s){0,4}?{occasions.held.took_place})"
)
_LONGEST = 44
_PLACE_REACH = 90
_TRIM = re.compile(
    r"^(?:[\s,·.:;)\]’'”\"]|이날|당일"
    r"|(?:지난해|작년|내년|올해|연|올|월|년)?\s?[초말]\s"
    r"|(?:지난해|지난달|지난주|작년|내년|오는|지난|최근|올해|이번)(?![가-힣])|같은 날"
    r"|함께|각각|또|해당|및|등|께|쯤|\([^)]*\)"
    r"|현지\s?시간(?:으로)?|(?:(?:오전|오후)\s?)?\d{1,2}시(?:\s?\d{1,2}분)?(?:부터|께|쯤)?(?=\s)|의\s)+"
)


@record(frozen=True, slots=True)
class Occasion:
    """An occasion that a text names.

    Attributes:
        span: The whole phrase (제2공장 준공식).
        phrase: Its characters.
        head: The noun it was known by (준공식).
        tail: What follows it directly: particles and the beginning of the next word.
        pointing: True if it only points back (이날 행사).
        spoken: True for occasions whose hosts speak.
    """

    span: Span
    phrase: str
    head: str
    tail: str
    pointing: bool
    spoken: bool


@cache
def _pattern() -> re.Pattern[str]:
    nouns = trie_branches(words(DATA, "event", "words")).replace("_", r"\s?")
    attached = trie_branches((f"{w}\0" for w in words(DATA, "event", "attached")), behind="[가-힣A-Za-z]")
    apart = trie_branches((f"{w}\0" for w in words(DATA, "event", "apart")), behind="[가-힣A-Za-z] ")
    attached = f"{attached}|{apart}".replace(re.escape("\0"), "(?!장)")
    return re.compile(rf"(?:{nouns}|{attached})(?:\s\d{{4}})?{OCCASION_ENDS}")


@cache
def word_set(*keys: str) -> frozenset[str]:
    """Words under a key of occasions.toml."""
    return frozenset(words(DATA, *keys))


def find_occasions(document: Document, sentence: Sentence) -> list[Occasion]:
    """Occasions a sentence names outside quotations, in order."""
    text = document.text
    found: list[Occasion] = []
    for match in _pattern().finditer(text, sentence.span.start, sentence.span.end):
        if document.quoted(match.start()) or _HOST().match(text, match.end()):
            continue
        last = document.tokens.get(match.end() - 1)
        if (last is not None and last.tag == "JKG") or text.endswith(_OTHERS(), 0, match.end()):
            continue  # 위원회의, 연합회의: an organisation's, no 회의; 여행사: no 행사
        if text.startswith(_HOUSES(), match.start()):
            continue  # 병원 장례식장에는: where one mourns, and no ceremony
        if _SERVICE().match(text, match.end()):
            continue  # 과외 플랫폼 나래클래스를 운영하는: what a firm sells
        start = trimmed(text, phrase_start(document, sentence.tokens, match.start()), match.start())
        stop = match.end()
        if further := _PART().match(text, stop):
            stop = further.end()  # 포럼 만찬에서, 박람회 현장을
        span = _balanced(text, start, stop)
        if bracket := _SHORT_NAME.match(text, span.end):
            span = Span(span.start, bracket.end())
        head = re.sub(r"\s\d{4}$", "", match[0]).replace(" ", "_")
        word = span.of(text)
        if word == _BARE:
            continue  # 회의를 마친 뒤: of whom, the text does not say
        if stand := _STAND().match(text, span.end):
            span = Span(span.start, stand.end())
        pointing = head in word_set("event", "pointing") and (
            word == head or re.fullmatch(r"(?:이날|이번|이|그|해당|당시)\s?\S{0,3}", word) is not None
        )
        called = _CALLED.match(text, span.end, sentence.span.end)
        if called and not called["name"].endswith(_NO_NAMES()):
            word, span = text[span.start : called.end()], Span(span.start, called.end("name"))
        found.append(
            Occasion(
                span,
                word,
                head,
                _tail(text, span.end),
                pointing,
                head in word_set("event", "spoken"),
            )
        )
    found.extend(_held(document, sentence, found))
    found.extend(_ceremonies(document, sentence, found))
    for match in _marked(text, sentence.span.start, sentence.span.end):
        span = Span(match.start("name"), match.end("name"))
        if not document.quoted(span.start) and not any(
            o.span.start < span.end and span.start < o.span.end for o in found
        ):
            found.append(
                Occasion(span, match["name"], "행사", text[match.end() : match.end() + 12], False, True)
            )
    found.sort(key=lambda o: o.span)
    return found


def _marked(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Occasions that are known by the marks around their names."""
    if _MARKS.search(text, start, end) is None:
        return []
    return [
        m
        for pattern in (_HELD_NAME(), _HELD_BY(), _SHOWN_AT(), _TOOK_PLACE())
        for m in pattern.finditer(text, start, end)
    ]


def _ceremonies(document: Document, sentence: Sentence, known: Sequence[Occasion]) -> list[Occasion]:
    """취항식에는, 입교식을: a ceremony of any deed, which the analyzer cuts into the deed and 식."""
    text, tokens = document.text, sentence.tokens
    found: list[Occasion] = []
    if text.find("식", sentence.span.start, sentence.span.end) < 0:
        return found
    for before, token in pairwise(tokens):
        deed = before.tag == "NNG" and len(before.form) > 1 and before.end == token.start
        if not deed or token.form != "식" or document.quoted(token.start):
            continue
        if AFTER_OCCASION.match(text, token.end) is None or any(o.span.end == token.end for o in known):
            continue
        span = Span(phrase_start(document, tokens, before.start), token.end)
        found.append(Occasion(span, span.of(text), before.form + "식", _tail(text, token.end), False, True))
    return found


def _tail(text: str, end: int) -> str:
    """What follows directly, behind closing marks."""
    return text[end : end + 14].lstrip("’'」』>》〉)”\"")[:12]


def _held(document: Document, sentence: Sentence, known: Sequence[Occasion]) -> list[Occasion]:
    """서울에서 열린 은행권 한마당에: what is held somewhere is an occasion, whatever its name."""
    text, tokens, found = document.text, sentence.tokens, []
    verb = _HELD_VERB().search(text, sentence.span.start, sentence.span.end)
    if verb is None:
        return []  # most sentences, and what stands before the verb is in all of them
    for match in _HELD().finditer(text, max(sentence.span.start, verb.start() - _TIME), sentence.span.end):
        start = match.end()
        if document.quoted(start) or text.startswith(tuple(_AFTER()), start):
            continue  # 12일 개막한 가운데
        end = start
        for token in between(tokens, start, min(start + _LONGEST, sentence.span.end)):
            if token.tag not in _PHRASE or token.form in _BREAKS or token.start - end > 1:
                break
            end = token.end
        if end - start < _SHORTEST or text[start:end].endswith(_NO_OCCASION()):
            continue
        if AFTER_OCCASION.match(text, end) is None or any(
            o.span.start < end and start < o.span.end for o in known
        ):
            continue
        found.append(Occasion(Span(start, end), text[start:end], "행사", _tail(text, end), False, True))
    return found


def _balanced(text: str, start: int, end: int) -> Span:
    """The span, taking in a closing mark behind it where an opening one stands inside it."""
    inner = text[start:end]
    for opened, closed in (("‘", "’"), ("'", "'"), ("「", "」"), ("(", ")"), ("<", ">"), ("《", "》")):
        if inner.count(opened) > (0 if opened == closed else inner.count(closed)) and inner.count(opened) % 2:
            if text[end : end + 1] == closed:
                return Span(start, end + 1)
            cut = inner.rfind(opened)
            if cut == 0:
                return Span(start + 1, end)
        if opened != closed and inner.count(closed) > inner.count(opened):
            return (
                Span(start + inner.rfind(closed) + 1, end)
                if inner.rfind(closed) + 1 < len(inner) - 1
                else Span(start, end)
            )
    return Span(start, end)


def trimmed(text: str, start: int, end: int) -> int:
    """Where a phrase begins, days, hours and words that only link left out (이날 오전 10시께 …)."""
    if text.startswith(("달 ", "주 "), start) and text.endswith("다음 ", 0, start):
        start += 2  # [다음] 달 두바이 포럼
    while start < end and (trim := _TRIM.match(text[start:end])):
        start += trim.end()
    return start


def phrase_start(document: Document, tokens: Sequence[Token], at: int) -> int:
    """Where the noun phrase begins that runs up to `at`: dates, persons and particles end it."""
    low = max(0, at - _LONGEST)
    days = find_days(document.text, document.day, start=low, end=at)
    if days:
        low = max(low, days[-1].span.end)
    for mention in document.mentions_in(Span(low, at)):
        low = max(low, min(at, mention.span.end))
    start = at
    for token in reversed(between(tokens, low, at)):
        if (
            token.start < low
            or token.form in _BREAKS
            or token.tag not in _PHRASE
            or (token.form in _AFTER() and token.end < start)  # 시각장애인
            or document.quoted(token.start)
            or start - token.end > 1
        ):
            break
        start = token.start
    return start


def place_before(document: Document, start: int, end: int) -> str | None:
    """The last place named with 에서/의 한/에 in a stretch of text (미국 캘리포니아주 쿠퍼티노), or None."""
    text = document.text
    start = max(start, end - _PLACE_REACH)
    found = None
    for match in re.finditer(
        r"([^\s,.·“”\"]+(?: [^\s,.·“”\"]+){0,4}?)(?:에서(?:는|도|만)?|에 있는|에 위치한|에서의)(?=\s)",
        text[start:end],
    ):
        words_ = match[1].split()
        cut = max((n + 1 for n, w in enumerate(words_[:-1]) if w[-1] in _PARTICLES), default=0)
        for first in range(cut, len(words_)):
            rest = words_[first:]
            if is_place(rest[0]) or (len(rest) == 1 and rest[0].endswith(venues())):
                fits = len(rest) == 1 or is_area(rest[-1])
                if fits and not document.quoted(start + match.start(1)):
                    found = " ".join(rest)
                break
    return found


# A word that ends in one of these is no part of the place behind it.
_PARTICLES = frozenset("와과을를은는이가에")


def destinations(document: Document, start: int, end: int) -> list[Span]:
    """Countries and foreign cities named in a stretch of text outside quotations, neighbours joined."""
    text = document.text
    found: list[Span] = []
    for match in abroad().finditer(text, start, end):
        before = text[match.start() - 1] if match.start() else " "
        if document.quoted(match.start()) or ("가" <= before <= "힣") or before.isalpha():
            continue
        behind = text[match.end() : match.end() + 1]
        if (
            behind
            and "가" <= behind <= "힣"
            and not re.match(
                r"(?:에|으로|로|을|를|의|와|과|행|시|주|쪽|까지|에서|서|은|는|이|가|도|및|출장|방문|지역)",
                text[match.end() : match.end() + 3],
            )
        ):
            continue
        if found and match.start() - found[-1].end <= 1:
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(match.start(), match.end()))
    return found
