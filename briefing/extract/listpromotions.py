"""Whether a list that names but ranks is one of promotions: headline, lead and its own organisation tell."""

from __future__ import annotations

from briefing.korean.wordlists import worded

# So much of a text may tell what its list is about.
LEAD = 400
_PROMOTIONS = worded(r"{lists.titles.promotions}")


class Promotions:
    """Words of promotion in headline and lead, told apart by the organisation they stand under.

    <마루> ▷ 부사장 탁연우 <아라> ▷ 전무 승진 예지안: what stands under 아라 says nothing of 마루.
    """

    def __init__(self, title: str, text: str) -> None:
        self._headline = _PROMOTIONS().search(title) is not None
        self._told = [match.start() for match in _PROMOTIONS().finditer(text, 0, LEAD)]
        self._first: int | None = None
        self._house = 0

    def house(self, at: int) -> None:
        """The heading of another organisation stands at an offset."""
        if self._first is None:
            self._first = at
        self._house = at

    def anywhere(self) -> bool:
        """True if headline or lead speak of promotions at all."""
        return self._headline or bool(self._told)

    def under(self, end: int) -> bool:
        """True if headline, lead or the organisation in force, as far as an offset, speak of promotions."""
        if self._headline or self._first is None:
            return self.anywhere()
        return any(at < self._first or self._house <= at < end for at in self._told)
