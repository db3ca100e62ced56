"""What feeds still list, what servers asked for, and since when a told trouble had lasted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("feeds", sa.Column("document_at", UTC, nullable=True))
    op.add_column("feeds", sa.Column("held_until", UTC, nullable=True))
    op.add_column("feeds", sa.Column("reported_since", UTC, nullable=True))
    op.add_column("entries", sa.Column("listed_at", UTC, nullable=True))
    op.create_index("ix_entries_found_at", "entries", ["found_at"], unique=False)
    op.create_index("ix_articles_read_at", "articles", ["read_at"], unique=False)
    op.create_index("ix_editions_created_at", "editions", ["created_at"], unique=False)
