"""The numbers of briefing/data/weights.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.errors import DataError

_FILE = "briefing/data/weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Numbers of weights.toml; see the comments there."""

    posts: tuple[tuple[str, float], ...]
    post_default: float
    kinds: Mapping[str, float]
    outlets: Mapping[str, float]
    further_share: float
    further_facts: int
    per_doubling: float
    half_life_hours: float
    unrelated: float


@cache
def weights() -> Weights:
    """The shipped weights.

    Raises:
        DataError: A number is missing or is not a number.
    """
    raw = tomllib.loads((files("briefing") / "data" / "weights.toml").read_text(encoding="utf-8"))

    def table(name: str) -> dict[str, float]:
        found = raw.get(name)
        if not isinstance(found, dict) or not found:
            raise DataError(_FILE, f"[{name}] is missing or empty")
        for key, value in found.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise DataError(_FILE, f"[{name}] {key} must be a number of 0 or more")
        return {key: float(value) for key, value in found.items()}

    def number(of: str, key: str) -> float:
        values = table(of)
        if key not in values:
            raise DataError(_FILE, f"[{of}] {key} is missing")
        return values[key]

    kinds = table("kinds")
    for kind in (
        "appointed",
        "departed",
        "promoted",
        "retained",
        "trip",
        "meeting",
        "event",
        "visit",
        "deal",
        "quote",
    ):
        number("kinds", kind)
    return Weights(
        posts=tuple(table("posts").items()),
        post_default=number("post_default", "weight"),
        kinds=kinds,
        outlets=table("outlets"),
        further_share=number("story", "further_share"),
        further_facts=int(number("story", "further_facts")),
        per_doubling=number("story", "outlets"),
        half_life_hours=max(number("story", "half_life_hours"), 1.0),
        unrelated=number("story", "unrelated"),
    )
