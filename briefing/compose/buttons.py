"""Buttons under a briefing: what one may want to see next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.compose import formatting
from briefing.compose.engine import rows
from briefing.compose.movelines import move_lines
from briefing.compose.texts import spoken, text
from briefing.compose.translation import change
from briefing.compose.views import FOLD_FROM, FOLD_SHOWS, about, worth_telling
from briefing.findings import Days
from briefing.model import Action, Button, CompanyBrief, Keyboard, Move, Story, company_mark, person_of
from briefing.subscribers import Language


def brief_keyboard(brief: CompanyBrief, told: Sequence[Story], days: Days, *, folded: bool) -> Keyboard:
    """A longer period, subscribing, proof; the rest, the longest lists, the person most told of.

    Args:
        brief: What was told.
        told: Its stories that have a line.
        days: Of its period.
        folded: True if a section left items out.
    """
    name = brief.company.name
    whole = brief.topic is None and brief.kind is None
    buttons = (
        [] if days.count >= 30 and days.last is None else [Button(text("buttons.days_30"), _longer(brief))]
    )
    if whole:
        buttons.append(Button(text("buttons.subscribe"), Action("subscribe", (name,))))
    else:
        buttons.append(Button(text("buttons.brief_whole"), Action("brief", (name, *days.args))))
    if len(told) == 1 or (told and not whole):
        buttons.append(
            Button(text("buttons.evidence"), Action("evidence", tuple(str(story.id) for story in told[:5])))
        )
    elif told:
        buttons.append(Button(text("buttons.evidence"), Action("evidence_of", (name, *days.args))))
    everything = Action("brief_all", (name, *days.args))
    further = [Button(text("buttons.all"), everything)] if folded else []
    if brief.topic is None:
        further += fold_buttons(told, 2)
    if person := _most_told(brief, told):
        further.append(
            Button(
                text("buttons.person", name=formatting.clip(person[0], 20)),
                Action("who", (person[0], company_mark(person[1]))),
            )
        )
    return (*rows(buttons, 3), *rows(further, 2))


def _longer(brief: CompanyBrief) -> Action:
    """The same over a month."""
    month = Days(30).args
    if brief.topic is not None:
        return Action("topic", (brief.company.name, brief.topic, *month))
    if brief.kind is not None:
        return Action("kind", (brief.company.name, brief.kind.value, *month))
    return Action("brief", (brief.company.name, *month))


def _most_told(brief: CompanyBrief, told: Sequence[Story]) -> tuple[str, ...] | None:
    """Name and company of the person most articles tell of; the weightiest of equals."""
    counts: Counter[tuple[str, str]] = Counter()
    for story in told:
        for merged in about(story, brief.company):
            name, company = person_of(merged.fact), merged.fact.company
            if name and company and worth_telling(merged.fact):
                counts[name, company] += len(merged.sources)
    return max(counts, key=lambda pair: counts[pair]) if counts else None


def fold_buttons(stories: Sequence[Story], most: int) -> list[Button]:
    """Buttons that unfold long lists, one a story (`상무 승진 36명 보기`)."""
    buttons: list[Button] = []
    for story in stories:
        if len(buttons) == most:
            break
        if sum(isinstance(merged.fact, Move) for merged in story.facts) < FOLD_FROM:
            continue
        if lists := [line for line in move_lines(story, story.facts) if len(line.names) > FOLD_SHOWS]:
            count = sum(len(line.names) for line in lists)
            # posts are longer in English
            what = (
                formatting.clip(change(lists[0].who), 20 if spoken() is Language.KOREAN else 34)
                if len(lists) == 1
                else text("buttons.fold_lists")
            )
            buttons.append(
                Button(text("buttons.fold", what=what, count=count), Action("names", (str(story.id),)))
            )
    return buttons
