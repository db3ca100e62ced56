"""/brief, the digest of this moment, and the evidence behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from bot.handlers import Desk
from bot.handlers.asking import says_nothing, without_joining
from bot.handlers.chats import companies_named, company_named, followed, subscriber_of
from bot.handlers.companies import (
    left_over,
    nothing_subscribed,
    person_choice,
    unknown_company,
    unknown_names,
)
from bot.handlers.fitting import brief_on
from bot.handlers.lookups import moves_of, on_person
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, MOST_NAMES, Question, read_names, read_question
from bot.keyboards import company_choice, rows_of
from bot.questions import (
    AboutCompany,
    AboutPerson,
    AboutTitle,
    AboutTopic,
    Asked,
    NoSuchTopic,
    NotFound,
    meaning,
)
from briefing.compose import texts
from briefing.findings import ALL_COMPANIES, Days
from briefing.korean.lexicon import LEGAL
from briefing.model import Action, Button, Company, FactKind, Keyboard, Part

# Ids are 64 bits wide; no database takes a larger number.
LARGEST_ID = 2**63 - 1
# Briefings in one answer.
MOST_BRIEFS = 5


async def brief(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Briefing on "LG전자", "LG전자 30일", "LG전자 AI", "LG전자 인사", or what is known of a person."""
    question = read_question(args, desk.news.today())
    if says_nothing(question.name):
        if question.kind is FactKind.MOVE:
            return await moves_of(desk, question.days if args.split()[1:] else Days(1))
        own = await followed(desk, chat_id)
        part = desk.replies.chat("ask_company", command="brief")
        action = _action(question.days, None, question.kind)
        return (
            with_keyboard(part, company_choice(action[0], own or await desk.news.popular(), *action[1:])),
        )

    asked = await _meaning(desk, chat_id, question)
    if isinstance(asked, NoSuchTopic | NotFound) and (
        several := await _several(desk, chat_id, question) or await _list(desk, chat_id, question)
    ):
        return several
    return await _answer(desk, chat_id, asked)


async def _meaning(desk: Desk, chat_id: int, question: Question) -> Asked:
    async def find(name: str) -> Company | None:
        return await company_named(desk, chat_id, name)

    return await meaning(question, desk.news, find)


async def _answer(desk: Desk, chat_id: int, asked: Asked) -> tuple[Part, ...]:
    match asked:
        case AboutCompany(company, days, topic, kind):
            return await brief_on(desk, chat_id, company, days, topic, kind=kind)
        case AboutPerson(found=found):
            return await on_person(desk, chat_id, found)
        case AboutTitle(company, title):
            return await desk.news.holders(company, title)
        case AboutTopic(topic, days):
            return await desk.news.on_topic(topic, days)
        case NoSuchTopic():
            return await _no_such_topic(desk, chat_id, asked)
        case NotFound(name, days, topic, kind):
            action = _action(days, topic, kind)
            return (await unknown_company(desk, name, *action),)


def _action(days: Days, topic: str | None, kind: FactKind | None) -> tuple[str, ...]:
    """What a company's button does instead of what was asked: action, and arguments behind the name."""
    if topic is not None:
        return ("topic", topic, *days.args)
    return ("brief", *days.args) if kind is None else ("kind", kind.value, *days.args)


async def _several(desk: Desk, chat_id: int, question: Question) -> tuple[Part, ...]:
    """Briefings on companies typed one behind the other; nothing unless every word is one."""
    names = question.name.split()
    if not 1 < len(names) <= MOST_NAMES:
        return ()
    known = await companies_named(desk, chat_id, names)
    names = [name if name in known else without_joining(name) for name in names]
    found = await companies_named(desk, chat_id, names)
    if len(found) < len(set(names)):
        return ()
    companies = tuple({found[name].name: found[name] for name in names}.values())
    parts = [
        await brief_on(desk, chat_id, company, question.days, kind=question.kind)
        for company in companies[:MOST_BRIEFS]
    ]
    left = [company.name for company in companies[MOST_BRIEFS:]]
    action = _action(question.days, None, question.kind)
    return (*chain.from_iterable(parts), *await left_over(desk, left, MOST_BRIEFS, *action))


async def _list(desk: Desk, chat_id: int, question: Question) -> tuple[Part, ...]:
    """Answers to names between commas, those that nobody knows asked back together; nothing for one name."""
    # Co., Ltd. is no name
    names = read_names(LEGAL.sub(" ", question.name))
    if len(names) < 2:
        return ()
    parts: list[Part] = []
    unknown: list[str] = []
    for name in names[:MOST_BRIEFS]:
        own = read_question(name, desk.news.today())
        # what stands behind the last name is meant for all
        days = question.days if own.days == Days() else own.days
        asked = await _meaning(desk, chat_id, Question(own.name, days, own.kind or question.kind))
        if isinstance(asked, NotFound):
            unknown.append(asked.name)
        else:
            parts += await _answer(desk, chat_id, asked)
    action = _action(question.days, None, question.kind)
    return (
        *parts,
        *await unknown_names(desk, unknown, *action),
        *await left_over(desk, names[MOST_BRIEFS:], MOST_BRIEFS, *action),
    )


async def _no_such_topic(desk: Desk, chat_id: int, asked: NoSuchTopic) -> tuple[Part, ...]:
    """Says that a word names neither person nor topic, and tells the company's news at once.

    Where names are near, they are asked back instead: it may be another company, misspelt.
    """
    company, days, word = asked.company, asked.days, asked.word
    if company is None:
        part = desk.replies.chat("unknown_topic", company="", word=word, suggested=False)
        return (with_keyboard(part, _topics(desk.news.topics, ALL_COMPANIES, days)),)
    people = await desk.news.suggest_people(word)
    near = (*await desk.news.suggest(asked.typed), *await desk.news.suggest(word))
    companies = tuple(dict.fromkeys(one.name for one in near if one.name != company.name))
    suggested = bool(people or companies)
    part = desk.replies.chat("unknown_topic", company=company.name, word=word, suggested=suggested)
    told = await desk.news.topics_told(company, days)
    topics = {topic: label for topic, label in desk.news.topics.items() if topic in told}
    choice = _topics(topics, company.name, days)
    if not suggested:
        return (with_keyboard(part, choice), *await brief_on(desk, chat_id, company, days))
    look = Button(
        texts.text("buttons.brief_of", name=company.name), Action("brief", (company.name, *days.args))
    )
    names = (*person_choice(people), *company_choice("brief", companies, *days.args))
    return (with_keyboard(part, (*names, (look,), *choice)),)


def _topics(topics: Mapping[str, str], home: str, days: Days) -> Keyboard:
    buttons = (Button(label, Action("topic", (home, topic, *days.args))) for topic, label in topics.items())
    return rows_of(buttons, per_row=3)


async def message(desk: Desk, chat_id: int, text: str) -> tuple[Part, ...]:
    """A plain message: the name of a company, perhaps with a topic and a period, or of a person."""
    if len(text) > LONGEST_QUERY:
        part = desk.replies.chat("unknown_message", text=text[: LONGEST_QUERY - 1] + "…")
        return (with_keyboard(part, ((Button(texts.text("buttons.help"), Action("help")),),)),)
    return await brief(desk, chat_id, text)


async def digest_now(desk: Desk, chat_id: int) -> tuple[Part, ...]:
    """What the daily digest would hold at this moment."""
    subscriber = await subscriber_of(desk, chat_id)
    if subscriber.follows_nothing:
        return (await nothing_subscribed(desk, "digest"),)
    return await desk.news.digest(subscriber)


async def evidence(desk: Desk, story_ids: Sequence[str]) -> tuple[Part, ...]:
    """Sentences and links behind stories, by their ids in decimal."""
    return await desk.news.evidence(read_ids(story_ids)) or (desk.replies.chat("no_evidence"),)


def read_ids(story_ids: Sequence[str]) -> list[int]:
    """Ids in decimal as numbers; what is none is left out."""
    return [
        number for story_id in story_ids if story_id.isdecimal() and (number := int(story_id)) <= LARGEST_ID
    ]


async def evidence_of(desk: Desk, chat_id: int, name: str, days: Days) -> tuple[Part, ...]:
    """Sentences and links behind a company's briefing."""
    company = await company_named(desk, chat_id, name)
    parts = await desk.news.evidence_of(company, days) if company else ()
    return parts or (desk.replies.chat("no_evidence"),)
