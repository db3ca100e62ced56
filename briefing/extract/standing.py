"""Who is an executive, and of which company: decided once all that the article says is gathered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from briefing.extract.companies import is_enterprise_name, is_public
from briefing.extract.coreference import Draft
from briefing.extract.document import Document, Persona
from briefing.extract.titles import Title, kinds, title_kind
from briefing.korean.lexicon import table, words
from briefing.model import Move, MoveKind, Span

# Only so much of a text is looked at to tell what it is about.
LOOKED_AT = 6000
_PARTICLE = re.compile(r"(?:에서는|에서|에는|에|은|는|이|가|의|을|를|과|와)$")


@cache
def _about(topic: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in words("contexts.toml", topic)))


@cache
def _posts(group: str) -> frozenset[str]:
    return frozenset(words("contexts.toml", "posts", group))


def is_political(text: str) -> bool:
    """True if a 대표 without company is more likely a party's than a firm's."""
    head = text[:LOOKED_AT]
    return len(_about("politics").findall(head)) > len(_about("business").findall(head))


def is_civil(document: Document) -> bool:
    """True if headline and lead speak of government, schools or clubs and of no enterprise."""
    lead = document.sentences[0].span if document.sentences else Span(0, 0)
    if document.head_companies or document.companies_in(lead):
        return False
    opening = (*document.article.title.split()[:6], *lead.of(document.text).split()[:8])
    return any(_civil_word(word.strip("[](),.‘’“”'\"")) for word in opening)


def _civil_word(word: str) -> bool:
    bare = _PARTICLE.sub("", word)
    return len(bare) > 2 and is_public(bare) and not is_enterprise_name(bare)


def _state_owned(name: str) -> bool:
    return any(name.endswith(w) for w in words("organisations.toml", "state"))


@cache
def _played() -> re.Pattern[str]:
    return re.compile(str(table("contexts.toml")["fiction"]))


def is_character(text: str, draft: Draft) -> bool:
    """True for a person of a play: 강무진(배우 석하랑)."""
    return any(text.endswith(draft.name, 0, m.start()) for m in _played().finditer(text))


def persona_of(
    draft: Draft, index: int, document: Document, shorter: Mapping[str, str], *, political: bool
) -> Persona:
    """The persona that a draft becomes.

    Args:
        index: Position among the personas, as in `Mention.persona`.
        shorter: Short names of companies and the full ones they stand for.
        political: See `is_political`.
    """
    companies: Counter[str] = Counter()
    for name, count in draft.companies.items():
        companies[shorter.get(name, name)] += count
    stated = companies.most_common(1)[0][0] if companies else None
    current = [t for t, former in zip(draft.titles, draft.former, strict=True) if not former]
    pool = current or draft.titles
    company = stated
    if company is None and draft.this_firm and draft.first is not None:
        before = [c for c in document.companies if c.span.start < draft.first.start]
        company = before[-1].name if before else None
    executive = _by_title(pool, stated)
    if executive and company is None:
        company, elsewhere = _context_company(draft, document)
        executive = not elsewhere and not (company is None and document.civil)
    if executive:
        executive = _by_house(pool, company, stated, political=political) and not is_character(
            document.text, draft
        )
    best = max(
        pool,
        key=lambda t: (t.kind == "executive", t.kind == "staff", t.span.end - t.span.start),
        default=None,
    )
    return Persona(
        name=draft.name,
        company=company,
        title=best.text.removeprefix(draft.name) if best is not None else None,
        titles=tuple(dict.fromkeys(t.text for t in draft.titles)),
        executive=executive,
        first=draft.first or next((m.span for m in document.mentions if m.persona == index), Span(0, 0)),
        former=bool(draft.titles) and not current,
    )


def _by_title(pool: Sequence[Title], company: str | None) -> bool:
    """True if the titles are those of an executive, whatever the house."""
    heads = [h for t in pool for h in t.heads]
    if company is not None and _state_owned(company) and any(h in _posts("state") for h in heads):
        return True
    if any(kinds().get(h) == "other" for h in heads) and not any(h in _posts("firm") for h in heads):
        return False
    # 대한변호사협회장: the house stands inside the title
    for title in pool:
        house = title.text[:-1]
        if title.prefix and title.text.endswith("장") and is_public(house) and not _state_owned(house):
            return False
    return any(t.kind == "executive" for t in pool)


def _by_house(pool: Sequence[Title], company: str | None, stated: str | None, *, political: bool) -> bool:
    """False if the house is no enterprise, or the title needs a company and there is none."""
    if (
        company is not None
        and is_public(company)
        and not (is_enterprise_name(company) and _state_owned(company))
    ):
        return False
    heads = {h for t in pool for h in t.heads}
    if stated is None and political and heads <= _posts("party"):
        return False
    return company is not None or any(
        t.kind == "executive" and t.head not in _posts("anywhere") for t in pool
    )


def _context_company(draft: Draft, document: Document) -> tuple[str | None, bool]:
    """The topic of the sentence before the name, or what the article is about.

    Returns:
        The company, and True if the sentence speaks of a body that is no enterprise instead.
    """
    if draft.first is None:
        return document.subject, False
    sentence = document.sentence_at(draft.first.start)
    if sentence is not None:
        before = Span(sentence.span.start, draft.first.start)
        inside = [c for c in document.companies_in(before) if not is_public(c.name)]
        if inside:
            joined = inside[-1].particle in {"과", "와"}
            return (inside[0] if joined else inside[-1]).name, False
        spoken = re.sub(r"\([^()]*\)", "", before.of(document.text)).split()
        if any(_PARTICLE.search(word) and _civil_word(word) for word in spoken[-8:]):
            return None, True
    return document.company_at(draft.first.start), False


def with_appointed(document: Document, moves: Sequence[Move]) -> Document:
    """The document after its moves are known: who takes an executive's post speaks as one."""
    taken = {m.person: m for m in moves if m.kind is not MoveKind.DEPARTED and executive_role(m.role)}
    if not any(p.name in taken and not p.executive for p in document.personas):
        return document
    personas = tuple(
        replace(p, executive=True, company=taken[p.name].company or p.company, former=False)
        if p.name in taken and not p.executive
        else p
        for p in document.personas
    )
    return replace(document, personas=personas)


def executive_role(role: str | None) -> bool:
    """True for the post of an executive as a move names it: 최고AI책임자(CAIO)."""
    return role is not None and title_kind(role.partition("(")[0].replace(" ", "")) == "executive"
