"""Answers across stories in words: a person, the moves of a period, announced occasions, folded lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from briefing.compose import formatting
from briefing.compose.activities import activity_items
from briefing.compose.buttons import fold_buttons
from briefing.compose.calendar import to_ics
from briefing.compose.engine import Templates, rows
from briefing.compose.movelines import MoveLine, move_lines
from briefing.compose.planned import PlannedItem, by_day, parted, planned_items
from briefing.compose.texts import text
from briefing.compose.views import (
    ActivityItem,
    QuoteItem,
    Sources,
    quote_items,
    sources_of,
    worth_telling,
)
from briefing.compose.wording import move_words, post_label
from briefing.findings import (
    ALL_COMPANIES,
    Agenda,
    Days,
    MovesBrief,
    Namesake,
    PersonBrief,
    Post,
    TitleBrief,
    TopicBrief,
)
from briefing.model import Action, Attachment, Button, MergedFact, Move, Part, Story, company_mark

CAREER = 10
DEEDS = 5
SAYINGS = 3
SPEAKERS = 12
OCCASIONS = 30
COMPANIES_SHOWN = 12
LINES_A_COMPANY = 4
DIGESTIBLE = 12
"""Lines of a company where everything is asked for; its own briefing tells the rest."""

EVERYTHING = 100
"""Items of a section, or companies, where everything is asked for: some ten messages, not a flood."""

NAMES_A_ROW = 10
CALENDAR_TYPE = "text/calendar"


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post held.

    Attributes:
        company: Where, or None.
        title: Of the post.
        taken: By which move it was taken (`선임`); "" where only its title is told.
        when: Day from which that move holds, or None.
        sources: Of the move, or the article in which the title stands.
        told: Whether the timeline of moves says it too, with its sources.
    """

    company: str | None
    title: str
    taken: str
    when: date | None
    sources: Sources
    told: bool


@dataclass(frozen=True, slots=True)
class CareerLine:
    """One move of a person: `대표이사 사장 내정` at a company, with the day from which it holds, or None."""

    company: str | None
    what: str
    when: date | None
    sources: Sources


@dataclass(frozen=True, slots=True)
class CompanyMoves:
    """The moves of a company: the first lines, and how many more there are."""

    name: str
    lines: tuple[MoveLine, ...]
    more: int


class LookupTemplates(Templates):
    """Messages that answer /who, /moves and /calendar."""

    def person(self, brief: PersonBrief) -> tuple[Part, ...]:
        """Present posts, the timeline of moves, activities, words and plans, newest first."""
        today = formatting.local_day(brief.now, self._zone)
        career: list[CareerLine] = []
        activities: list[tuple[datetime, ActivityItem]] = []
        quotes: list[tuple[datetime, QuoteItem]] = []
        planned: list[PlannedItem] = []
        for story in brief.stories:
            rest, ahead = parted(story.facts, today)
            career += [_career_line(merged) for merged in rest if isinstance(merged.fact, Move)]
            done = activity_items(story, rest, today)
            activities += [(item.sources.first.published, item) for item in done]
            said = quote_items(story, rest, self._topics)
            quotes += [(item.sayings[0].sources.first.published, item) for item in said]
            planned += planned_items(story, ahead)
        career.sort(key=lambda line: line.sources.first.published, reverse=True)
        shown = {line.sources.articles for line in career[:CAREER]}
        deeds = [item for _, item in sorted(activities, key=lambda pair: pair[0], reverse=True)]
        words = [item for _, item in sorted(quotes, key=lambda pair: pair[0], reverse=True)]
        plans = by_day(planned)
        rendered = self._render(
            "person.html.j2",
            today,
            person=brief.who.name,
            companies=brief.who.companies,
            posts=[_post_line(post, shown) for post in brief.posts[:CAREER]],
            career=career[:CAREER],
            more_career=len(career[CAREER:]),
            activities=deeds[:DEEDS],
            more_activities=len(deeds[DEEDS:]),
            quotes=words[:SAYINGS],
            quotes_each=2,
            more_quotes=len(words[SAYINGS:]),
            planned=plans[:DEEDS],
            more_planned=len(plans[DEEDS:]),
        )
        buttons = [
            Button(text("buttons.brief_of", name=formatting.clip(name, 24)), Action("brief", (name, "30")))
            for name in brief.who.companies[:2]
        ]
        told = [story for story in brief.stories if any(worth_telling(merged.fact) for merged in story.facts)]
        if told:
            newest = sorted(told, key=lambda story: story.last_published, reverse=True)
            ids = tuple(str(story.id) for story in newest[:5])
            buttons.append(Button(text("buttons.evidence"), Action("evidence", ids)))
        return self._parts(rendered, rows(buttons, 2))

    def holders(self, brief: TitleBrief) -> tuple[Part, ...]:
        """Who holds a title at a company, a line each; a button for each leads on."""
        rendered = self._render(
            "holders.html.j2",
            formatting.local_day(brief.now, self._zone),
            company=brief.company.name,
            title=brief.title,
            show_company=brief.company.is_group,
            people=[(who.name, _post_line(post, frozenset())) for who, post in brief.held],
            more=brief.more,
        )
        buttons = [
            Button(
                text("buttons.person", name=formatting.clip(who.name, 20)),
                Action("who", (who.name, company_mark(post.company or who.companies[0]))),
            )
            for who, post in brief.held
        ]
        name = formatting.clip(brief.company.name, 24)
        buttons.append(Button(text("buttons.brief_of", name=name), Action("brief", (brief.company.name,))))
        return self._parts(rendered, rows(buttons, 2))

    def namesakes(self, found: Sequence[Namesake]) -> Part:
        """Asks which of those who share a name is meant; a button each."""
        part = self.chat("namesakes", person=found[0].name, count=len(found))
        buttons = [
            Button(
                f"{formatting.clip(one.name, 16)} · {formatting.clip(one.companies[0], 20)}",
                Action("who", (one.name, company_mark(one.companies[0]))),
            )
            for one in found[:12]
            if one.companies
        ]
        return Part(part.html, rows(buttons, 2))

    def moves(self, brief: MovesBrief, *, everything: bool = False, cut: bool = False) -> tuple[Part, ...]:
        """Moves by company, weightiest first.

        Args:
            brief: What is known.
            everything: Leave nothing out that some messages can hold.
            cut: Say that more days were asked for.
        """
        of_company: dict[str, list[MoveLine]] = defaultdict(list)
        people: set[tuple[str, str | None]] = set()
        for story in brief.stories:
            facts = [merged for merged in story.facts if isinstance(merged.fact, Move)]
            people.update((m.fact.person, m.fact.company) for m in facts if isinstance(m.fact, Move))
            for line in move_lines(story, facts):
                of_company[line.company or text("line.no_company")].append(line)
        lines = DIGESTIBLE if everything else LINES_A_COMPANY
        listed = [
            CompanyMoves(name, tuple(told[:lines]), len(told[lines:])) for name, told in of_company.items()
        ]
        shown = EVERYTHING if everything else COMPANIES_SHOWN
        count, _, last = formatting.period_days(brief.period.since, brief.period.until, self._zone)
        past = brief.now is not None and brief.now >= brief.period.until
        today = formatting.local_day(brief.now, self._zone) if brief.now else last
        rendered = self._render(
            "moves.html.j2",
            last,
            companies=listed[:shown],
            more_companies=len(listed[shown:]),
            people=len(people),
            days=count,
            cut=count if cut else 0,
            period=formatting.period_words(
                brief.period.since, brief.period.until, self._zone, past=past, today=today
            ),
        )
        buttons = []
        folded = len(listed) > shown or any(one.more for one in listed[:shown])
        if folded and not everything:
            asked = Days(count, last if past else None)
            buttons.append(Button(text("buttons.all"), Action("moves", (*asked.args, "all"))))
        if count < 7 or past:
            buttons.append(Button(text("buttons.days_7"), Action("moves", ("7",))))
        buttons += fold_buttons(brief.stories, 2)
        return self._parts(rendered, rows(buttons, 2))

    def topic(self, brief: TopicBrief, *, cut: bool = False) -> tuple[Part, ...]:
        """Words on a topic, weightiest stories first; a longer period, following it, proof.

        Args:
            brief: What is known.
            cut: Say that more days were asked for.
        """
        today = formatting.local_day(brief.now, self._zone)
        told = [
            (story, item)
            for story in brief.stories
            for item in quote_items(story, story.facts, self._topics, brief.topic)
        ]
        days, *_ = formatting.period_days(brief.period.since, brief.period.until, self._zone)
        past = brief.now >= brief.period.until
        rendered = self._render(
            "topic.html.j2",
            today,
            topic=self._topics.get(brief.topic, brief.topic),
            period=formatting.reported_words(
                brief.period.since, brief.period.until, self._zone, past=past, today=today
            ),
            cut=days if cut else 0,
            reached=formatting.local_day(brief.reached, self._zone) if brief.reached else None,
            quotes=[item for _, item in told[:SPEAKERS]],
            quotes_each=SAYINGS,
            more_quotes=len(told[SPEAKERS:]),
        )
        buttons = []
        if days < 30 or past:
            buttons.append(
                Button(text("buttons.days_30"), Action("topic", (ALL_COMPANIES, brief.topic, "30")))
            )
        follow = Action("follow_topic", (ALL_COMPANIES, brief.topic))
        buttons.append(Button(text("buttons.subscribe"), follow))
        if told:
            ids = dict.fromkeys(str(story.id) for story, _ in told)
            buttons.append(Button(text("buttons.evidence"), Action("evidence", tuple(ids)[:5])))
        return self._parts(rendered, rows(buttons, 3))

    def agenda(self, agenda: Agenda, *, show_company: bool = False) -> tuple[Part, ...]:
        """Announced occasions as a list, and those with a day as an .ics file; the list only where none has.

        Args:
            agenda: What is known.
            show_company: True where several companies were asked for.
        """
        found = by_day(item for story in agenda.stories for item in planned_items(story, story.facts))
        dated = [item for item in found if item.when is not None]
        undated = [item for item in found if item.when is None]
        rendered = self._render(
            "calendar.html.j2",
            agenda.today,
            title=agenda.title,
            dated=dated[:OCCASIONS],
            undated=undated[:DEEDS],
            more=len(dated[OCCASIONS:]) + len(undated[DEEDS:]),
            show_company=show_company,
        )
        parts = self._parts(rendered, ())
        if not dated:
            return parts
        caption = self._render("calendar_file.html.j2", agenda.today, title=agenda.title, count=len(dated))
        letters = (char if char.isalnum() else "-" for char in formatting.clip(agenda.title, 40))
        name = "".join(letters).strip("-")
        named = text("calendar.file", title=name or text("calendar.nameless"))
        file = Attachment(named, to_ics(dated, agenda), CALENDAR_TYPE)
        return (*parts, Part(caption.strip(), attachment=file))

    def names(self, *stories: Story) -> tuple[Part, ...]:
        """Everybody of the lists that were folded; nothing if a story has none."""
        lists = [
            {
                "what": line.who,
                "company": line.company,
                "rows": rows_of_names(line.names),
                "count": len(line.names),
                "when": line.when,
                "sources": line.sources,
            }
            for story in stories
            for line in move_lines(story, story.facts)
            if line.names
        ]
        if not lists:
            return ()
        latest = max(story.last_published for story in stories)
        rendered = self._render("names.html.j2", formatting.local_day(latest, self._zone), lists=lists)
        return self._parts(rendered, ())


def rows_of_names(names: Sequence[str]) -> list[Sequence[str]]:
    """Names in rows that fit a message each."""
    return [names[start : start + NAMES_A_ROW] for start in range(0, len(names), NAMES_A_ROW)]


def _post_line(post: Post, told: Set[tuple[int, ...]]) -> PostLine:
    title = post_label(post.titles)
    if post.since is not None:
        sources = sources_of([post.since])
        when = post.since.fact.when if isinstance(post.since.fact, Move) else None
        taken = move_words(post.since)
        return PostLine(post.company, title, taken, when, sources, sources.articles in told)
    assert post.mention is not None, "a post is held by a move or by a mention"
    return PostLine(post.company, title, "", None, Sources((post.mention.source,)), False)


def _career_line(merged: MergedFact) -> CareerLine:
    move = merged.fact
    assert isinstance(move, Move)
    what = f"{move.role} {move_words(merged)}" if move.role else move_words(merged)
    return CareerLine(move.company, what, move.when, sources_of([merged]))
