"""/subscribe, /unsubscribe and /list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.handlers import Desk, following
from bot.handlers.asking import is_everything, split_joined, without_whole
from bot.handlers.chats import companies_named, followed, subscriber_of
from bot.handlers.phrasing import plainer
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, MOST_NAMES, read_names
from bot.keyboards import (
    CHOICES_SHOWN,
    ROWS_SHOWN,
    after_subscribing,
    company_choice,
    lately,
    list_button,
    minutes_of,
    moment_of,
    rows_of,
    subscriptions,
)
from bot.panel import when_said
from briefing.compose.texts import text
from briefing.findings import ALL_COMPANIES
from briefing.korean.lexicon import nearest_names
from briefing.model import Action, Button, Company, Keyboard, Part
from briefing.subscribers import FollowedPerson, Subscriber

# Names in one message that are looked up as people and topics too, which takes several reads each.
MOST_OTHERS = 8


async def subscribe(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Follow the named companies; names that nobody knows are asked back."""
    named = await _companies(desk, chat_id, args)
    if named.nothing:
        return (await _which(desk, await followed(desk, chat_id)),)
    return (*await _follow_named(desk, chat_id, named), *await _asked_back(desk, named, "subscribe"))


async def subscribe_known(desk: Desk, chat_id: int, text: str) -> tuple[Part, ...]:
    """Follow what is named if it is known; nothing otherwise."""
    return await _follow_named(desk, chat_id, await _companies(desk, chat_id, text))


async def _follow_named(desk: Desk, chat_id: int, named: _Named) -> tuple[Part, ...]:
    parts = await subscribe_to(desk, chat_id, named.found) if named.found else ()
    if named.others:
        parts = (*parts, *await following.follow(desk, chat_id, named.others))
    parts = (*parts, *(following.which(desk, one) for one in named.ambiguous))
    return (*parts, *(following.which_topic(desk, one) for one in named.no_topics))


async def subscribe_to(desk: Desk, chat_id: int, found: Sequence[Company]) -> tuple[Part, ...]:
    """Follow companies, as many as the limit allows."""
    subscriber = await subscriber_of(desk, chat_id)
    already = tuple(company.name for company in found if company.name in subscriber.companies)
    fresh = [company.name for company in found if company.name not in subscriber.companies]
    room = max(desk.max_companies - following.count(subscriber), 0)
    dropped = tuple(fresh[room:])
    new = [name for name in fresh[:room] if await desk.subscribers.subscribe(chat_id, name, desk.clock())]
    parts: list[Part] = []
    if new or already:
        part = desk.replies.chat(
            "subscribed",
            companies=tuple(new),
            already=already,
            digest_time=when_said(subscriber),
            alerts=subscriber.alerts_coming,
            total=len(subscriber.companies) + len(new),
        )
        names = {*subscriber.companies, *new}
        groups = (desk.news.group_called(company) for company in found)
        # who types LG may mean all of LG그룹
        offered = {group.name: group for group in groups if group and group.name not in names}
        buttons = (
            Button(text("buttons.subscribe_to", name=name), Action("subscribe", (name,))) for name in offered
        )
        parts.append(with_keyboard(part, (*after_subscribing(new or already), *rows_of(buttons, per_row=2))))
    if dropped:
        part = desk.replies.chat("too_many", limit=desk.max_companies, dropped=dropped)
        parts.append(with_keyboard(part, ((list_button(),),)))
    return tuple(parts)


async def unsubscribe(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Follow the named companies no more; "전체" asks whether all is to be ended."""
    if is_everything(args):
        return (await _ask_for_all(desk, chat_id),)
    named = await _companies(desk, chat_id, args)
    if named.nothing:
        subscriber = await desk.subscribers.get(chat_id)
        if subscriber is None or subscriber.follows_nothing:
            return (await nothing_subscribed(desk, "unsubscribe"),)
        return (_which_to_leave(desk, subscriber),)
    parts = (await unsubscribe_from(desk, chat_id, named.found),) if named.found else ()
    if others := await _followed_of(desk, chat_id, named):
        parts = (*parts, await following.unfollow(desk, chat_id, others))
    strange = tuple(one.word for one in named.no_topics)
    unknown: list[str] = []
    for name in (*named.unknown, *filter(None, strange)):
        if near := await _near_own(desk, chat_id, name):
            parts = (*parts, near)
        else:
            unknown.append(name)
    named = replace(named, unknown=tuple(unknown))
    return (*parts, *await _asked_back(desk, named, "unsubscribe")) or await list_(desk, chat_id, "")


async def _near_own(desk: Desk, chat_id: int, query: str) -> Part | None:
    """Asks whether what is followed under a similar name is meant; None where nothing is."""
    subscriber = await desk.subscribers.get(chat_id)
    if subscriber is None or len(query) > LONGEST_QUERY:
        return None
    persons = {one.name: one for one in reversed(subscriber.persons)}
    names = nearest_names(query, (*subscriber.companies, *persons), CHOICES_SHOWN)
    if not names:
        return None
    companies = tuple(name for name in names if name in subscriber.companies)
    people = tuple(name for name in names if name not in companies)
    part = desk.replies.chat("unknown_company", query=query, suggestions=companies, people=people)
    leave = (
        following.button("unfollow", following.label(desk, persons[name]), persons[name]) for name in people
    )
    return with_keyboard(part, (*company_choice("unsubscribe", companies), *rows_of(leave, per_row=2)))


async def _ask_for_all(desk: Desk, chat_id: int) -> Part:
    subscriber = await desk.subscribers.get(chat_id)
    if subscriber is None or subscriber.follows_nothing:
        return await nothing_subscribed(desk, "unsubscribe")
    part = desk.replies.chat("unsubscribe_all", total=following.count(subscriber))
    yes = Action("unsubscribe_all", ("yes", minutes_of(desk.clock())))
    no = Button(text("buttons.keep"), Action("unsubscribe_all", ("no",)))
    return with_keyboard(part, ((Button(text("buttons.unsubscribe_all"), yes), no),))


async def unsubscribe_all(desk: Desk, chat_id: int, args: tuple[str, ...]) -> Part | None:
    """The answer to the question of `/unsubscribe 전체`; None for one asked too long ago."""
    match args:
        case ("no",):
            return desk.replies.chat("unsubscribed_all", kept=True, gone=0)
        case ("yes", asked) if lately(moment_of(asked), desk.clock()):
            gone = await desk.subscribers.unfollow_all(chat_id)
            return desk.replies.chat("unsubscribed_all", kept=False, gone=gone)
    return None


def _which_to_leave(desk: Desk, subscriber: Subscriber) -> Part:
    """Asks what is to be left: everything followed as buttons."""
    others: tuple[following.Follow, ...] = (*subscriber.persons, *subscriber.topics)
    buttons = [
        *(Button(name, Action("unsubscribe", (name,))) for name in subscriber.companies),
        *(following.button("unfollow", following.label(desk, one), one) for one in others),
    ]
    part = desk.replies.chat("ask_company", command="unsubscribe")
    return with_keyboard(part, rows_of(buttons[: 2 * ROWS_SHOWN], per_row=2))


async def _followed_of(desk: Desk, chat_id: int, named: _Named) -> tuple[following.Follow, ...]:
    """People and topics named that are to be left: of people whoever bears the name and is followed."""
    subscriber = await desk.subscribers.get(chat_id)
    persons = subscriber.persons if subscriber else ()
    names = {one.found[0].name for one in named.ambiguous}
    left: dict[following.Follow, None] = {one: None for one in persons if one.name in names}
    for one in named.others:
        same = [p for p in persons if isinstance(one, FollowedPerson) and p.name == one.name]
        exact = [p for p in same if p.company == one.company]
        chosen: list[following.Follow] = [*(exact or same)] or [one]
        left |= dict.fromkeys(chosen)
    return tuple(left)


async def unsubscribe_from(desk: Desk, chat_id: int, found: Sequence[Company]) -> Part:
    """Follow companies no more; the way back as a button."""
    gone = tuple(
        [company.name for company in found if await desk.subscribers.unsubscribe(chat_id, company.name)]
    )
    missing = tuple(company.name for company in found if company.name not in gone)
    left = following.count(await subscriber_of(desk, chat_id))
    part = desk.replies.chat("unsubscribed", companies=gone, missing=missing, total=left)
    again = tuple(Button(text("buttons.again"), Action("subscribe", (name,))) for name in gone[:1])
    return with_keyboard(part, ((*again, list_button()),))


async def list_(desk: Desk, chat_id: int, _args: str) -> tuple[Part, ...]:
    """What is followed, when the digest comes, which alerts are pushed."""
    subscriber = await desk.subscribers.get(chat_id)
    if subscriber is None or subscriber.follows_nothing:
        return (await nothing_subscribed(desk, "list"),)
    others: tuple[following.Follow, ...] = (*subscriber.persons, *subscriber.topics)
    part = desk.replies.chat(
        "list",
        companies=subscriber.companies,
        others=tuple(following.label(desk, one) for one in others),
        digest_time=when_said(subscriber),
        timezone=subscriber.timezone,
        alerts=subscriber.alerts,
    )
    rows = [
        (
            Button(following.label(desk, one), Action("who", (one.name, following.mark_of(one.company))))
            if isinstance(one, FollowedPerson)
            else Button(
                following.label(desk, one), Action("topic", (one.company or ALL_COMPANIES, one.topic, "7"))
            ),
            following.button("unfollow", text("buttons.unsubscribe"), one),
        )
        for one in others
    ]
    return (with_keyboard(part, subscriptions(subscriber.companies, rows)),)


async def nothing_subscribed(desk: Desk, command: str) -> Part:
    """Says that nothing is followed yet, with companies to begin with."""
    part = desk.replies.chat("nothing_subscribed", command=command)
    return with_keyboard(part, company_choice("subscribe", await desk.news.popular()))


async def unknown_company(desk: Desk, query: str, action: str, *extra: str) -> Part:
    """Says that no company goes by this name; the nearest names do `action` when pressed."""
    shown = _shown(query)
    names = tuple(company.name for company in await desk.news.suggest(shown))
    people = await desk.news.suggest_people(shown) if action != "unsubscribe" else ()
    part = desk.replies.chat("unknown_company", query=shown, suggestions=names, people=people)
    persons = person_choice(people)
    if action == "subscribe":
        follow = (
            following.button("follow", text("buttons.subscribe_to", name=name), FollowedPerson(name))
            for name in people
        )
        persons = rows_of(follow, per_row=2)
    help_ = () if names or people else (help_button(),)
    return with_keyboard(part, (*company_choice(action, names, *extra), *persons, help_))


def help_button() -> Button:
    """Leads to what can be asked."""
    return Button(text("buttons.help"), Action("help"))


async def no_company(desk: Desk, query: str, action: str) -> Part:
    """For a command about companies that names none: where it names a person, page and companies."""
    return await _person_instead(desk, query, action) or await unknown_company(desk, query, action)


async def _person_instead(desk: Desk, query: str, action: str) -> Part | None:
    found = await desk.news.people(query) if len(query) <= LONGEST_QUERY else ()
    if not found:
        return None
    part = desk.replies.chat("for_companies", person=found[0].name, command=action)
    homes = tuple(dict.fromkeys(one.companies[0] for one in found if one.companies))
    return with_keyboard(part, (*person_choice((found[0].name,)), *company_choice(action, homes)))


def person_choice(names: Sequence[str]) -> Keyboard:
    """A button for each name, leading to who bears it."""
    buttons = (Button(text("buttons.person", name=name), Action("who", (name, ""))) for name in names)
    return rows_of(buttons, per_row=2)


async def _which(desk: Desk, own: tuple[str, ...]) -> Part:
    """Asks which company is to be followed; offers what is not followed yet."""
    offered = tuple(name for name in await desk.news.popular() if name not in own)
    part = desk.replies.chat("ask_company", command="subscribe")
    return with_keyboard(part, company_choice("subscribe", offered))


@dataclass(frozen=True, slots=True)
class _Named:
    """What a list of names means.

    Attributes:
        found: Companies.
        unknown: Names that nobody knows.
        left: Names that were not read, being too many for one message.
        others: People and topics.
        ambiguous: Names that several people share, or somebody of another company than was typed.
        no_topics: What was called a topic and is none.
    """

    found: tuple[Company, ...]
    unknown: tuple[str, ...]
    left: tuple[str, ...]
    others: tuple[following.Follow, ...] = ()
    ambiguous: tuple[following.Namesakes, ...] = ()
    no_topics: tuple[following.NoTopic, ...] = ()

    @property
    def nothing(self) -> bool:
        """True if no name was given."""
        return not (self.found or self.unknown or self.others or self.ambiguous or self.no_topics)


async def _companies(desk: Desk, chat_id: int, text: str, *, again: bool = True) -> _Named:
    """Companies named in a list, at most `MOST_NAMES` of them.

    Names are separated by commas; by spaces too where each word is a company and the whole is none.
    """
    # "LG그룹 전체" and "LG 전체" are the group
    names = tuple(dict.fromkeys(read_names(text)))
    left = list(names[MOST_NAMES:])
    names = names[:MOST_NAMES]
    whole = await companies_named(desk, chat_id, [name for name in names if len(name) <= LONGEST_QUERY])
    called_whole = {
        name: group
        for name in names
        if name not in whole and len(name) <= LONGEST_QUERY and (group := without_whole(name)) != name
    }
    if called_whole:
        found_short = await companies_named(desk, chat_id, list(called_whole.values()))
        for name, called in called_whole.items():
            if company := found_short.get(called):
                whole[name] = desk.news.group_called(company) or company
    words = {name: name.split() for name in names if name not in whole}
    singles = {word for split in words.values() for word in split[:MOST_NAMES] if len(word) <= LONGEST_QUERY}
    single = await companies_named(desk, chat_id, sorted(singles)) if singles else {}
    found: dict[str, Company] = {}
    unknown: list[str] = []
    others: dict[following.Follow, None] = {}
    ambiguous: list[following.Namesakes] = []
    no_topics: list[following.NoTopic] = []
    looked_up = 0
    for name in names:
        read = words.get(name, [name])
        known = [whole[name]] if name in whole else [single[w] for w in read[:MOST_NAMES] if w in single]
        if len(known) == len(read[:MOST_NAMES]):
            found.update((company.name, company) for company in known)
            left += read[MOST_NAMES:]
            continue
        looked_up += 1
        short = len(name) <= LONGEST_QUERY and looked_up <= MOST_OTHERS
        other = await following.read_follow(desk, name) if short else None
        if isinstance(other, following.Namesakes):
            ambiguous.append(other)
        elif isinstance(other, following.NoTopic):
            no_topics.append(other)
        elif other is not None:
            others[other] = None
        elif short and again and (said := await _in_a_sentence(desk, chat_id, name)):
            found.update((company.name, company) for company in said.found)
            others |= dict.fromkeys(said.others)
            ambiguous += said.ambiguous
        else:
            unknown.append(name)
    return _Named(
        tuple(found.values()), tuple(unknown), tuple(left), tuple(others), tuple(ambiguous), tuple(no_topics)
    )


async def _in_a_sentence(desk: Desk, chat_id: int, name: str) -> _Named | None:
    """What a name means that particles are part of (`카카오랑 네이버를`); None if not all of it is known."""
    for way in (", ".join(split_joined(name)), *plainer(name, desk.news.is_title)):
        if way == name:
            continue
        said = await _companies(desk, chat_id, way, again="," in way)
        if not (said.nothing or said.unknown or said.no_topics):
            return said
    return None


async def _asked_back(desk: Desk, named: _Named, action: str) -> tuple[Part, ...]:
    """What is said of names that led nowhere: one message for all unknown ones, one for those left over."""
    parts = await unknown_names(desk, named.unknown, action)
    return (*parts, *await left_over(desk, named.left, MOST_NAMES, action))


async def left_over(
    desk: Desk, names: Sequence[str], limit: int, action: str, *extra: str
) -> tuple[Part, ...]:
    """Says which names were too many, companies as buttons that do `action`; nothing for none."""
    if not names:
        return ()
    shown = tuple(map(_shown, names))
    known = await desk.news.find_companies(shown[:CHOICES_SHOWN])
    companies = tuple(dict.fromkeys(company.name for company in known.values()))
    part = desk.replies.chat("too_many_names", limit=limit, names=shown)
    return (with_keyboard(part, company_choice(action, companies, *extra)),)


async def unknown_names(desk: Desk, queries: Sequence[str], action: str, *extra: str) -> tuple[Part, ...]:
    """One message for all names that nobody knows; the nearest names do `action` when pressed."""
    if not queries:
        return ()
    if len(queries) == 1:
        return (await unknown_company(desk, queries[0], action, *extra),)
    shown = tuple(_shown(query) for query in queries)
    nearest = [(await desk.news.suggest(query))[:1] for query in shown[:CHOICES_SHOWN]]
    names = tuple(dict.fromkeys(company.name for found in nearest for company in found))
    part = desk.replies.chat("unknown_companies", queries=shown, suggestions=names)
    choice = company_choice(action, names, *extra) if names else ((help_button(),),)
    return (with_keyboard(part, choice),)


def _shown(query: str) -> str:
    return query if len(query) <= LONGEST_QUERY else query[: LONGEST_QUERY - 1] + "…"
