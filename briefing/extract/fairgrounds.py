"""Going round a fair told of before (부스를 둘러봤다), and going to where an occasion takes place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.clauses import Argument
from briefing.extract.deeds import Deed, Parse
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.scene import Scene
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind

# The rule of who went to the place of an occasion: there is no visit besides.
AT_ITS_PLACE = "goes to its place"
# The rule of who looks round its booths.
ROUND = "goes round the fair"
# A fair carries what is told of its booths this far.
_REACH = 800
_BOOTHS = affixes("occasions.held.booths")
# 3차전이 열린 (수원야구장을)
_TAKES_PLACE = worded(r"[’'”」』>》]?(?:이|가)\s{occasions.held.adnominal}\s(?:[^\s,.]+\s){0,3}[^\s,.]*")


def round_the_fair(parse: Parse, visits: Sequence[Deed], scene: Scene) -> list[Deed]:
    """The part that those take in a fair who look round its booths; the visits themselves stay."""
    fair = scene.occasion
    if not visits or fair is None or parse.occasions or parse.bounds[0] - scene.told > _REACH:
        return []
    if fair.head not in word_set("event", "shows"):
        return []
    return [
        replace(v, kind=ActivityKind.EVENT, what="행사", rule=ROUND, pointing=True)
        for v in visits
        if v.what.endswith(_BOOTHS())
    ][:1]


def own_visits(visits: Sequence[Deed], fair: Sequence[Deed]) -> list[Deed]:
    """The visits without those to the halls of a fair (전시장을 돌았다), which are the part taken in it."""
    halls = word_set("held", "halls")
    return [v for v in visits if not (fair and v.what.split()[-1] in halls)]


def held_at(parse: Parse, phrases: Sequence[Argument]) -> Occasion | None:
    """The occasion of 3차전이 열린 수원야구장을 찾아, by whose place it is told where somebody went."""
    for phrase in phrases:
        if phrase.level or phrase.particle not in {"을", "에", "로"}:
            continue
        for occasion in parse.occasions:
            if _TAKES_PLACE().fullmatch(parse.text, occasion.span.end, phrase.span.start):
                return occasion
    return None
