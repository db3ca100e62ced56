"""/who, /moves and /calendar: people, the moves of the day, announced occasions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.handlers import Desk
from bot.handlers.asking import EARLIEST_YEAR, read_days, says_nothing
from bot.handlers.chats import companies_named, company_named, followed, subscriber_of
from bot.handlers.companies import left_over, no_company, person_choice, unknown_company
from bot.handlers.fitting import brief_on
from bot.handlers.following import person_button
from bot.handlers.phrasing import only_asks, without_ahead
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, WrongDate, read_names, read_question
from bot.keyboards import company_choice
from bot.questions import AboutPerson, AboutTitle, understand
from briefing.compose.editions import LONGEST_PERIOD
from briefing.compose.texts import text
from briefing.findings import Days, Namesake
from briefing.model import Action, Button, FactKind, Part, Period, company_mark

MOST_MOVE_DAYS = 31
# People in one answer.
MOST_PEOPLE = 5
# Companies whose occasions are gathered in one answer; who follows more asks for one.
MOST_COMPANIES = 100


async def who(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """A person by name, by company and name, or by the title held at a company; several between commas."""
    name = args.strip()
    if says_nothing(name):
        return (desk.replies.chat("ask_person"),)
    if len(people := read_names(name)) > 1:
        answers = [await who(desk, chat_id, one) for one in people[:MOST_PEOPLE]]
        more = await left_over(desk, people[MOST_PEOPLE:], MOST_PEOPLE, "brief")
        return (*chain.from_iterable(answers), *more)
    asked = await understand(name[: LONGEST_QUERY + 1], desk.news, desk.news.find_companies)
    if isinstance(asked, AboutPerson):
        return await on_person(desk, chat_id, asked.found)
    if isinstance(asked, AboutTitle):
        return await desk.news.holders(asked.company, asked.title)
    shown = name if len(name) <= LONGEST_QUERY else name[: LONGEST_QUERY - 1] + "…"
    near = await desk.news.suggest_people(shown)
    part = desk.replies.chat("unknown_person", query=shown, people=near)
    company = await desk.news.find_company(name) if len(name) <= LONGEST_QUERY else None
    buttons = (
        (Button(text("buttons.brief_of", name=company.name), Action("brief", (company.name,))),)
        if company
        else ()
    )
    return (with_keyboard(part, (*person_choice(near), *((buttons,) if buttons else ()))),)


async def on_person(desk: Desk, chat_id: int, found: Sequence[Namesake]) -> tuple[Part, ...]:
    """What is known of a person, and a button to follow them; of several who share the name, which one."""
    if len(found) > 1:
        return (desk.news.namesakes(found),)
    *parts, last = await desk.news.person(found[0])
    follow = await person_button(desk, chat_id, found[0])
    return (*parts, with_keyboard(last, (*last.keyboard, (follow,))))


async def person_marked(desk: Desk, chat_id: int, name: str, mark: str) -> tuple[Part, ...] | None:
    """The person of a button: of this name, at the company with this mark; None if there is none any more."""
    found = await desk.news.people(name)
    if not found:
        return None
    there = [one for one in found if any(company_mark(company) == mark for company in one.companies)]
    return await on_person(desk, chat_id, there[:1] or found)


async def moves(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Moves of all companies today, or of some days ("7일", "어제"); of one company in its briefing."""
    wish = "" if only_asks(args) else args.strip()
    days = read_days(wish, desk.news.today()) if wish else Days(1)
    if days is not None:
        return await moves_of(desk, days)
    question = read_question(wish, desk.news.today())
    days = question.days or Days()
    if not question.name:
        return await moves_of(desk, days)
    short = len(question.name) <= LONGEST_QUERY
    if short and (company := await company_named(desk, chat_id, question.name)):
        return await brief_on(desk, chat_id, company, days, kind=FactKind.MOVE)
    if question.wrong is not None:
        return (await wrong_date(desk, chat_id, question.wrong),)
    if not short or not await desk.news.suggest(question.name):
        return (desk.replies.chat("moves_bad_days", value=wish[:40]),)
    kind = (FactKind.MOVE.value, *days.args)
    return (await unknown_company(desk, question.name, "kind", *kind),)


async def wrong_date(desk: Desk, chat_id: int, wrong: WrongDate) -> Part:
    """Says that a date is no day to ask about; the company that stands beside it to press."""
    part = desk.replies.chat("wrong_date", value=wrong.text, why=wrong.why.value, earliest=EARLIEST_YEAR)
    name = read_question(wrong.rest, desk.news.today()).name
    company = await company_named(desk, chat_id, name) if name else None
    if company is None:
        return part
    return with_keyboard(
        part, ((Button(text("buttons.brief_of", name=company.name), Action("brief", (company.name,))),),)
    )


async def moves_of(desk: Desk, days: Days, *, everything: bool = False) -> tuple[Part, ...]:
    """Moves of all companies over some days, at most a month."""
    return await desk.news.moves(days.at_most(MOST_MOVE_DAYS), everything=everything)


async def calendar(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Announced occasions of a company; without a name, of all that the chat follows."""
    name = args.strip()
    if says_nothing(name):
        own = await followed(desk, chat_id)
        if not own:
            part = desk.replies.chat("ask_company", command="calendar")
            return (with_keyboard(part, company_choice("calendar", await desk.news.popular())),)
        found = await companies_named(desk, chat_id, own[:MOST_COMPANIES])
        return await desk.news.agenda(tuple(found.values()))
    company = await company_named(desk, chat_id, name) if len(name) <= LONGEST_QUERY else None
    if company is None and (rest := without_ahead(name)) != name:
        # all that is announced is shown
        return await calendar(desk, chat_id, rest)
    if company is None:
        return (await no_company(desk, name, "calendar"),)
    return await desk.news.agenda((company,))


async def names(desk: Desk, story_ids: Sequence[int]) -> tuple[Part, ...]:
    """Everybody of a folded list."""
    return await desk.news.names(story_ids) or (desk.replies.chat("no_evidence"),)


async def whole_digest(desk: Desk, chat_id: int, period: Period) -> tuple[Part, ...] | None:
    """All of a digest; None for a period that no digest has."""
    if not period.since < period.until <= period.since + LONGEST_PERIOD * 2:
        return None
    return await desk.news.digest_all(await subscriber_of(desk, chat_id), period)
