"""Briefings, digests and alerts: stories as views, views through templates into messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from briefing.compose import formatting
from briefing.compose.activities import activity_items
from briefing.compose.audience import of_kind
from briefing.compose.buttons import brief_keyboard, fold_buttons
from briefing.compose.engine import default_templates, rows
from briefing.compose.journeys import told_once
from briefing.compose.lookups import EVERYTHING, LookupTemplates
from briefing.compose.movelines import MoveLine, move_lines
from briefing.compose.paging import ITEM, pages
from briefing.compose.plain import to_markdown, to_text
from briefing.compose.planned import PlannedItem, by_day, parted, planned_items
from briefing.compose.reasons import Reason, reason_of
from briefing.compose.summary import StoryLine, company_names, heading, kind_of, story_line, summary
from briefing.compose.texts import spoken, text
from briefing.compose.titles import rises_of
from briefing.compose.trend import Kind, Theme, Trend, short_day
from briefing.compose.values import values_of
from briefing.compose.views import (
    ActivityItem,
    QuoteItem,
    about,
    proofs_of,
    quote_items,
    worth_telling,
)
from briefing.findings import Agenda, Days, MovesBrief, PersonBrief, TitleBrief, TopicBrief
from briefing.model import Action, Button, CompanyBrief, Edition, FactKind, Part, Story
from briefing.subscribers import Language

__all__ = ["Renderer", "default_templates", "to_markdown", "to_text"]

SECTION_LIMIT = 12
"""Items a section of a briefing shows; what is beyond is counted."""

DIGEST_LIMIT = 12
REASONS_SHOWN = 4
"""Buttons of people and topics below a digest."""

ALERT_MOVES, ALERT_ACTIVITIES, ALERT_QUOTES = 8, 4, 3
QUOTES_EACH = 2
QUOTES_ASKED = 10
"""Of each speaker, where words were asked for."""

PROOFS = 30
EMPTY = Markup()


@dataclass(slots=True)
class DigestLine:
    """A story in a digest.

    Attributes:
        story: The story.
        line: What its line tells; None if it tells nothing.
        named: Companies it names, of those asked for.
        near: The reader's day for which it is told.
        html: The line as the template has it; empty before it is rendered.
    """

    story: Story
    line: StoryLine | None
    named: tuple[str, ...]
    near: date
    html: Markup = EMPTY


class DigestMemo:
    """Lines of stories that digests have in common, by the language spoken and the reader's day."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Language, date], dict[int, tuple[frozenset[str | None], DigestLine]]] = {}

    def lines(self, stories: Sequence[Story], asked: Sequence[str], near: date) -> list[DigestLine]:
        """The lines of stories, made for whoever asks first for all companies that a story names.

        Args:
            stories: Weightiest first; the memo knows them by identity.
            asked: Canonical names.
            near: The reader's day.
        """
        # the line holds its story, so that the story's id stays its own
        known = self._lines.setdefault((spoken(), near), {})
        wanted = frozenset(asked)
        found: list[DigestLine] = []
        for story in stories:
            names, line = known.get(id(story), (None, None))
            if line is None or names is None or not names <= wanted:
                line = _line_of(story, asked, near)
                names = frozenset([merged.fact.company for merged in story.facts])
                if names <= wanted:
                    # nothing was left out of it
                    known[id(story)] = (names, line)
            found.append(line)
        return found


def _line_of(story: Story, asked: Sequence[str], near: date) -> DigestLine:
    return DigestLine(story, story_line(story, asked, near), company_names(story, asked), near)


def _with_reason(item: Markup, reason: Reason | None) -> Markup:
    return item if reason is None else Markup("{} · {}").format(item, reason.said)


def _body(items: Sequence[Markup]) -> Markup:
    """Items of a digest, each marked as a block, the first one apart from the heading.

    Joined here: of a hundred thousand digests of a morning the loop of a template would take a fifth.
    """
    lines = [f"{ITEM}• {item}\n" for item in items]
    if lines:
        lines[0] = f"{ITEM}\n• {items[0]}\n"
    return Markup("".join(lines))  # noqa: S704 (rendered from our own templates)


def _named(story: Story) -> str:
    """A story in a few words, for those who have been told it."""
    names = company_names(story, ())
    return " ".join((*names[:1], summary(story.facts, story)))


class Renderer(LookupTemplates):
    """Renders every kind of message; see `Templates` for what it is made from."""

    def brief(self, brief: CompanyBrief, *, everything: bool = False, cut: bool = False) -> tuple[Part, ...]:
        """A company's briefing; at least one part, the keyboard on the last.

        Args:
            brief: What is known; with a topic only words on it are told.
            everything: Leave nothing out that some messages can hold.
            cut: Say that more days were asked for.
        """
        until = formatting.local_day(brief.now or brief.period.until, self._zone)
        moves: list[MoveLine] = []
        activities: list[ActivityItem] = []
        quotes: list[QuoteItem] = []
        planned: list[PlannedItem] = []
        told: list[Story] = []
        rises = rises_of(brief.stories)
        once = told_once([about(story, brief.company) for story in brief.stories])
        for story, about_it in zip(brief.stories, once, strict=True):
            facts = of_kind(about_it, brief.kind)
            said = quote_items(story, facts, self._topics, brief.topic, rises)
            quotes += said
            if brief.topic is None:
                rest, ahead = parted(facts, until)
                moves += move_lines(story, rest)
                activities += activity_items(story, rest, until, rises)
                planned += planned_items(story, ahead)
            if said or (brief.topic is None and any(worth_telling(merged.fact) for merged in facts)):
                told.append(story)
        planned = by_day(planned)
        count, _, last = formatting.period_days(brief.period.since, brief.period.until, self._zone)
        past = brief.now is not None and brief.now >= brief.period.until
        days = Days(count, last if past else None)
        most = EVERYTHING if everything else SECTION_LIMIT
        asked = brief.topic is not None or brief.kind is FactKind.QUOTE
        each = QUOTES_ASKED if asked or everything else QUOTES_EACH
        counted = brief.stories if brief.topic is brief.kind is None else told
        rendered = self._render(
            "brief.html.j2",
            until,
            company=brief.company,
            topic=self._topics.get(brief.topic, brief.topic) if brief.topic else "",
            kind=brief.kind.value if brief.kind else "",
            period=formatting.reported_words(
                brief.period.since, brief.period.until, self._zone, past=past, today=until
            ),
            cut=count if cut else 0,
            articles=sum(story.article_count for story in counted),
            stories=len(counted),
            moves=moves[:most],
            more_moves=len(moves[most:]),
            activities=activities[:most],
            more_activities=len(activities[most:]),
            quotes=quotes[:most],
            more_quotes=len(quotes[most:]),
            quotes_each=each,
            planned=planned[:most],
            more_planned=len(planned[most:]),
            show_company=brief.company.is_group,
        )
        longest = max(len(moves), len(activities), len(quotes), len(planned))
        cut = brief.topic is None and any(len(item.sayings) > each for item in quotes)
        folded = not everything and (longest > most or cut)
        return self._parts(rendered, brief_keyboard(brief, told, days, folded=folded))

    def digest(
        self,
        edition: Edition,
        covers: Mapping[str, Sequence[str]] | None = None,
        *,
        everything: bool = False,
        memo: DigestMemo | None = None,
    ) -> tuple[Part, ...]:
        """A subscriber's digest, one line a story; one line in all when nothing happened.

        Args:
            edition: Stories weightiest first, `companies` as subscribed to.
            covers: For subscriptions to groups, the canonical names they cover; others cover themselves.
            everything: Leave nothing out that some messages can hold.
            memo: Lines rendered for digests of the same day, which many subscribers share; added to.
        """
        groups = {name: covers[name] for name in edition.companies if name in covers} if covers else {}
        asked: Sequence[str] = edition.companies
        if groups:
            members = ((name, *groups.get(name, ())) for name in edition.companies)
            asked = tuple(dict.fromkeys(member for some in members for member in some))
        zone = ZoneInfo(edition.timezone) if edition.timezone else self._zone
        near = formatting.local_day(edition.period.until, zone)
        lines = (memo or DigestMemo()).lines(edition.stories, asked, near)
        shown = [line for line in lines if line.line is not None]
        named = {name for line in shown for name in line.named}
        fresh = [
            name
            for name in edition.companies
            if name in named or (name in groups and not named.isdisjoint(groups[name]))
        ]
        most = EVERYTHING if everything else DIGEST_LIMIT
        _, first, last = formatting.period_days(edition.period.since, edition.period.until, zone)
        # the day of the last digest was told by it
        first = min(first + timedelta(days=1), last)
        reasons = {
            line.story.id: reason
            for line in shown[:most]
            if not set(line.named).intersection(asked)
            and (reason := reason_of(line.story, edition, self._topics, covers)) is not None
        }
        items = [_with_reason(self._rendered(line), reasons.get(line.story.id)) for line in shown[:most]]
        rendered = self._render(
            "digest.html.j2",
            near,
            companies=edition.companies,
            items=items,
            body=_body(items),
            more=len(shown[most:]),
            alerted=[_named(story) for story in edition.alerted],
            articles=sum(line.story.article_count for line in shown),
            quiet=tuple(name for name in edition.companies if name not in fresh),
            late=edition.late,
            period=formatting.days(first, last, last, weekday=first == last),
        )
        buttons = [Button(formatting.clip(name, 30), Action("brief", (name,))) for name in fresh[:6]]
        buttons += list(dict.fromkeys(reason.button for reason in reasons.values()))[:REASONS_SHOWN]
        if len(shown) > most and not everything:
            minutes = (edition.period.since, edition.period.until)
            # whole minutes around it; the last one has begun
            first_minute, last_minute = (int(moment.timestamp()) for moment in minutes)
            args = (str(first_minute // 60), str(-(-last_minute // 60)))
            buttons.append(
                Button(text("buttons.all_more", count=len(shown) - most), Action("digest_all", args))
            )
        return self._parts(rendered, rows(buttons, 2))

    def _rendered(self, line: DigestLine) -> Markup:
        if not line.html:
            # Jinja has escaped it
            line.html = Markup(self._render("digest_item.html.j2", line.near, item=line.line))  # noqa: S704
        return line.html

    def alert(self, edition: Edition) -> tuple[Part, ...]:
        """A story as it came in; one part a story would be too many, so all of the edition's together."""
        until = formatting.local_day(edition.period.until, self._zone)
        stories = [self._alerted(story, edition.companies, until) for story in edition.stories]
        rendered = self._render("alert.html.j2", until, stories=stories)
        buttons = [
            Button(
                text("buttons.evidence"), Action("evidence", tuple(str(s.id) for s in edition.stories[:5]))
            )
        ]
        buttons += [
            Button(text("buttons.brief_of", name=formatting.clip(name, 24)), Action("brief", (name,)))
            for name in edition.companies[:2]
        ]
        buttons += fold_buttons(edition.stories, 2)
        return self._parts(rendered, rows(buttons, 3))

    def _alerted(self, story: Story, companies: Sequence[str], today: date) -> dict[str, object]:
        facts = tuple(m for m in story.facts if m.fact.company in companies) or story.facts
        names = company_names(story, companies) or company_names(story, ())
        moves = move_lines(story, facts)
        activities = activity_items(story, facts, today)
        quotes = quote_items(story, facts, self._topics)
        return {
            "kind": kind_of(facts),
            "companies": names[:3],
            "several": len(names) > 1,
            "summary": heading(facts),
            "moves": moves[:ALERT_MOVES],
            "activities": activities[:ALERT_ACTIVITIES],
            "quotes": quotes[:ALERT_QUOTES],
            "more": len(moves[ALERT_MOVES:])
            + len(activities[ALERT_ACTIVITIES:])
            + len(quotes[ALERT_QUOTES:]),
            "articles": story.article_count,
            "outlet": story.outlets[0] if story.outlets else "",
            "first": min(
                (source for m in story.facts for source in m.sources), key=lambda s: s.published, default=None
            ),
            "published": story.first_published,
        }

    def evidence(self, *stories: Story) -> tuple[Part, ...]:
        """The sentence that proves each fact, with outlet, link and how short forms were read.

        Args:
            stories: One or more, in the order of the briefing; those without facts are passed over.

        Returns:
            Parts; none if no story has a fact.
        """
        told = [story for story in stories if any(worth_telling(merged.fact) for merged in story.facts)]
        if not told:
            return ()
        latest = max(story.last_published for story in told)
        views = [
            {
                "companies": company_names(story, ())[:3],
                "summary": summary(story.facts, story),
                "articles": story.article_count,
                "proofs": (proofs := proofs_of(story.facts))[:PROOFS],
                "more": len(proofs[PROOFS:]),
            }
            for story in told
        ]
        rendered = self._render("evidence.html.j2", formatting.local_day(latest, self._zone), stories=views)
        return self._parts(rendered, ())

    def trend(self, trend: Trend, picture: bytes, theme: Theme) -> Part:
        """The picture of a company's weeks, its numbers in words below, and a button for the other paper.

        Args:
            trend: What the picture shows.
            picture: PNG.
            theme: Of the picture.
        """
        rendered = self._render(
            "trend.html.j2",
            trend.until,
            company=trend.name,
            weeks=len(trend.weeks),
            first=short_day(trend.weeks[0].monday),
            last=short_day(trend.until),
            kinds=[
                {
                    "label": kind.label,
                    "total": trend.total_of(kind),
                    "weeks": [(short_day(monday), count) for monday, count in trend.told(kind)],
                }
                for kind in Kind
            ],
        )
        dark = theme is Theme.DARK
        turn = Action("trend", (trend.name, (Theme.LIGHT if dark else Theme.DARK).value))
        look = Action("brief", (trend.name, "30"))
        other = text("buttons.light" if dark else "buttons.dark")
        row = (Button(other, turn), Button(text("buttons.brief_30"), look))
        return Part(pages(rendered)[0], (row,), picture)

    def to_json(
        self, found: CompanyBrief | PersonBrief | TitleBrief | TopicBrief | MovesBrief | Agenda
    ) -> dict[str, object]:
        """What was found as values for `--format json`: dates ISO, times ISO with zone, nothing shortened."""
        return values_of(found, self._topics)
