"""People and topics in /subscribe and /unsubscribe: what a name means, following and leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.handlers import Desk
from bot.handlers.chats import subscriber_of
from bot.handlers.reply import with_keyboard
from bot.handlers.words import MOST_NAMES, TOPIC_WORDS
from bot.keyboards import CHOICES_SHOWN, CUT, list_button, rows_of
from bot.questions import AboutCompany, AboutPerson, understand
from briefing.compose.texts import text
from briefing.findings import ALL_COMPANIES, Namesake
from briefing.model import Action, Button, Company, Keyboard, Part, company_mark
from briefing.subscribers import AlertLevel, FollowedPerson, FollowedTopic, Subscriber

Follow = FollowedPerson | FollowedTopic

# Words that say that a person follows: "@인물 조주완".
PERSON_WORDS: Final = frozenset({"@인물", "인물", "@person", "person"})


@dataclass(frozen=True, slots=True)
class Namesakes:
    """People of one name, of whom one is meant.

    Attributes:
        found: Them.
        elsewhere: The company that was typed, of which none of them is; None for none.
    """

    found: tuple[Namesake, ...]
    elsewhere: Company | None = None


@dataclass(frozen=True, slots=True)
class NoTopic:
    """A word that was called a topic and is none; "" if none was typed."""

    word: str


async def read_follow(desk: Desk, text: str) -> Follow | Namesakes | NoTopic | None:
    """The person or topic that a name means; None if it means neither.

    Args:
        text: One name as typed: "LG전자 조주완", "조주완 LG전자", "@인물 조주완", "LG전자 AI", "주제 AI".
    """
    words = text.split()
    said = words[0].lower() if words else ""
    if said in TOPIC_WORDS | {"발언"}:
        return await _topic(desk, words[1:]) or NoTopic(" ".join(words[1:]))
    explicit = len(words) > 1 and said in PERSON_WORDS
    if explicit:
        words = words[1:]
    # "조주완 LG전자" is asked as "LG전자 조주완" too
    orders = [words, [*words[1:], words[0]], [words[-1], *words[:-1]]] if 1 < len(words) <= 3 else [words]
    for order in orders:
        asked = await understand(" ".join(order), desk.news, desk.news.find_companies)
        match asked:
            case AboutCompany(company, topic=topic) if topic is not None and not explicit:
                return FollowedTopic(topic, company.name)
            case AboutPerson(found, elsewhere):
                return Namesakes(found, elsewhere) if elsewhere else _person(found, " ".join(order))
    if explicit:
        # somebody the news have not told of yet
        return FollowedPerson(" ".join(words))
    if len(words) == 1 and (topic := desk.news.topic(text)):
        return FollowedTopic(topic)
    return None


async def _topic(desk: Desk, words: Sequence[str]) -> FollowedTopic | None:
    text = " ".join(words)
    if topic := desk.news.topic(text):
        return FollowedTopic(topic)
    match await understand(text, desk.news, desk.news.find_companies):
        case AboutCompany(company, topic=topic) if topic is not None:
            return FollowedTopic(topic, company.name)
    return None


def _person(found: tuple[Namesake, ...], text: str) -> FollowedPerson | Namesakes:
    if len(found) > 1:
        return Namesakes(found)
    (one,) = found
    # a company that was typed stays part of the wish
    typed = text.split() != one.name.split() and one.companies
    return FollowedPerson(one.name, one.companies[0] if typed else None)


def label(desk: Desk, what: Follow) -> str:
    """`조주완(LG전자)`, `LG전자 AI 발언`, `AI 발언`."""
    if isinstance(what, FollowedPerson):
        return f"{what.name}({what.company})" if what.company else what.name
    topic = desk.news.topics.get(what.topic, what.topic)
    if what.company:
        return text("followed.topic_of", company=what.company, topic=topic)
    return text("followed.topic", topic=topic)


def mark_of(company: str | None) -> str:
    """Stands for a company in a button; `-` for none."""
    return company_mark(company) if company else ALL_COMPANIES


def button(action: str, text: str, what: Follow) -> Button:
    """A button that follows or leaves; `action` is `follow` or `unfollow`."""
    if isinstance(what, FollowedPerson):
        return Button(text, Action(f"{action}_person", (what.name, mark_of(what.company))))
    # a name that is cut stands first (bot/keyboards.py)
    return Button(text, Action(f"{action}_topic", (what.company or ALL_COMPANIES, what.topic)))


async def person_button(desk: Desk, chat_id: int, who: Namesake) -> Button:
    """Follows the person of a page, or leaves whom this chat follows; the page stays as it is."""
    subscriber = await desk.subscribers.get(chat_id)
    for one in subscriber.persons if subscriber else ():
        if one.name == who.name and (one.company is None or one.company in who.companies):
            action = Action("unfollow_person", (one.name, mark_of(one.company), "new"))
            return Button(text("buttons.undo_subscribe"), action)
    # where others share the name, the company tells them apart
    alone = len(await desk.news.people(who.name)) == 1 or not who.companies
    wanted = FollowedPerson(who.name, None if alone else who.companies[0])
    return button("follow", text("buttons.subscribe"), wanted)


async def pressed_person(desk: Desk, name: str, mark: str) -> FollowedPerson:
    """The person of a button."""
    if mark == ALL_COMPANIES:
        return FollowedPerson(name)
    companies = [company for one in await desk.news.people(name) for company in one.companies]
    return FollowedPerson(name, next((one for one in companies if company_mark(one) == mark), None))


async def pressed_topic(desk: Desk, company: str, topic: str) -> FollowedTopic | None:
    """The topic of a button; None if it, or its company, is known no more."""
    if topic not in desk.news.topics:
        return None
    if company == ALL_COMPANIES:
        return FollowedTopic(topic)
    known = await desk.news.find_company(company)
    return FollowedTopic(topic, known.name) if known else None


def own_person(subscriber: Subscriber, name: str, mark: str) -> FollowedPerson | None:
    """The person of a button among those followed."""
    start = name.removesuffix(CUT)
    for one in subscriber.persons:
        called = one.name == name or (start != name and one.name.startswith(start))
        if called and mark_of(one.company) == mark:
            return one
    return None


def own_topic(subscriber: Subscriber, company: str, topic: str) -> FollowedTopic | None:
    """The topic of a button among those followed; the company's name may be cut."""
    start = company.removesuffix(CUT)
    for one in subscriber.topics:
        called = one.company or ALL_COMPANIES
        if one.topic == topic and (called == company or (start != company and called.startswith(start))):
            return one
    return None


def count(subscriber: Subscriber) -> int:
    """How many things are followed."""
    return len(subscriber.companies) + len(subscriber.persons) + len(subscriber.topics)


async def follow(desk: Desk, chat_id: int, wanted: Sequence[Follow]) -> tuple[Part, ...]:
    """Follow people and topics, as many as the limit allows."""
    subscriber = await subscriber_of(desk, chat_id)
    room = max(desk.max_companies - count(subscriber), 0)
    new: list[Follow] = []
    already: list[Follow] = []
    dropped: list[Follow] = []
    for what in wanted[:MOST_NAMES]:
        if covering := [one for one in (*subscriber.persons, *new) if _covers(one, what)]:
            already += covering
        elif len(new) >= room:
            dropped.append(what)
        elif await desk.subscribers.follow(chat_id, what, desk.clock()):
            new.append(what)
            # whoever bears the name is followed now
            for one in subscriber.persons:
                if _covers(what, one):
                    await desk.subscribers.unfollow(chat_id, one)
        else:
            already.append(what)
    parts: list[Part] = []
    if new or already:
        part = desk.replies.chat(
            "followed",
            names=tuple(label(desk, what) for what in new),
            already=tuple(label(desk, what) for what in already),
            silent=not subscriber.digest_times and subscriber.alerts_coming is AlertLevel.OFF,
            only_moves=not subscriber.digest_times and subscriber.alerts_coming is AlertLevel.MOVES,
        )
        parts.append(with_keyboard(part, _after(new or already)))
    if dropped:
        names = tuple(label(desk, what) for what in dropped)
        part = desk.replies.chat("too_many", limit=desk.max_companies, dropped=names)
        parts.append(with_keyboard(part, ((list_button(),),)))
    return tuple(parts)


def _covers(one: Follow, other: Follow) -> bool:
    """Whether news of one person are news of the other: who is followed anywhere is followed at a company."""
    if not (isinstance(one, FollowedPerson) and isinstance(other, FollowedPerson)):
        return False
    return one.name == other.name and one.company is None and other.company is not None


def _after(what: Sequence[Follow]) -> Keyboard:
    first = what[0]
    if len(what) > 1:
        return ((list_button(),),)
    look = (
        Button(text("buttons.look_now"), Action("who", (first.name, mark_of(first.company))))
        if isinstance(first, FollowedPerson)
        else list_button()
    )
    return ((button("unfollow", text("buttons.undo_subscribe"), first), look),)


async def unfollow_pressed(desk: Desk, chat_id: int, pressed: Action) -> Part | None:
    """Follow the person or topic of a button no more; None for a topic that is known no more.

    Whom the chat does not follow it is told so: the button may have been pressed before.
    """
    subscriber = await subscriber_of(desk, chat_id)
    own: Follow | None
    other: Follow | None = None
    match pressed:
        case Action("unfollow_person", (name, mark, *_)):
            if (own := own_person(subscriber, name, mark)) is None:
                other = await pressed_person(desk, name, mark)
        case Action("unfollow_topic", (company, topic)):
            if (own := own_topic(subscriber, company, topic)) is None:
                other = await pressed_topic(desk, company, topic)
        case _:
            return None
    if own is not None:
        return await unfollow(desk, chat_id, [own])
    return await _left(desk, chat_id, (), (other,)) if other else None


async def unfollow(desk: Desk, chat_id: int, what: Sequence[Follow]) -> Part:
    """Follow people and topics no more; the way back as a button."""
    gone = [one for one in what if await desk.subscribers.unfollow(chat_id, one)]
    return await _left(desk, chat_id, gone, [one for one in what if one not in gone])


async def _left(desk: Desk, chat_id: int, gone: Sequence[Follow], missing: Sequence[Follow]) -> Part:
    subscriber = await subscriber_of(desk, chat_id)
    part = desk.replies.chat(
        "unsubscribed",
        companies=tuple(label(desk, one) for one in gone),
        missing=tuple(label(desk, one) for one in missing),
        total=count(subscriber),
    )
    again = tuple(button("follow", text("buttons.again"), one) for one in gone[:1])
    return with_keyboard(part, ((*again, list_button()),))


def which(desk: Desk, found: Namesakes) -> Part:
    """Asks which of several people of one name is to be followed."""
    buttons = [
        button(
            "follow",
            f"{one.name}({one.companies[0]})" if one.companies else one.name,
            FollowedPerson(one.name, one.companies[0] if one.companies else None),
        )
        for one in found.found[:CHOICES_SHOWN]
    ]
    name = found.found[0].name
    if found.elsewhere is None:
        part = desk.replies.chat("which_person", person=name, count=len(found.found))
        return with_keyboard(part, rows_of(buttons, per_row=2))
    company = found.elsewhere.name
    part = desk.replies.chat("person_elsewhere", person=name, company=company, count=len(found.found))
    instead = Button(text("buttons.subscribe_to", name=company), Action("subscribe", (company,)))
    return with_keyboard(part, rows_of((*buttons, instead), per_row=2))


def which_topic(desk: Desk, wanted: NoTopic) -> Part:
    """Says that a word is no topic; all there are as buttons."""
    part = desk.replies.chat("which_topic", word=wanted.word)
    topics = desk.news.topics
    return with_keyboard(
        part,
        rows_of((button("follow", name, FollowedTopic(topic)) for topic, name in topics.items()), per_row=3),
    )
