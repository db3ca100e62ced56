"""Which houses are enterprises: state-owned ones and associations of branches, not bodies of professions."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.extract.companies import is_enterprise_name, is_public
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import affixes

_FILE = "contexts.toml"
# Shorter words are rather an occasion.
_CIRCLE = 4


@cache
def _ends(key: str) -> tuple[str, ...]:
    return words(_FILE, "bodies", key)


@cache
def _holds(key: str) -> re.Pattern[str]:
    return re.compile(trie_pattern(words(_FILE, "bodies", key)))


@cache
def _of_users() -> re.Pattern[str]:
    who, bodies = (trie_pattern(words(_FILE, "bodies", key)) for key in ("users", "user_ends"))
    return re.compile(f"(?:{who})(?:{bodies})$")


# How the names of cooperatives of firms of one branch end.
_COOPERATIVE = "조합"


def state_owned(name: str) -> bool:
    """True for public enterprises (…공사, …공단): their heads are executives."""
    return name.endswith(words("organisations.toml", "state"))


def heads_state_house(role: str, company: str | None) -> bool:
    """True for 나래공단 이사장: the head of a public enterprise, whatever he was before."""
    return company is not None and state_owned(company) and role in words("contexts.toml", "posts", "state")


def is_cooperative(name: str) -> bool:
    """True for a cooperative of firms (골판지공업협동조합), whose 이사장 stands for the branch."""
    branch = (
        name.endswith(_COOPERATIVE)
        and not name.endswith(_ends("no_cooperatives"))
        and _holds("business").search(name) is not None
    )
    return branch or name.endswith(_ends("cooperatives"))


@lru_cache(maxsize=5_000)
def is_business_body(name: str) -> bool:
    """True for an association of enterprises (중견기업협의회)."""
    plain = name.replace(" ", "")
    if _of_users().search(plain) is not None or plain.endswith(_ends("learned")):
        return False
    return plain.endswith(_ends("ends")) and _holds("business").search(plain) is not None


# What the head of an association is called without its name.
HEAD = "회장"


@lru_cache(maxsize=5_000)
def body_headed(post: str) -> str | None:
    """The body inside its head's post (제지공업협회장: 제지공업협회), or None."""
    body = post.removesuffix("장")
    ending = next((e for e in _ends("ends") if body.endswith(e)), None)
    return body if body != post and ending is not None and len(body) > len(ending) + 1 else None


@lru_cache(maxsize=5_000)
def is_civic_body(name: str) -> bool:
    """True for a body of a profession, sport, science, art, of citizens (대한빙상연맹), for foundations."""
    plain = name.replace(" ", "")
    if _of_users().search(plain) is not None or plain.endswith(_ends("learned")):
        return True
    if plain.endswith((*_ends("events"), *_ends("movements"))) or (
        plain.endswith(_ends("foundations")) and not is_enterprise_name(plain)
    ):
        return True
    if not plain.endswith(_ends("ends")) or is_business_body(plain):
        return False
    return plain.endswith(_ends("leagues")) or _holds("civic").search(plain) is not None


@lru_cache(maxsize=5_000)
def is_circle(name: str) -> bool:
    """True for a name that ends like a circle of people (근해선주회); of a house that employs somebody only.

    Most words that end so are occasions (시사회), therefore no word of a text is asked for this.
    """
    plain = name.replace(" ", "")
    if len(plain) < _CIRCLE or not plain.endswith(_ends("circles")) or plain.endswith(_ends("no_circles")):
        return False
    return not is_enterprise_name(plain) and _holds("business").search(plain) is None


@lru_cache(maxsize=5_000)
def is_borrowed(name: str) -> bool:
    """True for a name like a movement's or circle's, which firms give themselves as well (붉은동맹)."""
    if is_common_body(name) or _holds("civic").search(name) is not None:
        return False  # 중소기업 모임, 게임사 노동자동맹
    return is_circle(name) or name.endswith((*_ends("movements"), *_ends("borrowed")))


def is_crowd(name: str) -> bool:
    """True for people who have somebody speak for them: 청원인 대표."""
    return name.removesuffix("들") in _ends("crowds")


_NO_UNIVERSITIES = affixes("organisations.no_universities")


@lru_cache(maxsize=5_000)
def is_university(name: str) -> bool:
    """True for a name that ends like the short name of a university (가람해대)."""
    return len(name) > 2 and name.endswith("대") and not name.endswith(_NO_UNIVERSITIES())


@lru_cache(maxsize=4_096)
def is_outside(name: str) -> bool:
    """True for a house that is no enterprise: government, schools, parties, sports, professions."""
    if is_civic_body(name):
        return True
    if is_business_body(name) or (is_enterprise_name(name) and state_owned(name)):
        return False
    return is_public(name)


def is_common_body(word: str) -> bool:
    """True for a word that names a kind of body and no certain one (연구소, 병원)."""
    return word in _ends("common")


@cache
def generic_endings() -> frozenset[str]:
    """Endings of enterprises that are words of their own too (물류, 금융)."""
    return frozenset(words("organisations.toml", "generic"))
