"""Stories in one line, and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.activities import activity_items
from briefing.compose.formatting import local_day
from briefing.compose.journeys import SEOUL
from briefing.compose.movelines import MoveLine, move_lines
from briefing.compose.texts import text
from briefing.compose.translation import change, occasion, person, title
from briefing.compose.views import ActivityItem, QuoteItem, Sources, quote_items, sources_of
from briefing.compose.wording import move_words
from briefing.model import Activity, MergedFact, Move, MoveKind, MoveStatus, Story


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story as one line of a digest.

    Attributes:
        companies: Whom it is about, those asked for first.
        kind: 인사, 행보 or 발언.
        moves: Lines of the move, at most two.
        activity: The activity, where the story is about one.
        quote: The quotation, where it has nothing else.
        more: Further moves or occasions that the line leaves out.
        sources: Of all its facts.
        articles: `보도 n건`.
        corrected: A correction decided what it says.
        contested: Sources contradict what it says.
    """

    companies: tuple[str, ...]
    kind: str
    moves: tuple[MoveLine, ...]
    activity: ActivityItem | None
    quote: QuoteItem | None
    more: int
    sources: Sources
    articles: int
    corrected: bool = False
    contested: bool = False


def company_names(story: Story, asked: Sequence[str]) -> tuple[str, ...]:
    """Companies a story's facts name, in order; of those asked for, if any are given."""
    named = dict.fromkeys(merged.fact.company for merged in story.facts if merged.fact.company)
    return tuple(name for name in named if name and (not asked or name in asked))


def kind_of(facts: Sequence[MergedFact]) -> str:
    """What a story is about, in a word: a move outweighs an activity, an activity words."""
    if any(isinstance(merged.fact, Move) for merged in facts):
        return text("alert_kind.move")
    if any(isinstance(merged.fact, Activity) for merged in facts):
        return text("alert_kind.activity")
    return text("alert_kind.quote")


def story_line(story: Story, companies: Sequence[str], today: date) -> StoryLine | None:
    """One line made of a story's facts on a reader's day; None if it tells nothing that a line can say."""
    asked = tuple(merged for merged in story.facts if merged.fact.company in companies)
    facts = asked or story.facts
    if not facts:
        return None
    moves = move_lines(story, facts)
    activities = activity_items(story, facts, today)
    quotes = quote_items(story, facts, {})
    if not (moves or activities or quotes):
        return None
    further = max(len(moves) - 2, 0) if moves else _occasions(activities) - 1 if activities else 0
    names = company_names(story, companies) or company_names(story, ())
    told = [line.doubts for line in (*moves[:2], *(activities[:1] if not moves else ()))]
    return StoryLine(
        companies=names[:2],
        kind=kind_of(facts),
        moves=tuple(moves[:2]),
        activity=activities[0] if activities and not moves else None,
        quote=quotes[0] if quotes and not moves and not activities else None,
        more=further,
        sources=sources_of(facts),
        articles=story.article_count,
        corrected=any(doubts.corrected for doubts in told),
        contested=any(doubts.conflicts for doubts in told),
    )


def summary(facts: Sequence[MergedFact], story: Story) -> str:
    """A story in a few words of its facts: `대표이사 교체`, `남궁진 대표이사 내정 외 3명`.

    Nothing is said that no fact says: a post changes hands only where its taking and its leaving are told.
    What was to come is to come here as of the last article.
    """
    moves = [(merged, merged.fact) for merged in facts if isinstance(merged.fact, Move)]
    if moves:
        return _moves_summary(moves)
    if items := activity_items(story, facts, local_day(story.last_published, SEOUL)):
        main = items[0].main or items[0].stations[0]
        occasions = _occasions(items)
        state = text(f"line.{main.state}") if main.state else ""
        told = " ".join(filter(None, (person(items[0].who), occasion(main.what), state)))
        return text("line.more_occasions", what=told, count=occasions - 1) if occasions > 1 else told
    if quotes := quote_items(story, facts, {}):
        return _and_more(text("line.said", name=person(quotes[0].who)), len(quotes) - 1)
    return ""


def _occasions(items: Sequence[ActivityItem]) -> int:
    return sum(len(item.stations) + (item.main is not None) for item in items)


def heading(facts: Sequence[MergedFact]) -> str:
    """What a heading may add to the lines of a story: `대표이사 교체`, `40명`; empty for one person."""
    moves = [(merged, merged.fact) for merged in facts if isinstance(merged.fact, Move)]
    if handed_on := _handed_on(moves):
        return handed_on
    people = {(move.person, move.company) for _, move in moves}
    return text("line.people", count=len(people)) if len(people) > 1 else ""


def _handed_on(moves: Sequence[tuple[MergedFact, Move]]) -> str:
    """`대표이사 교체` if the weightiest move is one half of that; else nothing."""
    if not moves:
        return ""
    move = moves[0][1]
    same = [other for _, other in moves if (other.company, other.role) == (move.company, move.role)]
    taking = {other.person for other in same if other.kind in {MoveKind.APPOINTED, MoveKind.PROMOTED}}
    leaving = {other.person for other in same if other.kind is MoveKind.DEPARTED}
    settled = all(other.status is MoveStatus.DONE for other in same)
    changed = move.role and settled and taking and leaving and not taking & leaving
    return text("line.handed_on", post=title(move.role)) if changed and move.role else ""


def _moves_summary(moves: Sequence[tuple[MergedFact, Move]]) -> str:
    if handed_on := _handed_on(moves):
        return handed_on
    first, move = moves[0]
    people = {other.person for _, other in moves}
    words = f"{move.role} {move_words(first)}" if move.role else move_words(first)
    return _and_more(f"{move.person} {change(words)}", len(people) - 1)


def _and_more(what: str, people: int) -> str:
    return text("line.more_people", what=what, count=people) if people else what
