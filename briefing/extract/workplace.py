"""At which company a move takes place."""

from __future__ import annotations

import re

from briefing.extract.affiliation import NOT_HOME, is_stated
from briefing.extract.arguments import Clause
from briefing.extract.asides import stands_aside
from briefing.extract.bodies import is_outside, state_owned
from briefing.extract.branches import branch, branch_before, head_office, house_of_kind
from briefing.extract.companies import is_enterprise_name, is_public, is_unit
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.handovers import handed_house, house_of_new_head, left_alone
from briefing.extract.particles import AT_HOME
from briefing.extract.parts import is_function, is_part, is_unit_group
from briefing.extract.places import place_names
from briefing.extract.titles import RANKS, Title, same_rank, title_kind
from briefing.korean.lexicon import Lexicon, words
from briefing.korean.wordlists import affixes, worded
from briefing.model import MoveKind, Span

# Bodies whose officers are heads of other firms.
# The word before a post, and the topic that a sentence begins with.
_REACH = 20
_WORD_BEFORE = re.compile(r"(?<![가-힣])(?P<w>[가-힣]{2,12}?)의?\s$")
_TOPIC_WORD = worded(r"(?:{moves.seats.sentence_openings},?\s)?(?P<w>[가-힣]{3,12}?)(?:은|는)\s")
_BANK = len("은행")
_BODIES = tuple(words("organisations.toml", "business"))
# Between a company and its post: 가람상의 제25대 회장에, 가람건설(대표 …)의 신임 대표로.
_TO_POST = worded(r"[’'”\"]?(?:\([^()]{0,30}\))?의?\s?(?:(?:제?\s?\d+대|{moves.seats.qualified})\s?){0,3}")
# 계열사 다솔저축은행의 [영업 담당] 부행장으로: the unit between a company and its post.
_OF_UNIT = re.compile(
    r"의\s(?:(?![가-힣]+(?:은|는|이|가|을|를|에|에서|로|의|와|과|도)\s)[가-힣A-Za-z0-9·]{1,10}\s){1,3}"
)
# 다솔 [아시아 지역] 총괄로, 다솔 [북미] 법인장에
_OF_REGION = worded(
    r"의?\s(?:(?:{places.countries}|글로벌)[·‧]?){1,3}\s?(?:{organisations.regions})?\s?(?:{moves.seats.qualified}\s)?"
)
# 다솔 [해외사업본부의 초대] 본부장으로
_UNIT_OF = worded(
    r"\s(?:[가-힣A-Za-z0-9·]{1,10}\s)?[가-힣A-Za-z0-9·]{1,10}{organisations.units}의\s(?:{moves.seats.qualified}\s)?|\s본사의?\s(?:[가-힣A-Za-z]{1,8}\s){0,2}"
)
# 다솔의 새 사령탑으로, 다솔 임시 주주총회에서, 다솔 이사회에.
_SEAT = worded(
    r"\s(?:{moves.boards.kinds}\s){0,2}(?:{moves.seats.helm}|{moves.seats.bands}(?=에)|{moves.boards.words}(?!\s의장|\s?사무국))"
)
_MEETS = worded(r"에서|(?:을|를)\s{moves.boards.held}")
# 다솔을 이끌 [대표에], 다솔을 세우고 [공동대표에 올랐다]
_LEADS = worded(r"\s(?:이끌\s|(?:함께\s|공동\s)?{moves.seats.founding})")
# 가람호텔에서 제44회 정기총회를 열어
_ROOM_REACH = 40
_VENUE = worded(
    r"{moves.boards.venues}에서\s(?:[가-힣A-Za-z0-9]{1,12}\s){0,3}{moves.boards.meetings}(?:을|를)\s(?:열|개최|갖|가졌|치)"
)
_FETCHED = worded(r"에서\s[^.,\n]{0,40}[을를]\s{moves.seats.fetched}")
_LED_BODY = worded(r"(?:{organisations.spoken_of})(?:을|를)\s(?:[가-힣0-9]{1,6}\s){0,2}{firms.led}")
_HOUSE_UNITS = affixes("organisations.house_units")
_GOES_TO = worded(r"(?:으로|로)\s{moves.seats.goes_to}")
_LAST_WORD = worded(r"(?<![가-힣A-Za-z0-9])(?P<w>[가-힣A-Za-z0-9&]{3,12}?)의?\s(?:{moves.seats.coming}\s)?$")
# 그룹 내 손해보험사로 옮겨 대표를 맡는다: a house that the sentence does not name.
_ELSEWHERE = worded(
    r"(?<![가-힣])(?:[가-힣]{0,4}{moves.seats.unnamed_houses}|(?:다른|타)\s[가-힣]{2,5})"
    r"(?:으로|로)\s{moves.seats.goes_to}"
)
# 그룹 부회장에; who is 그룹 최연소 대표 heads a house of it.
_GROUP = worded(
    r"(?<![가-힣A-Za-z0-9])(그룹|지주)\s(?!{moves.seats.singled_out}\s)(?:신임\s|[가-힣A-Za-z]{2,8}\s)?$"
)
_TOPICS = frozenset({"은", "는", "에서는", "에선"})
_THE_GROUP = re.compile(r"(?<![가-힣A-Za-z0-9])그룹(?:의|은|에서는)?\s(?!부?회장|사장)")
# A word right before a post that names its house, though no company's ending tells it.
_HOUSE = worded(r"([가-힣A-Za-z0-9&]{2,14}{organisations.houses})\s(?:신임\s|차기\s|새\s)?$")


class Workplaces:
    """Decides on companies of moves in one document."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._doc = document
        self._lexicon = lexicon
        # Where moves have been told so far, and at which company.
        self._told: list[tuple[int, str]] = []

    def tell(self, at: int, company: str | None) -> None:
        """A move at a company has been told in the sentence that begins at an offset."""
        if company is not None:
            self._told.append((at, company))

    def of(self, clause: Clause, mention: Mention, post: Title | None) -> str | None:
        """The company of a move: beside the post, else the clause's topic or the person's own."""
        if post is not None and (house := self.beside(clause, post)) is not None:
            house = house_of_kind(self._doc, house) or house
            rises = clause.predicate.frame == "behind" and not mention.former
            # 다솔그룹 사장 승진자는 A 다솔전자 부사장이다
            return mention.company if rises and mention.company and self._is_group(house) else house
        persona = self._doc.persona_of(mention)
        home = mention.company or persona.company
        house = (
            handed_house(self._doc, clause, mention, self.beside)
            or self._bank(post, home)
            or self._seat(clause, mention)
            or head_office(self._doc, clause, home)
            or branch(self._doc, clause, mention, post)
            or house_of_new_head(self._doc, clause, mention, post)
        )
        if house is not None:
            return house
        topic = self.topic(clause)
        if topic is None and (house := self._running(clause, mention)) is not None:
            return house
        own = mention.company if not mention.former and not is_public(mention.company) else None
        own = None if own is not None and is_part(own) else own
        subject = self._doc.subject
        stays = not persona.former or clause.predicate.rule == "remains"  # 전 대표는 고문으로 남는다
        home = persona.company if stays and not is_public(persona.company) else None
        if clause.predicate.kind is not MoveKind.APPOINTED:
            if (body := self._body(clause, mention, topic, post)) is not None:
                return body
            if own is None and not is_stated(self._doc, mention):
                if (led := self._served(clause, mention)) is not None:
                    return led
                if subject is not None and (self._is_group(subject) or _is_holding(subject)):
                    return topic or persona.company or subject
                return topic or subject or persona.company
            return own or home or topic or subject
        if own and topic and self._is_group(topic):
            return own
        if _ELSEWHERE().search(self._doc.text, clause.before.start, clause.predicate.span.start):
            return None
        if topic is not None:
            return topic
        home = own or home
        if subject is None or (home is not None and persona.executive and self._related(subject, home)):
            return home or subject
        # somebody from elsewhere takes a post at the house the text is about
        return None if left_alone(self._doc, mention) else subject

    def outside(self, clause: Clause, post: Title | None, mention: Mention) -> str | None:
        """The office that a post belongs to: 합동참모본부 작전본부장에는, 기획재정부는 … 세제실장에."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        if post is None and not mention.former and state_owned(mention.company or ""):
            return None  # 산업부는 A 나래공사 사장을 임명했다
        office = self._office(clause, post)
        beside = self.beside(clause, post) if office is not None and post is not None else None
        return office if beside is None else None

    def _office(self, clause: Clause, post: Title | None) -> str | None:
        """The office named before a post, or that a sentence about no company begins with."""
        text = self._doc.text
        if post is not None:
            before = _WORD_BEFORE.search(text, max(0, post.span.start - _REACH), post.span.start)
            if before is not None and is_outside(before["w"]) and not self._inside(clause, before["w"]):
                return before["w"]
        topic = _TOPIC_WORD().match(text, clause.sentence.span.start, clause.predicate.span.start)
        outside = topic is not None and is_outside(topic["w"]) and self.topic(clause) is None
        return topic["w"] if topic is not None and outside else None

    def _bank(self, post: Title | None, home: str | None) -> str | None:
        """차기 은행장에 A 부행장: in an article on a holding the person's bank, or the one it names."""
        subject = self._doc.subject
        if post is None or post.heads[0] != "은행장" or subject is None:
            return None
        if not (_is_holding(subject) or self._is_group(subject)):
            return None
        banks = {c.name for c in self._doc.companies if c.name.endswith("은행") and len(c.name) > _BANK}
        if home in banks:
            return home
        return banks.pop() if len(banks) == 1 else None

    def _seat(self, clause: Clause, mention: Mention) -> str | None:
        """The company whose board decides, whose helm it is, or to which somebody goes back."""
        text, kind = self._doc.text, clause.predicate.kind
        decided = clause.predicate.form == "resolved" or clause.predicate.frame == "object"
        if kind is MoveKind.DEPARTED and not decided:
            return None
        start = clause.sentence.span.start
        for company in reversed(self._doc.companies_in(Span(start, clause.predicate.span.end))):
            inside = company.span.start >= clause.before.start
            behind = company.span.end + (company.particle == "의")
            if company.particle in {"", "의"} and (inside or company.span.end < mention.span.start):
                seat = _SEAT().match(text, behind)
                if seat is not None and (inside or _MEETS().match(text, seat.end())):
                    return company.name
            if inside and company.particle in {"을", "를"} and _LEADS().match(text, behind + 1):
                return company.name
            if inside and company.particle in {"으로", "로"} and _GOES_TO().match(text, behind):
                return company.name
        return None

    def _served(self, clause: Clause, mention: Mention) -> str | None:
        """다솔화학을 4년 동안 지휘한 [A 사장]은: the house whose work modifies the name."""
        start = clause.sentence.span.start
        for company in reversed(self._doc.companies_in(Span(start, mention.span.start))):
            if company.particle in AT_HOME - {"에서"}:
                return None
            left = NOT_HOME().match(self._doc.text, company.span.end)  # 누리를 거친 A
            if not left and company.particle in {"을", "를", "에서"}:
                inside = tokens_in(clause.sentence, Span(company.span.end, mention.span.start))
                if not any(t.tag == "ETM" for t in inside[-2:]):
                    continue
                # 다솔에서 투자를 지휘해 온 [A]: still there; 누리에서 영입된: no longer
                if company.particle != "에서" or any(t.form == "오" and t.tag == "VX" for t in inside):
                    return company.name
        return None

    def _body(self, clause: Clause, mention: Mention, topic: str | None, post: Title | None) -> str | None:
        """협회는 A 회장을 재추대했다, 협회를 이끈 다솔 A 회장은: the post is the body's, not the firm's."""
        if topic is not None and topic.endswith(_BODIES):
            return topic
        text, start, subject = self._doc.text, clause.sentence.span.start, self._doc.subject
        if subject is None or not subject.endswith(_BODIES):
            return None
        if post is not None and mention.company and not same_rank(post.head, mention.title or ""):
            return subject  # A 누리전자 대표는 부회장에서 물러났다
        led = _LED_BODY().search(text, start, max(start, mention.span.start))
        return subject if led is not None else None

    def paired(self, clause: Clause, post: Title, mention: Mention, lately: str | None = None) -> str | None:
        """The company where the post is named before the person: CTO는 손 아무개 온터페이 CTO가 맡는다.

        `lately` is the one beside the post of the pair before: 다솔 대표에는 A가, [CTO에는] B가.
        """
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        subject = self._doc.subject
        if subject is not None and self._is_group(subject):
            subject = None
        home = mention.company or self._doc.persona_of(mention).company
        beside = self.beside(clause, post) or self._bank(post, home) or self._seat(clause, mention)
        return beside or (
            branch_before(self._doc, post)
            or self.topic(clause, mention.span.start)
            or lately
            or self._running(clause, mention)
            or (None if left_alone(self._doc, mention) else subject)
        )

    def beside(self, clause: Clause, post: Title) -> str | None:
        """The company that the post is named with: 온새미손해보험 대표이사, 누리은행장."""
        document = self._doc
        if post.prefix:
            if is_enterprise_name(post.prefix) and post.heads[0] in RANKS:
                return self._lexicon.canonical(post.prefix)
            if post.heads[0] == "은행장":
                return self._lexicon.canonical(f"{post.prefix}은행")
        floor = max(clause.sentence.span.start, post.span.start - 40)
        if (parent := _GROUP().search(document.text, floor, post.span.start)) is not None:
            before = document.companies_in(Span(0, post.span.start))
            kinds = (self._is_group,) if parent.group(1) == "그룹" else (_is_holding, self._is_group)
            house = next((c.name for suits in kinds for c in reversed(before) if suits(c.name)), None)
            if house is not None:
                return house  # 그룹 부회장으로, 지주 재무부문 부사장으로
        for company in reversed(document.companies_in(Span(floor, post.start_head))):
            gap = document.text[company.span.end : post.span.start]
            if company.name in place_names():
                continue
            if company.particle in {"", "의"} and (
                _TO_POST().fullmatch(gap)
                or _OF_UNIT.fullmatch(gap)
                or _UNIT_OF().fullmatch(gap)
                or _OF_REGION().fullmatch(gap)
            ):
                return company.name
        if (sister := self._sister(floor, post.span.start)) is not None:
            return sister
        named = _HOUSE().search(document.text[floor : post.span.start])
        if named is None or clause.predicate.kind is not MoveKind.APPOINTED:
            return None
        return None if self._inside(clause, named.group(1)) else named.group(1)

    def _inside(self, clause: Clause, house: str) -> bool:
        """다솔은 A를 [중앙연구소] 본부장으로 영입했다: a part of the firm that the clause is about."""
        return house.endswith(_HOUSE_UNITS()) and self.topic(clause) is not None

    def _sister(self, floor: int, stop: int) -> str | None:
        """The word before a post that is built like a firm's name, or like two here: [다솔슈퍼] 대표."""
        word = _LAST_WORD().search(self._doc.text[floor:stop])
        if word is None or is_unit(word["w"]) or is_part(word["w"]) or title_kind(word["w"]) is not None:
            return None
        if is_enterprise_name(word["w"]) and len(word["w"]) > 3 and not is_public(word["w"]):
            if is_function(word["w"]):
                return None  # 임상개발 부사장
            return self._lexicon.canonical(word["w"])
        stem = word["w"][:2]
        houses = {c.name for c in self._doc.companies if c.name.startswith(stem) and len(c.name) > 2}
        marked = word["w"][:-1] in houses or word["w"][:-2] in houses  # 다솔마트는
        return word["w"] if len(houses - {word["w"]}) > 1 and not marked else None

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
                    if is_unit_group(company.name):
                        continue
                    behind = Span(company.span.end, company.span.end + 80)
                    ahead = self._doc.text[company.span.end : company.span.end + _ROOM_REACH]
                    if stands_aside(self._doc.text, company, self._doc.companies_in(behind)):
                        continue
                    if company.particle == "에서" and _VENUE().search(company.name + ahead):
                        continue  # 가람호텔에서 정기총회를 열어: a room
                    if company.particle == "에서" and _FETCHED().search(
                        self._doc.text, company.span.end, clause.predicate.span.start
                    ):
                        continue  # 누리에서 A를 데려와 CMO에 앉혔다: where somebody came from
                    if company.particle == "에서" and any(
                        t.tag == "ETM" for t in tokens_in(clause.sentence, Span(company.span.end, span.end))
                    ):
                        continue  # 가람전자에서 물류를 맡던 A 부사장: what somebody did before
                    return company.name
        return None

    def _running(self, clause: Clause, mention: Mention) -> str | None:
        """The company a paragraph has come to, where moves at several are told and a sentence names none.

        다솔은 안정을 택했다. [대표는] A 사장이 유임됐다.
        """
        document, start = self._doc, clause.sentence.span.start
        if mention.company is not None or is_stated(self._doc, mention):
            return None
        told_here = document.companies_in(Span(start, clause.predicate.span.end))
        if any(not document.quoted(c.span.start) for c in told_here):
            return None
        if (group := self._of_group(clause, mention)) is not None:
            return group
        paragraph = document.paragraph_at(start)
        opens = paragraph.start if paragraph is not None else 0
        houses = {name for _, name in self._told}
        wide = len(houses) > 2 or (document.subject is not None and self._is_group(document.subject))
        told = [(at, n) for at, n in self._told if wide and opens <= at < start and not is_part(n)]
        told += [
            (c.span.start, c.name)
            for c in document.companies_in(Span(opens, start))
            if c.particle in _TOPICS and not is_part(c.name) and not document.quoted(c.span.start)
            if not stands_aside(document.text, c, ())
        ]
        before = document.sentences[max(document.sentence_index(start) - 1, 0)].span.start
        told += [
            (c.span.start, c.name)
            for c in document.companies_in(Span(max(before, opens), start))
            if c.particle == "도" and not is_part(c.name)  # 누리건설도 인사를 냈다. [A 사장은 …]
        ]
        at, house = max(told, default=(0, None))
        subject = document.subject
        if house is None or house == subject or subject is None:
            return None
        just = at >= before and not self.is_head(house)
        near = self._related(subject, house) or house in houses or just
        # 누리건설은 수장을 바꿨다. [A 대표가 물러났다]: nobody told of before
        persona = document.persona_of(mention)
        fresh = just and persona.first == mention.name and persona.company == house
        fresh = fresh and not any(before <= told_at < start and n != house for told_at, n in self._told)
        return house if near and (len(houses) > 1 or fresh) else None

    def _of_group(self, clause: Clause, mention: Mention) -> str | None:
        """그룹 컨트롤타워인 경영조정실은 A 실장이: the group told of before."""
        start = clause.sentence.span.start
        if not _THE_GROUP.search(self._doc.text, start, max(start, mention.span.start)):
            return None
        before = reversed(self._doc.companies_in(Span(0, start)))
        return next((c.name for c in before if self._is_group(c.name)), None)

    def _related(self, one: str, other: str) -> bool:
        """True for houses of one group, as far as their names and the lexicon tell."""
        if one[:2] == other[:2] or self._is_group(one):
            return True
        known = [c for n in (one, other) if (c := self._lexicon.company(n)) is not None]
        return len(known) == 2 and bool(known[0].group) and known[0].group == known[1].group

    def is_head(self, name: str) -> bool:
        """True for a group or a holding."""
        return self._is_group(name) or _is_holding(name)

    def _is_group(self, name: str) -> bool:
        known = self._lexicon.company(name)
        return name.endswith("그룹") or (known is not None and known.is_group)


def _is_holding(name: str) -> bool:
    """True for a holding company by its name."""
    return name.endswith(("지주", "홀딩스"))
