"""Where in a list the reader is: what the headings over an entry say, level by level.

Typesetters give each level of headings a mark of its own. Which mark is the outer one shows by order: a mark
seen for the first time opens a level below the last one, a mark seen again closes all levels below its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.extract.listgrammar import ranks
from briefing.extract.listheading import Heading
from briefing.model import Span


@dataclass(slots=True)
class _Level:
    """What the last heading behind a mark said; `used` once entries have followed it.

    `inline` if an entry stood behind the heading in the same item.
    """

    mark: str
    company: str | None = None
    public: bool = False
    kind: str | None = None
    rank: str | None = None
    chosen: bool = True
    hired: bool = False
    alone: bool = False
    span: Span | None = None
    used: bool = False
    inline: bool = False


@dataclass(slots=True)
class State:
    """The headings in force.

    Attributes:
        default: The company that is meant where no heading names one.
        public: True if `default` is no enterprise.
        inside: True once a list has begun.
        announced: True if the text says that a list follows, or if a company's heading has been read.
        barred: True if the text says that a list of another kind follows.
        filled: True once entries have been read.
        place_mark: The mark behind which organisations stand.
        entry_mark: The mark behind which entries stand.
    """

    default: str | None
    public_default: bool = False
    inside: bool = False
    announced: bool = False
    barred: bool = False
    filled: bool = False
    place_mark: str | None = None
    entry_mark: str | None = None
    levels: list[_Level] = field(default_factory=list)

    # ------------------------------------------------------------------ what is in force

    def _top(self, what: str) -> _Level | None:
        return next((lv for lv in reversed(self.levels) if getattr(lv, what) is not None), None)

    @property
    def company(self) -> str | None:
        """The organisation the entries belong to."""
        level = self._top("company")
        return level.company if level else self.default

    @property
    def public(self) -> bool:
        """True if the organisation is no enterprise."""
        level = self._top("company")
        return level.public if level else self.public_default

    @property
    def kind(self) -> str | None:
        """What happened."""
        level = self._top("kind")
        return level.kind if level else None

    @property
    def chosen(self) -> bool:
        """True if the heading speaks of choosing, not of moving about."""
        level = self._top("kind")
        return level.chosen if level else True

    @property
    def hired(self) -> bool:
        """True if the heading speaks of people from elsewhere."""
        level = self._top("kind")
        return level.hired if level else False

    @property
    def rank(self) -> str | None:
        """The rank or kind of post."""
        level = self._top("rank")
        return level.rank if level else None

    @property
    def span(self) -> Span | None:
        """Where the innermost heading stands."""
        return self.levels[-1].span if self.levels else None

    # ------------------------------------------------------------------ headings

    def _level(self, mark: str) -> _Level:
        for i, level in enumerate(self.levels):
            if level.mark == mark:
                del self.levels[i + 1 :]
                return level
        self.levels.append(_Level(mark))
        return self.levels[-1]

    def enter(self, mark: str, company: str, span: Span, *, public: bool) -> None:
        """A heading that names an organisation."""
        level = self._level(mark)
        self.levels[-1] = _Level(mark, company, public, span=span)
        del level
        self.place_mark, self.inside, self.announced = mark, True, True

    def tell(self, mark: str, heading: Heading, span: Span | None, *, chosen: bool) -> None:
        """A heading that says what happened or to which rank."""
        level = self._level(mark)
        if level.used:
            keeps = heading.kind is None and level.alone and (heading.rank is None or heading.rank in ranks())
            level.kind = level.kind if keeps else None
            level.rank = None
            level.alone = level.alone and keeps
            level.used = False
        level.inline = bool(heading.rest)
        if heading.kind is not None:
            level.kind, level.chosen, level.hired = heading.kind, chosen, heading.hired
            level.alone = heading.rank is None
        if heading.rank is not None:
            level.rank = heading.rank
        level.span, self.inside = span, True

    def part(self, mark: str, span: Span) -> None:
        """A heading that names a part of the organisation: it closes what stood below."""
        level = self._level(mark)
        if level.used:
            level.kind = level.rank = None
            level.alone, level.used, self.announced = False, False, True
        level.span, self.inside = span, True

    def headed(self, mark: str) -> bool:
        """True if what stood behind a mark was a heading with entries below."""
        return mark != self.entry_mark and any(
            lv.mark == mark and lv.used and not lv.inline for lv in self.levels
        )

    def inline(self, mark: str) -> bool:
        """True if the last item behind a mark had a heading of its own (▲부회장 승진 구자훈)."""
        return any(lv.mark == mark and lv.inline for lv in self.levels)

    def leave(self, mark: str) -> None:
        """An item without a heading follows one that had its own, which does not hold for it."""
        for level in self.levels:
            if level.mark == mark and level.inline:
                level.kind = level.rank = None
                level.inline = False

    def use(self) -> None:
        """Entries have followed the headings in force."""
        for level in self.levels:
            level.used = True
