"""Predicates by dictionary form with the phrases around them: 행사에 참석했다, 면담을 가졌다, 방문 중인.

The analyzer undoes inflection, so the vocabulary (deeds.toml) is written as a dictionary writes it.
A verbal noun counts where it is used as a verb is: with 하다, as object of a verb that adds nothing
(면담을 가졌다, 점검에 나섰다), or before 중, 뒤, 차, 예정. 방문 여부, 참석 요청 tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from briefing.extract.endings import ending_set, modifies, proposed_later, read_mood
from briefing.extract.particles import RECIPIENT_FORMS
from briefing.extract.records import record
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.lexicon import words
from briefing.korean.wordlists import listed
from briefing.model import Span

DATA = "deeds.toml"
# No argument stands further before its verb than this many morphemes.
_REACH = 44
_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XSN", "XR", "SSC", "NP"})
_PLAIN = {
    "를": "을", "ᆯ": "을", "가": "이", "께서": "이", "과": "와", "하고": "와", "이랑": "와", "랑": "와",
    "으로": "로", "서": "에서", "ᆫ": "은", "는": "은", "도": "은", "만": "은",
}  # fmt: skip
_LINKS = frozenset({"EC", "ETN", "ETM"})
_PARTICLES = frozenset({"JKS", "JKO", "JKB", "JX", "JC", "JKG"})
# 중인, 중이다; 방문 뒤, 참석차.
_AFTER_NOUN = listed("deeds.beside.behind_nouns")
_SET = listed("deeds.beside.set")
_OF_OBJECT = frozenset({"을", "를", "도", "은", "는", "에"})
# The word before the last is looked for within so many characters.
_WORD = 12
# 조촐한, before which another verb's phrase ends (셋과 조촐한).
_ADJECTIVES = frozenset({"VA", "XSA"})
_NOT_ITS = frozenset({"XR", "JKO", "JKB"})
_MARKS = "‘’'\"“”<>〈〉《》「」『』()[]·,"


@record(frozen=True, slots=True)
class Argument:
    """A phrase that belongs to a predicate.

    Attributes:
        span: Its last word, without particle and marks.
        head: Characters of that word.
        particle: 을, 이, 은, 에, 에서, 로, 와, 의 …, or "" for none; 은 also stands for 도 and 만.
        topic: True where 은 or 도 stands behind it or its particle.
        level: 0 for its own phrases, 1 for those of a clause linked with it, 2 for a relative clause's.
        index: Morpheme at which the word ends.
        words: That word and the one before it.
    """

    span: Span
    head: str
    particle: str
    topic: bool
    level: int
    index: int
    words: str = ""


@record(frozen=True, slots=True)
class Clause:
    """A predicate.

    Attributes:
        lemma: Dictionary form without 다 (만나, 참석하).
        span: Its stem.
        end: Where its word ends.
        first: Index of its first morpheme.
        last: Index of its last one.
        adnominal: True if it modifies the noun behind it (참석한 조 사장).
        form: "verb", "light" (면담을 가졌다) or "noun" (방문 중인).
        passive: True for 되다.
        ahead: True for what is said to come (참석할 예정), False for the past, None if not told.
        unreal: True for conditions, wishes, abilities and demands (만나면, 찾을 수 있다, 참석해 달라).
    """

    lemma: str
    span: Span
    end: int
    first: int
    last: int
    adnominal: bool
    form: str = "verb"
    passive: bool = False
    ahead: bool | None = None
    unreal: bool = False


@cache
def lemmas(*keys: str) -> frozenset[str]:
    """Verbs under a key of deeds.toml, without 다."""
    return frozenset(w.removesuffix("다").replace("_", "") for w in words(DATA, *keys))


@cache
def _verbal_nouns() -> frozenset[str]:
    return frozenset(w.removesuffix("하다") for w in words(DATA, "verbal_nouns", "words"))


def find_clauses(text: str, sentence: Sentence) -> tuple[Clause, ...]:
    """Predicates of a sentence, in order; its tokens are those outside quotations."""
    return tuple(_clauses(text, sentence))


_VERBAL, _NOUNS = frozenset({"VV", "XSV"}), frozenset({"NNG", "NNP"})


def _clauses(text: str, sentence: Sentence) -> Iterator[Clause]:
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        tag = token.tag
        if tag in _VERBAL:
            if (verb := _verb(text, tokens, i)) is None:
                continue
            first, lemma = verb
            yield _clause(text, sentence, (first, i), lemma, "verb")
            if lemma in lemmas("light", "words") and (at := _object_noun(tokens, first)) >= 0:
                compound = tokens[at - 1].form + tokens[at].form + "하"
                if at and compound in lemmas("compounds", "words"):
                    yield _clause(text, sentence, (at - 1, i), compound, "light")
                else:
                    yield _clause(text, sentence, (at, i), tokens[at].form + "하", "light")
        elif tag in _NOUNS and (noun := _verbal_noun(tokens, i)) is not None and _used_as_verb(tokens, i):
            first = i - (len(noun) > len(token.form))
            deed = _clause(text, sentence, (first, i), noun + "하", "noun")
            is_set = i + 1 < len(tokens) and tokens[i + 1].tag == "JKS"
            yield replace(deed, ahead=True) if is_set else deed
            if noun + "하" in lemmas("light", "words") and (at := _object_noun(tokens, first)) >= 0:
                yield _clause(text, sentence, (at, i), tokens[at].form + "하", "light")  # 미팅을 진행 중


def _verb(text: str, tokens: Sequence[Token], i: int) -> tuple[int, str] | None:
    """The verb that ends at a morpheme: where it begins and its dictionary form, or None."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if token.tag == "XSV" and before is not None:
        whole = before.form + token.form
        return (i - 1, whole) if before.end == token.start or whole in lemmas("beside", "joined") else None
    if token.tag != "VV":
        return None
    if before is not None and before.form + token.form in lemmas("beside", "joined"):
        return i - 1, before.form + token.form
    if i > 1 and before is not None and before.tag == "EC" and tokens[i - 2].tag == "VV":
        compound = text[tokens[i - 2].start : token.start] + token.form
        if compound in lemmas("compounds", "verbs"):
            return i - 2, compound  # 주고받다, 따라나서다
    return i, token.form


def _clause(text: str, sentence: Sentence, at: tuple[int, int], lemma: str, form: str) -> Clause:
    tokens, (first, last) = sentence.tokens, at
    end = tokens[last].end
    ahead, unreal = read_mood(tokens, last + 1)
    if unreal and _proposes(tokens, at, lemma, form):
        ahead, unreal = False, False
    while end < sentence.span.end and "가" <= text[end] <= "힣":
        end += 1
    return Clause(
        lemma, Span(tokens[first].start, tokens[last].end), end, first, last,
        modifies(tokens, last + 1), form, form == "verb" and tokens[last].form == "되",
        ahead, unreal,
    )  # fmt: skip


def _proposes(tokens: Sequence[Token], at: tuple[int, int], lemma: str, form: str) -> bool:
    """True for 총회에 참석해 … 만들자고 제안했다, 조찬을 갖고 … 달라고 요청했다; not of others."""
    first, last = at
    done = form == "light" or lemma in lemmas("event", "present") or lemma in lemmas("visit", "plain")
    if not (done or lemma in lemmas("meeting", "direct") or lemma in lemmas("meeting", "joint")):
        return False
    if any(t.tag == "JKB" and t.form in RECIPIENT_FORMS for t in tokens[:first]):
        return False
    return proposed_later(tokens, last + 1, asked=not done)


def _verbal_noun(tokens: Sequence[Token], i: int) -> str | None:
    """The verbal noun that ends at a morpheme; the analyzer may cut one in two behind names (동|행)."""
    token = tokens[i]
    if token.form in _verbal_nouns():
        return token.form
    if len(token.form) == 1 and i and tokens[i - 1].end == token.start and len(tokens[i - 1].form) == 1:
        both = tokens[i - 1].form + token.form
        return both if both in _verbal_nouns() else None
    return None


def _used_as_verb(tokens: Sequence[Token], i: int) -> bool:
    """방문, / 방문 중 / 참석차 / 참석을 위해 / 방문 예정."""
    if i + 1 == len(tokens):
        return True
    after = tokens[i + 1]
    if after.tag in {"SF", "SP"} and after.form not in "·/":
        return True
    if after.tag == "SE":  # 전통시장 방문…; journeys know their own headlines
        return tokens[i].form + "하" not in lemmas("trip", "verbs")
    if after.form in _AFTER_NOUN() and after.tag in {"NNB", "NNG", "XSN"}:
        return after.form not in {"예정", "일정"} or (
            i + 2 < len(tokens) and tokens[i + 2].tag in {"VCP", "SF", "SP"}
        )
    if after.tag == "JKB" and after.form == "에서":
        return tokens[i].form in _meeting_nouns()  # 총리와의 면담에서
    if after.tag == "VCP":
        return i > 0 and tokens[i - 1].form in {"첫", "째", "처음"}  # 두 번째 참석이다
    if after.tag == "JKS" and i + 2 < len(tokens):
        return tokens[i + 2].form in _SET()  # 광주점 방문이 잡혀 있다
    return after.tag == "JKO" and i + 2 < len(tokens) and tokens[i + 2].form == "위하"


@cache
def _meeting_nouns() -> frozenset[str]:
    return frozenset(
        w.removesuffix("하")
        for key in ("joint", "direct")
        for w in lemmas("meeting", key)
        if w.endswith("하")
    )


def _object_noun(tokens: Sequence[Token], verb: int) -> int:
    """Index of the noun that a verb without a meaning of its own takes (면담을 가졌다), or -1."""
    k = verb - 1
    while k >= 0 and tokens[k].tag in {"MAG", "MM"}:
        k -= 1
    if k < 1 or tokens[k].form not in _OF_OBJECT or tokens[k].tag not in _PARTICLES:
        return -1
    return k - 1 if tokens[k - 1].tag in {"NNG", "NNP"} else -1


def arguments(text: str, sentence: Sentence, clause: Clause) -> list[Argument]:
    """Phrases before a predicate, the nearest one first."""
    tokens, found, level = sentence.tokens, [], 0
    k = clause.first - 1
    low = max(-1, k - _REACH)
    if k >= 0 and tokens[k].tag in _NOMINAL:
        found.append(_argument(text, sentence, k, "", 0))
    while k > low and tokens[k].tag not in {"SF", "EF"}:
        token = tokens[k]
        if token.tag in _LINKS:
            k, level = _across(tokens, k, level, low)
            continue
        topic = token.tag == "JX"
        if token.tag == "JKO" and k and tokens[k - 1].tag == "JKB":
            found.append(_argument(text, sentence, k - 1, token.form, level))  # 제1고로를: 고|로|를
            k -= 1
        elif token.tag in _PARTICLES and k and tokens[k - 1].tag in _NOMINAL:
            found.append(_argument(text, sentence, k - 1, token.form, 0 if topic else level, topic=topic))
        elif token.tag in {"JX", "JKG"} and k > 1 and tokens[k - 1].tag in {"JKB", "JC"}:
            if tokens[k - 2].tag in _NOMINAL:  # 에는, 에서도, 와의
                form = tokens[k - 1].form
                found.append(_argument(text, sentence, k - 2, form, 0 if topic else level, topic=topic))
            k -= 1
        k -= 1
    return found


def _across(tokens: Sequence[Token], k: int, level: int, low: int) -> tuple[int, int]:
    """Where to go on in front of an ending, and what stands there belongs to."""
    token = tokens[k]
    behind = tokens[k + 1] if k + 1 < len(tokens) else None
    if token.tag != "ETM" and (behind is None or behind.tag == "VX"):
        return k - 1, level  # 둘러보고 있다
    verb = _stem(tokens, k - 1)
    if verb >= 0:
        if (skipped := _adverbial(tokens, verb, low)) < verb:
            return skipped, level  # 공항을 통해, 만찬을 겸한, 잇달아
        if token.tag == "ETM" and tokens[verb].form in {"오", "지나", "다가오", "돌아오"}:
            return verb - 1, level  # 오는 14일
        if token.form in {"게", "도록"}:
            return verb - 1, level  # 두 시간 넘게
        if (
            token.tag == "ETM"
            and tokens[verb].tag in _ADJECTIVES
            and verb
            and tokens[verb - 1].tag in _NOT_ITS
        ):
            return verb - 1, level  # 동료 셋과 조촐한 만찬을
    if token.tag == "ETM" and (behind is None or behind.form not in ending_set("then")):
        return k - 1, 2
    return k - 1, max(level, 1)


def _stem(tokens: Sequence[Token], k: int) -> int:
    """Index of the verb whose endings run up to index `k`, or -1."""
    while k >= 0 and tokens[k].tag in {"EP", "VX", "EC"}:
        k -= 1
    return k if k >= 0 and tokens[k].tag in {"VV", "VA", "XSV", "XSA", "VCP"} else -1


def _adverbial(tokens: Sequence[Token], verb: int, low: int) -> int:
    """Index in front of a verb that works as a particle, and of its object; `verb` if it is none."""
    lemma, k = tokens[verb].form, verb - 1
    if tokens[verb].tag == "XSV" and verb:
        lemma, k = tokens[verb - 1].form + lemma, verb - 2
    if lemma in lemmas("adverbial", "plain"):
        return k
    if lemma not in lemmas("adverbial", "words"):
        return verb
    if k > low and tokens[k].tag in {"JKO", "JKB", "JX"}:
        k -= 1
    return k


def _argument(
    text: str, sentence: Sentence, last: int, form: str, level: int, *, topic: bool = False
) -> Argument:
    particle = _PLAIN.get(form, form)
    end = sentence.tokens[last].end
    start = end
    while start > sentence.span.start and not text[start - 1].isspace():
        start -= 1
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    if particle == "로" and text[start:end].endswith("으") and end - start > 2:
        end -= 1  # the analyzer cuts 에인트호번|으로 one letter late
    low = text.rfind(" ", max(sentence.span.start, start - _WORD), max(sentence.span.start, start - 1)) + 1
    words = text[max(low, sentence.span.start, start - _WORD) : end]
    return Argument(Span(start, end), text[start:end], particle, topic, level, last, words)
