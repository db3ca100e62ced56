"""Who may have said something, and the words by which sentences tell so."""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.document import Document, Mention
from briefing.extract.records import record
from briefing.extract.speech import Reading, noun_after
from briefing.extract.subjects import Subject, human, organisation
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import listed, worded
from briefing.model import QuotedBy, Span

# …고 하자, …라고 묻자: the clause ends and another one speaks.
# 공감을 가장 많이 받은 글은 “…”였다: what is written by somebody unknown.
WRITTEN = listed("speech.heard.written")
TURN = re.compile(r"(?:자|니|으니|자마자|는데|더니|지만)(?:\s|,|$)")
SAID = worded(r"{speech.said.words}")
SAYING_VERB = worded(r"\s?(?:한|했던|{speech.said.stems}[가-힣]{0,3}(?:한|힌|던|은|인|친))\s")
# 객석이 웃었다: the speaker goes on.
REACTED = worded(r"{speech.heard.reactions}(?:다|습니다)[.!]?$")
# 노조 측 반응은 차가웠다: what follows is said by them.
NOBODYS = worded(
    r"(?:[가-힣A-Za-z]+\s)?{speech.heard.who}(?:들|측|\s측)?(?:의)?\s(?:[가-힣]+\s)?{speech.heard.what}(?:은|는)\s"
)
# …고 하소연하자: the verb of the first clause, and the turn right behind it.
_TURNED = re.compile(r"\s?(?:[가-힣]+\s)?[가-힣]+(?:자|자마자|으니)\s")
_OWN_WORDS = worded(r"\s{speech.said.own_words}[가-힣]{1,2}\W*$")
_ASKS = worded(r"\s?(?:[가-힣]+\s){0,2}?{speech.said.asking}[가-힣]{0,3}")


@record(frozen=True, slots=True)
class Voice:
    """Who speaks, and how that was found.

    Attributes:
        by: Kind of speaker.
        rule: Name of the rule.
        mention: Where a known person is named, or None.
        persona: Index of the person, or None.
        company: Organisation of an unnamed speaker.
        question: True if the words are somebody's question that another answers.
    """

    by: QuotedBy
    rule: str
    mention: Mention | None = None
    persona: int | None = None
    company: str | None = None
    question: bool = False


def voice_of(subject: Subject, rule: str) -> Voice:
    """The voice of a subject."""
    persona = subject.mention.persona if subject.mention else None
    return Voice(subject.by, rule, subject.mention, persona, subject.company)


@cache
def _sayings() -> frozenset[str]:
    return frozenset(words("speech.toml", "sayings", "words"))


def is_saying(word: str) -> bool:
    """True for a noun of saying, particles behind it or not (설명이다, 지적에)."""
    plain = word.strip(".,\"”’')")
    for cut in range(len(plain), 0, -1):
        if plain[:cut] in _sayings():
            return cut >= 2 or len(plain) <= 3
    return False


@cache
def prompt() -> re.Pattern[str]:
    """Nouns a counterpart's words hide in: 라는 질문에, 는 지적이."""
    nouns = "|".join(sorted(words("speech.toml", "verbs", "prompts"), key=len, reverse=True))
    return re.compile(
        rf"(?:이?라는|는|은|한|할)\s(?:[가-힣]+\s)?(?!(?:말|얘기|이야기|발언|주장)[을도])(?:{nouns})(?:들)?"
        r"(?:에게|에는|에도|에|이|도|엔|을)(?:\s|,|$)"
    )


def prompted(text: str, reading: Reading) -> bool:
    """True for “…”는 질문이 날아들었다, “…”라는 추궁에: the words are a counterpart's."""
    match = prompt().match(text, max(0, reading.after - 1))
    if match is None or text[reading.after - 2 : reading.after - 1] == "라":
        return match is not None
    # “…”는 말이 나오자, “…”는 제안을 했다: these may be anybody's
    return not match[0].rstrip(" ,").endswith("을") and _OWN_WORDS().search(match[0]) is None


def is_question(text: str, reading: Reading, stop: int) -> bool:
    """True for words that are asked: “…”고 묻자, “…”는 질문에."""
    if reading.link == "adnominal":
        return prompted(text, reading)
    behind = text[reading.after : min(stop, reading.after + 40)]
    first = _ASKS().match(behind)
    if first is not None and TURN.search(first[0] + " ") is not None:
        return True
    return reading.link == "cite" and _TURNED.match(behind) is not None


@cache
def _heard() -> re.Pattern[str]:
    nouns = trie_pattern(words("speech.toml", "crowd", "nouns"))
    verbs = trie_pattern(words("speech.toml", "crowd", "verbs"))
    return re.compile(
        rf"\s?(?:[가-힣]+\s)?(?:{nouns})(?:이|가|도|들이|들도|까지|만)?\s(?:[가-힣]+\s){{0,2}}?(?:{verbs})[가-힣]*(?:\.|,|\s|$)"
    )


def nameless_saying(document: Document, reading: Reading, stop: int) -> Voice | None:
    """는 것이 회사 측 설명이다; 는 목격자 증언도; 라는 고성이 나왔다, 라는 글이 올라왔다."""
    text = document.text
    following = noun_after(text, reading.after, min(40, max(0, stop - reading.after)))
    parts = following.split()
    for i, word in enumerate(parts[:6]):
        if i and is_saying(word):
            owner = parts[i - 1]
            plain = owner[:-1] if owner.endswith("의") else owner
            if human(plain) or organisation(plain):
                companies = document.companies_in(Span(reading.after, reading.after + len(following)))
                return Voice(
                    QuotedBy.UNNAMED, "unnamed X의 설명", company=companies[0].name if companies else None
                )
    heard = _heard().match(text, reading.after)
    if heard is not None and not heard[0].rstrip(" ,").endswith("자"):
        return Voice(QuotedBy.UNNAMED, "heard from many")
    return None


_WHOSE = re.compile(
    r"\s*(?:[가-힣A-Za-z0-9]+\s){0,3}?(?P<who>[가-힣]+)의\s(?:[가-힣]+\s)?(?P<what>[가-힣]+?)(?:이었|였|이)?다\.?\s*$"
)


def whose_words(document: Document, start: int, end: int) -> Voice | None:
    """“….” 직원들의 하소연이다: the sentence behind says that others spoke."""
    match = _WHOSE.match(document.text[start:end])
    if match is None or not is_saying(match["what"]) or not human(match["who"]):
        return None
    if document.mentions_in(Span(start, end)):
        return None
    houses = document.companies_in(Span(start, end))
    return Voice(QuotedBy.UNNAMED, "unnamed X의 하소연이다", company=houses[0].name if houses else None)


# 염 대표이사 명의의 입장문을 내고, 명의로 낸 사과문에서
_IN_NAME = re.compile(r"\s?명의(?:의|로)\s")
_CHIEF_IN_BRACKET = worded(r"[^()\n]{0,40}{firms.chiefs}\s[^()\n]{1,24}[)）](?:\s?그룹)?(?:은|는|이|가)\s")


def written_for(document: Document, left: int, span: Span) -> Voice | None:
    """Whose words a paper bears, or the house that speaks: 곽 대표 명의의 사과문, 다솔(대표 곽민)은 “…”."""
    before = Span(left, span.start)
    for mention in document.mentions_in(before):
        if _IN_NAME.match(document.text, mention.span.end) and not document.quoted(mention.span.start):
            return Voice(_kind_of(document, mention), "in the name of", mention, mention.persona)
    mentions = document.mentions_in(before)
    for company in document.companies_in(before)[:1]:
        end = company.span.end
        inside = _CHIEF_IN_BRACKET().match(document.text, end + 1)
        opened = document.text[end : end + 1] in {"(", "（"}
        if opened and inside is not None and all(m.span.end < inside.end() for m in mentions):
            return Voice(QuotedBy.UNNAMED, "the house, its chief in brackets", None, None, company.name)
    return None


def _kind_of(document: Document, mention: Mention) -> QuotedBy:
    return QuotedBy.EXECUTIVE if document.persona_of(mention).executive else QuotedBy.OTHER


def nobodys(front: str) -> bool:
    """True for 공감을 많이 받은 글은 “…”였다; 이용자들의 평가는 “…”."""
    owner, noun = (["", "", *front[:-1].split()])[-2:]
    person = owner.removesuffix("의")
    return noun in WRITTEN() or (
        person != owner and is_saying(noun) and (human(person) or organisation(person))
    )
