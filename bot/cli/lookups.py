"""What `execbrief brief QUERY` asks the database: the questions of the chat, answered once."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

from bot.app import App, utc_now
from bot.handlers.asking import EARLIEST_YEAR, NoDay, read_days
from bot.handlers.words import read_names, read_question
from bot.questions import (
    AboutCompany,
    AboutPerson,
    AboutTitle,
    AboutTopic,
    Companies,
    NoSuchTopic,
    NotFound,
    meaning,
)
from briefing.findings import Agenda, Days, MovesBrief, PersonBrief, TitleBrief, TopicBrief
from briefing.model import CompanyBrief, Part, Period
from briefing.pipeline.publishing import period_of

ANSWERED = ("/brief", "/who", "/moves", "/calendar")
"""Commands of the chat that `execbrief brief` answers too."""

NO_DAY = {
    NoDay.IMPOSSIBLE: "is no date",
    NoDay.TO_COME: "is still to come",
    NoDay.TOO_EARLY: f"is too long ago; there may be news from {EARLIEST_YEAR} on",
}
"""Why a date cannot be asked about."""

Finding = CompanyBrief | PersonBrief | TitleBrief | TopicBrief | MovesBrief | Agenda


async def look_up(app: App, query: str, period: Period | None) -> Finding | str:
    """What a question finds, or in one line why it finds nothing.

    Args:
        app: Open.
        query: As in the chat, with or without /brief or /who in front.
        period: In place of the one that the question names; None for that.
    """
    command, _, rest = query.strip().partition(" ")
    match command:
        case "/moves":
            days = read_days(rest, app.answers.today()) if rest.strip() else Days(1)
            if days is None:
                found = await _named(app, f"{rest} {command.removeprefix('/')}", period)
                return (
                    found if isinstance(found, CompanyBrief) else f"{rest!r} is no period; write /moves 7일"
                )
            return await app.pipeline.lookups.moves(
                period or app.pipeline.lookups.days(days, app.settings.zone)
            )
        case "/calendar":
            company = await app.answers.find_company(rest) if rest.strip() else None
            if company is None:
                return await _unknown(app, rest) if rest.strip() else "name a company: /calendar LG전자"
            return await app.pipeline.lookups.agenda((company,), company.name, app.settings.zone)
        case "/brief" | "/who":
            query = rest
        case "/trend":
            return "/trend draws a picture, which only the chat shows; in a terminal execbrief try answers it"
        case _ if command.startswith("/"):
            near = get_close_matches(command, ANSWERED, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(ANSWERED)}"
            return f"{command} is not answered here; {hint}"
    return await _named(app, query, period)


async def _named(app: App, query: str, period: Period | None) -> Finding | str:
    question = read_question(query, app.answers.today())
    if not question.name:
        return "name a company or a person"
    asked_for = await meaning(question, app.answers, Companies(app.answers.find_companies))
    if isinstance(asked_for, NoSuchTopic | NotFound) and (wrong := question.wrong) is not None:
        return f"{wrong.text!r} {NO_DAY[wrong.why]}"
    match asked_for:
        case AboutCompany(company, days, topic, kind):
            asked = period or period_of(days, utc_now(), app.settings.zone)
            found = await app.pipeline.publisher.brief_of(company, asked)
            return replace(found, topic=topic, kind=kind)
        case AboutPerson(found=(who,)):
            return await app.pipeline.lookups.person(who)
        case AboutPerson(found=people):
            where = ", ".join(one.companies[0] for one in people if one.companies)
            return f"{len(people)} people are called {people[0].name!r}; put the company in front: {where}"
        case AboutTitle(company, title):
            return await app.pipeline.lookups.holders(company, title)
        case AboutTopic(topic, days):
            asked = period or period_of(days, utc_now(), app.settings.zone)
            return await app.pipeline.lookups.topic(topic, asked)
        case NoSuchTopic() | NotFound() if len(read_names(query)) > 1:
            return f"one company or person at a time, not {query!r}; ask once for each"
        case NoSuchTopic(word=word):
            topics = ", ".join(app.answers.topics.values())
            return f"no person or topic is called {word!r}; there are the topics {topics}"
        case NotFound(name):
            return await _unknown(app, name)


async def _unknown(app: App, name: str) -> str:
    near = ", ".join(other.name for other in await app.answers.suggest(name))
    return f"no company is called {name!r}" + (f"; did you mean: {near}?" if near else "")


def rendered(app: App, found: Finding) -> tuple[Part, ...]:
    """A finding as messages."""
    match found:
        case CompanyBrief():
            return app.renderer.brief(found)
        case PersonBrief():
            return app.renderer.person(found)
        case TitleBrief():
            return app.renderer.holders(found)
        case TopicBrief():
            return app.renderer.topic(found)
        case MovesBrief():
            return app.renderer.moves(found)
        case Agenda():
            return app.renderer.agenda(found)
