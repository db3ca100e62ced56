"""Who goes and who comes where one regime follows another: A·B 각자대표 체제에서 A 단독대표 체제로 바뀐다."""

from __future__ import annotations

import re

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.conjuncts import with_conjoined
from briefing.extract.document import Document, Mention
from briefing.extract.exchanges import Exchange
from briefing.extract.predicates import Predicate
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

_WORD = "체제"
_OLD = worded(r"\s(?:{moves.regimes.kinds}(?:\s?대표)?\s)?체제(?:에서|가|를|이던\s것이|였던\s것이),?\s")
_NEW = worded(
    r"\s(?:{moves.regimes.kinds}(?:\s?대표)?\s)?체제로\s(?:{moves.endings.adverbs}\s)?{moves.regimes.changes}"
)
# 전환하는 방안을 검토하지 않는다, 바뀔지 모른다, 전환하지 않는다
_OPEN = worded(
    r"[가-힣]{0,3}(?<!기로)\s[^.\n“”\"]{0,24}{moves.regimes.open}|[가-힣]{0,2}(?:지|면|려다|려던)[\s,]"
)
# Between what ends and what begins stands no more than this.
_GAP = 60
_STOP = re.compile(r"[.\n]")


def find_regime(document: Document, arguments: Arguments, sentence: Sentence) -> Exchange | None:
    """Those named in the old regime and not in the new one go, the others come; None if nobody does.

    Without titles beside the names the post in front of them is told: 대표이사가 A 단독 체제에서.
    """
    text, span = document.text, sentence.span
    if text.count(_WORD, span.start, span.end) < 2:
        return None  # most sentences tell of none, or of one alone
    told = [m for m in document.mentions_in(span) if not document.quoted(m.span.start)]
    old = next((m for m in told if _OLD().match(text, m.span.end)), None)
    comes = ((m, verb) for m in reversed(told) if (verb := _NEW().match(text, m.span.end)) is not None)
    new, verb = next(comes, (None, None))
    if old is None or new is None or verb is None or old.span.end >= new.span.start:
        return None
    before = with_conjoined(document, old, [m for m in told if m.span.end <= old.span.end])
    after = with_conjoined(document, new, [m for m in told if old.span.end < m.span.end <= new.span.end])
    between = text[old.span.end : after[0].span.start]
    end = verb.end()
    if len(between) > _GAP or _STOP.search(between) or _OPEN().match(text, end):
        return None
    staying = {m.persona for m in before} & {m.persona for m in after}
    moves: list[tuple[Mention, MoveKind]] = [
        *((m, MoveKind.DEPARTED) for m in before if m.persona not in staying),
        *((m, MoveKind.APPOINTED) for m in after if m.persona not in staying),
    ]
    post = arguments.changed(sentence, before[0])
    if not moves or (post is None and (old.title is None or new.title is None)):
        return None
    role = post.text if post is not None and old.title is None else None
    return Exchange(tuple(moves), role, post if role else None, None, tuple(m for m, _ in moves), end)


def change_told(sentence: Sentence, change: Exchange) -> Clause:
    """The clause that tells the change."""
    at = Span(change.end, change.end)
    predicate = Predicate(at, MoveKind.DEPARTED, "subject", "phrase", post=False, rule="regime changed")
    return Clause.whole(sentence, predicate)
