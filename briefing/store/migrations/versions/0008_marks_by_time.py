"""Marks of what was told are found by their time, without a look at every digest of half a year."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    marks = sa.text("parts = 0")
    op.create_index(
        "ix_editions_marks",
        "editions",
        ["created_at"],
        unique=False,
        sqlite_where=marks,
        postgresql_where=marks,
    )
