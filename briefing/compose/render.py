"""Briefings out of templates: views of stories through Jinja into messages within Telegram's limits.

Templates are looked for in an operator's folder first, then in the ones that ship. Everything that comes from
articles is escaped by Jinja and made harmless by `formatting.clean` on its way in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from briefing.compose import formatting
from briefing.compose.activities import activity_items
from briefing.compose.paging import ITEM, SECTION, pages
from briefing.compose.plain import to_markdown, to_text
from briefing.compose.summary import company_names, json_brief, kind_of, story_line
from briefing.compose.trend import Kind, Theme, Trend, short_day
from briefing.compose.views import (
    ActivityItem,
    MoveLine,
    QuoteItem,
    about,
    move_lines,
    proofs_of,
    quote_items,
    worth_telling,
)
from briefing.errors import DataError
from briefing.korean.josa import with_particle
from briefing.model import Action, Button, CompanyBrief, Edition, Keyboard, Part, Source, Story

__all__ = ["Renderer", "default_templates", "to_markdown", "to_text"]

SECTION_LIMIT = 12
"""Items a section of a briefing shows; what is beyond is counted."""

DIGEST_LIMIT = 12
QUOTES_EACH = 2
PROOFS = 30
LONGEST_URL = 1800  # Telegram accepts more, but no news address needs it


def default_templates() -> Path:
    """The folder of the templates that ship: inside the installed package, or the checkout's own."""
    packaged = Path(str(files("briefing") / "templates"))
    return packaged if packaged.is_dir() else Path(str(files("briefing"))).parent / "templates"


class Renderer:
    """Renders every kind of message. Safe to use from several threads.

    Args:
        templates_dir: An operator's templates, looked up before the shipped ones; None for none.
        timezone: IANA name; days and hours are told in it.
        topics: Topic id -> label (`Lexicon.topics`); an unknown id is shown as it is.

    Raises:
        DataError: `templates_dir` is no folder.
        zoneinfo.ZoneInfoNotFoundError: No such zone.
    """

    def __init__(
        self,
        templates_dir: Path | None = None,
        timezone: str = "Asia/Seoul",
        topics: Mapping[str, str] | None = None,
    ) -> None:
        if templates_dir is not None and not templates_dir.is_dir():
            raise DataError(str(templates_dir), "no such folder of templates; create it or unset the setting")
        self._zone = ZoneInfo(timezone)
        self._topics = dict(topics or {})
        shipped = default_templates()
        self._folders = [*([templates_dir] if templates_dir else []), shipped]
        self._env = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            finalize=_finalize,
        )
        self._env.globals.update(SECTION=Markup(SECTION), ITEM=Markup(ITEM))  # noqa: S704 - our own marks
        self._env.filters.update(
            {
                "clip": formatting.clip,
                "quote": formatting.cut_quote,
                "josa": with_particle,
                "link": _link,
                "hour": _hour,
            }
        )

    # ------------------------------------------------------------------ briefings

    def brief(self, brief: CompanyBrief) -> tuple[Part, ...]:
        """A company's briefing; at least one part, the keyboard on the last."""
        until = formatting.local_day(brief.period.until, self._zone)
        moves: list[MoveLine] = []
        activities: list[ActivityItem] = []
        quotes: list[QuoteItem] = []
        for story in brief.stories:
            facts = about(story, brief.company)
            moves += move_lines(story, facts)
            activities += activity_items(story, facts)
            quotes += quote_items(story, facts, self._topics)
        count, first, last = formatting.period_days(brief.period.since, brief.period.until, self._zone)
        rendered = self._render(
            "brief.html.j2",
            until,
            company=brief.company,
            days=count,
            first=first,
            last=last,
            articles=sum(story.article_count for story in brief.stories),
            stories=len(brief.stories),
            moves=moves[:SECTION_LIMIT],
            more_moves=len(moves[SECTION_LIMIT:]),
            activities=activities[:SECTION_LIMIT],
            more_activities=len(activities[SECTION_LIMIT:]),
            quotes=quotes[:SECTION_LIMIT],
            more_quotes=len(quotes[SECTION_LIMIT:]),
            quotes_each=QUOTES_EACH,
            show_company=brief.company.is_group,
        )
        return self._parts(rendered, _brief_keyboard(brief))

    def digest(self, edition: Edition, covers: Mapping[str, Sequence[str]] | None = None) -> tuple[Part, ...]:
        """A subscriber's digest, one line a story; one line in all when nothing happened.

        Args:
            edition: Stories weightiest first, `companies` as subscribed to.
            covers: For subscriptions to groups, the canonical names they cover; others cover themselves.
        """
        covered = {name: (name, *(covers or {}).get(name, ())) for name in edition.companies}
        asked = tuple(dict.fromkeys(member for members in covered.values() for member in members))
        lines = [(story, story_line(story, asked)) for story in edition.stories]
        shown = [(story, line) for story, line in lines if line is not None]
        named = {name for story, _ in shown for name in company_names(story, asked)}
        fresh = [name for name in edition.companies if named.intersection(covered[name])]
        count, first, last = formatting.period_days(edition.period.since, edition.period.until, self._zone)
        rendered = self._render(
            "digest.html.j2",
            formatting.local_day(edition.period.until, self._zone),
            companies=edition.companies,
            items=[line for _, line in shown[:DIGEST_LIMIT]],
            more=len(shown[DIGEST_LIMIT:]),
            articles=sum(story.article_count for story, _ in shown),
            quiet=tuple(name for name in edition.companies if name not in fresh),
            late=edition.late,
            days=count,
            first=first,
            last=last,
        )
        buttons = [Button(formatting.clip(name, 30), Action("brief", (name,))) for name in fresh[:6]]
        return self._parts(rendered, _rows(buttons, 2))

    def alert(self, edition: Edition) -> tuple[Part, ...]:
        """A story as it came in; one part a story would be too many, so all of the edition's together."""
        until = formatting.local_day(edition.period.until, self._zone)
        stories = [self._alerted(story, edition.companies) for story in edition.stories]
        rendered = self._render("alert.html.j2", until, stories=stories)
        buttons = [Button("근거 보기", Action("evidence", (str(story.id),))) for story in edition.stories[:1]]
        buttons += [
            Button(f"{formatting.clip(name, 24)} 브리핑", Action("brief", (name,)))
            for name in edition.companies[:2]
        ]
        return self._parts(rendered, _rows(buttons, 3))

    def _alerted(self, story: Story, companies: Sequence[str]) -> dict[str, object]:
        facts = tuple(m for m in story.facts if m.fact.company in companies) or story.facts
        names = company_names(story, companies) or company_names(story, ())
        return {
            "kind": kind_of(facts),
            "companies": names[:3],
            "several": len(names) > 1,
            "moves": move_lines(story, facts)[:8],
            "activities": activity_items(story, facts)[:4],
            "quotes": quote_items(story, facts, self._topics)[:3],
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
                    "label": kind.value,
                    "total": trend.total_of(kind),
                    "weeks": [(short_day(monday), count) for monday, count in trend.told(kind)],
                }
                for kind in Kind
            ],
        )
        dark = theme is Theme.DARK
        turn = Action("trend", (trend.name, (Theme.LIGHT if dark else Theme.DARK).value))
        look = Action("brief", (trend.name, "30"))
        row = (Button("밝게" if dark else "어둡게", turn), Button("30일 브리핑", look))
        return Part(pages(rendered)[0], (row,), picture)

    def chat(self, name: str, **values: object) -> Part:
        """A reply of the chat: templates/chat/NAME.html.j2 with `values`; see the comment at its top.

        Raises:
            jinja2.TemplateNotFound: No such reply.
            jinja2.UndefinedError: A value the template needs is missing.
        """
        rendered = self._render(f"chat/{name}.html.j2", date.min, **values)
        return Part(pages(rendered)[0])

    def admin(self, name: str, now: datetime, **values: object) -> tuple[Part, ...]:
        """A message to administrators: templates/admin/NAME.html.j2 with `values`; see its comment.

        Raises:
            jinja2.TemplateNotFound: No such message.
            jinja2.UndefinedError: A value the template needs is missing.
        """
        rendered = self._render(f"admin/{name}.html.j2", formatting.local_day(now, self._zone), **values)
        return self._parts(rendered, ())

    def commands(self) -> tuple[tuple[str, str], ...]:
        """Commands of the menu and what they do, from templates/chat/commands.toml.

        Raises:
            DataError: The file is missing or is not a table of texts.
        """
        for folder in self._folders:
            path = folder / "chat" / "commands.toml"
            if path.is_file():
                raw = tomllib.loads(path.read_text(encoding="utf-8")).get("commands")
                if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
                    raise DataError(str(path), "[commands] must map each command to its description")
                return tuple(raw.items())
        raise DataError(
            str(self._folders[-1] / "chat" / "commands.toml"), "file is missing; reinstall execbrief"
        )

    def to_json(self, brief: CompanyBrief) -> dict[str, object]:
        """The briefing as values for `--format json`: dates ISO, times ISO with zone, nothing shortened."""
        return json_brief(brief, self._topics)

    # ------------------------------------------------------------------ how

    def _render(self, name: str, near: date, **values: object) -> str:
        zone = self._zone

        def day(value: date | datetime, weekday: bool = True) -> str:
            plain = formatting.local_day(value, zone) if isinstance(value, datetime) else value
            return formatting.day(plain, near, weekday)

        def moment(value: datetime, today: bool = True) -> str:
            # midnight to the second is an outlet that tells the day only
            local = value.astimezone(zone)
            hour = "" if local.time() == time() else formatting.clock(value, zone)
            shown = day(value, weekday=False) if today or not hour or local.date() != near else ""
            return f"{shown} {hour}".strip()

        return self._env.get_template(name).render(
            near=near,
            day=day,
            days_of=lambda first, last: formatting.days(first, last, near),
            moment=moment,
            clock=lambda value: formatting.clock(value, zone),
            **values,
        )

    @staticmethod
    def _parts(rendered: str, keyboard: Keyboard) -> tuple[Part, ...]:
        texts = pages(rendered)
        return (*(Part(text) for text in texts[:-1]), Part(texts[-1], keyboard))


def _finalize(value: Any) -> Any:
    return formatting.clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _link(text: str, source: Source | None) -> Markup:
    """`text` as a link to a source, or plain where it has no usable address."""
    shown = escape(formatting.clean(text))
    url = source.url if source is not None else ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.netloc) and len(url) <= LONGEST_URL
    except ValueError:
        usable = False
    if not usable or any(char.isspace() for char in url) or not shown:
        return shown
    return Markup('<a href="{}">{}</a>').format(url, shown)


def _hour(value: time | None) -> str:
    return value.strftime("%H:%M") if value else "꺼짐"


def _rows(buttons: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _brief_keyboard(brief: CompanyBrief) -> Keyboard:
    name = brief.company.name
    count = max(round((brief.period.until - brief.period.since).total_seconds() / 86400), 1)
    buttons = [] if count >= 30 else [Button("30일", Action("brief", (name, "30")))]
    buttons.append(Button("구독", Action("subscribe", (name,))))
    told = [s for s in brief.stories if any(worth_telling(m.fact) for m in about(s, brief.company))]
    if len(told) == 1:
        buttons.append(Button("근거 보기", Action("evidence", (str(told[0].id),))))
    elif told:
        buttons.append(Button("근거 보기", Action("evidence_of", (name, str(count)))))
    return _rows(buttons, 3)
