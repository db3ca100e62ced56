"""What a text is about, in few words and without a tokenizer: names, numbers, quoted words, rare words.

Grouping must cost next to nothing an article, so this works with regular expressions and the lists of
briefing/data/grouping.toml; what the extractor found is used beside it, never required.

A term is a string whose prefix says what it is: `p:` person, `c:` company, `o:` kind of occasion, `q:` quoted
words (hashed), `n:` number with unit, `w:` word; a capital prefix says that headline or lead name it, which
background paragraphs (careers, last year's figures) do not. Prefix and length alone decide the weight, so
stored terms need no weights beside them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.stories.minhash import short_hash
from briefing.stories.vocabulary import vocabulary

MAX_TERMS = 80
MAX_TEXT = 20_000  # characters looked at; what an article is about stands before that
LEAD = 250  # characters of the body that, with the headline, name the event

# Contact lines, credits and wire marks say who wrote, not what happened.
_CREDIT = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,200}|https?://\S+"
    r"|^\s*[(\[][^()\[\]\n]{0,24}?(?:=|기자|특파원)[^()\[\]\n]{0,16}[)\]]"
    r"|[^\s.]{0,12}=?[가-힣]{2,4}\s?(?:선임)?(?:기자|특파원)(?![가-힣])"
    r"|^.{0,40}(?:저작권|무단\s?전재).*$",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[\"“”]([^\"“”\n]{8,400})[\"“”]")
_NUMBER = re.compile(r"(?<![\dA-Za-z.])(\d[\d,]*(?:\.\d+)?)\s?([조억만천]*)\s?([가-힣%㎞℃]{1,3})?")
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z][A-Za-z0-9&.\-]*[A-Za-z0-9]")
_CLOCK_UNITS = frozenset("일월시분초년")
# Single digits of these are everywhere ("2명", "3차"); only longer counts tell something.
_COUNT_UNITS = frozenset("살세명개번차곳건배층호회주인")
_LIST_MARK = re.compile(r"^\s*[◇△▲▷▶◆■□●○<＜\[]")
_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its particle; at least two syllables stay."""
    for particle in vocabulary().particles:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word[: -len(particle)]
    return word


@lru_cache(maxsize=50_000)
def weight(term: str) -> float:
    """How much sharing a term tells, in units of about one specific noun."""
    kind, _, value = term.partition(":")
    kind = kind.lower()
    if kind in {"p", "q"}:
        return 1.5
    if kind in {"c", "o"}:
        return 0.0  # counted apart, see grouping.strength
    if kind == "n":
        return 0.4 + 0.4 * min(len(re.sub(r"\D", "", value).strip("0")), 3)
    if value.isascii():
        return 0.5 if len(value) <= 3 else 0.9
    return {2: 0.5, 3: 0.9}.get(len(value), 1.2)


def prose(text: str) -> str:
    """The text without credits and without the short lines of menus and buttons (list marks stay)."""
    kept = []
    text = text[:MAX_TEXT]
    for line in _CREDIT.sub(" ", text).splitlines():
        bare = line.strip()
        if len(bare) >= 24 or _LIST_MARK.match(bare) or bare.endswith((".", "다", "”", '"')):
            kept.append(bare)
    return "\n".join(kept) if kept else text


def persons(text: str) -> tuple[str, ...]:
    """Full names beside a title (`남궁진 사장`, `사장 남궁진`, `남궁진 회사 사장`) or an age."""
    found = (next(group for group in match.groups() if group) for match in _name_pattern().finditer(text))
    return tuple(dict.fromkeys(name for name in found if is_name(name)))


def companies(text: str) -> tuple[str, ...]:
    """Words that look like companies by their ending or by ㈜."""
    endings = vocabulary().company_endings
    found = []
    for match in _WORD.finditer(text):
        root = stem(match.group())
        marked = text[max(match.start() - 1, 0)] == "㈜"
        # an ending that stands alone is no name
        if marked or (root.endswith(endings) and any(root.endswith(end) and root != end for end in endings)):
            found.append(root)
    return tuple(dict.fromkeys(found))


def occasions(title: str, body: str) -> tuple[str, ...]:
    """Kinds of event the headline or lead names, or the body names twice."""
    head = f"{title}\n{body[:LEAD]}"
    return tuple(
        kind
        for kind, words in vocabulary().occasions
        if any(word in head for word in words) or sum(body.count(word) for word in words) >= 3
    )


@cache
def _name_pattern() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, vocabulary().titles))
    post = rf"(?:신임\s)?[가-힣A-Za-z]{{0,8}}?(?:{titles})"
    # Look-aheads, because "내정된 한도윤 사장" must not use up the name that follows.
    return re.compile(
        rf"(?<![가-힣])([가-힣]{{2,4}})(?=\s(?:㈜?[가-힣A-Za-z&]{{1,14}}\s)?{post})"
        rf"|(?<![가-힣])([가-힣]{{2,4}})(?=\s?\(\d{{2}}세?\))"
        rf"|(?<=\s)(?:{titles})\s?([가-힣]{{3}})(?=[\s(▲△◇,·]|$)"
    )


def is_name(word: str) -> bool:
    """Whether a word can be a full Korean name: a known surname and two more syllables, no usual word."""
    words = vocabulary()
    if word in words.not_names or word in words.common or word in words.titles or stem(word) in words.common:
        return False
    if any(word.endswith(title) for title in words.titles):
        return False
    if len(word) == 4:
        return word[:2] in words.surnames
    return len(word) == 3 and word[0] in words.surnames and stem(word) == word and not _is_predicate(word)


def salient(
    title: str, body: str, people: tuple[str, ...] = (), employers: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The terms of an article, most telling first, at most `MAX_TERMS`.

    Args:
        title: Headline, may be empty.
        body: Text as `prose` leaves it.
        people: Names the extractor found.
        employers: Companies the extractor found.
    """
    text = f"{title}\n{body}"
    names = dict.fromkeys((*people, *persons(text)))
    firms = dict.fromkeys((*employers, *companies(text)))
    lead_end = len(title) + LEAD
    scores: dict[str, float] = {}
    leading: set[str] = set()
    usual: dict[str, bool] = {}

    def add(term: str, position: int, base: float) -> None:
        if position < lead_end:
            leading.add(term)
            base *= 1.6
        score = scores.get(term, 0.0)
        scores[term] = (score if score > base else base) + 0.1

    for name in names:
        add(f"p:{name}", max(text.find(name), 0), 4.0)
    for firm in firms:
        add(f"c:{firm}", max(text.find(firm), 0), 2.0)
    for kind in occasions(title, body):
        add(f"o:{kind}", 0, 3.0)
    for match in _QUOTED.finditer(body):
        for key in _quote_keys(match.group(1)):
            add(f"q:{key}", match.start(), 1.5)
    for match in _NUMBER.finditer(text):
        if term := _number_term(match):
            add(term, match.start(), weight(term))
    for match in _WORD.finditer(text):
        word = match.group()
        root = word.upper() if word.isascii() else stem(word)
        if word not in usual:
            usual[word] = root in names or word in names or root in firms or _is_usual(word, root)
        if usual[word]:
            continue
        add(f"w:{root}", match.start(), weight(f"w:{root}"))
    chosen = sorted(scores, key=lambda term: (-scores[term], term))[:MAX_TERMS]
    return tuple(term[0].upper() + term[1:] if term in leading else term for term in chosen)


def in_lead(term: str) -> bool:
    """Whether headline or lead name the term."""
    return term[0].isupper()


def bare(term: str) -> str:
    """The term whatever its place."""
    return term[0].lower() + term[1:]


def _number_term(match: re.Match[str]) -> str | None:
    digits, scale, unit = match.group(1).replace(",", ""), match.group(2), (match.group(3) or "")[:1]
    if not unit and not scale:
        return None
    if not scale and (unit in _CLOCK_UNITS or (len(digits) == 1 and unit in _COUNT_UNITS)):
        return None
    return f"n:{digits}{scale}{unit}"


def _is_predicate(word: str) -> bool:
    return word.endswith(vocabulary().predicate_endings)


def _is_usual(word: str, root: str) -> bool:
    words = vocabulary()
    if word in words.common or root in words.common or root in words.titles:
        return True
    if len(word) == 2 and word[1] in "은는을를에":
        return True
    return _is_predicate(word) or word in words.particles


def _quote_keys(quote: str) -> list[str]:
    """Hashes of the two smallest letter windows of a quotation: part of it can meet the whole."""
    letters = _LETTERS.sub("", quote)
    if len(letters) < 10:
        return []
    return sorted(short_hash(letters[start : start + 8]) for start in range(len(letters) - 7))[:2]
