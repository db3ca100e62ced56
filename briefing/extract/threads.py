"""The thread of a text: whom it speaks of, who spoke last, and who has just asked."""

from __future__ import annotations

from dataclasses import replace

from briefing.extract.answering import asked_of, presented, told_of
from briefing.extract.document import Document, Mention
from briefing.extract.speech import noun_after
from briefing.extract.subjects import Subject, find_subjects, human, organisation, speaker_kind
from briefing.extract.voices import NOBODYS, REACTED, SAID, Voice, is_saying, voice_of
from briefing.korean.kiwi import Sentence
from briefing.model import QuotedBy, Span


class Thread:
    """Follows one text from its beginning.

    Attributes:
        current: Whom the text is speaking of.
        executive: The last executive who spoke or was spoken of.
        before: The one who did so before that.
        asker: Who put the last words as a question.
        last_end: Where the last quotation ends, with what ties it into its sentence.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.current: Voice | None = None
        self.executive: Voice | None = None
        self.before: Voice | None = None
        self.asker: int | None = None
        self.last_end = 0
        self._next_sentence = 0

    def other_than_asked(self) -> Voice | None:
        """The executive who answers; not the one who has just asked, if another spoke before."""
        asked = self.executive is not None and self.asker == self.executive.persona
        return self.before if asked and self.before is not None else self.executive

    def _about_somebody(self, sentence: Sentence) -> bool:
        """True if the paragraph of a sentence has spoken of a person or a house before it."""
        paragraph = self.document.paragraph_at(sentence.span.start)
        if self.current is None or paragraph is None:
            return False
        named = self.current.mention
        if named is not None:
            return paragraph.start <= named.span.start < sentence.span.start
        return self.current.company is not None and self.last_end < paragraph.start

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

    def remember(self, voice: Voice) -> None:
        """Takes in who has just spoken."""
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

    def _turn_to(self, mention: Mention) -> None:
        self.current = Voice(speaker_kind(self.document, mention), "thread", mention, mention.persona)
        self._executive_is(self.current)

    def _executive_is(self, voice: Voice) -> None:
        if voice.by is not QuotedBy.EXECUTIVE:
            return
        if self.executive is not None and self.executive.persona != voice.persona:
            self.before = self.executive
        self.executive = voice

    def read_up_to(self, index: int) -> None:
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
                self._turn_to(owner)
                continue
            asked = None if self._about_somebody(sentence) else asked_of(document, sentence, subjects)
            if (named := asked or told_of(document, sentence, subjects)) is not None:
                self._turn_to(named)
                continue
            if not subjects and NOBODYS().match(self.text, start):
                self.current = Voice(QuotedBy.UNNAMED, "thread")
                continue
            if not subjects and (shown := presented(document, sentence)) is not None:
                self._turn_to(shown)
                continue
            topics = [s for s in subjects if s.topic] or [s for s in subjects if not s.weak] or subjects
            if topics:
                chosen = topics[0] if topics[0].topic else topics[-1]
                if self._only_told_of(chosen, sentence):
                    continue
                self.current = voice_of(chosen, "thread")
                self._executive_is(self.current)
        self._next_sentence = max(self._next_sentence, index)
