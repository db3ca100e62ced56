"""People of plays, who are no executives, and the firms that make plays, whose people are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.coreference import Draft
from briefing.extract.document import Document, Mention
from briefing.extract.outsiders import called_firm
from briefing.korean.lexicon import table, words
from briefing.korean.wordlists import worded
from briefing.model import Span

_PART = worded(r"\s{contexts.fiction.part}(?:은|는|을|에는|에|으로|의|도|이)?(?=[\s,.])")
_MAKER = worded(
    r"{contexts.introduced.as_firm}(?:인|이자)?\s['‘“\"]?[가-힣A-Za-z0-9&]{2,14}['’”\"]?(?:은|는|이|가)\s"
)
_LEAD = 200
# Only so much of a text is looked at to tell what it is about.
LOOKED_AT = 6000
# With fewer words of plays than these a text only speaks of one as well.
_PLAY = 5


@cache
def _fiction(key: str) -> re.Pattern[str]:
    return re.compile(str(table("contexts.toml")["fiction"][key]))


@cache
def _actor() -> re.Pattern[str]:
    return re.compile(rf"\((?:{'|'.join(words('contexts.toml', 'fiction', 'actor'))})\s")


@cache
def _player() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(words('contexts.toml', 'fiction', 'players'))})\s$")


def _played_by(text: str, end: int) -> bool:
    """True where an actor's name follows: 강무진 (배우 석하랑), or the part: 강무진 역은."""
    if _PART().match(text, end):
        return True
    return _actor().match(text, end + (text[end : end + 1].isspace())) is not None


def _plays(document: Document, mention: Mention, sentence: Span) -> bool:
    """배우 석하랑(45)이 극중 대표를 맡는다: who plays takes no post."""
    start = mention.name.start
    if _player().search(document.text, max(sentence.start, start - 6), start) is None:
        return False
    return _fiction("inside").search(document.text, mention.span.end, sentence.end) is not None


def tells_play(text: str) -> bool:
    """True for a text that speaks of a play, whatever else it tells."""
    return _fiction("scene").search(text) is not None or _actor().search(text) is not None


def characters(document: Document, drafts: Sequence[Draft]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of those who are persons of a play, and its houses.

    강무진(배우 석하랑), 극 중 재벌 3세 강무진 전무를 연기했다. Whoever is of the same company as one of
    them is of the play too.
    """
    if not tells_play(document.text):
        return frozenset(), frozenset()
    found: set[str] = set()
    for mention in document.mentions:
        draft = drafts[mention.persona]
        if _played_by(document.text, mention.span.end) or _played_by(document.text, mention.name.end):
            found.add(draft.name)
        sentence = document.sentence_at(mention.span.start)
        if mention.kind == "full" and sentence is not None and mention.title is not None:
            near = Span(max(sentence.span.start, mention.span.start - 200), mention.span.end + 200)
            said = document.text[near.start : min(near.end, sentence.span.end)]
            if _fiction("scene").search(said) and _fiction("role").search(said):
                found.add(draft.name)
        if sentence is not None and _plays(document, mention, sentence.span):
            found.add(draft.name)
    houses = frozenset(c for d in drafts if d.name in found for c in d.companies)
    return frozenset(found | {d.name for d in drafts if houses & set(d.companies)}), houses


def about_play(text: str, business: int) -> bool:
    """True for a text that speaks of a play more than of business: its people without a house are of it.

    Args:
        business: How many words of business the text has.
    """
    if not tells_play(text):
        return False
    cues = len(_fiction("cues").findall(text, 0, LOOKED_AT))
    return cues >= _PLAY and cues > business


def is_maker(company: str | None, document: Document) -> bool:
    """True for a firm that opens a text on plays or games: 제작사 달빛픽쳐스가 상장했다.

    Without a company it is asked of the text alone: the sentence that names it may not have been read yet.
    """
    lead = document.article.text.partition(". ")[0][:_LEAD]
    if company is None:
        return _MAKER().search(lead) is not None
    return company in lead and called_firm(company, lead)
