"""Who says each quotation: explicit subjects first, then what stands behind it, then the thread."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.extract.answering import answers_here, asked_behind, reacts
from briefing.extract.captions import caption_before, caption_behind, owner_behind
from briefing.extract.document import Document
from briefing.extract.interviews import answers, interviewee, is_interview, opens_answer
from briefing.extract.spans import between, first_quotation
from briefing.extract.speech import Reading, noun_after, read_quotation
from briefing.extract.subjects import Subject, choose, find_subjects, human, organisation, speaker_kind
from briefing.extract.threads import Thread
from briefing.extract.voices import (
    SAYING_VERB,
    TURN,
    Voice,
    is_question,
    is_saying,
    nameless_saying,
    nobodys,
    prompt,
    prompted,
    voice_of,
    whose_words,
    written_for,
)
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import words
from briefing.korean.wordlists import worded
from briefing.model import QuotedBy, Span

__all__ = ["Attributor", "Voice"]

# A clause around a quotation is not longer than this.
_CLAUSE = 600
# …라는 것이 30년 동안 만두만 빚어 온 곽 대표의 지론이다: so far from the quotation its speaker may stand.
_MODIFIED = 70
# A sentence behind a quotation names its speaker within this many characters.
_NEAR = 400
# The head of the house without a name, whose first words these are.
_CHIEF = worded(r"{speech.chiefs.titles}의 (?:[가-힣]+ )?{speech.chiefs.words}")

# What somebody is met with before he answers.
_OBJECTION = worded(r"\s?(?:[가-힣]+\s)?{speech.said.objections}에(?:도|\s대해)?[\s,]")

# 200평이면 된다고 하자 [그는]: whoever has his say is not who answers; not 취임하자 그는
_HAVING_SAID = re.compile(r"(?:다|라|냐|자)고\s[가-힣]{1,5}?(?:자|더니|는데|지만|으니)\s$")
# “…” 곽 대표는 이렇게 말하며 “…”
_POINTS_BACK = worded(r"{speech.cues.back}")


class Attributor:
    """Follows one text from its beginning and names a speaker for each quotation in turn."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.thread = Thread(document)
        self.interviewee = interviewee(document)
        self._nested = False
        self._sole: tuple[Voice | None] | None = None
        self.is_interview = is_interview(document)

    def attribute(self, span: Span, reading: Reading, following: int) -> Voice:
        """Speaker of a quotation; call in order of the text.

        Args:
            span: The quotation.
            reading: How it is tied into its sentence.
            following: Where the next quotation begins, or the end of the text.
        """
        document = self.document
        index = document.sentence_index(span.start)
        self.thread.read_up_to(index)
        if index < 0:
            return Voice(QuotedBy.UNNAMED, "nobody")
        sentence = document.sentences[index]
        last = document.sentence_at(max(span.start, span.end - 1)) or sentence
        left = sentence.span.start
        left = max(left, span.start - _CLAUSE) if self._nested else max(left, self.thread.last_end)
        stop = min(following, max(last.span.end, reading.after))
        voice = (
            caption_before(document, span)
            or caption_behind(document, reading)
            or self._behind(reading, stop)
            or owner_behind(document, span, reading)
            or written_for(document, left, span)
            or self._before(sentence, left, span, reading)
            or asked_behind(document, reading, last.span.end + _NEAR)
            or self._after_name(last, reading, stop, left == sentence.span.start)
            or self._standing_alone(span, reading, last)
            or self._thread(sentence, span, reading, left)
        )
        if left == self.thread.last_end and self.thread.current is not None and voice.rule == "thread":
            voice = replace(voice, rule="same sentence")
        if (question := is_question(self.text, reading, stop)) != voice.question:
            voice = replace(voice, question=question)
        self.thread.last_end = reading.tail
        # …라는 소비자 불만에 대해 “…”: words inside the clause of a topic that is still to speak
        self._nested = reading.link == "adnominal" and voice.by is not QuotedBy.EXECUTIVE
        self.thread.remember(voice)
        return voice

    # -------------------------------------------------------------- evidence inside the sentence

    def _behind(self, reading: Reading, stop: int) -> Voice | None:
        """”(조 사장), ”는 것이 조 사장의 설명이다, ”라고 말한 조 사장은."""
        document, text = self.document, self.text
        if reading.link == "bracket":
            inside = Span(reading.tail, reading.after)
            if mentions := document.mentions_in(inside):
                return Voice(
                    speaker_kind(document, mentions[0]), "named in brackets", mentions[0], mentions[0].persona
                )
            who = text[inside.start : inside.end].strip(" ()").split(",")[0]
            first = who.rsplit(None, 1)
            if first and (who.startswith("한 ") or human(first[-1]) or organisation(first[-1])):
                return Voice(QuotedBy.UNNAMED, "unnamed in brackets")
        if reading.link in {"adnominal", "cite", "short"}:
            for mention in document.mentions_in(Span(reading.after, stop)):
                between = text[reading.after : mention.span.start]
                if mention.particle == "의" or text[mention.span.end : mention.span.end + 1] == "의":
                    word = noun_after(text, mention.span.end + 1, 30).split()
                    reach = _MODIFIED if between.lstrip().startswith(("것", "게 ", "점")) else 30
                    if any(is_saying(w) for w in word[:3]) and len(between) <= reach:
                        return Voice(
                            speaker_kind(document, mention),
                            "X의 설명",
                            mention,
                            mention.persona,
                            mention.company,
                        )
                side = re.match(r"\s?측(?:의)?\s", text[mention.span.end : mention.span.end + 6])
                if side and len(between) <= 20:
                    return Voice(QuotedBy.UNNAMED, "X 측 설명", None, None, mention.company)
                if reading.link != "adnominal" and SAYING_VERB().fullmatch(between):
                    return Voice(
                        speaker_kind(document, mention),
                        "라고 말한 X",
                        mention,
                        mention.persona,
                        mention.company,
                    )
                break
            if reading.link == "adnominal" and (voice := nameless_saying(document, reading, stop)):
                return voice
        return None

    def _before(self, sentence: Sentence, left: int, span: Span, reading: Reading) -> Voice | None:
        """The subject in front of the quotation in its own sentence."""
        document = self.document
        if any(
            (m := mention).span.end <= span.start
            and self.text[m.span.end : span.start].strip("\"“”'‘ ") == "의"
            for mention in document.mentions_in(Span(left, span.start))[-1:]
        ):
            return Voice(speaker_kind(document, m), "X의 “…”", m, m.persona, m.company)
        subjects = [
            s for s in find_subjects(document, sentence.tokens, left, span.start) if self._credible(s, span)
        ]
        choice = choose(subjects)
        if choice is None:
            return None
        if choice.place and self.thread.current is not None and reading.link not in {"adnominal", ""}:
            return None
        if choice.weak and self._asked(choice, span):
            return None
        if self._answers_back(choice, left, sentence):
            return replace(self.thread.executive, rule="answers") if self.thread.executive else None
        if (other := self._answers_whom(choice, left)) is not None:
            return replace(other, rule="answers")
        return voice_of(choice, "topic" if choice.topic else "subject")

    def _answers_back(self, choice: Subject, left: int, sentence: Sentence) -> bool:
        """True for 차관이 “…”고 하자 그는 “…”: the pronoun is not who spoke just before."""
        if choice.mention is None or choice.mention.kind != "pronoun" or left <= sentence.span.start:
            return False
        spoke = self.thread.current is not None and self.thread.current.persona == choice.mention.persona
        other = self.thread.executive is not None and self.thread.executive.persona != choice.mention.persona
        return spoke and other and TURN.search(self.text[left : choice.span.start]) is not None

    def _answers_whom(self, choice: Subject, left: int) -> Voice | None:
        """Who answers where another has his say in front of a pronoun: B 대표가 된다고 하자 그는 “…”."""
        if choice.mention is None or choice.mention.kind != "pronoun":
            return None
        before = self.document.mentions_in(Span(left, choice.span.start))
        meant = [m for m in before if m.persona == choice.mention.persona and m.particle in {"이", "가"}]
        if not meant or _HAVING_SAID.search(self.text, meant[-1].span.end, choice.span.start) is None:
            return None
        lately = self.thread.executive, self.thread.before
        return next((v for v in lately if v and v.persona != choice.mention.persona), None)

    def _credible(self, subject: Subject, span: Span) -> bool:
        if subject.by is QuotedBy.OTHER and subject.mention is None:
            return span.start - subject.end <= 12
        return True

    def _asked(self, subject: Subject, span: Span) -> bool:
        """True if a weak subject only asks or prompts: 기자가 묻자, 노조가 반대한다는 지적에."""
        gap = self.text[subject.end : span.start]
        return prompt().search(gap) is not None or TURN.search(gap) is not None

    def _after_name(self, last: Sentence, reading: Reading, stop: int, first: bool) -> Voice | None:
        """”라고 조 사장은 말했다, where nobody stands in front."""
        if reading.link not in {"cite", "short", "ha"} or not first:
            return None
        for subject in find_subjects(self.document, last.tokens, reading.tail, stop)[:1]:
            verbs = any(
                t.tag[0] in "VE" or t.tag in {"XSV", "XSA"}
                for t in between(last.tokens, reading.after, subject.span.start)
            )
            if subject.span.start - reading.after <= 24 and not verbs:
                return voice_of(subject, "라고 X는 말했다")
        return None

    # -------------------------------------------------------------- evidence around the sentence

    def _standing_alone(self, span: Span, reading: Reading, last: Sentence) -> Voice | None:
        """A quotation that is a sentence by itself: interviews, 이렇게 말했다 behind it."""
        if reading.link not in {"", "adnominal"}:
            return None
        document, text, thread = self.document, self.text, self.thread
        if reading.link == "adnominal" and _OBJECTION().match(text, reading.after):
            return Voice(QuotedBy.UNNAMED, "a question told")  # “…”라는 지적에 곽 대표는 “…”
        paragraph = document.paragraph_at(span.start)
        if paragraph is None:
            return None
        marked = self.is_interview and opens_answer(text, paragraph.start, span.start)
        opens = span.start - paragraph.start <= 12 and (
            marked or not text[paragraph.start : span.start].strip("\"“”″＂ 「『‘'")
        )
        if opens and self.interviewee is not None and answers(document, paragraph):
            return self.interviewee
        front = text[max(paragraph.start, thread.last_end) : max(paragraph.start, span.start - 1)].rstrip()
        if reading.link == "" and front[-1:] in {"은", "는"} and nobodys(front):
            return Voice(QuotedBy.UNNAMED, "somebody's writing")
        if not opens and thread.current is not None:
            return None
        index = document.sentence_index(last.span.start)
        for sentence in document.sentences[index : index + 3]:
            start, end = max(reading.after, sentence.span.start), sentence.span.end
            if self._holds_other_words(start, end):
                break
            voice = whose_words(document, start, end) or self._named_after(sentence, start, span)
            if end > start and voice is not None:
                return voice
        return None

    def _holds_other_words(self, start: int, end: int) -> bool:
        """True where whom a sentence names speaks words of his own: 곽 대표를 만났다. “…” 소 부대표는 “…”."""
        current = self.thread.current
        if current is None or current.persona is None or _POINTS_BACK().search(self.text, start, end):
            return False
        own = first_quotation(self.document, start)
        return own is not None and own.start < end and read_quotation(self.document, own).spoken

    def _named_after(self, sentence: Sentence, start: int, span: Span) -> Voice | None:
        """The speaker a sentence behind the quotation names: 단 회장의 첫마디다; 단 회장은 이렇게 말했다."""
        document = self.document
        end = min(sentence.span.end, start + _NEAR)
        inside = {m.persona for m in document.mentions_in(span)}  # nobody speaks of himself by title
        subjects = find_subjects(document, sentence.tokens, start, end)
        said = self.text[start:end]
        cue = any(c in said for c in words("speech.toml", "cues", "after"))
        mentions = [
            m for m in document.mentions_in(Span(start, end))
            if not document.quoted(m.span.start) and m.persona not in inside
        ]  # fmt: skip
        genitive = next((m for m in mentions if m.particle == "의"), None)
        if cue and genitive and (not subjects or genitive.span < subjects[0].span):
            return Voice(speaker_kind(document, genitive), "X의 첫마디", genitive, genitive.persona)
        persons = [
            s for s in subjects
            if not s.place and (s.mention is not None or s.by is not QuotedBy.OTHER)
            and (s.mention is None or s.mention.persona not in inside)
        ]  # fmt: skip
        if persons:
            return voice_of(choose(persons) or persons[0], "named after the quotation")
        if cue and self.interviewee is not None and _CHIEF().search(said):
            return replace(self.interviewee, rule="수장의 일성")
        if cue and mentions:
            last = mentions[-1]
            return Voice(speaker_kind(document, last), "named after the quotation", last, last.persona)
        return None

    def _thread(self, sentence: Sentence, span: Span, reading: Reading, left: int) -> Voice:
        """Nobody is named: the text goes on about the same person."""
        thread, current = self.thread, self.thread.current
        gap = self.text[left : span.start]
        if (
            reading.link == "adnominal"
            and prompted(self.text, reading)
            and thread.last_end <= sentence.span.start
        ):
            return Voice(QuotedBy.UNNAMED, "a question told")
        if reacts(self.text, reading):
            return Voice(QuotedBy.UNNAMED, "a reaction told")
        told = answers_here(self.text, left, span.start, reading)
        asked = thread.last_end > sentence.span.start and current is not None and current.question
        if asked or told or prompt().search(gap) is not None:
            answering = thread.other_than_asked() if asked else thread.executive
            answering = answering or (self._only_one() if told else None)
            if answering is not None:
                return replace(answering, rule="answers")
        if reading.link == "" and self.interviewee is not None and self.is_interview:
            told_of = current is None or (current.persona is None and current.company)
            if told_of and left == sentence.span.start:
                return replace(self.interviewee, rule="interview")
        if current is not None and not current.question:
            return replace(current, rule="thread")
        if thread.executive is not None:
            return replace(thread.executive, rule="thread")
        return self._only_one() or Voice(QuotedBy.UNNAMED, "nobody named")

    def _only_one(self) -> Voice | None:
        """The one executive of headline and text, where the text never names a subject."""
        if self._sole is None:
            self._sole = (self._find_sole(),)
        return self._sole[0]

    def _find_sole(self) -> Voice | None:
        document = self.document
        present = {m.persona for m in document.mentions} | {m.persona for m in document.headline}
        executives = [i for i in present if document.personas[i].executive]
        if len(executives) != 1:
            return None
        return Voice(QuotedBy.EXECUTIVE, "the only executive", None, executives[0])
