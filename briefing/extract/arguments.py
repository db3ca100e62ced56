"""Who and which post a predicate of a move speaks of: subject, object, recipient, pairs of the two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.companies import after_bracket
from briefing.extract.conjuncts import LONGEST_BRACKET, joins, with_conjoined
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import OBJECT, RECIPIENT, SUBJECT
from briefing.extract.predicates import Predicate
from briefing.extract.records import record
from briefing.extract.relatives import outer
from briefing.extract.spans import in_brackets
from briefing.extract.titles import Title
from briefing.extract.unnamed import ADNOMINAL, said_of_unnamed
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import listed, worded
from briefing.model import MoveKind, Span

# Between a title and the predicate it belongs to stands at most this (자리에, 각각, 오는 1일자로).
POST_REACH = 26
# A modified person begins at most this far behind the predicate (선임된 / 신임 / company).
AFTER_REACH = 30
_POST_LINK = worded(
    r"\s?{moves.seats.behind}?"
    r"(?:으로서|으로도|으로|로서|로도|로|에는|에도|에서도|에서는|에서|에|을|를|직을|의|도|까지|마저)?"
    r"(?:\s{moves.seats.circles}(?:에|으로))?(?:\s{moves.endings.adverbs})*\s?"
)
# Phrases that begin with the seat itself: 대표 [자리를 …], 대표 [바통을 넘겼다].
_SEATS = ("자리", "직", "좌", "역할", "연임", "재선", "바통", "배턴", "지휘봉")
# 기타비상무이사로 [다솔 이사회에] 들어간다
_ONTO = re.compile(r"(?:으로|로)\s(?:[가-힣A-Za-z0-9&]{2,14}의?\s)?(?:이사회에\s?)")
_ONTO_BOARD = frozenset({"enters the board", "is sent to the board", "joins the board"})
_SERVING = re.compile(r"^(으로서|로서)\s[^.,\n]{1,24}$")
_TAKING = frozenset({"takes charge", "takes the post", "겸임 (active)", "겸직 (active)"})
_CLOSING = "’'”\""
_TAKEN = re.compile(r"(?:직)?(?:을|를|도|까지)\s?[가-힣]?")
_BECOMES = worded(r"(?:\s?{moves.seats.behind})?(?:이|가)\s")
AS_TOPIC = worded(r"(?:\s?{moves.seats.bare})?(?:은|는)\s")
_VACANT = worded(r"\s?{moves.seats.vacant}")
_OPENED = worded(r"\s?{moves.seats.made}?(?:을|를|도)\s(?:새로\s)?{moves.seats.making}")
_BORNE = worded(
    r"(?:이던|인|이었던|였던|이자|던|(?:으로|로)\s{moves.seats.served})\s(?:[가-힣]{2,8}\s)?"
    r"|(?:을|를)\s(?:[가-힣0-9]{1,6}\s){0,2}{moves.seats.served_in}\s"
)
_CHANGED = worded(r"{moves.seats.bare}?(?:를|을|가|이|은|는|도)\s(?:기존\s)?(?:[가-힣A-Za-z0-9]{2,10}\s)?")
_AHEAD = worded(
    r"(?:\s?{moves.seats.rolls}(?:에|에는|으로는|은|는)|\s?{moves.seats.ballots}에서는"
    r"|에는|으로는|로는|직에는|자리에는|(?:\s?{moves.seats.ahead})(?:은|는|에|에는))\s"
)
_SEAT = worded(r"\s?{moves.seats.bare}(?:은|는|을|를|에서|도)\s")
_INCLUDED = worded(r"{moves.seats.bare}?(?:을|를)\s{moves.seats.including}\s")
# How far behind a person those may stand who do the same.
_OTHERS_REACH = 24
_OTHERS = worded(r"[과와]\s{people.the_others}\s")
_INCLUDING = worded(r"(?:을|를)\s{moves.seats.including}\s")
# Between an adnominal verb and its person: names of companies and titles, no particles.
_ONLY_NAMES = re.compile(
    r"\s(?!가운데\s|반면\s|와중|상황)(?:(?:신임|새|전|현|前|現)?\s?(?![가-힣]*(?:을|를|에서|에게|대신)\s)(?!자리)(?!뒤\s|후\s|이후\s|직후\s|지\s|다음\s)[가-힣A-Za-z0-9&㈜·]*\s?){0,3}"
)
_CLEFT = worded(r"\s{people.chosen}(?:은|는)\s")
_WRITES = re.compile(r"\s?=(?:\s|$)")  # 김도윤 기자 =
_COURTESY = listed("people.courtesy")
_AND_POST = re.compile(r"직?(?:과|와|\s?및|·)\s?(?:[가-힣A-Za-z0-9&]{2,12}\s){0,2}")
_HOLDS = re.compile(r"(?:겸하|겸임하|겸직하)(?:는|던|고\s있는)\s")


@record(frozen=True, slots=True)
class Clause:
    """A predicate and the stretch of its sentence in which its arguments stand."""

    sentence: Sentence
    predicate: Predicate
    before: Span
    after: Span
    idle: bool = False  # the verbs before it tell nothing: 대표로는 2021년 합류한 A가 [낙점됐다]

    @staticmethod
    def whole(sentence: Sentence, predicate: Predicate) -> Clause:
        """A predicate with all that its sentence says before and behind it."""
        before = Span(sentence.span.start, predicate.span.start)
        return Clause(sentence, predicate, before, Span(predicate.span.end, sentence.span.end))


class Arguments:
    """Finds the arguments of clauses of one document."""

    def __init__(self, document: Document) -> None:
        self._doc = document
        self._title_starts = [title.span.start for title in document.titles]

    # ------------------------------------------------------------------ posts

    def post(self, clause: Clause) -> Title | None:
        """The title that stands as post before the predicate."""
        text = self._doc.text
        predicate = clause.predicate
        stop = predicate.span.start
        floor = max(clause.before.start, stop - 80)
        seat = text[stop : stop + 2].startswith(_SEATS)
        for title in reversed(self.titles_in(Span(floor, stop))):
            gap = text[after_bracket(text, title.span.end) : stop]
            if len(gap) > POST_REACH:
                break
            gap = gap.lstrip(_CLOSING)  # ‘상무’ 직함을 달았다
            # 한솔닷컴 대표를 맡는다: what is taken is a post, though 한솔닷컴 may look like a name
            taken = predicate.rule in _TAKING and _TAKEN.fullmatch(gap + text[stop : stop + 1])
            if not taken and self.is_person(title):
                continue
            if _INCLUDED().match(text, title.span.end):
                continue  # 이사직을 포함한 모든 직에서
            if text[title.span.start - 1] + gap[:1] == "()":
                gap = gap[1:]  # 임원(상무)으로
            if predicate.rule in _ONTO_BOARD:
                gap = "로 " if _ONTO.fullmatch(gap + text[stop : stop + 5].partition(" ")[0]) else gap
            if predicate.rule == "serves as":
                gap = _SERVING.sub(r"\1", gap)  # 본부장으로서 조직을 지휘한다
            if predicate.rule in {"becomes", "post falls to"} and _BECOMES().fullmatch(gap):
                return title
            if _POST_LINK().fullmatch(gap) and (gap.strip() or predicate.form != "phrase" or seat):
                return title
            if predicate.form == "phrase" and gap == "":
                return title
        if predicate.kind is MoveKind.DEPARTED:
            own = [t for t in self.titles_in(Span(max(floor, stop - 12), stop + 1)) if t.span.end > stop]
            seat = bool(own) and (own[-1].text.endswith("직") or text.startswith("직", own[-1].span.end))
            begins = bool(own) and (predicate.form == "idiom" or seat)
            if begins and not self.is_person(own[-1]):
                return own[-1]  # [대표]에서는 내려온다
            return self._post_left(clause)
        return self._post_ahead(clause) if predicate.kind is MoveKind.APPOINTED else None

    def _post_ahead(self, clause: Clause) -> Title | None:
        """사외이사로는 [금융사 사장을 지낸] A 씨가 들어왔다: post, then the person, then the verb."""
        for title in reversed(self.titles_in(Span(clause.sentence.span.start, clause.before.end))):
            behind = after_bracket(self._doc.text, title.span.end)
            ahead = _AHEAD().match(self._doc.text, behind) or (
                clause.predicate.form == "idiom" and AS_TOPIC().match(self._doc.text, behind)
            )
            if not ahead or self.is_person(title):
                continue
            if title.span.start < clause.before.start and not clause.idle and self.spoken(clause.before):
                continue  # the verb before has taken it, this one has a person of its own
            persons = self.spoken(Span(title.span.end, clause.predicate.span.start))
            return title if any(m.particle in SUBJECT or m.particle in OBJECT for m in persons) else None
        return None

    def _post_left(self, clause: Clause) -> Title | None:
        """대표이사 자리는 내년 주총까지만 지키고 물러난다: the post stands farther off."""
        for title in reversed(self.titles_in(clause.before)):
            if self.is_person(title) or _INCLUDED().match(self._doc.text, title.span.end):
                continue
            if _SEAT().match(self._doc.text, title.span.end):
                return title
        return None

    def opened_before(self, clause: Clause) -> Title | None:
        """The post made in the sentence before the first person of the clause."""
        persons = self.spoken(clause.before)
        return self.opened(clause, persons[-1]) if persons else None

    def opened(self, clause: Clause, mention: Mention) -> Title | None:
        """CPO를 신설해 A 부사장을 임명했다: the post made in the same sentence."""
        stop = min(mention.span.start, clause.predicate.span.start)
        for title in reversed(self.titles_in(Span(clause.sentence.span.start, stop))):
            if not self.is_person(title) and _OPENED().match(
                self._doc.text, after_bracket(self._doc.text, title.span.end)
            ):
                return title
        return None

    def borne(self, mention: Mention) -> Title | None:
        """감사위원이던 A 변호사, 감사로 일해 온 A 교수: the post told in front of the name."""
        near = self.titles_in(Span(max(0, mention.span.start - 24), mention.span.start))
        if near and _BORNE().fullmatch(self._doc.text[near[-1].span.end : mention.span.start]):
            return near[-1]
        return None

    def changed(self, sentence: Sentence, gone: Mention) -> Title | None:
        """The post whose holder changes: [대표이사]가 A에서 B로."""
        for title in reversed(self.titles_in(Span(sentence.span.start, gone.span.start))):
            if not self.is_person(title) and _CHANGED().fullmatch(
                self._doc.text[after_bracket(self._doc.text, title.span.end) : gone.span.start]
            ):
                return title
        return None

    def seat(self, clause: Clause) -> Title | None:
        """해밀마트 [대표] 지휘봉은 A가 잡는다: the title right before the noun of the seat."""
        for title in reversed(self.titles_in(Span(clause.before.start, clause.predicate.span.end))):
            if not self.is_person(title) and _VACANT().match(self._doc.text, title.span.end):
                return title
        return None

    def joined_posts(self, post: Title) -> list[Title]:
        """[다솔 전략실장과] 누리 대표를 겸임한다: the posts joined to one, in order."""
        text, found = self._doc.text, [post]
        for title in reversed(self.titles_in(Span(max(0, post.span.start - 60), post.span.start))):
            gap = text[after_bracket(text, title.span.end) : found[0].span.start]
            if title.kind != "executive" or not _AND_POST.fullmatch(gap) or self.is_person(title):
                break
            found.insert(0, title)
        return found[:-1]

    def holds_already(self, clause: Clause) -> bool:
        """감사위원을 [겸하는] A 이사: what somebody does is no news."""
        span = clause.predicate.span
        holds = _HOLDS.search(self._doc.text, span.start, span.end + 6)
        return holds is not None and bool(self._modified(clause))

    def titles_in(self, span: Span) -> tuple[Title, ...]:
        """Titles that begin inside a span, in order."""
        starts = self._title_starts
        return self._doc.titles[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def names_post(self, span: Span) -> bool:
        """True if a span names a post beside how people are called."""
        return any(not self.is_person(title) for title in self.titles_in(span))

    def is_person(self, title: Title) -> bool:
        """True if the title is part of how somebody is called (조 사장, A 부사장, A 씨)."""
        return title.text in _COURTESY() or any(
            m.span.start <= title.start_head < m.span.end
            for m in self._doc.mentions_in(Span(max(0, title.span.start - 80), title.span.end))
        )

    # ------------------------------------------------------------------ persons

    def spoken(self, span: Span) -> list[Mention]:
        """Mentions of a span in the same quotation as its end, or else outside of any."""
        found = self._doc.mentions_in(span)
        quotation = self._doc.quotation_at(span.end)
        if quotation and (inside := [m for m in found if m.span.start >= quotation.start]):
            return inside  # else whoever speaks: A 회장은 “회장직을 내려놓겠다”
        # 강이설(배우 나예슬)을: who stands in brackets is not spoken of
        text = self._doc.text
        return [
            m
            for m in found
            if not self._doc.quoted(m.span.start)
            and not in_brackets(text, max(0, m.span.start - LONGEST_BRACKET), m.span.start)
            and not _WRITES.match(text, m.span.end)
        ]

    def persons(self, clause: Clause, post: Title | None) -> tuple[Mention, ...]:
        """Those whom the predicate says something of, by its frame."""
        predicate = clause.predicate
        if modified := self._modified(clause):
            return modified
        if said_of_unnamed(self._doc.text, predicate):
            return ()
        if predicate.frame == "behind":
            return self._behind(clause)
        inside = [m for m in self.spoken(clause.before) if m.span.end <= predicate.span.start]
        if post is not None:  # 온가닷컴 대표도 겸직한다: no person
            inside = [m for m in inside if not m.span.start <= post.start_head < m.span.end]
        if not inside:
            return ()
        match predicate.frame:
            case "object":
                chosen = self._object_of(clause, inside)
            case "recipient":
                chosen = _marked(inside, RECIPIENT)
            case "partner":
                chosen = inside[-1] if inside[-1].particle in {"과", "와"} else None
            case "subject":
                left = outer(self._doc, inside, post)
                chosen = _marked(left, SUBJECT)
                kept = predicate.kind is MoveKind.RETAINED and predicate.form == "active"
                if not chosen and (kept or predicate.kind is MoveKind.PROMOTED):
                    chosen = _marked(inside, OBJECT)  # 다솔은 A 대표를 유임했다
                chosen = chosen or self._included(inside) or self._with_others(clause, left)
                chosen = chosen or _marked(left, frozenset({"", "의", "만"}))
            case _:
                chosen = inside[-1]
        return with_conjoined(self._doc, chosen, inside) if chosen else ()

    def _behind(self, clause: Clause) -> tuple[Mention, ...]:
        """승진자 중에는 [A 상무가], 승진의 영예는 [B 상무에게]."""
        told = self.spoken(Span(clause.predicate.span.end, clause.sentence.span.end))
        open_ = SUBJECT | RECIPIENT | {""}
        first = next((n for n, m in enumerate(told) if m.particle in open_), None)
        if first is None:
            return ()
        for left, right in pairwise(told[first:]):
            if left.particle or not joins(self._doc, left, right):
                break
            first += 1  # 승진자는 [A], B 상무다
        return with_conjoined(self._doc, told[first], told)

    def _object_of(self, clause: Clause, inside: Sequence[Mention]) -> Mention | None:
        """The person that is the object, topicalised or not."""
        predicate = clause.predicate
        chosen = _marked(inside, OBJECT) or _marked(inside, frozenset({"의"}))
        if not chosen and predicate.form == "causative":
            chosen = _marked(inside, RECIPIENT)  # A 본부장에게 B 본부장을 겸직시키고
        kept = predicate.kind is MoveKind.RETAINED and predicate.form == "phrase"
        if chosen or not (kept or predicate.form in {"active", "idiom", "causative"}):
            return chosen
        # topicalised object (A 사장은 재선임하고) or no particle at all
        inside = [m for m in inside if not m.particle or not self._has_object(clause, m)]
        return _marked(inside, frozenset({"은", "는", "도", ""}))

    def _has_object(self, clause: Clause, mention: Mention) -> bool:
        """A 대표는 [거래처를] 교체했다: the verb has an object, so whoever stands before it does it."""
        at = Span(mention.span.end, clause.predicate.span.start)
        inside = tokens_in(clause.sentence, at)
        for before, token in reversed([*pairwise(inside)]):
            if token.tag in {"EC", "ETM"}:
                return False
            # 나쁜 [임원은] 내보내겠다: a second topic
            if token.tag == "JKO" or (
                token.tag == "JX" and token.form in {"은", "는"} and before.tag == "NNG"
            ):
                return True
        return False

    def next_subject(self, clause: Clause) -> tuple[Mention, ...]:
        """The subject behind a verb that begins its sentence: 뒤를 이어 [A가] 회사를 이끈다."""
        found = [m for m in self.spoken(clause.after) if m.particle in SUBJECT]
        return with_conjoined(self._doc, found[0], self.spoken(clause.after)) if found else ()

    def _with_others(self, clause: Clause, inside: Sequence[Mention]) -> Mention | None:
        """A 부회장과 각 사업부장은, A 대표와 나머지 부사장은: the one named of those who do it."""
        last = inside[-1] if inside else None
        if last is None or last.particle not in {"과", "와"}:
            return None
        at = last.span.end
        if not _OTHERS().match(self._doc.text, at):
            return None
        others = self.titles_in(Span(at, min(clause.predicate.span.start, at + _OTHERS_REACH)))
        behind = (after_bracket(self._doc.text, title.span.end) for title in others)
        return last if any(self._doc.text[at : at + 1] in SUBJECT for at in behind) else None

    def _included(self, inside: Sequence[Mention]) -> Mention | None:
        """A 사장을 포함한 사내이사 3명이: one of those whom the subject counts."""
        text = self._doc.text
        return next((m for m in inside if _INCLUDING().match(text, m.span.end)), None)

    def _modified(self, clause: Clause) -> tuple[Mention, ...]:
        """The person a verb in adnominal form stands in front of (선임된 A 사장은)."""
        predicate = clause.predicate
        if predicate.form in {"resolved", "ceremony", "headline"}:
            return ()
        text = self._doc.text
        word_end = predicate.span.end
        while word_end < len(text) and "가" <= text[word_end] <= "힣":
            word_end += 1
        word = text[predicate.span.start : word_end]
        if text[word_end : word_end + 1] != " " or not word.endswith(ADNOMINAL):
            return ()
        if _CLEFT().match(text, word_end):  # 대표로 내정한 인물은 … A 씨였다
            told = self.spoken(Span(word_end, clause.sentence.span.end))
            return (told[-1],) if told else ()
        near = self._doc.mentions_in(Span(word_end, word_end + AFTER_REACH))
        if not near or not _ONLY_NAMES.fullmatch(text[word_end : near[0].span.start]):
            return ()
        return (near[0],)

    def only_modifies(self, clause: Clause, then: Predicate) -> bool:
        """본부장에 [외부에서 영입한] A 부사장을 임명했다: the verb behind the person tells the news.

        [3연임에 성공한] A 회장은 물러난다: that somebody stayed before is none where he goes.
        """
        modified = self._modified(clause)
        behind = self.spoken(Span(clause.predicate.span.end, clause.sentence.span.end))
        goes = (clause.predicate.kind, then.kind) == (MoveKind.RETAINED, MoveKind.DEPARTED)
        return bool(modified) and (modified[0].particle in OBJECT or goes) and modified[0] == behind[0]


def _marked(inside: Sequence[Mention], particles: frozenset[str]) -> Mention | None:
    return next((m for m in reversed(inside) if m.particle in particles), None)
