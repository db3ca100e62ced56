"""Enumerations inside sentences.

사장 승진은 A 회사 직함(전 직함), B …이다 / A(회사)·B(회사) 등 4명은 전무로 승진했다.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from briefing.extract.listbyhouse import by_house
from briefing.extract.listentries import chunks, read_group
from briefing.extract.listgrammar import APPOINTED, DEPARTED, PROMOTED, kind_in, rank_only
from briefing.extract.listheaded import UNSURE, headed
from briefing.extract.listheading import Heading, heading
from briefing.extract.listhoused import Housed, besides, housed, with_shared
from briefing.extract.listmotions import motions
from briefing.extract.listposts import Entry, Post, Row
from briefing.extract.listseats import seated
from briefing.extract.listwords import Lexis
from briefing.extract.names import SHAPED, shape
from briefing.extract.titles import title_kind
from briefing.korean.wordlists import worded
from briefing.model import Span

# Hangul syllables come by their finals; one that has a final does not end a name before 다.
_FIRST, _FINALS = 0xAC00, 28
# A longer sentence is no sentence.
LONGEST = 5000
_KINDS = worded(r"{lists.rows.kinds}")
_TOPIC = re.compile(r"([가-힣· ]{2,20}?)(?:자)?(?:은|는)\s(.{4,}?)(?:이다|입니다|다)?[.]?$")
_PIECE = re.compile(r"(?:[^,()▲△▷◆]|\([^()]*\))+")
_PIECE_END = re.compile(r"\s?(?:등|총)?\s?(?<!\d)(?:\d{1,5}명?)?\s?(?:이다|입니다|이|다)?\s?[.]?$")
# 승진 임원은 [부사장 1명], 상무 11명 등 총 12명으로 크게 줄었다
_COUNTED = re.compile(r"([가-힣]{2,8})\s\d+명\s?(?:등|,|$)")
# 상무 승진자는 김대진, 배성완, 조성옥 등이다
_PLAIN = worded(
    r"([가-힣]{2,8}\s?(?:신규\s?)?{lists.rows.those}자)(?:는|은|로는|에는)\s"
    r"((?:[가-힣]{2,5}(?:\s?[,·ㆍ]\s?))*[가-힣]{2,5}?)(?=\s(?:등|씨)|\s?\d+명|,|이다|이며|이고|입니다|다[.])"
)
# 곽선우·도은재(다솔), 곽선우, 도은재(이상 다솔): the house behind several names is all of theirs
_SHARING = r"(?:[가-힣]{2,4}\s?[·ㆍ]\s?){1,20}|(?:[가-힣]{2,4}\s?[·ㆍ,]\s?){1,20}(?=[가-힣]{2,4}\(이상\s)"
_NOTED = r"[가-힣]{2,4}\([^()\n]{2,20}\)"
_RUN = re.compile(
    rf"(?:(?:{_SHARING})?{_NOTED}(?:\s?[·ㆍ,]\s?|\s(?=[가-힣]{{2,4}}\())?){{2,}}|(?:{_SHARING}){_NOTED}"
)
_RUN_HEAD = worded(r"([가-힣]{2,8}\s?(?:신규\s?)?{lists.rows.taken}자?)(?:으로는|에는|은|는|로는|:)\s*$")
_RUN_TAIL = re.compile(
    r"\s*(?:등)?\s*(?:[가-힣]{2,6}\s?)?(?:\d+명)?(?:은|는|이|가|을|를|도)?\s*(?:각각\s*|모두\s*)?([가-힣]{2,10})(?:으로|로|에)\s*"
    r"(?:(?:각각|나란히|새로|함께|모두|새롭게)\s*)?((?:신규\s?)?[가-힣]{2,4})"
)
# [곽태호, 권이안] 등 2명은 상무보에서 상무가 됐다
_BECAME = re.compile(
    r"\s*(?:등\s*)?(?:\d+명)?(?:은|는|이|가)\s(?P<old>[가-힣]{2,8}에서\s)?(?:새로\s|나란히\s)?"
    r"(?P<rank>[가-힣]{2,8}?)(?:이|가)\s(?:됐|된다|되었)"
)
# [곽태호, 권이안, 김보람] 등 7명은, [곽태호·권이안·김보람]이
_NAMES = re.compile(
    r"(?<![가-힣A-Za-z])(?:[가-힣]{2,4}\s?[,·ㆍ]\s?)+[가-힣]{2,4}?"
    r"(?=\s?등(?:\s|은|이|을)|\s\d+명|(?:은|는|이|가|을|를|도)\s)"
)
# 새로 임원이 된 이는 [A(다솔)·B(누리)] 등 상무보 8명이다
_NEWCOMERS = worded(r"{lists.rows.newcomers}\s{lists.rows.who}(?:은|는)\s$")
_AND_SO_ON = re.compile(r"\s*등(?:\s(?P<rank>[가-힣]{2,8}))?(?:\s?\d+명)?(?:이다|입니다)")
# 상무보 12명도 상무로 올라섰다. [A(다솔)·B(누리)] 등이다
_SAID_BEFORE = worded(
    r"(?<![가-힣])(?P<rank>[가-힣]{2,8}?)(?:으로|로|에)\s(?:{lists.rows.adverbs}\s)?"
    r"(?:(?P<rises>{lists.rows.rose})|{lists.rows.chose})[.]?\s*$"
)
# 2019년 상무로 승진한 임원은, 지난해 승진했다, 5년 전 승진했다: careers, no news
_THEN = r"(?:19|20)\d\d년(?!\s?(?:정기|임원|도))|(?<!\d)\d{1,2}년\s전|{times.looking_back}"
_LONG_AGO = worded(_THEN)
# The same, where it is no comparison: 지난해보다 줄었다, 지난해(24명)
_BACK = worded(rf"(?:{_THEN})(?!\s?(?:보다|[(（]|[에과와]\s(?:이어|비해|비하면|견줘|달리|같이)))")
# 승진했고 도은재는 유임될 전망이다: what is told of others
_OTHERS_BEHIND = re.compile(r"[했됐었았렸혔랐](?:고|으며|지만|으나|는데)(?=[\s,])")
_LEAVING = worded(r"\s*{lists.rows.leaving}\s")
# 전무에는 [A(다솔)·B(누리)]가 올랐다
_RANK_HEAD = re.compile(r"(?<![가-힣])([가-힣]{2,8})(?:에는|로는|으로는)\s$")
_RANK_TAIL = worded(
    r"\s*(?:등\s?)?(?:\d+명)?(?:이|가|을|를)\s(?:[가-힣]{2,4}\s)?(?:(?P<rises>{lists.rows.rises})|{lists.rows.named})"
)
# [A(다솔), B(누리)] 등 11명은 상무 명함을 새로 팠다
_TOKEN_TAIL = worded(
    r"\s*(?:등)?\s*(?:\d+명)?(?:은|는|이|가|도)?\s*(?:[가-힣]{2,4}\s)?([가-힣]{2,8})\s{lists.rows.tokens}(?:를|을)\s"
)


def sentence_rows(text: str, sentences: Iterable[Span], lexis: Lexis) -> Iterator[tuple[Span, Row]]:
    """Entries of the enumerations in the sentences of a text, each with the sentence that tells it."""
    before, named = "", list[Housed]()
    for span in sentences:
        line = span.of(text)
        post = besides(line, named, lexis)
        if post is not None:
            yield span, Row(post, APPOINTED, None)
        named = [*_housed(line, span.start, lexis)]
        for row in _rows(line, span.start, lexis, before, named):
            yield span, row
        before = line


def _housed(line: str, base: int, lexis: Lexis) -> Iterator[Housed]:
    """사장 승진자는 A(다솔)와 B(누리) 두 명이다: news, not what a sentence looks back at."""
    if "(" in line and len(line) <= LONGEST and _LONG_AGO().search(line) is None:
        yield from housed(line, base, lexis)


def _rows(line: str, base: int, lexis: Lexis, before: str, named: Sequence[Housed]) -> Iterator[Row]:
    """Entries of the enumerations in a sentence; `named` are those told with their houses."""
    if len(line) > LONGEST:
        return
    if _KINDS().search(line) is None:
        yield from _so_on(line, base, lexis, before)
        return
    yield from (Row(entry, found.kind, found.rank) for found in named for entry in found.entries)
    yield from _plain(line, base, lexis)
    yield from _bare(line, base, lexis)
    recent = _LONG_AGO().search(line) is None
    if recent:
        yield from headed(line, base, lexis)
        yield from by_house(line, base, lexis)
    yield from motions(line, base, lexis)
    if "(" not in line and _LEAVING().match(line) is None:
        return
    if recent:
        yield from seated(line, base, lexis)
    if not named:
        yield from _topical(line, base, lexis)
    for run in _RUN.finditer(line):
        if any(run.start() < found.end and found.start < run.end() for found in named):
            continue
        kind, rank = _told(line[: run.start()], line[run.end() :])
        if kind is not None and not _doubtful(line, run):
            for read in with_shared(_entries(run.group(), base + run.start(), lexis)):
                yield Row(read, kind, rank)


def _so_on(line: str, base: int, lexis: Lexis, before: str) -> Iterator[Row]:
    """[상무보 12명이 상무로 올라섰다.] A(다솔)·B(누리) 등이다: the sentence before tells what happened."""
    run = _RUN.match(line)
    if run is None or _AND_SO_ON.match(line, run.end()) is None:
        return
    said = _SAID_BEFORE().search(before)
    if said is not None and _LONG_AGO().search(before) is None and rank_only(said["rank"]):
        for read in _entries(run.group(), base, lexis):
            yield Row(read, PROMOTED if said["rises"] else APPOINTED, said["rank"])


def _bare(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """곽태호, 권이안, 김보람 등 7명은 상무로 새로 선임됐다: names and nothing else."""
    for run in _NAMES.finditer(line):
        kind, rank = _told(line[: run.start()], line[run.end() :])
        if kind is None or rank is None or not rank_only(rank):
            continue
        if _doubtful(line, run):
            continue
        start = run.start() + _clause_ahead(run.group())
        read = _entries(line[start : run.end()], base + start, lexis)
        if all(entry.post == Post() and all(n.worth > 1 for n in entry.names) for entry in read):
            for entry in read:
                yield Row(entry, kind, rank)


def _doubtful(line: str, run: re.Match[str]) -> bool:
    """True if what is told of a row is expected or heard only, or lies long back."""
    ends = _OTHERS_BEHIND.search(line, run.end())
    stop = ends.start() if ends is not None else len(line)
    return UNSURE().search(line, run.end(), stop) is not None or _BACK().search(line, 0, stop) is not None


# The last syllable of a verb before another one.
_AND = "고며"


def _clause_ahead(run: str) -> int:
    """Length of what ends a clause in front of names: [전무로, ]곽태호·권이안, [승진했고, ]곽태호·권이안."""
    word, mark, rest = run.partition(",")
    ends = bool(mark) and (title_kind(word[:-1]) is not None or (shape(word) < SHAPED and word[-1] in _AND))
    return len(run) - len(rest.lstrip()) if ends else 0


def _plain(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """상무 승진자는 김대진, 배성완, 조성옥 등이다."""
    for told in _PLAIN().finditer(line):
        found = heading(told.group(1))
        if found is None or not found.kind or not found.rank or found.rest:
            continue
        for read in _entries(told.group(2), base + told.start(2), lexis):
            if read.post == Post() and all(n.worth > 1 for n in read.names):
                yield Row(read, found.kind, found.rank)


def _topical(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """사장 승진은 반승민 세온전자 무선사업부장 사장(전 …), …이다."""
    leaving = _LEAVING().match(line)  # 물러나는 대표는 A, B이다
    topic = _TOPIC.match(line, leaving.end() if leaving else 0)
    said = topic.group(1) if topic is not None else ""
    found = Heading(DEPARTED, rank_only(said)) if leaving else heading(said)
    if leaving is None and topic is not None and _is_verb(line):
        return  # 승진자는 22명으로 지난해(31명)보다 크게 줄었다
    if leaving and not rank_only(said):
        return  # 떠나는 자리였지만 남긴 조언은 매서웠다
    if topic is None or found is None or not found.kind or found.rest:
        return
    counted = _COUNTED.match(topic.group(2))
    if counted is not None and rank_only(counted.group(1)):
        return
    for piece in _PIECE.finditer(topic.group(2)):
        start = base + topic.start(2) + piece.start()
        for read in _entries(_PIECE_END.sub("", piece.group()), start, lexis):
            if len(read.names) == 1 and read.names[0].worth > 0:
                yield Row(read, found.kind, found.rank)


def _is_verb(line: str) -> bool:
    """True for a sentence that ends in a verb (줄었다, 가장 많다), not in names (이하늘이다, 노하루다)."""
    ending = line.rstrip(" .")
    if ending.endswith("니다"):
        return not ending.endswith("입니다")
    return ending.endswith("다") and len(ending) > 1 and (ord(ending[-2]) - _FIRST) % _FINALS > 0


def _entries(text: str, base: int, lexis: Lexis) -> list[Entry]:
    return read_group([chunks(re.sub("[·ㆍ]", ",", text), base)], lexis)[0]


def _told(head: str, tail: str) -> tuple[str | None, str | None]:
    """What happened to an enumeration, and the rank: from the words before it or behind it."""
    before = _RUN_HEAD().search(head)
    if before is not None and (found := heading(before.group(1))) is not None and not found.rest:
        return found.kind, found.rank
    newcomers = _AND_SO_ON.match(tail) if _NEWCOMERS().search(head) else None
    if newcomers is not None and newcomers["rank"] and rank_only(newcomers["rank"]):
        return APPOINTED, newcomers["rank"]
    rank = _RANK_HEAD.search(head)
    taken = _RANK_TAIL().match(tail)
    if rank is not None and taken is not None and rank_only(rank.group(1)):
        return PROMOTED if taken["rises"] else APPOINTED, rank.group(1)
    token = _TOKEN_TAIL().match(tail)
    if token is not None and rank_only(token.group(1)):
        return PROMOTED, token.group(1)
    became = _BECAME.match(tail)
    if became is not None and rank_only(became["rank"]):
        return PROMOTED if became["old"] else APPOINTED, became["rank"]
    after = _RUN_TAIL.match(tail)
    if after is None:
        return None, None
    kind = PROMOTED if after.group(2).startswith("올") else kind_in(after.group(2))
    if title_kind(after.group(1)) is None and not rank_only(after.group(1)):
        return (kind if kind == DEPARTED else None), None  # A(다솔), B(누리) 씨는 연말에 퇴임한다
    return kind, after.group(1)
