"""Habits and troubles of feeds; entries that are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("feeds", sa.Column("habit_s", sa.Integer(), nullable=True))
    op.add_column("feeds", sa.Column("ttl_s", sa.Integer(), nullable=True))
    op.add_column("feeds", sa.Column("failing_since", UTC, nullable=True))
    op.add_column("feeds", sa.Column("silent_at", UTC, nullable=True))
    op.add_column("feeds", sa.Column("reported", sa.String(length=8), nullable=True))
    op.add_column("feeds", sa.Column("body_key", sa.LargeBinary(length=16), nullable=True))
    op.add_column("entries", sa.Column("revised_at", UTC, nullable=True))
    op.add_column("entries", sa.Column("revisions", sa.SmallInteger(), server_default="0", nullable=False))
    op.create_index("ix_entries_content", "entries", ["feed_id", "content_key"], unique=False)
    # feeds that are failing while the schema changes: their first failure is unknown, so it is now
    op.execute("UPDATE feeds SET failing_since = CURRENT_TIMESTAMP WHERE failures > 0")
