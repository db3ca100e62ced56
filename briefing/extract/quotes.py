"""Direct quotations of speech (발언): what is said, by whom, and whether it tells of the business."""

from __future__ import annotations

from briefing.extract.attribution import Attributor, Voice
from briefing.extract.document import Document
from briefing.extract.quotations import find_quotations
from briefing.extract.speech import read_quotation
from briefing.extract.strategic import is_strategic, topics_of
from briefing.korean.lexicon import Lexicon
from briefing.model import Quote, QuotedBy, Rejection, Resolution, Span

__all__ = ["find_quotations", "find_quotes"]


def find_quotes(document: Document, lexicon: Lexicon) -> tuple[tuple[Quote, ...], tuple[Rejection, ...]]:
    """Every quotation of speech with its speaker, in order of the text, and the spans that are none.

    Never raises; takes time linear in the text.
    """
    del lexicon
    quotes: list[Quote] = []
    rejected: list[Rejection] = []
    attributor = Attributor(document)
    spans = document.quotations
    nobody = None if document.mentions or document.tokens else Voice(QuotedBy.UNNAMED, "nobody named")
    for number, span in enumerate(spans):
        reading = read_quotation(document, span)
        words = span.of(document.text)
        if not reading.spoken:
            rejected.append(Rejection(f"quotation “{_short(words)}”", reading.reason, span))
            continue
        following = spans[number + 1].start - 1 if number + 1 < len(spans) else len(document.text)
        voice = nobody or _unread(document, span) or attributor.attribute(span, reading, following)
        quotes.append(_quote(document, span, voice, reading.reason))
    return tuple(quotes), tuple(rejected)


def _unread(document: Document, span: Span) -> Voice | None:
    """Nobody for a quotation in a sentence that was left unread; anybody might be guessed for it."""
    sentence = document.sentence_at(span.start)
    return Voice(QuotedBy.UNNAMED, "sentence left unread") if sentence and not sentence.tokens else None


def _short(words: str) -> str:
    return words if len(words) <= 30 else words[:29] + "…"


def _quote(document: Document, span: Span, voice: Voice, link: str) -> Quote:
    words = span.of(document.text)
    sentence = document.sentence_at(span.start)
    evidence = [Span(sentence.span.start, max(sentence.span.end, span.end)) if sentence else span]
    resolutions: tuple[Resolution, ...] = ()
    speaker = company = title = None
    if voice.persona is not None:
        persona = document.personas[voice.persona]
        speaker, company, title = persona.name, persona.company, persona.title_shown
        mention = voice.mention
        if mention is not None and mention.span not in evidence and not _inside(mention.span, evidence[0]):
            evidence.append(mention.span)
        if mention is None or mention.kind != "full":
            form = mention.form if mention is not None else "(생략)"
            resolutions = (Resolution(form, persona.name, persona.first),)
            if not _inside(persona.first, evidence[0]) and persona.first not in evidence:
                evidence.append(persona.first)
        elif not _inside(mention.span, evidence[0]):
            resolutions = (Resolution("(생략)", persona.name, mention.span),)
    elif voice.by is not QuotedBy.EXECUTIVE:
        company = voice.company
    executive = voice.by is QuotedBy.EXECUTIVE and speaker is not None
    by = voice.by if executive or voice.by is not QuotedBy.EXECUTIVE else QuotedBy.UNNAMED
    return Quote(
        speaker=speaker, company=company, title=title, text=words, by=by,
        strategic=executive and is_strategic(document, span), span=span, evidence=tuple(evidence),
        topics=topics_of(words) if executive else (), resolutions=resolutions, rule=f"{link}; {voice.rule}",
    )  # fmt: skip


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
