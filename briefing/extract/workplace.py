"""At which company a move takes place."""

from __future__ import annotations

import re

from briefing.extract.arguments import Clause
from briefing.extract.companies import is_enterprise_name
from briefing.extract.document import Document, Mention
from briefing.extract.titles import Title
from briefing.korean.lexicon import Lexicon
from briefing.model import MoveKind, Span

_TOPICAL = frozenset({"은", "는", "이", "가", "에서는", "에서", "도", "측은"})
# A word right before a post that names its house, though no company's ending tells it.
_HOUSE = re.compile(
    r"([가-힣A-Za-z0-9&]{2,14}(?:연구소|재단|연구원|아카데미|센터|협회|조합))\s(?:신임\s|차기\s|새\s)?$"
)


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
        own = mention.company if not mention.former else None
        if clause.predicate.kind is MoveKind.APPOINTED:
            if own and topic and self._is_group(topic):
                return own
            return topic or own or (persona.company if not persona.former else None) or self._doc.subject
        return own or persona.company or topic or self._doc.subject

    def paired(self, clause: Clause, post: Title) -> str | None:
        """The company where the post is named before the person: CTO는 손 아무개 온터페이 CTO가 맡는다."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        subject = self._doc.subject
        if subject is not None and self._is_group(subject):
            subject = None
        return self.beside(clause, post) or self.topic(clause) or subject

    def beside(self, clause: Clause, post: Title) -> str | None:
        """The company that the post is named with: 온새미손해보험 대표이사, 누리은행장."""
        document = self._doc
        if post.prefix:
            if is_enterprise_name(post.prefix):
                return self._lexicon.canonical(post.prefix)
            if post.heads[0] == "은행장":
                return self._lexicon.canonical(f"{post.prefix}은행")
        floor = max(clause.sentence.span.start, post.span.start - 40)
        for company in reversed(document.companies_in(Span(floor, post.start_head))):
            gap = document.text[company.span.end : post.span.start]
            if not company.particle.strip("의") and not gap.strip(" 의신임차기새첫공동"):
                return company.name
        house = _HOUSE.search(document.text[floor : post.span.start])
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

    def topic(self, clause: Clause) -> str | None:
        """The company that the clause, or the sentence before it, is about."""
        for span in (clause.before, Span(clause.sentence.span.start, clause.before.start)):
            for company in reversed(self._doc.companies_in(span)):
                if company.particle in _TOPICAL and not self._doc.quoted(company.span.start):
                    return company.name
        return None

    def _is_group(self, name: str) -> bool:
        known = self._lexicon.company(name)
        return name.endswith("그룹") or (known is not None and known.is_group)
