"""A cheap scan that stops articles without any executive before the analyzer runs."""

from __future__ import annotations

import re
from functools import cache

from briefing.korean.lexicon import trie_pattern, words
from briefing.model import Article

# Title words that say little alone: 대표팀, 상무(soccer), 이사(moving), 감사(thanks), 고문(torture).
_WEAK = frozenset(
    [
        "대표",
        "상무",
        "이사",
        "감사",
        "고문",
        "전무",
        "총괄",
        "단장",
        "실장",
        "임원",
        "총수",
        "오너",
        "펠로",
        "마스터",
        "사주",
        "CPO",
        "CMO",
        "CVO",
        "CAO",
        "CBO",
        "CRO",
        "CLO",
        "CoS",
        "총재",
        "지배인",
        "조합장",
    ]
)
_LIST = re.compile(
    r"\[(?:인사|부고|부음)\]|[◇◆△▲▷▶■□]\s?[가-힣A-Za-z\s]{0,12}(?:승진|전보|선임|보임|위촉|내정|임명|신규)"
)


_HEADLINE = re.compile(r"인사(?!말|청문)|승진|선임|내정|연임|사임|취임|영입|퇴임|용퇴|유임")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(trie_pattern(w for w in words("titles.toml", "executive", "words") if w not in _WEAK))


@cache
def _weak() -> re.Pattern[str]:
    weak = trie_pattern(_WEAK)
    return re.compile(rf"[가-힣A-Za-z)]\s?{weak}(?![적팀작곡하되로단품성선])|{weak}\s?[ :]\s?[가-힣]{{2,4}}")


def passes(article: Article) -> bool:
    """False only if the text can hold no named executive and no list of appointments.

    The check runs over headline and text with two regular expressions that look at each character
    a bounded number of times.
    """
    if _HEADLINE.search(article.title):
        return True
    for text in (article.title, article.text):
        if _strong().search(text) or _LIST.search(text) or _weak().search(text):
            return True
    return False
