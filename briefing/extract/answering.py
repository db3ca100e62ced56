"""Questions, answers and reactions told around a quotation: whose turn it is, where nobody is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.document import Document, Mention
from briefing.extract.pronouns import PRESENTED
from briefing.extract.spans import first_quotation
from briefing.extract.speech import Reading
from briefing.extract.subjects import Subject, find_subjects
from briefing.extract.voices import Voice, voice_of
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import listed, worded
from briefing.model import QuotedBy

# “…?” 점주 한 사람이 되묻자: who asks stands behind the words.
_ASKED_BEHIND = worded(
    r"\s*(?P<who>[^.,“”\"\n]{1,30}?)(?:이|가)\s(?:[가-힣]+\s){0,2}?{speech.said.asking}[가-힣]{0,3}?자\s"
)
# “…” 마지막 질문은 CTO에게 돌아갔다.
_QUESTION_BEHIND = worded(r"\s*(?:[가-힣]+\s){0,2}?{speech.said.questions}(?:은|이|도)\s")
# 채용 규모를 묻자 “…”, 해법을 묻는 말에는 “…”
_ASKED = worded(
    r"{speech.said.asking}[가-힣]{0,3}?(?:자|으니|더니)\s\W*$|(?:묻는|물은|묻던)\s(?:말|질문)에(?:는|도)?\s\W*$"
)
# 이에 “…”라고 반박했다: whoever was spoken to or of answers.
_TO_THAT = re.compile(r"(?:^|[.”\"])\s*(?:이에|그러자|이에 대해|이에 대해서는?)\s\W*$")
# 곽 대표에게 이유를 물었다; 그에게 비결을 묻자 뜻밖의 답이 돌아왔다. Not 책임을 물었다, which blames.
_ASKED_OF = worded(
    r"(?:\([^()\n]*\))?{speech.interviews.to}\s(?:(?!{speech.interviews.to}\s|{speech.interviews.blame}[을를]\s)[^.“”\"\n]){0,60}?"
    r"(?<=\s)(?:{speech.interviews.asked}[.\s]*$|{speech.interviews.asking}\s(?:[가-힣]+\s){0,3}?{speech.said.answers}(?:이|만|을)\s)"
)
_REPORTERS = listed("speech.interviews.reporters")
# 곽 대표의 [다음 수는], 표 대표의 [계산은]
_MATTER = worded(r"의\s(?:[가-힣]+\s){0,2}?{speech.interviews.matters}(?:은|는|이|도)\s")
# “… 맞출 수 있습니까”: words of who asks, not of who is asked.
_QUESTION = worded(r"(?:\?|{speech.interviews.questions})[.?!]*$")
# “…”라는 답이 돌아왔다
_CALLED_ANSWER = worded(r"\s?(?:[가-힣]+\s)?{speech.said.answers}(?:이|만|을|으로)?\s")
# “…”라는 반응과 “…”라는 비난으로 갈렸다
_REACTION = worded(r"\s?(?:[가-힣]+\s)?{speech.heard.crowd}(?:들)?(?:과|와|으로|로|에|이|도|만|부터|까지)\s")


def asked_behind(document: Document, reading: Reading, stop: int) -> Voice | None:
    """Who asks words that stand by themselves, where the next sentence tells it; None if it does not."""
    text = document.text
    if reading.link:
        return None
    if _QUESTION_BEHIND().match(text, reading.after, stop):
        return Voice(QuotedBy.UNNAMED, "a question told", question=True)
    match = _ASKED_BEHIND().match(text, reading.after, stop)
    if match is None:
        return None
    sentence = document.sentence_at(match.start("who"))
    subjects = find_subjects(document, sentence.tokens, match.start("who"), match.end()) if sentence else []
    voice = voice_of(subjects[0], "asks") if subjects else Voice(QuotedBy.UNNAMED, "asks")
    return Voice(voice.by, voice.rule, voice.mention, voice.persona, voice.company, question=True)


def answers_here(text: str, left: int, start: int, reading: Reading) -> bool:
    """True for words that answer: 묻자 “…”, 이에 “…”라고 반박했다, “…”라는 답이 돌아왔다."""
    gap = text[left:start]
    if _ASKED().search(gap) is not None or _TO_THAT.search(gap) is not None:
        return True
    return reading.link == "adnominal" and _CALLED_ANSWER().match(text, reading.after) is not None


def reacts(text: str, reading: Reading) -> bool:
    """True for “…”라는 반응과, “…”는 비난으로: nobody in particular said it."""
    return reading.link == "adnominal" and _REACTION().match(text, reading.after) is not None


def presented(document: Document, sentence: Sentence) -> Mention | None:
    """The person a sentence ends with: 기술을 맡은 또 다른 창업자, 윤 사장. 축사는 맞수인 백 회장이다."""
    for mention in reversed(document.mentions_in(sentence.span)):
        behind = document.text[mention.span.end : sentence.span.end]
        if document.quoted(mention.span.start):
            continue
        return mention if PRESENTED.fullmatch(behind) else None
    return None


def asked_of(document: Document, sentence: Sentence, subjects: Sequence[Subject]) -> Mention | None:
    """Whom the writer asks, so that what follows answers: 곽 대표에게 이유를 물었다.

    Nobody, where somebody else is the subject (법원은, A 대표가), where a question follows, or where the
    paragraph is about a person already, who may be the one who asks.
    """
    if any(s.mention is not None or s.head not in _REPORTERS() for s in subjects):
        return None
    for mention in document.mentions_in(sentence.span):
        asked = _ASKED_OF().match(document.text, mention.span.end, sentence.span.end)
        if asked is not None and not document.quoted(mention.span.start):
            follows = first_quotation(document, sentence.span.end)
            return None if follows is None or _QUESTION().search(follows.of(document.text)) else mention
    return None


def told_of(document: Document, sentence: Sentence, subjects: Sequence[Subject]) -> Mention | None:
    """Whose plans and thoughts a sentence tells: 곽 대표의 다음 수는 산지 직송이다."""
    if any(s.mention is not None for s in subjects):
        return None
    mention = next(iter(document.mentions_in(sentence.span)), None)
    if mention is None or mention.particle != "의" or document.quoted(mention.span.start):
        return None
    told = _MATTER().match(document.text, mention.span.end, sentence.span.end)
    return mention if told is not None and document.persona_of(mention).executive else None
