"""Words that name a part of a company and look like a company: IB그룹, 미주법인, 임상개발."""

from __future__ import annotations

from functools import cache, lru_cache

from briefing.extract.places import no_names
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes

_BRANCHES = affixes("organisations.branches")


@cache
def _functions() -> tuple[str, ...]:
    return words("contexts.toml", "posts", "functions")


@lru_cache(maxsize=5_000)
def is_function(word: str) -> bool:
    """True for what parts of a firm do, alone, put together or in a region (재무, 임상개발, 아시아구매)."""
    known = _functions()
    region = next((n for n in range(2, len(word) - 1) if word[n:] in known and word[:n] in no_names()), 0)
    return (
        bool(region)
        or word in known
        or any(word[:n] in known and word[n:] in known for n in range(2, len(word) - 1))
    )


@lru_cache(maxsize=5_000)
def is_unit_group(name: str) -> bool:
    """True for a part of a company that calls itself a group (IB그룹, 준법지원그룹)."""
    return name.endswith("그룹") and is_function(name.removesuffix("그룹"))


@lru_cache(maxsize=5_000)
def is_part(name: str) -> bool:
    """True for a part of a company that stands where companies stand: 미주법인, 부산점, IB그룹."""
    ending = next((e for e in _BRANCHES() if name.endswith(e)), None)
    return is_unit_group(name) or (ending is not None and name.removesuffix(ending) in no_names())
