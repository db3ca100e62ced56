"""A name found beside a title, before it is known whom it means."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.extract.titles import Title
from briefing.model import Span


@dataclass(slots=True)
class Sighting:
    """A name or short form found beside a title.

    Attributes:
        span: Name and title together.
        full: False for a surname or family name alone.
        surface: How the company is written.
        former: True if the title is marked as held no more.
        weight: How much speaks for its being a name: 1 little, 3 and more much.
    """

    name: str
    name_span: Span
    span: Span
    title: Title | None
    company: str | None = None
    surface: str = ""
    full: bool = True
    former: bool = False
    extra_titles: tuple[Title, ...] = ()
    weight: float = 3.0
