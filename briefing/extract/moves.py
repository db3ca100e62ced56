"""Personnel moves told in prose: who takes, rises to, leaves or keeps which post.

For each predicate (`predicates.py`) the persons are looked for where its frame says: before it as subject
or object, as recipient (에게), or behind it where it modifies them (선임된 A 사장). The post is the title
that stands before the predicate with a particle of direction (대표이사에), else the title the person bears.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.background import is_told, why_no_news
from briefing.extract.carrying import carried, counted, givers, stood_in_for
from briefing.extract.document import Document, Mention
from briefing.extract.exchanges import Exchange, find_exchange
from briefing.extract.gapping import ahead, for_shorter, gapped
from briefing.extract.idioms import find_idioms
from briefing.extract.movedposts import Posts, bears, post_kind, shortlisted, single_posts
from briefing.extract.movejudgement import Judgement
from briefing.extract.namings import find_naming, newly_called
from briefing.extract.pairing import Pairs
from briefing.extract.particles import SUBJECT, TOPIC
from briefing.extract.predicates import Predicate, find_predicates, readings
from briefing.extract.regimes import change_told, find_regime
from briefing.extract.shares import find_shares, find_taking
from briefing.extract.tellings import just_taken, merge_moves, seen_off_from, told_move, vacated_house
from briefing.extract.titles import Title
from briefing.extract.transfers import transferred
from briefing.extract.unnamed import said_of_unnamed
from briefing.extract.vacancies import follows_on, inherited_post, latest_told, seen_off
from briefing.extract.workplace import Workplaces
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import Lexicon
from briefing.model import Move, MoveKind, Rejection, Span


def find_moves(document: Document, lexicon: Lexicon) -> tuple[tuple[Move, ...], tuple[Rejection, ...]]:
    """Moves that prose reports as news, one for each (person, kind, role), and candidates it does not."""
    finder = _Finder(document, lexicon)
    by_sentence: dict[int, list[Predicate]] = {}
    for predicate in find_predicates(document.text, Span(0, len(document.text))):
        if is_told(document, predicate):
            by_sentence.setdefault(document.sentence_index(predicate.span.start), []).append(predicate)
    houses = frozenset(c.span.end for c in document.companies)
    for number, sentence in enumerate(document.sentences):
        if document.text[sentence.span.start].isspace():
            continue  # left blank (`selection`)
        idioms = [p for p in find_idioms(sentence, houses) if is_told(document, p)]
        finder.sentence(number, sentence, readings([*by_sentence.get(number, []), *idioms]))
    finder.newcomers()
    return tuple(merge_moves(finder.moves, finder.borne, finder.guessed)), tuple(finder.rejected)


class _Finder:
    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._doc = document
        self._arguments = Arguments(document)
        self._pairs = Pairs(document, self._arguments)
        self._posts = Posts(document, self._arguments)
        self._workplaces = Workplaces(document, lexicon)
        self._judgement = Judgement(document, self._posts, self._workplaces)
        self.moves: list[Move] = []
        self.rejected: list[Rejection] = []
        self.borne: set[int] = set()  # moves whose role is only how the person is called
        self.guessed: set[int] = set()  # moves to a helm of which neither post nor house is said
        self._last_post: Title | None = None
        self._spent = 0  # how far the verbs have told what they tell
        self._left: str | None = None  # the post that whoever was told of last gives up for another
        self._moved_in = -2  # number of the sentence of the last move
        self._topic: tuple[int, tuple[Mention, ...]] = (-2, ())

    def sentence(self, number: int, sentence: Sentence, places: Sequence[Sequence[Predicate]]) -> None:
        """Reads one sentence, predicate by predicate, and the next reading where one finds nobody."""
        last: tuple[Mention, ...] = ()
        start = sentence.span.start
        self._shares(number, sentence)
        self._regime(sentence)
        pending = self._naming(number, sentence)
        begun = len(self.moves)
        for i, place in enumerate(places):
            following = places[i + 1][0].span.start if i + 1 < len(places) else sentence.span.end
            told = len(self.moves)
            for predicate in place:
                before = Span(start, max(start, predicate.span.start))
                after = Span(predicate.span.end, max(following, predicate.span.end))
                clause = Clause(sentence, predicate, before, after, idle=len(self.moves) == begun)
                modifies = i + 1 < len(places) and self._arguments.only_modifies(clause, places[i + 1][0])
                if modifies or self._arguments.holds_already(clause):
                    break
                if predicate.elsewhere:
                    self._transferred(clause)
                elif persons := self._clause(number, clause, last):
                    if not follows_on(self._doc, clause, persons):
                        last, start = persons, predicate.span.end
                    break
            else:
                if place[0].form != "idiom" and not place[0].post and place[0].rule != "exchanged":
                    start = place[0].span.end
            if len(self.moves) > told:
                self._moved_in = number
        if pending:
            self._naming(number, sentence)  # A 대표 사임…후임에 B 부사장
        spoken = [m for m in self._doc.mentions_in(sentence.span) if not self._doc.quoted(m.span.start)]
        subjects = tuple(m for m in spoken if m.particle in SUBJECT) or tuple(spoken[:1])
        if subjects:
            self._topic = (number, subjects[:1])

    def _transferred(self, clause: Clause) -> None:
        """A 대표가 다솔상사로, B 대표가 다솔렌탈로 자리를 옮긴다: to the same post at another house."""
        for mention, house in transferred(self._doc, clause):
            if why_no_news(self._doc, clause, (mention,)) is None:
                self._add(clause, mention, MoveKind.APPOINTED, mention.title, house)

    def _shares(self, number: int, sentence: Sentence) -> None:
        """다솔카드는 A 부사장이, 다솔증권은 B 전무가 각각 이끈다: each takes a house or a part of one."""
        taking = find_taking(self._doc, sentence)
        for share in (*find_shares(self._doc, sentence), *([taking] if taking else [])):
            if share.alone and self._moved_in < number - 1:
                continue  # 다솔카드는 A 대표가 이끈다: long so, where no other moves are told
            kind = MoveKind.RETAINED if share.again else MoveKind.APPOINTED
            predicate = Predicate(share.verb, kind, "subject", "phrase", post=False, rule="takes a house")
            clause = Clause.whole(sentence, predicate)
            persona = self._doc.persona_of(share.mention)
            if reason := why_no_news(self._doc, clause, (share.mention,)):
                self._reject(clause, [share.mention], reason)
            elif any(post_kind(t) == "executive" for t in persona.titles):
                company = share.house or self._workplaces.of(clause, share.mention, None)
                own = share.again and persona.company == company
                held = persona.title if own else self._posts.chief_of(company, share.mention)
                role = share.unit or held
                self._add(clause, share.mention, kind, role, company)
                self._moved_in = number

    def _naming(self, number: int, sentence: Sentence) -> bool:
        """신임 대표는 A 부사장이다: who gets a post, told without a verb; true if nobody has left it yet."""
        naming = find_naming(self._doc, self._arguments, number)
        if naming is None:
            return False
        clause = naming.clause(sentence)
        if reason := why_no_news(self._doc, clause, naming.mentions):
            self._reject(clause, naming.mentions, reason)
            return False
        lately = self._moved_in >= number - 2 and bool(self.moves)
        gone = self.moves[-1] if lately and self.moves[-1].kind is MoveKind.DEPARTED else None
        if naming.vacated and gone is None:
            return True
        for mention in naming.mentions:
            seat = (None, gone.company, gone.role) if naming.vacated and gone else (naming.post,)
            self._take(clause, mention, *seat)
        self._moved_in = number
        return False

    def newcomers(self) -> None:
        """A 신임 대표는 …: who is only called new to a post that no verb tells of."""
        told = {(m.person, None) for m in self.moves if m.kind is MoveKind.APPOINTED}
        risen = {(m.person, m.role) for m in self.moves if m.kind is MoveKind.PROMOTED}
        for mention in newly_called(self._doc, told | risen):
            sentence = self._doc.sentences[self._doc.sentence_index(mention.span.start)]
            at = Span(mention.span.end, mention.span.end)
            predicate = Predicate(at, MoveKind.APPOINTED, "subject", "copula", post=False, rule="called new")
            clause = Clause.whole(sentence, predicate)
            taken = f"{self._doc.persona_of(mention).name} {MoveKind.APPOINTED} by 취임"
            old = any(r.what.startswith(taken) and r.reason.startswith("background") for r in self.rejected)
            if reason := "background: not new" if old else why_no_news(self._doc, clause, (mention,)):
                self._reject(clause, [mention], reason)
            else:
                self._take(clause, mention, None)

    def _clause(self, number: int, clause: Clause, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
        predicate = clause.predicate
        if predicate.rule == "exchanged":
            return self._exchanged(clause)
        if predicate.span.start < self._spent:
            return last
        if pairs := self._pairs.of(clause):
            return self._paired(clause, pairs)
        if (first := ahead(self._doc, self._arguments, self._pairs, clause)) is not None:
            self._paired(clause, [first])
        post = None if predicate.form == "rejected" else self._arguments.post(clause)
        if post is None and self._doc.text[predicate.span.start - 1 : predicate.span.start] == "·":
            post = self._last_post  # 대표이사 부사장으로 승진·내정했다
        self._last_post = post
        if post is None and predicate.post:
            post = self._arguments.opened_before(clause)
        inherited = self._inherited(number, clause) if post is None else None
        if post is None and predicate.rule == "is tipped":
            inherited = inherited or self._posts.sought()
        if post is None and inherited is None:
            post, inherited = self._posts.band(clause), self._posts.unsaid(clause)
        borne = predicate.rule == "among the promoted"  # 승진자는 A 부사장, B 전무 등이다
        if predicate.post and post is None and inherited is None and not borne:
            return ()
        persons = self._persons(number, clause, post, inherited, last)
        if not persons:
            return ()
        persons = self._replaced(clause, persons)
        if not persons:
            return ()
        if reason := why_no_news(self._doc, clause, persons) or shortlisted(self._doc, clause, persons):
            self._reject(clause, persons, reason)
            return persons
        self._given(clause, persons, post, inherited)
        persons = (*for_shorter(self._doc, self._arguments, clause, persons), *persons)
        return self._each(clause, persons, post, inherited)

    def _persons(
        self,
        number: int,
        clause: Clause,
        post: Title | None,
        inherited: str | None,
        last: tuple[Mention, ...],
    ) -> tuple[Mention, ...]:
        """Whom the clause speaks of, named in it, behind it or before it."""
        if persons := self._arguments.persons(clause, post):
            return persons
        if said_of_unnamed(self._doc.text, clause.predicate):
            return ()  # 별세한 고인은: nobody told of before
        if inherited is None:
            return self._carried(number, clause, last)
        follows = clause.predicate.vacated and clause.predicate.frame == "subject"
        # 뒤를 이어 [A가] 회사를 이끈다; a successor is not whom the text has just seen off
        return self._arguments.next_subject(clause) if follows else ()

    def _given(
        self, clause: Clause, persons: tuple[Mention, ...], post: Title | None, inherited: str | None
    ) -> None:
        """A 회장이 B에게 회장직을 넘긴다: who gives away the post held leaves it."""
        role = post.text.removesuffix("직") if post is not None else inherited or ""
        for mention in givers(self._doc, clause, persons[:1]) if role else ():
            if self._posts.holds(self._doc.persona_of(mention), role):
                company = self._workplaces.of(clause, persons[0], post)
                self._add(clause, mention, MoveKind.DEPARTED, role, company)
                return

    def _paired(self, clause: Clause, pairs: Sequence[tuple[Title, Mention]]) -> tuple[Mention, ...]:
        """대표에는 A 사장이, CTO는 B 상무가: each post has its person; a house not said again goes on."""
        mentions = tuple(m for _, m in pairs)
        one = len(pairs) > 1 and len({own.span.start for own, _ in pairs}) == 1
        several = shortlisted(self._doc, clause, mentions) if one else None
        if reason := why_no_news(self._doc, clause, mentions) or several:
            self._reject(clause, mentions, reason)
            return mentions
        lately: str | None = None
        each = self._workplaces.each(pairs[0][0], len(pairs)) if one else []
        for n, (own, mention) in enumerate(pairs):
            seat = self._posts.stood_for(own) or own
            house = each[n] if each else self._workplaces.paired(clause, seat, mention, lately)
            lately = self._workplaces.beside(clause, seat) or lately
            self._take(clause, mention, own, house)
        return mentions

    def _each(
        self, clause: Clause, persons: tuple[Mention, ...], post: Title | None, inherited: str | None
    ) -> tuple[Mention, ...]:
        """One post for one person or several, each perhaps at a house of its own."""
        if conjuncts := gapped(self._doc, persons[-1], clause.before.start):
            for house, mention in conjuncts:
                self._take(clause, mention, post, house, inherited)
            return tuple(m for _, m in conjuncts)
        for own in self._posts.joined(clause, post) if len(persons) == 1 else ():
            self._take(clause, persons[0], own)
        houses = self._workplaces.each(post, len(persons)) if post is not None and len(persons) > 1 else []
        for n, mention in enumerate(persons):
            self._take(clause, mention, post, houses[n] if houses else None, inherited)
        return persons

    def _exchanged(self, clause: Clause) -> tuple[Mention, ...]:
        """대표이사가 A에서 B로 변경됐다; 영업총괄을 A 전무에서 B 부사장으로 교체했다."""
        told = find_exchange(self._doc, self._arguments, clause)
        if told is None:
            return ()
        self._spent = told.end
        self._change(clause, told)
        return told.persons

    def _regime(self, sentence: Sentence) -> None:
        """A·B 각자대표 체제에서 A 단독대표 체제로 전환한다."""
        if (told := find_regime(self._doc, self._arguments, sentence)) is None:
            return
        clause = change_told(sentence, told)
        if reason := why_no_news(self._doc, clause, told.persons):
            self._reject(clause, told.persons, reason)
        else:
            self._change(clause, told)

    def _change(self, clause: Clause, told: Exchange) -> None:
        """Who goes and who comes."""
        for mention, kind in told.moves:
            company = self._workplaces.of(clause, told.house_of or mention, told.post)
            role = told.role or mention.title
            persona = self._doc.persona_of(mention)
            if reason := self._judgement.unfit(clause, persona, kind, role, company, told.post):
                self._reject(clause, [mention], reason)
            else:
                self._add(clause, mention, kind, role, company)

    def _inherited(self, number: int, clause: Clause) -> str | None:
        """The post of whom the text has just seen off, or who is followed."""
        last = latest_told(self._doc, clause, self.moves) if self._moved_in >= number - 2 else None
        return inherited_post(self._doc, self._arguments, clause, last, self._left)

    def _replaced(self, clause: Clause, persons: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """A 대표 대신 B를 …: A goes, B comes."""
        if clause.predicate.kind is not MoveKind.APPOINTED:
            return persons
        gone = stood_in_for(self._doc, clause)
        for mention in (*gone, *seen_off(self._doc, clause)):
            role = mention.title or self._doc.persona_of(mention).title
            company = self._workplaces.of(clause, mention, None)
            self._add(clause, mention, MoveKind.DEPARTED, role, company)
        return tuple(m for m in persons if m not in gone)

    def _carried(self, number: int, clause: Clause, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Those counted, the arguments of the verb before, or the topic of the last sentence."""
        before, topic = self._topic
        lately = topic if before == number - 1 else ()
        return counted(self._doc, clause) or carried(self._doc, clause, last, lately)

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
        named = inherited or self._posts.role(clause, post, mention)
        kind, role = self._judgement.kind_and_role(clause, mention, post, named)
        held = self._posts.held(kind, post, mention)
        if reason := self._not_taken(clause, mention, kind, role, held):
            self._reject(clause, [mention], reason)
            return
        seat = self._posts.stood_for(post) or post
        if house is None and post is None and inherited is None and bears(mention, kind, role):
            house = mention.company  # 산업부는 A 나래공사 사장, B 다솔공단 이사장을 임명했다
        company = house or self._house(clause, mention, seat, vacated_house(self.moves, clause, kind, role))
        helm = role is None and kind is MoveKind.APPOINTED and self._posts.at_helm(clause)
        if (helm or clause.predicate.rule == "leads on") and just_taken(self.moves, clause, persona):
            return  # 사장으로 승진하며 지휘봉을 넘겨받는다, 승진해 계속 회사를 이끈다: told already
        if helm and not self._arguments.names_post(clause.after):
            role = self._posts.chief_of(company, mention)
            self.guessed.add(len(self.moves))
        headline = clause.predicate.form == "headline"
        if headline and company and company not in clause.sentence.span.of(self._doc.text):
            self.guessed.add(len(self.moves))
        if inherited and seen_off_from(self.moves, clause, inherited):
            company = self.moves[-1].company or company  # the seat of whom the text has just seen off
        if reason := self._judgement.unfit(clause, persona, kind, role, company, held):
            self._reject(clause, [mention], reason)
            return
        if post is None and inherited is None and kind in {MoveKind.DEPARTED, MoveKind.RETAINED}:
            self.borne.add(len(self.moves))
        for part in single_posts(role):
            self._add(clause, mention, self._judgement.of_part(kind, part), part, company)
        if kind is MoveKind.PROMOTED and (taken := self._posts.taken_with_rank(mention, post)):
            self._add(clause, mention, MoveKind.APPOINTED, taken, company)
        if kind is MoveKind.APPOINTED and mention.title and not mention.former:
            self._left = left.text if (left := self._arguments.borne(mention)) else mention.title
        if kind is MoveKind.DEPARTED and (new := self._posts.next_post(post)) is not None:
            self._add(clause, mention, MoveKind.APPOINTED, new, company)

    def _not_taken(
        self, clause: Clause, mention: Mention, kind: MoveKind, role: str | None, post: Title | None
    ) -> str | None:
        """Why nothing comes of a candidate, whichever its company, or None."""
        if kind is MoveKind.DEPARTED:
            if role is not None and role.endswith(("후보", "후보자", "내정자")):
                return "gives up a candidacy, not a post"
            if mention.former and post is None and not self._posts.is_predecessor(mention):
                return "had left before"
        outside = self._workplaces.outside(clause, post, mention)
        return None if outside is None else f"a post at {outside}, no enterprise"

    def _house(self, clause: Clause, mention: Mention, post: Title | None, free: str | None) -> str | None:
        """Where the move is; a group fills the post that has just become free at a house of it."""
        company = self._workplaces.of(clause, mention, post)
        told = self._doc.companies_in(clause.before) if free else ()  # [다솔화학은] B를 대표로 뽑았다
        if any(self._doc.text[c.span.end : c.span.end + 1] in TOPIC for c in told):
            return company
        silent = company in {None, self._doc.subject} or self._workplaces.is_head(company or "")
        return free if free and silent else company

    def _add(
        self, clause: Clause, mention: Mention, kind: MoveKind, role: str | None, company: str | None
    ) -> None:
        self._workplaces.tell(clause.sentence.span.start, company)
        self.moves.append(told_move(self._doc, clause, mention, kind, role, company))
