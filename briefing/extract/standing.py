"""Who is an executive, and of which company: decided once all that the article says is gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from briefing.extract.affiliation import (
    bank_endings,
    bank_of,
    company_around,
    firm_ranked,
    is_civil_word,
    named_like_body,
    no_enterprise,
    of_same_firm,
    speaks_for_crowd,
    stated_company,
)
from briefing.extract.bodies import (
    HEAD,
    is_civic_body,
    is_cooperative,
    is_outside,
    is_university,
    state_owned,
)
from briefing.extract.companies import is_enterprise_name
from briefing.extract.coreference import Draft
from briefing.extract.document import Document, Persona
from briefing.extract.particles import ENDS_IN_PARTICLE
from briefing.extract.plays import about_play, characters, is_maker
from briefing.extract.records import record
from briefing.extract.titles import COURTESY, RANKS, Title, kinds, title_kind
from briefing.extract.topics import count_words, is_political
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Move, MoveKind, MoveStatus, Span

_DEGREES = listed("people.degrees")  # 가람대 박사 A 대표
_WITNESSES = worded(r"{contexts.posts.witnesses}")
_LISTED = "list"  # how the rules of moves in lists begin
_GAMES = worded(r"{contexts.posts.games}")


@cache
def _posts(group: str) -> frozenset[str]:
    return frozenset(words("contexts.toml", "posts", group))


_PARTIES = affixes("contexts.parties")


def is_civil(document: Document) -> bool:
    """True if headline and lead speak of government, schools or clubs and of no enterprise."""
    if document.head_companies or document.companies_in(_lead(document)):
        return False
    return any(map(is_civil_word, _opening(document)))


def _lead(document: Document) -> Span:
    return document.sentences[0].span if document.sentences else Span(0, 0)


def _opening(document: Document) -> list[str]:
    """The first words of headline and lead, but for firms called like circles and movements."""
    words_there = (*document.article.title.split()[:6], *_lead(document).of(document.text).split()[:8])
    bare = (word.strip("[](),.‘’“”'\"") for word in words_there)
    return [word for word in bare if not named_like_body(ENDS_IN_PARTICLE.sub("", word), document)]


def _civic_word(word: str) -> bool:
    bare = ENDS_IN_PARTICLE.sub("", word)
    # 약사회장 선거, 의협회장에
    headed = bare.endswith("회장") and len(bare) > 3 and (is_outside(bare[:-1]) or is_outside(bare[:-2]))
    return headed or is_civic_body(bare)


def _business_text(document: Document, drafts: Sequence[Draft], *, political: bool) -> bool:
    """True if somebody in the text bears a post that only enterprises have."""
    posts = _posts("firm") if political or document.civil else _posts("firm") | {"대표"}
    return any(h in posts for d in drafts for t in d.titles for h in t.heads)


@record(frozen=True, slots=True)
class Setting:
    """What is known of a whole article when its people are judged.

    Attributes:
        shorter: Short names of companies and the full ones they stand for.
        political: See `is_political`.
        civic: True if headline and lead name a body of sports, professions or citizens.
        business: True if somebody bears a post that only enterprises have.
        played: Persons of a play, see `characters`.
        stages: Houses of a play.
        play: True if the text is about a play.
        games: True if the text is about games of clubs.
        witnesses: True if parliament hears people of enterprises: 국정감사 증인석에 선 대표.
    """

    shorter: Mapping[str, str]
    political: bool
    civic: bool
    business: bool
    played: frozenset[str]
    stages: frozenset[str]
    play: bool
    games: bool
    witnesses: bool

    @classmethod
    def of(
        cls, document: Document, text: str, drafts: Sequence[Draft], shorter: Mapping[str, str]
    ) -> Setting:
        """What an article's whole text and its people tell; the document may have blanks in place of text."""
        political = is_political(text)
        played, stages = characters(document, drafts)
        return cls(
            shorter=shorter,
            political=political,
            civic=any(map(_civic_word, _opening(document))),
            business=_business_text(document, drafts, political=political),
            played=played,
            stages=stages,
            play=about_play(text, count_words("business", text)),
            games=_GAMES().search(text) is not None,
            witnesses=_WITNESSES().search(text) is not None,
        )


def persona_of(draft: Draft, index: int, document: Document, setting: Setting) -> Persona:
    """The persona that a draft becomes.

    Args:
        index: Position among the personas, as in `Mention.persona`.
    """
    current = [
        t
        for t, former in zip(draft.titles, draft.former, strict=True)
        if not former and t.head not in COURTESY()
    ]  # 노경수씨 in the headline says nothing of a post
    pool = current if any(t.head not in _posts("candidates") for t in current) else draft.titles
    beside = draft.companies if draft.companies or pool is current else draft.past
    stated = stated_company(beside, setting.shorter)
    company = stated
    if (
        company is None
        and draft.first is not None
        and (draft.this_firm or of_same_firm(draft.first, document))
    ):
        before = document.companies_before(draft.first.start)
        company = next((c.name for c in before if not is_outside(c.name)), None)
    executive = _by_title(pool, stated)
    bank = company is None or not company.endswith(bank_endings())
    if executive and bank and any(h in _posts("bankers") for t in pool for h in t.heads):
        company = stated = bank_of(document, draft.first) or company
    if executive and company is None:
        company, elsewhere = company_around(draft, document)
        if company is not None and draft.first is not None:  # 그린바실의 [A 대표]
            own = document.text.endswith(f"{company}의 ", 0, draft.first.start)
            stated = company if own else None
        if _surely(pool):
            executive = company is not None or not setting.civic
        else:
            executive = not elsewhere and not (company is None and document.civil)
    if executive and (speaks_for_crowd(pool, document.text) or _is_no_firm(company, document, pool)):
        executive = False
    if executive:
        executive = _by_house(pool, company, stated, setting) and draft.name not in setting.played
        played = setting.play and stated is None and not is_maker(company, document)
        executive = executive and company not in setting.stages and not played
    best = max(
        pool,
        key=lambda t: (
            t.kind == "executive",
            t.kind == "staff",
            t.head not in _posts("founders"),
            t.span.end - t.span.start,
        ),
        default=None,
    )
    return Persona(
        name=draft.name,
        company=company,
        title=_own_title(best.text.removeprefix(draft.name), company) if best is not None else None,
        titles=tuple(dict.fromkeys(t.text for t in draft.titles)),
        executive=executive,
        first=draft.first or next((m.span for m in document.mentions if m.persona == index), Span(0, 0)),
        former=any(draft.former) and not current,
        fictional=draft.name in setting.played,
        past=_past(draft, setting),
    )


def _own_title(title: str, company: str | None) -> str:
    """한국제지공업협회장 of that body: 회장; its name is told beside it."""
    return HEAD if company is not None and company.endswith("회") and title == f"{company}장" else title


def _past(draft: Draft, setting: Setting) -> tuple[str, str] | None:
    """Company and title of an executive's post that somebody holds no more."""
    left = [t for t, former in zip(draft.titles, draft.former, strict=True) if former]
    title = next((t for t in left if t.kind == "executive"), None)
    company = stated_company(draft.past, setting.shorter)
    if title is None or company is None or is_outside(company):
        return None
    return company, title.text.removeprefix(draft.name)


def _by_title(pool: Sequence[Title], company: str | None) -> bool:
    """True if the titles are those of an executive, whatever the house."""
    heads = [h for t in pool for h in t.heads]
    chaired = company is not None and (state_owned(company) or is_cooperative(company))
    if chaired and any(h in _posts("state") for h in heads):
        return True
    others = {h for h in heads if kinds().get(h) == "other"} - _DEGREES()
    if others and company is not None and is_enterprise_name(company) and others <= _posts("of_firms_too"):
        return True  # 다솔컴퍼니 정책실장
    if others and not any(h in _posts("firm") for h in heads):
        return False
    if company is not None and not is_outside(company) and any(h in _posts("chairs") for h in heads):
        return True
    # 대한변호사협회장: the house stands inside the title
    ranked = any(
        t.kind == "executive" and t.heads[-1] in RANKS - {"대표", "대표이사", "회장", "부회장"} for t in pool
    )
    for title in pool:
        if ranked and title.head == "연구소장":
            continue  # 섀시연구소장 A 상무
        house = title.text[:-1]
        lab = title.head == "연구소장" and title.prefix in _posts("functions")  # 제품연구소장
        if (
            title.prefix
            and title.text.endswith("장")
            and is_outside(house)
            and not (lab or state_owned(house))
        ):
            return False
    return any(t.kind == "executive" and t.head not in _posts("candidates") for t in pool)


def may_be_executives(titles: Iterable[Title]) -> bool:
    """False if none of the titles can make anybody an executive, whatever else a text says."""
    with_house = _posts("state") | _posts("chairs")
    return any(t.kind == "executive" or not with_house.isdisjoint(t.heads) for t in titles)


def _is_no_firm(company: str | None, document: Document, pool: Sequence[Title] = ()) -> bool:
    return company is not None and no_enterprise(company, document, ranked=firm_ranked(pool))


def _surely(pool: Sequence[Title]) -> bool:
    """True for posts that hardly any house but an enterprise has."""
    return any(h in _posts("sure") for t in pool for h in t.heads)


def _by_house(pool: Sequence[Title], company: str | None, stated: str | None, setting: Setting) -> bool:
    """False if the house is no enterprise, or the title needs a company and there is none."""
    heads = {h for t in pool for h in t.heads}
    if company is not None and is_university(company) and heads - _DEGREES() <= _posts("anywhere"):
        return False
    like_party = stated is None or (stated.endswith(_PARTIES()) and not is_enterprise_name(stated))
    if like_party and setting.political and not setting.witnesses and heads <= _posts("party"):
        return False  # 미래연합 A 대표, where the text speaks of politics
    if setting.games and heads <= _posts("clubs"):
        return False
    if stated is None and setting.civic and heads - _posts("candidates") <= _posts("associations"):
        return False
    if company is not None:
        return True
    return any(
        t.kind == "executive"
        and (t.head not in _posts("anywhere") or setting.business or t.prefix in _posts("functions"))
        for t in pool
    )


def with_appointed(document: Document, moves: Sequence[Move]) -> Document:
    """The document after its moves are known: who takes an executive's post speaks as one."""
    document = _headed(_with_whole_names(document, moves), moves)
    civic = any(map(_civic_word, _opening(document)))
    taken = {
        m.person: m
        for m in moves
        if m.kind is not MoveKind.DEPARTED
        and m.status is not MoveStatus.RUMORED
        and _firm_post(m)
        and not _is_no_firm(m.company, document)
        and not (civic and m.role in _posts("associations"))
    }
    if not any(p.name in taken for p in document.personas):
        return document
    personas = tuple(_appointed(p, taken[p.name]) if p.name in taken else p for p in document.personas)
    return replace(document, personas=personas)


def _with_whole_names(document: Document, moves: Sequence[Move]) -> Document:
    """The document with the names of lists for what remains of them: 파벨 노박(다솔) … 노박 부사장은."""
    known = {p.name for p in document.personas}
    whole = {m.person.split()[-1]: m for m in moves if " " in m.person and m.person not in known}
    if known.isdisjoint(whole):
        return document
    personas = tuple(
        replace(p, name=move.person, company=move.company or p.company)
        if (move := whole.get(p.name)) is not None
        else p
        for p in document.personas
    )
    return replace(document, personas=personas)


def _headed(document: Document, moves: Sequence[Move]) -> Document:
    """The document with people at the houses of lists' headings, where nothing nearer tells.

    ◇다솔로지스 △대표이사 곽선우: no sentence joins the two.
    """
    houses = {m.person: m.company for m in moves if m.company is not None and m.rule.startswith(_LISTED)}
    for mention in (*document.mentions, *document.headline) if houses else ():
        if mention.company is not None:
            houses.pop(document.persona_of(mention).name, None)
    if not any(p.name in houses for p in document.personas):
        return document
    personas = tuple(replace(p, company=houses[p.name]) if p.name in houses else p for p in document.personas)
    return replace(document, personas=personas)


def _appointed(persona: Persona, move: Move) -> Persona:
    """Somebody with the post taken; what he was elsewhere or outside of enterprises is past."""
    role = move.role
    came_from = persona.past
    if came_from is not None and role is not None:
        company, title = came_from
        came_from = (company, title.removesuffix(f" {role}"))  # 전 누리 대표 고문 영입
    if came_from is not None and came_from[0] == (move.company or persona.company):
        came_from = None
    if persona.former or not persona.executive:
        company_now = move.company or persona.company
        return replace(
            persona, executive=True, company=company_now, title=role, former=False, came_from=came_from
        )
    only_new = role is not None and persona.title is not None and persona.title in role
    return replace(persona, came_from=came_from) if only_new else persona


def _firm_post(move: Move) -> bool:
    """True for an executive's post in an enterprise; 국무조정실장 is none."""
    if not executive_role(move.role) or move.role is None:
        return False
    house = move.role.replace(" ", "").removesuffix("장")
    return not is_outside(house) and (move.company is None or not is_outside(move.company))


@lru_cache(maxsize=1_024)
def executive_role(role: str | None) -> bool:
    """True for the post of an executive as a move names it: 최고AI책임자(CAIO)."""
    return role is not None and title_kind(role.partition("(")[0].replace(" ", "")) == "executive"
