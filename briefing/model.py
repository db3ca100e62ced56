"""What flows through execbrief: frozen, slotted dataclasses, in the order in which news flows.

Conventions, everywhere:
    * datetimes are aware and in UTC; `date` values are days in Asia/Seoul;
    * offsets count code points of `Article.text` and are half-open;
    * sequences are tuples; nothing here is ever changed in place.

This module imports nothing of ours.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

# --------------------------------------------------------------------------- collecting


@dataclass(frozen=True, slots=True)
class Feed:
    """A source as an operator names it.

    Attributes:
        url: Address of the RSS or Atom document; unique.
        outlet: Name readers know the outlet by (연합뉴스).
        title: Name of the section or feed, for operators.
        language: BCP 47 tag of its articles.
        note: Where the address comes from, or what is odd about it.
    """

    url: str
    outlet: str
    title: str = ""
    language: str = "ko"
    note: str = ""


class FeedTrouble(StrEnum):
    """What is wrong with a feed for long enough to be told to administrators."""

    FAILING = "failing"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class FeedState:
    """A stored feed and how polling it has gone.

    Attributes:
        id: Database key.
        feed: What it is.
        etag: Validator of the last 200 answer, sent back as If-None-Match.
        last_modified: The same for If-Modified-Since, verbatim.
        next_poll: When it is due.
        failures: Failed polls in a row.
        last_error: What the last failed poll said; None after a success.
        last_success: When a poll last succeeded.
        last_new: When it last brought an entry not seen before.
        origin: Who asked for it: builtin or file (the list in force), added (by hand), search (made
            for a company that somebody follows), source (a search of an API).
        habit: Usual time between two of its entries; None while that is not known.
        ttl: What its last document asked for as the time between two polls, or None.
        failing_since: First of the failed polls in a row; None after a success.
        silent_at: When it counts as silent if it brings nothing until then; None: never.
        reported: The trouble that administrators have been told of and that is not over.
        body_key: Hash of the last document, by which an unchanged one is known.
        reported_since: Since when that trouble had lasted; None: since the feed was added.
    """

    id: int
    feed: Feed
    etag: str | None = None
    last_modified: str | None = None
    next_poll: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    origin: str = "added"
    habit: timedelta | None = None
    ttl: timedelta | None = None
    failing_since: datetime | None = None
    silent_at: datetime | None = None
    reported: FeedTrouble | None = None
    body_key: bytes | None = None
    reported_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as the feed tells it.

    Attributes:
        guid: The item's identity inside its feed (id, guid, or the canonical URL).
        url: Canonical address of the article.
        title: Headline as plain text.
        outlet: Who published it (differs from the feed's outlet in search feeds).
        published: When, UTC; None if the feed does not say.
        summary: The description as plain text, may be empty.
        updated: When the feed says it was changed after publication, UTC; None if it does not say.
    """

    guid: str
    url: str
    title: str
    outlet: str
    published: datetime | None = None
    summary: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body that arrived.

    Attributes:
        url: Address that answered, after redirects.
        moved_to: New address if every redirect on the way was permanent (301, 308), else None.
        body: Decompressed bytes.
        content_type: Header as sent, may be empty.
        etag: Validator, or None.
        last_modified: Validator, or None.
        fresh_for: How long the server says the answer stays fresh (max-age), or None.
    """

    url: str
    body: bytes
    content_type: str = ""
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server has nothing new (304, 200 with an empty body, or with the document of the last time).

    Attributes:
        fresh_for: How long the server says that stays so (max-age), or None.
        moved_to: As of `Fetched`.
    """

    fresh_for: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A fetch or parse that brought nothing.

    Attributes:
        reason: One line for an operator.
        retry_after: Wait the server asked for, or None.
        permanent: True if trying again cannot help (404, 410, refused address).
        status: HTTP status, if the server answered with one that is no success; no part of equality.
    """

    reason: str
    retry_after: timedelta | None = None
    permanent: bool = False
    status: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll of one feed brought.

    Attributes:
        entries: Items in feed order, newest wins where a guid repeats.
        fetched: The answer they came from, without need of its body.
        problems: One line for each item that could not be used.
        ttl: The feed's own `ttl`, or None.
        habit: Usual time between two entries, from their dates; None if too few have one.
        body_key: Hash of the document; None if there is no need to know it again.
    """

    entries: tuple[Entry, ...]
    fetched: Fetched
    problems: tuple[str, ...] = ()
    ttl: timedelta | None = None
    habit: timedelta | None = None
    body_key: bytes | None = None


PollOutcome = Polled | NotModified | Failed


@dataclass(frozen=True, slots=True)
class PendingEntry:
    """An entry that waits to be read.

    Attributes:
        id: Database key of the entry.
        feed_id: Database key of its feed.
        entry: The entry.
        attempts: Times reading it has failed so far.
        revises: True if it has been read, and the feed has told it differently since.
        content_key: Hash of what the feed told when the entry was handed out; None: nobody minds.
    """

    id: int
    feed_id: int
    entry: Entry
    attempts: int = 0
    revises: bool = False
    content_key: bytes | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The text of a page, or as much of it as could be had.

    Attributes:
        id: Caller's name for it (a URL, a file name, the `id` of an extract line).
        url: Canonical address, may be empty.
        outlet: Who published it, may be empty.
        title: Headline, may be empty.
        published: When, UTC; None if unknown.
        text: Body as plain text with paragraphs separated by newlines. All spans count in it.
        captions: Picture captions, kept apart from the body.
        byline: Reporter line that was cut from the body, may be empty.
        headline_only: True if the page gave no whole body; `text` is then the headline with the feed's
            summary or with the free beginning of a paid article.
        note: Why there is no whole body, one line for an operator; not stored.
    """

    id: str
    text: str
    url: str = ""
    outlet: str = ""
    title: str = ""
    published: datetime | None = None
    captions: tuple[str, ...] = ()
    byline: str = ""
    headline_only: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is not an article we can read.

    Attributes:
        reason: One line for an operator.
        retry: True if another attempt later may succeed.
        retry_after: Wait the server asked for, or None.
    """

    reason: str
    retry: bool = False
    retry_after: timedelta | None = None


# --------------------------------------------------------------------------- extraction


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points of `Article.text`; start == end == -1 never occurs."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters it covers."""
        return text[self.start : self.end]


class MoveKind(StrEnum):
    """What happened to a post: taken, risen to, left, kept."""

    APPOINTED = "appointed"
    PROMOTED = "promoted"
    DEPARTED = "departed"
    RETAINED = "retained"


class MoveStatus(StrEnum):
    """`rumored` when the text says 유력, 거론, 전망, 알려졌다; a company's own plan is `done`."""

    DONE = "done"
    RUMORED = "rumored"


class ActivityKind(StrEnum):
    """What an executive publicly did."""

    TRIP = "trip"
    MEETING = "meeting"
    EVENT = "event"
    VISIT = "visit"
    DEAL = "deal"


class QuotedBy(StrEnum):
    """Who speaks: a named executive, somebody unnamed or an organisation, another named person."""

    EXECUTIVE = "executive"
    UNNAMED = "unnamed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """An executive named in the text.

    Attributes:
        name: Full name without spaces for Korean names, as written for foreign ones.
        company: Company, canonical where the lexicon knows it; None if the text does not say.
        title: Post or rank as written (사장, HE사업본부장); None if the text gives none.
    """

    name: str
    company: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a short form was read: "조 사장" = 조주완, found at `antecedent`."""

    form: str
    person: str
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A personnel move (인사) that the text reports as news.

    Attributes:
        role: Post taken, rank risen to, post left or kept; shortest exact form; None if not said.
        evidence: The sentence first, then the places that resolved person or company.
        resolutions: Short forms that were resolved to reach `person`.
        rule: Name of the rule that found it, for `execbrief explain`.
        when: Day from which it holds, where the text names it (12월 1일자, 1일부로), else None.
    """

    person: str
    company: str | None
    kind: MoveKind
    role: str | None
    status: MoveStatus
    evidence: tuple[Span, ...]
    resolutions: tuple[Resolution, ...] = ()
    rule: str = ""
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Something a named executive publicly did or will do (행보).

    Attributes:
        title: The person's post as written, or None.
        what: Occasion, counterpart or destination as written (북미 테크 콘퍼런스, 미국).
        when: First day, resolved against publication; None if not said.
        until: Last day of a period, or None.
        place: Where, as written, or None.
        companions: Full names of those said to have come along.
        planned: True if it lies ahead of the text ("참석할 예정이다").
    """

    person: str
    company: str | None
    kind: ActivityKind
    what: str
    when: date | None
    evidence: tuple[Span, ...]
    title: str | None = None
    until: date | None = None
    place: str | None = None
    companions: tuple[str, ...] = ()
    planned: bool = False
    resolutions: tuple[Resolution, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A direct quotation of speech (발언).

    Attributes:
        speaker: Full name; None where unnamed or not found.
        text: The words between the marks, unchanged.
        span: Where `text` stands in the article.
        by: Kind of speaker.
        strategic: For executives: business direction rather than ceremony.
        topics: Ids of data/topics.toml that the words touch.
    """

    speaker: str | None
    company: str | None
    title: str | None
    text: str
    by: QuotedBy
    strategic: bool
    span: Span
    evidence: tuple[Span, ...]
    topics: tuple[str, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    rule: str = ""


Fact = Move | Activity | Quote


class FactKind(StrEnum):
    """The three kinds of fact, as people ask for them and subscribers choose them."""

    MOVE = "move"
    ACTIVITY = "activity"
    QUOTE = "quote"


def person_of(fact: Fact) -> str | None:
    """Whom a fact is about, by name; None for words of nobody named."""
    return fact.speaker if isinstance(fact, Quote) else fact.person


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that was not taken, and why (for `execbrief explain`)."""

    what: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read out of one article.

    Attributes:
        relevant: True if the text reports a move, an activity or words of an executive.
        people: Executives named with a title.
        rejected: Candidates not taken.
    """

    relevant: bool = False
    people: tuple[Person, ...] = ()
    moves: tuple[Move, ...] = ()
    activities: tuple[Activity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    rejected: tuple[Rejection, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Moves, activities, then quotes."""
        return (*self.moves, *self.activities, *self.quotes)


# --------------------------------------------------------------------------- companies


@dataclass(frozen=True, slots=True)
class Company:
    """A company or group of the register.

    Attributes:
        name: Canonical name readers know (LG전자).
        code: Stock code (066570), or None.
        market: KOSPI, KOSDAQ, KONEX, or None.
        aliases: Other names it goes by (엘지전자, LG電).
        group: Name of the business group it belongs to, or None.
        representatives: Names of its representative directors.
        is_group: True if the name stands for a whole group (LG그룹).
    """

    name: str
    code: str | None = None
    market: str | None = None
    aliases: tuple[str, ...] = ()
    group: str | None = None
    representatives: tuple[str, ...] = ()
    is_group: bool = False


def company_mark(name: str) -> str:
    """Eight hex digits that stand for a company's name where there is no room for it, as in a button."""
    return f"{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}"


# --------------------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True)
class Signature:
    """What grouping needs to know of an article; small, stored beside it.

    Attributes:
        keys: Index keys; only articles that share one are compared.
        shingles: MinHash values of the body, comparable position by position.
        facts: Event identities of its facts.
        terms: Salient terms (names, numbers, occasions) of headline and lead.
        published: When, UTC.
    """

    keys: tuple[str, ...]
    shingles: tuple[int, ...]
    facts: tuple[str, ...]
    terms: tuple[str, ...]
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier article that may report the same event."""

    article_id: int
    story_id: int
    signature: Signature


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read.

    Attributes:
        article_id: Database key.
        outlet: Who published it.
        url: Address of the article.
        title: Its headline.
        published: When, UTC; the time it was read if the outlet does not say.
        sentence: The sentence that proves the fact, as written.
        resolutions: Short forms resolved on the way.
        read_at: When execbrief read the article, UTC; None outside the database.
        corrected_at: When the article was read again and contradicted what it had told before, UTC; None
            if it did not.
    """

    article_id: int
    outlet: str
    url: str
    title: str
    published: datetime
    sentence: str
    resolutions: tuple[Resolution, ...] = ()
    read_at: datetime | None = None
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredFact:
    """One article's telling of a fact, as it lies in the database."""

    story_id: int
    fact: Fact
    source: Source


@dataclass(frozen=True, slots=True)
class Conflict:
    """What some articles tell otherwise than a merged fact has it.

    Attributes:
        field: `role`, `when`, `until` or `place`.
        value: As they tell it; days as `date`.
        sources: Who tells it so, earliest first.
    """

    field: str
    value: str | date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class MergedFact:
    """One fact told by one or more articles.

    Attributes:
        fact: The most complete telling, with what it lacks from the others; a correction outweighs all.
        sources: Earliest first; at least one.
        proof: The source that proves it best; None: the earliest.
        conflicts: What other sources contradict.
        corrected: The source that corrected it; None if nothing was to be corrected.
        rumoured: The first source that told as a rumour what is done now; None if none did.
    """

    fact: Fact
    sources: tuple[Source, ...]
    proof: Source | None = None
    conflicts: tuple[Conflict, ...] = ()
    corrected: Source | None = None
    rumoured: Source | None = None

    @property
    def best(self) -> Source:
        """The source that proves it best."""
        return self.proof or self.sources[0]


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as it lies in the database, without its facts.

    Attributes:
        id: Database key.
        headline: Headline of the first article.
        first_published: Earliest article, UTC.
        last_published: Latest article, UTC.
        article_count: Number of articles.
        outlets: Names, in order of publication, without repetition.
        people: Executives named in any of its articles, without repetition.
    """

    id: int
    headline: str
    first_published: datetime
    last_published: datetime
    article_count: int
    outlets: tuple[str, ...]
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, their facts merged.

    Attributes:
        id: Database key.
        headline: Headline of the first article.
        first_published: Earliest article, UTC.
        last_published: Latest article, UTC.
        article_count: Number of articles ("보도 5건").
        outlets: Names, in order of publication, without repetition.
        facts: Merged facts.
        people: Executives named, for posts and ranks in a rendering.
        risen: Moves by which they got ranks before, as other stories tell them; earliest published first.
    """

    id: int
    headline: str
    first_published: datetime
    last_published: datetime
    article_count: int
    outlets: tuple[str, ...]
    facts: tuple[MergedFact, ...]
    people: tuple[Person, ...] = ()
    risen: tuple[StoredFact, ...] = ()


# --------------------------------------------------------------------------- briefings


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does when pressed; the bot encodes it into callback data.

    Attributes:
        name: brief, evidence, subscribe, unsubscribe, alerts, digest, digest_time, list, …
        args: Its arguments as text.
    """

    name: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled button: either an action of the bot or a link."""

    label: str
    action: Action | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message.

    Attributes:
        name: File name with its ending (LG전자-일정.ics).
        data: What is in it.
        media_type: MIME type (text/calendar).
    """

    name: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a briefing.

    Attributes:
        html: Telegram HTML, once parsed at most 4,096 UTF-16 units; the caption of a picture or file, 1,024.
        keyboard: Buttons below it.
        picture: PNG shown above the words; only in answers, the outbox takes none.
        attachment: File it is the caption of, or None.
    """

    html: str
    keyboard: Keyboard = ()
    picture: bytes | None = None
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open range of time, UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CompanyBrief:
    """What is known of a company in a period, before rendering.

    Attributes:
        topic: Id of data/topics.toml if only words on it were asked for; None for everything.
        kind: The one kind of fact that was asked for; None for all.
        now: When it was asked, UTC; None: at the end of the period.
    """

    company: Company
    period: Period
    stories: tuple[Story, ...]
    topic: str | None = None
    kind: FactKind | None = None
    now: datetime | None = None


class EditionKind(StrEnum):
    """Why a subscriber is written to."""

    DIGEST = "digest"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Edition:
    """What one subscriber gets at one time.

    Attributes:
        key: Names the occasion for this chat ("digest:2026-11-24", "alert:812"); a key is
            delivered at most once to a chat.
        chat_id: Telegram chat.
        kind: Digest or alert.
        period: Time covered.
        companies: Canonical names of the subscriptions it answers.
        stories: Weightiest first.
        late: True if it was due long before (after downtime).
        marks: Keys of the facts an alert tells; a chat is told each once.
        alerted: Of a digest: stories all of which the chat was told by alerts, weightiest first.
        timezone: IANA name of the reader's zone, by which days are told; None: the operator's.
        persons: Names of people followed, each with the company it is restricted to (None: any).
        topics: Ids of topics followed, likewise.
    """

    key: str
    chat_id: int
    kind: EditionKind
    period: Period
    companies: tuple[str, ...]
    stories: tuple[Story, ...]
    late: bool = False
    marks: tuple[str, ...] = ()
    alerted: tuple[Story, ...] = ()
    timezone: str | None = None
    persons: tuple[tuple[str, str | None], ...] = ()
    topics: tuple[tuple[str, str | None], ...] = ()


# --------------------------------------------------------------------------- delivery


class DeliveryStatus(StrEnum):
    """States of a delivery; see docs/delivery.md."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    GONE = "gone"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox, claimed for sending.

    Attributes:
        id: Database key.
        chat_id: Telegram chat.
        edition: Key of the edition it belongs to.
        part: 0-based position inside the edition.
        content: What to send.
        attempts: Earlier attempts that ended in `later`.
        thread_id: Topic of a forum; None for the chat itself.
    """

    id: int
    chat_id: int
    edition: str
    part: int
    content: Part
    attempts: int = 0
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram accepted the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Later:
    """Not accepted, may be tried again; `after` is the wait Telegram asked for, or None.

    Attributes:
        tried: False if it never left this process, which counts as no attempt.
        limited: Telegram answered 429.
    """

    reason: str
    after: timedelta | None = None
    tried: bool = True
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be written to any more (blocked, deleted, kicked)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with another id."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class TopicLost:
    """The topic of a forum is closed or deleted; the chat's general topic may take the message."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram refuses this message for good (malformed, too long)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been delivered; never sent again."""

    reason: str


SendOutcome = Sent | Later | Gone | Migrated | TopicLost | Rejected | Unknown


@dataclass(frozen=True, slots=True)
class Attempt:
    """How sending a claimed message ended.

    Attributes:
        outgoing: As claimed.
        outcome: What became of it.
        at: When, aware UTC.
        retry_at: When to try again after `Later`; None takes the wait of the outcome, or a minute.
    """

    outgoing: Outgoing
    outcome: SendOutcome
    at: datetime
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Sizes of the stored tables, for `poll`, `doctor` and the newsroom.

    Attributes:
        outbox: Number of deliveries by status.
    """

    feeds: int = 0
    entries: int = 0
    unread: int = 0
    articles: int = 0
    stories: int = 0
    facts: int = 0
    subscribers: int = 0
    outbox: dict[str, int] = field(default_factory=dict)
