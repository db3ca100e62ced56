"""Which post a move is about: the one named before the verb, the one borne, made, left or stood for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.bodies import state_owned
from briefing.extract.companies import is_enterprise_name
from briefing.extract.conjuncts import joins
from briefing.extract.document import Document, Mention, Persona
from briefing.extract.particles import SUBJECT
from briefing.extract.titles import RANKS, Title, same_rank, title_kind
from briefing.extract.vacancies import lost_seat
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import MoveKind, Span

_COMING = worded(r"{moves.seats.coming}\s?$")
_BAND = worded(r"(?<![가-힣]){moves.seats.bands}(?=에는?\s)")
_MOVES_ON = frozenset({"moves to the post", "changes posts"})
_TO_HOUSE = re.compile(r"(?:으로|로)\s(?:각각\s)?(?:자리|적)를\s옮")
_STEADY_ENDINGS = worded(r"{moves.seats.bare}$")
_DIRECT = worded(r"(?:을|를|이|가|은|는)?\s?{moves.seats.directly}?")
# IB부문 대표(전무): the post is taken, the rank only told.
_RANK_BEHIND = worded(r"(?<=[가-힣])\({titles.glued.ranks}\)$")
_NEXT = re.compile(r"(?<![가-힣])차기\s(?:[가-힣A-Za-z]{2,8}\s)?$")
_INTO = re.compile(r"(?:으로|로)\s?(?:한발\s|한\s발\s)?(?:물러|비켜|남)")
_DESIGNATE = worded(r"\s?{moves.seats.designates}$")
_FINAL = worded(r"\s?{moves.seats.standing_for}?\s?")
_ALSO = re.compile(r"\((C[A-Z]{1,3}O)[,·/]")
_HELM = worded(
    r"(?:{moves.seats.helm}|(?<![가-힣])키|이끌\s{moves.seats.leaders})(?:에|으로|에는|으로는|로|\s?자리에|은|을|는|를|이|가)\s"
)
_CHIEFS = listed("moves.seats.chiefs")
_CANDIDATES = affixes("moves.seats.candidacies")
# Seats on a board: 사내이사인 A 대표는 재선임됐다.
_BOARD = ("이사", "감사", "감사위원")
_GOES_OR_STAYS = frozenset({MoveKind.DEPARTED, MoveKind.RETAINED})
_AS_WORK = ("을", "를", "로", "으로")  # 법무실장을 맡아 온, 감사로 일한
_HEADS = frozenset({"회장", "사장", "대표", "대표이사"})  # ranks that are posts of their own
_CHIEF = frozenset({"대표", "대표이사"})
_FOUNDERS = listed("contexts.posts.founders")
_NO_POSTS = listed("moves.seats.no_posts")
_TERM_OVER = worded(r"(?<![가-힣])(?P<seat>{moves.seats.on_boards})\s임기가\s{moves.seats.term_over}\s$")
_TERM_REACH = 40
_INAUGURATED = worded(r"{moves.seats.inaugurated}(?:고\s|[.\s]|$)")
_HEADS_TAKEN = listed("moves.seats.heads")
# Nothing but the day stands between the two; a month that is not to come may be long ago.
_THAT_DAY = worded(
    r"(?:은|는|이|가)\s(?:오는\s(?:\d{1,2}월\s)?)?(?:\d{1,2}일|이날|오늘|전날)(?:\s?자로|\s?부로)?"
    r"\s(?:{moves.seats.formally}\s)?"
)
_NEWLY = worded(r"{moves.seats.newly}\s?$")
_JOINT_VERBS = re.compile(r"(?:으로|로|에)\s승진[·하시]")
# 대표이사 부사장으로 승진 발령했다: one verb for rank and post.
_NEWLY_MADE = worded(r"(?:이|가)\s{moves.seats.newly_made}")
_RISES_TO = re.compile(r"(?:으로|로|에)\s(?:승진\s(?:발령|임명|선임|내정|발탁|기용)|올랐)")
# Who becomes 대표이사 사장 takes the helm, whatever the verb of rising.
_RISES = re.compile(r"(?:으로|로|에)\s(?:(?:전격|나란히|각각)\s)?(?:승진|오른|오르|올랐|올라|올리|올린|올렸)")
# 감사 후보인 A 세무사가 선임됐다
_STOOD_FOR = worded(
    r"[가-힣A-Z·\s]{2,10}?\s?{moves.seats.candidacies}(?:인|로\s나선|였던)?\s(?:[가-힣A-Za-z0-9&]{2,12}\s)?$"
)
_CHOSEN_FORMS = frozenset({"active", "passive", "resolved"})


CANDIDATE = "is made candidate"
_OWN_POST = re.compile(r"(?:을|를|로|에|에는)(?:[\s,]|$)")
# A board has several seats: 사외이사 후보로 A와 B를 추천했다.
_SEATS = worded(r"(?<!대표){moves.seats.board}(?!회)")


_JOINED_REACH = 30  # 감사로 일한 [A 교수와] B 변호사는


class Posts:
    """Names the posts of moves in one document."""

    def __init__(self, document: Document, arguments: Arguments) -> None:
        self._doc = document
        self._arguments = arguments
        self._sought: tuple[str] | None = None

    def is_predecessor(self, mention: Mention) -> bool:
        """전임 A 사장은 … 물러났다: told of as of the one who goes now."""
        return "전임" in self._doc.text[max(0, mention.span.start - 4) : mention.span.end]

    def taken_with_rank(self, mention: Mention, post: Title | None) -> str | None:
        """대표이사 부사장으로 승진 발령했다: the post taken besides the rank, if not held before."""
        if post is None or len(post.heads) != 2 or post.heads[1] not in RANKS:
            return None
        if post.heads[0] in RANKS - _CHIEF:
            return None
        if mention.title and not mention.former and post.heads[0] in mention.title.split():
            return None  # A 대표이사 부사장이
        rises = _RISES if post.heads[0] in _CHIEF else _RISES_TO
        return post.heads[0] if rises.match(self._doc.text, post.span.end) else None

    def joined(self, clause: Clause, post: Title | None) -> list[Title]:
        """대표와 의장을 겸한다, 대표이사와 사내이사에서 물러났다: what is joined to the post said."""
        taken_or_left = clause.predicate.kind in {MoveKind.APPOINTED, MoveKind.DEPARTED}
        return self._arguments.joined_posts(post) if post is not None and taken_or_left else []

    def held(self, kind: MoveKind, post: Title | None, mention: Mention) -> Title | None:
        """The post said, or else the one told in front of who goes or stays: 감사로 일해 온 A 전 청장은."""
        return self._served(mention) if post is None and kind in _GOES_OR_STAYS else post

    def _served(self, mention: Mention) -> Title | None:
        """The post told in front of somebody, or of who is joined to him: 감사로 일한 A 교수와 [B]."""
        start = mention.span.start
        near = self._doc.mentions_in(Span(max(0, start - _JOINED_REACH), start))
        own = mention.title is not None and mention.title.endswith(_BOARD)
        beside = near[-1:] if near and not own and joins(self._doc, near[-1], mention) else ()
        return next(filter(None, map(self._arguments.borne, (mention, *beside))), None)

    def stood_for(self, post: Title | None) -> Title | None:
        """차기 대표 최종 후보로: the title that stands before 후보."""
        if post is None or not post.text.endswith(_CANDIDATES()):
            return None
        near = self._arguments.titles_in(Span(max(0, post.span.start - 14), post.span.start))
        if near and _FINAL().fullmatch(self._doc.text[near[-1].span.end : post.span.start]):
            return near[-1]
        return None

    def candidate_for(self, post: Title | None) -> str | None:
        """The post in question, 은행장 without its bank."""
        title = self.stood_for(post)
        return None if title is None else "은행장" if title.heads[0] == "은행장" else title.text

    def sought(self) -> str | None:
        """The post an article tells who is tipped for: 차기 대표를 둘러싼 하마평."""
        if self._sought is None:
            tipped = (t for t in self._doc.titles if not self._arguments.is_person(t))
            found = next(
                (
                    t.text
                    for t in tipped
                    if _NEXT.search(self._doc.text, max(0, t.span.start - 16), t.span.start)
                ),
                "",
            )
            self._sought = (found,)
        return self._sought[0] or None

    def unsaid(self, clause: Clause) -> str | None:
        """The post that a clause tells by another word: A 부사장 직무대행 체제로."""
        at = clause.predicate.span.start
        if clause.predicate.rule == "acting regime":
            deputy = next((m for m in self._doc.mentions_in(clause.before) if m.span.end == at), None)
            title = deputy.title.split()[-1] if deputy is not None and deputy.title else ""
            return title if title.endswith("대행") else None
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        if clause.predicate.rule in _MOVES_ON:
            return self._taken_along(clause)
        return None

    def band(self, clause: Clause) -> Title | None:
        """부회장단에 합류했다: the post of those whom somebody joins."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        found = _BAND().search(self._doc.text, clause.before.start, clause.predicate.span.start)
        if found is None:
            return None
        post = Span(found.start(), found.end() - 1)
        word = post.of(self._doc.text)
        return Title(post, word, (word,), "executive", "", post.start)

    def _taken_along(self, clause: Clause) -> str | None:
        """A 대표가 [누리유통으로] 자리를 옮긴다: who heads one house and goes to another heads that."""
        at = clause.predicate.span.start
        houses = self._doc.companies_in(Span(max(clause.before.start, at - 24), at + 1))
        if not houses or not _TO_HOUSE.match(self._doc.text, houses[-1].span.end):
            return None
        heads = [m for m in self._doc.mentions_in(clause.before) if m.particle in SUBJECT]
        told = heads[-1].title if heads and not heads[-1].former else None
        return told if told in _CHIEFS() else None

    def next_post(self, post: Title | None) -> str | None:
        """상임고문으로 물러난다: the executive post that whoever leaves one takes instead."""
        if post is None or not _INTO.match(self._doc.text, post.span.end):
            return None
        return post.text if post_kind(post.text) == "executive" or post.text.endswith("의장") else None

    def role(self, clause: Clause, post: Title | None, mention: Mention) -> str | None:
        """The post in the shortest form the text gives."""
        kind = clause.predicate.kind
        text = self._doc.text
        if post is None and (told := self._told_by_name(clause, mention)) is not None:
            return told
        if post is not None and kind is MoveKind.DEPARTED and text.startswith(("로", "으로"), post.span.end):
            post = None  # 명예회장으로 물러난다: the post left is the old one
        if post is not None and kind is MoveKind.PROMOTED and text.startswith("에서", post.span.end):
            return mention.title if mention.title in RANKS else None  # A 부사장은 전무에서 한 단계 올라섰다
        if post is not None:
            both = len(post.heads) == 2 and post.heads[1] in RANKS
            if both and (post.heads[0] not in RANKS or self.taken_with_rank(mention, post) is not None):
                # 대표이사 부사장으로 승진·내정: the rank is risen to, the post is taken
                if kind is MoveKind.PROMOTED:
                    return post.heads[1]
                return post.heads[0] if _JOINT_VERBS.match(text, post.span.end) else post.text
            name = post.text
            if more := _ALSO.match(text, post.span.end):
                name += f"({more.group(1)})"  # 최고의학책임자(CMO, 부사장)
            if post.prefix and (
                (is_enterprise_name(post.prefix) and post.heads[0] in RANKS) or post.heads[0] == "은행장"
            ):
                name = name[len(post.prefix) :]
            return _STEADY_ENDINGS().sub("", _RANK_BEHIND().sub("", name))
        if clause.predicate.rule == "among the promoted":
            return mention.title if mention.title in RANKS else None
        if kind in _GOES_OR_STAYS:
            return lost_seat(self._arguments, clause, mention) or self._borne(kind, mention)
        return opened.text if (opened := self._arguments.opened(clause, mention)) else None

    def _told_by_name(self, clause: Clause, mention: Mention) -> str | None:
        """The post taken, where the title beside the name tells it, or one is made in the sentence."""
        if (risen := self._titles_apart(clause, mention)) is not None:
            return risen
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        if (opened := self._arguments.opened(clause, mention)) is not None:
            return opened.text
        if (stood := self._stood_in_front(clause, mention)) is not None:
            return stood
        if not mention.title:
            return None
        if self._inaugurated(clause, mention):
            return mention.title
        named = post_kind(mention.title) != "other" and self._named_with(clause, mention)
        if named and not self.at_helm(clause):
            return mention.title
        coming = _DESIGNATE().sub("", mention.title)
        return coming if coming and coming != mention.title else None  # A 사장 내정자는 취임한다

    def _inaugurated(self, clause: Clause, mention: Mention) -> bool:
        """A 대표가 9일 취임했다: who takes office is called by the post taken."""
        text, at = self._doc.text, clause.predicate.span.start
        if mention.former or not mention.title or mention.title.split()[-1] not in _HEADS_TAKEN():
            return False
        if next(m for m in self._doc.mentions if m.persona == mention.persona) != mention:
            return False  # told of before, with the post he takes
        taken = clause.predicate.frame == "subject" and _INAUGURATED().match(text, at) is not None
        return taken and _THAT_DAY().fullmatch(text, mention.span.end, at) is not None

    def _stood_in_front(self, clause: Clause, mention: Mention) -> str | None:
        """[감사 후보] A 세무사는 선임됐다: the post stood for, in front of who is chosen."""
        if clause.predicate.form not in _CHOSEN_FORMS or clause.predicate.frame in {"recipient", "partner"}:
            return None
        near = self._arguments.titles_in(Span(max(0, mention.span.start - 16), mention.span.start))
        if not near or near[-1].kind == "other":
            return None
        behind = self._doc.text[near[-1].span.start : mention.span.start]
        stood = _STOOD_FOR().match(behind)
        return near[-1].text.removesuffix("후보").rstrip() if stood is not None else None

    def _titles_apart(self, clause: Clause, mention: Mention) -> str | None:
        """A 사장 부회장 승진: in a headline the post taken stands right behind the one borne."""
        predicate = clause.predicate
        if predicate.form != "headline" or mention.title is None or " " not in mention.title:
            return None
        if self._doc.text[mention.span.end : predicate.span.start].strip():
            return None
        borne, _, taken = mention.title.rpartition(" ")
        taking = {MoveKind.APPOINTED: borne not in _CHIEF, MoveKind.PROMOTED: taken in RANKS}
        return taken if taking.get(predicate.kind) and title_kind(taken) is not None else None

    def _borne(self, kind: MoveKind, mention: Mention) -> str | None:
        """The post that whoever leaves or stays is called by."""
        told = mention.title or self._doc.persona_of(mention).title
        ranked = told in RANKS - _HEADS
        if kind is MoveKind.RETAINED and ranked and (kept := self._seat_at_stake(mention)) is not None:
            return kept
        if (told in RANKS or self._no_post(told)) and (held := self._in_front(mention)) is not None:
            return held.text  # 공장장 A 전무가 물러난다
        borne = self._served(mention)
        if borne is None or borne.head in _FOUNDERS() or borne.text in _NO_POSTS():
            return told
        if ranked and self._did_besides(borne):
            return told
        plain = told is None or told in RANKS - _HEADS or post_kind(told) != "executive"
        # 대표를 맡아 온 A 사장, TV사업부장인 A 사장
        plain = plain or (told == "사장" and (borne.text in _CHIEF or borne.text.endswith("장")))
        seat = told is not None and borne.text.endswith(_BOARD) and not told.endswith(_BOARD)
        return borne.text if plain or (seat and kind is MoveKind.RETAINED) else told

    def _did_besides(self, borne: Title) -> bool:
        """법무실장을 맡아 온 A 상무: what somebody did, but for seats on the board and at the helm."""
        seat = borne.text.endswith((*_BOARD, "대표"))
        return not seat and self._doc.text.startswith(_AS_WORK, borne.span.end)

    def _seat_at_stake(self, mention: Mention) -> str | None:
        """[사내이사] 임기가 끝난 A 부사장은 재선임됐다."""
        start = mention.span.start
        found = _TERM_OVER().search(self._doc.text, max(0, start - _TERM_REACH), start)
        return found["seat"] if found is not None else None

    def _in_front(self, mention: Mention) -> Title | None:
        """공장장 A 전무: the executive post right in front of a name with its rank."""
        near = self._arguments.titles_in(Span(max(0, mention.span.start - 16), mention.span.start))
        if not near or near[-1].kind != "executive" or near[-1].head in _FOUNDERS():
            return None
        rank = near[-1].heads[-1] in RANKS - _CHIEF
        return None if rank or self._doc.text[near[-1].span.end : mention.span.start] != " " else near[-1]

    def _no_post(self, title: str | None) -> bool:
        """True for what somebody is by learning or profession: 사외이사 [A 변호사]."""
        return title is not None and post_kind(title) != "executive"

    def at_helm(self, clause: Clause) -> bool:
        """True for 사령탑에 A 본부장을 발탁했다: the post at the top, without its title."""
        start = max(clause.before.start, clause.predicate.span.start - 60)
        return bool(_HELM().search(self._doc.text, start, clause.predicate.span.end))

    def chief_of(self, company: str | None, mention: Mention) -> str | None:
        """The title of whom the text calls the head of a company, the person meant left out."""
        for n, persona in enumerate(self._doc.personas):
            if n != mention.persona and persona.company == company and persona.title in _CHIEFS():
                return persona.title
        return None

    @staticmethod
    def holds(persona: Persona, role: str) -> bool:
        """True if the text calls the person by this post, in full or short."""
        short = role.replace(" ", "")
        return any(same_rank(short, t) for title in persona.titles for t in re.split(r"[ ()·]", title) if t)

    def _named_with(self, clause: Clause, mention: Mention) -> bool:
        """True if the title beside the name is the new post: 신임 A 대표, A CFO를 신규 선임했다."""
        if self._coming(mention):
            return True
        if clause.predicate.form == "ceremony":
            return mention.kind == "full" and mention.span.end <= clause.predicate.span.start
        if mention.span.start > clause.predicate.span.end:  # 새로 취임한 A 대표는
            return bool(_NEWLY().search(self._doc.text, clause.before.start, clause.predicate.span.start))
        last = self._last_of_row(mention, clause.predicate.span.start)
        between = self._doc.text[last.span.end : clause.predicate.span.start].strip()
        return (
            (clause.predicate.form == "resolved" or clause.predicate.frame == "object")
            and clause.predicate.form in {"active", "passive", "headline", "resolved"}
            and not mention.former
            and _DIRECT().fullmatch(between) is not None
        ) or (
            # B 대표가 신규 선임됐다
            clause.predicate.form == "passive" and _NEWLY_MADE().fullmatch(between) is not None
        )

    def _last_of_row(self, mention: Mention, stop: int) -> Mention:
        """A·B 사외이사 선임안: the last of those joined to a person who bear the same title."""
        for after in self._doc.mentions_in(Span(mention.span.end, stop)):
            if after.title != mention.title or not joins(self._doc, mention, after):
                break
            mention = after
        return mention

    def _coming(self, mention: Mention) -> bool:
        before = self._doc.text[max(0, mention.span.start - 4) : mention.span.start]
        return "신임" in mention.form or bool(_COMING().search(before))


def post_kind(title: str) -> str | None:
    """Kind of a post as a move names it, what stands in brackets left out."""
    head, _, rest = title.partition("(")
    kind = title_kind(head.replace(" ", ""))
    inside = title_kind(rest.rstrip(")")) if kind != "executive" and rest.isascii() else None
    return inside or kind  # 구조조정담당임원(CRO)


def shortlisted(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """Why A, B, C를 최종 후보로 확정했다 is no move: one of them gets the post, unless it is a board seat."""
    if len(persons) < 2 or clause.predicate.rule != CANDIDATE:
        return None
    gaps = (document.text[a.span.end : b.span.start] for a, b in pairwise(persons))
    if any(_OWN_POST.search(gap) for gap in gaps):
        return None  # A를 은행장 후보로, B를 카드 사장 후보로
    seats = _SEATS().search(document.text, clause.before.start, clause.predicate.span.end)
    return "one of several candidates" if seats is None else None


def bears(mention: Mention, kind: MoveKind, role: str | None) -> bool:
    """True for A 나래공사 사장을 임명했다: the post beside the name, which an office fills, is meant."""
    new = kind is MoveKind.APPOINTED and role is not None and role == mention.title
    return new and not mention.former and state_owned(mention.company or "")


def single_posts(role: str | None) -> tuple[str | None, ...]:
    """The posts of 총괄사장 겸 최고의학책임자, one by one; 이사 겸 사장 of ranks alone stays one."""
    if role is None or " 겸 " not in role:
        return (role,)
    return tuple(part.strip() for part in role.split(" 겸 "))


def concerns_executives(executive: bool, role: str | None) -> bool:
    """True for an executive's post, or an executive's move to a post that is nobody else's."""
    if role is None:
        return executive
    kind = post_kind(role)
    return kind == "executive" or (executive and kind != "other")
