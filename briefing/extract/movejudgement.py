"""What a candidate for a move comes to: its kind and role, and why it may be no executive's move."""

from __future__ import annotations

import re

from briefing.extract.affiliation import no_enterprise
from briefing.extract.arguments import Clause
from briefing.extract.bodies import heads_state_house
from briefing.extract.document import Document, Mention, Persona
from briefing.extract.movedposts import Posts, concerns_executives, post_kind
from briefing.extract.particles import OBJECT
from briefing.extract.titles import RANKS, Title, same_rank
from briefing.extract.workplace import Workplaces
from briefing.korean.wordlists import listed, worded
from briefing.model import MoveKind, Span

_CANDIDATE = re.compile(r"\s?(?:최종|단독)?\s?후보자?$")
_RANK = worded(r"{moves.seats.ranks}|(?<!대표)(?<!사내)(?<!사외)(?<!등기)(?<!비상무)이사|위원$")
# Ranks that are offices as well: who becomes one is appointed.
_DEGREES = listed("people.degrees")
_FOUNDERS = listed("moves.seats.founders")
_DEATHS = worded(r"{moves.seats.deaths}")
_OFFICES = listed("moves.seats.offices")
# Told of a house alone: 누리에 둥지를 틀었다, 다솔 임원후보추천위가 A를 최종 후보로.
_HOUSE_ENOUGH = frozenset({"joins the house", "joins the board", "enters the board", "is made candidate"})
# A는 [내년에도] 지휘봉을 잡는다
_STILL = worded(r"(?<![가-힣]){moves.endings.still}\s")
# Their seats are left by officials and professors too.
_ON_BOARDS = listed("moves.seats.on_boards")
# Posts at the top of a house.
_HEADS = listed("moves.seats.heads")
_GROUP_BAND = re.compile(r"그룹\s부회장단에")
_DELEGATION = worded(r"{occasions.trip.delegations}|{occasions.meeting.delegations}")
# 이사장으로 임명했다; 임명 제청했다 proposes, 후보로 추천했다 too.
_BY_OFFICE = worded(r"{moves.seats.by_office}(?!\s?{moves.seats.proposed})")
# Ranks of enterprises alone.
_FIRM_RANKS = listed("moves.seats.firm_ranks")
_BARE_RANKS = frozenset({"사장"})
# A를 [다시] 대표로 뽑았다: the adverb in front of the post, a house between.
_ANEW = worded(r"(?<![가-힣]){moves.endings.again}\s(?:[가-힣A-Za-z0-9&]{2,12}\s){0,2}$")
# 연말까지만 [대표직을 수행하고]: who holds the post serves it out.
_UNTIL = re.compile(r"(?<=까지)(?P<only>만)?\s(?:[가-힣]{2,6}\s)?$")
_UNTIL_REACH = 12
# 내년 3월 주총까지만 자리를 지킨다
_STAYS_UNTIL = worded(r"까지(?:만|는)\s(?:{moves.seats.stays_at}\s?)?$")


# 6월까지 자리를 지킨 [뒤] 회사를 떠난다
_AND_THEN = re.compile(r"\s?(?:뒤|후)\s")


class Judgement:
    """Judges the candidates of one document."""

    def __init__(self, document: Document, posts: Posts, workplaces: Workplaces) -> None:
        self._doc = document
        self._posts = posts
        self._workplaces = workplaces

    def kind_and_role(
        self, clause: Clause, mention: Mention, post: Title | None, role: str | None
    ) -> tuple[MoveKind, str | None]:
        """Kind and role of a move: candidates take the post they stand for, ranks are risen to."""
        persona = self._doc.persona_of(mention)
        rule, kind = clause.predicate.rule, clause.predicate.kind
        if rule == "becomes" and role in RANKS - _OFFICES():
            kind = MoveKind.PROMOTED  # 상무는 전무가 된다
        taken = kind in {MoveKind.APPOINTED, MoveKind.PROMOTED}
        if taken and role is not None and _CANDIDATE.search(role):
            kind, role = self._candidacy(clause, mention, post, role)
        if kind is MoveKind.RETAINED and role is not None and _CANDIDATE.search(role):
            role = _CANDIDATE.sub("", role) or self._posts.candidate_for(post) or mention.title or role
        if kind is MoveKind.APPOINTED and post is not None and self._anew(clause, mention, post):
            kind = MoveKind.RETAINED
        if kind is MoveKind.APPOINTED and (until := self._served_out(clause, persona, post)) is not None:
            kind = MoveKind.DEPARTED if until["only"] else kind
            role = role.removesuffix("직") if role is not None else None
        # 카드 대표로는 A 부사장을, 은행 대표로는 B 대표를 다시 추천했다: only B again
        first = rule == "chosen again" and post is not None and mention.particle in OBJECT
        if first and self._chosen_with_others(clause, mention) and not self._posts.holds(persona, role or ""):
            kind = MoveKind.APPOINTED
        if kind is MoveKind.RETAINED and mention.former and rule == "is put in the post":
            kind = MoveKind.APPOINTED  # A 전 대표를 고문으로 다시 불러들였다
        if kind is MoveKind.APPOINTED and post is None and self._still(clause, mention):
            kind, role = MoveKind.RETAINED, mention.title or role
        if (
            post is not None
            and role in RANKS
            and _GROUP_BAND.match(self._doc.text, max(0, post.span.start - 3))
        ):
            kind = MoveKind.PROMOTED  # 사장이 그룹 부회장단에 합류한다
        chosen = rule.startswith("발탁") and kind is MoveKind.APPOINTED and not mention.former
        if chosen and mention.title and role in RANKS - _OFFICES() and _RANK().search(role):
            kind = MoveKind.PROMOTED  # A 부장은 상무보로 발탁됐다
        if rule == "remains" and post is not None and not self._posts.holds(persona, post.text):
            kind = MoveKind.APPOINTED  # 고문으로 남는다: in the house, in another role
        kind = self.of_part(kind, role)  # 새 대표에 올랐다
        if kind is MoveKind.DEPARTED and role in _FOUNDERS() and not (persona.former or persona.past):
            # 창업주 A 회장이 별세했다: of what he is, the post
            role = next((t for t in persona.titles if post_kind(t) != "other" and t not in _FOUNDERS()), role)
        return kind, role

    @staticmethod
    def of_part(kind: MoveKind, role: str | None) -> MoveKind:
        """사장 겸 CEO로 승진한다: the rank is risen to, the post taken."""
        post = kind is MoveKind.PROMOTED and role is not None and not _RANK().search(role)
        return MoveKind.APPOINTED if post else kind

    def _candidacy(
        self, clause: Clause, mention: Mention, post: Title | None, stood_for: str
    ) -> tuple[MoveKind, str | None]:
        """What a candidate is to be: the post stood for, the one held already, or the one the text seeks."""
        persona, rule = self._doc.persona_of(mention), clause.predicate.rule
        kind = MoveKind.APPOINTED
        # 차기 회장 후보로 확정: who holds the post already will keep it
        held = mention.title if not mention.former else None
        named = _CANDIDATE.sub("", stood_for) or self._posts.candidate_for(post)
        role = named or held
        home = mention.company or persona.company
        here = home is None or home == self._workplaces.of(clause, mention, post)
        if role and here and self._posts.holds(persona, role) and not mention.former:
            kind = MoveKind.RETAINED
        # A 전무를 최종 후보로: a mere rank is no post to be chosen for again
        # nor 사업부문장인 A 사장을 유력 후보로
        ranked = held not in _HEADS() or (held in _BARE_RANKS and self._heads_unit(persona))
        rank = named is None and held in RANKS and ranked
        unsaid = rule == "name put up" or not here or rank
        if named is None and kind is MoveKind.RETAINED and unsaid:
            # 내부 후보로 이름을 올렸다: of which post, the text tells elsewhere
            kind, role = MoveKind.APPOINTED, self._posts.sought()
        sought = self._posts.sought() if named is None and kind is MoveKind.RETAINED else None
        if sought is not None and not self._posts.holds(persona, sought):
            kind, role = MoveKind.APPOINTED, sought  # 차기 회장을 뽑는다. … A 행장을 단독 후보로
        return kind, role

    def unfit(  # noqa: PLR0917
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
        # A 박사가 대표이사직을 내놓는다
        scholar = kind is MoveKind.DEPARTED and set(persona.titles) <= _DEGREES()
        seat = kind is MoveKind.DEPARTED and post is not None
        seat = seat and post is not None and post.text.removesuffix("직") in _ON_BOARDS()
        taken = (kind is MoveKind.RETAINED or scholar or seat) and post is not None
        taken = taken and post is not None and post_kind(post.text) == "executive"
        chair = role is not None and role.endswith("의장") and self._doc.subject is not None
        if persona.fictional:
            return "a person of a play"
        if kind is MoveKind.APPOINTED and role is not None and self._leads_journey(role):
            return "leads a delegation"
        died = kind is MoveKind.DEPARTED and role in _FOUNDERS()
        if died and _DEATHS().match(self._doc.text, clause.predicate.span.start):
            return "held no post"
        if judged and kind in {MoveKind.DEPARTED, MoveKind.RETAINED} and not (taken or chair):
            return "the organisation is no enterprise"
        text, at = self._doc.text, clause.predicate.span.start
        head = role is not None and heads_state_house(role, company) and _BY_OFFICE().match(text, at)
        if not (chair or head or concerns_executives(persona.executive, role)):
            return "no executive post"
        if kind is MoveKind.APPOINTED and self._served_out(clause, persona, post) is not None:
            return "serves on until then"
        if kind is MoveKind.RETAINED and _STAYS_UNTIL().search(text, clause.before.start, at) is not None:
            return "stays only until then"
        if kind is MoveKind.RETAINED and _AND_THEN.match(text, clause.predicate.span.end):
            return "stays, then goes"
        bare = kind is MoveKind.APPOINTED and not role and not self._posts.at_helm(clause)
        if bare and clause.predicate.rule not in _HOUSE_ENOUGH:
            return "no post said"
        if company is not None and no_enterprise(company, self._doc) and not persona.executive:
            return f"{company} is no enterprise"
        ranked = role in _FIRM_RANKS() and not self._doc.civil  # 팀장은 상무로 발탁됐다
        if company is None and (not persona.executive or self._doc.civil) and not ranked:
            return "no enterprise in sight"
        return None

    def _leads_journey(self, role: str) -> bool:
        """True for the head of a delegation, which is no post: A 협회장이 단장을 맡았다; not for 구매단장."""
        alone = role == "단장" or _DELEGATION().search(role.removesuffix("장")) is not None
        return alone and role.endswith("단장") and _DELEGATION().search(self._doc.text) is not None

    def _served_out(self, clause: Clause, persona: Persona, post: Title | None) -> re.Match[str] | None:
        """A 대표는 [연말까지(만)] 대표직을 수행한다: who holds the post takes none."""
        if post is None or clause.predicate.frame != "subject":
            return None
        at = post.span.start
        until = _UNTIL.search(self._doc.text, max(clause.sentence.span.start, at - _UNTIL_REACH), at)
        if until is None or not self._posts.holds(persona, post.text.removesuffix("직")):
            return None
        house = self._workplaces.beside(clause, post)
        return until if house in {None, persona.company} else None

    def _chosen_with_others(self, clause: Clause, mention: Mention) -> bool:
        """True if another person stands between somebody and the verb."""
        return bool(self._doc.mentions_in(Span(mention.span.end, clause.predicate.span.start)))

    @staticmethod
    def _heads_unit(persona: Persona) -> bool:
        """True for who heads a part of the house (네트워크부문장): the rank beside the name is only that."""
        return any(t.endswith("장") and not _RANK().search(t) for t in persona.titles)

    def _still(self, clause: Clause, mention: Mention) -> bool:
        """A 대표는 내년에도 지휘봉을 잡는다: who is at the helm stays there."""
        stop = clause.predicate.span.end
        at_helm = mention.title is not None and not mention.former and mention.title.split()[-1] in _HEADS()
        return (
            at_helm
            and mention.span.end < stop
            and bool(_STILL().search(self._doc.text, mention.span.end, stop))
        )

    def _anew(self, clause: Clause, mention: Mention, post: Title) -> bool:
        """A 대표를 다시 대표이사로 뽑았다: chosen again for the post still held."""
        if clause.predicate.frame == "recipient" or mention.former or mention.span.end > post.span.start:
            return False
        again = _ANEW().search(self._doc.text, mention.span.end, post.span.start)
        if again is None or mention.title is not None:
            return again is not None and mention.title is not None and same_rank(mention.title, post.text)
        return self._posts.holds(self._doc.persona_of(mention), post.text)
