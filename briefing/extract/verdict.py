"""Puts the facts of one article together: repeated moves, people, and whether it is news of executives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefing.extract.document import Document, Persona
from briefing.extract.names import (
    foreign_given,
    in_hanja,
    is_common_surname,
    is_surname,
    looks_chinese,
    looks_foreign,
    shape,
)
from briefing.extract.standing import executive_role
from briefing.extract.tellings import merge_moves
from briefing.korean.lexicon import words
from briefing.model import Activity, Extraction, Move, MoveStatus, Person, Quote, QuotedBy, Rejection

# 맹 [사장]은 “…”, and nothing between but a day or a place
_SHORT_FORM = re.compile(r"(?:^|[\s.”\"])([가-힣]{1,4})\s$")
_SPEAKS = re.compile(r"(?:은|는|이|가)\s[^.“\"]{0,40}[“\"]")


def assemble(
    document: Document,
    moves: Sequence[Move],
    activities: Sequence[Activity],
    quotes: Sequence[Quote],
    rejected: Iterable[Rejection],
    *,
    as_written: bool = False,
) -> Extraction:
    """The extraction of an article from the facts found in it.

    Args:
        as_written: Name companies as the article does.
    """
    unique = tuple(merge_moves(moves))
    dropped = tuple(rejected)
    people = _people(document, unique, {r.what for r in dropped if r.reason.endswith("enterprise")})
    extraction = Extraction(
        relevant=_relevant(unique, activities, quotes) or _short_form_speaks(document, quotes),
        people=people, moves=unique, activities=tuple(activities), quotes=tuple(quotes), rejected=dropped,
    )  # fmt: skip
    return _as_written(document, extraction) if as_written else extraction


def _people(document: Document, moves: Sequence[Move], outside: set[str]) -> tuple[Person, ...]:
    """Executives among the personas, and those whom a list or a move makes executives."""
    employers = {m.person: m.company for m in reversed(moves) if m.company is not None}
    people = {
        p.name: _person(p, employers.get(p.name))
        for p in document.personas
        if p.executive and p.title and p.name not in outside and _whole(p.name)
    }
    others = {p.name for p in document.personas if p.titles}
    for move in moves:
        # 관료 출신인 A 전 차장이 물망에: who only may take the post is what he is called
        rumored = move.status is MoveStatus.RUMORED and move.person in others
        if move.person not in people and executive_role(move.role) and not rumored:
            people[move.person] = Person(move.person, move.company, move.role)
    return tuple(people.values())


def _person(persona: Persona, employer: str | None) -> Person:
    """An executive by company and title as the text knows them; a post held no more is marked 전.

    Whoever comes from another company is shown beside the new one, so the title names the old one.
    """
    if persona.came_from is not None:
        company, title = persona.came_from
        return Person(persona.name, company, f"전 {company} {title}")
    return Person(persona.name, persona.company or employer, persona.title_shown)


def _whole(name: str) -> bool:
    """False for a foreign family name alone (블라터 회장): nobody is identified by it."""
    form = shape(name)
    # 한루카: a surname with a foreign given name
    given = is_common_surname(name[0]) and name[1:] in foreign_given()
    korean = form == 2 or (form == 1 and (given or not looks_foreign(name)))
    return " " in name or korean or in_hanja(name) or looks_chinese(name)


def _relevant(moves: Sequence[Move], activities: Sequence[Activity], quotes: Sequence[Quote]) -> bool:
    return bool(moves or activities or any(q.by == QuotedBy.EXECUTIVE for q in quotes))


def _short_form_speaks(document: Document, quotes: Sequence[Quote]) -> bool:
    """True for a sentence cut out of its article: 맹 사장은 “…”고 했다, where nobody is named in full."""
    alone = len(document.sentences) == 1 and not document.personas
    if not alone or not any(q.by is QuotedBy.UNNAMED for q in quotes):
        return False
    text = document.text
    return any(
        title.head in words("contexts.toml", "posts", "enterprise_only")
        and not title.prefix
        and (front := _SHORT_FORM.search(text, max(0, title.span.start - 8), title.span.start)) is not None
        and (is_surname(front[1]) or looks_foreign(front[1]))
        and not document.quoted(title.span.start)
        and _SPEAKS.match(text, title.span.end)
        for title in document.titles
    )


def _fullest(forms: Counter[str]) -> str:
    """The form used most, or a longer one that it shortens (한국가스공사 for 가스공사)."""
    best = max(forms, key=lambda form: (forms[form], len(form)))
    return max((form for form in forms if _shortens(best, form)), key=len)


def _shortens(short: str, full: str) -> bool:
    """True if all characters of a form stand in another one, in order."""
    rest = iter(full)
    return all(char in rest for char in short)


def _as_written(document: Document, extraction: Extraction) -> Extraction:
    """The same with every company by the fullest form that the article itself uses."""
    forms: dict[str, Counter[str]] = {}
    for mention in document.companies:
        forms.setdefault(mention.name, Counter())[mention.span.of(document.text)] += 1
    for mention in document.head_companies:
        forms.setdefault(mention.name, Counter())[mention.span.of(document.article.title)] += 1
    surfaces = {name: _fullest(counts) for name, counts in forms.items()}

    def written(name: str | None) -> str | None:
        return surfaces.get(name, name) if name is not None else None

    return replace(
        extraction,
        people=tuple(replace(p, company=written(p.company)) for p in extraction.people),
        moves=tuple(replace(m, company=written(m.company)) for m in extraction.moves),
        activities=tuple(replace(a, company=written(a.company)) for a in extraction.activities),
        quotes=tuple(replace(q, company=written(q.company)) for q in extraction.quotes),
    )
