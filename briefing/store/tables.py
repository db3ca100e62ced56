"""The tables, as the newest migration leaves them (a test compares the two on both databases).

Names: a `*_key` column is a hash of the text beside it (`columns.key_of`) and carries the uniqueness.
Wide texts (bodies, signatures) lie in tables of their own, so that what a briefing reads stays narrow.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Time,
    UniqueConstraint,
    false,
    text,
    true,
)

from briefing.store.columns import Json, Key, RowId, SafeText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


# ------------------------------------------------------------------ collecting

feeds = Table(
    "feeds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("url", SafeText, nullable=False),
    Column("url_key", Key, nullable=False, unique=True),
    # The address the operator gave, which stays the feed's name when the feed moves.
    Column("given_key", Key, nullable=False, unique=True),
    Column("outlet", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("language", String(35), nullable=False),
    Column("note", SafeText, nullable=False),
    # origin: builtin | file | added (by hand) | search (for a company somebody follows) | source (an API's)
    # standing: active | removed (by hand) | unlisted
    Column("origin", String(8), nullable=False),
    Column("standing", String(8), nullable=False),
    Column("etag", SafeText),
    Column("last_modified", SafeText),
    Column("next_poll", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("last_error", SafeText),
    Column("last_success", UtcDateTime),
    Column("last_new", UtcDateTime),
    Column("added_at", UtcDateTime, nullable=False),
    # seconds: usual time between two entries; time between two polls that the feed asks for
    Column("habit_s", Integer),
    Column("ttl_s", Integer),
    # first of the failed polls in a row
    Column("failing_since", UtcDateTime),
    # when it counts as silent if nothing new comes until then
    Column("silent_at", UtcDateTime),
    # failing | silent: what administrators have been told and is not over
    Column("reported", String(8)),
    # since when the trouble that administrators were told of had lasted
    Column("reported_since", UtcDateTime),
    # hash of the last document, and when it was read
    Column("body_key", Key),
    Column("document_at", UtcDateTime),
    # when its server wishes to be asked again after a failure
    Column("held_until", UtcDateTime),
    Index("ix_feeds_next_poll", "next_poll"),
)

# status: unread | read | skipped | old (too old, or too many at once, when its feed brought it)
entries = Table(
    "entries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("feed_id", RowId, ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("guid", SafeText, nullable=False),
    Column("guid_key", Key, nullable=False),
    Column("url", SafeText, nullable=False),
    Column("url_key", Key, nullable=False, unique=True),
    Column("title", SafeText, nullable=False),
    Column("outlet", SafeText, nullable=False),
    Column("published", UtcDateTime),
    Column("summary", SafeText, nullable=False),
    Column("content_key", Key, nullable=False),
    Column("status", String(8), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", SafeText),
    Column("found_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    # with an article an unread entry waits to be read again: its feed tells it differently now
    Column("article_id", RowId, ForeignKey("articles.id", ondelete="SET NULL")),
    # when the feed says it was changed after publication
    Column("revised_at", UtcDateTime),
    # times it was read again
    Column("revisions", SmallInteger, nullable=False, server_default="0"),
    # a day on which its feed listed it, seldom written; missing: that of `found_at`
    Column("listed_at", UtcDateTime),
    UniqueConstraint("feed_id", "guid_key"),
    # known again where a feed gives another id and another address at every fetch
    Index("ix_entries_content", "feed_id", "content_key"),
    _partial("ix_entries_unread", "due", "published", where="status = 'unread'"),
    Index("ix_entries_article_id", "article_id"),
    Index("ix_entries_found_at", "found_at"),
)

# ------------------------------------------------------------------ stories, articles, facts

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("headline", SafeText, nullable=False),
    Column("first_published", UtcDateTime, nullable=False),
    Column("last_published", UtcDateTime, nullable=False),
    Column("article_count", Integer, nullable=False),
    # [[outlet, time of its first article as ISO 8601 UTC], …] in order of that time
    Column("outlets", Json, nullable=False),
    # [[name, company, title], …] without repetition, in order of arrival
    Column("people", Json, nullable=False),
    Index("ix_stories_last_published", "last_published"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", RowId, primary_key=True),
    # none for an article that tells nothing of executives
    Column("story_id", RowId, ForeignKey("stories.id")),
    Column("url", SafeText, nullable=False),
    Column("url_key", Key, nullable=False, unique=True),
    Column("outlet", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    # the time it was read where the outlet does not say
    Column("published", UtcDateTime, nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("relevant", Boolean, nullable=False),
    Column("headline_only", Boolean, nullable=False),
    Index("ix_articles_story_id", "story_id", "published"),
    Index("ix_articles_read_at", "read_at"),
)

bodies = Table(
    "bodies",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("text", SafeText, nullable=False),
    Column("captions", Json, nullable=False),
    Column("byline", SafeText, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("article_id", RowId, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    # its article's
    Column("story_id", RowId, ForeignKey("stories.id")),
    Column("position", SmallInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    # cut to INDEXED_CHARS for the index; the whole name stands in `data`
    Column("company", SafeText),
    Column("person", SafeText),
    Column("published", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("sentence", SafeText, nullable=False),
    Column("data", Json, nullable=False),
    # when the article was read again and told this for the first time, in place of something else
    Column("corrected_at", UtcDateTime),
    # a move that is told as a rumour; few are, and they alone are looked for
    Column("rumoured", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("article_id", "position"),
    Index(
        "ix_facts_rumours",
        "person",
        "published",
        sqlite_where=text("rumoured = 1"),
        postgresql_where=text("rumoured"),
    ),
    Index("ix_facts_company_published", "company", "published"),
    Index("ix_facts_company_read_at", "company", "read_at"),
    Index("ix_facts_person_published", "person", "published"),
    Index("ix_facts_published", "published"),
    Index("ix_facts_read_at", "read_at"),
    # both, or a database would look through all of a company rather than through a story
    Index("ix_facts_story_id", "story_id", "company"),
)

# What the articles of a story tell of one company, facts merged: what a briefing reads, a row a story.
story_companies = Table(
    "story_companies",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", RowId, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    # cut like the one of `facts`
    Column("company", SafeText, nullable=False),
    # of all articles that tell of it; never narrower than that
    Column("first_published", UtcDateTime, nullable=False),
    Column("last_published", UtcDateTime, nullable=False),
    # times an article has added to it or taken from it
    Column("changes", Integer, nullable=False),
    # which rules merged it; 0: changed since, or never merged
    Column("rules", BigInteger, nullable=False),
    Column("merged", LargeBinary),
    UniqueConstraint("story_id", "company"),
    Index("ix_story_companies_company", "company", "last_published"),
    Index("ix_story_companies_rules", "rules", "last_published"),
)

# Everyone named with a title, for questions about a person.
people = Table(
    "people",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("name", SafeText, nullable=False),
    Column("company", SafeText),
    Column("title", SafeText),
    Column("published", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("article_id", "position"),
    Index("ix_people_name_published", "name", "published"),
)

signatures = Table(
    "signatures",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("shingles", LargeBinary, nullable=False),
    Column("keys", Json, nullable=False),
    Column("facts", Json, nullable=False),
    Column("terms", Json, nullable=False),
    Column("published", UtcDateTime),
    # the week of its keys in signature_keys, and of its going
    Column("week", Integer, nullable=False, server_default="0"),
    Index("ix_signatures_week", "week"),
)

signature_keys = Table(
    "signature_keys",
    metadata,
    # since 1970: keys of a time lie together, so that few pages are written and a week goes as one
    Column("week", Integer, nullable=False),
    Column("key", BigInteger, nullable=False),
    # published, in seconds since 1970
    Column("second", BigInteger, nullable=False),
    # no foreign key, which would want an index as large as the table: revise() and forget() clear it
    Column("article_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("week", "key", "second", "article_id", name="pk_signature_keys_week"),
    # the index is the table: half the size, one lookup less
    sqlite_with_rowid=False,
)

companies = Table(
    "companies",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", SafeText, nullable=False),
    Column("code", SafeText),
    Column("market", SafeText),
    Column("aliases", Json, nullable=False),
    Column("group_name", SafeText),
    Column("representatives", Json, nullable=False),
    Column("is_group", Boolean, nullable=False),
)

# ------------------------------------------------------------------ subscribers

subscribers = Table(
    "subscribers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("timezone", String(64), nullable=False),
    # "HH:MM,…" local, rising; empty: off
    Column("digest_times", String(64), nullable=False, server_default=""),
    # ISO weekdays with a digest: "1234567"
    Column("digest_days", String(7), nullable=False, server_default="1234567"),
    Column("on_holidays", Boolean, nullable=False, server_default=true()),
    Column("empty_digest", Boolean, nullable=False, server_default=true()),
    Column("next_digest", UtcDateTime),
    Column("last_digest", UtcDateTime),
    # off | top | moves | all
    Column("alerts", String(8), nullable=False),
    # hours without alerts, local; both or none
    Column("quiet_begins", Time),
    Column("quiet_ends", Time),
    # kinds of fact wanted, by comma
    Column("kinds", String(32), nullable=False, server_default="move,activity,quote"),
    Column("language", String(2), nullable=False, server_default="ko"),
    # topic of a forum that is written to
    Column("thread_id", BigInteger),
    Column("alerts_since", UtcDateTime),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("gone_at", UtcDateTime),
    Column("gone_reason", SafeText),
    Index("ix_subscribers_next_digest", "next_digest"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", BigInteger, ForeignKey("subscribers.chat_id", ondelete="CASCADE"), nullable=False),
    # kind: company | person | topic; name: canonical name | name of a person | id of a topic
    Column("kind", String(8), nullable=False, server_default="company"),
    Column("name", SafeText, nullable=False),
    # the company that tells namesakes apart, or whose words on a topic are meant; "" for none
    Column("company", SafeText, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "kind", "name", "company"),
    Index("ix_subscriptions_kind_name", "kind", "name", "chat_id"),
)

# ------------------------------------------------------------------ outbox (docs/delivery.md)

editions = Table(
    "editions",
    metadata,
    Column("chat_id", BigInteger, nullable=False),
    Column("edition", String(200), nullable=False),
    Column("parts", SmallInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("chat_id", "edition"),
    Index("ix_editions_created_at", "created_at"),
    _partial("ix_editions_marks", "created_at", where="parts = 0"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    # topic of a forum
    Column("thread_id", BigInteger),
    Column("edition", String(200), nullable=False),
    Column("part", SmallInteger, nullable=False),
    Column("content", Json, nullable=False),
    Column("status", String(8), nullable=False),
    # which go first: 0 alerts, 1 digests and the rest, 2 broadcasts
    Column("rank", SmallInteger, nullable=False, server_default="1"),
    Column("due", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(64)),
    Column("claimed_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("reason", SafeText),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "edition", "part"),
    # at most one message of a chat is on its way at any time
    _partial("uq_deliveries_sending", "chat_id", where="status = 'sending'", unique=True),
    _partial("ix_deliveries_waiting", "chat_id", "id", where="status = 'pending'"),
    _partial("ix_deliveries_due", "due", "id", where="status = 'pending'"),
    _partial("ix_deliveries_rank", "rank", "due", "id", where="status = 'pending'"),
    _partial("ix_deliveries_finished_at", "finished_at", where="finished_at IS NOT NULL"),
    # an id is never used again: a late answer must not land on another message
    sqlite_autoincrement=True,
)

INDEXED_CHARS = 200
"""Names are cut to this length in index columns; an index row of PostgreSQL holds 2,704 bytes."""
