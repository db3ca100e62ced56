"""Who speaks at an occasion takes part in it, though no verb says so.

"가람은 13일 기업설명회를 열었다. 단 사장은 “…”라고 말했다": reporters leave it to the reader that the
words fell there. So for the occasion an article is about, executives of its hosts who are quoted live
after it is named take part in it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta

from briefing.extract.document import Document
from briefing.extract.occasions import Occasion, find_occasions, place_before, word_set
from briefing.extract.records import record
from briefing.extract.roundtables import occasion_kind
from briefing.extract.scene import looked_back_on
from briefing.korean.wordlists import listed, worded
from briefing.model import Activity, ActivityKind, Quote, QuotedBy, Span

# An occasion further than this from publication is not what the article reports on.
_NEAR = timedelta(days=10)
# Nobody is quoted at an occasion that is to come.
_SLACK = timedelta(days=1)
# The occasion is named within this many sentences of the beginning, or never carries the article.
_LEAD = 6
# A feature opens with words and then says where they fell, this many characters further on.
_BEFORE = 160
_HELD = worded(r"(?:을|를|이|가|에서|에|도)?\s?(?:\S+\s){0,7}?{occasions.held.verbs}")
_CHOSEN = worded(r"{occasions.held.chosen}")
# Signs that an assembly itself is reported on.
_DEBATE = worded(r"{occasions.held.debate}|{occasions.held.shareholders} 주주")
# 포럼에서, ‘미래포럼’에서
_AT = re.compile("[’'”\"」』>》]?(?:에서|에)")
# The name of an occasion between marks: 열린 ‘미래포럼’에서.
_OPENED, _CLOSING = "‘'“\"「『<〈《", "’'”\"」』>〉》"
_WROTE = worded(r"{occasions.event.wrote}")
_HERE = listed("occasions.held.here")
_ACCEPTS = worded(r"{occasions.held.accepting}")
# Whoever met reporters in one of these was not at the fair; told at the beginning of the article.
_ROOMS = ("호텔", "식당", "회의실")
_OPENING = 300
_TAG = re.compile(r"\s*[\[【<](?P<name>(?P<head>[가-힣A-Za-z]+)[^\]】>]{0,12})[\]】>]")
# Before news of its own; ▲ and △ may list what is done at one occasion.
ITEMS = frozenset("◇◆■□●○◈※")
# 이에 대해 …; 소식을 전해 들은 …
_ANSWERS = worded(r"\s*{occasions.event.answers}")
_TOLD_OF_IT = worded(r"{occasions.event.was_told}")
# [A/가람전자 정비본부장: (“…”)
_FILM = 60
_FILMED = re.compile(r"[\[【][^\[\]【】\n“”\"]{2,8}\s?/[^\[\]【】\n“”\"]{2,40}:\s?[“\"]?$")
_HELD_BEFORE = worded(r"{occasions.held.before}\s(?:첫\s)?$")


@record(frozen=True, slots=True)
class Session:
    """The occasion an article reports on.

    Attributes:
        occasion: Its name.
        sentence: Where it is told.
        hosts: Companies named there.
        day: When, or None.
        place: Where, or None.
    """

    occasion: Occasion
    sentence: Span
    hosts: frozenset[str]
    day: date | None
    until: date | None
    place: str | None


def find_session(
    document: Document,
    dated: Mapping[int, tuple[date | None, date | None]],
    first: date | None,
    named: Mapping[int, Sequence[Occasion]],
) -> Session | None:
    """The occasion the article is about, or None.

    Args:
        document: The article.
        dated: By beginning of an occasion: its first and last day.
        first: The day the text names first, for an occasion without a day of its own.
        named: Occasions of the sentences that have been asked for theirs, by where the sentence begins.
    """
    for number, sentence in enumerate(document.sentences[: _LEAD + 2]):
        if number >= _LEAD and sentence.span.start > 600:
            break
        occasions = named.get(sentence.span.start)
        for occasion in find_occasions(document, sentence) if occasions is None else occasions:
            if occasion.pointing or not occasion.spoken:
                continue
            if not is_held(document, occasion, sentence.span):
                continue
            day, until = dated.get(occasion.span.start, (None, None))
            day = day or first
            if day is None and document.day is not None:
                continue
            if day is not None and document.day is not None and not -_NEAR <= day - document.day <= _SLACK:
                continue
            if looked_back_on(document, sentence, occasion):
                continue
            if only_chooses(document, occasion):
                continue
            hosts = _hosts(document, occasion, sentence.span)
            place = place_before(document, sentence.span.start, occasion.span.start)
            return Session(occasion, sentence.span, hosts, day, until, place)
    return _tagged(document, first)


def only_chooses(document: Document, occasion: Occasion) -> bool:
    """True for an assembly told of for whom it chooses: who is chosen there is quoted on his post."""
    sentence = document.sentence_at(occasion.span.start)
    return (
        sentence is not None
        and occasion.head in word_set("event", "assemblies")
        and _CHOSEN().search(document.text, sentence.span.start, sentence.span.end) is not None
        and not _debated(document)
    )


def _debated(document: Document) -> bool:
    """True if the article tells how an assembly went, and not only whom it chose."""
    return _DEBATE().search(document.text) is not None


def is_held(document: Document, occasion: Occasion, sentence: Span | None = None) -> bool:
    """True if a sentence tells that an occasion takes place: 열렸다, 개최한, …에서."""
    if sentence is None:
        whole = document.sentence_at(occasion.span.start)
        sentence = whole.span if whole is not None else occasion.span
    behind = document.text[occasion.span.end : min(sentence.end, occasion.span.end + 40)].lstrip(_CLOSING)
    before = document.text[max(sentence.start, occasion.span.start - 20) : occasion.span.start].rstrip(
        _OPENED
    )
    return (
        not behind.strip(" .장")
        or _HELD().match(behind) is not None
        or re.match(r"에서|서\s|장에서", behind) is not None
        or _HELD_BEFORE().search(before) is not None
    )


def _tagged(document: Document, first: date | None) -> Session | None:
    """The fair that a tag before the headline names: [IFA 2016] 조용한 냉장고 전쟁."""
    tag = _TAG.match(document.article.title)
    if tag is None or not document.sentences or not tag["head"].startswith(tuple(word_set("event", "fairs"))):
        return None
    if first is None or document.day is None or not -_NEAR <= first - document.day <= _SLACK:
        return None
    lead = document.sentences[0].span
    if any(venue in document.text[:_OPENING] for venue in _ROOMS):
        return None  # reporters were asked to a hotel beside the fair
    occasion = Occasion(lead, tag["name"], tag["head"], "", False, True)
    return Session(occasion, lead, frozenset(), first, None, None)


def speakers(
    document: Document, session: Session, quotes: Sequence[Quote], known: Sequence[Activity],
    moved: Container[str] = frozenset(),
) -> list[Activity]:  # fmt: skip
    """Executives who are quoted at the session and not known to take part in it yet.

    Args:
        document: The article.
        session: The occasion it reports on.
        quotes: Its quotations.
        known: Activities told by rules.
        moved: Whose moves it tells: who is chosen at an assembly is quoted on his post.
    """
    found: list[Activity] = []
    elsewhere: set[str] = set()
    # an occasion of nobody's company here (a fair, a conference): whoever speaks is a guest
    fair = session.occasion.head in word_set("event", "fairs")
    houses = [p.company for p in document.personas if p.executive and p.company]
    # a round table with an official is everybody's who speaks there
    round_table = occasion_kind(document, session.occasion) is ActivityKind.MEETING
    guests = round_table or not any(
        _of_house(c, session.hosts) or (not fair and c == document.subject) for c in houses
    )
    # a speech is one man's: only he is quoted from it
    named = {document.persona_of(m).name for m in document.mentions_in(session.sentence)}
    own = named if named and session.occasion.head in word_set("event", "speeches") else None
    paragraph = document.paragraph_at(session.sentence.start)
    item = paragraph if paragraph is not None and document.text[paragraph.start] in ITEMS else None
    chooses = session.occasion.head in word_set("event", "assemblies") and not _debated(document)
    there = {
        a.person
        for a in known
        if a.kind is ActivityKind.EVENT
        or (a.kind is occasion_kind(document, session.occasion) and a.when == session.day)
    }
    for quote in quotes:
        if quote.by is not QuotedBy.EXECUTIVE or quote.speaker is None or quote.speaker in there:
            continue
        before = _BEFORE if document.text.startswith("이날", session.sentence.start) else 0
        if quote.span.start < session.sentence.start - before:
            continue
        if own is not None and quote.speaker not in own:
            continue
        if item is not None and not item.start <= quote.span.start < item.end:
            continue  # ◆ A 회장은 포럼에서 연설한다. ◆ B 회장은 …
        opened = quote.evidence[0].start
        if (
            chooses
            and quote.speaker in moved
            and not _ACCEPTS().search(document.text, opened, quote.span.start)
        ):
            continue
        if not (guests or _hosted(document, session, quote.company)) or quote.speaker in elsewhere:
            continue
        at = quote.span.start
        if not _live(document, quote, session.occasion) or _answers_others(
            document, session.occasion, quote.evidence[0], at
        ):
            elsewhere.add(quote.speaker)
            continue
        there.add(quote.speaker)
        found.append(
            Activity(
                person=quote.speaker,
                company=quote.company,
                kind=occasion_kind(document, session.occasion),
                what=session.occasion.phrase,
                when=session.day,
                evidence=(*quote.evidence[:1], session.sentence, *quote.evidence[1:]),
                title=quote.title,
                until=session.until,
                place=session.place,
                resolutions=quote.resolutions,
                rule="quoted at the occasion",
            )
        )
    return found


def _hosts(document: Document, occasion: Occasion, sentence: Span) -> frozenset[str]:
    """Companies a sentence names as hosts; at a fair those of its speakers are guests (포럼에서 A 사장은)."""
    hosts = frozenset(c.name for c in document.companies_in(sentence))
    if occasion.head not in word_set("event", "fairs") or not _AT.match(document.text, occasion.span.end):
        return hosts
    return hosts - {m.company for m in document.mentions_in(sentence) if m.span.start > occasion.span.end}


def _of_house(company: str, hosts: Iterable[str]) -> bool:
    """True for one of the hosts, an affiliate that bears its name, or its parent."""
    return any(company.startswith(host) or host.startswith(company) for host in hosts)


def _hosted(document: Document, session: Session, company: str | None) -> bool:
    """True for a host, an affiliate that bears its name, or the company the article is about."""
    return company is None or company == document.subject or _of_house(company, session.hosts)


def elsewhere(document: Document, occasion: Occasion, sentence: Span, company: str | None) -> str | None:
    """Why what a sentence tells of somebody of a company is not done at the occasion told before, or None."""
    if only_chooses(document, occasion):
        return "quoted on what was chosen there"
    if _answers_others(document, occasion, sentence, sentence.end):
        return "answers who was not there"
    return "of another house" if _is_outsider(document, occasion, sentence, company) else None


def _is_outsider(document: Document, occasion: Occasion, sentence: Span, company: str | None) -> bool:
    """True for who is quoted, and of another house than the one that asked reporters to hear it."""
    told = document.sentence_at(occasion.span.start)
    housed = occasion.head in word_set("event", "own") or occasion.head in word_set("event", "of_house")
    if not housed or told is None or company is None:
        return False
    if occasion_kind(document, occasion) is not ActivityKind.EVENT or not document.quotes_in(sentence):
        return False
    hosts = {c.name for c in document.companies_in(told.span)} | {document.subject or company}
    return not _of_house(company, hosts)


def _answers_others(document: Document, occasion: Occasion, sentence: Span, quote: int) -> bool:
    """True for words that answer those who were not there, or that a broadcast shows by themselves.

    At a ceremony nobody answers objections (이에 대해 A 센터장은 “…”고 설명했다), and
    [A/가람전자 본부장: "…"] was filmed where he works.

    Args:
        document: The article.
        occasion: What was told of before.
        sentence: Where the words stand.
        quote: Where they begin, or the sentence ends.
    """
    start = sentence.start
    if _TOLD_OF_IT().search(document.text, start, quote) is not None:
        return True
    if _FILMED.search(document.text, max(0, quote - _FILM), quote) is not None:
        return True
    if _written(document, occasion, quote):
        return True
    return occasion.head.endswith("식") and _ANSWERS().match(document.text, start, quote) is not None


def _written(document: Document, occasion: Occasion, quote: int) -> bool:
    """True if the paragraph tells before that the words to come were written: 메시지를 내놨다."""
    paragraph = document.paragraph_at(quote)
    start = max(occasion.span.end, paragraph.start if paragraph is not None else quote)
    wrote = [m.end() for m in _WROTE().finditer(document.text, start, max(start, quote))]
    if not wrote or document.quoted(wrote[-1] - 1):
        return False
    # what is told of an occasion since then brings the text back to it
    return not any(head in document.text[wrote[-1] : quote] for head in (occasion.head, *_HERE()))


def _live(document: Document, quote: Quote, occasion: Occasion) -> bool:
    """False if the words were written, broadcast or said elsewhere.

    An address of the new year (신년사) is given at its ceremony, where there is one.
    """
    sentence = quote.evidence[0]
    frame = (
        document.text[sentence.start : quote.span.start]
        + document.text[quote.span.end : min(sentence.end, quote.span.end + 30)]
    )
    if occasion.head in word_set("event", "of_new_year"):
        frame = frame.replace("신년사에서", "").replace("신년사를 통해", "")
    return not any(word.replace("_", " ") in frame for word in word_set("event", "channels"))
