"""Scenes an article opens with before it names the occasion: 마이크 앞에 선 조 사장은 …."""

from __future__ import annotations

from briefing.extract.deeds import Deed
from briefing.extract.groups import Group
from briefing.extract.records import record
from briefing.extract.timing import Told


@record(frozen=True, slots=True)
class Opening:
    """A deed that tells nothing until its occasion is named.

    Attributes:
        deed: What is done there.
        told: The sentence with its days.
        groups: Persons of the sentence, in order.
    """

    deed: Deed
    told: Told
    groups: tuple[Group, ...]
