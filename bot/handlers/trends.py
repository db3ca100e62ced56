"""/trend: a company's weeks as a picture, on light or dark paper."""

from __future__ import annotations

from bot.handlers import Desk
from bot.handlers.asking import says_nothing
from bot.handlers.chats import company_named, followed
from bot.handlers.companies import no_company
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, read_question
from bot.keyboards import company_choice
from briefing.compose.texts import text
from briefing.compose.trend import WEEKS, Theme
from briefing.model import Action, Button, Company, Part

YEAR_DAYS = "365"


async def trend(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Picture of "LG전자"; a period behind the name is passed over, the picture has its own."""
    name = read_question(args, desk.news.today()).name
    if says_nothing(name):
        own = await followed(desk, chat_id)
        part = desk.replies.chat("ask_company", command="trend")
        return (with_keyboard(part, company_choice("trend", own or await desk.news.popular())),)
    company = await company_named(desk, chat_id, name) if len(name) <= LONGEST_QUERY else None
    if company is None:
        return (await no_company(desk, name, "trend"),)
    return await trend_of(desk, company)


async def trend_of(desk: Desk, company: Company, theme: Theme = Theme.LIGHT) -> tuple[Part, ...]:
    """The picture, or a line where there is nothing to draw."""
    picture = await desk.news.trend(company, theme)
    if picture is not None:
        return (picture,)
    part = desk.replies.chat("trend_empty", company=company.name, weeks=WEEKS)
    longer = Button(text("buttons.brief_year"), Action("brief", (company.name, YEAR_DAYS)))
    return (
        with_keyboard(
            part, ((longer, Button(text("buttons.subscribe"), Action("subscribe", (company.name,)))),)
        ),
    )
