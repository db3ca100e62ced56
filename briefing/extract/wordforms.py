"""Words around titles and what they may be: the end of a phrase, a name, a house, an owner.

Unknown names often end like a word with a particle (곽은도, 주은나, 라스텔로); what stands around them tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from briefing.extract.bodies import is_business_body
from briefing.extract.companies import Names, is_enterprise_name, is_public
from briefing.extract.names import (
    has_whole_given,
    is_surname,
    is_word,
    looks_chinese,
    looks_foreign,
    score,
    shape,
)
from briefing.extract.particles import PLACE_TAIL, TOPIC_FORMS
from briefing.extract.places import no_names
from briefing.extract.records import record
from briefing.extract.titles import Title, qualifiers, title_kind
from briefing.extract.transcription import (
    closing_names,
    doubtful,
    family_names,
    foreign_given,
    foreignness,
    given_names,
    name_links,
)
from briefing.extract.usage import Usage
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import words

# What makes words for a time, a way or a measure of others: 내년|초, 전격|적.
_ADDED = frozenset({"NNB", "XSN"})
_LEFT = re.compile(r"(?<![가-힣])([가-힣]+) $")
_ORDINAL = re.compile(r"제?\d+(?:·\d+)*대|\d+기")
_VERBS = frozenset({"XSV", "VV", "XSA", "VA", "VX"})
# What is left of 는 and 를 behind a vowel (난, 날): hardly ever written in news.
_PARTICLES_CUT = frozenset("ㄴㄹᆫᆯ")
# 에선 behind a name makes a word longer than this.
_FOREIGN = 0.6  # a word that reads so much like a transcription has no ending
_SHORT_PLACE = 3
# Syllables that make compounds of common nouns (양사, 회사측, 연초).
_NO_ENDS = frozenset("사측내중후전초말급쪽간당별시때인등들")
# A house called by a number: 곽선우 [다솔24] 대표.
_NUMBERED = re.compile(r"[가-힣]{2,6}\d{1,3}")
_CLOSERS = frozenset({"MAJ", "MAG", "IC", "VV", "VA", "NNB", "NR", "SN"})


@dataclass(slots=True)
class Word:
    """A word before a title.

    Attributes:
        title: Set if it is a title itself (삼성전자 [무선사업부장] 고 아무개 사장).
        owner: True if 의 stood behind it ([베르텍]의 막스 버거 사장).
    """

    text: str
    start: int
    title: Title | None = None
    owner: bool = False

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


# A topic before a word of the same sentence.
_TOPIC_REACH = 60
_TOPIC_BEFORE = re.compile(r"(?P<topic>[은는도])\s(?=[^.!?\n]*$)")


@record(frozen=True, slots=True)
class Place:
    """Where a word stands.

    Attributes:
        right: The word behind it, if it belongs to the same title.
        subject: True if the title's phrase is what the sentence speaks of (사장은, 사장이, 사장과).
        topic: True for 은 and 는 behind the title.
    """

    right: Word | None
    subject: bool
    topic: bool


# Behind a vowel this joins titles: 전무나 상무.
_OR = "나"


class WordForms:
    """Judges words of one text.

    Args:
        tokens: Morphemes by where they begin.
        ends: Morphemes by where they end.
        usage: What headline and body show about words.
    """

    def __init__(
        self,
        text: str,
        tokens: Mapping[int, Token],
        ends: Mapping[int, Token],
        names: Names,
        usage: Usage,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.ends = ends
        self.names = names
        self.usage = usage

    def qualifies(self, word: Word) -> bool:
        """True for 전, 현, 신임, 각자, 제3대 and the like."""
        return (
            word.text in qualifiers("former")
            or (word.text in qualifiers("coming") and not self._is_family(word))
            or word.text in qualifiers("present")
            or (word.text[-1] in "대기" and bool(_ORDINAL.fullmatch(word.text)))
            or (word.text in qualifiers("ranked") and len(word.text) > 1)
        )

    def breaks(self, word: Word) -> bool:
        """True if a phrase ends with the word: a particle, an ending or an adverb closes it."""
        if "·" in word.text:
            last = word.text.rpartition("·")[2]
            return self.breaks(Word(last, word.end - len(last)))
        token = self.ends.get(word.end)
        if token is None or token.start < word.start or is_surname(word.text):
            return False
        if len(word.text) > 2 and word.text in _certain():
            return False  # 하르차이: 이 is no particle here
        if token.tag[0] == "E" and looks_chinese(word.text):
            return False  # 웨이룽자
        if token.tag[0] == "J" and token.start > word.start and token.form in _PARTICLES_CUT:
            if PLACE_TAIL.search(word.text) is not None and len(word.text) > _SHORT_PLACE:
                return True  # 한미르제약에선
            return not looks_foreign(word.text) and shape(word.text) < 2  # 타닌, 배준렬: no ㄴ for 는 here
        if token.tag[0] == "J" and token.start > word.start:
            return self._closed_by(word, token)
        if len(word.text) > _SHORT_PLACE and (is_enterprise_name(word.text) or is_business_body(word.text)):
            return False  # 푸른날개에어 대표, 한국시멘트공업회 회장
        if token.tag[0] == "E":
            return self._inflected(word, token)
        if token.tag == "SN" and _NUMBERED.fullmatch(word.text):
            return False
        return token.tag in _CLOSERS and not shape(word.text) and not self._behind_given(word)

    def _closed_by(self, word: Word, token: Token) -> bool:
        """True if what looks like a particle behind a word is one."""
        if self._only_looks_so(word, token):
            return False
        if shape(word.text) == 2 and len(word.text) == 3 and len(token.form) == 1:
            # 박소은, 김나의: the particle may be a syllable of a name
            head = self.tokens.get(word.start)
            if token.form == _OR and title_kind(word.text[:-1]) is None:
                return False  # 권유나 이사, but 전무나 상무
            return head is None or head.end - head.start != 1
        return True

    def _inflected(self, word: Word, ending: Token) -> bool:
        """True for a verb with its ending; the analyzer takes foreign words for such too (플레이카고)."""
        stems = (self.ends.get(ending.start), self.tokens.get(ending.start), self.ends.get(ending.end - 1))
        head = self.tokens.get(word.start)
        if head is not None and is_word(head):
            return True  # 장녀인
        if len(word.text) > _SHORT_PLACE and foreignness(word.text) > _FOREIGN:
            return False
        return (shape(word.text) < 2 and not self._behind_given(word)) or any(
            s is not None and s.tag in _VERBS for s in stems
        )

    def _only_looks_so(self, word: Word, token: Token) -> bool:
        """라스텔로 전무, 폰 라벨로 사장: 로 is no particle behind what the analyzer does not know."""
        if token.form != "로":
            return False
        stem = self.tokens.get(word.start)
        unknown = stem is not None and not stem.known and stem.end == token.start
        return (unknown and foreignness(word.text) > 0.3) or self._behind_given(word)

    def _is_family(self, word: Word) -> bool:
        """True for a family name that is written like a word for new: 마이클 신."""
        return is_surname(word.text) and self._behind_given(word)

    def _behind_given(self, word: Word) -> bool:
        """True right behind a foreign given name: whatever it looks like, it is the family name (짐 달리)."""
        left = _LEFT.search(self.text[max(0, word.start - 10) : word.start])
        return left is not None and (left.group(1) in foreign_given() or left.group(1) in name_links())

    def score(self, word: Word) -> int:
        """How likely the word is a Korean name, see `names.score`."""
        if word.title is not None or self.names.exact(word.text) is not None:
            return 0
        if (is_enterprise_name(word.text) and len(word.text) > 3) or is_public(word.text):
            return 0
        if (
            word.text.rstrip("계측인") in no_names()
            or self.is_house(word.text)
            or word.text.endswith(_kinds())
        ):
            return 0
        return score(word.text, word.start, self.tokens)

    def is_house(self, word: str) -> bool:
        """True for a word that the text uses as a house or place and not as a name."""
        return word in self.usage.houses and word not in self.usage.called

    def unknown(self, word: Word) -> bool:
        """True for one morpheme that neither Kiwi nor the company names know."""
        token = self.tokens.get(word.start)
        return (
            token is not None
            and not token.known
            and token.end >= word.end
            and self.names.exact(word.text) is None
        )

    def is_common(self, word: Word) -> bool:
        """True for a dictionary word, alone or with what grammar adds (지난달, 내년초, 전격적)."""
        head = self.tokens.get(word.start)
        if head is None:
            return False
        if head.end >= word.end:
            return head.known and head.tag != "NNP"
        last = self.ends.get(word.end)
        added = last is not None and last.tag in _ADDED
        return added and head.known and head.tag != "NNP"

    def plain(self, word: Word) -> bool:
        """True for a word put together of dictionary words and places (아시아·태평양)."""
        at = word.start
        while at < word.end:
            token = self.tokens.get(at)
            if token is None or token.end <= at or (not token.known and token.tag[0] != "S"):
                return False
            at = token.end
        return True

    def proper(self, word: Word) -> bool:
        """True if a word holds something no dictionary of common nouns has."""
        at = word.start
        while at < word.end:
            token = self.tokens.get(at)
            if token is None or token.end <= at or token.tag in {"NNP", "SL"}:
                return True
            if token.tag == "NNG" and not token.known:
                return True
            if token.tag[0] == "J" and (token.end < word.end or token.form in _PARTICLES_CUT):
                return True  # 모두|의|식탁, 다소|ᆯ: no particle in the middle of a word, and none cut short
            at = token.end
        return False

    def odd(self, word: Word) -> bool:
        """True for a word that the analyzer can only take for a heap of syllables (돌|곡, 안|터)."""
        sizes, at = [], word.start
        while at < word.end:
            token = self.tokens.get(at)
            if token is None or token.end <= at or token.tag[0] not in "NMX":
                return False
            sizes.append(token.end - token.start)
            at = token.end
        heap = len(sizes) > 1 and (max(sizes) == 1 or foreignness(word.text) > 0.4)
        return heap and word.text[-1] not in _NO_ENDS

    # ------------------------------------------------------------------ what only looks like a phrase's end

    def owner(self, word: Word) -> Word | None:
        """The word without 의, if 의 is a particle there, which the analyzer misses behind unknown names."""
        if not word.text.endswith("의") or len(word.text) < 3 or self.names.exact(word.text) is not None:
            return None
        token = self.ends.get(word.end)
        if token is None or token.tag == "JKG" or (not token.known and shape(word.text) < 2):
            return Word(word.text[:-1], word.start, owner=True)
        return None

    def is_name(self, word: Word, place: Place) -> bool:
        """True for a name whose end only looks like a particle or an ending."""
        return self._korean_name(word, place) or self._begins_name(word, place)

    def _korean_name(self, word: Word, place: Place) -> bool:
        """곽은도 나래공사 사장이, 주은나 부사장과: the sentence has its subject behind the title."""
        text = word.text
        head, last = self.tokens.get(word.start), self.ends.get(word.end)
        if has_whole_given(text) and head is not None and not is_word(head):
            return True
        noun = head is not None and is_word(head)  # 누리화학도 [조직은] 부사장 둘이 맡는다
        if (
            text[-1] in "은는"
            and len(text) == 3
            and shape(text) == 2
            and not noun
            and self._behind_topic(word)
        ):
            return True  # 누리화학은 [곽정은 전 차관을]
        if not place.subject or not 3 <= len(text) <= 4 or not shape(text) or text in no_names():
            return False
        if head is None or last is None or last.tag in _VERBS or self.names.exact(text[:-1]) is not None:
            return False
        if place.topic and text[-1] in "은는" and len(text) == 3:
            return True  # a sentence has one topic
        if head.tag in _VERBS or (last.tag[0] == "E" and self._stem(last) in _VERBS):
            return False
        common = head.known and head.tag != "NNP" and head.end - head.start > 1
        return not common and text[: head.end - head.start] not in no_names() and text[-1] not in "는를을와"

    def _behind_topic(self, word: Word) -> bool:
        """True if a topic stands before the word in its sentence: there is but one."""
        start = max(0, word.start - _TOPIC_REACH)
        ends = [start + m.end("topic") for m in _TOPIC_BEFORE.finditer(self.text, start, word.start)]
        tokens = (self.ends.get(end) for end in ends)
        return any(t is not None and t.tag == "JX" and t.form in TOPIC_FORMS for t in tokens)

    def _stem(self, ending: Token) -> str:
        """The tag of what an ending stands behind."""
        stem = self.ends.get(ending.start) or self.tokens.get(ending.start)
        return stem.tag if stem is not None and stem is not ending else ""

    def _begins_name(self, word: Word, place: Place) -> bool:
        """True for a foreign given name right before a foreign word, whatever it looks like (올라 베리만)."""
        if place.right is None or place.right.start != word.end + 1:
            return False
        first = self.tokens.get(word.start)
        right = place.right.text
        if word.text in foreign_given():
            return foreignness(right) > 0.3
        unknown = first is not None and not first.known
        return unknown and right in closing_names() and foreignness(word.text) > 0.2  # 미데자와 겐지


@cache
def _kinds() -> tuple[str, ...]:
    """Kinds of enterprise: 장비사 is no name."""
    return tuple(k for k in words("firms.toml", "kinds") if len(k) > 2)


@cache
def _certain() -> frozenset[str]:
    """Parts of foreign names that are nothing else."""
    return (given_names() | family_names()) - doubtful()
