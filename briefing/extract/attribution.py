"""Who says each quotation: explicit subjects first, then what stands behind it, then the thread."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.extract.answering import answers_here, asked_behind, presented, reacts
from briefing.extract.captions import caption_before, caption_behind, owner_behind
from briefing.extract.document import Document
from briefing.extract.interviews import answers, interviewee, is_interview
from briefing.extract.spans import between
from briefing.extract.speech import Reading, noun_after
from briefing.extract.subjects import Subject, choose, find_subjects, human, organisation, speaker_kind
from briefing.extract.voices import (
    NOBODYS,
    REACTED,
    SAID,
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


class Attributor:
    """Follows one text from its beginning and names a speaker for each quotation in turn."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.current: Voice | None = None  # whom the text is speaking of
        self.executive: Voice | None = None  # the last executive who spoke or was spoken of
        self.before: Voice | None = None  # the one who did so before that
        self.asker: int | None = None  # who put the last words as a question
        self._next_sentence = 0
        self.interviewee = interviewee(document)
        self.last_end = 0
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
        self._read_up_to(index)
        if index < 0:
            return Voice(QuotedBy.UNNAMED, "nobody")
        sentence = document.sentences[index]
        last = document.sentence_at(max(span.start, span.end - 1)) or sentence
        left = sentence.span.start
        left = max(left, span.start - _CLAUSE) if self._nested else max(left, self.last_end)
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
        if left == self.last_end and self.current is not None and voice.rule == "thread":
            voice = replace(voice, rule="same sentence")
        if (question := is_question(self.text, reading, stop)) != voice.question:
            voice = replace(voice, question=question)
        self.last_end = reading.tail
        # …라는 소비자 불만에 대해 “…”: words inside the clause of a topic that is still to speak
        self._nested = reading.link == "adnominal" and voice.by is not QuotedBy.EXECUTIVE
        self._remember(voice)
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
        if choice.place and self.current is not None and reading.link not in {"adnominal", ""}:
            return None
        if choice.weak and self._asked(choice, span):
            return None
        if self._answers_back(choice, left, sentence):
            return replace(self.executive, rule="answers") if self.executive else None
        return voice_of(choice, "topic" if choice.topic else "subject")

    def _answers_back(self, choice: Subject, left: int, sentence: Sentence) -> bool:
        """True for 차관이 “…”고 하자 그는 “…”: the pronoun is not who spoke just before."""
        if choice.mention is None or choice.mention.kind != "pronoun" or left <= sentence.span.start:
            return False
        spoke = self.current is not None and self.current.persona == choice.mention.persona
        other = self.executive is not None and self.executive.persona != choice.mention.persona
        return spoke and other and TURN.search(self.text[left : choice.span.start]) is not None

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
        document, text = self.document, self.text
        if reading.link == "adnominal" and _OBJECTION().match(text, reading.after):
            return Voice(QuotedBy.UNNAMED, "a question told")  # “…”라는 지적에 곽 대표는 “…”
        paragraph = document.paragraph_at(span.start)
        if paragraph is None:
            return None
        opens = span.start - paragraph.start <= 12 and not text[paragraph.start : span.start].strip(
            "\"“”″＂ 「『‘'"
        )
        if opens and self.interviewee is not None and answers(document, paragraph):
            return self.interviewee
        front = text[max(paragraph.start, self.last_end) : max(paragraph.start, span.start - 1)].rstrip()
        if reading.link == "" and front[-1:] in {"은", "는"} and nobodys(front):
            return Voice(QuotedBy.UNNAMED, "somebody's writing")
        if not opens and reading.link == "" and self.current is not None and self.last_end >= paragraph.start:
            return None
        if not opens and self.current is not None:
            return None
        index = document.sentence_index(last.span.start)
        for sentence in document.sentences[index : index + 3]:
            start, end = max(reading.after, sentence.span.start), sentence.span.end
            voice = whose_words(document, start, end) or self._named_after(sentence, start, span)
            if end > start and voice is not None:
                return voice
        return None

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
        gap = self.text[left : span.start]
        if (
            reading.link == "adnominal"
            and prompted(self.text, reading)
            and self.last_end <= sentence.span.start
        ):
            return Voice(QuotedBy.UNNAMED, "a question told")
        if reacts(self.text, reading):
            return Voice(QuotedBy.UNNAMED, "a reaction told")
        told = answers_here(self.text, left, span.start, reading)
        asked = self.last_end > sentence.span.start and self.current is not None and self.current.question
        if asked or told or prompt().search(gap) is not None:
            answering = self._other_than_asked() if asked else self.executive
            answering = answering or (self._only_one() if told else None)
            if answering is not None:
                return replace(answering, rule="answers")
        if reading.link == "" and self.interviewee is not None and self.is_interview:
            told_of = self.current is None or (self.current.persona is None and self.current.company)
            if told_of and left == sentence.span.start:
                return replace(self.interviewee, rule="interview")
        if self.current is not None and not self.current.question:
            return replace(self.current, rule="thread")
        if self.executive is not None:
            return replace(self.executive, rule="thread")
        return self._only_one() or Voice(QuotedBy.UNNAMED, "nobody named")

    def _other_than_asked(self) -> Voice | None:
        """The executive who answers; not the one who has just asked, if another spoke before."""
        asked = self.executive is not None and self.asker == self.executive.persona
        return self.before if asked and self.before is not None else self.executive

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

    # -------------------------------------------------------------- the thread

    def _object_of(self, sentence: Sentence) -> bool:
        """True for 업계는 그를 …라 부른다: the sentence does something with whom the text speaks of."""
        current = self.current.persona if self.current is not None else None
        return current is not None and any(
            m.persona == current and m.particle in {"을", "를"}
            for m in self.document.mentions_in(sentence.span)
        )

    def _only_told_of(self, subject: Subject, sentence: Sentence) -> bool:
        """True for a company or people who say nothing while an executive has the word."""
        if subject.mention is None and (
            self._object_of(sentence) or REACTED().search(sentence.span.of(self.text))
        ):
            return True
        if subject.mention is not None or subject.company is None or organisation(subject.head):
            return False
        if self.current is None or self.current.by is not QuotedBy.EXECUTIVE or human(subject.head):
            return False
        tail = self.text[max(sentence.span.start, sentence.span.end - 14) : sentence.span.end]
        return SAID().search(tail) is None

    def _remember(self, voice: Voice) -> None:
        self.asker = voice.persona if voice.question else None
        if voice.rule in {"a question told", "nobody named", "unnamed X의 설명"}:
            return
        if voice.question and voice.by is not QuotedBy.EXECUTIVE:
            if self.current is None or self.current.by is not QuotedBy.EXECUTIVE:
                self.current = voice
            else:
                self.current = replace(self.current, question=True)
            return
        self.current = voice
        self._executive_is(voice)

    def _executive_is(self, voice: Voice) -> None:
        if voice.by is not QuotedBy.EXECUTIVE:
            return
        if self.executive is not None and self.executive.persona != voice.persona:
            self.before = self.executive
        self.executive = voice

    def _read_up_to(self, index: int) -> None:
        """Takes in the sentences between the last quotation and this one."""
        document = self.document
        for sentence in document.sentences[self._next_sentence : max(index, 0)]:
            if sentence.span.end <= self.last_end or not sentence.tokens:
                continue  # behind us, or not read (`selection`)
            start = max(sentence.span.start, self.last_end)
            subjects = [
                s
                for s in find_subjects(document, sentence.tokens, start, sentence.span.end)
                if not s.place and not (s.by is QuotedBy.OTHER and s.mention is None)
            ]
            owner = next(
                (
                    m
                    for m in document.mentions_in(Span(start, sentence.span.end))
                    if m.particle == "의"
                    and not document.quoted(m.span.start)
                    and is_saying((noun_after(self.text, m.span.end + 1, 12).split() or [""])[0])
                ),
                None,
            )
            if owner is not None and not any(s.topic for s in subjects):
                self.current = Voice(speaker_kind(document, owner), "thread", owner, owner.persona)
                self._executive_is(self.current)
                continue
            if not subjects and NOBODYS().match(self.text, start):
                self.current = Voice(QuotedBy.UNNAMED, "thread")
                continue
            if not subjects and (shown := presented(document, sentence)) is not None:
                self.current = Voice(speaker_kind(document, shown), "thread", shown, shown.persona)
                self._executive_is(self.current)
                continue
            topics = [s for s in subjects if s.topic] or [s for s in subjects if not s.weak] or subjects
            if topics:
                chosen = topics[0] if topics[0].topic else topics[-1]
                if self._only_told_of(chosen, sentence):
                    continue
                self.current = voice_of(chosen, "thread")
                self._executive_is(self.current)
        self._next_sentence = max(self._next_sentence, index)
