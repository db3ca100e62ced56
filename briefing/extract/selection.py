"""Which sentences of an article need morphemes: most articles need those of few, many of none.

Kiwi takes most of the time, so it is asked in two turns. The first reads the sentences that hold an
executive's title: they alone tell whether anybody is an executive. Only where somebody is, the second
turn reads what can tell of him: the sentences that name him and those behind them, all that holds a
quotation, and the lead. No list of verbs takes part, so what counts as a fact may change elsewhere.

Where the words of an article speak against news of executives (`relevance`) there is no second turn: who is
an executive stands in the sentences with titles, and so do nearly all facts there are. Where they speak
strongly against it, and no word tells of moves, moves and activities are not looked for; where still more
strongly, nothing is read.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum

from briefing.extract.document import Document
from briefing.extract.gate import holds_list, holds_obituaries, names_title, promised, tells_moves
from briefing.extract.pronouns import pronouns
from briefing.extract.quotations import find_quotations
from briefing.extract.relevance import relevance
from briefing.extract.topics import business_lean
from briefing.korean.kiwi import Passage
from briefing.model import Article

# Under this (log odds) an article is read in part, whatever it promises. Sets left out: docs/extraction.md.
DOUBTFUL = -1.75
# Under these neither activities nor moves are looked for in it, unless a word tells of moves: the first where
# its headline names no title, the second where it does.
UNLIKELY, UNLIKELY_TITLED = -3.0, -4.0
# Under this nothing is read, unless a word tells of moves.
HOPELESS = -4.5
# Under this a list is not read: judges and civil servants are appointed by lists too. Of 128 articles with
# lists of executives, their sets left out, none but a notice of deaths is under -1.3.
HOPELESS_LIST = -3.5
# Shorter texts have too few words to be judged by, and cost little.
_JUDGED = 300
# The first sentences name the company, the occasion and the day that the others point back to.
LEAD = 5
# From here on (log odds) nearly all articles have a second turn (357 of 369 labelled ones that are long
# enough to be judged), and may name the house of somebody's post where no title stands.
_LIKELY = 0.0
# Where this part of the sentences holds titles, hardly any would be left unread.
_MANY = 1 / 3
# So many sentences behind one that names a person may tell of him without naming him.
_BEHIND = 2
# Whom so many sentences before a quotation are about may speak it.
_AHEAD = 2
# A pronoun means somebody named at most so many sentences before, or quoted, or meant by a pronoun.
_THREAD = 4


class Doubt(IntEnum):
    """How strongly the words of an article speak against news of executives."""

    NONE = 0
    DOUBTFUL = 1
    UNLIKELY = 2
    HOPELESS = 3


def doubt(article: Article, body: Passage) -> Doubt:
    """What the words of an article say; none where it is short.

    Args:
        article: The article.
        body: Its text.
    """
    if len(article.text) < _JUDGED:
        return Doubt.NONE
    score = relevance(article)
    if score >= DOUBTFUL:
        return Doubt.NONE
    if holds_list(article):
        hopeless = score < HOPELESS_LIST and not holds_obituaries(article)
        return Doubt.HOPELESS if hopeless else Doubt.NONE
    if score < HOPELESS:
        beside = (body.text[body.spans[i].start : body.spans[i].end] for i in _titled(body))
        return Doubt.UNLIKELY if tells_moves(article.title, *beside) else Doubt.HOPELESS
    limit = UNLIKELY_TITLED if names_title(article.title) else UNLIKELY
    return Doubt.UNLIKELY if score < limit else Doubt.DOUBTFUL


def first_turn(article: Article, body: Passage, doubted: Doubt) -> list[int] | None:
    """Sentences that tell whether the article is about executives; None for all sentences.

    All, where headline, marks or words promise executives or a list, or many sentences hold titles: two
    turns would cost more than one. Not so where it is politics or plays that have the word: their 대표 and
    회장 are mostly no executives.

    Args:
        article: The article.
        body: Its text.
        doubted: How much it is doubted.
    """
    if doubted is Doubt.HOPELESS:
        return []
    if doubted:
        return _titled(body)
    lean = business_lean(article.text)
    if holds_list(article) or (lean >= 0 and (promised(article) or relevance(article) >= _LIKELY)):
        return None
    titled = _titled(body)
    return None if lean > 0 and len(titled) >= _MANY * len(body.spans) else titled


def _titled(body: Passage) -> list[int]:
    return [i for i, span in enumerate(body.spans) if names_title(body.text, span.start, span.end)]


def second_turn(document: Document, body: Passage, doubted: Doubt) -> set[int]:
    """Sentences that can tell something of the executives found, those read already among them.

    Args:
        document: What the first turn showed; the sentences not read may be blank in it.
        body: The whole text.
        doubted: How much it is doubted.
    """
    executives = {i for i, p in enumerate(document.personas) if p.executive}
    if not executives:
        return set()
    if doubted:
        return set(body.read())
    text, starts = body.text, [span.start for span in body.spans]

    def at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    named = {at(m.span.start) for m in document.mentions if m.persona in executives}
    for name in {w for i in executives for w in _forms(document.personas[i].name)}:
        found = text.find(name)
        while found >= 0:
            named.add(at(found))
            found = text.find(name, found + len(name))
    quoted: set[int] = set()
    for span in find_quotations(text):
        quoted.update(range(at(span.start), at(span.end - 1) + 1))
    read = {*range(LEAD), *(i - n for i in quoted for n in range(_AHEAD + 1))}
    last = -_THREAD - 1  # the last sentence that spoke of somebody
    for i, span in enumerate(body.spans):
        meant = i in named or (
            i - last <= _THREAD and pronouns().search(text, span.start, span.end) is not None
        )
        if meant:
            read.update(range(i, i + _BEHIND + 1))
        if meant or (i - last <= _THREAD and i in quoted):
            last = i
    return read


def _forms(name: str) -> tuple[str, ...]:
    """How a text may call somebody without a title: by the full name, a foreigner by the family name."""
    last = name.rpartition(" ")[2]
    return (name, last) if len(last) > 1 else (name,)
