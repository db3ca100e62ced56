"""Is a span between quotation marks something said, or a slogan, a title, a term, a subhead?"""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.document import Document
from briefing.extract.particles import AFTER_QUOTATION, SAYING_TAIL
from briefing.extract.records import record
from briefing.korean.lexicon import words
from briefing.korean.wordlists import worded
from briefing.model import Span

MARKS = '“”„‟"＂″〝〞「」『』'
# Endings of a Korean sentence, plain, polite and nominal, and what a headline-like utterance ends in.
_ENDED = re.compile(
    r"(?:다|요|까|죠|지|자|라|냐|네|나|군|걸|게|소|오|음|임|함|됨|것|뿐|때문|중|니|세|시오|거든|든|데|대|래|든지|려|랴|야|예정|계획|셈|법|터|듯|마|지만|면서|는데|라며|거나|으니|니까)"
    r"[\s.!?…~,·]*[)’'\]]*$"
)
_STOP = re.compile(r"[.!?…][)’'\]]*$")
_ATTACHED = re.compile(
    r"""[\s,]?(?:
      (?P<cite>이?라고|고)(?:도|만|까지)?(?=[\s,.가-힣])
    | (?P<while>이?라면서|이?라며|면서|며|하며|하면서)도?
    | (?P<adnominal>이?라는|이?란|는)(?=\s)
    | (?P<short>이?라)(?=[\s,.])
    | (?P<ha>하고|하곤)(?=\s)
    | (?P<list>등의|등으로|등이라)
    )""",
    re.VERBOSE,
)
# “합격”, “또 확률형 아니냐” 등 다양한 반응
_SERIES = worded(
    r",\s?(?:[“\"][^“”\"\n]{1,80}[”\"],?\s?)+"
    r"(?:등의?|이라는|라는|와 같은) [^.\n]{0,14}?{speech.heard.series}"
)
# 첫 질문은 “…”였다; but 표어는 “…”였다.
_WAS = re.compile(r"(?:이었|였)(?:다|습니다|고|지만)|(?:이다|입니다)\.")
_NAMED_BEFORE = worded(r"{speech.on_things.named}(?:은|는|이|가|도)?\s")
_BULLET = re.compile(r"[\s◇◆■□▲△▶▷●○※★☆✔#*\-–―|<\[【〈《]*")
_BRACKET = re.compile(r"\s?\(([^()\n]{2,60})\)")
# “값보다 맛”이라는 것이 서른 해를 버틴 단 사장의 지론이다
_IS_SAYING = worded(
    r"\s?(?:것|점)(?:이|은|도)\s[^.\n]{0,80}?"
    r"\s{speech.sayings.words}(?:이다|다|이었다|였다|입니다|이라|라|이자)(?![가-힣]{2})"
)
# A line with headlines is not longer than this.
_LONGEST_HEADLINES = 600
_LETTERS = re.compile(r"[가-힣]")
# …로 끝맺었다, “합격”과 “떠난다”로 갈렸다: words that open, close or make up what somebody says
_OPENING = worded(r"(?:으로|로)\s(?:[가-힣]+[을를]?\s){0,2}?{speech.on_things.opening}")
# “… 것”으로 예상했다
_FORECAST = worded(
    r"(?:으)?로\s(?:[가-힣]+\s)?{speech.said.forecast}(?:했|한다|하며|하면서|하고|한\s|봤|본다|보며|보고)"
)
# 업계는 A 사장이 (“사임할 것”으로 관측했다)
_OF_CLAUSE = re.compile(r"[가-힣](?:은|는)\s(?:[^.“”\"\n]{0,40}[가-힣])(?:이|가)\s$")
_CLAUSE_REACH = 60
# Hangul syllables have so many finals; ㄹ is the eighth (Unicode 15, 3.12).
_FINALS = 28
_RIEUL = 8
_DIVIDED = worded(r"(?:과|와)\s[“\"][^“”\"\n]{2,80}[”\"](?:으로|로)\s{speech.on_things.divided}")
# “…”=최을순 누리상사 대표, …: the column of sayings
_EQUALS = re.compile(r"\s?=\s?(?=[가-힣A-Z])")
_WRITTEN_ON = worded(r"\s?{speech.on_things.written}\s")
_SHOWN = worded(
    r"\s?(?:[가-힣]+\s)?{speech.on_things.texts}(?:이|을|도)?\s(?:크게\s|나란히\s)?{speech.on_things.shown}"
)
# 편지엔 “…”고 적혀 있었다: written, but somebody's words
_LETTER = worded(r"{speech.on_things.letters}(?:에는|엔|에|에서는|에서)\s?$")
_CLOSED = re.compile(r"[.!?。](?:\s|$|[”\"’'])")


@record(frozen=True, slots=True)
class Reading:
    """Whether a quotation is speech.

    Attributes:
        spoken: True for speech.
        reason: The rule that decided, or why it is no speech.
        tail: Where the text behind the closing mark begins.
        link: How the sentence goes on: "cite", "while", "adnominal", "short", "ha", "list", "bracket", or "".
        after: Where the text behind that link begins.
    """

    spoken: bool
    reason: str
    tail: int
    link: str
    after: int


@cache
def _endings(group: str, key: str = "words") -> tuple[str, ...]:
    return tuple(sorted(words("speech.toml", group, key), key=len, reverse=True))


@cache
def _label_verbs() -> re.Pattern[str]:
    return re.compile(
        r"\s?(?:크게\s|큼지막하게\s|손글씨로\s)?(?:" + "|".join(words("speech.toml", "labels", "verbs")) + ")"
    )


def complete(text: str) -> bool:
    """True if the words end like a sentence."""
    return len(_LETTERS.findall(text)) >= 3 and (
        _ENDED.search(text) is not None or _STOP.search(text) is not None
    )


def noun_after(text: str, start: int, reach: int = 24) -> str:
    """The first words behind an adnominal ending, as far as the first particle-bearing noun may be."""
    end = min(len(text), start + reach)
    line = text.find("\n", start, end)
    return text[start : line if line >= 0 else end].strip()


def _is_label(following: str, ended: bool) -> bool:
    """True if a label noun comes before any noun of saying: 라는 문구, 라는 광고 문구, 라는 제목의 글."""
    labels = _endings("labels") if ended else (*_endings("labels"), *_endings("labels", "names"))
    for word in following.split()[:3]:
        stem = word.rstrip(".,)’'”\"")
        bare = _bare(stem)
        if any(bare.endswith(e) or stem.startswith(e if len(e) > 1 else _with_particle(e)) for e in labels):
            return True
        if bare in _endings("sayings"):
            return False
    return False


@cache
def _with_particle(noun: str) -> tuple[str, ...]:
    """A noun of one syllable with what may follow it: 책을; 시작 is no 시."""
    return tuple(noun + particle for particle in ("을", "를", "이", "가", "은", "는", "도", "에", "의", "로"))


def _bare(word: str) -> str:
    return SAYING_TAIL.sub("", word) if len(word) > 2 or word in _SHORT_SAYINGS else word


_SHORT_SAYINGS = frozenset(noun + particle for noun in "말답글" for particle in "이은을도만에의로다")


def read_quotation(document: Document, span: Span) -> Reading:  # noqa: PLR0912
    """Tells speech from slogans, titles, terms and subheads by the words and by what follows them."""
    text = document.text
    words_said = span.of(text)
    tail = span.end
    while tail < len(text) and text[tail].isspace() and text[tail] != "\n":
        tail += 1
    while tail < len(text) and text[tail] in MARKS:
        tail += 1
        break
    ended = complete(words_said)
    if not _LETTERS.search(words_said) and len(words_said.split()) < 3:
        return Reading(False, "no Korean words and too short for speech", tail, "", tail)
    paragraph = document.paragraph_at(span.start)
    if paragraph is not None and tail >= paragraph.end and text[paragraph.start] in "◇◆■□◈▣●○<[【〈《#*":
        front = text[max(paragraph.start, span.start - 80) : max(paragraph.start, span.start - 1)].rstrip()
        if not (
            len(front) > 1 and front.endswith((">", "]", "】", "〉", ":", "：", "="))
        ):  # <단태율 / 대표> “…”
            return Reading(False, "a subhead", tail, "", tail)
    if _SERIES().match(text, tail):
        return Reading(True, "one of several remarks", tail, "list", tail)
    match = _ATTACHED.match(text, tail)
    if match is not None:
        link = match.lastgroup or ""
        after = match.end()
        if link in {"cite", "short", "ha"}:
            written = ended and _LETTER().search(text, max(0, span.start - 24), max(0, span.start - 1))
            if _put_on_a_thing(text, after) and not written and not (ended and _STOP.search(words_said)):
                return Reading(False, "words put on a thing, or a name", tail, link, after)
            return Reading(True, f"quoted with {match[0].strip()}", tail, link, after)
        if link == "while":
            return Reading(True, f"quoted with {match[0].strip()}", tail, link, after)
        if link == "list":
            return Reading(ended, "one of several remarks" if ended else "terms", tail, link, after)
        following = noun_after(text, after)
        if _is_label(following, ended) or _SHOWN().match(text, after):
            return Reading(False, "named as a slogan, title or term", tail, link, after)
        if ended:
            return Reading(True, "a sentence told on with 는", tail, link, after)
        bare = [_bare(w.rstrip(".,")) for w in following.split()[:2]]
        if match[0].strip() != "는" and any(b in _endings("sayings") for b in bare):
            return Reading(True, "called a saying", tail, link, after)
        if match[0].strip() != "는" and _IS_SAYING().match(text, after):
            return Reading(True, "called a saying", tail, link, after)
        if _owned_saying(document, after):
            return Reading(True, "X의 말", tail, link, after)
        return Reading(False, "a term", tail, link, after)
    if (
        ended
        and _WAS.match(text, tail)
        and not _NAMED_BEFORE().search(text, max(0, span.start - 24), span.start)
    ):
        return Reading(True, "첫마디는 “…”였다", tail, "", tail)
    if (ended and _OPENING().match(text, tail)) or _DIVIDED().match(text, tail):
        return Reading(True, "말문을 “…”로 열었다", tail, "", tail)
    if _is_to_come(words_said) and _FORECAST().match(text, tail) and not _of_clause(text, span.start - 1):
        return Reading(True, "“…것”으로 내다봤다", tail, "", tail)
    if AFTER_QUOTATION.match(text, tail) and not (ended and text[tail : tail + 1].isspace()):
        return Reading(False, "stands as a noun", tail, "", tail)
    bracket = _BRACKET.match(text, tail)
    if bracket is not None and len(words_said) >= 8:
        return Reading(True, "speaker in brackets", tail, "bracket", bracket.end())
    if _EQUALS.match(text, tail) and len(words_said) >= 6 and paragraph and _opens(text, paragraph, span):
        return Reading(True, "“…”=X", tail, "equals", tail)
    if ended and (paragraph is None or len(words_said) >= 6 or _STOP.search(words_said)):
        alone = paragraph is not None and tail >= paragraph.end and _opens(text, paragraph, span)
        if alone and not _STOP.search(words_said) and not _speaks_around(document, paragraph):
            return Reading(False, "a line of its own that nobody is said to speak", tail, "", tail)
        if paragraph is not None and _in_headline(text, paragraph, span, tail):
            return Reading(False, "in a headline", tail, "", tail)
        return Reading(True, "a sentence of its own", tail, "", tail)
    return Reading(False, "a term or a headline", tail, "", tail)


def _is_to_come(said: str) -> bool:
    """True for words that end in ㄹ 것: 회복될 것; not for 새로운 것, 남의 것."""
    front, space, last = said.rstrip().rpartition(" ")
    if not space or last not in {"것", "거"} or not "가" <= front[-1:] <= "힣":
        return False
    return (ord(front[-1]) - ord("가")) % _FINALS == _RIEUL


def _of_clause(text: str, start: int) -> bool:
    """True for 업계는 A 사장이 “사임할 것”으로: the speaker is another, and he no more than the subject."""
    return _OF_CLAUSE.search(text, max(0, start - _CLAUSE_REACH), start) is not None


def _put_on_a_thing(text: str, after: int) -> bool:
    """True for 라고 적힌, 라고 불리는, 라고 쓴 팻말."""
    if _label_verbs().match(text, after):
        return True
    written = _WRITTEN_ON().match(text, after)
    if written is None:
        return False
    things = noun_after(text, written.end()).split()[:2]
    return any(_bare(thing) in _endings("labels") for thing in things)


def _in_headline(text: str, paragraph: Span, span: Span, tail: int) -> bool:
    """True on a line without any sentence: 누리전자 윤 사장 “공장 늘린다”, and lists of such lines."""
    if _STOP.search(span.of(text)):
        return False
    if text[tail : tail + 1] in {"…", "|"}:
        return True
    if paragraph.end - paragraph.start > _LONGEST_HEADLINES:
        return False
    front, rest = text[paragraph.start : max(paragraph.start, span.start - 1)], text[tail : paragraph.end]
    if not (front + rest).strip(" -–—―◇◆■□▲△▶▷●○※*[]<>【】") or _CLOSED.search(front + " " + rest):
        return False
    return not front.rstrip().endswith((":", "：", ">", "]", "】", "은", "는", "이", "가", ","))


def _owned_saying(document: Document, after: int) -> bool:
    """True for …라는 단 회장의 자신감: a saying that has an owner."""
    for mention in document.mentions_in(Span(after, after + 24)):
        if mention.particle == "의":
            word = noun_after(document.text, mention.span.end + 1, 14).split()
            return bool(word) and _bare(word[0]) in _endings("sayings")
    return False


def _opens(text: str, paragraph: Span, span: Span) -> bool:
    """True if nothing but bullets stands in front of the quotation in its paragraph."""
    return (
        span.start - paragraph.start <= 12
        and not _BULLET.sub("", text[paragraph.start : span.start - 1], count=1).strip()
    )


def _speaks_around(document: Document, paragraph: Span | None) -> bool:
    """True if the line before asks or announces: Q&A interviews without full stops."""
    if paragraph is None:
        return False
    before = document.text[max(0, paragraph.start - 120) : paragraph.start].rstrip()
    line = before.rpartition("\n")[2].strip()
    return bool(line) and (
        line[0] in "-―–—▷▶Q문●○◆◇■□" or line.endswith(("?", "?”", "나", "까", "요", "말했다.", ":"))
    )
