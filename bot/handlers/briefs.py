"""/brief, the digest of this moment, and the evidence behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from bot.handlers.lookups import moves_of, on_person, wrong_date
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, MOST_NAMES, Question, read_names, read_question
from bot.keyboards import company_choice, rows_of
from bot.questions import (
    AboutCompany,
    AboutPerson,
    AboutTitle,
    AboutTopic,
    Asked,
    Companies,
    NoSuchTopic,
    NotFound,
    meaning,
    names_in,
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
            return await moves_of(desk, question.days or Days(1))
        own = await followed(desk, chat_id)
        part = desk.replies.chat("ask_company", command="brief")
        action = _action(question.days or Days(), None, question.kind)
        return (
            with_keyboard(part, company_choice(action[0], own or await desk.news.popular(), *action[1:])),
        )

    async def find(names: Sequence[str]) -> dict[str, Company]:
        return await companies_named(desk, chat_id, names)

    companies = Companies(find)
    names = read_names(question.name)
    if len(names) == 1:
        if question.name.startswith(f"{names[0]},"):
            # LG전자, LG전자
            question = replace(question, name=names[0])
    elif not _narrowed(desk, names) and await companies.called(question.name) is None:
        several = await _list(desk, chat_id, question, companies)
        if several:
            return several
    asked = await meaning(question, desk.news, companies)
    if isinstance(asked, NoSuchTopic | NotFound):
        if several := await _list(desk, chat_id, question, companies):
            return several
        if question.wrong is not None:
            return (await wrong_date(desk, chat_id, question.wrong),)
    return await _answer(desk, chat_id, asked)


def _narrowed(desk: Desk, names: Sequence[str]) -> bool:
    """Whether a comma parts a company from the topic or title that is asked for: `LG전자, AI`."""
    _, *rest = names
    return len(rest) == 1 and (
        desk.news.topic(rest[0]) is not None or all(map(desk.news.is_title, rest[0].split()))
    )


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


async def _list(desk: Desk, chat_id: int, question: Question, companies: Companies) -> tuple[Part, ...]:
    """Answers to names between commas, or to companies one behind the other; nothing for one name.

    Those that nobody knows are asked back together.
    """
    # Co., Ltd. is no name
    names = read_names(LEGAL.sub(" ", question.name))
    owns = [read_question(name, desk.news.today()) for name in names[:MOST_NAMES]]
    await companies.read(name for own in owns for name in names_in(own.name))
    asks = [
        # what stands behind the last name is meant for all
        replace(one, days=one.days or question.days, kind=one.kind or question.kind)
        for own in owns
        for one in await _apart(own, companies)
        if one.name
    ]
    if len(asks) < 2:
        return ()
    once: dict[tuple[str, Days, FactKind | None], Question] = {}
    for one in asks:
        company = await companies.called(one.name)
        once.setdefault((company.name if company else one.name, one.days or Days(), one.kind), one)
    asks = list(once.values())
    parts: list[Part] = []
    unknown: list[str] = []
    answered: set[Asked] = set()
    for one in asks[:MOST_BRIEFS]:
        asked = await meaning(one, desk.news, companies)
        if isinstance(asked, NoSuchTopic | NotFound) and one.wrong is not None:
            parts.append(await wrong_date(desk, chat_id, one.wrong))
        elif isinstance(asked, NotFound):
            unknown.append(asked.name)
        elif asked not in answered:
            answered.add(asked)
            parts += await _answer(desk, chat_id, asked)
    action = _action(question.days or Days(), None, question.kind)
    left = [*(one.name for one in asks[MOST_BRIEFS:]), *names[MOST_NAMES:]]
    return (
        *parts,
        *await unknown_names(desk, unknown, *action),
        *await left_over(desk, left, MOST_BRIEFS, *action),
    )


async def _apart(question: Question, companies: Companies) -> tuple[Question, ...]:
    """A question for each company of those typed one behind the other; the question if a word is none."""
    words = question.name.split()
    if not 1 < len(words) <= MOST_NAMES or await companies.called(question.name):
        return (question,)
    await companies.read(words)
    words = [word if await companies.called(word) else without_joining(word) for word in words]
    await companies.read(words)
    found = [await companies.called(word) for word in words]
    return (question,) if None in found else tuple(replace(question, name=word) for word in words)


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
