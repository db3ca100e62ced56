"""Short names of companies and the full ones of the same article: 가스공사 for 한국가스공사."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from briefing.korean.lexicon import company_key, table, words
from briefing.korean.wordlists import worded

# No text is about more associations than this.
_MOST_BODIES = 200


def shorten_map(names: Iterable[str]) -> dict[str, str]:
    """Short names and the full ones of the same article that they stand for (가스공사 -> 한국가스공사)."""
    unique = sorted(set(names), key=len, reverse=True)
    keys = {n: company_key(n) for n in unique}
    by_key: dict[str, list[str]] = {}
    by_body: dict[str, list[str]] = {}
    for name in unique:
        by_key.setdefault(keys[name], []).append(name)
        if body := _BODY().search(keys[name]):
            by_body.setdefault(body.group(), []).append(name)
    rank = {name: n for n, name in enumerate(unique)}
    mapped: dict[str, str] = {}
    for short in unique:
        key, candidates = keys[short], []
        for ending, full in _endings() if key.endswith(_short_endings()) else ():
            if key.endswith(ending) and len(key) > len(ending):
                candidates.append(key[: -len(ending)] + full)
        if len(key) >= 3:
            candidates.extend(front + key for front in _fronts())
        longer = [
            name for c in candidates if len(c) > len(key) for name in by_key.get(c, ()) if name not in mapped
        ]
        if body := _BODY().search(key):
            bodies = by_body.get(body.group(), ())[:_MOST_BODIES]
            longer += [
                n for n in bodies if len(keys[n]) > len(key) and n not in mapped and _body_of(key, keys[n])
            ]
        if longer:
            mapped[short] = min(longer, key=rank.__getitem__)
    return mapped


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Short endings and full ones, as `company_key` writes them."""
    endings: dict[str, str] = table("shortenings.toml")["endings"]
    return tuple((company_key(short), company_key(full)) for short, full in endings.items() if full)


@cache
def _short_endings() -> tuple[str, ...]:
    return tuple(ending for ending, _ in _endings())


@cache
def _fronts() -> frozenset[str]:
    return frozenset(company_key(w) for w in words("shortenings.toml", "fronts", "dropped"))


_BODY = worded(r"{organisations.shortened}$")


def _body_of(short: str, full: str) -> bool:
    """True for a body's short name: 포장협회 of 한국포장공업협회."""
    kind = _BODY().search(short)
    stem = short[: kind.start()] if kind else ""
    return kind is not None and len(stem) >= 2 and full.endswith(kind.group()) and stem in full
