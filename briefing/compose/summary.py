"""Stories in one line, and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.compose.activities import activity_items
from briefing.compose.views import (
    ActivityItem,
    MoveLine,
    QuoteItem,
    Sources,
    about,
    move_lines,
    name_of,
    quote_items,
    sources_of,
)
from briefing.model import Activity, CompanyBrief, Fact, MergedFact, Move, Quote, Story


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story as one line of a digest.

    Attributes:
        companies: Whom it is about, those asked for first.
        kind: 인사, 행보 or 발언.
        moves: Lines of the move, at most two.
        activity: The activity, where the story is about one.
        quote: The quotation, where it has nothing else.
        more: Further facts that the line leaves out.
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
        return "인사"
    if any(isinstance(merged.fact, Activity) for merged in facts):
        return "행보"
    return "발언"


def story_line(story: Story, companies: Sequence[str]) -> StoryLine | None:
    """One line made of a story's facts; None for a story that tells nothing a line can say."""
    asked = tuple(merged for merged in story.facts if merged.fact.company in companies)
    facts = asked or story.facts
    if not facts:
        return None
    moves = move_lines(story, facts)
    activities = activity_items(story, facts)
    quotes = quote_items(story, facts, {})
    if not (moves or activities or quotes):
        return None
    further = (len(moves) - 2 if len(moves) > 2 else 0) if moves else len(activities) - 1 if activities else 0
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


def json_brief(brief: CompanyBrief, topics: Mapping[str, str]) -> dict[str, object]:
    """A briefing as JSON-able values, with every fact and source."""
    return {
        "company": {"name": brief.company.name, "code": brief.company.code, "market": brief.company.market},
        "period": {"since": brief.period.since.isoformat(), "until": brief.period.until.isoformat()},
        "articles": sum(story.article_count for story in brief.stories),
        "stories": [
            {
                "id": story.id,
                "headline": story.headline,
                "first_published": story.first_published.isoformat(),
                "last_published": story.last_published.isoformat(),
                "articles": story.article_count,
                "outlets": list(story.outlets),
                "people": [
                    {"name": person.name, "company": person.company, "title": person.title}
                    for person in story.people
                ],
                "facts": [_json_fact(merged, topics) for merged in about(story, brief.company)],
            }
            for story in brief.stories
        ],
    }


def _json_fact(merged: MergedFact, topics: Mapping[str, str]) -> dict[str, object]:
    return {
        **_json_values(merged.fact, topics),
        "corrected": merged.corrected.url if merged.corrected else None,
        "rumoured": merged.rumoured.published.isoformat() if merged.rumoured else None,
        "conflicts": [
            {
                "field": conflict.field,
                "value": str(conflict.value),
                "sources": [source.url for source in conflict.sources],
            }
            for conflict in merged.conflicts
        ],
        "sources": [
            {
                "outlet": source.outlet,
                "url": source.url,
                "title": source.title,
                "published": source.published.isoformat(),
                "sentence": source.sentence,
                "resolutions": {found.form: found.person for found in source.resolutions},
            }
            for source in merged.sources
        ],
    }


def _json_values(fact: Fact, topics: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {"person": name_of(fact), "company": fact.company}
    if isinstance(fact, Move):
        return {
            "type": "move",
            **values,
            "kind": fact.kind.value,
            "role": fact.role,
            "status": fact.status.value,
        }
    if isinstance(fact, Quote):
        return {
            "type": "quote",
            **values,
            "title": fact.title,
            "text": fact.text,
            "by": fact.by.value,
            "strategic": fact.strategic,
            "topics": [topics.get(topic, topic) for topic in fact.topics],
        }
    return {
        "type": "activity",
        **values,
        "kind": fact.kind.value,
        "title": fact.title,
        "what": fact.what,
        "when": fact.when.isoformat() if fact.when else None,
        "until": fact.until.isoformat() if fact.until else None,
        "place": fact.place,
        "companions": list(fact.companions),
        "planned": fact.planned,
    }
