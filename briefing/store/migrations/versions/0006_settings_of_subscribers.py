"""Settings of subscribers: hours, days, quiet, kinds, language, topic; people and topics followed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    yes = sa.true()
    for column in (
        sa.Column("digest_times", sa.String(64), nullable=False, server_default=""),
        sa.Column("digest_days", sa.String(7), nullable=False, server_default="1234567"),
        sa.Column("on_holidays", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("empty_digest", sa.Boolean(), nullable=False, server_default=yes),
        sa.Column("quiet_begins", sa.Time(), nullable=True),
        sa.Column("quiet_ends", sa.Time(), nullable=True),
        sa.Column("kinds", sa.String(32), nullable=False, server_default="move,activity,quote"),
        sa.Column("language", sa.String(2), nullable=False, server_default="ko"),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
    ):
        op.add_column("subscribers", column)
    hour = (
        "substr(digest_time, 1, 5)"
        if op.get_bind().dialect.name == "sqlite"
        else "to_char(digest_time, 'HH24:MI')"
    )
    op.execute(f"UPDATE subscribers SET digest_times = {hour} WHERE digest_time IS NOT NULL")  # noqa: S608
    op.drop_column("subscribers", "digest_time")

    op.drop_index("ix_subscriptions_company", table_name="subscriptions")
    with op.batch_alter_table("subscriptions") as batch:
        batch.drop_constraint(op.f("uq_subscriptions_chat_id_company"), type_="unique")
        batch.alter_column(
            "company", new_column_name="name", existing_type=sa.Text(), existing_nullable=False
        )
        batch.add_column(sa.Column("kind", sa.String(8), nullable=False, server_default="company"))
    op.add_column("subscriptions", sa.Column("company", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("subscriptions") as batch:
        batch.create_unique_constraint(
            op.f("uq_subscriptions_chat_id_kind_name_company"), ["chat_id", "kind", "name", "company"]
        )
    op.create_index("ix_subscriptions_kind_name", "subscriptions", ["kind", "name", "chat_id"], unique=False)

    op.add_column("deliveries", sa.Column("thread_id", sa.BigInteger(), nullable=True))
