"""At which company a move takes place."""

from __future__ import annotations

import re

from briefing.extract.arguments import Clause
from briefing.extract.companies import is_enterprise_name, is_public
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import AT_HOME
from briefing.extract.titles import RANKS, Title
from briefing.korean.lexicon import Lexicon, words
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

# Bodies whose officers are heads of other firms.
_BODIES = tuple(words("organisations.toml", "business"))
# Between a company and its post: 가람상의 제25대 회장에, 가람건설(대표 …)의 신임 대표로.
_TO_POST = worded(r"(?:\([^()]{0,30}\))?의?\s?(?:(?:제?\s?\d+대|{moves.seats.qualified})\s?){0,3}")
_GROUP = re.compile(r"(?<![가-힣A-Za-z0-9])그룹\s(?:신임\s|[가-힣A-Za-z]{2,8}\s)?$")
# A word right before a post that names its house, though no company's ending tells it.
_HOUSE = worded(r"([가-힣A-Za-z0-9&]{2,14}{organisations.houses})\s(?:신임\s|차기\s|새\s)?$")


class Workplaces:
    """Decides on companies of moves in one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._doc = document
        self._lexicon = lexicon

    def of(self, clause: Clause, mention: Mention, post: Title | None) -> str | None:
        """The company of a move: beside the post, else the clause's topic or the person's own."""
        if post is not None and (house := self.beside(clause, post)) is not None:
            return house
        persona = self._doc.persona_of(mention)
        topic = self.topic(clause)
        own = mention.company if not mention.former and not is_public(mention.company) else None
        subject = self._doc.subject
        home = persona.company if not persona.former and not is_public(persona.company) else None
        if clause.predicate.kind is not MoveKind.APPOINTED:
            if topic is not None and topic.endswith(_BODIES):
                return topic  # 협회는 A 회장을 재추대했다
            if own is None and not self._stated(mention):
                return topic or subject or persona.company
            return own or home or topic or subject
        if own and topic and self._is_group(topic):
            return own
        if topic is not None:
            return topic
        home = own or home
        if subject is None or (home is not None and persona.executive and self._related(subject, home)):
            return home or subject
        return subject  # somebody from elsewhere takes a post at the house the text is about

    def _stated(self, mention: Mention) -> bool:
        """True if the text names the person's company beside the name somewhere."""
        return any(
            m.company is not None and m.persona == mention.persona
            for m in (*self._doc.mentions, *self._doc.headline)
        )

    def paired(self, clause: Clause, post: Title, mention: Mention) -> str | None:
        """The company where the post is named before the person: CTO는 손 아무개 온터페이 CTO가 맡는다."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        subject = self._doc.subject
        if subject is not None and self._is_group(subject):
            subject = None
        return self.beside(clause, post) or self.topic(clause, mention.span.start) or subject

    def beside(self, clause: Clause, post: Title) -> str | None:
        """The company that the post is named with: 온새미손해보험 대표이사, 누리은행장."""
        document = self._doc
        if post.prefix:
            if is_enterprise_name(post.prefix) and post.heads[0] in RANKS:
                return self._lexicon.canonical(post.prefix)
            if post.heads[0] == "은행장":
                return self._lexicon.canonical(f"{post.prefix}은행")
        floor = max(clause.sentence.span.start, post.span.start - 40)
        if _GROUP.search(document.text, floor, post.span.start):
            before = document.companies_in(Span(0, post.span.start))
            group = next((c.name for c in reversed(before) if self._is_group(c.name)), None)
            if group is not None:
                return group  # 그룹 부회장으로
        for company in reversed(document.companies_in(Span(floor, post.start_head))):
            gap = document.text[company.span.end : post.span.start]
            if company.particle in {"", "의"} and _TO_POST().fullmatch(gap):
                return company.name
        house = _HOUSE().search(document.text[floor : post.span.start])
        return house.group(1) if house and clause.predicate.kind is MoveKind.APPOINTED else None

    def each(self, post: Title, count: int) -> list[str]:
        """벼리증권과 벼리캐피탈 대표에 각각: as many companies before the post as there are persons."""
        document = self._doc
        found: list[str] = []
        stop = post.span.start
        for company in reversed(document.companies_in(Span(max(0, stop - 60), post.start_head))):
            gap = document.text[company.span.end : stop].strip()
            if gap not in {"", "과", "와", ",", "·", "및"}:
                break
            found.insert(0, company.name)
            stop = company.span.start
        return found if len(found) == count else []

    def topic(self, clause: Clause, stop: int | None = None) -> str | None:
        """The company that the clause, or what its sentence says before it, is about; told before `stop`."""
        nearest = Span(clause.before.start, max(clause.before.start, stop or clause.before.end))
        for span in (nearest, Span(clause.sentence.span.start, clause.before.start)):
            for company in reversed(self._doc.companies_in(span)):
                if company.particle in AT_HOME and not self._doc.quoted(company.span.start):
                    if company.particle == "에서" and any(
                        t.tag == "ETM" for t in tokens_in(clause.sentence, Span(company.span.end, span.end))
                    ):
                        continue  # 가람전자에서 물류를 맡던 A 부사장: what somebody did before
                    return company.name
        return None

    def _related(self, one: str, other: str) -> bool:
        """True for houses of one group, as far as their names and the lexicon tell."""
        if one[:2] == other[:2] or self._is_group(one):
            return True
        known = [c for n in (one, other) if (c := self._lexicon.company(n)) is not None]
        return len(known) == 2 and bool(known[0].group) and known[0].group == known[1].group

    def _is_group(self, name: str) -> bool:
        known = self._lexicon.company(name)
        return name.endswith("그룹") or (known is not None and known.is_group)
