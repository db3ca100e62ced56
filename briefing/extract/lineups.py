"""Who stands in a photograph: 왼쪽부터 A 사장, B 회장, under a sentence that names the occasion."""

from __future__ import annotations

from briefing.extract.deeds import Deed, Parse
from briefing.extract.roundtables import occasion_kind
from briefing.extract.scene import Scene
from briefing.korean.wordlists import worded
from briefing.model import Span

_FROM_LEFT = worded(r"{occasions.captions.sides}(?:에서)?\s?{occasions.captions.starts}")
# The occasion stands in the sentence right before.
_NEXT = 3


def find_lined_up(parse: Parse, scene: Scene) -> list[Deed]:
    """Everybody whom a caption lists takes part in the occasion it shows.

    Args:
        parse: The sentence with the list.
        scene: What the sentences before told.
    """
    document, (start, end) = parse.document, parse.bounds
    match = _FROM_LEFT().search(parse.text, start, end)
    if match is None or document.quoted(match.start()):
        return []
    here = [o for o in parse.occasions if not o.pointing]
    known = here[-1] if here else scene.occasion
    if known is None or not (here or 0 <= start - scene.told <= _NEXT):
        return []
    listed = tuple(m for g in parse.groups for m in g.mentions if m.span.start >= match.end())
    if not listed:
        return []
    kind = occasion_kind(document, known)
    return [
        Deed(
            kind,
            Span(*match.span()),
            match.end(),
            known.phrase,
            "in the picture",
            pointing=not here,
            actors=listed,
        )
    ]
