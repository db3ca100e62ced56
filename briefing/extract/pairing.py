"""Posts that a clause gives each to a person of its own: 대표에는 A가, CTO에는 B가."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from briefing.extract.arguments import AS_TOPIC, Arguments, Clause
from briefing.extract.companies import after_bracket
from briefing.extract.conjuncts import LONGEST_BRACKET, joins, with_conjoined
from briefing.extract.document import Document, Mention
from briefing.extract.particles import SUBJECT
from briefing.extract.spans import in_brackets
from briefing.extract.titles import Title
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

# 다솔회계법인 파트너를 지낸 A: what somebody was is no post to take.
_CAREER = worded(r"(?:을|를)?\s?(?:{moves.seats.career}|인\s)")
_TO_POST = re.compile(
    r"(?:\s?(?:직|자리|석))?(?:의?\s?후임)?(?:에는|에도|에|으로는|으로|로는|로|은|는)\s(?:각각\s)?[^.,\n△▲▷◇]{0,36}"
)
_OWN_POST = worded(
    r"(?:으로|로|에(?!서))(?:\s?[,△▲▷·]|\s(?:각각|나란히)\s|\s?[가-힣]|$)"
    # A가 CFO, B가 CTO를 맡는다
    r"|(?=,\s)"
    # A는 CFO를, B는 CTO를 각각 맡는다
    r"|(?:\s?{moves.seats.behind})?(?:을|를)(?:,|\s(?:각각\s)?(?:나눠\s)?{moves.seats.taking})"
)
_BEFORE_OWN = re.compile(r"(?:[이가은는을를]|에게는?|께는?)\s(?:[가-힣A-Za-z0-9&]{2,14}\s){0,2}")
_AND = re.compile(r"\s?(?:과|와|,|·|및)\s?(?:[가-힣A-Za-z0-9&]{2,12}\s)?")
_SO_MANY = re.compile(r"\s\d{1,2}(?:명|인)\((?P<names>[^()\n]{5,120})\)(?:을|를|이|가)\s")


# 본부장으로 일하던, 후보로 거론된, 부문장으로서 이끈: what somebody was or might have been, before the name
_BORNE_AS = re.compile(
    r"(?:으로|로)서?\s(?:[가-힣A-Za-z0-9]+\s){0,5}?"
    r"[가-힣]+(?:던|온|된|한|끈|은|는|린|친|진|낸|난|운|[하해]며|면서)\s"
)


class Pairs:
    """Finds posts with their persons in clauses of one document."""

    def __init__(self, document: Document, arguments: Arguments) -> None:
        self._doc = document
        self._arguments = arguments

    def of(self, clause: Clause) -> list[tuple[Title, Mention]]:
        """Posts each with its person.

        대표이사에는 A 사장이, 본부장에 B 상무를, CTO는 C가 / A 상무가 전무로, B 상무보가 상무로.
        """
        if counted := self._counted(clause):
            return counted
        if clause.predicate.kind is MoveKind.DEPARTED:
            return []
        inside = self._arguments.spoken(clause.before)
        text = self._doc.text
        if (each := text.rfind("각각 ", clause.before.start, clause.predicate.span.start)) >= 0 and (
            spread := self._distributed(clause, inside, each)
        ):
            return spread
        posts = [
            t for t in self._arguments.titles_in(clause.before)
            if t.kind != "other" and not self._arguments.is_person(t) and not self._called(t)
            and not in_brackets(text, max(0, t.span.start - LONGEST_BRACKET), t.span.start)
            and not _CAREER().match(text, after_bracket(text, t.span.end))
        ]  # fmt: skip
        own = self._arguments.post(clause) if clause.predicate.kind is MoveKind.PROMOTED else None
        if own is None or len(inside) > 1:  # 대표에는 A 전무가 부사장으로 승진해: the rank is the nearer one
            found = self._post_first(clause, posts, inside)
            if found:
                return found
        found = self.person_first(posts, inside)
        return found if len(found) > 1 else []

    def _called(self, title: Title) -> bool:
        """True for a post right in front of a name: 가람생명 [CFO] A 전무."""
        at = title.span.end
        near = self._doc.mentions_in(Span(at, at + 2))
        return bool(near) and self._doc.text[at : near[0].span.start] == " "

    def _post_first(
        self, clause: Clause, posts: Sequence[Title], inside: Sequence[Mention]
    ) -> list[tuple[Title, Mention]]:
        text = self._doc.text
        pairs: list[tuple[Title, Mention]] = []
        for n, post in enumerate(posts):
            stop = posts[n + 1].span.start if n + 1 < len(posts) else clause.predicate.span.start
            # 이사장으로 A 전 회장의 장남 B 회장이: whose somebody is takes nothing
            mine = [m for m in inside if post.span.end < m.span.start < stop and m.particle != "의"]
            if not mine or not _TO_POST.fullmatch(
                text[after_bracket(text, post.span.end) : mine[0].span.start]
            ):
                continue
            if _BORNE_AS.match(text, after_bracket(text, post.span.end), mine[0].span.start):
                own = self._arguments.post(clause)
                if own is not None and own.span.start > mine[0].span.start:
                    continue  # 본부장으로 일하던 A 전무가 대표에 올랐다
            topic = AS_TOPIC().match(text, post.span.end) is not None
            if topic and clause.predicate.kind is MoveKind.PROMOTED:
                continue  # 본부장은 A 팀장이 상무로 승진하며 이어받는다
            if topic and (mine[0].particle not in SUBJECT or clause.predicate.frame != "subject"):
                continue
            group = [mine[0]]
            for mention in mine[1:]:
                if not joins(self._doc, group[-1], mention):
                    break
                group.append(mention)
            pairs.extend((post, mention) for mention in group)
        return pairs

    def _distributed(
        self, clause: Clause, inside: Sequence[Mention], each: int
    ) -> list[tuple[Title, Mention]]:
        """A와 B는 각각 CFO와 CTO를 맡는다: as many posts in a row behind 각각 as persons before it."""
        text = self._doc.text
        before = [m for m in inside if m.span.end <= each]
        if not before or text[before[-1].span.end + len(before[-1].particle) : each].strip():
            return []
        persons = with_conjoined(self._doc, before[-1], before)
        behind = self._arguments.titles_in(Span(each, clause.predicate.span.start))
        posts = [t for t in behind if not self._arguments.is_person(t)]
        row = all(
            _AND.fullmatch(text, after_bracket(text, a.span.end), b.span.start)
            for a, b in itertools.pairwise(posts)
        )
        return list(zip(posts, persons, strict=True)) if row and len(posts) == len(persons) > 1 else []

    def _counted(self, clause: Clause) -> list[tuple[Title, Mention]]:
        """사외이사 2명(A 고문, B 대표)을 뽑았다: who stands in brackets behind a post and a number."""
        found: list[tuple[Title, Mention]] = []
        for title in self._arguments.titles_in(clause.before):
            told = _SO_MANY.match(self._doc.text, title.span.end, clause.predicate.span.start)
            if told is not None and title.kind == "executive" and not self._doc.quoted(title.span.start):
                named = self._doc.mentions_in(Span(*told.span("names")))
                found += [(title, m) for m in named if m.kind == "full"]
        return found

    def person_first(self, posts: Sequence[Title], inside: Sequence[Mention]) -> list[tuple[Title, Mention]]:
        """Persons each with the post behind: A 상무가 전무로, B 상무보가 상무로."""
        text = self._doc.text
        pairs: list[tuple[Title, Mention]] = []
        for mention in inside:
            post = next((t for t in posts if t.span.start > mention.span.end), None)
            if (
                post is not None
                and _BEFORE_OWN.fullmatch(text, after_bracket(text, mention.span.end), post.span.start)
                and _OWN_POST().match(text, post.span.end)
            ):
                pairs.extend((post, m) for m in with_conjoined(self._doc, mention, inside))
        return pairs
