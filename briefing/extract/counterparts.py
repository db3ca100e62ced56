"""The two sides of a meeting: nobody meets himself, and each side is told whom it met, with the company."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.interviews import is_interview
from briefing.extract.merging import EACH_OTHER
from briefing.extract.occasions import word_set
from briefing.extract.subjects import find_subjects, human
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import table
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind, QuotedBy, Span

# 벨라텍의 [얀 더브리스 CEO], 다라전자 [맹준호 부회장]: the company right before a name.
_OF = re.compile(r"(?:\([^()\n]{1,40}\))?(?:의)?\s?")
_BEFORE = 60
_INTERVIEW = worded(r"{occasions.held.interviews}")
_PAPERS = affixes("outlets.reporters.papers")


def is_reporter(word: str) -> bool:
    """True for a word by which those who write speak of themselves (기자, 취재진, 본지)."""
    return word in word_set("meeting", "reporters")


@cache
def _papers() -> frozenset[str]:
    return frozenset(str(name) for name in table("outlets.toml")["names"].values())


def is_outlet(word: str) -> bool:
    """True for a paper or channel (나래신문): talking to one is an interview."""
    return word.endswith(_PAPERS()) or word in _papers()


def is_somebody(word: str) -> bool:
    """True for a noun of people without a name or of officials (주민들, 독일대사)."""
    return human(word) or word.endswith(tuple(word_set("meeting", "officials")))


def house_before(document: Document, at: int) -> int:
    """Where the company stands that leads to a name at an offset; the offset itself if there is none."""
    near = document.companies_in(Span(max(0, at - _BEFORE), at))
    if near and near[-1].span.end <= at and _OF.fullmatch(document.text, near[-1].span.end, at):
        return near[-1].span.start
    return at


def meets_himself(deed: Deed, actors: Sequence[Mention], form: str) -> bool:
    """True for 그를 만났다 where both sides are one person: whoever writes met him."""
    if deed.kind is not ActivityKind.MEETING or not deed.others or form == "met":
        return False
    return len({m.persona for m in (*deed.others, *actors)}) == 1


def writer_met(document: Document, deed: Deed, form: str) -> bool:
    """True for 사무실에서 곽 대표를 만났다 in an interview with him: nobody else of the text met him."""
    if form != "omitted" or deed.kind is not ActivityKind.MEETING or not deed.others:
        return False
    shown = {m.persona for m in document.headline}
    if _INTERVIEW().search(document.article.title) is None and not is_interview(document):
        return False
    return not shown or any(m.persona in shown for m in deed.others)


def counterpart(
    document: Document, sentence: Sentence, deed: Deed, mention: Mention, actors: Sequence[Mention]
) -> str:
    """Whom one side of a meeting met; what the deed says for all that is no meeting of persons."""
    if deed.kind is not ActivityKind.MEETING:
        return deed.what
    if not deed.others:
        # A 회장과 B 회장이 만나: the verb alone says nothing to a reader
        facing = [m for m in actors if m.persona != mention.persona and deed.rule.startswith(EACH_OTHER)]
        return ", ".join(dict.fromkeys(_named(document, m) for m in facing)) or deed.what
    theirs = {m.persona for m in deed.others}
    if mention.persona not in theirs:
        if all(m.kind != "pronoun" for m in deed.others):
            return deed.what
        facing = [m for m in deed.others if m.persona != mention.persona]
    else:
        facing = [m for m in actors if m.persona not in theirs]
    if facing:
        return ", ".join(dict.fromkeys(_named(document, m) for m in facing))
    others = [m for m in deed.others if m.persona != mention.persona]
    return _host(document, sentence, deed) or ", ".join(_named(document, m) for m in others) or deed.what


def _named(document: Document, mention: Mention) -> str:
    """Somebody with company and title, as written where all stands together."""
    persona = document.persona_of(mention)
    inside = any(c.span.end <= mention.span.end for c in document.companies_in(mention.span))
    if mention.kind == "full" and (inside or persona.company is None):
        return mention.form
    start = mention.span.start
    before = next(iter(document.companies_in(Span(house_before(document, start), start))), None)
    company = before.span.of(document.text) if before is not None else persona.company
    return " ".join(part for part in (persona.name, company, mention.title or persona.title) if part)


def _host(document: Document, sentence: Sentence, deed: Deed) -> str | None:
    """Who received somebody, where no executive did: 장관은 A 사장과 간담회를 열고."""
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, deed.span.start)
    hosts = (s for s in subjects if s.by is not QuotedBy.EXECUTIVE and is_somebody(s.head))
    host = next(hosts, None)
    return host.span.of(document.text) if host is not None else None
