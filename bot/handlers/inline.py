"""Inline mode: `@bot LG전자` typed in any chat offers the briefing, to be posted there by whoever types."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.handlers import Desk
from bot.handlers.channels import linked
from bot.handlers.words import LONGEST_QUERY
from bot.keyboards import markup
from bot.posting import NO_PREVIEW
from bot.questions import AboutCompany, AboutPerson, AboutTopic, NoSuchTopic, understand
from briefing.compose.plain import to_text
from briefing.findings import Days, Namesake
from briefing.model import Company, Part

log = logging.getLogger(__name__)

# A phone shows so many; each is a briefing to be rendered, and the next letter is typed already.
MOST_RESULTS: Final = 5
# Telegram forgets a query after some ten seconds.
ANSWER_WITHIN_S: Final = 5.0
# Seconds for which Telegram answers the same query itself; news come every few minutes.
CACHE_S: Final = 60
# With fewer letters every second name would begin so.
FEWEST_LETTERS_OF_A_PERSON: Final = 2
# Shown below the title, in one or two lines.
DESCRIPTION_LINES: Final = 4
DESCRIPTION_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered for a query.

    Attributes:
        found: Messages, each the first of a briefing with the buttons of the whole.
    """

    found: tuple[Part, ...]


async def inline_query(desk: Desk, update: Update) -> None:
    """Answer what is typed behind the bot's name; trouble is one result that does no harm."""
    query = update.inline_query
    if query is None:
        return
    seconds = CACHE_S
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            offer = await offered(desk, query.from_user.id, query.query)
    except Exception:
        log.exception("an inline query failed")
        offer, seconds = Offer((desk.replies.chat("inline_trouble"),)), 0
    # what Telegram keeps for all would reach those who read another language, or may not use the bot
    articles = {
        article.id: article for article in map(_article, linked(offer.found, query.get_bot().username))
    }
    try:
        await query.answer(list(articles.values()), cache_time=seconds, is_personal=True)
    except TelegramError as error:
        # too late, most often
        log.debug("an inline query could not be answered: %s", type(error).__name__)


async def offered(desk: Desk, user_id: int, text: str) -> Offer:
    """Briefings that a query may mean, best first, at most `MOST_RESULTS`; none if it means nothing."""
    text = " ".join(text.split())
    if not text:
        return await _own(desk, user_id)
    if len(text) > LONGEST_QUERY:
        return Offer(())
    match await understand(text, desk.news, desk.news.find_companies):
        case AboutCompany(company, days, topic, kind):
            first = [_first(await desk.news.brief(company, days, topic, kind=kind))]
            if days == Days() and topic is None and kind is None:
                first += await _completed(desk, text, MOST_RESULTS - 1, but=company.name)
            return Offer(tuple(first))
        case AboutPerson(found=found):
            return Offer(tuple([_first(await desk.news.person(one)) for one in found[:MOST_RESULTS]]))
        case AboutTopic(topic, days):
            on_topic = _first(await desk.news.on_topic(topic, days))
            return Offer((on_topic, *await _completed(desk, text, MOST_RESULTS - 1)))
        case NoSuchTopic(company, days) if company is not None:
            # the topic is being typed
            return Offer((_first(await desk.news.brief(company, days)),))
    return Offer(tuple(await _completed(desk, text, MOST_RESULTS)))


async def _own(desk: Desk, user_id: int) -> Offer:
    """What whoever types follows in private; without that, companies in the news."""
    subscriber = await desk.subscribers.get(user_id)
    if subscriber is None or not (subscriber.companies or subscriber.persons):
        names = (await desk.news.popular())[:MOST_RESULTS]
        known = await desk.news.find_companies(names)
        return Offer(tuple(await _briefs(desk, [known[name] for name in names if name in known])))
    known = await desk.news.find_companies(subscriber.companies[:MOST_RESULTS])
    parts = await _briefs(desk, list(known.values()))
    for person in subscriber.persons[: MOST_RESULTS - len(parts)]:
        same = await desk.news.people(person.name)
        there = [one for one in same if person.company is None or person.company in one.companies]
        parts += [_first(await desk.news.person(one)) for one in there[:1]]
    return Offer(tuple(parts))


async def _completed(desk: Desk, start: str, most: int, but: str = "") -> list[Part]:
    """Briefings on companies and people whose names begin so; if there are none, on the nearest names."""
    companies = [one for one in await desk.news.companies_starting(start, most + 1) if one.name != but]
    people: Sequence[Namesake] = ()
    if len(start) >= FEWEST_LETTERS_OF_A_PERSON:
        people = await desk.news.people_starting(start, most)
    if not companies and not people and not but:
        companies = list(await desk.news.suggest(start))
    # somebody stays in sight however many companies begin so
    parts = await _briefs(desk, companies[: most - min(len(people), 2)])
    return parts + [_first(await desk.news.person(one)) for one in people[: most - len(parts)]]


async def _briefs(desk: Desk, companies: Sequence[Company]) -> list[Part]:
    return [_first(await desk.news.brief(company, Days())) for company in companies]


def _first(parts: tuple[Part, ...]) -> Part:
    """The first message with the buttons that stand below the last."""
    return Part(parts[0].html, parts[-1].keyboard)


def _article(part: Part) -> InlineQueryResultArticle:
    """A result: the message, its first line as the title, the next ones below."""
    lines = [line.strip() for line in to_text(part).splitlines() if line.strip()]
    told = " / ".join(lines[1 : 1 + DESCRIPTION_LINES])
    return InlineQueryResultArticle(
        # the same message is the same result
        hashlib.blake2s(part.html.encode(), digest_size=16).hexdigest(),
        lines[0],
        InputTextMessageContent(part.html, ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=markup(part.keyboard),
        description=told if len(told) <= DESCRIPTION_CHARS else told[: DESCRIPTION_CHARS - 1] + "…",
    )
