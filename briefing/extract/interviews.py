"""Articles that ask and answer: who is asked, and which lines are questions."""

from __future__ import annotations

import re
from collections import Counter

from briefing.extract.document import Document
from briefing.extract.voices import Voice
from briefing.model import QuotedBy, Span

_QUESTION_LINE = re.compile(
    r"(?:[-―–—▷▶◆◇■□●○▲△]|[〈<\[(]?(?:Q|문)[〉>\])]?[.:]?)\s?[^\n“”\"]{2,120}(?:[.?]|나|까)$"
)
_QUESTION = re.compile(r"\s{0,4}[-―–—▷▶Q문●○◆◇■□△▲]")

# 답> “…”, A. “…”, “…”: what may stand before an answer on its line.
_ANSWER = re.compile(r"(?:[〈<\[(]?(?:답|A)[〉>\])]?\s?[.:]?)?[\"“”″＂ 「『‘']*")


def opens_answer(text: str, start: int, end: int) -> bool:
    """True if nothing but the mark of an answer stands between two offsets, the second in a quotation."""
    return _ANSWER.fullmatch(text, start, end) is not None


def is_interview(document: Document) -> bool:
    """True if the text asks question after question."""
    text = document.text
    asked = (p for p in document.paragraphs if _QUESTION_LINE.match(text, p.start, p.end))
    return next(asked, None) is not None and next(asked, None) is not None


def answers(document: Document, paragraph: Span) -> bool:
    """True if the line before the paragraph is an interviewer's question."""
    before = document.text[max(0, paragraph.start - 300) : paragraph.start].rstrip()
    line = before.rpartition("\n")[2].strip()
    if not line or any(mark in line[:1] for mark in '“"「'):
        return False
    return _QUESTION.match(line) is not None or line.endswith("?")


def interviewee(document: Document) -> Voice | None:
    """Whom the article interviews: the headline's person, else the one named most."""
    count: Counter[int] = Counter()
    for mention in document.mentions:
        if document.persona_of(mention).executive and not document.quoted(mention.span.start):
            count[mention.persona] += 1
    for mention in document.headline:
        if document.persona_of(mention).executive:
            count[mention.persona] += 3
    if not count:
        return None
    persona = count.most_common(1)[0][0]
    first = next((m for m in document.mentions if m.persona == persona), None)
    return Voice(QuotedBy.EXECUTIVE, "interview", first, persona)
