"""Merged facts beside stories, by company; rumours found by index."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("facts", sa.Column("rumoured", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(
        "UPDATE facts SET rumoured = TRUE WHERE kind = 'move' AND data LIKE '%\"status\"\\:\"rumored\"%'"
    )
    op.create_index(
        "ix_facts_rumours",
        "facts",
        ["person", "published"],
        unique=False,
        sqlite_where=sa.text("rumoured = 1"),
        postgresql_where=sa.text("rumoured"),
    )
    op.drop_index("ix_facts_story_id", table_name="facts")
    op.create_index("ix_facts_story_id", "facts", ["story_id", "company"], unique=False)
    op.create_table(
        "story_companies",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("story_id", ROW_ID, nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("first_published", UTC, nullable=False),
        sa.Column("last_published", UTC, nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("rules", sa.BigInteger(), nullable=False),
        sa.Column("merged", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_companies_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_companies")),
        sa.UniqueConstraint("story_id", "company", name=op.f("uq_story_companies_story_id_company")),
    )
    # merged later, a few at a time (pipeline/merging.py); until then facts are read one by one
    op.execute(
        "INSERT INTO story_companies (story_id, company, first_published, last_published, changes, rules)"
        " SELECT story_id, company, MIN(published), MAX(published), 1, 0 FROM facts"
        " WHERE story_id IS NOT NULL AND company IS NOT NULL GROUP BY story_id, company ORDER BY story_id"
    )
    op.create_index(
        "ix_story_companies_company", "story_companies", ["company", "last_published"], unique=False
    )
    op.create_index("ix_story_companies_rules", "story_companies", ["rules", "last_published"], unique=False)
