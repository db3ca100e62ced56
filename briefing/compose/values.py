"""What was found as JSON-able values: dates and times ISO, nothing shortened, every fact with its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.compose.summary import summary
from briefing.compose.titles import people_once
from briefing.compose.views import about
from briefing.findings import Agenda, MovesBrief, PersonBrief, Post, TitleBrief, TopicBrief
from briefing.model import CompanyBrief, Fact, MergedFact, Move, Period, Quote, Source, Story, person_of

Values = dict[str, object]


def values_of(
    found: CompanyBrief | PersonBrief | TitleBrief | TopicBrief | MovesBrief | Agenda,
    topics: Mapping[str, str],
) -> Values:
    """A finding as values.

    Args:
        found: What to tell.
        topics: Topic id -> label.
    """
    match found:
        case CompanyBrief():
            return _company(found, topics)
        case PersonBrief():
            return {
                "person": {"name": found.who.name, "companies": list(found.who.companies)},
                "posts": [_post(post) for post in found.posts],
                "stories": [_story(story, story.facts, topics) for story in found.stories],
            }
        case TitleBrief():
            return {
                "company": {"name": found.company.name, "code": found.company.code},
                "title": found.title,
                "people": [
                    {"name": who.name, "companies": list(who.companies), "post": _post(post)}
                    for who, post in found.held
                ],
                "more": found.more,
            }
        case TopicBrief():
            return {
                "topic": topics.get(found.topic, found.topic),
                "period": _period(found.period),
                "reached": found.reached.isoformat() if found.reached else None,
                "stories": [_story(story, story.facts, topics) for story in found.stories],
            }
        case MovesBrief():
            return {
                "period": _period(found.period),
                "stories": [_story(story, story.facts, topics) for story in found.stories],
            }
        case Agenda():
            return {
                "title": found.title,
                "today": found.today.isoformat(),
                "stories": [_story(story, story.facts, topics) for story in found.stories],
            }


def _company(brief: CompanyBrief, topics: Mapping[str, str]) -> Values:
    told = [
        (story, [m for m in about(story, brief.company) if _asked(m.fact, brief.topic)])
        for story in brief.stories
    ]
    kept = [(story, facts) for story, facts in told if facts or brief.topic is None]
    company = brief.company
    values: Values = {"company": {"name": company.name, "code": company.code, "market": company.market}}
    if brief.topic is not None:
        values["topic"] = topics.get(brief.topic, brief.topic)
    return {
        **values,
        "period": _period(brief.period),
        "articles": sum(story.article_count for story, _ in kept),
        "stories": [_story(story, facts, topics) for story, facts in kept],
    }


def _asked(fact: Fact, topic: str | None) -> bool:
    return topic is None or (isinstance(fact, Quote) and topic in fact.topics)


def _period(period: Period) -> Values:
    return {"since": period.since.isoformat(), "until": period.until.isoformat()}


def _story(story: Story, facts: Sequence[MergedFact], topics: Mapping[str, str]) -> Values:
    return {
        "id": story.id,
        "headline": story.headline,
        "summary": summary(facts, story),
        "first_published": story.first_published.isoformat(),
        "last_published": story.last_published.isoformat(),
        "articles": story.article_count,
        "outlets": list(story.outlets),
        "people": [
            {"name": person.name, "company": person.company, "title": person.title}
            for person in people_once(story.people)
        ],
        "facts": [_json_fact(merged, topics) for merged in facts],
    }


def _post(post: Post) -> Values:
    sources = post.since.sources if post.since else (post.mention.source,) if post.mention else ()
    return {
        "company": post.company,
        "titles": list(post.titles),
        "by": "move" if post.since else "mention",
        "sources": [_source(source) for source in sources],
    }


def _source(source: Source) -> Values:
    return {
        "outlet": source.outlet,
        "url": source.url,
        "title": source.title,
        "published": source.published.isoformat(),
        "sentence": source.sentence,
        "resolutions": {found.form: found.person for found in source.resolutions},
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
        "sources": [_source(source) for source in merged.sources],
    }


def _json_values(fact: Fact, topics: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {"person": person_of(fact), "company": fact.company}
    if isinstance(fact, Move):
        return {
            "type": "move",
            **values,
            "kind": fact.kind.value,
            "role": fact.role,
            "status": fact.status.value,
            "when": fact.when.isoformat() if fact.when else None,
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
