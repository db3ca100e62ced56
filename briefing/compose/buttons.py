"""Buttons under a briefing: what one may want to see next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.compose import formatting
from briefing.compose.engine import rows
from briefing.compose.movelines import move_lines
from briefing.compose.views import FOLD_FROM, FOLD_SHOWS, about, name_of, worth_telling
from briefing.model import Action, Button, CompanyBrief, Keyboard, Move, Story, company_mark


def brief_keyboard(brief: CompanyBrief, told: Sequence[Story], count: int, *, folded: bool) -> Keyboard:
    """A longer period, subscribing, proof; the rest, the longest lists, the person most told of.

    Args:
        brief: What was told.
        told: Its stories that have a line.
        count: Days of its period, today included.
        folded: True if a section left items out.
    """
    name = brief.company.name
    longer = (
        Action("brief", (name, "30")) if brief.topic is None else Action("topic", (name, brief.topic, "30"))
    )
    buttons = [] if count >= 30 else [Button("30일", longer)]
    if brief.topic is None:
        buttons.append(Button("구독", Action("subscribe", (name,))))
    else:
        buttons.append(Button("전체 브리핑", Action("brief", (name, str(count)))))
    if len(told) == 1 or (told and brief.topic is not None):
        buttons.append(Button("근거 보기", Action("evidence", tuple(str(story.id) for story in told[:5]))))
    elif told:
        buttons.append(Button("근거 보기", Action("evidence_of", (name, str(count)))))
    further = [Button("모두 보기", Action("brief_all", (name, str(count))))] if folded else []
    if brief.topic is None:
        further += fold_buttons(told, 2)
    if person := _most_told(brief, told):
        further.append(
            Button(
                f"인물: {formatting.clip(person[0], 20)}", Action("who", (person[0], company_mark(person[1])))
            )
        )
    return (*rows(buttons, 3), *rows(further, 2))


def _most_told(brief: CompanyBrief, told: Sequence[Story]) -> tuple[str, ...] | None:
    """Name and company of the person most articles tell of; the weightiest of equals."""
    counts: Counter[tuple[str, str]] = Counter()
    for story in told:
        for merged in about(story, brief.company):
            name, company = name_of(merged.fact), merged.fact.company
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
            what = formatting.clip(lists[0].who, 20) if len(lists) == 1 else "명단"
            buttons.append(Button(f"{what} {count}명 보기", Action("names", (str(story.id),))))
    return buttons
