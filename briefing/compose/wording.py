"""Facts in words: posts, verbs and nouns of briefing/data/wording.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from briefing.compose.texts import text
from briefing.compose.translation import change, occasion
from briefing.errors import DataError
from briefing.korean.josa import with_particle
from briefing.korean.lexicon import words
from briefing.model import Activity, ActivityKind, MergedFact, Move, MoveKind, MoveStatus

_FILE = "briefing/data/wording.toml"
_LETTERS = re.compile(r"[\W_]+")
_PROVINCE = re.compile(r"[가-힣]{2,}주")
_LIST_MARKS = re.compile(r"\s*[▲△▶▷◆◇■□●○]\s*")
_QUOTED_NAME = re.compile(r"['‘]([^'‘’]{4,60})['’]$")
_ROAD = re.compile(r"(출장|출국|귀국|방문)길$")


@dataclass(frozen=True, slots=True)
class MoveWords:
    """How a kind of move is said: usually, as a rumour, and exactly where the evidence says so."""

    default: str
    rumored: str
    exact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """How a kind of activity is said; see wording.toml."""

    noun: str
    ends: tuple[str, ...]
    exact: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TripWords:
    """How a trip that is over, and one to Korea, are known; see wording.toml."""

    over: re.Pattern[str]
    outward: tuple[str, ...]
    home: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All of wording.toml."""

    moves: Mapping[MoveKind, MoveWords]
    activities: Mapping[ActivityKind, ActivityWords]
    trips: TripWords
    ranks: tuple[str, ...]
    ladder: tuple[str, ...]
    chiefs: tuple[str, ...]
    chief_names: Mapping[str, str]
    outer: tuple[str, ...]


@cache
def wording() -> Wording:
    """The shipped words.

    Raises:
        DataError: A kind or a word list is missing or of the wrong type.
    """
    raw = tomllib.loads((files("briefing") / "data" / "wording.toml").read_text(encoding="utf-8"))

    def text(table: object, where: str, key: str) -> str:
        value = table.get(key) if isinstance(table, dict) else None
        if not isinstance(value, str):
            raise DataError(_FILE, f"[{where}] {key} must be text")
        return value

    def words(table: object, where: str, key: str) -> tuple[str, ...]:
        value = table.get(key) if isinstance(table, dict) else None
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise DataError(_FILE, f"[{where}] {key} must be a list of words")
        return tuple(value)

    def pairs(table: object, where: str, key: str) -> Mapping[str, str]:
        value = table.get(key) if isinstance(table, dict) else None
        if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
            raise DataError(_FILE, f"[{where}] {key} must map words to words")
        return value

    moves = {}
    for kind in MoveKind:
        table, where = raw.get("moves", {}).get(kind.value), f"moves.{kind.value}"
        moves[kind] = MoveWords(
            text(table, where, "default"), text(table, where, "rumored"), words(table, where, "exact")
        )
    activities = {}
    for act in ActivityKind:
        table, where = raw.get("activities", {}).get(act.value), f"activities.{act.value}"
        activities[act] = ActivityWords(
            text(table, where, "noun"),
            words(table, where, "ends"),
            words(table, where, "exact"),
            words(table, where, "beside") if isinstance(table, dict) and "beside" in table else (),
        )
    trips = raw.get("trips")

    def any_of(key: str) -> str:
        return f"(?:{'|'.join(map(re.escape, words(trips, 'trips', key)))})"

    return Wording(
        moves=moves,
        activities=activities,
        trips=TripWords(
            over=re.compile(rf"{any_of('journeys')}[을를]? {any_of('finished')}|{any_of('back')}"),
            outward=words(trips, "trips", "outward"),
            home=words(trips, "trips", "home"),
        ),
        ranks=words(raw.get("titles"), "titles", "ranks"),
        ladder=words(raw.get("titles"), "titles", "ladder"),
        chiefs=words(raw.get("titles"), "titles", "chiefs"),
        chief_names=pairs(raw.get("titles"), "titles", "chief_names"),
        outer=words(raw.get("places"), "places", "outer"),
    )


@lru_cache(maxsize=4096)
def plain(text: str | None) -> str:
    """Letters and digits only, for comparing."""
    return _LETTERS.sub("", text or "").casefold()


def move_words(merged: MergedFact) -> str:
    """`선임`, or the article's own `내정`, `용퇴`, …; rumours say so."""
    move = merged.fact
    if not isinstance(move, Move):
        raise TypeError("not a move")
    words = wording().moves[move.kind]
    if move.status is MoveStatus.RUMORED:
        return words.rumored
    for source in merged.sources:
        said = [word for word in words.exact if word in source.sentence]
        if len(said) == 1:
            return said[0]
    return words.default


def activity_phrase(merged: MergedFact) -> str:
    """What an article tells, as a noun phrase: `미국 출장`, `북미 테크 콘퍼런스 주관`, `기업설명회`."""
    activity = merged.fact
    if not isinstance(activity, Activity):
        raise TypeError("not an activity")
    words = wording().activities[activity.kind]
    what = occasion_name(activity)
    said = _said_after(activity.what.strip(), [source.sentence for source in merged.sources], words.exact)
    if any(what.endswith(word) for word in (*words.ends, *words.exact)):
        noun = said if said and activity.kind is ActivityKind.EVENT and not what.endswith(said) else ""
    else:
        noun = said or words.noun
    if noun in words.beside and _is_somebody(what):
        # two names in a row would read as one
        what = with_particle(what, "과/와")
    phrase = f"{what} {noun}".strip()
    if returned(merged) and not phrase.endswith("귀국"):
        return f"{phrase} 후 귀국"
    return phrase.removesuffix("예정").strip() or phrase


def _is_somebody(what: str) -> bool:
    """Whether whom one met is called by name or post at the end: `노을화학 최고경영자`, `탁현오`."""
    last = what.rsplit(maxsplit=1)[-1] if what else ""
    posts, surnames = _called()
    return last.endswith(posts) or (3 <= len(what) <= 4 and what.startswith(surnames) and " " not in what)


@cache
def _called() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What people are called by: posts, and family names."""
    posts = words("titles.toml", "executive", "words") + words("titles.toml", "bearing", "words")
    return posts, words("surnames.toml", "one") + words("surnames.toml", "two")


def bare(activity: Activity) -> bool:
    """Whether an activity is told without saying of what: `방문`."""
    words = wording().activities[activity.kind]
    return activity.kind is ActivityKind.VISIT and activity.what.strip() in {"", words.noun, *words.exact}


def returned(merged: MergedFact) -> bool:
    """Whether a trip is told by the return from it: `미국 출장을 마치고 18일 귀국했다`."""
    act, sentence, trips = merged.fact, merged.best.sentence, wording().trips
    if not isinstance(act, Activity) or act.kind is not ActivityKind.TRIP or act.planned:
        return False
    return bool(trips.over.search(sentence)) and not any(word in sentence for word in trips.outward)


def occasion_name(activity: Activity) -> str:
    """The occasion in its shortest exact form, words of the article only.

    A name in quotation marks stands for what describes it, list marks become `·`, the company that the
    line names anyway and the road (`출장길`) go.
    """
    what = _LIST_MARKS.sub(" · ", activity.what).strip(" ·")
    if quoted := _QUOTED_NAME.search(what):
        what = quoted.group(1).strip()
    company = activity.company or ""
    if company and what.startswith(f"{company} ") and len(what) - len(company) > 4:
        what = what[len(company) + 1 :]
    return _ROAD.sub(r"\1", what)


def place_name(activity: Activity) -> str | None:
    """Where, by the nearest name (`미국 캘리포니아주 쿠퍼티노` is 쿠퍼티노); None if the occasion says it."""
    words_ = (activity.place or "").split()
    while len(words_) > 1 and (words_[0] in wording().outer or _PROVINCE.fullmatch(words_[0])):
        words_ = words_[1:]
    place = " ".join(words_)
    return place if place and place not in activity.what else None


def _said_after(what: str, sentences: Iterable[str], exact: Sequence[str]) -> str:
    """The one of `exact` that follows the occasion soonest in a sentence; none if none does."""
    for sentence in sentences:
        start = sentence.find(what) if what else -1
        if start < 0:
            continue
        rest = sentence[start + len(what) : start + len(what) + 40]
        found = [
            (match.start(), word) for word in exact if (match := re.search(re.escape(word) + "(?!자)", rest))
        ]
        if found:
            return min(found)[1]
    return ""


def label(name: str, titles: Iterable[str | None]) -> str:
    """A person with post and rank: `남궁진 사장(CEO)`, `윤서라 영업본부장(사장)`.

    Args:
        name: Full name.
        titles: Titles the articles give, most telling first; repetitions and None do no harm.
    """
    title = post_label(titles)
    return f"{name} {title}" if title else name


def post_label(titles: Iterable[str | None]) -> str:
    """Several titles of one person as one: a post and, in brackets, the rank or the chief office.

    `사장` and `최고경영자(CEO)` make `사장(CEO)`; `영업본부장` and `사장` make `영업본부장(사장)`.
    """
    known = dict.fromkeys(short_title(title.strip()) for title in titles if title and title.strip())
    return _as_one(tuple(known)) if known else ""


@lru_cache(maxsize=4096)
def _as_one(known: Sequence[str]) -> str:
    """Short titles, at least one, as one."""
    ranks, chiefs = wording().ranks, wording().chiefs
    chief = next(
        (word for title in known for word in chiefs if re.search(rf"(?<![A-Z]){word}(?![A-Z])", title)), None
    )
    rank = next(
        (word for title in known for word in ranks if title == word or title.endswith(f" {word}")), None
    )
    main = known[0]
    if "(" in main or "·" in main:
        return main
    if main == chief or main in ranks:
        return f"{rank}({chief})" if rank and chief else main
    if rank and rank not in main:
        return f"{main}({rank})"
    return main


@lru_cache(maxsize=4096)
def short_title(title: str) -> str:
    """`최고경영자(CEO)` and `최고경영자` as `CEO`; other titles as they are."""
    for name, short in wording().chief_names.items():
        title = re.sub(rf"{name}\s?(?:\({short}\))?", short, title)
        title = re.sub(rf"(?<![A-Z]){short}\({short}\)", short, title)
    return title


def evidence_heading(merged: MergedFact) -> str:
    """What an evidence sentence proves: `남궁진 → 대표이사 선임`, `남궁진 · 미국 출장`, `남궁진 발언`."""
    fact = merged.fact
    if isinstance(fact, Move):
        # an arrow says that a post is new
        arrow = " → " if fact.role and fact.kind in {MoveKind.APPOINTED, MoveKind.PROMOTED} else " "
        words = move_words(merged)
        return f"{fact.person}{arrow}{change(f'{fact.role} {words}' if fact.role else words)}"
    if isinstance(fact, Activity):
        told = f"{fact.person} · {occasion(activity_phrase(merged))}"
        return f"{told} {text('line.planned')}" if fact.planned else told
    return text("line.said", name=fact.speaker) if fact.speaker else text("line.said_by_nobody")
