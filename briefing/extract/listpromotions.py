"""Whether a list that names but ranks is one of promotions: headline, lead and its own organisation tell."""

from __future__ import annotations

from briefing.extract.listlines import is_prose
from briefing.korean.wordlists import worded

# So much of a text may tell what its list is about.
LEAD = 400
_PROMOTIONS = worded(r"{lists.titles.promotions}")


class Promotions:
    """Words of promotion in headline and lead, told apart by the organisation they stand under.

    <마루> ▷ 부사장 탁연우 <아라> ▷ 전무 승진 예지안: what stands under 아라 says nothing of 마루. A line of
    prose (… 상무는 승진자이며) speaks of all, wherever it stands.
    """

    def __init__(self, title: str, text: str) -> None:
        told = [m.start() for m in _PROMOTIONS().finditer(text, 0, LEAD) if not _in_note(text, m.start())]
        self._of_all = _PROMOTIONS().search(title) is not None or any(_in_prose(text, at) for at in told)
        self._told = told
        self._first: int | None = None
        self._house = 0

    def house(self, at: int) -> None:
        """The heading of another organisation stands at an offset."""
        if self._first is None:
            self._first = at
        self._house = at

    def anywhere(self) -> bool:
        """True if headline or lead speak of promotions at all."""
        return self._of_all or bool(self._told)

    def under(self, end: int) -> bool:
        """True if headline, lead or the organisation in force, as far as an offset, speak of promotions."""
        if self._of_all or self._first is None:
            return self.anywhere()
        return any(at < self._first or self._house <= at < end for at in self._told)


def _in_note(text: str, at: int) -> bool:
    """True for a note behind one name, which says nothing of the others: 도하린 부사장(승진)."""
    line = text.rfind("\n", 0, at) + 1
    opened = max(text.rfind("(", line, at), text.rfind("（", line, at))
    if opened <= max(text.rfind(")", line, at), text.rfind("）", line, at)):
        return False
    return text[max(line, opened - 1) : opened].strip() != ""  # 송기백(←판매실장, 상무에서 승진)


def _in_prose(text: str, at: int) -> bool:
    """True if the line around an offset is prose, no item of a list."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return is_prose(text[start : end if end >= 0 else len(text)], marked=False)
