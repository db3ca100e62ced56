"""A cheap scan that stops articles without any executive before the analyzer runs."""

from __future__ import annotations

import re
from functools import cache

from briefing.korean.lexicon import trie_branches, trie_pattern, words
from briefing.korean.wordlists import worded
from briefing.model import Article

# Headings of lists; two patterns, since `re` looks quickly only for what begins with one kind of character.
_NOTICE = worded(r"\[{gate.lists.notices+gate.lists.obituaries}\]")
_OBITUARIES = worded(r"\[{gate.lists.obituaries}\]")
_MARKED = worded(r"[◇◆△▲▷▶■□]\s?[가-힣A-Za-z\s]{0,12}{gate.lists.kinds}")
# Headlines of personnel moves.
HEADLINE = worded(r"인사(?!말|청문)|{gate.lists.headlines}")
_MOVES = worded(r"{gate.lists.headlines+gate.lists.moves}")


@cache
def _doubtful() -> frozenset[str]:
    return frozenset(words("gate.toml", "doubtful", "words"))


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(
        trie_pattern(w for w in words("titles.toml", "executive", "words") if w not in _doubtful())
    )


@cache
def _words_doubted() -> re.Pattern[str]:
    return re.compile(trie_branches(_doubtful()))


@cache
def _weak() -> re.Pattern[str]:
    weak = f"(?:{_words_doubted().pattern})"
    no_more = "[적팀작곡하되로단품성선번드합했]"  # 대표번호, 감사드린다
    return re.compile(rf"[가-힣A-Za-z)]\d{{0,3}}\s?{weak}(?!{no_more})|{weak}(?=\s?[ :]\s?[가-힣]{{2,4}})")


@cache
def _others() -> tuple[str, ...]:
    return words("gate.toml", "others", "words")


def names_title(text: str, start: int = 0, end: int | None = None) -> bool:
    """True if a stretch of text holds an executive's title, or a word like one beside a name or company."""
    stop = len(text) if end is None else end
    if _holds(_strong(), text, start, stop):
        return True
    # what `_weak` begins with stands everywhere, so it is slow; most sentences hold none of its words
    return _words_doubted().search(text, start, stop) is not None and _holds(_weak(), text, start, stop)


def _holds(titles: re.Pattern[str], text: str, start: int, stop: int) -> bool:
    return any(
        not text.endswith(_others(), start, match.end()) for match in titles.finditer(text, start, stop)
    )


def holds_list(article: Article) -> bool:
    """True if headline or text hold the marks of a list of appointments."""
    return any(p().search(text) for text in (article.title, article.text) for p in (_NOTICE, _MARKED))


def holds_obituaries(article: Article) -> bool:
    """True if headline or text are headed as notices of deaths."""
    return any(_OBITUARIES().search(text) for text in (article.title, article.text))


def promised(article: Article) -> bool:
    """True if headline or marks promise executives: a title or move in the headline, a list in the text."""
    title = article.title
    return bool(HEADLINE().search(title) or names_title(title)) or holds_list(article)


def tells_moves(*parts: str) -> bool:
    """True if one of the texts holds a word that tells of posts taken or left."""
    return any(_MOVES().search(part) for part in parts)


def passes(article: Article) -> bool:
    """False only if the text can hold no named executive and no list of appointments.

    The check runs over headline and text with regular expressions that look at each character a
    bounded number of times.
    """
    return promised(article) or names_title(article.text)
