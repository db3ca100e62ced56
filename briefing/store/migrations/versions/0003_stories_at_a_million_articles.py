"""Stories at a million articles: keys by week, and no story for what tells nothing of executives."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WEEK_S = 7 * 86400


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        second = "CAST(strftime('%s', {}) AS INTEGER)"
        week = f"{second} / {WEEK_S}"
    else:
        second = "CAST(FLOOR(EXTRACT(EPOCH FROM {})) AS BIGINT)"
        week = f"CAST({second} / {WEEK_S} AS INTEGER)"
    for table in ("articles", "facts"):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("story_id", existing_type=ROW_ID, nullable=True)
            if table == "facts":
                batch.add_column(sa.Column("corrected_at", UTC, nullable=True))
    # stories in which no article tells of executives
    op.execute(
        "CREATE TEMPORARY TABLE idle AS SELECT id FROM stories WHERE NOT EXISTS"
        " (SELECT 1 FROM articles WHERE articles.story_id = stories.id AND relevant)"
    )
    for table in ("facts", "articles"):
        op.execute(f"UPDATE {table} SET story_id = NULL WHERE story_id IN (SELECT id FROM idle)")  # noqa: S608
    op.execute("DELETE FROM stories WHERE id IN (SELECT id FROM idle)")
    op.execute("DROP TABLE idle")

    op.drop_index("ix_signature_keys_article_id", table_name="signature_keys")
    op.rename_table("signature_keys", "signature_keys_0002")
    op.create_table(
        "signature_keys",
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("second", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("week", "key", "second", "article_id", name=op.f("pk_signature_keys_week")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO signature_keys (week, key, second, article_id)"  # noqa: S608
        f" SELECT {week.format('k.published')}, k.key, {second.format('k.published')}, k.article_id"
        " FROM signature_keys_0002 AS k JOIN articles ON articles.id = k.article_id"
        " WHERE articles.story_id IS NOT NULL"
    )
    op.drop_table("signature_keys_0002")
    # where the outlet gives no date, keys are filed under the time of reading
    op.execute("DELETE FROM signatures WHERE article_id IN (SELECT id FROM articles WHERE story_id IS NULL)")
    op.add_column("signatures", sa.Column("week", sa.Integer(), server_default="0", nullable=False))
    published = "(SELECT published FROM articles WHERE articles.id = signatures.article_id)"
    op.execute(f"UPDATE signatures SET week = {week.format(published)}")  # noqa: S608
    op.create_index("ix_signatures_week", "signatures", ["week"], unique=False)
