"""Personnel moves told in prose: who takes, rises to, leaves or keeps which post.

For each predicate (`predicates.py`) the persons are looked for where its frame says: before it as
subject or object, as recipient (에게), or behind it where it modifies them (선임된 A 사장). The post is
the title that stands before the predicate with a particle of direction (대표이사에, 사장으로), else the
title the person bears. Moves of 인사 lists are found by `lists.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.extract.arguments import SUBJECT, Arguments, Clause
from briefing.extract.background import why_no_news
from briefing.extract.companies import is_enterprise_name, is_public
from briefing.extract.document import Document, Mention, Persona
from briefing.extract.predicates import Predicate, context, find_predicates
from briefing.extract.titles import RANKS, Title, same_rank, title_kind
from briefing.extract.workplace import Workplaces
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import Lexicon
from briefing.model import Move, MoveKind, MoveStatus, Rejection, Resolution, Span

_COMING = re.compile(r"(?:신임|차기|후임|새|新)\s?$")
_STEADY_ENDINGS = re.compile(r"(?:직|자리)$")
_CANDIDATE = re.compile(r"\s?(?:최종|단독)?\s?후보자?$")
_SUCCESSOR = re.compile(r"후임(?:으로는|으로|에는|에|은)\s")
_INSTEAD = (" 대신", "를 대신해", "을 대신해")
_JOINT_VERBS = re.compile(r"(?:으로|로|에)\s승진[·하시]")


def find_moves(document: Document, lexicon: Lexicon) -> tuple[tuple[Move, ...], tuple[Rejection, ...]]:
    """Moves that the prose of an article reports as news, and candidates that it does not.

    Returns:
        One move for each (person, kind, role), in order of the text.
    """
    finder = _Finder(document, lexicon)
    by_sentence: dict[int, list[Predicate]] = {}
    for predicate in find_predicates(document.text, Span(0, len(document.text))):
        if not document.quoted(predicate.span.start):
            by_sentence.setdefault(document.sentence_index(predicate.span.start), []).append(predicate)
    for number, sentence in enumerate(document.sentences):
        finder.sentence(number, sentence, by_sentence.get(number, []))
    return tuple(merge_moves(finder.moves)), tuple(finder.rejected)


class _Finder:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._doc = document
        self._arguments = Arguments(document)
        self._workplaces = Workplaces(document, lexicon)
        self.moves: list[Move] = []
        self.rejected: list[Rejection] = []
        self._last_post: Title | None = None
        self._topic: tuple[int, tuple[Mention, ...]] = (-2, ())

    def sentence(self, number: int, sentence: Sentence, predicates: Sequence[Predicate]) -> None:
        """Reads one sentence, predicate by predicate."""
        last: tuple[Mention, ...] = ()
        start = sentence.span.start
        for i, predicate in enumerate(predicates):
            following = predicates[i + 1].span.start if i + 1 < len(predicates) else sentence.span.end
            clause = Clause(
                sentence, predicate, Span(start, predicate.span.start), Span(predicate.span.end, following)
            )
            persons = self._clause(number, clause, last)
            last = persons or last
            start = predicate.span.end
        spoken = [m for m in self._doc.mentions_in(sentence.span) if not self._doc.quoted(m.span.start)]
        subjects = tuple(m for m in spoken if m.particle in SUBJECT) or tuple(spoken[:1])
        if subjects:
            self._topic = (number, subjects[:1])

    def _clause(self, number: int, clause: Clause, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
        predicate = clause.predicate
        if pairs := self._arguments.pairs(clause):
            mentions = tuple(m for _, m in pairs)
            if reason := why_no_news(self._doc, clause, mentions):
                self._reject(clause, mentions, reason)
            else:
                for own, mention in pairs:
                    self._take(clause, mention, own, self._workplaces.paired(clause, own))
            return mentions
        post = self._arguments.post(clause)
        if post is None and self._doc.text[predicate.span.start - 1 : predicate.span.start] == "·":
            post = self._last_post  # 대표이사 부사장으로 승진·내정했다
        self._last_post = post
        inherited = self._inherited(clause) if post is None else None
        if predicate.post and post is None and inherited is None:
            return ()
        persons = self._arguments.persons(clause, post) or self._carried(number, clause, last)
        if not persons:
            return ()
        persons = self._replaced(clause, persons)
        if reason := why_no_news(self._doc, clause, persons):
            self._reject(clause, persons, reason)
            return persons
        houses = self._workplaces.each(post, len(persons)) if post is not None and len(persons) > 1 else []
        for n, mention in enumerate(persons):
            self._take(clause, mention, post, houses[n] if houses else None, inherited)
        return persons

    def _inherited(self, clause: Clause) -> str | None:
        """The post of whom the text has just seen off: A 대표를 해임하고 후임에 B를 앉혔다."""
        if clause.predicate.kind is not MoveKind.APPOINTED or not self.moves:
            return None
        gone = self.moves[-1]
        if gone.kind is MoveKind.DEPARTED and _SUCCESSOR.search(
            self._doc.text, clause.before.start, clause.before.end
        ):
            return gone.role
        return None

    def _replaced(self, clause: Clause, persons: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A 대표 대신 B를 …: A goes, B comes."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return persons
        text = self._doc.text
        gone = [
            m
            for m in self._doc.mentions_in(clause.before)
            if text.startswith(_INSTEAD, m.span.end) and not self._doc.quoted(m.span.start)
        ]  # fmt: skip
        for mention in gone:
            role = mention.title or self._doc.persona_of(mention).title
            company = self._workplaces.of(clause, mention, None)
            self._add(clause, mention, MoveKind.DEPARTED, role, company)
        return tuple(m for m in persons if m not in gone)

    def _carried(self, number: int, clause: Clause, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Arguments of the verb before (승진·내정했다), or the topic of the last sentence."""
        if last and clause.predicate.frame in {"subject", "object"}:
            return last
        before, topic = self._topic
        if before != number - 1 or clause.predicate.frame != "subject" or clause.predicate.form == "headline":
            return ()
        companies = [
            c for c in self._doc.companies_in(clause.before) if c.particle in {"은", "는", "이", "가"}
        ]
        return topic if not companies and not self._doc.mentions_in(clause.sentence.span) else ()

    # ------------------------------------------------------------------ judgement

    def _reject(self, clause: Clause, persons: Iterable[Mention], reason: str) -> None:
        names = ", ".join(self._doc.persona_of(m).name for m in persons)
        what = f"{names} {clause.predicate.kind} by {clause.predicate.rule}"
        self.rejected.append(Rejection(what, reason, clause.predicate.span))

    def _take(
        self,
        clause: Clause,
        mention: Mention,
        post: Title | None,
        house: str | None = None,
        inherited: str | None = None,
    ) -> None:
        """One candidate: its role and company are settled, and it becomes a move or a rejection."""
        persona = self._doc.persona_of(mention)
        kind = clause.predicate.kind
        role = inherited or self._role(clause, post, mention)
        if kind is MoveKind.APPOINTED and role is not None and _CANDIDATE.search(role):
            # 차기 회장 후보로 확정: who holds the post already will keep it
            role = _CANDIDATE.sub("", role) or mention.title
            if role and self._holds(persona, role) and not mention.former:
                kind = MoveKind.RETAINED
        company = house or self._workplaces.of(clause, mention, post)
        if reason := self._unfit(clause, persona, kind, role, company, post):
            self._reject(clause, [mention], reason)
            return
        self._add(clause, mention, kind, role, company)

    def _unfit(  # noqa: PLR0917
        self,
        clause: Clause,
        persona: Persona,
        kind: MoveKind,
        role: str | None,
        company: str | None,
        post: Title | None,
    ) -> str | None:
        """Why post or company make it no move of an executive, or None."""
        judged = not persona.executive and bool(persona.titles)
        if judged and kind in {MoveKind.DEPARTED, MoveKind.RETAINED}:
            return "the organisation is no enterprise"
        if clause.predicate.rule == "remains" and post is not None and not self._holds(persona, post.text):
            return "stays in the house, in another role"
        chair = role is not None and role.endswith("의장") and self._doc.subject is not None
        if not chair and not _concerns_executives(persona.executive, role):
            return "no executive post"
        if kind is MoveKind.APPOINTED and not role:
            return "no post said"
        if (
            company is not None
            and is_public(company)
            and not is_enterprise_name(company)
            and not persona.executive
        ):
            return f"{company} is no enterprise"
        if company is None and (not persona.executive or self._doc.civil):
            return "no enterprise in sight"
        return None

    def _role(self, clause: Clause, post: Title | None, mention: Mention) -> str | None:
        """The post in the shortest form the text gives."""
        kind = clause.predicate.kind
        text = self._doc.text
        if post is None and kind is MoveKind.APPOINTED and mention.title and self._coming(mention):
            return mention.title
        if post is not None and kind is MoveKind.DEPARTED and text.startswith(("로", "으로"), post.span.end):
            post = None  # 명예회장으로 물러난다: the post left is the old one
        if post is not None:
            if len(post.heads) == 2 and post.heads[1] in RANKS and post.heads[0] not in RANKS:
                # 대표이사 부사장으로 승진·내정: the rank is risen to, the post is taken
                if kind is MoveKind.PROMOTED:
                    return post.heads[1]
                return post.heads[0] if _JOINT_VERBS.match(text, post.span.end) else post.text
            name = post.text
            if post.prefix and (is_enterprise_name(post.prefix) or post.heads[0] == "은행장"):
                name = name[len(post.prefix) :]
            return _STEADY_ENDINGS.sub("", name)
        if kind in {MoveKind.DEPARTED, MoveKind.RETAINED}:
            return mention.title or self._doc.persona_of(mention).title
        return None

    @staticmethod
    def _holds(persona: Persona, role: str) -> bool:
        short = role.replace(" ", "")
        return any(same_rank(short, t) for title in persona.titles for t in re.split(r"[ ()·]", title) if t)

    def _coming(self, mention: Mention) -> bool:
        before = self._doc.text[max(0, mention.span.start - 4) : mention.span.start]
        return "신임" in mention.form or bool(_COMING.search(before))

    # ------------------------------------------------------------------ the move

    def _add(
        self, clause: Clause, mention: Mention, kind: MoveKind, role: str | None, company: str | None
    ) -> None:
        persona = self._doc.persona_of(mention)
        rest = self._doc.text[clause.predicate.span.start : clause.sentence.span.end]
        resolved = mention.kind != "full"
        self.moves.append(
            Move(
                person=persona.name,
                company=company,
                kind=kind,
                role=role,
                status=MoveStatus.RUMORED if context("rumour").search(rest) else MoveStatus.DONE,
                evidence=(clause.sentence.span, persona.first) if resolved else (clause.sentence.span,),
                resolutions=(Resolution(mention.form, persona.name, persona.first),) if resolved else (),
                rule=clause.predicate.rule,
            )
        )


def _kind(title: str) -> str | None:
    return title_kind(title.partition("(")[0].replace(" ", ""))


def _concerns_executives(executive: bool, role: str | None) -> bool:
    if role is None:
        return executive
    kind = _kind(role)
    return kind == "executive" or (executive and kind != "other")


def merge_moves(moves: Iterable[Move]) -> list[Move]:
    """One move for each (person, kind, role): the first telling, completed by the later ones.

    Roles are the same if one is part of the other or one is missing; what is once told as done is
    no rumour.
    """
    kept: list[Move] = []
    for move in moves:
        for i, other in enumerate(kept):
            if (other.person, other.kind) == (move.person, move.kind) and _same_post(other, move):
                done = MoveStatus.DONE in {other.status, move.status}
                fuller = move.role and (
                    not other.role or (other.role in move.role and len(move.role) > len(other.role))
                )
                kept[i] = replace(
                    other,
                    role=move.role if fuller else other.role,
                    company=other.company or move.company,
                    status=MoveStatus.DONE if done else MoveStatus.RUMORED,
                )
                break
        else:
            kept.append(move)
    return kept


def _same_post(one: Move, other: Move) -> bool:
    if one.role is None or other.role is None:
        return True
    apart = one.evidence[0] != other.evidence[0]
    if one.kind is MoveKind.DEPARTED and one.company == other.company and apart:
        return True  # 사장이 물러났다. … 대표이사직에서 사임했다: one leave told twice
    a, b = one.role.replace(" ", ""), other.role.replace(" ", "")
    if a == b:
        return True
    return (a in b or b in a) and (one.company == other.company or not one.company or not other.company)
