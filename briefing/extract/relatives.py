"""Subjects that belong to a clause inside another: A 상무는 [B 대표가 비우는] 사업그룹장에 앉는다."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import SUBJECT
from briefing.extract.titles import Title
from briefing.korean.wordlists import worded
from briefing.model import Span

# A 이사장이 비운 상임이사 자리는: who is gone takes nothing; nor does who is followed (A 대표 후임으로).
_VACATED = worded(r"(?:이|가)\s(?:[가-힣]{1,8}\s){0,2}{moves.seats.vacated}\s")
_FOLLOWED = worded(r"의?\s{moves.seats.followed}(?:으로|로|에)\s")
# So near behind a verb stands the person whom it modifies, at most a house between.
_NEAR = 16
# A topic stands outside of what modifies a noun, a mere subject inside.
_TOPICS, _INSIDE = frozenset({"은", "는", "도"}), frozenset({"이", "가"})
_HELD_BEFORE = worded(r"{moves.seats.held}\s")


def outer(document: Document, inside: Sequence[Mention], post: Title | None) -> list[Mention]:
    """Without the subject of a clause that modifies the post: A가 [B가 맡던] CFO를 겸직한다."""
    text = document.text
    left = [m for m in inside if not _FOLLOWED().match(text, m.span.end) and not _gone(document, m)]
    marked = [m for m in left if m.particle in SUBJECT]
    if post is None or len(marked) < 2 or marked[-1].span.end > post.span.start:
        return left
    between = Span(marked[-1].span.end, post.span.start)
    held = _HELD_BEFORE().search(between.of(text)) is not None
    nested = marked[-2].particle in _TOPICS and marked[-1].particle in _INSIDE
    inner = held or (nested and _modifies(document, between))
    return [m for m in left if m is not marked[-1]] if inner else left


def _gone(document: Document, mention: Mention) -> bool:
    """A 대표가 비운 자리는; but not of A in: A 부사장이 [물러난 B 대표의] 뒤를 잇는다."""
    left = _VACATED().match(document.text, mention.span.end)
    if left is None:
        return False
    after = document.mentions_in(Span(left.end(), left.end() + _NEAR))
    return not after or document.text[left.end() : after[0].span.start].count(" ") > 1


def _modifies(document: Document, between: Span) -> bool:
    """A가 [B가 새로 꾸린 ]본부장에: an adnominal verb right before the post takes the nearer subject."""
    sentence = document.sentence_at(between.start)
    inside = () if sentence is None else tokens_in(sentence, between)
    endings = [n for n, t in enumerate(inside) if t.tag[0] == "E"]
    if not endings or inside[endings[-1]].tag != "ETM":
        return False
    return all(t.tag[0] in "NSX" for t in inside[endings[-1] + 1 :])
