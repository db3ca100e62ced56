"""Alerts go before digests, digests before broadcasts; finished messages are found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("rank", sa.SmallInteger(), nullable=False, server_default="1"))
    for rank, kind in ((0, "alert"), (2, "broadcast")):
        op.execute(
            f"UPDATE deliveries SET rank = {rank}"  # noqa: S608
            f" WHERE status = 'pending' AND edition LIKE '{kind}\\:%'"
        )
    pending = sa.text("status = 'pending'")
    op.create_index(
        "ix_deliveries_rank",
        "deliveries",
        ["rank", "due", "id"],
        unique=False,
        sqlite_where=pending,
        postgresql_where=pending,
    )
    finished = sa.text("finished_at IS NOT NULL")
    op.create_index(
        "ix_deliveries_finished_at",
        "deliveries",
        ["finished_at"],
        unique=False,
        sqlite_where=finished,
        postgresql_where=finished,
    )
    # whoever is gone is due no more
    op.execute("UPDATE subscribers SET next_digest = NULL WHERE NOT active")
