"""Why a story stands in somebody's digest, where no company in it is followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.compose import formatting
from briefing.compose.texts import text
from briefing.compose.translation import topics as spoken_topics
from briefing.findings import ALL_COMPANIES
from briefing.model import Action, Button, Edition, Fact, Quote, Story, company_mark, person_of


@dataclass(frozen=True, slots=True)
class Reason:
    """A person or topic that is followed.

    Attributes:
        said: `구독: 남궁진`, behind the line.
        button: Leads to more of it.
    """

    said: str
    button: Button


def reason_of(
    story: Story,
    edition: Edition,
    labels: Mapping[str, str],
    covers: Mapping[str, Sequence[str]] | None = None,
) -> Reason | None:
    """The person or topic followed for which a story is told; None if there is none.

    Args:
        story: With the facts that are told.
        edition: Knows what is followed.
        labels: Topic id -> label.
        covers: For groups, the canonical names they cover; others cover themselves.
    """

    def meant(what: str | None, followed: Sequence[tuple[str, str | None]], fact: Fact) -> bool:
        """Whether this is followed, at the company of the fact."""
        return any(
            name == what and (company is None or fact.company in (company, *(covers or {}).get(company, ())))
            for name, company in followed
        )

    facts = [merged.fact for merged in story.facts]
    for fact in facts:
        name = person_of(fact)
        if name is not None and meant(name, edition.persons, fact):
            mark = company_mark(fact.company) if fact.company else ""
            label = text("buttons.person", name=formatting.clip(name, 20))
            return Reason(text("line.because", what=name), Button(label, Action("who", (name, mark))))
    for fact in facts:
        topic = (
            next((one for one in fact.topics if meant(one, edition.topics, fact)), None)
            if isinstance(fact, Quote)
            else None
        )
        if topic is not None:
            said = text("followed.topic", topic=spoken_topics(labels).get(topic, topic))
            # what else this company said on it; without one the list, where the topic can be left
            action = Action("topic", (fact.company or ALL_COMPANIES, topic, "7"))
            label = formatting.clip(f"{fact.company} {said}" if fact.company else said, 30)
            return Reason(text("line.because", what=said), Button(label, action))
    return None
