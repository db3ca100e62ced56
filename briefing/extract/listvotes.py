"""Agendas of general meetings as lists: 제3-1호 사외이사 오정세 선임의 건 : 가결(재선임)."""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.listgrammar import RETAINED, kind_in
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import worded

# Why such an item is turned down.
NOT_PASSED = "a vote that did not pass, or is still to come"
_MOTION = worded(
    r"(?:^|\s)({lists.page_lines.motions})(?:의|\s)?\s?(?:건|안|안건|의안)(?=\s|$|[(（\[:：\-–—→,])(.*)$"
)
# A motion without its tail, where its result stands beside it: 사외이사 오정세 선임 → 가결
_BARE = worded(
    r"\s({lists.page_lines.motions})\s?[:：→\-–—(（]\s?(?={lists.page_lines.passed}|{lists.kinds.failed})(.*)$"
)
# 제4호 이사 보수한도 승인의 건: motions that are about nobody
_AGENDA = re.compile(r"의\s건|\d호|의안|안건")
_BUSINESS = worded(r"{lists.page_lines.business}")
_PASSED = worded(r"{lists.page_lines.passed}")
_LOST = worded(r"{lists.kinds.failed}")
_NUMBER = re.compile(r"(?:제?\s?\d+(?:-\d+)*\s?호?|[①-⑳])\s?(?:의안|안건)?\s?[)）.]?\s?[:：.]?\s?(?=\S)")
# 사내이사 선임의 건(후보자: 오정세)
_CANDIDATE = worded(
    r"\s?[(（:：\-–]\s?(?:{lists.page_lines.candidates}\s?[:：]?\s?)?([가-힣A-Za-z]+(?:\s[가-힣A-Za-z]+)?)(?=\s?[)）(:：,\-–→]|\s|$)"
)
# 안건을 모두 원안대로 처리했다
_ALL_PASSED = worded(
    r"(?:^|[.\n])(?![^.\n]*이사회)[^.\n]*?{lists.page_lines.all}[^.\n]{0,30}{lists.page_lines.passed}[^.\n]{0,14}[했됐었였]다[.]"
)
_COMING = worded(r"총(?:회)?[을를이가은는]?[^.\n]{0,20}{lists.page_lines.coming}")
# 사내이사 오정세(재선임) : 가결
_OUTCOME = worded(
    r"\s?(?:[:：→]|\s[-–—]\s)\s?(?:{lists.page_lines.passed}(?:대로)?\s)?(?:{lists.page_lines.passed}|{lists.kinds.failed})(?![가-힣]{3})(.*)$"
)


def voted(text: str, *, all_passed: bool = False) -> str | None:
    """An item of an agenda as an entry: 제3-1호 사외이사 오정세 재선임의 건 가결 -> 사외이사 오정세 (재선임).

    Args:
        all_passed: True if the article says that all motions passed.

    Returns:
        The entry, "" for one that did not pass or is still to be voted on, None for an item that is no such.
    """
    found = _MOTION().search(text) or _BARE().search(text)
    if found is None:
        return _resulted(text)
    kind, result = found.group(1), found.group(2)
    if _LOST().search(result) is not None:
        kind = "유임" if kind == "해임" else ""
    elif not all_passed and _PASSED().search(result) is None:
        kind = ""
    if not kind:
        return ""
    if kind != "유임" and kind_in(result) == RETAINED:
        kind = "재선임"
    entry = _unnumbered(text, found.start())
    if len(entry.split()) < 2:  # 사내이사 선임의 건(오정세)
        named = _CANDIDATE().match(text, found.start(2))
        if named is None or _PASSED().search(named.group(1)) or kind_in(named.group(1)):
            return ""
        entry = f"{entry:<{named.start(1)}}{named.group(1)}"
    return f"{entry} ({kind})"


def _resulted(text: str) -> str | None:
    """사내이사 오정세(재선임) : 가결: a seat and whoever is to take it, with the result of the vote."""
    if _BUSINESS().search(text) is not None:
        return "" if _AGENDA.search(text) is not None else None
    result = _OUTCOME().search(text)
    if result is None or len(text[: result.start()].split()) < 2:
        return None
    return "" if _LOST().search(result.group()) else _unnumbered(text, result.start())


def _unnumbered(text: str, end: int) -> str:
    """An item up to an offset, its number left blank."""
    head = _NUMBER.match(text)
    start = head.end() if head else 0
    return f"{' ' * start}{text[start:end]}"


def all_passed(text: str) -> bool:
    """True for a text that tells of all motions that they passed."""
    return "안건" in text and _COMING().search(text) is None and _ALL_PASSED().search(text) is not None


@cache
def _failed() -> re.Pattern[str]:
    return re.compile(trie_pattern(words("lists.toml", "kinds", "failed")) + r"[).]?$")


def failed(text: str) -> bool:
    """True for an item that tells of a vote that did not pass (선임안 부결)."""
    return _failed().search(text) is not None
